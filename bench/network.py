"""Exposure over synthetic dependency networks: how the cost grows with the number of edges.

``python bench/network.py`` builds networks of 10⁴, 10⁵ and 10⁶ FEEDS edges in four tiers and
prints, for each, the seconds of one tier-wise exposure (building the index of edges included and
apart) and the time for each edge relative to that of the smallest. Linear growth is a ratio near
one; paths, which nothing enumerates, grow with the third power of the width. Needs no server.
"""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Iterator

from orepath.tools.exposure import Edge, Network

SIZES = (10_000, 100_000, 1_000_000)
TIERS = ("magnet", "metal", "oxide", "ore")
FAN = 20
"""Suppliers of each industry."""


def synthetic(edges: int) -> list[Edge]:
    """So many edges: three layers between four stages of as many industries each, and a market."""
    draw = random.Random(edges)
    width = edges // (FAN * (len(TIERS) - 1))
    found = [Edge(f"c{i}:{TIERS[0]}", "market", 0.9 / width) for i in range(width)]
    for lower, upper in itertools.pairwise(TIERS):
        for consumer in range(width):
            found += [
                Edge(f"c{draw.randrange(width)}:{upper}", f"c{consumer}:{lower}", 0.9 / FAN)
                for _ in range(FAN)
            ]
    return found


def lines() -> Iterator[tuple[str, str, str]]:
    """The report: what, figure, target, for each size."""
    base = 0.0
    for size in SIZES:
        edges = synthetic(size)
        start = time.perf_counter()
        network = Network(edges)
        indexed = time.perf_counter()
        exposed = network.exposure("market", "c1", TIERS[0], len(TIERS))
        end = time.perf_counter()
        assert len(exposed) == len(TIERS)
        each = (end - start) / len(edges)
        base = base or each
        detail = (
            f"exposure over {len(edges):,} FEEDS, index {indexed - start:.2f} s, "
            f"time an edge against the smallest {each / base:.2f}"
        )
        yield detail, f"{end - indexed:.2f} s", "10^6 < 10 s, linear"


if __name__ == "__main__":
    for what, figure, target in lines():
        print(f"{what:<70} {figure:>14}   {target}", flush=True)
