"""Tables of editions that the project does not know file by file: 2022, 2023 and altered ones.

The values are made up; the faults are those of the publisher's own releases.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orepath.graph.network.headline import Report, shares
from orepath.loaders.usgs_mcs.countries import read_country
from orepath.loaders.usgs_mcs.notes import Notes, text_without_status
from orepath.ontology.errors import OrepathError
from orepath.ontology.facts import Fact

from .loading import read, recognise

GALLIUM = """\
Source,Country,Type,Prod_kg_2021,Prod_kg_est_2022,Prod_notes,Cap_kg_2022,Cap_notes,Reserves_kg,\
Reserves_notes
MCS2023,China,Primary production,100000,200000,,300000,,NA,
MCS2023,Japan,Primary production,1000,1000,,2000,,XX,
MCS2023,World total (rounded),Primary production,101000,200000,,300000,,NA,
"""
LITHIUM = """Source,Country,Type,Prod_t_2021,Prod_t_est_2022,Prod_notes,Reserves_t,Reserves_notes
MCS2023,United States,"Mine production, lithium content",W,W,,1000,
MCS2023,Australia,"Mine production, lithium content",50000,60000,,6000000,
MCS2023,Chile,"Mine production, lithium content",20000,30000,,9000000,
MCS2023,{world},"Mine production, lithium content",80000,100000,{note},26000000,
"""
IODINE = """Source,Country,Type,Prod_t_est_2021,Prod_t_est_2022,Prod_notes,Reserves_t,Reserves_notes
MCS2023,Indonesia,"Mine production, elemental iodine",30,40,{note},NA,
MCS2023,Japan,"Mine production, elemental iodine",9000,9000,,NA,
MCS2023,World total (rounded),"Mine production, elemental iodine",30000,30000,,NA,
"""


def write(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, "utf-8")
    return file


def figures(facts: list[Fact], measure: str = "production") -> dict[tuple[str, str], Fact]:
    """Observations by economy and period."""
    return {
        (str(f.values["industry"]).partition(":")[0], str(f.values["period"])): f
        for f in facts
        if f.term == "IndustryObservation" and f.values["measure"] == measure
    }


def test_a_column_without_figures_costs_nothing(tmp_path: Path) -> None:
    facts, ledger = read("usgs-mcs", write(tmp_path, "mcs2023-galli_world.csv", GALLIUM))
    assert ledger.refused == []
    made = figures(facts)
    assert made["CHN", "2022"].values["amount"] == 200
    assert made["CHN", "2021"].values["amount"] == 100
    assert figures(facts, "capacity")["CHN", "2022"].values["amount"] == 300


def test_a_figure_in_an_unknown_column_is_refused_alone(tmp_path: Path) -> None:
    text = GALLIUM.replace("Reserves_notes\n", "Reserves_notes,Stocks_kg\n", 1)
    text = text.replace(",NA,\n", ",NA,,50\n", 1).replace(",XX,\n", ",XX,,W\n", 1)
    text = text.replace(",NA,\n", ",NA,,—\n")
    facts, ledger = read("usgs-mcs", write(tmp_path, "mcs2023-galli_world.csv", text))
    assert ledger.rejected == []
    (cell,) = ledger.cells
    assert (cell.place.column, cell.place.line, cell.value) == ("Stocks_kg", 2, "50")
    assert len(figures(facts)) == 6


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 2), st.integers(3, 8), st.sampled_from(["lots", "1..2", "?", "4 00", "12x"]))
def test_a_corrupted_cell_changes_one_fact_at_most(
    tmp_path_factory: pytest.TempPathFactory, row: int, column: int, text: str
) -> None:
    cells = list(csv.reader(io.StringIO(GALLIUM)))
    if column not in (3, 4, 6):
        return  # the notes speak of two figures; the reserves have none
    cells[row + 1][column] = text
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(cells)
    folder = tmp_path_factory.mktemp("corrupted")
    whole, _ = read("usgs-mcs", write(folder, "mcs2023-galli_world.csv", GALLIUM))
    facts, ledger = read("usgs-mcs", write(folder, "mcs2023-galli_world.csv", out.getvalue()))
    lost = [f for f in whole if f not in facts]
    assert len(lost) == 1
    assert [cell.value for cell in ledger.cells] == [text]


@pytest.mark.parametrize(
    "name",
    ["mcs2023-galli_world.csv", "MCS2023-galli_world.csv", "gallium_mcs2022-galli_world.csv",
     "galli_world.csv", "mcs2026-galli_world.csv", "mcs2023-galli_world (1).csv"],
)  # fmt: skip
def test_the_edition_is_what_the_rows_say(tmp_path: Path, name: str) -> None:
    assert recognise("usgs-mcs", write(tmp_path, name, GALLIUM)) == "usgs-mcs-2023"


def test_files_that_do_not_fit_are_named_all_at_once(tmp_path: Path) -> None:
    files = [
        write(tmp_path, "mcs2023-galli_world.csv", GALLIUM),
        write(tmp_path, "one.csv", GALLIUM),
        write(tmp_path, "two.csv", GALLIUM.replace("MCS2023", "MCS2022")),
    ]
    with pytest.raises(OrepathError) as error:
        recognise("usgs-mcs", *files)
    assert "2 of 3 files" in error.value.message
    assert "one.csv: its rows are of MCS2023" in error.value.message
    assert "two.csv: its rows are of MCS2022" in error.value.message
    assert "mcs2022-germa_world.csv" in (error.value.hint or "")


@pytest.mark.parametrize(
    ("world", "note"),
    [('"World total (rounded), excluding U.S. production"', "Excludes U.S. production."),
     ("World total (excludes United States)", ""),
     ('"World total (rounded, excludes U.S. production)"', "")],
)  # fmt: skip
def test_a_total_that_excludes_somebody_is_a_total_with_a_bound(
    tmp_path: Path, world: str, note: str
) -> None:
    text = LITHIUM.format(world=world, note=note)
    facts, ledger = read("usgs-mcs", write(tmp_path, "mcs2023-lithi_world.csv", text))
    assert ledger.refused == []
    total = figures(facts)["WLD", "2022"].values
    assert (total.get("amount"), total["low"]) == (None, 100000)
    assert "xcludes" in str(total["note"])
    assert figures(facts)["USA", "2022"].values["status"] == "withheld"


def test_shares_under_such_a_total_are_upper_bounds() -> None:
    def report(economy: str, amount: float | None, low: float | None = None, **more: str) -> Report:
        return Report(
            "lithium/ore", f"{economy}:lithium/ore", economy == "WLD", economy == "WLD",
            "production", "2022", "contained", amount, low, None, more.get("status", "normal"),
            "usgs-mcs-2023", "2023", 10, "usgs-mcs",
        )  # fmt: skip

    found = shares(
        [report("AUS", 60000), report("USA", None, status="withheld"), report("WLD", None, 100000)]
    )
    assert [(s.industry[:3], s.share, s.share_high) for s in found] == [("AUS", None, 0.6)]


@pytest.mark.parametrize(
    ("note", "of_2021", "of_2022"),
    [("Reported production in 2021.", "normal", "estimated"),
     ("Production was reported in 2021.", "normal", "estimated"),
     ("Reported in 2022.", "estimated", "normal"),
     ("Reported quantity in 2022.", "estimated", "normal"),
     ("Production data in 2021 were also estimated.", "estimated", "estimated"),
     ("Data for 2021 and 2022 are reported.", "normal", "normal"),
     ("", "estimated", "estimated")],
)  # fmt: skip
def test_a_note_on_the_status_is_read_by_what_it_means(
    tmp_path: Path, note: str, of_2021: str, of_2022: str
) -> None:
    text = IODINE.format(note=note)
    facts, _ = read("usgs-mcs", write(tmp_path, "mcs2023-iodin_world.csv", text))
    made = figures(facts)
    assert made["IDN", "2021"].values["status"] == of_2021
    assert made["IDN", "2022"].values["status"] == of_2022
    assert made["JPN", "2021"].values["status"] == "estimated"


@given(st.permutations(["production", "was", "reported", "in"]), st.sampled_from(["2021", "2022"]))
def test_the_order_of_a_notes_words_does_not_matter(words: list[str], year: str) -> None:
    note = Notes(f"{' '.join(words)} {year}.", frozenset())
    other = {"2021": "2022", "2022": "2021"}[year]
    assert note.status(year, headed=True) == "normal"
    assert note.status(other, headed=True) is None
    assert text_without_status(note.text, frozenset({"2021", "2022"})) == ""


def test_a_note_that_says_more_is_kept() -> None:
    text = "Reported by the Government of Japan; exports in 2021 were estimated by others."
    assert text_without_status(text, frozenset({"2021"})) == text


def test_what_stands_beside_a_country_is_kept() -> None:
    russia = read_country("Russia (recoverable)")
    assert (russia.economy, russia.note) == ("RUS", "recoverable")
    world = read_country("World total (rounded), excluding U.S. production")
    assert (world.economy, world.lacks("Prod"), world.lacks("Reserves")) == ("WLD", "U.S.", "")
    assert world.rounded
