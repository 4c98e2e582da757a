"""The local server as the rest of Orepath sees it: have it running, ask how it is, stop it.

Finding a running server must cost next to nothing, so this module imports what starts one only
when it has to.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .home import Furnish, Home, State
from .processes import end, find_server, folder_size, listens, memory, runs
from .releases import Release, chosen_release, missing_jars


@dataclass(frozen=True, slots=True)
class LocalServer:
    """A running local server and how to reach it.

    The address is ``bolt://``: there is one server, so that the routing table that ``neo4j://``
    would fetch first could only name it again.
    """

    uri: str
    password: str
    http_port: int
    browser_url: str
    pid: int
    release: Release
    home: Path
    username: str = "neo4j"
    database: str = "neo4j"


@dataclass(frozen=True, slots=True)
class LocalStatus:
    """How the local server is: ``state`` is running, starting or stopped; sizes in bytes."""

    state: str
    release: Release
    home: Path
    uri: str | None
    browser_url: str | None
    pid: int | None
    memory: int
    disk: int
    idle_minutes: float
    password_file: Path
    log: Path
    downloaded: bool


def ensure_running(
    *, release: Release | None = None, progress: bool = True, furnish: Furnish | None = None
) -> LocalServer:
    """The local server, set up and started when it is not running.

    ``release`` None means ``OREPATH_NEO4J_RELEASE`` or the LTS. ``furnish`` is called before a
    start, with the folder of what the Neo4j Browser is given. Raises ``DatabaseError``.
    """
    release = chosen_release(release)
    home = Home.of(release)
    found = _running(release, home)
    if found is not None:
        return found
    from .start import start
    from .watch import with_watcher

    home.make()
    with home.locked(progress=progress):
        # Another command may have started it while this one waited.
        found = _running(release, home)
        if found is None:
            state = start(release, home, progress=progress, furnish=furnish)
            found = _described(release, home, with_watcher(home, state))
    return found


def _running(release: Release, home: Home) -> LocalServer | None:
    state = home.read_state()
    if state is None or not runs(state.pid, home.argument):
        return None
    # In this order: a server whose state can be touched is not being stopped by its watcher.
    if not home.used_now() or not listens(state.pid, *state.ports):
        return None
    if state.watcher and not runs(state.watcher, home.watch_argument):
        from .watch import with_watcher

        state = with_watcher(home, state)
    return _described(release, home, state)


def _described(release: Release, home: Home, state: State) -> LocalServer:
    return LocalServer(
        uri=state.uri,
        password=home.password(),
        http_port=state.http_port,
        browser_url=state.browser_url,
        pid=state.pid,
        release=release,
        home=home.path,
    )


def status(release: Release | None = None) -> LocalStatus:
    """How the local server of a release is; starts nothing and changes nothing."""
    from .watch import idle_minutes

    release = chosen_release(release)
    home = Home.of(release)
    state = find_server(home)
    answers = state is not None and listens(state.pid, *state.ports)
    return LocalStatus(
        state="stopped" if state is None else "running" if answers else "starting",
        release=release,
        home=home.path,
        uri=state.uri if state else None,
        browser_url=state.browser_url if state else None,
        pid=state.pid if state else None,
        memory=memory(state.pid) if state else 0,
        disk=folder_size(home.path),
        idle_minutes=idle_minutes(),
        password_file=home.password_file,
        log=home.logs / "neo4j.log",
        downloaded=not missing_jars(release),
    )


def stop(release: Release | None = None, *, progress: bool = True) -> bool:
    """Stop the local server of a release; whether there was one running."""
    home = Home.of(chosen_release(release))
    if not home.exists():
        return False
    with home.locked(progress=progress):
        noted = home.read_state()
        if noted is not None and noted.watcher:
            end(noted.watcher, home.watch_argument)
        state = find_server(home)
        stopped = state is not None and end(state.pid, home.argument)
        home.forget_state()
    return stopped
