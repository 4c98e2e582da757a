"""Pasted statements, captions, style, guide and favourites: what needs no browser."""

from __future__ import annotations

import io
import itertools
import json
import math
import re
import urllib.error
import urllib.request
from html.parser import HTMLParser
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orepath.cli.browser import copy_password
from orepath.cli.main import orepath
from orepath.graph.captions import LONGEST, captions
from orepath.graph.connection import Address, Graph
from orepath.graph.local.guide import address, serve
from orepath.graph.local.home import Home, Ports
from orepath.graph.local.java import on_connect
from orepath.graph.local.processes import free_port
from orepath.graph.shares import label, percent
from orepath.ontology.errors import OrepathError
from orepath.ontology.schema import load_schema
from orepath.queries import catalogue, topics
from orepath.queries.paste import pasted
from orepath.report.colours import colour
from orepath.report.kit.entries import Entry, arguments
from orepath.report.kit.favourites import favourites
from orepath.report.kit.folder import furnish
from orepath.report.kit.guide import guide
from orepath.report.kit.style import grass, style, style_command, text_on

SCHEMA = load_schema()
GIVEN = {
    "none": None,
    "yes": True,
    "no": False,
    "word": "main",
    "other": "x'y\\",
    "number": -3,
    "part": 0.5,
    "list": ["a", "b"],
}
LEAVES = (
    "$none IS NULL", "$word IS NULL", "$none IS NOT NULL", "$word IS NOT NULL", "$yes", "$no",
    "$word = 'main'", "$word <> 'main'", "$other = 'main'", "$number = 3", "$number < $part",
    "x.a = $none", "x.a = 1", "x.b > $number", "x.a IS NULL", "x.n IS NULL", "x.n = 1", "x.t",
    "coalesce(x.n = $none, true)", "coalesce(x.n, $none, $no)", "coalesce($none, x.t)",
    "'a' IN $list", "$word IN ['main']", "x.s STARTS WITH 'a'", "size($list) = 2", "true", "null",
    "EXISTS { UNWIND [1] AS one WITH one WHERE $none IS NULL OR one = $none RETURN one }",
    "any(one IN [1, 2] WHERE $none IS NULL OR one = $none)",
    "size([one IN [1, 2] WHERE $none IS NULL]) = 2",
    "reduce(s = null, one IN [1] | coalesce(s, $yes))",
    "CASE WHEN $none IS NULL THEN x.t ELSE x.n END",
    "CASE WHEN x.t THEN $no WHEN $word IS NULL THEN true END",
    "CASE $word WHEN 'main' THEN x.t ELSE false END",
)  # fmt: skip
EXPRESSIONS = st.recursive(
    st.sampled_from(LEAVES),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from((" OR ", " AND ", " XOR ")), inner).map(
            lambda parts: f"({''.join(parts)})"
        ),
        st.tuples(inner, st.sampled_from((" OR ", "\n  AND ", " OR // why\n ")), inner).map(
            "".join
        ),
        inner.map(lambda text: f"NOT ({text})"),
        inner.map(lambda text: f"coalesce({text}, $none, false)"),
        st.tuples(inner, inner).map(lambda p: f"CASE WHEN {p[0]} THEN ({p[1]}) ELSE $none END"),
    ),
    max_leaves=6,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(expressions=st.lists(EXPRESSIONS, min_size=10, max_size=25))
def test_what_is_decided_beforehand_is_what_the_server_decides(
    graph: Graph, expressions: list[str]
) -> None:
    row = "WITH {a: 1, b: -5, t: true, s: 'abc'} AS x\n"
    returned = ",\n".join(f"{text} AS c{at}" for at, text in enumerate(expressions))
    statement = f"{row}RETURN {returned}"
    said = graph.read(statement, GIVEN).records
    written = pasted(statement, GIVEN)
    assert "$" not in written
    assert [r.values() for r in graph.read(written).records] == [r.values() for r in said]
    for text in expressions[:3]:
        where = f"{row}WITH x WHERE {text}\nRETURN x.a AS a"
        filtered = graph.read(pasted(where, GIVEN)).records
        assert len(filtered) == len(graph.read(where, GIVEN).records)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("MATCH (s) WHERE $none IS NULL OR s.id = $none RETURN s", "MATCH (s) RETURN s"),
        (
            "MATCH (s) WHERE ($none IS NULL OR s.id = $none) AND s.x > 1 RETURN s",
            "MATCH (s) WHERE s.x > 1 RETURN s",
        ),
        ("MATCH (s) // why\nWHERE $none IS NULL RETURN s", "MATCH (s) // why\n RETURN s"),
        ("MATCH (s {id: $word}) RETURN s", "MATCH (s {id: 'main'}) RETURN s"),
        ("RETURN x -$number", "RETURN x -(-3)"),
        ("RETURN [x IN y WHERE $none IS NULL]", "RETURN [x IN y WHERE true]"),
        ("RETURN [x IN y WHERE x:A | x.b]", "RETURN [x IN y WHERE x:A | x.b]"),
        ("RETURN n:A|B OR $none IS NULL", "RETURN n:A|B OR null IS NULL"),
        ("RETURN {a: n:L OR $none IS NULL}", "RETURN {a: true}"),
        ("RETURN x.s STARTS WITH 'a' OR $yes", "RETURN true"),
        ("RETURN x.end AND $yes", "RETURN x.end"),
        ("RETURN $unknown", "RETURN $unknown"),
    ],
)
def test_only_what_is_decided_is_left_out(before: str, after: str) -> None:
    assert pasted(before, GIVEN) == f"{after}\n"


@pytest.mark.parametrize(
    ("properties", "text"),
    [
        ({"share": 0.990099}, "99 %"),
        ({"share": 0.999, "share_low": 0.9}, "over 99 %"),
        ({"share_high": 0.9}, "at most 90 %"),
        ({"share_low": 0.05}, "at least 5 %"),
        ({"low": 0.4, "high": 0.6}, "40 % to 60 %"),
        ({}, None),
    ],
)
def test_the_text_on_a_line_is_its_share_or_bound(
    properties: dict[str, float], text: str | None
) -> None:
    assert label(properties) == text


@given(fraction=st.floats(0, 1))
def test_a_rounded_share_claims_neither_all_nor_nothing(fraction: float) -> None:
    text = percent(fraction)
    assert (text == "100 %") == (fraction == 1)
    assert (text == "0 %") == (round(fraction * 100, 9) == 0)


NAMES = st.dictionaries(
    st.tuples(st.sampled_from(("Material", "Product", "Source")), st.text("abc-/", min_size=1)),
    st.one_of(
        st.sampled_from(("gallium", "gallium, primary low-purity " * 3)),
        st.text(" ab,:…", min_size=1, max_size=90),
    ),
    max_size=30,
)


@given(names=NAMES)
def test_no_two_captions_are_alike(names: dict[tuple[str, str], str]) -> None:
    made = captions(names, {"Source": "source"})
    assert made.keys() == names.keys()
    assert len(set(made.values())) == len(made)


def test_captions_are_short_and_say_what_differs() -> None:
    made = captions(
        {
            ("Sector", "defence"): "defence",
            ("Application", "usgs/defence"): "defence",
            ("Application", "usgs/glass"): "glass",
            ("ExportRestriction", "cn-1"): "China: export licence, gallium; germanium; graphite",
            ("ExportRestriction", "cn-2"): "China: export licence, gallium; germanium; antimony",
        },
        {"Application": "application"},
    )
    assert made["Sector", "defence"] == "defence"
    assert made["Application", "usgs/defence"] == "defence (application)"
    assert made["ExportRestriction", "cn-1"].endswith("graphite")
    assert made["ExportRestriction", "cn-2"].endswith("antimony")
    assert all(len(text) <= LONGEST for text in made.values())


def test_the_graph_has_captions_and_texts_on_lines(bundled: Graph) -> None:
    counted = bundled.read(
        "MATCH (n) WHERE NOT n:Load RETURN count(*) AS n, count(n.caption) AS captions, "
        "count(DISTINCT n.caption) AS different"
    ).records[0]
    assert counted["n"] == counted["captions"] == counted["different"]
    for type_ in ("MAKES", "FEEDS", "SUPPLIES_MARKET", "SUPPLIES"):
        shares = bundled.read(
            f"MATCH ()-[r:{type_}]->() WHERE r.share IS NOT NULL "
            "RETURN r.share AS share, r.label AS label LIMIT 2000"
        ).records
        assert shares
        assert all(record["label"] == percent(record["share"]) for record in shares)


def test_every_class_has_a_colour_of_its_own_family() -> None:
    rules = style(SCHEMA)
    assert {f"node.{name}" for name in SCHEMA.nodes} < rules.keys()
    lettered = {r.type for r in SCHEMA.relations.values() if "label" in names_of(r.properties)}
    assert lettered == {"MAKES", "FEEDS", "SUPPLIES_MARKET", "SUPPLIES"}
    assert all(rules[f"relationship.{t}"]["caption"] == "{label}" for t in lettered)
    shades = {root: colour([root]) for root in SCHEMA.roots if root != "Load"}
    for first, second in itertools.combinations(shades, 2):
        assert difference(shades[first], shades[second]) >= 20, (first, second)


def names_of(properties: object) -> set[str]:
    return {p.name for p in properties}  # type: ignore[attr-defined]


EYES = {
    # Machado, Oliveira and Fernandes 2009, severity 1: the usual eye, no green, no red.
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "deutan": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "protan": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
}


def difference(first: str, second: str) -> float:
    """The least distance (CIE 1976) of two colours for these eyes."""
    return min(math.dist(lab(first, eye), lab(second, eye)) for eye in EYES)


def lab(shade: str, eye: str) -> tuple[float, float, float]:
    parts = [int(shade[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    r, g, b = (
        min(1.0, max(0.0, sum(w * p for w, p in zip(row, linear, strict=True))))
        for row in EYES[eye]
    )
    x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def test_texts_can_be_read_on_their_colour() -> None:
    assert text_on("#000000") != text_on("#FFFFFF")
    for selector, rule in style(SCHEMA).items():
        if selector.startswith("node"):
            assert rule["text-color-internal"] == text_on(rule["color"]), selector


def test_the_style_of_a_subclass_follows_that_of_its_class() -> None:
    selectors = list(style(SCHEMA))
    assert selectors.index("node.Economy") < selectors.index("node.Country")
    assert colour(SCHEMA.nodes["Country"].labels) == colour(["Economy"])
    assert ";" not in style_command(style(SCHEMA))
    assert json.loads(style_command(style(SCHEMA))) == style(SCHEMA)
    assert "node.Material {\n" in grass(style(SCHEMA))


ENTRY = Entry(
    "top-producers", "dependence", 'Who makes "it"?', "material: a<b", "RETURN 1\n", "RETURN 2\n"
)


class Links(HTMLParser):
    """What the guide types into the editor, and how many pages it has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.typed: list[str] = []
        self.slides = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.typed += [value for name, value in attrs if name == "data-populate" and value]
        self.slides += tag == "slide"


def test_the_guide_types_in_whole_statements() -> None:
    made = guide(SCHEMA, topics(), [ENTRY], "key")
    read = Links(made)
    title = '// Who makes "it"? (material: a<b)'
    wanted = [f"{title} [table]\nRETURN 1", f"{title} [picture]\nRETURN 2"]
    assert read.typed == wanted * 2  # to begin with, and under its topic
    assert read.slides == 2
    assert made == guide(SCHEMA, topics(), [ENTRY], "key")


def test_favourites_are_files_by_topic_and_the_same_each_time() -> None:
    made = favourites([ENTRY])
    assert made == favourites([ENTRY])
    with ZipFile(io.BytesIO(made)) as archive:
        assert archive.namelist() == [
            "Orepath dependence/top-producers table.cypher",
            "Orepath dependence/top-producers picture.cypher",
        ]
        assert archive.read(archive.namelist()[0]).startswith(b'// Who makes "it"?')


def test_an_example_is_read_as_the_command_line_reads_it() -> None:
    for question in catalogue().values():
        for example in question.examples:
            given = arguments(question, example)
            missing = {p.name for p in question.parameters if p.required} - given.keys()
            assert not missing, example
            assert None not in given.values(), example


def test_the_guide_is_served_across_origins_and_nothing_else_is(tmp_path: Path) -> None:
    folder = tmp_path / "kit"
    folder.mkdir()
    (tmp_path / "password").write_text("secret")
    furnish(folder)
    port = free_port(())
    server = serve(folder, port)
    try:
        asked = urllib.request.Request(address(port).replace("localhost", "127.0.0.1"))
        with urllib.request.urlopen(asked) as answer:
            assert answer.headers["Access-Control-Allow-Origin"] == "*"
            assert b"orepath load" in answer.read()
        asked.method = "OPTIONS"
        with urllib.request.urlopen(asked) as answer:
            assert answer.status == 204
            assert answer.headers["Access-Control-Allow-Private-Network"] == "true"
        for path in ("", "../password", "%2e%2e/password"):
            with pytest.raises(urllib.error.HTTPError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}")
    finally:
        server.shutdown()
        server.server_close()


def test_the_browser_is_told_style_and_guide(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.make()
    assert on_connect(home, 0) == "config autoComplete:false"
    furnish(home.kit)
    config, look, play = on_connect(home, 7475).split("; ")
    assert config == "config autoComplete:false"
    assert json.loads(look.removeprefix("style "))["node.Material"]["caption"] == "{caption}"
    assert play == "play http://localhost:7475/guide.html"


def test_ports_once_chosen_stay(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.make()
    assert home.ports() == Ports()
    home.keep_ports(Ports(1, 2, 3))
    assert Home(tmp_path).ports() == Ports(1, 2, 3)
    home.ports_file.write_text("{")
    assert home.ports() == Ports()


def test_the_kit_is_written_for_any_neo4j(
    bundled: Graph, environment: object, tmp_path: Path
) -> None:
    environment(bundled)  # type: ignore[operator]
    folder = tmp_path / "kit"
    for _ in range(2):
        done = CliRunner().invoke(orepath, ["browser", "--kit", str(folder)])
        assert done.exit_code == 0, done.output
        names = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert {"guide.html", "orepath.grass", "favourites.zip", "README.txt"} < names.keys()
    typed = Links(names["guide.html"].decode()).typed
    with ZipFile(io.BytesIO(names["favourites.zip"])) as archive:
        assert {archive.read(name).decode().strip() for name in archive.namelist()} == set(typed)
    assert len(set(typed)) >= 2 * (len(catalogue()) - 1)
    assert not any(re.search(r"\$|\bnull IS\b", text) for text in typed)
    (folder / "mine.txt").write_text("")
    refused = CliRunner().invoke(orepath, ["browser", "--kit", str(folder)])
    assert "holds other files (mine.txt)" in str(refused.exception)


def test_the_password_is_printed_or_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    import pyperclip

    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:1")
    monkeypatch.setenv("NEO4J_PASSWORD", "s3cret")
    printed = CliRunner().invoke(orepath, ["browser", "--password"])
    assert printed.stdout == "s3cret\n"
    where = Address("bolt://127.0.0.1:1", "neo4j", "s3cret")
    copied: list[str] = []
    monkeypatch.setattr(pyperclip, "copy", copied.append)
    copy_password(where)
    assert copied == ["s3cret"]

    def none(_: str) -> None:
        raise pyperclip.PyperclipException

    monkeypatch.setattr(pyperclip, "copy", none)
    with pytest.raises(OrepathError, match="no clipboard") as caught:
        copy_password(where)
    assert "--password" in str(caught.value.hint)
