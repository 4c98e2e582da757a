"""FINEPRINT mines: mines and plants with place, owners and what each year's company reports say.

The workbook has a sheet a kind of record; each facility and each of its sites becomes a project,
each figure an observation of that facility, never of a country's industry. What a name in a sheet
means stands in ``mapping/fineprint_products.csv``, what its units mean in
``mapping/fineprint_units.csv``. Figures of kinds of ore, of open pit and underground, of sites
and their mine are kept side by side and never added. Regions and companies, which stand among
the facilities, are none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from ...ontology.errors import FactError
from ...ontology.facts import Fact, Value
from .. import names
from ..protocol import Ledger
from ..tables import AGAIN, Row
from .fineprint_figures import FIGURES, Figure, Skipped, figures
from .fineprint_files import PUBLICATION, Book, open_book

_NO_FACILITY = "a region or a company with several mines is no facility"
_PLACE = ("location_municipality", "district", "province", "region", "state")


@dataclass
class _Facility:
    """A facility or site: its id, where the ids are told, and what it is known to make."""

    id: str
    country: str
    row: Row
    makes: set[str] = field(default_factory=set)


@dataclass
class _State:
    """What the sheets read so far have said; ``no_facility`` are regions and companies."""

    known: dict[tuple[str, str], _Facility] = field(default_factory=dict)
    no_facility: set[str] = field(default_factory=set)
    keys: set[tuple[str, ...]] = field(default_factory=set)


def recognise(files: Sequence[Path]) -> str:
    """``fineprint-mines-2021`` for a workbook whose newest figures are of 2021.

    Raises ``OrepathError`` naming file, sheet or column where the files are no such compilation.
    """
    return open_book(files).source


def facts(files: Sequence[Path], ledger: Ledger) -> Iterator[Fact]:
    """Projects, their place and products, and their figures; every row is booked in ``ledger``."""
    book = open_book(files)
    owners = _owners(book)
    state = _State()
    yield from _booked(book, "general", ledger, partial(_facility, book, owners, state))
    yield from _booked(book, "sub_sites", ledger, partial(_site, book, owners, state))
    for sheet in FIGURES:
        yield from _booked(book, sheet, ledger, partial(_figures, sheet, book, state))
    for row in book.rows("other_info"):
        name, site = row["mine_fac"], row["sub_site"]
        if name in state.no_facility and not site:
            ledger.leave(_NO_FACILITY)
        elif (name, site) not in state.known:
            ledger.leave("owners of a site that the workbook does not describe")
        elif owners.get((name, site)) != _owner(row):
            ledger.leave("owners of an earlier year, or operators only")
        else:
            ledger.use()
    for row in book.ids_table():
        if (row["mine_fac"], row["sub_site"]) in state.known:
            ledger.use()
        else:
            ledger.leave(_NO_FACILITY)
    for reason, rows in book.left():
        ledger.leave(reason, rows)


def _booked(
    book: Book, sheet: str, ledger: Ledger, read: Callable[[Row], Iterator[Fact]]
) -> Iterator[Fact]:
    """The facts of each row of a sheet, each row booked once."""
    for row in book.rows(sheet):
        try:
            found = list(read(row))
        except Skipped as skipped:
            ledger.leave(str(skipped))
        except FactError as error:
            ledger.reject(
                row.place(error.column), str(error.value or ""), error.message, error.hint or AGAIN
            )
        else:
            ledger.use()
            yield from found


def _facility(
    book: Book, owners: dict[tuple[str, str], str], state: _State, row: Row
) -> Iterator[Fact]:
    name = row["mine_fac"]
    if row["mine_or_processing"] in ("Region", "Company"):
        state.no_facility.add(name)
        raise Skipped(_NO_FACILITY)
    try:
        country = names.economy(row["country"], PUBLICATION)
    except FactError as error:
        error.column = "country"
        raise
    facility = _Facility(book.facility_id(row, name, ""), country, row)
    state.known[name, ""] = facility
    place = ", ".join(dict.fromkeys(row[column] for column in _PLACE if row[column]))
    described = [
        row["mine_or_processing"],
        row["commodities_products"],
        row["mining_facility_types"],
    ]
    yield _project(facility, name, row, owners.get((name, "")), described, place)
    yield Fact("located_in", {"start": facility.id, "end": country}, row.place())


def _site(
    book: Book, owners: dict[tuple[str, str], str], state: _State, row: Row
) -> Iterator[Fact]:
    name, site = row["mine_fac"], row["sub_site"]
    whole = state.known.get((name, ""))
    if whole is None:
        raise Skipped(_NO_FACILITY)
    facility = _Facility(book.facility_id(row, name, site), whole.country, row)
    state.known[name, site] = facility
    described = [row["mine_or_processing"], row["commodities_products"], row["mine_types"]]
    owner = owners.get((name, site)) or owners.get((name, ""))
    yield _project(facility, f"{name}: {site}", row, owner, described, "")
    yield Fact("located_in", {"start": facility.id, "end": whole.country}, row.place())
    yield Fact("site_of", {"start": facility.id, "end": whole.id}, row.place())


def _project(
    facility: _Facility,
    name: str,
    row: Row,
    owner: str | None,
    described: Sequence[str],
    place: str,
) -> Fact:
    latitude, longitude = _coordinate(row, "latitude", 90), _coordinate(row, "longitude", 180)
    other = row.cells.get("mine_other_names") or row.cells.get("sub_site_other_name") or ""
    since = row["year_activity_status"]
    status = row["activity_status"] + (f" ({since})" if since else "")
    values: dict[str, Value] = {
        "id": facility.id,
        "name": name,
        "alt_names": [part.strip() for part in other.split(",") if part.strip()] or None,
        "description": "; ".join(part for part in described if part) or None,
        "status": status if row["activity_status"] else None,
        "promoter": owner,
        # One coordinate without the other is no place.
        "latitude": latitude if longitude is not None else None,
        "longitude": longitude if latitude is not None else None,
        "place": place or None,
    }
    return Fact("Project", {k: v for k, v in values.items() if v is not None}, row.place())


def _figures(sheet: str, book: Book, state: _State, row: Row) -> Iterator[Fact]:
    name, site = row["mine_fac"], row["sub_site"]
    if name in state.no_facility:
        raise Skipped(_NO_FACILITY)
    facility = state.known.get((name, site))
    if facility is None:
        raise FactError(
            f"the sheets of facilities have no {name!r} {site!r}",
            f"{AGAIN} A figure needs its facility.",
            "sub_site" if site else "mine_fac",
            site or name,
        )
    read = figures(row, sheet)
    made = [_observation(figure, facility, sheet, book, state) for figure in read]
    for figure, fact in zip(read, made, strict=True):
        if figure.measure == "production" and figure.product not in facility.makes:
            facility.makes.add(figure.product)
            ends: dict[str, Value] = {"start": facility.id, "end": figure.product}
            yield Fact("project_makes", ends, row.place())
        yield fact


def _observation(
    figure: Figure, facility: _Facility, sheet: str, book: Book, state: _State
) -> Fact:
    row = figure.row
    key = (
        *(facility.id, figure.product, figure.measure, figure.basis, figure.period),
        figure.part,
    )
    if key in state.keys:
        raise Skipped(
            "a second figure of the same facility, product, part and year, which the table does"
            " not tell apart; the first is kept and nothing added"
        )
    state.keys.add(key)
    return Fact(
        "FacilityObservation",
        {
            "project": facility.id,
            "source": book.source,
            "product": figure.product,
            "measure": figure.measure,
            "period": figure.period,
            "part": figure.part,
            "amount": figure.amount,
            "unit": figure.unit,
            "basis": figure.basis,
            "basis_note": figure.basis_note,
            "status": figure.status,
            "original_value": figure.original_value,
            "original_unit": figure.original_unit,
            "file": f"{row.file}, {sheet}",
            "line": row.line,
            "verified": True,
            "note": figure.note,
        },
        row.place(),
    )


def _owners(book: Book) -> dict[tuple[str, str], str]:
    """Owners of each facility in the newest year that the workbook has them for."""
    newest: dict[tuple[str, str], tuple[str, str]] = {}
    for row in book.rows("other_info"):
        key, found = (row["mine_fac"], row["sub_site"]), (row["year"], row["owners"])
        if row["owners"] and found[0] > newest.get(key, ("", ""))[0]:
            newest[key] = found
    return {key: f"{owners} ({year})" for key, (year, owners) in newest.items()}


def _owner(row: Row) -> str:
    return f"{row['owners']} ({row['year']})"


def _coordinate(row: Row, column: str, limit: int) -> float | None:
    if not row[column]:
        return None
    try:
        degrees = float(row[column])
    except ValueError:
        degrees = float("nan")
    if not -limit <= degrees <= limit:
        raise FactError(
            f"{row[column]!r} is no {column}",
            f"It must be a number of degrees between -{limit} and {limit}.",
            column,
            row[column],
        )
    return degrees
