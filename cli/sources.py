"""``orepath sources``: what is loaded under which licence, and what each loader expects.

The first comes from the graph; the second from the descriptions beside the loaders, without a
database.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from ..ontology.errors import DatabaseError
from .base import Command
from .session import emit, note, open_graph, to_terminal
from .source_ids import complete, editions

if TYPE_CHECKING:
    from ..loaders.base import Edition
    from ..queries.run import Answer

EXPECTED = ("source", "load_with", "edition", "licence", "file", "sha256", "description", "url")


@click.command(
    cls=Command,
    examples=(
        ("orepath sources", "What is loaded, and what can be."),
        ("orepath sources --loaders", "Only what can be loaded; needs no database."),
        ("orepath sources usgs-mcs-2026", "One source in full: licence, files, what is left out."),
    ),
)
@click.argument("source", required=False, shell_complete=lambda c, p, i: complete(i))
@click.option("--loaders", is_flag=True, help="Show only what each loader expects.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("table", "csv", "json")),
    help="How to write it.  [default: table on a terminal, csv in a pipe]",
)
def sources(source: str | None, loaders: bool, form: str | None) -> None:
    """Show what is loaded (edition, licence, rows), and the files that each loader expects.

    With SOURCE (an edition or a publication) everything about one source; that and --loaders need
    no database. CSV has the loaded sources, or with --loaders the expected files.
    """
    from ..loaders.registry import all_editions

    known = list(all_editions().values())
    form = form or ("table" if to_terminal() else "csv")
    if source is not None:
        emit(_described(editions(source), form))
    elif loaders:
        emit(_expected(known, form))
    else:
        answer = _loaded(required=form != "table")
        emit(_both(answer, known, form))


def _loaded(required: bool) -> Answer | None:
    """What is in the graph; without a graph a note, unless that was all that was asked for."""
    from ..queries.catalogue import question
    from ..queries.run import ask

    try:
        with open_graph() as graph:
            return ask(graph, question("sources"), {})
    except DatabaseError as error:
        if required:
            raise
        note(f"What is loaded cannot be told: {error}")
        return None


def _both(answer: Answer | None, known: Sequence[Edition], form: str) -> str:
    from .formats import render

    if answer is not None and form == "csv":
        return render(answer, "csv")
    if form == "json":
        from ..graph.export.table import to_json

        loaded = answer.records() if answer else ()
        return to_json({"loaded": loaded, "loaders": [s.model_dump(mode="json") for s in known]})
    loadable = _expected(known, "table")
    return f"{render(answer, 'table')}\n{loadable}" if answer is not None else loadable


def _expected(known: Sequence[Edition], form: str) -> str:
    from ..graph.export.table import to_csv, to_json

    if form == "json":
        return to_json({"loaders": [s.model_dump(mode="json") for s in known]})
    if form == "csv":
        return to_csv(EXPECTED, [row for s in known for row in _file_rows(s)])
    from .table import plain_table

    rows = [(s.id, f"orepath load {s.publication}", s.edition, s.licence, _files(s)) for s in known]
    return plain_table(
        "What each loader expects (`orepath sources SOURCE` tells all about one)",
        ("source", "load with", "edition", "licence", "files"),
        rows,
    )


def _files(edition: Edition) -> str:
    return ", ".join(dict.fromkeys(f.name for f in edition.files)) or "comes with the package"


def _file_rows(edition: Edition) -> list[tuple[Any, ...]]:
    head = (edition.id, edition.publication, edition.edition, edition.licence)
    if not edition.files:
        return [(*head, "", "", "comes with the package", edition.url)]
    return [(*head, f.name, f.sha256, f.description, edition.url) for f in edition.files]


def _described(found: Sequence[Edition], form: str) -> str:
    if form != "table":
        return _expected(found, form)
    return "\n".join(_page(edition) for edition in found)


def _page(edition: Edition) -> str:
    allowed = "" if edition.redistributable else " (may not be passed on)"
    lines = [
        f"{edition.id}: {edition.title}",
        f"  publisher  {edition.publisher}",
        f"  edition    {edition.edition}, published {edition.published}",
        f"  licence    {edition.licence}{allowed}",
        f"  cite as    {edition.citation}",
        f"  from       {edition.url} (accessed {edition.accessed})",
        f"  load with  orepath load {edition.publication}{' FILE…' if edition.files else ''}",
    ]
    if edition.years:
        lines.append(f"  years      {edition.years}")
    if edition.files:
        lines.append("  files that it was tested with")
        for f in edition.files:
            lines += [f"    {f.name}  sha256 {f.sha256}"] + (
                [f"      {f.description}"] if f.description else []
            )
    if edition.left_out:
        lines.append("  left out on purpose")
        lines += [f"    {left.what}: {left.reason}" for left in edition.left_out]
    return "\n".join(lines) + "\n"
