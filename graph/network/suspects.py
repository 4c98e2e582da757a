"""Figures that cannot be right: slips of units and digits that publishers print, found by rule.

A suspect figure stays in the graph with the reason (``suspect``), and leads nothing. Rules, each on
figures of one publication, product, measure and content basis:

- *Negative*: output, capacity and reserves are not.
- *Above the total*: a part is larger than the world total of its own table and year, or a share of
  supply larger than the whole. Where several parts are, the total is the slip.
- *Reserves below a year's output*, of a country or of the world, in the same edition; and world
  reserves of thousands of years of output (``YEARS``): then the unit of the whole column is wrong.
- *A jump of a power of ten* against neighbouring years or other editions: of one figure between two
  that agree, or of most figures of a column by the same power (a wrong unit in its heading).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

WORLD = "WLD"
ROUNDING = 1.05
"""A rounded total may be below its largest part by this factor."""
YEARS = 5000.0
"""Years of output that no world reserves last; the longest of the bundle, of peat, are 765."""
NEAR = 2
"""Years within which figures are neighbours."""
ALIKE = 1.5
"""Factor within which neighbours agree."""
TIGHT = 0.05
"""How far the logarithm of a ratio may be from a whole number."""
LEAST_POWER = 2
"""Smallest power of ten that is a slip and no growth."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A published amount: which relationship holds it, whose, of what, when, by whom."""

    id: str
    economy: str
    product: str
    measure: str
    basis: str
    unit: str
    period: str
    amount: float
    source: str
    publication: str

    @property
    def column(self) -> tuple[str, ...]:
        """The column of the publisher's table in which it stands."""
        return (self.source, *self.row, self.period)

    @property
    def row(self) -> tuple[str, ...]:
        """What is counted, and how."""
        return (self.product, self.measure, self.basis, self.unit)

    @property
    def maker(self) -> tuple[str, ...]:
        """What one edition says of one economy's product, whichever measure and year."""
        return (self.source, self.economy, self.product, self.basis, self.unit)

    @property
    def year(self) -> int:
        """The year, 0 for a period of several."""
        return int(self.period) if len(self.period) == 4 and self.period.isdigit() else 0


Columns = Mapping[tuple[str, ...], Sequence[Figure]]
Suspects = dict[str, str]
"""Reasons by the id of the relationship."""


def suspects(figures: Iterable[Figure]) -> Suspects:
    """The figures that cannot be right, each with its first reason."""
    held = list(figures)
    columns: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
    for figure in held:
        columns[figure.column].append(figure)
    found: Suspects = {}
    for rule in (_negative, _above_total):
        for column in columns.values():
            for figure, reason in rule(column):
                found.setdefault(figure.id, reason)
    for figure, reason in (*_against_output(held, columns), *_jumps(held, columns)):
        found.setdefault(figure.id, reason)
    return found


def _negative(column: Sequence[Figure]) -> Iterator[tuple[Figure, str]]:
    for figure in column:
        if figure.amount < 0:
            yield figure, f"{figure.measure} cannot be negative"


def _above_total(column: Sequence[Figure]) -> Iterator[tuple[Figure, str]]:
    share = column[0].measure == "share-of-supply"
    total = next((f for f in column if f.economy == WORLD), None)
    whole = 100.0 if share else total.amount if total else 0.0
    if whole <= 0:
        return
    above = [f for f in column if f is not total and f.amount > ROUNDING * whole]
    if total and len(above) > 1:
        yield total, f"{len(above)} parts of the world total are larger than it"
        return
    for figure in above:
        yield figure, f"larger than the whole, {whole:,.6g} {figure.unit}, of the same table"


def _against_output(held: Sequence[Figure], columns: Columns) -> Iterator[tuple[Figure, str]]:
    output: dict[tuple[str, ...], Figure] = {}
    for figure in held:
        before = output.get(figure.maker, figure)
        newer = before is figure or figure.year > before.year
        if figure.measure == "production" and figure.amount > 0 and newer:
            output[figure.maker] = figure
    for figure in held:
        if figure.measure != "reserves" or figure.amount <= 0 or figure.maker not in output:
            continue
        year, made = output[figure.maker].period, output[figure.maker].amount
        said = f"output of {year} is {made:,.6g} {figure.unit}"
        if figure.amount < made:
            reason = f"reserves are below a year's output ({said})"
        elif figure.economy == WORLD and figure.amount > YEARS * made:
            reason = f"world reserves are over {YEARS:,.0f} years of output ({said})"
        else:
            continue
        yield figure, reason
        if figure.economy == WORLD:
            whole = f"of the world total in its column: {reason}"
            yield from ((other, whole) for other in columns[figure.column])


def _jumps(held: Sequence[Figure], columns: Columns) -> Iterator[tuple[Figure, str]]:
    series: dict[tuple[str, ...], dict[int, list[Figure]]] = defaultdict(lambda: defaultdict(list))
    for figure in held:
        if figure.amount > 0 and figure.year and figure.measure != "share-of-supply":
            series[(figure.publication, figure.economy, *figure.row)][figure.year].append(figure)
    powers: dict[tuple[str, ...], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for by_year in series.values():
        for year, figures in by_year.items():
            near = [f for at in range(year - NEAR, year + NEAR + 1) for f in by_year.get(at, ())]
            for figure in figures:
                others = [f for f in near if f is not figure]
                if reason := _alone(figure, others):
                    yield figure, reason
                for other in others:
                    if other.source != figure.source:
                        power = _power(figure.amount, other.amount)
                        powers[figure.column][other.source].append(power)
    for column, by_source in powers.items():
        if reason := _unit(column[0], by_source):
            yield from ((figure, reason) for figure in columns[column])


def _alone(figure: Figure, others: Sequence[Figure]) -> str:
    """The reason where at least two neighbours agree, and the figure is a power of ten off."""
    if len(others) < 2:
        return ""
    amounts = sorted(f.amount for f in others)
    middle = amounts[len(amounts) // 2]
    power = _power(figure.amount, middle) if amounts[-1] <= ALIKE * amounts[0] else 0
    return f"{_times(power)} neighbouring figures ({middle:,.6g} {figure.unit})" if power else ""


def _unit(source: str, by_source: Mapping[str, Sequence[int]]) -> str:
    """The reason where most figures of a column are the same power of ten off those of more
    editions than they are like; of two that contradict each other, the older is the slip."""
    off: dict[str, int] = {}
    alike = 0
    for other, powers in by_source.items():
        [(power, times)] = Counter(powers).most_common(1)
        if len(powers) > 1 and times * 2 > len(powers):
            alike += not power
            if power:
                off[other] = power
    if len(off) <= alike or (len(off) == 1 and source > min(off)):
        return ""
    other, power = min(off.items())
    return f"most figures of its column are {_times(power)} those of {other}"


def _power(amount: float, other: float) -> int:
    """n where an amount is about 10ⁿ times another and n is no growth, else 0."""
    logarithm = math.log10(amount / other)
    power = round(logarithm)
    return power if abs(power) >= LEAST_POWER and abs(logarithm - power) <= TIGHT else 0


def _times(power: int) -> str:
    return f"10^{power} times"
