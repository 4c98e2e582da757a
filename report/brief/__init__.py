"""A brief: one subject on few pages, composed of answers, in four dressings."""

from .bundle import bundle
from .content import brief
from .dressing import FORMS, render
from .model import Asked, Brief, Figure, Part, Source, Table

__all__ = [
    "FORMS",
    "Asked",
    "Brief",
    "Figure",
    "Part",
    "Source",
    "Table",
    "brief",
    "bundle",
    "render",
]
