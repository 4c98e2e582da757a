"""Pictures of answers as SVG, made without a browser: the same answer gives the same bytes."""

from .kinds import KINDS, draw, kinds

__all__ = ["KINDS", "draw", "kinds"]
