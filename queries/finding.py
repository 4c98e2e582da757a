"""One sentence from an answer: templates filled with the answer's own values.

A template names columns and parameters in braces. ``{country}`` is the first row's value, as a
person writes it; ``{country:list}`` all different values; ``{country:count}`` how many there
are; ``{state:count=in force}`` how many rows have that value, ``{state:some=in force}`` the same
where any has; ``{country:most}`` the most frequent one; ``{low:to=high}`` a range of two columns,
``{low:apart=high}`` the same only where they differ; ``{rows}`` the number of rows,
``{rows:several}`` the same where there are two or more. A number with its noun is
``{rows:row|rows}`` or ``{country:count:country|countries}``: 1 row, 2 rows. The first template
whose values are all known is used; a clause in square brackets, ``[, in {year}]``, is left out
where one of its values is not. A country takes its article. Numbers are rounded to what such data
carry.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from string import Formatter
from typing import Any

from ..graph.shares import percent
from ..ontology.labels import code_labels
from .articles import with_article, within
from .definition import Column

NOISE = 1e-12
"""Below it a number is zero."""
LISTED = 6
"""How many names a sentence lists before it says how many more there are."""
CITED = 3
"""The same for sources, whose names are long."""
Row = tuple[Any, ...]
_AMOUNT = re.compile(
    r"(?<![\w.,/-])[1-9]\d{3,}(?=(?:\.\d+)? "
    r"(?:t|kg|kt|Mt|m3|m³|MW|GW|GWh|TWh|MWh|EUR|USD|carats)\b)"
)
"""A whole number before a unit in a text that a statement or a source wrote."""
_CODE = re.compile(r"(?<![\w-])[a-z]+(?:-[a-z]+)+(?![\w-])")
_CLAUSE = re.compile(r"\[([^][]*)\]")


class Unknown(Exception):  # noqa: N818 - not an error: it moves on to the next template
    """A template names something that this answer does not know."""


class Filler(Formatter):
    """Fills one template from rows, columns and parameter names."""

    def __init__(
        self,
        columns: Sequence[Column],
        rows: Sequence[Row],
        names: Mapping[str, str],
        citations: Mapping[str, str],
    ) -> None:
        self.columns = {c.name: (i, c) for i, c in enumerate(columns)}
        self.rows = rows
        self.names = names
        self.citations = citations

    def get_value(self, key: int | str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        """Nothing is looked up yet: ``format_field`` does it, knowing the specification."""
        return str(key)

    def format_field(self, value: Any, format_spec: str) -> str:
        """The text for one field; raises ``Unknown``."""
        name = str(value)
        if "|" in format_spec:
            counted, _, nouns = format_spec.rpartition(":")
            told = self.format_field(name, counted)
            singular, _, plural = nouns.partition("|")
            return f"{told} {singular if told == '1' else plural}"
        if name == "rows":
            if format_spec == "several" and len(self.rows) < 2:
                raise Unknown(name)
            return number(len(self.rows))
        if name not in self.columns:
            if name in self.names:
                return with_article(self.names[name])
            raise Unknown(name)
        index, column = self.columns[name]
        if format_spec.startswith(("count=", "some=")):
            kind, _, wanted = format_spec.partition("=")
            met = sum(str(row[index]) == wanted for row in self.rows)
            if kind == "some" and not met:
                raise Unknown(name)
            return number(met)
        if format_spec == "most":
            return self._most(index, column)
        if format_spec.startswith(("to=", "apart=")):
            kind, _, other = format_spec.partition("=")
            ends = dict.fromkeys(self.format_field(n, "") for n in (name, other))
            if kind == "apart" and len(ends) < 2:
                raise Unknown(name)
            return " to ".join(ends)
        if format_spec in ("list", "count"):
            different = list(dict.fromkeys(_flat(row[index] for row in self.rows)))
            if not different:
                raise Unknown(name)
            if format_spec == "count":
                return number(len(different))
            return listed([self._text(v, column) for v in different])
        if not self.rows or self.rows[0][index] in (None, "", ()):
            raise Unknown(name)
        return self._text(self.rows[0][index], column)

    def _most(self, index: int, column: Column) -> str:
        """The most frequent value, and in how many of the rows it stands."""
        counted = Counter(_flat(row[index] for row in self.rows))
        if not counted:
            raise Unknown(column.name)
        value, times = min(counted.items(), key=lambda item: (-item[1], str(item[0])))
        return f"{self._text(value, column)} ({number(times)} of {number(len(self.rows))})"

    def _text(self, value: Any, column: Column) -> str:
        if isinstance(value, str):
            told = labelled(value, column.codes) if column.codes else value
            return self.citations.get(value) or with_article(separated(told))
        if isinstance(value, tuple):
            if value and all(v in self.citations for v in value):
                return listed([self.citations[v] for v in value], CITED)
            return listed([self._text(v, column) for v in value])
        return written(value, column)


def fill(templates: Iterable[str], filler: Filler) -> str:
    """The first template that can be filled; empty when none can."""
    for template in templates:
        try:
            text = _told(template, filler)
            return text[:1].upper() + text[1:]
        except Unknown:
            continue
    return ""


def _told(template: str, filler: Filler) -> str:
    """A template with its values; without the clauses that name what is not known."""
    parts = _CLAUSE.split(template)
    clauses = []
    for clause in parts[1::2]:
        try:
            clauses.append(filler.format(clause))
        except Unknown:
            clauses.append("")
    texts = [filler.format(part) for part in parts[::2]]
    return texts[0] + "".join(map("".join, zip(clauses, texts[1:], strict=True)))


def fields(template: str) -> set[str]:
    """The names in a template."""
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def listed(names: Sequence[str], most: int = LISTED) -> str:
    """``a``, ``a and b``, ``a, b and c``; long lists end with how many more there are."""
    if len(names) > most:
        return f"{', '.join(names[: most - 1])} and {len(names) - most + 1} more"
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def written(value: Any, column: Column) -> str:
    """A value as a person reads it in a sentence or on a terminal; pipes get it unrounded."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return percent(value) if column.type in ("share", "shares") else number(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return ", ".join(written(v, column) for v in value)
    text = str(value)
    return within(separated(labelled(text, column.codes) if column.codes else text))


def labelled(text: str, schemes: tuple[str, ...]) -> str:
    """A code, or several with commas between them, by the labels of their code lists; of codes in
    a longer text those of several words. What else stands there stays as it is."""
    labels = _labels_of(schemes)
    parts = (labels.get(part) or _within(part, labels) for part in text.split(", "))
    return ", ".join(parts)


def _within(text: str, labels: Mapping[str, str]) -> str:
    """``technology-ban in force``: what has a hyphen is no word that a sentence could hold."""
    return _CODE.sub(lambda found: labels.get(found[0], found[0]), text)


@cache
def _labels_of(schemes: tuple[str, ...]) -> Mapping[str, str]:
    known = code_labels()
    return {code: label for s in schemes for code, label in known.get(s, {}).items()}


def is_zero(value: float) -> bool:
    """Whether a number is what differences of equal shares leave: no source states so little."""
    return abs(value) < NOISE


def number(value: float) -> str:
    """A number with at most four digits that differ from zero after rounding."""
    if is_zero(value):
        return "0"
    if isinstance(value, int) or abs(value) >= 1000:
        return f"{round(value):,}"
    return f"{value:.4g}"


def plural(noun: str, count: int) -> str:
    """``product`` and ``country`` as one of them or as several are called."""
    if count == 1:
        return noun
    return f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"


def separated(text: str) -> str:
    """A text in which amounts have separators: ``270000 t`` → ``270,000 t``."""
    return _AMOUNT.sub(lambda found: f"{int(found[0]):,}", text)


def _flat(values: Iterable[Any]) -> Iterable[Any]:
    for value in values:
        if isinstance(value, tuple):
            yield from value
        elif value is not None:
            yield value
