"""Documents as sources: title, publisher, date and address become a ``Source`` node.

The same title and address is the same node in every data set, by an id made of both. This
module decides nothing about what the document says.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping

from ..ontology.facts import Fact, Place, Value

SLUG_LENGTH = 60
HASH_LENGTH = 8

_ADDRESS = re.compile(r"https?://\S+")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?$")


def slug(text: str, length: int = SLUG_LENGTH) -> str:
    """``text`` in lower-case ASCII words joined by hyphens, cut at a word's end."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    result = ""
    for word in words:
        longer = f"{result}-{word}" if result else word
        if len(longer) > length:
            break
        result = longer
    return result or words[0][:length] if words else "untitled"


def document_id(title: str, address: str) -> str:
    """``doc-<slug of the title>-<8 hexadecimal digits of the hash of address and title>``."""
    digest = hashlib.sha256(f"{address}|{title}".encode()).hexdigest()[:HASH_LENGTH]
    return f"doc-{slug(title)}-{digest}"


def document(title: str, publisher: str, published: str, address: str, place: Place) -> Fact:
    """The ``Source`` node of a document.

    ``url`` is the first address that can be followed; ``published`` stands only where it is one
    date. ``citation`` keeps all that was given, further addresses included.
    """
    title, publisher, published, address = (
        part.strip() for part in (title, publisher, published, address)
    )
    found = _ADDRESS.search(address)
    values: dict[str, Value] = {
        "id": document_id(title, address),
        "name": title,
        "kind": "document",
        "citation": citation(title, publisher, published, address),
    }
    if publisher:
        values["publisher"] = publisher
    if _DATE.match(published):
        values["published"] = published
    if found:
        values["url"] = found.group().rstrip(";,")
    return Fact("Source", values, place)


def described(values: Mapping[str, Value]) -> dict[str, Value]:
    """A row of a table of sources with what follows from it where its cells are empty: ``id``,
    ``kind`` and ``citation``."""
    title, *rest = (str(values.get(n) or "") for n in ("name", "publisher", "published", "url"))
    return {
        "id": document_id(title, rest[-1]),
        "kind": "document",
        "citation": citation(title, *rest),
        **values,
    }


def citation(*parts: str) -> str:
    """The parts of a reference that are known, each ending in a full stop but the last."""
    return ". ".join(part.rstrip(".") for part in parts if part)
