"""The customs codes of the vocabularies, and the materials that each one holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ..ontology.vocabulary import Vocabulary, vocabulary
from .base.declaration import keyed


@dataclass(frozen=True, slots=True)
class CustomsCode:
    """A line of one edition of a nomenclature, and the materials that it holds."""

    id: str
    nomenclature: str
    code: str
    name: str
    materials: tuple[str, ...]


def known() -> Mapping[str, CustomsCode]:
    """The customs codes of the vocabularies by id, e.g. ``hs2022/2846``."""
    return _known(vocabulary())


@cache
def _known(vocabularies: Vocabulary) -> Mapping[str, CustomsCode]:
    return {
        code: CustomsCode(
            code,
            str(values["nomenclature"]),
            str(values["code"]),
            str(values["name"]),
            vocabularies.ends("form_of", code),
        )
        for code, values in sorted(vocabularies.individuals["product"].items())
        if "nomenclature" in values
    }


def since(nomenclature: str) -> int:
    """The first year of which there is trade in a nomenclature, e.g. 2017 for ``HS2017``; that of
    its name for one that is revised each year."""
    line = keyed("nomenclatures", "nomenclature").get((nomenclature.casefold(),))
    return int(line["since"] if line else nomenclature[-4:])


def in_force(year: int) -> str:
    """The edition of the Harmonized System that was in force in a year, e.g. ``hs2017``."""
    lines = keyed("nomenclatures", "nomenclature").values()
    past = [line for line in lines if int(line["since"]) <= year]
    return max(past, key=lambda line: int(line["since"]))["nomenclature"]


def editions(family: str, code: str) -> tuple[str, ...]:
    """Ids of a code in all known editions of a family of nomenclatures (``hs``, ``cn``), oldest
    first; none for a code of which the vocabularies hold no material."""
    return _editions(vocabulary()).get((family, code), ())


@cache
def _editions(vocabularies: Vocabulary) -> Mapping[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], list[str]] = {}
    for key in _known(vocabularies):
        edition, _, code = key.partition("/")
        found.setdefault((edition.rstrip("0123456789"), code), []).append(key)
    return {pair: tuple(sorted(keys)) for pair, keys in found.items()}
