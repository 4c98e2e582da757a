"""Publishers' spellings of economies, materials and units, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orepath.loaders import names, units
from orepath.ontology.errors import FactError
from orepath.ontology.facts import Place


@pytest.mark.parametrize(
    ("name", "economy"),
    [
        ("China", "CHN"),
        ("Chinae", "CHN"),
        ("New Caledonia11", "NCL"),
        ("Congo (Kinshasa)", "COD"),
        ("Congo (Kinshasa)3", "COD"),
        ("Congo, D.R.", "COD"),
        ("Burma", "MMR"),
        ("Turkey", "TUR"),
        ("Türkiye", "TUR"),
        ("Turkyie", "TUR"),
        ("Korea, Republic of", "KOR"),
        ("Korea, North", "PRK"),
        ("Côte d’Ivoire", "CIV"),
        ("Cote d'Ivoire", "CIV"),
        ("Libanon", "LBN"),
        ("Brasil", "BRA"),
        ("Niger", "NER"),
        ("NA", "NAM"),
        ("Namibia", "NAM"),
        ("Greece", "GRC"),
        ("World total", "WLD"),
        ("World total (rounded)8", "WLD"),
        ("Other countries", "REST:usgs-mcs"),
        ("United States and Canada", "AGG:usgs-mcs:united-states-and-canada"),
    ],
)
def test_economies(name: str, economy: str) -> None:
    assert names.economy(name, "usgs-mcs") == economy


@pytest.mark.parametrize("name", ["Germny", "no", "Atlantis", "", "nan"])
def test_an_unknown_economy_is_refused_with_a_remedy(name: str) -> None:
    with pytest.raises(FactError) as error:
        names.economy(name, "usgs-mcs")
    assert "economies.csv" in (error.value.hint or "")


@pytest.mark.parametrize("publication", ["usgs-mcs", "wmd", "iea-cmd", "orepath"])
@pytest.mark.parametrize(
    ("name", "economies"), [("Congo", ("COD", "COG")), ("korea", ("KOR", "PRK"))]
)
def test_a_name_of_two_economies_is_refused_with_both(
    name: str, economies: tuple[str, str], publication: str
) -> None:
    with pytest.raises(FactError) as error:
        names.economy(name, publication)
    assert all(f"({economy})" in error.value.message for economy in economies)


def test_a_publisher_may_say_which_of_two_it_means() -> None:
    assert {names.economy("Congo", of) for of in ("bgs-wms", "eu-crm", "ember-solar")} == {"COG"}


def test_a_misspelling_gets_a_suggestion() -> None:
    with pytest.raises(FactError, match="germany"):
        names.economy("Germny", "usgs-mcs")


def test_another_publishers_residual_is_not_this_ones() -> None:
    with pytest.raises(FactError):
        names.economy("Other countries", "eu-crm")


@pytest.mark.parametrize(
    ("name", "material"), [("Gallium", "gallium"), ("Nd", "neodymium"), ("Sulfur", "sulphur")]
)
def test_materials(name: str, material: str) -> None:
    assert names.material(name) == material


def test_an_unknown_material_is_refused() -> None:
    with pytest.raises(FactError, match="unobtainium"):
        names.material("unobtainium")


def test_no_name_of_the_vocabularies_means_two_things() -> None:
    for root in ("economy", "material", "product"):
        double = {name: ids for name, ids in names.labels(root).items() if len(ids) > 1}
        assert double == {}
        assert names.labels(root)


def test_only_aggregates_are_stated_as_nodes() -> None:
    rest = list(names.aggregate_fact("REST:usgs-mcs", Place("file", 1)))
    assert [fact.term for fact in rest] == ["Aggregate"]
    assert not list(names.aggregate_fact("CHN", Place("file", 1)))
    assert names.label("economy", "REST:usgs-mcs") == rest[0].values["name"]


def test_each_reviewed_line_has_its_reason() -> None:
    assert all(line.reason and line.economy for line in names.readings().values())


@pytest.mark.parametrize(
    ("words", "amount", "base", "converted", "basis"),
    [
        ("kilograms", 900_000, "t", 900, None),
        ("kilograms", 6_200, "t", 6.2, None),
        ("metric tons", 3, "t", 3, None),
        ("tons", 200_000, "t", 200_000, None),
        ("thousand metric tons", 0.3, "t", 300, None),
        ("million metric tons", 1.1, "t", 1_100_000, None),
        ("thousand metric dry tons", 351, "t", 351_000, "dry-weight"),
        (" thousands  of carats", 2_300, "ct", 2_300_000, None),
        ("million carats", 0.1, "ct", 100_000, None),
        ("million cubic meters", 81, "m3", 81_000_000, None),
        ("million liters", 1.5, "l", 1_500_000, None),
    ],
)
def test_units(words: str, amount: float, base: str, converted: float, basis: str | None) -> None:
    unit = units.unit(words, "usgs-mcs")
    assert (unit.base, unit.convert(amount), unit.basis) == (base, converted, basis)


def test_a_loose_word_means_something_only_where_a_publisher_says_so() -> None:
    with pytest.raises(FactError) as error:
        units.unit("tons", "another-publication")
    assert "codes.ttl" in (error.value.hint or "")


@given(st.integers(min_value=0, max_value=10**9))
def test_conversion_is_decimal(kilograms: int) -> None:
    assert units.unit("kilograms", "usgs-mcs").convert(float(kilograms)) == kilograms / 1000
