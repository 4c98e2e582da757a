"""What of an answer a page bears: so many rows, notes and sources, and what is said of the rest.

A page is for reading; files and pipes hold everything unless a limit is given. The finding and
the notes speak of all rows, whatever is shown of them. Pure; knows no terminal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..queries.excerpt import grouped

if TYPE_CHECKING:
    from ..queries.run import Answer

LINES = 90
"""Lines that a page should not exceed; that is looked after by showing fewer rows."""
ROWS = (25, 20, 16, 13, 10, 8, 6, 4, 2, 1)
"""How many rows are tried, until a page is short enough."""
NOTES, SOURCES, LETTERS = 5, 10, 340
"""Notes, sources, and letters of a note that a page holds."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How much is asked for: ``limit`` rows (``None``: what fits a page), everything, and the
    sources in full."""

    limit: int | None = None
    everything: bool = False
    sources: bool = False

    def tries(self) -> Iterator[int | None]:
        """Numbers of rows to be shown, the first of which fits a page is taken."""
        if self.everything or self.limit is not None:
            yield self.limit
        else:
            yield from ROWS


PAGE = Extent()
WHOLE = Extent(everything=True, sources=True)


def rest(answer: Answer, shown: Answer) -> str:
    """What of an answer is not shown; empty where all is."""
    more = len(answer.rows) - len(shown.rows)
    if not more:
        return ""
    groups = len(grouped(answer)) - len(grouped(shown))
    by = str(answer.question.finding_per).removesuffix("_id").replace("_", " ")
    from ..queries.finding import plural

    of = f", {groups} more {plural(by, groups)} among them" if groups > 0 else ""
    return f"and {more:,} more{of} (--limit, --all)"


def shortened(texts: Sequence[str], extent: Extent) -> list[str]:
    """Notes as a page bears them: not too many and none too long."""
    if extent.everything:
        return list(texts)
    told = [t if len(t) <= LETTERS else f"{t[:LETTERS].rpartition(' ')[0]} …" for t in texts]
    if (more := len(told) - NOTES) > 1:
        return [*told[:NOTES], f"{more} more with --all."]
    return told
