"""The commands that the documentation shows, run and held against the output that it shows.

A block between fences holds commands that begin with ``$ orepath`` (before it, variables as a
shell takes them), each followed by what it prints. A line ``…`` stands for any number of lines,
and ``…`` in a line for the rest of it up to what follows. A block of ``>>>`` is Python, run
after the commands above it. ``<!-- file: NAME -->`` above a block makes it a file of the folder
in which all of this happens, and ``$ mkdir NAME`` a folder in it.

Commands that change the graph, that take minutes or that start a server are only parsed here; they
have tests of their own.

``python -m orepath.tools.transcripts PAGE…`` runs the commands of pages in a new folder each, on
the graph that the environment names, and prints what differs.
"""

from __future__ import annotations

import doctest
import io
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from unittest import mock

import click

from orepath.cli.main import orepath, run

WIDTH = 100
"""Characters a line of the terminal that the documentation shows."""
PROMPT, LEFT_OUT = "$ ", "…"
FENCE = re.compile(r"^(?P<fence>`{3,})[^\n]*\n(?P<text>.*?)^(?P=fence)$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(
    r"^<!-- file: (?P<name>[\w.-]+) -->\n+```[^\n]*\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
COMMAND = re.compile(r"(?:\w+=\S+ )*orepath |mkdir ")
PYTHON = "python"
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
APART = frozenset({"check", "down", "server", "up"})
WRITERS = frozenset({"load", "unload", "derive"})
HARMLESS = frozenset({"--plan", "--template"})
"""Options with which a command of ``WRITERS`` changes nothing."""
REFUSING = ("Error:", "Refused:", "Usage:")
"""With these an answer begins that is none; the exit code then is not 0."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A command line as a page shows it, with the lines that stand below it."""

    line: int
    command: str
    output: tuple[str, ...]

    @property
    def words(self) -> list[str]:
        """The command line without ``orepath``, as a shell would hand it over."""
        words = shlex.split(self.command, comments=True)
        return words[words.index("orepath") + 1 :] if "orepath" in words else words

    @property
    def variables(self) -> dict[str, str]:
        """What is set for this command alone."""
        words = shlex.split(self.command, comments=True)
        before = words[: words.index("orepath")] if "orepath" in words else []
        return dict(word.split("=", 1) for word in before)


@dataclass(frozen=True, slots=True)
class Told:
    """What a command wrote to a terminal, standard error included, and its exit code."""

    code: int
    text: str


def shown(page: str) -> list[Shown]:
    """The commands of a page in Markdown, in its order."""
    found = []
    for block in FENCE.finditer(page):
        first = page.count("\n", 0, block.start("text")) + 1
        lines = block["text"].splitlines()
        if lines and lines[0].startswith(">>> "):
            found.append(Shown(first, PYTHON, tuple(lines)))
            continue
        starts = [i for i, line in enumerate(lines) if line.startswith(PROMPT)]
        for start, end in pairwise([*starts, len(lines)]):
            command, output = lines[start].removeprefix(PROMPT), lines[start + 1 : end]
            while command.endswith("\\"):
                command = command[:-1] + output.pop(0).strip()
            if COMMAND.match(command):
                found.append(Shown(first + start, command, tuple(_trimmed(output))))
    return found


def files(page: str) -> dict[str, str]:
    """The files that a page gives, by their names."""
    return {match["name"]: match["text"] for match in NAMED.finditer(page)}


def only_parsed(words: Sequence[str]) -> bool:
    """Whether a command is parsed to its end, and not run."""
    return words[0] in APART or (words[0] in WRITERS and not HARMLESS & set(words))


def parsed(words: Sequence[str]) -> None:
    """Parse a command line to its end without running it; raises what click raises."""
    command: click.Command = orepath
    ctx, rest = None, list(words)
    while True:
        ctx = command.make_context(command.name, list(rest), parent=ctx, resilient_parsing=True)
        if not isinstance(command, click.Group):
            return
        name, found, rest = command.resolve_command(ctx, [*ctx._protected_args, *ctx.args])
        if found is None:
            raise click.UsageError(f"no command {name}")
        command = found


def told(words: Sequence[str], width: int = WIDTH) -> Told:
    """Run a command line in this process, as on a terminal of ``width`` characters."""
    text = _Terminal()
    with (
        mock.patch.dict(os.environ, {"COLUMNS": str(width), "NO_COLOR": "1"}),
        redirect_stdout(text),
        redirect_stderr(_Aside(text)),
    ):
        code = run(words)
    return Told(code, COLOUR.sub("", text.getvalue()))


def difference(output: Sequence[str], text: str) -> str | None:
    """The first line shown that was not told in its place; None where all were."""
    lines = _trimmed(line.rstrip() for line in text.splitlines())
    at, open_ = 0, False
    for block in _blocks(output):
        if block is None:
            open_ = True
            continue
        starts = range(at, len(lines)) if open_ else [at]
        found = next((s for s in starts if _match(block, lines[s : s + len(block)])), None)
        if found is None:
            near = lines[at : at + len(block)]
            wrong = next((a for a, b in zip(block, near, strict=False) if not _alike(a, b)), None)
            return wrong if wrong is not None and not open_ else block[0]
        at, open_ = found + len(block), False
    if output and at < len(lines) and not open_:
        return f"(and then) {lines[at]}"
    return None


@contextmanager
def folder(page: str, where: Path) -> Iterator[None]:
    """Work in a folder with the files that a page gives."""
    for name, text in files(page).items():
        (where / name).write_text(text, "utf-8")
    before = Path.cwd()
    os.chdir(where)
    try:
        yield
    finally:
        os.chdir(before)


def faults(page: str, width: int = WIDTH) -> Iterator[str]:
    """Run the commands of a page in the working folder; say what is not as the page shows it."""
    names: dict[str, object] = {}
    for one in shown(page):
        where = f"line {one.line}: {one.command}"
        if one.command == PYTHON:
            if wrong := _python(one, names):
                yield f"{where}\n{wrong}"
            continue
        if one.words[0] == "mkdir":
            Path(one.words[1]).mkdir()
            continue
        if only_parsed(one.words):
            parsed(one.words)
            continue
        with mock.patch.dict(os.environ, one.variables):
            result = told(one.words, width)
        expected = any(line.startswith(REFUSING) for line in one.output)
        if bool(result.code) != expected:
            yield f"{where}\n  exit code {result.code}\n{result.text}"
        elif (line := difference(one.output, result.text)) is not None:
            yield f"{where}\n  not told: {line}\n{result.text}"


def _python(one: Shown, names: dict[str, object]) -> str:
    """What of a block of Python is not as shown; ``names`` are those of the blocks above."""
    found = io.StringIO()
    text = "\n".join(one.output) + "\n"
    test = doctest.DocTestParser().get_doctest(text, {}, f"line {one.line}", None, one.line)
    test.globs = names
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS, verbose=False)
    runner.run(test, out=found.write, clear_globs=False)
    return found.getvalue()


class _Terminal(io.StringIO):
    """Where a person reads."""

    def isatty(self) -> bool:
        return True


class _Aside(io.TextIOBase):
    """Standard error on the same screen, without what moves."""

    def __init__(self, screen: io.StringIO) -> None:
        self._screen = screen

    def write(self, text: str) -> int:
        return self._screen.write(text)


def _trimmed(lines: Iterator[str] | Sequence[str]) -> list[str]:
    kept = list(lines)
    while kept and not kept[-1].strip():
        kept.pop()
    return kept


def _blocks(output: Sequence[str]) -> Iterator[list[str] | None]:
    """The lines between those that are left out, and None for each place where some are."""
    block: list[str] = []
    for line in output:
        if line.strip() == LEFT_OUT:
            if block:
                yield block
            yield None
            block = []
        else:
            block.append(line)
    if block:
        yield block


def _match(block: Sequence[str], lines: Sequence[str]) -> bool:
    return len(block) == len(lines) and all(map(_alike, block, lines))


def _alike(line: str, true: str) -> bool:
    shape = ".*".join(re.escape(part) for part in line.rstrip().split(LEFT_OUT))
    return re.fullmatch(shape, true) is not None


def main(names: Sequence[str]) -> int:
    """Check pages; 1 where one is not true."""
    wrong = 0
    for name in names:
        page = Path(name).read_text("utf-8")
        with tempfile.TemporaryDirectory() as where, folder(page, Path(where)):
            for fault in faults(page):
                wrong = 1
                print(f"{name}, {fault}\n")
    return wrong


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
