"""The graph at hand: opened once, asked as often as one likes."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from numbers import Number
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import TYPE_CHECKING, Any

from ..ontology.errors import OrepathError
from .answer import Answer, Frame
from .drawing import Brief
from .overview import Overview

if TYPE_CHECKING:
    from ..graph.connection import Graph
    from ..queries.definition import Question
    from ..queries.drawn import Drawing as Drawn
    from ..queries.find import Found
    from ..queries.run import Answer as Asked

Word = str | int | float | bool | date | None
LIMIT = 1000
"""Rows of a statement of one's own that are fetched unless more are asked for."""
TIMEOUT = 60.0
"""Seconds after which the server ends a question, unless the caller says otherwise."""


def connect(
    uri: str | None = None, *, database: str | None = None, any_version: bool = False
) -> Orepath:
    """Open the graph at ``uri`` (or ``NEO4J_URI``), else that of the local server, which is started
    when it is not running.

    User and password are those of the environment (``NEO4J_USERNAME``, ``NEO4J_PASSWORD``).
    Raises ``DatabaseError`` where there is no server, or the graph was loaded under another
    version of the ontology, unless ``any_version``. Close it, or use it in a ``with``.
    """
    from ..graph.connection import address_from_environment, local_address
    from ..graph.connection import connect as opened
    from ..graph.older import require_current
    from ..ontology.schema import load_schema
    from ..report.kit.folder import furnish

    address = address_from_environment(uri, database) or local_address(furnish, database)
    stack = ExitStack()
    with stack:
        graph = stack.enter_context(opened(address))
        if not any_version:
            require_current(graph, load_schema())
        return Orepath(graph, stack.pop_all())


class Orepath:
    """An open graph. ``connect`` makes it."""

    def __init__(self, graph: Graph, closing: ExitStack | None = None) -> None:
        self.database = graph
        self._closing = closing or ExitStack()

    def close(self) -> None:
        """Close the connection; the local server runs on until it has been idle."""
        self._closing.close()

    def __enter__(self) -> Orepath:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def ask(
        self,
        question: str | Question,
        arguments: Mapping[str, Word] | None = None,
        /,
        *,
        timeout: float | None = TIMEOUT,
        **words: Word,
    ) -> Answer:
        """Ask a question of the library, its parameters in the words that the command line takes:
        ``ask("sourcing", material="magnesium", importer="EU")``, or as a mapping.

        Raises ``OrepathError`` with a hint for an id or a name that is unknown.
        """
        from ..queries.catalogue import question as known_as
        from ..queries.emptiness import explained
        from ..queries.run import ask

        known = known_as(question) if isinstance(question, str) else question
        with explained(self.database):
            given = _words({**(arguments or {}), **words})
            asked = ask(self.database, known, given, timeout=timeout)
        return self._answer(asked, timeout)

    def _answer(self, asked: Asked, timeout: float | None) -> Answer:
        @cache
        def piece(most: int | None, rows: int | None) -> Drawn:
            from ..queries.drawn import drawn
            from ..queries.excerpt import cut

            return drawn(self.database, cut(asked, rows), most=most, timeout=timeout)

        def draw(most: int | None, rows: int | None, referred: bool) -> Drawn:
            found = piece(most, rows)
            if not referred:
                return found
            from ..graph.export.rdf import with_references

            return replace(found, subgraph=with_references(self.database, found.subgraph))

        return Answer(asked, None if asked.question.picture is None else draw)

    def cypher(
        self,
        statement: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        limit: int | None = LIMIT,
        timeout: float | None = TIMEOUT,
    ) -> Frame:
        """The rows of a reading statement of one's own, at most ``limit`` (``None``: all).

        Nodes and relationships stand in the rows by class and id; ``graph()`` of the result holds
        them. Raises ``OrepathError`` where the statement writes.
        """
        from ..queries.drawn import Drawing as Drawn
        from ..queries.statement import ask_cypher

        asked, piece = ask_cypher(
            self.database, statement, parameters, limit=limit, timeout=timeout
        )
        rows = len(asked.rows)
        return Frame(asked, lambda *_: Drawn(piece, rows, rows))

    def questions(self, topic: str | None = None) -> tuple[Question, ...]:
        """The questions of the library, or those of one topic."""
        from ..queries.catalogue import catalogue, topics
        from ..queries.near import did_you_mean

        if topic is not None and topic not in topics():
            hint = did_you_mean(topic, topics()) or f"Topics: {', '.join(topics())}."
            raise OrepathError(f"there is no topic {topic!r}", hint)
        return tuple(q for q in catalogue().values() if topic in (None, q.topic))

    def find(self, word: str, limit: int = 20) -> list[Found]:
        """What a word may stand for, of whatever class, best first: by id, name, code, other name
        or language; then at most ``limit`` things that have it in their name or are spelt alike."""
        from ..queries.find import find

        return find(self.database, word, limit)

    def overview(
        self,
        *,
        material: str | None = None,
        country: str | None = None,
        sector: str | None = None,
        as_of: str | date | None = None,
        timeout: float | None = TIMEOUT,
    ) -> Overview:
        """The few answers that matter about one material, country or sector, by their headings.

        Raises ``OrepathError`` for a name that means nothing or too much.
        """
        from ..queries.emptiness import explained
        from ..queries.overview import overview
        from ..report.brief import overview_brief

        given = {"material": material, "country": country, "sector": sector}
        named = [(kind, word) for kind, word in given.items() if word is not None]
        if len(named) != 1:
            raise OrepathError("an overview is of one thing", "Name a material, country or sector.")
        day = None if as_of is None else str(as_of)
        with explained(self.database):
            name, shown = overview(self.database, *named[0], as_of=day, timeout=timeout)
        answers = {part.part.heading: self._answer(part.answer, timeout) for part in shown}
        kind = named[0][0]
        return Overview(
            name,
            answers,
            shown,
            lambda: overview_brief(self.database, kind, name, shown, day),
        )

    def brief(
        self,
        *,
        sector: str | None = None,
        country: str | None = None,
        material: str | None = None,
        importer: str | None = None,
        as_of: str | date | None = None,
        timeout: float | None = TIMEOUT,
    ) -> Brief:
        """A brief on a sector, a country, a material or a market, or several of them together.

        Raises ``OrepathError`` for a name that means nothing or too much.
        """
        from ..queries.emptiness import explained
        from ..report.brief import brief

        with explained(self.database):
            made = brief(
                self.database,
                sector=sector,
                country=country,
                material=material,
                importer=importer,
                as_of=None if as_of is None else str(as_of),
                timeout=timeout,
            )
        return Brief(made, self.database)

    def load_table(self, table: Any, name: str = "frame", *, replace: bool = False) -> str:
        """Load figures of one's own from a pandas or polars data frame, or the path of a table,
        with the columns of ``orepath load table --template``; returns the id of its source.

        A frame is loaded under ``table-<name>``; loading it again replaces it. Raises
        ``OrepathError`` for what is no table, and where a row is refused, naming the first of
        them; the others are loaded.
        """
        from ..graph.derive import derive
        from ..loaders.guard import Meant
        from ..loaders.load import load_source
        from . import frames

        with TemporaryDirectory() as folder:
            is_file = isinstance(table, (str, Path))
            path = Path(table) if is_file else frames.written(table, Path(folder), name)
            try:
                loaded = load_source(self.database, "table", [path], meant=Meant(replace=replace))
            except OrepathError as error:
                raise error if is_file else frames.refused(error, table.columns) from error
        derive(self.database)
        if loaded.refusal is not None:
            raise loaded.refusal
        if refused := loaded.rejected:
            first = refused[0]
            raise OrepathError(
                f"{len(refused)} of the rows were refused; the first: {first.place}: "
                f"{first.value!r}: {first.reason}",
                first.remedy,
            )
        return loaded.source

    def __repr__(self) -> str:
        return f"<Orepath: {self.database.address.uri}, {self.database.address.database}>"


def _words(words: Mapping[str, Word]) -> dict[str, str | None]:
    """Values as the command line would take them."""
    return {name: _word(name, value) for name, value in words.items()}


def _word(name: str, value: Word) -> str | None:
    if value is None:
        return None
    if isinstance(value, datetime):
        value = value.date()  # a time stamp of pandas is one
    if not isinstance(value, str | Number | date):
        raise OrepathError(
            f"{name} is one word, a number or a date, and not a {type(value).__name__}",
            "Ask once for each.",
        )
    return str(value).lower() if isinstance(value, bool) else str(value)
