"""Curated facts on who makes components, what the EU consumes and where its imports come from."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orepath.loaders import rebuild
from orepath.loaders.curated.figures import Figure, figure
from orepath.loaders.curated.reading import DOCUMENT_COLUMNS, Unreadable
from orepath.loaders.protocol import Ledger, loader, sidecars
from orepath.loaders.tables import Row
from orepath.ontology.errors import OrepathError
from orepath.ontology.facts import Fact, Value

from .test_curated import Stated


@cache
def stated(name: str, shared: Path) -> Stated:
    source = f"orepath-{name}"
    ledger = Ledger()
    files = [shared / path for path in rebuild.bundled_files()[source]]
    return Stated(loader(sidecars()[source].loader).facts(files, ledger), ledger)


def at_line(facts: Stated, line: int, term: str) -> dict[str, Value]:
    """The one fact of a term that a line of the file states."""
    (fact,) = [f for f in facts.all(term) if f.place.line == line]
    return dict(fact.values)


def some(values: dict[str, Value], names: dict[str, Value]) -> dict[str, Value]:
    return {name: values.get(name) for name in names}


# Components


@pytest.mark.parametrize(
    ("line", "values"),
    [
        # Two documents on one product and year: each keeps its number.
        (2, {"industry": "CHN:rare-earths/ndfeb-magnet", "amount": 94.0, "unit": "percent"}),
        (4, {"industry": "CHN:rare-earths/ndfeb-magnet", "amount": None, "low": 85, "high": 90}),
        # The unit stands with the number, and the unit's column is wrong.
        (8, {"measure": "production", "amount": 180000.0, "unit": "t", "period": "2019"}),
        # Sintered magnets only: a bound of all, in tonnes.
        (9, {"measure": "production", "amount": None, "low": 220000.0, "high": None}),
        # One company: the country makes at least that.
        (10, {"measure": "production", "low": 34400.0, "amount": None, "unit": "t"}),
        # Written down from memory.
        (11, {"industry": "CHN:rare-earths/ore", "verified": False, "status": "estimated"}),
        # The Union is a bloc and its share is kept as it is.
        (19, {"industry": "EU27:rare-earths/ndfeb-magnet", "amount": 1.0, "verified": False}),
        # More than a share is a bound, and capacity no output.
        (24, {"measure": "share-of-capacity", "low": 80.0, "amount": None}),
        (25, {"measure": "share-of-capacity", "amount": 80.0, "status": "estimated"}),
        # Demand says nothing of who makes it.
        (38, {"measure": "share-of-demand", "industry": "CHN:lithium/battery-cell"}),
        # A projection is no observation.
        (43, {"amount": 77.0, "period": "2030", "status": "forecast"}),
        # Two numbers of one year that contradict each other.
        (45, {"amount": 950.0, "unit": "t", "status": "forecast"}),
        (46, {"amount": 600.0, "unit": "t", "status": "estimated"}),
        # Part of a year: at least that in the year.
        (48, {"measure": "exports", "low": 54.0, "amount": None, "period": "2024"}),
    ],
)
def test_components_as_read(shared: Path, line: int, values: dict[str, Value]) -> None:
    found = at_line(stated("components", shared), line, "IndustryObservation")
    assert some(found, values) == values


def test_a_continent_is_no_maker(shared: Path) -> None:
    facts = stated("components", shared)
    (industry,) = [
        str(f.values["id"])
        for f in facts.all("Industry")
        if str(f.values["name"]).startswith("Europe:")
    ]
    assert [f for f in facts.all("Making") if f.values["industry"] == industry] == []
    assert facts.ends("totals", industry) == {"silicon-metal/photovoltaics"}


def test_contradicting_shares_of_one_product_are_all_kept(shared: Path) -> None:
    shares = [
        fact.values
        for fact in stated("components", shared).all(
            "IndustryObservation",
            industry="CHN:rare-earths/ndfeb-magnet",
            measure="share-of-supply",
        )
    ]
    assert len({str(v["source"]) for v in shares}) == len(shares) == 6


# Origins of EU imports


def test_an_import_share_stays_at_its_customs_line(shared: Path) -> None:
    facts = stated("eu-imports", shared)
    magnets = {
        str(f.values["industry"]): f.values["share"]
        for f in facts.all("SourcingShare", market="EU27")
        if "85051110" in str(f.values["industry"])
    }
    assert magnets["CHN:cn2024/85051110"] == 0.9272
    assert len(magnets) == 6
    flow = facts.one("TradeFlow", exporter="CHN:cn2024/85051110")
    assert (flow["value"], flow["currency"], flow["year"]) == (727661958.0, "EUR", 2024)
    assert (flow["valuation"], flow["reporter_side"]) == ("CIF", "importer")


def test_gallium_and_germanium_are_apart_in_the_combined_nomenclature(shared: Path) -> None:
    facts = stated("eu-imports", shared)
    assert facts.all("SourcingShare", industry="CHN:cn2024/81129289")
    assert facts.all("SourcingShare", industry="CHN:cn2024/81129295")
    assert not any("811292" in str(f.values["industry"])[-6:] for f in facts.all("SourcingShare"))


def test_a_partner_that_is_no_country_is_a_residual(shared: Path) -> None:
    facts = stated("eu-imports", shared)
    residual = "AGG:eurostat-comext:not-specified-extra-eu"
    assert facts.one("SourcingShare", industry=f"{residual}:cn2024/25111000")["share"] == 0.029
    assert facts.all("Making", industry=f"{residual}:cn2024/25111000") == []
    # Eurostat's code of Serbia, which ISO does not have.
    assert facts.one("SourcingShare", industry="SRB:cn2024/74031100")["share"] == 0.0704


def test_a_share_of_nought_is_a_number(shared: Path) -> None:
    share = stated("eu-imports", shared).one("SourcingShare", industry="ARE:cn2024/28048000")
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
def test_headline_producers(shared: Path, industry: str, amount: float) -> None:
    found = stated("eu-imports", shared).one("IndustryObservation", industry=industry)
    assert (found["amount"], found["unit"], found["period"]) == (amount, "percent", "2016-2020")


# What the EU consumes


@pytest.mark.parametrize(
    ("line", "values"),
    [
        (2, {"industry": "EU27:rare-earths/ndfeb-magnet", "measure": "consumption"}),
        # A range over the years to come, from a page of low quality.
        (4, {"low": 22000.0, "high": 60000.0, "status": "forecast", "verified": False}),
        (11, {"industry": "EU27:hs2017/280469", "measure": "imports", "basis": "gross-weight"}),
        # More is exported than imported: net imports below nought are a number.
        (15, {"industry": "EU27:hs2017/282200", "measure": "net-imports", "amount": -5316.3}),
        (24, {"industry": "EU27:hs2017/711021", "amount": 8.0, "original_value": "8.0"}),
    ],
)
def test_consumption_as_read(shared: Path, line: int, values: dict[str, Value]) -> None:
    found = at_line(stated("eu-consumption", shared), line, "IndustryObservation")
    assert some(found, values) == values


def test_net_imports_are_consumption_only_where_nothing_is_made(shared: Path) -> None:
    facts = stated("eu-consumption", shared)
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


def test_the_largest_third_country(shared: Path) -> None:
    facts = stated("eu-consumption", shared)
    borates = facts.one("SourcingShare", industry="TUR:hs2017/252800")
    assert (borates["share"], borates["period"], borates["market"]) == (0.987, "2024", "EU27")
    assert "not on consumption" in str(borates["note"])
    # A basket stays one code: its share is of no single metal.
    assert facts.one("SourcingShare", industry="CHN:hs2017/811292")["share"] == 0.426


def test_magnets_from_china(shared: Path) -> None:
    facts = stated("eu-consumption", shared)
    assert facts.one("TradeFlow")["mass"] == 17000.0
    share = facts.one("SourcingShare", industry="CHN:rare-earths/ndfeb-magnet")
    assert share["share"] == 0.85


def test_three_numbers_in_a_cell_are_three_claims(shared: Path) -> None:
    facts = stated("eu-consumption", shared)
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


# Numbers, and files that are not what they should be


def number(text: str) -> Figure:
    return figure(Row("file.csv", 2, {"value": text}), "value")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("94", "94 . ."),
        (">80", ". 80 ."),
        ("<0.1%", ". . 0.1"),
        ("85-90", ". 85 90"),
        ("22000 to 60000", ". 22000 60000"),
        ("220-240 kt", ". 220 240"),
        ("180,000 t", "180000 . ."),
        ("-5316.3", "-5316.3 . ."),
        ("0", "0 . ."),
    ],
)
def test_numbers_as_curated_rows_write_them(text: str, expected: str) -> None:
    found = number(text)
    shown = " ".join("." if v is None else str(v) for v in (found.amount, found.low, found.high))
    assert shown == expected


@pytest.mark.parametrize("text", ["", "n.d.", "about 5", "90-85", ">5-9", "1.2.3", "tens"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        number(text)


@given(st.text(max_size=12))
def test_no_text_is_read_as_another_number(text: str) -> None:
    try:
        found = number(" ".join(text.split()))
    except Unreadable:
        return
    assert any(character.isdigit() for character in text)
    assert any(v is not None for v in (found.amount, found.low, found.high))


HEADER = (
    *("material_id", "product", "stage", "country", "value", "unit_or_pct"),
    *("reference_period", "measure", "note"),
    *DOCUMENT_COLUMNS,
)
LINE = (
    *("ree", "separation", "processing", "China", "89", "%", "2020", "production share", ""),
    *("A report", "An office", "2022-02-24", "https://example.org", "S"),
)


def read(
    folder: Path, header: tuple[str, ...], *lines: tuple[str, ...]
) -> tuple[list[Fact], Ledger]:
    file = folder / "shares.csv"
    file.write_text("\n".join(",".join(line) for line in (header, *lines)) + "\n", "utf-8-sig")
    ledger = Ledger()
    loader("components").recognise([file])
    return list(loader("components").facts([file], ledger)), ledger


def test_the_order_of_columns_says_nothing(tmp_path: Path) -> None:
    facts, _ = read(tmp_path, HEADER, LINE)
    turned, _ = read(tmp_path, HEADER[::-1], LINE[::-1])
    assert [(f.term, f.values) for f in facts] == [(f.term, f.values) for f in turned]


@pytest.mark.parametrize(
    ("column", "text", "reason"),
    [
        ("country", "Chna", "no economy is called"),
        ("value", "many", "no number"),
        ("unit_or_pct", "firkin", "unit"),
        ("reference_period", "soon", "no year"),
        ("product", "separated", "does not say how to read it"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(
    tmp_path: Path, column: str, text: str, reason: str
) -> None:
    line = tuple(text if name == column else cell for name, cell in zip(HEADER, LINE, strict=True))
    facts, ledger = read(tmp_path, HEADER, line)
    (rejection,) = ledger.rejected
    assert facts == []
    assert rejection.place.line == 2
    assert reason in rejection.reason
    assert rejection.remedy
    assert ledger.balanced


@pytest.mark.parametrize("name", ["components", "eu-consumption", "eu-imports"])
def test_a_foreign_or_cut_file_is_refused(shared: Path, tmp_path: Path, name: str) -> None:
    source = f"orepath-{name}"
    with pytest.raises(OrepathError, match="no column"):
        loader(sidecars()[source].loader).recognise([shared / "facts" / "stages.csv"])
    (path,) = rebuild.bundled_files()[source]
    copy = tmp_path / "cut.csv"
    copy.write_bytes((shared / path).read_bytes()[:-40])
    with pytest.raises(OrepathError, match=r"cut off or damaged|not comma"):
        list(loader(sidecars()[source].loader).facts([copy], Ledger()))


@pytest.mark.parametrize(
    "name", ["components", "criticality", "demand", "eu-consumption", "eu-imports", "quantities"]
)
def test_noise_is_an_error_or_a_rejected_row_and_never_a_traceback(
    shared: Path, tmp_path: Path, name: str
) -> None:
    source = f"orepath-{name}"
    (path,) = rebuild.bundled_files()[source]
    clean = (shared / path).read_bytes()
    module = loader(sidecars()[source].loader)
    draw = random.Random(name)
    for blows in (1, 20, 300):
        noisy = bytearray(clean)
        for _ in range(blows):
            noisy[draw.randrange(len(noisy))] = draw.choice(b',"\n 0;-<>%\x00\xff')
        copy = tmp_path / "noise.csv"
        copy.write_bytes(noisy)
        ledger = Ledger()
        problem = ""
        try:
            module.recognise([copy])
            list(module.facts([copy], ledger))
        except OrepathError as error:
            problem = str(error)
        assert "noise.csv" in problem if problem else ledger.balanced
