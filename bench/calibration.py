"""How good the reconciled shares are, on made networks of which the truth is known.

Each network has makers, trade with re-exports, and use. What is published of it is the truth with
noise: shares of output (some makers without a figure), all flows (some wrong by a factor of five,
some codes with other goods), and customs' shares of one market. Printed: how often the interval
holds the true share, which is meant for nine of ten, and in how many networks the point is nearer
to it than the first method that applies (own output first, re-exports of unknown origin).
`python bench/calibration.py [NETWORKS]`.
"""

from __future__ import annotations

import sys

import numpy as np

from orepath.graph.network.balance import balance
from orepath.graph.network.least_squares import Vector
from orepath.graph.network.markets import DRAWS
from orepath.graph.network.measured import FLOW
from orepath.graph.network.origin import origins
from orepath.graph.network.outputs import Amount, Makers
from orepath.graph.network.statements import MarketShare
from orepath.graph.network.unknowns import Traded

SHARE_OFF, FLOW_OFF, CUSTOMS_OFF = 0.08, 0.10, 0.01
WRONG, FACTOR = 0.02, 5.0
BASKET = 0.25
"""Part of the networks of which a code holds other goods of some exporters."""
TOLD = 0.02
"""True shares below this are not looked at: most would be held by an interval around zero."""


def made(generator: np.random.Generator) -> tuple[Vector, Vector]:
    """A true network: outputs and flows of 6 to 14 economies, of which 2 to 5 make it."""
    n = int(generator.integers(6, 15))
    output = np.zeros(n)
    for maker in range(int(generator.integers(2, 6))):
        output[maker] = generator.lognormal(3.0, 1.2)
    appetite = generator.lognormal(0.0, 1.0, n)
    trade = np.zeros((n, n))
    # Who makes it ships a part in proportion to what others want; hubs pass on a part of it.
    for maker in map(int, np.flatnonzero(output)):
        sent = output[maker] * generator.uniform(0.2, 0.9)
        want = appetite * generator.lognormal(0.0, 0.7, n) * (np.arange(n) != maker)
        trade[maker] += sent * want / want.sum()
    for hub in map(int, generator.choice(n, size=2, replace=False)):
        passed = trade[:, hub].sum() * generator.uniform(0.1, 0.6)
        want = appetite * (np.arange(n) != hub)
        trade[hub] += passed * want / want.sum()
    return output, trade


def first_method(output: Vector, trade: Vector) -> Vector:
    """What was done before: exports are own output first, the rest is of unknown origin."""
    sent = trade.sum(axis=1)
    own = np.divide(np.minimum(output, sent), sent, out=np.zeros_like(sent), where=sent > 0)
    kept = np.maximum(0.0, output - sent)
    has = kept + trade.sum(axis=0)
    found = (trade * own[:, None]).T + np.diag(kept)
    shares: Vector = found / np.where(has > 0, has, 1.0)[:, None]
    return shares


def one(generator: np.random.Generator, seed: int) -> tuple[int, int, bool]:
    """How many true shares were looked at, how many were held, and whether ours is the nearer."""
    output, trade = made(generator)
    n, names = len(output), tuple(f"E{i:02}" for i in range(len(output)))
    truth = origins(output, trade)
    world = output.sum()
    shares, room = {}, 0.0
    for place in np.flatnonzero(output):
        share = output[place] / world
        if share < 0.1 and generator.random() < 0.3:
            room += share
        else:
            told = max(0.0, share * (1 + SHARE_OFF * generator.standard_normal()))
            shares[names[place]] = Amount(told, SHARE_OFF * share + 1e-4)
    noise = (1 + FLOW_OFF * generator.standard_normal((n, 1))) * (
        1 + FLOW_OFF * generator.standard_normal((n, n))
    )
    wrong = np.where(generator.random((n, n)) < WRONG, FACTOR, 1.0)
    basket = generator.random() < BASKET
    other = 1 + generator.uniform(0, 0.5, (n, 1)) * (generator.random((n, 1)) < 0.3) * basket
    seen = np.maximum(trade * noise * wrong * other, 0.0)
    total = seen.sum()
    market = int(np.argmax(trade.sum(axis=0)))
    imported = trade[:, market] / trade[:, market].sum()
    said = [
        MarketShare(
            names[market], names[i], float(part + CUSTOMS_OFF * generator.standard_normal()),
            CUSTOMS_OFF, "imports", "mass", "2024", "customs",
        )
        for i, part in enumerate(imported)
        if part > 0.05
    ]  # fmt: skip
    makers = Makers(shares, room=room, world=float(world * (1 + 0.03 * generator.normal())))
    of = Traded(names, seen / total, "mass", FLOW["dominant" if basket else "exact"], float(total))
    found = balance(of, makers, said, {}, draws=DRAWS, seed=seed)
    draws = origins(found.output_draws, found.trade_draws)
    point = draws.mean(axis=0)
    low, high = np.quantile(draws, (0.05, 0.95), axis=0)
    looked = truth > TOLD
    told = np.zeros(n)
    for name, share in shares.items():
        told[names.index(name)] = share.value * makers.world if makers.world else 0.0
    before = first_method(told, seen)
    held = int(((low - 1e-3 <= truth) & (truth <= high + 1e-3))[looked].sum())
    ours = np.abs(point - truth)[looked].mean()
    return int(looked.sum()), held, bool(ours < np.abs(before - truth)[looked].mean())


def main(networks: int = 1000, seed: int = 13) -> tuple[float, float]:
    """Print and return the part of shares that are held and of networks in which ours is nearer."""
    generator = np.random.default_rng(seed)
    rows = [one(generator, number) for number in range(networks)]
    looked, held = sum(r[0] for r in rows), sum(r[1] for r in rows)
    nearer = sum(r[2] for r in rows)
    print(
        f"{networks:,} made networks: the 90 % interval holds {held / looked:.1%} of {looked:,} "
        f"shares; nearer to the truth than the first method in {nearer / networks:.1%}."
    )
    return held / looked, nearer / networks


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
