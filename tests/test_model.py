"""The graph as somebody meets it who has only read `orepath schema`: obvious queries are right."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from pathlib import Path

import pytest

from orepath.graph.connection import Graph
from orepath.graph.constraints import statements
from orepath.graph.example import query
from orepath.ontology.schema import NodeClass, Relation, Schema, load_schema
from orepath.ontology.vocabulary import vocabulary

SCHEMA = load_schema()
MODELS = Path(__file__).parent / "golden" / "models.json"


def one(graph: Graph, cypher: str) -> object:
    """The only value of a statement's only row."""
    [record] = graph.read(cypher).records
    return record[0]


def model(schema: Schema) -> str:
    """A checksum of all that decides how data are stored."""
    terms: list[object] = []
    for node in schema.nodes.values():
        terms.append(
            (node.name, node.parents, [(p.name, p.datatype, p.many) for p in node.properties])
        )
    for r in schema.relations.values():
        properties = [(p.name, p.datatype, p.many) for p in r.properties]
        terms.append((r.name, r.type, r.start, r.end, r.key, properties))
    return hashlib.sha256(json.dumps(terms).encode()).hexdigest()[:16]


def test_another_model_has_another_version() -> None:
    """Graphs of an older version are built anew; the version is all by which they are known."""
    known = json.loads(MODELS.read_text("utf-8"))
    said = (
        "the model changed: raise owl:versionInfo in orepath.ttl and enter it in "
        f"{MODELS.name} with {model(SCHEMA)!r}"
    )
    assert known.get(SCHEMA.version) == model(SCHEMA), said


def test_a_property_has_one_type_wherever_it_stands() -> None:
    kinds: dict[str, set[tuple[str, bool]]] = defaultdict(set)
    holders: list[NodeClass | Relation] = [*SCHEMA.nodes.values(), *SCHEMA.relations.values()]
    for holder in holders:
        for p in holder.properties:
            kinds[p.name].add((p.datatype, p.many))
    assert not {name: found for name, found in kinds.items() if len(found) > 1}


def test_what_carries_numbers_has_a_query_that_says_how_to_read_them() -> None:
    numbers = {"decimal", "integer", "double"}
    silent = [
        r.name
        for r in SCHEMA.relations.values()
        if not r.query and any(p.datatype in numbers for p in r.properties)
    ]
    assert not silent


def test_ids_of_customs_codes_are_told_from_those_of_other_products() -> None:
    from orepath.loaders.industries import is_code

    known = vocabulary()
    assert all(is_code(str(f["id"])) for f in known.of("TradeCode"))
    assert not [f["id"] for f in known.of("Product") if is_code(str(f["id"]))]


@pytest.mark.parametrize("name", sorted(SCHEMA.relations))
def test_the_query_of_a_relation_gives_rows_and_no_warning(bundled: Graph, name: str) -> None:
    relation = SCHEMA.relations[name]
    answer = bundled.read(query(relation))
    held = one(bundled, f"RETURN EXISTS {{ ()-[:{relation.type}]->() }}")
    assert bool(answer.records) is held
    warnings = [text for code, text in answer.notifications if code.startswith("01")]
    assert not warnings or not held


def test_the_query_of_listings_counts_as_the_list_does(bundled: Graph) -> None:
    # Regulation (EU) 2024/1252, annex II: 34 raw materials.
    assert len(bundled.read(query(SCHEMA.relations["Listing"])).records) == 34


def test_making_means_making(bundled: Graph) -> None:
    assert one(bundled, "RETURN EXISTS { ()-[:MAKES]->(:TradeCode) }") is False
    makers = (
        "MATCH (c:Country)-[:HAS]->(:Industry)-[:MAKES]->(:Product)-[:FORM_OF]->(:Material "
        "{id: 'gallium'}) RETURN collect(DISTINCT c.id)"
    )
    found = one(bundled, makers)
    assert isinstance(found, list)
    assert "CHN" in found
    assert "NLD" not in found
    shippers = "MATCH (:Country {id: 'NLD'})-[:HAS]->(:Industry)-[:SHIPS]->(c) RETURN count(c)"
    assert one(bundled, shippers) != 0


@pytest.mark.parametrize("type_", ["MAKES", "EXPORTS_TO", "SCORES"])
def test_a_year_is_a_number(bundled: Graph, type_: str) -> None:
    types = f"MATCH ()-[x:{type_}]->() WHERE x.year IS NOT NULL RETURN DISTINCT valueType(x.year)"
    [record] = bundled.read(types).records
    assert record[0] == "INTEGER NOT NULL"


def test_a_span_is_called_by_its_period(bundled: Graph) -> None:
    spans = "MATCH ()-[x:MAKES]->() WHERE size(x.period) > 4 RETURN DISTINCT x.period, x.year"
    found = {(record[0], record[1]) for record in bundled.read(spans).records}
    assert found
    assert all(period.endswith(str(year)) for period, year in found)


@pytest.mark.parametrize(
    ("type_", "name"),
    [("MAKES", "share_source"), ("FEEDS", "share_sources"), ("USED_IN", "source")],
)
def test_references_are_ids_of_nodes(bundled: Graph, type_: str, name: str) -> None:
    dangling = (
        f"MATCH ()-[x:{type_}]->() WHERE x.{name} IS NOT NULL "
        f"UNWIND x.{name} AS id WITH DISTINCT id "
        "WHERE NOT EXISTS { MATCH (:Source {id: id}) } RETURN count(id)"
    )
    assert one(bundled, dangling) == 0


def test_names_are_found_by_their_words(bundled: Graph) -> None:
    found = bundled.read(
        "CALL db.index.fulltext.queryNodes('names', 'spodumene OR neodymium') YIELD node "
        "RETURN collect(node.id) AS ids"
    ).records[0]["ids"]
    assert {"neodymium", "lithium/ore"} <= set(found)
    assert "names" in statements(SCHEMA)


def test_former_states_were_members_while_they_lasted(bundled: Graph) -> None:
    members = (
        "MATCH (c)-[m:MEMBER_OF]->(:Bloc {{id: 'EU27'}}) WHERE m.from <= date('{day}') "
        "AND (m.until IS NULL OR m.until >= date('{day}')) RETURN collect(c.id)"
    )
    before, after = (one(bundled, members.format(day=d)) for d in ("1990-10-02", "1990-10-03"))
    assert isinstance(before, list)
    assert isinstance(after, list)
    assert len(before) == len(after) == 12
    assert set(before) - set(after) == {"DEU-1990"}
    assert set(after) - set(before) == {"DEU"}


def test_nobody_is_a_member_outside_the_life_of_its_state(bundled: Graph) -> None:
    outside = (
        "MATCH (s:HistoricalState)-[m:MEMBER_OF]->() "
        "WHERE m.from < s.from OR coalesce(m.until, date()) > s.until RETURN count(s)"
    )
    assert one(bundled, outside) == 0
