"""An answer as a file of any kind that the world reads: what the ending says, and no other.

``render`` gives the content, ``write`` puts it in its place whole or not at all; the libraries of
a kind are loaded when that kind is asked for.
"""

from .endings import ENDINGS, Ending, ending_named, ending_of, named
from .render import render
from .writing import check_target, replacing, write

__all__ = [
    "ENDINGS",
    "Ending",
    "check_target",
    "ending_named",
    "ending_of",
    "named",
    "render",
    "replacing",
    "write",
]
