"""What all pictures share: the finding as title, what is shown below it, and where it comes from.

A picture is read alone, in a report or a post: so it says its finding, its unit and period, its
sources and the command that makes it.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from ..command import command_line
from .letters import wrapped
from .palette import LINE, QUIET
from .svg import Picture

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ...queries.run import Answer, Citation

WIDTH = 800.0
"""Units across a picture: with its letters 7 pt small on a page's width of 16 cm."""
MARGIN = 24.0
TITLE, SUBTITLE, SUBHEAD, BODY, SMALL = 19.0, 13.0, 13.5, 12.5, 10.5
"""Sizes of letters."""
LETTERS = 200
"""Letters of a finding beyond which no further sentence of it is put into the title."""
CITED, NOTED = 4, 2
"""Sources and notes that a footer holds."""
_SENTENCE = re.compile(r"(?<=[\w%)\]”\"'][.!?])\s+(?=[^a-z\s])")
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")


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
    always."""
    told = sentences(answer.sentences[0] if answer.sentences else answer.finding)
    told = told or sentences(answer.finding) or [answer.question.title]
    title = told[0]
    for sentence in told[1:]:
        if len(title) + len(sentence) > LETTERS:
            break
        title = f"{title} {sentence}"
    return title


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
    title = title or headline(answer)
    picture = Picture(width, title, description or f"{subtitle} {answer.finding}".strip())
    room = width - 2 * MARGIN
    y = picture.paragraph(MARGIN, MARGIN - 4, title, room, TITLE, bold=True, lines=4)
    if subtitle:
        y = picture.paragraph(MARGIN, y + 4, subtitle, room, SUBTITLE, fill=QUIET, lines=4)
    return picture, y + 14


def closed(picture: Picture, answer: Answer, y: float, notes: Iterable[str] = ()) -> str:
    """The picture as SVG, with its footer below ``y``: notes, then the answer's own warnings,
    sources and the command line."""
    room = picture.width - 2 * MARGIN
    y += 12
    picture.line((MARGIN, y), (picture.width - MARGIN, y), LINE)
    y += 8
    for note in [*notes, *answer.warnings[:NOTED]]:
        y = picture.paragraph(MARGIN, y, note, room, SMALL, fill=QUIET, lines=3) + 2
    if sources := source_line(answer):
        y = picture.paragraph(MARGIN, y, sources, room, SMALL, fill=QUIET, lines=4) + 2
    made = f"Made with Orepath: {command_line(answer)}"
    y = picture.paragraph(MARGIN, y, made, room, SMALL, fill=QUIET, lines=3)
    return picture.svg(y + MARGIN - 8)


def source_line(answer: Answer, most: int = CITED) -> str:
    """``Sources: …`` with the short citations of those on which most rows rest; empty for none."""
    ordered = _by_weight(answer)
    if not ordered:
        return ""
    told = list(dict.fromkeys(short(source) for source in ordered))
    more = len(told) - most
    named = told[:most] if more > 1 else told
    rest = f"; and {more} more" if more > 1 else ""
    return f"Source{'s' if len(told) > 1 else ''}: {'; '.join(named)}{rest}."


def _by_weight(answer: Answer) -> Sequence[Citation]:
    counted: Counter[str] = Counter()
    known = {source.id for source in answer.sources}
    for row in answer.rows:
        cells = (c if isinstance(c, tuple) else (c,) for c in row)
        counted.update({v for cell in cells for v in cell if isinstance(v, str) and v in known})
    return sorted(answer.sources, key=lambda s: (-counted[s.id], s.id))


def short(source: Citation) -> str:
    """A source as a picture cites it: publisher, name and year, each once and not at length."""
    name = source.name.split(";")[0].strip()
    if len(name) > 70:
        name = wrapped(name, 70 * 0.56, 1.0, lines=1)[0]
    publisher = (source.publisher or "").split(";")[0].split(" (")[0].strip()
    told = f"{publisher}, {name}" if publisher and publisher not in name else name
    year = _YEAR.search(source.published or source.edition or "")
    return f"{told} ({year[0]})" if year and year[0] not in told else told
