"""Which products a technology needs: the forms that enter it, and what they are made of.

From each form the value chain is gone upstream, and only upstream: what is made of the same
material elsewhere is no part of the technology. A step from a host to its by-product is not gone,
since nobody builds in alumina for its gallium. A use of which only the material is known begins at
what is mined of it, as every form does.

The weight is the part of the technology's market that cannot do without the product: of all ways by
which it enters, the heaviest. It stays the same along a chain, whose steps always hold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from .store import Link

ESSENTIAL = "essential"
ORDER = (
    ESSENTIAL,
    "important",
    "type-dependent",
    "chemistry-dependent",
    "grade-dependent",
    "common",
    "supporting",
    "emerging",
    "alternative",
    "optional",
    "niche",
)
"""Words of importance, the strongest first; one that a user added to the code list comes last."""
HALF = 0.5
"""The part of a technology's market from which on a product counts as one it cannot do without."""


@dataclass(frozen=True, slots=True)
class Use:
    """One statement that a technology uses something, with an importance: ``product`` is the form,
    or ``material`` what is used in a form that is not known."""

    technology: str
    product: str | None
    material: str | None
    importance: str
    market_share: float | None
    sources: tuple[str, ...]
    verified: bool

    @property
    def weight(self) -> float | None:
        """Part of the market that needs it; ``None`` where nobody says or it can be spared."""
        if self.market_share is not None:
            return self.market_share
        return 1.0 if self.importance == ESSENTIAL else None

    @property
    def rank(self) -> tuple[float, int]:
        """Heavier and stronger uses first."""
        known = self.importance in ORDER
        return -(self.weight or 0.0), ORDER.index(self.importance) if known else len(ORDER)


@dataclass(frozen=True, slots=True)
class Chain:
    """The value chain: what each product is made of, the materials of each, what is mined of each
    material, and of which hosts each material is a by-product."""

    inputs: Mapping[str, Collection[str]]
    materials: Mapping[str, Collection[str]]
    mined: Mapping[str, Collection[str]]
    hosts: Mapping[str, Collection[str]]

    def upstream(self, form: str) -> dict[str, int]:
        """The form and all that it is made of, each with the fewest steps."""
        steps = {form: 0}
        level = [form]
        while level:
            found = []
            for product in level:
                for taken in sorted(self.inputs.get(product, ())):
                    if taken not in steps and not self._by_product(product, taken):
                        steps[taken] = steps[product] + 1
                        found.append(taken)
            level = found
        return steps

    def _by_product(self, made: str, taken: str) -> bool:
        """Whether a step leads from a host to its by-product."""
        return not self.hosts_of(made).isdisjoint(self.materials.get(taken, ()))

    def hosts_of(self, product: str) -> set[str]:
        """The materials as a by-product of which a product is made."""
        own = self.materials.get(product, ())
        return {host for m in own for host in self.hosts.get(m, ())}.difference(own)

    def forms(self, materials: Collection[str]) -> set[str]:
        """The products that are forms of one of the materials."""
        return {p for p, of in self.materials.items() if not {*of}.isdisjoint(materials)}


def needs(uses: Iterable[Use], chain: Chain) -> Iterator[Link]:
    """``NEEDS`` from technologies to products, sorted."""
    entering: dict[tuple[str, str], list[tuple[Use, str, int]]] = defaultdict(list)
    reached: dict[str, dict[str, int]] = {}
    for use in uses:
        forms = [use.product] if use.product else sorted(chain.mined.get(use.material or "", ()))
        for form in forms:
            if form not in reached:
                reached[form] = chain.upstream(form)
            for product, steps in reached[form].items():
                entering[use.technology, product].append((use, form, steps))
    for (technology, product), ways in sorted(entering.items()):
        first = min(ways, key=lambda way: (*way[0].rank, way[2]))[0]
        # What rests on weaker uses does not speak for the strongest.
        strongest = [way for way in ways if way[0].rank == first.rank]
        values = {
            "weight": first.weight,
            "essential": (first.weight or 0.0) >= HALF,
            "importance": first.importance,
            "steps": min(steps for _, _, steps in strongest),
            "forms": sorted({form for _, form, _ in strongest}),
            "use_sources": sorted({s for use, _, _ in strongest for s in use.sources}),
            "verified": any(use.verified for use, _, _ in strongest),
        }
        yield Link("NEEDS", technology, product, values)
