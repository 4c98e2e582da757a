"""What is made of answers: a piece of the graph, a picture, a brief."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from .saving import saved

if TYPE_CHECKING:
    import networkx

    from ..graph.connection import Graph
    from ..graph.subgraph import Node, Relationship, Subgraph
    from ..queries.drawn import Drawing as Drawn
    from ..report.brief import Brief as Made


class Drawing:
    """The nodes that an answer names and what ties them, as plain data.

    ``nodes`` and ``relationships`` are sorted by id; ``left_out`` says which rows it does not show.
    """

    def __init__(self, drawn: Drawn) -> None:
        self.drawn = drawn
        self.subgraph: Subgraph = drawn.subgraph
        self.left_out: str = drawn.left_out

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Nodes with ``id``, ``labels``, ``properties`` and ``name``."""
        return self.subgraph.nodes

    @property
    def relationships(self) -> tuple[Relationship, ...]:
        """Relationships with ``type``, ``start``, ``end`` (ids of nodes) and ``properties``."""
        return self.subgraph.relationships

    @property
    def cypher(self) -> str:
        """The statement that draws it in the Neo4j Browser."""
        from ..queries.drawn import statement

        return statement(self.drawn)

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """A directed multigraph, keys of edges being ids; raises ``OrepathError`` where networkx
        is not installed."""
        from ..graph.export.network import network
        from ..report.files.dress import dressed

        return network(self.subgraph, dressed(self.subgraph.nodes))

    def save(self, path: str | Path, *, force: bool = False) -> Path:
        """Write it as the ending says: .graphml, .gexf, .ttl, .jsonld, .trig, .cypher, .graph.json.

        Raises ``OrepathError`` for another ending, and for a file that is there unless ``force``.
        """
        from ..report.files import ENDINGS, ending_of
        from ..report.files.graphs import graph_file

        ending = ending_of(path, [e for e, kind in ENDINGS.items() if kind.holds == "graph"])
        return saved(path, lambda: graph_file(self.subgraph, ending), force=force)

    def __repr__(self) -> str:
        return f"<Drawing: {len(self.nodes)} nodes, {len(self.relationships)} relationships>"


class Picture:
    """A picture as SVG text; a notebook shows it by itself. ``pixels`` is the width of its PNG."""

    def __init__(self, svg: str, pixels: int) -> None:
        self.svg = svg
        self.pixels = pixels

    def png(self, width: int | None = None) -> bytes:
        """The same as PNG, ``width`` pixels wide."""
        from ..report.pictures.convert import png

        return png(self.svg, width or self.pixels)

    def save(self, path: str | Path, *, force: bool = False) -> Path:
        """Write it as .svg, .png or .pdf; raises ``OrepathError`` for any other ending."""
        from ..report.files import ending_of
        from ..report.pictures import convert

        made: dict[str, Callable[[], str | bytes]] = {
            "svg": lambda: self.svg,
            "png": self.png,
            "pdf": lambda: convert.pdf(self.svg),
        }
        return saved(path, made[ending_of(path, made)], force=force)

    def _repr_svg_(self) -> str:
        return self.svg

    def __repr__(self) -> str:
        return f"<Picture: {len(self.svg):,} characters of SVG>"


class Brief:
    """A brief: one subject on few pages. ``title``, ``parts`` and ``sources`` are those of it."""

    def __init__(self, made: Made, graph: Graph) -> None:
        self.made = made
        self._graph = graph

    @property
    def title(self) -> str:
        """The finding that it states."""
        return self.made.title

    def render(self, form: str, templates: Path | None = None) -> str | bytes:
        """It as ``pdf``, ``html``, ``docx`` or ``md``, by the templates of a folder where it has
        them; raises ``OrepathError`` for another form and for a template that fails."""
        from ..report.brief import render

        return render(self.made, form, templates)

    def save(self, path: str | Path, *, force: bool = False) -> Path:
        """Write it as .pdf, .html, .docx or .md; raises ``OrepathError`` for any other ending."""
        from ..report.brief import FORMS
        from ..report.files.endings import spelled

        form = spelled(path, FORMS)
        return saved(path, lambda: self.render(form), force=force)

    def bundle(
        self,
        folder: str | Path,
        *,
        form: str = "html",
        templates: Path | None = None,
        force: bool = False,
    ) -> tuple[Path, ...]:
        """Write it, as ``form``, with all that it rests on into a new folder: tables, pictures,
        pieces of the graph, queries, references, a manifest; returns the files.

        Raises ``OrepathError`` where the folder is there, unless it is a bundle and ``force``.
        """
        from ..report.brief import bundle

        where = Path(folder)
        return bundle(self._graph, self.made, where, form=form, templates=templates, force=force)

    def _repr_html_(self) -> str:
        return str(self.render("html"))

    def __repr__(self) -> str:
        return f"<Brief: {self.title}>"
