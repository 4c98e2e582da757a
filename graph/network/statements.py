"""What publishers say of single economies, as evidence that a balance can take in."""

from __future__ import annotations

from dataclasses import dataclass

from .measured import OVER, USED, USED_SPREAD

IMPORTS, SUPPLY, USE = "imports", "supply", "use"
"""Of what a published share is a share: imports, own output and imports, or what is used."""


@dataclass(frozen=True, slots=True)
class MarketShare:
    """A supplier's share of what a market imports, has or uses (``of``), a fraction of one.

    ``basis`` says whether masses or values were divided; empty where the source does not say.
    ``supplier`` is where customs or the publisher say that the goods come from.
    """

    market: str
    supplier: str
    share: float
    sd: float
    of: str
    basis: str
    period: str
    source: str

    @property
    def name(self) -> str:
        """The statement in words, for a list of conflicts."""
        return f"{self.supplier} of the {self.of} of {self.market} ({self.source}, {self.period})"


@dataclass(frozen=True, slots=True)
class Reliance:
    """Net imports as a fraction of what a market uses."""

    market: str
    value: float
    sd: float
    period: str
    source: str

    @property
    def name(self) -> str:
        """The statement in words, for a list of conflicts."""
        return f"net import reliance of {self.market} ({self.source}, {self.period})"


@dataclass(frozen=True, slots=True)
class Consumption:
    """What a market uses in a year, in tonnes of goods."""

    market: str
    amount: float
    sd: float
    period: str
    source: str

    @property
    def name(self) -> str:
        """The statement in words, for a list of conflicts."""
        return f"consumption of {self.market} ({self.source}, {self.period})"


@dataclass(frozen=True, slots=True)
class Capacity:
    """The most that an economy can have made of a product in a year.

    ``of_world`` is set against the world's output by the same table, a fraction of one; where none
    is stated ``tonnes`` of goods. ``deviation`` is the relative standard deviation of either.
    """

    economy: str
    of_world: float | None
    tonnes: float | None
    deviation: float
    source: str

    @property
    def name(self) -> str:
        """The statement in words, for a list of conflicts."""
        return f"capacity of {self.economy} ({self.source})"

    def instead(self, stated: float, most: float) -> tuple[float, float] | None:
        """Where a ``stated`` output is above the capacity, ``most`` in the same unit, what plants
        make of such a capacity and its standard deviation: the figure is of other years or goods.
        Not where the table of the capacity states output too, which then is evidence itself.
        """
        if self.tonnes is None or stated <= most * (OVER + self.deviation):
            return None
        return USED * most, USED_SPREAD * most


Said = MarketShare | Reliance | Consumption
