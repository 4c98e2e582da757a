"""From the rows of an answer to sentences and tables whose sources are numbers.

Sentences are filled as the findings of questions are. A source is written as a mark first; when
the whole brief is there, ``Numbers`` turns the marks into numbers in the order of reading. Pure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...queries.definition import Column
from ...queries.finding import Filler, Unknown, fill, separated, written
from ...queries.run import Answer
from .declaration import Cell, Passage, Saying
from .model import Table

Row = tuple[Any, ...]
OPEN, CLOSE = "\ue000", "\ue001"
"""Around the id of a source: characters for private use, which no text of the data holds."""
MARKS = re.compile(f"(?:[;,]? ?{OPEN}[^{CLOSE}]*{CLOSE})+")
_TWICE = re.compile(r"((?:over |under )?[\d.]+ %) \(\1(\)|; )")
_INTERVAL = re.compile(r"(?<=\()([\d.]+) % to ([\d.]+ %)")
_PERCENT = re.compile(r"(?<=\d) %")
_ONE = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")
CITED, SHOWN = 3, 8
"""Sources of one figure, and of a picture, that are cited; the bundle has all of them."""


class Prose(Filler):
    """Fills a sentence; beside what a finding knows, ``{share:range}`` is from the least to the
    greatest of a column, ``{over:of=needed}`` some of all, ``{source:cited}`` the sources of all
    rows, and a source is a mark."""

    def format_field(self, value: Any, format_spec: str) -> str:
        """The text for one field; raises ``Unknown``."""
        name = str(value)
        if format_spec == "range" and name in self.columns:
            index, column = self.columns[name]
            known = [row[index] for row in self.rows if row[index] is not None]
            if not known:
                raise Unknown(name)
            ends = [written(end, column) for end in (min(known), max(known))]
            return " to ".join(dict.fromkeys(ends))
        if format_spec.startswith("of="):
            some, all_of = (
                self.format_field(n, "") for n in (name, format_spec.removeprefix("of="))
            )
            return f"all {some}" if some == all_of else f"{some} of the {all_of}"
        if format_spec == "cited" and name in self.columns:
            return self._cited(self.columns[name][0])
        return super().format_field(value, format_spec)

    def _cited(self, index: int) -> str:
        """The sources in a column on which most rows rest."""
        counted = Counter(v for row in self.rows for v in _items(row[index]) if v)
        if not counted:
            raise Unknown(index)
        return "".join(self.citations[v] for v, _ in counted.most_common(SHOWN))

    def _text(self, value: Any, column: Column) -> str:
        if isinstance(value, tuple) and value and all(v in self.citations for v in value):
            return "".join(self.citations[v] for v in value[:CITED])
        if isinstance(value, str):
            return self.citations.get(value) or separated(value)
        return super()._text(value, column)


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer, and the rows of it that were chosen."""

    answer: Answer
    rows: tuple[Row, ...]

    def values(self, column: str) -> frozenset[Any]:
        """What a column of these rows holds, the items of lists one by one."""
        index = self.answer.question.column_names().index(column)
        return frozenset(v for row in self.rows for v in _items(row[index]))


def kept(
    answer: Answer, passage: Passage, words: Mapping[str, str], others: Mapping[str, Kept]
) -> tuple[Row, ...]:
    """The rows that a passage speaks of, in its order.

    A condition is a text that the value equals, or is among the value's; ``$country`` is a word of
    the subject, ``@question.column`` what that column holds in the rows last chosen of another
    passage, ``!text`` and ``!$country`` not that, ``!`` any value, ``>0.5`` a number. A word that
    is not known and a passage that was not asked keep all.
    """
    names = answer.question.column_names()
    rows = answer.rows
    for column, condition in passage.keep.items():
        index = names.index(column)
        rows = tuple(row for row in rows if _meets(row[index], condition, words, others))
    if passage.order is not None:
        index = names.index(passage.order)
        rows = tuple(sorted(rows, key=lambda row: -(row[index] or 0)))
    if passage.each is not None:
        index = names.index(passage.each)
        first: dict[Any, Row] = {}
        for row in rows:
            first.setdefault(row[index], row)
        rows = tuple(first.values())
    return rows


def _meets(
    value: Any, condition: str, words: Mapping[str, str], others: Mapping[str, Kept]
) -> bool:
    sign, wanted = condition[:1], condition[1:]
    if sign == "$":
        return wanted not in words or words[wanted] in _items(value)
    if sign == "@":
        asked, _, column = wanted.partition(".")
        if asked not in others:
            return True
        other = others[asked]
        # Where nothing of it was chosen, what it had to choose from says what belongs to it.
        of = other if other.rows else Kept(other.answer, other.answer.rows)
        return bool(of.values(column) & set(_items(value)))
    if sign == "!" and wanted.startswith("$"):
        return wanted[1:] not in words or words[wanted[1:]] not in _items(value)
    if sign == "!":
        return value not in (None, "", (), wanted)
    if sign == ">":
        return value is not None and value > float(wanted)
    return condition in _items(value) if condition else value in (None, "", ())


def _items(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)


@dataclass(frozen=True, slots=True)
class Teller:
    """Writes sentences and tables; knows the words of the subject beside an answer's own, and
    those that are called otherwise in a sentence."""

    words: Mapping[str, str]
    spoken: Mapping[str, str] = field(default_factory=dict)

    def told(self, answer: Answer, rows: Sequence[Row], sayings: Sequence[Saying]) -> str:
        """The first sentence that these rows can fill; empty when none can."""
        names = answer.question.column_names()
        for saying in sayings:
            if saying.one and len({row[names.index(saying.one)] for row in rows}) != 1:
                continue
            if text := fill([saying.text], self._filler(answer, rows)):
                return text
        return ""

    def finding(self, answer: Answer, rows: Sequence[Row]) -> str:
        """The question's own finding over some rows."""
        return fill(answer.question.finding, self._filler(answer, rows))

    def filled(self, text: str) -> str:
        """A text with words of the subject; empty where one of them is not known."""
        return fill([text], Filler((), (), {**self.words, **self.spoken}, {}))

    def table(self, answer: Answer, rows: Sequence[Row], passage: Passage) -> Table | None:
        """The first rows of those chosen, ``None`` where there are none; a column that is empty
        in all of them is left out."""
        shown = _few(answer, rows, passage)
        if not shown or not passage.table:
            return None
        texts = [[self._cell(answer, row, cell) for cell in passage.table] for row in shown]
        full = [i for i in range(len(passage.table)) if any(line[i] for line in texts)]
        caption = self.told(answer, rows, [Saying(text=passage.caption)])
        if (more := len(rows) - len(shown)) > 0:
            caption = f"{caption} The first {len(shown)} of {len(shown) + more:,}."
        return Table(
            caption,
            tuple(self.filled(passage.table[i].head) for i in full),
            tuple(passage.table[i].numeric for i in full),
            tuple(dict.fromkeys(tuple(line[i] or "–" for i in full) for line in texts)),
        )

    def _cell(self, answer: Answer, row: Row, cell: Cell) -> str:
        # `fill` begins a sentence with a capital, which a cell is not: the mark takes it.
        return fill([OPEN + cell.show], self._filler(answer, [row])).removeprefix(OPEN)

    def _filler(self, answer: Answer, rows: Sequence[Row]) -> Prose:
        marks = {s.id: f"{OPEN}{s.id}{CLOSE}" for s in answer.sources}
        return Prose(answer.columns, rows, {**self.words, **answer.names, **self.spoken}, marks)


def _few(answer: Answer, rows: Sequence[Row], passage: Passage) -> Sequence[Row]:
    """As many rows as the table shows, some of each of the first things that are told of."""
    if passage.per is None or len(rows) <= passage.rows:
        return rows[: passage.rows]
    apart = groups(answer, rows, passage.per)[: passage.most + 1]
    each = max(passage.rows // len(apart), 1)
    return [row for group in apart for row in group[:each]]


def groups(answer: Answer, rows: Sequence[Row], column: str) -> list[tuple[Row, ...]]:
    """The rows by the value of a column, in their order."""
    index = answer.question.column_names().index(column)
    found: dict[Any, list[Row]] = {}
    for row in rows:
        found.setdefault(row[index], []).append(row)
    return [tuple(group) for group in found.values()]


class Numbers:
    """Numbers of sources in the order in which they are first cited."""

    def __init__(self, called: Mapping[str, str] | None = None) -> None:
        self.ids: dict[str, int] = {}
        names = sorted(called or {}, key=len, reverse=True)
        self._called = dict(called or {})
        # Not within a longer name: "European Union – Canada" is what an agreement is called.
        self._names = re.compile(
            rf"(?:(?<=^)|(?<=[a-z0-9,;:(.] )|(?<=\())([Tt]he )?({'|'.join(map(re.escape, names))})"
            r"(?! [A-Z–-])\b"
        )

    def text(self, text: str) -> str:
        """A text with ``[1, 4]`` for its marks, and things called as in a sentence."""
        return self._told(self._named(text))

    def cell(self, text: str) -> str:
        """The same for a cell of a table, where an interval is short: ``92 % (85–98 %)``."""
        return self._told(_INTERVAL.sub(r"\1–\2", text))

    def _told(self, text: str) -> str:
        text = re.sub(rf"(?: and )(?={OPEN})", "", text)
        # An interval of no width repeats its value.
        text = _TWICE.sub(lambda m: m[1] if m[2] == ")" else f"{m[1]} (", text)
        told = MARKS.sub(self._numbered, text)
        return re.sub(r"\( ?(\[[\d, ]+\])\)", r"\1", re.sub(r" (\[[\d, ]+\])\)", r") \1", told))

    def uncited(self, text: str) -> str:
        """The same as ``text`` without its sources."""
        return re.sub(r" ?\(\s*\)", "", self._named(MARKS.sub("", text)))

    def _named(self, text: str) -> str:
        text = self._names.sub(self._short, text) if self._called else text
        return text[:1].upper() + text[1:]

    def _short(self, found: re.Match[str]) -> str:
        told = self._called[found[2]]
        return told[:1].upper() + told[1:] if found[1] == "The " else told

    def _numbered(self, found: re.Match[str]) -> str:
        ids = list(dict.fromkeys(_ONE.findall(found[0])))
        numbers = sorted(self.ids.setdefault(i, len(self.ids) + 1) for i in ids)
        text = f"[{', '.join(map(str, numbers))}]"
        return text if found.start() == 0 or found.string[found.start() - 1] in " (" else f" {text}"


def unbroken(text: str) -> str:
    """A text in which no line ends between a number and its percent sign."""
    return _PERCENT.sub("\u00a0%", text)


def sentences(texts: Iterable[str]) -> str:
    """Sentences in one paragraph, each said once."""
    return " ".join(dict.fromkeys(t for t in texts if t))
