"""Neo4j's own offline import into the local server's database.

The server is stopped for it; the next command that needs one starts it. What was in the database
is replaced, so the caller makes sure that nothing was. This module knows no label.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from ...ontology.errors import DatabaseError
from .faults import explained
from .home import Home
from .java import OPTIONS, admin, last_words, set_initial_password, write_settings
from .progress import shown
from .releases import Release, chosen_release
from .server import stop

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
        arguments = [
            *("database", "import", "full", DATABASE, "--overwrite-destination"),
            "--id-type=string",
            # The reader of texts with several lines waits a tenth of a second at each file's end.
            f"--multiline-fields={str(multiline).lower()}",
            f"--array-delimiter=U+{ord(array_delimiter):04X}",
            f"--report-file={self.home.logs / 'import.report'}",
        ]
        for file in files:
            option = f"--relationships={file.type}" if file.type else "--nodes"
            arguments.append(f"{option}={file.path}")
        with self.home.locked(progress=self.progress), shown("Importing", self.progress):
            done = admin(self.release, self.home, ("-Xmx1g", *OPTIONS), arguments)
        log = self.home.logs / "import.log"
        log.write_text(done.stdout + done.stderr, encoding="utf-8")
        if done.returncode:
            raise DatabaseError(
                f"Neo4j's import failed: {last_words(done)}",
                f"All it said is in {log}. Load without --bulk.",
            )


@contextmanager
def offline_import(
    release: Release | None = None, *, progress: bool = True
) -> Iterator[OfflineImport]:
    """Prepare an import: a folder for its files on the disk of the database, removed at the end.

    What Java does beforehand (a few seconds) is done while the caller writes the files.
    """
    from .download import ensure_jars

    release = chosen_release(release)
    home = Home.of(release)
    home.make()
    with home.locked(progress=progress):
        ensure_jars(release, progress=progress)
        home.set_up_password()
        write_settings(home)
    with (
        explained(f"files for the import cannot be written in {home.path}", home.path),
        TemporaryDirectory(prefix="import-", dir=home.path) as folder,
        ThreadPoolExecutor(1) as aside,
    ):
        prepared = aside.submit(set_initial_password, release, home)
        yield OfflineImport(release, home, Path(folder), prepared, progress)


def is_new(release: Release | None = None) -> bool:
    """Whether the local server never ran, so that its graph is empty for certain."""
    return not Home.of(chosen_release(release)).has_database()
