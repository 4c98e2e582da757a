"""What a market takes of a product, and from whom: output and trade balanced by one rule.

The rule is *proportional sourcing*. What market *j* has of a product is its own output that it
does not export, D, and what it imports, M; whoever uses the product there takes from both in
proportion, so that supplier *i* provides M_ij · e_i / (D + M), and *j* itself D / (D + M).

- *Own output first.* A country's exports are its own output as far as that goes (e_i of them);
  the rest is re-exported, and its origin is unknown. D = output − exports, never below zero.
- *One basis.* Mass where every flow into the market has one (all but a hundredth by value), else
  value; then the own output, known in tonnes only, says no more than whether there is any.
- *Tonnes of content are not tonnes of goods.* Where output counts content, or is published as a
  percentage, it is put on the scale of trade by how much the countries that export nearly all
  they make ship for each unit made (``Scale``). That is a range, and so are the shares.
- *Makers without a figure*, and those whom only another source names, make an unknown amount,
  at most what the world total leaves room for: shares become ranges that hold whatever it is.
  Who is named by no source makes nothing, unless the source leaves much of the world unnamed.
- *Who ships more than it takes in makes the difference*, whatever its figure says.

Where a product is in no trade, ``balance_bounds`` says what the shares of both stages leave
possible. Bounds everywhere: what is of unknown origin stays unknown. Pure; knows no database.
Method: R. E. Miller and P. D. Blair, *Input-Output Analysis* (2009), 3.4 and 9.2 on the import
proportionality assumption; the treatment of re-exports and scale is ours.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

METHOD = "proportional-sourcing"
PUBLISHED = "published-sourcing"
BALANCE = "world-balance"
WITHOUT_MASS = 0.01
"""Flows without a mass may hold this fraction of a market's imports by value, and are left out."""
NOTABLE = 0.01
"""Exporters of a smaller fraction of a product's trade say nothing about its scale."""
TIGHTEST = 0.1
LOOSEST = 1 / 3
"""Fractions of net exports between whose output for each tonne the scale lies."""
LEAST = 1e-6
"""Shares that cannot exceed this are not kept."""


@dataclass(frozen=True, slots=True)
class Flow:
    """Goods from one economy to another in a year: value in one currency, net mass in tonnes."""

    product: str
    exporter: str
    importer: str
    value: float
    mass: float | None


@dataclass(frozen=True, slots=True)
class Amount:
    """An economy's output between two bounds; ``high`` is ``inf`` where nothing bounds it."""

    low: float = 0.0
    high: float = 0.0


@dataclass(frozen=True, slots=True)
class Scale:
    """Output counted per tonne of goods traded, between two bounds; 1 where both count goods."""

    low: float = 1.0
    high: float = 1.0


@dataclass(frozen=True, slots=True)
class Part:
    """What a supplier provides of what a market takes of a product, as fractions of one."""

    product: str
    supplier: str
    low: float
    high: float
    basis: str
    year: int
    method: str = METHOD
    sources: tuple[str, ...] = ()

    @property
    def share(self) -> float | None:
        """The share where it is known; ``None`` where only its bounds are."""
        return self.low if self.high - self.low < LEAST else None


@dataclass(slots=True)
class Product:
    """Output and trade of one product in one year, ready to be balanced."""

    id: str
    year: int
    output: Mapping[str, Amount]
    flows: Iterable[Flow]
    same_unit: bool = False
    content: bool = False
    unnamed: float = 0.0
    sources: tuple[str, ...] = ()
    exports: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    imports: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    earned: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    spent: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    scale: Scale | None = None

    def __post_init__(self) -> None:
        self.flows = list(self.flows)
        for flow in self.flows:
            self.exports[flow.exporter] += flow.mass or 0.0
            self.imports[flow.importer] += flow.mass or 0.0
            self.earned[flow.exporter] += flow.value
            self.spent[flow.importer] += flow.value
        self.scale = Scale() if self.same_unit else self._scale()

    def _scale(self) -> Scale | None:
        """How much output goes with a tonne of goods; ``None`` where no exporter tells.

        No country can export more than it makes, so output over net exports is at least the
        scale; where a country exports nearly all, it is nearly the scale. The range is that of
        the countries where this ratio is least, a tenth of all net exports left out against
        slips of the data. Content never exceeds the goods.
        """
        net: list[tuple[float, float]] = []
        for country, sent in self.exports.items():
            made, beyond = self.output.get(country, Amount()), sent - self.imports[country]
            if made.low > 0 and beyond > NOTABLE * sum(self.exports.values()):
                net.append((made.low / beyond, beyond))
        total = sum(weight for _, weight in net)
        found, so_far = [], 0.0
        for ratio, weight in sorted(net):
            so_far += weight
            found.append((so_far / total, min(ratio, 1.0) if self.content else ratio))
        if not found:
            return Scale(0.0, 1.0) if self.content else None
        low, high = (next(r for s, r in found if s >= at - 1e-9) for at in (TIGHTEST, LOOSEST))
        return Scale(low, high)

    def made(self, country: str) -> Amount:
        """A country's output on the scale of trade, in tonnes of goods."""
        amount = self.output.get(country, Amount(0.0, self.unnamed))
        if not amount.high:
            return amount
        low, high = 0.0, math.inf
        if self.scale is not None:
            low = _over(amount.low, self.scale.high)
            high = amount.high / self.scale.low if self.scale.low else math.inf
        # Who ships more than it takes in has made the difference, as far as it can make it.
        shipped = max(0.0, self.exports[country] - self.imports[country])
        return Amount(max(low, min(shipped, high)), high)

    def impossible(self) -> list[tuple[str, float]]:
        """Countries that export notably more than they can have made and imported, with the
        surplus in tonnes, largest first."""
        found = [
            (country, sent - self.made(country).high - self.imports[country])
            for country, sent in self.exports.items()
        ]
        least = NOTABLE * sum(self.exports.values())
        return sorted(
            ((c, over) for c, over in found if over > least), key=lambda row: (-row[1], row[0])
        )

    def reexporters(self) -> list[str]:
        """Countries that export and make less than they export, so that part is of others."""
        return sorted(
            c for c, sent in self.exports.items() if sent and self.made(c).high < sent * (1 - 1e-9)
        )

    def parts(self, members: Collection[str]) -> list[Part]:
        """From whom a market takes the product: a country, or a bloc as its members together."""
        inward = [f for f in self.flows if f.importer in members and f.exporter not in members]
        value = sum(f.value for f in inward)
        massless = sum(f.value for f in inward if f.mass is None)
        basis = "mass" if massless <= WITHOUT_MASS * value else "value"
        taken: dict[str, float] = defaultdict(float)
        for flow in inward:
            taken[flow.exporter] += (flow.mass or 0.0) if basis == "mass" else flow.value
        imported = sum(taken.values())
        made = {m: self.made(m) for m in sorted(members) if self.made(m).high}
        kept = self._kept(members, made, basis)
        if not imported and not kept.high:
            return []
        found = []
        for country, amount in sorted(taken.items()):
            own = self._own(country, basis)
            low = _over(amount * own.low, kept.high + imported)
            found.append((country, low, _over(amount * own.high, kept.low + imported)))
        low, high = _portion(kept.low, imported), _portion(kept.high, imported)
        for country, output in made.items():
            others = [a for c, a in made.items() if c != country]
            least = _portion(output.low, sum(a.high for a in others))
            most = _portion(output.high, sum(a.low for a in others))
            found.append((country, low * least, high * most))
        how = (basis, self.year, METHOD, self.sources)
        return [
            Part(self.id, country, round(low, 6), round(min(1.0, high), 6), *how)
            for country, low, high in found
            if high > LEAST
        ]

    def _kept(self, members: Collection[str], made: Mapping[str, Amount], basis: str) -> Amount:
        """The market's own output that stays in it."""
        if not made:
            return Amount()
        if basis == "value":
            return Amount(0.0, math.inf)
        sent = sum(
            f.mass or 0.0 for f in self.flows if f.exporter in members and f.importer not in members
        )
        return Amount(
            max(0.0, sum(a.low for a in made.values()) - sent),
            max(0.0, sum(a.high for a in made.values()) - sent),
        )

    def _own(self, country: str, basis: str) -> Amount:
        """Which part of a country's exports is its own output, as fractions of one."""
        made, sent = self.made(country), self.exports[country]
        if not made.high:
            return Amount()
        if basis == "value":
            earned = self.earned[country]
            return Amount(_over(max(0.0, earned - self.spent[country]), earned), 1.0)
        if not sent:
            return Amount(0.0, 1.0)
        return Amount(min(1.0, made.low / sent), min(1.0, made.high / sent))


def balance_bounds(supplier_low: float, supplier_high: float, consumer_low: float) -> Amount:
    """Bounds on a supplier's share of a consumer's input where no trade is known.

    ``supplier_*`` bound the supplier's share *a* of the world's output of the input, the consumer
    makes at least ``consumer_low`` of the world's output of what is made from it, *b*, and uses
    as much of the input. The others make 1 − a, so that at least (b − (1 − a)) / b comes from
    the supplier; and it has no more than a to give, at most a / b.
    """
    if consumer_low <= 0:
        return Amount(0.0, 1.0)
    low = max(0.0, 1.0 - (1.0 - supplier_low) / consumer_low)
    return Amount(round(low, 6), round(min(1.0, supplier_high / consumer_low), 6))


def _over(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _portion(part: float, rest: float) -> float:
    """part / (part + rest), also where one of them is without bound."""
    if not part:
        return 0.0
    if math.isinf(rest):
        return 0.0
    return 1.0 if math.isinf(part) else part / (part + rest)
