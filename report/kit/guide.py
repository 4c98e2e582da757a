"""The guide that the Neo4j Browser plays: the questions by topic, each a click from its answer.

A page of the guide is a ``slide``; a click on an element with ``data-populate`` has its text run
by the Browser.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from ...ontology.terms import NodeClass, Schema
from ..colours import colour
from .entries import Entry
from .style import legend, text_on

SHOWN = (
    ("Material", "Product", "Stage"),
    ("Economy", "Industry", "Company"),
    ("Technology", "Application", "Sector"),
    ("ExportRestriction", "Agreement", "Policy", "CriticalityList"),
    ("Project", "Claim", "Source"),
)
"""Classes of the legend, a line each group."""
FIRST = ("top-producers", "hidden-dependence", "restrictions")
"""Questions that the first page offers, to begin with."""


def guide(
    schema: Schema, topics: Mapping[str, str], entries: Sequence[Entry], key: str = ""
) -> str:
    """The guide as HTML; ``topics`` are the headings in order, ``key`` says of what it was made."""
    slides = [_first(schema, [e for name in FIRST for e in entries if e.id == name])]
    for topic, about in topics.items():
        own = [entry for entry in entries if entry.topic == topic]
        if own:
            slides.append(_slide(about, "".join(_question(entry) for entry in own)))
    return _page(slides, key)


def empty_guide() -> str:
    """The guide of a graph of which nothing is known yet."""
    told = (
        "<p>Load the bundled data with <code>orepath load</code>, then open this page with "
        "<code>orepath browser</code>: the questions stand here, each with its query.</p>"
    )
    return _page([_slide("Orepath", told)], "")


def _first(schema: Schema, begin: Iterable[Entry]) -> str:
    questions = "".join(_question(entry) for entry in begin)
    return _slide(
        "Orepath: who controls which raw material, at which stage",
        "<p>Click on <b>table</b> or <b>picture</b>: the answer appears above, with its query. "
        "The arrow at the right turns the page: every question of the library stands there, by "
        "topic. To ask about another material or country, change the names in the query and run "
        "it again.</p>"
        f"<h4>To begin with</h4>{questions}"
        f"<h4>How to read a picture</h4>{_legend(schema)}",
    )


def _legend(schema: Schema) -> str:
    chips = " &nbsp; ".join(
        " ".join(_chip(schema.nodes[name]) for name in group if name in schema.nodes)
        for group in SHOWN
    )
    lines = "<br>".join(
        f'<span style="color:{shade}"><b>━━</b></span> <b>99 %</b> &nbsp; {escape(meaning)} '
        f"<code>{type_}</code>"
        for type_, shade, meaning in legend()
    )
    return (
        f'<p style="line-height:2.2;margin:0 0 9px">{chips}</p>'
        f'<p style="margin:0 0 9px">{lines}<br>'
        "Thin lines carry no number. Click a circle or a line for all that is known of it.</p>"
    )


def _chip(node: NodeClass) -> str:
    shade = colour(node.labels)
    return (
        f'<span style="background-color:{shade};color:{text_on(shade)};border:1px solid #888;'
        f'border-radius:9px;padding:1px 9px;white-space:nowrap">{escape(node.label)}</span>'
    )


def _question(entry: Entry) -> str:
    links = " · ".join(
        f'<a data-populate="{_attribute(statement)}" style="cursor:pointer">{kind}</a>'
        for kind, statement in entry.statements()
    )
    words = f' <span style="color:#6b7280">({escape(entry.words)})</span>' if entry.words else ""
    return f'<p style="margin:0 0 9px">{escape(entry.title)}{words} &nbsp; {links}</p>'


def _slide(title: str, inside: str) -> str:
    return (
        '<slide class="row-fluid"><div class="col-sm-12">'
        f"<h3>{escape(title)}</h3>{inside}</div></slide>"
    )


def _page(slides: Iterable[str], key: str) -> str:
    made = "\n".join(slides)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"><title>Orepath</title>'
        f'<meta name="orepath-key" content="{escape(key)}"></head>\n<body>\n'
        '<article class="guide">\n<carousel class="deck container-fluid">\n'
        f"{made}\n</carousel>\n</article>\n</body>\n</html>\n"
    )


def _attribute(text: str) -> str:
    return escape(text.strip()).replace("\n", "&#10;")
