"""The question library as data: one file a question, read, checked, and handed out frozen.

``queries/<topic>/<id>.cypher`` begins with a YAML header in a comment and holds one statement
that only reads; ``<id>.picture.cypher`` beside it returns the same answer as a subgraph, and
``<id>.nothing.cypher`` what can be said when there is no row. This module talks to no database
and formats nothing.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ..ontology.errors import OrepathError
from .lexer import Names, columns_returned, names_used, objection, parameters_used, tokens

ParameterType = Literal[
    "material", "economy", "country", "sector", "technology", "stage", "source",
    "number", "integer", "date", "text", "boolean", "choice",
]  # fmt: skip
ColumnType = Literal["text", "number", "integer", "share", "date", "boolean", "list"]
FOLDER = Path(__file__).parent
TOPICS = {
    "dependence": "Who makes what, and on whom a sector depends",
    "policy": "Agreements and restrictions",
    "evidence": "What is known, from whom, and what is not",
}


class Frozen(BaseModel):
    """A checked, unchangeable record."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Parameter(Frozen):
    """What a question asks for. ``default`` is written as a user would type it.

    ``unit`` is what a bare number means (``%``); ``choices`` the words of a ``choice``;
    ``newest_of`` the label whose newest document gives the default of a date.
    """

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    type: ParameterType
    default: str | None = None
    required: bool = False
    help: str
    example: str
    unit: str | None = None
    choices: tuple[str, ...] = ()
    newest_of: str | None = None


class Column(Frozen):
    """One column of the answer; ``detail`` columns are for pipes and files, not for a terminal.

    ``share`` is a fraction of one. ``unit`` may name the column that holds the unit.
    """

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    type: ColumnType
    meaning: str
    unit: str | None = None
    detail: bool = False


class Question(Frozen):
    """A question with everything needed to ask it and to read its answer.

    ``finding`` are sentences of which the first is used whose fields are all known (per value of
    ``finding_per`` when that is set); ``notes`` are shown when theirs are known; ``nothing`` is
    said where there is no row. ``data_needed`` names ontology terms that the loaded data may
    lack without the question being wrong.
    """

    id: str
    topic: str
    title: str
    parameters: tuple[Parameter, ...] = ()
    columns: tuple[Column, ...]
    caveats: tuple[str, ...]
    finding: tuple[str, ...]
    finding_per: str | None = None
    notes: tuple[str, ...] = ()
    nothing: str
    method: str
    data_needed: tuple[str, ...] = ()
    examples: tuple[str, ...]
    table: str
    picture: str | None = None
    otherwise: str | None = None

    def parameter(self, name: str) -> Parameter:
        """The parameter of that name; raises ``KeyError``."""
        return {p.name: p for p in self.parameters}[name]

    def column_names(self) -> tuple[str, ...]:
        """The columns' names in order."""
        return tuple(c.name for c in self.columns)

    def names(self) -> Names:
        """All that its statements name of the graph."""
        found = [names_used(text) for text in (self.table, self.picture, self.otherwise) if text]
        return Names(
            tuple(sorted({n for f in found for n in f.labels})),
            tuple(sorted({n for f in found for n in f.types})),
            tuple(sorted({n for f in found for n in f.properties})),
        )


def catalogue(folder: Path | None = None) -> dict[str, Question]:
    """All questions by id, in the order of topics and ids. Raises ``OrepathError``."""
    return {path.stem: read_question(path) for path in _files(folder or FOLDER)}


def question(identifier: str, folder: Path | None = None) -> Question:
    """One question; only its own files are read. Raises ``OrepathError`` with a suggestion."""
    known = {path.stem: path for path in _files(folder or FOLDER)}
    wanted = identifier.strip().lower().replace("_", "-")
    if wanted not in known:
        near = difflib.get_close_matches(wanted, known, n=1, cutoff=0.5)
        raise OrepathError(
            f"there is no question {identifier!r}",
            f"Did you mean {near[0]}?" if near else f"Questions: {', '.join(known)}.",
        )
    return read_question(known[wanted])


def topics() -> dict[str, str]:
    """The topics in reading order, with what each is about."""
    return dict(TOPICS)


def _files(folder: Path) -> list[Path]:
    order = list(TOPICS)

    def rank(path: Path) -> tuple[int, str, str]:
        topic = path.parent.name
        return (order.index(topic) if topic in order else len(order), topic, path.stem)

    # A dot within the stem marks a companion (picture, nothing) of a question.
    return sorted((p for p in folder.glob("*/*.cypher") if "." not in p.stem), key=rank)


@cache
def read_question(path: Path) -> Question:
    """Read and check one question with its companions. Raises ``OrepathError`` naming the line."""
    text = path.read_text("utf-8")
    header, body, line = _split(path, text)
    companions = {
        name: path.with_name(f"{path.stem}.{suffix}.cypher")
        for name, suffix in (("picture", "picture"), ("otherwise", "nothing"))
    }
    statements = {"table": body} | {
        name: file.read_text("utf-8").strip() for name, file in companions.items() if file.exists()
    }
    try:
        found = Question.model_validate(
            {"id": path.stem, "topic": path.parent.name, **header, **statements}
        )
    except (ValidationError, TypeError) as error:
        raise OrepathError(
            f"{path.name}: the header is not right: {_said(error)}",
            "Compare it with the header of another question.",
        ) from error
    _check(path, found, line)
    for name, file in companions.items():
        if name in statements:
            _check_companion(file, found, statements[name])
    return found


def _split(path: Path, text: str) -> tuple[dict[str, Any], str, int]:
    """Header, statement, and the line on which the statement begins."""
    if not text.startswith("/*") or "*/" not in text:
        raise OrepathError(f"{path.name}, line 1: no header in /* … */ at the top")
    comment, body = text[2:].split("*/", 1)
    try:
        header = yaml.load(comment, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        raise OrepathError(f"{path.name}{where}: the header is not YAML: {error}") from error
    if not isinstance(header, dict):
        raise OrepathError(f"{path.name}, line 1: the header is no mapping of names to values")
    blank = len(body) - len(body.lstrip())
    line = 1 + comment.count("\n") + body[:blank].count("\n")
    return header, body.strip(), line


def _check(path: Path, found: Question, line: int) -> None:
    statement = tokens(found.table, line)
    _refuse_writing(path, statement)
    _same(path, line, "parameters", [p.name for p in found.parameters], parameters_used(statement))
    returned, declared = columns_returned(statement), found.column_names()
    _same(path, line, "columns", declared, returned)
    if returned != declared:
        raise OrepathError(
            f"{path.name}, line {line}: the columns are returned in another order than declared",
            f"Returned: {', '.join(returned)}.",
        )


def _check_companion(path: Path, found: Question, text: str) -> None:
    statement = tokens(text)
    _refuse_writing(path, statement)
    unknown = parameters_used(statement) - {p.name for p in found.parameters}
    if unknown:
        raise OrepathError(f"{path.name}: parameters not declared: {', '.join(sorted(unknown))}")


def _refuse_writing(path: Path, statement: list[Any]) -> None:
    if objected := objection(statement):
        raise OrepathError(f"{path.name}, line {objected[1]}: {objected[0]}")
    if "RETURN" not in {t.keyword for t in statement}:
        raise OrepathError(f"{path.name}: the statement returns nothing")


def _same(path: Path, line: int, what: str, declared: Iterable[str], used: Iterable[str]) -> None:
    declared, used = set(declared), set(used)
    if declared != used:
        only = ", ".join(sorted(declared - used)) or "none"
        extra = ", ".join(sorted(used - declared)) or "none"
        raise OrepathError(
            f"{path.name}, line {line}: header and statement differ in {what}",
            f"Only in the header: {only}. Only in the statement: {extra}.",
        )


def _said(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return "; ".join(
            f"{'.'.join(map(str, e['loc'])) or 'header'}: {e['msg']}" for e in error.errors()
        )
    return str(error)
