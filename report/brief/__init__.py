"""A brief: one subject on few pages, composed of answers, in four dressings."""

from .bundle import bundle
from .content import brief
from .dressing import FORMS, render
from .model import Asked, Brief, Figure, Part, Source, Table
from .overview import overview_brief

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
    "overview_brief",
    "render",
]
