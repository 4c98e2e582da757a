"""A graph with nothing in it: the most likely reason for a first question to fail.

Then the message is not "there is no material 'gallium'" but "load the data".
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..ontology.errors import DatabaseError, OrepathError

if TYPE_CHECKING:
    from ..graph.connection import Graph


@contextmanager
def explained(graph: Graph) -> Iterator[None]:
    """Replace an error by the right one when it comes from an empty graph."""
    try:
        yield
    except DatabaseError:
        raise
    except OrepathError:
        refuse_empty(graph)
        raise


def refuse_empty(graph: Graph) -> None:
    """Raise ``OrepathError`` where no source is loaded."""
    from .catalogue import question
    from .run import ask

    if not ask(graph, question("sources"), {}).rows:
        raise OrepathError(
            "there is nothing in this graph yet", "Load the bundled data: orepath load"
        )
