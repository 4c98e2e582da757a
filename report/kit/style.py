"""The style of the Neo4j Browser: one colour a class, captions that fit, shares on the lines.

It is made from the ontology: a class without an entry in ``classes.csv`` looks like the class above
it, and each relationship whose ontology has a ``label`` shows that. The nineteen colours differ by
20 or more (CIE 1976) for the usual eye and for those that see no red or no green. The Browser draws
all lines of a type alike, so that the width says of a line that it carries a share, and the text
beside it says which.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from functools import cache
from importlib import resources

from ...ontology.errors import OrepathError
from ...ontology.terms import NodeClass, Schema
from ..colours import colour, contrast, darker

Style = Mapping[str, Mapping[str, str]]
"""Rules of GRASS: selector (``node.Material``) to properties."""

DARK, LIGHT = "#1A1C20", "#FFFFFF"
PLAIN_NODE = {
    "diameter": "70px",
    "color": "#C3C7CE",
    "border-color": "#8A8F98",
    "border-width": "2px",
    "text-color-internal": DARK,
    "font-size": "10px",
    "caption": "{name}",
}
PLAIN_LINE = {
    "color": "#A5ABB6",
    "shaft-width": "1px",
    "font-size": "8px",
    "padding": "3px",
    "text-color-external": DARK,
    "text-color-internal": LIGHT,
    "caption": "<type>",
}


def style(schema: Schema) -> Style:
    """All rules, those of a class after those of the classes above it, which it overrules."""
    rules: dict[str, Mapping[str, str]] = {"node": PLAIN_NODE, "relationship": PLAIN_LINE}
    for node in sorted(schema.nodes.values(), key=lambda n: (len(n.parents), n.name)):
        rules[f"node.{node.name}"] = _node(node)
    looks = _table("lines")
    for relation in sorted(schema.relations.values(), key=lambda r: r.type):
        if any(p.name == "label" for p in relation.properties):
            look = looks.get(relation.type, {"colour": "#6B7280", "width": "3"})
            rules[f"relationship.{relation.type}"] = {
                **PLAIN_LINE,
                "color": look["colour"],
                "shaft-width": f"{look['width']}px",
                "font-size": "10px",
                "caption": "{label}",
            }
    return rules


def grass(rules: Style) -> str:
    """The rules as a file of GRASS, which ``:style`` takes by its address."""
    texts = []
    for selector, properties in rules.items():
        lines = "".join(
            f'  {name}: "{value}";\n' if name == "caption" else f"  {name}: {value};\n"
            for name, value in properties.items()
        )
        texts.append(f"{selector} {{\n{lines}}}\n")
    return "\n".join(texts)


def style_command(rules: Style) -> str:
    """The rules as one line of JSON, which ``:style`` takes; it holds no semicolon."""
    return json.dumps(rules, separators=(",", ":"))


def legend() -> tuple[tuple[str, str, str], ...]:
    """The lines that carry a share: type, colour, and what the share is of."""
    return tuple((t, row["colour"], row["meaning"]) for t, row in _table("lines").items())


def _node(node: NodeClass) -> Mapping[str, str]:
    fill = colour(node.labels)
    return {
        "diameter": _diameter(node),
        "color": fill,
        "border-color": darker(fill, 0.7),
        "border-width": "2px",
        "text-color-internal": text_on(fill),
        "font-size": "10px",
        "caption": "{caption}" if any(p.name == "caption" for p in node.properties) else "{name}",
    }


def _diameter(node: NodeClass) -> str:
    """The size of a class, that of the nearest class above it that has one."""
    looks = _table("classes")
    known = [looks[name]["diameter"] for name in node.labels if name in looks]
    return f"{known[0]}px" if known else PLAIN_NODE["diameter"]


def text_on(fill: str) -> str:
    """The colour, dark or light, of a text that is read on ``fill``."""
    return DARK if contrast(fill, DARK) >= contrast(fill, LIGHT) else LIGHT


@cache
def _table(name: str) -> dict[str, dict[str, str]]:
    """A table of looks by its first column."""
    file = resources.files(__package__) / f"{name}.csv"
    try:
        rows = list(csv.DictReader(file.read_text("utf-8").splitlines()))
    except FileNotFoundError as error:
        raise OrepathError(f"{file} is missing", "Install Orepath again.") from error
    return {next(iter(row.values())): row for row in rows}
