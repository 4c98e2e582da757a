"""The sources of an answer for a bibliography: BibTeX and CSL-JSON.

Most sources are reports, tables or pages of an institution, which is therefore the author; what a
style can not print (licence, grade) is a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from ...graph.export.table import to_json_list

if TYPE_CHECKING:
    from ...queries.run import Citation

SPECIAL = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
    }
)
"""What LaTeX takes for something else. A brace becomes a command: BibTeX counts braces, also those
after a backslash."""
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")
_KEY = re.compile(r"[^A-Za-z0-9_:.+/-]+")


def bibtex(sources: Sequence[Citation]) -> str:
    """An ``@misc`` a source, in their order; its key is the source's id."""
    return "\n".join(
        _entry(key, source) for key, source in zip(_keys(sources), sources, strict=True)
    )


def _entry(key: str, source: Citation) -> str:
    fields = {
        "author": f"{{{_tex(source.publisher)}}}" if source.publisher else "",
        "title": f"{{{_tex(source.name)}}}",
        "edition": _tex(source.edition or ""),
        "year": year[0] if (year := _parts(source.published)) else "",
        "date": "-".join(_parts(source.published)),
        "url": _address(source.url or ""),
        "note": _tex(_note(source)),
        "annote": _tex(source.citation or ""),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@misc{{{key},\n" + ",\n".join(lines) + "\n}\n"


def csl_json(sources: Sequence[Citation]) -> str:
    """A list of CSL items, in the order of the sources."""
    return to_json_list([_item(source) for source in sources])


def _item(source: Citation) -> dict[str, Any]:
    item: dict[str, Any] = {"id": source.id, "type": "document", "title": source.name}
    if source.publisher:
        item["author"] = [{"literal": source.publisher}]
        item["publisher"] = source.publisher
    if source.edition:
        item["edition"] = source.edition
    if parts := _parts(source.published):
        item["issued"] = {"date-parts": [[int(p) for p in parts]]}
    if source.url:
        item["URL"] = source.url
    if note := _note(source):
        item["note"] = note
    if source.citation:
        item["annote"] = source.citation
    return item


def _note(source: Citation) -> str:
    """Licence and grade, for those who look at the entry."""
    told = [f"licence: {source.licence}"] if source.licence else []
    return "; ".join(told + ([f"grade {source.grade}"] if source.grade else []))


def _parts(published: str | None) -> tuple[str, ...]:
    """Year, month and day of an ISO date, as far as they are known."""
    found = _DATE.fullmatch(str(published or ""))
    return tuple(part for part in found.groups() if part) if found else ()


def _keys(sources: Iterable[Citation]) -> list[str]:
    """A key for each source that BibTeX can read, no two alike."""
    keys: list[str] = []
    for source in sources:
        key = stem = _KEY.sub("-", source.id).strip("-") or "source"
        number = 2
        while key.casefold() in {k.casefold() for k in keys}:
            key = f"{stem}-{number}"
            number += 1
        keys.append(key)
    return keys


def _tex(text: str) -> str:
    return _UNSEEN.sub(" ", text).strip().translate(SPECIAL)


def _address(url: str) -> str:
    """An address as ``\\url`` takes it: as it is, but without what would end the field."""
    coded = {"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"}
    return "".join(coded.get(c, c) for c in _UNSEEN.sub("", url))
