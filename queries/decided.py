"""A statement without what the values of its parameters decide.

A condition of an option that was not given, ``$stage IS NULL OR stage.id = $stage``, is left out,
so that what a person reads is what is asked. What an expression comes to is said by ``truth``; all
else stays word for word, and what is not understood stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from .pieces import (
    NOTHING,
    TRIVIA,
    TRUE,
    Constant,
    Piece,
    Pieces,
    bounds,
    constant_of,
    core_of,
    is_keyword,
    pieces_of,
    significant,
    split,
    text_of,
    valued,
)
from .truth import OPERATORS, expression

ENDS = frozenset(
    ("WHERE", "WITH", "RETURN", "MATCH", "OPTIONAL", "UNWIND", "CALL", "ORDER", "BY", "SKIP",
     "OFFSET", "LIMIT", "UNION", "AS", "WHEN", "THEN", "ELSE", "DISTINCT", "ASC", "DESC",
     "ASCENDING", "DESCENDING", "YIELD")
)  # fmt: skip
"""Words between which an expression stands."""


def decided(cypher: str, given: Mapping[str, Constant]) -> str:
    """The statement with these values written out and what they decide left out."""
    return text_of(_simplified(pieces_of(cypher), given))


def _simplified(
    pieces: Pieces, given: Mapping[str, Constant], *, within: str = "", called: str = ""
) -> list[Piece]:
    """The pieces of one level with all that is decided left out.

    ``within`` is the bracket or CASE around them, ``called`` the function whose arguments they are.
    """
    inner = _called([_inside(pieces, at, given) for at in range(len(pieces))])
    mapping = within == "{" and _is_map(inner)
    made: list[Piece] = []
    region: list[Piece] = []
    # The first argument of reduce gives a name a value, and compares nothing.
    whole = called == "REDUCE"
    for at, piece in enumerate(inner):
        last = made[-1].text if made else ""
        if not _ends(inner, at, region, last, mapping=mapping):
            region.append(piece)
            continue
        # `x:A | y`: whether the bar goes on with the labels or ends an expression is not told.
        unclear = piece.text == "|" and any(p.text == ":" for p in region)
        _close(made, region, within in ("", "{"), whole or unclear)
        made.append(piece)
        region, whole = [], unclear
    _close(made, region, within in ("", "{"), whole)
    return made


def _ends(pieces: Pieces, at: int, region: Pieces, last: str, *, mapping: bool) -> bool:
    """Whether an expression ends before a piece; ``region`` is what was read of it so far, ``last``
    what stands before that."""
    piece = pieces[at]
    if piece.kind == "sign":
        if piece.text == ":":
            return mapping and len(significant(region)) == 1 and last != ":"
        return piece.text in (",", "|", ";")
    if piece.keyword not in ENDS or not is_keyword(pieces, at):
        return False
    before = significant(region)[-1:]
    return not (piece.keyword == "WITH" and before and before[0].keyword in ("STARTS", "ENDS"))


def _is_map(pieces: Pieces) -> bool:
    """Whether braces hold keys with values, and no statement."""
    words = significant(pieces)
    return bool(words) and (words[0].text == "." or [p.text for p in words[1:2]] == [":"])


def _inside(pieces: Pieces, at: int, given: Mapping[str, Constant]) -> Piece:
    """A piece with its values, simplified within."""
    piece = pieces[at]
    if piece.kind == "parameter":
        value = given.get(piece.text[1:].strip("`"))
        return piece if value is None else valued(value)
    if piece.kind == "string":
        body = piece.text[1:-1]
        value = None if "\\" in body else Constant(piece.text, body, True)
        return Piece("string", piece.text, value=value)
    if not piece.parts:
        return piece
    first, *middle, last = piece.parts
    before = next((p.keyword for p in reversed(pieces[:at]) if p.kind not in TRIVIA), "")
    parts = _simplified(middle, given, within=first.keyword or first.text, called=before)
    made = Piece(piece.kind, text_of((first, *parts, last)), (first, *parts, last))
    if piece.kind == "case":
        return _chosen(made)
    return replace(made, value=constant_of(parts)) if first.text == "(" else made


def _called(pieces: Pieces) -> list[Piece]:
    """The pieces with each ``coalesce`` without the arguments that are decided."""
    made: list[Piece] = []
    for at, piece in enumerate(pieces):
        name = made[-1].keyword if made else ""
        if piece.kind != "group" or not name or name in OPERATORS or name in ENDS:
            made.append(piece)
        elif name == "COALESCE" and is_keyword(pieces, at - 1):
            made[-1:] = _first_known(made[-1], piece)
        else:
            # What stands in brackets behind a function's name is not the value of its call.
            made.append(replace(piece, value=None))
    return made


def _first_known(name: Piece, group: Piece) -> Pieces:
    """A call of ``coalesce`` with the arguments that may decide it."""
    arguments = split(group.parts[1:-1], ",")
    kept: list[Pieces] = []
    for argument in arguments:
        value = constant_of(argument)
        if value is None or value.text != NOTHING.text:
            kept.append(argument)
        if value is not None and value.text != NOTHING.text:
            break
    if not kept:
        return [valued(NOTHING)]
    if (value := constant_of(kept[0])) is not None:
        return [valued(value)]
    if len(kept) == 1:
        return [_bracketed(kept[0])]
    if len(kept) == len(arguments):
        return [name, replace(group, value=None)]
    return [name, Piece("group", f"({', '.join(core_of(argument) for argument in kept)})")]


def _chosen(case: Piece) -> Piece:
    """A CASE without the branches that are never taken; the branch itself where it is decided."""
    words: list[tuple[str, list[Piece]]] = []
    for at, piece in enumerate(case.parts[:-1]):
        if piece.keyword in ("CASE", "WHEN", "THEN", "ELSE") and is_keyword(case.parts, at):
            words.append((piece.keyword, []))
        else:
            words[-1][1].append(piece)
    if significant(words[0][1]):
        return case  # it compares one value with several
    branches = words[1:-1] if words[-1][0] == "ELSE" else words[1:]
    otherwise: Pieces | None = words[-1][1] if words[-1][0] == "ELSE" else None
    pairs = list(zip(branches[::2], branches[1::2], strict=False))
    kept: list[tuple[Pieces, Pieces]] = []
    for (_, condition), (_, result) in pairs:
        value = constant_of(condition)
        if value is None or not value.simple or isinstance(value.known, str):
            kept.append((condition, result))
        elif value.known is True:
            otherwise = result
            break
    if len(kept) == len(pairs):
        return case
    if not kept:
        if otherwise is None:
            return valued(NOTHING)
        value = constant_of(otherwise)
        return valued(value) if value else _bracketed(otherwise)
    texts = [f"WHEN {core_of(condition)} THEN {core_of(result)}" for condition, result in kept]
    texts += [f"ELSE {core_of(otherwise)}"] if otherwise is not None else []
    return Piece("case", f"CASE {' '.join(texts)} END")


def _bracketed(pieces: Pieces) -> Piece:
    """An expression as one piece, in brackets where it is more than one or a property."""
    kept = significant(pieces)
    if len(kept) == 1:
        return kept[0]
    plain = all(piece.kind == "word" or piece.text == "." for piece in kept)
    return Piece("group", core_of(pieces) if plain else f"({core_of(pieces)})")


def _close(made: list[Piece], region: Pieces, clauses: bool, whole: bool) -> None:
    """Put an expression behind what stands before it, simplified unless it must stay ``whole``;
    ``clauses`` says that a WHERE here belongs to a clause, which can be without one."""
    result = list(region) if whole else expression(region)
    value = constant_of(result)
    if not (clauses and made and made[-1].keyword == "WHERE" and value == TRUE):
        made += result
        return
    made.pop()
    # A line's comment before it must not swallow what follows.
    while made and made[-1].kind == "space" and [p.kind for p in made[-2:-1]] != ["comment"]:
        made.pop()
    made += region[bounds(region)[1] :]
