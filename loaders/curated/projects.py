"""Strategic projects under the Critical Raw Materials Act: what, where, by whom, and counts.

A project makes what the materials and stages of its row mean, by ``mapping/project_products.csv``;
where they do not say which product it is (battery graphite that may be natural or synthetic,
substitution), the project stands without one and its description keeps the words. A place is
that of the row; coordinates are only those of the file of points, with their precision, and a
project without a point gets none. Counts and sums over projects are claims of their documents.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from ...ontology.errors import FactError
from ...ontology.facts import Fact, Value
from ..documents import slug
from ..names import economy
from ..protocol import Ledger
from ..tables import Row, read_table
from .claims import claim
from .policies import end_of, number, policy_node, worded
from .reading import (
    DOCUMENT_COLUMNS,
    LeaveOut,
    Unreadable,
    distinct,
    document_id,
    document_of,
    identify,
    look_up,
    parts,
    read_rows,
    reading,
    verified,
    words,
)

SOURCE = "orepath-projects"
COLUMNS = {
    "projects": (
        *("name", "promoter", "country", "location", "materials", "stages", "list"),
        *("expected_output", "note", *DOCUMENT_COLUMNS),
    ),
    "projects_coordinates": (
        *("name", "list", "lat", "lon", "precision", "note", *DOCUMENT_COLUMNS),
    ),
    "projects_aggregates": (
        *("list", "metric", "value", "unit", "material_id", "note", *DOCUMENT_COLUMNS),
    ),
}
ACT = "crma"
COUNTRY = "projects in country: "
ADDRESS = "(promoter address: "


def recognise(files: Sequence[Path]) -> str:
    """``orepath-projects``; raises ``OrepathError`` where a file or column is not there."""
    parts(files, COLUMNS)
    return SOURCE


def facts(files: Sequence[Path], ledger: Ledger) -> Iterator[Fact]:
    """Projects with place, promoter, products and policy, and what documents count of them."""
    found = parts(files, COLUMNS)
    name = "projects_coordinates"
    points: dict[str, Mapping[str, Value]] = {}
    for row in read_table(found[name], COLUMNS[name], "curated facts"):
        # A point that cannot be read is refused at its own row; the project stands without it.
        with suppress(Unreadable):
            points[row["name"]] = coordinates(row)
    known: set[str] = set()

    def project_of(row: Row) -> Iterator[Fact]:
        known.add(row["name"])
        return project(row, points.get(row["name"], {}))

    def point_of(row: Row) -> Iterator[Fact]:
        return point(row, known)

    readers = {
        "projects": project_of,
        "projects_coordinates": point_of,
        "projects_aggregates": aggregate,
    }
    for part, read in readers.items():
        yield from distinct(read_rows(found[part], COLUMNS[part], ledger, read))


def project_id(name: str) -> str:
    """``crma/cinovec-lithium-project``."""
    return f"{ACT}/{slug(name)}"


def project(row: Row, at: Mapping[str, Value]) -> Iterator[Fact]:
    """The project of a row, with the coordinates ``at``, which may be none."""
    identifier, place = project_id(row["name"]), row.place()
    values: dict[str, Value] = {
        "id": identifier,
        "name": row["name"],
        "promoter": row["promoter"] or None,
        # What the row calls an address is where the company sits and no site.
        "place": None if row["location"].startswith(ADDRESS) else row["location"] or None,
        "status": f"strategic project, {row['list']}",
        "description": described(row),
        "verified": verified(row),
        **at,
    }
    yield Fact("Project", {k: v for k, v in values.items() if v is not None}, place)
    yield document_of(row)
    yield Fact("documented_by", documented(identifier, row), place)
    yield from policy_node(ACT, place)
    yield Fact("listed_under", {"start": identifier, "end": ACT}, place)
    for country in words(row["country"]):
        yield Fact("located_in", {"start": identifier, "end": country_id(country, row)}, place)
    for product in products(row):
        yield Fact("project_makes", {"start": identifier, "end": product}, place)


def country_id(name: str, row: Row) -> str:
    """Id of a country of a list in one cell."""
    try:
        return economy(name, "orepath")
    except FactError as error:
        raise Unreadable(row.place("country"), name, error.message, error.hint or "") from error


def products(row: Row) -> list[str]:
    """The products that a row's materials and stages mean, in order, each once.

    ``mapping/project_products.csv`` has a line for each material at a stage, and one that names
    the project where it differs. Raises ``Unreadable`` where no line speaks of a pair.
    """
    found: dict[str, None] = {}
    special = reading("project_products", "material_id", "stage", "project")
    for material in words(row["materials"]):
        for stage in words(row["stages"]):
            line = special.get((material, stage, row["name"]))
            if line is None:
                keys = {"material_id": material, "stage": stage, "project": ""}
                line = look_up("project_products", keys, row.place("materials"))
            if line["product"]:
                found[identify("Product", line["product"], row.place("materials"))] = None
    return list(found)


def described(row: Row) -> str:
    """The row's words for list, materials, stages, output and place, and its note."""
    given = [
        f"Materials: {row['materials'].replace('_', ' ')}",
        f"Stages: {row['stages']}",
        f"Expected output: {row['expected_output']}" if row["expected_output"] else "",
        row["location"].strip("()") if row["location"].startswith(ADDRESS) else "",
        row["note"],
    ]
    return ". ".join(text[0].upper() + text[1:] for text in given if text)


def coordinates(row: Row) -> dict[str, Value]:
    """Latitude and longitude with their precision; raises ``Unreadable`` for no place on earth."""
    values: dict[str, Value] = {
        "coordinates_precision": "; ".join(
            text for text in (row["precision"], row["note"]) if text
        ),
        "coordinates_verified": verified(row),
    }
    for column, name, limit in (("lat", "latitude", 90), ("lon", "longitude", 180)):
        try:
            degrees = float(row[column])
        except ValueError:
            degrees = float("nan")
        if not abs(degrees) <= limit:
            raise Unreadable(
                row.place(column),
                row[column],
                f"it is no {name} between -{limit} and {limit} degrees",
                "Write decimal degrees.",
            )
        values[name] = degrees
    return values


def point(row: Row, known: set[str]) -> Iterator[Fact]:
    """The document of a point; its numbers stand with the project."""
    if row["name"] not in known:
        raise LeaveOut("a point of a project that the list of projects does not hold")
    coordinates(row)
    yield document_of(row)
    yield Fact("documented_by", documented(project_id(row["name"]), row), row.place())


def documented(identifier: str, row: Row) -> dict[str, Value]:
    """The two ends of the tie between a project and a row's document."""
    return {"start": f"Project:{identifier}", "end": document_id(row)}


def aggregate(row: Row) -> Iterator[Fact]:
    """A count or sum over projects, as a claim of its document."""
    place, material = row.place(), row["material_id"]
    about = [f"Policy:{ACT}"]
    if material:
        about.append(f"Material:{identify('Material', material, row.place('material_id'))}")
    if row["metric"].startswith(COUNTRY):
        about.append(f"Economy:{country_id(row['metric'].removeprefix(COUNTRY), row)}")
    of = f", {material.replace('_', ' ')}" if material else ""
    said = f"{row['list']}: {row['metric']}{of}"
    values: Mapping[str, Value] = {
        "text": ". ".join(text for text in (worded(said, row), row["note"]) if text),
        "subject": row["list"],
        "predicate": row["metric"],
        **number(row, row["metric"]),
        "asserted_by": row["publisher"],
        "verified": verified(row),
        "publisher_verification": None if verified(row) else "the document was not read",
    }
    yield from policy_node(ACT, place)
    yield document_of(row)
    source = document_id(row)
    # Two documents count one thing: the document is part of the name.
    identifier = f"{ACT}/{slug(said, 200)}/{source[-8:]}"
    yield from claim(identifier, values, [end_of(end, place) for end in about], source, place)
