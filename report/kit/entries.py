"""The questions as the guide and the favourites show them: in words, and as statements that run.

Each is the first example of a question that the data can answer, with the values of that example.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ...graph.connection import Graph
from ...ontology.errors import OrepathError
from ...queries.definition import Question
from ...queries.paste import picture_statement, table_statement
from ...queries.resolve import resolve


@dataclass(frozen=True, slots=True)
class Entry:
    """One question: ``words`` say with which values, and are empty where it has none; ``picture``
    is None where it has no picture."""

    id: str
    topic: str
    title: str
    words: str
    table: str
    picture: str | None

    def statements(self) -> Iterator[tuple[str, str]]:
        """The statements with what each shows, ``table`` or ``picture``; a first line says it."""
        for kind, statement in (("table", self.table), ("picture", self.picture)):
            if statement is not None:
                yield kind, f"// {self.heading} [{kind}]\n{statement}"

    @property
    def heading(self) -> str:
        """The title with the values."""
        return f"{self.title} ({self.words})" if self.words else self.title


def entries(graph: Graph, questions: Iterable[Question]) -> tuple[Entry, ...]:
    """The questions that can be put to the graph, in their order.

    A question whose examples name what is not in the graph, such as a company whose purchases
    nobody loaded, is left out.
    """
    return tuple(entry for question in questions if (entry := _entry(graph, question)))


def _entry(graph: Graph, question: Question) -> Entry | None:
    for example in question.examples:
        given = arguments(question, example)
        try:
            resolved = resolve(graph, question, given)
        except OrepathError:
            continue
        words = ", ".join(
            f"{name.replace('_', ' ')}: {resolved.names.get(name, text)}"
            for name, text in given.items()
            if text is not None
        )
        return Entry(
            question.id,
            question.topic,
            question.title,
            words,
            table_statement(question, resolved.values),
            picture_statement(question, resolved.values) if question.picture else None,
        )
    return None


def arguments(question: Question, example: str) -> dict[str, str | None]:
    """The values that an example, a command line, gives to the question's parameters."""
    known = {p.name: p for p in question.parameters}
    found: dict[str, str | None] = {}
    words = iter(shlex.split(example))
    for word in words:
        name, _, value = word.removeprefix("--").replace("-", "_").partition("=")
        if not word.startswith("--"):
            continue
        if name in known:
            flag = known[name].type == "boolean"
            found[name] = word.partition("=")[2] if value else "true" if flag else next(words, None)
        elif name.removeprefix("no_") in known:
            found[name.removeprefix("no_")] = "false"
    return found
