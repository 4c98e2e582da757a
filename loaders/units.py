"""Publishers' units, converted to the units that amounts are kept in.

The factors and spellings are those of the unit concepts in ``ontology/vocabulary/codes.ttl``;
what one publisher means by a loose word (*tons*) stands with its reason in ``mapping/units.csv``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from rapidfuzz import process

from ..ontology.errors import FactError
from ..ontology.vocabulary import Vocabulary, vocabulary
from .base.declaration import read_mapping
from .names import fold


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
    code = _publishers().get((publication, key), key)
    known = _units(vocabulary())
    if found := known.get(code):
        return found
    best = process.extractOne(key, list(known), score_cutoff=75)
    raise FactError(
        f"the unit {words!r} is not known",
        (f"Did you mean {best[0]!r}? " if best else "")
        + "Add the spelling to its concept in ontology/vocabulary/codes.ttl.",
        value=words,
    )


@cache
def _units(known: Vocabulary) -> Mapping[str, Unit]:
    """Units by each of their names, folded."""
    return {
        fold(name): Unit(concept.base, Decimal(concept.factor), concept.basis)
        for concept in known.units
        for name in concept.names
    }


@cache
def _publishers() -> Mapping[tuple[str, str], str]:
    return {
        (line["publication"], fold(line["unit"])): fold(line["code"])
        for line in read_mapping("units")
    }
