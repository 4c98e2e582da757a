"""What an answer looks like: its piece of the graph, and its picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx

    from ..graph.subgraph import Node, Relationship, Subgraph
    from ..queries.run import Answer as Asked


class Drawing:
    """The nodes that an answer names and what ties them, as plain data.

    ``nodes`` and ``relationships`` are sorted by id; ``left_out`` says which rows it does not show.
    """

    def __init__(self, subgraph: Subgraph, left_out: str, asked: Asked) -> None:
        self.subgraph = subgraph
        self.left_out = left_out
        self._asked = asked

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Nodes with ``id``, ``labels``, ``properties`` and ``name``."""
        return self.subgraph.nodes

    @property
    def relationships(self) -> tuple[Relationship, ...]:
        """Relationships with ``type``, ``start``, ``end`` (ids of nodes) and ``properties``."""
        return self.subgraph.relationships

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """A directed multigraph, keys of edges being ids; raises ``OrepathError`` where networkx
        is not installed."""
        from ..graph.export.graphml import network

        return network(self.subgraph)

    def save(self, path: str | Path, *, force: bool = False) -> Path:
        """Write it as the ending says (.graphml, .gexf, .ttl, .jsonld, .trig, .cypher, .json)."""
        from ..report.files import save

        return save(self._asked, path, subgraph=lambda: self.subgraph, force=force)

    def __repr__(self) -> str:
        return f"<Drawing: {len(self.nodes)} nodes, {len(self.relationships)} relationships>"


class Picture:
    """A picture as SVG text; a notebook shows it by itself."""

    def __init__(self, svg: str) -> None:
        self.svg = svg

    def png(self, width: int | None = None) -> bytes:
        """The same as PNG, ``width`` pixels wide."""
        from ..report.pictures.convert import png

        return png(self.svg) if width is None else png(self.svg, width=width)

    def save(self, path: str | Path, *, force: bool = False) -> Path:
        """Write it as .svg, .png or .pdf; raises ``OrepathError`` for any other ending."""
        from ..report.files import save_picture

        return save_picture(self.svg, path, force=force)

    def _repr_svg_(self) -> str:
        return self.svg

    def __repr__(self) -> str:
        return f"<Picture: {len(self.svg):,} characters of SVG>"
