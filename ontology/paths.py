"""Where Orepath keeps what it downloads, computes and runs, by the platform's own habits.

``OREPATH_CACHE_DIR`` and ``OREPATH_DATA_DIR`` override them, so that a test or a CI run has
folders of its own.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import platformdirs

T = TypeVar("T")


def cache_dir() -> Path:
    """Folder of what can be fetched or computed again (jars, compiled schema)."""
    override = os.environ.get("OREPATH_CACHE_DIR")
    return Path(override) if override else Path(platformdirs.user_cache_dir("orepath", False))


def data_dir() -> Path:
    """Folder of the local database, its password and its log."""
    override = os.environ.get("OREPATH_DATA_DIR")
    return Path(override) if override else Path(platformdirs.user_data_dir("orepath", False))


def kept(
    name: str, read: Callable[[Any], T], make: Callable[[], T], plain: Callable[[T], Any]
) -> T:
    """Something computed from files, kept in the cache folder as JSON under ``name``.

    ``name`` must change with the files. ``read`` makes it from JSON values, ``make`` anew, and
    ``plain`` makes JSON values of it.
    """
    file = cache_dir() / f"{name}.json"
    # A missing, cut off or foreign cache file only costs the time to make the thing again.
    with suppress(OSError, ValueError, TypeError, KeyError):
        return read(json.loads(file.read_text("utf-8")))
    made = make()
    # A read-only cache folder must not stop anybody from working.
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        partial = file.with_suffix(f".{os.getpid()}.part")
        partial.write_text(json.dumps(plain(made)), "utf-8")
        partial.replace(file)
    return made
