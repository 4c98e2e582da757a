"""The question library as files: headers, statements, names; no database needed."""

from __future__ import annotations

from pathlib import Path

import pytest

from orepath.graph.shares import percent
from orepath.ontology.errors import OrepathError
from orepath.ontology.schema import load_schema
from orepath.queries import Column, Question, catalogue, question
from orepath.queries.catalogue import FOLDER, read_question
from orepath.queries.finding import Filler, Unknown, fields, fill, listed, number
from orepath.queries.lexer import columns_returned, names_used, objection, parameters_used, tokens
from orepath.queries.names import Names, Thing, normal
from orepath.queries.paste import literal, table_statement
from orepath.queries.reading import read
from orepath.queries.run import whatever
from orepath.tools.answers import without
from orepath.tools.questions_page import markdown

QUESTIONS = {
    "dependence": {
        *("top-producers", "sourcing", "sector-exposure", "dependency-paths", "country-reach"),
        *("mine-vs-refine", "hidden-dependence", "chokepoints", "shared-suppliers"),
        *("byproduct-ties", "demand", "demand-outlook", "trend", "compare", "scorecard"),
        *("exposure", "stage-ladder"),
    },
    "policy": {
        *("partnerships", "restrictions", "criticality-lists"),
        *("stockpiles-and-policies", "competing-deals", "restriction-impact"),
        *("crma-benchmarks", "partnership-coverage", "agreement-gaps", "partner-trend"),
        *("projects", "ownership"),
    },
    "risk": {
        "concentration",
        "diversification",
        "economic-importance",
        "geopolitical-risk",
        "recycling-and-substitution",
        "risk-history",
        "stock-and-time",
        "supply-risk",
        "what-if",
    },
    "evidence": {
        *("evidence", "data-gaps", "chain-gaps", "source-conflicts", "sources", "claims"),
        *("neighbourhood", "trade", "trade-by-month", "changes"),
    },
}
HEADER = """/*
title: Which materials are there?
parameters: [{name: material, type: material, help: One, example: gallium}]
columns: [{name: id, type: text, meaning: Id}]
caveats: [None.]
finding: ["{rows} materials."]
nothing: No material is in the data.
method: By id.
examples: [orepath ask mine]
*/
"""
BODY = "MATCH (m:Material {id: $material}) RETURN m.id AS id"


def written(folder: Path, body: str, header: str = HEADER) -> Path:
    topic = folder / "evidence"
    topic.mkdir(exist_ok=True)
    path = topic / "mine.cypher"
    path.write_text(header + body, "utf-8")
    return path


def everything() -> list[Question]:
    return list(catalogue().values())


def test_the_library_holds_the_questions_of_its_topics() -> None:
    found: dict[str, set[str]] = {}
    for each in everything():
        found.setdefault(each.topic, set()).add(each.id)
    assert found == QUESTIONS


@pytest.mark.parametrize("each", everything(), ids=lambda q: q.id)
def test_a_question_is_whole(each: Question) -> None:
    assert each.picture, "a picture query stands beside the table"
    assert each.caveats
    assert each.title.endswith("?")
    named = {column.name: column for column in each.columns}
    for column in each.columns:
        if column.unit in named and not column.detail:
            assert not named[column.unit].detail, f"{column.name} would be shown without its unit"
    for example in each.examples:
        assert example.startswith(f"orepath ask {each.id}")
    columns = set(each.column_names())
    assert columns & {"source", "sources"}, "each row names its source"
    known = columns | {p.name for p in each.parameters} | {"rows"}
    for template in (*each.finding, *each.notes):
        assert fields(template) <= known
    assert fields(each.nothing) <= {p.name for p in each.parameters}
    # Also where only what must be given is given there is a sentence.
    given = {p.name: "this" for p in each.parameters if p.required or p.default is not None}
    assert fill([each.nothing], Filler((), (), whatever(each) | given, {}))


@pytest.mark.parametrize("each", everything(), ids=lambda q: q.id)
def test_a_question_names_only_what_the_ontology_knows(each: Question) -> None:
    schema, used = load_schema(), each.names()
    assert set(used.labels) <= schema.labels
    assert set(used.types) <= schema.types
    assert set(used.properties) <= schema.property_names
    assert used.labels
    assert used.types


@pytest.mark.parametrize("each", everything(), ids=lambda q: q.id)
def test_a_statement_can_be_read_by_a_person(each: Question) -> None:
    """What stands in a file of its own is read by itself."""
    folder = FOLDER / each.topic
    for path in (folder / f"{each.id}.cypher", *folder.glob(f"{each.id}.*.cypher")):
        statement = path.read_text("utf-8").rpartition("*/")[2].strip()
        assert 0 < len(statement.splitlines()) < 75
    for line in each.table.splitlines():
        assert len(line) <= 150


def test_a_part_of_a_statement_stands_in_a_file_of_its_own(tmp_path: Path) -> None:
    first, last = "MATCH (m:Material {id: $material})", "RETURN m.id AS id"
    path = written(tmp_path, f"{first}\n// part: rest\n{last}")
    with pytest.raises(OrepathError, match="its part 'rest' is not there"):
        read(path)
    rest = path.with_name("mine.rest.cypher")
    rest.write_text("MATCH (m)-[:PART_OF]->(group:Material)\n", "utf-8")
    found = read(path)
    assert found.table == f"{first}\nMATCH (m)-[:PART_OF]->(group:Material)\n{last}"
    assert catalogue(tmp_path).keys() == {"mine"}
    rest.write_text("SET m.name = 'x'\n", "utf-8")
    with pytest.raises(OrepathError, match="SET writes or steers"):
        read(path)


def test_a_part_of_another_question_is_the_same_statement(tmp_path: Path) -> None:
    """Two questions that state one figure read it by one statement, and both follow its change."""
    matched = "MATCH (m:Material {id: $material})"
    path = written(tmp_path, f"{matched}\n// part: other.rest\nRETURN m.id AS id")
    rest = path.with_name("other.rest.cypher")
    rest.write_text("MATCH (m)-[:PART_OF]->(group:Material)\n", "utf-8")
    assert "PART_OF" in catalogue(tmp_path)["mine"].table
    read_question.cache_clear()
    rest.write_text("MATCH (m)<-[:FORM_OF]-(form:Product)\n", "utf-8")
    assert "FORM_OF" in catalogue(tmp_path)["mine"].table
    rest.unlink()
    with pytest.raises(OrepathError, match=r"its part 'other.rest' is not there"):
        read(path)
    rest.write_text("// part: policy/deep.rule\n", "utf-8")
    deep = tmp_path / "policy" / "deep.rule.cypher"
    deep.parent.mkdir(exist_ok=True)
    deep.write_text("MATCH (m)<-[:FORM_OF]-(form:Product)\n", "utf-8")
    read_question.cache_clear()
    assert "FORM_OF" in catalogue(tmp_path)["mine"].table
    read_question.cache_clear()
    deep.write_text("MATCH (m)-[:PART_OF]->(group:Material)\n", "utf-8")
    assert "PART_OF" in catalogue(tmp_path)["mine"].table
    picture = path.with_name("mine.picture.cypher")
    picture.write_text(
        "MATCH (m:Material {id: $material})\n// part: other.rest\nRETURN m\n", "utf-8"
    )
    assert "PART_OF" in (read(path).picture or "")
    deep.write_text(f"// part: {path.parent.name}/other.rest\n", "utf-8")
    with pytest.raises(OrepathError, match="has the file itself as a part"):
        read(path)
    borrowed = question("compare").table
    for part in ("sourcing.observed", "hidden-dependence.tier", "hidden-dependence.market"):
        assert (FOLDER / "dependence" / f"{part}.cypher").read_text("utf-8").strip() in borrowed


def test_one_question_is_read_alone_and_misspellings_are_met() -> None:
    assert question("top_producers").id == "top-producers"
    with pytest.raises(OrepathError, match="Did you mean restrictions"):
        question("restriction")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("MATCH (m:Material {id: $material}) SET m.x = 1 RETURN m.id AS id", "SET writes"),
        ("MERGE (m:Material {id: $material}) RETURN m.id AS id", "MERGE writes"),
        ("MATCH (m {id: $material}) DETACH DELETE m RETURN 1 AS id", "DETACH writes"),
        ("CALL db.labels() YIELD label RETURN $material AS id", "runs a procedure"),
        ("LOAD CSV FROM $material AS row RETURN row AS id", "LOAD CSV"),
        (BODY + "; MATCH (n) RETURN n.id AS id", "more than one statement"),
        ("MATCH (m:Material) RETURN m.id AS id", "differ in parameters"),
        (BODY + ", m.name AS name", "differ in columns"),
    ],
)
def test_a_wrong_statement_is_refused_with_file_and_line(
    tmp_path: Path, body: str, said: str
) -> None:
    with pytest.raises(OrepathError, match=said) as caught:
        read_question(written(tmp_path, body))
    assert "mine.cypher, line 11" in caught.value.message


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (HEADER.replace("type: text", "type: colour"), "columns.0.type"),
        (HEADER.replace("method: By id.\n", ""), "method"),
        (HEADER.replace("method: By id.", "method: [By id."), "mine.cypher, line"),
        ("", "no header"),
    ],
)
def test_a_wrong_header_is_refused(tmp_path: Path, header: str, said: str) -> None:
    with pytest.raises(OrepathError, match=said):
        read_question(written(tmp_path, BODY, header))


def test_words_in_strings_comments_and_names_are_no_keywords(tmp_path: Path) -> None:
    body = (
        "// CREATE nothing; SET nothing\n"
        "MATCH (m:Material {id: $material}) WHERE m.name <> 'DELETE; $x' AND m.set IS NULL\n"
        "/* MERGE */ RETURN m.id AS id"
    )
    assert read_question(written(tmp_path, body)).table == body


def test_a_picture_that_writes_or_asks_for_more_is_refused(tmp_path: Path) -> None:
    for number_, (body, said) in enumerate(
        [("CREATE (n) RETURN n", "CREATE"), ("MATCH (n {id: $other}) RETURN n", "other")]
    ):
        folder = tmp_path / str(number_)
        folder.mkdir()
        path = written(folder, BODY)
        path.with_name("mine.picture.cypher").write_text(body, "utf-8")
        with pytest.raises(OrepathError, match=said):
            read_question(path)


def test_names_are_told_from_keys_functions_and_quantifiers() -> None:
    statement = tokens(
        "MATCH (a:Country&!Bloc)-[r:HAS|MAKES*0..2]->(:Product {form: 'ore'})\n"
        "WHERE r.share > 0.5 AND a:Economy AND date.truncate('day', a.signed) IS NOT NULL\n"
        "WITH {mine: a.alpha3, nested: [x IN [a] WHERE x:Material | x.name]} AS map, a\n"
        "CALL (a) { MATCH (a)-[:SERVES]->{1,3}(:Sector) RETURN 1 AS one }\n"
        "WITH *, map {.*, added: 1} AS more WHERE more.added = 1\n"
        "RETURN map.mine AS m, EXISTS { MATCH (a)-[:LOADED {id: 'x'}]->() } AS e, a.nace AS nace"
    )
    used = names_used(statement)
    assert used.labels == ("Bloc", "Country", "Economy", "Material", "Product", "Sector")
    assert used.types == ("HAS", "LOADED", "MAKES", "SERVES")
    assert used.properties == ("alpha3", "form", "id", "nace", "name", "share", "signed")


def test_columns_and_parameters_of_a_statement() -> None:
    statement = tokens(
        "MATCH (a) WITH a, COLLECT { MATCH (b) RETURN b.x AS x } AS xs\n"
        "RETURN DISTINCT a.id AS id, coalesce(a.x, $y) AS x, xs ORDER BY id LIMIT $n"
    )
    assert columns_returned(statement) == ("id", "x", "xs")
    assert parameters_used(statement) == {"y", "n"}
    assert objection(statement) is None


@pytest.mark.parametrize(
    ("fraction", "text"),
    [
        (0.987654, "99 %"), (0.9999, "over 99 %"), (1.0, "100 %"), (0.0, "0 %"),
        (0.0066, "0.7 %"), (0.0001, "under 0.1 %"), (0.065, "6.5 %"), (0.6923, "69 %"),
        (0.0997, "10 %"), (0.0095, "0.9 %"), (2e307, "2.0e+309 %"),
    ],
)  # fmt: skip
def test_a_share_is_no_more_precise_than_its_data(fraction: float, text: str) -> None:
    assert percent(fraction) == text


def test_numbers_and_lists_in_words() -> None:
    assert number(270000.0) == "270,000"
    assert number(0.12345678) == "0.1235"
    assert number(9803.505) == "9,804"
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed(list("abcdefgh")) == "a, b, c, d, e and 3 more"


def filler(*rows: tuple[object, ...]) -> Filler:
    columns = (
        Column(name="country", type="text", meaning="Country"),
        Column(name="share", type="share", meaning="Share"),
        Column(name="source", type="text", meaning="Source"),
    )
    return Filler(columns, rows, {"material": "gallium"}, {"s": "The Source"})


def test_a_finding_is_the_first_sentence_whose_values_are_known() -> None:
    templates = ["{country} makes {share} of {material} ({source}).", "{country} makes {material}."]
    assert fill(templates, filler(("China", 0.987, "s"))) == (
        "China makes 99 % of gallium (The Source)."
    )
    assert fill(templates, filler(("China", None, "s"))) == "China makes gallium."
    assert fill(templates, filler()) == ""


def test_a_clause_in_brackets_is_left_out_where_it_is_not_known() -> None:
    template = "[{material}: ]{country} makes[ {share}][ ({source})]."
    assert fill([template], filler(("China", 0.5, None))) == "Gallium: China makes 50 %."
    assert fill([template], filler(("{rows}", None, "s"))) == "Gallium: {rows} makes (The Source)."
    assert fill([template], filler((None, 0.5, "s"))) == ""


@pytest.mark.parametrize(
    ("country", "told"),
    [
        ("United States", "Of the United States"),
        ("European Union (72 %)", "Of the European Union (72 %)"),
        ("what European Union has", "Of what the European Union has"),
        ("what the European Union has", "Of what the European Union has"),
        ("European Union – Canada: partnership", "Of European Union – Canada: partnership"),
        ("United States: stakes", "Of United States: stakes"),
        ("China", "Of China"),
    ],
)
def test_a_country_takes_its_article_in_a_sentence(country: str, told: str) -> None:
    assert fill(["of {country}"], filler((country, None, None))) == told
    assert listed(["United States", "Japan"]) == "United States and Japan"
    both = filler(("United States", None, None), ("Japan", None, None))
    assert fill(["{country:list}"], both) == "The United States and Japan"


def test_an_interval_is_told_only_where_its_ends_differ() -> None:
    columns = tuple(Column(name=n, type="share", meaning=n) for n in ("low", "high"))
    for row, told in (((0.5, 0.7), "it is 50 % to 70 %; so"), ((1.0, 1.0), "it is so")):
        made = Filler(columns, (row,), {}, {})
        assert fill(["it is [{low:apart=high}; ]so"], made)[1:] == told[1:]


def test_a_finding_counts_and_lists() -> None:
    rows = (("China", 0.5, "s"), ("Japan", None, "s"), ("China", 0.1, "s"))
    assert (
        fill(
            ["{rows}: {country:list}, {country:count}, {country:count=China}, {country:most}"],
            filler(*rows),
        )
        == "3: China and Japan, 2, 2, China (2 of 3)"
    )
    counted = "{rows:row|rows}, {country:count:country|countries}, {country:count=Japan:one|more}"
    assert fill([counted], filler(*rows)) == "3 rows, 2 countries, 1 one"
    assert fill([counted], filler(rows[0])) == "1 row, 1 country, 0 more"
    some = "{rows} rows[, {country:some=Japan} of Japan][, {country:some=Chile} of Chile]"
    assert fill([some], filler(*rows)) == "3 rows, 1 of Japan"
    several = "one[ of {rows:several:row|rows}]"
    assert fill([several], filler(*rows)) == "One of 3 rows"
    assert fill([several], filler(rows[0])) == "One"
    many = [("China", 0.5, "s")] * 1200
    assert fill(["{rows}, {country:most}"], filler(*many)) == "1,200, China (1,200 of 1,200)"
    told = filler(("270000 t held, HS 850511 and CN 2846 90 60, in 2024, 12500.5 kg", 0.5, "s"))
    expected = "270,000 t held, HS 850511 and CN 2846 90 60, in 2024, 12,500.5 kg"
    assert fill(["{country}"], told) == expected
    with pytest.raises(Unknown):
        filler(*rows).format("{nowhere}")


COUNTRIES = (
    Thing("CHN", "China", ("CN", "CHN", "156")),
    Thing("CIV", "Côte d’Ivoire", ("CI", "CIV")),
    Thing("COD", "DR Congo", ("CD", "COD"), ("Congo",)),
    Thing("COG", "Republic of the Congo", ("CG", "COG"), ("Congo",)),
)
NAMES = {
    "country": Names("country", COUNTRIES),
    "economy": Names("economy", (*COUNTRIES, Thing("EU27", "European Union", (), ("EU", "EU-27")))),
    "material": Names(
        "material",
        (
            Thing("rare-earths", "rare earths", (), ("REE",)),
            Thing("neodymium", "neodymium", ("Nd",)),
            Thing("indium", "indium", ("In",)),
        ),
    ),
    "sector": Names("sector", ()),
}


@pytest.mark.parametrize(
    ("kind", "text", "wanted"),
    [
        ("country", "China", "CHN"), ("country", "cn", "CHN"), ("country", "CHN", "CHN"),
        ("country", "cote d'ivoire", "CIV"), ("economy", "EU", "EU27"),
        ("economy", "European union", "EU27"), ("material", "Rare Earths", "rare-earths"),
        ("material", "rare_earths", "rare-earths"), ("material", "Nd", "neodymium"),
        ("material", "ree", "rare-earths"), ("material", "in", "indium"),
    ],
)  # fmt: skip
def test_names_codes_and_symbols_resolve(kind: str, text: str, wanted: str) -> None:
    assert NAMES[kind].match(text).id == wanted


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("country", "Chnia", "Did you mean China"),
        ("country", "Congo", "more than one country: COD .*COG"),
        ("country", "EU", "is not the name of a country"),
        ("material", "neodynium", "Did you mean neodymium"),
        ("sector", "defence", "no sector in the graph"),
    ],
)
def test_what_is_unknown_or_ambiguous_is_never_guessed(kind: str, text: str, said: str) -> None:
    with pytest.raises(OrepathError, match=said):
        NAMES[kind].match(text)


def test_normal_spelling() -> None:
    assert normal("  Côte  d’Ivoire ") == normal("cote-d'ivoire")


def test_a_question_can_be_pasted_elsewhere() -> None:
    asked = question("top-producers")
    values = {"material": "it's", "stage": None, "edition": None, "year": "2025", "years": 10}
    text = table_statement(asked, values | {"show": "main"})
    assert "$" not in text
    assert "null IS NULL" not in text
    assert "{id: 'it\\'s'}" in text
    assert literal(["a", 1.5, True]) == "['a', 1.5, true]"


def test_the_page_of_questions_is_current() -> None:
    page = Path(__file__).parents[1] / "docs" / "questions.md"
    assert without(page.read_text("utf-8")) == markdown({}), "run make docs"
