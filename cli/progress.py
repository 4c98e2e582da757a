"""How far a long piece of work is, on stderr: a bar on a terminal, silence in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Advance = Callable[[str, int, int], None]
"""Called with what is being worked on, how much is done and how much there is."""


@contextmanager
def bars() -> Iterator[Callable[[str], Advance]]:
    """A maker of bars: called with the name of a piece of work, it gives its ``Advance``."""
    if not sys.stderr.isatty():
        yield lambda name: lambda what, done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    with Progress(
        TextColumn("{task.description:<28}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[what]}"),
        console=Console(stderr=True),
        transient=True,
    ) as shown:

        def make(name: str) -> Advance:
            task = shown.add_task(name, total=None, what="")

            def advance(what: str, done: int, total: int) -> None:
                shown.update(task, completed=done, total=total, what=what)

            return advance

        yield make
