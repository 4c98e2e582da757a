"""Weighted least squares under bounds: results by hand, and properties on random evidence."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orepath.graph.network.least_squares import Bound, Estimate, Statement, estimate


def test_two_statements_meet_by_their_weights() -> None:
    # (10 / 1² + 13 / 2²) / (1 / 1² + 1 / 2²)
    found = estimate(1, [Statement({0: 1.0}, 10.0, 1.0), Statement({0: 1.0}, 13.0, 2.0)], [])
    assert found.values[0] == pytest.approx(10.6)
    assert found.draws(20_000, 1).std() == pytest.approx(0.8**0.5, rel=0.05)


def test_a_bound_holds_and_what_it_ties_moves_with_it() -> None:
    said = [Statement({0: 1.0}, 6.0, 1.0), Statement({1: 1.0}, 6.0, 1.0)]
    found = estimate(2, said, [Bound({0: 1.0, 1: 1.0}, high=10.0)])
    assert found.values == pytest.approx([5.0, 5.0])
    assert found.draws(50, 1).sum(axis=1) == pytest.approx(np.full(50, 10.0))


def test_nothing_is_below_zero() -> None:
    found = estimate(1, [Statement({0: 1.0}, -3.0, 1.0)], [])
    assert found.values[0] == pytest.approx(0.0)
    assert found.draws(50, 1).min() >= 0.0


def test_what_is_far_off_is_a_conflict_by_name_and_counts_less() -> None:
    near = [Statement({0: 1.0}, 10.0 + i / 10, 1.0, f"near {i}") for i in range(5)]
    wrong = Statement({0: 1.0}, 100.0, 1.0, "a slip", base=0.0, size=1000.0)
    found = estimate(1, [*near, wrong], [])
    [conflict] = found.conflicts
    assert conflict.name == "a slip"
    assert conflict.stated == pytest.approx(0.1)
    assert conflict.deviations == pytest.approx(-89.4, abs=0.5)
    mean = sum(s.value for s in (*near, wrong)) / 6
    assert found.values[0] == pytest.approx(10.6, abs=0.1)
    assert mean > 25


def test_bounds_that_cannot_be_kept_and_certainty_are_refused() -> None:
    with pytest.raises(ValueError, match="no value of the unknowns"):
        estimate(1, [Statement({0: 1.0}, 1.0, 1.0)], [Bound({0: 1.0}, high=-1.0)])
    with pytest.raises(ValueError, match="not above zero"):
        estimate(1, [Statement({0: 1.0}, 1.0, 0.0)], [])


def test_unknowns_of_very_different_sizes_are_found() -> None:
    said = [Statement({0: 1.0}, 1e6, 1e4), Statement({1: 1.0}, 1e-5, 1e-7)]
    found = estimate(2, said, [Bound({0: 1.0, 1: 1.0}, high=2e6)])
    assert found.values == pytest.approx([1e6, 1e-5], rel=1e-6)


VALUES = st.floats(0.1, 10.0)


@settings(max_examples=50, deadline=None)
@given(truth=st.lists(VALUES, min_size=2, max_size=5), sd=VALUES, data=st.data())
def test_more_evidence_never_widens_what_is_consistent(
    truth: list[float], sd: float, data: st.DataObject
) -> None:
    said = [Statement({i: 1.0}, v, 1.0) for i, v in enumerate(truth)]
    one = data.draw(st.integers(0, len(truth) - 1))
    other = (one + 1) % len(truth)
    more = Statement({one: 1.0, other: 1.0}, truth[one] + truth[other], sd)
    before = estimate(len(truth), said, [])
    after = estimate(len(truth), [*said, more], [])

    def variance(found: Estimate, place: int) -> float:
        inverse = np.linalg.inv((found.matrix.T * found.weights) @ found.matrix)
        return float(inverse[place, place])

    assert after.values == pytest.approx(truth, rel=1e-4)
    for place in range(len(truth)):
        assert variance(after, place) <= variance(before, place) + 1e-9
