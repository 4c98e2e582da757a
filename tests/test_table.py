"""A user's own table: read, refused row by row, loaded beside the rest, taken out again."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from orepath.cli import main
from orepath.graph.connection import Graph
from orepath.graph.derive import derive
from orepath.graph.writer import Writer
from orepath.loaders import bundle
from orepath.loaders.base import Ledger
from orepath.loaders.facts import figures as table
from orepath.loaders.load import load_bundle, load_source, unload_source
from orepath.loaders.registry import edition_of
from orepath.ontology.errors import FactError, OrepathError
from orepath.ontology.facts import Fact
from orepath.ontology.schema import load_schema
from orepath.ontology.validate import Validator
from orepath.tools.checksum import checksum

GOOD: tuple[dict[str, str], ...] = (
    {
        "economy": "China", "product": "cobalt/refined", "period": "2024", "amount": "150",
        "unit": "thousand metric tons", "basis": "contained", "status": "estimated",
        "source": "Cobalt Report 2025", "source_url": "https://example.org/report.pdf",
        "source_date": "2025-05", "verified": "no", "note": "mine",
    },
    {"economy": "NA", "material": "Co", "stage": "extraction", "period": "2024", "low": "10",
     "high": "20", "unit": "kg"},
    {"economy": "Finland", "product": "cobalt, refined", "period": "2024", "unit": "t",
     "status": "withheld"},
    {"economy": "Finland", "product": "cobalt/refined", "period": "2024", "unit": "t",
     "amount": "0", "measure": "capacity"},
    {"economy": "DR Congo", "product": "cobalt/ore", "measure": "reserves", "period": "2024",
     "amount": "6000000", "unit": "t", "basis": "contained"},
)  # fmt: skip


def written(rows: tuple[dict[str, str], ...], path: Path, delimiter: str = ",") -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(table.COLUMNS), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def read(path: Path) -> tuple[list[Fact], Ledger]:
    ledger = Ledger()
    facts = list(table.Loader().read([path]).facts(ledger))
    assert ledger.balanced
    validator = Validator(load_schema())
    for fact in facts:
        validator.check(fact)
    return facts, ledger


def figures(facts: list[Fact]) -> list[dict[str, object]]:
    kinds = ("IndustryObservation", "ReserveObservation", "Purchase")
    return [dict(f.values) for f in facts if f.term in kinds]


def test_each_row_is_a_fact(tmp_path: Path) -> None:
    facts, ledger = read(written(GOOD, tmp_path / "My Figures.csv"))
    assert (ledger.rows_read, ledger.used, ledger.rejected) == (5, 5, [])
    china, namibia, withheld, none, reserve = figures(facts)
    assert china["industry"] == "CHN:cobalt/refined"
    assert (china["amount"], china["unit"], china["original_value"]) == (150_000.0, "t", "150")
    assert (china["status"], china["basis"], china["verified"]) == ("estimated", "contained", False)
    document = next(f.values for f in facts if f.values.get("name") == "Cobalt Report 2025")
    assert china["source"] == document["id"]
    assert document["published"] == "2025-05"
    assert (namibia["industry"], namibia["low"], namibia["high"]) == ("NAM:cobalt/ore", 0.01, 0.02)
    assert (withheld["status"], withheld["amount"]) == ("withheld", None)
    assert withheld["source"] == "table-my-figures"
    assert (none["status"], none["amount"], none["measure"]) == ("normal", 0.0, "capacity")
    assert (reserve["economy"], reserve["product"]) == ("COD", "cobalt/ore")


@pytest.mark.parametrize(
    ("change", "column", "said"),
    [
        ({"economy": "Chnia"}, "economy", "Did you mean 'china'"),
        ({"product": "cobalt/refind"}, "product", "Did you mean 'cobalt, refined'"),
        ({"product": "", "material": "cobalt"}, "product", "Name a product"),
        ({"product": "", "material": "rare earths", "stage": "use"}, "stage", "Name one"),
        ({"period": "24"}, "period", "Write a year"),
        ({"measure": "prodction"}, "measure", "Did you mean production"),
        ({"amount": "1,5"}, "amount", "without separators"),
        ({"amount": ""}, "amount", "say why there is none"),
        ({"status": "withheld"}, "status", "Empty one"),
        ({"unit": "tonn"}, "unit", "Did you mean 'tonne'"),
        ({"verified": "maybe"}, "verified", "Write yes or no"),
        ({"basis": "wet"}, "basis", ""),
    ],
)
def test_a_wrong_cell_is_named_and_loses_nothing_else(
    change: dict[str, str], column: str, said: str, tmp_path: Path
) -> None:
    wrong = GOOD[0] | change
    facts, ledger = read(written((GOOD[3], wrong, GOOD[4]), tmp_path / "t.csv"))
    assert len(figures(facts)) == 2
    (rejected,) = ledger.rejected
    assert (rejected.place.line, rejected.place.column) == (3, column)
    assert said in rejected.remedy
    assert "loaders/" not in rejected.remedy


def test_a_figure_given_twice_is_refused(tmp_path: Path) -> None:
    noted = GOOD[0] | {"note": "The same once more."}
    facts, ledger = read(written((GOOD[0], noted), tmp_path / "t.csv"))
    assert [r.reason for r in ledger.rejected] == ["line 2 gives this figure already"]
    assert len(figures(facts)) == 1


def test_of_figures_that_contradict_each_other_none_is_believed(tmp_path: Path) -> None:
    rows = (GOOD[0], GOOD[1], *(GOOD[0] | {"amount": amount} for amount in ("9", "8")))
    facts, ledger = read(written(rows, tmp_path / "t.csv"))
    assert [(r.place.line, r.reason) for r in ledger.rejected] == [
        (2, "line 5 says otherwise (amount)"),
        (4, "line 2 says otherwise (amount)"),
        (5, "line 2 says otherwise (amount)"),
    ]
    assert len(figures(facts)) == 1


@pytest.mark.parametrize("form", ["semicolons", "tabs", "excel"])
def test_spreadsheets_and_other_delimiters_say_the_same(form: str, tmp_path: Path) -> None:
    expected = figures(read(written(GOOD, tmp_path / "t.csv"))[0])
    if form == "excel":
        from openpyxl import Workbook

        book = Workbook()
        sheet = book.create_sheet(index=0)
        sheet.append(list(table.COLUMNS))
        for row in GOOD:
            cells = [row.get(name) for name in table.COLUMNS]
            sheet.append([float(c) if c and c.isdigit() else c for c in cells])
        other = tmp_path / "t.xlsx"
        book.save(other)
    else:
        other = written(GOOD, tmp_path / "u.csv", {"semicolons": ";", "tabs": "\t"}[form])
    found = figures(read(other)[0])
    names = ("file", "source")
    assert [{k: v for k, v in f.items() if k not in names} for f in found] == [
        {k: v for k, v in f.items() if k not in names} for f in expected
    ]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"economy,unit\nChina,t\n", "no column 'period'"),
        ("a.csv", b"", "is empty"),
        ("a.csv", b"economy,period,unit\nChina,2024\n", "2 columns instead of 3"),
        ("a.xlsx", b"PK\3\4 no workbook", "read as a spreadsheet"),
        ("a.xlsx", b"no workbook", "'no workbook' is no header of a table"),
        ("a.csv", b" \r\n \r\n", "is empty"),
        ("a.csv", b"\0\1\2", "is not a text file"),
    ],
)
def test_what_is_no_such_table_is_refused_whole(
    name: str, content: bytes, said: str, tmp_path: Path
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(OrepathError, match=said):
        list(table.Loader().read([file]).facts(Ledger()))


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(list(table.COLUMNS)), st.text(max_size=12), max_size=6))
def test_any_cell_is_a_fact_or_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, change: dict[str, str]
) -> None:
    file = written((GOOD[0] | change,), tmp_path_factory.getbasetemp() / "any.csv")
    try:
        ledger = Ledger()
        found = list(table.Loader().read([file]).facts(ledger))
    except FactError:
        raise
    except OrepathError:
        return  # a control character that no text file holds
    assert ledger.balanced
    assert bool(figures(found)) is not bool(ledger.rejected)


def test_the_template_has_all_columns(tmp_path: Path) -> None:
    file = tmp_path / "new.csv"
    result = CliRunner().invoke(main.orepath, ["load", "table", "--template", str(file)])
    assert result.exit_code == 0
    assert next(csv.reader(io.StringIO(file.read_text("utf-8")))) == list(table.COLUMNS)
    assert read(file) == ([], Ledger())
    page = Path(__file__).parents[1] / "docs" / "own-tables.md"
    for name, meaning in table.COLUMNS.items():
        assert f"| `{name}` | {meaning} |" in page.read_text("utf-8")


def test_an_edition_of_ones_own_is_described() -> None:
    described = edition_of("table-my-figures")
    assert (described.publication, described.title) == ("table", "Own table: my-figures")
    assert not described.redistributable


@pytest.mark.timeout(600)
@pytest.mark.usefixtures("small_bundle")
def test_unload_removes_exactly_what_was_loaded(graph: Graph, tmp_path: Path) -> None:
    load_bundle(graph)
    # Structure that the table shares with an edition stays when the table goes.
    edition = "usgs-mcs-2026"
    Writer(graph, load_schema()).load(edition, bundle.read(edition))
    derive(graph)
    before = checksum(graph)
    file = written((*GOOD, GOOD[0] | {"economy": "nowhere"}), tmp_path / "My Figures.csv")
    loaded = load_source(graph, "table", [file])
    derive(graph)
    assert (loaded.source, len(loaded.rejected)) == ("table-my-figures", 1)
    assert checksum(graph) != before
    with pytest.raises(OrepathError, match="no source 'table-my-figure' is loaded"):
        unload_source(graph, "table-my-figure")
    with pytest.raises(OrepathError, match="vocabulary cannot be unloaded"):
        unload_source(graph, "orepath-vocabulary")
    unload_source(graph, "table-my-figures")
    assert checksum(graph) == before
