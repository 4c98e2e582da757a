"""Documents as sources: the source columns of a curated row become a ``Source`` node.

A curated row names its document by ``source_title``, ``publisher``, ``source_date`` and ``url``.
The same title and address is the same node in every data set, by an id made of both. This
module decides nothing about what the document says.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from ..ontology.facts import Fact, Place, Value

SLUG_LENGTH = 60
HASH_LENGTH = 8

_ADDRESS = re.compile(r"https?://\S+")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?$")
# Numbers in an index of copies, and files that a compiler kept, are no address for a reader.
_UNREACHABLE = re.compile(r",? \(?index ids? [^)]*(\)|$)|( ;)? ?(read via )?\bfacts/\S+( \(.*?\))?")


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

    ``url`` is the first address that can be followed; ``published`` stands only where the row
    gives one date. ``citation`` keeps all that the row says, further addresses included.
    """
    given = (title.strip(), address.strip())
    title, publisher, published, address = (
        _UNREACHABLE.sub("", part).strip() for part in (title, publisher, published, address)
    )
    found = _ADDRESS.search(address)
    parts = (title, publisher, published, address)
    values: dict[str, Value] = {
        "id": document_id(*given),
        "name": title,
        "kind": "document",
        "citation": ". ".join(part.rstrip(".") for part in parts if part),
    }
    if publisher:
        values["publisher"] = publisher
    if _DATE.match(published):
        values["published"] = published
    if found:
        values["url"] = found.group().rstrip(";,")
    return Fact("Source", values, place)
