"""The checker finds each kind of fault, and only that; both of its engines say the same."""

from __future__ import annotations

import pyshacl
import pytest
from rdflib import Graph

from orepath.ontology.check import Engine, Violation, check_graph
from orepath.ontology.schema import ontology_files
from orepath.ontology.turtle import read_turtle

PREFIXES = """
@prefix : <https://w3id.org/orepath/> .
@prefix t: <https://w3id.org/orepath/test/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
SOUND = """
t:mcs a :Source ; skos:prefLabel "MCS 2026"@en ; :kind "dataset" ; :published "2026-02" .
t:china a :Country ; skos:prefLabel "China"@en ; :alpha2 "CN" ; :alpha3 "CHN" ; :has t:industry .
t:world a :Aggregate ; skos:prefLabel "World"@en ; :has t:total .
t:gallium a :Material ; skos:prefLabel "gallium"@en ; :kind "element" .
t:refining a :Stage ; skos:prefLabel "refining"@en ; :position 4 .
t:primary a :Product ; skos:prefLabel "gallium, primary"@en ; :form_of t:gallium ;
    :at_stage t:refining .
t:basket a :TradeCode ; skos:prefLabel "811292"@en ; :code "811292" ; :nomenclature "HS2022" ;
    :form_of t:gallium .
t:industry a :Industry ; skos:prefLabel "China: gallium"@en .
t:making a :Making ; :industry t:industry ; :product t:primary .
t:total a :Industry ; skos:prefLabel "World: gallium"@en ; :totals t:primary .
t:withheld a :IndustryObservation ; :industry t:industry ; :source t:mcs ; :verified true ;
    :measure "production" ; :period "2024" ; :basis "contained" ; :status "withheld" .
t:range a :IndustryObservation ; :industry t:industry ; :source t:mcs ; :verified true ;
    :measure "capacity" ; :period "2016-2020" ; :basis "contained" ; :status "estimated" ;
    :low 4.0 ; :high 5.0 ; :unit "t" .
t:sourced a :SourcingShare ; :industry t:industry ; :market t:china ; :source t:mcs ;
    :verified true ; :period "2024" ; :share 0.911 ; :share_of "imports" ; :basis "mass" ;
    :value_share 0.9272 .
"""
OBSERVED = """ a :IndustryObservation ; :industry t:industry ; :source t:mcs ; :verified true ;
    :measure "production" ; :basis "contained" ; :period "2025" """
SOURCED = """t:it a :SourcingShare ; :industry t:industry ; :market t:china ; :source t:mcs ;
    :verified true ; :period "2024" ; :share 0.911 """
RESTRICTION = """t:it a :ExportRestriction ; skos:prefLabel "licence"@en ; :kind "licence" ;
    :imposed_by t:china """
AGREEMENT = 't:it a :Memorandum ; skos:prefLabel "memorandum"@en ; :party t:china '

# What is added to the sound graph, and of which property and by which words it is found.
FAULTS = {
    "no number and no reason": (
        f't:it {OBSERVED} ; :status "normal" .',
        ("", "neither an amount nor a bound"),
    ),
    "a withheld number is zero": (
        f't:it {OBSERVED} ; :status "withheld" ; :amount 0.0 ; :unit "t" .',
        ("", "the status says that there is none"),
    ),
    "a number without a unit": (
        f't:it {OBSERVED} ; :status "normal" ; :amount 5.0 .',
        ("", "without a unit"),
    ),
    "a sourcing share of a whole that no list knows": (
        f'{SOURCED} ; :share_of "needs" .',
        ("share_of", "must be one of"),
    ),
    "a sourcing share counted as output is": (
        f'{SOURCED} ; :basis "contained" .',
        ("basis", "must be one of"),
    ),
    "two shares by value": (
        f'{SOURCED} ; :basis "value" ; :value_share 0.9272 .',
        ("", "beside a share that is not by mass"),
    ),
    "a share by value above the whole": (
        f'{SOURCED} ; :basis "mass" ; :value_share 92.72 .',
        ("value_share", ""),
    ),
    "a unit that is always converted": (
        f't:it {OBSERVED} ; :status "normal" ; :amount 5.0 ; :unit "kg" .',
        ("unit", "must be one of"),
    ),
    "an amount that is no decimal": (
        f't:it {OBSERVED} ; :status "normal" ; :amount "5" ; :unit "t" .',
        ("amount", "must be of type decimal"),
    ),
    "two amounts": (
        f't:it {OBSERVED} ; :status "normal" ; :amount 5.0 , 6.0 ; :unit "t" .',
        ("amount", "at most 1"),
    ),
    "low above high": (
        f't:it {OBSERVED} ; :status "normal" ; :low 5.0 ; :high 4.0 ; :unit "t" .',
        ("low", "must not be above high"),
    ),
    "an unknown measure": (
        "t:range :measure 'output' .",
        ("measure", "must be one of"),
    ),
    "a period that is none": ("t:range :period 'FY25' .", ("period", "must match")),
    "evidence without a source": (
        "t:it a :Coverage ; :agreement t:memo ; :covered t:gallium ; :verified true ."
        " t:memo a :Memorandum ; skos:prefLabel 'm'@en ; :party t:china .",
        ("source", "is required"),
    ),
    "an aggregate that makes": (
        "t:it a :Making ; :industry t:total ; :product t:primary .",
        ("industry/^has", "an aggregate makes nothing"),
    ),
    "a country that totals": (
        "t:industry :totals t:primary .",
        ("^has", "only the industry of an aggregate"),
    ),
    "an industry of nobody": (
        't:it a :Industry ; skos:prefLabel "x"@en .',
        ("^has", "exactly one economy"),
    ),
    "an industry of two economies": ("t:world :has t:industry .", ("^has", "exactly one economy")),
    "a product without a stage": (
        't:it a :Product ; skos:prefLabel "x"@en ; :form_of t:gallium .',
        ("", "without a stage"),
    ),
    "a product of no material": (
        't:it a :Product ; skos:prefLabel "x"@en ; :at_stage t:refining .',
        ("", "of no material"),
    ),
    "a thing without a name": ("t:it a :Component .", ("name", "is required")),
    "a share above one": ("t:making :share 1.2 .", ("share", "must be at most 1")),
    "a reference to a wrong kind": (
        f"{RESTRICTION} ; :restricts t:china .",
        ("restricts", "must be one of Material"),
    ),
    "ended before it took effect": (
        f'{RESTRICTION} ; :effective "2025-02-01"^^xsd:date ; :ended "2025-01-01"^^xsd:date .',
        ("effective", "must not be above ended"),
    ),
    "ended before it was announced": (
        f'{RESTRICTION} ; :announced "2025-02-01"^^xsd:date ; :ended "2025-01-01"^^xsd:date .',
        ("", "before it was announced"),
    ),
    "a suspension that ends before it starts": (
        f'{RESTRICTION} ; :suspended_from "2026-11-10"^^xsd:date ;'
        ' :suspended_until "2025-11-10"^^xsd:date .',
        ("suspended_from", "must not be above suspended_until"),
    ),
    "signed without precision": (
        f'{AGREEMENT} ; :signed "2025-02-01"^^xsd:date .',
        ("signed_precision", "is required"),
    ),
    "in force before signature": (
        f'{AGREEMENT} ; :signed "2025-02-01"^^xsd:date ; :signed_precision "day" ;'
        ' :in_force_from "2024-02-01"^^xsd:date .',
        ("", "before it was signed"),
    ),
    "a membership that ends before it starts": (
        "t:bloc a :Bloc ; skos:prefLabel 'b'@en . t:it a :Membership ; :country t:china ;"
        ' :bloc t:bloc ; :from "2020-01-31"^^xsd:date ; :until "1973-01-01"^^xsd:date .',
        ("from", "must not be above until"),
    ),
    "the world in a bloc": (
        "t:bloc a :Bloc ; skos:prefLabel 'b'@en . t:it a :Membership ; :country t:world ;"
        ' :bloc t:bloc ; :from "2020-01-31"^^xsd:date .',
        ("country", "must be one of Country, HistoricalState"),
    ),
    "a value without a currency": (
        "t:it a :TradeFlow ; :exporter t:industry ; :importer t:china ; :source t:mcs ;"
        ' :verified true ; :year 2024 ; :reporter_side "exporter" ; :value 3.0 .',
        ("", "neither value (with its currency)"),
    ),
}


def graph(*parts: str) -> Graph:
    """Turtle with the usual prefixes."""
    return Graph().parse(data="\n".join((PREFIXES, *parts)), format="turtle")


@pytest.mark.parametrize("engine", ["pyrudof", "pyshacl"])
def test_a_sound_graph_has_no_violation(engine: Engine) -> None:
    assert check_graph(graph(SOUND), engine) == []


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_found(name: str) -> None:
    added, (path, words) = FAULTS[name]
    found = check_graph(graph(SOUND, added))
    assert any(v.path == path and words in v.message for v in found), found
    assert {v.severity for v in found} == {"Violation"}


def test_both_engines_say_the_same() -> None:
    # One graph for all, so that the individuals of one fault are told from those of the next.
    texts = [text.replace("t:it", f"t:it{n}") for n, (text, _) in enumerate(FAULTS.values())]
    found = check_graph(graph(SOUND, *texts), "pyrudof")
    assert len(found) >= len(FAULTS)
    assert found == check_graph(graph(SOUND, *texts), "pyshacl")


def test_the_shapes_as_they_stand_are_standard_shacl() -> None:
    """An engine that knows nothing of ours, with the Turtle files as they are."""
    rules = read_turtle(ontology_files())
    fault = "t:it a :Material ; skos:prefLabel 'x'@en ; :kind 'nonsense' ."
    for added, conforms in (("", True), (fault, False)):
        data = graph(SOUND, added) + rules
        assert pyshacl.validate(data, shacl_graph=rules, inplace=True)[0] is conforms


def test_in_effect_before_announcement_is_only_a_warning() -> None:
    """Real orders are dated a day or two before they are made public."""
    text = (
        f'{RESTRICTION} ; :announced "2025-10-22"^^xsd:date ; :effective "2025-10-21"^^xsd:date .'
    )
    (found,) = check_graph(graph(SOUND, text))
    assert found.severity == "Warning"
    assert "before it was announced" in found.message


def test_a_violation_names_what_where_and_value() -> None:
    (found,) = check_graph(graph(SOUND, "t:making :share 1.2 ."))
    assert found == Violation(
        "https://w3id.org/orepath/test/making", "share", "1.2", "must be at most 1.0", "Violation"
    )
