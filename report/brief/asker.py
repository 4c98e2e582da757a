"""Asking the questions of a brief: each once, many at the same time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor

from ...graph.connection import Graph
from ...queries.catalogue import question
from ...queries.overview import takes_day
from ...queries.run import Answer, ask

AT_ONCE = 4
"""Questions that are asked at the same time."""


class Asker:
    """Asks a graph as of one day; ``timeout`` in seconds a question."""

    def __init__(self, graph: Graph, as_of: str | None, timeout: float | None) -> None:
        self.graph = graph
        self.as_of = as_of
        self.timeout = timeout
        self._answers: dict[tuple[str, tuple[tuple[str, str], ...]], Answer] = {}

    def __call__(self, asked: str, given: Mapping[str, str]) -> Answer:
        """The answer to one question, from memory where it was asked before."""
        words = dict(given)
        if self.as_of is not None and takes_day(question(asked)):
            words["as_of"] = self.as_of
        key = asked, tuple(sorted(words.items()))
        if key not in self._answers:
            self._answers[key] = ask(self.graph, question(asked), words, timeout=self.timeout)
        return self._answers[key]

    def all(self, wanted: Iterable[tuple[str, Mapping[str, str]]]) -> None:
        """Ask these, so that they are known afterwards."""
        once = {(asked, tuple(sorted(given.items()))): (asked, given) for asked, given in wanted}
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for done in [pool.submit(self, asked, given) for asked, given in once.values()]:
                done.result()
