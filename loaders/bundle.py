"""The bundled snapshot: facts of redistributable sources as CSV, one file a term.

``loaders/data/<source id>/<Term>.csv`` holds one fact a row in the ontology's own names; the
header gives the names, an empty cell means "absent". What follows from all of them together (the
headline shares, the dependency network, and which figures cannot be right) stands in the folder
``derived``, so that a new graph need not compute them. What a cell's text
stands for is decided by the compiled schema, never by its looks, so that a "NA" stays a text. Rows
are sorted and numbers written in their shortest exact form: the same facts give the same bytes.

``make bundle`` rebuilds the snapshot (``tools/rebuild.py``). This module knows no publisher.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from importlib import resources
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from ..ontology.errors import OrepathError
from ..ontology.facts import Fact, Place, Value
from ..ontology.schema import Schema, load_schema
from .base.declaration import SourceFile

DERIVED = "derived"
"""The folder of what was derived from all the others; no source states it."""
SUSPECTS = f"{DERIVED}/suspects.yaml"
NUMBERS = frozenset({"decimal", "double", "float"})
INTEGERS = frozenset({"integer", "int", "nonNegativeInteger", "positiveInteger", "gYear"})


class Entry(BaseModel):
    """What the index says of one bundled source: its files and where their rows went."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    files: tuple[SourceFile, ...]
    rows_read: int
    used: int
    left: dict[str, int]
    facts: int


def data_folder() -> Path:
    """The snapshot inside the installed package."""
    return Path(str(resources.files(__package__))) / "data"


def index(folder: Path | None = None) -> dict[str, Entry]:
    """The bundled sources by id, sorted; empty where nothing is bundled."""
    file = (folder or data_folder()) / "index.yaml"
    if not file.exists():
        return {}
    return {k: Entry.model_validate(v) for k, v in yaml.safe_load(file.read_text("utf-8")).items()}


def sources(folder: Path | None = None) -> tuple[str, ...]:
    """Ids of the bundled sources, sorted."""
    return tuple(sorted(index(folder)))


def suspects() -> dict[str, str]:
    """Why figures of the snapshot cannot be right, by the id of their relationship."""
    file = data_folder() / SUSPECTS
    found: dict[str, str] = yaml.safe_load(file.read_text("utf-8"))
    return found


def write_suspects(found: Mapping[str, str]) -> None:
    """Write what ``suspects`` reads."""
    text = yaml.safe_dump(dict(found), sort_keys=True, allow_unicode=True, width=100)
    (data_folder() / SUSPECTS).write_text(text, "utf-8", newline="\n")


@cache
def _columns(schema_digest: str, term: str) -> tuple[tuple[str, ...], dict[str, tuple[str, bool]]]:
    """Names that identify a fact of ``term``, and for each name its datatype and whether many."""
    schema = load_schema()
    if term in schema.nodes:
        node = schema.nodes[term]
        return ("id",), {"id": ("string", False)} | {
            p.name: (p.datatype, p.many) for p in node.properties
        }
    if term in schema.relations:
        relation = schema.relations[term]
        ends = dict.fromkeys((relation.start_role, relation.end_role), ("reference", False))
        properties = {p.name: (p.datatype, p.many) for p in relation.properties}
        return relation.key or tuple(ends), properties | ends
    raise OrepathError(
        f"the bundle speaks of {term!r}, which the ontology does not define",
        "Rebuild the bundle (make bundle), or add the term to the Turtle.",
    )


def columns(schema: Schema, term: str) -> tuple[tuple[str, ...], dict[str, tuple[str, bool]]]:
    """``(key names, {name: (datatype, many)})`` of a term; raises ``OrepathError``."""
    return _columns(schema.digest, term)


def _text(value: Value, datatype: str) -> str:
    """One value as the text of a cell."""
    if isinstance(value, list):
        return json.dumps([_text(v, datatype) for v in value], ensure_ascii=False)
    if isinstance(value, bool):
        return "true" if value else "false"
    if datatype in NUMBERS and isinstance(value, int | float):
        return repr(float(value))
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)


def _value(text: str, datatype: str, many: bool) -> Value:
    """The inverse of ``_text``; raises ``ValueError`` where the text is none of the datatype."""
    if many:
        return [str(_value(t, datatype, False)) for t in json.loads(text)]
    if datatype == "boolean":
        if text not in ("true", "false"):
            raise ValueError(f"{text!r} is neither true nor false")
        return text == "true"
    if datatype in NUMBERS:
        return float(text)
    if datatype in INTEGERS:
        return int(text)
    if datatype == "date":
        return date.fromisoformat(text)
    if datatype == "dateTime":
        return datetime.fromisoformat(text)
    return text


def _line(cells: Sequence[str]) -> str:
    # Releases of Python differ in whether a lone carriage return is quoted; with it in the line
    # terminator, all of them quote it.
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue()[:-2] + "\n"


def render(facts: Iterable[Fact]) -> dict[str, str]:
    """The CSV text of each term, by term; raises ``OrepathError`` where two facts have the same
    key and differ, since only one of them could stand in the graph."""
    schema = load_schema()
    rows: dict[str, dict[tuple[str, ...], dict[str, str]]] = {}
    for fact in facts:
        keys, kinds = columns(schema, fact.term)
        unknown = sorted(set(fact.values) - set(kinds))
        if unknown:
            raise OrepathError(
                f"{fact.place}: {fact.term} has no {', '.join(unknown)} in the ontology",
                "Give the value under a name that the ontology defines.",
            )
        cells = {
            name: _text(value, kinds[name][0])
            for name, value in fact.values.items()
            if value is not None and value not in ("", [])
        }
        key = tuple(cells.get(name, "") for name in keys)
        before = rows.setdefault(fact.term, {}).setdefault(key, cells)
        if before != cells:
            names = [n for n in {**before, **cells} if before.get(n) != cells.get(n)]
            raise OrepathError(
                f"{fact.place}: {fact.term} {'|'.join(key)} is stated twice and differs in "
                + ", ".join(f"{n} ({before.get(n)!r}, {cells.get(n)!r})" for n in sorted(names)),
                "State it once, or add to the key what tells the two apart.",
            )
    return {term: _table(schema, term, found) for term, found in sorted(rows.items())}


def _table(schema: Schema, term: str, rows: Mapping[tuple[str, ...], Mapping[str, str]]) -> str:
    keys, _ = columns(schema, term)
    names = {name for cells in rows.values() for name in cells}
    header = [*keys, *sorted(names - set(keys))]
    lines = sorted(tuple(cells.get(n, "") for n in header) for cells in rows.values())
    return _line(header) + "".join(_line(cells) for cells in lines)


def write(source_id: str, facts: Iterable[Fact], folder: Path) -> None:
    """Write the facts of a source below ``folder``, replacing what it held of that source."""
    tables = render(facts)
    target = folder / source_id
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for term, text in tables.items():
        (target / f"{term}.csv").write_text(text, "utf-8", newline="\n")


def read(source_id: str, folder: Path | None = None) -> Iterator[Fact]:
    """The bundled facts of a source, sorted by term and key.

    A fact's place is the publisher's file and line where the fact carries them, else its line in
    the bundle. Raises ``OrepathError`` where the source is not bundled or a cell cannot be read.
    """
    target = (folder or data_folder()) / source_id
    if not target.is_dir():
        raise OrepathError(
            f"{source_id!r} is not in the bundled snapshot",
            f"Bundled: {', '.join(index(folder)) or 'nothing'}.",
        )
    schema = load_schema()
    for file in sorted(target.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as stream:
            yield from _read_table(schema, file.stem, stream, f"{source_id}/{file.name}")


def _read_table(schema: Schema, term: str, stream: Iterable[str], name: str) -> Iterator[Fact]:
    _, kinds = columns(schema, term)
    reader = csv.reader(stream)
    header = next(reader, [])
    for column in header:
        if column not in kinds:
            raise OrepathError(
                f"{name}: the ontology defines no {column!r} of {term}",
                "Rebuild the bundle (make bundle).",
            )
    start = reader.line_num + 1
    # Texts, of which there are most, stand as they are.
    parsed = [(c, None if kinds[c] == ("string", False) else kinds[c]) for c in header]
    for cells in reader:
        values: dict[str, Value] = {}
        for (column, kind), text in zip(parsed, cells, strict=True):
            if not text:
                continue
            try:
                values[column] = _value(text, *kind) if kind else text
            except ValueError as error:
                raise OrepathError(
                    f"{name}, line {start}, column {column}: {text!r} is no {kinds[column][0]}",
                    "Rebuild the bundle (make bundle).",
                ) from error
        file, line = values.get("file"), values.get("line")
        if isinstance(file, str) and isinstance(line, int):
            yield Fact(term, values, Place(file, line))
        else:
            yield Fact(term, values, Place(name, start))
        start = reader.line_num + 1
