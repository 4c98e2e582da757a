"""Fixtures: the publishers' files, one Neo4j a release and session, a clean graph a test.

``graph`` is an empty database, ``loaded`` one that holds the whole bundle; both are the same
server, so tests of ``loaded`` are run first and the bundle is loaded once. With several
processes (``pytest -n auto``) each has servers of its own, and the tests of one graph stay in one
process. A Neo4j that cannot be had is a failure, never a skip.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import psutil
import pytest

from loading import load_offline_bundle, whole
from neo4j_provider import provide
from orepath.graph.connection import Address, Graph, connect
from orepath.graph.constraints import NAMES, ensure
from orepath.graph.local import LTS
from orepath.loaders import bundle
from orepath.loaders.facts import sets
from orepath.loaders.load import load_bundle
from orepath.ontology.schema import load_schema
from orepath.tools.checksum import checksum

RELEASES = ("5.26", "2026")
SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of publishers' own files beside the checkout.

    They are an extra: where they are absent, the tests that read them are not collected, and the
    samples in ``tests/samples`` show the same.
    """
    return SHARED


class Servers:
    """The Neo4j of each release, started when first asked for; knows what each one holds."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._graphs: dict[str, Graph] = {}
        self._bundled: set[str] = set()

    def graph(self, release: str, fill: Callable[[], object] | None = None) -> Graph:
        """An open connection to the server of a release; ``fill`` may put data into a new one."""
        if release not in self._graphs:
            uri, username, password = self._stack.enter_context(provide(release, fill))
            graph = self._stack.enter_context(connect(Address(uri, username, password)))
            held = graph.size()
            if held and fill is None and not os.environ.get("OREPATH_TESTS_MAY_WIPE"):
                pytest.exit(
                    f"{uri} holds {held} nodes, and the tests would delete them. Give them an "
                    "empty database, or set OREPATH_TESTS_MAY_WIPE=1.",
                    returncode=2,
                )
            self._graphs[release] = graph
        return self._graphs[release]

    def clean(self, release: str) -> Graph:
        """The server with nothing in it, constraints included."""
        graph = self.graph(release)
        self._bundled.discard(release)
        wipe(graph)
        return graph

    def bundled(self, release: str) -> Graph:
        """The server with the whole bundle in it, by Bolt on the LTS release and, where it is a
        local one, by import on the other: a test compares the two."""
        imported = release != LTS.series and release not in self._graphs
        graph = self.graph(release, load_offline_bundle if imported else None)
        if imported and graph.size():
            ensure(graph, load_schema())
        elif release not in self._bundled:
            wipe(graph)
            whole(load_bundle(graph)[0])
        self._bundled.add(release)
        return graph


def wipe(graph: Graph) -> None:
    """Remove all data, constraints and the index of names."""
    # Relationships first, and few at a time: a transaction has to fit into the server's heap.
    for part in (
        "MATCH ()-[x]->() WITH x LIMIT 20000 DELETE x RETURN count(*) AS n",
        "MATCH (x) WITH x LIMIT 10000 DELETE x RETURN count(*) AS n",
    ):
        while graph.run(part).records[0]["n"]:
            pass
    for record in graph.read("SHOW CONSTRAINTS YIELD name RETURN name").records:
        graph.run(f"DROP CONSTRAINT `{record['name']}`")
    graph.run(f"DROP INDEX {NAMES} IF EXISTS")


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    """All servers of this session; they stop with it."""
    with ExitStack() as stack:
        yield Servers(stack)


@pytest.fixture
def graph(servers: Servers) -> Graph:
    """An empty graph on the LTS release."""
    return servers.clean("5.26")


@pytest.fixture(params=RELEASES)
def loaded(request: pytest.FixtureRequest, servers: Servers) -> Graph:
    """The whole bundle, on each supported release in turn; not to be changed by a test."""
    return servers.bundled(request.param)


@pytest.fixture
def bundled(servers: Servers) -> Graph:
    """The whole bundle on the LTS release; not to be changed by a test."""
    return servers.bundled("5.26")


@pytest.fixture
def lent(servers: Servers) -> Iterator[Graph]:
    """The whole bundle on the LTS release, for a test that gives it back as it was."""
    graph = servers.bundled("5.26")
    before = checksum(graph)
    yield graph
    if checksum(graph) != before:
        servers.clean("5.26")
        pytest.fail("the test left another graph than it was lent")


@pytest.fixture
def small_bundle(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bundle of the vocabularies and one set of facts."""
    only = {"orepath-byproducts": sets.bundled()["orepath-byproducts"]}
    monkeypatch.setattr(bundle, "index", dict)
    monkeypatch.setattr(sets, "bundled", lambda: only)


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> Callable[[Graph], None]:
    """Point commands started by a test at a graph's server."""

    def point(graph: Graph) -> None:
        monkeypatch.setenv("NEO4J_URI", graph.address.uri)
        monkeypatch.setenv("NEO4J_USERNAME", graph.address.username)
        monkeypatch.setenv("NEO4J_PASSWORD", graph.address.password)

    return point


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests of the bundle first, then those that wipe it, then those without a server.

    The groups of several processes keep this order: the longest first, files of few minutes last.

    Those that read publishers' whole files are left out where the files are not at hand.
    """
    if not (SHARED / "data").is_dir():
        extra = [item for item in items if "shared" in getattr(item, "fixturenames", ())]
        items[:] = [item for item in items if item not in extra]
        config.hook.pytest_deselected(items=extra)

    items.sort(key=_rank)
    for item in items:
        room = ROOMS[_rank(item)]
        item.add_marker(pytest.mark.xdist_group(room or item.path.name))


ROOMS = ("the bundle on 5.26", "the bundle on 2026", "an empty graph", "")
"""Where a test takes place: in one of the graphs, or without a server."""


def _rank(item: pytest.Item) -> int:
    """The index of a test's room."""
    names = set(getattr(item, "fixturenames", ()))
    if "graph" in names:
        return 2
    if names & {"loaded", "bundled", "lent"}:
        # By the fixture's value: a name may hold the year 2026 for many reasons.
        given = getattr(item, "callspec", None)
        return int(given is not None and given.params.get("loaded") == RELEASES[1])
    return 3


GIGABYTES_A_PROCESS = 4
"""Two servers and the tests' own process."""


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Processes of ``-n auto``: three at most, since there are three graphs to read or write.

    One server that the environment names serves one process.
    """
    if os.environ.get("NEO4J_URI"):
        return 0
    room = psutil.virtual_memory().available // (GIGABYTES_A_PROCESS << 30)
    return int(min(os.cpu_count() or 1, room, 3))
