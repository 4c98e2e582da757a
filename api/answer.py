"""An answer in Python: its finding, rows, notes and sources, and the ways to go on with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..ontology.errors import OrepathError
from .drawing import Drawing, Picture

if TYPE_CHECKING:
    import pandas
    import polars

    from ..queries.drawn import Drawing as Drawn
    from ..queries.run import Answer as Asked
    from ..queries.run import Citation

Draw = Callable[[int | None], "Drawn"]


class Frame:
    """Rows with named columns, in the order of the columns; what it shares is also unrounded.

    Iterating gives the rows as mappings from column name to value.
    """

    def __init__(self, asked: Asked, draw: Draw, command: str | None = None) -> None:
        self.asked = asked
        self.command = command
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
        """A data frame with the columns in their order; lists are lists of text.

        Raises ``OrepathError`` where polars is not installed.
        """
        from ..report.files import polars_frame

        return polars_frame(self.asked)

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
        from ..report.files import save

        return save(self.asked, path, subgraph=self._subgraph, force=force, command=self.command)

    def graph(self, most: int | None = 40) -> Drawing:
        """The nodes that the rows name and what ties them, at most about ``most`` of them
        (``None``: all)."""
        drawn = self._draw(most)
        return Drawing(drawn.subgraph, drawn.left_out, self.asked)

    def _subgraph(self) -> Any:
        return self.graph().subgraph

    def _repr_html_(self) -> str:
        from ..report.files import fragment

        return fragment(self.asked)

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
    def cypher(self) -> str:
        """The statement, ready to be pasted into the Neo4j Browser."""
        from ..queries.run import inlined

        return inlined(self.asked.question, self.asked.parameters)

    def picture(self, kind: str | None = None) -> Picture:
        """A picture of the answer; ``kind`` is one of those that the question knows.

        Raises ``OrepathError`` naming them for any other.
        """
        from ..report.pictures import draw

        return Picture(draw(self.asked, kind, self._subgraph))

    def __str__(self) -> str:
        return self.finding

    def __repr__(self) -> str:
        return f"<Answer to {self.question}: {len(self):,} rows. {self.finding}>"


def _missing(package: str, extra: str) -> OrepathError:
    return OrepathError(
        f"{package} is not installed", f"Install it with: pip install 'orepath[{extra}]'"
    )
