"""How wide a text is in the pictures' font, and how it is broken or shortened to fit.

The widths are the font's own advances, from a table beside it, so that nothing has to read the
font to lay out a picture. Sizes and widths are in the units of the picture.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "font"
FONTS = (FOLDER / "regular.otf", FOLDER / "bold.otf")
FAMILY = "Inter"
ASCENT, DESCENT = 0.97, 0.25
"""How far letters reach above and below the line they stand on, in parts of their size."""
WIDE, OTHER = 1000, 650
"""Advances of letters that the font lacks: Chinese and the like fill an em, others about this."""
LEADING = 1.35
"""From one line of a text to the next, in parts of its size."""
ELLIPSIS = "…"
_BREAK = re.compile(r"(?<=[\s/–])(?=[^\s%])|(?<=[^\W\d]-)(?=\w)")
# Not within a date or an option, whose hyphens join what is read as one, nor before a percent sign.
# What no XML document may hold.
_UNPRINTABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@cache
def _advances() -> dict[str, tuple[int, int]]:
    with (FOLDER / "advances.csv").open(encoding="utf-8", newline="") as file:
        return {
            chr(int(row["code_point"], 16)): (int(row["regular"]), int(row["bold"]))
            for row in csv.DictReader(file)
        }


def clean(text: str) -> str:
    """The text on one line and without characters that XML cannot hold."""
    return " ".join(_UNPRINTABLE.sub("", text).split())


def covered(text: str) -> bool:
    """Whether the font has all letters of a text."""
    return all(letter in _advances() for letter in text if not letter.isspace())


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of one line of text."""
    advances = _advances()
    total = sum(
        known[bold] if (known := advances.get(letter)) else _guess(letter) for letter in text
    )
    return total * size / 1000


def _guess(letter: str) -> int:
    if unicodedata.combining(letter):
        return 0
    return WIDE if unicodedata.east_asian_width(letter) in "WF" else OTHER


def shortened(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """The text, or as much of its beginning as fits with an ellipsis; at least the ellipsis."""
    text = clean(text)
    if width(text, size, bold=bold) <= room:
        return text
    left = room - width(ELLIPSIS, size, bold=bold)
    kept = 0
    for kept, letter in enumerate(text):  # noqa: B007 - used after the loop
        left -= width(letter, size, bold=bold)
        if left < 0:
            break
    return text[:kept].rstrip(" ,;:–-(") + ELLIPSIS


def wrapped(
    text: str, room: float, size: float, *, bold: bool = False, lines: int | None = None
) -> list[str]:
    """The text in lines that fit the room, broken between words, within one where it must be.

    Of more than ``lines`` lines the last one ends in an ellipsis.
    """
    return list(Lines.of(text, room, size, bold=bold, most=lines).told)


@dataclass(frozen=True, slots=True)
class Lines:
    """A text in lines of one size, wrapped once: measured before it is drawn.

    ``whole`` is the text where not all of it is told.
    """

    told: tuple[str, ...]
    size: float
    bold: bool = False
    whole: str | None = None

    @classmethod
    def of(
        cls, text: str, room: float, size: float, *, bold: bool = False, most: int | None = None
    ) -> Lines:
        """The text in lines that fit the room, as ``wrapped`` breaks them; at most so many."""
        found = _lines(text, room, size, bold)
        if most is None or len(found) <= most:
            return cls(tuple(found), size, bold)
        last = shortened(" ".join(found[most - 1 :]), room, size, bold=bold)
        return cls((*found[: most - 1], last), size, bold, text)

    @property
    def height(self) -> float:
        """From the upper edge of the first line to the lower one of the last; nothing for none."""
        return paragraph_height(len(self.told), self.size)


def paragraph_height(lines: int, size: float) -> float:
    """The height of so many lines of a text; nothing for none."""
    return size * (ASCENT + DESCENT + (lines - 1) * LEADING) if lines else 0.0


def _lines(text: str, room: float, size: float, bold: bool) -> list[str]:
    found: list[str] = []
    line = ""
    for piece in _pieces(clean(text), room, size, bold):
        if line and width((line + piece).rstrip(), size, bold=bold) > room:
            found.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    if line.strip():
        found.append(line.rstrip())
    return found


def _pieces(text: str, room: float, size: float, bold: bool) -> list[str]:
    """The parts between which a text may be broken, none wider than the room unless it is a
    single letter."""
    pieces: list[str] = []
    for word in _BREAK.split(text):
        if width(word.rstrip(), size, bold=bold) <= room:
            pieces.append(word)
            continue
        begin, used = 0, 0.0
        for place, letter in enumerate(word):
            wide = width(letter, size, bold=bold)
            if used + wide > room and place > begin and not letter.isspace():
                pieces.append(word[begin:place])
                begin, used = place, 0.0
            used += wide
        pieces.append(word[begin:])
    return pieces
