"""Layered layout of a graph from left to right, after Sugiyama, Tagawa and Toda (1981).

Given are the nodes' sizes and layers. A line over several layers is kept in the clear by a slot
in each layer that it passes; the nodes and slots of a layer are ordered so that few lines cross,
and then moved to where their lines run straight. No randomness: the same graph, the same picture.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf

SWEEPS = 24
"""Times that all layers are ordered by their neighbours, there and back."""
LARGE = 1500
"""Nodes and slots beyond which the order is swept once, for speed."""
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


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything stands: the nodes' middles as heights (``y``), their ``heights`` with all
    ports, and the heights that each line has: at its start, in the slots that it passes, at its
    end."""

    layers: Mapping[str, int]
    y: Mapping[str, float]
    heights: Mapping[str, float]
    routes: Mapping[str, tuple[float, ...]]
    top: float
    bottom: float


def lay_out(sizes: Mapping[str, Size], lines: Sequence[Line], layers: Mapping[str, int]) -> Layout:
    """Place nodes in their layers; raises ``ValueError`` for a line that does not lead to a higher
    layer."""
    for line in lines:
        if layers[line.start] >= layers[line.end]:
            raise ValueError(f"{line.id} does not lead to a higher layer")
    graph = _Slotted(sizes, lines, layers)
    order = _ordered(graph)
    ports = _ports(graph, order)
    y = _settled(graph, order, ports)
    low = min((y[n] - graph.heights[n] / 2 for n in y), default=0.0)
    high = max((y[n] + graph.heights[n] / 2 for n in y), default=0.0)
    routes = {
        line.id: (
            *(y[node] for node in graph.chains[line.id][:-1]),
            y[line.end] + ports[line.end][line.port],
        )
        for line in lines
    }
    heights = {node: graph.heights[node] for node in sizes}
    return Layout(dict(layers), {n: y[n] for n in sizes}, heights, routes, low, high)


class _Slotted:
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
        for one, other in zip(chain, chain[1:], strict=False):
            if other not in self.after[one]:
                self.after[one].append(other)
                self.before[other].append(one)
        self.chains[line.id] = chain


def _ordered(graph: _Slotted) -> list[list[str]]:
    """The nodes and slots of each layer from top to bottom."""
    order: list[list[str]] = [[] for _ in range(graph.count)]
    for node in _walked(graph):
        order[graph.layers[node]].append(node)
    best, least = [list(layer) for layer in order], _crossings(graph, order)
    for sweep in range(SWEEPS if len(graph.layers) <= LARGE else 2):
        if least == 0:
            break
        onwards = sweep % 2 == 0
        near = graph.before if onwards else graph.after
        for index in range(1, graph.count) if onwards else range(graph.count - 2, -1, -1):
            beside = {n: i for i, n in enumerate(order[index - 1 if onwards else index + 1])}
            order[index] = _by_middle(order[index], near, beside)
        if len(graph.layers) <= LARGE:
            _exchange(graph, order)
        if (found := _crossings(graph, order)) < least:
            best, least = [list(layer) for layer in order], found
    return best


def _walked(graph: _Slotted) -> list[str]:
    """All nodes, each after the one from which it is reached first, so that what hangs together
    lies together."""
    found: dict[str, None] = {}
    for root in sorted(graph.layers, key=lambda n: (graph.layers[n], n)):
        waiting = [root]
        while waiting:
            node = waiting.pop()
            if node not in found:
                found[node] = None
                waiting += sorted(graph.after[node], reverse=True)
    return list(found)


def _by_middle(
    layer: list[str], near: Mapping[str, list[str]], beside: Mapping[str, int]
) -> list[str]:
    """A layer sorted by the mean place of its neighbours; who has none keeps its place."""
    wanted = {
        node: sum(beside[n] for n in near[node]) / len(near[node]) for node in layer if near[node]
    }
    moving = iter(sorted(wanted, key=lambda node: wanted[node]))
    return [next(moving) if node in wanted else node for node in layer]


def _exchange(graph: _Slotted, order: list[list[str]]) -> None:
    """Swap neighbours of a layer as long as that removes crossings."""
    for index, layer in enumerate(order):
        left = {n: i for i, n in enumerate(order[index - 1])} if index else {}
        right = {n: i for i, n in enumerate(order[index + 1])} if index + 1 < len(order) else {}
        around = {
            node: (
                sorted(left[n] for n in graph.before[node]),
                sorted(right[n] for n in graph.after[node]),
            )
            for node in layer
        }
        better = True
        while better:
            better = False
            for i in range(len(layer) - 1):
                one, other = around[layer[i]], around[layer[i + 1]]
                now = sum(_inverted(a, b) for a, b in zip(one, other, strict=True))
                then = sum(_inverted(b, a) for a, b in zip(one, other, strict=True))
                if then < now:
                    layer[i], layer[i + 1] = layer[i + 1], layer[i]
                    better = True


def _inverted(above: Sequence[int], below: Sequence[int]) -> int:
    """Crossings of the lines of two nodes, the first above the other; their ends are sorted."""
    return sum(len(above) - bisect_right(above, place) for place in below)


def _crossings(graph: _Slotted, order: list[list[str]]) -> int:
    total = 0
    for layer, following in zip(order, order[1:], strict=False):
        place = {n: i for i, n in enumerate(following)}
        seen: list[int] = []
        for node in layer:
            ends = sorted(place[n] for n in graph.after[node])
            total += _inverted(seen, ends)
            for end in ends:
                insort(seen, end)
    return total


def _ports(graph: _Slotted, order: list[list[str]]) -> dict[str, dict[str, float]]:
    """For each node its ports, as distances from its middle: in the order of what comes in."""
    place = {n: i for layer in order for i, n in enumerate(layer)}
    arriving: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for line in graph.lines:
        arriving[line.end][line.port].append(place[graph.chains[line.id][-2]])
    found: dict[str, dict[str, float]] = {}
    for node, ports in arriving.items():
        rooms = graph.rooms[node]
        top = -sum(rooms.values()) / 2
        found[node] = {}
        for port in sorted(ports, key=lambda p: (sum(ports[p]) / len(ports[p]), p)):
            found[node][port] = top + rooms[port] / 2
            top += rooms[port]
    return found


def _settled(
    graph: _Slotted, order: list[list[str]], ports: Mapping[str, Mapping[str, float]]
) -> dict[str, float]:
    """Heights at which lines run as straight as the least distances allow."""
    near: dict[str, list[tuple[str, float, float]]] = {n: [] for n in graph.layers}
    known: set[tuple[str, str, float]] = set()
    for line in graph.lines:
        chain = graph.chains[line.id]
        for one, other in zip(chain, chain[1:], strict=False):
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


def _straighten(graph: _Slotted, order: Sequence[Sequence[str]], y: dict[str, float]) -> None:
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


def _runs(graph: _Slotted) -> list[list[str]]:
    """The slots of each line or trunk from left to right, the longest run first."""
    found: dict[str, list[str]] = {}
    for line in graph.lines:
        slots = graph.chains[line.id][1:-1]
        if slots and len(slots) > len(found.get(slots[0], ())):
            found[slots[0]] = slots
    return [found[first] for first in sorted(found, key=lambda s: (-len(found[s]), s))]


def _distance(graph: _Slotted, above: str, below: str) -> float:
    """The least distance of the middles of two that stand one above the other."""
    both = above in graph.real and below in graph.real
    return (graph.heights[above] + graph.heights[below]) / 2 + (GAP if both else SLOT_GAP)


def _apart(
    graph: _Slotted, layer: Sequence[str], wanted: Sequence[float], weights: Sequence[float]
) -> list[float]:
    """The heights nearest to those wanted, in least squares, that keep order and distances.

    Less the distances the heights only have to rise: a weighted isotonic regression, solved by
    pooling adjacent violators.
    """
    shifts = [0.0] if layer else []
    for above, below in zip(layer, layer[1:], strict=False):
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
