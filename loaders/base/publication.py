"""A publication: which files are its own, which edition they are, and what their rows become.

A loader is a class ``Loader`` in ``loaders/<folder>/loader.py`` that gives one function from a row
to facts; what stands in ``source.yaml`` beside it need not be programmed. Files are recognised in
one pass, and what was learnt then is kept for the second one, in which the facts are made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ...ontology.errors import FactError, OrepathError, RefusedError
from ...ontology.facts import Fact, Place
from .declaration import Declaration, LeftOutRule, TableForm, declaration
from .ledger import Ledger, LeftOut, book
from .sheets import sheet_names, shown_and_hidden
from .stating import REPEATED, Load
from .strangers import each
from .survey import (
    FEW,
    NOTHING_SAID,
    Reading,
    Said,
    Survey,
    agreed,
    few,
    of_the_file,
    require_rows,
    selections_told,
    to_come,
)
from .tables import Row, Table, header_key
from .text import AGAIN, sha256


class Publication:
    """The base of loaders: recognises by the declared columns, and books each row.

    A loader must give ``facts_of``; the other functions have a sensible default. One whose files
    are large archives reads them by itself, without unpacking them (``reads_archives``).
    """

    reads_archives = False

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.declared: Declaration = declaration(folder)

    @property
    def id(self) -> str:
        """The publication's id, e.g. ``wb-wgi``."""
        return self.declared.publication

    # What a loader gives.

    def facts_of(self, row: Row, load: Load) -> Iterable[Fact]:
        """The facts of a row; raises ``LeftOut`` with a reason, or ``FactError``."""
        raise NotImplementedError

    def check(self, row: Row) -> None:
        """Raise ``FactError`` where a row, whose cells have their shapes, shows another file."""

    def edition(self, survey: Survey) -> str:
        """The edition that the files are, by the declared rule.

        A loader whose rows say their edition need not look at ``survey.assumed``; one that infers
        it leaves there what it inferred it from.
        """
        rule = self.declared.edition
        assert rule is not None, "a loader without a declared rule gives `edition` itself"
        if survey.known:
            return survey.known
        newest = max(survey.newest.values())[:4]
        edition = str(int(newest) + rule.plus)
        survey.assumed = f"edition {edition} is inferred from the newest year, {newest}"
        return edition

    def complete(self, survey: Survey, edition: str) -> None:
        """Raise ``OrepathError`` where the files of ``edition`` lack rows."""

    def finish(self, load: Load) -> Iterator[Fact]:
        """Facts after the last row, and notes for the user in ``load.ledger``."""
        return iter(())

    # What the base does.

    def ahead(self, load: Load, form: str) -> Iterator[Row]:
        """All rows of a declared table before their turn comes; they are not booked."""
        for name, table in load.tables:
            if name == form:
                yield from table.rows(self.declared.tables[form].columns, form)

    def read(
        self, files: Sequence[Path], *, whole: bool = True, said: Said = NOTHING_SAID
    ) -> Reading:
        """The files, recognised; a part of an edition is refused unless ``whole`` is false, and
        ``said`` is believed where the files do not say it.

        Raises ``OrepathError`` naming file, line and column for another publisher's file, moved
        columns, or a file that is cut off.
        """
        tables = self.tables(files)
        survey = Survey(said=said, known=self._known(files))
        for form, table in tables:
            self._survey(form, table, survey)
        edition = agreed(self.declared, survey, self.edition(survey))
        if whole:
            with selections_told():
                require_rows(self.declared, survey, edition)
                self.complete(survey, edition)
        assumed = "; ".join(dict.fromkeys(filter(None, [survey.assumed, *survey.doubts])))
        return _Read(self, f"{self.id}-{edition}", tables, assumed, survey.doubted)

    def _known(self, files: Sequence[Path]) -> str:
        """The edition of which one of the files is the publisher's own, byte by byte."""
        described = self.declared.described().values()
        editions = {file.sha256: edition.edition for edition in described for file in edition.files}
        return next((editions[s] for f in files if (s := sha256(f)) in editions), "")

    def tables(self, files: Sequence[Path]) -> list[tuple[str, Table]]:
        """The tables that are in the files, each with its declared name."""
        if not files:
            raise OrepathError(f"no file of {self.declared.what} was given", self._expected())
        if self.declared.single_file and len(files) != 1:
            raise OrepathError(
                f"{len(files)} files were given; {self.declared.what} is one file an edition",
                "Load one edition at a time.",
            )
        return each(files, self.tables_in, self.declared)

    def tables_in(self, path: Path) -> list[tuple[str, Table]]:
        """The tables that are in one file."""
        forms = self.declared.tables
        table = Table(path, self.declared.what, blanks=self.declared.blank_rows)
        if not table.is_sheet:
            return [(self.form_of(table), table)]
        held = sheet_names(path)
        if any(form.sheet for form in forms.values()):
            found = [
                (name, Table(path, self.declared.what, sheet))
                for name, form in forms.items()
                for sheet in held
                if form.sheet and re.fullmatch(form.sheet, sheet)
            ]
            if found:
                return found
            try:
                return self._sheets_by_columns(table, held)
            except OrepathError as error:
                raise OrepathError(
                    f"{path.name} has no sheet of {self.declared.what}, but"
                    f" {', '.join(map(repr, held[:12]))}",
                    AGAIN,
                ) from error
        return self._sheets_by_columns(table, held)

    def _sheets_by_columns(self, table: Table, held: Sequence[str]) -> list[tuple[str, Table]]:
        """The sheets that have the columns of a declared table; other sheets are covers and notes.

        Raises ``OrepathError`` with what the first one lacks, where none has them.
        """
        found: list[tuple[str, Table]] = []
        faults: list[OrepathError] = []
        for sheet in held:
            try:
                one = replace(table, sheet=sheet)
                form = self.form_of(one)
                one.places(self.declared.tables[form].columns, one.header)
                found.append((form, one))
            except OrepathError as error:
                faults.append(error)
        if not found:
            if len(held) > 1:
                faults[0].message += f" (none of its {len(held)} sheets is one)"
            raise faults[0]
        if len(found) == 1:
            return found
        _, hidden = shown_and_hidden(table.path)
        if odd := [one.sheet for _, one in found if one.sheet in hidden]:
            raise RefusedError(
                f"{table.path.name}: the sheet {odd[0]!r} is hidden, and is such a table as well",
                "Delete the sheet, or show it if it is to be read beside the others.",
            )
        return [(form, replace(one, by_sheet=True)) for form, one in found]

    def rows(self, form: str, table: Table, ledger: Ledger) -> Iterator[Row]:
        """The rows of a table that are to become facts, or to be left out one by one."""
        return table.rows(self.declared.tables[form].columns, form)

    def form_of(self, table: Table) -> str:
        """The declared table that a file's name says, else the one whose columns it has; of
        several, the one with the most.

        Raises ``OrepathError`` with what the likeliest one lacks.
        """
        forms = self.declared.tables
        for name, form in forms.items():
            if form.file and re.fullmatch(form.file, table.name, re.IGNORECASE):
                return name
        header = {header_key(name) for name in table.header}

        def has(form: TableForm) -> tuple[bool, float, int]:
            needed = [c for c in form.columns.values() if not c.optional]
            held = sum(any(header_key(h) in header for h in c.headers) for c in needed)
            return held == len(needed), held / max(len(needed), 1), len(needed)

        by_columns = [item for item in forms.items() if item[1].columns and not item[1].file]
        name, form = max(by_columns, key=lambda item: has(item[1]))
        if not has(form)[0]:
            table.places(form.columns, table.header)
        return name

    def _survey(self, name: str, table: Table, survey: Survey) -> None:
        form = self.declared.tables[name]
        shaped = form.shaped
        rule = self.declared.edition
        told = rule.column if rule and rule.column in form.columns else ""
        counting = (form.count, told)
        held, newest, of_another = 0, "", 0
        doubted: dict[Place, FactError] = {}
        first: OrepathError | None = None
        for row in table.rows(form.columns, name):
            held += 1
            year = row[told] if told else ""
            told_apart, come = False, to_come(row)
            try:
                self.require_shapes(row, shaped)
                if come:
                    raise row.fault(come, f"{row[come]!r} is still to come")
                told_apart = True
                self.check(row)
                newest = max(newest, year)
            except FactError as fault:
                doubted[row.place()] = fault
                of_another += told_apart
                first = first or of_the_file(row, fault)
            sound = (p.fullmatch(row[c]) for c, p in shaped if c in counting)
            if form.count and not come and all(sound):
                survey.counted[table.name, row[form.count], year] += 1
        if not held:
            raise OrepathError(f"{table.name} has a header and no rows", AGAIN)
        if first and (len(doubted) > few(held) or of_another > FEW * held):
            raise first
        survey.doubted |= doubted
        survey.rows[table.name] += held
        survey.tables[name, table.name] += held
        survey.newest[table.name] = newest

    def require_shapes(self, row: Row, shaped: Iterable[tuple[str, re.Pattern[str]]]) -> None:
        """Raise ``FactError`` where a cell has not the shape that its column declares."""
        for column, pattern in shaped:
            if not pattern.fullmatch(row[column]):
                raise self.misplaced(row, column)

    def misplaced(self, row: Row, column: str) -> FactError:
        """The fault of a cell that cannot stand in its column."""
        return row.fault(
            column,
            f"{row[column]!r} cannot stand there; the columns may have moved, or this is not a file"
            f" of {self.declared.what}",
        )

    def _expected(self) -> str:
        listed = {f.name for e in self.declared.described().values() for f in e.files}
        return f"Expected are files such as {', '.join(sorted(listed)[:3])}."


@dataclass(frozen=True)
class _Read:
    """Recognised files of a publication whose loader gives a function from a row to facts."""

    publication: Publication
    source: str
    tables: Sequence[tuple[str, Table]]
    assumed: str = ""
    doubted: Mapping[Place, FactError] = field(default_factory=dict)

    def facts(self, ledger: Ledger) -> Iterator[Fact]:
        """The facts in the files' order; every row is booked in ``ledger``."""
        declared = self.publication.declared.left_out
        repeated = next((rule.reason for rule in declared if rule.what == REPEATED), REPEATED)
        load = Load(self.source, self.publication.id, ledger, repeated, self.tables)
        rules: list[LeftOutRule] = []

        def made(row: Row) -> Iterable[Fact]:
            if fault := self.doubted.get(row.place()):
                raise fault
            for rule in rules:
                if rule.holds(row.cells):
                    raise LeftOut(rule.reason)
            return self.publication.facts_of(row, load)

        for form, table in self.tables:
            columns = self.publication.declared.tables[form].columns
            rules[:] = [rule for rule in declared if rule.speaks_of(columns)]
            yield from book(self.publication.rows(form, table, ledger), ledger, made)
        yield from self.publication.finish(load)
