"""``orepath brief``: one subject on few pages, for a report, with everything behind it."""

from __future__ import annotations

from pathlib import Path

import click

from .base import Command
from .options import naming, with_day, with_timeout
from .session import emit, note, open_orepath
from .target import check_output, form_of

ENDINGS = {"pdf": "pdf", "html": "html", "htm": "html", "docx": "docx", "md": "md"}


@click.command(
    "brief",
    cls=Command,
    short_help="A brief on a sector, country, material or market as PDF, web page or Word file.",
    examples=(
        (
            "orepath brief --sector defence --country China -o brief.pdf",
            "The dependence of a sector on a country, on at most four pages.",
        ),
        ("orepath brief --material gallium", "What is known of gallium, as Markdown."),
        (
            "orepath brief --sector defence --importer US -o brief.html --bundle evidence",
            "With all tables, pictures, pieces of the graph and sources in a folder.",
        ),
        (
            "orepath brief --material tungsten --as-of 2025-12-31 -o brief.docx "
            "--templates house-style",
            "As of a day, in a house style.",
        ),
    ),
)
@naming("--sector", "sector", "A sector (like defence).")
@naming(
    "--country",
    "country",
    "A country (like China).  [default: that on which the subject depends most]",
)
@naming("--material", "material", "A material or a group (like gallium).")
@naming("--importer", "economy", "The market whose supply is looked at (like US).  [default: EU]")
@with_day
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this file: .pdf, .html, .docx or .md.  [default: Markdown to standard output]",
)
@click.option(
    "--bundle",
    "folder",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Write a new folder with the brief, each table, picture and piece of the graph that it "
    "rests on, its queries and sources, and a manifest with their hashes.",
)
@click.option(
    "--templates",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Take brief.typ, brief.html, brief.md or brief.docx (its styles) from this folder, where "
    "they are there.",
)
@click.option("--force", is_flag=True, help="Replace a file, or a bundle, that is there.")
@with_timeout
def brief(
    output: Path | None,
    folder: Path | None,
    templates: Path | None,
    force: bool,
    timeout: float,
    **subject: str | None,
) -> None:
    """A brief on a sector, a country, a material or a market, or several of them together.

    Who makes it at which stage, what the market itself buys, what rests on the country two or
    three tiers up, what is restricted and agreed, who else could supply, what is not known, and
    the sources; every part is the answer to a question, told in few sentences. PDF and DOCX need
    the extra `report`: pip install 'orepath[report]'.
    """
    form = form_of(None, output, ENDINGS, "md")
    check_output(output, force)
    from ..report.brief.bundle import check
    from ..report.brief.dressing import check_templates

    check_templates(templates)
    if folder is not None:
        check(folder, force=force)
    with open_orepath() as orepath:
        made = orepath.brief(**subject, timeout=timeout)
        content = made.render(form, templates)
        if folder is not None:
            bundled = form if output is not None else "html"
            names = made.bundle(folder, form=bundled, templates=templates, force=force)
            note(f"{folder}: {len(names)} files")
    if output is not None or folder is None:
        emit(content, output, force=force)
