"""Has the jars in the cache: from the user's Maven folder, else from a Maven repository.

Eight come at a time, verified, each in one step or not at all. A jar that came whole is kept
whatever happens to the others, so that the next try goes on where this one ended. Proxy and
certificate variables of the environment are honoured. The address of Maven Central is the one by
which ``packageurl`` resolves package URLs of Maven; none is written here.
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import anyio
import httpx
import tenacity
from anyio.from_thread import start_blocking_portal
from packageurl.contrib.purl2url import DEFAULT_MAVEN_REPOSITORY

from ...ontology.errors import DatabaseError
from .faults import OTHER_WAYS, check_room, explained
from .progress import Advance, shown
from .releases import Jar, Release, jar_folder, missing_jars

MIRROR = "OREPATH_MAVEN_MIRROR"
CONNECTIONS = 8
TRIES = 4
TRIES_WRONG_HASH = 2
STALE_PART_SECONDS = 3600
_PASSING_STATUS = frozenset({408, 425, 429, 500, 502, 503, 504})


class WrongHashError(Exception):
    """A file that is not what the lock file says."""


def ensure_jars(release: Release, *, progress: bool = True) -> None:
    """Have all jars of a release in the cache.

    Raises ``DatabaseError`` when there is no room, no permission, no network or a wrong file.
    """
    missing = missing_jars(release)
    if not missing:
        return
    folder = jar_folder()
    with explained(f"the download folder {folder} cannot be written", folder):
        folder.mkdir(parents=True, exist_ok=True)
        for part in folder.glob("*.part"):  # what killed downloads left behind
            if part.stat().st_mtime < time.time() - STALE_PART_SECONDS:
                part.unlink(missing_ok=True)
        check_room(folder, sum(jar.size for jar in missing), f"Neo4j {release.version}")
        missing = [jar for jar in missing if not _copied_from_maven(jar)]
    if missing:
        _fetch_all(release, missing, progress=progress)


def part_of(jar: Jar) -> Path:
    """Where a jar lies while it comes; renamed when its hash is right."""
    return jar.cached.with_suffix(f".{os.getpid()}.part")


def _copied_from_maven(jar: Jar) -> bool:
    folder = os.environ.get("M2_REPO") or Path.home() / ".m2" / "repository"
    source = Path(folder) / jar.repository_path
    if not jar.is_in(source):
        return False
    part = part_of(jar)
    shutil.copyfile(source, part)
    part.replace(jar.cached)
    return True


def _fetch_all(release: Release, jars: Sequence[Jar], *, progress: bool) -> None:
    base = repository()
    total = sum(jar.size for jar in jars)
    text = f"Downloading Neo4j {release.version} ({len(jars)} files, {total // 1_000_000} MB)"
    # httpx logs each request at INFO, which would tear the progress bar.
    logging.getLogger("httpx").setLevel(logging.WARNING)

    async def fetch(client: httpx.AsyncClient, jar: Jar, advance: Advance) -> None:
        try:
            await _fetch(client, base, jar, advance)
        except (WrongHashError, httpx.HTTPError) as error:
            raise _explained(release, base, jar, error) from error

    async def fetch_all(advance: Advance) -> None:
        async with _client() as client, anyio.create_task_group() as group:
            # The largest first, so that no long one is left alone at the end.
            for jar in sorted(jars, key=lambda jar: (-jar.size, jar.coordinates)):
                group.start_soon(fetch, client, jar, advance)

    # Its thread lets a notebook, which has an event loop of its own, download too; what ends the
    # block early, Ctrl-C for one, ends the transfers, even those that wait for bytes.
    with shown(text, progress, total) as advance, start_blocking_portal() as portal:
        try:
            portal.call(fetch_all, advance)
        except ExceptionGroup as failed:
            first = failed.exceptions[0]
            raise first from first.__cause__


def _client() -> httpx.AsyncClient:
    try:
        return httpx.AsyncClient(
            limits=httpx.Limits(max_connections=CONNECTIONS),
            timeout=httpx.Timeout(30, connect=10, pool=None),
            follow_redirects=True,
            headers={"User-Agent": f"orepath/{version('orepath')}"},
        )
    except (OSError, ValueError) as error:
        raise DatabaseError(
            f"the network settings of the environment cannot be used: {error}",
            "Check HTTPS_PROXY, ALL_PROXY, SSL_CERT_FILE and SSL_CERT_DIR.",
        ) from error


def _may_go_better(state: tenacity.RetryCallState) -> bool:
    """Whether to try a failed transfer once more."""
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, httpx.HTTPStatusError):
        passing = error.response.status_code in _PASSING_STATUS
    else:
        passing = isinstance(error, (httpx.TransportError, WrongHashError))
    tries = TRIES_WRONG_HASH if isinstance(error, WrongHashError) else TRIES
    return passing and state.attempt_number < tries


@tenacity.retry(retry=_may_go_better, wait=tenacity.wait_random_exponential(multiplier=0.5, max=5))
async def _fetch(client: httpx.AsyncClient, base: str, jar: Jar, advance: Advance) -> None:
    part, digest, came = part_of(jar), hashlib.sha256(), 0
    try:
        with explained(f"{jar.cached} cannot be written", jar_folder()):
            async with client.stream("GET", f"{base}/{jar.repository_path}") as response:
                response.raise_for_status()
                with part.open("wb") as file:
                    async for chunk in response.aiter_bytes():
                        file.write(chunk)
                        digest.update(chunk)
                        came += len(chunk)
                        advance(len(chunk))
            if digest.hexdigest() != jar.sha256:
                raise WrongHashError(
                    f"SHA-256 {digest.hexdigest()} ({came} bytes) instead of {jar.sha256}"
                )
            part.replace(jar.cached)
    except BaseException:
        advance(-came)
        part.unlink(missing_ok=True)
        raise


def _explained(release: Release, base: str, jar: Jar, error: Exception) -> DatabaseError:
    host = urlsplit(base).netloc
    if isinstance(error, WrongHashError):
        return DatabaseError(
            f"{jar.repository_path} came twice from {host} with the wrong content: {error}",
            "The repository, or a proxy on the way, changes files; nothing of it was kept. "
            f"Use another repository (OREPATH_MAVEN_MIRROR). {OTHER_WAYS}",
        )
    if isinstance(error, httpx.HTTPStatusError):
        answer = f"{error.response.status_code} {error.response.reason_phrase}".strip()
        return DatabaseError(
            f"{host} does not give {jar.repository_path}: {answer}",
            f"Is OREPATH_MAVEN_MIRROR (or the mirror in ~/.m2/settings.xml) a whole Maven "
            f"repository, and open to you? {OTHER_WAYS}",
        )
    return DatabaseError(
        f"Neo4j {release.version} could not be downloaded from {host}: "
        f"{error or type(error).__name__}",
        OTHER_WAYS,
    )


def repository() -> str:
    """The address of the repository, without a slash at its end.

    ``OREPATH_MAVEN_MIRROR`` first, then a mirror of Central in the user's Maven settings, then
    Maven Central. Raises ``DatabaseError`` where the variable is no address.
    """
    mirror = os.environ.get(MIRROR, "").strip()
    if mirror and not mirror.startswith(("http://", "https://")):
        raise DatabaseError(
            f"{MIRROR} is {mirror!r}, which is not the address of a Maven repository",
            "Write it like https://repository.example.org/maven2, or unset it.",
        )
    return (mirror or _settings_mirror() or DEFAULT_MAVEN_REPOSITORY).rstrip("/")


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
