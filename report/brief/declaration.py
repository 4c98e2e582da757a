"""What ``brief.yaml`` declares, as records; nothing is asked here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator


class Strict:
    """A record that refuses a key which it does not know."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}


@dataclass(frozen=True, kw_only=True)
class Saying(Strict):
    """A sentence with fields, as the findings of questions have them; with ``one`` it is used
    only where all rows have the same value of that column."""

    text: str
    one: str | None = None


def _saying(given: Any) -> Any:
    return {"text": given} if isinstance(given, str) else given


Sayings = tuple[Annotated[Saying, BeforeValidator(_saying)], ...]


@dataclass(frozen=True, kw_only=True)
class Cell(Strict):
    """A column of a table: its heading, and what stands in a row (fields of that row)."""

    head: str
    show: str
    numeric: bool = False


@dataclass(frozen=True, kw_only=True)
class Passage(Strict):
    """One question, and what of its answer is told.

    ``needs`` and ``without`` name words of the subject that must, and must not, be known;
    ``only`` what they must be called, ``besides`` what they must not. ``given`` maps parameters to
    words of the subject (``$sector``) or to texts. ``keep`` chooses rows, ``order`` puts the
    greatest of a column first, ``each`` leaves the first row of each value of a column. ``say`` are
    sentences of which the first whose fields are known is used; without it the question's own
    finding is. ``none`` is said where rows are there but none is kept, ``nothing`` in place of the
    question's own words where there is no row, and neither by a ``quiet`` passage. ``id`` is how
    other passages speak of what was kept, the question's if it has none. ``per`` is a column of
    which the first ``most`` values have a sentence each; ``silent`` says nothing. ``lead`` goes to
    the head of the brief. ``table`` shows ``rows`` of what was kept, ``picture`` is the kind of a
    picture of the answer, or of the first ``drawn`` rows that were kept, ``caption`` stands at
    either.
    """

    question: str
    id: str = ""
    needs: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    only: Mapping[str, str] = field(default_factory=dict)
    besides: Mapping[str, str] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)
    keep: Mapping[str, str] = field(default_factory=dict)
    order: str | None = None
    each: str | None = None
    say: Sayings = ()
    none: str = ""
    nothing: tuple[str, ...] = ()
    quiet: bool = False
    per: str | None = None
    most: int = 1
    silent: bool = False
    lead: Sayings = ()
    table: tuple[Cell, ...] = ()
    caption: str = ""
    rows: int = 5
    picture: str | None = None
    drawn: int | None = None


@dataclass(frozen=True, kw_only=True)
class Section(Strict):
    """A part of the brief: of ``passages`` those are asked whose needs are met.

    ``points`` are fixed sentences, ``doubts`` says that what makes the answers unsure stands here.
    """

    id: str
    heading: str
    passages: tuple[Passage, ...] = ()
    points: tuple[str, ...] = ()
    doubts: bool = False
    aside: bool = False


@dataclass(frozen=True, kw_only=True)
class Leading(Strict):
    """Where a country that was not named comes from: the most frequent value of a column."""

    question: str
    column: str
    needs: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    given: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Declaration(Strict):
    """The whole of ``brief.yaml``."""

    country: tuple[Leading, ...]
    title: tuple[Passage, ...]
    parts: tuple[Section, ...]
    called: Mapping[str, str]
    """How things are called in a sentence: ``European Union: the EU``."""
    sectors: Mapping[str, str]
    """The same of sectors, which have that name only where they are the subject."""
    lead: int
    """How many sentences stand below the title."""


@cache
def declaration() -> Declaration:
    """What a brief is made of."""
    import yaml
    from pydantic import TypeAdapter

    text = resources.files(__package__).joinpath("brief.yaml").read_text("utf-8")
    return TypeAdapter(Declaration).validate_python(yaml.safe_load(text))
