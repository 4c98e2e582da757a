"""The overview: what it is made of fits the library, and it says what the questions say."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from orepath.cli import main
from orepath.cli.overview import KINDS
from orepath.graph.connection import Graph
from orepath.ontology.errors import OrepathError
from orepath.queries import overview, question
from orepath.queries.catalogue import catalogue
from orepath.queries.run import ask
from orepath.report.brief import overview_brief, render
from orepath.report.brief.prose import CLOSE, OPEN
from orepath.report.layout import shared_sources

from .test_cli_answers import Point


@pytest.fixture
def full(bundled: Graph, environment: Point) -> Graph:
    """Commands go to a server that holds the whole bundle."""
    environment(bundled)
    return bundled


def page(*arguments: str) -> Result:
    return CliRunner().invoke(main.orepath, ["ask", "overview", *arguments])


@pytest.mark.parametrize("kind", KINDS)
def test_every_part_can_be_asked_and_shown(kind: str) -> None:
    asked: list[str] = []
    for part in overview.parts(kind):
        made_of = catalogue()[part.question]
        parameters = {p.name for p in made_of.parameters}
        assert set(part.arguments) <= parameters, part.question
        assert {p.name for p in made_of.parameters if p.required} <= set(part.arguments)
        assert set(part.columns) <= set(made_of.column_names()), part.question
        assert any("source" in column for column in part.columns), part.question
        for word in part.arguments.values():
            if word.startswith(overview.MOST):
                above, _, column = word.removeprefix(overview.MOST).partition(".")
                assert above in asked
                assert column in catalogue()[above].column_names()
        asked.append(part.question)
    assert overview.SUBJECT in overview.parts(kind)[0].arguments.values()


def test_the_page_says_what_the_questions_say(full: Graph) -> None:
    name, shown = overview.overview(full, "material", "Ga", as_of="2026-02-03")
    assert name == "gallium"
    assert [s.part.question for s in shown] == [p.question for p in overview.parts("material")]
    for one in shown:
        given = overview.arguments(one.part, "gallium", [s.answer for s in shown], "2026-02-03")
        assert given is not None
        assert one.answer == ask(full, question(one.part.question), given)
        short = one.shortened()
        assert one.answer.finding.startswith(short.finding)
        assert len(short.rows) <= one.part.rows
        assert tuple(c.name for c in short.columns) == one.part.columns
    cited = {source.id for source in shared_sources([s.shortened() for s in shown], 120)}
    assert {"usgs-mcs-2026", "eu-crm-2023"} <= cited


@pytest.mark.parametrize(
    ("kind", "subject"), [("material", "Nd"), ("country", "China"), ("sector", "defence")]
)
def test_all_parts_of_a_page_have_one_today(full: Graph, kind: str, subject: str) -> None:
    _, shown = overview.overview(full, kind, subject)
    days = {s.answer.names["as_of"] for s in shown if overview.takes_day(s.answer.question)}
    assert days == {overview.day(shown)}
    title = page(f"--{kind}", subject, "--format", "table").stdout.splitlines()[0]
    assert title.endswith(f", as of {max(days)}")
    told = page(f"--{kind}", subject, "--as-of", "2025-01-31", "--format", "json").stdout
    parts = json.loads(told)["parts"]
    asked = {p["parameters"]["as_of"] for p in parts if "as_of" in p["parameters"]}
    assert asked == {json.loads(told)["as_of"]} == {"2025-01-31"}


def test_a_sector_is_followed_to_the_country_it_needs_most(full: Graph) -> None:
    _, shown = overview.overview(full, "sector", "defence")
    exposure = shown[0].answer
    ((most, _),) = Counter(exposure.values("country")).most_common(1)
    paths = next(s.answer for s in shown if s.part.question == "dependency-paths")
    assert paths.names["country"] == most == "China"


def test_where_nothing_is_known_the_page_says_so(full: Graph) -> None:
    done = page("--country", "Tuvalu", "--format", "markdown")
    assert done.exit_code == 0
    assert done.stdout.startswith("# Tuvalu, as of 20")
    assert "No product of which Tuvalu makes" in done.stdout
    assert "No export restriction" in done.stdout
    assert done.stdout.count("\n## ") == len(overview.parts("country"))


def test_the_forms_of_a_page(full: Graph) -> None:
    table = page("--material", "gallium", "--format", "table").stdout
    assert table.startswith("Gallium, as of 20")
    assert "WHO MAKES IT\nChina makes 99 %" in table
    assert table.count("Source: usgs-mcs-2026") == 1
    held = json.loads(page("--material", "gallium", "--format", "json").stdout)
    assert held["subject"] == "gallium"
    first = held["parts"][0]
    assert first["finding"].startswith("China makes 99 %")
    assert len(first["rows"][0]) == len(first["columns"]) > 6
    cypher = page("--material", "gallium", "--cypher").stdout
    statements = cypher.split(";\n\n")
    assert len(statements) == len(overview.parts("material"))
    assert all(statement.startswith("// ") and "$" not in statement for statement in statements)


def test_what_was_not_verified_is_said_on_the_page(full: Graph) -> None:
    _, shown = overview.overview(full, "material", "rhenium")
    ties = next(s for s in shown if s.part.question == "byproduct-ties")
    (note,) = ties.answer.warnings
    assert note.startswith("Not verified: ")
    for form in ("table", "markdown"):
        told = page("--material", "rhenium", "--format", form).stdout
        assert note in " ".join(told.split())


def test_a_page_is_no_table_file(full: Graph, tmp_path: Path) -> None:
    done = page("--material", "gallium", "-o", str(tmp_path / "page.csv"))
    assert done.exit_code == 1
    assert isinstance(done.exception, OrepathError)
    assert ".txt, .md, .json, .html, .docx or .pdf" in str(done.exception)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("kind", "subject"), [("material", "gallium"), ("country", "China"), ("sector", "defence")]
)
def test_a_page_with_pictures_tells_each_part_and_cites_by_number(
    full: Graph, kind: str, subject: str
) -> None:
    name, shown = overview.overview(full, kind, subject, as_of="2026-02-03")
    made = overview_brief(full, kind, name, shown, "2026-02-03")
    *parts, reading = made.parts
    assert [p.heading for p in parts] == [s.part.heading for s in shown]
    assert reading.points
    numbers = [source.number for source in made.sources]
    assert numbers == list(range(1, len(numbers) + 1))
    texts = [
        text
        for part in parts
        for text in (*part.paragraphs, *(c for t in part.tables for row in t.rows for c in row))
    ]
    cited = {int(n) for text in texts for n in re.findall(r"(?<=[\[ ])\d+(?=[,\]])", text)}
    assert set(numbers) <= cited
    assert not any(mark in text for text in texts for mark in (OPEN, CLOSE))
    for part, one in zip(parts, shown, strict=True):
        # No finding names at length a source that a number stands for.
        assert not any(s.name in text for text in part.paragraphs for s in one.answer.sources)
        assert sum(len(t.rows) for t in part.tables) <= one.part.rows
    assert any(part.figures for part in parts)
    assert made.command == f"orepath ask overview --{kind} {subject} --as-of 2026-02-03"
    told = str(render(made, "html"))
    assert told == render(overview_brief(full, kind, name, shown, "2026-02-03"), "html")
    assert "Overview · " in told
    assert 'alt="' in told
    assert not re.search(r'(?:src|srcset|href)="(?!data:|#|https?://)', told)
    assert not re.search(r'<(?:script|link|iframe)\b|src="http', told)


@pytest.mark.parametrize(
    ("ending", "start"), [("html", b"<!DOCTYPE"), ("docx", b"PK"), ("pdf", b"%PDF")]
)
def test_a_page_is_written_as_its_ending_says(
    full: Graph, tmp_path: Path, ending: str, start: bytes
) -> None:
    target = tmp_path / f"gallium.{ending}"
    done = page("--material", "gallium", "-o", str(target))
    assert done.exit_code == 0, done.output
    assert target.read_bytes().startswith(start)


def test_one_subject_is_named(full: Graph) -> None:
    for wrong in ((), ("--material", "gallium", "--country", "China")):
        done = page(*wrong)
        assert done.exit_code == 2
        assert "Name one of --material, --country and --sector." in done.output
    done = page("--material", "galliun")
    assert done.exit_code == 1


def test_a_page_on_a_magnet_metal_names_the_magnets_and_what_rests_on_whom(full: Graph) -> None:
    _, shown = overview.overview(full, "material", "neodymium")
    [rests] = [s for s in shown if s.part.question == "hidden-dependence"]
    first = rests.answer.records()[0]
    assert (first["product"], first["country_name"]) == ("NdFeB magnet", "China")
    assert first["observed_of"] is not None
    assert first["direct"] > 0.8
