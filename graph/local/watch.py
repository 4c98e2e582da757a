"""The small process beside the local server: it serves the guide of the Neo4j Browser, and stops
the server when nobody has used it for a while.

Run as ``python -m orepath.graph.local.watch --watch-home=FOLDER``. In use is a server with
an open Bolt or HTTP connection (the Browser holds one) or one that a command found lately. The
watcher ends by itself when its server is gone, and never ends any other program.
"""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from dataclasses import replace
from math import inf
from pathlib import Path

from .faults import number
from .guide import serve
from .home import Home, State
from .java import launch
from .processes import end, open_connections, runs

DEFAULT_MINUTES = 30.0


def idle_minutes() -> float:
    """After how many idle minutes the server stops; 0 means never. Raises ``DatabaseError``."""
    hint = "Write a number of minutes, or 0 for a server that stays."
    return number("OREPATH_IDLE_MINUTES", DEFAULT_MINUTES, hint)


def with_watcher(home: Home, state: State) -> State:
    """Have a process beside the server, and note both."""
    idle_minutes()  # what is no number is refused here, where somebody reads it
    command = [sys.executable, "-m", __name__, home.watch_argument]
    state = replace(state, watcher=launch(command, home.logs / "watch.log").pid)
    home.write_state(state)
    return state


def watch(home: Home) -> None:
    """Return when the server is gone, or stopped because nobody used it, if it ever is for that."""
    limit = idle_minutes() * 60 or inf
    pause = min(15.0, max(0.1, limit / 10))
    # A port that was taken meanwhile costs the guide, not the server.
    if port := home.ports().guide:
        with suppress(OSError):
            serve(home.kit, port)
    last_connection = time.time()
    while True:
        time.sleep(pause)
        state = home.read_state()
        if state is None or not runs(state.pid, home.argument):
            return
        if open_connections(state):
            last_connection = time.time()
        idle = time.time() - max(last_connection, _last_use(home.state_file))
        if idle >= limit and _stopped(home, state, limit):
            return


def _stopped(home: Home, state: State, limit: float) -> bool:
    """Stop an idle server, unless somebody comes at the last moment."""
    with home.locked():
        # Once the state is parked, no command finds the server: what used it before is seen
        # below, what comes after waits for the lock and starts it again.
        try:
            home.state_file.replace(home.parked_state_file)
        except OSError:
            return False
        used_again = time.time() - _last_use(home.parked_state_file) < limit
        if used_again or open_connections(state):
            home.parked_state_file.replace(home.state_file)
            return False
        end(state.pid, home.argument)
        home.forget_state()
        return True


def _last_use(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except OSError:
        return 0.0


if __name__ == "__main__":
    watch(Home(Path(sys.argv[1].removeprefix("--watch-home="))))
