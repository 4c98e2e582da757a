"""Tables for a terminal, drawn by rich into a string; knows no question and no database."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from ..queries.excerpt import cut
from .fitting import column_widths
from .layout import Layout, Table, citations, footnotes, laid_out, shared_sources
from .page import LINES, PAGE, Extent, rest, shortened

if TYPE_CHECKING:
    from ..queries.run import Answer

WIDTH = 120
"""Characters a line where no terminal says how wide it is."""
JOIN = "\ue000"
"""Stands for a space at which no line is broken, until the text is told."""
HEADING = 3
"""Cells of a row that head its block where the table is too wide."""
LEFT_OUT = "Columns left out for width: {}; csv and json have all."


def answer_table(answer: Answer, extent: Extent = PAGE, *, to_file: bool = False) -> str:
    """Finding, tables, then notes, caveats and sources; in colour only on a terminal.

    Shows as many rows as the extent says, or as fit a page.
    """
    told = ""
    for limit in extent.tries():
        console = _console(to_file)
        shown = cut(answer, limit)
        layout = laid_out(shown, width=console.width, whole=extent.everything)
        _print_answer(console, shown, layout, rest(answer, shown))
        _print_notes(console, footnotes(shown, layout.sources, extent))
        told = _told(console)
        if told.count("\n") <= LINES:
            break
    return told


def overview_page(
    title: str,
    parts: Sequence[tuple[str, Answer]],
    caveat: str,
    extent: Extent = PAGE,
    *,
    to_file: bool = False,
) -> str:
    """Answers under headings, then a caveat and the sources, which all of them share."""
    console = _console(to_file)
    sources = shared_sources([answer for _, answer in parts], console.width)
    console.print(Text(title, style="bold"))
    for heading, answer in parts:
        if not answer.rows:
            continue
        console.print()
        console.print(Text(heading.upper(), style="bold cyan"))
        layout = laid_out(answer, width=console.width, sources=sources)
        _print_answer(console, answer, layout, "", close=True)
        _print_notes(
            console, [("note", text) for text in shortened(answer.notes, extent)], close=True
        )
    if empty := [(heading, answer) for heading, answer in parts if not answer.rows]:
        console.print()
        console.print(Text("NOT IN THE DATA", style="bold cyan"))
        for heading, answer in empty:
            console.print(Text(_joined(f"{heading}: {answer.finding}")))
    told = [("source", text) for text in citations(parts[0][1], sources, extent)]
    _print_notes(console, [("caveat", caveat), *told])
    return _told(console)


def _print_answer(
    console: Console, answer: Answer, layout: Layout, more: str, *, close: bool = False
) -> None:
    console.print(Text(_joined(answer.finding), style="bold"), soft_wrap=False)
    widths = column_widths(layout.tables, console.width) if layout.tables else None
    for table in layout.tables:
        if not close:
            console.print()
        if table.heading:
            console.print(Text(table.heading, style="cyan"))
        console.print(_drawn(table, widths))
    if more:
        console.print(Text(more, style="cyan"))
    if layout.left_out:
        console.print(Text(LEFT_OUT.format(", ".join(layout.left_out)), style="dim"))


def _print_notes(
    console: Console, notes: Sequence[tuple[str, str]], *, close: bool = False
) -> None:
    if notes and not close:
        console.print()
    for kind, text in notes:
        line = f"{kind.capitalize()}: {text}"
        if kind == "source" and len(line) > console.width and "<" not in text:
            line = line[: console.width - 2].rpartition(" ")[0] + " …"
        console.print(Padding(Text(_joined(line), style="dim"), (0, 0)))


def plain_table(heading: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of texts under a heading."""
    console = _console(False)
    if heading:
        console.print(Text(heading, style="bold"))
    flat = Table("", tuple(columns), (False,) * len(columns), tuple(tuple(r) for r in rows))
    console.print(_drawn(flat, column_widths((flat,), console.width)))
    return _told(console)


def _drawn(table: Table, widths: Sequence[int] | None) -> RenderableType:
    """A table where each column has room for its words, else the rows one below the other."""
    if widths is None:
        return _records(table)
    drawn = RichTable(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold", show_edge=False)
    for name, numeric, room in zip(table.columns, table.numeric, widths, strict=True):
        drawn.add_column(name, justify="right" if numeric else "left", width=room, overflow="fold")
    for row in table.rows:
        drawn.add_row(*(Text(cell) for cell in row))
    return drawn


def _records(table: Table) -> RenderableType:
    """Each row as a block: its first cells as a heading, the others named below it."""
    blocks: list[RenderableType] = []
    for row in table.rows:
        blocks.append(Text(" · ".join(cell for cell in row[:HEADING] if cell), style="cyan"))
        grid = RichTable.grid(padding=(0, 2))
        grid.add_column(style="bold")
        grid.add_column(overflow="fold")
        for name, cell in zip(table.columns[HEADING:], row[HEADING:], strict=True):
            if cell:
                grid.add_row(Text(name), Text(cell))
        blocks.append(Padding(grid, (0, 0, 1, 2)))
    return Group(*blocks)


def _console(to_file: bool) -> Console:
    terminal = sys.stdout.isatty() and not to_file
    width = shutil.get_terminal_size((WIDTH, 24)).columns if terminal else WIDTH
    # NO_COLOR asks for plain text; bold and dim are as much in the way as colours are.
    styled = terminal and not os.environ.get("NO_COLOR")
    return Console(
        file=StringIO(),
        force_terminal=styled,
        color_system="auto" if styled else None,
        width=width,
        highlight=False,
        emoji=False,
        markup=False,
    )


def _joined(text: str) -> str:
    """A text in which no line begins with a sign of percent."""
    return text.replace(" %", f"{JOIN}%")


def _told(console: Console) -> str:
    stream = console.file
    assert isinstance(stream, StringIO)
    text = stream.getvalue().replace(JOIN, " ")
    return "\n".join(line.rstrip() for line in text.splitlines()) + "\n"
