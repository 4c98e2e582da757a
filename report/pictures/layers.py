"""Which layer each node of a subgraph stands in: from ore to sector, left to right.

Classes stand in bands: what states agree or forbid, who makes, of what, products in the order in
which one goes into the other, what needs them, whom that serves, and the markets that are supplied.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from ...graph.subgraph import Node
from ...ontology.vocabulary import vocabulary

BANDS = (
    ("Source", "Publication", "Claim", "Indicator", "Load"),
    ("Agreement", "ExportRestriction", "Policy", "CriticalityList", "Benchmark"),
    ("Economy", "Company"),
    ("Material",),
    ("Industry", "Product", "Project", "Stage"),
    ("Technology", "Application"),
    ("Sector",),
)
"""Classes from left to right; after them stand the markets."""
MAKERS, MARKET = 2, len(BANDS)
AGAINST = frozenset(
    {
        "AT_STAGE", "BYPRODUCT_OF", "DOCUMENTED_BY", "FORM_OF", "LISTED_UNDER", "LOCATED_IN",
        "MADE_IN", "NEEDS", "PART_OF", "REPORTED_BY",
    }
)  # fmt: skip
"""Relationships that lead from what comes later to what comes before."""
SUPPLIED = frozenset({"SUPPLIES", "SUPPLIES_MARKET"})
"""Relationships of which the end is a market."""


def forwards(kind: str, start: str, end: str) -> tuple[str, str]:
    """The ends of a relationship in the order in which material flows."""
    return (end, start) if kind in AGAINST else (start, end)


def band(labels: Iterable[str]) -> int:
    """The band of a class; what no band names stands with the products."""
    labels = set(labels)
    return next((i for i, names in enumerate(BANDS) if labels & set(names)), 4)


def stage(node: Node) -> int | None:
    """The place of a product's stage in the value chain, where the vocabulary has one."""
    known = vocabulary()
    key = str(node.properties.get("id", ""))
    if "Product" not in node.labels or not (found := known.ends("at_stage", key)):
        return None
    position = known.individuals["stage"][found[0]].get("position")
    return position if isinstance(position, int) else None


def ranked(
    bands: Mapping[str, int],
    ends: Sequence[tuple[str, str]],
    stages: Mapping[str, int | None] | None = None,
) -> dict[str, int]:
    """The layer of each node, without empty layers: by band, within one by the longest way to it.

    A node to which no way of its band leads stands where the others of its stage stand, if what
    it goes into lies behind that.
    """
    stages = stages or {}
    found: dict[str, int] = {}
    first = 0
    for number in sorted(set(bands.values())):
        members = sorted(n for n in bands if bands[n] == number)
        before = _acyclic(members, ends)
        depth: dict[str, int] = {}
        for node in TopologicalSorter(before).static_order():
            depth[node] = max((depth[n] + 1 for n in before[node]), default=0)
        _beside_their_stage(depth, before, stages)
        found.update({node: first + place for node, place in depth.items()})
        first = max(found.values()) + 1
    used = {layer: index for index, layer in enumerate(sorted(set(found.values())))}
    return {node: used[found[node]] for node in sorted(found)}


def _acyclic(members: Sequence[str], ends: Sequence[tuple[str, str]]) -> dict[str, set[str]]:
    """What comes before each member; of a circle the last line by name is left out."""
    before: dict[str, set[str]] = {node: set() for node in members}
    for one, other in sorted(set(ends)):
        if one in before and other in before and one != other:
            before[other].add(one)
    while True:
        try:
            TopologicalSorter(before).prepare()
        except CycleError as error:
            circle = error.args[1]
            one, other = max(pairwise(circle))
            before[other].discard(one)
        else:
            return before


def _beside_their_stage(
    depth: dict[str, int], before: Mapping[str, set[str]], stages: Mapping[str, int | None]
) -> None:
    at: dict[int, list[int]] = defaultdict(list)
    for node in before:
        if (position := stages.get(node)) is not None:
            at[position].append(depth[node])
    after: dict[str, list[str]] = defaultdict(list)
    for node, others in before.items():
        for other in others:
            after[other].append(node)
    for node, others in before.items():
        position = stages.get(node)
        if others or position is None:
            continue
        usual = max(sorted(set(at[position])), key=at[position].count)
        depth[node] = min([usual, *(depth[n] - 1 for n in after[node])])
