"""From what a user types to what the graph calls it: names, codes and symbols become ids.

All names that a question needs are compared in one round trip. A match is exact up to case,
accents and punctuation, in the order id, name, code or symbol, other name; nothing is ever
guessed: a near miss is only offered as "did you mean".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..graph.connection import Graph
from ..ontology.errors import OrepathError
from .catalogue import Parameter, Question

LABELS = {
    "material": ("Material",),
    "economy": ("Country", "HistoricalState", "Bloc"),
    "country": ("Country", "HistoricalState"),
    "sector": ("Sector",),
    "technology": ("Technology",),
    "stage": ("Stage",),
    "source": ("Source",),
}
"""The labels that a parameter's type allows; a statistical aggregate is no economy to ask for."""
NEWEST = "newest"
"""Default of a date: the day of the newest document on the things in question, so that the same
graph always gives the same answer and claims nothing about later days."""
TRUE, FALSE = {"yes", "true", "1", "on"}, {"no", "false", "0", "off"}


@dataclass(frozen=True, slots=True)
class Thing:
    """Something in the graph that can be named."""

    id: str
    name: str
    labels: tuple[str, ...]
    codes: tuple[str, ...] = ()
    alt_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolved:
    """Parameters as the statement takes them, and as a person reads them."""

    values: Mapping[str, Any]
    names: Mapping[str, str]


def resolve(graph: Graph, question: Question, arguments: Mapping[str, str | None]) -> Resolved:
    """Turn the words for a question's parameters into values.

    Raises ``OrepathError`` for an unknown parameter or name, a missing required one, and a name
    that stands for more than one thing.
    """
    texts = _texts(question, arguments)
    asked = {p.type for p in question.parameters if p.type in LABELS and texts[p.name] is not None}
    dated = [p for p in question.parameters if p.type == "date" and texts[p.name] == NEWEST]
    things, newest = _fetch(graph, asked, dated) if asked or dated else ((), None)
    values: dict[str, Any] = {}
    names: dict[str, str] = {}
    for parameter in question.parameters:
        text = texts[parameter.name]
        if text is None:
            values[parameter.name] = None
        elif parameter.type in LABELS:
            thing = match(parameter.type, text, things)
            values[parameter.name], names[parameter.name] = thing.id, thing.name
        elif parameter.type == "date" and text == NEWEST:
            values[parameter.name] = newest
            names[parameter.name] = newest.isoformat() if newest else "an unknown date"
        else:
            values[parameter.name] = _scalar(parameter, text)
            names[parameter.name] = _readable(values[parameter.name], parameter)
    return Resolved(values, names)


def match(kind: str, text: str, things: Iterable[Thing]) -> Thing:
    """The one thing of a kind that a text names; raises ``OrepathError``."""
    candidates = [t for t in things if set(t.labels) & set(LABELS[kind])]
    wanted = normal(text)
    for spellings in (_ids, _names, _codes, _alternatives):
        found = {t.id: t for t in candidates if wanted in spellings(t)}
        if len(found) == 1:
            return next(iter(found.values()))
        if found:
            listed = ", ".join(f"{t.id} ({t.name})" for _, t in sorted(found.items()))
            raise OrepathError(
                f"{text!r} is the name of more than one {kind}: {listed}", "Use the id."
            )
    raise _unknown(kind, text, candidates)


def normal(text: str) -> str:
    """A spelling without case, accents and punctuation: ``Côte d'Ivoire`` → ``cote d ivoire``."""
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return re.sub(r"[\W_]+", " ", plain).strip()


def _ids(thing: Thing) -> set[str]:
    return {normal(thing.id)}


def _names(thing: Thing) -> set[str]:
    return {normal(thing.name)}


def _codes(thing: Thing) -> set[str]:
    return {normal(code) for code in thing.codes}


def _alternatives(thing: Thing) -> set[str]:
    return {normal(name) for name in thing.alt_names}


def _unknown(kind: str, text: str, candidates: Sequence[Thing]) -> OrepathError:
    article = "an" if kind[0] in "aeiou" else "a"
    if not candidates:
        return OrepathError(
            f"there is no {kind} in the graph, so {text!r} cannot be looked up",
            "Load the bundled data with `orepath load`.",
        )
    from rapidfuzz import fuzz, process  # only a mistake pays for its import

    spellings = {normal(s): t.name for t in candidates for s in (t.id, t.name, *t.alt_names) if s}
    near = process.extract(normal(text), list(spellings), scorer=fuzz.ratio, limit=6)
    names = list(dict.fromkeys(spellings[s] for s, score, _ in near if score >= 65))[:3]
    hint = f"Did you mean {' or '.join(names)}?" if names else None
    if hint is None and len(candidates) <= 20:
        hint = f"Known: {', '.join(sorted(t.name for t in candidates))}."
    return OrepathError(f"{text!r} is not the name of {article} {kind} in the graph", hint)


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
        text = given.get(parameter.name, parameter.default)
        texts[parameter.name] = text.strip() if text and text.strip() else None
        if parameter.required and texts[parameter.name] is None:
            option = f"--{parameter.name.replace('_', '-')}"
            raise OrepathError(
                f"{question.id} needs {option}", f"For example {option} {parameter.example!r}."
            )
    return texts


def _fetch(
    graph: Graph, kinds: Iterable[str], dated: Sequence[Parameter]
) -> tuple[tuple[Thing, ...], date | None]:
    labels = sorted({label for kind in kinds for label in LABELS[kind]})
    parts = []
    if labels:
        parts.append(
            f"MATCH (n:{'|'.join(labels)}) RETURN n.id AS id, n.name AS name, labels(n) AS labels,"
            " n.alt_names AS alt_names, [c IN [n.symbol, n.alpha2, n.alpha3, n.numeric,"
            " n.study_code] WHERE c IS NOT NULL] AS codes, null AS newest"
        )
    for parameter in dated[:1]:
        # Only whole dates: a document of "2026" says nothing of that year's last day.
        documents = f"(:{parameter.newest_of})-[:DOCUMENTED_BY]->" if parameter.newest_of else ""
        parts.append(
            f"MATCH {documents}(s:Source) WHERE s.kind = 'document' AND size(s.published) = 10"
            " RETURN null AS id, null AS name, null AS labels, null AS alt_names, null AS codes,"
            " max(date(s.published)) AS newest"
        )
    newest: date | None = None
    things = []
    for record in graph.read(" UNION ALL ".join(parts)).records:
        if record["id"] is not None:
            things.append(
                Thing(
                    record["id"],
                    record["name"] or record["id"],
                    tuple(record["labels"]),
                    tuple(record["codes"]),
                    tuple(record["alt_names"] or ()),
                )
            )
        elif record["newest"] is not None:
            newest = record["newest"].to_native()
    return tuple(things), newest


def _scalar(parameter: Parameter, text: str) -> Any:
    option = f"--{parameter.name.replace('_', '-')}"
    try:
        match parameter.type:
            case "number":
                return float(text.removesuffix("%").strip().replace(",", "."))
            case "integer":
                return int(text)
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
                return text
    except ValueError as error:
        wanted = {
            "number": "a number, such as 50",
            "integer": "a whole number, such as 2025",
            "date": "a date like 2026-02-03, or `today`",
            "boolean": "yes or no",
            "choice": f"one of {', '.join(parameter.choices)}",
        }[parameter.type]
        raise OrepathError(f"{option} {text!r} is not {wanted}") from error


def _readable(value: Any, parameter: Parameter) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}" + (f" {parameter.unit}" if parameter.unit else "")
    return value.isoformat() if isinstance(value, date) else str(value)
