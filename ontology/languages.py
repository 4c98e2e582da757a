"""What materials and economies are called in the EU's languages and in Chinese.

A file of the package, read when a name is none of the vocabulary's own, which are English. It does
not stand in the graph: these names are a way in, and no fact about a material. ``names.yaml``
beside the file names its sources; ``tools/language_names.py`` made it.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources
from io import StringIO

LANGUAGES = {
    "bg": "Bulgarian", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek",
    "es": "Spanish", "et": "Estonian", "fi": "Finnish", "fr": "French", "ga": "Irish",
    "hr": "Croatian", "hu": "Hungarian", "it": "Italian", "lt": "Lithuanian", "lv": "Latvian",
    "mt": "Maltese", "nl": "Dutch", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian",
    "sk": "Slovak", "sl": "Slovenian", "sv": "Swedish", "zh": "Chinese",
    "zh-Hant": "Chinese in traditional characters",
}  # fmt: skip
"""Language tags, and what the languages are called in English."""


@dataclass(frozen=True, slots=True)
class ForeignName:
    """A name in a language other than English.

    ``kind`` is the root class as in an IRI (``material``, ``economy``), ``language`` a key of
    ``LANGUAGES``, ``source`` one of ``names.yaml``.
    """

    kind: str
    id: str
    language: str
    name: str
    source: str


@cache
def foreign_names() -> tuple[ForeignName, ...]:
    """All names, sorted by kind, id and language."""
    file = resources.files(__package__) / "vocabulary" / "names.csv"
    rows = csv.reader(StringIO(file.read_text("utf-8")))
    next(rows)
    return tuple(ForeignName(*row) for row in rows)
