"""What a brief is about: the words of the user, as the graph knows them."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Callable, Mapping

from ...graph.connection import Graph
from ...ontology.errors import OrepathError
from ...queries.names import names_of
from ...queries.run import Answer
from .declaration import Leading

KINDS = {"sector": "sector", "country": "country", "material": "material", "importer": "economy"}
"""The words of a subject, and what kind of thing each names."""
MARKET = "European Union"
"""Whose supply is looked at where no importer is named."""
Ask = Callable[[str, Mapping[str, str]], Answer]


def named(graph: Graph, given: Mapping[str, str | None]) -> dict[str, str]:
    """The names that the graph has for the words given; those not given are left out.

    Raises ``OrepathError`` for a word that means nothing or too much, and where there is none.
    """
    found = {
        word: names_of(graph, kind).match(text).name
        for word, kind in KINDS.items()
        if (text := given.get(word))
    }
    if not found:
        raise OrepathError(
            "a brief is about a sector, a country, a material or a market",
            "For example --sector defence --country China, or --material gallium.",
        )
    return found


def fits(words: Mapping[str, str], needs: tuple[str, ...], without: tuple[str, ...]) -> bool:
    """Whether all needed words are known, and none of those that must not be."""
    return all(n in words for n in needs) and not any(w in words for w in without)


def arguments(given: Mapping[str, str], words: Mapping[str, str]) -> dict[str, str]:
    """The words for a question's parameters; a word of the subject that is not known is left out.

    ``$sector`` in ``given`` is a word of the subject, everything else stands for itself.
    """
    found: dict[str, str] = {}
    for parameter, text in given.items():
        if not text.startswith("$"):
            found[parameter] = text
        elif (word := words.get(text[1:])) is not None:
            found[parameter] = word
    return found


def leading_country(
    words: Mapping[str, str], declared: tuple[Leading, ...], ask: Ask
) -> str | None:
    """The country that an answer names most often, where none was asked for."""
    for leading in declared:
        if not fits(words, leading.needs, leading.without):
            continue
        answer = ask(leading.question, arguments(leading.given, words))
        counted = Counter(value for value in answer.values(leading.column) if value)
        if counted:
            # Of equally frequent ones the first, since the strongest row leads an answer.
            return str(min(counted, key=lambda value: -counted[value]))
    return None


def command(line: str, words: Mapping[str, str]) -> str:
    """A command line with options: ``orepath brief --sector defence``."""
    options = [f"--{w.replace('_', '-')} {shlex.quote(text)}" for w, text in words.items()]
    return " ".join([line, *options])
