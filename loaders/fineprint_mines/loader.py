"""FINEPRINT mines: mines and plants with place, owners and what each year's company reports say.

The workbook has a sheet a kind of record; each facility and each of its sites becomes a project,
each figure an observation of that facility, never of a country's industry. What a name in a sheet
means stands in ``products.csv``, what its units mean in ``units.csv``,
what the words for its state in ``statuses.csv``. Figures of kinds of ore,
of open pit and underground, of sites and their mine are kept side by side and never added.
Regions and companies, which stand among the facilities, are none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ...ontology.errors import FactError
from ...ontology.facts import Fact, Value
from ..base import AGAIN, LeftOut, Load, Publication, Row, Table, keyed
from .figures import PARTS, figures
from .files import IDS, Sheet, require_all

_NO_FACILITY = "a region or a company with several mines is no facility"
_SECOND = (
    "a second figure of the same facility, product, part and year, which the table does not tell"
    " apart; the first is kept and nothing added"
)
_PLACE = ("location_municipality", "district", "province", "region", "state")

Key = tuple[str, str]
"""A facility and one of its sites, which is empty for the facility itself."""


@dataclass
class _Facility:
    """A facility or site: its id, its country, and what it is known to make."""

    id: str
    country: str
    makes: set[str] = field(default_factory=set)


@dataclass
class _Book:
    """Ids and newest owners, read ahead, and what the sheets read so far have said;
    ``no_facility`` are regions and companies."""

    ids: dict[Key, str] = field(default_factory=dict)
    owners: dict[Key, str] = field(default_factory=dict)
    known: dict[Key, _Facility] = field(default_factory=dict)
    no_facility: set[str] = field(default_factory=set)


class Loader(Publication):
    """Projects, their place and products, and their figures."""

    def tables(self, files: Sequence[Path]) -> list[tuple[str, Table]]:
        """The sheets in the order in which they are declared, then the lists."""
        found = super().tables(files)
        require_all(found, self.declared)
        sheets = {form: Sheet(t.path, t.title, t.sheet) if t.sheet else t for form, t in found}
        return [(form, sheets[form]) for form in self.declared.tables if form in sheets]

    def facts_of(self, row: Row, load: Load) -> Iterable[Fact]:
        """The facts of a row of any sheet."""
        book = load.keep(_Book)
        if not book.ids:
            self._read_ahead(book, load)
        if row.table == "general":
            return _facility(row, book, load)
        if row.table == "sub_sites":
            return _site(row, book)
        if row.table in PARTS:
            return _figures(row, book, load)
        if row.table not in ("other_info", IDS):
            raise LeftOut(self.declared.reason(row.table))
        name, site = key = row["mine_fac"], row["sub_site"]
        if key not in book.known and (row.table == IDS or (name in book.no_facility and not site)):
            raise LeftOut(_NO_FACILITY)
        if key not in book.known:
            raise LeftOut("owners of a site that the workbook does not describe")
        if row.table == "other_info" and book.owners.get(key) != _owner(row):
            raise LeftOut("owners of an earlier year, or operators only")
        return ()

    def _read_ahead(self, book: _Book, load: Load) -> None:
        """Ids, and owners of each facility in the newest year that the workbook has them for."""
        for row in self.ahead(load, IDS):
            book.ids[row["mine_fac"], row["sub_site"]] = row["facility_id"]
        newest: dict[Key, str] = {}
        for row in self.ahead(load, "other_info"):
            key = row["mine_fac"], row["sub_site"]
            if row["owners"] and row["owned_in"] > newest.get(key, ""):
                newest[key] = row["owned_in"]
                book.owners[key] = _owner(row)


def _owner(row: Row) -> str:
    return f"{row['owners']} ({row['owned_in']})"


def _id(row: Row, name: str, site: str, book: _Book) -> str:
    if found := book.ids.get((name, site)):
        return f"fineprint/{found}"
    raise FactError(
        f"the table of ids has none of {name!r} {site!r}".removesuffix(" ''"),
        "Give the facility_ids.csv of the same edition as the workbook.",
        "sub_site" if site else "mine_fac",
        site or name,
    )


def _facility(row: Row, book: _Book, load: Load) -> Iterator[Fact]:
    name = row["mine_fac"]
    if row["mine_or_processing"] in ("Region", "Company"):
        book.no_facility.add(name)
        raise LeftOut(_NO_FACILITY)
    country = load.economy(row, "country")
    facility = book.known[name, ""] = _Facility(_id(row, name, "", book), country)
    place = ", ".join(dict.fromkeys(row[column] for column in _PLACE if row[column]))
    yield _project(facility, name, row, book.owners.get((name, "")), place)
    yield Fact("located_in", {"start": facility.id, "end": country}, row.place())


def _site(row: Row, book: _Book) -> Iterator[Fact]:
    name, site = key = row["mine_fac"], row["sub_site"]
    if (whole := book.known.get((name, ""))) is None:
        raise LeftOut(_NO_FACILITY)
    facility = book.known[key] = _Facility(_id(row, name, site, book), whole.country)
    owner = book.owners.get(key) or book.owners.get((name, ""))
    yield _project(facility, f"{name}: {site}", row, owner, "")
    yield Fact("located_in", {"start": facility.id, "end": whole.country}, row.place())
    yield Fact("site_of", {"start": facility.id, "end": whole.id}, row.place())


def _project(facility: _Facility, name: str, row: Row, owner: str | None, place: str) -> Fact:
    latitude, longitude = row.number("latitude"), row.number("longitude")
    described = [row[c] for c in ("mine_or_processing", "commodities_products")]
    described.append(row["mining_facility_types"])
    since = row["year_activity_status"]
    stated = row["activity_status"]
    values: dict[str, Value] = {
        "id": facility.id,
        "name": name,
        "alt_names": [p.strip() for p in row["mine_other_names"].split(",") if p.strip()] or None,
        "description": "; ".join(part for part in described if part) or None,
        "status": _status(row) if stated else None,
        "status_text": stated + (f" ({since})" if since else "") if stated else None,
        "promoter": owner,
        # One coordinate without the other is no place.
        "latitude": latitude if longitude is not None else None,
        "longitude": longitude if latitude is not None else None,
        "place": place or None,
    }
    return Fact("Project", {k: v for k, v in values.items() if v is not None}, row.place())


def _status(row: Row) -> str:
    """The code of a facility's status."""
    statuses = keyed("fineprint_mines/statuses", "words", fold=str.casefold)
    if found := statuses.get((row["activity_status"].casefold(),)):
        return found["status"]
    raise row.fault(
        "activity_status",
        f"the status {row['activity_status']!r} is not known",
        "Add it to fineprint_mines/statuses.csv with a reason.",
    )


def _figures(row: Row, book: _Book, load: Load) -> Iterator[Fact]:
    name, site = row["mine_fac"], row["sub_site"]
    if name in book.no_facility:
        raise LeftOut(_NO_FACILITY)
    if (facility := book.known.get((name, site))) is None:
        raise FactError(
            f"the sheets of facilities have no {name!r} {site!r}",
            f"{AGAIN} A figure needs its facility.",
            "sub_site" if site else "mine_fac",
            site or name,
        )
    found = figures(row, load.publication)
    for figure in found:
        told = ("product", "measure", "basis", "period", "part")
        key = (facility.id, *(figure[name] for name in told))
        load.claim(key, "", row, repeated=_SECOND)
    for figure in found:
        product = str(figure["product"])
        if figure["measure"] == "production" and product not in facility.makes:
            facility.makes.add(product)
            ends: dict[str, Value] = {"start": facility.id, "end": product}
            yield Fact("project_makes", ends, row.place())
        own: dict[str, Value] = {"project": facility.id, **load.read(row)}
        yield Fact("FacilityObservation", own | figure, row.place())
