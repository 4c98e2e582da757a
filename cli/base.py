"""Click classes that all commands share: examples in the help, commands imported when used.

A command module may import only click and this package's light modules at its top, so that
``orepath --help`` stays quick; what it works with is imported inside its functions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

Examples = Sequence[tuple[str, str]]
"""(command line, what it does), shown at the end of a command's help."""


def write_examples(formatter: click.HelpFormatter, examples: Examples) -> None:
    """Write the section ``Examples``; each is two lines, so that it can be copied whole."""
    if not examples:
        return
    with formatter.section("Examples"):
        for line, meaning in examples:
            formatter.write(f"{'':{formatter.current_indent}}{line}\n")
            if meaning:
                formatter.indent()
                formatter.write_text(meaning)
                formatter.dedent()


class Command(click.Command):
    """A command whose help ends with examples."""

    def __init__(self, *args: Any, examples: Examples = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.examples = tuple(examples)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples after the options."""
        super().format_epilog(ctx, formatter)
        write_examples(formatter, self.examples)


class Group(click.Group):
    """A group whose help ends with examples and which suggests a near name for a wrong one.

    ``kind`` is what its members are called in messages.
    """

    kind = "command"

    def __init__(self, *args: Any, examples: Examples = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.examples = tuple(examples)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples after the list of commands."""
        super().format_epilog(ctx, formatter)
        write_examples(formatter, self.examples)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a member by its first argument; a wrong name is a usage error with a near one."""
        name = args[0]
        command = self.get_command(ctx, name)
        if command is None and not ctx.resilient_parsing and not name.startswith("-"):
            from ..queries.near import did_you_mean

            hint = did_you_mean(name, self.list_commands(ctx))
            see = f"See `{ctx.command_path} --help` for all of them."
            ctx.fail(f"There is no {self.kind} {name!r}. {hint or see}")
        return super().resolve_command(ctx, args)


class LazyGroup(Group):
    """A group that imports the module of a command when that command is asked for.

    ``lazy`` maps a command's name to ``(module, attribute)``, the module relative to ``cli``.
    """

    def __init__(self, *args: Any, lazy: dict[str, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order in which the help shows them."""
        return list(self.lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command; None where there is no such name."""
        if cmd_name not in self.lazy:
            return None
        module, attribute = self.lazy[cmd_name]
        command: click.Command = getattr(import_module(f".{module}", __package__), attribute)
        return command


def completing(kind: str) -> Callable[[click.Context, click.Parameter, str], list[CompletionItem]]:
    """What completes the value of an option that takes a name of a kind, such as a material."""

    def complete(
        _ctx: click.Context, _parameter: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        from .completing import complete

        return complete(kind, incomplete)

    return complete


def decorated(*decorators: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Several option decorators as one, applied so that they are shown in the given order."""

    def apply(function: Any) -> Any:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return apply
