"""Who made what a market has: re-exports followed back to the makers.

What an economy has of a product is its own output and its imports, mixed; it uses and exports the
mix. So the origins P_j of what *j* has satisfy x_j P_j = o_j e_j + Σ_i Z_ij P_i with x_j = o_j +
Σ_i Z_ij, which is r = diag(p)(I − A)⁻¹, A = Z diag(1/x), of T. Kastner, M. Kastner and S. Nonhebel,
*Tracing distant environmental impacts of agricultural products from a consumer perspective* (2011),
doi 10.1016/j.ecolecon.2011.01.012.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .least_squares import Vector

SENT = 0.98
"""The most of what it has that an economy exports; what goes beyond that is of unknown origin."""


def origins(output: Vector, trade: Vector) -> Vector:
    """Shares of the makers in what each economy has.

    Args:
        output: what each of n economies makes, ``(..., n)``.
        trade: from each (row) to each (column), ``(..., n, n)``, in the unit of output; draws of
            the same network may be stacked in front.

    Returns:
        ``(..., n, n)``: row *j* are the fractions of what *j* has that each economy made; zero
        where it has nothing. A row sums to one, less what is of unknown origin.
    """
    n = output.shape[-1]
    has = np.maximum(output + trade.sum(axis=-2), trade.sum(axis=-1) / SENT)
    system = -np.swapaxes(trade, -1, -2)
    place = np.arange(n)
    system[..., place, place] += np.where(has > 0, has, 1.0)
    right = np.zeros_like(system)
    right[..., place, place] = output
    return np.linalg.solve(system, right)


def together(
    output: Vector, trade: Vector, members: Sequence[int], outside: Sequence[int]
) -> tuple[Vector, Vector]:
    """The network with the members of a bloc as one economy, the last: what passes between them
    is no trade. ``members`` and ``outside`` are the places of all economies."""
    joined = [[place] for place in outside] + [list(members)]
    made = np.stack([output[..., group].sum(axis=-1) for group in joined], axis=-1)
    rows = np.stack([trade[..., group, :].sum(axis=-2) for group in joined], axis=-2)
    flows = np.stack([rows[..., group].sum(axis=-1) for group in joined], axis=-1)
    flows[..., -1, -1] = 0.0
    return made, flows
