"""The link of ``orepath browser``, opened by a real Chromium in the real Neo4j Browser.

What a person does: open the link, give the password, see the guide and the query typed in, run it,
see the graph in its colours with the shares on its lines; click in the guide; paste what
``--cypher`` prints. Chromium is Debian's ``chromium`` (or ``CHROMIUM``); in CI its absence is a
failure.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from loading import load_offline_bundle
from orepath.cli.main import orepath
from orepath.graph.connection import Address, connect
from orepath.graph.constraints import ensure
from orepath.graph.local import LocalServer, ensure_running, stop
from orepath.graph.shares import percent
from orepath.ontology.schema import load_schema
from orepath.queries import catalogue
from orepath.report.colours import colour
from orepath.report.kit.entries import Entry, entries
from orepath.report.kit.folder import furnish

if TYPE_CHECKING:
    from playwright.sync_api import Page

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SECONDS = 1000
PATIENCE = 60 * SECONDS
QUESTION = ("browser", "top-producers", "--material", "gallium")


def chromium() -> str:
    """The browser's program; without one a failure in CI, elsewhere a skip that says why."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if found is None:
        message = "no Chromium: install Debian's `chromium`, or name one with CHROMIUM"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return found


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalServer]:
    """A local server of this module's own, with the bundle in it."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("NEO4J_URI", "NEO4J_DATABASE"):
            patch.delenv(name, raising=False)
        patch.setenv("OREPATH_DATA_DIR", str(tmp_path_factory.mktemp("browser")))
        load_offline_bundle()
        running = ensure_running(progress=False, furnish=furnish)
        try:
            with connect(Address(running.uri, running.username, running.password)) as graph:
                ensure(graph, load_schema())
            yield running
        finally:
            stop(progress=False)


@pytest.fixture(scope="module")
def link(server: LocalServer) -> str:
    """What ``orepath browser QUESTION`` prints, which is the link and nothing else."""
    result = CliRunner().invoke(orepath, QUESTION)
    assert result.exit_code == 0, result.output
    assert str(server.home / "password") in result.stderr
    assert server.password not in result.output
    lines = result.stdout.splitlines()
    assert len(lines) == 1
    return lines[0]


@pytest.fixture
def page() -> Iterator[Page]:
    """A page of a headless Chromium without any profile, which may use its clipboard."""
    program = chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        try:
            context = browser.new_context(viewport={"width": 1400, "height": 950})
            context.grant_permissions(["clipboard-read", "clipboard-write"])
            shown = context.new_page()
            shown.set_default_timeout(PATIENCE)
            yield shown
        finally:
            browser.close()


def signed_in(page: Page, link: str, server: LocalServer) -> None:
    """Open the link and sign in: the guide opens by itself."""
    page.goto(link)
    assert page.get_by_test_id("username").input_value() == server.username
    assert page.get_by_test_id("database").input_value() == server.database
    page.get_by_test_id("password").fill(server.password)
    page.get_by_test_id("connect").click()
    page.get_by_text("How to read a picture").wait_for()


def typed(page: Page) -> str:
    """What stands in the editor, as far as it is to be seen."""
    return page.get_by_test_id("activeEditor").inner_text().replace("\xa0", " ")


@pytest.mark.timeout(400)
def test_the_link_opens_guide_and_query_and_shows_the_graph_as_it_is_meant(
    page: Page, link: str, server: LocalServer, tmp_path: Path
) -> None:
    signed_in(page, link, server)
    assert "MATCH (n:Material) WHERE n.id IN ['gallium'] RETURN n" in typed(page)
    assert page.get_by_text("Neo4j Browser collects").count() == 0

    page.get_by_test_id("editor-Run").click()
    nodes = page.locator("[data-testid=frame] svg g.node")
    nodes.first.wait_for()
    shown = [" ".join(text.split()) for text in nodes.all_text_contents()]
    page.screenshot(path=os.environ.get("OREPATH_SCREENSHOT", tmp_path / "browser.png"))
    assert len(shown) == len(set(shown)) >= 5
    assert {"China", "gallium", "China: gallium, primary low-purity"} <= set(shown)
    fills = {
        node.locator("circle.b-outline").get_attribute("fill")
        for node in nodes.filter(has_text="China").all()
    }
    assert fills == {colour(["Economy"]), colour(["Industry"])}
    ties = page.locator("[data-testid=frame] svg g.relationship").all_text_contents()
    with connect(Address(server.uri, server.username, server.password)) as graph:
        known = graph.read(
            "MATCH (i:Industry {name: 'China: gallium, primary low-purity'})-[m:MAKES]->() "
            "RETURN m.share AS share"
        ).records
    assert percent(known[0]["share"]) in ties
    assert "FORM_OF" in ties
    # Holdings of reserves, flows and so on between these nodes were not asked for.
    assert {"HAS", "FORM_OF", "AT_STAGE"} >= {tie for tie in ties if tie.isupper()}


@pytest.mark.timeout(400)
def test_a_click_in_the_guide_shows_the_answer(page: Page, link: str, server: LocalServer) -> None:
    signed_in(page, link, server)
    # Table and picture of three questions: the last one is of the restrictions.
    page.locator("a[data-populate]").nth(5).click()
    page.locator("[data-testid=frame] svg g.node").first.wait_for()
    assert "export restrictions" in page.locator("[data-testid=frame]").first.inner_text()
    page.locator("a[data-populate]").nth(0).click()
    frame = page.locator("[data-testid=frame]").first
    frame.get_by_text("Started streaming").first.wait_for()
    assert "China" in frame.inner_text()


def pasted(page: Page, text: str) -> None:
    """Paste a text into the editor and run it."""
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.get_by_test_id("activeEditor").click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+v")
    page.keyboard.press("Control+Enter")


def asked(server: LocalServer) -> tuple[Entry, ...]:
    """All questions that the bundle can answer."""
    with connect(Address(server.uri, server.username, server.password)) as graph:
        return entries(graph, catalogue().values())


@pytest.mark.timeout(900)
def test_each_question_can_be_pasted_and_shows_its_rows(
    page: Page, link: str, server: LocalServer
) -> None:
    questions = asked(server)
    assert len(questions) >= len(catalogue()) - 1
    signed_in(page, link, server)
    pasted(page, ":config {maxRows: 10}")  # a thousand rows take a second to lay out
    for entry in questions:
        pasted(page, entry.table)
        frame = page.locator("[data-testid=frame]").first
        told = frame.get_by_text("Started streaming")
        if entry.id == "exposure":  # of purchases that nobody loaded here
            told = frame.get_by_text("no records")
        told.first.wait_for()
        frame.get_by_title("Close").click()
