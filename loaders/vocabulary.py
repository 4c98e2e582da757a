"""The vocabularies of the ontology as facts: materials, products, stages, economies, sectors …

They are Turtle already; this loader only reads it in the ontology's own terms, so that a class
or an individual added in Turtle needs no Python.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ..ontology.facts import Fact
from ..ontology.schema import load_schema
from ..ontology.vocabulary import PLACE, load_vocabulary
from .protocol import Ledger

SOURCE = "orepath-vocabulary"


def recognise(files: Sequence[Path]) -> str:
    """The vocabulary has one edition: the one that came with the package and its extensions."""
    return SOURCE


def facts(files: Sequence[Path], ledger: Ledger) -> Iterator[Fact]:
    """All individuals of the given Turtle files, by default of the package's vocabularies.

    A row of the ledger is one statement, since Turtle has no rows.
    """
    for fact in given(files) if files else load_vocabulary().facts:
        ledger.use()
        yield fact


def given(files: Sequence[Path]) -> Iterator[Fact]:
    """The individuals of Turtle files that are not the installed ones."""
    from ..ontology.rdf import facts_from_rdf
    from ..ontology.turtle import read_turtle

    return facts_from_rdf(read_turtle(files), load_schema(), PLACE)
