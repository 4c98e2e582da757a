"""How relationships of a type are read: a statement to paste into the Neo4j Browser."""

from __future__ import annotations

from ..ontology.schema import Relation


def query(relation: Relation) -> str:
    """The statement that the ontology gives, which says what must be held fixed before amounts
    are compared or added; of a plain relation, which carries none, one that lists both ends."""
    start, end = ("|".join(labels) for labels in (relation.start, relation.end))
    return relation.query or (
        f"MATCH (a:{start})-[:{relation.type}]->(b:{end})\n"
        "RETURN a.id, a.name, b.id, b.name ORDER BY a.id, b.id LIMIT 25"
    )
