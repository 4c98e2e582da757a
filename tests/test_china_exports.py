"""China's exports by partner: flows read by hand, and weights that are missing."""

from __future__ import annotations

from typing import Any

import pytest

from .stated import stated


def flows() -> list[dict[str, Any]]:
    return [dict(f.values) for f in stated("china-exports").all("TradeFlow")]


def test_every_flow_cites_its_document() -> None:
    assert len(flows()) == 3_433
    assert {str(f["source"]).startswith("doc-wits-") for f in flows()} == {True}


@pytest.mark.parametrize(
    ("code", "importer", "year", "value", "mass", "status"),
    [
        ("280530", "JPN", 2024, 58_231_290, 4_975.85, "normal"),
        ("284690", "USA", 2024, 104_479_420, 12_517, "normal"),
        # "Fm Sudan": Sudan with South Sudan, until 2011.
        ("850511", "SDN-2011", 2011, 57_060, 0.656, "normal"),
        # A value that is printed as zero, with a weight.
        ("850511", "RWA", 2012, 0, 0.012, "below-threshold"),
        # A weight that is printed as zero, with a value: goods weigh something.
        ("850511", "CUW", 2013, 10, None, "below-threshold"),
        ("850511", "TGO", 2015, 0, 0, "below-threshold"),
        # No weights of 2016.
        ("850511", "JPN", 2016, 70_880_500, None, "not-available"),
        ("850511", "NAM", 2023, 12_960, 0.571, "normal"),
        # "Serbia, FR(Serbia/Montenegro)" is Serbia: Montenegro has rows of its own.
        ("850511", "SRB", 2023, 24_824_120, 288.153, "normal"),
        ("850511", "AGG:un-comtrade:areas-nes", 2023, 105_050, 20.471, "normal"),
        # "Other Asia, nes"
        ("850511", "TWN", 2024, 66_027_800, 2_038.89, "normal"),
    ],
)
def test_golden(
    code: str, importer: str, year: int, value: float, mass: float | None, status: str
) -> None:
    (found,) = [
        f
        for f in flows()
        if (f["exporter"], f["importer"], f["year"]) == (f"CHN:hs2022/{code}", importer, year)
    ]
    expected = (importer, year, value, mass, status, "USD", "FOB", "exporter", True)
    keys = ("importer", "year", "value", "mass", "status", "currency", "valuation")
    assert tuple(found.get(key) for key in (*keys, "reporter_side", "verified")) == expected


def test_no_flow_of_2016_has_a_weight() -> None:
    of_2016 = [f for f in flows() if f["year"] == 2016]
    assert len(of_2016) == 226
    assert {f.get("mass") for f in of_2016} == {None}
    assert all("estimated and wrong" in f["note"] for f in of_2016)
