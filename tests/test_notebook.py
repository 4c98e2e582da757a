"""The notebook of the documentation runs, from its first cell to its last, and shows what it has
kept: the site is built from that."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import nbformat
import pytest

from orepath.graph.connection import Graph
from orepath.tools.notebook import NOTEBOOK, run


@pytest.fixture(scope="module")
def kept() -> Any:
    return nbformat.reads(NOTEBOOK.read_text("utf-8"), as_version=4)  # type: ignore[no-untyped-call]


def text(output: Mapping[str, Any]) -> str:
    return str(output.get("data", {}).get("text/plain", output.get("text", "")))


def test_the_notebook_runs_and_shows_what_it_has_kept(
    bundled: Graph, monkeypatch: pytest.MonkeyPatch, kept: Any
) -> None:
    where = bundled.address
    monkeypatch.setenv("NEO4J_URI", where.uri)
    monkeypatch.setenv("NEO4J_USERNAME", where.username)
    monkeypatch.setenv("NEO4J_PASSWORD", where.password)
    monkeypatch.setenv("NEO4J_DATABASE", where.database)
    for new, old in zip(run().cells, kept.cells, strict=True):
        assert new.get("outputs") == old.get("outputs"), f"{old.source}: run make docs"


def test_every_cell_that_shows_something_has_kept_it(kept: Any) -> None:
    told = "\n".join(text(o) for cell in kept.cells for o in cell.get("outputs", ()))
    assert "China makes 99 %" in told
    assert "gallium" in told
    assert "Traceback" not in told
    assert all(cell.outputs for cell in kept.cells[3:-1] if cell.cell_type == "code")


def test_no_heading_of_an_answer_stands_above_those_of_the_notebook(kept: Any) -> None:
    shown = [o["data"]["text/html"] for c in kept.cells for o in c.get("outputs", ())
             if "text/html" in o.get("data", {})]  # fmt: skip
    assert any("<h3>" in html for html in shown)
    assert not any("<h1" in html or "<h2" in html for html in shown)


def test_every_picture_has_words_for_those_who_do_not_see_it(kept: Any) -> None:
    drawn = [c for c in kept.cells if any("image/svg+xml" in o.get("data", {})
             for o in c.get("outputs", ()))]  # fmt: skip
    assert drawn
    assert all(cell.metadata["mystnb"]["image"]["alt"] for cell in drawn)
