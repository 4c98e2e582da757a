"""What of a folded subgraph is drawn where it holds more than a page can show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from .boxes import Folded, Tie

MOST = 40
"""Boxes than which no path picture has more."""


def strongest(whole: Folded, most: int = MOST) -> Folded:
    """At most ``most`` boxes: the weakest are left out one by one, and what then hangs in the air.

    Weakest is what leads nowhere, then what has the smallest share on a line at it, then the
    fewest lines; always of the band that has most boxes, so that no band is emptied first.
    """
    ties = list(whole.ties)
    kept = {n.id for n in whole.nodes}
    bands = {n.id: n.band for n in whole.nodes}
    entered, left = {t.end for t in ties}, {t.start for t in ties}
    while len(kept) > most and ties:
        counts: dict[int, int] = defaultdict(int)
        for node in kept:
            counts[bands[node]] += 1
        fullest = max(counts, key=lambda b: (counts[b], b))
        strength = _strengths(ties)
        kept.remove(min((n for n in kept if bands[n] == fullest), key=lambda n: (strength[n], n)))
        while loose := _loose(kept, ties, entered, left):
            kept -= loose
        ties = [t for t in ties if t.start in kept and t.end in kept]
    return replace(whole, nodes=tuple(n for n in whole.nodes if n.id in kept), ties=tuple(ties))


def _loose(kept: set[str], ties: Sequence[Tie], entered: set[str], left: set[str]) -> set[str]:
    """What lost all lines that led to it, or all that led on."""
    now = [t for t in ties if t.start in kept and t.end in kept]
    enter, leave = {t.end for t in now}, {t.start for t in now}
    return {n for n in kept if (n in entered and n not in enter) or (n in left and n not in leave)}


def _strengths(ties: Sequence[Tie]) -> dict[str, tuple[bool, float, int]]:
    size: dict[str, float] = defaultdict(float)
    count: dict[str, int] = defaultdict(int)
    leading = {t.start for t in ties}
    for tie in ties:
        for end in (tie.start, tie.end):
            size[end] = max(size[end], tie.size or 0.0)
            count[end] += 1
    return {n: (n in leading, size[n], count[n]) for n in sorted(count)}
