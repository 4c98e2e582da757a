"""How far a download or a start is, told on stderr: a bar on a terminal, else a line.

Nothing is ever written to stdout, which belongs to the answers.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

Advance = Callable[[int], None]
"""Called with the bytes that just came."""


def say(text: str, enabled: bool) -> None:
    """One line on stderr."""
    if enabled:
        print(text, file=sys.stderr, flush=True)


@contextmanager
def shown(text: str, enabled: bool, total: int | None = None) -> Iterator[Advance]:
    """A moving sign on a terminal, with a bar where there are ``total`` bytes; elsewhere a line."""
    if not (enabled and sys.stderr.isatty()):
        say(f"{text} …", enabled)
        yield lambda size: None
        return
    from rich import progress
    from rich.console import Console

    columns = [progress.SpinnerColumn(), progress.TextColumn("{task.description}")]
    if total:
        columns = [*progress.Progress.get_default_columns(), progress.DownloadColumn()]
    with progress.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield partial(bar.advance, bar.add_task(text, total=total))
