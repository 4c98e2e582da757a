"""The questions on the bundled data: answers computed by hand, on each supported Neo4j.

``golden/*.yaml`` hold, for each question, what must be among its rows (``rows``), what must not
(``absent``), what a list must hold (``contains``) or not (``lacks``), between what a reconciled
figure must lie (``between``), and what the finding says; their comments say how the figures were
got from the publisher's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from orepath.graph.connection import Graph
from orepath.graph.subgraph import subgraph
from orepath.ontology.errors import OrepathError
from orepath.ontology.schema import load_schema
from orepath.queries import Question, catalogue, question
from orepath.queries.paste import picture_statement, table_statement
from orepath.queries.resolve import resolve
from orepath.queries.run import Answer, ask
from orepath.report.kit.entries import arguments
from orepath.tools import answers
from pictured import picture

from .conftest import RELEASES

GOLDEN = Path(__file__).parent / "golden"
KINDS: dict[str, tuple[type, ...]] = {
    "text": (str,),
    "number": (int, float),
    "integer": (int,),
    "share": (int, float),
    "date": (date,),
    "boolean": (bool,),
    "list": (tuple,),
    "shares": (tuple,),
}
WHOLE = {
    "material": "gallium",
    "thing": "gallium",
    "sector": "defence",
    "country": "China",
}
"""Arguments with which each question has an answer and a picture."""


def cases() -> list[Any]:
    return [
        pytest.param(file.stem, case, id=f"{file.stem}: {case['name']}")
        for file in sorted(GOLDEN.glob("*.yaml"))
        for case in yaml.safe_load(file.read_text("utf-8"))
    ]


def everything() -> list[Question]:
    return list(catalogue().values())


def of_the_bundle() -> list[Question]:
    """All but what is asked of a table of one's own, which ``test_purchases.py`` loads."""
    return [asked for asked in everything() if asked.id != "exposure"]


def whole(asked: Question) -> dict[str, str | None]:
    required = {p.name for p in asked.parameters if p.required}
    return {name: WHOLE[name] for name in required}


def same(found: Any, wanted: Any) -> bool:
    if isinstance(wanted, bool) or not isinstance(wanted, (int, float)):
        return bool(found == (tuple(wanted) if isinstance(wanted, list) else wanted))
    return found is not None and abs(found - wanted) <= max(1e-6, 1e-6 * abs(wanted))


def fits(record: dict[str, Any], wanted: dict[str, Any]) -> bool:
    return all(same(record[name], value) for name, value in wanted.items())


def holds(record: dict[str, Any], wanted: dict[str, Any]) -> bool:
    return all(value in record[name] for name, value in wanted.items() if name != "where")


def lies(record: dict[str, Any], wanted: dict[str, Any]) -> bool:
    bounds = {name: ends for name, ends in wanted.items() if name != "where"}
    return all(low <= record[name] <= high for name, (low, high) in bounds.items())


@pytest.mark.parametrize(("identifier", "case"), cases())
def test_the_golden_answers(loaded: Graph, identifier: str, case: dict[str, Any]) -> None:
    answer = ask(loaded, question(identifier), case["arguments"])
    records = answer.records()
    for wanted in case.get("rows", ()):
        assert any(fits(r, wanted) for r in records), (wanted, answer.finding)
    for wanted in case.get("absent", ()):
        assert not any(fits(r, wanted) for r in records), wanted
    for wanted in case.get("contains", ()):
        chosen = [r for r in records if fits(r, wanted.get("where", {}))]
        assert any(holds(r, wanted) for r in chosen), wanted
    for wanted in case.get("between", ()):
        ends = {name: value for name, value in wanted.items() if name != "where"}
        chosen = [r for r in records if fits(r, wanted["where"])]
        assert chosen, wanted
        for record in chosen:
            for name, (low, high) in ends.items():
                assert low <= record[name] <= high, (wanted, record[name])
    for wanted in case.get("lacks", ()):
        assert records
        assert not any(holds(r, wanted) for r in records), wanted
    for wanted in case.get("between", ()):
        chosen = [r for r in records if fits(r, wanted["where"])]
        assert any(lies(r, wanted) for r in chosen), (wanted, chosen, answer.finding)
    if "count" in case:
        assert len(records) == case["count"], answer.finding
    if "finding" in case:
        assert answer.finding.split(" And ")[0] == case["finding"]
    for part in case.get("finding_contains", ()):
        assert part in answer.finding
    for part in case.get("notes", ()):
        assert any(part in note for note in answer.notes), answer.notes


def test_each_question_has_golden_answers_and_one_that_is_no(loaded: Graph) -> None:
    negative = {"count": 0}
    files = {file.stem: yaml.safe_load(file.read_text("utf-8")) for file in GOLDEN.glob("*.yaml")}
    assert set(files) == set(catalogue())
    for identifier, asked in files.items():
        if identifier != "sources":  # a graph in which nothing is loaded: test_question_methods
            assert any(case.get("count") == negative["count"] for case in asked), identifier


@pytest.mark.parametrize("asked", of_the_bundle(), ids=lambda q: q.id)
def test_columns_are_as_declared_and_rows_name_their_source(loaded: Graph, asked: Question) -> None:
    answer = ask(loaded, asked, whole(asked))
    assert answer.rows
    assert answer.finding.endswith(".")
    for column in answer.columns:
        for value in answer.values(column.name):
            assert value is None or isinstance(value, KINDS[column.type]), (column.name, value)
            if column.type == "share" and isinstance(value, (int, float)):
                assert 0 <= value <= 1, column.name
    assert_sourced(answer)


def assert_sourced(answer: Answer) -> None:
    known = {citation.id for citation in answer.sources}
    for record in answer.records():
        stated = [
            value
            for name, value in record.items()
            if name in ("source", "sources") or name.endswith("_source")
        ]
        ids = {
            i for value in stated if value for i in ([value] if isinstance(value, str) else value)
        }
        if answer.question.id == "data-gaps":
            assert ids <= known  # a gap has no source where nothing is known
        else:
            assert ids, record
            assert ids <= known


@pytest.mark.parametrize("loaded", RELEASES[1:], indirect=True)
@pytest.mark.parametrize("asked", everything(), ids=lambda q: q.id)
def test_the_server_knows_every_name(loaded: Graph, asked: Question) -> None:
    """No 01N50-01N52 (unknown label, type, property), but for data that are not loaded yet."""
    schema = load_schema()
    names = schema.labels | schema.types | schema.property_names
    nothing = dict.fromkeys((p.name for p in asked.parameters), None)
    for statement in (asked.table, asked.picture, asked.otherwise):
        if statement is None:
            continue
        for code, said in loaded.read(f"EXPLAIN {statement}", nothing).notifications:
            assert code in ("01N50", "01N51", "01N52"), (code, said)
            name = said.split("`")[1]
            assert name in asked.data_needed, said
            assert name in names


@pytest.mark.parametrize("asked", of_the_bundle(), ids=lambda q: q.id)
def test_the_picture_shows_the_answer(loaded: Graph, asked: Question) -> None:
    shown = picture(loaded, asked, whole(asked))
    assert shown.nodes
    assert shown.relationships
    ids = {node.id for node in shown.nodes}
    for tie in shown.relationships:
        assert {tie.start, tie.end} <= ids
    assert all(node.name for node in shown.nodes)


@pytest.mark.parametrize("loaded", RELEASES[1:], indirect=True)
@pytest.mark.parametrize("asked", everything(), ids=lambda q: q.id)
def test_what_is_pasted_gives_equal_rows(loaded: Graph, asked: Question) -> None:
    """One statement without parameters, and without the conditions of options not given.

    On the newer release; into the Browser of the other one the first example is pasted.
    """
    for example in asked.examples:
        try:
            values = resolve(loaded, asked, arguments(asked, example)).values
        except OrepathError:
            assert asked.id == "exposure"  # of purchases that nobody loaded here
            continue
        printed = table_statement(asked, values)
        assert not re.search(r"\$|\bnull IS\b", printed)
        said, pasted = loaded.read(asked.table, values), loaded.read(printed)
        assert pasted.columns == asked.column_names()
        # Another plan may add the same numbers in another order.
        assert list(map(close, pasted.records)) == list(map(close, said.records))
        if asked.picture:
            drawn = loaded.read(picture_statement(asked, values)).records
            assert subgraph(drawn) == subgraph(loaded.read(asked.picture, values).records)


def close(value: Any) -> Any:
    """A value with its numbers rounded to what an order of adding cannot change."""
    if isinstance(value, float):
        return float(f"{value:.10g}")
    if isinstance(value, (list, tuple)):
        return [close(part) for part in value]
    return value


SCANNED = {
    ("source-conflicts", "table"): "compares all products",
    ("diversification", "picture"): "without a country it shows them all",
    ("claims", "table"): "imports under all lines of a list's materials decide",
    ("ownership", "table"): "without an owner or a host it shows them all",
    ("projects", "table"): "without a material or a stage it shows them all",
    ("projects", "picture"): "without a material or a stage it shows them all",
}
"""Statements that go through all nodes of a label of which there are many, and why."""
MANY = {"Industry", "Product", "TradeCode", "Economy", "Country", "Source", "Project"}


@pytest.mark.parametrize("asked", everything(), ids=lambda q: q.id)
def test_no_statement_goes_through_all_there_is(loaded: Graph, asked: Question) -> None:
    """What is named by a key is found by an index: a subclass has its key on its root label."""
    nothing = dict.fromkeys((p.name for p in asked.parameters), None)
    for name, statement in (("table", asked.table), ("picture", asked.picture)):
        if statement is None or asked.id == "sources" or (asked.id, name) in SCANNED:
            continue
        plan = loaded.driver.execute_query(f"EXPLAIN {statement}", nothing).summary.plan
        assert plan is not None
        for operator in operators(plan):
            kind = operator["operatorType"].partition("@")[0]
            details = str(operator["args"].get("Details", ""))
            assert kind != "AllNodesScan", (name, details)
            if "LabelScan" in kind or "LabelsScan" in kind:
                assert not MANY & set(re.findall(r"\w+", details)), (name, kind, details)


def operators(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for child in plan.get("children", ()):
        yield from operators(child)


def test_the_spellings_of_a_name_ask_the_same(loaded: Graph) -> None:
    asked = question("top-producers")
    answers = [
        ask(loaded, asked, {"material": m, "stage": "extraction"}).rows
        for m in ("rare earths", "rare-earths", "Rare Earths", "REE")
    ]
    assert all(rows == answers[0] for rows in answers)
    paths = question("dependency-paths")
    countries = [
        ask(loaded, paths, {"sector": "defence", "country": c, "material": "Nd"}).rows
        for c in ("China", "CN", "CHN", "chn")
    ]
    assert countries[0]
    assert all(rows == countries[0] for rows in countries)


def test_the_pages_show_true_answers(loaded: Graph) -> None:
    root = Path(__file__).resolve().parents[1]
    made = answers.pages(loaded, (root / answers.README).read_text("utf-8"))
    assert set(made) == {answers.README, answers.QUESTIONS}
    for name, text in made.items():
        assert (root / name).read_text("utf-8") == text, f"{name}: run make docs"


def test_mistakes_say_what_to_do(loaded: Graph) -> None:
    asked = question("top-producers")
    with pytest.raises(OrepathError, match="Did you mean neodymium"):
        ask(loaded, asked, {"material": "neodynium"})
    with pytest.raises(OrepathError, match="needs --material"):
        ask(loaded, asked, {})
    with pytest.raises(OrepathError, match="takes no --sector"):
        ask(loaded, asked, {"material": "gallium", "sector": "defence"})
    with pytest.raises(OrepathError, match="is not a date"):
        ask(loaded, question("restrictions"), {"as_of": "yesterday"})
    with pytest.raises(OrepathError, match="is not one of"):
        ask(loaded, question("data-gaps"), {"scope": "some"})
