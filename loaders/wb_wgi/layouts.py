"""The layouts in which the World Bank and its readers keep the indicators, told by their tables.

Long: one row an economy, indicator and year (the update of 2024; without ranks and in six sheets,
the one of 2025). Across: years side by side, in six sheets with six figures a year before 2024, in
the World Bank's data bank with a row for each series (``PV.EST``, ``PV.STD.ERR`` …), or with one
figure a year as others convert it. What is across is read as if it were long.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ...ontology.errors import FactError, OrepathError, RefusedError
from .. import names
from ..base import Column, Only, Row, Table, read_mapping
from ..base.sheets import sheet_names, sheet_rows

LONG, CONVERTED = "scores", "estimates"
_YEAR = re.compile(r"((?:19|20)\d\d)(?: \[YR\d{4}\])?")
_SERIES = re.compile(r"(?:gov_wgi_)?([a-z]{2})\.([a-z.]+)")
_SERIES_FIGURES = {
    "est": "estimate",
    "std.err": "stddev",
    "no.src": "nsource",
    "per.rnk": "pctrank",
    "per.rnk.lower": "pctranklower",
    "per.rnk.upper": "pctrankupper",
}
_HEADS = {
    "code": ("code", "country code"),
    "countryname": ("country/territory", "country name"),
    "indicator": ("indicator", "series code", "indicator code"),
}
_CODE = re.compile(r"(?:gov_?wgi_?)?([a-z]{2})(?:[._]?est)?")
_FIGURES = {
    "estimate": "estimate",
    "stderr": "stddev",
    "numsrc": "nsource",
    "rank": "pctrank",
    "lower": "pctranklower",
    "upper": "pctrankupper",
}


def indicator_code(words: str) -> str:
    """``pv`` for a code, a name or the name of a sheet; raises ``FactError``."""
    lines = read_mapping("wb_wgi/indicators")
    code = _CODE.fullmatch(names.fold(words))
    letters = re.sub(r"[^a-z]|\band\b", "", names.fold(words)).replace("voiceand", "voice")
    for line in lines:
        if (code and code[1] == line["code"]) or letters.startswith(line["begins"]):
            return line["code"]
    known = ", ".join(line["code"] for line in lines)
    raise FactError(f"{words!r} is no indicator", f"Known: {known}.", "indicator", words)


def tables_in(path: Path, title: str, form_of: Callable[[Table], str]) -> list[tuple[str, Table]]:
    """The tables of a file, each with the declared table that it is.

    Raises ``RefusedError`` for figures of which nothing says which indicator they are.
    """
    table = Table(path, title)
    if not table.is_sheet:
        return [_told(table, "", form_of)]
    found = []
    for sheet in sheet_names(path):
        try:
            found.append((sheet, indicator_code(sheet)))
        except FactError:
            continue  # a cover, or the one sheet of the long layout
    if not found:
        return [_told_of_one(path, title, form_of)]
    return [_told(Sheet(path, title, sheet), code, form_of) for sheet, code in found]


def _told_of_one(path: Path, title: str, form_of: Callable[[Table], str]) -> tuple[str, Table]:
    """The first sheet that is a table; others are covers. Raises the fault of the first one."""
    faults = []
    for sheet in sheet_names(path):
        try:
            return _told(Table(path, title, sheet), "", form_of)
        except OrepathError as error:
            faults.append(error)
    raise next((fault for fault in faults if isinstance(fault, RefusedError)), faults[0])


class Sheet(Table):
    """One of several sheets, which messages name."""

    @property
    def name(self) -> str:
        """File and sheet."""
        return f"{self.path.name} [{self.sheet}]"


def _told(table: Table, indicator: str, form_of: Callable[[Table], str]) -> tuple[str, Table]:
    across = Across(table.path, table.title, table.sheet, indicator=indicator)
    if not across.years:
        return form_of(table), table
    if not indicator and across.keys.get("indicator") is None:
        raise RefusedError(
            f"{table.name} has one figure for each economy and year, and nothing in it says which"
            " of the six indicators it is",
            "Add a column `indicator` (cc, ge, pv, rl, rq or va) and load it with --edition and"
            " --add, or load the publisher's workbook.",
        )
    return (LONG if across.several or across.complete else CONVERTED), across


@dataclass(frozen=True)
class Across(Table):
    """A table with years side by side, whose rows are those of the long layout."""

    indicator: str = ""

    @property
    def name(self) -> str:
        """File, and sheet where there are several."""
        return f"{self.path.name} [{self.sheet}]" if self.sheet else self.path.name

    @cached_property
    def _rows(self) -> list[tuple[int, list[str]]]:
        return list(sheet_rows(self.path, self.sheet) if self.is_sheet else self.records())

    @cached_property
    def _top(self) -> int:
        """The index of the header, which has codes and names; -1 where there is none."""
        rows = (self._keys(cells) for _, cells in self._rows[:40])
        return next(
            (n for n, keys in enumerate(rows) if {"code", "countryname"} <= keys.keys()), -1
        )

    @cached_property
    def keys(self) -> Mapping[str, int]:
        """Where economy, name and indicator stand."""
        return self._keys(self._rows[self._top][1])

    @staticmethod
    def _keys(cells: Sequence[str]) -> dict[str, int]:
        header = [names.fold(cell) for cell in cells]
        found = {name: [h for h in heads if h in header] for name, heads in _HEADS.items()}
        return {name: header.index(heads[0]) for name, heads in found.items() if heads}

    @cached_property
    def several(self) -> bool:
        """Whether the years stand in a row above the names of several figures."""
        return not any(map(_YEAR.fullmatch, self._rows[self._top][1]))

    @cached_property
    def years(self) -> Mapping[str, Mapping[str, int]]:
        """By year the column of each figure; nothing where the table is not across."""
        if self._top < 0:
            return {}
        header = self._rows[self._top][1]
        if not self.several:
            matched = ((_YEAR.fullmatch(cell), at) for at, cell in enumerate(header))
            return {match[1]: {"value": at} for match, at in matched if match}
        if not self._top:
            return {}
        above, year = self._rows[self._top - 1][1], ""
        found: dict[str, dict[str, int]] = {}
        for at, (cell, figure) in enumerate(zip(above, header, strict=False)):
            year = cell or year  # a year stands above the first of its figures, or above each
            if _YEAR.fullmatch(year) and names.fold(figure) in _FIGURES:
                found.setdefault(year, {})[_FIGURES[names.fold(figure)]] = at
        return found

    def rows(
        self, columns: Mapping[str, Column], table: str = "", only: Only | None = None
    ) -> Iterator[Row]:
        """A row for each economy and year that has the figures of ``columns``.

        Raises ``OrepathError`` where a column of them is missing.
        """
        wanted = columns.keys() & {*_FIGURES.values(), "value"}
        for (code, indicator, year), (line, name, found) in self._figures.items():
            if "value" in wanted and "estimate" in found:
                found = {"value": found["estimate"]}
            if lacking := wanted - found.keys():
                said = ", ".join(sorted(lacking))
                raise OrepathError(f"{self.name}, line {line}: {year} has no figures of {said}")
            key = {"codeindyr": f"{code}{indicator}{year}", "year": year, "indicator": indicator}
            heads = {figure: f"{year} {figure}" for figure in wanted}
            cells = {"code": code, "countryname": name, **key, **found}
            yield Row(self.name, line, cells, table, heads, columns)

    @cached_property
    def _figures(self) -> Mapping[tuple[str, str, str], tuple[int, str, dict[str, str]]]:
        """By economy, indicator and year: line, name of the economy, and figures."""
        found: dict[tuple[str, str, str], tuple[int, str, dict[str, str]]] = {}
        for line, record in self._rows[self._top + 1 :]:
            cells = {name: record[at] for name, at in self.keys.items() if at < len(record)}
            if not (code := cells.get("code")):
                continue  # a note below the table
            words = cells.get("indicator", "")
            series = _SERIES.fullmatch(names.fold(words))
            if series and series[2] not in _SERIES_FIGURES:
                continue  # the score from 0 to 100, which is left out
            indicator = self.indicator or indicator_code(series[1] if series else words)
            for year, places in self.years.items():
                key = (code, indicator, year)
                figures = found.setdefault(key, (line, cells["countryname"], {}))[2]
                for name, at in places.items():
                    figure = _SERIES_FIGURES[series[2]] if series else name
                    if figure in figures:
                        raise OrepathError(
                            f"{self.name}, line {line}: {code} has two rows of {indicator}",
                            "Keep the one that is right.",
                        )
                    figures[figure] = record[at] if at < len(record) else ""
        return found

    @property
    def complete(self) -> bool:
        """Whether each economy, indicator and year has all figures of the long layout."""
        all_figures = {*_FIGURES.values()}
        return all(all_figures <= figures.keys() for _, _, figures in self._figures.values())
