"""The releases of Neo4j that the local server can be, which one is meant, and its jars.

A release is a lock file (what is downloaded) and an entry point (what is run). Patch releases of
one series share a data folder, since they share a store format. Jars lie in one folder under
names that end with their hash, so that releases share what they have in common, and a jar of that
name is the jar that the lock file means. Fetching what is missing is left to ``download``.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ...ontology.errors import DatabaseError
from ...ontology.paths import cache_dir

VARIABLE = "OREPATH_NEO4J_RELEASE"


@dataclass(frozen=True, slots=True)
class Release:
    """One release: ``series`` names its folder, ``version`` is what the lock file fetches."""

    series: str
    version: str
    entry_point: str

    @property
    def lock_file(self) -> Path:
        """The list of jars, beside this module."""
        return Path(__file__).with_name(f"neo4j-{self.series}.lock")


LTS = Release("5.26", "5.26.30", "org.neo4j.server.CommunityEntryPoint")
"""Long-term support: what a user gets."""

CURRENT = Release("2026", "2026.08.1", "org.neo4j.server.Neo4jCommunity")
"""The newest release that the questions are tested on."""

RELEASES = (LTS, CURRENT)


def release_named(name: str) -> Release:
    """The release of a series (``5.26``), version (``5.26.30``) or ``lts``/``current``.

    Raises ``DatabaseError`` for any other name.
    """
    for alias, release in (("lts", LTS), ("current", CURRENT)):
        if name.strip().lower() in (alias, release.series, release.version):
            return release
    known = ", ".join(release.series for release in RELEASES)
    raise DatabaseError(
        f"the local server has no Neo4j release {name!r}",
        f"Choose one of {known} (--release or {VARIABLE}), or leave it out for {LTS.series}.",
    )


def chosen_release(release: Release | None = None) -> Release:
    """The given release, else the one that ``OREPATH_NEO4J_RELEASE`` names, else the LTS."""
    if release is not None:
        return release
    name = os.environ.get(VARIABLE, "")
    return release_named(name) if name.strip() else LTS


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

    def is_cached(self) -> bool:
        """Whether the cache has it whole (its hash was checked when it came)."""
        return self.cached.is_file() and self.cached.stat().st_size == self.size

    def is_in(self, file: Path) -> bool:
        """Whether a file has the jar's hash."""
        try:
            with file.open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest() == self.sha256
        except OSError:
            return False


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


def missing_jars(release: Release) -> list[Jar]:
    """The jars of a release that are not in the cache."""
    return [jar for jar in read_lock(release) if not jar.is_cached()]


def drop_damaged(release: Release) -> list[Jar]:
    """Remove the jars whose content is not what the lock file says, and return them."""
    damaged = [j for j in read_lock(release) if j.is_cached() and not j.is_in(j.cached)]
    for jar in damaged:
        jar.cached.unlink()
    return damaged
