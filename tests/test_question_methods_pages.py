"""What is chosen for a sector's page, and what counts as a change, on small graphs made by hand."""

from __future__ import annotations

from typing import Any

import pytest

from orepath.graph.connection import Graph
from orepath.queries import question
from orepath.queries.run import ask

SECTOR = """
CREATE (eu:Economy:Bloc {id: 'EU27', name: 'European Union', alt_names: ['EU']}),
  (:Economy:Country {id: 'DEU', name: 'Germany'})-[:MEMBER_OF {from: date('1958-01-01')}]->(eu),
  (:Economy:Country {id: 'CHN', name: 'China'}), (:Economy:Country {id: 'JPN', name: 'Japan'}),
  (cars:Sector {id: 'cars', name: 'cars'}), (:Source {id: 'study', name: 'Study'}),
  (rule:Source {id: 'rule', name: 'Rule', kind: 'document', published: '2026-01-01'}),
  (:ExportRestriction {id: 'r', name: 'licence on a', kind: 'licence',
    effective: date('2025-04-04'), status: 'in-force'})-[:DOCUMENTED_BY]->(rule)
WITH cars UNWIND ['motor', 'battery', 'lamp'] AS name
CREATE (:Technology {id: name, name: name})-[:SERVES]->(cars);
UNWIND [['all', null], ['group', 'all'], ['a', 'group'], ['b', null],
        ['c', null], ['d', null]] AS row
MERGE (material:Material {id: row[0]}) SET material.name = row[0]
FOREACH (above IN CASE WHEN row[1] IS NULL THEN [] ELSE [row[1]] END |
  MERGE (wider:Material {id: above}) MERGE (material)-[:PART_OF]->(wider));
UNWIND [['a/ore', 'a', 'motor'], ['a/metal', 'a', 'motor'], ['group/mix', 'group', 'motor'],
        ['b/metal', 'b', 'motor'], ['b/metal', 'b', 'battery'], ['c/metal', 'c', 'motor'],
        ['d/metal', 'd', 'lamp']] AS row
MATCH (material:Material {id: row[1]}), (technology:Technology {id: row[2]})
MERGE (product:Product {id: row[0]}) SET product.name = row[0]
MERGE (product)-[:FORM_OF]->(material)
CREATE (technology)-[:NEEDS {essential: row[2] <> 'lamp', verified: true, steps: 0}]->(product);
UNWIND [['CHN', 'a/ore', 0.9, 0.1], ['CHN', 'a/metal', 0.7, 0.6], ['CHN', 'group/mix', 1.0, 1.0],
        ['JPN', 'b/metal', 0.6, 0.55], ['DEU', 'c/metal', 0.9, 0.9], ['JPN', 'c/metal', 0.1, 0.05],
        ['CHN', 'd/metal', 1.0, 1.0]] AS row
MATCH (economy:Economy {id: row[0]}), (product:Product {id: row[1]}), (eu:Economy {id: 'EU27'})
MERGE (industry:Industry {id: row[0] + ':' + row[1]}) SET industry.name = industry.id
MERGE (economy)-[:HAS]->(industry) MERGE (industry)-[:MAKES]->(product)
CREATE (industry)-[:SUPPLIES_MARKET {id: industry.id, share: row[2], share_low: row[3],
  share_high: 1.0, basis: 'mass', method: 'reconciled', period: '2024',
  share_sources: ['study']}]->(eu);
MATCH (:Economy {id: 'CHN'})-[:HAS]->(maker:Industry {id: 'CHN:a/metal'})
MATCH (user:Industry {id: 'JPN:b/metal'})
CREATE (maker)-[:FEEDS {id: 'f', share: 0.5, share_low: 0.4, share_high: 0.6, basis: 'mass',
  method: 'reconciled', period: '2024', share_sources: ['study']}]->(user);
MATCH (r:ExportRestriction), (china:Economy {id: 'CHN'}), (a:Material {id: 'a'})
CREATE (r)-[:IMPOSED_BY]->(china), (r)-[:RESTRICTS]->(a);
"""
NEWS = """
CREATE (china:Economy:Country {id: 'CHN', name: 'China'}),
  (:Economy:Country {id: 'JPN', name: 'Japan'}),
  (doc:Source {id: 'doc', name: 'Document', kind: 'document', published: '2025-12-31'}),
  (a:Material {id: 'a', name: 'a'}), (ore:Product {id: 'a/ore', name: 'a, mined'})-[:FORM_OF]->(a)
WITH * UNWIND [
  {id: 'old', announced: date('2020-01-01'), effective: date('2020-01-01')},
  {id: 'new', announced: date('2025-03-01'), effective: date('2025-04-04')},
  {id: 'paused', announced: date('2024-01-01'), effective: date('2024-02-01'),
   suspended_from: date('2025-11-07'), suspended_until: date('2026-11-10')},
  {id: 'later', announced: date('2026-06-01'), effective: date('2026-07-01')}] AS row
CREATE (r:ExportRestriction)-[:IMPOSED_BY]->(china) SET r = row, r.name = row.id, r.verified = true
CREATE (r)-[:RESTRICTS]->(a), (r)-[:DOCUMENTED_BY]->(doc);
UNWIND [['pub', 'pub-1', '2025'], ['pub', 'pub-2', '2026'], ['solo', 'solo-1', '2026']] AS row
MERGE (series:Publication {id: row[0]}) SET series.name = row[0]
CREATE (edition:Source {id: row[1], name: row[1], published: row[2], kind: 'dataset'})
CREATE (edition)-[:EDITION_OF]->(series);
UNWIND [['CHN', 'pub-1', '2024', 60.0], ['JPN', 'pub-1', '2024', 40.0],
        ['CHN', 'pub-2', '2024', 60.0], ['JPN', 'pub-2', '2024', 60.0],
        ['CHN', 'pub-2', '2025', 90.0], ['JPN', 'pub-2', '2025', 30.0],
        ['CHN', 'solo-1', '2024', 50.0]] AS row
MATCH (economy:Economy {id: row[0]}), (ore:Product {id: 'a/ore'}), (edition:Source {id: row[1]})
MERGE (industry:Industry {id: row[0] + ':a/ore'}) SET industry.name = economy.name + ': a, mined'
MERGE (economy)-[:HAS]->(industry) MERGE (industry)-[:MAKES]->(ore)
CREATE (industry)-[:REPORTED_BY {measure: 'production', period: row[2], amount: row[3], unit: 't',
  basis: 'contained', verified: true, source: row[1]}]->(edition);
"""


def made(graph: Graph, statements: str) -> Graph:
    for statement in filter(str.strip, statements.split(";\n")):
        graph.run(statement)
    return graph


def asked(graph: Graph, identifier: str, **arguments: str) -> tuple[dict[str, Any], ...]:
    return ask(graph, question(identifier), arguments).records()


def test_a_page_shows_what_a_sector_needs_and_one_country_outside_surely_makes(
    graph: Graph,
) -> None:
    made(graph, SECTOR)
    card = asked(graph, "scorecard", sector="cars", as_of="2026-02-03")
    # Not d, which nothing needs; nor the group, which is one within another. Of a the metal: of the
    # ore China may make as little as a tenth. Of c the member makes most, and is not outside.
    assert [(r["product_id"], r["country_id"], r["over"]) for r in card] == [
        ("a/metal", "CHN", True),
        ("b/metal", "JPN", True),
        ("c/metal", "JPN", False),
    ]
    assert (card[0]["supply"], card[0]["restricts"]) == ("70 % (60-100)", "licence in force")
    assert card[1]["restricts"] is None
    # b is needed by two technologies, a by one.
    (first,) = asked(graph, "scorecard", sector="cars", as_of="2026-02-03", limit="1")
    assert first["product_id"] == "b/metal"
    # Above nine tenths nobody is sure: then the low end of the share decides.
    (sure,) = asked(
        graph, "scorecard", sector="cars", as_of="2026-02-03", limit="1", threshold="90"
    )
    assert (sure["product_id"], sure["over"]) == ("a/metal", False)
    assert asked(graph, "scorecard", sector="cars", as_of="2025-01-01")[0]["restricts"] is None


def test_what_counts_as_a_change(graph: Graph) -> None:
    made(graph, NEWS)
    rows = asked(graph, "changes", since="2025-02-03", until="2026-02-03")
    states = {r["id"]: (r["before"], r["after"], r["date"]) for r in rows if r["kind"] != "figure"}
    assert states == {
        "new": ("not announced", "in force", "2025-04-04"),
        "paused": ("in force", "suspended", "2025-11-07"),
        "solo": ("no earlier edition is loaded", "solo-1", "2026"),
    }
    figures = {r["id"]: r for r in rows if r["kind"] == "figure"}
    # 60 of 100 by the first edition; 90 of 120 in the new year, and 60 of 120 in the old one now.
    china = figures["CHN:a/ore"]
    assert (china["before"], china["after"]) == ("2024: 60.0 %", "2025: 75.0 % (2024 now 50.0 %)")
    assert china["points"] == pytest.approx(0.15)
    assert china["sources"] == ("pub-2", "pub-1")
    alone = ask(graph, question("changes"), {"publication": "solo", "until": "2026-02-03"})
    assert "Of solo only one edition is loaded" in alone.finding
    assert not asked(graph, "changes", since="2021-01-01", until="2022-01-01")
