"""``orepath unload`` and ``orepath derive``: a source taken out, and what follows from the rest."""

from __future__ import annotations

import click

from .base import Command
from .session import note, open_graph
from .source_ids import complete
from .source_ids import loaded as loaded_ids
from .telling import counted, told_derived, unbalanced


@click.command(
    cls=Command,
    examples=(
        ("orepath unload table-my-figures", "Take your own table out again."),
        ("orepath unload usgs-mcs-2024", "Take one edition out, and nothing of the others."),
        ("orepath unload usgs-mcs", "Take all editions of a publication out."),
    ),
)
@click.argument("source", shell_complete=lambda c, p, i: complete(i))
def unload(source: str) -> None:
    """Remove a source from the graph: exactly what only it states.

    SOURCE is an id that `orepath sources` lists as loaded, or a publication, which means all its
    loaded editions. What another source states too stays; the shares are derived again.
    """
    from ..graph import runs
    from ..loaders.load import unload_source

    with open_graph() as graph:
        for dataset in loaded_ids(source, runs.datasets(graph)):
            report, derived = unload_source(graph, dataset)
            note(f"{dataset}: {counted(report.removed, 'fact')} removed.")
            for line in told_derived(derived):
                note(line)


@click.command(
    cls=Command,
    examples=(
        ("orepath derive", "Compute shares and network again, after edits by hand."),
        ("orepath derive --remove", "Take out what is derived and leave the facts."),
    ),
)
@click.option("--remove", "take_out", is_flag=True, help="Remove everything derived instead.")
def derive(take_out: bool) -> None:
    """Compute shares and dependency network from the facts (each load does this by itself).

    What of trade and output does not fit is told: countries that export more of a product than
    they can have made and imported, and products in trade of which no output is known.
    """
    from ..graph.derive import derive as derive_all
    from ..graph.derive import remove

    with open_graph() as graph:
        derived = (remove if take_out else derive_all)(graph)
    for line in (*told_derived(derived), *unbalanced(derived.balance)):
        note(line)
