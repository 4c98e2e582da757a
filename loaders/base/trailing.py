"""What stands below a table: footnotes and sources, which are no rows of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

_FEWEST = 3  # columns of a table in which one filled cell is no row
_NOTE = re.compile(
    r"[*†‡©(\[#]|(?:sources?|notes?|footnotes?|remarks?|copyright|licen[cs]e|downloaded|extracted"
    r"|last updated|data (?:from|extracted|source)|\(?[a-z0-9]\))\b|[a-z]{1,3}\s?[:=]",
    re.IGNORECASE,
)

Record = tuple[int, list[str]]


def without_notes(records: Iterator[Record], torn: bool = False) -> Iterator[Record]:
    """The records of a table, without those at its end that have one filled cell.

    Such a record is a note where it is shorter than a row, says so, or stands apart from the rows;
    one that says so may be cut into cells by its commas.
    One that is the last and ``torn`` (without an end of its line) may be the begin of a row, and
    is passed on with what stands before it.
    """
    first = next(records, None)
    if first is None:
        return
    yield first
    width, before = len(first[1]), first[0]
    held: list[Record] = []
    for record in records:
        if width >= _FEWEST and _is_note(record, width, bool(held) or record[0] - before > 1):
            held.append(record)
        else:
            yield from held
            held.clear()
            yield record
        before = record[0] + sum(cell.count("\n") for cell in record[1])
    if held and torn and len(held[-1][1]) < width and not says_note(held[-1][1][0]):
        yield from held


def says_note(text: str) -> bool:
    """Whether a cell that stands alone in its line says that it is a note."""
    return bool(_NOTE.match(text.strip()))


def _is_note(record: Record, width: int, apart: bool) -> bool:
    _, cells = record
    if len(cells) < width and says_note(cells[0]):
        return True
    if sum(map(bool, map(str.strip, cells))) != 1 or not cells[0].strip():
        return False
    return apart or len(cells) < width or says_note(cells[0])
