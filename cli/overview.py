"""``orepath ask overview``: several answers about one material, country or sector on one page."""

from __future__ import annotations

from pathlib import Path

import click

from ..report.overview import ENDINGS, FORMS
from ..report.page import Extent
from .base import Command
from .options import naming, with_day, with_timeout
from .session import emit, open_orepath, to_terminal
from .target import check_output, form_of, with_output

KINDS = ("material", "country", "sector")


@click.command(
    "overview",
    cls=Command,
    short_help="One page about a material, a country or a sector.",
    examples=(
        ("orepath ask overview --material gallium", "What is known of gallium, on one page."),
        ("orepath ask overview --country China --as-of 2025-12-31", "As of a day."),
        ("orepath ask overview --sector defence --format markdown -o defence.md", "For a report."),
        ("orepath ask overview --material gallium -o gallium.html", "As a page with pictures."),
    ),
)
@naming("--material", "material", "A material or a group (like gallium).")
@naming("--country", "country", "A country (like China).")
@naming("--sector", "sector", "A sector (like defence).")
@with_day
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    help="How to write the page; pdf and docx need the extra `report`.  [default: table on a "
    "terminal, markdown in a pipe, by its name in a file]",
)
@with_output
@click.option("--sources", is_flag=True, help="Cite the sources in full, with their addresses.")
@click.option("--cypher", is_flag=True, help="Print the queries with their parameters instead.")
@with_timeout
def overview(
    as_of: str | None,
    form: str | None,
    output: Path | None,
    force: bool,
    sources: bool,
    cypher: bool,
    timeout: float,
    **subjects: str | None,
) -> None:
    """One page about a material, a country or a sector: the few answers that matter.

    Who makes it, on whom one depends, what is restricted and what is done about it; each part
    begins with its finding and names its sources.
    """
    given = [(kind, word) for kind in KINDS if (word := subjects[kind]) is not None]
    if len(given) != 1:
        raise click.UsageError("Name one of --material, --country and --sector.")
    endings = {"cypher": "cypher", "txt": "cypher"} if cypher else ENDINGS
    form = form_of(None if cypher else form, output, endings, _default())
    check_output(output, force)
    with open_orepath() as orepath:
        made = orepath.overview(**subjects, as_of=as_of, timeout=timeout)
        if cypher:
            texts = [
                f"// {h}: {a.asked.question.title}\n{a.cypher.rstrip()}" for h, a in made.items()
            ]
            content: str | bytes = ";\n\n".join(texts)
        else:
            extent = Extent(sources=sources or output is not None)
            content = made.render(form, extent=extent, to_file=output is not None)
    emit(content, output, force=force)


def _default() -> str:
    return "table" if to_terminal() else "markdown"
