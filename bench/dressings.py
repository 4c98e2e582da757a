"""What dressings cost: an answer as each kind of file, the brief, an overview, the whole graph.

``python bench/dressings.py`` measures a loaded graph at hand; nothing is written into it. An answer
is timed as a person waits for it, a whole process of the command line, all kinds in turns; the
ratio is that of its processor time to that of the rows alone, which CSV is. The graph is
streamed in a process of its own, whose peak memory is told.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from orepath.graph.connection import connect
from orepath.report.brief import FORMS, brief, overview_brief, render
from orepath.report.files.endings import ENDINGS

Line = tuple[str, str, str]
ASKED = ("dependency-paths", "--sector", "defence", "--country", "China")
"""A question with many rows and the most costly picture."""
PLAIN = "csv"
ROUNDS = 3
BRIEF = partial(brief, sector="defence", country="China", material="rare earths")
RELATIONSHIPS = 100_000
STREAMED = """
import resource, sys, time
from orepath.graph.connection import connect, local_address
from orepath.report.files.whole import stream_whole
with connect(local_address()) as graph, open(sys.argv[2], "wb") as stream:
    started = time.perf_counter()
    written = stream_whole(graph, stream, sys.argv[1])
    spent = time.perf_counter() - started
print(spent, written.relationships, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def lines() -> Iterator[Line]:
    """The report: what, figure, target."""
    yield from answers()
    yield from pages()
    yield from whole()


def answers() -> Iterator[Line]:
    """Each ending, against the rows alone."""
    walls: dict[str, list[float]] = {ending: [] for ending in (PLAIN, *ENDINGS)}
    works: dict[str, list[float]] = {ending: [] for ending in walls}
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(ROUNDS + 1):
            for ending in walls:
                target = Path(folder) / f"answer.{ending}"
                command = [sys.executable, "-m", "orepath", "ask", *ASKED, "-o", str(target)]
                started, worked = time.perf_counter(), _work()
                subprocess.run([*command, "--force"], check=True, capture_output=True)
                if turn:  # the first one warms the server
                    walls[ending].append(time.perf_counter() - started)
                    works[ending].append(_work() - worked)
    rows = statistics.median(works[PLAIN])
    for ending, spent in walls.items():
        most = 3 if ending == "pdf" else 2
        yield (
            f"an answer as {ending}: {statistics.median(spent):.2f} s, ratio of work",
            f"{statistics.median(works[ending]) / rows:.2f}",
            f"<= {most} s in all",
        )


def _work() -> float:
    """Seconds that the processors gave to commands so far; others' load is not in them."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def pages() -> Iterator[Line]:
    """The brief and an overview: composed, and dressed in each form."""
    from orepath.queries.overview import overview

    with connect() as graph:
        BRIEF(graph)
        started = time.perf_counter()
        made = BRIEF(graph)
        composed = time.perf_counter() - started
        yield "a brief, composed of its answers", f"{composed:.1f} s", ""
        for form in FORMS:
            started = time.perf_counter()
            render(made, form)
            spent = time.perf_counter() - started
            yield (
                f"a brief as {form}: dressed in {spent:.2f} s, ratio to composing it",
                f"{spent / composed:.2f}",
                "<= 10 s in all",
            )
        started = time.perf_counter()
        name, shown = overview(graph, "material", "gallium")
        asked = time.perf_counter() - started
        render(overview_brief(graph, "material", name, shown), "html")
        spent = time.perf_counter() - started
        yield f"an overview as html: {spent:.1f} s, ratio to asking", f"{spent / asked:.2f}", ""


def whole() -> Iterator[Line]:
    """The whole graph to Turtle and to GraphML."""
    import pyoxigraph

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.ttl"
        spent, _, _ = _streamed("ttl", path)
        triples = sum(1 for _ in pyoxigraph.parse(path=str(path)))
        size = path.stat().st_size / 1e6
        yield (
            f"whole graph to Turtle: {triples:,} triples, {size:.0f} MB, {spent:.0f} s",
            f"{triples / spent:,.0f} /s",
            ">= 50,000 triples/s",
        )
        path = Path(folder) / "graph.graphml"
        spent, relationships, memory = _streamed("graphml", path)
        share = RELATIONSHIPS / relationships
        told = (
            f"{RELATIONSHIPS:,} relationships to GraphML, of {relationships:,.0f} in {spent:.1f} s"
        )
        yield told, f"{spent * share:.1f} s", "<= 10 s"
        yield "peak memory of all of them to GraphML", f"{memory:.0f} MB", "<= 500 MB"


def _streamed(ending: str, path: Path) -> tuple[float, float, float]:
    """Seconds, relationships and megabytes of a process that writes the whole graph."""
    done = subprocess.run(
        [sys.executable, "-c", STREAMED, ending, str(path)],
        check=True,
        capture_output=True,
        text=True,
    )
    spent, relationships, memory = map(float, done.stdout.split())
    return spent, relationships, memory


if __name__ == "__main__":
    for what, figure, target in lines():
        print(f"{what:<70} {figure:>14}   {target}", flush=True)
