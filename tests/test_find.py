"""``orepath find``: what a word stands for in a graph of the vocabularies, and how it was found."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

import pytest

from orepath.cli import main
from orepath.graph.connection import Graph
from orepath.loaders.load import load_source
from orepath.queries.find import ALIKE, PART, find

Point = Callable[[Graph], None]


@pytest.fixture
def words(graph: Graph, environment: Point) -> Graph:
    """A graph of the vocabularies, to which commands go."""
    environment(graph)
    load_source(graph, "vocabulary", ())
    return graph


def test_what_a_word_stands_for_and_how(words: Graph, capsys: pytest.CaptureFixture[str]) -> None:
    def first(text: str) -> tuple[str, str, str]:
        found = find(words, text)[0]
        return found.label, found.id, found.how

    assert first("gallium") == ("Material", "gallium", "id")
    assert first("European Union") == ("Bloc", "EU27", "name")
    assert first("Nd") == ("Material", "neodymium", "code")
    assert first("wolfram") == ("Material", "tungsten", "other name")
    assert first("Deutschland") == ("Country", "DEU", "in German")
    assert first("中国") == ("Country", "CHN", "in Chinese")
    assert first("Tina") == ("Material", "tin", "in Estonian, Finnish")
    # A symbol and a country's code: both are told.
    assert {(f.label, f.id) for f in find(words, "in") if f.exact} == {
        ("Country", "IND"),
        ("Material", "indium"),
    }
    code = find(words, "850511")
    assert code
    assert {(f.label, f.how) for f in code} == {("TradeCode", "code")}

    parts = [f for f in find(words, "gallium", limit=3) if not f.exact]
    assert [f.how for f in parts] == [PART] * 3
    assert all("gallium" in f.spelling for f in parts)
    alike = find(words, "galium metl")
    assert ("Product", "gallium/metal", ALIKE) in {(f.label, f.id, f.how) for f in alike}
    assert find(words, "zzzqq") == find(words, " - ") == []

    assert main.run(["find", "Neodym"]) == 0
    told = capsys.readouterr()
    (row,) = csv.DictReader(io.StringIO(told.out, newline=""))
    assert (row["class"], row["id"], row["name"]) == ("Material", "neodymium", "neodymium")
    assert row["found as"].startswith("in ")
    assert told.err == ""
    assert main.run(["find", "defense", "--format", "json"]) == 0
    told = capsys.readouterr()
    assert "defence" in {row["id"] for row in json.loads(told.out)["found"]}
    assert main.run(["find", "zzzqq", "--format", "table"]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert "Nothing in the graph is called 'zzzqq', and nothing is spelt alike." in told.err
