"""``orepath find``: what a word stands for in the graph."""

from __future__ import annotations

import click

from .base import Command
from .session import emit, note, open_graph, to_terminal

COLUMNS = ("class", "id", "name", "found as", "spelling")
LIMIT = 20


@click.command(
    cls=Command,
    examples=(
        ("orepath find Nd", "A symbol: neodymium."),
        ("orepath find Deutschland", "A name in another language of the EU, or in Chinese."),
        ("orepath find 'rare earth' --format csv", "All that has the words in its name."),
    ),
)
@click.argument("word")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=LIMIT,
    show_default=True,
    metavar="ROWS",
    help="Show so many things that only have the word in their name or are spelt alike.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(("table", "csv", "json")),
    help="How to write it.  [default: table on a terminal, csv in a pipe]",
)
def find(word: str, limit: int, form: str | None) -> None:
    """List what WORD names in the graph, of any class, and how to say it.

    Looks at ids, names, codes and symbols, other names, and for materials, countries and blocs at
    their names in the EU's languages and Chinese. Without an exact match, near spellings are
    listed.
    """
    from ..queries.find import find as look

    with open_graph() as graph:
        found = look(graph, word, limit)
    rows = [(f.label, f.id, f.name, f.how, f.spelling) for f in found]
    form = form or ("table" if to_terminal() else "csv")
    if not any(f.exact for f in found):
        near = "; these come near." if found else ", and nothing is spelt alike."
        note(f"Nothing in the graph is called {word!r}{near}")
    if form == "table":
        from ..report.table import plain_table

        if rows:
            emit(plain_table(f"{word!r} in the graph", COLUMNS, rows))
        return
    from ..graph.export.table import to_csv, to_json

    if form == "csv":
        emit(to_csv(COLUMNS, rows))
    else:
        emit(to_json({"found": [dict(zip(COLUMNS, row, strict=True)) for row in rows]}))
