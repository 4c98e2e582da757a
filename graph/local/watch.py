"""Stops the local server when nobody has used it for a while: a small process beside it.

Run as ``python -m orepath.graph.local.watch --watch-home=FOLDER SERIES``. In use is a server with
an open Bolt or HTTP connection (the Browser holds one) or one that a command found lately. The
watcher ends by itself when its server is gone, and never ends any other program.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from pathlib import Path

from ...ontology.errors import DatabaseError
from .home import Home, State
from .processes import end, home_argument, open_connections, runs, watch_argument
from .releases import Release, release_named

VARIABLE = "OREPATH_IDLE_MINUTES"
DEFAULT_MINUTES = 30.0
STOP_SECONDS = 60.0
QUIET_SECONDS = 120.0


def idle_minutes() -> float:
    """After how many idle minutes the server stops; 0 means never. Raises ``DatabaseError``."""
    text = os.environ.get(VARIABLE, "").strip()
    try:
        minutes = float(text) if text else DEFAULT_MINUTES
    except ValueError:
        minutes = -1.0
    # The comparison refuses NaN too.
    if not minutes >= 0:
        raise DatabaseError(
            f"{VARIABLE} is {text!r}", "Write a number of minutes, or 0 for a server that stays."
        )
    return minutes


def watch_command(release: Release, home: Home) -> list[str]:
    """The command line of the watcher of a folder."""
    return [
        sys.executable,
        "-m",
        __spec__.name if __spec__ else __name__,
        watch_argument(home),
        release.series,
    ]


def watch(release: Release, home: Home) -> None:
    """Return when the server is gone, or stopped because nobody used it."""
    limit = idle_minutes() * 60
    if not limit:
        return
    pause = min(15.0, max(0.1, limit / 10))
    last_connection = time.time()
    recorded = False
    while True:
        time.sleep(pause)
        state = home.read_state()
        if state is None or not runs(state.pid, home_argument(home)):
            return
        if open_connections(state):
            last_connection = time.time()
        idle = time.time() - max(last_connection, _last_use(home.state_file))
        if idle >= limit and _stopped(home, state, limit):
            return
        if idle >= QUIET_SECONDS and not recorded:
            recorded = True
            _record_classes(release)


def _stopped(home: Home, state: State, limit: float) -> bool:
    """Stop an idle server, unless somebody comes at the last moment."""
    from .start import only_one

    with only_one(home):
        # Once the state is parked, no command finds the server: what used it before is seen
        # below, what comes after waits for the lock and starts it anew.
        try:
            home.state_file.replace(home.parked_state_file)
        except OSError:
            return False
        used_again = time.time() - _last_use(home.parked_state_file) < limit
        if used_again or open_connections(state):
            home.parked_state_file.replace(home.state_file)
            return False
        end(state.pid, home_argument(home), STOP_SECONDS)
        home.forget_state()
        return True


def _last_use(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except OSError:
        return 0.0


def _record_classes(release: Release) -> None:
    """Use a quiet time for what makes the next start faster, behind everything else that runs."""
    from .archive import archive_classes

    # It is a favour: whatever goes wrong with it must not keep the server from being stopped.
    with contextlib.suppress(Exception):
        if sys.platform != "win32":
            os.nice(19)
        archive_classes(release)


def _main(arguments: list[str]) -> None:
    option, series = arguments
    home = Home(Path(option.removeprefix("--watch-home=")))
    watch(release_named(series), home)


if __name__ == "__main__":
    _main(sys.argv[1:])
