"""Which Maven repository the jars come from: the user's mirror, else Maven Central.

The address of Maven Central is a constant of ``jgo``; none is written here.
"""

from __future__ import annotations

import os
from pathlib import Path
from xml.etree import ElementTree

from ...ontology.errors import DatabaseError

VARIABLE = "OREPATH_MAVEN_MIRROR"


def repository() -> str:
    """The address of the repository, without a slash at its end.

    ``OREPATH_MAVEN_MIRROR`` first, then a mirror of Central in the user's Maven settings, then
    Maven Central. Raises ``DatabaseError`` where the variable is no address.
    """
    mirror = os.environ.get(VARIABLE, "").strip()
    if mirror:
        if not mirror.startswith(("http://", "https://")):
            raise DatabaseError(
                f"{VARIABLE} is {mirror!r}, which is no address of a Maven repository",
                "Write it like https://repository.example.org/maven2, or unset it.",
            )
        return mirror.rstrip("/")
    return (_settings_mirror() or _central()).rstrip("/")


def _central() -> str:
    # jgo brings an HTTP client of its own, so it is imported only where something is fetched.
    from jgo.constants import MAVEN_CENTRAL_URL

    return MAVEN_CENTRAL_URL


def local_repository() -> Path:
    """The user's own Maven repository, whose files are used when their hash is right."""
    named = os.environ.get("M2_REPO")
    return Path(named) if named else Path.home() / ".m2" / "repository"


def _settings_mirror() -> str | None:
    """The address of a mirror of Central in ``~/.m2/settings.xml``, if it has one."""
    try:
        tree = ElementTree.parse(Path.home() / ".m2" / "settings.xml")
    except (OSError, ElementTree.ParseError):
        return None
    for mirror in tree.iterfind(".//{*}mirrors/{*}mirror"):
        of = [part.strip() for part in (mirror.findtext("{*}mirrorOf") or "").split(",")]
        url = (mirror.findtext("{*}url") or "").strip()
        if {"central", "*", "external:*"} & set(of) and "!central" not in of:
            return url or None
    return None
