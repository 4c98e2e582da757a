"""Facts to Turtle and back are the same facts, whatever their values."""

from __future__ import annotations

import string
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph

from orepath.ontology.facts import Fact, Place
from orepath.ontology.rdf import facts_from_rdf, identifier, iri, to_rdf
from orepath.ontology.schema import kebab, load_schema
from orepath.ontology.validate import Record, Validator

SCHEMA = load_schema()
CHECK = Validator(SCHEMA).check
PLACE = Place("x")

text = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=30
).filter(lambda s: s.strip() == s)
ids = st.text(string.ascii_letters + string.digits + "-/:~ %#?é|", min_size=1, max_size=20)
numbers = st.floats(allow_nan=False, allow_infinity=False, width=64)


def round_trip(records: list[Record]) -> list[Record]:
    turtle = to_rdf(records, SCHEMA).serialize(format="turtle")
    graph = Graph().parse(data=turtle, format="turtle")
    return [CHECK(fact) for fact in facts_from_rdf(graph, SCHEMA, PLACE)]


@given(identifier_=ids, name=text, aliases=st.lists(text, unique=True, min_size=1, max_size=3))
def test_nodes(identifier_: str, name: str, aliases: list[str]) -> None:
    record = CHECK(
        Fact("Material", {"id": identifier_, "name": name, "alt_names": sorted(aliases)}, PLACE)
    )
    assert round_trip([record]) == [record]


@given(amount=numbers, note=text, period=st.integers(1900, 2030))
def test_observations(amount: float, note: str, period: int) -> None:
    record = CHECK(
        Fact(
            "IndustryObservation",
            {
                "industry": "CHN:gallium/primary",
                "source": "s",
                "measure": "production",
                "basis": "contained",
                "period": str(period),
                "amount": amount,
                "unit": "t",
                "status": "normal",
                "note": note,
                "verified": False,
            },
            PLACE,
        )
    )
    assert round_trip([record]) == [record]


def test_unions_dates_and_plain_relationships() -> None:
    facts = [
        Fact("serves", {"start": "Technology:wind-turbine", "end": "renewables"}, PLACE),
        Fact("form_of", {"start": "gallium/primary", "end": "gallium"}, PLACE),
        Fact(
            "Membership",
            {"country": "FRA", "bloc": "EU27", "from": date(1958, 1, 1), "until": None},
            PLACE,
        ),
        Fact(
            "Coverage",
            {"agreement": "eu-nam", "covered": "Stage:extraction", "source": "d", "verified": True},
            PLACE,
        ),
    ]
    records = [CHECK(fact) for fact in facts]
    assert sorted(map(str, round_trip(records))) == sorted(map(str, records))


def test_bookkeeping_survives_as_a_described_statement() -> None:
    record = CHECK(Fact("form_of", {"start": "gallium/primary", "end": "gallium"}, PLACE))
    record.properties["stated_in"] = ["orepath-vocabulary"]
    turtle = to_rdf([record], SCHEMA).serialize(format="turtle")
    assert '"orepath-vocabulary"' in turtle


@given(ids)
def test_an_id_survives_its_iri(value: str) -> None:
    assert identifier(iri("Material", value)) == value


def test_iris_read_well() -> None:
    assert str(iri("Industry", "CHN:gallium/primary")) == (
        "https://w3id.org/orepath/industry/CHN:gallium/primary"
    )
    assert kebab("IndustryObservation") == "industry-observation"
