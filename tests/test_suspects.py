"""Figures that cannot be right, editions that supersede others, and which leading figures moved."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orepath.graph.connection import Graph
from orepath.graph.derive import derive, remove
from orepath.graph.network.facts import trusted
from orepath.graph.network.headline import Report
from orepath.graph.network.leading import Sourcing, leading
from orepath.graph.network.moves import moves
from orepath.graph.network.suspects import YEARS, Figure, suspects
from orepath.loaders.load import load_source
from orepath.queries.catalogue import question
from orepath.queries.run import ask

VANADIUM = """\
Source,Country,Type,Prod_t_2021,Prod_t_est_2022,Prod_notes,Reserves_t,Reserves_notes
MCS2023,Australia,"Mine production, vanadium content",0,0,,7000,
MCS2023,China,"Mine production, vanadium content",70000,70000,,9000,
MCS2023,World total (rounded),"Mine production, vanadium content",100000,100000,,25000,
"""


def figure(economy: str, amount: float, measure: str = "production", **more: str) -> Figure:
    period, source = more.get("period", "2022"), more.get("source", "usgs-mcs-2023")
    product = more.get("product", "vanadium/ore")
    key = f"{economy};{product};{measure};{period};{source}"
    publication = source.rpartition("-")[0]
    return Figure(
        key, economy, product, measure, "contained", "t", period, amount, source, publication
    )


def whose(found: dict[str, str]) -> set[str]:
    return {key.partition(";")[0] for key in found}


def test_a_part_above_the_total_is_suspect() -> None:
    parts = [figure("CHN", 120), figure("RUS", 20), figure("WLD", 100)]
    assert whose(suspects(parts)) == {"CHN"}
    rounded = [figure("CHN", 104), figure("WLD", 100)]
    assert suspects(rounded) == {}
    # Where several parts are, it is the total that is wrong.
    several = [figure("CHN", 120), figure("RUS", 110), figure("WLD", 100)]
    assert whose(suspects(several)) == {"WLD"}


def test_a_negative_figure_and_a_share_above_the_whole_are_suspect() -> None:
    assert whose(suspects([figure("CHN", -1.0)])) == {"CHN"}
    shares = [figure("CHN", 130, "share-of-supply"), figure("USA", 10, "share-of-supply")]
    assert whose(suspects(shares)) == {"CHN"}


def test_reserves_below_a_years_output_are_suspect() -> None:
    found = suspects(
        [figure("THA", 13000), figure("THA", 4500, "reserves"),
         figure("CHN", 70000), figure("CHN", 9_000_000, "reserves"),
         figure("GRC", 900), figure("GRC", 0, "reserves")]
    )  # fmt: skip
    assert whose(found) == {"THA"}
    assert "13,000 t" in next(iter(found.values()))


@pytest.mark.parametrize("factor", [1e-3, 1e6])
def test_a_wrong_unit_of_reserves_makes_the_whole_column_suspect(factor: float) -> None:
    output = {"AUS": 0.0, "CHN": 70_000.0, "WLD": 100_000.0}
    held = {"AUS": 7e6, "CHN": 9e6, "WLD": 25e6}
    right = [figure(e, a) for e, a in output.items()]
    right += [figure(e, a, "reserves") for e, a in held.items()]
    assert suspects(right) == {}
    wrong = right[:3] + [replace(f, amount=f.amount * factor) for f in right[3:]]
    assert set(suspects(wrong)) == {f.id for f in wrong[3:]}
    assert held["WLD"] / output["WLD"] * 1e6 > YEARS


ECONOMIES = ["CHN", "RUS", "ZAF", "BRA", "AUS"]


@given(
    st.lists(st.floats(1, 1e6), min_size=5, max_size=5),
    st.sampled_from([1e-6, 1e-3, 1e3, 1e6]),
    st.integers(0, 2),
)
def test_a_unit_that_is_off_in_one_edition_is_found(
    amounts: list[float], factor: float, wrong: int
) -> None:
    editions = ["usgs-mcs-2023", "usgs-mcs-2024", "usgs-mcs-2025"]
    figures = [
        figure(e, a * (factor if at == wrong else 1.0), "reserves", source=s, period=str(2022 + at))
        for at, s in enumerate(editions)
        for e, a in zip(ECONOMIES, amounts, strict=True)
    ]
    found = suspects(figures)
    assert set(found) == {f.id for f in figures if f.source == editions[wrong]}


@given(st.lists(st.floats(1, 1e6), min_size=5, max_size=5))
def test_of_two_editions_that_contradict_each_other_the_older_is_suspect(
    amounts: list[float],
) -> None:
    figures = [
        figure(e, a * factor, "reserves", source=source, period=period)
        for source, period, factor in (
            ("usgs-mcs-2023", "2022", 1e-3),
            ("usgs-mcs-2024", "2023", 1),
        )
        for e, a in zip(ECONOMIES, amounts, strict=True)
    ]
    assert {f.source for f in figures if f.id in suspects(figures)} == {"usgs-mcs-2023"}


def test_one_slip_of_digits_between_two_years_that_agree_is_found() -> None:
    years = {"2020": 1300.0, "2021": 1320.0, "2022": 132_000.0, "2023": 1290.0}
    figures = [figure("AUS", amount, period=year) for year, amount in years.items()]
    assert [key.split(";")[3] for key in suspects(figures)] == ["2022"]
    # Growth, even fast, is none.
    grown = [figure("AUS", 10.0 * 3**n, period=str(2015 + n)) for n in range(9)]
    assert suspects(grown) == {}


def report(economy: str, amount: float | None, edition: int, **more: str) -> Report:
    source = f"usgs-mcs-{edition}"
    world = economy == "WLD"
    return Report(
        "gallium/primary", f"{economy}:gallium/primary", world, world, "production",
        more.get("period", str(edition - 1)), "contained", amount, None, None,
        more.get("status", "normal" if amount is not None else "not-available"), source,
        str(edition), 10, "usgs-mcs", id=f"{economy};{source};{more.get('period', edition - 1)}",
    )  # fmt: skip


def first(reports: list[Report]) -> str:
    return leading(reports).output["gallium/primary"][0].evidence.first.source


def test_a_newer_edition_supersedes_also_where_it_knows_less() -> None:
    older = [report("CHN", 98, 2024), report("JPN", 2, 2024), report("WLD", 100, 2024)]
    newer = [report("CHN", 600, 2026), report("JPN", None, 2026), report("WLD", None, 2026)]
    assert first(older) == "usgs-mcs-2024"
    assert first(older + newer) == "usgs-mcs-2026"
    assert leading(older + newer).shares == []
    # What it does not speak of is not superseded.
    other = [replace(r, industry=r.industry.replace("CHN", "KAZ")) for r in newer[:1]]
    assert first(older + other) == "usgs-mcs-2024"


EDITIONS = st.dictionaries(
    st.integers(2015, 2025),
    st.lists(st.one_of(st.none(), st.floats(1, 1e4)), min_size=3, max_size=3),
    max_size=6,
)


@given(EDITIONS, st.floats(1, 1e4), st.one_of(st.none(), st.floats(1, 1e4)))
def test_older_editions_never_change_a_leading_figure(
    older: dict[int, list[float | None]], china: float, japan: float | None
) -> None:
    def table(edition: int, amounts: list[float | None]) -> list[Report]:
        return [report(e, a, edition) for e, a in zip(("CHN", "JPN", "WLD"), amounts, strict=True)]

    newest = table(2026, [china, japan, None])
    alone = leading(newest)
    beside = leading([*newest, *(r for year, a in older.items() for r in table(year, a))])
    assert beside.shares == alone.shares
    assert beside.output["gallium/primary"][0].evidence.first.source == "usgs-mcs-2026"


def test_an_older_edition_of_sourcing_is_superseded() -> None:
    old = Sourcing("p", "EU27", "eu-crm-2020", "2012-2016", "2020", 10, 5, 5, "eu-crm")
    new = replace(old, source="eu-crm-2023", period="2016-2020", published="2023", measured=0)
    ranked = leading([], [old, new]).sourcing["p", "EU27"]
    assert [one.evidence.source for one in ranked] == ["eu-crm-2023", "eu-crm-2020"]


def test_what_is_suspect_leads_nothing() -> None:
    reports = [report("CHN", 900, 2026), report("JPN", 5, 2026), report("WLD", 100, 2026)]
    kept = trusted(reports, {reports[0].id: "above the total"})
    shares = {s.industry[:3]: s.share for s in leading(kept).shares}
    assert shares == {"JPN": 0.05}


def test_only_leading_figures_that_moved_are_told() -> None:
    def share(value: float, source: str) -> dict[str, object]:
        return {"share": value, "share_source": source}

    before = {("CHN:p", "p"): share(0.9, "a-1"), ("JPN:p", "p"): share(0.1, "a-1")}
    after = {("CHN:p", "p"): share(0.9, "a-1"), ("JPN:p", "p"): share(0.05, "a-1")}
    assert moves(before, after) == ()
    assert moves({}, before) == ()
    (move,) = moves(before, {("JPN:p", "p"): share(0.6, "a-2")})
    assert str(move) == "p: CHN 90.0% (a-1) -> JPN 60.0% (a-2)"
    assert str(moves(before, {})[0]).endswith("-> no figure")


def test_reserves_in_a_wrong_unit_are_marked_and_shown(graph: Graph, tmp_path: Path) -> None:
    file = tmp_path / "mcs2023-vanad_world.csv"
    file.write_text(VANADIUM, "utf-8")
    load_source(graph, "usgs-mcs", [file])
    report = derive(graph)
    marked = "MATCH ()-[x:HOLDS_RESERVES]->() WHERE x.suspect IS NOT NULL RETURN count(x) AS n"
    assert graph.read(marked).records[0]["n"] == len(report.suspects) == 3
    told = ask(graph, question("source-conflicts"), {"material": "vanadium"})
    assert "below a year's output" in told.finding
    rows = ask(graph, question("evidence"), {"material": "vanadium"}).records()
    assert all("suspect" in row["status"] for row in rows if row["what"] == "reserves")
    assert derive(graph).suspects_changed == 0
    # A load of the same writes nothing, and takes no mark away.
    assert load_source(graph, "usgs-mcs", [file]).report.changed == 0
    assert graph.read(marked).records[0]["n"] == 3
    remove(graph)
    assert graph.read(marked).records[0]["n"] == 0
