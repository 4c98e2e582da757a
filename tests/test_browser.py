"""The link of ``orepath browser``, opened by a real Chromium in the real Neo4j Browser.

What a person does: open the link, give the password, see the query typed in, run it, see the
graph. Chromium is Debian's ``chromium`` (or ``CHROMIUM``); in CI its absence is a failure.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from orepath.cli.main import orepath
from orepath.graph.connection import Address, connect
from orepath.graph.local import LocalServer, ensure_running, stop
from orepath.loaders.load import load_bundle

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
        running = ensure_running(progress=False)
        try:
            with connect(Address(running.uri, running.username, running.password)) as graph:
                load_bundle(graph)
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
    """A page of a headless Chromium without any profile."""
    program = chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        try:
            shown = browser.new_page(viewport={"width": 1400, "height": 950})
            shown.set_default_timeout(PATIENCE)
            yield shown
        finally:
            browser.close()


@pytest.mark.timeout(400)
def test_the_link_opens_the_query_and_shows_the_graph(
    page: Page, link: str, server: LocalServer, tmp_path: Path
) -> None:
    page.goto(link)
    assert page.get_by_test_id("username").input_value() == server.username
    assert page.get_by_test_id("database").input_value() == server.database
    page.get_by_test_id("password").fill(server.password)
    page.get_by_test_id("connect").click()
    page.get_by_text("Connected to Neo4j").wait_for()

    editor = page.get_by_test_id("activeEditor").inner_text().replace("\xa0", " ")
    assert "(asked:Material {id: 'gallium'})" in editor
    assert "RETURN asked, part, material" in editor

    page.get_by_test_id("editor-Run").click()
    nodes = page.locator("[data-testid=frame] svg g.node")
    nodes.first.wait_for()
    shown = [" ".join(text.split()) for text in nodes.all_text_contents()]
    page.screenshot(path=os.environ.get("OREPATH_SCREENSHOT", tmp_path / "browser.png"))
    assert len(shown) >= 5
    assert {"China", "gallium"} <= set(shown)
    types = page.locator("[data-testid=frame] svg g.relationship").all_text_contents()
    assert {"MAKES", "FORM_OF"} <= set(types)
