"""Curated facts on who makes components, what the EU consumes and where its imports come from."""

from __future__ import annotations

from collections import Counter

import pytest

from orepath.ontology.facts import Value

from .stated import some, stated

# Components


@pytest.mark.parametrize(
    ("key", "values"),
    [
        # Two documents on one product and year: each keeps its number.
        (
            {
                "industry": "CHN:rare-earths/ndfeb-magnet",
                "source": "doc-the-mineral-chessboard-iea-sounds-alarm-summary-of-iea-2180d476",
            },
            {"industry": "CHN:rare-earths/ndfeb-magnet", "amount": 94.0, "unit": "percent"},
        ),
        (
            {"source": "doc-drone-supply-notes-quoting-iea-nov-2025-4798dd4f"},
            {"industry": "CHN:rare-earths/ndfeb-magnet", "amount": None, "low": 85, "high": 90},
        ),
        # The unit stands with the number, and the unit's column is wrong.
        (
            {"source": "doc-doom-for-ex-china-permanent-magnets-e4bf69e8"},
            {"measure": "production", "amount": 180000.0, "unit": "t", "period": "2019"},
        ),
        # Sintered magnets only: a bound of all, in tonnes.
        (
            {"source": "doc-page-on-ev-assembly-220-240-kt-sintered-magnets-df3ea8ae"},
            {"measure": "production", "amount": None, "low": 220000.0, "high": None},
        ),
        # One company: the country makes at least that.
        (
            {"source": "doc-company-profile-jl-mag-fy2025-06be8886"},
            {"measure": "production", "low": 34400.0, "amount": None, "unit": "t"},
        ),
        # Written down from memory.
        (
            {"industry": "CHN:rare-earths/ore"},
            {"industry": "CHN:rare-earths/ore", "verified": False, "status": "estimated"},
        ),
        # The Union is a bloc and its share is kept as it is.
        (
            {"industry": "EU27:rare-earths/ndfeb-magnet"},
            {"industry": "EU27:rare-earths/ndfeb-magnet", "amount": 1.0, "verified": False},
        ),
        # More than a share is a bound, and capacity no output.
        (
            {"source": "doc-solar-pv-global-supply-chains-executive-summary-4d8ea219"},
            {"measure": "share-of-capacity", "low": 80.0, "amount": None},
        ),
        (
            {"industry": "CHN:silicon-metal/photovoltaics", "period": "2023"},
            {"measure": "share-of-capacity", "amount": 80.0, "status": "estimated"},
        ),
        # Demand says nothing of who makes it.
        (
            {"industry": "CHN:lithium/battery-cell", "measure": "share-of-demand"},
            {"measure": "share-of-demand", "industry": "CHN:lithium/battery-cell"},
        ),
        # A projection is no observation.
        ({"period": "2030"}, {"amount": 77.0, "period": "2030", "status": "forecast"}),
        # Two numbers of one year that contradict each other.
        (
            {"source": "doc-china-s-gallium-expansion-slows-5621e3a4"},
            {"amount": 950.0, "unit": "t", "status": "forecast"},
        ),
        (
            {
                "measure": "production",
                "source": "doc-gallium-and-germanium-germany-among-the-main-importing-df5d79b0",
            },
            {"amount": 600.0, "unit": "t", "status": "estimated"},
        ),
        # Part of a year: at least that in the year.
        (
            {"industry": "CHN:gallium/primary-low-purity", "measure": "exports"},
            {"measure": "exports", "low": 54.0, "amount": None, "period": "2024"},
        ),
    ],
)
def test_components_as_read(key: dict[str, Value], values: dict[str, Value]) -> None:
    found = stated("components").one("IndustryObservation", **key)
    assert some(found, values) == values


def test_a_continent_is_no_maker() -> None:
    facts = stated("components")
    (industry,) = [
        str(f.values["id"])
        for f in facts.all("Industry")
        if str(f.values["name"]).startswith("Europe:")
    ]
    assert [f for f in facts.all("Making") if f.values["industry"] == industry] == []
    assert facts.ends("totals", industry) == {"silicon-metal/photovoltaics"}


def test_contradicting_shares_of_one_product_are_all_kept() -> None:
    shares = [
        fact.values
        for fact in stated("components").all(
            "IndustryObservation",
            industry="CHN:rare-earths/ndfeb-magnet",
            measure="share-of-supply",
        )
    ]
    assert len({str(v["source"]) for v in shares}) == len(shares) == 6


def test_alloy_and_magnets_in_one_figure_are_stated_of_both() -> None:
    facts = stated("components")
    for economy, amount in {"CHN": 92.0, "JPN": 7.0, "VNM": 1.0}.items():
        for product in ("ndfeb-alloy", "ndfeb-magnet"):
            (found,) = (
                f.values
                for f in facts.all(
                    "IndustryObservation", industry=f"{economy}:rare-earths/{product}"
                )
                if "deep-dive" in str(f.values["source"])
            )
            assert (found["amount"], found["period"], found["verified"]) == (amount, "2020", False)


def test_makers_of_vanadium_pentoxide() -> None:
    facts = stated("middle-stages")
    shares = {
        str(f.values["industry"]).partition(":")[0]: f.values
        for f in facts.all("IndustryObservation", measure="share-of-supply")
        if str(f.values["industry"]).endswith(":vanadium/pentoxide")
    }
    assert len(shares) == 9
    assert sum(float(str(v["amount"])) for v in shares.values()) == pytest.approx(100, abs=0.01)
    china = shares["CHN"]
    assert (china["amount"], china["original_value"]) == (69.3348, "0.6933483652762119")
    assert (china["status"], china["period"]) == ("estimated", "2020")
    # Refined cobalt under the name of the sulphate, and hydroxide that has carbonate in it.
    assert not facts.all("IndustryObservation", industry="CHN:cobalt/sulphate")
    assert not facts.all("IndustryObservation", industry="ARG:lithium/hydroxide")


# Origins of EU imports


def test_an_import_share_stays_at_its_customs_line() -> None:
    facts = stated("eu-imports")
    magnets = {
        str(f.values["industry"]): f.values
        for f in facts.all("SourcingShare", market="EU27")
        if "85051110" in str(f.values["industry"])
    }
    china = magnets["CHN:cn2024/85051110"]
    assert (china["share"], china["basis"], china["share_of"]) == (0.911, "mass", "imports")
    assert (china["value_share"], china["original_value"]) == (0.9272, "91.1")
    assert len(magnets) == 6
    flow = facts.one("TradeFlow", exporter="CHN:cn2024/85051110")
    assert (flow["value"], flow["currency"], flow["year"]) == (727661958.0, "EUR", 2024)
    assert (flow["valuation"], flow["reporter_side"]) == ("CIF", "importer")


def test_gallium_and_germanium_are_apart_in_the_combined_nomenclature() -> None:
    facts = stated("eu-imports")
    assert facts.all("SourcingShare", industry="CHN:cn2024/81129289")
    assert facts.all("SourcingShare", industry="CHN:cn2024/81129295")
    assert not any("811292" in str(f.values["industry"])[-6:] for f in facts.all("SourcingShare"))


def test_a_partner_that_is_no_country_is_a_residual() -> None:
    facts = stated("eu-imports")
    residual = "AGG:eurostat-comext:not-specified-extra-eu"
    assert facts.one("SourcingShare", industry=f"{residual}:cn2024/25111000")["share"] == 0.0055
    assert facts.all("Making", industry=f"{residual}:cn2024/25111000") == []
    # Eurostat's code of Serbia, which ISO does not have.
    assert facts.one("SourcingShare", industry="SRB:cn2024/74031100")["value_share"] == 0.0704


def test_a_share_of_nought_is_a_number() -> None:
    share = stated("eu-imports").one("SourcingShare", industry="ARE:cn2024/28048000")
    assert share["share"] == 0.0
    assert share["status"] == "normal"


@pytest.mark.parametrize(
    ("industry", "amount"),
    [
        ("CHN:gallium/primary-low-purity", 94.0),
        ("CHN:neodymium/refined", 85.0),
        # The row says processing; the shares are those of the mined product.
        ("AUS:lithium/ore", 53.0),
        ("ZAF:manganese/ore", 29.0),
    ],
)
def test_headline_producers(industry: str, amount: float) -> None:
    found = stated("eu-imports").one("IndustryObservation", industry=industry)
    assert (found["amount"], found["unit"], found["period"]) == (amount, "percent", "2016-2020")


# What the EU consumes


@pytest.mark.parametrize(
    ("key", "values"),
    [
        (
            {"measure": "consumption"},
            {"industry": "EU27:rare-earths/ndfeb-magnet", "measure": "consumption"},
        ),
        # A range over the years to come, from a page of low quality.
        (
            {"measure": "demand"},
            {"low": 22000.0, "high": 60000.0, "status": "forecast", "verified": False},
        ),
        (
            {"industry": "EU27:hs2017/280469", "measure": "imports"},
            {"industry": "EU27:hs2017/280469", "measure": "imports", "basis": "gross-weight"},
        ),
        # More is exported than imported: net imports below zero are a number.
        (
            {"industry": "EU27:hs2017/282200", "measure": "net-imports"},
            {"industry": "EU27:hs2017/282200", "measure": "net-imports", "amount": -5316.3},
        ),
        (
            {"industry": "EU27:hs2017/711021", "measure": "net-imports"},
            {"industry": "EU27:hs2017/711021", "amount": 8.0, "original_value": "8.0"},
        ),
    ],
)
def test_consumption_as_read(key: dict[str, Value], values: dict[str, Value]) -> None:
    found = stated("eu-consumption").one("IndustryObservation", **key)
    assert some(found, values) == values


def test_net_imports_are_consumption_only_where_nothing_is_made() -> None:
    facts = stated("eu-consumption")
    apparent = {
        str(f.values["industry"]): f.values["amount"]
        for f in facts.all("IndustryObservation", measure="apparent-consumption")
    }
    assert apparent == {
        "EU27:magnesium/primary-metal": 44889.5,
        "EU27:titanium-metal/sponge": 21512.4,
    }
    proxies = facts.all("IndustryObservation", measure="imports")
    assert proxies
    assert all("proxy" in str(f.values["note"]) for f in proxies)


def test_the_largest_third_country() -> None:
    facts = stated("eu-consumption")
    borates = facts.one("SourcingShare", industry="TUR:hs2017/252800")
    assert (borates["share"], borates["period"], borates["market"]) == (0.987, "2024", "EU27")
    assert "not on consumption" in str(borates["note"])
    # A basket stays one code: its share is of no single metal.
    assert facts.one("SourcingShare", industry="CHN:hs2017/811292")["share"] == 0.426
    assert (borates["share_of"], borates["basis"]) == ("imports", "mass")
    assert borates["value_share"] == 0.976
    # By value another country is the largest, so that the row says nothing of this one.
    assert "value_share" not in facts.one("SourcingShare", industry="CAN:hs2017/810194")


def test_magnets_from_china() -> None:
    facts = stated("eu-consumption")
    assert facts.one("TradeFlow")["mass"] == 17000.0
    share = facts.one("SourcingShare", industry="CHN:rare-earths/ndfeb-magnet")
    assert (share["share"], share["share_of"], share["basis"]) == (0.85, "use", "mass")


def test_every_sourcing_share_says_what_it_is_of() -> None:
    wholes: Counter[tuple[object, object, bool]] = Counter()
    sets = ("demand", "eu-consumption", "eu-imports", "middle-stages", "yearbook-rare-earths")
    for name in sets:
        for fact in stated(name).all("SourcingShare"):
            v = fact.values
            wholes[v.get("share_of"), v.get("basis"), "value_share" in v] += 1
            # Each of the two shares has a place of its own; no note repeats one of them.
            assert "mass share" not in str(v.get("note"))
    assert wholes == {
        ("imports", "mass", True): 15 + 181 + 108 + 52 + 22,
        ("imports", "mass", False): 1 + 3,
        # Six of helium, of which the masses cannot be right.
        ("imports", "value", False): 8 + 6,
        ("imports", None, False): 5,
        ("use", "mass", False): 1,
        ("use", None, False): 1,
    }


def test_both_shares_of_what_china_imports() -> None:
    korea = stated("middle-stages").one("SourcingShare", industry="KOR:hs1992/280530", market="CHN")
    assert (korea["share"], korea["basis"], korea["value_share"]) == (0.0419, "mass", 0.0284)


def test_three_numbers_in_a_cell_are_three_claims() -> None:
    facts = stated("eu-consumption")
    met = {
        next(iter(facts.ends("about", str(f.values["id"])) - {"Economy:EU27"})): f.values["value"]
        for f in facts.all("Claim")
        if str(f.values["id"]).startswith("eu-2026-benchmarks-met")
    }
    assert met == {
        "Stage:extraction": 8.0,
        "Stage:separation-refining": 24.0,
        "Stage:recycling": 12.0,
    }
