"""How far a thing has come is a code; nobody reads it, or any other list, from a source's words."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

import orepath
from orepath.graph.network.facts import AT_WORK
from orepath.loaders.base import read_mapping
from orepath.ontology.schema import NodeClass, Relation, load_schema
from orepath.queries import Question, catalogue

SCHEMA = load_schema()
ROOT = Path(orepath.__file__).parent
COMPARED = re.compile(
    r"(?<!\$)\b(?P<name>[a-z_]+) *(?:=|<>|IN|WHEN|:) *"
    r"(?P<literals>\[(?:'[^']*'(?:, *)?)+\]|'[^']*')"
)
"""A name and the literals it is compared with: ``x.status IN ['held', 'target']``."""
MADE = re.compile(r"\b(?:THEN|ELSE|AS|UNWIND)\s+\[?(?:'[^']*'(?:, *)?)+|\w+: '[^']*'")
"""Where a statement writes a literal of its own."""
PART_OF_TEXT = re.compile(
    r"\w+\.(?P<name>\w+) (?P<how>STARTS WITH|ENDS WITH|CONTAINS|=~) '(?P<literal>[^']*)'"
)


def lists() -> dict[str, set[str]]:
    """Codes by property; a property that is free text on some class is in no list."""
    holders: list[NodeClass | Relation] = [*SCHEMA.nodes.values(), *SCHEMA.relations.values()]
    codes: dict[str, set[str]] = defaultdict(set)
    free: set[str] = set()
    for prop in (p for holder in holders for p in holder.properties):
        codes[prop.name] |= set(prop.values)
        if not prop.values:
            free.add(prop.name)
    return {name: found for name, found in codes.items() if name not in free}


def test_a_status_and_a_method_are_codes_wherever_they_stand() -> None:
    assert {"status", "method", "measure", "specificity", "reporter_side"} <= set(lists())
    for name in ("Project", "Agreement", "ExportRestriction", "Policy"):
        (status,) = [p for p in SCHEMA.nodes[name].properties if p.name == "status"]
        assert {"announced"} < set(status.values), name


def unknown(statement: str) -> set[tuple[str, str]]:
    """(property, literal) that a statement compares with and the property's list does not have;
    literals that the statement makes itself are its own."""
    own = {text for made in MADE.findall(statement) for text in re.findall(r"'([^']*)'", made)}
    known = lists()
    return {
        (found["name"], literal)
        for found in COMPARED.finditer(re.sub(r"//.*", "", statement))
        for literal in re.findall(r"'([^']*)'", found["literals"])
        if literal not in known.get(found["name"], {literal}) and literal not in own
    }


@pytest.mark.parametrize("each", catalogue().values(), ids=lambda q: q.id)
def test_a_question_compares_a_code_with_what_is_in_its_list(each: Question) -> None:
    assert unknown(each.table) == set()
    assert unknown(each.picture or "") == set()


def test_a_word_that_is_in_no_list_is_found() -> None:
    read = "MATCH (p:Project) WHERE p.status IN ['operating', 'at work'] RETURN p"
    assert unknown(read) == {("status", "at work")}
    assert unknown("MATCH (a:Agreement {id: 'x'}) WHERE a.status = 'in force' RETURN a") == {
        ("status", "in force")
    }
    assert unknown("WITH CASE WHEN p.x THEN 'open' END AS status WHERE status = 'open'") == set()


FAMILIES = {"STARTS WITH": str.startswith, "ENDS WITH": str.endswith}


def test_a_status_is_never_read_from_a_part_of_its_words() -> None:
    """Of other lists a family of codes may be, such as all units of ``kg-per-``."""
    files = [*ROOT.glob("queries/**/*.cypher"), *ROOT.glob("graph/**/*.py")]
    read = [found for f in files for found in PART_OF_TEXT.finditer(f.read_text("utf-8"))]
    assert any(found["name"] == "quantity_unit" for found in read)
    assert not [found[0] for found in read if found["name"] in ("status", "status_text")]
    for found in read:
        if codes := lists().get(found["name"]):
            assert any(FAMILIES[found["how"]](code, found["literal"]) for code in codes), found[0]


def test_what_is_at_work_and_what_compilers_write_are_statuses_of_a_plant() -> None:
    (status,) = [p for p in SCHEMA.nodes["Project"].properties if p.name == "status"]
    assert set(AT_WORK) <= set(status.values)
    lines = read_mapping("fineprint_mines/statuses")
    assert {line["status"] for line in lines} <= set(status.values)
    assert all(line["words"] == line["words"].casefold() and line["reason"] for line in lines)


def test_what_is_at_work_is_one_rule() -> None:
    """The network and the questions call the same statuses of a plant at work, and they are codes
    of the list."""
    part = ROOT / "queries" / "policy" / "projects.at-work.cypher"
    stated = re.findall(r"'([^']*)'", part.read_text("utf-8"))
    assert tuple(stated) == AT_WORK
    elsewhere = {
        path.name
        for path in (ROOT / "queries").glob("*/*.cypher")
        if path != part and re.search(r"IN\s*\[[^]]*'ramping-up'", path.read_text("utf-8"))
    }
    assert not elsewhere
