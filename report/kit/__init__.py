"""What makes the Neo4j Browser show the graph as Orepath means it: style, guide, favourites."""

from __future__ import annotations

from .entries import Entry, entries
from .favourites import favourites
from .guide import empty_guide, guide
from .style import grass, style, style_command

__all__ = [
    "Entry",
    "empty_guide",
    "entries",
    "favourites",
    "grass",
    "guide",
    "style",
    "style_command",
]
