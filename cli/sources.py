"""``orepath sources``: what is loaded under which licence, and what each loader expects.

What is loaded comes from the graph; what a loader expects from the descriptions beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from ..ontology.errors import DatabaseError, OrepathError
from .base import Command
from .session import emit, named_address, note, open_graph, to_terminal
from .source_ids import complete, editions, loaded
from .telling import counted

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
        ("orepath sources usgs-mcs-2026 --refused", "Rows that were refused when it was loaded."),
    ),
)
@click.argument("source", required=False, shell_complete=lambda c, p, i: complete(i))
@click.option("--loaders", is_flag=True, help="Show only what each loader expects.")
@click.option("--refused", is_flag=True, help="List the rows of SOURCE that were refused, and why.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("table", "csv", "json")),
    help="How to write it.  [default: table on a terminal, csv in a pipe]",
)
def sources(source: str | None, loaders: bool, refused: bool, form: str | None) -> None:
    """Show what is loaded (edition, licence, rows), and the files that each loader expects.

    With SOURCE (an edition or a publication) everything about one source, also what became of its
    rows when it was loaded; --loaders needs no database. CSV has the loaded sources, or with
    --loaders the expected files.
    """
    from ..loaders.registry import all_editions

    known = list(all_editions().values())
    form = form or ("table" if to_terminal() else "csv")
    if refused and source is None:
        raise click.UsageError("--refused needs a SOURCE, e.g. `orepath sources usgs-mcs-2026`.")
    if source is not None:
        records = _records()
        if refused:
            emit(_refused(source, records, form))
        else:
            emit(_described(_meant(source, records), records, form))
    elif loaders:
        emit(_expected(known, form))
    else:
        answer = _loaded(required=form != "table")
        emit(_both(answer, known, form))


def _records() -> dict[str, dict[str, Any]]:
    """The records of loads by data set; none, with a note, where there is no graph to ask."""
    from ..graph import runs
    from ..graph.local.importing import is_new

    if named_address() is None and is_new():
        return {}
    try:
        with open_graph() as graph:
            return runs.records(graph)
    except DatabaseError as error:
        note(f"What is loaded cannot be told: {error}")
        return {}


def _meant(source: str, records: Mapping[str, Any]) -> list[Edition]:
    """The editions that an id means, with those that are loaded and that no file describes."""
    from ..loaders.registry import edition_of

    found = {s: edition_of(s) for s in loaded(source, records) if s in records}
    if source not in found:
        found = {s.id: s for s in editions(source)} | found
    return [found[name] for name in sorted(found)]


def _refused(source: str, records: Mapping[str, Mapping[str, Any]], form: str) -> str:
    """The refused rows of what an id means."""
    from ..graph.export.table import to_csv, to_json
    from ..loaders import refused
    from ..report.table import plain_table

    ids = [s.id for s in _meant(source, records) if s.id in records]
    if not ids:
        raise OrepathError(
            f"{source} is not loaded", f"Loaded: {', '.join(sorted(records)) or 'nothing'}."
        )
    rows = [(s, *refused.cells(one)) for s in ids for one in refused.refused(records[s])]
    columns = ("source", *refused.COLUMNS)
    if form == "csv":
        return to_csv(columns, rows)
    if form == "json":
        return to_json({"refused": [dict(zip(columns, row, strict=True)) for row in rows]})
    total = sum(records[s].get("rejected") or 0 for s in ids)
    title = f"{counted(total, 'row')} of {source} refused" + (
        f", of which {len(rows):,} are kept" if len(rows) < total else ""
    )
    shown = [tuple("" if cell is None else str(cell) for cell in row) for row in rows]
    return plain_table(title, columns, shown) if rows else f"{title}.\n"


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
    from ..report.files.render import page
    from ..report.files.rows import separated

    if answer is not None and form == "csv":
        return separated(answer, ",")
    if form == "json":
        from ..graph.export.table import to_json

        loaded = answer.records() if answer else ()
        return to_json({"loaded": loaded, "loaders": [s.model_dump(mode="json") for s in known]})
    loadable = _expected(known, "table")
    return f"{page(answer)}\n{loadable}" if answer is not None else loadable


def _expected(known: Sequence[Edition], form: str) -> str:
    from ..graph.export.table import to_csv, to_json

    if form == "json":
        return to_json({"loaders": [s.model_dump(mode="json") for s in known]})
    if form == "csv":
        return to_csv(EXPECTED, [row for s in known for row in _file_rows(s)])
    from ..report.table import plain_table

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


def _described(
    found: Sequence[Edition], records: Mapping[str, Mapping[str, Any]], form: str
) -> str:
    if form != "table":
        return _expected(found, form)
    return "\n".join(_page(edition, records.get(edition.id)) for edition in found)


def _page(edition: Edition, record: Mapping[str, Any] | None) -> str:
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
    return "\n".join(lines + _run(edition.id, record)) + "\n"


def _run(source: str, record: Mapping[str, Any] | None) -> list[str]:
    """What became of the rows when the source was loaded."""
    from ..loaders import refused

    if record is None:
        return ["  loaded     no"]
    count = {name: record.get(name) or 0 for name in ("rows_read", "facts", "rejected", "left_out")}
    when = record.get("finished")
    lines = [
        f"  loaded     {when:%Y-%m-%d %H:%M} UTC" if when else "  loaded     not to the end",
        f"    {counted(count['rows_read'], 'row')} read, {counted(count['facts'], 'fact')},"
        f" {counted(count['left_out'], 'row')} left out, {count['rejected']:,} refused",
    ]
    if record.get("assumed"):
        lines.append(f"    assumed: {record['assumed']}; its facts are not verified")
    left = refused.reasons(record)
    lines += [f"    left out: {counted(n, 'row')}: {reason}" for reason, n in left.most_common()]
    why = Counter(one.reason for one in refused.refused(record))
    lines += [f"    refused: {counted(n, 'row')}: {reason}" for reason, n in why.most_common()]
    if why:
        lines.append(f"    one by one: orepath sources {source} --refused")
    return lines
