"""Tables for a terminal, drawn by rich into a string; knows no question and no database."""

from __future__ import annotations

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

from .layout import Table, footnotes, tables

if TYPE_CHECKING:
    from ..queries.run import Answer

WIDTH = 160
"""Characters a line where no terminal says how wide it is."""
WORD = 16
"""The longest word that is never broken; longer ones are mostly ids."""
GAP = 3
"""Characters that the frame takes between two columns."""
HEADING = 3
"""Cells of a row that head its block where the table is too wide."""


def answer_table(answer: Answer, *, to_file: bool = False) -> str:
    """Finding, tables, then notes, caveats and sources; in colour only on a terminal."""
    console = _console(to_file)
    _print_answer(console, answer)
    _print_notes(console, footnotes(answer))
    return _told(console)


def overview_page(
    title: str, parts: Sequence[tuple[str, Answer]], caveat: str, *, to_file: bool = False
) -> str:
    """Answers under headings, then a caveat and the sources, which all of them share."""
    console = _console(to_file)
    console.print(Text(title, style="bold"))
    for heading, answer in parts:
        console.print()
        console.print(Text(heading.upper(), style="bold cyan"))
        _print_answer(console, answer)
        _print_notes(console, [("note", text) for text in answer.notes])
    sources = [note for note in footnotes(parts[0][1]) if note[0] == "source"]
    _print_notes(console, [("caveat", caveat), *sources])
    return _told(console)


def _print_answer(console: Console, answer: Answer) -> None:
    console.print(Text(answer.finding, style="bold"), soft_wrap=False)
    for table in tables(answer):
        console.print()
        if table.heading:
            console.print(Text(table.heading, style="cyan"))
        console.print(_drawn(table, console.width))


def _print_notes(console: Console, notes: Sequence[tuple[str, str]]) -> None:
    if notes:
        console.print()
    for kind, text in notes:
        console.print(Padding(Text(f"{kind.capitalize()}: {text}", style="dim"), (0, 0)))


def plain_table(heading: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of texts under a heading."""
    console = _console(False)
    if heading:
        console.print(Text(heading, style="bold"))
    flat = Table("", tuple(columns), (False,) * len(columns), tuple(tuple(r) for r in rows))
    console.print(_drawn(flat, console.width))
    return _told(console)


def _drawn(table: Table, width: int) -> RenderableType:
    """A table where each column has room for its words, else the rows one below the other."""
    widths = column_widths(table, width)
    if widths is None:
        return _records(table)
    drawn = RichTable(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold", show_edge=False)
    for name, numeric, room in zip(table.columns, table.numeric, widths, strict=True):
        drawn.add_column(name, justify="right" if numeric else "left", width=room, overflow="fold")
    for row in table.rows:
        drawn.add_row(*(Text(cell) for cell in row))
    return drawn


def column_widths(table: Table, width: int) -> list[int] | None:
    """Widths in characters that break no word of up to ``WORD`` letters; None where they do not
    fit into ``width``. What is left over goes where it saves most lines."""
    cells = [[name, *column] for name, column in zip(table.columns, _columns(table), strict=True)]
    widths = [
        max(
            len(word) if numeric else min(len(word), WORD)
            for cell in column
            for word in ([cell] if numeric else cell.split() or [""])
        )
        for column, numeric in zip(cells, table.numeric, strict=True)
    ]
    widest = [max(len(cell) for cell in column) for column in cells]
    free = width - sum(widths) - GAP * (len(widths) - 1)
    if free < 0:
        return None
    while free and any(w < full for w, full in zip(widths, widest, strict=True)):
        neediest = max(range(len(widths)), key=lambda i: widest[i] / widths[i])
        widths[neediest] += 1
        free -= 1
    return widths


def _columns(table: Table) -> list[tuple[str, ...]]:
    return [tuple(row[i] for row in table.rows) for i in range(len(table.columns))]


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
    return Console(
        file=StringIO(),
        force_terminal=terminal,
        color_system="auto" if terminal else None,
        width=width,
        highlight=False,
        emoji=False,
        markup=False,
    )


def _told(console: Console) -> str:
    stream = console.file
    assert isinstance(stream, StringIO)
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines()) + "\n"
