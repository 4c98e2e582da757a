"""From the words that a user types for a question's parameters to the values that it takes.

Names are settled by ``names.py``; numbers, dates and choices here. A default stands in for what
was not given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from math import isfinite
from typing import Any

from ..graph.connection import Graph
from ..ontology.errors import OrepathError
from .definition import Parameter, Question
from .names import LABELS, names_of, quoted

NEWEST = "newest"
"""Default of a date: one day for all questions, that of the newest document on what holds from a
day on. The same graph always gives the same answer, and nothing is claimed about later days."""
DATED = ("Agreement", "CriticalityList", "ExportRestriction", "Policy")
"""The classes whose documents tell how far the data reach: what is agreed, listed, restricted or
adopted holds from a day on. A paper on a technology that was written later says nothing of them."""
TRUE, FALSE = {"yes", "true", "1", "on"}, {"no", "false", "0", "off"}


@dataclass(frozen=True, slots=True)
class Resolved:
    """Parameters as the statement takes them, and as a person reads them; ``today`` the day that
    stands in for one that was not given."""

    values: Mapping[str, Any]
    names: Mapping[str, str]
    today: date | None = None


def resolve(graph: Graph, question: Question, arguments: Mapping[str, str | None]) -> Resolved:
    """Turn the words for a question's parameters into values.

    Raises ``OrepathError`` for an unknown parameter or name, a missing required one, and a name
    that stands for more than one thing.
    """
    texts = _texts(question, arguments)
    values: dict[str, Any] = {}
    names: dict[str, str] = {}
    today: date | None = None
    for parameter in question.parameters:
        text = texts[parameter.name]
        if text is None:
            values[parameter.name] = None
        elif parameter.type in LABELS:
            thing = names_of(graph, parameter.type).match(text)
            values[parameter.name], names[parameter.name] = thing.id, thing.name
        elif parameter.type == "date" and text == NEWEST:
            today = graph.remembered("today", partial(_newest, graph))
            day = today or date.today()  # where no document tells how far the data reach
            values[parameter.name], names[parameter.name] = day, day.isoformat()
        else:
            values[parameter.name] = _scalar(parameter, text)
            names[parameter.name] = _readable(values[parameter.name], parameter)
    return Resolved(values, names, today)


def _texts(question: Question, arguments: Mapping[str, str | None]) -> dict[str, str | None]:
    known = {p.name for p in question.parameters}
    given = {k.replace("-", "_"): v for k, v in arguments.items() if v is not None}
    if unknown := sorted(set(given) - known):
        takes = ", ".join(f"--{p.name.replace('_', '-')}" for p in question.parameters)
        options = ", ".join(f"--{name.replace('_', '-')}" for name in unknown)
        raise OrepathError(
            f"{question.id} takes no {options}", f"It takes {takes}." if takes else None
        )
    texts: dict[str, str | None] = {}
    for parameter in question.parameters:
        text = (given.get(parameter.name, parameter.default) or "").strip()
        if not text and parameter.type in ("number", "integer"):
            # An empty name widens a question; it cannot be asked without a number that it has.
            text = parameter.default or ""
        texts[parameter.name] = text or None
        if parameter.required and texts[parameter.name] is None:
            option = f"--{parameter.name.replace('_', '-')}"
            raise OrepathError(
                f"{question.id} needs {option}", f"For example {option} {parameter.example!r}."
            )
    return texts


def _newest(graph: Graph) -> date | None:
    """The day of the newest document on ``DATED`` classes, else of the newest of all."""
    # Only whole dates: a document of "2026" says nothing of that year's last day.
    found = graph.read(
        "MATCH (s:Source) WHERE s.kind = 'document' AND size(s.published) = 10"
        " RETURN max(s.published) AS of_any, max(CASE WHEN EXISTS {"
        f" (s)<-[:DOCUMENTED_BY]-(:{'|'.join(DATED)}) }} THEN s.published END) AS of_dated"
    ).records[0]
    newest = found["of_dated"] or found["of_any"]
    return date.fromisoformat(newest) if newest else None


def _scalar(parameter: Parameter, text: str) -> Any:
    option = f"--{parameter.name.replace('_', '-')}"
    try:
        match parameter.type:
            case "number":
                number = float(text.removesuffix("%").strip().replace(",", "."))
                if not isfinite(number):
                    raise ValueError
                return number
            case "integer":
                integer = int(text)
                if integer.bit_length() > 63:  # no integer of the database
                    raise ValueError
                return integer
            case "date":
                return date.today() if text.lower() == "today" else date.fromisoformat(text)
            case "boolean":
                if text.lower() in TRUE | FALSE:
                    return text.lower() in TRUE
                raise ValueError
            case "choice":
                if text.lower() in parameter.choices:
                    return text.lower()
                raise ValueError
            case _:
                text.encode()  # half a character, as bytes that are no UTF-8 come to us
                return text
    except ValueError as error:
        wanted = {
            "number": "a number, such as 50",
            "integer": "a whole number, such as 2025",
            "date": "a date like 2026-02-03, or `today`",
            "boolean": "yes or no",
            "choice": f"one of {', '.join(parameter.choices)}",
        }.get(parameter.type, "a text in UTF-8")
        raise OrepathError(f"{option} {quoted(text)} is not {wanted}") from error


def _readable(value: Any, parameter: Parameter) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}" + (f" {parameter.unit}" if parameter.unit else "")
    return value.isoformat() if isinstance(value, date) else str(value)
