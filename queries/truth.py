"""An expression without the parts that known values decide, in Cypher's logic of three values.

``true AND x`` is x, also where x is unknown; what is not understood stays as it is. Statements
around expressions are no business of this module.
"""

from __future__ import annotations

from collections.abc import Sequence

from .pieces import (
    FALSE,
    NOTHING,
    TRUE,
    Constant,
    Piece,
    Pieces,
    bounds,
    constant_of,
    is_keyword,
    significant,
    valued,
)

COMPARING = frozenset(("=", "<>", "<", "<=", ">", ">="))
OPERATORS = ("IS", "IN", "STARTS", "ENDS", "CONTAINS", "NOT", "AND", "OR", "XOR")


def expression(region: Pieces) -> list[Piece]:
    """An expression without the parts that are decided."""
    start, end = bounds(region)
    core = region[start:end]
    if not core or any(piece.keyword == "XOR" for piece in core):
        return list(region)
    found = _joined(_operands(core, "OR"), "OR")
    return list(region) if found is None else [*region[:start], *found, *region[end:]]


def _joined(operands: Sequence[tuple[Pieces, Pieces]] | None, word: str) -> list[Piece] | None:
    """Operands without those that are neutral, or the one that decides all; None where an operand
    is missing, so that it is no expression after all."""
    if operands is None:
        return None
    decides = word == "OR"
    kept: list[tuple[Pieces, Pieces]] = []
    for joint, operand in operands:
        if word == "OR":
            both = _joined(_operands(operand, "AND"), "AND")
            if both is None:
                return None
            made: Pieces = both
        else:
            made = _decided(operand)
        value = constant_of(made)
        if value is not None and value.simple and value.known is decides:
            return [valued(value)]
        if value is None or not value.simple or value.known is not (not decides):
            kept.append((joint, made))
    if not kept:
        return [valued(FALSE if decides else TRUE)]
    found = list(kept[0][1])
    for joint, operand in kept[1:]:
        found += [*joint, *operand]
    return found


def _operands(pieces: Pieces, word: str) -> list[tuple[Pieces, Pieces]] | None:
    """Each operand with the operator before it and the space around that."""
    found: list[tuple[Pieces, Pieces]] = []
    joint: Pieces = ()
    held: list[Piece] = []
    cut = [
        at for at, piece in enumerate(pieces) if piece.keyword == word and is_keyword(pieces, at)
    ]
    last = 0
    for at in (*cut, len(pieces)):
        held = list(pieces[last:at])
        start, end = bounds(held)
        if start == end:
            return None
        found.append(((*joint, *held[:start]), held[start:end]))
        joint = (*held[end:], *pieces[at : at + 1])
        last = at + 1
    return found


def _decided(operand: Pieces) -> Pieces:
    """An operand of AND: with its negation and comparison, as far as they are decided."""
    words = significant(operand)
    if words[0].keyword == "NOT" and len(words) > 1:
        value = constant_of(_decided(words[1:]))
        if value is not None and value.simple and not isinstance(value.known, str):
            return [valued(NOTHING if value.known is None else FALSE if value.known else TRUE)]
        return operand
    if (value := _compared(words)) is not None:
        return [valued(value)]
    return operand


def _compared(words: Pieces) -> Constant | None:
    """What a comparison with a known value comes to; None where that is not known."""
    keywords = [piece.keyword for piece in words]
    if words[0].kind == "value" and keywords[1:] in (["IS", "NULL"], ["IS", "NOT", "NULL"]):
        assert words[0].value is not None
        absent = words[0].value.text == NOTHING.text
        return TRUE if absent is (len(words) == 3) else FALSE
    signs = [at for at, piece in enumerate(words) if piece.text in COMPARING]
    others = any(
        k in OPERATORS or piece.text in ("=~", "->", "<-")
        for k, piece in zip(keywords, words, strict=True)
    )
    if len(signs) != 1 or others or signs[0] in (0, len(words) - 1):
        return None
    left, right = constant_of(words[: signs[0]]), constant_of(words[signs[0] + 1 :])
    for side in (left, right):
        if side is not None and side.simple and side.known is None:
            return NOTHING
    sign = words[signs[0]].text
    if sign not in ("=", "<>") or left is None or right is None:
        return None
    if not (isinstance(left.known, str) and isinstance(right.known, str)):
        return None
    if not (left.simple and right.simple):
        return None
    return TRUE if (left.known == right.known) is (sign == "=") else FALSE
