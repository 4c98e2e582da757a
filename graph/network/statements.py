"""What publishers say of single markets, as evidence that a balance can take in."""

from __future__ import annotations

from dataclasses import dataclass

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


Said = MarketShare | Reliance | Consumption
