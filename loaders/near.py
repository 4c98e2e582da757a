"""The known words nearest to one that is not known, or none: a far suggestion makes wrong facts."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

_LETTERS_AN_ERROR = 4
_MOST_ERRORS = 3
_MOST_WORDS = 2


def near(word: str, known: Iterable[str]) -> list[str]:
    """The words that ``word`` is a slip of, at most two, sorted.

    A slip is a letter more, less, other or exchanged with its neighbour; one is allowed for every
    four letters, three at most, so that a mark such as ``e`` is the slip of nothing. Where more
    than two words are equally near, none is.
    """
    room = min(len(word) // _LETTERS_AN_ERROR, _MOST_ERRORS)
    if not room:
        return []
    found = process.extract(
        word,
        set(known),
        scorer=OSA.distance,
        processor=str.casefold,
        score_cutoff=room,
        limit=None,
    )
    nearest = sorted({text for text, distance, _ in found if distance == found[0][1]})
    return nearest if len(nearest) <= _MOST_WORDS else []


def suggestion(word: str, known: Iterable[str], form: str = "{!r}") -> str:
    """``Did you mean 'china'? ``, or nothing where nothing is near; ``form`` is how a word is
    written."""
    found = near(word, known)
    return f"Did you mean {' or '.join(map(form.format, found))}? " if found else ""
