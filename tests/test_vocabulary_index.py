"""The vocabulary is compiled once: no Turtle is parsed again, and an extension is seen."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from orepath.loaders import customs, memberships, names, units
from orepath.ontology.errors import FactError, OntologyError
from orepath.ontology.facts import Fact
from orepath.ontology.rdf import facts_from_rdf
from orepath.ontology.schema import load_schema, vocabulary_files
from orepath.ontology.turtle import read_turtle
from orepath.ontology.validate import Validator
from orepath.ontology.vocabulary import PLACE, load_vocabulary

PREFIXES = """
@prefix ore: <https://w3id.org/orepath/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
UNOBTAINIUM = """
<https://w3id.org/orepath/material/unobtainium> a ore:Material ;
    skos:prefLabel "unobtainium"@en ; skos:altLabel "wishalloy"@en .
<https://w3id.org/orepath/code/unit/hundredweight> a skos:Concept ;
    skos:inScheme <https://w3id.org/orepath/code/unit> ; skos:notation "cwt" ;
    skos:prefLabel "hundredweight"@en ; ore:factor 0.05 ;
    ore:base_unit <https://w3id.org/orepath/code/unit/t> .
"""


@pytest.fixture
def extension(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of the user's own, in a cache of its own."""
    folder = tmp_path / "own"
    folder.mkdir()
    monkeypatch.setenv("OREPATH_ONTOLOGY", str(folder))
    monkeypatch.setenv("OREPATH_CACHE_DIR", str(tmp_path / "cache"))
    return folder / "own.ttl"


def test_it_says_what_the_turtle_says_and_parses_it_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OREPATH_CACHE_DIR", str(tmp_path))
    script = (
        "import sys; from orepath.loaders import customs, memberships, names, units, vocabulary;"
        "from orepath.loaders.base import Ledger;"
        "names.economy('China', 'usgs-mcs'); names.material('gallium'); units.unit('kg', '*');"
        "customs.known(); memberships.memberships('EU27');"
        "list(vocabulary.Reading().facts(Ledger()));"
        "print('rdflib' in sys.modules)"
    )
    parsing = [
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
        for _ in range(2)
    ]
    assert [done.stdout.strip() for done in parsing] == ["True", "False"]
    parsed = list(facts_from_rdf(read_turtle(vocabulary_files()), load_schema(), PLACE))
    assert list(load_vocabulary().facts) == parsed


def test_an_extension_is_known_to_all_who_ask(extension: Path) -> None:
    extension.write_text(PREFIXES + UNOBTAINIUM, "utf-8")
    assert names.material("wishalloy") == "unobtainium"
    assert names.label("material", "unobtainium") == "unobtainium"
    assert units.unit("hundredweight", "*").convert(40.0) == 2.0
    assert memberships.memberships("EU27")["FRA"] == [(date(1958, 1, 1), None)]
    assert customs.editions("hs", "2846")
    before = load_vocabulary()
    extension.write_text(PREFIXES, "utf-8")
    assert len(load_vocabulary().facts) == len(before.facts) - 1


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('ore:symbl "X"', "symbl.*\n.*symbol"),
        ("ore:weight 5", "weight.*\n.*shape"),
        ('ore:kind "element" . ore:x a ore:Stage ; ore:position "four"^^xsd:integer', "'four'"),
    ],
)
def test_what_an_individual_cannot_say_is_refused_by_its_name(
    extension: Path, line: str, words: str
) -> None:
    individual = "<https://w3id.org/orepath/material/x> a ore:Material ; "
    extension.write_text(f"{PREFIXES}{individual}{line} .", "utf-8")
    with pytest.raises(OntologyError, match=words):
        load_vocabulary()


def test_lists_and_lengths_of_a_users_shape_hold_at_load(extension: Path) -> None:
    extension.write_text(
        PREFIXES
        + """
ore:Shirt a owl:Class ; rdfs:subClassOf ore:Entity .
ore:size a owl:DatatypeProperty ; rdfs:range xsd:string .
ore:mark a owl:DatatypeProperty ; rdfs:range xsd:string .
ore:ShirtShape a sh:NodeShape ; sh:targetClass ore:Shirt ;
    sh:property [ sh:path ore:size ; sh:datatype xsd:string ; sh:maxCount 1 ;
                  sh:in ( "S" "M" "L" ) ] ;
    sh:property [ sh:path ore:mark ; sh:datatype xsd:string ; sh:maxCount 1 ; sh:maxLength 3 ] .
""",
        "utf-8",
    )
    check = Validator(load_schema()).check

    def shirt(**values: str) -> Fact:
        return Fact("Shirt", {"id": "s", "name": "shirt", **values}, PLACE)

    assert check(shirt(size="M", mark="abc"))
    with pytest.raises(FactError, match="size of Shirt"):
        check(shirt(size="XXL"))
    with pytest.raises(FactError, match="at most 3"):
        check(shirt(mark="abcd"))
