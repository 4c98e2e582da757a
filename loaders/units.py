"""Publishers' units, converted to the units that amounts are kept in.

The factors and spellings are those of the unit concepts in ``ontology/vocabulary/codes.ttl``;
what one publisher means by a loose word (*tons*) stands with its reason in ``mapping/units.csv``.
How many, of what and what of it is weighed are read by rule: ``Mio. m3``, ``metr. t``, ``kt Li``,
``t REO``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from ..ontology.errors import FactError
from ..ontology.vocabulary import Vocabulary, vocabulary
from .base.declaration import keyed
from .formulas import CONTAINED, weighed
from .names import fold
from .near import suggestion

_THOUSAND = r"k|thousands?(?: of)?|tsd|'?000s?|1[ ,.]?000|10\^?3"
_MILLION = r"mio|mill|mn|millions?(?: of)?|10\^?6"
_BILLION = r"mrd|bn|billions?(?: of)?|10\^?9"
_SCALED = re.compile(rf"(?:(?P<k>{_THOUSAND})|(?P<m>{_MILLION})|(?P<g>{_BILLION}))?\s*(?P<unit>.*)")
_SCALES = {"k": 1_000, "m": 1_000_000, "g": 1_000_000_000}
_METRIC = re.compile(r"\bmetr(?:ic)?\.? (?:t|tons?|tonnes?)$")
_BASES = {
    CONTAINED: r"(?:metal )?content|contained(?: metal)?",
    "gross-weight": r"gross(?: weight)?",
    "dry-weight": r"dry(?: weight)?",
}
_TWO_MEANINGS = {"mt": ("t", "million t"), "MT": ("t", "million t")}


@dataclass(frozen=True, slots=True)
class Unit:
    """A publisher's unit: it is ``factor`` times ``base`` (``t``, ``m3``, ``ct``, ``l`` …).

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
    line = keyed("units", "publication", "unit", fold=fold).get((publication, key))
    code = fold(line["code"]) if line else key
    known = _units(vocabulary())
    if found := known.get(code) or _by_rule(" ".join(words.split()), known):
        return found
    if not key:
        raise FactError("no unit is said", "Write the unit of the figure.", value=words)
    raise FactError(
        f"the unit {words!r} is not known",
        f"{suggestion(key, known)}Add the spelling to ontology/vocabulary/codes.ttl.",
        value=words,
    )


def _by_rule(words: str, known: Mapping[str, Unit]) -> Unit | None:
    """A scale, a unit that is known, and what of the goods is weighed; None for other words.

    Raises ``FactError`` for *mt*, which is written for metric tons and for millions of them.
    """
    for first in range(len(words), 0, -1):
        if first < len(words) and words[first] not in " (":
            continue
        basis = basis_of(words[first:].strip(" ()"))
        if basis is None:
            continue
        if found := _scaled(words[:first].strip(), known):
            return found if not basis else Unit(found.base, found.factor, basis)
    return None


def _scaled(words: str, known: Mapping[str, Unit]) -> Unit | None:
    if words in _TWO_MEANINGS:
        raise FactError(
            f"the unit {words!r} can be {' or '.join(_TWO_MEANINGS[words])}",
            "Write which.",
            value=words,
        )
    if words == "Mt":
        return known["million tonnes"]
    plain = _METRIC.sub("t", fold(words)).replace(". ", " ").rstrip(".")
    if not (match := _SCALED.fullmatch(plain)) or not (found := known.get(match["unit"])):
        return None
    scale = next((_SCALES[name] for name in _SCALES if match[name]), 1)
    return Unit(found.base, found.factor * scale, found.basis)


def basis_of(words: str) -> str | None:
    """The basis that words after a unit say: none for no words, None where they are not known."""
    if not words:
        return ""
    for basis, pattern in _BASES.items():
        if re.fullmatch(pattern, words, re.IGNORECASE):
            return basis
    found = weighed(words.removeprefix("of "))
    return found.basis if found else None


@cache
def _units(known: Vocabulary) -> Mapping[str, Unit]:
    """Units by each of their names, folded."""
    return {
        fold(name): Unit(concept.base, Decimal(concept.factor), concept.basis)
        for concept in known.units
        for name in concept.names
    }
