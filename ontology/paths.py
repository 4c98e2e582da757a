"""Where Orepath keeps what it downloads and what it runs, by the platform's own habits.

``OREPATH_CACHE_DIR`` and ``OREPATH_DATA_DIR`` override them, so that a test or a CI run has
folders of its own.
"""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs


def cache_dir() -> Path:
    """Folder of what can be fetched or computed again (jars, compiled schema)."""
    override = os.environ.get("OREPATH_CACHE_DIR")
    return Path(override) if override else Path(platformdirs.user_cache_dir("orepath", False))


def data_dir() -> Path:
    """Folder of the local database, its password and its log."""
    override = os.environ.get("OREPATH_DATA_DIR")
    return Path(override) if override else Path(platformdirs.user_data_dir("orepath", False))
