"""The brief: what it is made of fits the library, it says what the answers say, and every dressing
of it holds the same."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pypdf
import pytest
from click.testing import CliRunner, Result

from orepath.cli import main
from orepath.graph.connection import Graph
from orepath.ontology.errors import OrepathError
from orepath.ontology.vocabulary import vocabulary
from orepath.queries import Column, Question
from orepath.queries.catalogue import catalogue
from orepath.queries.finding import fields, written
from orepath.queries.names import names_of
from orepath.queries.run import Answer, Citation
from orepath.report.brief import (
    FORMS,
    Asked,
    Brief,
    Figure,
    Part,
    Source,
    Table,
    brief,
    bundle,
    render,
)
from orepath.report.brief.asker import Asker
from orepath.report.brief.bundle import MANIFEST, check
from orepath.report.brief.content import _fits
from orepath.report.brief.declaration import Cell, Passage, Saying, declaration
from orepath.report.brief.mapping import as_mapping
from orepath.report.brief.prose import CLOSE, OPEN, Kept, Numbers, Teller, kept
from orepath.report.brief.subject import KINDS, arguments, command

from .test_cli_answers import Point

DERIVED = {"country_id", "market", "unneeded"}
"""Words that a passage may need beside those of the user."""
PASSAGES = [*declaration().title, *(p for s in declaration().parts for p in s.passages)]
NAMED = [f"{i}-{p.question}" for i, p in enumerate(PASSAGES)]
SUBJECTS: tuple[dict[str, str], ...] = (
    {"sector": "automotive", "country": "South Africa"},
    {"material": "gallium"},
    {"importer": "US"},
    {"sector": "digital"},
    {"country": "DR Congo"},
    {"sector": "defence", "country": "China", "material": "rare earths", "importer": "Japan"},
    {"sector": "energy", "material": "lithium"},
    {"sector": "defence", "country": "Malta"},
)
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20" viewBox="0 0 40 20">'
    '<rect width="30" height="10"/></svg>'
)
COLUMNS = (
    Column(name="product", type="text", meaning="A product"),
    Column(name="share", type="share", meaning="A share"),
    Column(name="makers", type="list", meaning="Who makes it"),
    Column(name="sources", type="list", meaning="Where it is from"),
)
ROWS = (
    ("magnet <NdFeB>", 0.915, ("China", "Japan"), ("b", "a")),
    ("alloy", 0.4, ("Japan",), ("a",)),
    ("oxide", None, (), ()),
)


def an_answer(rows: tuple[tuple[Any, ...], ...] = ROWS) -> Answer:
    question = Question(
        id="top-producers",
        topic="dependence",
        title="Who makes it?",
        columns=COLUMNS,
        caveats=(),
        finding=("{rows:product|products}, first {product} with {share} ({sources}).",),
        nothing="Nothing.",
        method="",
        examples=(),
        table="RETURN 1",
    )
    return Answer(
        question,
        {},
        {"material": "magnets"},
        COLUMNS,
        rows,
        "3 products.",
        (),
        (),
        (Citation("a", "First & oldest", grade="A"), Citation("b", "Second", grade="C")),
        ("3 products.",),
    )


def a_brief(text: str = "China makes 92 % of it [1], and Japan the rest [1, 2].") -> Brief:
    answer = an_answer()
    table = Table("Shares.", ("Product", "Share"), (False, True), (("a | b", "92 % [2]"),))
    figure = Figure("bars", SVG, SVG, "What is made [1].", "A bar of 92 %.")
    asked = Asked(answer, "orepath ask top-producers", "MATCH (n) WHERE n.a < 1 RETURN n")
    part = Part("made", "Who makes it", (text,), (), (figure,), (table,), (asked,))
    aside = Part("unknown", "What is not known", points=("Much <b>&</b> more.",), aside=True)
    cited = [Citation("a", "First & oldest", url="https://a.example/x", licence="CC0", grade="A")]
    cited.append(Citation("b", "Second", citation="Second. https://b.example/y", grade="C"))
    return Brief(
        "China makes most magnets",
        "It makes 92 % [1].",
        {"country": "China", "importer": "European Union"},
        (part, aside),
        tuple(Source(n, one) for n, one in enumerate(cited, start=1)),
        "orepath brief --country China",
        "2026-04-24",
        "0.2.0",
        "0.6.0",
        ("usgs-mcs-2026",),
    )


# What is declared


@pytest.mark.parametrize("passage", PASSAGES, ids=NAMED)
def test_every_passage_fits_its_question(passage: Passage) -> None:
    asked = catalogue()[passage.question]
    columns, parameters = set(asked.column_names()), {p.name for p in asked.parameters}
    assert set(passage.given) <= parameters
    required = {p.name for p in asked.parameters if p.required}
    assert required <= set(passage.given)
    words = set(KINDS) | DERIVED
    needed = {t[1:] for p, t in passage.given.items() if t.startswith("$") and p in required}
    assert needed <= {*passage.needs, "importer"}
    assert {*passage.needs, *passage.without, *passage.only, *passage.besides} <= words
    assert set(passage.keep) <= columns
    named = [passage.order, passage.each, passage.per, *(s.one for s in passage.say)]
    assert {n for n in named if n is not None} <= columns
    for text in (s.text for s in (*passage.say, *passage.lead)):
        assert fields_of(text) <= columns | parameters | words | {"rows"}, text
    for text in (*(c.show for c in passage.table), passage.caption):
        assert fields_of(text) <= columns | parameters | words, text
    for text in (passage.none, *passage.nothing, *(c.head for c in passage.table)):
        assert fields_of(text) <= words, text
    for condition in passage.keep.values():
        if condition.startswith("@"):
            other, _, column = condition[1:].partition(".")
            before = PASSAGES[: PASSAGES.index(passage)]
            known = {p.id or p.question: p.question for p in before}
            assert column in catalogue()[known[other]].column_names()
        elif condition.lstrip("!").startswith("$"):
            assert condition.lstrip("!")[1:] in words


def fields_of(text: str) -> set[str]:
    """The columns and words in a sentence, those of its clauses and of its ranges too."""
    found = fields(text.replace("[", "").replace("]", ""))
    return found | set(re.findall(r":(?:to|of)=(\w+)", text))


def test_every_table_names_its_sources() -> None:
    for passage in PASSAGES:
        if passage.table:
            assert passage.table[-1].head in ("Source", "Sources"), passage.question
            assert passage.caption


# What is told of an answer


@pytest.mark.parametrize(
    ("condition", "products"),
    [
        ({"makers": "Japan"}, ["magnet <NdFeB>", "alloy"]),
        ({"makers": "$country"}, ["magnet <NdFeB>"]),
        ({"makers": "!$country"}, ["alloy", "oxide"]),
        ({"makers": "$unknown"}, ["magnet <NdFeB>", "alloy", "oxide"]),
        ({"share": "!"}, ["magnet <NdFeB>", "alloy"]),
        ({"share": ">0.5"}, ["magnet <NdFeB>"]),
        ({"share": ""}, ["oxide"]),
        ({"product": "!alloy"}, ["magnet <NdFeB>", "oxide"]),
        ({"product": "@other.product"}, ["alloy"]),
        ({"product": "@nobody.product"}, ["magnet <NdFeB>", "alloy", "oxide"]),
    ],
)
def test_rows_are_kept(condition: dict[str, str], products: list[str]) -> None:
    passage = Passage(question="top-producers", keep=condition)
    others = {"other": Kept(an_answer(), ROWS[1:2])}
    rows = kept(an_answer(), passage, {"country": "China"}, others)
    assert [row[0] for row in rows] == products


def test_rows_are_ordered_and_the_first_of_each_is_left() -> None:
    doubled = (*ROWS, ("alloy", 0.95, (), ()))
    passage = Passage(question="top-producers", order="share", each="product")
    rows = kept(an_answer(doubled), passage, {}, {})
    assert [(row[0], row[1]) for row in rows] == [
        ("alloy", 0.95),
        ("magnet <NdFeB>", 0.915),
        ("oxide", None),
    ]


def test_sources_are_numbered_in_the_order_of_reading() -> None:
    teller, numbers = Teller({"country": "China"}), Numbers({"European Union": "the EU"})
    said = (Saying(text="{country} makes {share} of {product} ({share}; {sources})."),)
    first = numbers.text(teller.told(an_answer(), ROWS, said))
    assert first == "China makes 92 % of magnet <NdFeB> (92 %) [1, 2]."
    assert list(numbers.ids) == ["b", "a"]
    assert numbers.text(teller.told(an_answer(), ROWS[1:], said)).endswith("(40 %) [2].")
    assert numbers.uncited(teller.finding(an_answer(), ROWS)) == (
        "3 products, first magnet <NdFeB> with 92 %."
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("it made 100 % (100 %)", "It made 100 %"),
        ("it made 100 % (100 %; 2016-2020)", "It made 100 % (2016-2020)"),
        ("it made 92 % (85 % to 98 %)", "It made 92 % (85 % to 98 %)"),
        ("European Union has 16", "The EU has 16"),
        ("of what European Union has", "Of what the EU has"),
        ("European Union – Canada: partnership", "European Union – Canada: partnership"),
        ("by the European Union", "By the EU"),
        ("it is so. The European Union has 16", "It is so. The EU has 16"),
        (f"so it is ({OPEN}x{CLOSE})", "So it is [1]"),
        (f"so it is {OPEN}x{CLOSE}, {OPEN}y{CLOSE} and {OPEN}x{CLOSE}.", "So it is [1, 2]."),
    ],
)
def test_a_sentence_reads_well(text: str, told: str) -> None:
    assert Numbers({"European Union": "the EU"}).text(text) == told


def test_an_interval_is_short_in_a_cell_only() -> None:
    assert Numbers().cell("92 % (85 % to 98 %)") == "92 % (85–98 %)"
    assert Numbers().cell("98 % (96 % to over 99 %)") == "98 % (96 % to over 99 %)"


def test_the_sentence_whose_values_are_known_is_used() -> None:
    teller = Teller({})
    said = (
        Saying(text="{share} of all", one="product"),
        Saying(text="{share:range} of {rows:product|products}, {rows:of=rows} told"),
    )
    assert teller.told(an_answer(), ROWS, said) == "40 % to 92 % of 3 products, all 3 told"
    assert teller.told(an_answer(), ROWS[1:2], said) == "40 % of all"
    assert teller.told(an_answer(), (), said) == ""


def test_a_table_shows_what_is_known() -> None:
    cells = (
        Cell(head="Product", show="{product}"),
        Cell(head="Share of {country}", show="{share}", numeric=True),
        Cell(head="Never", show="{nothing_of_the_kind}"),
    )
    passage = Passage(question="top-producers", table=cells, caption="Shares.", rows=2)
    made = Teller({"country": "China"}).table(an_answer(), ROWS, passage)
    assert made == Table(
        "Shares. The first 2 of 3.",
        ("Product", "Share of China"),
        (False, True),
        (("magnet <NdFeB>", "92 %"), ("alloy", "40 %")),
    )
    assert Teller({}).table(an_answer(), (), passage) is None


def test_words_become_arguments_and_a_command() -> None:
    words = {"sector": "defence", "country": "South Africa"}
    given = {"sector": "$sector", "material": "$material", "tiers": "3"}
    assert arguments(given, words) == {"sector": "defence", "tiers": "3"}
    assert command("orepath brief", words) == (
        "orepath brief --sector defence --country 'South Africa'"
    )


# The dressings


class Page(HTMLParser):
    """What a web page holds: tags with attributes, ids, and the text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag == name]


def check_page(text: str) -> Page:
    """A page that stands alone, that links nowhere into the void, and that everyone can read."""
    page = Page(text)
    assert page.all("html")[0]["lang"] == "en"
    assert len(page.all("h1")) == 1
    assert len(page.all("title")) == 1
    assert not page.all("script")
    assert not page.all("link")
    for name in ("src", "srcset"):
        drawn = [a[name] or "" for _, a in page.tags if name in a]
        assert all(address.startswith("data:image/png;base64,") for address in drawn)
    assert "url(" not in text
    assert "@import" not in text
    assert all(a.get("alt") for a in page.all("img"))
    ids = [a["id"] for _, a in page.tags if "id" in a]
    assert len(ids) == len(set(ids))
    inner = [a["href"] for a in page.all("a") if (a["href"] or "").startswith("#")]
    assert inner
    assert {(href or "")[1:] for href in inner} <= set(ids)
    assert all(a.get("scope") in ("col", "row") for a in page.all("th"))
    assert len(page.all("caption")) == len(page.all("table"))
    return page


def words_of(document: bytes) -> str:
    """All text of a Word document, that of links and cells too."""
    body = docx.Document(BytesIO(document)).element.body
    return "\n".join(
        "".join(t.text or "" for t in paragraph.iter(f"{W}t", f"{W}tab"))
        for paragraph in body.iter(f"{W}p")
    ).replace("\u00a0", " ")


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def pages_of(document: bytes) -> tuple[int, str]:
    reader = pypdf.PdfReader(BytesIO(document))
    text = " ".join(page.extract_text() for page in reader.pages)
    return len(reader.pages), plain(text)


def plain(text: str) -> str:
    """A text without what a line's end does to it."""
    return re.sub(r"[\s\u00a0\u00ad-]+", "", text)


def test_a_page_is_escaped_and_stands_alone() -> None:
    text = render(a_brief(), "html")
    assert isinstance(text, str)
    page = check_page(text)
    assert "Much <b>&</b> more." in page.text
    assert "First & oldest" in page.text
    assert "Licence: CC0." in page.text
    assert not page.all("b") or all("Much" not in str(b) for b in page.all("b"))
    assert "WHERE n.a < 1" in page.text


def test_markdown_has_the_same() -> None:
    text = str(render(a_brief(), "md"))
    assert text.startswith("# China makes most magnets\n")
    assert "\n| Product | Share |\n| --- | ---: |\n| a \\| b | 92 % [2] |\n" in text
    assert "\n1. First & oldest <https://a.example/x> Grade A. Licence: CC0.\n2. Second. " in text
    assert "\n- Much <b>&</b> more.\n" in text
    assert "\n\n\n" not in text


def test_a_document_has_styles_captions_and_alternative_texts() -> None:
    made = render(a_brief(), "docx")
    assert isinstance(made, bytes)
    document = docx.Document(BytesIO(made))
    styles = Counter(p.style.name for p in document.paragraphs if p.style is not None)
    assert styles["Title"] == 1
    assert styles["Heading 1"] == 4  # two parts, the sources, the appendix
    assert styles["Caption"] == 2
    assert styles["List Bullet"] == 1
    drawn = [e.get("descr") for e in document.element.body.iter() if e.tag.endswith("}docPr")]
    assert drawn == ["A bar of 92 %."]
    anchors = {e.get(f"{W}anchor") for e in document.element.body.iter(f"{W}hyperlink")}
    marks = {e.get(f"{W}name") for e in document.element.body.iter(f"{W}bookmarkStart")}
    assert anchors == marks == {"source_1", "source_2"}
    assert document.core_properties.title == "China makes most magnets"
    assert "Japan the rest [1, 2]." in words_of(made)
    # The commands are there, the queries, which take pages, are in the bundle.
    for one in as_mapping(a_brief())["asked"]:
        assert one["command"] in words_of(made)
        assert one["cypher"] not in words_of(made)


def test_a_sector_is_called_as_in_a_sentence_and_kept_by_its_name() -> None:
    spoken = declaration().sectors
    assert set(spoken) <= {s["name"] for s in vocabulary().individuals["sector"].values()}
    teller = Teller({"sector": "automotive"}, {"sector": spoken["automotive"]})
    assert teller.filled("What {sector} needs") == "What the automotive sector needs"
    assert teller.words["sector"] == "automotive"


def test_a_percent_sign_stays_with_its_number_on_a_page() -> None:
    text = str(render(a_brief(), "html"))
    assert "92\u00a0%" in text
    assert not re.search(r"<(?:p|td|li)[^>]*>[^<]*\d %", text)


def test_a_pdf_has_title_pages_and_tags() -> None:
    made = render(a_brief(), "pdf")
    assert isinstance(made, bytes)
    count, text = pages_of(made)
    assert count == 1
    assert plain("China makes most magnets") in text
    reader = pypdf.PdfReader(BytesIO(made))
    assert reader.metadata is not None
    assert reader.metadata.title == "China makes most magnets"
    assert "/StructTreeRoot" in reader.root_object


@pytest.mark.parametrize("form", FORMS)
def test_the_same_brief_is_the_same_bytes(form: str) -> None:
    assert render(a_brief(), form) == render(a_brief(), form)


def test_no_date_of_the_clock_is_in_a_document() -> None:
    made = render(a_brief(), "docx")
    assert isinstance(made, bytes)
    with zipfile.ZipFile(BytesIO(made)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert "1980-01-01T00:00:00Z" in archive.read("docProps/core.xml").decode()


def test_other_forms_are_refused() -> None:
    with pytest.raises(OrepathError, match="a brief is no 'xlsx' file"):
        render(a_brief(), "xlsx")


def test_a_template_can_be_replaced(tmp_path: Path) -> None:
    (tmp_path / "brief.md").write_text("Own: {{ title }} ({{ sources | length }})\n", "utf-8")
    assert render(a_brief(), "md", tmp_path) == "Own: China makes most magnets (2)\n"
    assert render(a_brief(), "html", tmp_path) == render(a_brief(), "html")
    (tmp_path / "brief.typ").write_text("#json(bytes(sys.inputs.brief)).kicker", "utf-8")
    made = render(a_brief(), "pdf", tmp_path)
    assert isinstance(made, bytes)
    assert plain("China · European Union") in pages_of(made)[1]
    styled = docx.Document()
    styled.styles["Title"].font.name = "House Sans"
    styled.save(str(tmp_path / "brief.docx"))
    made = render(a_brief(), "docx", tmp_path)
    assert isinstance(made, bytes)
    own = docx.Document(BytesIO(made))
    assert own.styles["Title"].font.name == "House Sans"


@pytest.mark.parametrize(
    ("name", "text"), [("brief.md", "{{ title"), ("brief.md", "{{ nobody }}"), ("brief.typ", "#x")]
)
def test_a_template_that_fails_says_so(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    form = "pdf" if name.endswith("typ") else "md"
    with pytest.raises(OrepathError) as caught:
        render(a_brief(), form, tmp_path)
    assert "template" in caught.value.message
    assert caught.value.hint is not None
    assert name in caught.value.hint


def test_a_folder_of_templates_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(OrepathError, match="there is no folder of templates"):
        render(a_brief(), "md", tmp_path / "none")


def test_only_a_bundle_is_replaced(tmp_path: Path) -> None:
    check(tmp_path / "new", force=False)
    (tmp_path / "own").mkdir()
    check(tmp_path / "own", force=False)
    (tmp_path / "own" / "thesis.txt").write_text("mine", "utf-8")
    with pytest.raises(OrepathError, match="no bundle of a brief"):
        check(tmp_path / "own", force=True)
    (tmp_path / "own" / MANIFEST).write_text("{}", "utf-8")
    with pytest.raises(OrepathError, match="is there already"):
        check(tmp_path / "own", force=False)
    check(tmp_path / "own", force=True)


# On the whole bundle


@pytest.fixture
def full(bundled: Graph, environment: Point) -> Graph:
    """Commands go to a server that holds the whole bundle."""
    environment(bundled)
    return bundled


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(main.orepath, ["brief", *arguments])


_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?(?: %)?")
_CITED = re.compile(r"\[\d+(?:, \d+)*\]")


def numbers_in(text: str) -> set[str]:
    """The numbers of a text with their percent signs, without those of sources."""
    text = re.sub(r"(\d)–(\d[\d.]* %)", r"\1 % – \2", _CITED.sub("", text))
    return {found.strip(",") for found in _NUMBER.findall(text)}


def told_by(answer: Answer) -> set[str]:
    """The numbers that an answer holds, as they are written."""
    told = [answer.finding, *answer.names.values(), *answer.warnings]
    for row in answer.rows:
        for value, column in zip(row, answer.columns, strict=True):
            parts = value if isinstance(value, tuple) else (value,)
            told += [written(part, column) for part in parts]
    return {number for text in told for number in numbers_in(text)}


def counts_in(answer: Answer, rows: tuple[tuple[Any, ...], ...]) -> Iterator[int]:
    """How many rows there are, values of each column, and rows with each value."""
    yield len(rows)
    for index in range(len(answer.columns)):
        values = Counter(
            v
            for row in rows
            for v in (row[index] if isinstance(row[index], tuple) else (row[index],))
        )
        yield len([v for v in values if v is not None])
        yield from values.values()
        yield 0


def told_rows(graph: Graph, made: Brief, given: dict[str, str]) -> dict[str, set[str]]:
    """By part what its passages count: the rows that each chooses of its whole answer."""
    words = dict(made.subject)
    if set(given) == {"importer"}:
        words["market"] = words["importer"]
    kinds = [figure.kind for part in made.parts for figure in part.figures]
    if {"sector", "material"} <= words.keys() and "ladder" not in kinds:
        words["unneeded"] = words.pop("sector")
    words["country_id"] = names_of(graph, "country").match(words["country"]).id
    asker, others = Asker(graph, None, None), dict[str, Kept]()
    counted: dict[str, set[str]] = {}
    declared = [("", declaration().title), *((s.id, s.passages) for s in declaration().parts)]
    for part, passages in declared:
        for passage in passages:
            if _fits(passage, words):
                answer = asker(passage.question, arguments(passage.given, words))
                rows = kept(answer, passage, words, others)
                others[passage.id or passage.question] = Kept(answer, rows)
                counted.setdefault(part, set()).update(f"{n:,}" for n in counts_in(answer, rows))
    return counted


def check_numbers(graph: Graph, made: Brief, given: dict[str, str]) -> None:
    """Every number of a part is one that its answers hold, or counts rows of theirs."""
    counted = told_rows(graph, made, given)
    for part in made.parts:
        allowed = {n for a in part.asked for n in told_by(a.answer)} | counted.get(part.id, set())
        for section in declaration().parts:
            for passage in section.passages if section.id == part.id else ():
                allowed |= numbers_in(" ".join((passage.caption, passage.none)))
        shown = [*part.paragraphs, *(c for t in part.tables for row in t.rows for c in row)]
        for text in shown:
            assert numbers_in(text) <= allowed, (part.id, text, numbers_in(text) - allowed)


def check_sources(made: Brief) -> None:
    """Every number of a source is listed, and every source is cited; no mark is left."""
    texts = [made.lead]
    for part in made.parts:
        texts += [*part.paragraphs, *part.points, *(f.caption for f in part.figures)]
        texts += [t.caption for t in part.tables]
        texts += [cell for t in part.tables for row in t.rows for cell in row]
    cited = {int(n) for t in texts for c in _CITED.findall(t) for n in re.findall(r"\d+", c)}
    assert cited == {s.number for s in made.sources}
    told = [made.title, *texts, *(p.heading for p in made.parts)]
    assert not any(mark in text for text in told for mark in (OPEN, CLOSE, "{", "}"))
    assert not any("  " in text or " ." in text or " ," in text for text in told)


def test_the_subject_of_the_article(full: Graph, tmp_path: Path) -> None:
    made = brief(full, sector="defence", country="China")
    assert re.fullmatch(
        r"China makes over half of the world's output, at some stage, of \d+ of the \d+ materials "
        r"that defence needs",
        made.title,
    )
    ids = ["ladder", "market", "tiers", "restricted", "agreed", "others", "unknown", "reading"]
    assert [part.id for part in made.parts] == ids
    assert made.parts[0].figures[0].kind == "ladder"
    check_numbers(full, made, {"sector": "defence", "country": "China"})
    check_sources(made)
    titles = [part.heading for part in made.parts]
    sources = [source["text"] for source in as_mapping(made)["sources"]]
    texts: dict[str, str] = {}
    for form in FORMS:
        content = render(made, form)
        assert content == render(brief(full, sector="defence", country="China"), form)
        if form == "pdf":
            assert isinstance(content, bytes)
            pages, texts[form] = pages_of(content)
            assert pages <= 4
        elif form == "docx":
            assert isinstance(content, bytes)
            texts[form] = plain(words_of(content))
        elif form == "html":
            texts[form] = plain(check_page(str(content)).text)
        else:
            texts[form] = plain(str(content))
    for form, text in texts.items():
        for expected in (made.title, *titles, *sources):
            assert plain(expected) in text, (form, expected)


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda s: "-".join(s.values()))
def test_any_subject_has_a_brief(full: Graph, subject: dict[str, Any]) -> None:
    made = brief(full, **subject)
    assert made.title
    assert {"agreed", "others", "unknown", "reading"} <= {part.id for part in made.parts}
    for part in made.parts:
        assert part.paragraphs or part.points or part.figures, part.id
    check_numbers(full, made, subject)
    check_sources(made)
    pdf = render(made, "pdf")
    assert isinstance(pdf, bytes)
    assert pages_of(pdf)[0] <= 4
    check_page(str(render(made, "html")))


def test_a_day_holds_for_all_parts(full: Graph) -> None:
    made = brief(full, sector="defence", country="China", as_of="2025-06-30")
    days = {a.answer.names["as_of"] for a in made.asked if "as_of" in a.answer.names}
    assert days == {"2025-06-30"} == {made.as_of}
    assert made.command.endswith("--as-of 2025-06-30")


def test_a_bundle_holds_what_the_brief_rests_on(full: Graph, tmp_path: Path) -> None:
    made = brief(full, material="gallium")
    names = bundle(full, made, tmp_path / "one", form="md")
    again = bundle(full, brief(full, material="gallium"), tmp_path / "two", form="md")
    assert names == again
    for name in names:
        content = (tmp_path / "one" / name).read_bytes()
        assert content == (tmp_path / "two" / name).read_bytes(), name
    manifest = json.loads((tmp_path / "one" / MANIFEST).read_text("utf-8"))
    assert manifest["command"] == "orepath brief --material gallium"
    assert manifest["ontology"] == made.ontology
    assert "usgs-mcs-2026" in manifest["editions"]
    hashes = {
        name.as_posix(): hashlib.sha256((tmp_path / "one" / name).read_bytes()).hexdigest()
        for name in names
        if name.name != MANIFEST
    }
    assert manifest["files"] == hashes
    endings = Counter(name.suffix for name in names)
    count = len(made.asked)
    assert endings[".csv"] == endings[".xlsx"] == endings[".cypher"] == count
    assert endings[".graphml"] == endings[".ttl"] > 0
    assert endings[".svg"] == endings[".png"] > 0
    bib = (tmp_path / "one" / "references.bib").read_text("utf-8")
    assert bib.count("\n@") + bib.startswith("@") == len(made.sources)
    with pytest.raises(OrepathError, match="is there already"):
        bundle(full, made, tmp_path / "one", form="md")
    assert bundle(full, made, tmp_path / "one", form="html", force=True)[0] == Path("brief.html")
    assert not (tmp_path / "one" / "brief.md").exists()


def test_the_command_writes_what_the_name_says(full: Graph, tmp_path: Path) -> None:
    target = tmp_path / "gallium.docx"
    assert invoke("--material", "Ga", "-o", str(target)).exit_code == 0
    assert docx.Document(str(target)).paragraphs[1].text.startswith("China makes 99")
    again = invoke("--material", "Ga", "-o", str(target))
    assert again.exit_code == 1
    assert "--force" in str(getattr(again.exception, "hint", ""))
    assert invoke("--material", "Ga", "-o", str(target), "--force").exit_code == 0
    refused = invoke("--material", "Ga", "-o", str(tmp_path / "gallium.xlsx"))
    assert refused.exit_code != 0
    assert not (tmp_path / "gallium.xlsx").exists()
    told = invoke("--material", "Ga")
    assert told.output.startswith("# China makes 99 % of the world's gallium")


def test_what_means_nothing_is_told(full: Graph) -> None:
    for words, message in (((), "a brief is about"), (("--sector", "unobtainium"), "unobtainium")):
        result = invoke(*words)
        assert result.exit_code == 1
        assert isinstance(result.exception, OrepathError)
        assert message in result.exception.message


def test_a_word_document_is_close_set_by_its_styles() -> None:
    made = render(a_brief(), "docx")
    assert isinstance(made, bytes)
    document = docx.Document(BytesIO(made))
    normal = document.styles["Normal"].paragraph_format
    assert normal.space_after is not None
    assert normal.space_after.pt <= 4
    assert normal.line_spacing == pytest.approx(1.05)
    empty = [p for p in document.paragraphs if not p.text and not p._p.xpath(".//w:drawing")]
    assert empty, "a table is followed by a gap"
    assert all(p.paragraph_format.line_spacing.pt == 6 for p in empty)
