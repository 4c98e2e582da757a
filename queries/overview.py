"""One page about a material, a country or a sector: the few answers that matter, in their order.

What is asked stands in ``overview.yaml``; here it is read, and asked in one session. Nothing is
computed that the questions do not compute by themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from ..graph.connection import Graph
from ..ontology.errors import OrepathError
from .catalogue import question
from .definition import Question
from .excerpt import cut
from .run import Answer, ask

SUBJECT = "subject"
MOST = "most "


@dataclass(frozen=True, slots=True)
class Part:
    """One answer of the page: how it is headed, what is asked, and what of it is shown: rows,
    columns, and sentences of its finding; the kind of picture that pages with pictures have, and
    what stands below it."""

    question: str
    heading: str
    arguments: Mapping[str, str]
    rows: int
    columns: tuple[str, ...]
    sentences: int = 1
    picture: str | None = None
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A part with its whole answer."""

    part: Part
    answer: Answer

    def shortened(self, most: int | None = None) -> Answer:
        """The answer with the rows (``most`` of them, or what the page shows) and columns of the
        page, the first sentences of its finding, and of its notes those that say how sure it is.
        """
        names = self.answer.question.column_names()
        kept = [names.index(name) for name in self.part.columns]
        shown = cut(self.answer, min(self.part.rows, most or self.part.rows))
        rows = [tuple(row[i] for i in kept) for row in shown.rows]
        return replace(
            shown,
            question=replace(shown.question, finding_per=None),
            columns=tuple(shown.columns[i] for i in kept),
            rows=tuple(dict.fromkeys(rows)),
            finding=" ".join(s for s in self.answer.sentences[: self.part.sentences] if s),
            notes=self.answer.warnings,
            caveats=(),
        )


@cache
def parts(kind: str) -> tuple[Part, ...]:
    """What the page on a ``material``, ``country`` or ``sector`` is made of."""
    import yaml

    text = resources.files(__package__).joinpath("overview.yaml").read_text("utf-8")
    return tuple(
        Part(**{"arguments": p.pop("with"), **p, "columns": tuple(p["columns"])})
        for p in yaml.safe_load(text)[kind]
    )


def arguments(
    part: Part, subject: str, before: Sequence[Answer], as_of: str | None
) -> dict[str, str | None] | None:
    """The words with which a part is asked; ``None`` where an answer above does not name them."""
    found: dict[str, str | None] = {}
    for name, word in part.arguments.items():
        if word.startswith(MOST):
            above, _, column = word.removeprefix(MOST).partition(".")
            answer = next(a for a in before if a.question.id == above)
            counted = Counter(value for value in answer.values(column) if value)
            if not counted:
                return None
            # Of equally frequent ones the first, since the strongest row leads an answer.
            found[name] = min(counted, key=lambda value: -counted[value])
        else:
            found[name] = subject if word == SUBJECT else word
    if as_of is not None and takes_day(question(part.question)):
        found["as_of"] = as_of
    return found


def takes_day(asked: Question) -> bool:
    """Whether a question can be asked as of a day."""
    return any(parameter.name == "as_of" for parameter in asked.parameters)


def overview(
    graph: Graph,
    kind: str,
    subject: str,
    *,
    as_of: str | None = None,
    timeout: float | None = None,
) -> tuple[str, list[Shown]]:
    """The name of the subject as the graph has it, and the answers about it, all as of one day:
    that asked for, else the newest in the data, which is the same for all questions.

    Raises ``OrepathError`` for a name that means nothing or too much, and what the database says.
    """
    shown: list[Shown] = []
    for part in parts(kind):
        given = arguments(part, subject, [s.answer for s in shown], as_of)
        if given is not None:
            answer = ask(graph, question(part.question), given, timeout=timeout)
            shown.append(Shown(part, answer))
    if not shown:
        raise OrepathError(f"there is nothing to say of {subject!r}")
    return shown[0].answer.names[kind], shown


def day(shown: Sequence[Shown]) -> str | None:
    """The day as of which the parts were asked, where one of them takes a day."""
    return next((s.answer.names["as_of"] for s in shown if "as_of" in s.answer.names), None)
