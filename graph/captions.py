"""Short names that fit into a circle of a picture, no two of them alike, and the texts on lines.

A caption is made of the name: whole where it is short, else its beginning; where that is also
another's, its beginning and end, and then its kind or its id. Of things of several kinds that are
called the same, the one of the rarest kind keeps the plain name: the sector defence, not the use.
Captions depend on all names together, so they are brought in step after each load, as what is
derived is; no source states them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from neo4j import ManagedTransaction

from ..ontology.terms import Schema
from .connection import Graph
from .shares import label

LONGEST = 40
"""Characters that a circle of a picture holds."""
SHORTEST = 3
"""A word of fewer characters is no end: ``of``, ``,``."""
LOG = "Load"
"""The class of the log of loads, which no picture shows."""
LEVELS = 5
"""How many captions are tried for a node."""
BATCH = 10_000

Key = tuple[str, str]
"""Root label and id of a node."""

NAMED = """
MATCH (n) WHERE n.name IS NOT NULL OR n.caption IS NOT NULL
RETURN collect([labels(n), n.id, n.name, n.caption]) AS held
"""
CAPTION = """
UNWIND $rows AS row MATCH (n:`{root}` {{id: row.id}}) SET n.caption = row.caption
"""
OBSERVED = """
MATCH ()-[r:{type}]->()
RETURN collect([r.id, r.share, r.low, r.high, r.label]) AS held
"""
LABEL = """
UNWIND $rows AS row MATCH ()-[r:{type} {{id: row.id}}]->() SET r.label = row.label
"""
SHARED = ("SUPPLIES",)
"""Types whose share a source states; those that are derived carry their text from the start."""


def captions(names: Mapping[Key, str], kinds: Mapping[str, str]) -> dict[Key, str]:
    """The caption of each node by its name; ``kinds`` says how the kind of a root label is called.

    No two are alike, whatever the names.
    """
    sizes = Counter(root for root, _ in names)
    same: dict[str, list[Key]] = {}
    for key in sorted(names, key=lambda k: (sizes[k[0]], k)):
        same.setdefault(names[key], []).append(key)
    found: dict[Key, str] = {
        first: name
        for name, (first, *others) in same.items()
        if len(name) <= LONGEST and all(other[0] != first[0] for other in others)
    }
    waiting = sorted(names.keys() - found.keys())
    for level in range(LEVELS):
        made = {key: _caption(level, key, names[key], kinds) for key in waiting}
        counted = Counter(made.values())
        taken = set(found.values())
        found |= {k: text for k, text in made.items() if counted[text] == 1 and text not in taken}
        waiting = [key for key in waiting if key not in found]
    return found


def _caption(level: int, key: Key, name: str, kinds: Mapping[str, str]) -> str:
    """The caption that is tried first, second …; the last one is nobody else's."""
    root, identifier = key
    if level == 0:
        return _begun(name, LONGEST)
    if level == 1:
        return name if len(name) <= LONGEST else _ends(name)
    if level == 2:
        return _with(name, kinds.get(root, root))
    if level == 3:
        return _with(name, identifier[-14:].lstrip("-"))
    return f"{identifier} ({kinds.get(root, root)}: {name})"


def _begun(name: str, longest: int) -> str:
    """The beginning of a name, up to the end of a word where one ends near."""
    if len(name) <= longest:
        return name
    cut = name[: longest - 1]
    word = cut.rpartition(" ")[0].rstrip(" ,;:–-(")
    return f"{word if len(word) > longest // 2 else cut.rstrip()}…"


def _ends(name: str) -> str:
    """The beginning and the end of a long name."""
    end = name[-LONGEST // 2 :].partition(" ")[2]
    end = end if len(end) >= SHORTEST else name[-LONGEST // 2 + 1 :]
    return f"{_begun(name, LONGEST - len(end) - 1)} {end}"


def _with(name: str, more: str) -> str:
    return f"{_begun(name, max(LONGEST - len(more) - 3, SHORTEST))} ({more})"


def kinds(schema: Schema) -> dict[str, str]:
    """How the kind of each root label is called within a caption: ``sector``."""
    return {root: schema.nodes[root].label.lower() for root in schema.roots}


def bring_in_step(graph: Graph, schema: Schema) -> int:
    """Have the captions and texts on lines that follow from the names and shares in the graph;
    returns how many were written."""
    names: dict[Key, str] = {}
    held: dict[Key, str | None] = {}
    for labels, identifier, name, caption in graph.read(NAMED).records[0]["held"]:
        root = schema.root_of(labels)
        if root and root != LOG and isinstance(name, str) and isinstance(identifier, str):
            names[root, identifier] = name
            held[root, identifier] = caption
    return _write(graph, captions(names, kinds(schema)), held) + _label(graph, remove=False)


def remove(graph: Graph, schema: Schema) -> int:
    """Take all captions and texts on lines of sources out again; returns how many there were."""
    held = {
        (root, str(identifier)): caption
        for labels, identifier, _, caption in graph.read(NAMED).records[0]["held"]
        if caption is not None and (root := schema.root_of(labels))
    }
    return _write(graph, dict.fromkeys(held), held) + _label(graph, remove=True)


def _write(graph: Graph, wanted: Mapping[Key, str | None], held: Mapping[Key, str | None]) -> int:
    rows: dict[str, list[dict[str, Any]]] = {}
    for (root, identifier), caption in sorted(wanted.items()):
        if held[root, identifier] != caption:
            rows.setdefault(root, []).append({"id": identifier, "caption": caption})
    for root, changed in rows.items():
        _batched(graph, CAPTION.format(root=root), changed)
    return sum(map(len, rows.values()))


def _label(graph: Graph, *, remove: bool) -> int:
    count = 0
    for type_ in SHARED:
        rows = list(_labels(graph, type_, remove))
        _batched(graph, LABEL.format(type=type_), rows)
        count += len(rows)
    return count


def _labels(graph: Graph, type_: str, remove: bool) -> Iterator[dict[str, Any]]:
    held = graph.read(OBSERVED.format(type=type_)).records[0]["held"]
    for identifier, share, low, high, before in held:
        wanted = None if remove else label({"share": share, "low": low, "high": high})
        if wanted != before:
            yield {"id": identifier, "label": wanted}


def _batched(graph: Graph, cypher: str, rows: list[dict[str, Any]]) -> None:
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]

        def work(tx: ManagedTransaction, batch: list[dict[str, Any]] = batch) -> None:
            tx.run(cypher, {"rows": batch}).consume()

        graph.write(work)
