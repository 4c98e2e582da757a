"""A statement of Cypher as pieces: its tokens, brackets with all that is in them as one.

It knows which words are keywords where they stand, and which pieces are a value that is known. No
word of a statement is lost: the texts of the pieces are the statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .lexer import OPENING, TOKEN

TRIVIA = frozenset(("space", "comment"))


@dataclass(frozen=True, slots=True)
class Constant:
    """A value as it is written; where it is ``simple``, a truth value, nothing or a text, ``known``
    is the value itself."""

    text: str
    known: bool | str | None
    simple: bool


NOTHING = Constant("null", None, True)
TRUE = Constant("true", True, True)
FALSE = Constant("false", False, True)
WRITTEN = {"NULL": NOTHING, "TRUE": TRUE, "FALSE": FALSE}


@dataclass(frozen=True, slots=True)
class Piece:
    """A token, or all between two brackets or between CASE and END, which ``parts`` then are.

    ``value`` is known where the whole piece is a constant.
    """

    kind: str
    text: str
    parts: tuple[Piece, ...] = ()
    value: Constant | None = None

    @property
    def keyword(self) -> str:
        """The word in capitals; empty for anything that cannot be a keyword."""
        return self.text.upper() if self.kind == "word" and self.text[0] != "`" else ""


Pieces = Sequence[Piece]


def pieces_of(cypher: str) -> list[Piece]:
    """A statement with each bracket and each CASE as one piece; its tokens where brackets do not
    match."""
    return _grouped([Piece(str(m.lastgroup), m.group()) for m in TOKEN.finditer(cypher)])


def _grouped(pieces: Pieces) -> list[Piece]:
    """The tokens with brackets as one piece each; as they are where brackets do not match."""
    stack: list[tuple[str, list[Piece]]] = [("", [])]
    for at, piece in enumerate(pieces):
        if piece.text in OPENING and piece.kind == "sign":
            stack.append((OPENING[piece.text], [piece]))
        elif piece.keyword == "CASE" and is_keyword(pieces, at):
            stack.append(("END", [piece]))
        elif piece.text.upper() == stack[-1][0] and (
            piece.kind == "sign" or is_keyword(pieces, at)
        ):
            closing, held = stack.pop()
            held.append(piece)
            kind = "case" if closing == "END" else "group"
            stack[-1][1].append(Piece(kind, text_of(held), tuple(held)))
        else:
            stack[-1][1].append(piece)
    return list(pieces) if len(stack) > 1 else stack[0][1]


def is_keyword(pieces: Pieces, at: int) -> bool:
    """Whether a word is no property, label or key that happens to be called like a keyword."""
    before = next((p.text for p in reversed(pieces[:at]) if p.kind not in TRIVIA), "")
    after = next((p.text for p in pieces[at + 1 :] if p.kind not in TRIVIA), "")
    return before not in (".", ":", "|", "&", "!") and after not in (":", ".")


def constant_of(pieces: Pieces) -> Constant | None:
    """The value of an expression that is one constant."""
    words = significant(pieces)
    if len(words) != 1:
        return None
    return words[0].value or WRITTEN.get(words[0].keyword)


def valued(value: Constant) -> Piece:
    """A piece that is a known value."""
    return Piece("value", value.text, value=value)


def bounds(pieces: Pieces) -> tuple[int, int]:
    """Where the significant pieces begin and end."""
    kept = [at for at, piece in enumerate(pieces) if piece.kind not in TRIVIA]
    return (kept[0], kept[-1] + 1) if kept else (len(pieces), len(pieces))


def significant(pieces: Pieces) -> list[Piece]:
    """The pieces without space and comments."""
    return [piece for piece in pieces if piece.kind not in TRIVIA]


def split(pieces: Pieces, sign: str) -> list[Pieces]:
    """The pieces between signs such as a comma."""
    found: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.text == sign and piece.kind == "sign":
            found.append([])
        else:
            found[-1].append(piece)
    return list(found)


def text_of(pieces: Pieces) -> str:
    """What the pieces are as a text."""
    return "".join(piece.text for piece in pieces)


def core_of(pieces: Pieces) -> str:
    """The text without the space around it."""
    start, end = bounds(pieces)
    return text_of(pieces[start:end])
