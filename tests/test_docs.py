"""The documentation: its pages show what is true, its site builds, what is made is current."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit

import click
import pytest
import yaml

from orepath.cli.main import orepath
from orepath.graph.connection import Graph
from orepath.ontology.schema import load_schema
from orepath.tools import data_page, ontology_page
from orepath.tools.transcripts import (
    WIDTH,
    difference,
    faults,
    files,
    folder,
    only_parsed,
    shown,
)

from .test_cli_answers import Point

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
README, README_WIDTH = ROOT / "README.md", 120
PAGES = sorted(DOCS.rglob("*.md"))
WITH_COMMANDS = [page for page in (README, *PAGES) if shown(page.read_text("utf-8"))]
SCHEMES = ("", "data")
"""Of an address that is fetched from the site itself."""


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", WITH_COMMANDS, ids=name)
def test_every_command_of_a_page_says_what_the_page_shows(
    page: Path, bundled: Graph, environment: Point, tmp_path: Path
) -> None:
    environment(bundled)
    text = page.read_text("utf-8")
    with folder(text, tmp_path):
        assert list(faults(text, README_WIDTH if page == README else WIDTH)) == []


def test_nearly_all_commands_of_the_pages_are_run() -> None:
    commands = [one for page in WITH_COMMANDS for one in shown(page.read_text("utf-8"))]
    left = [one.command for one in commands if one.words and only_parsed(one.words)]
    assert len(commands) > 60
    assert len(left) < len(commands) / 4, left


def test_what_is_not_told_is_found() -> None:
    text = "one\ntwo\nthree four\n"
    assert difference(["one", "two", "three four"], text) is None
    assert difference(["…", "three …"], text) is None
    assert difference(["one", "…"], text) is None
    assert difference([], text) is None
    assert difference(["one", "three four"], text) == "three four"
    assert difference(["…", "two"], text) == "(and then) three four"
    assert difference(["…", "four"], text) == "four"
    assert difference(["two", "…", "one"], text) == "two"


def test_commands_files_and_python_are_read_from_a_page() -> None:
    page = (
        "<!-- file: a.csv -->\n```text\nx,y\n```\n\n```console\n$ make demo\n$ A=1 orepath ask \\\n"
        "  sources\nfirst\n\n$ mkdir b\n```\n\n```python\n>>> 1\n1\n```\n"
    )
    assert files(page) == {"a.csv": "x,y\n"}
    found = shown(page)
    assert [(one.line, one.words) for one in found] == [
        (8, ["ask", "sources"]),
        (12, ["mkdir", "b"]),
        (16, ["python"]),
    ]
    assert found[0].variables == {"A": "1"}
    assert found[0].output == ("first",)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_commands_named_in_the_text_exist(page: Path) -> None:
    for words in re.findall(r"`orepath ((?:[a-z][a-z-]* ?)+)", page.read_text("utf-8")):
        command: click.Command = orepath
        ctx = click.Context(orepath)
        for word in words.split():
            if not isinstance(command, click.Group):
                break
            found = command.get_command(ctx, word)
            assert found is not None, f"{name(page)}: orepath {words}"
            command = found


def test_the_generated_pages_are_current() -> None:
    schema = load_schema()
    for file, text in (
        ("ontology.md", ontology_page.page(schema)),
        ("data-and-licences.md", data_page.page(schema)),
    ):
        assert (DOCS / file).read_text("utf-8") == text, f"docs/{file}: run make docs"


class Fetched(HTMLParser):
    """The addresses that a browser fetches when it shows a page, and those it offers to follow."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.offered: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        self.fetched += [held[a] or "" for a in ("src", "srcset", "data", "poster") if a in held]
        if tag == "link" and held.get("rel") not in ("canonical", "next", "prev"):
            self.fetched.append(held.get("href") or "")
        if tag == "a":
            self.offered.append(held.get("href") or "")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built with every warning an error."""
    target = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-n", DOCS, target],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return target


def test_the_site_holds_every_page_and_fetches_nothing(site: Path) -> None:
    for page in (*PAGES, *DOCS.rglob("*.ipynb")):
        assert (site / page.relative_to(DOCS)).with_suffix(".html").is_file()
    for html in site.rglob("*.html"):
        read = Fetched(html.read_text("utf-8"))
        assert read.fetched, html.name
        away = [a for a in read.fetched if urlsplit(a).scheme not in SCHEMES or urlsplit(a).netloc]
        assert not away, (html.name, away)
    for style in site.rglob("*.css"):
        text = style.read_text("utf-8")
        assert not re.search(r"(url\(|@import)\s*[\"']?(https?:)?//", text), style.name


def test_links_within_the_site_lead_somewhere(site: Path) -> None:
    """Also those to headings, which a strict build sees only in some forms of a link."""
    texts = {html: html.read_text("utf-8") for html in site.rglob("*.html")}
    followed = 0
    for html, text in texts.items():
        for link in Fetched(text).offered:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (html.parent / parts.path).resolve() if parts.path else html
            assert target.is_file(), (html.name, link)
            if parts.fragment and target in texts:
                assert f'id="{parts.fragment}"' in texts[target], (html.name, link)
                followed += 1
    assert followed > 100


def test_the_citation_file_is_valid_and_of_this_version() -> None:
    file = ROOT / "CITATION.cff"
    checker = [sys.executable, "-m", "check_jsonschema"]
    done = subprocess.run(
        [*checker, "--builtin-schema", "vendor.citation-file-format", file],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    cited = yaml.safe_load(file.read_text("utf-8"))
    assert cited["version"] == version("orepath")
    assert all(set(author) == {"name"} for author in cited["authors"])


def test_the_security_policy_names_no_address() -> None:
    text = (ROOT / "SECURITY.md").read_text("utf-8")
    assert "private vulnerability reporting" in text
    assert not re.search(r"\S@\S|https?://", text)
