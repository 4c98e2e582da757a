"""What a path picture is made of: boxes, lines with shares, and long chains drawn together.

Pure: no place and no letter size is known here.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

from ...graph.shares import percent


@dataclass(frozen=True, slots=True)
class Share:
    """A share as a fraction of one; each end of the interval None where it is not stated."""

    value: float | None
    low: float | None = None
    high: float | None = None

    @property
    def size(self) -> float:
        """What it counts for where one number is needed: the value, else an end, else nothing."""
        return next((x for x in (self.value, self.low, self.high) if x is not None), 0.0)

    def told(self) -> str:
        """``72 % (68–77 %)``; empty where nothing is known."""
        low, high = self.low, self.high
        if self.value is None:
            if low is not None and high is not None and low > 0:
                return _interval(low, high)
            if high is not None:
                return f"≤ {percent(high)}"
            return "" if low is None else f"≥ {percent(low)}"
        told = percent(self.value)
        if low is None or high is None or {percent(low), percent(high)} == {told}:
            return told
        return f"{told} ({_interval(low, high)})"


def _interval(low: float, high: float) -> str:
    one, other = percent(low), percent(high)
    if one == other:
        return one
    one, other = (x.replace("over", ">").replace("under", "<") for x in (one, other))
    if one[0].isdigit() and other[0].isdigit():
        return f"{one.removesuffix(' %')}–{other}"
    return f"{one.removesuffix(' %')} to {other}"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A box: ``name``, and below it ``notes``; ``band`` as in ``layers``; ``maker`` is the country
    of an industry."""

    id: str
    name: str
    labels: tuple[str, ...]
    band: int
    notes: tuple[str, ...] = ()
    stage: int | None = None
    emphasised: bool = False
    maker: str = ""

    @property
    def full_name(self) -> str:
        """The name, with that of the country where it is an industry's product."""
        return f"{self.name}, {self.maker}" if self.maker else self.name


@dataclass(frozen=True, slots=True)
class Tie:
    """A line between boxes. ``told`` stands where it arrives, once for all of one ``port``;
    ``size`` is the share of which its width is made, None where it has none; ``firm`` is false
    for a need that is not essential."""

    id: str
    type: str
    start: str
    end: str
    port: str
    told: str = ""
    size: float | None = None
    firm: bool = True
    emphasised: bool = False


@dataclass(frozen=True, slots=True)
class Folded:
    """What is drawn. ``country`` is the one maker, None where there are several; ``market`` is
    the one market of which shares are told in second place, if any; ``bases`` say of what the
    shares on the lines are shares; ``silent`` makers without such a share are left out beside
    others that have one."""

    nodes: tuple[Drawn, ...]
    ties: tuple[Tie, ...]
    country: str | None = None
    market: str | None = None
    bases: tuple[str, ...] = ()
    silent: int = 0


def condensed(whole: Folded) -> Folded:
    """Products of which one goes into the next alone, and of which no share is told, as one box:
    ``neodymium metal → NdFeB magnet alloy``. For long chains."""
    nodes, ties = {n.id: n for n in whole.nodes}, list(whole.ties)
    while True:
        into: dict[str, list[Tie]] = defaultdict(list)
        out: dict[str, list[Tie]] = defaultdict(list)
        for tie in ties:
            into[tie.end].append(tie)
            out[tie.start].append(tie)
        found = next(
            (
                t
                for t in ties
                if t.type == "INPUT_TO"
                and len(out[t.start]) == len(into[t.end]) == 1
                and not any(other.told for other in [t, *into[t.start]])
            ),
            None,
        )
        if found is None:
            return replace(whole, nodes=tuple(nodes[n] for n in sorted(nodes)), ties=tuple(ties))
        first, second = nodes[found.start], nodes.pop(found.end)
        nodes[first.id] = replace(first, name=f"{first.name} → {second.name}", labels=second.labels)
        ties = [
            replace(t, start=first.id) if t.start == second.id else t
            for t in ties
            if t is not found
        ]
