"""What several data sets state of one thing, made one: whose value stands, and what is kept.

Everything that writes stated facts (``writer.py``, ``takeback.py``, ``bulk.py``) asks this module.
The result depends on which data sets state what, never on the order in which they came: a thing
is the set of its statements, and what the graph shows of it is computed from that set. Where all
state the same, the shown properties are the statement of each; only where they differ does the
element keep them beside, in ``stated_as``. It knows no database and no files.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ..ontology.schema import Schema

VOCABULARY = "orepath-vocabulary"
BOOKKEEPING = frozenset({"stated_in", "stated_as"})
_EDITION = re.compile(r"(.*?)-(\d{4})(?:-(\d{2}))?$")
# An edition of a publication (``cepii-baci-2026-hs92``) or a set of the package; all else is a
# user's own.
_PUBLISHED = re.compile(r"(?!facts-|table-|orepath-vocabulary-)(orepath-|.*-\d{4}(-|$))")


@dataclass(frozen=True, slots=True)
class Statement:
    """What one data set says of a node or relationship: the name of its class, which is empty for
    a relationship, and its properties without the key."""

    cls: str
    properties: Mapping[str, Any]


Statements = Mapping[str, Statement]
"""By data set."""


def precedence(dataset: str) -> tuple[Any, ...]:
    """Sorts data sets: the first one that gives a property is believed.

    The vocabulary comes first, then the others by name, with the newest edition of a publication
    (``usgs-mcs-2026``) before the older ones; what users load of their own comes last, since it
    adds to what others state and does not alter it.
    """
    edition = _EDITION.match(dataset)
    stem, year, month = edition.groups() if edition else (dataset, None, None)
    own = not _PUBLISHED.match(dataset)
    return (dataset != VOCABULARY, own, stem, -int(year or 0), -int(month or 0), dataset)


def standing(statements: Statements, schema: Schema) -> Statement:
    """What the graph shows of a thing, bookkeeping included, when these data sets state it.

    Its class is the narrowest that is stated; of classes that exclude each other, the one of the
    data set that takes precedence, and what is said of the others is then not shown. Each property
    has the value of the first data set by precedence that gives one.
    """
    names = sorted(statements)
    first, *others = said = [statements[name] for name in sorted(names, key=precedence)]
    if all(other == first for other in others):
        return Statement(first.cls, {**first.properties, "stated_in": names})
    wider = {label for s in said if s.cls for label in schema.nodes[s.cls].parents}
    cls = next(s.cls for s in said if s.cls not in wider)
    labels = schema.nodes[cls].labels if cls else ("",)
    properties: dict[str, Any] = {}
    for statement in reversed(said):
        if statement.cls in labels:
            properties.update(statement.properties)
    return Statement(cls, properties | {"stated_in": names, "stated_as": _written(statements)})


def joined(element: Statement, dataset: str, said: Statement, schema: Schema) -> Statement:
    """An element of the graph, given with its bookkeeping, once ``dataset`` says ``said`` of it."""
    names = element.properties.get("stated_in")
    # The usual case, that all agree, costs one comparison.
    if (
        names
        and element.cls == said.cls
        and element.properties == {**said.properties, "stated_in": names}
    ):
        return Statement(said.cls, {**said.properties, "stated_in": sorted({*names, dataset})})
    return standing(stated(element) | {dataset: said}, schema)


def stated(element: Statement) -> dict[str, Statement]:
    """The statements behind an element of the graph, given with its bookkeeping: the inverse of
    ``standing``."""
    shown = {n: v for n, v in element.properties.items() if n not in BOOKKEEPING}
    names = element.properties.get("stated_in") or ()
    found = dict.fromkeys(names, Statement(element.cls, shown))
    for text in element.properties.get("stated_as") or ():
        kept = json.loads(text, object_hook=_value)
        statement = Statement(kept["class"], kept["properties"])
        found |= {name: statement for name in kept["stated_in"] if name in found}
    return found


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """What must be set to make the properties ``before`` those ``after``; None takes one away."""
    if before == after:
        return {}
    changed = {n: v for n, v in after.items() if before.get(n) != v}
    return changed | {n: None for n in before if n not in after}


def class_of(labels: Iterable[str], schema: Schema) -> str:
    """The narrowest class of a node with these labels; empty where the ontology has none."""
    known = [label for label in labels if label in schema.nodes]
    return max(known, key=lambda label: (len(schema.nodes[label].parents), label), default="")


def _written(statements: Statements) -> list[str]:
    """Statements as ``stated_as`` keeps them: one JSON text for all data sets that agree."""
    agreeing: dict[str, list[str]] = {}
    for name in sorted(statements):
        said = statements[name]
        text = _json({"class": said.cls, "properties": said.properties})
        agreeing.setdefault(text, []).append(name)
    return [_json({"stated_in": names} | json.loads(t)) for t, names in agreeing.items()]


def _json(value: Any) -> str:
    return json.dumps(value, default=_dated, ensure_ascii=False, sort_keys=True)


def _dated(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"@dateTime": value.isoformat()}
    if isinstance(value, date):
        return {"@date": value.isoformat()}
    raise TypeError(f"{value!r} cannot be kept in stated_as")


def _value(found: dict[str, Any]) -> Any:
    if "@dateTime" in found:
        return datetime.fromisoformat(found["@dateTime"])
    return date.fromisoformat(found["@date"]) if "@date" in found else found
