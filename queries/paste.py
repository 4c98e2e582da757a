"""A question's statement with its values written out: one statement, to paste anywhere.

The Neo4j Browser shows no rows of a statement that follows a ``:param`` line, so the values stand
in the statement itself; what they decide is left out (``decided.py``). No database is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from ..graph.export.cypher import literal as written
from .decided import decided
from .definition import Question
from .pieces import Constant


def table_statement(question: Question, values: Mapping[str, Any]) -> str:
    """The statement that gives the rows, for these values of the parameters."""
    return pasted(question.table, values)


def picture_statement(question: Question, values: Mapping[str, Any]) -> str:
    """The statement that draws the answer; that of the table where the question has no picture."""
    return pasted(question.picture or question.table, values)


def pasted(cypher: str, values: Mapping[str, Any]) -> str:
    """A statement with the values written out and what they decide left out; it ends its line.

    A parameter without a value here stays as it is. The rows are those of the statement asked with
    these values.
    """
    given = {name: _constant(value) for name, value in values.items()}
    return decided(cypher.strip(), given) + "\n"


def _constant(value: Any) -> Constant:
    simple = value is None or isinstance(value, (bool, str))
    return Constant(literal(value), value if simple else "", simple)


def literal(value: Any) -> str:
    """A value as Cypher writes it, wherever in an expression it stands."""
    if isinstance(value, float) and not isfinite(value):
        return f"toFloat('{str(value).replace('inf', 'Infinity').replace('nan', 'NaN')}')"
    if isinstance(value, (int, float)) and value < 0:
        # A minus after another would be read as the line of a pattern.
        return f"({written(value)})"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(literal(v) for v in value)}]"
    return written(value)
