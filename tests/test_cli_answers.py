"""The command line on a real Neo4j: answers in each form, exports, loads, checks."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx
import pyoxigraph
import pytest
import rdflib
from click.testing import CliRunner, Result

from orepath.api import Orepath
from orepath.api.answer import RDF
from orepath.cli import main
from orepath.graph.connection import Graph
from orepath.loaders.load import load_source
from orepath.queries.catalogue import catalogue
from orepath.report.files.endings import ENDINGS

from .test_cli import HEAVY, on_terminal, process

GALLIUM = ("top-producers", "--material", "gallium")
Point = Callable[[Graph], None]


def invoke(*arguments: str) -> Result:
    """Run a command line in this process; it must succeed."""
    result = CliRunner().invoke(main.orepath, arguments)
    assert result.exit_code == 0, result.output
    return result


@pytest.fixture
def full(bundled: Graph, environment: Point) -> Graph:
    """Commands go to a server that holds the whole bundle."""
    environment(bundled)
    return bundled


@pytest.fixture
def empty(graph: Graph, environment: Point) -> Graph:
    """Commands go to a server that holds nothing."""
    environment(graph)
    return graph


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_pipe_gets_csv_unrounded_with_codes(full: Graph) -> None:
    done = process("ask", *GALLIUM)
    assert done.returncode == 0
    assert done.stderr == ""
    found = rows(done.stdout)
    assert list(found[0]) == [c.name for c in catalogue()["top-producers"].columns]
    china = next(row for row in found if row["country_id"] == "CHN")
    assert china["country"] == "China"
    assert float(china["share"]) == pytest.approx(900 / 909)
    assert len(china["share"]) > 8


def test_a_terminal_gets_finding_table_and_footnotes(full: Graph) -> None:
    seen = on_terminal("ask", *GALLIUM, NO_COLOR="1", COLUMNS="110")
    finding, heading, caveat = seen.find("China makes 99 %"), seen.find("gallium, "), seen.find(
        "Caveat:"
    )  # fmt: skip
    assert -1 < finding < heading or finding == 0
    assert finding < caveat
    assert re.search(r"China +900 +99 % +estimated +usgs-mcs-2026", seen)
    assert "Source: usgs-mcs-2026 U.S. Geological Survey" in seen
    assert "country_id" not in seen
    assert all(len(line) <= 110 for line in seen.splitlines())


def test_a_narrow_terminal_gets_fewer_columns_then_one_block_a_row(full: Graph) -> None:
    asked = ("ask", "restrictions", "--as-of", "2026-02-03", "--limit", "5")
    seen = on_terminal(*asked, COLUMNS="70", NO_COLOR="1")
    assert "Columns left out for width: " in seen
    assert all(len(line) <= 70 for line in seen.splitlines())
    seen = on_terminal(*asked, COLUMNS="32", NO_COLOR="1")
    assert re.search(r"^  effective +\d{4}-\d\d-\d\d$", seen, re.MULTILINE)


def test_json_has_everything(full: Graph) -> None:
    told = json.loads(invoke("ask", *GALLIUM, "--format", "json").stdout)
    assert told["question"] == "top-producers"
    assert told["parameters"]["material"] == "gallium"
    assert told["finding"].startswith("China makes 99 %")
    assert told["rows"][0]["amount"] == 900
    assert {"usgs-mcs-2026"} <= {s["id"] for s in told["sources"]}
    assert told["caveats"]


def test_a_file_is_written_as_its_name_says(full: Graph, tmp_path: Path) -> None:
    for name in ("a.md", "a.json", "a.csv", "a.txt"):
        assert invoke("ask", *GALLIUM, "-o", str(tmp_path / name)).stdout == ""
    markdown = (tmp_path / "a.md").read_text("utf-8")
    assert "| country | amount | share |" in markdown
    assert "| China | 900 | 99 % |" in markdown
    assert "Sources:\n\n- usgs-mcs-2026: " in markdown
    json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert rows((tmp_path / "a.csv").read_text("utf-8"))
    assert "\x1b" not in (tmp_path / "a.txt").read_text("utf-8")


def test_names_resolve_generously_and_wrong_ones_are_told(full: Graph) -> None:
    same = {
        invoke("ask", "restrictions", "--country", name, "--as-of", "2026-02-03").stdout
        for name in ("China", "CN", "CHN", "china")
    }
    assert len(same) == 1
    done = process("ask", "top-producers", "--material", "galliun")
    assert done.returncode == 1
    assert done.stdout == ""
    assert "did you mean" in done.stderr.lower()
    assert "gallium" in done.stderr
    assert "Traceback" not in done.stderr


def test_no_rows_are_an_answer_and_said_on_stderr(full: Graph) -> None:
    done = process("ask", *GALLIUM, "--year", "1066")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 1
    assert "not in the data" in done.stderr


def test_the_cypher_can_be_pasted(full: Graph) -> None:
    text = invoke("ask", *GALLIUM, "--cypher").stdout
    assert "{id: 'gallium'}" in text
    assert "$" not in text
    assert "null IS NULL" not in text
    assert full.read(text).records


def test_the_link_carries_the_query_with_its_values(full: Graph) -> None:
    from urllib.parse import parse_qs, urlsplit

    result = invoke("ask", *GALLIUM, "--browser")
    link = urlsplit(result.stdout.strip())
    said = parse_qs(link.query)
    assert link.path == "/browser/"
    assert said["cmd"] == ["edit"]
    assert "'gallium'" in said["arg"][0]
    assert "$" not in said["arg"][0]
    assert full.read(said["arg"][0]).records
    assert "--http" in result.stderr
    own = invoke("browser", "--http", "http://localhost:9999/").stdout
    assert own.startswith("http://localhost:9999/browser/?")


@pytest.mark.timeout(600)
def test_every_question_is_told_in_every_form(full: Graph) -> None:
    orepath = Orepath(full)
    for name, question in catalogue().items():
        given: dict[str, Any] = {p.name: p.example for p in question.parameters if p.required}
        words = [w for p, text in given.items() for w in (f"--{p.replace('_', '-')}", text)]
        assert invoke("ask", name, *words, "--format", "table").stdout, name
        answer = orepath.ask(name, **given)
        for ending, meant in ENDINGS.items():
            if meant.holds == "picture" or (meant.holds == "graph" and not question.picture):
                continue
            content = answer.render(ending)
            # An answer without rows leaves lists empty.
            assert content or (not len(answer) and ending in ("jsonl", "bib")), (name, ending)
            written = content.encode() if isinstance(content, str) else content
            if ending == "graphml":
                networkx.read_graphml(io.BytesIO(written), force_multigraph=True)
            elif ending in RDF:
                form = pyoxigraph.RdfFormat.from_extension(ending)
                assert list(pyoxigraph.parse(written, form)) or not len(answer), (name, ending)


def test_an_export_holds_the_picture(full: Graph, tmp_path: Path) -> None:
    file = tmp_path / "gallium.ttl"
    result = invoke("export", *GALLIUM, "-o", str(file))
    assert result.stdout == ""
    assert re.search(r"\d+ nodes, \d+ relationships", result.stderr)
    facts = rdflib.Graph().parse(file)
    ore = rdflib.Namespace("https://w3id.org/orepath/")
    assert (ore["material/gallium"], rdflib.RDF.type, ore.Material) in facts
    assert (ore["economy/CHN"], rdflib.RDF.type, ore.Country) in facts
    read = json.loads(invoke("export", *GALLIUM, "--to", "json").stdout)
    assert {"material/gallium", "economy/CHN"} <= {n["id"] for n in read["nodes"]}


def test_asking_imports_nothing_that_takes_time(full: Graph) -> None:
    code = (
        "import sys\nfrom orepath.cli.main import run\n"
        f"assert run(['ask', *{GALLIUM!r}, '--format', 'table']) == 0\n"
        "print(sorted({m.partition('.')[0] for m in sys.modules}), file=sys.stderr)"
    )
    invoke("ask", *GALLIUM)  # The schema is compiled once for all.
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ
    )
    loaded = set(re.findall(r"'([^']+)'", done.stderr))
    assert {"neo4j", "rich"} <= loaded
    assert not loaded & HEAVY


def test_sources_tell_what_is_loaded_and_what_can_be(full: Graph) -> None:
    loaded = rows(invoke("sources").stdout)
    assert {"usgs-mcs-2026", "eu-crm-2023"} <= {row["source"] for row in loaded}
    both = json.loads(invoke("sources", "--format", "json").stdout)
    assert both["loaded"]
    assert {"usgs-mcs-2026"} <= {s["id"] for s in both["loaders"]}
    told = invoke("sources", "--format", "table").stdout
    assert "What each loader expects" in told


def test_an_empty_graph_says_to_load(empty: Graph, capsys: pytest.CaptureFixture[str]) -> None:
    for line in (("ask", *GALLIUM), ("export", *GALLIUM, "--to", "json"), ("check",)):
        assert main.run(line) == 1
        assert "orepath load" in capsys.readouterr().err


def test_check_passes_and_fails(empty: Graph, capsys: pytest.CaptureFixture[str]) -> None:
    load_source(empty, "vocabulary", ())
    assert main.run(["check"]) == 0
    assert "conforms" in capsys.readouterr().err
    empty.run("CREATE (:Product {id: 'nothing/refined', name: 'made of nothing'})")
    assert main.run(["check"]) == 1
    told = capsys.readouterr()
    found = rows(told.out)
    assert any("nothing/refined" in row["focus"] for row in found)
    assert "violations" in told.err


def test_load_tells_what_it_did_and_what_it_refused(
    empty: Graph, shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    load_source(empty, "vocabulary", ())
    original = next((shared / "data" / "usgs_mcs2026").glob("MCS2026_Commodities_Data.csv*"))
    lines = original.read_bytes().splitlines(keepends=True)
    broken = tmp_path / "MCS2026_Commodities_Data.csv"
    wanted = next(i for i, line in enumerate(lines) if b"900,000" in line and b"China" in line)
    lines[wanted] = lines[wanted].replace(b"900,000", b"nine lakh")
    broken.write_bytes(b"".join(lines))
    rejects = tmp_path / "rejects.csv"
    assert main.run(["load", "usgs-mcs", str(broken), "--rejects", str(rejects)]) == 3
    told = capsys.readouterr()
    assert told.out == ""
    assert "usgs-mcs-2026: " in told.err
    refused = rows(rejects.read_text("utf-8"))
    assert any("nine lakh" in row["value"] for row in refused)
    assert all(row["reason"] and row["file"] for row in refused)
    assert "all else was loaded: exit code 3" in told.err
    assert main.run(["load", "usgs-mcs", str(broken), "--strict"]) == 3
    assert f"line {wanted + 1}" in capsys.readouterr().err
    assert main.run(["derive"]) == 0
    assert "Headline shares: " in capsys.readouterr().err
