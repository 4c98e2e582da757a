"""Axes: round steps, and how a step is written."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log10

from ...graph.shares import percent
from ...queries.finding import number

STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True, slots=True)
class Scale:
    """From values to lengths: ``low`` lies at ``start``, ``high`` at ``end``."""

    low: float
    high: float
    start: float
    end: float
    step: float

    def at(self, value: float) -> float:
        """Where a value lies; what is beyond an end lies on it."""
        part = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return self.start + part * (self.end - self.start)

    def ticks(self) -> list[float]:
        """The round values from end to end."""
        count = round((self.high - self.low) / self.step)
        return [self.low + i * self.step for i in range(count + 1)]


def scale(low: float, high: float, start: float, end: float, *, steps: int = 4) -> Scale:
    """An axis that begins and ends on round values and has about so many steps."""
    if high <= low:
        high = low + 1
    wide = (high - low) / steps
    power = 10.0 ** floor(log10(wide))
    step = next(s * power for s in STEPS if s * power >= wide * 0.999)
    return Scale(floor(low / step + 1e-9) * step, ceil(high / step - 1e-9) * step, start, end, step)


def share_scale(high: float, start: float, end: float) -> Scale:
    """An axis of shares from nothing to all, or to a part where all shares are small."""
    if high > 0.5:
        return Scale(0, 1, start, end, 0.25)
    return scale(0, max(high, 0.01), start, end)


def told(value: float, *, share: bool) -> str:
    """A tick as it is written."""
    return percent(round(value, 9)) if share else number(round(value, 9))
