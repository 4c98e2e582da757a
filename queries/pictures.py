"""Which pictures are drawn of the answer to a question, and from which of its columns.

``pictures.yaml`` says it, a question a time: kinds in order, the first of which is drawn unless
another is asked for; ``about``, what the picture shows, as sentences like those of a finding; and
the columns by the part that they play. Nothing is drawn here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from .definition import Question

FILE = Path(__file__).with_name("pictures.yaml")
WORDS = ("kind", "about", "drop", "quiet", "sort")
"""Keys of a drawing that name no column."""
FALLBACK = "bars"
LABELS = ("text", "list")
_PLAIN = str.maketrans({"{": "{{", "}": "}}", "[": "(", "]": ")"})
# A column's meaning is no template, whatever brackets it has.


@dataclass(frozen=True, slots=True)
class Drawing:
    """One kind of picture of a question.

    ``columns`` are named by the part that they play: ``label``, ``value``, ``low`` … as the kind
    has them. Rows in which a column has one of the values of ``drop`` are not drawn, those of
    ``quiet`` without emphasis. The rows are drawn in their own order unless they are to be sorted
    by their value, the greatest first.
    """

    kind: str
    columns: Mapping[str, str]
    about: tuple[str, ...] = ()
    drop: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    quiet: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: bool = False


def drawings(question: Question) -> tuple[Drawing, ...]:
    """The pictures of a question, the first one first; bars of its first share where nothing is
    written of it, and nothing where it has no share either."""
    if question.id in written():
        return written()[question.id]
    share = next((c.name for c in question.columns if c.type == "share" and not c.detail), None)
    label = next((c.name for c in question.columns if c.type in LABELS), None)
    if share is None or label is None:
        return ()
    names = question.column_names()
    stem = share.removesuffix("_share").removesuffix("share").rstrip("_")
    parts = {"label": label, "value": share}
    for part in ("low", "high", "bound"):
        found = [n for n in (f"{share}_{part}", f"{stem}_{part}") if n in names]
        parts |= {part: found[0]} if found else {}
    meaning = next(c.meaning for c in question.columns if c.name == share)
    return (Drawing(FALLBACK, parts, (meaning.translate(_PLAIN),)),)


@cache
def written() -> dict[str, tuple[Drawing, ...]]:
    """All that ``pictures.yaml`` says, by question."""
    loaded: dict[str, list[dict[str, Any]]] = yaml.safe_load(FILE.read_text("utf-8"))
    return {
        question: tuple(_drawing(entry) for entry in entries)
        for question, entries in loaded.items()
    }


def _drawing(entry: Mapping[str, Any]) -> Drawing:
    def values(key: str) -> dict[str, tuple[str, ...]]:
        return {column: tuple(of) for column, of in entry.get(key, {}).items()}

    return Drawing(
        kind=entry["kind"],
        columns={part: name for part, name in entry.items() if part not in WORDS},
        about=tuple(entry.get("about", ())),
        drop=values("drop"),
        quiet=values("quiet"),
        sort=entry.get("sort", False),
    )
