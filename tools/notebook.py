"""Runs the notebook of the documentation and keeps what its cells show: ``make docs`` does.

The site shows these, so it is built without a graph; a test compares them with a new run.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).parents[1] / "docs" / "python.ipynb"
SECONDS = 120
"""That a cell may take."""


def run(path: Path = NOTEBOOK) -> Any:
    """The notebook with new outputs, run from its first cell to its last on the graph of the
    environment; raises nbclient's ``CellExecutionError`` where a cell fails."""
    notebook: Any = nbformat.reads(path.read_text("utf-8"), as_version=4)  # type: ignore[no-untyped-call]
    with tempfile.TemporaryDirectory() as folder:
        NotebookClient(
            notebook, timeout=SECONDS, resources={"metadata": {"path": folder}}
        ).execute()
    return settled(notebook)


def settled(notebook: Any) -> Any:
    """A notebook without what differs from run to run: times, and the version of Python."""
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    notebook.metadata.language_info = {"name": "python"}
    return notebook


def main() -> None:
    """Run the notebook and store it."""
    text = nbformat.writes(run())  # type: ignore[no-untyped-call]
    NOTEBOOK.write_text(text + "\n", "utf-8")
    print(f"{NOTEBOOK.name}: {len(text):,} characters", file=sys.stderr)


if __name__ == "__main__":
    main()
