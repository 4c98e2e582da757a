"""Which process is the local server, and does it listen: asked of the system, never assumed.

A process is ours only if its command line names our folder, so that a process number that was
given to another program after a crash or a reboot is never taken for the server, nor ended.
"""

from __future__ import annotations

import contextlib
import re
import socket
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import psutil

from .home import HOST, Home, State

POLL_SECONDS = 0.05
_GONE = (psutil.NoSuchProcess, psutil.AccessDenied)
_PORT = re.compile(r"server\.(bolt|http)\.listen_address=[\d.]+:(\d+)")


def runs(pid: int, argument: str) -> bool:
    """Whether process ``pid`` lives and has this argument in its command line."""
    try:
        return pid > 0 and argument in psutil.Process(pid).cmdline()
    except _GONE:
        return False


def find_server(home: Home) -> State | None:
    """The running server of a folder, found among all processes; None when there is none."""
    for process in psutil.process_iter(["cmdline"]):
        command = process.info["cmdline"] or ()
        ports = dict(_PORT.findall("\n".join(command)))
        if home.argument in command and len(ports) == 2:
            return State(process.pid, int(ports["bolt"]), int(ports["http"]))
    return None


def listens(pid: int, *ports: int) -> bool:
    """Whether process ``pid`` listens on each of these loopback ports.

    Two servers that start at once may try the same port: the one that answers there need not be
    ours, and would refuse our password.
    """
    try:
        return set(ports) <= set(_connections(pid, psutil.CONN_LISTEN))
    except psutil.AccessDenied:
        return not any(map(is_free, ports))


def open_connections(state: State) -> int:
    """How many clients are connected to the server."""
    with contextlib.suppress(psutil.AccessDenied):
        ports = _connections(state.pid, psutil.CONN_ESTABLISHED)
        return sum(port in state.ports for port in ports)
    return 0


def _connections(pid: int, status: str) -> list[int]:
    """The local ports of a process's connections of this status, each as often as it has one."""
    try:
        found = psutil.Process(pid).net_connections(kind="tcp")
    except psutil.NoSuchProcess:
        return []
    return [c.laddr.port for c in found if c.status == status and c.laddr]


def is_free(port: int) -> bool:
    """Whether a server could listen on a loopback port."""
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            # As servers do: a port in TIME_WAIT is free, one that is listened on is not. Windows
            # gives the option another meaning: there it would take the port from its owner.
            if sys.platform != "win32":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((HOST, port))
    except OSError:
        return False
    return True


def free_port(wanted: Iterable[int]) -> int:
    """The first wanted port that is free, else one that the system gives."""
    for port in wanted:
        if port and is_free(port):
            return port
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def until(condition: Callable[[], bool], seconds: float) -> bool:
    """Wait until something is so, for so many seconds at most; whether it is."""
    limit = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > limit:
            return False
        time.sleep(POLL_SECONDS)
    return True


def memory(pid: int) -> int:
    """Resident memory of a process in bytes; 0 when it is gone."""
    try:
        return int(psutil.Process(pid).memory_info().rss)
    except _GONE:
        return 0


def end(pid: int, argument: str, patience: float = 60.0) -> bool:
    """End a process that has ``argument``: politely, after ``patience`` seconds by force.

    Returns whether there was one. Any other process is left alone. One that ended, but whose
    starter did not ask for its end yet (a notebook, say), is not waited for.
    """

    def gone() -> bool:
        return not runs(pid, argument)

    if gone():
        return False
    with contextlib.suppress(*_GONE):
        process = psutil.Process(pid)
        process.terminate()
        if not until(gone, patience):
            process.kill()
            until(gone, patience)
    return True


def folder_size(folder: Path) -> int:
    """Bytes of all files below a folder, as far as they can be read."""
    total = 0
    for file in folder.rglob("*"):
        with contextlib.suppress(OSError):
            total += file.stat().st_size if file.is_file() else 0
    return total
