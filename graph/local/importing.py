"""Neo4j's own offline import into the local server's database.

The server is stopped for it; the next command that needs one starts it. What was in the database
is replaced, so the caller makes sure that nothing was. This module knows no label.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from ...ontology.errors import DatabaseError
from .archive import archive_java, archive_options
from .faults import explained
from .home import Home
from .jars import class_path, ensure_jars
from .java import ADMIN_CLASS, OPTIONS, environment, java, set_initial_password, write_settings
from .progress import waiting
from .releases import Release, chosen_release
from .server import stop
from .start import only_one

DATABASE = "neo4j"


@dataclass(frozen=True, slots=True)
class ImportFile:
    """A CSV file with a header as the import wants it; ``type`` is empty for nodes."""

    path: Path
    type: str = ""


@dataclass(frozen=True)
class OfflineImport:
    """An import that is being prepared: put files into ``folder``, then ``run``."""

    release: Release
    home: Home
    folder: Path
    prepared: Future[None]
    progress: bool

    def run(
        self, files: Sequence[ImportFile], array_delimiter: str, *, multiline: bool = True
    ) -> None:
        """Make the local database of these files; ``multiline`` if a text in them has several
        lines. Raises ``DatabaseError`` with what Neo4j says."""
        self.prepared.result()
        stop(self.release, progress=self.progress)
        with (
            only_one(self.home, progress=self.progress),
            waiting("Importing", enabled=self.progress),
        ):
            _run(self.release, self.home, files, array_delimiter, multiline)


@contextmanager
def offline_import(
    release: Release | None = None, *, progress: bool = True
) -> Iterator[OfflineImport]:
    """Prepare an import: a folder for its files on the disk of the database, removed at the end.

    What Java does beforehand (a few seconds) is done while the caller writes the files.
    """
    release = chosen_release(release)
    home = Home.of(release)
    home.make()
    with only_one(home, progress=progress):
        ensure_jars(release, progress=progress)
        _, new = home.set_up_password()
        write_settings(home)
    with (
        explained(f"files for the import cannot be written in {home.path}", home.path),
        TemporaryDirectory(prefix="import-", dir=home.path) as folder,
        ThreadPoolExecutor(1) as aside,
    ):
        prepared = aside.submit(_prepare, release, home, new)
        yield OfflineImport(release, home, Path(folder), prepared, progress)


def is_new(release: Release | None = None) -> bool:
    """Whether the local server never ran, so that its graph is empty for certain."""
    return not Home.of(chosen_release(release)).has_database()


def _prepare(release: Release, home: Home, new: bool) -> None:
    archive_java(release)
    if new:
        set_initial_password(release, home)


def _run(
    release: Release, home: Home, files: Sequence[ImportFile], delimiter: str, multiline: bool
) -> None:
    command = [str(java()), "-Xmx1g", *OPTIONS, *archive_options(release)]
    command += ["-cp", class_path(release), ADMIN_CLASS, "database", "import", "full", DATABASE]
    command += ["--overwrite-destination", "--id-type=string"]
    # The reader of texts with several lines waits a tenth of a second at the end of each file.
    command.append(f"--multiline-fields={str(multiline).lower()}")
    command += [f"--array-delimiter=U+{ord(delimiter):04X}"]
    command += [f"--report-file={home.logs / 'import.report'}"]
    for file in files:
        option = f"--relationships={file.type}" if file.type else "--nodes"
        command.append(f"{option}={file.path}")
    with explained(f"Java ({command[0]}) cannot be run", home.path):
        result = subprocess.run(
            command,
            env=environment(home),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
    (home.logs / "import.log").write_text(result.stdout + result.stderr, encoding="utf-8")
    if result.returncode:
        said = (result.stderr or result.stdout).strip().splitlines()
        raise DatabaseError(
            f"Neo4j's import failed: {' / '.join(said[-3:])}",
            f"All it said is in {home.logs / 'import.log'}. Load without --bulk.",
        )
