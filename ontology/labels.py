"""What a person reads in place of a code of a code list, or of a class: its preferred label."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from .paths import kept
from .schema import hash_of, ontology_files

FORM = "labels 2"
Labels = Mapping[str, Mapping[str, str]]
"""By code list (``unit``, ``status``): notation → preferred label."""
CLASS = "class"
"""What the classes are called, as if they were one more code list: ``StrategicPartnership`` →
``strategic partnership``."""


@cache
def code_labels() -> Labels:
    """The labels of all code lists, from the cache where the Turtle has not changed."""
    files = ontology_files()

    def made() -> Labels:
        from rdflib.namespace import OWL, RDF, RDFS, SKOS

        from .turtle import local, read_turtle

        graph = read_turtle(files)
        found: dict[str, dict[str, str]] = {}
        for concept, scheme in graph.subject_objects(SKOS.inScheme):
            notation, label = (
                graph.value(concept, SKOS.notation),
                graph.value(concept, SKOS.prefLabel),
            )
            if notation is not None and label is not None:
                found.setdefault(local(scheme), {})[str(notation)] = str(label)
        found[CLASS] = {
            local(term): str(label)[:1].lower() + str(label)[1:]
            for term in graph.subjects(RDF.type, OWL.Class)
            if (label := graph.value(term, RDFS.label)) is not None
        }
        return {scheme: dict(sorted(codes.items())) for scheme, codes in sorted(found.items())}

    return kept(f"labels/{hash_of(files, FORM)}", _read, made, dict)


def _read(data: Any) -> Labels:
    return {scheme: dict(codes) for scheme, codes in data.items()}
