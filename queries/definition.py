"""What a question is: its parameters, its columns, its words and its statements.

Plain records without behaviour of their own; ``reading.py`` makes them from files and checks them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

if TYPE_CHECKING:
    from .lexer import Names

ParameterType = Literal[
    "material", "economy", "country", "sector", "technology", "stage", "source", "thing",
    "restriction", "product", "company", "publication",
    "number", "integer", "date", "text", "boolean", "choice",
]  # fmt: skip
ColumnType = Literal["text", "number", "integer", "share", "date", "boolean", "list", "shares"]


class Strict:
    """A record that the reader refuses where its file says more than it holds."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}


@dataclass(frozen=True, kw_only=True)
class Parameter(Strict):
    """What a question asks for. ``default`` is written as a user would type it.

    ``unit`` is what a bare number means (``%``); ``choices`` the words of a ``choice``.
    """

    name: str
    type: ParameterType
    default: str | None = None
    required: bool = False
    help: str
    example: str
    unit: str | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Column(Strict):
    """One column of the answer; ``detail`` columns are for pipes and files, not for a terminal.

    Columns stand in the order of their weight: where a page is too narrow the last ones are left
    out, but never the sources, and before them those that are ``spare``, of these the highest
    number first. ``share`` is a fraction of one, ``shares`` a list of them,
    one for each value of a list beside it.
    ``unit`` may name the column that holds the unit. ``entity`` is the class, or the classes, of
    the node (or nodes) of which the column holds the id: of these the answer's subgraph is made.
    ``codes`` are the code lists of which the column holds codes: persons read their labels,
    machines the codes.
    """

    name: str
    type: ColumnType
    meaning: str
    unit: str | None = None
    entity: str | tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    detail: bool = False
    spare: int = 0

    @property
    def entities(self) -> tuple[str, ...]:
        """The classes of the nodes of which it holds ids; none for any other column."""
        return (self.entity,) if isinstance(self.entity, str) else self.entity


@dataclass(frozen=True, kw_only=True)
class Question(Strict):
    """A question with everything needed to ask it and to read its answer.

    ``finding`` are sentences of which the first is used whose fields are all known (per value of
    ``finding_per`` when that is set); where a page shows only some rows, each value of ``page_per``
    is represented; ``notes`` are shown when theirs are known; ``nothing`` is
    said where there is no row. ``data_needed`` names ontology terms that the loaded data may
    lack without the question being wrong.
    """

    id: str
    topic: str
    title: str
    parameters: tuple[Parameter, ...] = ()
    columns: tuple[Column, ...]
    caveats: tuple[str, ...]
    finding: tuple[str, ...]
    finding_per: str | None = None
    page_per: str | None = None
    notes: tuple[str, ...] = ()
    nothing: str
    method: str
    data_needed: tuple[str, ...] = ()
    examples: tuple[str, ...]
    table: str
    picture: str | None = None
    otherwise: str | None = None

    def parameter(self, name: str) -> Parameter:
        """The parameter of that name; raises ``KeyError``."""
        return {p.name: p for p in self.parameters}[name]

    def column_names(self) -> tuple[str, ...]:
        """The columns' names in order."""
        return tuple(c.name for c in self.columns)

    def names(self) -> Names:
        """All that its statements and its columns name of the graph."""
        from .lexer import Names, names_used, tokens

        texts = filter(None, (self.table, self.picture, self.otherwise))
        found = [names_used(tokens(text)) for text in texts]
        entities = {label for column in self.columns for label in column.entities}
        return Names(
            tuple(sorted({n for f in found for n in f.labels} | entities)),
            tuple(sorted({n for f in found for n in f.types})),
            tuple(sorted({n for f in found for n in f.properties})),
        )
