"""``orepath load``: the bundled data, or files that the user has, into the graph."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..ontology.errors import FactError, OrepathError, RefusedError
from .base import Command, decorated
from .progress import bars
from .session import emit, named_address, note, open_graph
from .source_ids import complete, editions
from .target import form_of
from .telling import counted, planned, tell_refused, told, told_derived

if TYPE_CHECKING:
    from ..graph.derive import DeriveReport
    from ..loaders.base import Said
    from ..loaders.guard import Meant
    from ..loaders.loading import Loaded

REFUSED = 3
"""Exit code where a row, or a load as a whole, was refused."""


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
            "orepath load cepii-baci BACI_HS17_Y2023_V202601.csv --add",
            "One more year of an edition, beside what is loaded of it.",
        ),
        ("orepath load usgs-mcs new.csv --plan", "What would change; nothing is written."),
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
@click.option("--force", is_flag=True, help="Replace the template's file if it is there already.")
@click.option("--strict", is_flag=True, help="Stop at the first row that is refused.")
@click.option(
    "--rejects",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write refused rows to this CSV file.",
)
@click.option("-v", "--verbose", is_flag=True, help="Say why rows were skipped.")
@decorated(
    click.option("--plan", is_flag=True, help="Show what would change, table by table, and stop."),
    click.option("--add", is_flag=True, help="Keep what the source states beyond these files."),
    click.option("--replace", is_flag=True, help="Remove what the files no longer state."),
    click.option("--allow-refused", is_flag=True, help="Exit with 0 although rows were refused."),
    click.option("--edition", metavar="EDITION", help="The edition, where files do not say it."),
    click.option(
        "--nomenclature", metavar="HS2017", help="The edition of the Harmonized System, likewise."
    ),
    click.option("--unit", metavar="UNIT", help="The unit of values, likewise."),
)
def load(
    source: str | None,
    files: tuple[Path, ...],
    bulk: bool,
    template: str | None,
    output: Path | None,
    force: bool,
    strict: bool,
    rejects: Path | None,
    verbose: bool,
    plan: bool,
    add: bool,
    replace: bool,
    allow_refused: bool,
    edition: str | None,
    nomenclature: str | None,
    unit: str | None,
) -> int:
    """Load data into the graph: the bundled snapshot, or files that you downloaded.

    SOURCE is an id that `orepath sources` lists: a publication (usgs-mcs), of which the edition is
    recognised from the files, or one edition (usgs-mcs-2026). Loading the same files twice changes
    nothing, and no load touches what other sources state. A bundled source that is loaded already
    is not read again while the graph holds as many facts of it; with --replace it is compared fact
    by fact.

    A load that would remove facts of its own source, since the files do not hold them, is refused:
    --add keeps them, --replace removes them. What the files do not say of themselves is given by
    --edition, --nomenclature and --unit; what is inferred is marked as not verified.

    Exit code 3: a row was refused (and all others loaded, or with --strict none of its source), or
    the load as a whole (and nothing changed).
    """
    from ..loaders.base import NOTHING_SAID, Said
    from ..loaders.guard import Meant

    if template is not None or output is not None:
        _write_template(source, files, template, output, force=force)
        return 0
    if add and replace:
        raise click.UsageError("--add keeps what --replace removes; give one of them.")
    said = Said(edition or "", nomenclature or "", unit or "")
    meant = Meant(add=add, replace=replace, plan=plan)
    # Facts hold no cycles: to look for some at the usual pace takes a sixth of the time.
    gc.set_threshold(100_000, 50, 50)
    if source is not None:
        files = files or _of_the_package(source)
        source = _loader(source, files, said, meant)
    elif said != NOTHING_SAID:
        raise click.UsageError("--edition, --nomenclature and --unit speak of files.")
    try:
        done, derived = _loaded(source, files, bulk=bulk, strict=strict, meant=meant, said=said)
    except FactError as error:
        if not strict:
            raise
        note(f"Refused: {error}")
        note(f"--strict stopped the load at this row: exit code {REFUSED}.")
        return REFUSED
    except RefusedError as refusal:
        tell_refused(refusal.rows, rejects)
        raise
    refused = [row for loaded in done for row in loaded.rejected]
    if plan:
        emit(planned(done))
    for loaded in done:
        if not plan:
            note(told(loaded))
        if verbose:
            for reason, rows in sorted(loaded.ledger.left.items()):
                note(f"  {counted(rows, 'row')}: {reason}.")
        for remark in loaded.ledger.notes:
            note(remark)
    if derived is not None:
        for line in told_derived(derived):
            note(line)
    tell_refused(refused, rejects)
    whole = any(loaded.refusal for loaded in done)
    if refused and not allow_refused:
        rest = "would be" if plan else "was"
        note(
            f"{counted(len(refused), 'row')} refused, all else {rest} loaded: exit code {REFUSED}, "
            "with --allow-refused 0."
        )
    return REFUSED if whole or (refused and not allow_refused) else 0


def _loaded(
    source: str | None,
    files: tuple[Path, ...],
    *,
    bulk: bool,
    strict: bool,
    meant: Meant,
    said: Said,
) -> tuple[list[Loaded], DeriveReport | None]:
    """Load in the way that fits the graph, and derive; a plan writes and derives nothing."""
    from ..graph.constraints import ensure
    from ..graph.derive import derive as derive_shares
    from ..graph.older import older
    from ..loaders.load import load_bundle, load_offline, load_source, plan_for_empty
    from ..ontology.schema import load_schema

    if meant.plan and _never_used():
        return plan_for_empty(source, files, said), None
    offline = _must_be_offline() if bulk else source is None and _never_used()
    with bars() as progress:
        if offline:
            done, derived = load_offline(
                source, files, strict=strict, progress=progress, meant=meant, said=said
            )
            with open_graph() as graph:
                ensure(graph, load_schema())
                return done, derived or derive_shares(graph)
        with open_graph(any_version=True) as graph:
            if source is None:
                before = older(graph, load_schema())
                loaded_all = load_bundle(graph, strict=strict, progress=progress, meant=meant)
                if before:
                    note(f"Note: {before}, and {'would be' if meant.plan else 'was'} built anew.")
                return loaded_all
            loaded = load_source(
                graph, source, files, strict=strict, progress=progress, meant=meant, said=said
            )
            return [loaded], None if meant.plan else derive_shares(graph)


def _write_template(
    source: str | None,
    files: tuple[Path, ...],
    template: str | None,
    output: Path | None,
    *,
    force: bool,
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
    form_of(None, output, {"csv": "csv"}, "csv")
    emit(text, output, force=force)
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


def _loader(source: str, files: tuple[Path, ...], said: Said, meant: Meant) -> str:
    """The name of a source's loader; a wrong id, path or edition is told before a server starts."""
    from ..loaders.load import opened
    from ..loaders.registry import loader

    wanted = editions(source)[0]
    found = opened(files, wanted.loader)
    if source == wanted.id != wanted.publication:
        edition = loader(wanted.loader).read(found, whole=not meant.add, said=said).source
        if edition != source:
            raise OrepathError(
                f"these files are {edition}, not {source}",
                f"Load them with `orepath load {wanted.publication} FILE…`.",
            )
    return wanted.loader
