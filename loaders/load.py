"""One load from beginning to end: recognise, read, validate, write, record, derive.

What is loaded comes either from the bundled snapshot or from files that the user names. A load
leaves a ``Load`` record that says what it was made of; one without ``finished`` was interrupted
and is completed by running it again.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

from rapidfuzz import process

from ..graph import runs
from ..graph.bulk import ARRAY, BulkWriter
from ..graph.connection import Graph
from ..graph.derive import DeriveReport, derive
from ..graph.local.importing import offline_import
from ..graph.plan import LoadReport, Progress
from ..graph.writer import Writer
from ..ontology.errors import FactError, OrepathError
from ..ontology.facts import Fact, Rejection
from ..ontology.schema import load_schema
from . import bundle, vocabulary
from .base import Edition, Ledger, sha256
from .facts import sets
from .facts.loader import Reading as FactTables
from .facts.loader import set_files
from .registry import edition_of, loader, source_facts
from .tally import Tally

_NOTE = re.compile(r"\.|(readme|provenance|licen[cs]e|data_cleaning)\b", re.IGNORECASE)


@dataclass
class Loaded:
    """What became of one source: the writer's report and the reader's ledger."""

    source: str
    report: LoadReport
    ledger: Ledger = field(default_factory=Ledger)

    @property
    def rejected(self) -> list[Rejection]:
        """Rows that the reader refused and facts that the ontology refused."""
        return [*self.ledger.rejected, *self.report.rejected]


class Sink(Protocol):
    """Where facts go: a graph, statement by statement, or the files of an offline import."""

    def load(
        self,
        dataset: str,
        facts: Iterable[Fact],
        *,
        strict: bool,
        progress: Progress | None,
        run: Mapping[str, Any] | None,
    ) -> LoadReport:
        """Take what a data set states; ``run`` is noted once all of it was read."""
        ...

    def record(self, dataset: str, properties: Mapping[str, Any]) -> None:
        """Note a run in the log of loads."""
        ...


@dataclass(frozen=True)
class Loading:
    """Loads into a sink, in one way for all sources."""

    sink: Sink
    strict: bool = False
    progress: Callable[[str], Progress] | None = None

    def vocabulary(self) -> Loaded:
        """The vocabularies, to which all other sources refer."""
        words = Ledger()
        return self._load(vocabulary.SOURCE, vocabulary.Reading().facts(words), words)

    def bundle(self) -> list[Loaded]:
        """The vocabularies and every bundled source.

        The ledger of a bundled source is that of the publisher's files from which it was made;
        sets of curated facts are read from their tables.
        """
        done = [self.vocabulary()]
        published, curated = bundle.index(), sets.bundled()
        for source in sorted([*published, *curated]):
            if source in curated:
                ledger = Ledger()
                read = loader("facts").read(set_files(curated[source])).facts(ledger)
            else:
                entry = published[source]
                ledger = Ledger(entry.rows_read, entry.used, left=Counter(entry.left))
                read = bundle.read(source)
            done.append(self._load(source, read, ledger))
        return done

    def source(self, name: str, files: Sequence[Path]) -> Loaded:
        """Files that the user has, by the loader ``name`` (a publication, e.g. ``usgs-mcs``).

        Raises ``OrepathError`` where the files are not what that loader reads.
        """
        files = opened(files)
        reading = loader(name).read(files)
        ledger = Ledger()
        described = reading.described if isinstance(reading, FactTables) else None
        return self._load(reading.source, reading.facts(ledger), ledger, files, described)

    def _load(
        self,
        source: str,
        stated: Iterable[Fact],
        ledger: Ledger,
        files: Sequence[Path] = (),
        described: Edition | None = None,
    ) -> Loaded:
        described_by = described or edition_of(source)
        run: dict[str, Any] = {
            "dataset": source,
            "loader": described_by.loader,
            "files": [f"{file.name} {sha256(file)}" for file in files],
            "started": datetime.now(UTC),
        }
        # The whole input is read before anything is written: a file that turns out to be broken
        # half way leaves the graph as it was.
        tally = Tally()
        read = _cited(tally.watch(_strictly(stated, ledger, self.strict)), source)
        report = self.sink.load(
            source,
            chain(source_facts(described_by), read),
            strict=self.strict,
            progress=self.progress(source) if self.progress else None,
            run=run,
        )
        outcome = {
            "finished": datetime.now(UTC),
            "rows_read": ledger.rows_read,
            "facts": report.facts,
            "rejected": len(ledger.rejected) + len(report.rejected),
            "left_out": sum(ledger.left.values()),
            **tally.described(),
        }
        self.sink.record(source, run | outcome)
        return Loaded(source, report, ledger)


def opened(files: Sequence[Path]) -> list[Path]:
    """The files themselves and those in the folders among them, sorted within a folder.

    Hidden files in a folder, and notes about the data (README, PROVENANCE …), are passed over.
    Raises ``OrepathError`` where there is none.
    """
    found: list[Path] = []
    for file in files:
        if file.is_dir():
            inside = (path for path in file.rglob("*") if path.is_file())
            found += sorted(p for p in inside if not _NOTE.match(p.name))
        elif file.is_file():
            found.append(file)
        else:
            raise OrepathError(f"there is no file {file}", "Check the path.")
    return found


def load_bundle(
    graph: Graph, *, strict: bool = False, progress: Callable[[str], Progress] | None = None
) -> tuple[list[Loaded], DeriveReport]:
    """Load the vocabularies and every bundled source, then derive the headline shares."""
    done = Loading(Writer(graph, load_schema()), strict, progress).bundle()
    return done, derive(graph)


def load_source(
    graph: Graph,
    name: str,
    files: Sequence[Path],
    *,
    strict: bool = False,
    progress: Callable[[str], Progress] | None = None,
) -> Loaded:
    """Load files that the user has, and first the vocabularies where the graph has none.

    Raises ``OrepathError`` where the files are not what the loader ``name`` reads; nothing of
    them is written then.
    """
    writer = Writer(graph, load_schema())
    loading = Loading(writer, strict, progress)
    if vocabulary.SOURCE not in runs.finished(graph):
        loading.vocabulary()
    return loading.source(name, files)


def load_offline(
    name: str | None,
    files: Sequence[Path],
    *,
    strict: bool = False,
    progress: Callable[[str], Progress] | None = None,
    derived: bool = True,
) -> tuple[list[Loaded], DeriveReport | None]:
    """Load the bundle, or one source and the vocabularies, as the local server's whole graph.

    By Neo4j's offline import: for a graph that is empty, since what it held is replaced. The
    constraints are made by whoever starts the server next. The bundle brings what is derived
    from it (``derived``); with a source it is still to be derived, and no report is returned.
    """
    report = None
    with offline_import(progress=progress is not None) as importing:
        sink = BulkWriter(load_schema(), importing.folder)
        loading = Loading(sink, strict, progress)
        if name is None:
            done = loading.bundle()
            if derived:
                report = _bring_derived(sink)
        else:
            loading.vocabulary()
            done = [loading.source(name, files)]
        made = sink.files()
        importing.run(made, ARRAY, multiline=sink.multiline)
    return done, report


def _bring_derived(sink: BulkWriter) -> DeriveReport:
    """Add what the bundle says is derived from its facts."""
    facts = list(bundle.read(bundle.DERIVED))
    sink.derived(facts)
    terms = Counter(fact.term for fact in facts)
    shares, edges = terms["Making"], terms["Feeding"] + terms["MarketSupply"]
    order = terms["OutputPrecedence"] + terms["SourcingPrecedence"]
    return DeriveReport(shares, shares, 0, edges, edges, order_changed=order)


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


def _cited(facts: Iterable[Fact], dataset: str) -> Iterator[Fact]:
    """Pass facts on; each document is tied to the data set that cites it."""
    for fact in facts:
        yield fact
        if fact.term == "Source":
            ends = {"start": fact.values["id"], "end": dataset}
            yield Fact("cited_in", ends, fact.place)


def _strictly(facts: Iterable[Fact], ledger: Ledger, strict: bool) -> Iterator[Fact]:
    """Pass facts on; in strict mode stop at the first row that the reader refused."""
    for fact in facts:
        if strict:
            _refuse_rejected(ledger)
        yield fact
    if strict:
        _refuse_rejected(ledger)


def _refuse_rejected(ledger: Ledger) -> None:
    if ledger.rejected:
        first = ledger.rejected[0]
        raise FactError(f"{first.place}: {first.reason} ({first.value!r})", first.remedy)


def write_rejects(rejected: Iterable[Rejection], file: Path) -> None:
    """A CSV of what was refused: file, line, column, value, reason, remedy."""
    with file.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(("file", "line", "column", "value", "reason", "remedy"))
        for r in rejected:
            rows.writerow((r.place.file, r.place.line, r.place.column, r.value, r.reason, r.remedy))
