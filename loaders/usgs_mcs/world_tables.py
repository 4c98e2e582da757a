"""World tables as the editions until 2025 have them: a row is a country, a column a year.

Until 2024 each commodity has a file of its own, whose name says which (``CommodityTable``); 2025
has one wide table of all (``WideTable``). Both give the same rows; what these say is read by
``world``. ``world_products.csv`` counts the rows of the known editions, so that a cut file is
noticed, and ``revisions.csv`` tells tables from before the publisher's revision.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from ...ontology.errors import FactError, OrepathError
from ...ontology.facts import Fact
from ..base import AGAIN, Column, LeftOut, Load, Row, Table
from ..base.declaration import TableForm
from ..base.survey import few, of_the_file
from . import world
from .figures import stated
from .meaning import fold, groups
from .parts import Part, reason, table_code
from .world import FigureColumn, WorldRow, meanings

# What a conversion makes of letters that it does not understand.
_DAMAGE = re.compile("[\x80-\x9f\ufffd]|Ã|â€")
_LETTERS = frozenset("\xa0’“”½ô")
_SOURCE = re.compile(r"MCS ?(?P<year>\d{4})")
# Prod_t_est_2023, Reserves_ore_K2O_equiv_kt, PROD_EST_2024
_FIGURES = re.compile(
    r"(?P<base>Prod|Cap|Reserves)(?P<of>(?:_\w+?)??)(?:_(?P<unit>(?!est_)[a-z]{1,4}))?"
    r"(?P<est>_est)?(?:_(?P<year>\d{4}))?",
    re.IGNORECASE,
)
_NOTES = re.compile(r"(?P<base>Prod|Cap|Reserve)s?_notes?", re.IGNORECASE)
_NOTE_BASES = {"prod": "Prod", "cap": "Cap", "reserve": "Reserves"}


class WorldTable(Part):
    """World tables of one layout, which the data files call after the edition that they know.

    All rows are held, since which columns a table uses is known at its end.
    """

    layout: str
    held: list[WorldRow]
    _said = ""
    """The edition that the rows say."""

    def __init__(self, table: Table, form: TableForm) -> None:
        super().__init__(table, form)
        self.code = table_code(self.named.get("table", ""))
        self.figures: list[FigureColumn] = []
        self.notes: dict[str, str] = {}
        self.unknown: list[str] = []
        for name in table.header:
            self._head(name)
        if "Type" not in self.columns:
            raise self.damaged(f"no column 'Type'; this is not a file of {table.title}")
        rows = list(table.rows(self.columns))
        self.doubted: dict[int, FactError] = {}
        for row in rows:
            try:
                self._check_row(row)
            except FactError as fault:
                self.doubted[row.line] = fault
        if len(self.doubted) > few(sum(any(row.cells.values()) for row in rows)):
            first = next(row for row in rows if row.line in self.doubted)
            raise of_the_file(first, self.doubted[first.line])
        # What the rows say goes before the name of the file, which anybody may have changed.
        self.edition = self._said or self.edition
        if not self.edition:
            raise self.damaged("no row says of which edition it is")
        newest = str(int(self.edition) - 1)
        self.figures = [replace(c, year=c.year or newest) for c in self.figures]
        self.figures.sort(key=lambda column: column.order)
        self._check_heads()
        self.held = [self._world_row(row) for row in rows]
        self.used = world.used(self.held)

    @property
    def known(self) -> bool:
        """Whether the data files know the edition, and not only its layout."""
        return (self._said or self.edition) == self.layout

    def facts_of(self, row: Row, load: Load) -> Iterator[Fact]:
        """The facts of a row's figures."""
        assert isinstance(row, WorldRow)
        if row.blank:
            raise LeftOut(reason("blank rows"))
        if fault := self.doubted.get(row.line):
            raise fault
        figures = world.figures(row, self.used, load)
        if not figures:
            raise LeftOut(reason("half rows"))
        yield from stated(figures, row, load, "Country")

    def complete(self) -> None:
        """Every table of a known edition has its rows."""
        kinds = {column.kind for column in self.figures}
        rows = [row for row in self.held if not row.blank]
        seen = Counter(row.meant(kind) for row in rows for kind in kinds)
        for key, line in meanings().items() if self.known else ():
            layout, _, table, kind, _ = key
            ours = layout == self.layout and self.code in ("", table)
            if ours and seen[key] < int(line["rows"]):
                raise OrepathError(
                    f"{self.table.name}: {seen[key]} rows instead of {line['rows']} of"
                    f" {table} / {kind}; the file is cut off or changed",
                    f"{AGAIN} A revision by the publisher is an edition of its own.",
                )

    def _world_row(self, row: Row) -> WorldRow:
        of = self.code or row["Commodity"]
        return WorldRow(
            *(row.file, row.line, row.cells, of, row.headers),
            signs=row.signs,
            edition=self.edition,
            of=(self.layout, fold(of), fold(row["Type"])),
            figures=self.figures,
            notes=self.notes,
            unknown=self.unknown,
        )

    def _head(self, name: str) -> None:
        """What a column is: figures, notes, a row type that is known for the table, or unknown."""
        plain = re.sub(r"[\s_.]+", "_", name)
        if match := _NOTES.fullmatch(plain):
            self.notes[_NOTE_BASES[match["base"].lower()]] = name
            self.columns[name] = Column(headers=(name,))
        elif match := _FIGURES.fullmatch(plain):
            key = plain if self.code else plain.upper()
            kind = match["base"].capitalize() + match["of"]
            year = match["year"] or ""
            unit = (match["unit"] or "").lower()
            self.figures.append(FigureColumn(key, kind, unit, year, match["est"] is not None))
            self.columns[key] = Column(headers=(name,))
        # One table (fluorspar) has its row type in the place of the heading.
        elif self.code and name and fold(name) in {"type", "form"} | world.types(self.code):
            self.columns["Type"] = Column(headers=(name,))
        elif name and name not in {h for c in self.columns.values() for h in c.headers}:
            self.unknown.append(name)
            self.columns[name] = Column(headers=(name,))

    def _check_row(self, row: Row) -> None:
        """A row is of the edition, in letters that were not damaged by a conversion."""
        if any(row.cells.values()):
            said = _SOURCE.fullmatch(row["Source"])
            self._said = self._said or (said["year"] if said else "")
            # Some of the files for a commodity leave the column blank.
            if (row["Source"] or not self.code) and (not said or said["year"] != self._said):
                raise FactError(
                    f"{row['Source']!r} instead of 'MCS{self._said or self.layout}'; the cells"
                    " have slipped or the file is another publication's",
                    AGAIN,
                    "Source",
                    row["Source"],
                )
        figures = {column.name for column in self.figures}
        for column, cell in row.cells.items():
            # A cell of figures is refused alone where it is none, whatever its letters.
            if column in figures or (cell.isascii() and "?" not in cell):
                continue
            odd = _DAMAGE.search(cell)
            foreign = (c for c in cell if c == "?" or (c > "~" and c not in _LETTERS))
            if bad := odd.group() if odd else next(foreign, "") if self.known else "":
                raise FactError(
                    f"{bad!r} is not a letter of the publisher's text; it was damaged by a"
                    " conversion",
                    AGAIN,
                    column,
                    cell,
                )

    def _check_heads(self) -> None:
        """Raise ``OrepathError`` where columns are missing or are those of other years."""
        raise NotImplementedError


class CommodityTable(WorldTable):
    """A file of one commodity."""

    layout = "2024"

    def _check_heads(self) -> None:
        """The newest year is that before the edition; a known one has all columns, revised."""
        newest = int(self.edition) - 1
        years = {int(column.year) for column in self.figures}
        if not years or max(years) != newest or min(years) < newest - 1:
            raise self.damaged(
                f"no column of figures of {newest}, the last year of the edition {self.edition}"
            )
        if not self.known:
            return
        for (layout, of, table, *_), line in meanings().items():
            held = len({column.year for column in self.figures if column.kind == of})
            if (layout, table) == (self.layout, self.code) and held < int(line["years"]):
                raise self.damaged(f"{held} columns of {of!r} instead of {line['years']}")
        revised = groups("revisions", ("edition", "table"), ())
        for line in revised.get((self.edition, self.code), ()):
            of_kind = [c for c in self.figures if c.kind == line["column"]]
            if odd := [column.name for column in of_kind if column.unit != line["unit"]]:
                raise self.damaged(
                    f"the column {odd[0]!r} is not in {line['unit']}; the table was changed, or is"
                    " that from before the publisher's revision of 5 March 2024"
                    f" ({line['reason']})"
                )


class WideTable(WorldTable):
    """The table of all commodities.

    Withheld figures and zeros are blank cells in this layout; what the note beside says (*W for
    23-24*) is read from there, and a blank cell without such a note is not stated, never zero.
    """

    layout = "2025"

    def _check_heads(self) -> None:
        """The columns are those of the two years before the edition."""
        newest, before = int(self.edition) - 1, int(self.edition) - 2
        wanted = [f"PROD_{before}", f"PROD_EST_{newest}", f"CAP_{before}", f"CAP_EST_{newest}"]
        wanted.append(f"RESERVES_{newest}")
        found = [column.name for column in self.figures]
        if missing := [name for name in wanted if name not in found]:
            raise self.damaged(
                f"no column {missing[0]!r}; this is not a file of {self.table.title}"
            )
        if odd := [name for name in found if name not in wanted]:
            raise self.damaged(f"the edition {self.edition} has no column {odd[0]!r}")
