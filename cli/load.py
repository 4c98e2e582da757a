"""``orepath load`` and ``orepath derive``: what fills the graph."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..ontology.errors import OrepathError
from .base import Command
from .progress import bars
from .session import emit, named_address, note, open_graph
from .source_ids import complete, editions
from .source_ids import loaded as loaded_ids

if TYPE_CHECKING:
    from ..graph.derive import DeriveReport
    from ..graph.network.build import Balance
    from ..loaders.load import Loaded

SHOWN = 5
"""Rejected rows that are told on stderr; a rejects file has all of them."""


@click.command(
    cls=Command,
    examples=(
        ("orepath load", "The bundled data of all sources."),
        (
            "orepath load usgs-mcs MCS2026_Commodities_Data.csv",
            "A publisher's own file; the edition is recognised from it.",
        ),
        ("orepath load table --template my-figures.csv", "An empty table for your own figures."),
        ("orepath load table my-figures.csv", "Your figures, beside those of the publishers."),
        ("orepath load facts --template Claim -o my-facts/Claim.csv", "An empty table of claims."),
        ("orepath load facts my-facts", "A folder of tables, each named after its class."),
        (
            "orepath load usgs-mcs table.csv --rejects rejects.csv",
            "Write the rows that were refused, each with its reason, to a file.",
        ),
    ),
)
@click.argument("source", required=False, shell_complete=lambda c, p, i: complete(i))
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE|FOLDER]...")
@click.option(
    "--bulk",
    is_flag=True,
    help="Load by Neo4j's offline import, into the local server while its graph is empty.",
)
@click.option(
    "--template",
    metavar="FILE|CLASS",
    help="Write an empty table instead: with SOURCE `table` one for your own figures to this CSV "
    "file (- for standard output), with SOURCE `facts` one of this class of the ontology.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the template of `facts` to this file.  [default: standard output]",
)
@click.option("--strict", is_flag=True, help="Stop at the first row that is refused.")
@click.option(
    "--rejects",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write refused rows to this CSV file.",
)
@click.option("-v", "--verbose", is_flag=True, help="Say why rows were skipped.")
def load(
    source: str | None,
    files: tuple[Path, ...],
    bulk: bool,
    template: str | None,
    output: Path | None,
    strict: bool,
    rejects: Path | None,
    verbose: bool,
) -> None:
    """Load data into the graph: the bundled snapshot, or files that you downloaded.

    SOURCE is an id that `orepath sources` lists: a publication (usgs-mcs), of which the edition is
    recognised from the files, or one edition (usgs-mcs-2026). Loading the same files twice changes
    nothing. A source that is loaded again loses what its files no longer state; other sources keep
    what they state. So give all files of a source, or their folder, at once.
    """
    from ..graph.constraints import ensure
    from ..graph.derive import derive as derive_shares
    from ..loaders.load import load_bundle, load_offline, load_source, write_rejects
    from ..ontology.schema import load_schema

    if template is not None or output is not None:
        _write_template(source, files, template, output)
        return
    # Facts hold no cycles: to look for some at the usual pace takes a sixth of the time.
    gc.set_threshold(100_000, 50, 50)
    if source is not None:
        files = files or _of_the_package(source)
        source = _loader(source, files)
    offline = _must_be_offline() if bulk else source is None and _never_used()
    with bars() as progress:
        if offline:
            done, brought = load_offline(source, files, strict=strict, progress=progress)
            with open_graph() as graph:
                ensure(graph, load_schema())
                derived = brought or derive_shares(graph)
        else:
            with open_graph() as graph:
                if source is None:
                    done, derived = load_bundle(graph, strict=strict, progress=progress)
                else:
                    done = [load_source(graph, source, files, strict=strict, progress=progress)]
                    derived = derive_shares(graph)
    refused = [row for loaded in done for row in loaded.rejected]
    if rejects is not None:
        write_rejects(refused, rejects)
    for loaded in done:
        note(_told(loaded))
        if verbose:
            for reason, rows in sorted(loaded.ledger.left.items()):
                note(f"  {counted(rows, 'row')}: {reason}.")
        for remark in loaded.ledger.notes:
            note(remark)
    note(_derived(derived))
    for row in refused[:SHOWN]:
        note(f"Refused: {row.place}: {row.value!r}: {row.reason}. {row.remedy}")
    if len(refused) > SHOWN and rejects is None:
        note(f"… and {len(refused) - SHOWN} more; --rejects FILE keeps them all.")


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
            note(_derived(derived))


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
    note(_derived(derived))
    for line in _unbalanced(derived.balance):
        note(line)


def _write_template(
    source: str | None, files: tuple[Path, ...], template: str | None, output: Path | None
) -> None:
    """Write an empty table, and tell what its columns hold."""
    from ..loaders.facts import figures, tables
    from ..ontology.schema import load_schema

    if template is None or files or source not in ("facts", figures.PUBLICATION):
        raise click.UsageError(
            "A template is had by `orepath load table --template FILE.csv` or "
            "`orepath load facts --template CLASS -o FILE.csv`, without files."
        )
    if source == "facts":
        text = tables.template(load_schema(), template)
        columns = dict(tables.layout(load_schema(), template).meanings)
    elif output is not None:
        raise click.UsageError("-o goes with `orepath load facts --template CLASS`.")
    else:
        output = None if template == "-" else Path(template)
        text, columns = figures.template(), figures.COLUMNS
    if output is not None and output.exists():
        raise OrepathError(f"{output} is there already", "Name another file, or remove it first.")
    emit(text, output)
    width = max(map(len, columns))
    for name, meaning in columns.items():
        note(f"{name:{width}} {meaning}")


def _never_used() -> bool:
    """Whether the graph is that of the local server and nothing ever was in it."""
    from ..graph.local.importing import is_new

    return named_address() is None and is_new()


def _must_be_offline() -> bool:
    """True; raises ``OrepathError`` where the offline import cannot be used."""
    if (named := named_address()) is not None:
        raise OrepathError(
            f"--bulk cannot load into {named.uri}: the import works on the files of a database",
            "Leave --bulk out, or unset NEO4J_URI (and --uri) to use the local server.",
        )
    if not _never_used():
        with open_graph() as graph:
            held = graph.size()
        if held:
            raise OrepathError(
                f"--bulk replaces the whole graph, and the local one holds {held:,} nodes",
                "Leave --bulk out, or set OREPATH_DATA_DIR to a new folder.",
            )
    return True


def _of_the_package(source: str) -> tuple[Path, ...]:
    """The folder of a set of facts that comes with the package; nothing for another source."""
    from ..loaders.facts import sets

    folder = sets.bundled().get(source)
    return (folder,) if folder else ()


def _loader(source: str, files: tuple[Path, ...]) -> str:
    """The name of a source's loader; a wrong id, path or edition is told before a server starts."""
    from ..loaders.load import opened
    from ..loaders.registry import loader

    wanted = editions(source)[0]
    found = opened(files)
    if source == wanted.id != wanted.publication:
        edition = loader(wanted.loader).read(found).source
        if edition != source:
            raise OrepathError(
                f"these files are {edition}, not {source}",
                f"Load them with `orepath load {wanted.publication} FILE…`.",
            )
    return wanted.loader


def counted(number: int, thing: str) -> str:
    """``1 row``, ``1,200 rows``."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def _told(loaded: Loaded) -> str:
    report = loaded.report
    parts = [
        f"{loaded.source}: {counted(report.facts, 'fact')} "
        f"({report.created:,} new, {report.changed:,} changed, {report.removed:,} removed)"
    ]
    if left := sum(loaded.ledger.left.values()):
        parts.append(f"{counted(left, 'row')} skipped (reasons: --verbose)")
    if loaded.rejected:
        parts.append(f"{counted(len(loaded.rejected), 'row')} refused")
    return "; ".join(parts) + "."


def _derived(report: DeriveReport) -> str:
    return (
        f"Headline shares: {report.shares:,} ({report.written:,} written, "
        f"{report.removed:,} removed). Dependency network: {report.edges:,} relationships "
        f"({report.edges_changed:,} changed)."
    )


def _unbalanced(balance: Balance) -> list[str]:
    """What a person should know of trade and output that were balanced."""
    if not balance.source:
        return []
    found = [
        f"Trade of {balance.traded:,} products by {balance.source} ({balance.year}): "
        f"{balance.flows:,} flows, {balance.without_mass:,} without a mass; in "
        f"{balance.re_exporting:,} cases a country exports what it did not make, and the origin "
        "is unknown."
    ]
    if balance.without_output:
        found.append(f"In trade, but of no known output: {', '.join(balance.without_output)}.")
    found += [
        f"Impossible: {country} exports {surplus:,.0f} t more of {product} than it can have made "
        "and imported."
        for product, country, surplus in balance.impossible
    ]
    return found
