"""A user's own questions: read like the library's, checked before they are asked."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from orepath.cli import main
from orepath.graph.connection import Graph
from orepath.graph.derive import derive
from orepath.ontology.errors import OrepathError
from orepath.queries.catalogue import identifiers
from orepath.queries.own import VARIABLE, named_folder, own_questions

ROOT = Path(__file__).parents[1]
SMALL = (Path(__file__).parent / "small_graph.cypher").read_text("utf-8")
(EXAMPLE,) = re.findall(
    r"```cypher\n(.*?)```", (ROOT / "docs" / "own-questions.md").read_text("utf-8"), re.DOTALL
)


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "made-in.cypher").write_text(EXAMPLE, "utf-8")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main.orepath, arguments)


def test_the_example_of_the_page_is_asked_like_any_other(
    folder: Path, graph: Graph, environment: Callable[[Graph], None]
) -> None:
    graph.run(SMALL)
    derive(graph)
    environment(graph)
    question = ("--questions", str(folder), "made-in", "--country", "CN")
    done = run("ask", *question)
    assert done.exit_code == 0, done.output
    found = {r["material"]: r for r in csv.DictReader(io.StringIO(done.stdout, newline=""))}
    assert found["gallium"]["products"] == "gallium, primary"
    assert "usgs-mcs-2026" in found["gallium"]["sources"]
    shown = run("ask", *question, "--cypher")
    assert shown.stdout.startswith("MATCH")
    assert "{id: 'CHN'}" in shown.stdout
    table = run("ask", *question, "--format", "table")
    assert re.search(r"China makes products of \d+ materials, ", table.stdout)


def test_it_is_listed_and_shown(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    title = "Of which materials does a country make a product?"
    listed = run("questions", "--questions", str(folder), "own", "--format", "csv")
    assert listed.stdout.splitlines() == ["id,topic,title", f"made-in,own,{title}"]
    monkeypatch.setenv(VARIABLE, str(folder))
    everything = run("questions", "list", "--format", "csv").stdout.splitlines()
    assert len(everything) == 1 + len(identifiers()) + 1
    assert title in run("questions", "show", "made-in").stdout
    assert title.split()[0] in run("ask", "--help").stdout.split("Questions: Your own")[1]
    assert "--country COUNTRY" in run("ask", "made-in", "--help").stdout


@pytest.mark.parametrize(
    ("old", "new", "place", "said"),
    [
        ("[:MAKES]", "[:MAKEZ]", "[:MAKES]", "no relationship type MAKEZ.*Did you mean MAKES"),
        ("(:Country ", "(:Contry ", "(:Country", "no label Contry.*Did you mean Country"),
        ("product.name)", "product.nmae)", "product.name)", "no property nmae"),
        ("WHERE NOT", "SET product.name = 'x' WITH * WHERE NOT", "WHERE NOT", "SET writes"),
        ("WHERE NOT", "DETACH DELETE product WHERE NOT", "WHERE NOT", "DETACH writes"),
        ("WHERE NOT", "CALL db.labels() WITH * WHERE NOT", "WHERE NOT", "CALL db runs"),
        ("ORDER BY material\n", "ORDER BY material;\nMATCH (n) RETURN n", "ORDER", "more than one"),
        ("title:", "titel:", None, "titel"),
        ("type: country,", "type: land,", None, "type"),
        ("title: Of", "title: [Of", None, "line [0-9]+: the header is not YAML"),
        ("/*", "", None, "line 1: no header"),
        ("$country", "'CHN'", "MATCH", "differ in parameters.*Only in the header: country"),
        ("AS material,", "AS stuff,", "MATCH", "differ in columns"),
        ("{material:list}", "{stuff}", None, "names stuff.*can name country, material"),
        ("{material:list}", "{material", None, "Fields are written"),
        ("title:", 'picture: "MATCH (n) DETACH DELETE n"\ntitle:', None, "cannot say picture"),
        (
            'type: country, required: true, help: "Whose industries"',
            'type: date, newest_of: "X) DELETE (y", help: "Whose industries"',
            None,
            "newest_of",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_place_and_costs_no_other(
    folder: Path, old: str, new: str, place: str | None, said: str
) -> None:
    assert old in EXAMPLE
    bad = folder / "bad.cypher"
    bad.write_text(EXAMPLE.replace(old, new, 1), "utf-8")
    good, errors = own_questions(folder, identifiers())
    assert list(good) == ["made-in"]
    (error,) = errors
    assert re.search(said, str(error), re.DOTALL)
    assert str(error).startswith(str(bad))
    assert error.hint
    if place is not None:
        assert f"{bad}, line {line_of(EXAMPLE, place)}: " in str(error)


def test_what_is_no_text_or_wrong_beside_the_question(folder: Path) -> None:
    (folder / "latin.cypher").write_bytes(b"/*\ntitle: Gr\xf6\xdfe?\n*/")
    (folder / "other.cypher").write_text(EXAMPLE, "utf-8")
    (folder / "other.picture.cypher").write_text("MATCH (n)\nDETACH DELETE n RETURN 1", "utf-8")
    (folder / "Not An Id.cypher").write_text(EXAMPLE, "utf-8")
    good, errors = own_questions(folder, identifiers())
    assert list(good) == ["made-in"]
    told = "\n".join(str(e) for e in errors)
    assert f"{folder / 'latin.cypher'}: it is no UTF-8 text" in told
    assert f"{folder / 'other.picture.cypher'}, line 2: DETACH writes" in told
    assert "'Not An Id' is not an id" in told
    assert len(errors) == 3


def test_an_id_means_one_question(folder: Path) -> None:
    (folder / "top-producers.cypher").write_text(EXAMPLE, "utf-8")
    (folder / "more").mkdir()
    (folder / "more" / "made-in.cypher").write_text(EXAMPLE, "utf-8")
    good, errors = own_questions(folder, identifiers())
    assert list(good) == ["made-in"]
    assert {e.message.split(": ", 1)[1] for e in errors} == {
        f"{folder / 'made-in.cypher'} is a question 'made-in' already",
        "the library has a question 'top-producers' already",
    }
    listed = run("questions", "--questions", str(folder), "list", "--format", "csv")
    assert listed.exit_code == 0
    assert "2 of 3 files" in listed.stderr
    assert "made-in,own," in listed.stdout
    # The library's stays what it is.
    assert "made-in" not in run("questions", "show", "top-producers").stdout


def test_a_bad_question_is_an_error_when_it_is_asked(folder: Path) -> None:
    (folder / "bad.cypher").write_text(EXAMPLE.replace("[:MAKES]", "[:MAKEZ]"), "utf-8")
    done = run("ask", "--questions", str(folder), "bad", "--country", "Chile")
    assert isinstance(done.exception, OrepathError)
    assert "no relationship type MAKEZ" in str(done.exception)
    near = run("ask", "--questions", str(folder), "made-on", "--country", "Chile")
    assert "Did you mean 'made-in'?" in near.stderr


@pytest.mark.parametrize("given", ["nowhere", "", "  ", "a\0b"])
def test_a_folder_that_is_none(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    with pytest.raises(OrepathError, match="there is no folder") as caught:
        named_folder(given)
    assert VARIABLE in str(caught.value)
    monkeypatch.setenv(VARIABLE, "")
    assert named_folder() is None
