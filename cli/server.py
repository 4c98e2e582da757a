"""``orepath server start``, ``status`` and ``stop``: the local Neo4j by hand.

Commands that need a database start it by themselves; these are for whoever wants to see it, have
it ready beforehand, or stop it. ``up``, ``status`` and ``down`` are short for them. What a server
is, is ``graph.local``'s business.
"""

from __future__ import annotations

import json
import os
from inspect import cleandoc
from typing import TYPE_CHECKING

import click

from ..ontology.schema import load_schema
from ..report.kit.folder import furnish, refresh
from .base import Command, Group
from .session import emit

if TYPE_CHECKING:
    from ..graph.local import LocalServer

RELEASES = ("5.26", "2026")


def _release_option(command: click.decorators.FC) -> click.decorators.FC:
    return click.option(
        "--release",
        metavar="|".join(RELEASES),
        help="Neo4j release (also OREPATH_NEO4J_RELEASE); each has a database of its own. "
        f"Default {RELEASES[0]}, the long-term support release.",
    )(command)


def _note_other_server() -> None:
    uri = os.environ.get("NEO4J_URI")
    if uri:
        click.echo(
            f"Note: NEO4J_URI is set, so that other commands use {uri}, not the local server.",
            err=True,
        )


@click.group(
    cls=Group,
    examples=(
        ("orepath server start", "Have the server ready before it is needed."),
        ("orepath server status", "Does it run, where, and how much room does it take?"),
        ("orepath server stop", "Stop it; what is in the database stays."),
    ),
)
def server() -> None:
    """Start, show or stop the local Neo4j server.

    Commands that need a database start it by themselves."""


@server.command(
    cls=Command,
    examples=(
        (
            "orepath server start",
            "Download Neo4j when it is not there yet, start it, and say where it is.",
        ),
        (
            "orepath server start --release 2026",
            "The same with the current release instead of the LTS.",
        ),
    ),
)
@_release_option
def start(release: str | None) -> None:
    """Start the local Neo4j server.

    It listens on this machine only, with a random password, and stops by itself when nobody has
    used it for 30 minutes (OREPATH_IDLE_MINUTES; 0 = never)."""
    from ..graph.local import ensure_running, release_named

    running = ensure_running(release=release_named(release) if release else None, furnish=furnish)
    _renew_guide(running)
    _note_other_server()
    emit(
        f"Neo4j {running.release.version} runs (process {running.pid}).\n"
        f"Bolt      {running.uri}\n"
        f"Browser   {running.browser_url}\n"
        f"User      {running.username}, password in {running.home / 'password'}\n"
    )


def _renew_guide(running: LocalServer) -> None:
    """Have the guide of the Browser speak of what is loaded, where anything is."""
    from ..graph.connection import Address, connect
    from ..graph.local.home import Home
    from ..graph.older import older

    with connect(Address(running.uri, running.username, running.password)) as graph:
        if graph.size() and not older(graph, load_schema()):
            refresh(graph, Home(running.home).kit)


@server.command(
    "status",
    cls=Command,
    examples=(
        ("orepath server status", "Does it run, where, and how much room does it take?"),
        ("orepath server status --format json", "The same for a program."),
    ),
)
@_release_option
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to write it."
)
def show(release: str | None, form: str) -> None:
    """Show how the local Neo4j server is. Starts nothing."""
    from ..graph.local import release_named
    from ..graph.local import status as local_status

    found = local_status(release_named(release) if release else None)
    _note_other_server()
    if form == "json":
        values = {
            "state": found.state,
            "release": found.release.version,
            "uri": found.uri,
            "browser_url": found.browser_url,
            "pid": found.pid,
            "memory_bytes": found.memory,
            "disk_bytes": found.disk,
            "downloaded": found.downloaded,
            "idle_minutes": found.idle_minutes,
            "home": str(found.home),
            "password_file": str(found.password_file),
            "log": str(found.log),
        }
        emit(json.dumps(values, indent=2) + "\n")
        return
    running = f" (process {found.pid}, {found.memory // 1_000_000} MB)" if found.pid else ""
    idle = f"after {found.idle_minutes:g} idle minutes" if found.idle_minutes else "by hand only"
    lines = [f"Neo4j {found.release.version}: {found.state}{running}"]
    if found.uri:
        lines += [f"Bolt      {found.uri}", f"Browser   {found.browser_url}"]
    lines += [
        f"Folder    {found.home} ({found.disk // 1_000_000} MB)",
        f"Password  in {found.password_file}",
        f"Log       {found.log}",
        f"Stops     {idle}",
        f"Jars      {'downloaded' if found.downloaded else 'not downloaded yet'}",
    ]
    emit("\n".join(lines) + "\n")


@server.command(
    cls=Command,
    examples=(("orepath server stop", "Stop it; what is in the database stays."),),
)
@_release_option
def stop(release: str | None) -> None:
    """Stop the local Neo4j server. The database stays as it is."""
    from ..graph import local

    stopped = local.stop(local.release_named(release) if release else None)
    emit("The local Neo4j is stopped.\n" if stopped else "No local Neo4j was running.\n")


def _alias(name: str, command: click.Command) -> Command:
    """The same command without the word ``server``."""
    full = f"orepath server {command.name}"
    assert isinstance(command, Command)
    return Command(
        name,
        callback=command.callback,
        params=command.params,
        help=f"{cleandoc(command.help or '')}\n\nShort for `{full}`.",
        short_help=f"Short for `{full}`.",
        examples=[(line.replace(full, f"orepath {name}"), does) for line, does in command.examples],
    )


up, status, down = _alias("up", start), _alias("status", show), _alias("down", stop)
