"""The jars of a release: what the lock file lists, and which of them are in the cache.

Jars lie in one folder under names that end with their hash, so that releases share what they
have in common, and a jar of that name is the jar that the lock file means. Fetching what is
missing is left to ``download``.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ...ontology.errors import DatabaseError
from ...ontology.paths import cache_dir
from .faults import check_room, explained
from .mirror import local_repository
from .releases import Release

STALE_PART_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Jar:
    """One line of a lock file: Maven coordinates, SHA-256 (hex) and size in bytes."""

    group: str
    artifact: str
    version: str
    classifier: str
    sha256: str
    size: int

    @property
    def coordinates(self) -> str:
        """``group:artifact:version[:classifier]``."""
        return ":".join(filter(None, (self.group, self.artifact, self.version, self.classifier)))

    @property
    def _stem(self) -> str:
        return "-".join(filter(None, (self.artifact, self.version, self.classifier)))

    @property
    def repository_path(self) -> str:
        """Where a Maven repository keeps it."""
        folder = "/".join((self.group.replace(".", "/"), self.artifact, self.version))
        return f"{folder}/{self._stem}.jar"

    @property
    def cached(self) -> Path:
        """Where the cache keeps it."""
        return jar_folder() / f"{self._stem}-{self.sha256[:16]}.jar"

    @property
    def line(self) -> str:
        """Its line in a lock file."""
        return f"{self.coordinates} {self.sha256} {self.size}"


def jar_folder() -> Path:
    """The folder that all releases share."""
    return cache_dir() / "jars"


@cache
def read_lock(release: Release) -> tuple[Jar, ...]:
    """The jars of a release, in the lock file's order. Raises ``DatabaseError`` if damaged."""
    try:
        lines = release.lock_file.read_text(encoding="utf-8").splitlines()
        return tuple(_parse(line) for line in lines if line and not line.startswith("#"))
    except (OSError, ValueError) as error:
        raise DatabaseError(
            f"the lock file {release.lock_file} cannot be read: {error}", "Install Orepath again."
        ) from error


def _parse(line: str) -> Jar:
    coordinates, sha256, size = line.split()
    group, artifact, version, *classifier = coordinates.split(":")
    return Jar(group, artifact, version, ":".join(classifier), sha256, int(size))


def is_cached(jar: Jar) -> bool:
    """Whether the cache has it whole (its hash was checked when it came)."""
    try:
        return jar.cached.stat().st_size == jar.size
    except OSError:
        return False


def missing_jars(release: Release) -> list[Jar]:
    """The jars of a release that are not in the cache."""
    return [jar for jar in read_lock(release) if not is_cached(jar)]


def class_path(release: Release) -> str:
    """The jars as Java wants them; always in the same order, which a class archive needs."""
    return os.pathsep.join(str(jar.cached) for jar in read_lock(release))


def ensure_jars(release: Release, *, progress: bool = True) -> None:
    """Have all jars of a release in the cache: from the user's Maven folder, else downloaded.

    Raises ``DatabaseError`` when there is no room, no permission, no network or a wrong file.
    """
    missing = missing_jars(release)
    if not missing:
        return
    folder = jar_folder()
    with explained(f"the download folder {folder} cannot be written", folder):
        folder.mkdir(parents=True, exist_ok=True)
        sweep_parts(folder)
        check_room(folder, sum(jar.size for jar in missing), f"Neo4j {release.version}")
        missing = [jar for jar in missing if not _copied_from_maven(jar)]
        if missing:
            from .download import fetch

            fetch(release, missing, progress=progress)


def drop_damaged(release: Release) -> list[Jar]:
    """Remove the jars whose content is not what the lock file says, and return them."""
    damaged = [jar for jar in read_lock(release) if is_cached(jar) and not matches(jar, jar.cached)]
    for jar in damaged:
        jar.cached.unlink()
    return damaged


def matches(jar: Jar, file: Path) -> bool:
    """Whether a file has the jar's hash."""
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == jar.sha256
    except OSError:
        return False


def part_of(jar: Jar) -> Path:
    """Where a jar lies while it comes; renamed when its hash is right."""
    return jar.cached.with_suffix(f".{os.getpid()}.part")


def sweep_parts(folder: Path) -> None:
    """Remove what killed downloads left behind."""
    long_ago = time.time() - STALE_PART_SECONDS
    for part in folder.glob("*.part"):
        if part.stat().st_mtime < long_ago:
            part.unlink(missing_ok=True)


def _copied_from_maven(jar: Jar) -> bool:
    source = local_repository() / jar.repository_path
    if not (source.is_file() and matches(jar, source)):
        return False
    part = part_of(jar)
    shutil.copyfile(source, part)
    part.replace(jar.cached)
    return True


def write_lock(release: Release, jars: Iterable[Jar]) -> None:
    """Write a release's lock file, sorted."""
    head = f"# Neo4j {release.version}: group:artifact:version[:classifier] SHA-256 bytes"
    lines = sorted(jar.line for jar in jars)
    release.lock_file.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
