"""Commands made from the question library: a group whose members are the questions.

``ask``, ``export`` and ``browser`` differ in what they do with a question, not in how one is put;
its parameters become options, its examples and caveats stand in its help. Only the files of the
question asked are read. This module asks nothing itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from .base import Command, Group, completing
from .own import own_folder, own_library, questions_option

if TYPE_CHECKING:
    from ..queries.definition import Parameter, Question

Arguments = Mapping[str, str | None]
ASK_ONLY = frozenset(
    {
        "--format",
        "-o",
        "--output",
        "--cypher",
        "--browser",
        "--limit",
        "--all",
        "--sources",
        "--picture",
    }
)
Act = Callable[..., None]
"""Called with the question, the words for its parameters, and the command's own options."""


class QuestionGroup(Group):
    """A group with one command a question; each calls ``act(question, arguments, **options)``.

    ``options`` are those of the command itself; a question has its parameters' besides.
    """

    kind = "question"

    def __init__(
        self, *args: Any, act: Act, options: Sequence[click.Parameter], **kwargs: Any
    ) -> None:
        kwargs["params"] = [*(kwargs.get("params") or ()), questions_option()]
        super().__init__(
            *args, subcommand_metavar="QUESTION [OPTIONS]", options_metavar=None, **kwargs
        )
        self.act = act
        self.options = tuple(options)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The ids of all questions, by topic."""
        from ..queries.catalogue import catalogue

        return [*catalogue(), *own_library()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of one question; None where there is no such question."""
        from ..queries.catalogue import identifiers, question

        if cmd_name in identifiers():
            return self._command(question(cmd_name))
        own = own_folder()
        if own is None:
            return None
        from ..queries.own import own_files, own_question

        for path in own_files(own):
            if path.stem == cmd_name:
                return self._command(own_question(path, own, identifiers()))
        return None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the questions in the help, by topic."""
        from ..queries.catalogue import catalogue, topics

        sections = [
            (about, [(q.id, q.title) for q in catalogue().values() if q.topic == topic])
            for topic, about in topics().items()
        ]
        sections.append(("Your own", [(q.id, q.title) for q in own_library().values()]))
        for about, rows in sections:
            if rows:
                with formatter.section(f"Questions: {about}"):
                    formatter.write_dl(rows)

    def _command(self, question: Question) -> click.Command:
        names = {option(p): p.name for p in question.parameters}
        # A question that has itself a parameter called like an option knows better what it means.
        options = [o for o in self.options if o.name not in names.values()]

        def call(**given: Any) -> None:
            arguments = {names[key]: word(given.pop(key)) for key in names}
            self.act(question, arguments, **given)

        return QuestionCommand(
            question,
            callback=call,
            params=[*(_option(p) for p in question.parameters), *options],
            examples=[(line, "") for line in examples(question, self.name or "ask")],
        )


class QuestionCommand(Command):
    """One question; its help ends with what holds for every answer to it."""

    def __init__(self, question: Question, **kwargs: Any) -> None:
        super().__init__(question.id, help=question.title, **kwargs)
        self.question = question

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the caveats before the examples."""
        if self.question.caveats:
            with formatter.section("Caveats"):
                for caveat in self.question.caveats:
                    formatter.write_text(caveat)
        super().format_epilog(ctx, formatter)


def option(parameter: Parameter) -> str:
    """The name under which click hands over a parameter; never that of another option."""
    return f"parameter_{parameter.name}"


def word(value: Any) -> str | None:
    """What the user said, as the question takes it: a text, or nothing."""
    if value is None:
        return None
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def flag(parameter: Parameter) -> str:
    """``as_of`` as it is typed: ``--as-of``."""
    return f"--{parameter.name.replace('_', '-')}"


def examples(question: Question, command: str) -> list[str]:
    """Complete command lines that put the question, for the command ``ask`` or another.

    The library writes them for ``ask``; those with an option of its own fit no other command.
    """
    lines = []
    for example in question.examples:
        if command != "ask" and any(option in example.split() for option in ASK_ONLY):
            continue
        rest = example.removeprefix("orepath ask ").removeprefix(question.id).strip()
        lines.append(f"orepath {command} {question.id} {rest}".rstrip())
    return lines


def _option(parameter: Parameter) -> click.Option:
    name = flag(parameter)
    declaration = f"{name}/--no-{name[2:]}" if parameter.type == "boolean" else name
    kind: click.ParamType[Any] = (
        click.Choice(parameter.choices, case_sensitive=False)
        if parameter.type == "choice" and parameter.choices
        else click.STRING
    )
    # The default is not given to click: only the question knows what it means.
    default = f"  [default: {parameter.default}]" if parameter.default is not None else ""
    example = f" (like {parameter.example})" if not parameter.choices else ""
    # A flag is False unless told otherwise, and then could not be told from one that was given;
    # for any other option a default of None would count as an answer to a required question.
    unless_given: dict[str, Any] = {"default": None} if parameter.type == "boolean" else {}
    return click.Option(
        [declaration, option(parameter)],
        **unless_given,
        type=None if parameter.type == "boolean" else kind,
        metavar=None if parameter.type in ("boolean", "choice") else parameter.type.upper(),
        required=parameter.required,
        help=f"{parameter.help}{example}{default}",
        # A choice completes itself.
        shell_complete=None if parameter.choices else completing(parameter.type),
    )
