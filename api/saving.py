"""How anything of this package becomes a file: refused before work is done for it, whole or not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path


def saved(path: str | Path, content: Callable[[], str | bytes], *, force: bool) -> Path:
    """Write what ``content`` gives, which is asked only where the place can be written to.

    Raises ``OrepathError`` for a folder, for one that is not there, and for a file that is there
    unless ``force``.
    """
    from ..report.files import check_target, write

    check_target(path, force=force)
    write(path, content(), force=force)
    return Path(path)
