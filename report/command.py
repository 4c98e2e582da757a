"""The command line that asks an answer's question again, as it stands below a picture or a page."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..queries.definition import Parameter
    from ..queries.run import Answer


def command_line(answer: Answer) -> str:
    """``orepath ask …`` with every parameter whose value is not its default; ``--as-of`` always,
    so that the same line gives the same answer when newer documents are in the data."""
    words = ["orepath", "ask", answer.question.id]
    for parameter in answer.question.parameters:
        told = answer.names.get(parameter.name)
        value = str(answer.parameters.get(parameter.name))
        if told is None or (parameter.type != "date" and _default(parameter) in (told, value)):
            continue
        flag = f"--{parameter.name.replace('_', '-')}"
        if parameter.type == "boolean":
            words.append(flag if told == "yes" else f"--no-{flag[2:]}")
        else:
            words += [flag, told.removesuffix(f" {parameter.unit}") if parameter.unit else told]
    return shlex.join(words)


def _default(parameter: Parameter) -> str | None:
    """The default as an answer's ``names`` would hold it."""
    default = parameter.default
    if default is None:
        return None
    if parameter.type == "number":
        value = float(default.removesuffix("%"))
        return f"{value:g}" + (f" {parameter.unit}" if parameter.unit else "")
    return {"true": "yes", "false": "no"}.get(default, default)
