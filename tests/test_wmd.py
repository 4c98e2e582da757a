"""World Mining Data, and how far it and the other publications agree. Sample values are made up."""

from __future__ import annotations

from pathlib import Path

import pytest

from orepath.cli import main
from orepath.graph.connection import Graph
from orepath.loaders.base import Ledger, Said
from orepath.loaders.registry import loader
from orepath.ontology.errors import RefusedError
from orepath.queries.agreement import Agreement, agreements, compared, reviewed, summary, tables

from .test_cli_answers import Point

SAMPLE = Path(__file__).parent / "samples" / "wmd.csv"


def test_the_edition_must_be_said() -> None:
    with pytest.raises(RefusedError) as error:
        loader("wmd").read([SAMPLE])
    assert "--edition" in (error.value.hint or "")


def test_rows_become_output_in_base_units() -> None:
    ledger = Ledger()
    reading = loader("wmd").read([SAMPLE], said=Said(edition="2026"))
    assert (reading.source, reading.assumed) == ("wmd-2026", "")
    facts = list(reading.facts(ledger))
    assert ledger.balanced
    assert (ledger.used, len(ledger.rejected), sum(ledger.left.values())) == (6, 0, 2)
    made = {f.values["industry"]: f.values for f in facts if f.term == "IndustryObservation"}
    assert made["COD:cobalt/ore"]["amount"] == 140
    assert made["IDN:cobalt/ore"]["status"] == "estimated"
    assert made["WLD:cobalt/ore"]["amount"] == 160
    assert made["CHL:rhenium/primary"]["amount"] == 0.5
    assert made["XKX:gold/ore"]["status"] == "provisional"
    guiana = made["GUF:gold/ore"]
    assert "is read as 'GUF'" in str(guiana["note"])


def test_a_code_and_a_name_that_differ_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "some.csv"
    file.write_text(SAMPLE.read_text("utf-8").replace("360,IDN", "360,IND"), "utf-8")
    ledger = Ledger()
    list(loader("wmd").read([file], said=Said(edition="2026")).facts(ledger))
    (refused,) = ledger.rejected
    assert (refused.place.column, refused.value) == ("Country_ISO", "IND")


def test_the_whole_file_balances(shared: Path) -> None:
    file = shared / "data/wmd2026_wgi2025/world_mining_data_2018_2024_long.csv"
    ledger = Ledger()
    reading = loader("wmd").read([file])
    list(reading.facts(ledger))
    assert reading.source == "wmd-2026"
    assert ledger.balanced
    assert ledger.rejected == []
    assert ledger.rows_read == 13862


def record(source: str, economy: str, amount: float, year: str = "2023") -> dict[str, object]:
    publication, _, published = source.rpartition("-")
    return {
        "product": "p", "publication": publication, "source": source, "published": published,
        "year": year, "basis": "", "economy": economy, "aggregate": economy == "WLD",
        "amount": amount,
    }  # fmt: skip


def test_leaders_and_their_shares_are_compared() -> None:
    held = tables(
        [record("a-2024", "CHN", 999), record("a-2024", "USA", 1),
         record("a-2025", "CHN", 60), record("a-2025", "USA", 20), record("a-2025", "WLD", 100),
         record("b-2025", "CHN", 30), record("b-2025", "USA", 50), record("b-2025", "WLD", 100),
         record("c-2025", "CHN", 5, "2022")]
    )  # fmt: skip
    (one,) = compared(held, {("p", "a", "b"): "known"})
    assert one == Agreement("p", "2023", "a-2025", "CHN", 60, "b-2025", "USA", 30, "known")
    assert (one.same, one.points, one.differs) == (False, 30, True)
    (told,) = summary([one])
    assert told.startswith("a and b: 1 products compared, 0 with the same largest maker")


def test_every_difference_of_the_bundle_is_reviewed(bundled: Graph) -> None:
    found = agreements(bundled)
    assert len(found) > 20
    assert [one for one in found if one.differs and not one.reason] == []
    assert all(reviewed().values())


def test_the_table_of_agreement_is_printed(
    bundled: Graph, environment: Point, capsys: pytest.CaptureFixture[str]
) -> None:
    environment(bundled)
    assert main.run(["check", "--sources", "--format", "table"]) == 0
    told = capsys.readouterr().out
    assert "bgs-wms and usgs-mcs: " in told
    assert "within 2" in told
