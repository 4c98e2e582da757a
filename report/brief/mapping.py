"""A brief as plain data: what the templates see, and what a program reads.

Keys: ``title``, ``lead``, ``subject`` (mapping), ``kicker`` (the subject in a line), ``as_of``,
``command``, ``version``, ``ontology``, ``editions``, ``language``; ``parts``, each with ``id``,
``heading``, ``paragraphs``, ``points``, ``aside``, ``figures`` (``number``, ``kind``, ``svg``,
``narrow``, the same for a telephone, ``caption``, ``alt``), ``tables`` (``number``, ``caption``,
``columns``, ``numeric``, ``rows``) and ``asked``; ``asked``, all questions of the brief, each with
``question``, ``title``, ``command``, ``cypher`` and ``finding``; ``sources``, each with
``number``, ``id``, ``text``, ``url``, ``host``, ``grade``, ``licence``; ``unlicensed``, a sentence on
those without licence. ``[3]`` in a text is the
number of a source.
"""

from __future__ import annotations

import re
from itertools import count
from typing import Any
from urllib.parse import urlsplit

from .model import Asked, Brief, Part, Source

LANGUAGE = "en"
UNLICENSED = "Where no licence is named the source states none, and is cited, not copied."
"""What is said of the sources once."""
_ADDRESS = re.compile(r"https?://[^\s;,<>]+")


def as_mapping(brief: Brief) -> dict[str, Any]:
    """The brief as the templates see it; the same brief gives the same mapping."""
    tables, figures = count(1), count(1)
    return {
        "title": brief.title,
        "lead": brief.lead,
        "subject": dict(brief.subject),
        "kicker": " · ".join(dict.fromkeys(brief.subject.values())),
        "as_of": brief.as_of,
        "parts": [_part(part, tables, figures) for part in brief.parts],
        "asked": [_asked(asked) for asked in brief.asked],
        "unlicensed": UNLICENSED,
        "sources": [_source(source) for source in brief.sources],
        "command": brief.command,
        "version": brief.version,
        "ontology": brief.ontology,
        "editions": list(brief.editions),
        "language": LANGUAGE,
    }


def _part(part: Part, tables: count[int], figures: count[int]) -> dict[str, Any]:
    return {
        "id": part.id,
        "heading": part.heading,
        "paragraphs": list(part.paragraphs),
        "points": list(part.points),
        "aside": part.aside,
        "figures": [
            {
                "number": next(figures),
                "kind": f.kind,
                "svg": f.svg,
                "narrow": f.narrow,
                "caption": f.caption,
                "alt": f.alt,
            }
            for f in part.figures
        ],
        "tables": [
            {
                "number": next(tables),
                "caption": t.caption,
                "columns": list(t.columns),
                "numeric": list(t.numeric),
                "rows": [list(row) for row in t.rows],
            }
            for t in part.tables
        ],
        "asked": [_asked(asked) for asked in part.asked],
    }


def _asked(asked: Asked) -> dict[str, str]:
    return {
        "question": asked.answer.question.id,
        "title": asked.answer.question.title,
        "command": asked.command,
        "cypher": asked.cypher,
        "finding": asked.answer.finding,
    }


def _source(source: Source) -> dict[str, Any]:
    cited = source.citation
    address = _ADDRESS.search(cited.url or "")
    return {
        "number": source.number,
        "id": cited.id,
        "text": _text(cited.citation or cited.name),
        "url": address[0] if address else None,
        "host": urlsplit(address[0]).netloc.removeprefix("www.") if address else None,
        "grade": cited.grade,
        "licence": cited.licence,
    }


def _text(citation: str) -> str:
    """A citation without addresses, which stand beside it."""
    text = re.sub(r"(?:; read via)? ?<?https?://[^\s;,<>]+>?", "", citation)
    return re.sub(r"[ ;,]+$", "", re.sub(r"(?: ;)+ ", " ", text))
