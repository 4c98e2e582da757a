"""Writes the code lists into the shapes: ``python tools/code_lists.py`` after a list has changed.

A property shape names its list by ``ore:codeList``, which only Orepath understands; ``sh:in`` says
the same to every SHACL engine, so it stands in ``shapes.ttl`` as well. A test compares the two.
"""

from __future__ import annotations

import re
import textwrap

from rdflib import Graph, URIRef

from orepath.ontology.schema import ontology_files
from orepath.ontology.turtle import codes, read_turtle

LISTED = re.compile(
    r"(?P<list> *ore:codeList <(?P<scheme>[^>]+)>)(?: ;\s*sh:in \((?P<codes>[^()]*)\))?"
)


def with_codes(shapes: str, ontology: Graph) -> str:
    """The text of the shapes with the ``sh:in`` of each code list renewed."""

    def renewed(found: re.Match[str]) -> str:
        values = " ".join(f'"{code}"' for code in codes(ontology, URIRef(found["scheme"])))
        indent = " " * 8
        line = f"{indent}sh:in ( {values} )"
        if len(line) > 98:
            wrapped = textwrap.fill(
                values,
                98,
                initial_indent=f"{indent}    ",
                subsequent_indent=f"{indent}    ",
                break_on_hyphens=False,
            )
            line = f"{indent}sh:in (\n{wrapped}\n{indent})"
        return f"{found['list']} ;\n{line}"

    return LISTED.sub(renewed, shapes)


if __name__ == "__main__":
    (file,) = (f for f in ontology_files() if f.name == "shapes.ttl")
    before = file.read_text("utf-8")
    file.write_text(with_codes(before, read_turtle(ontology_files())), "utf-8")
