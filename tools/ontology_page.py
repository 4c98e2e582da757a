"""The page ``docs/ontology.md``: every class, relationship and property, from the Turtle.

``python -m orepath.tools.ontology_page`` prints the page; a test compares it with the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from orepath.cli.schema_views import labels, pattern, range_of
from orepath.graph.example import query
from orepath.ontology.schema import NAMESPACE, NodeClass, Property, Relation, Schema, load_schema

PREFIXES = {
    NAMESPACE: "ore",
    "http://data.europa.eu/eli/ontology#": "eli",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/linked-data/cube#": "qb",
    "http://www.w3.org/2004/02/skos/core#": "skos",
    "http://www.w3.org/ns/dcat#": "dcat",
    "http://www.w3.org/ns/prov#": "prov",
    "http://www.wikidata.org/entity/": "wd",
    "https://schema.org/": "schema",
}
COMMON = ("name", "alt_names", "description")
"""Properties that every node may have."""
INTRODUCTION = """# The ontology

Made by `make docs` from `ontology/orepath.ttl` and `ontology/shapes.ttl`, version {version}; not
to be edited by hand. `orepath schema TERM` prints the same of one class, relationship type or
property. The ontology is the only schema of Orepath: constraints, the validation of each fact,
the check of every question and the RDF export are made from it
([architecture](architecture.md)).

Namespace: `{namespace}` (prefix `ore:`). A property called `x` here is `ore:x` in RDF, unless it
is borrowed (a name is `skos:prefLabel`), and has this one name in Cypher, in Python and in
tables of facts.

{nodes} classes of nodes, {types} relationship types of which {derived} are derived, {properties}
properties.

Every node has an `id` (unique below its topmost label) and may have these:

{common}
Each node and relationship also has `stated_in`, the data sets that state it, and, where these do
not all say the same, `stated_as` with what each says.
"""


def page(schema: Schema) -> str:
    """The whole page as Markdown: nodes by their topmost class, then relationships."""
    relations = sorted(schema.relations.values(), key=lambda r: (r.type, r.name))
    stated = [r for r in relations if not r.derived]
    derived = [r for r in relations if r.derived]
    common = [p for p in schema.nodes["Material"].properties if p.name in COMMON]
    head = INTRODUCTION.format(
        version=schema.version,
        namespace=NAMESPACE,
        nodes=len(schema.nodes),
        types=len(schema.types),
        derived=len({r.type for r in derived}),
        properties=len(schema.property_names),
        common="\n".join(_table(common)),
    )
    lines = [head, "## Nodes", ""]
    for node in sorted(schema.nodes.values(), key=lambda n: (n.root, n.parents, n.name)):
        lines += _node(node, schema.nodes)
    lines += ["## Relationships that are stated", ""]
    for relation in stated:
        lines += _relation(relation)
    lines += [
        "## Relationships that are derived",
        "",
        "Computed by `orepath derive`, never loaded.",
        "",
    ]
    for relation in derived:
        lines += _relation(relation)
    return "\n".join(lines).rstrip() + "\n"


def short(iri: str) -> str:
    """An IRI as a reader knows it: ``schema:Country``; whole where its prefix is not known."""
    for namespace, prefix in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _node(node: NodeClass, nodes: Mapping[str, NodeClass]) -> Iterator[str]:
    inherited = {p.name for parent in node.parents for p in nodes[parent].properties}
    own = [p for p in node.properties if p.name not in {*COMMON, *inherited}]
    yield from (f"### {node.name}", "", f"`{labels(node)}` {node.definition}".rstrip(), "")
    yield from _told(node)
    if node.parents:
        of = f"`{node.parents[0]}`"
        yield from (f"Has the properties of {of}{', and:' if own else '.'}", "")
    yield from _table(own)


def _relation(relation: Relation) -> Iterator[str]:
    named = "" if relation.plain else f" ({relation.name})"
    yield from (f"### {relation.type}{named}", "", f"`{pattern(relation)}`", "")
    yield from (relation.definition, "")
    yield from _told(relation)
    if relation.key:
        yield from (f"Told apart by {', '.join(f'`{k}`' for k in relation.key)}.", "")
    yield from ("```cypher", query(relation), "```", "")
    yield from _table(relation.properties)


def _told(term: NodeClass | Relation) -> Iterator[str]:
    if term.example:
        yield from (f"Example: {_cell(term.example)}.", "")
    if term.mappings:
        near = ", ".join(f"[{short(iri)}]({iri})" for iri in term.mappings)
        yield from (f"In other vocabularies: {near}.", "")


def _table(properties: Iterable[Property]) -> Iterator[str]:
    shown = [p for p in properties if not p.bookkeeping]
    if not shown:
        return
    yield from ("| property | value | unit | meaning |", "|---|---|---|---|")
    for p in shown:
        value = range_of(p) + (", required" if p.required else "")
        codes = f" One of {', '.join(p.values)}." if p.values else ""
        cells = (f"`{p.name}`", value, p.unit or "", p.definition + codes)
        yield "| " + " | ".join(_cell(c) for c in cells) + " |"
    yield ""


def _cell(text: str) -> str:
    return re.sub(r"\s+", " ", text).replace("|", "\\|")


if __name__ == "__main__":
    print(page(load_schema()), end="")
