"""In what order the boxes of a path picture stand below each other, and in which lanes lines run.

Beside the boxes lines run down in lanes, as in the graph of a version history. Lines that lead from
several boxes to the same ones share a lane, so does all that leaves one box. Pure: no letter size
is known here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

from .boxes import Folded, Tie


@dataclass(frozen=True, slots=True)
class Trunk:
    """Lines that share a lane: they come from ``starts`` and lead to ``ends``, both in the order
    of the boxes. Lane 0 is the one next to the boxes."""

    starts: tuple[str, ...]
    ends: tuple[str, ...]
    ties: tuple[Tie, ...]
    lane: int


def ordered(drawn: Folded, layers: Mapping[str, int]) -> list[str]:
    """Ids of the boxes from top to bottom: by band, and in a band each after what leads to it.

    Of those that could come next that one does to which the nearest box above leads, so that
    chains stay together and lines short.
    """
    before: dict[str, set[str]] = defaultdict(set)
    after: dict[str, set[str]] = defaultdict(set)
    size: dict[str, float] = defaultdict(float)
    for tie in drawn.ties:
        size[tie.start] = max(size[tie.start], tie.size or 0.0)
        if layers[tie.start] < layers[tie.end]:  # what leads back would be a circle
            before[tie.end].add(tie.start)
            after[tie.start].add(tie.end)
    place: dict[str, int] = {}
    for band in sorted({n.band for n in drawn.nodes}):
        members = {n.id for n in drawn.nodes if n.band == band}
        waiting = {n: len(before[n] & members) for n in members}
        heap: list[tuple[int, float, str]] = []

        def ready(node: str, heap: list[tuple[int, float, str]] = heap) -> None:
            latest = max((place[n] for n in before[node] if n in place), default=-1)
            heappush(heap, (-latest, -size[node], node))

        for node in members:
            if not waiting[node]:
                ready(node)
        while heap:
            node = heappop(heap)[2]
            place[node] = len(place)
            for following in after[node] & members:
                waiting[following] -= 1
                if not waiting[following]:
                    ready(following)
    return list(place)


def trunks(ties: Sequence[Tie], order: Sequence[str]) -> tuple[Trunk, ...]:
    """All lines in as many lanes as they need: the shorter a trunk the nearer to the boxes, and no
    two of a lane side by side."""
    place = {node: number for number, node in enumerate(order)}
    leaving: dict[str, list[Tie]] = defaultdict(list)
    for tie in ties:
        if tie.start != tie.end:
            leaving[tie.start].append(tie)
    alike: dict[tuple[frozenset[str], bool], list[str]] = defaultdict(list)
    for start in sorted(leaving, key=place.__getitem__):
        emphasised = any(t.emphasised for t in leaving[start])
        alike[frozenset(t.end for t in leaving[start]), emphasised].append(start)

    def span(ends: frozenset[str], starts: Sequence[str]) -> tuple[int, int]:
        places = [place[n] for n in (*starts, *ends)]
        return min(places), max(places)

    found = []
    taken: list[list[tuple[int, int]]] = []
    groups = [(span(ends, starts), starts, ends) for (ends, _), starts in alike.items()]
    for (first, last), starts, ends in sorted(groups, key=lambda g: (g[0][1] - g[0][0], g[0])):
        lane = next(
            (i for i, spans in enumerate(taken) if all(last < a or b < first for a, b in spans)),
            len(taken),
        )
        if lane == len(taken):
            taken.append([])
        taken[lane].append((first, last))
        found.append(
            Trunk(
                tuple(starts),
                tuple(sorted(ends, key=place.__getitem__)),
                tuple(t for start in starts for t in leaving[start]),
                lane,
            )
        )
    return tuple(found)
