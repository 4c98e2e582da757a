"""The entry point: global options, the list of commands, and what happens when one fails.

Exit codes: 0 the answer was given; 1 it could not be, or a check failed (the message says why);
2 the command line was wrong; 3 a load, or a row of it, was refused; 130 interrupted; 141 the reader
of a pipe went away.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from ..ontology.errors import OrepathError, RefusedError
from .base import LazyGroup
from .session import PipeClosedError, Settings

COMMANDS = {
    "ask": ("ask", "ask"),
    "brief": ("brief", "brief"),
    "questions": ("questions", "questions"),
    "find": ("find", "find"),
    "export": ("export", "export"),
    "cypher": ("cypher", "cypher"),
    "load": ("load", "load"),
    "unload": ("unload", "unload"),
    "derive": ("unload", "derive"),
    "sources": ("sources", "sources"),
    "check": ("check", "check"),
    "schema": ("schema", "schema"),
    "browser": ("browser", "browser"),
    "server": ("server", "server"),
    "up": ("server", "up"),
    "status": ("server", "status"),
    "down": ("server", "down"),
    "completion": ("completion", "completion"),
}

EXAMPLES = (
    ("orepath load", "Load the bundled data into the local Neo4j, which is started when needed."),
    ("orepath ask top-producers --material gallium", "Who makes gallium, by which source?"),
    ("orepath questions list", "List the questions that can be asked."),
)


@click.group(
    cls=LazyGroup,
    lazy=COMMANDS,
    examples=EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(
    None, "--version", package_name="orepath", prog_name="orepath", message="%(prog)s %(version)s"
)
@click.option(
    "--uri",
    metavar="URI",
    help="Address of a Neo4j, like bolt://localhost:7687 or neo4j+s://host (also NEO4J_URI); "
    "without one the local server is used, and started when it is not running.",
)
@click.option("--database", metavar="NAME", help="Database on that server (also NEO4J_DATABASE).")
@click.option("--debug", is_flag=True, help="Show the traceback of an unexpected error.")
@click.pass_context
def orepath(ctx: click.Context, uri: str | None, database: str | None, debug: bool) -> None:
    """A knowledge graph of the critical raw materials landscape: on whom does a sector depend,
    for which material, at which stage, and what is being done about it?"""
    ctx.obj = Settings(uri, database, debug)


def main() -> NoReturn:
    """Run the command line of this process and leave with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; prints errors to stderr, never a traceback
    for what a user can cause."""
    try:
        return _invoke(list(arguments))
    except PipeClosedError:
        # The interpreter flushes stdout once more at its end, and would complain then.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141


def _invoke(arguments: list[str]) -> int:
    try:
        result = orepath.main(arguments, prog_name="orepath", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except OrepathError as error:
        _complain(error.message, error.hint)
        return 3 if isinstance(error, RefusedError) else 1
    except (KeyboardInterrupt, click.Abort):
        return 130
    except PipeClosedError:
        raise
    except OSError as error:
        _complain(_os_message(error), "Check the path, its permissions and the free space.")
        return 1
    except Exception as error:
        if "--debug" in arguments:
            raise
        _complain(
            f"unexpected {type(error).__name__}: {error}",
            "This is a defect of orepath. `orepath --debug …` with the same arguments shows where "
            "it happened; please report that output.",
        )
        return 1


def _os_message(error: OSError) -> str:
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{error.strerror or error}"


def _complain(message: str, hint: str | None) -> None:
    click.echo(f"{click.style('Error:', fg='red', bold=True)} {message}", err=True)
    if hint:
        click.echo(hint, err=True)
