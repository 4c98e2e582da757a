"""One load: what a source states is validated, judged, written and put on record, in one way for
all sources and both ways into a graph.

A load leaves a ``Load`` record that says what it was made of; one without ``finished`` was
interrupted and is completed by running it again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

from ..graph.changes import Changes
from ..graph.fingerprint import fingerprint
from ..graph.plan import LoadReport, Permit, Progress
from ..ontology.errors import FactError, RefusedError
from ..ontology.facts import Fact, Rejection
from ..ontology.schema import load_schema
from . import bundle, vocabulary
from .base import NOTHING_SAID, Edition, Ledger, Said, sha256
from .facts import sets
from .facts.loader import Reading as FactTables
from .facts.loader import set_files
from .guard import NOTHING_MEANT, Meant
from .refused import added, booked
from .registry import OWN, edition_of, loader, source_facts
from .tally import Tally

Stated = Callable[[Ledger], Iterable[Fact]]
"""Facts of a source, read while its ledger is kept."""


@dataclass
class Loaded:
    """What became of one source: the writer's report, the reader's ledger, what was to change,
    and why it was refused as a whole, where it was; whether it ``stood`` already."""

    source: str
    report: LoadReport
    ledger: Ledger = field(default_factory=Ledger)
    changes: Changes | None = None
    refusal: RefusedError | None = None
    stood: bool = False

    @property
    def rejected(self) -> list[Rejection]:
        """Rows and cells that the reader refused, and facts that the ontology refused."""
        return [*self.ledger.refused, *self.report.rejected]


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
        keep: bool,
        permit: Permit,
    ) -> LoadReport:
        """Take what a data set states; ``run`` is noted once all of it was read, ``permit`` asked
        before anything is written, and with ``keep`` what it stated before stays."""
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
    meant: Meant = NOTHING_MEANT
    before: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """The records of earlier loads, to which those with ``--add`` are added."""

    def vocabulary(self) -> Loaded:
        """The vocabularies, to which all other sources refer."""
        return self._packaged(vocabulary.SOURCE, Ledger(), vocabulary.Reading().facts)

    def bundle(self, standing: Mapping[str, int] | None = None) -> list[Loaded]:
        """The vocabularies and every bundled source but the ``standing``, of which the graph holds
        so many facts already.

        The ledger of a bundled source is that of the publisher's files from which it was made;
        sets of curated facts are read from their tables.
        """
        stood = standing or {}
        done = []
        for source, ledger, stated in _packaged_sources():
            if source in stood:
                report = LoadReport(source, unchanged=stood[source])
                done.append(Loaded(source, report, ledger, stood=True))
                continue
            try:
                done.append(self._packaged(source, ledger, stated))
            except RefusedError as refusal:
                if source == vocabulary.SOURCE:
                    raise
                done.append(Loaded(source, LoadReport(source), ledger, refusal=refusal))
        return done

    def _packaged(self, source: str, ledger: Ledger, stated: Stated) -> Loaded:
        """Load a source that comes with the package."""
        by = fingerprint(load_schema())
        return self._load(source, stated(ledger), ledger, package=by)

    def source(self, name: str, files: Sequence[Path], said: Said = NOTHING_SAID) -> Loaded:
        """Files that the user has, by the loader ``name`` (a publication, e.g. ``usgs-mcs``), with
        what the user says of them.

        Raises ``OrepathError`` where the files are not what that loader reads, ``RefusedError``
        where it would lose or guess something.
        """
        reading = loader(name).read(files, whole=not self.meant.add, said=said)
        ledger = Ledger()
        if (year := edition_of(reading.source).edition[:4]).isdecimal() and name not in OWN:
            ledger.until = min(ledger.until, int(year))
        stated: Iterable[Fact] = reading.facts(ledger)
        if reading.assumed:
            stated = map(_unverified, stated)
            ledger.notes.append(
                f"Assumed: {reading.assumed}. What was loaded is marked as not verified."
            )
        described = reading.described if isinstance(reading, FactTables) else None
        return self._load(reading.source, stated, ledger, files, described, assumed=reading.assumed)

    def _load(
        self,
        source: str,
        stated: Iterable[Fact],
        ledger: Ledger,
        files: Sequence[Path] = (),
        described: Edition | None = None,
        assumed: str = "",
        package: str | None = None,
    ) -> Loaded:
        described_by = described or edition_of(source)
        run: dict[str, Any] = {
            "dataset": source,
            "loader": described_by.loader,
            "ontology_version": load_schema().version,
            "files": [f"{file.name} {sha256(file)}" for file in files],
            "started": datetime.now(UTC),
        }
        loaded = Loaded(source, LoadReport(source), ledger)

        def permit(changes: Changes, report: LoadReport) -> bool:
            loaded.changes = changes
            loaded.refusal = self.meant.refusal(changes, ledger)
            if loaded.refusal and not self.meant.plan:
                raise loaded.refusal
            return not self.meant.plan

        # The whole input is read before anything is written: a file that turns out to be broken
        # half way leaves the graph as it was.
        tally = Tally()
        read = _cited(tally.watch(_strictly(stated, ledger, self.strict)), source)
        loaded.report = self.sink.load(
            source,
            chain(source_facts(described_by), read),
            strict=self.strict,
            progress=self.progress(source) if self.progress else None,
            run=run,
            keep=self.meant.add,
            permit=permit,
        )
        if not self.meant.plan:
            outcome = {
                "finished": datetime.now(UTC),
                "facts": loaded.report.facts,
                "assumed": assumed or None,
                "package": package,
                **booked(ledger, loaded.report.rejected),
                **tally.described(),
            }
            before = self.before.get(source, {}) if self.meant.add else {}
            self.sink.record(source, added(run | outcome, before))
        return loaded


def _packaged_sources() -> Iterator[tuple[str, Ledger, Stated]]:
    """The vocabularies, then all bundled sources, each with its ledger; none is read yet."""
    yield vocabulary.SOURCE, Ledger(), vocabulary.Reading().facts
    published, curated = bundle.index(), sets.bundled()
    for source in sorted([*published, *curated]):
        if source in curated:
            yield source, Ledger(), partial(_curated, curated[source])
        else:
            entry = published[source]
            ledger = Ledger(entry.rows_read, entry.used, left=Counter(entry.left))
            yield source, ledger, partial(_snapshot, source)


def _curated(folder: Path, ledger: Ledger) -> Iterable[Fact]:
    return loader("facts").read(set_files(folder)).facts(ledger)


def _snapshot(source: str, _: Ledger) -> Iterable[Fact]:
    return bundle.read(source)


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
    if ledger.refused:
        first = ledger.refused[0]
        raise FactError(f"{first.place}: {first.reason} ({first.value!r})", first.remedy)


def _unverified(fact: Fact) -> Fact:
    """A fact of which edition or provenance is assumed."""
    return (
        replace(fact, values={**fact.values, "verified": False})
        if fact.values.get("verified")
        else fact
    )
