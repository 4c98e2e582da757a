"""The compiled ontology as text: rows for a table, Markdown, a Mermaid picture, one term.

Pure functions from ``Schema`` to strings, sorted by name; they know no terminal and no click.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..graph.example import query
from ..ontology.errors import OrepathError
from ..ontology.schema import NodeClass, Property, Relation, Schema

COLUMNS = (
    "kind",
    "term",
    "in_graph",
    "property",
    "datatype",
    "required",
    "many",
    "unit",
    "values",
    "definition",
)
Row = tuple[str, ...]


def rows(schema: Schema) -> list[Row]:
    """One row (``COLUMNS``) for every term, and below it one for each of its properties."""
    found: list[Row] = []
    for node in _nodes(schema):
        found.append(_term_row("node", node.name, labels(node), node.definition))
        found += [_property_row("node", node.name, labels(node), p) for p in node.properties]
    for relation in _relations(schema):
        shown = pattern(relation)
        found.append(_term_row("relationship", relation.name, shown, relation.definition))
        found += [
            _property_row("relationship", relation.name, shown, p) for p in relation.properties
        ]
    return found


def labels(node: NodeClass) -> str:
    """The labels of an instance as Cypher writes them: ``:Country:Economy``."""
    return "".join(f":{label}" for label in node.labels)


def pattern(relation: Relation) -> str:
    """A relation as Cypher draws it: ``(Product)-[FORM_OF]->(Material)``."""
    return f"({'|'.join(relation.start)})-[{relation.type}]->({'|'.join(relation.end)})"


def range_of(p: Property) -> str:
    """What a property may be: its code list, the labels it refers to, or its datatype."""
    if p.target:
        return f"id of {'|'.join(p.target)}"
    kind = "text" if p.datatype in ("string", "langString") else p.datatype
    if p.minimum is not None and p.maximum is not None:
        kind = f"{kind} {p.minimum:g}..{p.maximum:g}"
    elif p.minimum is not None:
        kind = f"{kind} ≥ {p.minimum:g}"
    elif p.maximum is not None:
        kind = f"{kind} ≤ {p.maximum:g}"
    return f"{kind} (list)" if p.many else kind


def markdown(schema: Schema) -> str:
    """The whole model as a Markdown page: nodes, then relationships, each with its properties."""
    return "\n".join(_markdown(schema)) + "\n"


def mermaid(schema: Schema) -> str:
    """The labels and relationship types as a Mermaid class diagram."""
    lines = ["classDiagram"]
    for node in _nodes(schema):
        lines.append(f"    class {node.name}")
        if node.parents:
            lines.append(f"    {node.parents[0]} <|-- {node.name}")
    edges = {
        (start, end, relation.type)
        for relation in schema.relations.values()
        for start in relation.start
        for end in relation.end
    }
    lines += [f"    {start} --> {end} : {type_}" for start, end, type_ in sorted(edges)]
    return "\n".join(lines) + "\n"


def term(schema: Schema, name: str) -> str:
    """All that the ontology says of one class, relation, relationship type or property.

    Raises ``OrepathError`` with near names for one that it does not define.
    """
    wanted = name.strip(":").casefold()
    parts = [_described_node(n) for n in _nodes(schema) if n.name.casefold() == wanted]
    parts += [
        _described_relation(r)
        for r in _relations(schema)
        if wanted in (r.name.casefold(), r.type.casefold())
    ]
    if not parts:
        parts = _described_property(schema, wanted)
    if not parts:
        raise _unknown(schema, name)
    return "\n\n".join(parts) + "\n"


def names(schema: Schema) -> list[str]:
    """Every name that ``term`` knows, sorted."""
    relations = {r.name for r in schema.relations.values()}
    return sorted(schema.labels | relations | schema.types | (schema.property_names - {"id"}))


def _unknown(schema: Schema, name: str) -> OrepathError:
    from rapidfuzz import process

    near = process.extractOne(name, names(schema), score_cutoff=60)
    hint = f"Did you mean {near[0]!r}? " if near else ""
    return OrepathError(
        f"the ontology defines no {name!r}", f"{hint}`orepath schema` lists everything."
    )


def _nodes(schema: Schema) -> list[NodeClass]:
    return sorted(schema.nodes.values(), key=lambda n: n.name)


def _relations(schema: Schema) -> list[Relation]:
    return sorted(schema.relations.values(), key=lambda r: (r.type, r.name))


def _term_row(kind: str, name: str, shown: str, definition: str) -> Row:
    return (kind, name, shown, "", "", "", "", "", "", definition)


def _property_row(kind: str, name: str, shown: str, p: Property) -> Row:
    return (
        kind,
        name,
        shown,
        p.name,
        p.datatype if not p.target else f"id of {'|'.join(p.target)}",
        "true" if p.required else "false",
        "true" if p.many else "false",
        p.unit or "",
        " | ".join(p.values),
        p.definition,
    )


def _markdown(schema: Schema) -> Iterator[str]:
    yield "# The graph model"
    yield ""
    yield "Generated from the ontology by `orepath schema --markdown`."
    yield ""
    yield "## Nodes"
    for node in _nodes(schema):
        yield from ("", f"### {node.name}", "", f"`{labels(node)}` {node.definition}".strip())
        yield from _markdown_properties(node.properties)
    yield ""
    yield "## Relationships"
    for relation in _relations(schema):
        yield from ("", f"### {relation.type} ({relation.name})", "")
        yield f"`{pattern(relation)}` {relation.definition}".strip()
        if relation.key:
            yield from ("", f"Key: {', '.join(f'`{k}`' for k in relation.key)}.")
        yield from ("", "```cypher", query(relation), "```")
        yield from _markdown_properties(relation.properties)


def _markdown_properties(properties: tuple[Property, ...]) -> Iterator[str]:
    shown = [p for p in properties if not p.bookkeeping]
    if not shown:
        return
    yield from ("", "| property | value | unit | meaning |", "|---|---|---|---|")
    for p in shown:
        value = range_of(p) + (", required" if p.required else "")
        codes = f" One of {', '.join(p.values)}." if p.values else ""
        cells = (f"`{p.name}`", value, p.unit or "", p.definition + codes)
        yield "| " + " | ".join(_cell(c) for c in cells) + " |"


def _cell(text: str) -> str:
    return re.sub(r"\s+", " ", text).replace("|", "\\|")


def _described_node(node: NodeClass) -> str:
    head = [f"{labels(node)}", f"  {node.definition}"]
    if node.example:
        head.append(f"  Example: {node.example}")
    return "\n".join([*head, *_described_properties(node.properties)])


def _described_relation(relation: Relation) -> str:
    head = [f"{pattern(relation)}  {relation.name}", f"  {relation.definition}"]
    if relation.key:
        head.append(f"  Key: {', '.join(relation.key)}")
    if relation.example:
        head.append(f"  Example: {relation.example}")
    head += ["  Query:", *(f"    {line}" for line in query(relation).splitlines())]
    return "\n".join([*head, *_described_properties(relation.properties)])


def _described_properties(properties: tuple[Property, ...]) -> list[str]:
    lines = []
    for p in properties:
        unit = f", in {p.unit}" if p.unit else ""
        required = ", required" if p.required else ""
        lines.append(f"  {p.name}: {range_of(p)}{unit}{required}")
        if p.definition:
            lines.append(f"      {p.definition}")
        if p.values:
            lines.append(f"      One of {', '.join(p.values)}.")
    return lines


def _described_property(schema: Schema, wanted: str) -> list[str]:
    owners: dict[Property, list[str]] = {}
    holders: list[NodeClass | Relation] = [*_nodes(schema), *_relations(schema)]
    for holder in holders:
        for p in holder.properties:
            if p.name.casefold() == wanted:
                owners.setdefault(p, []).append(holder.name)
    return [
        "\n".join([f"{p.name} of {', '.join(of)}", *_described_properties((p,))])
        for p, of in owners.items()
    ]
