"""Where a command's answer goes and in which form: ``-o``, ``--force`` and ``--format`` mean the
same in every command.

The name of a file says what it is; a form that contradicts it is refused, and so is a name whose
ending the command cannot write.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from .base import decorated


def output_options() -> tuple[click.Option, click.Option]:
    """``-o`` and ``--force``, for a command that is made of options."""
    return (
        click.Option(
            ["-o", "--output"],
            type=click.Path(dir_okay=False, path_type=Path),
            help="Write to this file instead of standard output; its ending says the format.",
        ),
        click.Option(["--force"], is_flag=True, help="Replace the file if it is there already."),
    )


with_output = decorated(
    click.option(
        "-o",
        "--output",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Write to this file instead of standard output; its ending says the format.",
    ),
    click.option("--force", is_flag=True, help="Replace the file if it is there already."),
)
"""The same as a decorator."""


def form_of(form: str | None, output: Path | None, endings: Mapping[str, str], default: str) -> str:
    """The form that ``--format`` or the file's name says, else the default.

    ``endings`` (without their dots) with the form of each. Raises ``UsageError`` where the two
    contradict each other, and ``OrepathError`` for an ending that is not among them.
    """
    if output is None or _is_no_file(output):
        return form or default
    if form is not None and not output.suffix:
        return form
    from ..report.files.endings import spelled

    said = endings[spelled(output, endings)]
    if form is not None and said != form:
        raise click.UsageError(
            f"--format {form} and {output.name} say two things: leave one of them out."
        )
    return said


def check_output(output: Path | None, force: bool) -> None:
    """Refuse a file before any work is done for it; raises ``OrepathError``."""
    if output is not None:
        from ..report.files.writing import check_target

        check_target(output, force=force)


def _is_no_file(path: Path) -> bool:
    """Whether it is a pipe or a terminal, whose name says nothing."""
    return path.exists() and not path.is_file()
