"""The notebook of the documentation runs, from its first cell to its last."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from orepath.graph.connection import Graph

NOTEBOOK = Path(__file__).parents[1] / "docs" / "python.ipynb"


def test_the_notebook_runs(bundled: Graph, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    where = bundled.address
    monkeypatch.setenv("NEO4J_URI", where.uri)
    monkeypatch.setenv("NEO4J_USERNAME", where.username)
    monkeypatch.setenv("NEO4J_PASSWORD", where.password)
    monkeypatch.setenv("NEO4J_DATABASE", where.database)
    notebook: Any = nbformat.reads(NOTEBOOK.read_text("utf-8"), as_version=4)  # type: ignore[no-untyped-call]
    shown = NotebookClient(
        notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}}
    ).execute()
    told = "\n".join(
        str(output.get("data", {}).get("text/plain", output.get("text", "")))
        for cell in shown.cells
        for output in cell.get("outputs", ())
    )
    assert "China makes 99 %" in told
    assert "gallium" in told
    assert all(cell.outputs for cell in shown.cells[3:-1] if cell.cell_type == "code")
