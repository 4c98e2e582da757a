"""What several data sets state of one thing: the same whatever came first, and nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orepath.graph import runs
from orepath.graph.bulk import BulkWriter
from orepath.graph.connection import Graph
from orepath.graph.derive import derive
from orepath.graph.merge import VOCABULARY, Statement, joined, precedence, standing, stated
from orepath.graph.subgraph import subgraph
from orepath.graph.values import native
from orepath.graph.writer import Writer
from orepath.loaders import bundle, vocabulary
from orepath.loaders.base import Ledger
from orepath.loaders.load import unload_source
from orepath.loaders.registry import OWN, all_editions, edition_of, source_facts
from orepath.ontology.facts import Fact, Place
from orepath.ontology.schema import load_schema
from orepath.tools.checksum import checksum

from .stated import stated as stated_by

SCHEMA = load_schema()
DATASETS = ("a", "b", "usgs-mcs-2025", "usgs-mcs-2026", VOCABULARY)
CLASSES = ("Agreement", "Memorandum", "TradeAgreement")
values = st.one_of(
    st.integers(),
    st.floats(allow_nan=False),
    st.booleans(),
    st.text(max_size=5),
    st.dates(),
    st.datetimes(timezones=st.just(UTC)),
    st.lists(st.text(max_size=3), max_size=3),
)
properties = st.dictionaries(st.sampled_from(["name", "date", "year"]), values)
statements = st.builds(Statement, st.sampled_from(CLASSES), properties)
steps = st.lists(st.tuples(st.sampled_from(DATASETS), st.none() | statements), max_size=12)


def seen(dataset: str, said: Statement | None, before: Statement | None) -> Statement | None:
    """What a thing shows after a data set stated it, or no longer does."""
    if said is not None:
        return joined(before or Statement("", {}), dataset, said, SCHEMA)
    known = stated(before) if before else {}
    known.pop(dataset, None)
    return shown(known)


def shown(remaining: Mapping[str, Statement]) -> Statement | None:
    return standing(remaining, SCHEMA) if remaining else None


# A machine that does much else at once is no fault of the rule.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@patient
@given(steps)
def test_only_what_is_stated_counts_not_how_it_came_about(
    came: list[tuple[str, Statement | None]],
) -> None:
    element: Statement | None = None
    remaining: dict[str, Statement] = {}
    for dataset, said in came:
        element = seen(dataset, said, element)
        remaining.pop(dataset, None)
        if said is not None:
            remaining[dataset] = said
        assert element == shown(remaining)


@patient
@given(*[st.dictionaries(st.sampled_from(DATASETS[i : i + 2]), statements) for i in (0, 1, 3)])
def test_the_merge_is_associative_commutative_and_idempotent(
    a: dict[str, Statement], b: dict[str, Statement], c: dict[str, Statement]
) -> None:
    # One data set says one thing of an element.
    b, c = {**b, **{n: a[n] for n in a if n in b}}, {**c, **{n: b[n] for n in b if n in c}}

    def union(*parts: Statement | None) -> Statement | None:
        return shown({n: s for part in parts if part for n, s in stated(part).items()})

    x, y, z = shown(a), shown(b), shown(c)
    assert union(union(x, y), z) == union(x, union(y, z))
    assert union(x, y) == union(y, x)
    assert union(x, x) == x


@patient
@given(st.dictionaries(st.sampled_from(DATASETS), statements, min_size=1))
def test_nothing_is_kept_beside_where_all_agree(said: dict[str, Statement]) -> None:
    element = standing(said, SCHEMA)
    agree = len({(s.cls, repr(sorted(s.properties.items()))) for s in said.values()}) == 1
    if agree:
        assert "stated_as" not in element.properties
    assert stated(element) == said
    assert element.properties["stated_in"] == sorted(said)


def test_the_vocabulary_goes_first_and_a_new_edition_before_an_old_one() -> None:
    names = ["usgs-mcs-2025", "usgs-mcs-2026", "baci-2026-02", "baci-2026-11", VOCABULARY]
    assert sorted(names, key=precedence) == [
        VOCABULARY,
        "baci-2026-11",
        "baci-2026-02",
        "usgs-mcs-2026",
        "usgs-mcs-2025",
    ]
    assert vocabulary.SOURCE == VOCABULARY


@pytest.mark.parametrize("own", ["a", "facts-a-2026", "table-a-2026-01", "orepath-vocabulary-a"])
@pytest.mark.parametrize("other", [*all_editions()])
def test_what_a_user_loads_of_their_own_alters_nothing_of_others(own: str, other: str) -> None:
    if other in OWN:
        return
    said = {
        own: Statement("Memorandum", {"name": "mine", "year": 1}),
        other: Statement("Memorandum", {"name": "theirs"}),
    }
    assert standing(said, SCHEMA).properties["name"] == "theirs"
    assert standing(said, SCHEMA).properties["year"] == 1


def test_the_narrowest_class_stands_and_one_that_excludes_it_says_nothing() -> None:
    said = {
        "a": Statement("Agreement", {"name": "EU and XYZ"}),
        "b": Statement("TradeAgreement", {"name": "The trade agreement", "year": 2024}),
        "c": Statement("Memorandum", {"status": "in-force"}),
    }
    element = standing(said, SCHEMA)
    assert element.cls == "TradeAgreement"
    assert element.properties["name"] == "EU and XYZ"
    assert element.properties["year"] == 2024
    assert "status" not in element.properties
    assert standing({n: said[n] for n in "ac"}, SCHEMA).cls == "Memorandum"


def agreement(term: str, **more: Any) -> Fact:
    return Fact(term, {"id": "eu-xyz", "name": "EU and XYZ"} | more, Place("facts.csv", 2))


def test_the_runner_up_comes_back_with_its_labels_and_values(graph: Graph) -> None:
    ours = [agreement("TradeAgreement", alt_names=["EXA"])]
    theirs = [agreement("Memorandum", name="MoU", signed=date(2024, 5, 1), alt_names=["x", "y"])]
    writer = Writer(graph, SCHEMA)
    alone = {}
    for dataset, facts in (("a", ours), ("b", theirs)):
        writer.load(dataset, facts)
        alone[dataset] = checksum(graph)
        assert writer.unload(dataset).removed == 1
        assert graph.size() == 0
    writer.load("b", theirs)
    assert writer.load("a", ours).changed == 1
    both = graph.read("MATCH (x) RETURN x, labels(x) AS labels").records
    assert sorted(both[0]["labels"]) == ["Agreement", "TradeAgreement"]
    assert both[0]["x"]["alt_names"] == ["EXA"]
    assert both[0]["x"]["signed"] is None
    drawn = subgraph([both[0].values()]).nodes[0].properties
    assert drawn["stated_in"] == ("a", "b")
    assert "stated_as" not in drawn
    together = checksum(graph)
    assert writer.load("b", theirs).unchanged == writer.load("a", ours).unchanged == 1
    writer.unload("a")
    assert checksum(graph) == alone["b"]
    writer.load("a", ours)
    assert checksum(graph) == together
    writer.unload("b")
    assert checksum(graph) == alone["a"]


def test_a_node_stated_by_nobody_goes_with_the_last_relationship_to_it(graph: Graph) -> None:
    place = Place("facts.csv", 2)
    writer = Writer(graph, SCHEMA)
    writer.load("a", [Fact("Material", {"id": "tin", "name": "tin"}, place)])
    named = {"id": "tin/refined", "name": "tin, refined"}
    tie = {"start": "tin/refined", "end": "tin"}
    writer.load("b", [Fact("Product", named, place), Fact("form_of", tie, place)])
    both = checksum(graph)
    writer.unload("a")
    assert graph.size() == 2
    writer.load("a", [Fact("Material", {"id": "tin", "name": "tin"}, place)])
    assert checksum(graph) == both
    writer.unload("a")
    writer.unload("b")
    assert graph.size() == 0


SOURCES = (
    "orepath-capacities",
    "orepath-projects",
    "orepath-claims",
    "orepath-policies",
    "orepath-technologies",
    "usgs-mcs-2024",
    "usgs-mcs-2026",
)
"""They state some of the same things differently; two are editions of one survey."""
ABOUT = ("Source", "Publication", "Aggregate")
WHOLE = ("orepath-capacities", "orepath-projects")


@cache
def facts_of(source: str) -> tuple[Fact, ...]:
    """What a bundled source states, cut to gallium and to documents unless it is to be whole; and
    of the vocabulary what all of them refer to."""
    if source != VOCABULARY:
        survey, name = source.startswith("usgs"), source.removeprefix("orepath-")
        found = list(bundle.read(source)) if survey else stated_by(name).facts
        if source not in WHOLE:
            found = [
                f
                for f in found
                if f.term in ABOUT or (survey and f.term != "Use" and "gallium" in str(f.values))
            ]
        return (*source_facts(edition_of(source)), *found)
    words: set[str] = set()
    for fact in (fact for other in SOURCES for fact in facts_of(other)):
        for value in fact.values.values():
            words |= {str(value), *str(value).split(":", 1)}
    found = list(vocabulary.Reading().facts(Ledger()))
    cut = [f for f in found if f.values.get("id") in words]
    there = {str(f.values["id"]) for f in cut}
    ends = ("start", "end")
    cut += [f for f in found if all(str(f.values.get(e)).split(":")[-1] in there for e in ends)]
    return (*source_facts(edition_of(source)), *cut)


def emptied(graph: Graph) -> None:
    """Remove all data and keep the constraints: without them the server plans everything anew."""
    graph.run("MATCH (x) DETACH DELETE x")


def load(graph: Graph, source: str) -> None:
    now = datetime.now(UTC)
    run = {"dataset": source, "loader": source, "started": now, "finished": now}
    report = Writer(graph, SCHEMA).load(source, facts_of(source), run=run)
    assert not report.rejected


@pytest.mark.timeout(900)
@settings(
    max_examples=3,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    orders=st.tuples(st.permutations(SOURCES), st.permutations(SOURCES)),
    steps=st.lists(st.sampled_from((*SOURCES, VOCABULARY)), min_size=4, max_size=8),
)
def test_any_order_gives_what_loading_the_rest_at_once_gives(
    graph: Graph, orders: tuple[list[str], list[str]], steps: list[str]
) -> None:
    emptied(graph)
    for source in (VOCABULARY, *orders[0]):
        load(graph, source)
    remaining = set(SOURCES)
    for number, source in enumerate(steps):
        if source in remaining and number % 2 == 0:
            unload_source(graph, source)
            remaining.remove(source)
        else:  # a load, or a reload
            load(graph, source)
            remaining |= {source} - {VOCABULARY}
    derive(graph)
    found = checksum(graph)
    assert set(runs.datasets(graph)) == {VOCABULARY, *remaining}
    emptied(graph)
    for source in (VOCABULARY, *(s for s in orders[1] if s in remaining)):
        load(graph, source)
    derive(graph)
    assert checksum(graph) == found


def test_the_import_joins_statements_as_the_writer_does(tmp_path: Any, graph: Graph) -> None:
    bolt, bulk = Writer(graph, SCHEMA), BulkWriter(SCHEMA, tmp_path)
    said = {
        "b": agreement("Memorandum", name="MoU", signed=date(2024, 5, 1)),
        "c": agreement("Agreement", name="Agreement", alt_names=["x"]),
        "a": agreement("TradeAgreement", alt_names=["EXA"]),
    }
    for dataset, fact in said.items():
        bolt.load(dataset, [fact])
        bulk.load(dataset, [fact])
    record = graph.read("MATCH (x) RETURN properties(x) AS p, labels(x) AS l").records[0]
    ((kept,),) = (held.values() for held in bulk._held.values())
    stored = {n: v for n, v in record["p"].items() if n != "id"}
    assert kept.properties == {n: native(v) if n == "signed" else v for n, v in stored.items()}
    assert set(kept.labels) == set(record["l"])
    assert len(stored["stated_as"]) == 3
