"""What a symbol or formula says of what is weighed: ``W``, ``WO3 content``, ``Lithium (Li2O)``.

Read by rule: the one element of a formula beside oxygen, carbon and hydrogen is the material, and
its oxide or carbonate is what is weighed. Two parts of a name must mean the same material.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..ontology.errors import FactError
from . import names

_FORMULA = re.compile(r"(?:[A-Z][a-z]?\d*)+")
_ELEMENT = re.compile(r"[A-Z][a-z]?")
_CONTENT = re.compile(r"[\s,]*\b(?:content|contained|equivalent|eq\.?|basis)$", re.IGNORECASE)
_TWO_PARTS = re.compile(r"([^()\[\],]+?)\s*(?:[(\[]([^()\[\]]+)[)\]]|,\s*([^()\[\],]+))")
_COMPANIONS = {"O", "C", "H"}
OXIDE, CARBONATE, CONTAINED = "oxide-equivalent", "carbonate-equivalent", "contained"
CONTENTS = (OXIDE, CARBONATE, CONTAINED)
_WORDS = {
    "reo": ("rare-earths", OXIDE),
    "treo": ("rare-earths", OXIDE),
    "lce": ("lithium", CARBONATE),
}


@dataclass(frozen=True, slots=True)
class Weighed:
    """A material, and the basis that its formula implies; ``""`` where it implies none."""

    material: str
    basis: str = ""


def weighed(text: str) -> Weighed | None:
    """What a symbol, a formula or an abbreviation such as ``REO`` weighs; None for other words."""
    word = _CONTENT.sub("", text.strip())
    if names.fold(word) in _WORDS:
        return Weighed(*_WORDS[names.fold(word)])
    if not _FORMULA.fullmatch(word):
        return None
    elements = set(_ELEMENT.findall(word))
    (own, *others) = sorted(elements - _COMPANIONS) or [""]
    known = names.labels("material").get(names.fold(own), ())
    if others or len(known) != 1 or not elements:
        return None
    basis = CARBONATE if "C" in elements else OXIDE if "O" in elements else CONTAINED
    return Weighed(known[0], basis)


def material(text: str) -> Weighed:
    """The material that a table calls ``text``: a name, a symbol, a formula, or a name with one of
    these in brackets; raises ``FactError``."""
    word = _CONTENT.sub("", text)
    formula = weighed(word)
    for spelling in dict.fromkeys((text, word)):
        if names.labels("material").get(names.fold(spelling)):
            formula = Weighed(names.material(spelling), formula.basis if formula else CONTAINED)
            break
    if formula:
        # A bare symbol is only another name; with the word content it is what is weighed.
        bare = formula.basis == CONTAINED and word == text
        return Weighed(formula.material, "" if bare else formula.basis)
    if not (parts := _TWO_PARTS.fullmatch(text)):
        return Weighed(names.material(text))
    first, second = (material(part) for part in (parts[1], parts[2] or parts[3]))
    if first.material != second.material:
        raise FactError(
            f"{text!r} can be {first.material} or {second.material}", "Name one.", value=text
        )
    return Weighed(first.material, second.basis or first.basis)
