"""What a load may do to a graph: nothing is lost unasked, and what was refused is kept and told."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orepath.cli import main
from orepath.graph import runs
from orepath.graph.connection import Graph
from orepath.loaders.base import Ledger
from orepath.loaders.guard import Meant
from orepath.loaders.load import load_source
from orepath.loaders.refused import added, booked, reasons, refused
from orepath.ontology.errors import RefusedError
from orepath.ontology.facts import Place, Rejection
from orepath.tools.checksum import checksum

Point = Callable[[Graph], None]
Run = Callable[..., tuple[int, str, str]]
HEADER = ("economy", "product", "period", "amount", "unit", "source")
ROWS = [
    (economy, "cobalt/ore", period, amount, "t", "A table of a user")
    for economy, amount in (("Chile", "10"), ("Peru", "20"), ("Zambia", "30"))
    for period in ("2020", "2021")
]


@pytest.fixture
def command(graph: Graph, environment: Point, capsys: pytest.CaptureFixture[str]) -> Run:
    """A command line on an empty graph: exit code, standard output and standard error."""
    environment(graph)

    def run(*words: str | Path) -> tuple[int, str, str]:
        code = main.run([str(word) for word in words])
        told = capsys.readouterr()
        return code, told.out, told.err

    return run


def write(file: Path, rows: Sequence[tuple[str, ...]]) -> Path:
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([HEADER, *rows])
    return file


def held(graph: Graph) -> str:
    """The facts of a graph, without the log of loads."""
    return checksum(graph)


def test_a_part_does_not_replace_the_whole(command: Run, graph: Graph, tmp_path: Path) -> None:
    table = write(tmp_path / "mine.csv", ROWS)
    assert command("load", "table", table)[0] == 0
    before, record = held(graph), runs.records(graph)["table-mine"]

    write(table, ROWS[:2])
    code, _, told = command("load", "table", table)
    assert code == 3
    assert "nothing was changed" in told
    assert "without the economies PER, ZMB" in told
    assert "--add" in told
    assert "--replace" in told
    assert held(graph) == before
    assert runs.records(graph)["table-mine"] == record

    code, shown, _ = command("load", "table", table, "--plan")
    assert code == 3
    assert "IndustryObservation" in shown
    assert "As it stands, the load would be refused: table-mine: " in shown
    assert held(graph) == before
    for meant in ("--add", "--replace"):
        code, shown, _ = command("load", "table", table, "--plan", meant)
        assert code == 0
        assert "would be refused" not in shown
        assert held(graph) == before

    assert command("load", "table", table, "--add")[0] == 0
    assert evidence(graph) == 6
    assert runs.records(graph)["table-mine"]["files"] != record["files"]

    code, _, told = command("load", "table", table, "--replace")
    assert code == 0
    assert evidence(graph) == 2
    whole = held(graph)
    assert command("load", "table", table)[0] == 0
    assert held(graph) == whole


def evidence(graph: Graph) -> int:
    read = graph.read("MATCH ()-[x:REPORTED_BY]->() RETURN count(x) AS n")
    return int(read.records[0]["n"])


def test_add_and_replace_exclude_each_other(command: Run, tmp_path: Path) -> None:
    table = write(tmp_path / "mine.csv", ROWS)
    assert command("load", "table", table, "--add", "--replace")[0] == 2


def test_a_load_without_a_usable_row_changes_nothing(
    command: Run, graph: Graph, tmp_path: Path
) -> None:
    table = write(tmp_path / "mine.csv", ROWS)
    command("load", "table", table)
    before = held(graph)
    write(table, [(*row[:3], "many", *row[4:]) for row in ROWS])
    for way in ((), ("--add",), ("--replace",), ("--allow-refused",)):
        code, _, told = command("load", "table", table, *way)
        assert code == 3
        assert "no row could be used (6 refused, 0 left out)" in told
        assert "'many'" in told
        assert held(graph) == before
    rejects = tmp_path / "rejects.csv"
    told = command("load", "table", table)[2]
    assert [f"mine.csv, line {n}" in told for n in range(2, 7)] == [True] * 5
    assert "1 more; --rejects FILE keeps them all" in told
    command("load", "table", table, "--rejects", rejects)
    assert len(rejects.read_text("utf-8").splitlines()) == 7


def test_a_plan_says_what_the_load_then_does(command: Run, graph: Graph, tmp_path: Path) -> None:
    command("load", "table", write(tmp_path / "other.csv", ROWS))
    # Industries of the other table are there already, and new in this one.
    table = write(tmp_path / "mine.csv", [*ROWS, (*ROWS[0][:3], "11", *ROWS[0][4:])])
    totals: dict[str, int] = {}
    for row in command("load", "table", table, "--plan")[1].splitlines():
        if row.startswith("table-mine") and (cells := row.split())[-1].isdecimal():
            numbers = [int(cell) for cell in cells if cell.isdecimal()]
            for kind, number in zip(("new", "changed", "removed"), numbers, strict=False):
                totals[kind] = totals.get(kind, 0) + (number if len(numbers) == 4 else 0)
    said = ", ".join(f"{number:,} {kind}" for kind, number in totals.items())
    assert totals["new"] > 0
    assert f"({said})" in command("load", "table", table)[2]


def test_refused_rows_give_exit_code_3_and_are_kept(
    command: Run, graph: Graph, tmp_path: Path
) -> None:
    bad = ("Chile", "cobalt/ore", "2019", "many", "t", "A table of a user")
    table = write(tmp_path / "mine.csv", [*ROWS, bad])
    assert command("load", "table", table)[0] == 3
    assert evidence(graph) == 6
    assert command("load", "table", table, "--allow-refused")[0] == 0

    code, page, _ = command("sources", "table-mine", "--format", "table")
    assert code == 0
    assert "7 rows read" in page
    assert "1 refused" in page
    assert "orepath sources table-mine --refused" in page
    told = json.loads(command("sources", "table-mine", "--refused", "--format", "json")[1])
    (one,) = told["refused"]
    assert (one["file"], one["line"], one["value"]) == ("mine.csv", 8, "many")

    note = "1 row of the tables on this in table-mine was refused"
    asked = ("ask", "evidence", "--format", "json")
    answer = json.loads(command(*asked, "--material", "cobalt")[1])
    assert any(note in text for text in answer["notes"])
    # A material of which nothing was refused, and of which this source says nothing.
    other = json.loads(command(*asked, "--material", "gallium")[1])
    assert not any(note in text for text in other["notes"])


def test_a_plan_for_a_graph_that_was_never_used_starts_no_server(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("NEO4J_URI", "NEO4J_DATABASE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OREPATH_DATA_DIR", str(tmp_path / "data"))
    bad = ("Chile", "cobalt/ore", "2019", "many", "t", "A table of a user")
    table = write(tmp_path / "mine.csv", [*ROWS, bad])
    assert main.run(["load", "table", str(table), "--plan"]) == 3
    shown = capsys.readouterr().out
    assert "IndustryObservation" in shown
    assert "mine.csv" in shown
    assert not (tmp_path / "data").exists()


def test_words_of_a_user_do_not_replace_the_vocabulary(
    command: Run, graph: Graph, tmp_path: Path
) -> None:
    mine = tmp_path / "mine.ttl"
    mine.write_text(
        "@prefix ore: <https://w3id.org/orepath/> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "<https://w3id.org/orepath/material/unobtainium> a ore:Material ;\n"
        '    skos:prefLabel "unobtainium"@en .\n',
        "utf-8",
    )
    table = write(tmp_path / "mine.csv", ROWS)
    command("load", "table", table)
    counted = "MATCH (x:Material) RETURN count(x) AS n"
    before = graph.read(counted).records[0]["n"]
    code, _, told = command("load", "vocabulary", mine)
    assert code == 0, told
    assert graph.read(counted).records[0]["n"] == before + 1
    assert "orepath-vocabulary-mine" in runs.datasets(graph)
    assert command("unload", "orepath-vocabulary-mine")[0] == 0
    assert graph.read(counted).records[0]["n"] == before


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(subset=st.sets(st.integers(0, len(ROWS) - 1), min_size=1))
def test_no_part_of_a_table_removes_a_fact_unasked(
    subset: set[int], graph: Graph, tmp_path: Path
) -> None:
    table = write(tmp_path / "mine.csv", ROWS)
    load_source(graph, "table", [table], meant=Meant(replace=True))
    before = held(graph)
    write(table, [ROWS[at] for at in sorted(subset)])
    if len(subset) < len(ROWS):
        with pytest.raises(RefusedError):
            load_source(graph, "table", [table])
        assert held(graph) == before
    load_source(graph, "table", [table], meant=Meant(add=True))
    assert evidence(graph) == len(ROWS)


def test_the_record_of_an_added_file_counts_both() -> None:
    ledger = Ledger()
    ledger.use(5)
    ledger.leave("Not loaded")
    ledger.reject(Place("a.csv", 3, "amount"), "x", "is not a number", "Mend it.")
    first = {"files": ["a.csv 1"], "facts": 9, **booked(ledger)}
    second = {"files": ["b.csv 2"], "facts": 1, **booked(ledger)}
    both = added(second, first)
    assert both["files"] == ["a.csv 1", "b.csv 2"]
    assert (both["rows_read"], both["rejected"], both["facts"]) == (14, 2, 10)
    assert reasons(both) == {"Not loaded": 2}
    assert refused(both) == 2 * [
        Rejection(Place("a.csv", 3, "amount"), "x", "is not a number", "Mend it.")
    ]
    # The same file once more adds nothing.
    assert added(first, first) == first


def test_what_is_assumed_is_not_verified(command: Run, graph: Graph, tmp_path: Path) -> None:
    sample = Path(__file__).parent / "samples" / "wb_wgi.csv"
    file = tmp_path / "some.csv"
    file.write_bytes(sample.read_bytes())
    code, _, told = command("load", "wb-wgi", file, "--add")
    assert code == 0, told
    assert "Assumed: edition" in told
    unread = "MATCH ()-[x:SCORES]->() RETURN count(x) AS n, sum(toInteger(x.verified)) AS verified"
    found = graph.read(unread).records[0]
    assert found["n"] > 0
    assert found["verified"] == 0
    (source,) = (s for s in runs.datasets(graph) if s.startswith("wb-wgi"))
    assert "inferred" in runs.records(graph)[source]["assumed"]
    edition = source.rpartition("-")[2]
    assert command("load", "wb-wgi", file, "--add", "--edition", edition)[0] == 0
    assert graph.read(unread).records[0]["verified"] == found["n"]
