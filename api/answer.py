"""An answer in Python: its finding, rows, notes and sources, and the ways to go on with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..ontology.errors import OrepathError
from ..queries.excerpt import NODES
from .drawing import Drawing, Picture
from .saving import saved

if TYPE_CHECKING:
    import pandas
    import polars

    from ..graph.subgraph import Subgraph
    from ..queries.drawn import Drawing as Drawn
    from ..queries.run import Answer as Asked
    from ..queries.run import Citation
    from ..report.page import Extent

SHOWN = 20
"""Rows that a notebook shows."""
NESTED = 3
"""Level of an answer's heading in a notebook, whose own are the title and its parts."""
Draw = Callable[["int | None", "int | None", bool], "Drawn"]
"""Draws at most so many nodes of so many rows, and with them those that properties only name."""
RDF = frozenset({"ttl", "jsonld", "trig"})


class Frame:
    """Rows with named columns, in the order of the columns; what it shares is also unrounded.

    Iterating gives the rows as mappings from column name to value.
    """

    def __init__(self, asked: Asked, draw: Draw | None = None) -> None:
        self.asked = asked
        self._draw = draw

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns; ``asked.columns`` holds their types, units and meanings."""
        return tuple(column.name for column in self.asked.columns)

    @property
    def rows(self) -> tuple[dict[str, Any], ...]:
        """The rows; a share is a fraction of one, a list a tuple, an absent value ``None``."""
        return self.asked.records()

    @property
    def notes(self) -> tuple[str, ...]:
        """What these rows rest on or leave out."""
        return self.asked.notes

    def __len__(self) -> int:
        return len(self.asked.rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.rows)

    def to_pandas(self) -> pandas.DataFrame:
        """A data frame with the columns in their order, in ``attrs`` the finding and the sources.

        Raises ``OrepathError`` where pandas is not installed.
        """
        try:
            import pandas
        except ImportError as error:
            raise _missing("pandas", "notebook") from error
        frame = pandas.DataFrame([list(row) for row in self.asked.rows], columns=self.columns)
        frame.attrs |= {
            "finding": self.asked.finding,
            "sources": [source.citation or source.name for source in self.asked.sources],
        }
        return frame

    def to_polars(self) -> polars.DataFrame:
        """A data frame with the columns in their order and types; lists are lists of text.

        Raises ``OrepathError`` where polars is not installed.
        """
        try:
            import polars
        except ImportError as error:
            raise _missing("polars", "parquet") from error
        from ..report.files.parquet import parquet

        return polars.read_parquet(parquet(self.asked))

    def to_excel(self, path: str | Path, *, force: bool = False) -> Path:
        """Write an .xlsx with the rows, the finding and the sources."""
        if Path(path).suffix.casefold() != ".xlsx":
            raise OrepathError(f"{path} is no .xlsx", "Other endings are written by `save`.")
        return self.save(path, force=force)

    def save(self, path: str | Path, *, force: bool = False) -> Path:
        """Write the answer as the ending says: a table, a page, a graph, a picture, references.

        Returns the path. Raises ``OrepathError`` for an unknown ending, and for a file that is
        there already unless ``force``.
        """
        from ..report.files import ending_of

        ending = ending_of(path)
        return saved(path, lambda: self.render(ending), force=force)

    def render(
        self,
        ending: str,
        *,
        extent: Extent | None = None,
        to_file: bool = True,
        kind: str | None = None,
        width: float | None = None,
    ) -> str | bytes:
        """The content of a file with that ending; ``extent`` says how many rows (``None``: all),
        ``to_file`` whether text is laid out for a file or for a terminal, ``kind`` which of its
        pictures a picture is, and ``width`` how wide, as in ``picture``."""
        from ..report.files import ENDINGS, render
        from ..report.page import WHOLE

        holds = ENDINGS[ending].holds if ending in ENDINGS else "rows"
        if holds == "picture":
            asked, piece = self._pictured(kind)
        else:
            asked, rows = self.asked, None if extent is None else extent.limit
            referred = ending in RDF
            piece = self._draw and (lambda: self._drawn(None, rows, referred).subgraph)
        return render(
            asked,
            ending,
            subgraph=piece,
            command=self.command,
            extent=extent or WHOLE,
            to_file=to_file,
            kind=kind,
            width=width,
        )

    @property
    def command(self) -> str | None:
        """The command line that gives the same answer; ``None`` where there is none."""
        return None

    def graph(self, most: int | None = NODES) -> Drawing:
        """The nodes that the rows name and what ties them, at most about ``most`` of them
        (``None``: all).

        Raises ``OrepathError`` for a question that has only a table.
        """
        return Drawing(self._drawn(most))

    def _drawn(self, most: int | None, rows: int | None = None, referred: bool = False) -> Drawn:
        if self._draw is None:
            raise OrepathError("this answer has only a table, no piece of the graph")
        return self._draw(most, rows, referred)

    def _pictured(self, kind: str | None) -> tuple[Asked, Callable[[], Subgraph] | None]:
        """The answer as a picture of that kind tells it, and the piece that it may draw."""
        from ..report.pictures.kinds import OF_SUBGRAPH, kinds

        drawn = kind or next(iter(kinds(self.asked.question)), None)
        if self._draw is None or drawn not in OF_SUBGRAPH:
            return self.asked, None
        found = self._drawn(NODES)
        told = (found.left_out, *self.asked.warnings) if found.left_out else self.asked.warnings
        return replace(self.asked, warnings=told), lambda: found.subgraph

    def _repr_html_(self) -> str:
        from ..report.files.html import html_body
        from ..report.page import Extent

        return html_body(self.asked, Extent(limit=SHOWN), top=NESTED)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {len(self):,} rows of {', '.join(self.columns)}>"


class Answer(Frame):
    """The answer to a question of the library.

    ``str`` of it is the finding; ``rows`` are unrounded and hold codes beside names.
    """

    @property
    def question(self) -> str:
        """Id of the question."""
        return self.asked.question.id

    @property
    def finding(self) -> str:
        """The answer in a sentence or a few, also where there is no row."""
        return self.asked.finding

    @property
    def caveats(self) -> tuple[str, ...]:
        """What holds for every answer to the question."""
        return self.asked.caveats

    @property
    def sources(self) -> tuple[Citation, ...]:
        """The sources that the rows rest on."""
        return self.asked.sources

    @property
    def parameters(self) -> Mapping[str, Any]:
        """The words of the question as ids, with the defaults."""
        return self.asked.parameters

    @property
    def command(self) -> str:
        """The command line that gives the same answer."""
        from ..report.command import command_line

        return command_line(self.asked)

    @property
    def cypher(self) -> str:
        """The statement, ready to be pasted into the Neo4j Browser."""
        from ..queries.paste import table_statement

        return table_statement(self.asked.question, self.asked.parameters)

    def picture(self, kind: str | None = None, *, width: float | None = None) -> Picture:
        """A picture of the answer; ``kind`` is one of those that the question knows, ``width`` is
        in units of letters 10 to 19 high: 800 for a page, as it is without it, 420 for a telephone.

        Raises ``OrepathError`` naming the kinds for any other, and for a width below 320.
        """
        from ..report.pictures import draw
        from ..report.pictures.convert import pixels
        from ..report.pictures.frame import WIDTH

        asked, piece = self._pictured(kind)
        width = width or WIDTH
        return Picture(draw(asked, kind, piece and piece(), width=width), pixels(width))

    def __str__(self) -> str:
        return self.finding

    def __repr__(self) -> str:
        return f"<Answer to {self.question}: {len(self):,} rows. {self.finding}>"


def _missing(package: str, extra: str) -> OrepathError:
    return OrepathError(
        f"{package} is not installed", f"Install it with: pip install 'orepath[{extra}]'"
    )
