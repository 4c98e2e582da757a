"""Publishers' names of economies and materials, resolved to the ids of the vocabularies.

Labels in the vocabulary settle nearly all of them; what they cannot settle (a publisher's own
totals, residuals and lumps, a name that means two countries) stands with its reason in
``mapping/economies.csv``. Nothing is guessed: an unknown name is an error with a suggestion, one
that ``mapping/own_names.csv`` gives to several economies with these, whoever writes it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, date
from functools import cache

from ..ontology.errors import FactError
from ..ontology.facts import Fact, Place
from ..ontology.vocabulary import Vocabulary, vocabulary
from .base.declaration import keyed, read_mapping
from .near import suggestion

READER = "orepath"
"""As whose words names and units of own tables are read: nobody's own."""
# Superscripts that lost their height: footnote numbers ("New Caledonia11") and the marks for
# estimated and revised ("Chinae").
_GLUED = re.compile(r"(?<=[^\W\d_)])(?:[er]|\d+(?:\s*,\s*\d+)*|[er]?[\s,]*\d+)$|(?<=\))\d+$")


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
        means = keyed("own_names", "name", fold=fold).get((key,), {})
        if len(several := means.get("means", "").split()) > 1 and not means["until"]:
            raise of_several(name, several)
        if spelling in (codes := _codes(vocabulary())):
            return codes[spelling]
        found = labels("economy").get(key, ())
        if len(found) == 1:
            of = found[0].removeprefix("REST:")
            if of in (found[0], publication) or publication == READER:
                return found[0]
            raise FactError(
                f"{name!r} is the residual of {of}, and not of {publication}",
                f"Say what {publication} means in mapping/economies.csv, with a reason.",
                value=name,
            )
        if found:
            raise FactError(
                f"{name!r} means several economies: {', '.join(found)}",
                f"Say which {publication} means in mapping/economies.csv.",
                value=name,
            )
    known = [*labels("economy"), *(key for owner, key in readings() if owner == publication)]
    raise FactError(
        f"no economy is called {name!r}",
        f"{suggestion(fold(name), known)}Add the name to mapping/economies.csv with a reason.",
        value=name,
    )


def of_several(name: str, economies: Sequence[str]) -> FactError:
    """The error of a name that can be each of several economies."""
    said = [f"{label('economy', each)} ({each})" for each in economies]
    return FactError(
        f"{name!r} can be {', '.join(said[:-1])} or {said[-1]}", "Write which.", value=name
    )


def numbered(code: str, publication: str) -> str:
    """Id of the economy that ``publication`` writes as a number, e.g. ``CHN`` for ``156``.

    Codes are those of ISO 3166-1 numeric, with or without leading zeros, unless
    ``mapping/economies.csv`` says what the publication means by one. Raises ``FactError``.
    """
    cell = code.strip()
    if line := readings().get((publication, fold(cell))):
        return line.economy
    if found := _numbers(vocabulary()).get(cell.zfill(3)):
        return found
    raise FactError(
        f"no economy has the number {cell!r}",
        f"Say what {publication} means by it in mapping/economies.csv, with a reason.",
        value=code,
    )


def material(name: str) -> str:
    """Id of the material called ``name`` (id, label, other name or symbol)."""
    return instance("material", name)


def products_of(material_id: str, stage_id: str | None = None) -> tuple[str, ...]:
    """Ids of the products that are a form of a material, all or those at one stage, sorted."""
    known = vocabulary()
    return tuple(
        product
        for product in known.starts("form_of", material_id)
        if stage_id is None or stage_id in known.ends("at_stage", product)
    )


def instance(root: str, name: str) -> str:
    """Id of what a vocabulary's class calls ``name`` (id, label or other name); ``FactError``."""
    if name in vocabulary().individuals.get(root, {}):
        return name
    found = labels(root).get(fold(name), ())
    if len(found) == 1:
        return found[0]
    if found:
        raise FactError(f"{name!r} means several {root}s: {', '.join(found)}", value=name)
    raise FactError(
        f"no {root} is called {name!r}",
        f"{suggestion(fold(name), labels(root))}Add it to the {root}s in ontology/vocabulary.",
        value=name,
    )


def aggregate_fact(economy_id: str, place: Place) -> Iterator[Fact]:
    """The node of a publisher's total, residual or lump, which no vocabulary knows; nothing for
    an economy of the vocabulary."""
    if economy_id in _aggregates() or own_residual(economy_id):
        yield Fact("Aggregate", {"id": economy_id, "name": label("economy", economy_id)}, place)


def ended(economy: str) -> int:
    """The year in which a state ended; a year that never comes for those that there are."""
    until = vocabulary().individuals["economy"].get(economy, {}).get("until")
    return until.year if isinstance(until, date) else MAXYEAR


def label(root: str, identity: str) -> str:
    """What a person reads for an instance, e.g. ``label("economy", "CHN")``."""
    if root == "economy" and identity in _aggregates():
        return _aggregates()[identity]
    if root == "economy" and own_residual(identity):
        return f"Rest of world ({identity.partition(':')[2]})"
    found = vocabulary().individuals.get(root, {}).get(identity)
    if found is None:
        raise FactError(
            f"the vocabularies have no {root} {identity!r}",
            f"Add it to the {root} vocabulary in ontology/vocabulary.",
            value=identity,
        )
    return str(found["name"])


def own_residual(economy_id: str) -> bool:
    """Whether an id is what a user's own table calls the rest of the world."""
    return economy_id.startswith(("REST:table-", "REST:facts-"))


def fold(name: str) -> str:
    """A name as it is compared: no case, no accents, plain apostrophes, single spaces."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "'").replace("–", "-"))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(letters.casefold().split())


def labels(root: str) -> Mapping[str, Sequence[str]]:
    """Folded names of the instances of a class, each with the ids that it stands for.

    A preferred label goes before another instance's alternative one.
    """
    return _labels(vocabulary(), root)


@cache
def _labels(known: Vocabulary, root: str) -> Mapping[str, Sequence[str]]:
    preferred: dict[str, set[str]] = {}
    other: dict[str, set[str]] = {}
    for identity, values in known.individuals.get(root, {}).items():
        spellings = values.get("alt_names", [])
        assert isinstance(spellings, list)
        if root == "material" and "symbol" in values:
            spellings = [*spellings, str(values["symbol"])]
        for spelling in spellings:
            other.setdefault(fold(spelling), set()).add(identity)
        preferred.setdefault(fold(str(values["name"])), set()).add(identity)
    merged = other | preferred
    return {name: tuple(sorted(merged[name])) for name in sorted(merged)}


@cache
def readings() -> Mapping[tuple[str, str], Reading]:
    """The lines of ``mapping/economies.csv`` by publication and folded name."""
    lines = [Reading(**line) for line in read_mapping("economies")]
    return {(line.publication, fold(line.name)): line for line in lines}


@cache
def _aggregates() -> Mapping[str, str]:
    """What the publishers' totals, residuals and lumps are called, by id."""
    return {line.economy: line.label for line in readings().values() if line.label}


@cache
def _codes(known: Vocabulary) -> Mapping[str, str]:
    """ISO codes by what they stand for. ``NA`` is Namibia, and stays a name here.

    Codes are matched in capitals only, since ``no`` and ``in`` are no countries.
    """
    found: dict[str, str] = {}
    for name in ("alpha2", "alpha3"):
        for identity, values in known.individuals["economy"].items():
            if name in values:
                found.setdefault(str(values[name]), identity)
    return found


@cache
def _numbers(known: Vocabulary) -> Mapping[str, str]:
    """Economies by ISO 3166-1 numeric code, three digits."""
    economies = known.individuals["economy"].items()
    return {str(values["numeric"]): key for key, values in economies if "numeric" in values}
