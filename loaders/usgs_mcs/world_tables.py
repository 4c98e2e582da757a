"""World tables as the editions until 2025 have them: a row is a country, a column a year.

Until 2024 each commodity has a file of its own, whose name says which (``CommodityTable``); 2025
has one wide table of all (``WideTable``). Both give the same rows; what these say is read by
``world``. ``world_products.csv`` counts the rows of the known editions, so that a cut file is
noticed, and ``revisions.csv`` tells tables from before the publisher's revision.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from ...ontology.errors import OrepathError
from ...ontology.facts import Fact
from ..base import AGAIN, Column, LeftOut, Load, Row, Table
from ..base.declaration import TableForm
from . import world
from .figures import stated
from .meaning import fold, groups
from .parts import Part, reason
from .world import FigureColumn, WorldRow, meanings

# What a conversion makes of letters that it does not understand.
_DAMAGE = re.compile("[\x80-\x9f\ufffd]|Ã|â€")
_LETTERS = frozenset("\xa0’“”½ô")
_SOURCE = re.compile(r"MCS ?(?P<year>\d{4})")
_FIGURES = re.compile(
    r"(?P<kind>(?:Prod|Cap|Reserves)(?:_\w+?)??)_(?P<unit>[a-z]{1,4})(?P<est>_est)?"
    r"(?:_(?P<year>\d{4}))?",
    re.IGNORECASE,
)
_NOTES = re.compile(r"(?P<base>Prod|Cap|Reserve)s?_notes?", re.IGNORECASE)
_WIDE = re.compile(r"(?P<base>PROD|CAP|RESERVES)(?P<est>_EST)?_(?P<year>\d{4})", re.IGNORECASE)
_NOTE_BASES = {"prod": "Prod", "cap": "Cap", "reserve": "Reserves"}


class WorldPart(Part):
    """World tables of one layout; ``layout`` is how the data files call it."""

    layout: str
    held: list[WorldRow]

    def rows(self) -> Sequence[WorldRow]:
        """The rows; all are held, since what a table uses is known at its end."""
        return self.held

    def facts_of(self, row: Row, load: Load) -> Iterator[Fact]:
        """The facts of a row's figures."""
        assert isinstance(row, WorldRow)
        if row.blank:
            raise LeftOut(reason("blank rows"))
        figures = world.figures(row, self._used, load)
        if not figures:
            raise LeftOut(reason("half rows"))
        yield from stated(figures, row, load, "Country")

    def complete(self) -> None:
        """Every table of a known edition has its rows."""
        if self.edition != self.layout:
            return
        seen: Counter[tuple[str, ...]] = Counter()
        tables = {self.named["table"].lower()} if "table" in self.named else None
        for row in self.held:
            for kind in {column.kind for column in row.figures} if not row.blank else ():
                seen[row.meant(kind)] += 1
        for key, line in meanings().items():
            layout, _, table, kind, _ = key
            ours = layout == self.layout and (tables is None or table in tables)
            if ours and seen[key] < int(line["rows"]):
                raise OrepathError(
                    f"{self.table.name}: {seen[key]} rows instead of {line['rows']} of"
                    f" {table} / {kind}; the file is cut off or changed",
                    f"{AGAIN} A revision by the publisher is an edition of its own.",
                )

    def _keep(self, rows: list[WorldRow]) -> None:
        """Hold the rows; a known edition has only the letters that its publisher used."""
        known = self.edition == self.layout
        for row in rows:
            for column, cell in row.cells.items():
                if cell.isascii() and "?" not in cell:
                    continue
                odd = _DAMAGE.search(cell)
                foreign = (c for c in cell if c == "?" or (c > "~" and c not in _LETTERS))
                if bad := odd.group() if odd else next(foreign, "") if known else "":
                    raise self.damaged(
                        f"{bad!r} is not a letter of the publisher's text; it was damaged by a"
                        " conversion",
                        row,
                        column,
                    )
        self.held = rows
        self._used = world.used(rows)

    def _slipped(self, row: Row, edition: str) -> OrepathError:
        return self.damaged(
            f"{row['Source']!r} instead of 'MCS{edition}'; the cells have slipped or the file is"
            " another publication's",
            row,
            "Source",
        )


class CommodityTable(WorldPart):
    """A file of one commodity; the newest year is that before the edition."""

    layout = "2024"

    def __init__(self, table: Table, form: TableForm) -> None:
        super().__init__(table, form)
        self.code = self.named["table"].lower()
        figures, notes, kind = self._heads()
        self._check_heads(figures)
        read = [c.name for c in figures] + list(notes.values())
        columns = {**form.columns, "Type": Column(headers=(kind,))}
        rows = []
        for row in table.rows(columns | {name: Column(headers=(name,)) for name in read}):
            said = _SOURCE.fullmatch(row["Source"])
            if row["Source"] and (said is None or said["year"] != self.edition):
                raise self._slipped(row, self.edition)
            rows.append(WorldRow.of_row(row, self.edition, self.layout, self.code, figures, notes))
        self._keep(rows)

    def _heads(self) -> tuple[list[FigureColumn], dict[str, str], str]:
        """The columns of figures, those of notes by what they are on, and that of the row type."""
        figures, notes, kind = [], {}, ""
        for name in self.table.header:
            if match := _NOTES.fullmatch(name):
                notes[_NOTE_BASES[match["base"].lower()]] = name
            elif match := _FIGURES.fullmatch(name):
                of = match["kind"][0].upper() + match["kind"][1:]
                year = match["year"] or str(int(self.edition) - 1)
                unit, estimated = match["unit"].lower(), match["est"] is not None
                figures.append(FigureColumn(name, of, unit, year, estimated))
            elif re.match(r"prod|cap|reserves", name, re.IGNORECASE):
                raise self.damaged(f"nothing says what the column {name!r} holds")
            # One table (fluorspar) has its row type in the place of the heading.
            elif fold(name) in {"type", "form", *_types(self.layout, self.code)}:
                kind = name
        if not kind:
            raise self.damaged(f"no column 'Type'; this is not a file of {self.table.title}")
        return sorted(figures, key=lambda column: column.order), notes, kind

    def _check_heads(self, figures: Sequence[FigureColumn]) -> None:
        """The years are the edition's; a known edition has all columns, in the revised units."""
        newest = int(self.edition) - 1
        years = {int(column.year) for column in figures}
        if not years or max(years) != newest or min(years) < newest - 1:
            raise self.damaged(
                f"no column of figures of {newest}, the last year of the edition {self.edition}"
            )
        if self.edition != self.layout:
            return
        for (layout, of, table, *_), line in meanings().items():
            held = len({column.year for column in figures if column.kind == of})
            if (layout, table) == (self.layout, self.code) and held < int(line["years"]):
                raise self.damaged(f"{held} columns of {of!r} instead of {line['years']}")
        for line in groups("revisions", ("edition", "table"), ()).get(
            (self.edition, self.code), ()
        ):
            if {c.unit for c in figures if c.kind == line["column"]} != {line["unit"]}:
                raise OrepathError(
                    f"{self.table.name}: this is the table from before the publisher's revision of"
                    f" 5 March 2024 ({line['reason']})",
                    "Download the release again from the publisher.",
                )


class WideTable(WorldPart):
    """The table of all commodities.

    Withheld figures and zeros are blank cells in this layout; what the note beside says (*W for
    23-24*) is read from there, and a blank cell without such a note is not stated, never zero.
    """

    layout = "2025"

    def __init__(self, table: Table, form: TableForm) -> None:
        super().__init__(table, form)
        figures, columns = [], dict(form.columns)
        for name in table.header:
            if found := _WIDE.fullmatch(re.sub(r"_\s+", "_", name)):
                plain, base = found.group().upper(), found["base"].capitalize()
                figures.append(
                    FigureColumn(plain, base, "", found["year"], found["est"] is not None)
                )
                columns[plain] = Column(headers=(name,))
        figures.sort(key=lambda column: column.order)
        notes = {"Prod": "PROD_NOTES", "Cap": "CAP_NOTES", "Reserves": "RESERVE_NOTES"}
        held = list(table.rows(columns))
        for row in held:
            named = _SOURCE.fullmatch(row["Source"])
            if any(row.cells.values()) and (
                named is None or named["year"] != (self.edition or named["year"])
            ):
                raise self._slipped(row, self.edition or self.layout)
            self.edition = self.edition or (named["year"] if named else "")
        if not self.edition:
            raise OrepathError(f"{table.name}: no row says of which edition it is", AGAIN)
        self._check_years(figures)
        self._keep(
            [
                WorldRow.of_row(r, self.edition, self.layout, r["Commodity"], figures, notes)
                for r in held
            ]
        )

    def _check_years(self, figures: Sequence[FigureColumn]) -> None:
        newest, before = str(int(self.edition) - 1), str(int(self.edition) - 2)
        wanted = {
            f"PROD_{before}": before,
            f"PROD_EST_{newest}": newest,
            f"CAP_{before}": before,
            f"CAP_EST_{newest}": newest,
            f"RESERVES_{newest}": newest,
        }
        found = {column.name: column.year for column in figures}
        for name in wanted:
            if name not in found:
                raise self.damaged(f"no column {name!r}; this is not a file of {self.table.title}")
        for name, year in found.items():
            if name not in wanted:
                raise self.damaged(
                    f"the column {name!r} has figures of {year}, which the edition {self.edition}"
                    " does not have"
                )


@cache
def _types(layout: str, table: str) -> frozenset[str]:
    """The row types that a table has, folded."""
    return frozenset(k[3] for k in meanings() if (k[0], k[2]) == (layout, table) and k[3])
