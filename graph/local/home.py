"""The folder of one local server: its files, its password, and the note of where it runs.

Everything in it belongs to the user alone (0700, password 0600). The state file is a cache of
what the running process says of itself; losing it loses nothing. No process is started here.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from ...ontology.errors import DatabaseError
from ...ontology.paths import data_dir
from .faults import explained
from .releases import Release


@dataclass(frozen=True, slots=True)
class State:
    """Where the server was last started: process, ports, and the process that stops it."""

    pid: int
    bolt_port: int
    http_port: int
    watcher: int = 0


@dataclass(frozen=True, slots=True)
class Home:
    """The files of one local server."""

    path: Path

    @classmethod
    def of(cls, release: Release) -> Home:
        """The folder of a release's series, in the user's data directory."""
        return cls((data_dir() / f"neo4j-{release.series}").absolute())

    @property
    def password_file(self) -> Path:
        """The password of user ``neo4j``, readable by the user only."""
        return self.path / "password"

    @property
    def state_file(self) -> Path:
        """Where it runs; its modification time is the last time that a command used it."""
        return self.path / "state.json"

    @property
    def parked_state_file(self) -> Path:
        """The state while the watcher stops the server: no command finds it meanwhile."""
        return self.path / "stopping.json"

    @property
    def lock_file(self) -> Path:
        """Held by the one command that starts or stops the server."""
        return self.path / "lock"

    @property
    def conf(self) -> Path:
        """Folder of ``neo4j.conf``, written anew at each start."""
        return self.path / "conf"

    @property
    def logs(self) -> Path:
        """Folder of Neo4j's own logs and of ``start.log`` (what Java itself says)."""
        return self.path / "logs"

    @property
    def data(self) -> Path:
        """Neo4j's own folder: databases, transaction logs, the initial password's hash."""
        return self.path / "data"

    def exists(self) -> bool:
        """Whether a server was ever set up here."""
        return self.path.is_dir()

    def has_database(self) -> bool:
        """Whether a server ran here once, so that its password is set for good."""
        return (self.data / "databases" / "system").exists()

    def has_initial_password(self) -> bool:
        """Whether the password of a server that did not run yet is set."""
        return any((self.data / "dbms" / name).exists() for name in ("auth.ini", "auth"))

    def make(self) -> None:
        """Create the folder, for the user alone. Raises ``DatabaseError``."""
        with explained(f"the local database's folder {self.path} cannot be made", self.path):
            self.path.mkdir(parents=True, exist_ok=True)
            self.path.chmod(0o700)
            for folder in (self.conf, self.logs):
                folder.mkdir(exist_ok=True)

    def read_state(self) -> State | None:
        """The noted state, or None where there is none or it is damaged."""
        try:
            values = json.loads(self.state_file.read_text(encoding="utf-8"))
            return State(**{name: int(value) for name, value in values.items()})
        except (OSError, ValueError, TypeError, AttributeError):
            return None

    def write_state(self, state: State) -> None:
        """Note where the server runs, in one step. Raises ``DatabaseError``."""
        with explained(f"{self.state_file} cannot be written", self.path):
            part = self.state_file.with_name(f"state.{os.getpid()}.part")
            part.write_text(json.dumps(asdict(state)), encoding="utf-8")
            part.replace(self.state_file)

    def forget_state(self) -> None:
        """Remove the note of a server that no longer runs."""
        for file in (self.state_file, self.parked_state_file):
            with contextlib.suppress(OSError):
                file.unlink(missing_ok=True)

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
        if not _well_formed(text):
            raise self.password_lost("is damaged")
        return text

    def password_lost(self, what: str) -> DatabaseError:
        """The error for a password file that does not open the database."""
        return DatabaseError(
            f"the password file {self.password_file} of the local database {what}",
            "Put the file back from a backup. Without one the database cannot be opened: run "
            f"`orepath down`, move {self.path} away, and `orepath load` makes a new one.",
        )

    def set_up_password(self) -> tuple[str, bool]:
        """The password, made where there is none, and whether Neo4j must still be told it."""
        if self.has_database():
            return self.password(), False
        if not self.password_file.exists() or not self._password_usable():
            with explained(f"{self.password_file} cannot be written", self.path):
                self._write_password(secrets.token_hex(20))
            with contextlib.suppress(OSError):
                (self.data / "dbms" / "auth.ini").unlink(missing_ok=True)
        return self.password(), not self.has_initial_password()

    def _password_usable(self) -> bool:
        with contextlib.suppress(DatabaseError):
            return bool(self.password())
        return False

    def _write_password(self, password: str) -> None:
        part = self.password_file.with_name(f"password.{os.getpid()}.part")
        part.unlink(missing_ok=True)
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(password + "\n")
        part.replace(self.password_file)


def _well_formed(password: str) -> bool:
    return len(password) >= 8 and password.isascii() and password.isprintable()


def homes(releases: tuple[Release, ...]) -> Iterator[tuple[Release, Home]]:
    """The folders of all releases that were ever set up here."""
    for release in releases:
        home = Home.of(release)
        if home.exists():
            yield release, home
