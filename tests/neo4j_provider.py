"""Gives tests a Neo4j: the one that ``NEO4J_URI`` names, else Docker's, else a local one.

The local one lives in a temporary folder and never touches the user's own server; it shares only
the downloaded jars. A test run that gets none fails; it is never skipped.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unittest import mock

from orepath.graph.local import LTS, Release, ensure_running, release_named, stop

Access = tuple[str, str, str]
"""Address, user name and password."""

IDLE_MINUTES = "10"
"""A server whose test run was killed stops itself after this."""


@contextmanager
def provide(
    release: Release | str = LTS, fill: Callable[[], object] | None = None
) -> Iterator[Access]:
    """A running Neo4j of a release (or its name), for as long as the block lasts.

    Where it is a local one, ``fill`` is called before its first start, to import data.
    ``NEO4J_URI`` is taken only for the LTS, since it does not say which release answers there.
    Tests delete what is in it.
    """
    release = release_named(release) if isinstance(release, str) else release
    uri = os.environ.get("NEO4J_URI")
    if uri and release == LTS:
        user = os.environ.get("NEO4J_USERNAME", "neo4j")
        yield uri, user, os.environ.get("NEO4J_PASSWORD", "")
        return
    with contextlib.ExitStack() as stack:
        access = _from_docker(release, stack) if _docker_answers() else None
        yield access or stack.enter_context(local_server(release, fill))


@contextmanager
def local_server(
    release: Release = LTS, fill: Callable[[], object] | None = None
) -> Iterator[Access]:
    """A local server in a folder of its own, stopped and deleted at the end."""
    with tempfile.TemporaryDirectory(prefix="orepath-tests-") as folder:
        surroundings = {
            "OREPATH_DATA_DIR": folder,
            "OREPATH_IDLE_MINUTES": IDLE_MINUTES,
            "OREPATH_NEO4J_RELEASE": release.series,
        }
        with mock.patch.dict(os.environ, surroundings):
            if fill is not None:
                fill()
            server = ensure_running(release=release)
        try:
            yield server.uri, server.username, server.password
        finally:
            with mock.patch.dict(os.environ, surroundings):
                stop(release)


def _docker_answers() -> bool:
    import docker

    try:
        client = docker.from_env(timeout=3)
    except docker.errors.DockerException:
        return False
    with contextlib.closing(client):
        try:
            return bool(client.ping())
        except (docker.errors.DockerException, OSError):
            return False


def _from_docker(release: Release, stack: contextlib.ExitStack) -> Access | None:
    """A container of the release; None where its image cannot be had."""
    import docker
    from testcontainers.neo4j import Neo4jContainer

    password = secrets.token_hex(12)
    image = f"neo4j:{release.version}-community"
    try:
        container = stack.enter_context(Neo4jContainer(image, password=password))
    except docker.errors.DockerException as error:
        print(f"no container of {image} ({error}); using the local server", file=sys.stderr)
        return None
    return container.get_connection_url(), "neo4j", password
