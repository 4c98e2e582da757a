"""Which leading figures a derivation moved: of each product, the largest maker and its share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Shares = Mapping[tuple[str, str], Mapping[str, Any]]
"""Properties of headline shares by industry and product."""
SMALL = 0.0005
"""A change of a share that no answer shows."""


@dataclass(frozen=True, slots=True)
class Lead:
    """The largest maker of a product, as an economy, with its share (or the most that it can be)
    and the source."""

    economy: str
    share: float
    source: str

    def __str__(self) -> str:
        return f"{self.economy} {self.share:.1%} ({self.source})"


@dataclass(frozen=True, slots=True)
class Move:
    """A product of which the leading figure changed; None stands for no figure."""

    product: str
    before: Lead | None
    after: Lead | None

    def __str__(self) -> str:
        return f"{self.product}: {self.before or 'no figure'} -> {self.after or 'no figure'}"


def moves(before: Shares, after: Shares) -> tuple[Move, ...]:
    """The products whose largest maker, its share or their source changed, sorted.

    Nothing moved where nothing stood before.
    """
    old, new = _leads(before), _leads(after)
    if not old:
        return ()
    changed = (p for p in sorted(old.keys() | new.keys()) if _differ(old.get(p), new.get(p)))
    return tuple(Move(product, old.get(product), new.get(product)) for product in changed)


def _leads(shares: Shares) -> dict[str, Lead]:
    found: dict[str, Lead] = {}
    for (industry, product), values in sorted(shares.items()):
        share = values.get("share") or values.get("share_high") or values.get("share_low") or 0.0
        if product not in found or share > found[product].share:
            economy = industry.removesuffix(f":{product}")
            found[product] = Lead(economy, share, str(values.get("share_source") or ""))
    return found


def _differ(one: Lead | None, other: Lead | None) -> bool:
    if one is None or other is None:
        return one is not other
    same = (one.economy, one.source) == (other.economy, other.source)
    return not same or abs(one.share - other.share) > SMALL
