"""The publisher's marks for numbers and for missing numbers, each kept apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orepath.loaders.usgs_mcs.values import Value, parse_value
from orepath.ontology.errors import FactError, OrepathError

APPENDIX = "See Appendix C for resource and reserve definitions and information."


@pytest.mark.parametrize(
    ("cell", "notes", "amount", "low", "high", "status"),
    [
        (
            "900,000",
            "Estimated. -- Estimated from Asian Metal Ltd.",
            900000,
            None,
            None,
            "estimated",
        ),
        ("900,000", "", 900000, None, None, "normal"),
        ("34000", "", 34000, None, None, "normal"),
        ("1.5", "Estimated .-- Source: Intelligas Consulting LLC.", 1.5, None, None, "estimated"),
        ("—", "", 0, None, None, "normal"),
        ("–", "", 0, None, None, "normal"),
        ("—", "Estimated.", 0, None, None, "estimated"),
        ("0", "", 0, None, None, "normal"),
        ("W", "", None, None, None, "withheld"),
        ("NA", APPENDIX, None, None, None, "not-available"),
        ("XX", "", None, None, None, "not-available"),
        ("", "", None, None, None, "not-stated"),
        ("Large", APPENDIX, None, None, None, "not-available"),
        ("Moderate to large", APPENDIX, None, None, None, "not-available"),
        ("s", "Less than ½ unit.", None, 0, 0.5, "below-threshold"),
        ("s", "Estimated. -- Less than ½unit.", None, 0, 0.5, "below-threshold"),
        ("Less than ½ unit", "", None, 0, 0.5, "below-threshold"),
        ("s", "", None, 0, None, "below-threshold"),
        ("s", "Included with “Other countries.”", None, None, None, "not-available"),
        ("s", "US data are included with ilmenite.", None, None, None, "not-available"),
        ("<0.1%", "", None, 0, 0.1, "below-threshold"),
        ("<200,000", "Estimated.", None, None, 200000, "estimated"),
        (">2,000,000", APPENDIX, None, 2000000, None, "normal"),
        (">95", "", None, 95, None, "normal"),
        ("10,000 - 15,000", "", None, 10000, 15000, "normal"),
        ("330–390", "Estimated.", None, 330, 390, "estimated"),
        ("E", "", None, None, 0, "normal"),
        ("e5,000", "", 5000, None, None, "estimated"),
        ("12%", "", 12, None, None, "normal"),
    ],
)
def test_each_mark_means_its_own_thing(
    cell: str,
    notes: str,
    amount: float | None,
    low: float | None,
    high: float | None,
    status: str,
) -> None:
    value = parse_value(cell, notes)
    assert (value.amount, value.low, value.high, value.status) == (amount, low, high, status)


def test_words_and_elsewhere_are_explained() -> None:
    assert parse_value("Very small").note == "Said in words: very small."
    assert parse_value("s", "Included in “World total.”").note == "Included elsewhere (s)."
    assert parse_value("XX").note == "Not applicable (XX)."


@pytest.mark.parametrize(
    "cell", ["1,00", "12 34", "9-3", "abc", "1.2.3", "--5", "≈5", "nan", "inf"]
)
def test_nothing_is_guessed(cell: str) -> None:
    with pytest.raises(FactError) as error:
        parse_value(cell)
    assert error.value.value == cell
    assert error.value.hint


@given(st.integers(min_value=0, max_value=10**12))
def test_separators_change_nothing(number: int) -> None:
    assert parse_value(f"{number:,}").amount == number == parse_value(str(number)).amount


@given(st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False))
def test_glued_mark_of_an_estimate(number: object) -> None:
    glued = parse_value(f"e{number}")
    assert glued == Value(float(str(number)), None, None, "estimated")


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.sampled_from([" - ", "-", "–", " to "]))
def test_a_range_has_no_amount_and_keeps_its_order(a: int, b: int, dash: str) -> None:
    low, high = sorted((a, b))
    assert parse_value(f"{low:,}{dash}{high:,}") == Value(None, low, high, "normal")
    if low < high:
        with pytest.raises(FactError):
            parse_value(f"{high:,}{dash}{low:,}")


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text_is_read_or_refused(cell: str, notes: str) -> None:
    try:
        value = parse_value(cell, notes)
    except OrepathError:
        return
    numbers = [n for n in (value.amount, value.low, value.high) if n is not None]
    assert numbers or value.status in {"withheld", "not-available", "not-stated"}
    assert value.amount is None or (value.low is None and value.high is None)
    if value.low is not None and value.high is not None:
        assert value.low <= value.high
