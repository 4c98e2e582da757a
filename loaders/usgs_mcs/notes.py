"""Footnotes of the world tables until 2025: what they say of the figure's status.

The layouts until 2025 put footnotes in a column of their own, and with them marks that belong in
the cell: *W for 23-24*, *NA*, *Large*. A note may name the year that it speaks of. This module
knows the notes' words, not the tables.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .values import HALF_UNIT, SIZE

_YEARS = r"(?:\s+(?:in|for))?\s*(?P<years>\d{4}|\d\d-\d\d)?"
_ESTIMATED = re.compile(
    rf"(?:^|[.;]\s+)(?:also\s+)?estimated\b{_YEARS}"
    r"|\bproduction in (?P<year>\d{4}) is also estimated",
    re.IGNORECASE,
)
# "reproted" is the publisher's slip.
_REPORTED = re.compile(
    r"(?:^|[.;,]\s+)(?:reported|reproted)(?:\s+(?:quantity|data))?(?:\s+in\s+(?P<year>\d{4}))?"
    r"(?=\s*(?:$|[.;,]))|^reported data for\b",
    re.IGNORECASE,
)
# A sentence that says nothing but the status.
_ONLY_STATUS = re.compile(
    rf"(?:also\s+)?estimated{_YEARS}(?:\s+also)?\.?"
    r"|production in (?P<year>\d{4}) is also estimated\.?"
    r"|(?:reported|reproted)(?:\s+(?:quantity|data))?(?:\s+in\s+(?P<reported>\d{4}))?\.?",
    re.IGNORECASE,
)
# A sentence of these words and years only, whatever their order, speaks of the status and of
# nothing else: "Production was reported in 2021", "Production data in 2021 were also estimated".
_STATUS_WORDS = frozenset(
    {"also", "amount", "and", "are", "as", "capacity", "data", "figure", "figures", "for", "in"}
    | {"is", "mine", "of", "output", "production", "quantity", "quantities", "the", "value"}
    | {"values", "was", "were"}
)
_STATUSES = {"estimated": "estimated", "reported": "normal", "reproted": "normal"}
_WORD = re.compile(r"[a-z]+|\d{4}(?!\d)|\S", re.IGNORECASE)
_MARK = re.compile(rf"(?P<mark>W|NA|XX)\b{_YEARS}(?:\s*\(Reserve data is .*)?\.?$", re.IGNORECASE)
_INCLUDED = re.compile(
    r"(?:(?:united states )?rutile production and reserves data are )?included (?:in|with)\b.*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Notes:
    """A note and the years of those of its columns that are not headed as estimated."""

    text: str
    years: frozenset[str]

    def status(self, year: str, headed: bool) -> str | None:
        """``estimated`` or ``normal`` where the note says so of the year's figure.

        ``headed``: the column is headed as estimated, which a note without a year does not
        contradict. A note that names a year of none of the other columns (*also estimated in
        2024* in the edition 2024) was carried over or filled down; it speaks of the column that
        is not headed as estimated, since that is the only one that needs it.
        """
        for sentence in _sentences(self.text):
            status, years = _plain_status(sentence)
            if status == "normal" and (year in years or not (years or headed)):
                return status
            if status == "estimated" and year in years:
                return status
        if found := _REPORTED.search(self.text):
            named = found["year"]
            if named == year or (named is None and not headed):
                return "normal"
        if found := _ESTIMATED.search(self.text):
            named = found["year"] or found["years"]
            if named is None or named == year:
                return "estimated"
            if named not in self.years and year in self.years:
                return "estimated"
        return None


def mark(note: Notes, year: str) -> str | None:
    """What a note puts in the place of a figure (``W``, ``NA``, ``large`` …), if anything."""
    text = note.text
    if found := _MARK.match(text):
        return found["mark"].upper() if _names(found["years"], year) else None
    if HALF_UNIT.fullmatch(text):
        return text
    if found := SIZE.fullmatch(text):
        return found["size"].lower()
    if _INCLUDED.fullmatch(text):
        return f"included{text.lower().partition('included')[2].rstrip('.')}"
    return None


def text_without_status(text: str, years: frozenset[str]) -> str:
    """The note's sentences without those whose whole meaning the status has; a sentence that
    names none of the ``years`` of the columns stays, since it was read with a grain of salt."""
    kept = []
    for sentence in _sentences(text):
        status, said = _plain_status(sentence)
        if status and said and said <= years:
            continue
        found = _ONLY_STATUS.fullmatch(sentence)
        named = next((y for y in found.groupdict().values() if y), None) if found else None
        if not found or not (named is None or named in years):
            kept.append(sentence)
    whole = " ".join(part for part in kept if part)
    return whole if not whole or whole.endswith((".", "”", "!")) else f"{whole}."


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=\.)\s+", text)


def _plain_status(sentence: str) -> tuple[str, frozenset[str]]:
    """The status that a sentence states and the years that it names, where it says nothing else;
    else an empty status."""
    words = [word.casefold() for word in _WORD.findall(sentence.rstrip(" .;"))]
    found = {_STATUSES[word] for word in words if word in _STATUSES}
    years = frozenset(word for word in words if word.isdigit())
    others = set(words) - _STATUSES.keys() - years - _STATUS_WORDS - {","}
    return (found.pop(), years) if len(found) == 1 and not others else ("", frozenset())


def _names(years: str | None, year: str) -> bool:
    if not years:
        return True
    if "-" in years:
        first, last = years.split("-")
        return int(first) <= int(year[2:]) <= int(last)
    return years == year
