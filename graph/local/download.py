"""Fetches jars from a Maven repository: eight at a time, verified, each in one step or not at all.

A jar that came whole is kept whatever happens to the others, so that the next try goes on where
this one ended. Proxy and certificate variables of the environment are honoured.
"""

from __future__ import annotations

import hashlib
import logging
import socket
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from importlib.metadata import version
from threading import Event, Lock
from urllib.parse import urlsplit

import httpx
import tenacity

from ...ontology.errors import DatabaseError
from .faults import OTHER_WAYS, explained
from .jars import Jar, jar_folder, part_of
from .mirror import repository
from .progress import Advance, downloading
from .releases import Release

CONNECTIONS = 8
TRIES = 4
TRIES_WRONG_HASH = 2
CHUNK = 1 << 16
_PASSING_STATUS = frozenset({408, 425, 429, 500, 502, 503, 504})


class WrongHashError(Exception):
    """A file that is not what the lock file says."""


class _AbandonedError(Exception):
    """Another jar failed, so that this one is not needed now."""


class _Transfers:
    """The downloads under way, which can all be broken off, even those that wait for bytes."""

    def __init__(self) -> None:
        self.abandoned = Event()
        # By response: a connection may serve the next one before this one is left.
        self._sockets: dict[httpx.Response, socket.socket] = {}
        self._lock = Lock()

    @contextmanager
    def one(self, response: httpx.Response) -> Iterator[None]:
        """Count ``response`` among those under way."""
        stream = response.extensions["network_stream"]
        with self._lock:
            self._sockets[response] = stream.get_extra_info("socket")
        try:
            self.check()
            yield
        finally:
            with self._lock:
                del self._sockets[response]

    def check(self) -> None:
        """Raise when all is broken off."""
        if self.abandoned.is_set():
            raise _AbandonedError

    def abandon(self) -> None:
        """Break all off at once: a shut-down socket wakes the thread that reads from it."""
        with self._lock:
            self.abandoned.set()
            for connection in self._sockets.values():
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)


def fetch(release: Release, jars: Sequence[Jar], *, progress: bool = True) -> None:
    """Download ``jars`` into the cache. Raises ``DatabaseError`` naming what to do."""
    base = repository()
    total = sum(jar.size for jar in jars)
    text = f"Downloading Neo4j {release.version} ({len(jars)} files, {total // 1_000_000} MB)"
    # httpx logs each request at INFO, which would tear the progress bar.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    transfers = _Transfers()
    limits = httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS)
    # The largest first, so that no long one is left alone at the end.
    order = sorted(jars, key=lambda jar: (-jar.size, jar.coordinates))
    # Whatever ends this block, Ctrl-C too, breaks the transfers off before the pool waits for them.
    with (
        downloading(text, total, enabled=progress) as advance,
        _client(limits) as client,
        ThreadPoolExecutor(CONNECTIONS) as pool,
        _ended_by(transfers.abandon),
    ):
        tasks = {pool.submit(_fetch, client, base, jar, advance, transfers): jar for jar in order}
        done, _ = wait(tasks, return_when=FIRST_EXCEPTION)
    _raise_first(release, base, {task: tasks[task] for task in done})


@contextmanager
def _ended_by(action: Callable[[], None]) -> Iterator[None]:
    """Do ``action`` at the end of the block, however it ends."""
    try:
        yield
    finally:
        action()


def _client(limits: httpx.Limits) -> httpx.Client:
    try:
        return httpx.Client(
            limits=limits,
            timeout=httpx.Timeout(30, connect=10),
            follow_redirects=True,
            headers={"User-Agent": f"orepath/{version('orepath')}"},
        )
    except (OSError, ValueError) as error:
        raise DatabaseError(
            f"the network settings of the environment cannot be used: {error}",
            "Check HTTPS_PROXY, ALL_PROXY, SSL_CERT_FILE and SSL_CERT_DIR.",
        ) from error


def _raise_first(release: Release, base: str, tasks: dict[Future[None], Jar]) -> None:
    failed = {jar: error for task, jar in tasks.items() if (error := task.exception())}
    for jar, error in sorted(failed.items(), key=lambda item: item[0].coordinates):
        if not isinstance(error, _AbandonedError):
            raise _explain(release, base, jar, error) from error


def _explain(release: Release, base: str, jar: Jar, error: BaseException) -> BaseException:
    host = urlsplit(base).netloc
    if isinstance(error, WrongHashError):
        return DatabaseError(
            f"{jar.repository_path} came twice from {host} with the wrong content: {error}",
            "The repository, or a proxy on the way, changes files; nothing of it was kept. "
            f"Use another repository (OREPATH_MAVEN_MIRROR). {OTHER_WAYS}",
        )
    if isinstance(error, httpx.HTTPStatusError):
        answer = f"{error.response.status_code} {error.response.reason_phrase}".strip()
        return DatabaseError(
            f"{host} does not give {jar.repository_path}: {answer}",
            f"Is OREPATH_MAVEN_MIRROR (or the mirror in ~/.m2/settings.xml) a whole Maven "
            f"repository, and open to you? {OTHER_WAYS}",
        )
    if isinstance(error, httpx.HTTPError):
        return DatabaseError(
            f"Neo4j {release.version} could not be downloaded from {host}: "
            f"{error or type(error).__name__}",
            OTHER_WAYS,
        )
    return error


def _wrong_or_passing(error: BaseException) -> bool:
    if isinstance(error, httpx.HTTPStatusError):
        return error.response.status_code in _PASSING_STATUS
    return isinstance(error, (httpx.TransportError, WrongHashError))


def _enough(state: tenacity.RetryCallState) -> bool:
    error = state.outcome.exception() if state.outcome else None
    return state.attempt_number >= (
        TRIES_WRONG_HASH if isinstance(error, WrongHashError) else TRIES
    )


def _fetch(
    client: httpx.Client, base: str, jar: Jar, advance: Advance, transfers: _Transfers
) -> None:
    retrying = tenacity.Retrying(
        retry=tenacity.retry_if_exception(_wrong_or_passing),
        stop=_enough,
        wait=tenacity.wait_random_exponential(multiplier=0.5, max=5),
        sleep=tenacity.sleep_using_event(transfers.abandoned),
        reraise=True,
    )
    retrying(_fetch_once, client, base, jar, advance, transfers)


def _fetch_once(
    client: httpx.Client, base: str, jar: Jar, advance: Advance, transfers: _Transfers
) -> None:
    part = part_of(jar)
    digest = hashlib.sha256()
    came = 0
    try:
        transfers.check()
        with (
            explained(f"{jar.cached} cannot be written", jar_folder()),
            client.stream("GET", f"{base}/{jar.repository_path}") as response,
        ):
            response.raise_for_status()
            with transfers.one(response), part.open("wb") as file:
                for chunk in response.iter_bytes(CHUNK):
                    transfers.check()
                    file.write(chunk)
                    digest.update(chunk)
                    came += len(chunk)
                    advance(len(chunk))
            if digest.hexdigest() != jar.sha256:
                raise WrongHashError(
                    f"SHA-256 {digest.hexdigest()} ({came} bytes) instead of {jar.sha256}"
                )
            part.replace(jar.cached)
    except BaseException:
        advance(-came)
        part.unlink(missing_ok=True)
        raise
