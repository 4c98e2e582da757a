"""What an answer lacks: rows of its own tables that were refused when they were loaded."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from ..graph.connection import Graph
from .definition import Question

REFUSING = """
MATCH (run:Load) WHERE run.rejected > 0
RETURN run.id AS source, run.rejected AS rejected, run.refused_rows AS rows
"""
CITED_IN = """
MATCH (document:Source)-[:CITED_IN]->(source:Source) WHERE document.id IN $cited
RETURN collect(DISTINCT source.id) AS sources
"""
FILES = """
MATCH (:Material {id: $material})<-[:FORM_OF]-(:Product)<-[:MAKES]-(:Industry)
      -[report:REPORTED_BY]->(:Source)
WHERE report.file IS NOT NULL
UNWIND [source IN report.stated_in WHERE source IN $sources] AS source
RETURN source, collect(DISTINCT report.file) AS files
"""


def refused_notes(
    graph: Graph, question: Question, values: Mapping[str, Any], cited: Iterable[str]
) -> tuple[str, ...]:
    """A sentence for each source that an answer rests on, or was to rest on, and that lost rows.

    ``values`` are the question's parameters, ``cited`` the sources of its rows, of a document with
    the data set that cites it; where there are none and no edition was named, all that lost rows
    are told. Of a source whose evidence on the material is known, only the files count in which
    that stands.
    """
    losses = graph.remembered("refused", lambda: _losses(graph))
    if not losses:
        return ()
    cited = set(cited)
    if cited:
        cited.update(graph.read(CITED_IN, {"cited": sorted(cited)}).records[0]["sources"])
    named = [values.get(p.name) for p in question.parameters if p.type == "source"]
    wanted = cited | {str(source) for source in named if source} or set(losses)
    found = {source: losses[source] for source in sorted(wanted & losses.keys())}
    materials = [values.get(p.name) for p in question.parameters if p.type == "material"]
    material = next(filter(None, materials), None)
    files: dict[str, list[str]] = {}
    if found and material:
        read = graph.read(FILES, {"material": material, "sources": list(found)})
        files = {record["source"]: record["files"] for record in read.records}
    told = []
    for source, (rejected, tables) in found.items():
        counted = sum(tables[file] for file in files[source]) if source in files else rejected
        if counted:
            rows = "1 row" if counted == 1 else f"{counted:,} rows"
            of = f"the tables on this in {source}" if source in files else source
            was = "was" if counted == 1 else "were"
            told.append(f"{rows} of {of} {was} refused: orepath sources {source} --refused")
    return tuple(told)


def _losses(graph: Graph) -> dict[str, tuple[int, Counter[str]]]:
    """How many rows of each loaded source were refused, and how many of each file."""
    found = {}
    for record in graph.read(REFUSING).records:
        files = Counter(json.loads(text)[0] for text in record["rows"] or ())
        found[record["source"]] = (record["rejected"], files)
    return found
