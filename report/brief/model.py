"""What a brief is: a title, parts made of answers, and the sources by number.

Plain records; ``content.py`` makes them and the dressings read them. In every text a number in
square brackets, ``[3]`` or ``[1, 4]``, is the number of a source.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ...queries.run import Answer, Citation


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was put for the brief: its whole answer, the command line that gives it and
    the statement with its values written out."""

    answer: Answer
    command: str
    cypher: str


@dataclass(frozen=True, slots=True)
class Table:
    """Some rows of an answer: ``rows`` are texts in the order of ``columns``; those of
    ``numeric`` are set flush right. ``caption`` says what the figures are of."""

    caption: str
    columns: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture as SVG, for a page and for a telephone, its caption and the text that stands for it
    where it is not seen."""

    kind: str
    svg: str
    narrow: str
    caption: str
    alt: str


@dataclass(frozen=True, slots=True)
class Part:
    """One section: what is said, shown and listed, and the answers that it rests on.

    ``aside`` parts are short texts that may stand beside each other.
    """

    id: str
    heading: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    tables: tuple[Table, ...] = ()
    asked: tuple[Asked, ...] = ()
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A source by its number in the brief."""

    number: int
    citation: Citation


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief on one subject.

    ``title`` is the finding, ``lead`` the sentences below it, ``subject`` what was asked for as
    the graph names it (``{"sector": "defence", …}``), ``as_of`` the ISO day of what holds from a
    day on, ``command`` the line that makes the brief again. ``editions`` are the data that the
    graph holds, ``version`` and ``ontology`` those of Orepath; ``label`` says what it is.
    """

    title: str
    lead: str
    subject: Mapping[str, str]
    parts: tuple[Part, ...]
    sources: tuple[Source, ...]
    command: str
    as_of: str | None
    version: str
    ontology: str
    editions: tuple[str, ...] = ()
    label: str = "Brief"

    @property
    def asked(self) -> tuple[Asked, ...]:
        """All answers of the brief, each once, in the order in which they are read."""
        return tuple({a.command: a for part in self.parts for a in part.asked}.values())
