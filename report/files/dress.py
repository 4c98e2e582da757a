"""What the elements of a graph file get beside their properties: a name to read, a colour, a layer,
a weight.

Colour and layer stand in ``report/colours.csv``, one a class, so that the same class looks alike
in every file. The layer says how far a class is from the ore to the sector; what is about these
(policies, sources) comes after them.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from ...graph.export.elements import Dress, Element
from ...graph.subgraph import Node
from ...queries.finding import share as percent

LETTERS = 60
"""Letters of a name that a picture bears."""
OTHER = ("#7f7f7f", 8)
"""Colour and layer of what the ontology does not know."""


def dressed(nodes: Iterable[Node] = ()) -> Dress:
    """How elements are dressed; no two of the ``nodes`` get the same name."""
    counted = Counter(_short(node.name) for node in nodes)
    alike = frozenset(name for name, times in counted.items() if times > 1)

    def dress(element: Element) -> Mapping[str, Any]:
        if not isinstance(element, Node):
            return _line(element.type, element.properties)
        label = _short(element.name)
        if label in alike:
            label = f"{label} ({element.properties.get('id', element.id)})"
        colour, layer = next(
            (known for name in reversed(element.labels) if (known := _looks().get(name))), OTHER
        )
        return {"label": label, "colour": colour, "layer": layer}

    return dress


def _line(type_: str, properties: Mapping[str, Any]) -> dict[str, Any]:
    words = type_.replace("_", " ").lower()
    share = properties.get("share")
    if not isinstance(share, int | float) or isinstance(share, bool):
        return {"label": words}
    return {"label": f"{words} {percent(float(share))}", "weight": float(share)}


@cache
def _looks() -> Mapping[str, tuple[str, int]]:
    """Colour and layer by root class."""
    with (files(__package__.rpartition(".")[0]) / "colours.csv").open(encoding="utf-8") as stream:
        return {row["class"]: (row["colour"], int(row["layer"])) for row in csv.DictReader(stream)}


def _short(name: str) -> str:
    if len(name) <= LETTERS:
        return name
    return f"{name[: LETTERS - 1].rpartition(' ')[0] or name[: LETTERS - 1]} …"
