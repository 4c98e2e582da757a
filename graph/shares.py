"""A share as a person reads it: one rule of rounding for sentences, tables and pictures."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from math import floor, isinf
from typing import Any


def percent(fraction: float) -> str:
    """A fraction of one as a percentage with at most two digits: 0.98765 → ``99 %``.

    What is below one never becomes ``100 %``, and what is above zero never ``0 %``.
    """
    hundredths = round(fraction * 100, 9)
    if isinf(hundredths):
        return f"{Decimal(fraction) * 100:.2g} %"  # no share, but a user's table may hold it
    if hundredths >= 99.5 and fraction < 1:
        return "over 99 %"
    if 0 < hundredths < 0.05:
        return "under 0.1 %"
    if hundredths >= 9.95 or hundredths == 0:
        return f"{floor(hundredths + 0.5)} %"  # halves go up, as in Cypher
    return f"{hundredths:.1f} %" if hundredths < 1 else f"{hundredths:.2g} %"


def label(properties: Mapping[str, Any]) -> str | None:
    """What stands on the line of a relationship with these properties; None without a share.

    A share that is known only by a bound says so: ``at most 90 %``.
    """
    share = properties.get("share")
    if share is not None:
        return percent(share)
    low = properties.get("share_low", properties.get("low"))
    high = properties.get("share_high", properties.get("high"))
    if low is not None and high is not None and low != high:
        return f"{percent(low)} to {percent(high)}"
    if low is not None:
        return percent(low) if low == high else f"at least {percent(low)}"
    return None if high is None else f"at most {percent(high)}"
