"""A class and an n-ary relationship added in Turtle only are loaded, asked and exported."""

from __future__ import annotations

from pathlib import Path

import pytest

from orepath.graph.connection import Graph
from orepath.graph.constraints import statements
from orepath.graph.writer import Writer
from orepath.ontology.facts import Fact, Place
from orepath.ontology.rdf import facts_from_rdf, to_rdf
from orepath.ontology.schema import load_schema
from orepath.ontology.turtle import read_turtle
from orepath.ontology.validate import Validator

EXTENSION = """
@prefix ore: <https://w3id.org/orepath/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

ore:Port a owl:Class ; rdfs:subClassOf ore:Entity ; rdfs:label "port"@en .
ore:depth a owl:DatatypeProperty ; rdfs:range xsd:decimal ; ore:measuredIn "m" .
ore:PortShape a sh:NodeShape ; sh:targetClass ore:Port ;
    sh:property [ sh:path skos:prefLabel ; sh:minCount 1 ; sh:maxCount 1 ] ;
    sh:property [ sh:path ore:depth ; sh:datatype xsd:decimal ; sh:maxCount 1 ;
                  sh:minInclusive 0.0 ] .

ore:Shipment a owl:Class ; rdfs:subClassOf ore:Evidence ; rdfs:label "shipment"@en ;
    ore:asRelationship "SHIPS_THROUGH" ; ore:fromRole ore:industry ; ore:toRole ore:port ;
    ore:keyRole ( ore:industry ore:port ore:source ore:year ) .
ore:port a owl:ObjectProperty ; rdfs:range ore:Port .
ore:ShipmentShape a sh:NodeShape ; sh:targetClass ore:Shipment ;
    sh:property [ sh:path ore:industry ; sh:minCount 1 ; sh:maxCount 1 ] ;
    sh:property [ sh:path ore:port ; sh:minCount 1 ; sh:maxCount 1 ] ;
    sh:property [ sh:path ore:mass ; sh:datatype xsd:decimal ; sh:maxCount 1 ] ;
    sh:property [ sh:path ore:year ; sh:datatype xsd:string ; sh:minCount 1 ; sh:maxCount 1 ] .
"""
PLACE = Place("ports.csv", 2)
FACTS = [
    Fact("Source", {"id": "ports", "name": "Ports", "kind": "dataset"}, PLACE),
    Fact("Industry", {"id": "CHL:lithium/ore", "name": "Chile: lithium"}, PLACE),
    Fact("Port", {"id": "antofagasta", "name": "Antofagasta", "depth": 9.5}, PLACE),
    Fact(
        "Shipment",
        {
            "industry": "CHL:lithium/ore",
            "port": "antofagasta",
            "source": "ports",
            "year": "2025",
            "mass": 12.5,
            "verified": True,
        },
        PLACE,
    ),
]


@pytest.fixture
def extended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "ports.ttl"
    file.write_text(EXTENSION, "utf-8")
    monkeypatch.setenv("OREPATH_ONTOLOGY", str(tmp_path))
    return file


@pytest.mark.usefixtures("extended")
def test_it_is_loaded_asked_and_exported(graph: Graph) -> None:
    schema = load_schema()
    assert "port_id" in statements(schema)
    assert "ships_through_key" in statements(schema)
    writer = Writer(graph, schema)
    assert not writer.load("ports", FACTS).rejected
    asked = graph.read(
        "MATCH (:Industry)-[s:SHIPS_THROUGH]->(p:Port) "
        "RETURN p.name AS port, s.mass AS mass, s.source AS source, s.id AS id"
    ).records
    assert [record.data() for record in asked] == [
        {
            "port": "Antofagasta",
            "mass": 12.5,
            "source": "ports",
            "id": "CHL:lithium/ore;antofagasta;ports;2025",
        }
    ]
    assert writer.load("ports", FACTS).created == 0


@pytest.mark.usefixtures("extended")
def test_it_goes_to_turtle_and_back(tmp_path: Path) -> None:
    schema = load_schema()
    check = Validator(schema).check
    records = [check(fact) for fact in FACTS]
    turtle = tmp_path / "graph.ttl"
    turtle.write_text(to_rdf(records, schema).serialize(format="turtle"), "utf-8")
    back = [check(f) for f in facts_from_rdf(read_turtle([turtle]), schema, PLACE)]
    assert sorted(map(str, back)) == sorted(map(str, records))


def test_without_the_extension_the_class_is_unknown() -> None:
    assert "Port" not in load_schema().labels
