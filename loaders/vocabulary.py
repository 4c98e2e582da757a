"""The vocabularies of the ontology as facts: materials, products, stages, economies, sectors …

They are Turtle already; this loader only reads it in the ontology's own terms, so that a class
or an individual added in Turtle needs no Python.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ..ontology.compile import read_once, read_turtle
from ..ontology.facts import Fact, Place
from ..ontology.rdf import facts_from_rdf
from ..ontology.schema import load_schema, vocabulary_files
from .protocol import Ledger

SOURCE = "orepath-vocabulary"


def recognise(files: Sequence[Path]) -> str:
    """The vocabulary has one edition: the one that came with the package and its extensions."""
    return SOURCE


def facts(files: Sequence[Path], ledger: Ledger) -> Iterator[Fact]:
    """All individuals of the given Turtle files, by default of the package's vocabularies.

    A row of the ledger is one statement, since Turtle has no rows.
    """
    graph = read_turtle(files) if files else read_once(vocabulary_files())
    for fact in facts_from_rdf(graph, load_schema(), Place("vocabulary")):
        ledger.use()
        yield fact
