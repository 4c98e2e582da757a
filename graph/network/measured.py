"""How far a figure may be off: one rule for the standard deviation of all evidence.

Relative deviations of independent causes are added in squares, as in material flow analysis
(O. Cencic and H. Rechberger, *Material flow analysis with software STAN*, 2008): what the
publisher says of the figure, how old it is, what its source is worth, and how well a customs code
fits. The sizes are judgement; ``bench/left_out.py`` shows how well they hold.
"""

from __future__ import annotations

from math import hypot

STATUS = {"normal": 0.03, "provisional": 0.05, "estimated": 0.08}
"""Relative deviations by the publisher's own word; another word counts as ``UNSURE``."""
UNSURE = 0.15
A_YEAR = 0.04
"""What a year between the figure and the time it is taken for adds."""
GRADE = {"C": 0.05, "D": 0.2}
ROUNDING = 0.004
"""Of a share that is given in whole percents, as a fraction of one."""
FLOW = {"exact": 0.10, "dominant": 0.20}
"""Relative deviations of reconciled trade by how well its code fits the product."""
USED, USED_SPREAD, OVER = 0.72, 0.25, 1.1
"""Output as a part of capacity, its standard deviation, and what none reaches: by the 78 countries
and products of which the Mineral Commodity Summaries 2026 give both (the highest is 1.02)."""
OF_MARKET = 0.01
OF_MARKET_A_YEAR = 0.02
"""Of a published share of a market's imports or supply, as fractions of one, and for each year."""
UNWEIGHED = 0.03
"""Added where a source does not say whether masses or values were divided."""


def relative(status: str, years: float, grade: str) -> float:
    """The relative standard deviation of a published amount that is so many years off."""
    return hypot(STATUS.get(status, UNSURE), A_YEAR * abs(years), GRADE.get(grade, 0.0))


def of_share(share: float, status: str, years: float, grade: str) -> float:
    """The standard deviation of a country's share of the world's output, a fraction of one."""
    return hypot(share * relative(status, years, grade), ROUNDING)


def of_market_share(share: float, years: float, grade: str, weighed: bool) -> float:
    """The standard deviation of a published share of what a market gets, a fraction of one."""
    aged = OF_MARKET + OF_MARKET_A_YEAR * abs(years)
    worth = GRADE.get(grade, 0.0) * share
    return hypot(aged, worth, 0.0 if weighed else UNWEIGHED)


def of_bounds(low: float, high: float) -> float:
    """The standard deviation of what lies anywhere between two bounds."""
    return (high - low) / 12**0.5
