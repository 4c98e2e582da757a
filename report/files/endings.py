"""The endings of files that an answer can become, and what a file of each holds.

One list for the command line's help, its completion and its refusals. Knows no writer.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from ...ontology.errors import OrepathError

Holds = Literal["rows", "graph", "picture", "references"]


@dataclass(frozen=True, slots=True)
class Ending:
    """A kind of file. ``ending`` without its dot; ``name`` as ``--format`` takes it; ``holds`` what
    of an answer; ``binary`` where its content is bytes; ``others`` are endings that mean the
    same."""

    ending: str
    name: str
    holds: Holds
    meaning: str
    binary: bool = False
    others: tuple[str, ...] = ()


_ALL = (
    Ending("txt", "table", "rows", "the page as plain text"),
    Ending("csv", "csv", "rows", "all columns, unrounded, for any program"),
    Ending("tsv", "tsv", "rows", "the same, set apart by tabs"),
    Ending("json", "json", "rows", "the whole answer, with what its columns mean"),
    Ending("jsonl", "jsonl", "rows", "a row a line", others=("ndjson",)),
    Ending("md", "markdown", "rows", "the page for a report", others=("markdown",)),
    Ending("html", "html", "rows", "the page for a browser, by itself", others=("htm",)),
    Ending("xlsx", "xlsx", "rows", "a workbook: answer, rows, sources", binary=True),
    Ending("parquet", "parquet", "rows", "typed columns for data frames", binary=True),
    Ending("graph.json", "graph-json", "graph", "nodes and relationships as JSON"),
    Ending("graphml", "graphml", "graph", "for yEd, Cytoscape, Gephi, networkx"),
    Ending("gexf", "gexf", "graph", "for Gephi, with colours and weights"),
    Ending("cypher", "cypher", "graph", "a script for any Neo4j, to be run twice without harm"),
    Ending("ttl", "turtle", "graph", "RDF in the ontology's terms", others=("turtle",)),
    Ending("jsonld", "jsonld", "graph", "the same as JSON-LD"),
    Ending("trig", "trig", "graph", "the same as a named graph that says where it is from"),
    Ending("zip", "csv-zip", "graph", "a CSV file a class and a type", binary=True),
    Ending("svg", "svg", "picture", "a picture to be scaled and edited"),
    Ending("png", "png", "picture", "a picture for a page or a slide", binary=True),
    Ending("pdf", "pdf", "picture", "a picture for print", binary=True),
    Ending("bib", "bibtex", "references", "the sources for LaTeX", others=("bibtex",)),
    Ending(
        "csl.json",
        "csl-json",
        "references",
        "the sources for Zotero, pandoc, Word",
        others=("csl-json",),
    ),
)
ENDINGS: Mapping[str, Ending] = MappingProxyType({e.ending: e for e in _ALL})
"""Every kind of file by its ending."""
INSTEAD: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("xls", "xlsm", "ods"), "xlsx"),
        **dict.fromkeys(("jpg", "jpeg", "gif", "webp"), "png"),
        **dict.fromkeys(("rdf", "owl", "nt", "n3"), "ttl"),
        **dict.fromkeys(("ris", "enw"), "csl.json"),
        **dict.fromkeys(("doc", "odt", "rtf"), "docx"),
    }
)
"""What Orepath writes for the same programs as endings that it does not write."""
_KNOWN = {ending: e.ending for e in _ALL for ending in (e.ending, *e.others)}


def ending_of(path: Path | str, known: Collection[str] = tuple(ENDINGS)) -> str:
    """The ending in ``ENDINGS`` that a file's name has, of those that are ``known`` here.

    Raises ``OrepathError`` for any other, and for a name without one.
    """
    return _KNOWN[spelled(path, [s for s, ending in _KNOWN.items() if ending in known])]


def spelled(path: Path | str, known: Collection[str]) -> str:
    """The longest of some endings that a file's name has.

    Raises ``OrepathError`` for any other, and for a name without one.
    """
    name = Path(path).name.casefold()
    for ending in sorted(known, key=len, reverse=True):
        if name.endswith(f".{ending}"):
            return ending
    suffix = Path(name).suffix
    hint = f"Name a file that ends in {listed(known)}."
    if not suffix:
        raise OrepathError(f"the name {str(path)!r} does not say which kind of file it is", hint)
    if suffix[1:] in _KNOWN:
        raise OrepathError(f"this cannot be written as a {suffix} file", hint)
    meant = INSTEAD.get(suffix[1:], suffix[1:])
    if meant in known:
        hint = f"Take .{meant} for it. {hint}"
    elif meant == "docx":
        hint = f"`orepath brief` writes .docx. {hint}"
    raise OrepathError(f"{suffix} is no ending that Orepath writes", hint)


def ending_named(name: str) -> str:
    """The ending that a format's name or an ending means; raises ``OrepathError``."""
    for one in _ALL:
        if name in (one.name, one.ending, *one.others):
            return one.ending
    names = ", ".join(one.name for one in _ALL)
    raise OrepathError(f"there is no format {name!r}", f"Take one of {names}.")


def named(*holds: Holds) -> tuple[str, ...]:
    """The names of the formats that hold any of these, in the order of the list; all of them
    where none is named."""
    return tuple(one.name for one in _ALL if not holds or one.holds in holds)


def spellings() -> Mapping[str, str]:
    """Each ending that is understood, with the one in ``ENDINGS`` that it means."""
    return _KNOWN


def listed(endings: Collection[str]) -> str:
    """``.csv, .tsv or .json``; other spellings of the same are left out."""
    first = [e for e in endings if _KNOWN.get(e, e) == e]
    dotted = [f".{e}" for e in (first or endings)]
    return f"{', '.join(dotted[:-1])} or {dotted[-1]}" if len(dotted) > 1 else "".join(dotted)
