"""The folder of one local server: its files, its password, and the note of where it runs.

Everything in it belongs to the user alone (0700, password 0600). The state file is a cache of
what the running process says of itself; losing it loses nothing. No process is started here.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

from ...ontology.errors import DatabaseError
from ...ontology.paths import data_dir
from .faults import explained
from .progress import say
from .releases import Release

HOST = "127.0.0.1"
T = TypeVar("T")
Furnish = Callable[[Path], None]
"""Puts what the Neo4j Browser is given, ``style.json`` and ``guide.html``, into a folder."""
LOCK_SECONDS = 900.0


@dataclass(frozen=True, slots=True)
class State:
    """Where the server was last started: process, ports, and the process that stops it."""

    pid: int
    bolt_port: int
    http_port: int
    watcher: int = 0

    @property
    def ports(self) -> tuple[int, int]:
        """Where it listens once it is up: Bolt and, last, the Browser."""
        return self.bolt_port, self.http_port

    @property
    def uri(self) -> str:
        """The address for Bolt."""
        return f"bolt://{HOST}:{self.bolt_port}"

    @property
    def browser_url(self) -> str:
        """The address of the Neo4j Browser."""
        return f"http://{HOST}:{self.http_port}/browser/"


@dataclass(frozen=True, slots=True)
class Ports:
    """The ports of a server: Bolt, the Browser and its guide; 0 where none was chosen yet.

    Favourites and sign-in of the Browser belong to its address, so that a port, once chosen, stays.
    """

    bolt: int = 0
    http: int = 0
    guide: int = 0


class Home:
    """The files of one local server."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.password_file = path / "password"
        # Its modification time is the last time that a command used the server.
        self.state_file = path / "state.json"
        # The state while the watcher stops the server: no command finds it meanwhile.
        self.parked_state_file = path / "stopping.json"
        self.ports_file = path / "ports.json"
        self.conf = path / "conf"
        self.kit = path / "kit"  # what the Neo4j Browser is given: style.json, guide.html
        self.logs = path / "logs"  # Neo4j's own logs, and start.log: what Java itself says
        self.data = path / "data"
        # The arguments by which the processes of server and watcher name the folder.
        self.argument = f"--home-dir={path}"
        self.watch_argument = f"--watch-home={path}"

    @classmethod
    def of(cls, release: Release) -> Home:
        """The folder of a release's series, in the user's data directory."""
        return cls((data_dir() / f"neo4j-{release.series}").absolute())

    def exists(self) -> bool:
        """Whether a server was ever set up here."""
        return self.path.is_dir()

    def has_database(self) -> bool:
        """Whether a server ran here once, so that its password is set for good."""
        return (self.data / "databases" / "system").exists()

    def has_initial_password(self) -> bool:
        """Whether Neo4j was told the password, be it for a server that did not run yet."""
        return self.has_database() or any(
            (self.data / "dbms" / name).exists() for name in ("auth.ini", "auth")
        )

    def make(self) -> None:
        """Create the folder, for the user alone. Raises ``DatabaseError``."""
        with explained(f"the local database's folder {self.path} cannot be made", self.path):
            self.path.mkdir(parents=True, exist_ok=True)
            self.path.chmod(0o700)
            for folder in (self.conf, self.logs, self.kit):
                folder.mkdir(exist_ok=True)

    @contextlib.contextmanager
    def locked(self, *, progress: bool = False) -> Iterator[None]:
        """Be the one command that starts or stops the server. Raises ``DatabaseError`` when
        another one is that for too long."""
        import filelock

        lock = filelock.FileLock(self.path / "lock", mode=0o600)
        with explained(f"the lock file {lock.lock_file} cannot be written", self.path):
            try:
                lock.acquire(timeout=0)
            except filelock.Timeout:
                say("Waiting for another orepath that starts or stops the server …", progress)
                try:
                    lock.acquire(timeout=LOCK_SECONDS)
                except filelock.Timeout:
                    raise DatabaseError(
                        f"another orepath has been starting or stopping the local server for "
                        f"{LOCK_SECONDS / 60:.0f} minutes (lock {lock.lock_file})",
                        "End that command, then try again.",
                    ) from None
        try:
            yield
        finally:
            lock.release()

    def read_state(self) -> State | None:
        """The noted state, or None where there is none or it is damaged."""
        return _noted(self.state_file, State)

    def write_state(self, state: State) -> None:
        """Note where the server runs. Raises ``DatabaseError``."""
        self._write(self.state_file, json.dumps(asdict(state)))

    def forget_state(self) -> None:
        """Remove the note of a server that no longer runs."""
        for file in (self.state_file, self.parked_state_file):
            with contextlib.suppress(OSError):
                file.unlink(missing_ok=True)

    def ports(self) -> Ports:
        """The ports of the server before; zeros where there was none or the note is damaged."""
        return _noted(self.ports_file, Ports) or Ports()

    def keep_ports(self, ports: Ports) -> None:
        """Note the ports for the next start. Raises ``DatabaseError``."""
        if ports != self.ports():
            self._write(self.ports_file, json.dumps(asdict(ports)))

    def used_now(self) -> bool:
        """Note that a command uses the server; False where it is just being stopped."""
        try:
            os.utime(self.state_file)
        except OSError:
            return False
        return True

    def password(self) -> str:
        """The password; where the database has one that is lost, ``DatabaseError`` says so."""
        try:
            text = self.password_file.read_text(encoding="ascii").strip()
        except FileNotFoundError:
            raise self.password_lost("is missing") from None
        except (OSError, UnicodeDecodeError) as error:
            raise self.password_lost(f"cannot be read ({error})") from error
        if len(text) < 8 or not text.isprintable():
            raise self.password_lost("is damaged")
        return text

    def password_lost(self, what: str) -> DatabaseError:
        """The error for a password file that does not open the database."""
        return DatabaseError(
            f"the password file {self.password_file} of the local database {what}",
            "Put the file back from a backup. Without one the database cannot be opened: run "
            f"`orepath down`, move {self.path} away, and `orepath load` makes a new one.",
        )

    def set_up_password(self) -> None:
        """Make a password where there is none; Neo4j must still be told it."""
        try:
            self.password()
        except DatabaseError:
            if self.has_database():
                raise
            self._write(self.password_file, secrets.token_hex(20) + "\n")
            with contextlib.suppress(OSError):
                (self.data / "dbms" / "auth.ini").unlink(missing_ok=True)

    def _write(self, file: Path, text: str) -> None:
        """Write a file for the user alone, in one step."""
        with explained(f"{file} cannot be written", self.path):
            part = file.with_name(f"{file.name}.{os.getpid()}.part")
            part.unlink(missing_ok=True)
            part.touch(0o600, exist_ok=False)
            part.write_text(text, encoding="ascii")
            part.replace(file)


def _noted(file: Path, kind: Callable[..., T]) -> T | None:
    """What a note of numbers says; None where there is none or it is damaged."""
    try:
        values = json.loads(file.read_text(encoding="utf-8"))
        return kind(**{name: int(value) for name, value in values.items()})
    except (OSError, ValueError, TypeError, AttributeError):
        return None
