"""Worldwide Governance Indicators: figures read by hand, old codes, missing estimates, refusals.

The sample holds rows of the publisher's workbook (CC BY 4.0); where the workbook itself is at
hand, all of it is read too."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from loading import read as read_files
from loading import recognise
from orepath.loaders.base import Ledger, sha256
from orepath.loaders.registry import all_editions
from orepath.ontology.errors import OrepathError, RefusedError
from orepath.ontology.facts import Fact

NAME = "data/wgi/wgidataset_2024update_long.xlsx"
SAMPLE = Path(__file__).parent / "samples/wb_wgi.csv"
INDICATORS = ("cc", "ge", "pv", "rl", "rq", "va")

Grid = list[list[Any]]


def grid(year: int = 2024) -> Grid:
    """Two economies in the publisher's layout: DR Congo under its old code, and one without."""
    rows: Grid = [list(HEADER)]
    for indicator in INDICATORS:
        figures = [-1.5, 0.2, 5, 8.5, 2.25, 17]
        rows.append([f"ZAR{indicator}{year}", "ZAR", "Congo, Dem. Rep.", year, indicator, *figures])
        rows.append(
            [f"ASM{indicator}{year}", "ASM", "American Samoa", year, indicator, *[".."] * 6]
        )
    return rows


HEADER = (
    *("codeindyr", "code", "countryname", "year", "indicator", "estimate", "stddev", "nsource"),
    *("pctrank", "pctranklower", "pctrankupper"),
)


def workbook(path: Path, rows: Grid) -> Path:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Sheet1")
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def read(path: Path, *, whole: bool = True) -> tuple[list[Fact], Ledger]:
    facts, ledger = read_files("wb-wgi", path, whole=whole)
    return facts, ledger


Scores = dict[tuple[str, str, int], dict[str, Any]]


def scores_of(facts: Sequence[Fact]) -> Scores:
    values: list[dict[str, Any]] = [dict(f.values) for f in facts]
    return {(v["country"], v["indicator"], v["year"]): v for v in values}


@pytest.fixture(scope="module")
def sample() -> Scores:
    facts, ledger = read(SAMPLE, whole=False)
    assert (ledger.used, len(ledger.rejected)) == (11, 0)
    return scores_of(facts)


def test_every_row_is_booked(shared: Path, sample: Scores) -> None:
    facts, ledger = read(shared / NAME)
    scores = scores_of(facts)
    assert {key: scores[key]["estimate"] for key in sample} == {
        key: sample[key]["estimate"] for key in sample
    }
    assert len([key for key in scores if key[0] == "COD"]) == 25 * 6
    assert ("ANT", "control-of-corruption", 1996) not in scores
    assert (ledger.rows_read, ledger.used, len(ledger.rejected)) == (32_100, 30_974, 0)
    assert list(ledger.left.values()) == [1_126]
    assert len(scores) == 30_974
    assert sha256(shared / NAME) in [file.sha256 for file in all_editions()["wb-wgi-2024"].files]


@pytest.mark.parametrize(
    ("country", "indicator", "year", "estimate", "error", "rank", "low", "high", "sources"),
    [
        # Codes of the World Bank: ZAR, ADO, TMP, WBG, KSV, ROM.
        ("COD", "political-stability", 2023, -2.044862, 0.211781, 5.213270, 2.369668, 7.582938, 7),
        ("COD", "control-of-corruption", 1996, -1.647852, 0.315914, 0.0, 0.0, 12.365591, 3),
        ("AND", "control-of-corruption", 1996, 1.318143, 0.480889, 87.096775, 72.043015, 96.774193,
         1),
        ("TLS", "voice-and-accountability", 2002, 0.267977, 0.240755, 56.716419, 45.273632,
         67.661690, 4),
        ("PSE", "regulatory-quality", 2023, -0.279209, 0.364722, 41.981133, 20.283018, 63.207546,
         3),
        ("XKX", "rule-of-law", 2008, -0.627310, 0.295060, 32.211540, 11.538461, 50.480770, 6),
        ("ROU", "government-effectiveness", 2010, -0.112342, 0.208493, 51.196170, 39.712917,
         62.679424, 10),
        ("CHN", "political-stability", 2023, -0.513097, 0.208098, 25.118483, 16.587677, 40.284358,
         8),
        # A code that careless readers take for a missing value begins with NA.
        ("NAM", "political-stability", 2023, 0.544777, 0.227245, 63.507111, 51.184834, 79.620850,
         6),
        ("TWN", "voice-and-accountability", 2023, 1.096587, 0.129903, 84.803925, 75.980392,
         92.156860, 9),
        # Nobody stands lower: the rank and both its bounds are zero.
        ("SOM", "rule-of-law", 2008, -2.590877, 0.240538, 0.0, 0.0, 0.0, 6),
    ],
)  # fmt: skip
def test_golden(
    sample: Scores,
    country: str,
    indicator: str,
    year: int,
    estimate: float,
    error: float,
    rank: float,
    low: float,
    high: float,
    sources: int,
) -> None:
    found = sample[country, indicator, year]
    keys = ("estimate", "standard_error", "rank", "lower_rank", "upper_rank")
    assert [found[key] for key in keys] == pytest.approx(
        [estimate, error, rank, low, high], abs=1e-5
    )
    assert found["source"] == "wb-wgi-2024"
    assert found["note"] == f"Sources: {sources}."


def test_zaire_is_not_dr_congo(sample: Scores) -> None:
    countries = {country for country, _, _ in sample}
    assert "ZAR" not in countries
    assert "COD" in countries


def test_two_dots_are_not_zero(sample: Scores) -> None:
    assert ("ASM", "control-of-corruption", 1996) not in sample


def test_the_next_edition_needs_no_code(tmp_path: Path) -> None:
    path = workbook(tmp_path / "next.xlsx", grid(2026))
    assert recognise("wb-wgi", path) == "wb-wgi-2027"
    facts, ledger = read(path)
    assert {f.values["country"] for f in facts} == {"COD"}
    assert (ledger.used, sum(ledger.left.values())) == (6, 6)


def test_the_order_of_columns_and_more_of_them_change_nothing(tmp_path: Path) -> None:
    plain, _ = read(workbook(tmp_path / "a.xlsx", grid()))
    turned = [["more", *reversed(row)] for row in grid()]
    other, _ = read(workbook(tmp_path / "b.xlsx", turned))
    assert [dict(f.values) for f in plain] == [dict(f.values) for f in other]


@pytest.mark.parametrize("column", HEADER)
def test_a_missing_column_is_named(tmp_path: Path, column: str) -> None:
    at = HEADER.index(column)
    path = workbook(tmp_path / "lacks.xlsx", [row[:at] + row[at + 1 :] for row in grid()])
    with pytest.raises(OrepathError, match=f"lacks.xlsx.*'{column}'"):
        recognise("wb-wgi", path)


def exchanged(rows: Grid, one: str, other: str) -> Grid:
    a, b = HEADER.index(one), HEADER.index(other)
    for row in rows[1:]:
        row[a], row[b] = row[b], row[a]
    return rows


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        pytest.param(grid()[:-3], "rows are lost", id="cut off"),
        pytest.param(grid()[:1], "no rows", id="header alone"),
        pytest.param(exchanged(grid(), "code", "countryname"), "column code", id="code moved"),
        pytest.param(exchanged(grid(), "year", "estimate"), "column year", id="year moved"),
        pytest.param([["", *row] if i else row for i, row in enumerate(grid())], "column code",
                     id="shifted header"),
    ],
)  # fmt: skip
def test_a_damaged_table_is_refused(tmp_path: Path, rows: Grid, words: str) -> None:
    path = workbook(tmp_path / "damaged.xlsx", rows)
    with pytest.raises(OrepathError, match=words) as error:
        recognise("wb-wgi", path)
    assert "damaged.xlsx" in error.value.message


@pytest.mark.parametrize(
    "pair",
    [
        ("estimate", "pctrank"),
        ("stddev", "estimate"),
        ("pctranklower", "pctrankupper"),
        ("nsource", "stddev"),
    ],
)
def test_figures_under_another_header_are_refused(tmp_path: Path, pair: tuple[str, str]) -> None:
    facts, ledger = read(workbook(tmp_path / "moved.xlsx", exchanged(grid(), *pair)))
    assert not facts
    assert len(ledger.rejected) == 6


@pytest.mark.parametrize(
    ("column", "value", "remedy"),
    [
        ("countryname", "China", "economies.csv"),
        ("estimate", "high", "Download"),
        ("estimate", "..", "Download"),
        ("pctrank", 120, "Download"),
    ],
)
def test_a_row_that_is_not_understood_is_refused(
    tmp_path: Path, column: str, value: Any, remedy: str
) -> None:
    rows = grid()
    rows[1][HEADER.index(column)] = value
    facts, ledger = read(workbook(tmp_path / "odd.xlsx", rows))
    (refused,) = ledger.rejected
    assert len(facts) == 5
    assert refused.place.line == 2
    assert refused.value == str(value)
    assert remedy in refused.remedy


def test_another_file_is_not_taken(tmp_path: Path) -> None:
    whole = workbook(tmp_path / "whole.xlsx", grid())
    cut, other, note = tmp_path / "cut.xlsx", tmp_path / "other.xlsx", tmp_path / "PROVENANCE.txt"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    workbook(other, [["Total demand", 2024], ["Copper", 1.5]])
    note.write_text("Publisher: World Bank.\n", "utf-8")
    for path in (cut, other, note):
        with pytest.raises(OrepathError) as error:
            recognise("wb-wgi", path)
        assert path.name in error.value.message


def known(facts: Sequence[Fact]) -> set[tuple[Any, ...]]:
    return {tuple(sorted(f.values.items(), key=lambda pair: pair[0])) for f in facts}


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    row=st.integers(0, 12),
    column=st.integers(0, len(HEADER) - 2),
    value=st.one_of(st.none(), st.text("aZ.", max_size=4), st.just("..")),
)
def test_damage_never_makes_other_facts(
    tmp_path: Path, row: int, column: int, value: str | None
) -> None:
    """Words and blanks in a cell: an error, refused rows or fewer facts, never different ones."""
    rows = grid()
    original = known(read(workbook(tmp_path / "whole.xlsx", rows))[0])
    rows[row][column] = value
    with suppress(OrepathError):
        facts, _ = read(workbook(tmp_path / "damaged.xlsx", rows))
        assert known(facts) <= original


REVISED = (
    *("ID variable (economy code/ gov. dimension/ year)", "Economy (name)", "Economy (code)"),
    *("Region", "Income classification", "Year", "Governance dimension", "Number of sources"),
    *("Governance estimate (approx. -2.5 to +2.5)", "Standard error (estimate)"),
    *("Lower threshold (90% conf. int. estimate)", "Upper threshold (90% conf. int. estimate)"),
    *("Governance score (0-100)", "Standard error (gov. score)"),
)
OLD_SHEETS = (
    *("ControlofCorruption", "GovernmentEffectiveness", "Political StabilityNoViolence"),
    *("RuleofLaw", "RegulatoryQuality", "VoiceandAccountability"),
)


def revised(path: Path, sheets: Sequence[str] = INDICATORS) -> Path:
    """The layout of the update of 2025: a sheet for each indicator, without ranks."""
    book = Workbook(write_only=True)
    book.create_sheet("Cover").append(["Worldwide Governance Indicators"])
    for code in sheets:
        sheet = book.create_sheet(code)
        sheet.append(REVISED)
        for iso, name, *figures in (
            ("ZAR", "Congo, Dem. Rep.", 8, -1.5, 0.2, -1.83, -1.17, 24, 3.5),
            ("ASM", "American Samoa", *[None] * 7),
        ):
            sheet.append([f"{iso}{code}2024", name, iso, "Region", "Low", 2024, code, *figures])
    book.save(path)
    return path


def old(path: Path) -> Path:
    """The layout before 2024: a sheet for each indicator, years side by side below titles."""
    book = Workbook(write_only=True)
    book.create_sheet("Introduction").append(["The Worldwide Governance Indicators"])
    for name in OLD_SHEETS:
        sheet = book.create_sheet(name)
        for title in ("World Bank", None, name, "Note: #N/A is no estimate"):
            sheet.append([title])
        sheet.append([None, None, 2021, *[None] * 5, 2022, *[None] * 5])
        heads = ("Estimate", "StdErr", "NumSrc", "Rank", "Lower", "Upper")
        sheet.append(["Country/Territory", "Code", *heads, *heads])
        sheet.append(["Congo, Dem. Rep.", "ZAR", -1.5, 0.2, 5, 8.5, 2.25, 17, *["#N/A"] * 6])
    book.save(path)
    return path


def test_the_layout_of_2025_is_read(tmp_path: Path) -> None:
    path = revised(tmp_path / "wgidataset_with_sourcedata-2025.xlsx")
    assert recognise("wb-wgi", path) == "wb-wgi-2025"
    facts, ledger = read(path)
    assert (ledger.used, sum(ledger.left.values()), ledger.rejected) == (6, 6, [])
    found = scores_of(facts)["COD", "rule-of-law", 2024]
    assert (found["estimate"], found["standard_error"], found.get("rank")) == (-1.5, 0.2, None)
    assert found["note"] == "Sources: 8."
    with pytest.raises(OrepathError, match="rows are lost"):
        recognise("wb-wgi", revised(tmp_path / "some.xlsx", INDICATORS[:2]))
    assert len(read(tmp_path / "some.xlsx", whole=False)[0]) == 2


def test_the_layout_before_2024_is_read(tmp_path: Path) -> None:
    facts, ledger = read(old(tmp_path / "wgidataset.xlsx"))
    assert (ledger.used, sum(ledger.left.values()), ledger.rejected) == (6, 6, [])
    long, _ = read(workbook(tmp_path / "long.xlsx", grid(2021)))

    def said(facts: Sequence[Fact]) -> set[tuple[Any, ...]]:
        return {
            tuple(v for k, v in sorted(f.values.items()) if k not in ("source", "note"))
            for f in facts
        }

    assert said(facts) == said(long)


@pytest.mark.parametrize(
    "words",
    [
        *("pv", "PV", "PV.EST", "GOV_WGI_PV.EST", "Political Stability"),
        "Political Stability and Absence of Violence/Terrorism",
    ],
)
def test_indicators_are_codes_or_words(tmp_path: Path, words: str) -> None:
    rows = grid()
    for row in rows[1:]:
        row[4] = words if row[4] == "pv" else row[4]
    facts, _ = read(workbook(tmp_path / "words.xlsx", rows))
    assert ("COD", "political-stability", 2024) in scores_of(facts)


def test_a_converted_table_must_say_its_indicator(tmp_path: Path) -> None:
    lines = ["Country/Territory,Code,1996,2024,country_code", "Andorra,ADO,1.5,nan,AND"]
    path = tmp_path / "wide.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    with pytest.raises(RefusedError, match="which of the six indicators") as error:
        read(path, whole=False)
    assert "--edition" in (error.value.hint or "")
    path.write_text("\n".join([f"{lines[0]},indicator", f"{lines[1]},pv"]) + "\n", "utf-8")
    facts, ledger = read(path, whole=False)
    ((key, found),) = scores_of(facts).items()
    assert key == ("AND", "political-stability", 1996)
    assert (found["estimate"], found.get("standard_error")) == (1.5, None)
    assert (ledger.used, sum(ledger.left.values())) == (1, 1)


def test_series_of_the_data_bank_are_read(tmp_path: Path) -> None:
    suffixes = ("EST", "STD.ERR", "NO.SRC", "PER.RNK", "PER.RNK.LOWER", "PER.RNK.UPPER", "SC")
    figures = dict(zip(suffixes, (-1.5, 0.2, 5, 8.5, 2.25, 17, 24), strict=True))
    path = tmp_path / "WGIData.csv"

    def write(*series: str) -> None:
        lines = ["Country Name,Country Code,Series Name,Series Code,2021 [YR2021],2022 [YR2022]"]
        for suffix in series:
            lines.append(
                f'"Congo, Dem. Rep.",COD,Political Stability,GOV_WGI_PV.{suffix},'
                f"{figures[suffix]},.."
            )
        path.write_text("\n".join([*lines, "Data from database: WGI,,,,,", ""]), "utf-8")

    write(*suffixes)
    facts, ledger = read(path, whole=False)
    ((_, found),) = scores_of(facts).items()
    long = scores_of(read(workbook(tmp_path / "long.xlsx", grid(2021)))[0])
    same = long["COD", "political-stability", 2021]
    names = ("estimate", "standard_error", "rank", "lower_rank", "upper_rank", "note")
    assert [found[name] for name in names] == [same[name] for name in names]
    assert (ledger.used, sum(ledger.left.values())) == (1, 1)
    write("EST", "EST")
    with pytest.raises(OrepathError, match="two rows of pv"):
        read(path, whole=False)
    write("EST")
    ((_, alone),) = scores_of(read(path, whole=False)[0]).items()
    assert (alone["estimate"], alone.get("standard_error")) == (-1.5, None)
