"""What a command has at hand: the global options, an open graph, standard output.

Opening a graph is the only way in which a command reaches a database; without an address it
starts the local server and says so on stderr. This module knows no question and no format.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..ontology.errors import OrepathError

if TYPE_CHECKING:
    from ..api import Orepath
    from ..graph.connection import Address, Graph


class PipeClosedError(Exception):
    """The reader of our output went away, as ``head`` does; nobody is to be told."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The global options as the user gave them."""

    uri: str | None = None
    database: str | None = None
    debug: bool = False


def settings() -> Settings:
    """The global options of the running command."""
    found = click.get_current_context().find_object(Settings)
    return found or Settings()


def named_address() -> Address | None:
    """The server that the user names by option or environment; None for the local one."""
    from ..graph.connection import address_from_environment

    given = settings()
    return address_from_environment(given.uri, given.database)


def address() -> Address:
    """Where the graph is: as the user says, else the local server, which is then running.

    Raises ``DatabaseError`` where the local server cannot be started.
    """
    from ..graph.connection import local_address

    return named_address() or local_address(_furnish, settings().database)


def _furnish(folder: Path) -> None:
    """Have the Browser of a local server that starts look as it should."""
    from ..report.kit.folder import furnish

    furnish(folder)


@contextmanager
def open_graph(*, any_version: bool = False) -> Iterator[Graph]:
    """The graph that the global options and the environment name, closed at the end.

    Raises ``DatabaseError`` where it was loaded under another version of the ontology, unless
    that is allowed.
    """
    with open_orepath(any_version=any_version) as orepath:
        yield orepath.database


@contextmanager
def open_orepath(*, any_version: bool = False) -> Iterator[Orepath]:
    """The same graph as Python has it, to be asked."""
    from ..api import connect

    given = settings()
    with connect(given.uri, database=given.database, any_version=any_version) as orepath:
        yield orepath


def to_terminal() -> bool:
    """Whether a person reads standard output."""
    return sys.stdout.isatty()


def emit(content: str | bytes, output: Path | None = None, *, force: bool = False) -> None:
    """Write an answer to ``output``, whole or not at all, else to standard output.

    Text ends in one line break. Raises ``OrepathError`` where a file is there and not to be
    replaced (``force``), or cannot be written, and for bytes on a terminal.
    """
    if isinstance(content, str):
        content = content.rstrip("\n") + "\n"
    if output is not None:
        from ..report.files.writing import write

        write(output, content, force=force)
        return
    if isinstance(content, bytes) and to_terminal():
        raise OrepathError("this is no text that a terminal could show", "Name a file with -o.")
    try:
        click.echo(content, nl=False)
        sys.stdout.flush()
    except BrokenPipeError as error:
        raise PipeClosedError from error


def note(text: str) -> None:
    """Say something about the answer, which is not the answer: to stderr."""
    click.echo(text, err=True)
