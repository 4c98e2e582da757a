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
from itertools import pairwise

from .slots import Line, Size, Slotted, settled

SWEEPS = 24
"""Times that all layers are ordered by their neighbours, there and back."""
LARGE = 1500
"""Nodes and slots beyond which the order is swept once, for speed."""


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
    graph = Slotted(sizes, lines, layers)
    order = _ordered(graph)
    ports = _ports(graph, order)
    y = settled(graph, order, ports)
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


def _ordered(graph: Slotted) -> list[list[str]]:
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


def _walked(graph: Slotted) -> list[str]:
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


def _exchange(graph: Slotted, order: list[list[str]]) -> None:
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


def _crossings(graph: Slotted, order: list[list[str]]) -> int:
    total = 0
    for layer, following in pairwise(order):
        place = {n: i for i, n in enumerate(following)}
        seen: list[int] = []
        for node in layer:
            ends = sorted(place[n] for n in graph.after[node])
            total += _inverted(seen, ends)
            for end in ends:
                insort(seen, end)
    return total


def _ports(graph: Slotted, order: list[list[str]]) -> dict[str, dict[str, float]]:
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
