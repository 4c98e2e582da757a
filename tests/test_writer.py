"""The one writer on a real Neo4j: idempotent, scoped by source, resumable, exact."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from orepath.graph import constraints, runs
from orepath.graph.connection import Graph
from orepath.graph.derive import derive
from orepath.graph.writer import BATCH, Writer
from orepath.loaders.industries import industry_facts
from orepath.loaders.load import unload_source
from orepath.ontology.errors import DatabaseError, FactError
from orepath.ontology.facts import Fact, Place, Value
from orepath.ontology.schema import load_schema
from orepath.tools.checksum import checksum

PRODUCT = "gallium/primary"
AMOUNTS = {"CHN": 900.0, "RUS": 6.0, "JPN": 3.0, "WLD": 900.0}


def here(line: int = 1) -> Place:
    return Place("facts.csv", line)


def source_facts(source: str) -> Iterator[Fact]:
    publication: dict[str, Value] = {
        "id": "pub",
        "name": "Yearbook",
        "publisher": "A survey",
        "preference": 1,
    }
    yield Fact("Publication", publication, here())
    yield Fact(
        "Source",
        {"id": source, "name": source, "kind": "dataset", "published": "2026"},
        here(),
    )
    yield Fact("edition_of", {"start": source, "end": "pub"}, here())


def structure() -> Iterator[Fact]:
    yield Fact("Material", {"id": "gallium", "name": "gallium", "alt_names": ["Ga"]}, here())
    yield Fact("Product", {"id": PRODUCT, "name": "gallium, primary"}, here())
    yield Fact("form_of", {"start": PRODUCT, "end": "gallium"}, here())
    for code in ("CHN", "RUS", "JPN"):
        yield Fact("Country", {"id": code, "name": code, "alpha3": code}, here())
    yield Fact("Aggregate", {"id": "WLD", "name": "World"}, here())


def observation(source: str, economy: str, amount: float, line: int, **more: Value) -> Fact:
    values: dict[str, Value] = {
        "industry": f"{economy}:{PRODUCT}",
        "source": source,
        "measure": "production",
        "basis": "contained",
        "period": "2025",
        "amount": amount,
        "unit": "t",
        "status": "estimated",
        "verified": True,
    }
    return Fact("IndustryObservation", values | more, here(line))


def dataset(source: str, **amounts: float) -> list[Fact]:
    facts = [*source_facts(source), *structure()]
    for line, (economy, amount) in enumerate((amounts or AMOUNTS).items(), 2):
        facts += industry_facts(economy, PRODUCT, f"{economy}: gallium, primary", here(line))
        facts.append(observation(source, economy, amount, line))
    return facts


@pytest.fixture
def writer(graph: Graph) -> Writer:
    return Writer(graph, load_schema())


def count(graph: Graph, pattern: str) -> int:
    return int(graph.read(f"MATCH {pattern} RETURN count(*) AS n").records[0]["n"])


def test_a_second_load_changes_nothing(writer: Writer, graph: Graph) -> None:
    first = writer.load("s1", dataset("s1"))
    assert derive(graph).written == 3
    before = checksum(graph)
    second = writer.load("s1", dataset("s1"))
    assert derive(graph).written == 0
    assert checksum(graph) == before
    assert (second.created, second.changed, second.removed) == (0, 0, 0)
    assert second.unchanged == first.created == first.facts


def test_the_checksum_sees_a_single_changed_value(writer: Writer, graph: Graph) -> None:
    writer.load("s1", dataset("s1"))
    before = checksum(graph)
    report = writer.load("s1", dataset("s1", CHN=901.0, RUS=6.0, JPN=3.0, WLD=900.0))
    assert (report.created, report.changed, report.removed) == (0, 1, 0)
    assert checksum(graph) != before


def test_a_reload_removes_what_its_source_no_longer_states_and_nothing_else(
    writer: Writer, graph: Graph
) -> None:
    writer.load("s1", dataset("s1"))
    alone = checksum(graph)
    writer.load("s2", dataset("s2"))
    report = writer.load("s2", dataset("s2", CHN=900.0))
    # Three observations, and the statements on three industries, their HAS and MAKES or TOTALS,
    # which s1 keeps.
    assert report.removed == 12
    assert count(graph, "(:Industry)-[:REPORTED_BY]->(:Source {id: 's1'})") == 4
    assert count(graph, "(:Industry)-[:REPORTED_BY]->(:Source {id: 's2'})") == 1
    assert count(graph, "(:Industry)") == 4
    writer.unload("s2")
    assert checksum(graph) == alone


def test_loads_of_two_sources_stay_unchanged_in_turn(writer: Writer, graph: Graph) -> None:
    writer.load("s1", dataset("s1"))
    renamed = [
        Fact(f.term, {**f.values, "name": "Ga metal"}, f.place) if f.term == "Material" else f
        for f in dataset("s2")
    ]
    writer.load("s2", renamed)
    before = checksum(graph)
    assert writer.load("s1", dataset("s1")).changed == 0
    assert writer.load("s2", renamed).changed == 0
    assert checksum(graph) == before
    assert graph.read("MATCH (m:Material) RETURN m.name AS n").records[0]["n"] == "gallium"


def test_a_property_that_is_no_longer_stated_goes(writer: Writer, graph: Graph) -> None:
    noted = [*dataset("s1", CHN=900.0)]
    noted[-1] = observation("s1", "CHN", 900.0, 2, note="from a trade journal")
    writer.load("s1", noted)
    report = writer.load("s1", dataset("s1", CHN=900.0))
    assert report.changed == 1
    assert count(graph, "()-[r:REPORTED_BY]->() WHERE r.note IS NOT NULL") == 0


def test_a_change_of_class_changes_the_labels(writer: Writer, graph: Graph) -> None:
    agreement = {"id": "eu-xyz", "name": "EU and XYZ"}
    writer.load("s1", [Fact("Memorandum", agreement, here())])
    writer.load("s1", [Fact("TradeAgreement", agreement, here())])
    labels = graph.read("MATCH (a:Agreement) RETURN labels(a) AS l").records[0]["l"]
    assert sorted(labels) == ["Agreement", "TradeAgreement"]


def test_two_periods_and_two_sources_never_fold_into_one(writer: Writer, graph: Graph) -> None:
    facts = dataset("s1", CHN=900.0)
    facts.append(observation("s1", "CHN", 839.0, 9, period="2024"))
    writer.load("s1", facts)
    writer.load("s2", dataset("s2", CHN=880.0))
    assert count(graph, "(:Industry)-[:REPORTED_BY]->(:Source)") == 3


def test_wrong_facts_are_refused_one_by_one(writer: Writer, graph: Graph) -> None:
    wrong = [
        Fact("Materiel", {"id": "x", "name": "x"}, here(10)),
        Fact("Material", {"id": "x", "name": "x", "simbol": "X"}, here(11)),
        observation("s1", "CHN", 1.0, 12, status="guessed", period="2020"),
        observation("s1", "CHN", 1.0, 13, low=5.0, high=2.0, period="2021"),
        Fact("form_of", {"start": PRODUCT, "end": "galium"}, here(14)),
        observation("s1", "CHN", 7.0, 15),
    ]
    report = writer.load("s1", [*dataset("s1"), *wrong])
    assert [(r.place.line, r.place.column) for r in report.rejected] == [
        (10, "term"),
        (11, "simbol"),
        (12, "status"),
        (13, "low"),
        (15, "amount"),
        (14, "end"),
    ]
    assert all(r.reason and r.remedy for r in report.rejected)
    assert "Did you mean 'Material'?" in report.rejected[0].remedy
    assert "Did you mean 'symbol'?" in report.rejected[1].remedy
    assert report.created == writer.load("s1", dataset("s1")).unchanged


def test_strict_stops_at_the_first_and_writes_nothing(writer: Writer, graph: Graph) -> None:
    facts = [*dataset("s1"), Fact("Material", {"id": "x"}, here(10))]
    with pytest.raises(FactError, match=r"facts\.csv, line 10, column name"):
        writer.load("s1", facts, strict=True)
    assert count(graph, "(n)") == 0


def test_a_load_that_was_killed_is_completed_by_the_next(
    writer: Writer, graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer.load("s1", dataset("s1"))
    whole = checksum(graph)
    writer.unload("s1")
    calls = 0
    real = Writer._execute

    def killed(self: Writer, statement: str, parameters: dict[str, object]) -> None:
        nonlocal calls
        calls += 1
        if calls == 6:
            raise KeyboardInterrupt
        real(self, statement, parameters)

    with monkeypatch.context() as patched:
        patched.setattr(Writer, "_execute", killed)
        with pytest.raises(KeyboardInterrupt):
            writer.load("s1", dataset("s1"))
    assert count(graph, "(n)") > 0
    assert checksum(graph) != whole
    assert writer.load("s1", dataset("s1")).unchanged > 0
    assert checksum(graph) == whole


@pytest.mark.parametrize("survives", [1, 2, 3])
def test_an_unload_that_was_killed_is_completed_by_the_next(
    writer: Writer, graph: Graph, monkeypatch: pytest.MonkeyPatch, survives: int
) -> None:
    run = {"dataset": "s", "loader": "s", "started": datetime.now(UTC)}
    writer.load("s1", dataset("s1"), run=run)
    derive(graph)
    alone = checksum(graph)
    writer.load("s2", dataset("s2", CHN=880.0, DEU=1.0), run=run)
    calls = 0
    real = Graph.write

    def killed(self: Graph, work: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls > survives:
            raise KeyboardInterrupt
        return real(self, work)

    with monkeypatch.context() as patched:
        patched.setattr(Graph, "write", killed)
        with pytest.raises(KeyboardInterrupt):
            unload_source(graph, "s2")
    assert runs.datasets(graph) == ["s1", "s2"]
    unload_source(graph, "s2")
    assert runs.datasets(graph) == ["s1"]
    assert checksum(graph) == alone


def test_more_rows_than_one_batch(writer: Writer, graph: Graph) -> None:
    n = BATCH + 1
    facts = [Fact("Material", {"id": f"m{i}", "name": f"m{i}"}, here(i)) for i in range(n)]
    assert writer.load("s1", facts).created == n
    assert writer.load("s1", facts).unchanged == n
    assert writer.load("s1", facts[:1]).removed == n - 1
    assert count(graph, "(:Material)") == 1


def test_constraints_are_made_and_hold(writer: Writer, graph: Graph) -> None:
    writer.load("s1", dataset("s1"))
    names = {r["name"] for r in graph.read("SHOW CONSTRAINTS YIELD name RETURN name").records}
    assert names == set(constraints.statements(load_schema())) - {constraints.NAMES}
    with pytest.raises(DatabaseError, match="gallium"):
        graph.run("CREATE (:Material {id: 'gallium'})")


def test_a_question_cannot_write(graph: Graph) -> None:
    with pytest.raises(DatabaseError, match=r"(?i)write|access mode"):
        graph.read("CREATE (n:Material {id: 'x'}) RETURN n")
    assert count(graph, "(n)") == 0


def test_a_question_ends_at_its_time_limit(graph: Graph) -> None:
    slow = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN sum(a * b % 7) AS s"
    with pytest.raises(DatabaseError, match="time limit"):
        graph.read(slow, timeout=0.5)
