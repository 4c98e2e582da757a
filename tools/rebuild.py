"""Rebuilds the bundled snapshot from the publishers' files, which ``mapping/bundle.csv`` lists.

Every fact is checked against the ontology. A source with a rejected row is not written, so that
the snapshot never holds half of one. The index says of each source which files it was made of.
What is derived from all sources is then taken from a graph that is made of them for that.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from ..graph.connection import Address, connect
from ..graph.constraints import ensure
from ..graph.derive import derive, standing
from ..graph.local import ensure_running, stop
from ..loaders.base import Ledger, read_mapping, sha256
from ..loaders.base.declaration import SourceFile
from ..loaders.bundle import DERIVED, Entry, data_folder, index, write, write_suspects
from ..loaders.load import load_offline
from ..loaders.registry import all_editions, loader
from ..ontology.errors import FactError, OrepathError
from ..ontology.facts import Fact, Rejection
from ..ontology.schema import load_schema
from ..ontology.validate import Validator


def bundled_files() -> dict[str, tuple[str, ...]]:
    """For each bundled source its files, relative to the folder of publishers' files."""
    found: dict[str, tuple[str, ...]] = {}
    for line in read_mapping("bundle"):
        found[line["source"]] = (*found.get(line["source"], ()), line["file"])
    return found


def build(source_id: str, files: Sequence[Path]) -> tuple[list[Fact], Entry, list[Rejection]]:
    """Run a source's loader over its files and check every fact against the ontology."""
    if not all_editions()[source_id].redistributable:
        raise OrepathError(
            f"the licence of {source_id} does not allow to bundle it",
            "Take it out of mapping/bundle.csv; users load it from their own copy.",
        )
    reading = loader(all_editions()[source_id].loader).read(files)
    found = reading.source
    if found != source_id:
        raise OrepathError(
            f"the files listed for {source_id} are those of {found}", "Mend mapping/bundle.csv."
        )
    ledger = Ledger()
    validator = Validator(load_schema())
    facts: list[Fact] = []
    refused: list[Rejection] = []
    for fact in reading.facts(ledger):
        try:
            validator.check(fact)
            facts.append(fact)
        except FactError as error:
            remedy = error.hint or "Mend the row or the mapping."
            refused.append(Rejection(fact.place, str(error.value), error.message, remedy))
    if not ledger.balanced:
        raise OrepathError(f"{source_id}: the loader booked a row twice or not at all")
    entry = Entry(
        files=tuple(SourceFile(name=file.name, sha256=sha256(file)) for file in files),
        rows_read=ledger.rows_read,
        used=ledger.used,
        left=dict(sorted(ledger.left.items())),
        facts=len({_identity(fact) for fact in facts}),
    )
    return facts, entry, [*ledger.refused, *refused]


def _identity(fact: Fact) -> tuple[str, str]:
    return fact.term, json.dumps(dict(fact.values), sort_keys=True, default=str)


def rebuild(publishers: Path, folder: Path, only: Sequence[str] = ()) -> list[Rejection]:
    """Rebuild the snapshot in ``folder`` from the files below ``publishers``.

    With ``only``, other sources stay as they are. Returns the rejected rows; a source with any
    is left as it was.
    """
    listed = bundled_files()
    for source_id in only:
        if source_id not in listed:
            raise OrepathError(
                f"{source_id!r} is not bundled", f"Bundled sources: {', '.join(sorted(listed))}."
            )
    folder.mkdir(parents=True, exist_ok=True)
    entries = {k: v for k, v in index(folder).items() if k in listed}
    rejected: list[Rejection] = []
    for source_id in sorted(only or listed):
        files = [publishers / name for name in listed[source_id]]
        missing = [str(file) for file in files if not file.is_file()]
        if missing:
            raise OrepathError(
                f"{source_id}: {', '.join(missing)} is not there",
                "Name the folder that holds the publishers' files as mapping/bundle.csv says.",
            )
        facts, entry, refused = build(source_id, files)
        rejected += refused
        if not refused:
            write(source_id, facts, folder)
            entries[source_id] = entry
    for stale in sorted(folder.iterdir()):
        if stale.is_dir() and stale.name not in (*listed, DERIVED):
            shutil.rmtree(stale)
    plain = {k: entries[k].model_dump(mode="json", exclude_defaults=True) for k in sorted(entries)}
    text = yaml.safe_dump(plain, sort_keys=True, allow_unicode=True, width=100)
    (folder / "index.yaml").write_text(text, "utf-8", newline="\n")
    return rejected


def rederive() -> int:
    """Derive shares and network from the snapshot and put them into it; returns how many facts.

    They are computed in a local server of its own, whatever other server is named.
    """
    with TemporaryDirectory(prefix="orepath-") as folder:
        os.environ["OREPATH_DATA_DIR"] = folder
        load_offline(None, (), derived=False)
        server = ensure_running()
        try:
            with connect(Address(server.uri, server.username, server.password)) as graph:
                ensure(graph, load_schema())
                suspects = derive(graph).suspects
                facts = list(standing(graph, load_schema()))
        finally:
            stop()
    write(DERIVED, facts, data_folder())
    write_suspects(suspects)
    return len(facts)


def main(arguments: Sequence[str]) -> int:
    """Command line of the rebuild; prints each rejected row and returns 1 where there is one."""
    if not arguments:
        print("usage: python -m orepath.tools.rebuild FOLDER [SOURCE …]", file=sys.stderr)
        return 2
    try:
        rejected = rebuild(Path(arguments[0]), data_folder(), arguments[1:])
        derived = rederive()
    except OrepathError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    for row in rejected:
        print(f"{row.place}: {row.value!r}: {row.reason} {row.remedy}", file=sys.stderr)
    for source_id, entry in index().items():
        print(f"{source_id}: {entry.rows_read} rows, {entry.facts} facts")
    print(f"derived from them: {derived} facts")
    return 1 if rejected else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
