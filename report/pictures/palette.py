"""The colours of the pictures, which a colour-blind reader and a grey printer tell apart.

One colour is for what the picture is about; all else is blue or grey, each step lighter than the
one before, so that the order is seen without the hue. Contrast is that of WCAG 2, from 1 to 21.
"""

from __future__ import annotations

PAPER = "#ffffff"
INK = "#1a1c20"
"""Text, and marks that are read."""
QUIET = "#5b616b"
"""Text that comes second: units, sources, axes."""
LINE = "#c9cdd3"
"""Grid lines and frames."""
BAND = "#f4f5f7"
"""Behind every second row."""
EMPHASIS = "#a8101c"
"""What was asked about."""
STEPS = ("#6f95c8", "#9db9dd", "#c6d6ec")
"""Second, third and fourth; darkest first."""
REST = "#e9ebee"
"""All others together."""
UNCERTAIN = "#7a808a"
"""Whiskers of an interval."""
SERIES = ("#a8101c", "#1f4e8c", "#8a5a00", "#2f6f6b", "#6d4391", "#5b616b")
"""Lines of one picture; beside the colour each has its own label and dashes."""


def _channel(value: int) -> float:
    part = value / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def luminance(colour: str) -> float:
    """The relative luminance of ``#rrggbb``: what a grey printer makes of it, 0 to 1."""
    red, green, blue = (_channel(int(colour[i : i + 2], 16)) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21; text wants at least 4.5."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def on(colour: str) -> str:
    """The colour in which text is read on another."""
    return max((PAPER, INK), key=lambda text: contrast(text, colour))
