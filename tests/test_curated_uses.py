"""Curated facts on what goes into technologies, which part of demand that is, and which lists
of critical materials there are beside the EU's."""

from __future__ import annotations

from collections import Counter

import pytest

from orepath.ontology.facts import Value

from .stated import some, stated

DERIVED = "share of total magnet rare-earth demand, DERIVED from tonnages"

# Quantities


@pytest.mark.parametrize(
    ("key", "values"),
    [
        (
            {"used": "Material:natural-graphite", "user": "Technology:electric-car"},
            {"used": "Material:natural-graphite", "user": "Technology:electric-car"},
        ),
        (
            {"used": "Material:copper", "user": "Technology:conventional-car"},
            {"user": "Technology:conventional-car", "quantity": 22.3, "verified": True},
        ),
        # Read nowhere.
        (
            {
                "used": "Material:copper",
                "user": "Technology:offshore-wind",
                "source": "doc-the-role-of-critical-minerals-in-clean-energy-transitions-60d5d949",
            },
            {"quantity": 8000.0, "quantity_unit": "kg-per-MW", "verified": False},
        ),
        # "More than" is a bound, and pounds are kept as kilograms beside what was printed.
        (
            {"user": "Technology:fighter-aircraft-f35", "role": "press figure, more than"},
            {"quantity": None, "quantity_low": 417.3049804, "quantity_unit": "kg-per-platform"},
        ),
        ({"role": "CRS report as quoted"}, {"quantity": 417.0, "original_unit": "kg per platform"}),
        # A total over all weapons is no technology's.
        (
            {"user": "Application:us-defence"},
            {
                "user": "Application:us-defence",
                "used": "Product:rare-earths/ndfeb-magnet",
                "quantity": 175.0,
                "quantity_unit": "t",
                "region": "United States",
                "period": "2012",
            },
        ),
        # A central value with the range of studies.
        (
            {
                "used": "Material:neodymium",
                "user": "Technology:wind-gb-dfig",
                "role": "JRC 2024 central value with stated spread",
            },
            {"quantity": 12.0, "quantity_low": 6.0, "quantity_high": 18.0},
        ),
        # A kilogram of motor and a motor are counted apart.
        (
            {
                "used": "Material:dysprosium",
                "role": "literature range incl. fleet models; DERIVED: sheet value x 53 kg motor",
            },
            {"quantity_unit": "kg-per-motor", "verified": False},
        ),
        # What goes into a component: a percentage by mass, the midpoint of a range of makers.
        (
            {"used": "Material:dysprosium", "user": "Product:rare-earths/ndfeb-magnet"},
            {
                "quantity": 0.009,
                "quantity_low": 0.006,
                "quantity_high": 0.012,
                "quantity_unit": "kg-per-kg",
                "status": "estimated",
                "verified": True,
            },
        ),
        (
            {"used": "Product:lithium/hydroxide", "user": "Product:lithium/nmc-cathode"},
            {"quantity": 0.246, "quantity_unit": "kg-per-kg", "verified": True},
        ),
        # What a study expects is a range of that year, and no figure of today.
        (
            {
                "used": "Material:iridium",
                "user": "Technology:electrolyser-pem",
                "status": "forecast",
            },
            {"quantity": None, "quantity_low": 0.05, "quantity_high": 0.339988, "period": "2050"},
        ),
    ],
)
def test_quantities_as_read(key: dict[str, Value], values: dict[str, Value]) -> None:
    found = stated("quantities").one("Use", **key)
    assert some(found, values) == values


def test_nought_is_a_number() -> None:
    facts = stated("quantities")
    (nickel,) = facts.all("Use", used="Material:nickel", user="Technology:battery-lfp")
    assert nickel.values["quantity"] == 0.0
    assert "The source found none" in str(nickel.values["note"])


def test_two_bases_of_one_material_are_two_uses() -> None:
    facts = stated("quantities")
    neodymium = facts.all("Use", used="Material:neodymium", user="Technology:traction-motor-pm")
    units = {str(f.values["quantity_unit"]) for f in neodymium}
    assert units == {"kg-per-kg", "kg-per-motor"}
    keys = Counter(
        tuple(str(f.values[name]) for name in ("used", "user", "role", "source"))
        for f in facts.all("Use")
    )
    assert max(keys.values()) == 1


def test_an_upper_bound_is_no_quantity() -> None:
    (electrode,) = stated("quantities").all("Use", used="Material:synthetic-graphite")
    # 3 kg for a tonne of steel, in kilograms for a kilogram.
    assert electrode.values["quantity_high"] == 0.003
    assert "quantity" not in electrode.values


def test_a_narrower_kind_is_led_to_its_technology() -> None:
    facts = stated("quantities")
    assert facts.ends("kind_of", "wind-dd-pmsg") == {"wind-turbine"}
    assert facts.ends("kind_of", "battery-sib") == {"sodium-ion-battery"}
    assert facts.ends("kind_of", "solar-pv") == set()
    assert facts.ends("kind_of", "conventional-car") == set()


def test_a_multiple_of_demand_is_a_claim() -> None:
    facts = stated("quantities")
    lithium = facts.one("Claim", id="demand-li-ion-battery-lithium-2050")
    # "Up to" is a bound.
    assert (lithium.get("value"), lithium["high"], lithium["unit"]) == (None, 89.0, "multiple")
    assert len(facts.all("Claim")) == 4


# Demand


@pytest.mark.parametrize(
    ("key", "values"),
    [
        (
            {
                "user": "Technology:wind-turbine",
                "role": f"{DERIVED}, 2024",
            },
            {"share": 0.1154, "quantity": 10500.0, "quantity_unit": "t", "status": "normal"},
        ),
        (
            {
                "user": "Technology:wind-turbine",
                "role": f"{DERIVED}, 2030, STEPS",
            },
            {"share": 0.1317, "period": "2030", "status": "forecast"},
        ),
        # What is not split is an application of its own.
        (
            {
                "user": "Application:other/magnet-rare-earths",
                "role": f"{DERIVED}, 2024",
            },
            {"user": "Application:other/magnet-rare-earths", "share": 0.7926},
        ),
        (
            {"user": "Application:lifts"},
            {"used": "Product:rare-earths/ndfeb-magnet", "user": "Application:lifts"},
        ),
        # Bounds stay bounds.
        (
            {"role": "share of NdFeB demand, about 2022"},
            {"share": None, "high": 0.3, "status": "estimated"},
        ),
        (
            {"role": "US DoD demand as share of GLOBAL rare-earth demand, 2024"},
            {"share": None, "high": 0.001, "user": "Application:us-defence"},
        ),
        (
            {"user": "Application:aerospace-and-defence"},
            {"share": None, "low": 0.3, "verified": False, "period": None},
        ),
        ({"used": "Material:samarium"}, {"share": None, "low": 0.6, "high": 0.7}),
        # Words are no number.
        ({"role": "US defence demand, 2024"}, {"quantity": None, "share": None, "verified": True}),
        ({"role": "use in EV traction motors, 2019"}, {"quantity": 5000.0, "share": None}),
        (
            {"role": "use in EV traction motors, 2030, forecast"},
            {"quantity": 70000.0, "status": "forecast", "period": "2030"},
        ),
    ],
)
def test_demand_as_read(key: dict[str, Value], values: dict[str, Value]) -> None:
    found = stated("demand").one("Use", **key)
    assert some(found, values) == values


def test_words_are_kept_beside_no_number() -> None:
    assert "tens to hundreds t per year" in str(
        stated("demand").one("Use", role="US defence demand, 2024")["note"]
    )


def test_scenarios_of_one_year_are_not_one() -> None:
    facts = stated("demand")
    wind = {
        str(f.values["role"]): f.values["share"]
        for f in facts.all(
            "Use", used="Material:magnet-rare-earths", user="Technology:wind-turbine"
        )
    }
    assert len(wind) == 7
    assert len(set(wind.values())) == 7


def test_different_denominators_are_told_in_the_role() -> None:
    facts = stated("demand")
    roles = {
        str(f.values["role"])
        for f in facts.all("Use", used="Material:rare-earths", user="Technology:permanent-magnet")
    }
    assert roles == {
        "share of rare-earth demand by volume, 2020",
        "share of rare-earth oxide volume",
        "share of rare-earth VALUE, 2019",
    }


def test_where_the_magnets_of_the_union_come_from_is_sourcing() -> None:
    facts = stated("demand")
    share = facts.one("SourcingShare")
    assert (share["industry"], share["market"]) == ("CHN:rare-earths/ndfeb-magnet", "EU27")
    assert (share["share"], share["period"], share["share_of"]) == (0.98, "2021", "use")
    assert facts.one("TradeFlow")["mass"] == 16000.0


# Lists


def test_the_lists_of_the_united_states_and_nato() -> None:
    facts = stated("criticality")
    listed = {
        name: {str(f.values["material"]) for f in facts.all("Listing", list=name)}
        for name in ("US-2022", "US-2025", "NATO-2024")
    }
    # Copper, silver and potash came on the list in 2025, NATO's names no copper.
    assert {"copper", "silver", "potash"} <= listed["US-2025"] - listed["US-2022"]
    assert "copper" not in listed["NATO-2024"]
    # The members of a group are named one by one, the group is not.
    assert "platinum" in listed["US-2022"]
    assert "platinum-group-metals" not in listed["US-2022"]
    assert [len(listed[name]) for name in listed] == [51, 61, 29]
    assert facts.ends("adopted_by", "CriticalityList:NATO-2024") == {"NATO"}


@pytest.mark.parametrize(
    ("name", "critical", "others"),
    [
        # Fewer than each list counts where one of its names has no material: Australia's
        # high-purity alumina and Japan's carbon.
        ("GB-2022", 18, 5),
        ("CA-2021", 31, 0),
        ("CA-2024", 34, 0),
        ("AU-2024", 31 - 1, 5),
        ("IN-2023", 30, 0),
        ("KR-2023", 33, 0),
        ("JP-2021", 34 - 1, 0),
    ],
)
def test_the_lists_of_further_countries(name: str, critical: int, others: int) -> None:
    entries = stated("criticality").all("Listing", list=name)
    assert [f.values["critical"] for f in entries].count(True) == critical
    assert [f.values["critical"] for f in entries].count(False) == others
    assert all(f.values["verified"] for f in entries)


def test_korea_calls_ten_of_its_minerals_strategic() -> None:
    entries = stated("criticality").all("Listing", list="KR-2023")
    strategic = {f.values["material"] for f in entries if f.values.get("strategic")}
    assert strategic >= {"lithium", "natural-graphite", "neodymium"}
    assert len(strategic) == 10


def test_the_first_lists_of_the_union_have_their_materials() -> None:
    facts = stated("criticality")
    flags = {
        name: {
            str(f.values["material"]): f.values["critical"] for f in facts.all("Listing", list=name)
        }
        for name in ("EU-2011", "EU-2014")
    }
    listed = {name: {m for m, yes in known.items() if yes} for name, known in flags.items()}
    # 14 of 2011 with the rare earths as three entries of the study, and 20.
    assert [len(flags[name]) for name in flags] == [42, 51]
    assert len(listed["EU-2011"] - {"heavy-rare-earths", "light-rare-earths", "scandium"}) == 13
    assert len(listed["EU-2014"]) == 20
    new = {"boron", "chromium", "coking-coal", "magnesite", "phosphate-rock", "silicon-metal"}
    assert listed["EU-2014"] - listed["EU-2011"] == new
    assert listed["EU-2011"] - listed["EU-2014"] == {"tantalum", "scandium"}
    unread = [f.values["material"] for f in facts.all("Listing", list="EU-2011", verified=False)]
    assert unread == ["scandium"]


def test_a_list_that_was_not_read_is_not_verified() -> None:
    facts = stated("criticality")
    for name, read in (("US-2022", False), ("US-2025", True), ("NATO-2024", True)):
        marks = [f.values["verified"] for f in facts.all("Listing", list=name)]
        assert marks.count(read) >= len(marks) - 1


def test_what_is_on_no_list_has_no_listing() -> None:
    facts = stated("criticality")
    assert facts.all("Listing", material="kyanite") == []
    # Canada alone lists helium.
    assert {f.values["list"] for f in facts.all("Listing", material="helium")} == {
        "CA-2021",
        "CA-2024",
    }
