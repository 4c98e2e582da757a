"""A graph in layers, with a slot for each layer that a line passes, and its heights.

Heights are those at which lines run as straight as the least distances and the order allow.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

SETTLING = 100
"""Times that all layers are moved towards straight lines."""
GAP, SLOT_GAP = 9.0, 5.0
"""Least distance of two nodes of a layer, and of a slot from what is beside it."""
SLOT = 4.0
"""Least height of a slot."""
STRAIGHT = 8.0
"""How much more a stretch between two slots is drawn straight than one that ends at a node."""


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height that a node needs."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line from a node to another one of a higher layer.

    ``room`` is the height that it needs where it arrives; lines of the same ``port`` arrive
    together, at one place of the end node. Lines of the same ``trunk`` and start run together
    until they have to part; without one, a line runs alone.
    """

    id: str
    start: str
    end: str
    port: str
    room: float = 0.0
    trunk: str = ""


class Slotted:
    """The graph with a slot for each layer that a line passes."""

    def __init__(
        self, sizes: Mapping[str, Size], lines: Sequence[Line], layers: Mapping[str, int]
    ) -> None:
        self.lines = sorted(lines, key=lambda line: line.id)
        self.layers = {node: layers[node] for node in sizes}
        self.rooms: dict[str, dict[str, float]] = defaultdict(dict)
        for line in self.lines:
            rooms = self.rooms[line.end]
            rooms[line.port] = max(rooms.get(line.port, 0.0), line.room)
        self.heights = {
            node: max(size.height, sum(self.rooms[node].values())) for node, size in sizes.items()
        }
        self.real = frozenset(sizes)
        self.chains: dict[str, list[str]] = {}
        self.after: dict[str, list[str]] = {node: [] for node in sizes}
        self.before: dict[str, list[str]] = {node: [] for node in sizes}
        for line in self.lines:
            self._chain(line)
        self.count = max(self.layers.values(), default=-1) + 1

    def _chain(self, line: Line) -> None:
        chain = [line.start]
        for layer in range(self.layers[line.start] + 1, self.layers[line.end]):
            way = f"{line.trunk}\t" if line.trunk else f"\t{line.end}\t{line.port}"
            slot = f"{line.start}\t{way}\t{layer}"
            if slot not in self.heights:
                self.layers[slot] = layer
                self.heights[slot] = max(line.room, SLOT)
                self.after[slot], self.before[slot] = [], []
            chain.append(slot)
        chain.append(line.end)
        for one, other in pairwise(chain):
            if other not in self.after[one]:
                self.after[one].append(other)
                self.before[other].append(one)
        self.chains[line.id] = chain


def settled(
    graph: Slotted, order: list[list[str]], ports: Mapping[str, Mapping[str, float]]
) -> dict[str, float]:
    """Heights at which lines run as straight as the least distances allow."""
    near: dict[str, list[tuple[str, float, float]]] = {n: [] for n in graph.layers}
    known: set[tuple[str, str, float]] = set()
    for line in graph.lines:
        chain = graph.chains[line.id]
        for one, other in pairwise(chain):
            offset = ports[other][line.port] if other in graph.real else 0.0
            if (one, other, offset) in known:
                continue
            known.add((one, other, offset))
            weight = 1.0 if one in graph.real or other in graph.real else STRAIGHT
            near[one].append((other, offset, weight))
            near[other].append((one, -offset, weight))
    y: dict[str, float] = {}
    for layer in order:
        places = _apart(graph, layer, [0.0] * len(layer), [1.0] * len(layer))
        y.update(zip(layer, places, strict=True))
    for turn in range(SETTLING):
        for layer in order if turn % 2 == 0 else reversed(order):
            weights = [sum(w for _, _, w in near[n]) or 0.1 for n in layer]
            wanted = [
                sum(w * (y[m] + offset) for m, offset, w in near[n]) / weight if near[n] else y[n]
                for n, weight in zip(layer, weights, strict=True)
            ]
            y.update(zip(layer, _apart(graph, layer, wanted, weights), strict=True))
    _straighten(graph, order, y)
    return y


def _straighten(graph: Slotted, order: Sequence[Sequence[str]], y: dict[str, float]) -> None:
    """Put the slots of a line on one height, where those above and below leave room for it."""
    beside = {
        node: (layer[i - 1] if i else None, layer[i + 1] if i + 1 < len(layer) else None)
        for layer in order
        for i, node in enumerate(layer)
    }
    for run in _runs(graph):
        low, high = -inf, inf
        for slot in run:
            above, below = beside[slot]
            low = max(low, y[above] + _distance(graph, above, slot)) if above else low
            high = min(high, y[below] - _distance(graph, slot, below)) if below else high
        if low <= high:
            height = min(max(sum(y[slot] for slot in run) / len(run), low), high)
            y.update(dict.fromkeys(run, height))


def _runs(graph: Slotted) -> list[list[str]]:
    """The slots of each line or trunk from left to right, the longest run first."""
    found: dict[str, list[str]] = {}
    for line in graph.lines:
        slots = graph.chains[line.id][1:-1]
        if slots and len(slots) > len(found.get(slots[0], ())):
            found[slots[0]] = slots
    return [found[first] for first in sorted(found, key=lambda s: (-len(found[s]), s))]


def _distance(graph: Slotted, above: str, below: str) -> float:
    """The least distance of the middles of two that stand one above the other."""
    both = above in graph.real and below in graph.real
    return (graph.heights[above] + graph.heights[below]) / 2 + (GAP if both else SLOT_GAP)


def _apart(
    graph: Slotted, layer: Sequence[str], wanted: Sequence[float], weights: Sequence[float]
) -> list[float]:
    """The heights nearest to those wanted, in least squares, that keep order and distances.

    Less the distances the heights only have to rise: a weighted isotonic regression, solved by
    pooling adjacent violators.
    """
    shifts = [0.0] if layer else []
    for above, below in pairwise(layer):
        shifts.append(shifts[-1] + _distance(graph, above, below))
    pools: list[tuple[float, float, int]] = []  # mean, weight, members
    for height, shift, own in zip(wanted, shifts, weights, strict=True):
        mean, weight, members = height - shift, own, 1
        while pools and pools[-1][0] > mean:
            before, heavy, many = pools.pop()
            mean = (before * heavy + mean * weight) / (heavy + weight)
            weight, members = weight + heavy, members + many
        pools.append((mean, weight, members))
    level = [mean for mean, _, members in pools for _ in range(members)]
    return [mean + shift for mean, shift in zip(level, shifts, strict=True)]
