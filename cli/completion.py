"""``orepath completion``: the script that teaches a shell to complete commands and questions."""

from __future__ import annotations

import os
from pathlib import Path

import click

from ..ontology.errors import OrepathError
from .base import Command

SHELLS = ("bash", "zsh", "fish")


@click.command(
    cls=Command,
    examples=(
        ("orepath completion bash >> ~/.bashrc", "Complete commands and questions in bash."),
        ("orepath completion zsh >> ~/.zshrc", "The same in zsh."),
        (
            "orepath completion fish > ~/.config/fish/completions/orepath.fish",
            "The same in fish.",
        ),
    ),
)
@click.argument("shell", required=False, type=click.Choice(SHELLS))
@click.pass_context
def completion(ctx: click.Context, shell: str | None) -> None:
    """Print the completion script of a shell (default: that of $SHELL)."""
    from click.shell_completion import get_completion_class

    name = shell or Path(os.environ.get("SHELL", "")).name
    found = get_completion_class(name) if name in SHELLS else None
    if found is None:
        raise OrepathError(
            f"it is not clear which shell you use (SHELL is {os.environ.get('SHELL')!r})",
            f"Name it: orepath completion {'|'.join(SHELLS)}.",
        )
    click.echo(found(ctx.find_root().command, {}, "orepath", "_OREPATH_COMPLETE").source())
