"""A page of an answer: no default answer is longer than 120 lines or wider than 120 columns.

Held against the whole library on the bundled data, so that each new question is held to it too;
what a page leaves out, and how it says so, on made answers.
"""

from __future__ import annotations

import csv
import io
import re
import shlex
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from orepath.cli import main
from orepath.cli.ask import OPTIONS
from orepath.cli.asking import QuestionGroup, examples
from orepath.graph.connection import Graph
from orepath.ontology.labels import code_labels
from orepath.queries.catalogue import catalogue
from orepath.queries.definition import Column, Question
from orepath.queries.excerpt import cut
from orepath.queries.finding import labelled, written
from orepath.queries.run import Answer, Citation, ask
from orepath.report.cells import interval, seen
from orepath.report.files.endings import ending_named
from orepath.report.files.render import render as rendered
from orepath.report.layout import laid_out
from orepath.report.page import PAGE, WHOLE, Extent

from .test_cli import on_terminal
from .test_cli_answers import Point
from .test_questions import whole

LINES, COLUMNS = 120, 120
OTHERWISE = frozenset({"--all", "--limit", "--sources"})
"""Options with which an answer is no default one."""

ODD = re.compile(
    r"open in 0\b|\(moved\)|1 of 1 rows|\b0 suspended|more below|\b\d{5,} t\b|doc-\w+-"
)
"""What nobody would write: counts of nothing, codes, ids, numbers without separators."""


class Terminal(io.StringIO):
    """Where a person reads."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is rendered goes to a terminal of 120 columns without colours."""
    monkeypatch.setenv("COLUMNS", str(COLUMNS))
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr(sys, "stdout", Terminal())


def default_answers(graph: Graph, question: Question) -> list[tuple[str, Answer]]:
    """The answers to a question with what it cannot do without, and to its examples."""
    found = [("as it stands", ask(graph, question, whole(question)))]

    def put(question: Question, arguments: Any, **_: Any) -> None:
        found.append((line, ask(graph, question, arguments)))

    group = QuestionGroup("ask", act=put, options=OPTIONS)
    # Nobody's purchases are bundled, and the examples of `exposure` name a firm.
    for line in examples(question, "ask") if question.id != "exposure" else ():
        words = shlex.split(line)[2:]
        if not OTHERWISE & set(words):
            group.main(words, "orepath ask", standalone_mode=False)
    return found


def render(answer: Answer, form: str, extent: Extent | None = None) -> str:
    """The page as a terminal or a pipe shows it."""
    extent = extent or (PAGE if form in ("table", "markdown") else WHOLE)
    text = rendered(answer, ending_named(form), extent=extent, to_file=False)
    assert isinstance(text, str)
    return text


@pytest.mark.parametrize("identifier", list(catalogue()))
def test_a_default_answer_is_a_page(bundled: Graph, terminal: None, identifier: str) -> None:
    for line, answer in default_answers(bundled, catalogue()[identifier]):
        assert not ODD.search(" ".join((answer.finding, *answer.notes))), line
        for form in ("table", "markdown"):
            lines = render(answer, form).splitlines()
            assert len(lines) <= LINES, (line, form)
            if form == "table":
                assert max(map(len, lines)) <= COLUMNS, line
                assert not answer.rows or any("───" in text for text in lines), f"{line}: cards"


def test_codes_within_a_sentence_and_classes_are_read_by_their_names() -> None:
    kinds = ("restriction-kind",)
    told = labelled("licence, technology-ban in force; end-use-control suspended", kinds)
    assert told == "licence, technology ban in force; end-use control suspended"
    assert labelled("ban on ion-adsorption clay", kinds) == "ban on ion-adsorption clay"
    assert labelled("StrategicPartnership", ("class",)) == "strategic partnership"


METHODS = ("method", "methods", "known_by")
"""Columns of how a share is known: the methods keep the names by which docs/methods.md has them."""


@pytest.mark.parametrize("identifier", list(catalogue()))
def test_no_code_stands_in_place_of_its_label(bundled: Graph, identifier: str) -> None:
    """Nobody who reads a table knows what ``not-available`` or ``kg-per-MW`` stands for."""
    codes = {code for labels in code_labels().values() for code in labels if "-" in code}
    codes |= {"fraction", "percent"}
    for line, answer in default_answers(bundled, catalogue()[identifier]):
        for index, column in enumerate(answer.columns):
            if not column.detail and not column.entities and column.name not in METHODS:
                shown = {written(row[index], column) for row in answer.rows}
                assert not shown & codes, (line, column.name)


@pytest.mark.parametrize(
    "subject",
    ["material gallium", "material neodymium", "material rare-earths", "country China",
     "country Chile", "sector defence", "sector automotive"],
)  # fmt: skip
def test_an_overview_is_a_page(bundled: Graph, environment: Point, subject: str) -> None:
    environment(bundled)
    kind, name = subject.split()
    told = invoke("overview", f"--{kind}", name, "--format", "table").stdout.splitlines()
    assert len(told) <= LINES
    assert max(map(len, told)) <= COLUMNS


def test_what_does_not_apply_is_not_counted(bundled: Graph) -> None:
    partnerships = catalogue()["partnerships"]
    assert "auditors' 14: 14" in ask(bundled, partnerships, {}).finding
    assert "auditors" not in ask(bundled, partnerships, {"party": "Japan", "kind": "all"}).finding


def test_limit_all_and_sources(bundled: Graph, environment: Point, tmp_path: Path) -> None:
    environment(bundled)
    asked = ("criticality-lists", "--list-of", "EU")
    everything = rows(invoke(*asked, "--format", "csv").stdout)
    assert len(everything) > 60
    assert len(rows(invoke(*asked, "--format", "csv", "--limit", "7").stdout)) == 7
    page = invoke(*asked, "--format", "table").stdout
    three = invoke(*asked, "--format", "table", "--limit", "3").stdout
    assert f"and {len(everything) - 3:,} more (--limit, --all)" in three
    # The finding speaks of all rows, whatever is shown of them.
    assert three.split("\n\n")[0] == page.split("\n\n")[0]
    assert "more (--limit, --all)" not in invoke(*asked, "--format", "table", "--all").stdout
    assert "more (--limit, --all)" in invoke(*asked, "--format", "markdown").stdout
    invoke(*asked, "-o", str(tmp_path / "whole.md"))
    written = (tmp_path / "whole.md").read_text("utf-8")
    assert "more (--limit, --all)" not in written
    assert len(re.findall(r"^\| ", written, re.MULTILINE)) == len(everything) + 2
    gallium = ("top-producers", "--material", "gallium", "--format", "table")
    assert "<http" not in invoke(*gallium).stdout
    assert "<http" in invoke(*gallium, "--sources").stdout
    assert CliRunner().invoke(main.orepath, ["ask", *asked, "--limit", "1", "--all"]).exit_code == 2


def test_a_question_with_a_limit_of_its_own(
    bundled: Graph, environment: Point, tmp_path: Path
) -> None:
    environment(bundled)
    (tmp_path / "some-countries.cypher").write_text(
        """/*
title: Which countries are there?
parameters:
  - {name: limit, type: integer, default: "4", help: "How many", example: "10"}
columns:
  - {name: country, type: text, meaning: "Country"}
  - {name: sources, type: list, meaning: "None"}
finding: ["{rows} countries."]
nothing: "No country is in the data."
caveats: [Some only.]
method: "By name."
examples: ["orepath ask some-countries"]
*/
MATCH (country:Country) RETURN country.name AS country, [] AS sources
ORDER BY country LIMIT toInteger($limit)
""",
        "utf-8",
    )
    asked = ("--questions", str(tmp_path), "some-countries", "--format", "table")
    assert invoke(*asked).stdout.startswith("4 countries.")
    hundred = invoke(*asked, "--limit", "100").stdout
    assert hundred.startswith("100 countries.")
    assert len(hundred.splitlines()) > 100
    everything = int(invoke(*asked, "--all").stdout.split()[0])
    assert everything > 150


def test_without_colour_the_terminal_is_plain(bundled: Graph, environment: Point) -> None:
    environment(bundled)
    asked = ("ask", "top-producers", "--material", "gallium")
    assert "\x1b[" in on_terminal(*asked, COLUMNS="120", TERM="xterm")
    assert "\x1b[" not in on_terminal(*asked, COLUMNS="120", NO_COLOR="1", TERM="xterm")


def invoke(*arguments: str) -> Result:
    result = CliRunner().invoke(main.orepath, ["ask", *arguments])
    assert result.exit_code == 0, result.output
    return result


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def column(name: str, kind: Any = "text", **more: Any) -> Column:
    return Column(name=name, type=kind, meaning="", **more)


def made(columns: list[Column], rows: list[tuple[Any, ...]], **more: Any) -> Answer:
    """An answer to a question that there is not; its sources are those that a cell names."""
    asked = replace(catalogue()["sources"], columns=tuple(columns), **more)
    ids = {v for row in rows for c in row for v in (c if isinstance(c, tuple) else (c,))}
    cited = [i for i in ids if isinstance(i, str) and i.startswith("doc-")]
    sources = tuple(Citation(i, f"Title of {i}") for i in sorted(cited))
    return Answer(asked, {}, {}, tuple(columns), tuple(rows), "F.", (), (), sources)


def test_columns_that_say_one_thing_are_one() -> None:
    columns = [
        column("country"), column("share", "share"), column("share_low", "share"),
        column("share_high", "share"), column("bound"), column("market_low", "share"),
        column("market_high", "share"), column("amount", "number", unit="unit"), column("unit"),
        column("risk_low"),
    ]  # fmt: skip
    row = ("China", 0.55, 0.431, 0.62, "at most", 0.1, 0.1, 12000, "t", "not low")
    shown = seen(list(enumerate(columns)))
    cells = {s.name: s.text(row, {}, whole=False) for s in shown}
    assert cells == {
        "country": "China", "share": "at most 55 % (43–62 %)", "market": "10 %",
        "amount": "12,000 t", "risk_low": "not low",
    }  # fmt: skip
    assert interval("", "62 %") == "at most 62 %"
    # What is read as a bound is not bounded once more.
    little = shown[1].text(("China", 0.0004, None, None, "at most", *row[5:]), {}, whole=False)
    assert little == "under 0.1 %"
    assert interval("43 %", "over 99 %") == "43 % to over 99 %"
    assert interval("-0.2", "0.1") == "-0.2 to 0.1"


def test_the_least_needed_columns_give_way_and_are_named() -> None:
    long = "a word and another one and more " * 3
    columns = [column("what"), column("first"), column("where"), column("aside", spare=1),
               column("farther", spare=2), column("last"), column("least"),
               column("source")]  # fmt: skip
    answer = made(columns, [(f"w{n}", *[f"{n} {long}"] * 6, "doc-a") for n in range(3)])
    layout = laid_out(answer, width=100)
    assert layout.left_out == ("aside", "farther", "least")
    (table,) = layout.tables
    assert table.columns == ("what", "first", "where", "last", "source")
    text = render(answer, "table", Extent())
    assert "Columns left out for width: " in text
    # In files for machines, and where nothing has to fit, all are there.
    assert "least" in render(answer, "csv").splitlines()[0]
    assert laid_out(answer).left_out == ()


def test_each_group_is_represented_and_only_its_sources_are_cited() -> None:
    columns = [column("product"), column("country"), column("source")]
    made_rows = [
        (product, f"{product} {n}", f"doc-of-a-longer-{product}-{n}")
        for product in "abc"
        for n in range(9)
    ]
    answer = made(columns, made_rows, finding_per="product")
    shown = cut(answer, 11)
    assert [row[0] for row in shown.rows] == ["a"] * 4 + ["b"] * 4 + ["c"] * 3
    assert cut(answer, 4).rows == (*made_rows[:3], made_rows[9])
    assert {s.id for s in shown.sources} == {row[2] for row in shown.rows}
    assert cut(answer, None) is answer
    assert cut(answer, 27) is answer
    text = render(answer, "table", Extent(limit=4))
    assert "and 23 more, 1 more product among them (--limit, --all)" in text
    assert re.findall(r"^Source: (\S+) ", text, re.MULTILINE) == ["[1]", "[2]", "[3]", "[4]"]
    by_country = replace(answer, question=replace(answer.question, finding_per=None))
    assert cut(by_country, 2).rows == tuple(made_rows[:2])
    spread = replace(by_country, question=replace(by_country.question, page_per="product"))
    assert [row[1] for row in cut(spread, 4).rows] == ["a 0", "a 1", "b 0", "c 0"]


def test_what_is_the_same_in_each_row_is_said_once() -> None:
    columns = [column("country"), column("kind"), column("share", "share"), column("source")]
    answer = made(columns, [("China", "licence", 0.5, "doc-a"), ("Japan", "licence", 0.5, "doc-a")])
    (table,) = laid_out(answer).tables
    assert table.heading == "In each row: kind licence"
    assert table.columns == ("country", "share", "source")
    (single,) = laid_out(cut(answer, 1)).tables
    assert single.heading == ""


def test_long_cells_and_notes_are_cut_on_a_page_only() -> None:
    columns = [column("country"), column("uses", "list"), column("text"), column("sources", "list")]
    uses = tuple(f"use {n}" for n in range(12))
    sources = tuple(f"doc-{n}-of-a-longer-name" for n in range(8))
    answer = made(columns, [("China", uses, "word " * 60, sources)])
    answer = replace(answer, notes=tuple(f"{n} " + "note " * 200 for n in range(9)))
    page = " ".join(render(answer, "table", Extent()).split())
    assert "use 3 and 8 more" in page
    assert "+5" in page
    assert "4 more with --all." in page
    assert page.count("Source: ") == 3
    everything = " ".join(render(answer, "table", Extent(everything=True)).split())
    assert everything.count("note") == 1800
    assert everything.count("word") == 60
    assert everything.count("Source: ") == 8
