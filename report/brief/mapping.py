"""A brief as plain data: what the templates see, and what a program reads.

Keys: ``label`` (Brief or Overview), ``title``, ``lead``, ``subject`` (mapping), ``kicker`` (the
subject in a line), ``as_of``,
``command``, ``version``, ``ontology``, ``editions`` (of publishers), ``language``; ``parts``, each
with ``id``, ``heading``, ``paragraphs``, ``points``, ``aside``, ``figures`` (``number``, ``kind``,
``svg``, ``narrow``, the same for a telephone, ``caption``, ``alt``), ``tables`` (``number``,
``caption``, ``columns``, ``numeric``, ``rows``) and ``asked``; ``asked``, all questions of the
brief, each with ``question``, ``title``, ``command``, ``cypher`` and ``finding``; ``sources``, each
with ``number``, ``id``, ``text``, ``url``, ``host``, ``grade``, ``licence``; ``unlicensed``, a
sentence on those without licence. ``[3]`` in a text is the number of a source.
"""

from __future__ import annotations

import re
from itertools import count
from typing import Any
from urllib.parse import urlsplit

from .model import Asked, Brief, Part, Source

LANGUAGE = "en"
OWN = "orepath-"
"""How the editions begin that were compiled for Orepath; the manifest of a bundle has them."""
UNLICENSED = "Where no licence is named, none is in the data; such a source is cited, not copied."
"""What is said of the sources once."""
_ADDRESS = re.compile(r"https?://[^\s;,<>]+")


def as_mapping(brief: Brief) -> dict[str, Any]:
    """The brief as the templates see it; the same brief gives the same mapping."""
    tables, figures = count(1), count(1)
    return {
        "label": brief.label,
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
        "editions": [e for e in brief.editions if not e.startswith(OWN)],
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
        "host": _host(address[0]) if address else None,
        "grade": cited.grade,
        "licence": cited.licence,
    }


def _text(citation: str) -> str:
    """A citation without its first address, which stands beside it, and others by their hosts."""
    text = _ADDRESS.sub("", citation, count=1).replace("<>", "")
    text = _ADDRESS.sub(lambda found: _host(found[0]), text)
    text = re.sub(r"(?<=\.) ;", ";", re.sub(r"\s+", " ", text)).replace(".;", ";")
    return re.sub(r"[ ;,]+$", "", text)


def _host(address: str) -> str:
    return urlsplit(address).netloc.removeprefix("www.")
