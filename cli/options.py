"""Options that several commands have and that mean the same in each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from ..api.session import TIMEOUT
from .base import completing

_TIMEOUT: dict[str, Any] = {
    "type": click.FloatRange(min=0, min_open=True),
    "default": TIMEOUT,
    "show_default": True,
    "metavar": "SECONDS",
    "help": "Time after which the server ends a query.",
}
with_timeout = click.option("--timeout", **_TIMEOUT)
with_day = click.option(
    "--as-of",
    metavar="DATE",
    help="The day of all parts that take one.  [default: that of the newest document on "
    "agreements, restrictions, policies and lists]",
)


def timeout_option() -> click.Option:
    """``--timeout``, for a command that is made of options."""
    return click.Option(["--timeout"], **_TIMEOUT)


def naming(name: str, kind: str, about: str) -> Callable[[Any], Any]:
    """An option that takes a name of a kind, such as a material, and completes it."""
    return click.option(name, metavar=kind.upper(), help=about, shell_complete=completing(kind))
