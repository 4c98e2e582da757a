"""Into the graph and out of it: the bundled snapshot, files that the user names, by Bolt or by
the offline import; and the unload of a source."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from rapidfuzz import process

from ..graph import older, runs
from ..graph.bulk import ARRAY, BulkWriter
from ..graph.connection import Graph
from ..graph.derive import DeriveReport, derive, in_step
from ..graph.fingerprint import fingerprint
from ..graph.local.importing import offline_import
from ..graph.plan import LoadReport, Progress
from ..graph.writer import Writer
from ..ontology.errors import OrepathError, RefusedError
from ..ontology.facts import Fact
from ..ontology.schema import load_schema
from . import bundle, vocabulary
from .archives import is_archive, require_finished, unpacked
from .base import NOTHING_SAID, Said
from .facts import sets
from .guard import NOTHING_MEANT, Meant
from .loading import Loaded, Loading
from .registry import loader

# Hidden files, notes about the data, and what programs leave beside it.
_NOTE = re.compile(
    r"\.|~\$|(readme|provenance|licen[cs]e|data_cleaning)\b|(thumbs\.db|desktop\.ini)$",
    re.IGNORECASE,
)


def opened(files: Sequence[Path], name: str) -> list[Path]:
    """The files themselves and those in the folders and zip archives among them, sorted within
    each; a download that was not finished is an error. The loader ``name`` may read archives by
    itself.

    Hidden files in a folder, notes about the data (README, PROVENANCE …), and what spreadsheet
    programs and Windows leave beside it, are passed over.
    Raises ``OrepathError`` where there is none.
    """
    found: list[Path] = []
    for file in files:
        if file.is_dir():
            found += _inside(path for path in file.rglob("*") if path.is_file())
        elif file.is_file():
            found.append(file)
        else:
            raise OrepathError(f"there is no file {file}", "Check the path.")
    require_finished(found)
    if getattr(loader(name), "reads_archives", False):
        return found
    found = [
        one for file in found for one in (_inside(unpacked(file)) if is_archive(file) else [file])
    ]
    require_finished(found)
    return found


def _inside(paths: Iterable[Path]) -> list[Path]:
    return sorted(path for path in paths if not _NOTE.match(path.name))


def load_bundle(
    graph: Graph,
    *,
    strict: bool = False,
    progress: Callable[[str], Progress] | None = None,
    meant: Meant = NOTHING_MEANT,
) -> tuple[list[Loaded], DeriveReport | None]:
    """Load the vocabularies and every bundled source, then derive the headline shares.

    A source that is refused stays as it is in the graph; the others are loaded, but for those that
    this package loaded before and of which nothing was lost since: they stand, and with
    ``meant.replace`` are compared fact by fact. A graph that was
    loaded under another version of the ontology is built anew; raises ``RefusedError`` where it
    holds what came from a user's files, unless ``meant`` says so.
    """
    if found := older.older(graph, load_schema()):
        _rebuildable(found, meant)
        if meant.plan:
            return plan_for_empty(None, ()), None
        older.empty(graph, load_schema())
    writer = Writer(graph, load_schema())
    writer.constrain()
    standing = {} if meant.replace else _standing(writer)
    done = Loading(writer, strict, progress, meant).bundle(standing)
    if meant.plan:
        return done, None
    stands = None if meant.replace else in_step(graph)
    return done, stands or derive(graph)


def _standing(writer: Writer) -> dict[str, int]:
    """The sources of which the graph holds all facts that this package states, none refused, with
    how many facts it is."""
    by = fingerprint(writer.schema)
    return {
        source: run["facts"]
        for source, run in runs.records(writer.graph).items()
        if run.get("finished")
        and run.get("package") == by
        and not run["rejected"]
        and writer.stated.get(source) == run["facts"]
    }


def load_source(
    graph: Graph,
    name: str,
    files: Sequence[Path],
    *,
    strict: bool = False,
    progress: Callable[[str], Progress] | None = None,
    meant: Meant = NOTHING_MEANT,
    said: Said = NOTHING_SAID,
) -> Loaded:
    """Load files that the user has, and first the vocabularies where the graph has none.

    Raises ``OrepathError`` where the files are not what the loader ``name`` reads,
    ``RefusedError`` where the load would lose or guess something; nothing of them is written then.
    """
    older.require_current(graph, load_schema())
    writer = Writer(graph, load_schema())
    if vocabulary.SOURCE not in runs.finished(graph):
        if meant.plan:
            return plan_for_empty(name, files, said)[0]
        Loading(writer, strict, progress).vocabulary()
    loading = Loading(writer, strict, progress, meant, runs.records(graph))
    return loading.source(name, opened(files, name), said)


def _rebuildable(found: older.Older, meant: Meant) -> None:
    """Raise ``RefusedError`` where a rebuild would lose what came from a user's files, unasked."""
    package = (vocabulary.SOURCE, *sets.bundled())
    own = {
        source: files
        for source, files in found.files.items()
        if source not in package and (files or source not in bundle.index())
    }
    if own and not meant.replace:
        lost = "; ".join(f"{k} ({', '.join(v) or 'no file'})" for k, v in own.items())
        raise RefusedError(
            f"{found}; built anew it would lose {lost}",
            "Say --replace to build it anew, and load these files again afterwards.",
        )


def plan_for_empty(
    name: str | None, files: Sequence[Path], said: Said = NOTHING_SAID
) -> list[Loaded]:
    """What a load would bring into an empty graph; no server is needed to say it."""
    with TemporaryDirectory() as folder:
        sink = BulkWriter(load_schema(), Path(folder))
        if name is None:
            return Loading(sink).bundle()
        Loading(sink).vocabulary()
        return [Loading(sink, meant=Meant(plan=True)).source(name, opened(files, name), said)]


def load_offline(
    name: str | None,
    files: Sequence[Path],
    *,
    strict: bool = False,
    progress: Callable[[str], Progress] | None = None,
    derived: bool = True,
    meant: Meant = NOTHING_MEANT,
    said: Said = NOTHING_SAID,
) -> tuple[list[Loaded], DeriveReport | None]:
    """Load the bundle, or one source and the vocabularies, as the local server's whole graph.

    By Neo4j's offline import: for a graph that is empty, since what it held is replaced. The
    constraints are made by whoever starts the server next. The bundle brings what is derived
    from it (``derived``); with a source it is still to be derived, and no report is returned.
    """
    report = None
    with offline_import(progress=progress is not None) as importing:
        suspects = bundle.suspects() if derived and name is None else {}
        sink = BulkWriter(load_schema(), importing.folder, suspects)
        loading = Loading(sink, strict, progress, meant)
        if name is None:
            done = loading.bundle()
            if derived:
                report = _bring_derived(sink)
        else:
            loading.vocabulary()
            done = [loading.source(name, opened(files, name), said)]
        made = sink.files()
        importing.run(made, ARRAY, multiline=sink.multiline)
    return done, report


def _bring_derived(sink: BulkWriter) -> DeriveReport:
    """Add what the bundle says is derived from its facts."""
    terms: Counter[str] = Counter()

    def counted() -> Iterator[Fact]:
        for fact in bundle.read(bundle.DERIVED):
            terms[fact.term] += 1
            yield fact

    sink.derived(counted())
    shares = terms["Making"]
    edges = terms["Feeding"] + terms["MarketSupply"] + terms["Need"]
    order = terms["OutputPrecedence"] + terms["SourcingPrecedence"]
    doubted = dict(sink.suspects)
    return DeriveReport(
        *(shares, shares, 0, edges, edges),
        order_changed=order,
        suspects=doubted,
        suspects_changed=len(doubted),
    )


def unload_source(graph: Graph, source: str) -> tuple[LoadReport, DeriveReport]:
    """Remove what only ``source`` (a data set, e.g. ``usgs-mcs-2024``) states, derive anew, and
    remove the record of its load: last, so that an unload that was killed can be run again.

    Raises ``OrepathError`` where it is not loaded, or is the vocabulary, on which all rests.
    """
    loaded = runs.datasets(graph)
    if source not in loaded:
        near = process.extractOne(source, loaded, score_cutoff=60)
        raise OrepathError(
            f"no source {source!r} is loaded",
            f"Did you mean {near[0]}?" if near else f"Loaded: {', '.join(loaded) or 'none'}.",
        )
    if source == vocabulary.SOURCE and len(loaded) > 1:
        raise OrepathError(
            "the vocabulary cannot be unloaded while other sources refer to it",
            f"Unload them first: {', '.join(s for s in loaded if s != source)}.",
        )
    runs.reopen(graph, source)
    report = Writer(graph, load_schema()).unload(source)
    derived = derive(graph)
    runs.forget(graph, source)
    return report, derived
