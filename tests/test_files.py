"""Files of every ending, read back by programs that did not write them."""

from __future__ import annotations

import csv
import io
import json
import re
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import html5lib
import networkx
import openpyxl
import polars
import pyoxigraph
import pytest
import rdflib
from bibtexparser.entrypoint import parse_string
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from orepath.api.saving import saved
from orepath.cli.main import run
from orepath.graph.export.cypher import literal, script
from orepath.graph.export.triples import trig, turtle
from orepath.graph.subgraph import Node, Relationship, Subgraph
from orepath.ontology.errors import OrepathError
from orepath.ontology.rdf import to_rdf
from orepath.ontology.schema import load_schema
from orepath.queries.catalogue import catalogue
from orepath.queries.definition import Column
from orepath.queries.run import Answer, Citation
from orepath.report.files import ENDINGS, ending_of, render, write
from orepath.report.files.dress import dressed
from orepath.report.files.references import bibtex, csl_json
from orepath.report.page import Extent
from test_export import SMALL

COLUMNS = (
    Column(name="country", type="text", meaning="Who makes it"),
    Column(name="amount", type="number", unit="t", meaning="How much"),
    Column(name="share", type="share", meaning="Part of the world's output"),
    Column(name="year", type="integer", meaning="When"),
    Column(name="seen", type="date", meaning="Day"),
    Column(name="verified", type="boolean", meaning="Read"),
    Column(name="uses", type="list", meaning="What for"),
    Column(name="source", type="text", meaning="Who says so"),
)
ROWS = (
    ("China", 900.5, 0.9901, 2025, date(2026, 2, 3), True, ("LED", "solar cell"), "doc-a-long-1"),
    ("=1+1", 6.0, 0.0066, 2025, None, False, (), "doc-b-long-22"),
    ("Türkiye; 中国 <b>", None, None, None, date(1850, 1, 1), None, None, "doc-a-long-1"),
)
SOURCES = (
    Citation(
        "doc-a-long-1", "Gallium & 50 % {more}", "U.S. Geological Survey", "2026", "2026-02-03",
        "https://example.org/a_b?x=1&y={2}", "CC BY 4.0", "USGS, 2026, Gallium.", "A",
    ),
    Citation("doc-b-long-22", "Büro_$#~^\\ \"x\"", None, None, "2026", "javascript:alert(1)"),
)  # fmt: skip


def made(rows: Sequence[tuple[Any, ...]] = ROWS, columns: tuple[Column, ...] = COLUMNS) -> Answer:
    asked = replace(catalogue()["sources"], columns=columns)
    return Answer(
        asked, {"material": "gallium"}, {"material": "gallium"}, columns, tuple(rows),
        "China makes <99 %> & more.", ("A note with `evidence`.",), ("A caveat.",), SOURCES,
    )  # fmt: skip


def text(answer: Answer, ending: str, **more: Any) -> str:
    found = render(answer, ending, subgraph=lambda: SMALL, **more)
    assert isinstance(found, str)
    return found


def content(answer: Answer, ending: str, **more: Any) -> bytes:
    found = render(answer, ending, subgraph=lambda: SMALL, **more)
    assert isinstance(found, bytes)
    return found


# -- which file is which ---------------------------------------------------------------------------


def test_the_ending_says_what_a_file_is() -> None:
    found = {
        name: ending_of(name) for name in ("a.CSV", "b.htm", "x.csl.json", "y.turtle", "a.b.md")
    }
    assert list(found.values()) == ["csv", "html", "csl.json", "ttl", "md"]
    for name in ("a.docx", "a", "folder.csv/a"):
        with pytest.raises(OrepathError) as caught:
            ending_of(name)
        assert all(f".{ending}" in str(caught.value.hint) for ending in ENDINGS)
    assert ending_of("refs.csl-json") == "csl.json"
    assert ending_of("refs.bibtex") == "bib"
    for name, said in (
        ("a.xls", "Take .xlsx for it."), ("a.jpeg", "Take .png for it."),
        ("a.docx", "`orepath brief` writes .docx."), ("a.odt", "`orepath brief` writes .docx."),
    ):  # fmt: skip
        with pytest.raises(OrepathError) as caught:
            ending_of(name)
        assert str(caught.value.hint).startswith(said)
    with pytest.raises(OrepathError) as caught:
        ending_of("a.jpeg", ("csv",))
    assert "png" not in str(caught.value.hint)
    with pytest.raises(OrepathError, match=r"cannot be written as a \.csv"):
        ending_of("a.csv", ("md", "json"))


@pytest.mark.parametrize("ending", [e for e in ENDINGS if ENDINGS[e].holds != "picture"])
def test_the_same_answer_gives_the_same_bytes(ending: str) -> None:
    first = render(made(), ending, subgraph=lambda: SMALL, command="orepath ask x")
    assert first == render(made(), ending, subgraph=lambda: SMALL, command="orepath ask x")
    assert isinstance(first, bytes) == ENDINGS[ending].binary
    assert first


def test_what_cannot_be_rendered_says_what_can() -> None:
    with pytest.raises(OrepathError, match="no kind of file 'docx'"):
        render(made(), "docx")
    with pytest.raises(OrepathError, match="only a table"):
        render(made(), "graphml")


# -- rows ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("ending", "by"), [("csv", ","), ("tsv", "\t")])
def test_separated_values(ending: str, by: str) -> None:
    read = list(csv.reader(io.StringIO(text(made(), ending), newline=""), delimiter=by))
    assert read[0] == [c.name for c in COLUMNS]
    assert read[1][:7] == ["China", "900.5", "0.9901", "2025", "2026-02-03", "true",
                           "LED; solar cell"]  # fmt: skip
    assert read[2][0] == "=1+1"
    assert not text(made(), ending).startswith("\ufeff")
    assert len(text(made(), ending, extent=Extent(limit=1)).splitlines()) == 2


def test_json_keeps_the_order_of_columns() -> None:
    read = json.loads(text(made(), "json"))
    assert list(read["rows"][0]) == [c.name for c in COLUMNS]
    assert read["rows"][0]["share"] == 0.9901
    lines = [json.loads(line) for line in text(made(), "jsonl").splitlines()]
    assert lines == read["rows"]
    assert list(lines[0]) == [c.name for c in COLUMNS]


def test_html_stands_by_itself_and_can_be_read_by_a_machine_for_the_blind() -> None:
    page = text(made(), "html", command="orepath ask x --y '<z>'")
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parse(page)
    assert parser.errors == []
    assert root.get("lang") == "en"
    assert root.findtext(".//h1") == "China makes <99 %> & more."
    assert len(root.findall(".//h1")) == 1
    assert root.find(".//meta[@name='viewport']") is not None
    for table in root.iter("table"):
        assert table.findtext("caption")
        assert all(cell.get("scope") == "col" for cell in table.findall("thead/tr/th"))
        assert all(row.find("th").get("scope") == "row" for row in table.findall("tbody/tr"))
    anchors = {e.get("id") for e in root.iter() if e.get("id")}
    links = [e.get("href") for e in root.iter("a")]
    assert {link[1:] for link in links if link.startswith("#")} <= anchors
    assert sum(link.startswith("#source-") for link in links) == len(ROWS)
    assert not any("javascript" in link for link in links)
    assert [e.text for e in root.iter("code")] == ["evidence", "orepath ask x --y '<z>'"]
    assert not list(root.iter("script"))
    assert not re.search(r'(?:src|@import|url\()\s*=?\s*["\']?http', page)


def sheets(answer: Answer) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content(answer, "xlsx", command="orepath ask x")))


def test_a_workbook_has_real_numbers_and_keeps_text_as_text() -> None:
    book = sheets(made())
    assert book.sheetnames == ["Answer", "Rows", "Sources"]
    rows = book["Rows"]
    assert [c.value for c in rows[1]] == ["country", "amount (t)", "share (%)", "year", "seen",
                                          "verified", "uses", "source"]  # fmt: skip
    country, amount, share, year, seen, verified, uses, _ = rows[2]
    assert (country.value, amount.value, share.value) == ("China", 900.5, 0.9901)
    assert (year.value, verified.value, uses.value) == (2025, True, "LED; solar cell")
    assert share.number_format == "0.0%"
    assert year.number_format == "0"
    assert seen.is_date
    assert seen.value.date() == date(2026, 2, 3)
    formula = rows["A3"]
    assert (formula.value, formula.data_type) == ("=1+1", "s")
    assert rows["E4"].value == "1850-01-01"
    assert rows.freeze_panes == "A2"
    assert rows.auto_filter.ref == "A1:H4"
    assert rows.column_dimensions["A"].width >= len("Türkiye; 中国 <b>")
    told = [(r[0].value, r[1].value) for r in book["Answer"].iter_rows()]
    assert ("Finding", "China makes <99 %> & more.") in told
    assert ("Command", "orepath ask x") in told
    assert ("Note", "A note with `evidence`.") in told
    assert book["Sources"]["F2"].value == "A"
    assert book["Sources"]["H2"].hyperlink is None


def test_parquet_keeps_types_and_says_what_it_answers() -> None:
    data = content(made(), "parquet")
    frame = polars.read_parquet(io.BytesIO(data))
    assert frame.columns == [c.name for c in COLUMNS]
    assert frame.dtypes == [polars.String, polars.Float64, polars.Float64, polars.Int64,
                            polars.Date, polars.Boolean, polars.List(polars.String),
                            polars.String]  # fmt: skip
    assert frame["share"].to_list() == [0.9901, 0.0066, None]
    told = polars.read_parquet_metadata(io.BytesIO(data))
    assert told["orepath.finding"] == "China makes <99 %> & more."
    assert json.loads(told["orepath.sources"])[0]["licence"] == "CC BY 4.0"


ODD = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False),
    st.dates(), st.text(max_size=40), st.lists(st.text(max_size=5), max_size=3).map(tuple),
    st.sampled_from(["=1+1", "+SUM(A1)", "@x", "-2", '"', "a\x00b", "\r\n", "_x0041_", "中国",
                     "http://a.b/", "{=1}"]),
)  # fmt: skip


def test_a_text_too_long_for_a_cell_is_cut() -> None:
    rows = [("x" * 40_000, *ROWS[0][1:]), ("\x01" * 9_000, *ROWS[0][1:])]
    read = sheets(made(rows))["Rows"]
    assert len(read["A2"].value) == 32_767
    assert read["A2"].value.endswith("…")
    assert len(read["A3"].value) <= 32_767


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(*[ODD] * len(COLUMNS)), max_size=3))
def test_no_value_breaks_a_file(rows: list[tuple[Any, ...]]) -> None:
    answer = made(rows)
    read = sheets(answer)["Rows"]
    for row, cells in zip(rows, read.iter_rows(min_row=2), strict=False):
        for value, cell in zip(row, cells, strict=True):
            assert cell.data_type != "f"
            if isinstance(value, str) and len(value) < 1_000 and "\x00" not in value:
                # What reads it back resolves some of the escapes itself.
                kept = {(cell.value or "").replace("\r", ""), unescape(cell.value or "")}
                assert value.replace("\r", "") in kept or not value.isprintable()
    frame = polars.read_parquet(io.BytesIO(content(answer, "parquet")))
    assert frame.height == len(rows)
    assert len(list(csv.reader(io.StringIO(text(answer, "csv"), newline="")))) == len(rows) + 1
    assert len(json.loads(text(answer, "json"))["rows"]) == len(rows)
    assert text(answer, "jsonl").count("\n") == len(rows)
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parser.parse(text(answer, "html"))
    assert parser.errors == []


# -- the graph -------------------------------------------------------------------------------------


def test_graph_files_are_dressed_and_read_by_networkx() -> None:
    drawn = networkx.parse_graphml(text(made(), "graphml"), force_multigraph=True)
    gexf = networkx.read_gexf(io.BytesIO(text(made(), "gexf").encode()))
    assert set(drawn.nodes) == set(gexf.nodes) == {n.id for n in SMALL.nodes}
    gallium = drawn.nodes["material/gallium"]
    assert gallium["label"] == 'Ga "pure" & <fine>'
    assert re.fullmatch("#[0-9A-F]{6}", gallium["colour"])
    assert isinstance(gallium["layer"], int)
    assert drawn.nodes["economy/CHN"]["colour"] != gallium["colour"]
    red = gexf.nodes["material/gallium"]["viz"]["color"]["r"]
    assert red == int(gallium["colour"][1:3], 16)
    for graph in (drawn, gexf):
        (makes,) = [d for *_, d in graph.edges(data=True) if d.get("share")]
        assert (makes["weight"], makes["label"]) == (0.99, "makes 99 %")
    assert "lastmodified" not in text(made(), "gexf")


GEXF = "{http://www.gexf.net/1.2draft}"
PARSED: dict[str, Any] = {
    "boolean": {"true": True, "false": False}.__getitem__, "double": float, "float": float,
    "integer": int, "long": int, "string": str,
}  # fmt: skip


def test_gexf_is_as_its_specification_says() -> None:
    """What GEXF 1.2 asks for: declared attributes of known types, ids that are there once, ends
    that are nodes, colours of three bytes, and weights that are numbers."""
    root = ElementTree.fromstring(text(made(), "gexf").encode())
    assert (root.tag, root.get("version")) == (f"{GEXF}gexf", "1.2")
    (graph,) = root.findall(f"{GEXF}graph")
    assert graph.get("defaultedgetype") in ("directed", "undirected", "mutual")
    assert graph.get("mode", "static") == "static"
    declared: dict[str, dict[str | None, str | None]] = {}
    for attributes in graph.findall(f"{GEXF}attributes"):
        kinds = {a.get("id"): a.get("type") for a in attributes}
        assert len(kinds) == len(attributes)
        assert {a.get("title") for a in attributes}.isdisjoint({None, ""})
        declared[str(attributes.get("class"))] = kinds
    assert set(declared) == {"node", "edge"}
    nodes, edges = graph.findall(f".//{GEXF}node"), graph.findall(f".//{GEXF}edge")
    assert len(nodes) == len(SMALL.nodes)
    assert len(edges) == len(SMALL.relationships)
    ids = {n.get("id") for n in nodes}
    assert len(ids) == len(nodes)
    assert len({e.get("id") for e in edges}) == len(edges)
    for kind, elements in (("node", nodes), ("edge", edges)):
        for element in elements:
            values = element.findall(f"{GEXF}attvalues/{GEXF}attvalue")
            for value in values:
                PARSED[str(declared[kind][value.get("for")])](str(value.get("value")))
            assert len({v.get("for") for v in values}) == len(values)
    for edge in edges:
        assert {edge.get("source"), edge.get("target")} <= ids
        float(edge.get("weight", "1"))
    for colour in graph.iter(f"{GEXF[:-1]}/viz}}color"):
        assert all(0 <= int(str(colour.get(part))) <= 255 for part in "rgb")
        assert 0 <= float(colour.get("a", "1")) <= 1
    assert len(list(graph.iter(f"{GEXF[:-1]}/viz}}color"))) == len(nodes)


def test_every_class_has_a_look_of_its_own_and_no_two_nodes_one_name() -> None:
    roots = load_schema().roots
    dress = dressed()
    looks = {root: dress(Node(root, (root,), {"id": "x"})) for root in roots}
    assert len({look["colour"] for look in looks.values()}) == len(roots)
    twins = [Node(f"policy/{n}", ("Policy",), {"id": str(n), "name": "Act"}) for n in "ab"]
    assert [dressed(twins)(n)["label"] for n in twins] == ["Act (a)", "Act (b)"]


def strange() -> Subgraph:
    """A node whose values hold what formats take for something else."""
    values = {"id": "a b/ü\"<>`'\\", "name": "\x00\x01\\u0027 '\"\n\r\t\\ 中国 `x` ]]> \u2028"}
    return Subgraph((Node("material/odd", ("Material",), values),), ())


@pytest.mark.parametrize("piece", [SMALL, strange()], ids=["small", "strange"])
def test_turtle_and_trig_say_what_rdflib_makes(piece: Subgraph) -> None:
    from orepath.graph.export.rdf import records

    schema = load_schema()
    wanted = to_rdf(records(piece, schema), schema)
    written = "".join(turtle(piece.nodes, piece.relationships, schema))
    assert set(rdflib.Graph().parse(data=written, format="turtle")) == set(wanted)
    assert len(list(pyoxigraph.parse(written, format=pyoxigraph.RdfFormat.TURTLE))) == len(wanted)
    quads = list(
        pyoxigraph.parse(
            "".join(trig(piece.nodes, piece.relationships, schema)),
            format=pyoxigraph.RdfFormat.TRIG,
        )
    )
    assert {str(q.triple) for q in quads} == {
        str(q.triple) for q in pyoxigraph.parse(written, format=pyoxigraph.RdfFormat.TURTLE)
    }


def test_trig_names_the_data_set_that_states_a_thing() -> None:
    store = rdflib.Dataset()
    store.parse(data=text(made(), "trig"), format="trig")
    has = [g for *_, g in store.quads((None, rdflib.URIRef("https://w3id.org/orepath/HAS"), None))]
    named = {str(g) for g in has} or {
        str(g.identifier) for g in store.graphs() if "usgs-mcs-2026" in str(g.identifier)
    }
    assert named == {"https://w3id.org/orepath/source/usgs-mcs-2026"}


def test_tables_in_a_zip() -> None:
    with zipfile.ZipFile(io.BytesIO(content(made(), "zip"))) as archive:
        names = archive.namelist()
        economy = list(csv.DictReader(io.StringIO(archive.read("nodes/economy.csv").decode())))
        makes = list(csv.DictReader(io.StringIO(archive.read("relationships/MAKES.csv").decode())))
    assert "nodes/material.csv" in names
    assert (economy[0]["id"], economy[0]["class"]) == ("CHN", "Country")
    assert (makes[0]["start"], makes[0]["share"]) == ("industry/CHN:gallium/refined", "0.99")


def test_a_table_of_the_zip_holds_all_of_its_type() -> None:
    first, *_ = ties = SMALL.relationships
    assert len({tie.type for tie in ties}) > 1
    mixed = replace(SMALL, relationships=(*ties, replace(first, id="z")))
    found = render(made(), "zip", subgraph=lambda: mixed)
    assert isinstance(found, bytes)
    with zipfile.ZipFile(io.BytesIO(found)) as archive:
        names = archive.namelist()
        table = archive.read(f"relationships/{first.type}.csv").decode().splitlines()
    assert len(names) == len(set(names))
    assert len(table) == 1 + sum(tie.type == first.type for tie in mixed.relationships)


# -- sources ---------------------------------------------------------------------------------------


def test_bibtex_is_read_back() -> None:
    read = parse_string(bibtex(SOURCES))
    assert not read.failed_blocks
    first, second = read.entries
    assert (first.key, first.entry_type) == ("doc-a-long-1", "misc")
    assert first["author"] == "{U.S. Geological Survey}"
    assert first["title"] == r"{Gallium \& 50 \% \textbraceleft{}more\textbraceright{}}"
    assert (first["year"], first["date"]) == ("2026", "2026-02-03")
    assert first["url"] == "https://example.org/a_b?x=1&y=%7B2%7D"
    assert first["note"] == "licence: CC BY 4.0; grade A"
    assert second["date"] == "2026"


@given(st.lists(st.tuples(st.text(min_size=1), st.text(min_size=1), st.text()), max_size=4))
def test_no_source_breaks_a_bibliography(values: list[tuple[str, str, str]]) -> None:
    sources = [Citation(i, name, publisher, url=publisher) for i, name, publisher in values]
    read = parse_string(bibtex(sources))
    assert not read.failed_blocks
    assert len(read.entries) == len(sources)
    assert [item["title"] for item in json.loads(csl_json(sources))] == [v[1] for v in values]


def test_csl_json_is_as_its_schema_says() -> None:
    """What the schema of CSL 1.0.2 asks of an item: its id and type, known variables, names and
    dates in their forms; other keys are refused."""
    for item in json.loads(csl_json(SOURCES)):
        assert {"id", "type"} <= set(item)
        assert item["type"] == "document"
        texts = {"id", "type", "title", "publisher", "edition", "URL", "note", "annote"}
        assert set(item) <= texts | {"author", "issued"}
        assert all(isinstance(item[k], str) and item[k] for k in texts & set(item))
        for name in item.get("author", ()):
            assert set(name) == {"literal"}
            assert isinstance(name["literal"], str)
        if "issued" in item:
            (parts,) = item["issued"]["date-parts"]
            assert 1 <= len(parts) <= 3
            assert all(isinstance(part, int) for part in parts)


def test_csl_json_has_what_a_style_prints() -> None:
    first, second = json.loads(csl_json(SOURCES))
    assert first["author"] == [{"literal": "U.S. Geological Survey"}]
    assert first["issued"] == {"date-parts": [[2026, 2, 3]]}
    assert second["issued"] == {"date-parts": [[2026]]}
    assert {"id", "type", "title"} <= set(second)


# -- writing ---------------------------------------------------------------------------------------


def test_a_file_that_is_there_stays_unless_told(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    write(file, "old\n")
    with pytest.raises(OrepathError, match="is there already") as caught:
        write(file, "new\n")
    assert "--force" in str(caught.value.hint)
    assert file.read_text() == "old\n"
    write(file, b"new\n", force=True)
    assert file.read_text() == "new\n"
    assert list(tmp_path.iterdir()) == [file]


def test_what_may_not_be_written_is_not_made(tmp_path: Path) -> None:
    asked = []

    def content() -> str:
        asked.append(1)
        return "new"

    file = tmp_path / "a.svg"
    file.write_text("old", "utf-8")
    with pytest.raises(OrepathError, match="is there already"):
        saved(file, content, force=False)
    assert not asked
    assert saved(str(file), content, force=True) == file
    assert (asked, file.read_text("utf-8")) == ([1], "new")


def test_no_half_file_stays(tmp_path: Path) -> None:
    from orepath.report.files import replacing

    file = tmp_path / "a.csv"
    write(file, "old\n")
    for fault in (RuntimeError, KeyboardInterrupt):
        with pytest.raises(fault), replacing(file, force=True) as stream:  # noqa: PT012
            stream.write(b"half")
            raise fault
        assert file.read_text() == "old\n"
        assert list(tmp_path.iterdir()) == [file]


def test_ctrl_c_while_writing_leaves_the_old_file(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    write(file, "old\n")
    program = (
        "import sys, time\nfrom orepath.report.files import replacing\n"
        "with replacing(sys.argv[1], force=True) as s:\n"
        "    s.write(b'half'); s.flush(); print('writing', flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(file)],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "writing\n"
        assert len(list(tmp_path.iterdir())) == 2
        process.send_signal(signal.SIGINT)
        assert process.wait(20) != 0
    assert file.read_text() == "old\n"
    assert list(tmp_path.iterdir()) == [file]


def test_places_that_cannot_be_written_to(tmp_path: Path) -> None:
    with pytest.raises(OrepathError, match="no folder"):
        write(tmp_path / "none" / "a.csv", "x")
    with pytest.raises(OrepathError, match="is a folder"):
        write(tmp_path, "x")
    with pytest.raises(OrepathError, match="cannot be written"):
        write("/proc/a.csv", "x")


def test_a_link_stays_a_link_and_a_file_keeps_its_mode(tmp_path: Path) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    write(real, "old\n")
    real.chmod(0o640)
    link.symlink_to(real)
    write(link, "new\n", force=True)
    assert link.is_symlink()
    assert real.read_text() == "new\n"
    assert real.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    "words",
    [
        ["ask", "top-producers", "--material", "gallium", "-o", "{}/a.docx"],
        ["ask", "top-producers", "--material", "gallium", "-o", "{}/old.csv"],
        ["ask", "top-producers", "--material", "gallium", "--format", "csv", "-o", "{}/a.xlsx"],
        ["ask", "overview", "--material", "gallium", "-o", "{}/a.xlsx"],
        ["export", "top-producers", "--material", "gallium", "-o", "{}/a.png"],
        ["export", "--all", "-o", "{}/a.xlsx"],
        ["export", "--all", "top-producers", "--material", "gallium"],
        ["schema", "-o", "{}/a.xlsx"],
        ["schema", "-o", "{}/old.csv"],
        ["check", "-o", "{}/old.csv"],
        ["load", "table", "--template", "{}/a.xlsx"],
        ["load", "facts", "--template", "Claim", "-o", "{}/old.csv"],
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_no_command_writes_what_it_cannot_or_must_not(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # No server is asked: all of this is refused before.
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:1")
    old = tmp_path / "old.csv"
    old.write_text("old\n")
    started = time.monotonic()
    assert run([w.replace("{}", str(tmp_path)) for w in words]) in (1, 2)
    assert time.monotonic() - started < 5
    assert old.read_text() == "old\n"
    assert list(tmp_path.iterdir()) == [old]


def test_schema_replaces_a_file_when_told(tmp_path: Path) -> None:
    file = tmp_path / "model.mmd"
    file.write_text("old")
    assert run(["schema", "-o", str(file), "--force"]) == 0
    assert file.read_text().startswith("classDiagram")


# -- Cypher ----------------------------------------------------------------------------------------


def test_a_literal_cannot_be_left() -> None:
    assert literal("a'b\\c\nd\x00") == "'a\\'b\\\\c\\nd\\u0000'"
    assert literal({"a`b": (1, 2.5, None, True, date(2026, 2, 3))}) == (
        "{`a``b`: [1, 2.5, null, true, date('2026-02-03')]}"
    )
    with pytest.raises(ValueError, match="no number"):
        literal(float("inf"))


def test_the_script_names_every_key_and_merges_by_it() -> None:
    told = "".join(script(SMALL.nodes, SMALL.relationships, load_schema()))
    assert "CREATE CONSTRAINT material_id IF NOT EXISTS" in told
    assert "CREATE (" not in told
    assert "MERGE (a)-[r:`MAKES` {id: row.id}]->(b)" in told
    assert "MERGE (a)-[r:`HAS`]->(b)" in told


def odd_relationship() -> Relationship:
    return Relationship("x", "FORM_OF", "product/a", "material/a", {})


def test_an_unknown_relationship_is_no_triple() -> None:
    tie = replace(odd_relationship(), start="material/a", end="product/a")
    with pytest.raises(OrepathError, match="no relation FORM_OF"):
        list(turtle((), [tie], load_schema()))


def test_a_page_keeps_figures_and_citations_together() -> None:
    columns = (
        Column(name="product", type="text", meaning="What is made"),
        Column(name="share", type="share", meaning="Share"),
        Column(name="share_low", type="share", meaning="Low"),
        Column(name="share_high", type="share", meaning="High"),
        Column(name="year", type="text", meaning="Year"),
        Column(name="note", type="text", meaning="Note"),
        Column(name="sources", type="list", meaning="Sources"),
    )
    row = ("gallium", 0.95, 0.68, 0.99, "2016-2020", "made of alumina " * 8)
    ids = tuple(source.id for source in SOURCES)
    assert len(ids) > 1
    page = text(made([(*row, ids)], columns), "html")
    assert '<td class="number short">95\u00a0% (68–99\u00a0%)</td>' in page
    assert '<td class="short">2016-2020</td>' in page
    assert '<td class="long">made of alumina' in page
    assert '<td class="cited"><a href="#source-' in page
    assert "td.short, td a { white-space: nowrap; }" in page


def test_a_workbook_gives_long_texts_their_room_and_prints_what_is_read() -> None:
    columns = (
        Column(name="product", type="text", meaning="What is made"),
        Column(name="note", type="text", meaning="A note"),
        Column(name="share", type="share", meaning="Share"),
        Column(name="product_id", type="text", meaning="Id", detail=True),
    )
    book = sheets(made([("tin", "short", 0.5, "x"), ("tin", "a word " * 60, 0.5, "x")], columns))
    rows = book["Rows"]
    assert rows.row_dimensions[2].height is None
    letters = len("a word " * 60)
    assert rows.row_dimensions[3].height >= 15 * (letters // rows.column_dimensions["B"].width)
    assert rows.print_area == "'Rows'!$A$1:$C$3"
    long = [row for row in book["Sources"].iter_rows(min_row=2) if len(row[1].value) > 60]
    for row in long:
        assert book["Sources"].row_dimensions[row[0].row].height > 15.5
