"""What the elements of a graph file get beside their properties: a name to read, a colour, a layer,
a weight.

The same class has the same colour in every file and picture; the layer is the band in which the
path picture has it, counted from the left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from ...graph.export.elements import Dress, Element
from ...graph.shares import percent
from ...graph.subgraph import Node
from ..colours import colour
from ..pictures.layers import band

LETTERS = 60
"""Letters of a name that a picture bears."""


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
        labels = element.labels
        return {"label": label, "colour": colour(labels), "layer": band(labels)}

    return dress


def _line(type_: str, properties: Mapping[str, Any]) -> dict[str, Any]:
    words = type_.replace("_", " ").lower()
    share = properties.get("share")
    if not isinstance(share, int | float) or isinstance(share, bool):
        return {"label": words}
    return {"label": f"{words} {percent(float(share))}", "weight": float(share)}


def _short(name: str) -> str:
    if len(name) <= LETTERS:
        return name
    return f"{name[: LETTERS - 1].rpartition(' ')[0] or name[: LETTERS - 1]} …"
