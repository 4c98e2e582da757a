"""A user's own questions: a folder of files like the library's, held to the same rules.

They may only read, and may name only what the ontology knows, which for the library's own a test
sees to and here the reading does, so that a slip of the pen is an error and no empty answer. An
id that the library has is refused, so that an id always means one question. A file that cannot
be used takes nothing from the others. This module runs nothing.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from ..ontology.errors import OrepathError
from .definition import Question
from .unknown import unknown_names

VARIABLE = "OREPATH_QUESTIONS"
TOPIC = "own"
PAGE = "docs/own-questions.md describes such files."


def named_folder(given: str | None = None) -> Path | None:
    """The folder given, else that of the environment; None where neither names one.

    Raises ``OrepathError`` where it is no folder.
    """
    where = given if given is not None else os.environ.get(VARIABLE)
    if where is None or (given is None and not where.strip()):
        return None
    if "\0" in where or not where.strip() or not (folder := Path(where).expanduser()).is_dir():
        raise OrepathError(
            f"there is no folder {where!r} of questions",
            f"--questions and {VARIABLE} name a folder of .cypher files.",
        )
    return folder


def own_files(folder: Path) -> tuple[Path, ...]:
    """The questions' files, of the folder and of the folders in it; companions are no questions."""
    found = (*folder.glob("*.cypher"), *folder.glob("*/*.cypher"))
    return tuple(sorted(path for path in found if "." not in path.stem))


def own_questions(
    folder: Path, taken: Collection[str]
) -> tuple[dict[str, Question], tuple[OrepathError, ...]]:
    """The questions of a folder by id, and what is wrong with each file that is none.

    ``taken`` are the ids that the library has.
    """
    good: dict[str, Question] = {}
    bad: list[OrepathError] = []
    for path in own_files(folder):
        try:
            good[path.stem] = own_question(path, folder, taken)
        except OrepathError as error:
            bad.append(error)
    return good, tuple(bad)


def own_question(path: Path, folder: Path, taken: Collection[str]) -> Question:
    """The question of one file, checked wholly. Raises ``OrepathError`` naming file and line."""
    from .catalogue import read_question

    if path.stem in taken:
        raise OrepathError(
            f"{path}: the library has a question {path.stem!r} already",
            "Give the file another name: a question's id is its file's name.",
        )
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", path.stem):
        raise OrepathError(
            f"{path}: {path.stem!r} is not an id", "Name the file in lower case: like-this.cypher."
        )
    first = next(other for other in own_files(folder) if other.stem == path.stem)
    if first != path:
        raise OrepathError(
            f"{path}: {first} is a question {path.stem!r} already",
            "Give one of the two files another name.",
        )
    try:
        found = read_question(path)
    except OrepathError as error:
        # The library's files are known by name; the user's are where he keeps them.
        said = error.message
        where = path if said.startswith(path.name) else None
        companion = re.match(rf"{re.escape(path.stem)}\.\w+\.cypher", said)
        if companion:
            where = path.with_name(companion.group())
        message = f"{where}{said[len(where.name) :]}" if where else f"{path}: {said}"
        raise OrepathError(message, f"{error.hint} {PAGE}" if error.hint else PAGE) from error
    except (OSError, UnicodeDecodeError) as error:
        said = "it is no UTF-8 text" if isinstance(error, UnicodeError) else str(error.strerror)
        raise OrepathError(f"{path}: {said}", PAGE) from error
    _refuse_unknown_names(path, found)
    return replace(found, id=path.stem, topic=TOPIC)


def _refuse_unknown_names(path: Path, question: Question) -> None:
    # Ours are checked when they are made.
    for what, name, hint in unknown_names(question.names()):
        file, line = _place(path, name)
        raise OrepathError(f"{file}, line {line}: the ontology has no {what} {name}", hint)


def _place(path: Path, name: str) -> tuple[Path, int]:
    """The file and line of the first use of a name, in the question or a companion of it."""
    from .lexer import tokens

    for file in (path, *sorted(path.parent.glob(f"{path.stem}.*.cypher"))):
        # The header is a comment to the lexer.
        for token in tokens(file.read_text("utf-8")):
            if token.kind == "word" and token.name == name:
                return file, token.line
    return path, 1
