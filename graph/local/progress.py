"""How far a download or a start is, told on stderr: a bar on a terminal, else a line.

Nothing is ever written to stdout, which belongs to the answers.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Advance = Callable[[int], None]
"""Called with the bytes that just came."""


def say(text: str, enabled: bool) -> None:
    """One line on stderr."""
    if enabled:
        print(text, file=sys.stderr, flush=True)


@contextmanager
def downloading(text: str, total: int, *, enabled: bool) -> Iterator[Advance]:
    """A bar of ``total`` bytes on a terminal; elsewhere one line at the beginning."""
    if not (enabled and sys.stderr.isatty()):
        say(f"{text} …", enabled)
        yield lambda size: None
        return
    from rich import progress
    from rich.console import Console

    columns = (*progress.Progress.get_default_columns(), progress.DownloadColumn())
    with progress.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(text, total=total)
        yield lambda size: bar.advance(task, size)


@contextmanager
def waiting(text: str, *, enabled: bool) -> Iterator[None]:
    """A moving sign on a terminal while something starts; elsewhere one line."""
    if not (enabled and sys.stderr.isatty()):
        say(f"{text} …", enabled)
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(text):
        yield
