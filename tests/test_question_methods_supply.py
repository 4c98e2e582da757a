"""The methods of the questions on who supplies a market, on graphs made by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from orepath.graph.connection import Graph
from orepath.queries import question
from orepath.queries.run import Answer, ask
from pictured import picture

FOLDER = Path(__file__).parent


def filled(graph: Graph, file: str) -> Graph:
    for statement in (FOLDER / file).read_text("utf-8").split(";\n"):
        graph.run(statement)
    return graph


def answered(graph: Graph, identifier: str, **arguments: str) -> Answer:
    return ask(graph, question(identifier), arguments)


def by(answer: Answer, *columns: str) -> dict[Any, dict[str, Any]]:
    """The rows by one column, or by several."""
    return {
        record[columns[0]] if len(columns) == 1 else tuple(record[c] for c in columns): record
        for record in answer.records()
    }


@pytest.fixture
def supply(graph: Graph) -> Graph:
    return filled(graph, "market_supply.cypher")


def test_sourcing_says_what_was_observed_what_follows_and_what_the_world_makes(
    supply: Graph,
) -> None:
    answer = answered(supply, "sourcing", material="rare-earths", as_of="2026-01-01")
    rows = by(answer, "product_id", "supplier_id")
    china = rows["rare-earths/magnet", "CHN"]
    # Customs at eight digits, neither the auditors, nor six digits, nor the newer rumour.
    assert (china["observed_share"], china["observed_value_share"]) == (0.911, 0.927)
    assert china["observed_of"] == "imports by mass (CN 8505 11 10)"
    assert (china["observed_period"], china["source"]) == ("2024", "customs")
    assert (china["share"], china["share_low"], china["share_high"]) == (0.88, 0.84, 0.92)
    assert china["share_of"] == "own output and imports by origin, by mass"
    assert (china["world_share"], china["world_source"]) == (0.94, "study")
    assert china["elsewhere"] == (
        "90.0 % of the imports by mass (HS 8505 11) (Customs, 2024)",
        "85.0 % of the use by mass (Auditors, 2024)",
        "99.0 % of the imports (Rumour, 2025)",
    )
    assert answer.finding.startswith(
        "Magnet: China provides 91 % of the imports by mass (CN 8505 11 10) of the European Union, "
        "93 % by value (2024; Customs); of all that the European Union has of it, own output and "
        "imports by origin, it made 88 % (84 % to 92 %; reconciled, 2024); within the European "
        "Union it was made by Germany 4 % (0-7); who made 8 % of it no source tells; China makes "
        "94 % of the world's (2024; Study). "
    )
    germany = rows["rare-earths/magnet", "DEU"]
    assert (germany["domestic"], germany["observed_share"]) == (True, None)
    assert germany["domestic_share"] == 0.04
    # The Philippines have no industry that makes magnets: only customs name them.
    assert "no output" in rows["rare-earths/magnet", "PHL"]["caution"]
    assert rows["rare-earths/magnet", "PHL"]["share"] is None


def test_sourcing_has_an_order_and_leaves_out_what_only_the_world_tells(supply: Graph) -> None:
    group = answered(supply, "sourcing", material="rare-earths")
    # The oxide of a member is known by the world's makers only; so is the group's own sand.
    assert list(dict.fromkeys(group.values("product_id"))) == [
        "rare-earths/magnet",
        "neodymium/salts",
        "neodymium/ore",
        "rare-earths/sand",
    ]
    assert any("Left out: 1 product " in note for note in group.notes)
    everything = answered(supply, "sourcing", material="rare-earths", show="all")
    assert "neodymium/oxide" in everything.values("product_id")
    assert everything.records()[0]["left_out"] is None
    alone = answered(supply, "sourcing", material="neodymium")
    assert list(dict.fromkeys(alone.values("product_id"))) == [
        "neodymium/salts",
        "neodymium/oxide",
        "neodymium/ore",
    ]
    oxide = by(alone, "product_id", "supplier_id")["neodymium/oxide", "CHN"]
    assert oxide["observed_share"] is None
    assert oxide["elsewhere"] == (
        "85.0 % of the supply (own production and imports) (Study, 2016-2020, not measured)",
    )
    assert oxide["counted_with"] == ("CN 2024 77778899",)
    assert "Neodymium oxide: from whom the European Union has it neither trade nor" in alone.finding


def test_a_part_of_the_trade_does_not_lead_and_who_mines_nothing_only_trades(
    supply: Graph,
) -> None:
    rows = by(answered(supply, "sourcing", material="neodymium"), "product_id", "supplier_id")
    salts = rows["neodymium/salts", "CHN"]
    assert (salts["observed_share"], salts["source"]) == (0.5, "study")
    assert salts["elsewhere"] == (
        "95.0 % of the imports by mass (CN 1111 22 33, a part of it) (Customs, 2024)",
    )
    ores = answered(supply, "sourcing", material="neodymium", stage="extraction")
    found = by(ores, "supplier_id")
    assert found["JPN"]["caution"] == "no mine there is known: it trades what others mined"
    # Germany digs sand of the group, so that it may be a source of the ore.
    assert found["DEU"]["caution"] is None
    assert found["CHN"]["caution"] is None
    assert (found["CHN"]["import_reliance"], found["CHN"]["reliance_source"]) == (0.9, "study")


def test_a_source_of_observed_shares_can_be_chosen(supply: Graph) -> None:
    asked = {"material": "rare-earths", "stage": "component"}
    (china, _) = answered(supply, "sourcing", edition="auditors", **asked).records()
    assert (china["observed_share"], china["observed_of"]) == (0.85, "use by mass")
    assert picture(supply, question("sourcing"), asked).relationships
    nothing = answered(supply, "sourcing", material="rare-earths", importer="Japan")
    assert not nothing.rows
    assert "In the data is that of: European Union." in nothing.finding
    recycled = answered(
        supply, "sourcing", material="rare-earths", stage="component", edition="study"
    )
    assert recycled.records()[0]["observed_share"] is None


def test_markets_stand_side_by_side_with_what_is_not_known_of_them(supply: Graph) -> None:
    arguments = {"material": "rare-earths", "as_of": "2026-01-01", "markets": "EU27, JPN, XXX"}
    answer = answered(supply, "compare", limit="10", **arguments)
    cells = by(answer, "product_id", "market_id")
    magnet = cells["rare-earths/magnet", "EU27"]
    # The figures of sourcing, and nothing hidden, as nothing feeds a maker.
    assert (magnet["supplier_id"], magnet["observed_share"]) == ("CHN", 0.911)
    assert magnet["observed_of"] == "imports by mass (CN 8505 11 10), 2024"
    assert (magnet["share"], magnet["interval"], magnet["own"]) == (0.88, "84–92 %", 0.04)
    assert (magnet["rests"], magnet["direct"]) == (0.88, 0.88)
    japan = cells["rare-earths/magnet", "JPN"]
    assert (japan["share"], japan["own"], japan["rests"]) == (None, None, None)
    assert japan["not_known"] == "from whom it has it: neither trade nor a publication says"
    assert japan["sources"] == ("study",)
    # Germany alone digs sand: the Union has no foreign supplier of it.
    assert cells["rare-earths/sand", "EU27"]["supplier"] is None
    oxide = cells["neodymium/oxide", "EU27"]
    assert oxide["not_known"] == "from whom it has it; the world's makers stand for its own"
    assert "Not in the graph, by this id: XXX." in answer.notes
    assert answer.finding.startswith("Magnet, of all that each has of it")
    assert "European Union: China 88 % (84–92 %) (2024)" in answer.finding
    assert "No trade says from whom it comes in Japan" in answer.finding
    # Ore last, what is processed first.
    assert answer.values("product_id")[0] == "rare-earths/magnet"
    assert answer.values("product_id")[-1] == "rare-earths/sand"
    two = answered(supply, "compare", limit="1", **arguments)
    assert (len(two.rows), two.records()[0]["left_out"]) == (2, 4)
    assert picture(supply, question("compare"), arguments).relationships


@pytest.fixture
def act(graph: Graph) -> Graph:
    return filled(graph, "act_benchmarks.cypher")


def benchmarks(act: Graph, **arguments: str) -> Answer:
    return answered(act, "crma-benchmarks", as_of="2025-01-01", **arguments)


@pytest.mark.parametrize(
    ("threshold", "over"),
    # China made 60 % of refined xium (50 to 70 %), and 20 % is of unknown origin: 80 % at most.
    [("45", "yes"), ("55", "likely"), ("65", "unlikely"), ("75", "not known"), ("85", "no")],
)
def test_the_interval_decides_on_the_benchmark(act: Graph, threshold: str, over: str) -> None:
    rows = by(benchmarks(act, threshold=threshold), "product_id")
    refined = rows["xium/refined"]
    assert (refined["over"], refined["country_id"], refined["method"]) == (
        over,
        "CHN",
        "reconciled",
    )
    assert (refined["share"], refined["share_low"], refined["share_high"]) == (0.6, 0.5, 0.7)
    assert (refined["own_share"], refined["own_low"], refined["own_high"]) == (0.2, 0.1, 0.3)
    assert refined["unknown_share"] == pytest.approx(0.2)
    assert (refined["own_wanted"], refined["recycling"]) == (0.4, 0.2)
    # Of four fifths nobody knows who made them.
    assert rows["xium/other"]["over"] == "not known"


def test_the_benchmark_is_of_processed_forms_in_the_grade_that_is_listed(act: Graph) -> None:
    answer = benchmarks(act)
    rows = by(answer, "product_id", "product")
    assert rows["xium/ore", "xium/ore"]["over"] == "not tested"
    # Refined yium becomes no battery cell; of the pure form no supply is known, nor of any of lost.
    assert rows[None, "yium, battery grade"]["over"] == "not known"
    assert rows[None, "lost, processed"]["over"] == "not known"
    # Acid becomes an alloy, glass does not. Of ore, the world's mix says nothing of the Union's.
    assert set(answer.values("product_id")) == {
        *("xium/ore", "xium/refined", "xium/other", "zium/acid", "group/mixed", "member/refined"),
        None,
    }


def test_the_benchmark_agrees_with_the_auditors_or_says_why_not(act: Graph) -> None:
    answer = benchmarks(act)
    rows = by(answer, "product")
    # One form over is enough: that of a member, for its group.
    assert rows["member/refined"]["auditors"] == "agrees"
    assert rows["group/mixed"]["auditors"] == "not this form; over are: member/refined (yes)"
    assert rows["xium/refined"]["auditors"].startswith("differs: no processed form")
    assert rows["zium/acid"]["auditors"] is None
    assert any(note.endswith("(Report) agrees with this for the group.") for note in answer.notes)
    assert any(note.endswith("differs from this for xium and lost.") for note in answer.notes)


CHAIN = """
CREATE (won:Stage {id: 'separation-refining', name: 'refining', position: 4}),
       (doc:Source {id: 'doc', name: 'A document'}), (m:Material {id: 'xium', name: 'xium'}),
       (motor:Technology {id: 'motor', name: 'motor'})
         -[:SERVES]->(:Sector {id: 'cars', name: 'cars'})
WITH *
UNWIND ['ore', 'metal', 'salt', 'alloy', 'magnet', 'powder', 'side'] AS name
CREATE (product:Product {id: name, name: name})-[:AT_STAGE]->(won), (product)-[:FORM_OF]->(m)
FOREACH (x IN CASE WHEN name IN ['ore', 'side'] THEN [] ELSE [1] END |
  CREATE (motor)-[:NEEDS {id: name, essential: name <> 'powder', steps: 0, verified: true,
                          use_sources: ['doc']}]->(product))
WITH DISTINCT doc
UNWIND [['AAA', 'ore', 0.5], ['AAA', 'metal', 0.5], ['BBB', 'alloy', 0.5], ['BBB', 'salt', null],
        ['BBB', 'magnet', null]] AS row
MERGE (economy:Economy:Country {id: row[0]})
WITH * MATCH (product:Product {id: row[1]})
CREATE (economy)-[:HAS]->(industry:Industry {id: row[0] + ':' + row[1]})-[makes:MAKES]->(product)
FOREACH (x IN CASE WHEN row[2] IS NULL THEN [] ELSE [1] END |
  SET makes.share = row[2], makes.method = 'headline')
WITH DISTINCT doc
UNWIND [['ore', 'metal'], ['metal', 'alloy'], ['salt', 'alloy'], ['alloy', 'magnet'],
        ['alloy', 'powder'], ['ore', 'side']] AS step
MATCH (a:Product {id: step[0]}), (b:Product {id: step[1]})
CREATE (a)-[:INPUT_TO {stated_in: ['doc']}]->(b)
WITH DISTINCT doc
MATCH (mine:Industry {id: 'AAA:ore'}), (smelter:Industry {id: 'AAA:metal'}),
      (works:Industry {id: 'BBB:alloy'}), (old:Industry {id: 'BBB:magnet'})
CREATE (mine)-[:FEEDS]->(smelter), (smelter)-[:SUPPLIES_MARKET]->(:Economy:Country {id: 'CCC'}),
       (works)-[:SUPPLIES_MARKET]->(:Economy:Country {id: 'DDD'}),
       (old)-[:REPORTED_BY {measure: 'production', status: 'forecast', amount: 5.0}]->(doc)
"""


def test_each_broken_step_of_a_chain_has_a_reason(graph: Graph) -> None:
    graph.run(CHAIN)
    answer = answered(graph, "chain-gaps")
    rows = by(answer, "input_id", "product_id")
    reasons = {key: row["reason"] for key, row in rows.items() if key[0]}
    unmade = "no maker of the product is known"
    assert reasons == {
        # Its makers' country has metal from somewhere, and nobody says from where.
        ("metal", "alloy"): "from whom the makers have the input is not known",
        # A maker of salt is named, without a figure or a market.
        ("salt", "alloy"): "neither makers nor trade of the input are known",
        ("alloy", "magnet"): unmade,  # a forecast makes no maker
        ("alloy", "powder"): unmade,
        ("ore", "side"): unmade,  # which no technology needs
    }
    first = answer.records()[0]
    assert (first["links"], first["fed"]) == (6, 1)
    assert (first["gaps"], first["without_makers"], first["without_trade"]) == (5, 3, 5)
    # The metal's own step is known; its trade is not.
    assert (rows[None, "metal"]["reason"], rows[None, "metal"]["missing"]) == (None, "trade")
    assert rows["ore", "side"]["missing"] is None
    assert rows["ore", "side"]["sources"] == ("doc",)
    assert answer.finding.startswith(
        "Of 6 steps from an input to a product, it is known for 1 from whom the makers have the "
        "input. Of 5 products on the way to technologies the makers (3) or the trade (5) are not "
        "known. Of what is broken most technologies need metal → alloy: from whom"
    )
    assert "3 as no maker of the product is known, 1 as neither" in answer.notes[0]
    cars = answered(graph, "chain-gaps", sector="cars")
    assert "side" not in cars.values("product_id")
    assert cars.records()[0]["links"] == 5
    assert picture(graph, question("chain-gaps"), {}).relationships


OUTPUTS = """
CREATE (:Material {id: 'group', name: 'group'})<-[:PART_OF]-(:Material {id: 'xium', name: 'xium'}),
       (:Stage {id: 'extraction', name: 'extraction', position: 2}),
       (:Stage {id: 'separation-refining', name: 'refining', position: 4}),
       (:Economy:Country {id: 'AAA', name: 'Aland'}), (:Economy:Country {id: 'BBB', name: 'Bland'}),
       (:Economy:Country {id: 'CCC', name: 'Cland'}),
       (:Publication {id: 'yb', preference: 1})<-[:EDITION_OF]-
         (:Source {id: 'yearbook', name: 'Yearbook', published: '2026'})
WITH *
UNWIND [['group/ore', 'group', 'extraction', '2017', false],
        ['group/old', 'group', 'extraction', '1976', false],
        ['xium/ore', 'xium', 'extraction', '2025', true],
        ['group/refined', 'group', 'separation-refining', '2024', true],
        ['xium/refined', 'xium', 'separation-refining', '2024', true]] AS row
MATCH (material:Material {id: row[1]}), (stage:Stage {id: row[2]}), (source:Source {id: 'yearbook'})
CREATE (product:Product {id: row[0], name: row[0]})-[:FORM_OF]->(material),
       (product)-[:AT_STAGE]->(stage),
       (product)-[:OUTPUT_KNOWN_FROM {precedence: 1, measure: 'share-of-supply', basis: 'mass',
                                      period: row[3], whole: row[4]}]->(source)
WITH *
UNWIND [['AAA', 90.0, null], ['BBB', 9.9, null], ['CCC', null, 0.1]] AS of
MATCH (economy:Economy {id: of[0]})
CREATE (economy)-[:HAS]->(industry:Industry {id: of[0] + ':' + row[0]})-[makes:MAKES]->(product),
       (industry)-[:REPORTED_BY {measure: 'share-of-supply', basis: 'mass', unit: 'percent',
          period: row[3], amount: of[1], low: CASE WHEN of[1] IS NULL THEN 0.0 END, high: of[2],
          verified: true,
          status: CASE WHEN of[1] IS NULL THEN 'below-threshold' ELSE 'normal' END}]->(source)
FOREACH (x IN CASE WHEN row[4] THEN [1] ELSE [] END | SET makes.method = 'headline')
"""


def test_leftovers_do_not_lead_a_group(graph: Graph) -> None:
    graph.run(OUTPUTS)
    answer = answered(graph, "top-producers", material="group")
    # Mined, the group has no product of which the world's output is known: its member's stands
    # first. Refined, it has one, and that stands for all.
    assert list(dict.fromkeys(answer.values("product_id"))) == [
        "xium/ore",
        "group/refined",
        "group/ore",
    ]
    assert any("Left out: 1 product whose newest output is more than 10" in n for n in answer.notes)
    assert set(answer.values("country_id")) == {"AAA", "BBB"}
    assert (
        "Producers of at most 0.1 % each that are left out: xium/ore: 1, group/refined: 1"
        in (answer.notes[-2])
    )
    everything = answered(graph, "top-producers", material="group", show="all")
    assert "group/old" in everything.values("product_id")
    assert "CCC" in everything.values("country_id")
    longer = answered(graph, "top-producers", material="group", years="60")
    assert "group/old" in longer.values("product_id")
    assert "CCC" not in longer.values("country_id")
