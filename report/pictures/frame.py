"""What all pictures share: the finding as title, what is shown below it, and where it comes from.

A picture is read alone, in a report or a post: so it says its finding, its unit and period, its
sources and the command that makes it.
"""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..command import command_line
from .letters import Lines, clean
from .palette import LINE, QUIET
from .svg import Picture

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ...queries.run import Answer, Citation

WIDTH = 800.0
"""Units across a picture: with its letters 7 pt small on a page's width of 16 cm."""
PAGE = 1.6
"""Height of a page of A4 between margins of 2 cm, in parts of the width of a picture on it."""
NARROW = 560.0
"""Width below which a picture is one for a telephone."""
MARGIN = 24.0
TITLE, SUBTITLE, SUBHEAD, BODY, SMALL = 19.0, 13.0, 13.5, 12.5, 10.5
"""Sizes of letters."""
LETTERS = 200
"""Letters of a finding beyond which no further sentence of it is put into the title."""
LONGEST = 260
"""Letters of a sentence that a title holds, also on a telephone."""
CITED, NOTED, LINES = 4, 2, 4
"""Sources and notes that a footer holds, and lines of the sources."""
_SENTENCE = re.compile(r"(?<=[\w%)\]”\"'][.!?])\s+(?=[^a-z\s])")
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_FRAMED = ContextVar("framed", default=True)


@contextmanager
def unframed() -> Iterator[None]:
    """Pictures drawn meanwhile have no title, sources and command: the page that they are put
    into says them. What they show is the same."""
    token = _FRAMED.set(False)
    try:
        yield
    finally:
        _FRAMED.reset(token)


def sentences(text: str) -> list[str]:
    """The sentences of a finding; an abbreviation such as ``U.S.`` ends none."""
    found: list[str] = []
    for part in _SENTENCE.split(text.strip()):
        if found and re.search(r"\b(?:[A-Z]|No|vs|ca|approx|St|Dr)\.$", found[-1]):
            found[-1] = f"{found[-1]} {part}"
        elif part:
            found.append(part)
    return found


def headline(answer: Answer) -> str:
    """The answer's finding, shortened to so many whole sentences as a title bears; the first one
    always, of a long one its first clauses. Sources are named in the footer, not here."""
    told = sentences(answer.sentences[0] if answer.sentences else answer.finding)
    told = told or sentences(answer.finding) or [answer.question.title]
    told = [_without_sources(sentence, answer.sources) for sentence in told]
    title = _clauses(told[0])
    for sentence in told[1:]:
        if title != told[0] or len(title) + len(sentence) > LETTERS:
            break
        title = f"{title} {sentence}"
    return title


def _without_sources(sentence: str, sources: Iterable[Citation]) -> str:
    for name in sorted({source.name for source in sources}, key=len, reverse=True):
        for found in (f"; {name}", f"{name}; ", f" ({name})"):
            sentence = sentence.replace(found, "")
    return sentence


def _clauses(sentence: str) -> str:
    """A sentence, or as many of its clauses as a title bears."""
    ends, commas = _outside(sentence, ";"), _outside(sentence, ",")
    within = [end for end in ends if end <= LETTERS]
    if len(sentence) <= LETTERS:
        return sentence
    if within:
        return f"{sentence[: within[-1]]}."
    if len(sentence) <= LONGEST:
        return sentence
    if ends and ends[0] <= LONGEST:
        return f"{sentence[: ends[0]]}."
    # A list as long as that is cut between its members, and says so.
    listed = [end for end in commas if end <= LETTERS]
    return f"{sentence[: (listed or ends)[-1]]} …" if listed or ends else sentence


def _outside(text: str, mark: str) -> list[int]:
    """Where a mark stands in a text that is in no brackets there; a comma within a number is
    none."""
    depth, found = 0, []
    for place, letter in enumerate(text):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == mark and depth == 0 and text[place + 1 : place + 2].isspace():
            found.append(place)
    return found


def opened(
    answer: Answer,
    subtitle: str,
    *,
    title: str | None = None,
    description: str | None = None,
    width: float = WIDTH,
) -> tuple[Picture, float]:
    """A picture with its head, and the height at which its drawing begins.

    ``subtitle`` says what is drawn, in which unit, a share of what, and when; the alt text is the
    title and, unless another ``description`` is given, the whole finding.
    """
    title = clean(title or headline(answer)) or answer.question.title
    picture = Picture(width, title, description or f"{subtitle} {answer.finding}".strip())
    room = width - 2 * MARGIN
    if not _FRAMED.get():
        return picture, 2.0
    lines = 4 if width >= NARROW else 7
    y = picture.paragraph(MARGIN, MARGIN - 4, title, room, TITLE, bold=True, lines=lines)
    if subtitle:
        y = picture.paragraph(MARGIN, y + 4, subtitle, room, SUBTITLE, fill=QUIET, lines=4)
    return picture, y + 14


def closed(picture: Picture, answer: Answer, y: float, notes: Iterable[str] = ()) -> str:
    """The picture as SVG, with its footer below ``y``: notes, then the answer's own warnings,
    sources and the command line."""
    foot = Foot.of(answer, picture.width, notes)
    return picture.svg(foot.draw(picture, y))


@dataclass(frozen=True, slots=True)
class Foot:
    """What stands below a drawing, measured before it is drawn: paragraphs below a line, or notes
    alone where the picture has no frame."""

    paragraphs: tuple[Lines, ...]
    framed: bool

    @classmethod
    def of(cls, answer: Answer, width: float, notes: Iterable[str] = ()) -> Foot:
        """The foot of a picture of this width."""
        room = width - 2 * MARGIN
        told = [Lines.of(note, room, SMALL, most=3) for note in notes]
        if not _FRAMED.get():
            return cls(tuple(told), framed=False)
        told += [Lines.of(note, room, SMALL, most=3) for note in answer.warnings[:NOTED]]
        # As many as are told whole: on a telephone four are cut off, and how many more there are.
        for most in range(CITED, 0, -1):
            sources = Lines.of(source_line(answer, most), room, SMALL, most=LINES)
            if sources.whole is None:
                break
        told.append(sources)
        told.append(Lines.of(f"Made with Orepath: {command_line(answer)}", room, SMALL, most=3))
        return cls(tuple(lines for lines in told if lines.told), framed=True)

    @property
    def height(self) -> float:
        """From the lower edge of the drawing to that of the picture."""
        text = sum(lines.height for lines in self.paragraphs) + 2 * len(self.paragraphs)
        return text + (20 + MARGIN - 10 if self.framed else 6)

    def draw(self, picture: Picture, y: float) -> float:
        """Draw it below ``y``; returns the lower edge of the picture."""
        end = y + self.height
        if self.framed:
            y += 12
            picture.line((MARGIN, y), (picture.width - MARGIN, y), LINE)
        y += 8 if self.framed else 4
        for lines in self.paragraphs:
            y = picture.lines(MARGIN, y, lines, fill=QUIET) + 2
        return end


def source_line(answer: Answer, most: int = CITED) -> str:
    """``Sources: …`` with the short citations of those on which most rows rest; empty for none."""
    ordered = _by_weight(answer)
    if not ordered:
        return ""
    told = list(dict.fromkeys(short(source) for source in ordered))
    more = len(told) - most
    named = told[:most] if more > 1 else told
    rest = f"; and {more} more" if more > 1 else ""
    line = f"Source{'s' if len(told) > 1 else ''}: {'; '.join(named)}{rest}"
    return line if line.endswith("…") else f"{line}."


def _by_weight(answer: Answer) -> Sequence[Citation]:
    """Sources that a reader of the table sees, by the number of rows, before those of details."""
    counted: Counter[tuple[str, bool]] = Counter()
    known = {source.id for source in answer.sources}
    for row in answer.rows:
        for column, cell in zip(answer.columns, row, strict=True):
            named = cell if isinstance(cell, tuple) else (cell,)
            counted.update({(v, column.detail) for v in named if isinstance(v, str) and v in known})

    def weight(source: Citation) -> tuple[int, int, str]:
        return -counted[source.id, False], -counted[source.id, True], source.id

    return sorted(answer.sources, key=weight)


def short(source: Citation) -> str:
    """A source as a picture cites it: publisher, name and year, each once and not at length."""
    whole = source.name[: next(iter(_outside(source.name, ";")), None)]
    name = textwrap.shorten(whole, 64, placeholder=" …")
    if name.count("(") > name.count(")"):
        name = f"{name[: name.rindex('(')].rstrip()} …"
    publisher = (source.publisher or "").split(";")[0].split(" (")[0].strip()
    told = f"{publisher}, {name}" if publisher and publisher not in name else name
    year = _YEAR.search(source.published or source.edition or "")
    return f"{told} ({year[0]})" if year and year[0] not in told else told
