"""Publishers' names of economies and materials, resolved to the ids of the vocabularies.

Labels in the vocabulary settle nearly all of them; what they cannot settle (a publisher's own
totals, residuals and lumps, a name that means two countries) stands with its reason in
``mapping/economies.csv``. Nothing is guessed: an unknown name is an error with a suggestion.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process
from rdflib import RDF, SKOS, Graph, Literal, URIRef

from ..ontology.compile import read_once
from ..ontology.errors import FactError
from ..ontology.facts import Fact, Place
from ..ontology.rdf import identifier, iri
from ..ontology.schema import NAMESPACE, vocabulary_files
from .tables import read_mapping

# Superscripts that lost their height: footnote numbers ("New Caledonia11") and the marks for
# estimated and revised ("Chinae").
_GLUED = re.compile(r"(?<=[^\W\d_)])(?:[er]|\d+(?:\s*,\s*\d+)*|[er]?[\s,]*\d+)$|(?<=\))\d+$")
_CODES = ("alpha2", "alpha3")


@dataclass(frozen=True, slots=True)
class Reading:
    """One reviewed line of ``mapping/economies.csv``; ``label`` is the name of an aggregate."""

    publication: str
    name: str
    economy: str
    label: str
    reason: str


def economy(name: str, publication: str) -> str:
    """Id of the economy that ``publication`` calls ``name``, e.g. ``CHN`` or ``REST:usgs-mcs``.

    Raises ``FactError`` where the name is unknown or means several economies.
    """
    cell = " ".join(name.split())
    for spelling in dict.fromkeys((cell, _GLUED.sub("", cell))):
        key = fold(spelling)
        for owner in (publication, "*"):
            if line := readings().get((owner, key)):
                return line.economy
        if spelling in (codes := _codes()):
            return codes[spelling]
        found = labels("economy").get(key, ())
        if len(found) == 1:
            return found[0]
        if found:
            raise FactError(
                f"{name!r} means several economies: {', '.join(found)}",
                f"Say which {publication} means in mapping/economies.csv.",
                value=name,
            )
    known = [*labels("economy"), *(key for owner, key in readings() if owner == publication)]
    raise FactError(
        f"no economy is called {name!r}",
        f"{_suggestion(name, known)}Add the name to mapping/economies.csv with a reason.",
        value=name,
    )


def numbered(code: str, publication: str) -> str:
    """Id of the economy that ``publication`` writes as a number, e.g. ``CHN`` for ``156``.

    Codes are those of ISO 3166-1 numeric, with or without leading zeros, unless
    ``mapping/economies.csv`` says what the publication means by one. Raises ``FactError``.
    """
    cell = code.strip()
    if line := readings().get((publication, fold(cell))):
        return line.economy
    if found := _numbers().get(cell.zfill(3)):
        return found
    raise FactError(
        f"no economy has the number {cell!r}",
        f"Say what {publication} means by it in mapping/economies.csv, with a reason.",
        value=code,
    )


def material(name: str) -> str:
    """Id of the material called ``name`` (id, label, other name or symbol)."""
    return _instance("material", name)


def product(name: str) -> str:
    """Id of the product called ``name`` (id, label or other name)."""
    return _instance("product", name)


def stage(name: str) -> str:
    """Id of the stage called ``name`` (id, label or other name)."""
    return _instance("stage", name)


def products_of(material_id: str, stage_id: str | None = None) -> tuple[str, ...]:
    """Ids of the products that are a form of a material, all or those at one stage, sorted."""
    held = _graph().subjects(URIRef(f"{NAMESPACE}form_of"), iri("material", material_id))
    at_stage = URIRef(f"{NAMESPACE}at_stage")
    return tuple(
        sorted(
            identifier(subject)
            for subject in held
            if stage_id is None or (subject, at_stage, iri("stage", stage_id)) in _graph()
        )
    )


def _instance(root: str, name: str) -> str:
    if (iri(root, name), RDF.type, None) in _graph():
        return name
    found = labels(root).get(fold(name), ())
    if len(found) == 1:
        return found[0]
    if found:
        raise FactError(f"{name!r} means several {root}s: {', '.join(found)}", value=name)
    raise FactError(
        f"no {root} is called {name!r}",
        f"{_suggestion(name, labels(root))}Add it to the {root}s in ontology/vocabulary.",
        value=name,
    )


def aggregate_fact(economy_id: str, place: Place) -> Iterator[Fact]:
    """The node of a publisher's total, residual or lump, which no vocabulary knows; nothing for
    an economy of the vocabulary."""
    for line in readings().values():
        if line.economy == economy_id and line.label:
            yield Fact("Aggregate", {"id": economy_id, "name": line.label}, place)
            return


def label(root: str, identity: str) -> str:
    """What a person reads for an instance, e.g. ``label("economy", "CHN")``."""
    for line in readings().values():
        if root == "economy" and line.economy == identity and line.label:
            return line.label
    found = _graph().value(iri(root, identity), SKOS.prefLabel)
    if found is None:
        raise FactError(
            f"the vocabularies have no {root} {identity!r}",
            f"Add it to the {root} vocabulary in ontology/vocabulary.",
            value=identity,
        )
    return str(found)


def material_of(product: str) -> str:
    """Id of the material that a product is a form of."""
    forms = _graph().objects(iri("product", product), URIRef(f"{NAMESPACE}form_of"))
    found = sorted(forms, key=str)
    if not found:
        raise FactError(f"the product {product!r} has no material", value=product)
    return identifier(found[0])


def fold(name: str) -> str:
    """A name as it is compared: no case, no accents, plain apostrophes, single spaces."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "'").replace("–", "-"))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(letters.casefold().split())


@cache
def labels(root: str) -> Mapping[str, Sequence[str]]:
    """Folded names of the instances of a class, each with the ids that it stands for.

    A preferred label goes before another instance's alternative one.
    """
    preferred: dict[str, set[str]] = {}
    other: dict[str, set[str]] = {}
    prefix = f"{NAMESPACE}{root}/"
    for predicate, names in ((SKOS.prefLabel, preferred), (SKOS.altLabel, other)):
        for subject, text in _graph().subject_objects(predicate):
            if str(subject).startswith(prefix) and isinstance(text, Literal):
                names.setdefault(fold(str(text)), set()).add(identifier(subject))
    if root == "material":
        for subject, text in _graph().subject_objects(URIRef(f"{NAMESPACE}symbol")):
            other.setdefault(fold(str(text)), set()).add(identifier(subject))
    merged = other | preferred
    return {name: tuple(sorted(merged[name])) for name in sorted(merged)}


@cache
def readings() -> Mapping[tuple[str, str], Reading]:
    """The lines of ``mapping/economies.csv`` by publication and folded name."""
    lines = [
        Reading(r["publication"], r["name"], r["economy"], r["label"], r["reason"])
        for r in read_mapping("economies")
    ]
    return {(line.publication, fold(line.name)): line for line in lines}


@cache
def _codes() -> Mapping[str, str]:
    """ISO codes by what they stand for. ``NA`` is Namibia, and stays a name here.

    Codes are matched in capitals only, since ``no`` and ``in`` are no countries.
    """
    found: dict[str, str] = {}
    for name in _CODES:
        for subject, code in sorted(
            _graph().subject_objects(URIRef(f"{NAMESPACE}{name}")), key=str
        ):
            found.setdefault(str(code), identifier(subject))
    return found


@cache
def _numbers() -> Mapping[str, str]:
    """Economies by ISO 3166-1 numeric code, three digits."""
    held = _graph().subject_objects(URIRef(f"{NAMESPACE}numeric"))
    return {str(code): identifier(subject) for subject, code in held}


def _suggestion(name: str, known: Sequence[str] | Mapping[str, Sequence[str]]) -> str:
    best = process.extractOne(fold(name), list(known), scorer=fuzz.WRatio, score_cutoff=75)
    return f"Did you mean {best[0]!r}? " if best else ""


@cache
def _graph() -> Graph:
    return read_once(vocabulary_files())
