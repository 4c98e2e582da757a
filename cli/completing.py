"""What the shell offers for the value of an option: materials, countries, sectors and the like.

The names are those of the vocabularies, so that no database is started between two keystrokes;
what only the graph knows, a company or a document, is not offered. A name of several words is
offered as one, ``united-states``, which is found like the name itself and needs no quotes.
"""

from __future__ import annotations

from click.shell_completion import CompletionItem


def complete(kind: str, incomplete: str) -> list[CompletionItem]:
    """Names of a kind (a type of a question's parameter) that begin with what was typed, in
    English, or where none does, in another language."""
    from ..queries.spelling import LABELS, names_in_vocabulary

    if kind not in LABELS or _is_code(incomplete):
        return []
    found = {_one_word(name): name for name in names_in_vocabulary(kind)}
    items = [
        CompletionItem(_as_typed(word, incomplete), help=name)
        for word, name in sorted(found.items())
        if word.startswith(_one_word(incomplete))
    ]
    return items or _foreign(kind, incomplete)


def _foreign(kind: str, incomplete: str) -> list[CompletionItem]:
    if not incomplete:
        return []
    from ..ontology.languages import LANGUAGES, foreign_names

    of_kind = "economy" if kind == "country" else kind
    found = {
        _one_word(name.name): f"{name.name} ({LANGUAGES[name.language]})"
        for name in foreign_names()
        if name.kind == of_kind
    }
    return [
        CompletionItem(_as_typed(word, incomplete), help=name)
        for word, name in sorted(found.items())
        if word.startswith(_one_word(incomplete))
    ]


def _one_word(text: str) -> str:
    from ..queries.spelling import normal

    # Who has typed the hyphen wants the names of which the word before it is a whole word.
    return normal(text).replace(" ", "-") + ("-" if text.endswith("-") else "")


def _as_typed(word: str, incomplete: str) -> str:
    """The word with its beginning as it was typed: some shells drop what does not begin so."""
    return incomplete + word[len(_one_word(incomplete)) :] if incomplete else word


def _is_code(incomplete: str) -> bool:
    """Whether this is a code rather than the beginning of a name: EU, USA."""
    return 2 <= len(incomplete) <= 3 and incomplete.isascii() and incomplete.isupper()
