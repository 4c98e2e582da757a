"""The ontology keeps its own rules: documented terms, no orphans, sound shapes, no contradiction.

Vocabulary files are found by pattern, so that a new one is held to the same rules.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache

import pytest
from owlrl import DeductiveClosure, OWLRL_Semantics
from owlrl.Namespaces import ERRNS
from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS
from rdflib.term import Node

from orepath.ontology.check import check_graph
from orepath.ontology.compile import Compiler
from orepath.ontology.schema import ontology_files, vocabulary_files
from orepath.ontology.turtle import ORE, codes, local, read_turtle

TERM_TYPES = (
    OWL.Class,
    OWL.ObjectProperty,
    OWL.DatatypeProperty,
    OWL.AnnotationProperty,
)
LOGICAL = {
    RDF.type,
    RDF.first,
    RDF.rest,
    RDFS.subClassOf,
    RDFS.domain,
    RDFS.range,
    RDFS.subPropertyOf,
    OWL.disjointWith,
    OWL.members,
    OWL.unionOf,
}


@cache
def ontology() -> Graph:
    """Terms, shapes and code lists."""
    return read_turtle(ontology_files())


@cache
def everything() -> Graph:
    """The ontology with all vocabularies."""
    return read_turtle(dict.fromkeys((*ontology_files(), *vocabulary_files())))


def terms(*types: URIRef) -> list[URIRef]:
    """Named terms of these types that the ontology declares, borrowed ones included."""
    found = {s for t in types or TERM_TYPES for s in ontology().subjects(RDF.type, t)}
    return sorted(s for s in found if isinstance(s, URIRef))


def plain_relationships() -> list[URIRef]:
    """Object properties that become relationships by themselves."""
    properties = set(terms(OWL.ObjectProperty))
    return sorted(p for p in properties if (p, ORE.asRelationship, None) in ontology())


def nary_classes() -> list[URIRef]:
    """Classes that become relationships with properties."""
    classes = set(terms(OWL.Class))
    return sorted(c for c in classes if (c, ORE.asRelationship, None) in ontology())


def ancestors(cls: Node) -> set[Node]:
    """A class and all that it is a subclass of."""
    return {c for c in ontology().transitive_objects(cls, RDFS.subClassOf) if c is not None}


def property_shapes(cls: Node) -> Iterator[tuple[Node, Node]]:
    """(path, property shape) of a class and its ancestors, plain paths only."""
    graph = ontology()
    for c in ancestors(cls):
        for shape in graph.subjects(SH.targetClass, c):
            for prop in graph.objects(shape, SH.property):
                path = graph.value(prop, SH.path)
                if isinstance(path, URIRef):
                    yield path, prop


def members(end: Node | None) -> list[Node]:
    """The classes of a domain or range, one or a union."""
    union = ontology().value(end, OWL.unionOf)
    if union is not None:
        return list(Collection(ontology(), union))
    return [] if end is None else [end]


# ---- Documentation -------------------------------------------------------------------------------


@pytest.mark.parametrize("term", terms(), ids=local)
def test_each_term_is_documented(term: URIRef) -> None:
    graph = ontology()
    labels = list(graph.objects(term, RDFS.label))
    definitions = list(graph.objects(term, SKOS.definition))
    assert [label.language for label in labels if isinstance(label, Literal)] == ["en"]
    assert [text.language for text in definitions if isinstance(text, Literal)] == ["en"]
    assert str(definitions[0]).endswith(".")
    assert str(definitions[0]).rstrip(".").casefold() != str(labels[0]).casefold()
    assert str(graph.value(term, SKOS.example) or "").strip()
    sources = list(graph.objects(term, DCTERMS.source))
    assert sources
    assert all(isinstance(s, URIRef) and re.match("https?://", s) for s in sources)


def test_no_two_terms_have_the_same_definition() -> None:
    texts = Counter(str(d) for t in terms() for d in ontology().objects(t, SKOS.definition))
    assert [text for text, number in texts.items() if number > 1] == []


def test_names_follow_their_kind() -> None:
    wrong = [c for c in terms(OWL.Class) if not re.fullmatch(r"([A-Z][a-z]+)+", local(c))]
    own = [p for p in terms(OWL.ObjectProperty, OWL.DatatypeProperty) if p.startswith(ORE)]
    wrong += [p for p in own if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", local(p))]
    assert wrong == []
    types = [str(t) for t in ontology().objects(None, ORE.asRelationship)]
    assert [t for t in types if not re.fullmatch(r"[A-Z]+(_[A-Z]+)*", t)] == []


@pytest.mark.parametrize("kind", [SKOS.ConceptScheme, SKOS.Concept], ids=local)
def test_each_concept_and_scheme_is_documented(kind: URIRef) -> None:
    graph = everything()
    found = sorted(graph.subjects(RDF.type, kind), key=str)
    assert len(found) > 10
    missing = [
        (local(concept), local(predicate))
        for concept in found
        for predicate in (SKOS.prefLabel, SKOS.definition, DCTERMS.source)
        if (concept, predicate, None) not in graph
    ]
    assert missing == []


def test_each_instance_has_a_source_of_its_own_or_of_its_scheme() -> None:
    graph = everything()
    nodes = {c for c in terms(OWL.Class) if ORE.Entity in ancestors(c)}
    unsourced = [
        str(instance)
        for instance, cls in graph.subject_objects(RDF.type)
        if cls in nodes
        and (instance, DCTERMS.source, None) not in graph
        and not any(
            (scheme, DCTERMS.source, None) in graph
            for scheme in graph.objects(instance, SKOS.inScheme)
        )
    ]
    assert unsourced == []


# ---- Orphans -------------------------------------------------------------------------------------


def test_each_class_has_a_shape() -> None:
    targets = set(ontology().objects(None, SH.targetClass))
    assert [local(c) for c in terms(OWL.Class) if c not in targets] == []


def test_each_class_descends_from_one_root() -> None:
    roots = (ORE.Entity, ORE.Statement)
    stray = [c for c in terms(OWL.Class) if len([r for r in roots if r in ancestors(c)]) != 1]
    assert [local(c) for c in stray] == []


def test_each_datatype_property_is_used_by_a_class() -> None:
    used = {path for cls in terms(OWL.Class) for path, _ in property_shapes(cls)}
    borrowed = [p for p in terms(OWL.AnnotationProperty) if (p, ORE.asProperty, None) in ontology()]
    assert len(borrowed) == 3
    unused = [local(p) for p in [*terms(OWL.DatatypeProperty), *borrowed] if p not in used]
    assert unused == []


def test_each_object_property_is_a_relationship_or_a_role() -> None:
    graph = ontology()
    plain = set(plain_relationships())
    roles = {path for c in nary_classes() for path, _ in property_shapes(c)}
    for prop in terms(OWL.ObjectProperty):
        assert graph.value(prop, RDFS.range) is not None, prop
        if prop in plain:
            assert graph.value(prop, RDFS.domain) is not None, prop
        else:
            assert prop in roles, prop


def test_each_plain_relationship_is_in_the_shape_of_each_class_of_its_domain() -> None:
    for prop in plain_relationships():
        for cls in members(ontology().value(prop, RDFS.domain)):
            assert prop in {path for path, _ in property_shapes(cls)}, (local(prop), local(cls))


def test_each_code_list_is_used_and_has_concepts() -> None:
    graph = ontology()
    used = set(graph.objects(None, ORE.codeList))
    schemes = {s for s in graph.subjects(RDF.type, SKOS.ConceptScheme) if "/code/" in str(s)}
    assert used == schemes
    assert all((None, SKOS.inScheme, scheme) in graph for scheme in schemes)


def test_the_shapes_list_the_codes_of_each_code_list() -> None:
    """`tools/code_lists.py` writes them, so that the Turtle as it is means the same to all."""
    graph = ontology()
    described = list(graph.subject_objects(ORE.codeList))
    assert len(described) > 30
    for shape, scheme in described:
        listed = graph.value(shape, SH["in"])
        assert listed is not None, scheme
        assert [str(v) for v in Collection(graph, listed)] == list(codes(graph, scheme)), scheme


# ---- Shapes --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "predicate", [SH.targetClass, SH["class"], SH.targetSubjectsOf, SH.lessThanOrEquals], ids=local
)
def test_each_term_in_a_shape_exists(predicate: URIRef) -> None:
    found = {term for term in ontology().objects(None, predicate) if isinstance(term, URIRef)}
    assert found
    assert found <= set(terms())


def test_each_path_in_a_shape_exists() -> None:
    graph = ontology()
    steps = set(graph.objects(None, SH.path)) | set(graph.objects(None, SH.inversePath))
    for path in list(steps):
        if (path, RDF.first, None) in graph:
            steps |= set(Collection(graph, path))
    named = {step for step in steps if isinstance(step, URIRef)}
    assert len(named) > 100
    assert named <= set(terms())


def test_datatypes_of_shapes_agree_with_the_ranges_of_properties() -> None:
    graph = ontology()
    differing = [
        (local(path), local(datatype))
        for cls in terms(OWL.Class)
        for path, shape in property_shapes(cls)
        for datatype in graph.objects(shape, SH.datatype)
        if graph.value(path, RDFS.range) not in (datatype, RDFS.Literal)
    ]
    assert differing == []


def test_references_in_shapes_agree_with_the_ranges_of_roles() -> None:
    graph = ontology()
    for cls in terms(OWL.Class):
        for path, shape in property_shapes(cls):
            if (path, RDF.type, OWL.ObjectProperty) not in graph:
                continue
            classes: set[Node | None] = set(graph.objects(shape, SH["class"]))
            for part in graph.objects(shape, SH["or"]):
                classes |= {graph.value(p, SH["class"]) for p in Collection(graph, part)}
            assert classes == set(members(graph.value(path, RDFS.range))), (cls, path)


@pytest.mark.parametrize("cls", nary_classes(), ids=local)
def test_each_relationship_with_properties_has_required_ends_and_key(cls: URIRef) -> None:
    graph = ontology()
    required = {
        path
        for path, shape in property_shapes(cls)
        if graph.value(shape, SH.minCount) == Literal(1)
        and graph.value(shape, SH.maxCount) == Literal(1)
    }
    ends = {graph.value(cls, ORE.fromRole), graph.value(cls, ORE.toRole)}
    head = graph.value(cls, ORE.keyRole)
    assert head is not None
    key = list(Collection(graph, head))
    assert len(ends) == 2
    assert ends <= required
    assert set(key) <= required
    assert len(key) == len(set(key))
    if ORE.Evidence in ancestors(cls):
        assert ORE.source in key, "two sources would fold into one relationship"


def test_key_holds_both_ends_of_what_no_source_or_measure_tells_apart() -> None:
    graph = ontology()
    without = {
        local(cls)
        for cls in nary_classes()
        for head in graph.objects(cls, ORE.keyRole)
        for end in (graph.value(cls, ORE.fromRole), graph.value(cls, ORE.toRole))
        if end not in set(Collection(graph, head))
    }
    assert without == set()


def test_the_compiler_reads_every_class_and_relationship() -> None:
    schema = Compiler(ontology()).schema()
    nodes = {local(c) for c in terms(OWL.Class) if ORE.Entity in ancestors(c)} - {"Entity"}
    assert set(schema.nodes) == nodes
    relations = {*plain_relationships(), *nary_classes()}
    assert set(schema.relations) == {local(r) for r in relations}


# ---- Vocabularies --------------------------------------------------------------------------------


def test_each_term_that_a_vocabulary_uses_is_declared() -> None:
    declared = set(terms())
    used = {p for p in everything().predicates() if str(p).startswith(ORE)}
    used |= {o for o in everything().objects(None, RDF.type) if str(o).startswith(ORE)}
    assert used - declared == set()


def test_the_vocabularies_conform_to_the_shapes() -> None:
    wrong = [v for v in check_graph(everything()) if v.severity == "Violation"]
    assert [f"{v.focus} {v.path} {v.value}: {v.message}" for v in wrong] == []


def test_notations_are_unique_in_their_scheme_and_end_the_iri() -> None:
    graph = ontology()
    for scheme in set(graph.objects(None, ORE.codeList)):
        notations = []
        for concept in graph.subjects(SKOS.inScheme, scheme):
            (notation,) = graph.objects(concept, SKOS.notation)
            assert str(concept) == f"{scheme}/{notation}"
            notations.append(str(notation))
        assert len(notations) == len(set(notations)), scheme


def test_units_are_told_apart_whatever_their_case() -> None:
    """Loaders fold case, so *Mt* and *mt* (metric tons, to some) must not both be names."""
    graph = ontology()
    names: dict[str, Node] = {}
    for concept in graph.subjects(SKOS.inScheme, URIRef(f"{ORE}code/unit")):
        for predicate in (SKOS.notation, SKOS.prefLabel, SKOS.altLabel):
            for text in graph.objects(concept, predicate):
                key = " ".join(str(text).split()).casefold()
                assert names.setdefault(key, concept) == concept, key
    assert "mt" not in names


def test_units_convert_in_one_step_to_a_unit_that_is_kept() -> None:
    graph = ontology()
    converted = list(graph.subject_objects(ORE.base_unit))
    assert len(converted) > 15
    for unit, base in converted:
        assert (base, ORE.base_unit, None) not in graph, unit
        factor = graph.value(unit, ORE.factor)
        assert isinstance(factor, Literal)
        value = factor.toPython()
        assert isinstance(value, Decimal)
        assert value > 0
        basis = graph.value(unit, ORE.implied_basis)
        if basis is not None:
            assert (URIRef(f"{ORE}code/basis/{basis}"), SKOS.notation, basis) in graph


@pytest.mark.parametrize(
    ("unit", "kilograms"),
    [
        ("kg", "1"),
        ("g", "0.001"),
        ("lb", "0.45359237"),  # exact by the international yard and pound agreement
        ("ozt", "0.0311034768"),  # exact, 480 grains
        ("short-ton", "907.18474"),  # exact, 2000 pounds
        ("thousand-t", "1000000"),
        ("million-t", "1000000000"),
    ],
)
def test_masses_have_the_factors_of_their_definitions(unit: str, kilograms: str) -> None:
    factor = ontology().value(URIRef(f"{ORE}code/unit/{unit}"), ORE.factor)
    assert Decimal(str(factor)) * 1000 == Decimal(kilograms)


# ---- Consistency ---------------------------------------------------------------------------------


def contradictions(triples: Iterable[tuple[Node, Node, Node]]) -> list[str]:
    """What OWL 2 RL finds wrong with some triples.

    Only logical axioms are reasoned over; texts would cost time and say nothing.
    """
    graph = Graph()
    for s, p, o in triples:
        if p in LOGICAL or (isinstance(o, URIRef) and str(p).startswith(ORE)):
            graph.add((s, p, o))
    DeductiveClosure(OWLRL_Semantics).expand(graph)
    errors = [str(text) for text in graph.objects(None, ERRNS.error)]
    nothing = [f"{s} is a Nothing" for s in graph.subjects(RDF.type, OWL.Nothing)]
    unsatisfiable = [
        f"{s} has no possible instance"
        for s in graph.subjects(RDFS.subClassOf, OWL.Nothing)
        if s != OWL.Nothing
    ]
    return errors + nothing + unsatisfiable


def test_the_ontology_and_its_vocabularies_contradict_nothing() -> None:
    assert contradictions(everything()) == []


def individual(name: str) -> URIRef:
    """An individual for a test."""
    return URIRef(f"{ORE}test/{name}")


def both(name: str, *classes: URIRef) -> list[tuple[Node, Node, Node]]:
    """An individual of two classes that exclude each other."""
    return [(individual(name), RDF.type, cls) for cls in classes]


IMPOSSIBLE: dict[str, list[tuple[Node, Node, Node]]] = {
    "total": both("total", ORE.Country, ORE.Aggregate),
    "bloc": both("bloc", ORE.Country, ORE.Bloc),
    "past": both("past", ORE.Country, ORE.HistoricalState),
    "treaty": both("treaty", ORE.Memorandum, ORE.TradeAgreement),
    "kind": both("kind", ORE.Material, ORE.Product),
    "nary": both("nary", ORE.Making, ORE.Feeding),
    "node": both("node", ORE.Source, ORE.Listing),
    "group": [(individual("group"), ORE.part_of, individual("group"))],
    "chain": [(individual("chain"), ORE.input_to, individual("chain"))],
    "range": [
        (individual("membership"), ORE.bloc, individual("range")),
        *both("range", ORE.Country),
    ],
    "domain": [
        (individual("domain"), ORE.has, individual("industry")),
        *both("domain", ORE.Material),
    ],
}


@pytest.fixture(scope="module")
def found() -> list[str]:
    """What the reasoner says of all impossible things together."""
    axioms = [t for t in ontology() if not str(t[0]).startswith(f"{ORE}code/")]
    return contradictions([*axioms, *(t for added in IMPOSSIBLE.values() for t in added)])


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_a_contradiction_is_found(name: str, found: list[str]) -> None:
    assert any(re.search(rf"{re.escape(individual(name))}\b", error) for error in found)
