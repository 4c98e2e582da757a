"""Curated facts of the chains to capacitors, power electronics and small motors, of photovoltaics
over the years, and of the Minerals Yearbook, as read by hand in their sources."""

from __future__ import annotations

import pytest

from orepath.ontology.facts import Value

from .stated import some, stated

SILICON = "doc-pv-ice-carbon-layer-inputs-silicon-country-market-share-f00084d5"
MODULES = "doc-pv-ice-carbon-layer-inputs-module-manufacturing-country-89fd0026"


@pytest.mark.parametrize(
    ("industry", "period", "values"),
    [
        ("CHN:rare-earths/ore", "2018", {"amount": 120000.0, "status": "normal"}),
        # The letter of an estimate stands in the cell beside the number, for some years only.
        ("CHN:rare-earths/ore", "2022", {"amount": 210000.0, "status": "estimated"}),
        ("USA:rare-earths/ore", "2020", {"amount": 39000.0, "status": "estimated"}),
        # In its place stands a footnote, which is no output of 6 t.
        ("USA:rare-earths/ore", "2021", {"amount": 42400.0, "status": "normal"}),
        ("USA:rare-earths/ore", "2022", {"amount": 42500.0, "status": "normal"}),
        # For other countries it is glued to the name, and holds for all years.
        ("MMR:rare-earths/ore", "2020", {"amount": 35500.0, "status": "estimated"}),
        ("THA:rare-earths/ore", "2021", {"amount": 8200.0, "status": "estimated"}),
        # A dash is a zero.
        ("BDI:rare-earths/ore", "2022", {"amount": 0.0, "status": "normal"}),
        ("BDI:rare-earths/ore", "2021", {"amount": 180.0, "status": "estimated"}),
        # Revised, and no estimate by that.
        ("RUS:rare-earths/ore", "2021", {"amount": 2500.0, "status": "normal"}),
        # The total is the publisher's and is rounded: the parts of 2022 make 297,620 t.
        ("WLD:rare-earths/ore", "2022", {"amount": 297000.0, "basis": "oxide-equivalent"}),
    ],
)
def test_mines_of_the_yearbook(industry: str, period: str, values: dict[str, Value]) -> None:
    fact = stated("yearbook-rare-earths").one(
        "IndustryObservation", industry=industry, period=period
    )
    assert some(fact, values) == values


@pytest.mark.parametrize(
    ("industry", "period", "values"),
    [
        # 1,320 kg of China and 1 kg of the United Kingdom, of 1,320 kg as the publisher rounds.
        ("CHN:neodymium/metal", "2022", {"share": 0.9992, "value_share": 0.9259}),
        ("CHN:neodymium/metal", "2021", {"share": 0.9931, "basis": "mass"}),
        ("AUT:praseodymium/metal", "2022", {"share": 0.032, "market": "USA"}),
        # Japan sends the dear oxide: 68 % of the mass, 85 % of the value.
        ("JPN:cerium/oxide", "2022", {"share": 0.6823, "value_share": 0.8486}),
        ("MYS:lanthanum/oxide", "2022", {"share": 0.4122, "value_share": 0.236}),
        ("IRL:rare-earths/ferrocerium-and-alloys", "2022", {"share": 0.1433, "measured": True}),
    ],
)
def test_imports_of_the_yearbook(industry: str, period: str, values: dict[str, Value]) -> None:
    fact = stated("yearbook-rare-earths").one("SourcingShare", industry=industry, period=period)
    assert some(fact, values) == values


@pytest.mark.parametrize(
    ("industry", "period", "source", "amount"),
    [
        ("CHN:silicon-metal/polysilicon", "2010", SILICON, 26.27),
        ("CHN:silicon-metal/polysilicon", "2019", SILICON, 66.3),
        ("USA:silicon-metal/polysilicon", "2012", SILICON, 17.91),
        ("DEU:silicon-metal/polysilicon", "2018", SILICON, 11.03),
        ("CHN:silicon-metal/wafer", "2015", SILICON, 82.16),
        ("TWN:silicon-metal/wafer", "2012", SILICON, 6.31),
        ("CHN:silicon-metal/solar-cell", "2014", SILICON, 73.98),
        ("MYS:silicon-metal/solar-cell", "2016", SILICON, 4.88),
        ("NOR:silicon-metal/metal", "2011", SILICON, 8.38),
        ("CHN:silicon-metal/metal", "2013", SILICON, 69.17),
    ],
)
def test_photovoltaics_over_the_years(
    industry: str, period: str, source: str, amount: float
) -> None:
    facts = stated("middle-stages")
    fact = facts.one("IndustryObservation", industry=industry, period=period, source=source)
    assert fact["amount"] == amount
    # Capacity is no output; what USGS counts of silicon metal is.
    measure = "share-of-supply" if industry.endswith("/metal") else "share-of-capacity"
    assert fact["measure"] == measure


@pytest.mark.parametrize("product", ["polysilicon", "wafer", "solar-cell", "pv-module", "metal"])
def test_no_more_than_the_whole_and_no_zeros(product: str) -> None:
    for year in range(2010, 2023):
        found = [
            fact.values
            for fact in stated("middle-stages").all("IndustryObservation", period=str(year))
            if str(fact.values["industry"]).endswith(f":silicon-metal/{product}")
            and fact.values["source"] in (SILICON, MODULES)
        ]
        # Makers under 1 % are left out by the source; silicon metal ends in 2021, and is counted
        # against a total that USGS rounds.
        shares = [float(str(v["amount"])) for v in found]
        assert (not found) == (product == "metal" and year == 2022)
        assert all(share > 0 for share in shares)
        assert not found or 90 < sum(shares) < 101


@pytest.mark.parametrize(
    ("key", "values"),
    [
        # Firms with their seat in Japan, of whose output a part is abroad: a bound.
        (
            {"industry": "JPN:mlcc"},
            {"measure": "share-of-supply", "amount": None, "high": 73.0, "period": "2018"},
        ),
        # What insiders expected is no figure of the year.
        (
            {"industry": "CHN:silicon-carbide/wafer"},
            {"measure": "share-of-capacity", "status": "forecast", "period": "2024"},
        ),
        # A country without the world: an output, no share.
        (
            {"industry": "CHN:baryte/barium-carbonate"},
            {"measure": "production", "amount": 449600.0, "unit": "t"},
        ),
    ],
)
def test_makers_of_the_new_chains(key: dict[str, Value], values: dict[str, Value]) -> None:
    fact = stated("middle-stages").one("IndustryObservation", **key)
    assert some(fact, values) == values


@pytest.mark.parametrize(
    ("industry", "market", "values"),
    [
        ("VNM:hs2022/280470", "JPN", {"share": 0.9908, "status": "normal"}),
        # The mass of most of the Union's imports is an estimate.
        ("KAZ:hs2022/280470", "EU27", {"share": 0.867, "status": "estimated"}),
        ("AUS:hs2022/750400", "KOR", {"share": 0.6968, "value_share": 0.4567}),
        ("CAN:hs2022/750400", "JPN", {"share": 0.6148, "value_share": 0.6414}),
        ("CHN:hs2022/811100", "EU27", {"share": 0.9096, "status": "estimated"}),
        ("CHN:hs2022/811100", "KOR", {"share": 0.8866, "status": "normal"}),
    ],
)
def test_who_sells_powders_and_phosphorus(
    industry: str, market: str, values: dict[str, Value]
) -> None:
    fact = stated("middle-stages").one("SourcingShare", industry=industry, market=market)
    assert some(fact, values) == values


@pytest.mark.parametrize(
    ("used", "user", "values"),
    [
        (
            "Product:sic-inverter",
            "Technology:electric-vehicle",
            {"importance": "type-dependent", "market_share": 0.28, "market_share_period": "2023"},
        ),
        (
            "Product:ferrite-motor",
            "Technology:conventional-car",
            {"importance": "essential", "verified": True},
        ),
        ("Product:mlcc", "Technology:phone-tablet-laptop", {"importance": "essential"}),
        # Which rare earth is in the ceramic depends on the grade.
        (
            "Product:dysprosium/refined",
            "Technology:phone-tablet-laptop",
            {"importance": "grade-dependent", "role": "dopant of capacitor ceramics"},
        ),
    ],
)
def test_what_enters(used: str, user: str, values: dict[str, Value]) -> None:
    fact = stated("technologies").one("Use", used=used, user=user)
    assert some(fact, values) == values
