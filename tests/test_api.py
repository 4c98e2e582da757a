"""Orepath from Python: three lines give a frame, and the command line says the same."""

from __future__ import annotations

import importlib
import json
import shlex
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import networkx
import pandas
import polars
import pytest
from click.testing import CliRunner

from orepath.api import Orepath
from orepath.cli import main
from orepath.graph.connection import Graph
from orepath.ontology.errors import OrepathError

GALLIUM: dict[str, Any] = {"material": "gallium"}


@pytest.fixture
def g(bundled: Graph) -> Orepath:
    return Orepath(bundled)


@pytest.fixture
def own(graph: Graph) -> Orepath:
    return Orepath(graph)


def test_an_answer_has_all_that_the_command_line_prints(g: Orepath) -> None:
    answer = g.ask("top-producers", **GALLIUM)
    assert answer.finding.startswith("China makes 99 %")
    assert str(answer) == answer.finding
    assert answer.columns[:4] == ("product", "stage", "country", "amount")
    assert list(answer.rows[0]) == list(answer.columns)
    assert answer.rows[0]["country_id"] == "CHN"
    assert len(answer) == len(answer.rows) == len(list(answer))
    assert [s.id for s in answer.sources]
    assert answer.caveats
    assert answer.parameters["material"] == "gallium"
    assert answer.command == "orepath ask top-producers --material gallium"
    assert "gallium" in answer.cypher
    assert "rows" in repr(answer)


def test_words_are_what_the_command_line_takes(g: Orepath) -> None:
    by_date = g.ask("restrictions", material="Ga", as_of=date(2026, 2, 3))
    by_text = g.ask("restrictions", material="gallium", as_of="2026-02-03")
    assert by_date.rows == by_text.rows
    assert g.ask("sector-exposure", sector="defence", threshold=80).rows
    assert g.ask("top-producers", material="gallium", stage=None).rows


def test_mistakes_have_hints(g: Orepath) -> None:
    with pytest.raises(OrepathError, match="no question 'top-producer'") as told:
        g.ask("top-producer", **GALLIUM)
    assert "top-producers" in str(told.value.hint)
    with pytest.raises(OrepathError, match="galliun") as told:
        g.ask("top-producers", material="galliun")
    assert "gallium" in str(told.value.hint)
    with pytest.raises(OrepathError, match="takes no --colour"):
        g.ask("top-producers", material="gallium", colour="red")
    with pytest.raises(OrepathError, match="no topic") as told:
        g.questions("polcy")
    assert "policy" in str(told.value.hint)
    with pytest.raises(OrepathError, match="one thing"):
        g.overview(material="gallium", country="China")


def test_an_empty_graph_is_said_to_be_empty(own: Orepath) -> None:
    with pytest.raises(OrepathError, match="nothing in this graph"):
        own.ask("top-producers", **GALLIUM)


def test_frames_keep_order_and_types(g: Orepath) -> None:
    answer = g.ask("sector-exposure", sector="defence")
    frame = answer.to_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert tuple(frame.columns) == answer.columns
    assert frame["share"].dtype == float
    assert frame.attrs["finding"] == answer.finding
    other = answer.to_polars()
    assert isinstance(other, polars.DataFrame)
    assert tuple(other.columns) == answer.columns
    assert other["share"].dtype == polars.Float64
    assert len(frame) == len(other) == len(answer)


@pytest.mark.parametrize("package", ["pandas", "polars"])
def test_a_package_that_is_not_there_is_named(
    g: Orepath, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(OrepathError, match=f"{package} is not installed") as told:
        getattr(g.ask("top-producers", **GALLIUM), f"to_{package}")()
    assert "pip install" in str(told.value.hint)


def test_files_of_all_endings(g: Orepath, tmp_path: Path) -> None:
    answer = g.ask("dependency-paths", sector="defence", country="China", material="Nd")
    assert answer.to_excel(tmp_path / "a.xlsx").read_bytes()[:2] == b"PK"
    with pytest.raises(OrepathError, match=r"no \.xlsx"):
        answer.to_excel(tmp_path / "a.xls")
    with pytest.raises(OrepathError, match="already"):
        answer.save(tmp_path / "a.xlsx")
    answer.save(tmp_path / "a.xlsx", force=True)
    table = json.loads(answer.save(tmp_path / "a.json").read_text("utf-8"))
    assert [list(row) for row in table["rows"]] == [list(answer.columns)] * len(answer)
    made = networkx.read_graphml(answer.save(tmp_path / "a.graphml"))
    assert set(made) == {node.id for node in answer.graph(None).nodes}
    assert set(answer.graph(None).to_networkx()) == set(made)
    assert answer.graph().save(tmp_path / "b.ttl").read_text("utf-8").startswith("@prefix")
    with pytest.raises(OrepathError, match="png"):
        answer.graph().save(tmp_path / "b.png")


def test_pictures(g: Orepath, tmp_path: Path) -> None:
    answer = g.ask("top-producers", **GALLIUM)
    picture = answer.picture()
    assert picture._repr_svg_().startswith("<svg")
    assert picture.png()[:4] == b"\x89PNG"
    assert picture.save(tmp_path / "p.svg").read_text("utf-8") == picture.svg
    assert picture.save(tmp_path / "p.png").read_bytes()[:4] == b"\x89PNG"
    with pytest.raises(OrepathError, match="kind"):
        answer.picture("pie")
    with pytest.raises(OrepathError):
        picture.save(tmp_path / "p.docx")


def test_the_command_line_knows_the_kinds_of_pictures() -> None:
    from orepath.cli.ask import PICTURES
    from orepath.report.pictures import KINDS

    assert set(PICTURES) == set(KINDS)


def test_a_notebook_shows_an_answer(g: Orepath) -> None:
    shown = g.ask("top-producers", **GALLIUM)._repr_html_()
    assert "<table" in shown
    assert "<html" not in shown
    assert "99 %" in shown


def test_statements_of_ones_own(g: Orepath, tmp_path: Path) -> None:
    found = g.cypher(
        "MATCH p = (c:Country)-[h:HAS]->(i:Industry)-[m:MAKES]->(:Product {id: $id})"
        " WHERE m.share > 0"
        " RETURN c.name AS country, m.share AS share, i, h, m, p, [1, 2] AS list, {a: 1} AS map"
        " ORDER BY share DESC",
        {"id": "gallium/primary-low-purity"},
        limit=2,
    )
    assert found.columns == ("country", "share", "i", "h", "m", "p", "list", "map")
    first = found.rows[0]
    assert first["country"] == "China"
    assert first["i"] == "Industry:CHN:gallium/primary-low-purity"
    assert first["p"].startswith("Country:CHN HAS Industry:CHN")
    assert first["list"] == (1, 2)
    assert first["map"] == "a: 1"
    assert found.notes == ("There are more rows than the 2 that were fetched (--limit).",)
    assert [c.type for c in found.asked.columns][:3] == ["text", "number", "text"]
    assert {"Country", "Industry"} <= {n.labels[0] for n in found.graph().nodes}
    assert found.save(tmp_path / "own.graphml").stat().st_size
    assert not g.cypher("MATCH (n:Nothing) RETURN n").rows


@pytest.mark.parametrize(
    "statement",
    ["MATCH (n) DETACH DELETE n", "RETURN 1; RETURN 2", "CALL db.labels()", "CREATE (n) RETURN n"],
)
def test_a_statement_that_does_more_than_read_is_refused(g: Orepath, statement: str) -> None:
    with pytest.raises(OrepathError, match="line 1"):
        g.cypher(statement)


def test_questions_names_and_overview(g: Orepath, tmp_path: Path) -> None:
    assert {q.id for q in g.questions("policy")} < {q.id for q in g.questions()}
    assert any(f.id == "neodymium" and f.label == "Material" for f in g.find("Nd"))
    page = g.overview(material="gallium", as_of="2026-02-03")
    assert page["Who makes it"].finding.startswith("China makes 99 %")
    assert all(
        a.parameters.get("as_of", date(2026, 2, 3)) == date(2026, 2, 3) for a in page.values()
    )
    told = page.save(tmp_path / "gallium.html").read_text("utf-8")
    assert all(f">{heading}</h2>" in told for heading in page)
    assert page.save(tmp_path / "gallium.md").read_text("utf-8").startswith("# Gallium, as of 2026")
    assert json.loads(page.render("json"))["subject"] == page.name == "gallium"
    with pytest.raises(OrepathError, match="ending"):
        page.save(tmp_path / "gallium.odt")


def test_a_picture_for_a_telephone_is_narrow_and_sharp(g: Orepath) -> None:
    answer = g.ask("dependency-paths", sector="defence", country="China")
    wide, narrow = answer.picture("paths"), answer.picture("paths", width=420)
    assert 'width="420"' in narrow.svg.splitlines()[0]
    assert narrow.svg != wide.svg
    assert int.from_bytes(narrow.png()[16:20], "big") == 3 * 420
    with pytest.raises(OrepathError, match="units wide"):
        answer.picture("paths", width=40)


def test_a_brief(g: Orepath, tmp_path: Path) -> None:
    brief = g.brief(sector="defence", country="China", material="rare earths")
    assert "China" in brief.title
    assert brief.title in brief.save(tmp_path / "b.md").read_text("utf-8").replace("\n", " ")
    with pytest.raises(OrepathError):
        brief.save(tmp_path / "b.odt")
    files = brief.bundle(tmp_path / "b", form="md")
    assert files
    assert all((tmp_path / "b" / name).is_file() for name in files)
    with pytest.raises(OrepathError, match="is there already"):
        brief.bundle(tmp_path / "b")


def test_own_figures_from_a_frame(own: Orepath) -> None:
    frame = pandas.DataFrame(
        {
            "economy": ["China", "Germany"],
            "product": ["gallium/primary-low-purity"] * 2,
            "period": ["2030", "2030"],
            "amount": [900.0, 3.0],
            "unit": ["t", "t"],
            "status": ["forecast", "forecast"],
        }
    )
    assert own.load_table(frame, "plan") == "table-plan"
    found = own.cypher(
        "MATCH (:Industry)-[r:REPORTED_BY]->(s:Source {id: 'table-plan'}) RETURN r.amount AS amount"
        " ORDER BY amount"
    )
    assert [row["amount"] for row in found] == [3.0, 900.0]
    wrong = polars.DataFrame(frame.assign(economy=["China", "Atlantis"]).to_dict(orient="list"))
    with pytest.raises(OrepathError, match="Atlantis"):
        own.load_table(wrong, "plan", replace=True)
    with pytest.raises(OrepathError, match="no row could be used"):
        own.load_table(frame.drop(columns="status"), "plan", replace=True)


def test_a_database_that_the_local_server_has_not_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("NEO4J_URI", "NEO4J_DATABASE"):
        monkeypatch.delenv(name, raising=False)
    package = importlib.import_module("orepath")
    with pytest.raises(OrepathError, match="only the database"):
        package.connect(database="other")


def test_importing_costs_nothing() -> None:
    """The names are imported when they are used, so that the command line starts at once."""
    code = "import sys, orepath; assert 'neo4j' not in sys.modules; orepath.connect; orepath.Answer"
    subprocess.run([sys.executable, "-c", code], check=True)
    package = importlib.import_module("orepath")
    assert set(package.__all__) == {"Answer", "Orepath", "OrepathError", "connect"}
    with pytest.raises(AttributeError):
        _ = package.nothing


def test_the_command_line_runs_a_statement(g: Orepath, tmp_path: Path) -> None:
    where = g.database.address

    def run(line: str) -> Any:
        words = shlex.split(line)
        environment = {
            "NEO4J_URI": where.uri,
            "NEO4J_USERNAME": where.username,
            "NEO4J_PASSWORD": where.password,
            "NEO4J_DATABASE": where.database,
        }
        return CliRunner().invoke(main.orepath, words, env=environment)

    shown = run("cypher 'MATCH (m:Material {id: $id}) RETURN m.name AS name' --param id=gallium")
    assert shown.stdout == "name\ngallium\n"
    numbers = run(
        "cypher 'RETURN $a AS a, $b AS b, $c AS c' -p a=1 -p b=1.5 -p c=true --format json"
    )
    assert json.loads(numbers.stdout)["rows"] == [{"a": 1, "b": 1.5, "c": True}]
    assert run("cypher 'RETURN 1' --param id").exit_code
    few = run("cypher 'UNWIND range(1, 5) AS n RETURN n' --limit 2")
    assert few.stdout == "n\n1\n2\n"
    assert "more rows" in few.stderr
    target = tmp_path / "own.graphml"
    run(f"cypher 'MATCH (m:Material) RETURN m LIMIT 3' -o {target}")
    assert len(networkx.read_graphml(target)) == 3


def test_what_is_no_frame_and_what_is_no_word_is_refused_with_what_to_do(tmp_path: Path) -> None:
    from orepath.api import frames

    for table in (None, [{"economy": "China"}], 3):
        with pytest.raises(OrepathError, match="is no table") as refused:
            frames.written(table, tmp_path, "plan")
        assert "DataFrame(rows)" in str(refused.value.hint)
    frame = pandas.DataFrame({"country": ["China"], "value": [1]})
    for name in ("../plan", "a/b", ""):
        with pytest.raises(OrepathError, match="cannot name a table"):
            frames.written(frame, tmp_path / "in", name)
    assert list(tmp_path.iterdir()) == []
    assert frames.written(frame, tmp_path, "plan").read_text() == "country,value\nChina,1\n"
    said = frames.refused(OrepathError("no column", "Download it again."), frame.columns)
    assert said.message == "no column"
    assert said.hint is not None
    assert "has the columns country, value; figures need economy, period, unit" in said.hint
    assert "Download" not in said.hint


def test_a_list_is_not_one_word_and_a_time_stamp_is_a_day(g: Orepath) -> None:
    with pytest.raises(OrepathError, match="material is one word, a number or a date") as error:
        g.ask("top-producers", material=["gallium", "indium"])  # type: ignore[arg-type]
    assert error.value.hint == "Ask once for each."
    found = g.ask("restrictions", as_of=pandas.Timestamp("2025-01-01"))
    assert found.parameters["as_of"] == date(2025, 1, 1)


def test_a_statement_tells_what_is_a_slip(g: Orepath) -> None:
    found = g.cypher("MATCH (m:Materal)-[:FORM_OFF]-(p) RETURN m.nam AS name")
    assert len(found) == 0
    assert found.notes == (
        "The ontology has no label `Materal`. Did you mean Material?",
        "The ontology has no relationship type `FORM_OFF`. Did you mean FORM_OF?",
        "The ontology has no property `nam`. Did you mean name?",
    )
    assert g.cypher("MATCH (m:Material {id: $id}) RETURN m.name", {"id": "tin"}).notes == ()
    with pytest.raises(OrepathError, match=r"\$id has no value") as error:
        g.cypher("MATCH (m:Material {id: $id}) RETURN m")
    assert "--param id=VALUE" in str(error.value.hint)
    with pytest.raises(OrepathError, match="the statement is empty"):
        g.cypher("  // nothing\n")


def test_a_notebook_completes_the_names_that_are_not_imported_yet() -> None:
    code = "import orepath; assert {'connect', 'OrepathError'} <= set(dir(orepath)), dir(orepath)"
    subprocess.run([sys.executable, "-c", code], check=True)
