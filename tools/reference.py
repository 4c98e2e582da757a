"""The page ``docs/cli.md``: the help of every command, as ``--help`` prints it.

``python -m orepath.tools.reference`` prints the page; a test compares it with the file.
"""

from __future__ import annotations

from collections.abc import Iterator

import click

from orepath.cli.asking import QuestionGroup
from orepath.cli.main import orepath

WIDTH = 96
HEAD = """# The command line

The help of every command, written by `python -m orepath.tools.reference`. Each question has a help
page of its own: `orepath ask QUESTION --help`.

Exit codes: 0 the answer was given (that something is not in the data is an answer too); 1 it could
not be given, or `orepath check` found a violation; 2 the command line was wrong; 3 a load, or a row
of it, was refused; 130 interrupted; 141 the reader of the pipe went away. Only the answer goes to
standard output; progress, remarks and errors go to standard error. `NO_COLOR` turns colours off.
"""


def commands() -> Iterator[tuple[str, click.Command, click.Context]]:
    """Every command with its full name and a context to show its help in, questions left out."""
    yield from _below(orepath, None, "orepath")


def page() -> str:
    """The whole page as Markdown."""
    parts = [HEAD]
    for name, command, ctx in commands():
        parts.append(f"## {name}\n\n```text\n{command.get_help(ctx).rstrip()}\n```\n")
    return "\n".join(parts)


def _below(
    command: click.Command, parent: click.Context | None, name: str
) -> Iterator[tuple[str, click.Command, click.Context]]:
    ctx = click.Context(command, parent=parent, info_name=name.rpartition(" ")[2])
    ctx.terminal_width = WIDTH
    ctx.help_option_names = ["-h", "--help"]
    yield name, command, ctx
    if isinstance(command, click.Group) and not isinstance(command, QuestionGroup):
        for member in command.list_commands(ctx):
            found = command.get_command(ctx, member)
            if found is not None:
                yield from _below(found, ctx, f"{name} {member}")


if __name__ == "__main__":
    click.echo(page(), nl=False)
