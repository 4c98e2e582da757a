"""Publishers' units, converted to the units that amounts are kept in.

The factors and spellings are those of the unit concepts in ``ontology/vocabulary/codes.ttl``;
what one publisher means by a loose word (*tons*) stands with its reason in ``mapping/units.csv``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from rapidfuzz import process
from rdflib import SKOS, Graph, URIRef
from rdflib.term import Node

from ..ontology.errors import FactError
from ..ontology.schema import NAMESPACE, vocabulary_files
from ..ontology.turtle import read_turtle
from .tables import read_mapping

SCHEME = URIRef(f"{NAMESPACE}code/unit")


@dataclass(frozen=True, slots=True)
class Unit:
    """A publisher's unit: ``factor`` of it make one ``base`` (``t``, ``m3``, ``ct``, ``l`` …).

    ``basis`` is the content basis that the unit's own words imply (*metric dry tons*).
    """

    base: str
    factor: Decimal
    basis: str | None = None

    def convert(self, amount: float | None) -> float | None:
        """``amount`` in the base unit, computed in decimals so that 6,200 kg are 6.2 t."""
        return None if amount is None else float(Decimal(repr(amount)) * self.factor)


def unit(words: str, publication: str) -> Unit:
    """The unit that ``publication`` writes as ``words``; raises ``FactError`` if unknown."""
    key = fold(words)
    code = _publishers().get((publication, key), key)
    if found := _units().get(code):
        return found
    best = process.extractOne(key, list(_units()), score_cutoff=75)
    raise FactError(
        f"the unit {words!r} is not known",
        (f"Did you mean {best[0]!r}? " if best else "")
        + "Add the spelling to its concept in ontology/vocabulary/codes.ttl.",
        value=words,
    )


def fold(words: str) -> str:
    """A unit's name as it is compared."""
    return " ".join(words.split()).casefold()


@cache
def _units() -> Mapping[str, Unit]:
    graph = read_turtle(_code_files())
    found: dict[str, Unit] = {}
    for concept in sorted(graph.subjects(SKOS.inScheme, SCHEME), key=str):
        made = _unit(graph, concept)
        for predicate in (SKOS.notation, SKOS.prefLabel, SKOS.altLabel):
            for text in graph.objects(concept, predicate):
                found[fold(str(text))] = made
    return found


def _unit(graph: Graph, concept: Node) -> Unit:
    base = graph.value(concept, URIRef(f"{NAMESPACE}base_unit"))
    notation = graph.value(base or concept, SKOS.notation)
    factor = graph.value(concept, URIRef(f"{NAMESPACE}factor"))
    basis = graph.value(concept, URIRef(f"{NAMESPACE}implied_basis"))
    return Unit(
        str(notation),
        Decimal(str(factor)) if factor is not None else Decimal(1),
        str(basis) if basis is not None else None,
    )


def _code_files() -> list[Path]:
    return [file for file in vocabulary_files() if file.name == "codes.ttl"]


@cache
def _publishers() -> Mapping[tuple[str, str], str]:
    return {
        (line["publication"], fold(line["unit"])): fold(line["code"])
        for line in read_mapping("units")
    }
