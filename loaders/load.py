"""One load from beginning to end: recognise, read, validate, write, record, derive.

What is loaded comes either from the bundled snapshot or from files that the user names. A load
leaves a ``Load`` record that says what it was made of; one without ``finished`` was interrupted
and is completed by running it again.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any

from ..graph import runs
from ..graph.connection import Graph
from ..graph.derive import DeriveReport, derive
from ..graph.writer import LoadReport, Progress, Writer
from ..ontology.errors import FactError, OrepathError
from ..ontology.facts import Fact, Rejection
from ..ontology.schema import load_schema
from . import bundle, vocabulary
from .protocol import Ledger, loader, sha256, sidecar, source_facts


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


def load_bundle(
    graph: Graph, *, strict: bool = False, progress: Callable[[str], Progress] | None = None
) -> tuple[list[Loaded], DeriveReport]:
    """Load the vocabularies and every bundled source, then derive the headline shares.

    The ledger of a bundled source is that of the publisher's files from which it was made.
    """
    writer = Writer(graph, load_schema())
    words = Ledger()
    source = vocabulary.recognise(())
    done = [_load(writer, source, vocabulary.facts((), words), words, (), strict, progress)]
    for source, entry in bundle.index().items():
        ledger = Ledger(entry.rows_read, entry.used, left=Counter(entry.left))
        done.append(_load(writer, source, bundle.read(source), ledger, (), strict, progress))
    return done, derive(graph)


def load_source(
    graph: Graph,
    name: str,
    files: Sequence[Path],
    *,
    strict: bool = False,
    progress: Callable[[str], Progress] | None = None,
) -> Loaded:
    """Load files that the user has, by the loader ``name`` (a publication, e.g. ``usgs-mcs``).

    Raises ``OrepathError`` where the files are not what that loader reads; nothing is written.
    """
    for file in files:
        if not file.is_file():
            raise OrepathError(f"there is no file {file}", "Check the path.")
    reader = loader(name)
    source = reader.recognise(files)
    ledger = Ledger()
    facts = reader.facts(files, ledger)
    writer = Writer(graph, load_schema())
    return _load(writer, source, facts, ledger, files, strict, progress)


def _load(
    writer: Writer,
    source: str,
    facts: Iterable[Fact],
    ledger: Ledger,
    files: Sequence[Path],
    strict: bool,
    progress: Callable[[str], Progress] | None,
) -> Loaded:
    described_by = sidecar(source)
    started = datetime.now(UTC)
    described = [f"{file.name} {sha256(file)}" for file in files]
    base: dict[str, Any] = {
        "dataset": source,
        "loader": described_by.loader,
        "files": described,
        "started": started,
    }
    stated = chain(source_facts(described_by), _strictly(facts, ledger, strict))
    # The whole input is read before anything is written: a file that turns out to be broken
    # half way leaves the graph as it was.
    everything = list(stated)
    writer.constrain()
    runs.record(writer.graph, source, base)
    report = writer.load(
        source, everything, strict=strict, progress=progress(source) if progress else None
    )
    runs.record(
        writer.graph,
        source,
        base
        | {
            "finished": datetime.now(UTC),
            "rows_read": ledger.rows_read,
            "facts": report.facts,
            "rejected": len(ledger.rejected) + len(report.rejected),
            "left_out": sum(ledger.left.values()),
        },
    )
    return Loaded(source, report, ledger)


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
