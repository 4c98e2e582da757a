"""The releases of Neo4j that the local server can be, and which one is meant.

A release is a lock file (what is downloaded) and an entry point (what is run). Patch releases of
one series share a data folder, since they share a store format. This module downloads nothing.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from ...ontology.errors import DatabaseError

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

    @property
    def roots(self) -> tuple[str, ...]:
        """The coordinates from whose dependencies the lock file is made."""
        return (
            f"org.neo4j:neo4j:{self.version}",
            f"org.neo4j.app:neo4j-server:{self.version}",
            "org.neo4j.client:neo4j-browser:5.24.0",
        )


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
