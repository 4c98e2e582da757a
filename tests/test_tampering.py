"""Whatever somebody does to the graph behind the writer's back is a row of the check.

All of it is done to one graph at once: a fault of one kind must not hide those of another.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from orepath.cli.main import orepath
from orepath.graph.audit import audit
from orepath.graph.connection import Graph
from orepath.graph.writer import Writer
from orepath.ontology.facts import Fact, Place, Value
from orepath.ontology.schema import NAMESPACE, load_schema

PLACE = Place("made.csv", 1)
COUNTRIES = {"CHN": "CN", "FRA": "FR", "CHL": "CL", "DEU": "DE", "PER": "PE", "ZMB": "ZM"}
YEARS = range(2001, 2021)


FOLLOWING = {
    ("industry/ZMB:gallium/primary", "^has"),
    ("export-restriction/r1", ""),
    ("export-restriction/r3", ""),
    ("export-restriction/r3", "effective"),
    ("the sources", ""),
}
"""What follows from another fault: the owner of this industry has no id that could be named; a date
of a wrong type is not before another; sources with an amount that is text cannot be compared."""


class Tampering(NamedTuple):
    """What is done, on which thing (the end of its IRI) and property it is found, in what words."""

    cypher: str
    focus: str
    path: str
    words: str


def fact(term: str, **values: Value) -> Fact:
    """A fact of the file."""
    return Fact(term, values, PLACE)


def facts() -> list[Fact]:
    """A small sound graph with enough of each kind to break one a fault."""
    made = [
        fact("Source", id="mcs", name="Summaries", kind="document"),
        fact("Source", id="other", name="Others", kind="document"),
        fact("Source", id="cites", name="Cites", kind="document"),
        fact("cited_in", start="other", end="cites"),
        fact("Stage", id="refining", name="refining", position=4),
        fact("Product", id="gallium/primary", name="gallium", alt_names=["Ga metal"]),
        fact("form_of", start="gallium/primary", end="m0"),
        fact("at_stage", start="gallium/primary", end="refining"),
        fact("Bloc", id="EU27", name="European Union"),
        fact("Aggregate", id="WLD", name="World"),
        fact("Industry", id="WLD:gallium/primary", name="World: gallium"),
        fact("has", start="WLD", end="WLD:gallium/primary"),
        fact("totals", start="WLD:gallium/primary", end="gallium/primary"),
    ]
    made += [fact("Material", id=f"m{n}", name=f"material {n}", kind="element") for n in range(9)]
    made += [fact("part_of", start=f"m{n}", end="m0") for n in range(1, 9)]
    for code, alpha2 in COUNTRIES.items():
        industry = f"{code}:gallium/primary"
        made += [
            fact("Country", id=code, name=code, alpha2=alpha2, alpha3=code),
            fact("Industry", id=industry, name=f"{code}: gallium"),
            fact("has", start=code, end=industry),
            fact("Making", industry=industry, product="gallium/primary", share=0.1),
        ]
        member: dict[str, Value] = {"country": code, "bloc": "EU27", "from": date(1958, 1, 1)}
        made.append(Fact("Membership", {**member, "until": date(2020, 1, 31)}, PLACE))
    for year in YEARS:
        given: dict[str, Value] = {
            "industry": "CHN:gallium/primary",
            "source": "mcs",
            "verified": True,
        }
        figure: dict[str, Value] = {
            "basis": "contained",
            "amount": 5.0,
            "unit": "t",
            "status": "normal",
        }
        observed = {**given, **figure, "measure": "production", "period": str(year)}
        made.append(Fact("IndustryObservation", observed, PLACE))
        traded: dict[str, Value] = {
            "exporter": "CHN:gallium/primary",
            "importer": "FRA",
            "reporter_side": "exporter",
        }
        flow = {**traded, "source": "mcs", "verified": True, "year": year, "mass": 5.0}
        made.append(Fact("TradeFlow", flow, PLACE))
    for n in range(4):
        made += [
            fact(
                "ExportRestriction",
                id=f"r{n}",
                name=f"order {n}",
                kind="licence",
                verified=True,
                announced=date(2024, 1, 1),
                effective=date(2024, 2, 1),
                ended=date(2025, 1, 1),
            ),
            fact("imposed_by", start=f"r{n}", end="CHN"),
            fact("restricts", start=f"r{n}", end="Material:m0"),
        ]
    return made


def observation(year: int, change: str) -> str:
    """Cypher that changes the observation of a year."""
    return f"MATCH ()-[r:REPORTED_BY {{period: '{year}'}}]->() {change}"


def flow(year: int, change: str) -> str:
    """Cypher that changes the trade flow of a year."""
    return f"MATCH ()-[r:EXPORTS_TO {{year: {year}}}]->() {change}"


def observed(year: int) -> str:
    """The id of the observation of a year."""
    return f"industry-observation/CHN:gallium/primary;mcs;production;contained;{year}"


def traded(year: int) -> str:
    """The id of the trade flow of a year."""
    return f"trade-flow/CHN:gallium/primary;FRA;mcs;{year};exporter"


def made(country: str) -> str:
    """The id of what an economy makes."""
    return f"making/{country}:gallium/primary;gallium/primary"


TAMPERINGS = [
    Tampering(
        observation(2001, "SET r.period = 'FY25', r.id = replace(r.id, '2001', 'FY25')"),
        observed(2001).replace("2001", "FY25"),
        "period",
        "must match",
    ),
    Tampering("MATCH (n:Material {id: 'm1'}) REMOVE n.name", "material/m1", "name", "is required"),
    Tampering(observation(2002, "SET r.unit = 'kg'"), observed(2002), "unit", "must be one of"),
    Tampering(
        "MATCH (:Industry {id: 'FRA:gallium/primary'})-[r:MAKES]->() SET r.share = 1.5",
        made("FRA"),
        "share",
        "at most 1",
    ),
    Tampering(
        "MATCH (i:Industry {id: 'WLD:gallium/primary'}), (p:Product {id: 'gallium/primary'}) "
        "CREATE (i)-[:MAKES {id: 'WLD:gallium/primary;gallium/primary'}]->(p)",
        made("WLD"),
        "industry/^has",
        "an aggregate makes nothing",
    ),
    Tampering(
        "CREATE (:Industry {id: 'nobody:gallium', name: 'x'})",
        "industry/nobody:gallium",
        "^has",
        "exactly one economy",
    ),
    Tampering(
        "MATCH (n:ExportRestriction {id: 'r0'}) SET n.ended = date('2023-01-01'), "
        "n.effective = null",
        "export-restriction/r0",
        "",
        "before it was announced",
    ),
    Tampering(
        "MATCH (:Country {id: 'FRA'})-[r:MEMBER_OF]->() SET r.until = date('1950-01-01')",
        "membership/FRA;EU27;1958-01-01",
        "from",
        "must not be above until",
    ),
    Tampering(flow(2001, "SET r.mass = -5.0"), traded(2001), "mass", "at least 0"),
    Tampering(observation(2003, "SET r.source = 'other'"), observed(2003), "source", "leads to"),
    Tampering("MATCH (n:Country {id: 'CHL'}) SET n:Bloc", "economy/CHL", "", "also labelled Bloc"),
    Tampering(
        "MATCH (n:Material {id: 'm2'}) CREATE (n)-[:PART_OF]->(n)",
        "material/m2",
        "part_of",
        "leads to itself",
    ),
    Tampering(
        "MATCH (n:ExportRestriction {id: 'r1'}) SET n.effective = '2024-02-01'",
        "export-restriction/r1",
        "effective",
        "must be a date, but text is stored",
    ),
    Tampering(
        flow(2002, "SET r.year = '2002'"),
        traded(2002),
        "year",
        "must be a whole number, but text is stored",
    ),
    Tampering(
        "MATCH (n:Material {id: 'm3'}) SET n.colour = 'grey'", "material/m3", "colour", "no such"
    ),
    Tampering(
        flow(2003, "SET r.id = r.id + 'x'"), traded(2003) + "x", "id", "the id is not the key"
    ),
    Tampering(
        observation(2004, "SET r.amount = 'five'"),
        observed(2004),
        "amount",
        "must be a number, but text is stored",
    ),
    Tampering(
        "UNWIND range(1, 7) AS n CREATE (:Widget {id: 'w' + n})",
        "label Widget",
        "",
        "no such class",
    ),
    Tampering(
        "MATCH (m:Material {id: 'm4'}), (s:Stage) CREATE (m)-[:AT_STAGE]->(s)",
        "Material m4 -> Stage refining",
        "AT_STAGE",
        "may only lead from Product to Stage",
    ),
    Tampering(
        "MATCH (m:Material {id: 'm4'}), (s:Stage) CREATE (m)-[:ADMIRES]->(s)",
        "type ADMIRES",
        "",
        "no such type",
    ),
    # Others of each kind.
    Tampering("CREATE ({id: 'bare'})", "no label", "", "no such class"),
    Tampering("MATCH (n:Country {id: 'DEU'}) REMOVE n:Economy", "economy/DEU", "", "add it"),
    Tampering(
        "MATCH (n:Country {id: 'PER'}) SET n:Favourite",
        "economy/PER",
        "",
        "also labelled Favourite, unknown",
    ),
    Tampering(
        "MATCH (n:Product) SET n.alt_names = 'Ga'",
        "product/gallium/primary",
        "alt_names",
        "must be a list",
    ),
    Tampering(
        "MATCH (n:Material {id: 'm5'}) SET n.kind = ['element']",
        "material/m5",
        "kind",
        "not a list",
    ),
    Tampering(
        "MATCH (n:Stage) SET n.position = 4.5", "stage/refining", "position", "a whole number"
    ),
    Tampering(
        "MATCH (n:Material {id: 'm6'}) SET n.kind = 'nonsense'",
        "material/m6",
        "kind",
        "must be one of",
    ),
    Tampering(
        "MATCH (n:Material {id: 'm7'}) SET n.stated_in = 'made'",
        "material/m7",
        "stated_in",
        "must be a list",
    ),
    Tampering(
        "MATCH (n:Material {id: 'm8'})-[r:PART_OF]->(m) CREATE (n)-[:PART_OF]->(m)",
        "material/m8",
        "",
        "a duplicate PART_OF",
    ),
    Tampering(
        "MATCH (n:Material {id: 'm8'})-[r:PART_OF]->() SET r.since = 1",
        "material/m8",
        "since",
        "no such property",
    ),
    Tampering(
        "MATCH (n:ExportRestriction {id: 'r2'}) SET n.verified = 'true'",
        "export-restriction/r2",
        "verified",
        "must be true or false",
    ),
    Tampering(
        "MATCH (n:ExportRestriction {id: 'r3'}) SET n.ended = datetime('2025-01-01T00:00:00Z')",
        "export-restriction/r3",
        "ended",
        "must be a date, but a date with a time is stored",
    ),
    Tampering(observation(2005, "SET r.amount = 0.0/0.0"), observed(2005), "amount", "finite"),
    Tampering(observation(2006, "SET r.amount = 1.0/0.0"), observed(2006), "amount", "finite"),
    Tampering(
        observation(2007, "SET r.amount = duration('P1D')"),
        observed(2007),
        "amount",
        "Duration is stored",
    ),
    Tampering(
        observation(2008, "SET r.note = point({x: 1, y: 2})"), observed(2008), "note", "is stored"
    ),
    Tampering(observation(2009, "SET r.amuont = 1"), observed(2009), "amuont", "amount?"),
    Tampering(observation(2010, "SET r.id = 7"), observed(2010), "id", "the id is not the key"),
    Tampering(observation(2011, "REMOVE r.id"), observed(2011), "id", "the id is not the key"),
    Tampering(observation(2012, "REMOVE r.amount"), observed(2012), "", "neither an amount nor"),
    Tampering(observation(2013, "SET r.verified = 1"), observed(2013), "verified", "true or false"),
    Tampering(
        "MATCH (n:Country {id: 'ZMB'})-[:HAS]->(i:Industry) SET n.id = 7 ",
        "Economy without an id",
        "id",
        "the id must be text",
    ),
]


@pytest.mark.timeout(1200)
def test_each_tampering_is_found_and_hides_no_other(
    graph: Graph, environment: Callable[[Graph], None]
) -> None:
    done = Writer(graph, load_schema()).load("made", facts())
    assert done.rejected == []
    assert list(audit(graph, load_schema())) == []
    for tampering in TAMPERINGS:
        graph.run(tampering.cypher)
    environment(graph)
    result = CliRunner().invoke(orepath, ["check", "--format", "csv"])
    assert result.exit_code == 1, result.output
    found = [
        (row["focus"].removeprefix(NAMESPACE).partition(" (")[0], row["path"], row["message"])
        for row in csv.DictReader(io.StringIO(result.stdout))
    ]
    missed = [
        t
        for t in TAMPERINGS
        if not any((f, p) == (t.focus, t.path) and t.words in m for f, p, m in found)
    ]
    assert missed == []
    assert {(f, p) for f, p, _ in found} - {(t.focus, t.path) for t in TAMPERINGS} == FOLLOWING
