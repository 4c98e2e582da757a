"""An overview as text: a table for a terminal, Markdown, or JSON, which holds the answers whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ..queries.overview import Shown, day
from .page import PAGE, Extent

TEXTS = ("table", "markdown", "json")
FORMS = (*TEXTS, "html", "docx", "pdf")
"""What the page can be; the last three have pictures, numbered sources and the queries."""
ENDINGS = {
    "txt": "table", "md": "markdown", "markdown": "markdown", "json": "json", "html": "html",
    "htm": "html", "docx": "docx", "pdf": "pdf",
}  # fmt: skip
"""The form that the ending of a file means."""
LINES = 115
"""Lines of the page; each part shows fewer rows until it is no longer."""
CAVEAT = (
    "Each part is the answer to a question of its own, shortened; `orepath ask QUESTION` gives all "
    "of its rows, notes and caveats."
)


def overview_text(
    name: str,
    shown: Sequence[Shown],
    form: str,
    extent: Extent = PAGE,
    *,
    to_file: bool = False,
) -> str:
    """The answers about the subject of this name, in one of ``TEXTS``."""
    as_of = day(shown)
    if form == "json":
        from ..graph.export.table import to_json
        from .files.rows import as_mapping

        whole: list[dict[str, Any]] = [
            {"heading": s.part.heading, **as_mapping(s.answer)} for s in shown
        ]
        return to_json({"subject": name, "as_of": as_of, "parts": whole})
    title = name[:1].upper() + name[1:] + (f", as of {as_of}" if as_of else "")
    if form == "markdown":
        from .files.markdown import cited_markdown, markdown
        from .layout import shared_sources

        answers = [one.shortened() for one in shown]
        cited = shared_sources(answers, None)
        texts = [f"# {title}"]
        for one, answer in zip(shown, answers, strict=True):
            paragraphs, _ = markdown(answer, extent, sources=cited)
            texts += [f"## {one.part.heading}", *paragraphs]
        told = cited_markdown(answers[0], cited, replace(extent, everything=True))
        return "\n\n".join([*texts, f"Caveat: {CAVEAT}", *told]) + "\n"
    from .table import overview_page

    rows = [len(one.shortened().rows) for one in shown]
    while True:
        parts = [(s.part.heading, s.shortened(n)) for s, n in zip(shown, rows, strict=True)]
        text = overview_page(title, parts, CAVEAT, extent, to_file=to_file)
        over = text.count("\n") - LINES
        if over <= 0 or max(rows) <= 1:
            return text
        # All give way alike, the longer of two first.
        for _ in range(max(1, over // 2)):
            most = max(range(len(rows)), key=lambda i: (rows[i] > 1, rows[i] / shown[i].part.rows))
            rows[most] = max(rows[most] - 1, 1)
