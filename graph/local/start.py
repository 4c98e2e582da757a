"""Starts the local server: fetches it, gives it a folder, a password and ports, and waits.

One command at a time does this (a lock file); another that comes meanwhile waits and finds the
server running. Everything that is needed only here is imported only here.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from ...ontology.errors import DatabaseError
from ...ontology.paths import data_dir
from .archive import archive_java
from .faults import check_room, explained
from .home import Home, State
from .jars import drop_damaged, ensure_jars
from .java import environment, launch, server_command, set_initial_password, write_settings
from .processes import HOST, end, find_server, free_port, home_argument, is_free, listens, runs
from .progress import say, waiting
from .releases import Release

BOLT_PORT, HTTP_PORT = 7687, 7474
ROOM = 200_000_000
"""Bytes that a new database and its logs need at least."""
LOG_LINES = 12
POLL_SECONDS = 0.05
RELEASE_SECONDS = 2.0
LOCK_SECONDS = 900.0

_PORT_TAKEN = ("Address already in use", "BindException")


class _DiedError(Exception):
    """The server ended before it answered; the text is what its logs say."""


@contextmanager
def only_one(home: Home, *, progress: bool = False) -> Iterator[None]:
    """Hold the folder's lock. Raises ``DatabaseError`` when another command holds it too long."""
    import filelock

    lock = filelock.FileLock(home.lock_file, mode=0o600)
    with explained(f"the lock file {home.lock_file} cannot be written", home.path):
        try:
            lock.acquire(timeout=0)
        except filelock.Timeout:
            say("Waiting for another orepath that starts or stops the server …", enabled=progress)
            try:
                lock.acquire(timeout=LOCK_SECONDS)
            except filelock.Timeout:
                raise DatabaseError(
                    f"another orepath has been starting or stopping the local server for "
                    f"{LOCK_SECONDS / 60:.0f} minutes (lock {home.lock_file})",
                    "End that command, then try again.",
                ) from None
    try:
        yield
    finally:
        lock.release()


def start(release: Release, home: Home, *, progress: bool) -> State:
    """Start the server under the folder's lock, or adopt the one that runs there already.

    Raises ``DatabaseError`` with what to do.
    """
    found = find_server(home)
    if found is not None:
        return _adopt(home, found, progress=progress)
    noted = home.read_state()
    home.forget_state()
    ensure_jars(release, progress=progress)
    check_room(data_dir(), ROOM, "the local database")
    _, new = home.set_up_password()
    write_settings(home)
    with waiting(f"Starting Neo4j {release.version}", enabled=progress):
        archive_java(release)
        if new:
            set_initial_password(release, home)
        return _launched(release, home, _ports_of_before(noted))


def _adopt(home: Home, state: State, *, progress: bool) -> State:
    """Wait for a server whose starter was killed, or whose note was lost."""
    log = _Logs(home)
    home.write_state(state)
    with waiting("Waiting for the local server", enabled=progress):
        try:
            _await_answer(home, state, None, log)
        except _DiedError as died:
            raise _crash(home, str(died)) from died
    return state


def _ports_of_before(noted: State | None) -> tuple[int, int]:
    """The ports to try first: those of the server before, so that addresses go on being right."""
    if noted is None:
        return 0, 0
    # A process that was just killed holds its ports for a moment longer.
    until = time.monotonic() + RELEASE_SECONDS
    while not is_free(noted.bolt_port) and time.monotonic() < until:
        time.sleep(POLL_SECONDS)
    return noted.bolt_port, noted.http_port


def _launched(release: Release, home: Home, wanted: tuple[int, int]) -> State:
    """Run the server; a port taken at the last moment or a damaged jar is mended once."""
    for last in (False, True):
        bolt = free_port((wanted[0], BOLT_PORT))
        http = free_port((wanted[1], HTTP_PORT))
        log = _Logs(home)
        command = server_command(release, home, bolt, http)
        process = launch(command, home.logs / "start.log", environment(home))
        state = State(process.pid, bolt, http)
        try:
            home.write_state(state)
            _await_answer(home, state, process, log)
            return state
        except _DiedError as died:
            home.forget_state()
            if last:
                raise _crash(home, str(died)) from died
            if any(word in str(died) for word in _PORT_TAKEN):
                wanted = (0, 0)
            elif drop_damaged(release):
                ensure_jars(release, progress=False)
            else:
                raise _crash(home, str(died)) from died
        except BaseException:
            # Ctrl-C or a failure of ours: no server stays behind that nobody waited for.
            end(process.pid, home_argument(home), 20)
            home.forget_state()
            raise
    raise AssertionError("unreachable")


def _await_answer(
    home: Home, state: State, process: subprocess.Popen[bytes] | None, log: _Logs
) -> None:
    """Wait until the server answers on Bolt and accepts the password."""
    limit = _seconds("OREPATH_START_TIMEOUT", 180.0)
    until = time.monotonic() + limit
    while not listens(state.pid, state.bolt_port):
        gone = process.poll() is not None if process else not runs(state.pid, home_argument(home))
        if gone:
            raise _DiedError(log.tail())
        if time.monotonic() > until:
            raise _too_slow(home, limit, log)
        time.sleep(POLL_SECONDS)
    while not _answers(home, state):
        if not runs(state.pid, home_argument(home)):
            raise _DiedError(log.tail())
        if time.monotonic() > until:
            raise _too_slow(home, limit, log)
        time.sleep(POLL_SECONDS)


def _answers(home: Home, state: State) -> bool:
    """Whether Bolt answers now; ``DatabaseError`` where it refuses the password."""
    import neo4j
    from neo4j.exceptions import AuthError, DriverError, Neo4jError

    address = f"bolt://{HOST}:{state.bolt_port}"
    try:
        with neo4j.GraphDatabase.driver(address, auth=("neo4j", home.password())) as driver:
            driver.verify_connectivity()
    except AuthError as error:
        raise home.password_lost("is not the one that the database has") from error
    except (DriverError, Neo4jError, OSError):
        return False
    return True


class _Logs:
    """What Neo4j and Java write from now on."""

    def __init__(self, home: Home) -> None:
        self.files = (home.logs / "start.log", home.logs / "neo4j.log")
        # start.log is begun anew by each start; neo4j.log goes on.
        self.before = (0, _size(self.files[1]))

    def tail(self) -> str:
        """The last lines of both."""
        text: list[str] = []
        for file, offset in zip(self.files, self.before, strict=True):
            with suppress(OSError), file.open("rb") as stream:
                stream.seek(offset if offset <= _size(file) else 0)
                text += stream.read().decode("utf-8", "replace").splitlines()
        return "\n".join(f"  {line}" for line in text[-LOG_LINES:])


def _size(file: Path) -> int:
    with suppress(OSError):
        return file.stat().st_size
    return 0


def _crash(home: Home, said: str) -> DatabaseError:
    if "No space left" in said:
        what = "Free some space on its disk, then try again."
    elif "Could not reserve enough space" in said or "insufficient memory" in said:
        what = "It needs about 1 GB of memory: end other programs, or set NEO4J_URI."
    elif "FileLockException" in said or "lock file has been locked" in said.lower():
        what = f"Another program has the database in {home.data} open: end it, then try again."
    else:
        what = (
            f"If the logs in {home.logs} do not help: move {home.path} away and `orepath load` "
            "makes a new database, or set NEO4J_URI to another server."
        )
    logs = f"{home.logs / 'neo4j.log'} and {home.logs / 'start.log'}"
    return DatabaseError(
        f"the local Neo4j ended before it answered. Last lines of {logs}:\n{said or '  (nothing)'}",
        what,
    )


def _too_slow(home: Home, limit: float, log: _Logs) -> DatabaseError:
    return DatabaseError(
        f"the local Neo4j did not answer within {limit:.0f} s and was ended. Last lines of "
        f"{home.logs / 'neo4j.log'}:\n{log.tail() or '  (nothing)'}",
        "Is the machine very busy? Give it longer with OREPATH_START_TIMEOUT=600 (seconds).",
    )


def _seconds(variable: str, default: float) -> float:
    text = os.environ.get(variable, "").strip()
    try:
        return float(text) if text else default
    except ValueError:
        raise DatabaseError(f"{variable} is {text!r}", "Write a number.") from None


def with_watcher(release: Release, home: Home, state: State) -> State:
    """Have a process beside the server that stops it when idle; none when that is switched off."""
    from .watch import idle_minutes, watch_command

    if idle_minutes() <= 0:
        return state
    process = launch(watch_command(release, home), home.logs / "watch.log")
    return replace(state, watcher=process.pid)
