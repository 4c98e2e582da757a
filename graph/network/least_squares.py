"""Weighted least squares under constraints: one estimate from all that is said of some unknowns.

Every piece of evidence is a linear statement on the unknowns with a standard deviation. What
surely holds (balances, totals, signs) is a bound. The estimate is the point within the bounds
whose squared deviations from the statements, each in its standard deviation, are least in sum
(O. Cencic, *Nonlinear data reconciliation in material flow analysis with software STAN*, 2016,
doi 10.1016/j.serj.2016.06.002). A statement that is off by more than ``FAR`` standard deviations
counts less the farther it is off (P. J. Huber, *Robust estimation of a location parameter*, 1964)
and is told as a conflict. The quadratic programs are solved by DAQP (D. Arnström and others, *A
dual active-set solver for embedded quadratic programming*, 2022, doi 10.1109/TAC.2022.3176430).
Pure; knows no product and no database.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import daqp
import numpy as np
from numpy.typing import NDArray

Vector: TypeAlias = NDArray[np.floating[Any]]

FAR = 2.0
"""Standard deviations beyond which a statement is a conflict."""
ROUNDS = 8
SETTLED = 1e-6
"""Change of the estimate from which on another round of weighting says nothing new."""
RIDGE = 1e-9
"""Keeps what no statement speaks of where it is, and the program strictly convex."""
ACTIVE = 1e-9


@dataclass(frozen=True, slots=True)
class Statement:
    """The sum of the unknowns times ``terms`` is ``value``, give or take ``sd``.

    For people who read of it, it says ``base + value / size`` of what ``name`` says.
    """

    terms: Mapping[int, float]
    value: float
    sd: float
    name: str = ""
    base: float = 0.0
    size: float = 1.0

    def told(self, value: float) -> float:
        """A value of the sum as people are told it."""
        return self.base + value / self.size


@dataclass(frozen=True, slots=True)
class Bound:
    """The sum of the unknowns times ``terms`` surely lies between ``low`` and ``high``."""

    terms: Mapping[int, float]
    low: float = -np.inf
    high: float = np.inf


@dataclass(frozen=True, slots=True)
class Conflict:
    """A statement that the rest of the evidence moves by more than ``FAR`` standard deviations."""

    name: str
    stated: float
    estimate: float
    deviations: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """The unknowns that fit best, and what does not fit.

    ``matrix`` (statements × unknowns) and ``weights`` are those of the last round, in which
    conflicts count less; ``active`` are the bounds that hold with equality.
    """

    values: Vector
    conflicts: tuple[Conflict, ...]
    matrix: Vector
    targets: Vector
    weights: Vector
    active: Vector
    limits: Vector

    def draws(self, count: int, seed: int) -> Vector:
        """Estimates (``count`` × unknowns) from evidence drawn anew within its deviations.

        The bounds that hold with equality at the estimate hold at each draw; what a draw makes
        negative is zero. An uncertainty that a conflict made larger is drawn as such.
        """
        generator = np.random.default_rng(seed)
        n, held = self.values.size, self.active.shape[0]
        spread = generator.standard_normal((count, self.targets.size))
        root = np.sqrt(self.weights)
        pull = (self.matrix * root[:, None]).T @ (root[:, None] * self.targets[:, None] + spread.T)
        square = (self.matrix.T * self.weights) @ self.matrix
        unit = _units(square)
        held_rows = self.active * unit
        system = np.zeros((n + held, n + held))
        system[:n, :n] = square * np.outer(unit, unit) + RIDGE * np.eye(n)
        system[:n, n:], system[n:, :n] = held_rows.T, held_rows
        right = np.vstack([pull * unit[:, None], np.repeat(self.limits[:, None], count, axis=1)])
        found: Vector = (np.linalg.lstsq(system, right, rcond=None)[0][:n] * unit[:, None]).T
        return np.maximum(found, 0.0)


def estimate(unknowns: int, statements: Sequence[Statement], bounds: Sequence[Bound]) -> Estimate:
    """The unknowns, none of them negative, by all statements within the bounds.

    Raises ``ValueError`` where no value of the unknowns keeps the bounds, or where a statement's
    standard deviation is not above zero.
    """
    if any(s.sd <= 0 for s in statements):
        raise ValueError("the standard deviation of a statement is not above zero")
    matrix = _rows([s.terms for s in statements], unknowns)
    targets = np.array([s.value for s in statements])
    precision = np.array([s.sd for s in statements]) ** -2.0
    rows = _rows([b.terms for b in bounds], unknowns)
    low = np.concatenate([np.zeros(unknowns), [b.low for b in bounds]])
    high = np.concatenate([np.full(unknowns, np.inf), [b.high for b in bounds]])
    weights, values = precision.copy(), np.full(unknowns, np.nan)
    deviations = np.zeros(targets.size)
    for _ in range(ROUNDS):
        found, prices = _solve(matrix, targets, weights, rows, low, high)
        moved = np.nanmax(np.abs(found - values), initial=0.0)
        settled = not np.isnan(values).any() and moved < SETTLED
        values = np.maximum(found, 0.0)
        deviations = (matrix @ values - targets) * np.sqrt(precision)
        weights = precision * np.minimum(1.0, FAR / np.maximum(np.abs(deviations), FAR))
        if settled:
            break
    every = np.vstack([np.eye(unknowns), rows])
    tight = np.abs(prices) > ACTIVE
    conflicts = [
        Conflict(s.name, s.told(s.value), s.told(float(row @ values)), float(off))
        for s, row, off in zip(statements, matrix, deviations, strict=True)
        if abs(off) > FAR
    ]
    limits = np.where(prices > 0, high, low)[tight]
    return Estimate(values, tuple(conflicts), matrix, targets, weights, every[tight], limits)


def _rows(terms: Sequence[Mapping[int, float]], unknowns: int) -> Vector:
    found = np.zeros((len(terms), unknowns))
    for row, of in enumerate(terms):
        for place, factor in of.items():
            found[row, place] += factor
    return found


def _solve(
    matrix: Vector, targets: Vector, weights: Vector, rows: Vector, low: Vector, high: Vector
) -> tuple[Vector, Vector]:
    """The minimum, and the price of each bound: above zero at a high one, below it at a low one."""
    n = matrix.shape[1]
    square = (matrix.T * weights) @ matrix
    unit = _units(square)
    large = 1e30
    found, _, flag, info = daqp.solve(
        np.ascontiguousarray(square * np.outer(unit, unit) + RIDGE * np.eye(n)),
        np.ascontiguousarray(-unit * ((matrix.T * weights) @ targets)),
        np.ascontiguousarray((rows * unit).reshape(-1, n)),
        np.minimum(np.concatenate([high[:n] / unit, high[n:]]), large),
        np.maximum(np.concatenate([low[:n] / unit, low[n:]]), -large),
        np.zeros(low.size, dtype=np.int32),
    )
    if flag < 1:
        raise ValueError(f"no value of the unknowns keeps the bounds (the solver says {flag})")
    return unit * np.array(found), np.array(info["lam"])


def _units(square: Vector) -> Vector:
    """A unit for each unknown in which the statements on it weigh the same; 1 where none does."""
    weight = np.diag(square)
    return np.where(weight > 0, 1.0 / np.sqrt(np.where(weight > 0, weight, 1.0)), 1.0)
