"""Whatever a user types is a value: no statement, no traceback, no write; and he can stop it.

Each type of parameter gets each hostile value, and each parameter of each question some, by the
way that the command line takes. What comes back is a message with what to do, or a true answer; the
graph is the same.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orepath.cli import main
from orepath.graph.connection import Graph
from orepath.graph.derive import derive
from orepath.ontology.errors import DatabaseError, OrepathError
from orepath.queries import Question, catalogue
from orepath.queries.paste import literal, table_statement
from orepath.queries.resolve import resolve
from orepath.queries.run import ask
from orepath.tools.checksum import checksum

from .conftest import RELEASES, Servers

SMALL = (Path(__file__).parent / "small_graph.cypher").read_text("utf-8")
REQUIRED = {"material": "gallium", "thing": "gallium", "sector": "defence", "country": "China"}
HOSTILE = {
    "quotes": "'\"`",
    "end of a map": "'}) MATCH (n) DETACH DELETE n //",
    "end of a double-quoted map": '"}) MATCH (n) DETACH DELETE n //',
    "end of a name": "`) DETACH DELETE (n",
    "a second statement": "gallium'; MATCH (n) DETACH DELETE n; //",
    "a parameter": "$material",
    "a comment": "/* gallium */ // gallium",
    "an escaped quote": "\\u0027 OR true //",
    "a backslash at the end": "gallium\\",
    "a format": "{material.__class__} %s {0}",
    "combining": "gállium\u0301\u0323",
    "right to left": "\u202egallium\u202c",
    "emoji": "\U0001f9f2\u200d\U0001f4a5",
    "no character": "gal\x00lium",
    "half a character": "gal\udce9lium",
    "empty": "",
    "blank": " \t\r\n\u00a0",
    "huge": "x" * 100_000,
    "huge, of quotes": "'" * 100_000,
    "a huge number": "9" * 100_000,
    "no integer of the database": str(2**63),
    "no number": "nan",
    "endless": "-inf",
    "negative": "-1",
    "zero": "0",
    "the first day": "0001-01-01",
    "the last day": "9999-12-31",
}
SLOW = "UNWIND range(1, 4000000000) AS x RETURN sum(x * x % 7) AS source"
RUNNING = (
    "SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery CONTAINS '4000000000'"
    " AND NOT currentQuery CONTAINS 'SHOW TRANSACTIONS' RETURN count(*) AS n"
)
Point = Callable[[Graph], None]


@pytest.fixture
def small(graph: Graph) -> Graph:
    graph.run(SMALL)
    derive(graph)
    return graph


def asked_with(question: Question, name: str, value: str) -> dict[str, str | None]:
    required = {p.name: REQUIRED[p.name] for p in question.parameters if p.required}
    return {**required, name: value}


@pytest.mark.timeout(900)
def test_every_parameter_of_every_question_takes_hostile_values_as_values(small: Graph) -> None:
    before = checksum(small)
    asked: set[str] = set()
    refused = []
    known = Counter(p.type for question in catalogue().values() for p in question.parameters)
    # A parameter meets every sixth value, where there are six of its type: the type meets all.
    turns = {type_: cycle(range(min(6, number))) for type_, number in known.items()}
    for question in catalogue().values():
        for parameter in question.parameters:
            first = next(turns[parameter.type])
            for what, value in list(HOSTILE.items())[first :: min(6, known[parameter.type])]:
                arguments = asked_with(question, parameter.name, value)
                try:
                    # Anything but an OrepathError is a traceback, and fails here.
                    meant = repr((question.id, resolve(small, question, arguments).values))
                    if meant in asked:  # Several words for nothing at all are one question.
                        continue
                    asked.add(meant)
                    answer = ask(small, question, arguments, timeout=60)
                except OrepathError as error:
                    refused.append((question.id, parameter.name, what, str(error)))
                else:
                    assert answer.finding
                    if parameter.type == "text":
                        assert answer.parameters[parameter.name] == (value.strip() or None)
        assert checksum(small) == before, question.id
    assert asked
    assert refused
    for where in refused:
        assert 10 < len(where[-1]) < 1000, where[:-1]
        assert "Invalid input" not in where[-1] or where[2] == "negative", where


def test_a_long_value_is_not_repeated_in_full(small: Graph) -> None:
    question = catalogue()["top-producers"]
    with pytest.raises(OrepathError) as caught:
        ask(small, question, {"material": HOSTILE["huge"]})
    assert "(100,000 characters)" in caught.value.message
    assert len(caught.value.message) < 200


def test_the_command_line_tells_of_hostile_values_without_a_traceback(
    small: Graph, environment: Point
) -> None:
    environment(small)
    before = checksum(small)
    for value in HOSTILE.values():
        done = CliRunner().invoke(
            main.orepath, ["ask", "top-producers", "--material", value], standalone_mode=False
        )
        assert done.exception is None or isinstance(done.exception, OrepathError), value[:50]
    running = process("ask", "top-producers", "--material", HOSTILE["end of a map"])
    said = running.communicate(timeout=60)
    assert running.returncode == 1
    assert "is not the name of a material in the graph" in said[1]
    assert "Traceback" not in said[1]
    assert checksum(small) == before


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(texts=st.lists(st.text(), min_size=1, max_size=30))
def test_a_value_written_out_is_read_as_the_same_value(graph: Graph, texts: list[str]) -> None:
    """What --cypher and --browser print is safe to paste, whatever the value."""
    written = [*texts, *(v for v in HOSTILE.values() if len(v) < 1000 and "\udce9" not in v)]
    found = graph.read(f"RETURN {literal(written)} AS texts").records[0]["texts"]
    assert found == written


def test_a_parameter_within_a_value_is_not_replaced_again() -> None:
    question = catalogue()["top-producers"]
    nothing = dict.fromkeys((p.name for p in question.parameters), None)
    text = table_statement(question, nothing | {"material": "$year'"})
    assert "'$year\\''" in text


@pytest.mark.parametrize("release", RELEASES)
def test_the_server_refuses_a_write_in_a_question(servers: Servers, release: str) -> None:
    graph = servers.graph(release)
    held = graph.size()
    for writing in (
        "CREATE (n:Material {id: 'x'}) RETURN n.id",
        "MATCH (n) DETACH DELETE n RETURN count(*)",
        "CREATE CONSTRAINT FOR (n:Material) REQUIRE n.name IS UNIQUE",
    ):
        with pytest.raises(DatabaseError, match=r"(?i)not allowed"):
            graph.read(writing)
    assert graph.size() == held


@pytest.mark.parametrize("release", RELEASES)
def test_a_question_that_takes_too_long_is_ended_by_the_server(
    servers: Servers, release: str
) -> None:
    graph = servers.graph(release)
    with pytest.raises(DatabaseError, match="time limit") as caught:
        graph.read(SLOW, timeout=1)
    assert "--timeout" in str(caught.value)
    assert gone(graph)


@pytest.mark.parametrize("release", RELEASES)
def test_ctrl_c_ends_the_query_on_the_server_too(
    servers: Servers, release: str, environment: Point, tmp_path: Path
) -> None:
    graph = servers.graph(release)
    environment(graph)
    (tmp_path / "endless.cypher").write_text(
        "/*\ntitle: What takes for ever?\n"
        "columns: [{name: source, type: integer, meaning: Sum}]\n"
        "finding: [It ended.]\nnothing: Nothing.\ncaveats: []\nmethod: A sum.\nexamples: []\n*/\n"
        f"{SLOW}\n"
    )
    running = process("ask", "--questions", str(tmp_path), "endless", "--timeout", "120")
    try:
        assert within(90, lambda: bool(count(graph))), "it never began"
        started = time.monotonic()
        running.send_signal(signal.SIGINT)
        said = running.communicate(timeout=20)
    finally:
        running.kill()
    assert time.monotonic() - started < 15
    assert running.returncode == 130
    assert "Traceback" not in said[1]
    assert gone(graph)


def process(*arguments: str) -> subprocess.Popen[str]:
    """A command line as a process of its own, which a signal interrupts as at a terminal."""
    return subprocess.Popen(
        [sys.executable, "-m", "orepath", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ,
        # A shell that runs the tests in the background has SIGINT ignored, which is inherited.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


def count(graph: Graph) -> int:
    return int(graph.read(RUNNING).records[0]["n"])


def gone(graph: Graph) -> bool:
    return within(5, lambda: count(graph) == 0)


def within(seconds: float, holds: Callable[[], bool]) -> bool:
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True
