"""Competency questions: what the ontology and vocabularies must answer, and must answer with no.

Each file in ``competency/`` is one question in SPARQL. Its header says the question and what is
expected: ``yes``, ``no``, or the rows, separated by commas (a row's values by spaces). Questions
whose answer is *no* are the traps of the field. Since a misspelt query says *no* as well, each of
them has an update (``flips``) that makes the mistake, after which the answer must be *yes*.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from rdflib import Graph

from orepath.ontology.schema import NAMESPACE, ontology_files, vocabulary_files
from orepath.ontology.turtle import read_turtle

FILES = sorted((Path(__file__).parent / "competency").glob("*.rq"))


@cache
def everything() -> Graph:
    """The ontology with all vocabularies."""
    return read_turtle(dict.fromkeys((*ontology_files(), *vocabulary_files())))


def header(file: Path, name: str) -> str:
    """The value of a header line of a question."""
    (line,) = [x for x in file.read_text("utf-8").splitlines() if x.startswith(f"# {name}: ")]
    return line.removeprefix(f"# {name}: ")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_question_has_the_expected_answer(file: Path) -> None:
    assert header(file, "question").endswith("?")
    expected = header(file, "expect")
    result = everything().query(file.read_text("utf-8"))
    if result.type == "ASK":
        assert expected in ("yes", "no")
        assert result.askAnswer is (expected == "yes")
    else:
        rows = {" ".join(str(value) for value in row) for row in result}  # type: ignore[union-attr]
        assert sorted(rows) == sorted(row.strip() for row in expected.split(","))


@pytest.mark.parametrize(
    "file", [f for f in FILES if header(f, "expect") == "no"], ids=lambda file: file.stem
)
def test_the_mistake_would_be_noticed(file: Path) -> None:
    mistaken = Graph(bind_namespaces="core")
    for prefix, namespace in everything().namespaces():
        mistaken.bind(prefix, namespace)
    for triple in everything():
        mistaken.add(triple)
    mistaken.update(f"BASE <{NAMESPACE}>\n{header(file, 'flips')}")
    assert mistaken.query(file.read_text("utf-8")).askAnswer is True


def test_enough_questions_are_asked_and_enough_have_no_for_an_answer() -> None:
    expected = [header(file, "expect") for file in FILES]
    assert len(expected) >= 10
    assert expected.count("no") >= 4
