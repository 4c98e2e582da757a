"""A question's files made into a record, and everything checked that can be without a database.

The header's fields, that the statement only reads, and that header and statement agree on
parameters and columns; each error names the file and the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from ..ontology.errors import OrepathError
from .definition import Question
from .finding import fields
from .lexer import columns_returned, objection, parameters_used, tokens
from .parts import whole

COMPANIONS = (("picture", "picture"), ("otherwise", "nothing"))
"""Field of a question, and the suffix of the file beside it that holds it."""
_GIVEN = frozenset({"id", "topic", "table", *(name for name, _ in COMPANIONS)})
"""What no header says, since the files do; a statement in a header would not be checked."""
_NAME = re.compile(r"[a-z][a-z0-9_]*")


def read(path: Path) -> Question:
    """Read and check one question with its companions. Raises ``OrepathError`` naming the line."""
    text = path.read_text("utf-8")
    header, body, line = _split(path, text)
    body = whole(path, body)
    companions = {
        name: path.with_name(f"{path.stem}.{suffix}.cypher") for name, suffix in COMPANIONS
    }
    if kept := sorted(header.keys() & _GIVEN):
        raise OrepathError(
            f"{path.name}, line 1: the header cannot say {', '.join(kept)}",
            "The file's name is the id, its folder the topic; statements stand in files.",
        )
    statements = {"table": body} | {
        name: whole(file, file.read_text("utf-8")).strip()
        for name, file in companions.items()
        if file.exists()
    }
    try:
        found = _adapter().validate_python(
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


@cache
def _adapter() -> TypeAdapter[Question]:
    return TypeAdapter(Question)


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
        raise OrepathError(f"{path.name}, line 1: the header is not a mapping of names to values")
    blank = len(body) - len(body.lstrip())
    line = 1 + comment.count("\n") + body[:blank].count("\n")
    return header, body.strip(), line


def _check(path: Path, found: Question, line: int) -> None:
    for name in (*(p.name for p in found.parameters), *found.column_names()):
        if not _NAME.fullmatch(name):
            raise OrepathError(
                f"{path.name}: {name!r} is not a name", "Write it in lower case: like_this."
            )
    _check_sentences(path, found)
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


def _check_sentences(path: Path, found: Question) -> None:
    known = {"rows", *(p.name for p in found.parameters), *found.column_names()}
    for template in (*found.finding, *found.notes, found.nothing):
        try:
            unknown = sorted(fields(template) - known)
        except ValueError as error:
            raise OrepathError(
                f"{path.name}: in {template!r}: {error}", "Fields are written {like_this}."
            ) from error
        if unknown:
            raise OrepathError(
                f"{path.name}: {template!r} names {', '.join(unknown)}",
                f"A sentence can name {', '.join(sorted(known))}.",
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
