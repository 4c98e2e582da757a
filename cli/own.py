"""``--questions DIR``: the user's own questions beside those of the library.

What the commands that list or put questions share; the checks are in ``queries/own.py``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..ontology.errors import OrepathError
from .session import note

if TYPE_CHECKING:
    from ..queries.definition import Question

_GIVEN = "orepath.own_questions"
"""Where click keeps, for one command line, the folder that ``--questions`` names."""
_TOLD = "orepath.own_questions_told"


def questions_option() -> click.Option:
    """The option, for a group whose members are questions."""

    def keep(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
        if value is not None:
            ctx.meta[_GIVEN] = value

    return click.Option(
        ["--questions"],
        metavar="DIR",
        expose_value=False,
        is_eager=True,  # the help lists them too
        callback=keep,
        help="Folder of your own questions, beside those of the library (also OREPATH_QUESTIONS).",
    )


def own_folder() -> Path | None:
    """The folder that the running command or the environment names; raises ``OrepathError``."""
    from ..queries.own import named_folder

    ctx = click.get_current_context(silent=True)
    return named_folder(ctx.meta.get(_GIVEN) if ctx else None)


def own_library() -> dict[str, Question]:
    """The user's own questions by id; says once to stderr which files are none, and why."""
    ctx = click.get_current_context(silent=True)
    completing = ctx is not None and ctx.resilient_parsing
    try:
        folder = own_folder()
    except OrepathError:
        if not completing:
            raise
        folder = None  # a shell that completes a line has no use for a message
    if folder is None:
        return {}
    from ..queries.catalogue import identifiers
    from ..queries.own import own_questions

    good, bad = own_questions(folder, identifiers())
    if bad and ctx is not None and not completing and _TOLD not in ctx.meta:
        ctx.meta[_TOLD] = True
        for error in bad:
            note(str(error))
        note(f"{len(bad)} of {len(good) + len(bad)} files of {folder} cannot be used.")
    return good
