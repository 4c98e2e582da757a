"""The piece of the graph that an answer speaks of: the entities of its rows, and what ties them.

A question's picture says how things hang together; its rows say which things. Of the records of
the picture those are kept that lead to nothing but what the rows name, the first rows first, until
the piece is as large as a reader takes in. So table, picture and graph file hold the same things.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..graph.connection import Graph
from ..graph.subgraph import Node, Subgraph, joined, subgraph
from ..ontology.schema import load_schema
from .excerpt import NODES
from .finding import plural
from .paste import literal

if TYPE_CHECKING:
    from .run import Answer

OVER_INDUSTRY = """
CALL (one) {
  MATCH (one)-[has:HAS]->(industry:Industry)-[makes:MAKES]->(other:Product) WHERE other.id IN $ids
  RETURN has, industry, makes, other ORDER BY coalesce(makes.share, 0.0) DESC, other.id LIMIT 1
}
"""
Key = tuple[str, str]
"""Label of a class and id: an id is unique within its class only."""


@dataclass(frozen=True)
class Drawing:
    """A piece of the graph, and of how many of the answer's ``of`` rows it shows the first
    ``rows``."""

    subgraph: Subgraph
    rows: int
    of: int

    @cached_property
    def left_out(self) -> str:
        """What a caption says where not all rows are shown; empty where they are."""
        more = self.of - self.rows
        if more <= 0:
            return ""
        return (
            f"Shows the first {self.rows:,} of {self.of:,} {plural('row', self.of)}, "
            f"which are the strongest; {more:,} {'is' if more == 1 else 'are'} in the table only."
        )


def drawn(
    graph: Graph, answer: Answer, *, most: int | None = NODES, timeout: float | None = None
) -> Drawing:
    """The nodes that the answer's rows name, with the paths between them that its picture draws.

    ``most`` nodes (``None``: all of them); at least those of the first row. Raises ``ValueError``
    for a question without a picture, and what the database says.
    """
    question = answer.question
    if question.picture is None:
        raise ValueError(f"{question.id} has no picture")
    rows = entities(answer)
    read = graph.read(question.picture, answer.parameters, timeout=timeout)
    ranks: dict[Key, int] = {}
    for index, row in enumerate(rows):
        for key in row:
            ranks.setdefault(key, index)
    asked = {str(v).partition(":")[2] or str(v) for v in answer.parameters.values() if v}
    labels = {label for column in answer.columns for label in column.entities}
    pieces: dict[int, list[Subgraph]] = {}
    for record in read.records:
        piece = subgraph([record])
        rank = _rank(piece, record, ranks, asked, labels)
        if rank is not None:
            pieces.setdefault(rank, []).append(piece)
    return _composed(graph, answer, rows, pieces, most)


def statement(drawing: Drawing) -> str:
    """Cypher that draws the same piece in the Neo4j Browser: its nodes by class and id, and the
    ties between them, by id where they have one."""
    ids: dict[str, list[str]] = {}
    own = {}
    for node in drawing.subgraph.nodes:
        own[node.id] = str(node.properties["id"])
        ids.setdefault(node.labels[-1], []).append(own[node.id])
    nodes = "\n  UNION\n".join(
        f"  MATCH (n:{root}) WHERE n.id IN {literal(sorted(some))} RETURN n"
        for root, some in sorted(ids.items())
    )
    text = f"CALL () {{\n{nodes}\n}}\nWITH collect(n) AS drawn\nUNWIND drawn AS one\n"
    ties = drawing.subgraph.relationships
    if not ties:
        return f"{text}RETURN one\n"
    keys = {
        str(tie.properties.get("id") or f"{own[tie.start]} {tie.type} {own[tie.end]}")
        for tie in ties
    }
    types = "|".join(sorted({tie.type for tie in ties}))
    return (
        f"{text}OPTIONAL MATCH (one)-[tie:{types}]->(other) WHERE other IN drawn\n"
        f"  AND coalesce(tie.id, one.id + ' ' + type(tie) + ' ' + other.id)\n"
        f"    IN {literal(sorted(keys))}\nRETURN one, tie, other\n"
    )


def entities(answer: Answer) -> list[list[Key]]:
    """What each row names, in the order of the columns: labels of classes and ids."""
    columns = [(i, c.entities) for i, c in enumerate(answer.columns) if c.entities]
    found = []
    for row in answer.rows:
        keys = [
            (label, str(value))
            for index, labels in columns
            for value in (row[index] if isinstance(row[index], tuple) else (row[index],))
            if value is not None
            for label in labels
        ]
        found.append(list(dict.fromkeys(keys)))
    return found


def keys_of(node: Node, labels: Iterable[str]) -> list[Key]:
    """The node as rows may name it, by those of its labels that are among ``labels``."""
    return [(label, str(node.properties.get("id"))) for label in node.labels if label in labels]


def _rank(
    piece: Subgraph,
    record: Iterable[Any],
    ranks: Mapping[Key, int],
    asked: set[str],
    labels: set[str],
) -> int | None:
    """The first row with which a record of the picture may be shown; ``None`` where it leads to
    something of the rows' classes that neither a row nor the question names."""
    within = _within_paths(record)
    rank = 0
    for node in piece.nodes:
        keys = keys_of(node, labels)
        if not keys:
            continue
        found = [ranks[key] for key in keys if key in ranks]
        if found:
            rank = max(rank, min(found))
        elif keys[0][1] not in asked and keys[0][1] not in within:
            return None
    return rank


def _within_paths(record: Iterable[Any]) -> set[str]:
    """Ids of the nodes that a path of the record passes, which tie its ends together."""
    import neo4j.graph

    paths = [value for value in record if isinstance(value, neo4j.graph.Path)]
    return {str(node.get("id")) for path in paths for node in path.nodes[1:-1]}


def _composed(
    graph: Graph,
    answer: Answer,
    rows: Sequence[Sequence[Key]],
    pieces: Mapping[int, Sequence[Subgraph]],
    most: int | None,
) -> Drawing:
    named = _named(graph, rows)
    taken: list[Subgraph] = []
    ids: set[str] = set()
    shown = 0
    for index, row in enumerate(rows):
        own = Subgraph(tuple(named[key] for key in row if key in named), ())
        more = [own, *pieces.get(index, ())]
        new = {node.id for piece in more for node in piece.nodes} - ids
        if most is not None and len(ids) + len(new) > most:
            if index:
                break
            more = _fitting(more, most)
        taken += more
        ids |= {node.id for piece in more for node in piece.nodes}
        shown = index + 1
    made = joined(taken)
    return Drawing(_tied(graph, answer, made), shown, len(rows))


def _fitting(pieces: Sequence[Subgraph], most: int) -> list[Subgraph]:
    """The first of some pieces, of which the first one is taken whatever its size."""
    taken = [pieces[0]]
    ids = {node.id for node in pieces[0].nodes}
    for piece in pieces[1:]:
        new = ids | {node.id for node in piece.nodes}
        if len(new) <= most:
            taken.append(piece)
            ids = new
    return taken


def _named(graph: Graph, rows: Sequence[Sequence[Key]]) -> dict[Key, Node]:
    """The nodes that the rows name."""
    schema = load_schema()
    wanted: dict[str, set[str]] = {}
    for row in rows:
        for label, identifier in row:
            wanted.setdefault(schema.nodes[label].labels[-1], set()).add(identifier)
    found: dict[Key, Node] = {}
    for root, ids in sorted(wanted.items()):
        read = graph.read(f"MATCH (n:{root}) WHERE n.id IN $ids RETURN n", {"ids": sorted(ids)})
        for node in subgraph(read.records).nodes:
            found |= {(label, str(node.properties["id"])): node for label in node.labels}
    return found


def _tied(graph: Graph, answer: Answer, made: Subgraph) -> Subgraph:
    """The piece with ties for nodes of rows that the picture itself leaves alone: those between
    two of its nodes, else a country's largest industry of one of its products."""
    types = "|".join(answer.question.names().types)
    made = _with_ties(graph, made, f"MATCH (one)-[tie:{types}]-(other) WHERE other.id IN $ids")
    return _with_ties(graph, made, OVER_INDUSTRY, root="Economy")


def _with_ties(graph: Graph, made: Subgraph, pattern: str, root: str | None = None) -> Subgraph:
    ends = {end for tie in made.relationships for end in (tie.start, tie.end)}
    alone: dict[str, list[Any]] = {}
    for node in made.nodes:
        if node.id not in ends and node.labels[-1] == (root or node.labels[-1]):
            alone.setdefault(node.labels[-1], []).append(node.properties["id"])
    known = {node.id for node in made.nodes}
    ids = [node.properties["id"] for node in made.nodes]
    pieces = [made]
    for label, lonely in sorted(alone.items()):
        read = graph.read(
            f"MATCH (one:{label}) WHERE one.id IN $lonely {pattern} RETURN *",
            {"lonely": lonely, "ids": ids},
        )
        for record in read.records:
            found = subgraph([record])
            if len(known & {node.id for node in found.nodes}) >= 2:
                pieces.append(found)
    return joined(pieces)
