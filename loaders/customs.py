"""The customs codes of the vocabularies, and the materials that each one holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from rdflib import SKOS, URIRef

from ..ontology.compile import read_turtle
from ..ontology.rdf import identifier
from ..ontology.schema import NAMESPACE, vocabulary_files


@dataclass(frozen=True, slots=True)
class CustomsCode:
    """A line of one edition of a nomenclature, and the materials that it holds."""

    id: str
    nomenclature: str
    code: str
    name: str
    materials: tuple[str, ...]


@cache
def known() -> Mapping[str, CustomsCode]:
    """The customs codes of the vocabularies by id, e.g. ``hs2022/2846``."""
    holding = [f for f in vocabulary_files() if "TradeCode" in f.read_text(encoding="utf-8")]
    graph = read_turtle(holding)
    found = {}
    for subject, nomenclature in graph.subject_objects(URIRef(f"{NAMESPACE}nomenclature")):
        code = identifier(subject)
        materials = graph.objects(subject, URIRef(f"{NAMESPACE}form_of"))
        found[code] = CustomsCode(
            code,
            str(nomenclature),
            str(graph.value(subject, URIRef(f"{NAMESPACE}code"))),
            str(graph.value(subject, SKOS.prefLabel)),
            tuple(sorted(identifier(material) for material in materials)),
        )
    return {code: found[code] for code in sorted(found)}


@cache
def editions(family: str, code: str) -> tuple[str, ...]:
    """Ids of a code in all known editions of a family of nomenclatures (``hs``, ``cn``), oldest
    first; none for a code of which the vocabularies hold no material."""
    return _editions().get((family, code), ())


@cache
def _editions() -> Mapping[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], list[str]] = {}
    for key in known():
        edition, _, code = key.partition("/")
        found.setdefault((edition.rstrip("0123456789"), code), []).append(key)
    return {pair: tuple(sorted(keys)) for pair, keys in found.items()}
