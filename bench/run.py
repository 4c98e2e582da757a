"""`make bench`: the speed of what people wait for, as ratios and medians of one run.

Everything runs against a local server of its own in a temporary folder (the downloaded jars are
shared), so nobody's graph is touched. Machines are noisy: compare the two sides of a ratio, not
the seconds of two days.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

import baci
import bulk
import calibration
import dressings
import network
import ratios
from hand_tuned import hand_tuned_load
from orepath.graph.connection import Graph

REPEATS = 7


MEASURED: dict[str, tuple[float, str]] = {}
"""The ratios of this run."""


def line(what: str, figure: str, target: str = "") -> None:
    """One row of the report; a figure without a unit is a ratio."""
    with suppress(ValueError):
        MEASURED[ratios.name(what)] = float(figure), target
    print(f"{what:<70} {figure:>14}   {target}", flush=True)


def median_seconds(action: Callable[[], Any], repeats: int = REPEATS) -> float:
    """Median wall time of an action, after one run that warms it up."""
    action()
    times = []
    for _ in range(repeats):
        started = time.perf_counter()
        action()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def medians_in_turns(*actions: Callable[[], Any], rounds: int = REPEATS) -> list[float]:
    """Median wall time of each action, run in turns."""
    times: list[list[float]] = [[] for _ in actions]
    for _ in range(rounds):
        for action, spent in zip(actions, times, strict=True):
            started = time.perf_counter()
            action()
            spent.append(time.perf_counter() - started)
    return [statistics.median(spent) for spent in times]


def command(*words: str) -> Callable[[], None]:
    """A whole process of the command line."""

    def run() -> None:
        subprocess.run(
            [sys.executable, "-m", "orepath", *words],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    return run


@contextmanager
def own_server() -> Iterator[None]:
    """A local server in a temporary data folder for the time of the benchmark."""
    os.environ.pop("NEO4J_URI", None)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["OREPATH_DATA_DIR"] = folder
        try:
            yield
        finally:
            command("down")()


@contextmanager
def environment(name: str, value: str) -> Iterator[None]:
    """A variable of the environment, set for the time of the block."""
    before = os.environ[name]
    os.environ[name] = value
    try:
        yield
    finally:
        os.environ[name] = before


def commands() -> None:
    """Start of the server, and what a person waits for at the prompt."""
    started = time.perf_counter()
    command("up")()
    line(
        "local server: `orepath up` on an empty data folder",
        seconds(started),
        "first answer < 10 s",
    )
    script = (
        "import time; from orepath.graph.local import ensure_running; t = time.perf_counter(); "
        "ensure_running(); print(time.perf_counter() - t)"
    )
    found = [
        float(
            subprocess.run([sys.executable, "-c", script], check=True, capture_output=True).stdout
        )
        for _ in range(REPEATS)
    ]
    line(
        "a second command finds the server", f"{statistics.median(found) * 1000:.0f} ms", "< 50 ms"
    )
    with tempfile.TemporaryDirectory() as folder, environment("OREPATH_DATA_DIR", folder):
        started = time.perf_counter()
        command("load")()
        line("`orepath load`: the bundle into a new local graph", seconds(started), "< 60 s")
        command("down")()
    started = time.perf_counter()
    command("load")()
    line("`orepath load`: the bundle by Bolt into an empty graph", seconds(started))
    started = time.perf_counter()
    command("load")()
    line("`orepath load` again, nothing changed", seconds(started), "< 30 s")
    started = time.perf_counter()
    command("load", "--replace")()
    line("`orepath load --replace`, every fact compared", seconds(started))
    command("derive", "--remove")()
    started = time.perf_counter()
    command("derive")()
    line("`orepath derive`, all again", seconds(started), "< 30 s")
    line("`orepath --help`", f"{median_seconds(command('--help')):.2f} s", "< 0.3 s")
    ask = command("ask", "top-producers", "--material", "gallium")
    line("`orepath ask top-producers` on a warm server", f"{median_seconds(ask):.2f} s", "< 0.7 s")


def seconds(started: float) -> str:
    """Seconds since a start."""
    return f"{time.perf_counter() - started:.1f} s"


def questions() -> None:
    """Each question through the library, against its Cypher through the raw driver."""
    from orepath.graph.connection import connect
    from orepath.queries.catalogue import catalogue
    from orepath.queries.run import ask

    with connect() as graph:
        for question in catalogue().values():
            given = {p.name: str(p.example) for p in question.parameters if p.required}
            answer = ask(graph, question, given)
            parameters = dict(answer.parameters)
            # In turns: a server that was asked before is faster.
            ours, theirs = medians_in_turns(
                partial(ask, graph, question, given),
                partial(graph.driver.execute_query, question.table, parameters),
            )
            figure = f"{ours / theirs:.2f}"
            line(f"question {question.id}: {theirs * 1000:.0f} ms raw, ratio", figure, "<= 1.2")


def writing() -> None:
    """The writer against a loop written by hand for the same rows, on an empty graph each."""
    from orepath.graph.connection import connect
    from orepath.graph.constraints import ensure
    from orepath.graph.writer import Writer
    from orepath.loaders import bundle
    from orepath.loaders.base import Ledger
    from orepath.loaders.facts import sets
    from orepath.loaders.facts.loader import Loader, set_files
    from orepath.ontology.schema import load_schema

    schema = load_schema()
    facts = [fact for source in bundle.sources() for fact in bundle.read(source)]
    for folder in sets.bundled().values():
        facts += Loader().read(set_files(folder)).facts(Ledger())

    with connect() as graph:
        rates: dict[str, list[float]] = {"writer": [], "by hand": []}
        for _ in range(3):
            for name in rates:
                empty(graph)
                ensure(graph, schema)
                started = time.perf_counter()
                if name == "writer":
                    Writer(graph, schema).load("bench", facts)
                else:
                    hand_tuned_load(graph.driver, schema, facts)
                rates[name].append(len(facts) / (time.perf_counter() - started))
        ours, theirs = (statistics.median(rates[name]) for name in rates)
        line(
            f"writer: {ours:,.0f} facts/s, by hand {theirs:,.0f}, ratio",
            f"{ours / theirs:.2f}",
            ">= 0.8",
        )


def empty(graph: Graph) -> None:
    """Remove every node of the benchmark's own server."""
    # Relationships first, and few at a time: a transaction has to fit into the server's heap.
    for part in (
        "MATCH ()-[x]->() WITH x LIMIT 20000 DELETE x RETURN count(*) AS n",
        "MATCH (x) WITH x LIMIT 10000 DELETE x RETURN count(*) AS n",
    ):
        while graph.run(part).records[0]["n"]:
            pass


def memory() -> None:
    """Peak memory of a Python process that loads the whole bundle into a new local graph."""
    script = (
        "import resource; from orepath.cli.main import run; run(['load']); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    with tempfile.TemporaryDirectory() as folder, environment("OREPATH_DATA_DIR", folder):
        try:
            done = subprocess.run(
                [sys.executable, "-c", script], check=True, capture_output=True, text=True
            )
        finally:
            command("down")()
    line("the Python process that loads the bundle", f"{float(done.stdout):.0f} MB", "< 300 MB")


def dressed() -> None:
    """Answers, the brief and the whole graph as files."""
    for what, figure, target in dressings.lines():
        line(what, figure, target)


def exposure() -> None:
    """The cost of tier-wise exposure by the size of the network."""
    for what, figure, target in network.lines():
        line(what, figure, target)


def calibrated() -> None:
    """How good the reconciled shares are on made networks."""
    held, nearer = calibration.main()
    line("true shares within the 90 % interval", f"{held:.3f}", "0.85 to 0.95")
    line("networks in which the point beats the first method", f"{nearer:.3f}", "≥ 0.8")


def trade() -> None:
    """BACI at its full size, and by the offline import; both need the publisher's extract."""
    if baci.EXTRACT.is_dir():
        for what, figure, target in (*baci.lines(), *bulk.lines()):
            line(what, figure, target)


def compare(keep: bool) -> None:
    """Tell which ratios worsened since they were kept; with ``keep`` those of this run are."""
    before = ratios.kept()
    if keep:
        ratios.keep(before | MEASURED)
        print(f"Kept {len(MEASURED)} ratios in {ratios.FILE.name}.")
        return
    found = list(ratios.worse(MEASURED, before))
    print("\n".join(found) or f"None of {len(before)} kept ratios is worse.", flush=True)


LOADED: dict[str, Callable[[], None]] = {
    "commands": commands,
    "memory": memory,
    "questions": questions,
    "files": dressed,
    "writing": writing,
}
"""Parts that need a server with the bundle; the first loads it, the last empties it."""
APART: dict[str, Callable[[], None]] = {
    "exposure": exposure,
    "calibration": calibrated,
    "trade": trade,
}


def main() -> None:
    """Print the figures of the parts asked for, all where none is, then what became worse."""
    every = [*LOADED, *APART]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of: {', '.join(every)}")
    parser.add_argument("--keep", action="store_true", help="keep the ratios for later runs")
    given = parser.parse_args()
    if unknown := set(given.parts) - set(every):
        parser.error(f"there is no part {', '.join(sorted(unknown))}; parts: {', '.join(every)}")
    parts = given.parts or every
    with own_server():
        if "commands" not in parts:
            command("load")()
        for name, measure in LOADED.items():
            if name in parts:
                measure()
    for name, measure in APART.items():
        if name in parts:
            measure()
    compare(given.keep)


if __name__ == "__main__":
    main()
