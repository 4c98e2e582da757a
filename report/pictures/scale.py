"""Axes: round steps, how a step is written, and numbers of what happened along one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from ...graph.shares import percent
from ...queries.finding import number
from .letters import width as long

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
    """A value beside an axis as it is written."""
    return percent(round(value, 9)) if share else number(round(value, 9))


def tick_text(value: float, *, share: bool) -> str:
    """A tick as it is written: exactly, for a quarter of one per cent is no fifth of it."""
    return f"{round(value * 100, 6):g} %" if share else number(round(value, 9))


def numbered(places: Sequence[float], size: float) -> list[tuple[float, str]]:
    """The numbers of events at ``places`` along an axis, in letters of a size: of those that stand
    too near to each other the first and the last, as ``2–4``, in their middle."""
    groups: list[tuple[int, int]] = []

    def middle(group: tuple[int, int]) -> float:
        return (places[group[0]] + places[group[1]]) / 2

    def text(group: tuple[int, int]) -> str:
        first, last = group[0] + 1, group[1] + 1
        return str(first) if first == last else f"{first}–{last}"

    for place in range(len(places)):
        group = (place, place)
        while groups:
            room = (long(text(groups[-1]), size) + long(text(group), size)) / 2 + 3
            if middle(group) - middle(groups[-1]) >= room:
                break
            group = (groups.pop()[0], group[1])
        groups.append(group)
    return [(middle(group), text(group)) for group in groups]
