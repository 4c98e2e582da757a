"""Answers of UN Comtrade, as JSON or as CSV, read record by record.

A record is one row of the API's 47 columns, each a text as it stands in the answer: numbers keep
their digits, true and false are ``True`` and ``False``, null is the empty string. What they mean
is the loader's business.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from ...ontology.errors import OrepathError
from ...ontology.facts import Place
from ..streams import stream_table
from ..tables import AGAIN

TITLE = "UN Comtrade (answer of its data API, as JSON or CSV)"
COLUMNS = (
    "typeCode",
    "freqCode",
    "period",
    "reporterCode",
    "flowCode",
    "partnerCode",
    "partner2Code",
    "classificationCode",
    "isOriginalClassification",
    "cmdCode",
    "customsCode",
    "mosCode",
    "motCode",
    "qtyUnitCode",
    "qty",
    "netWgt",
    "isNetWgtEstimated",
    "cifvalue",
    "fobvalue",
    "primaryValue",
)
# Most records that one question is answered with: without a key, with one, and by subscription.
LIMITS = frozenset({500, 100_000, 250_000})

_CHUNK = 1 << 18
_ASK = "Ask UN Comtrade again, and save its answer as it is."


@dataclass(frozen=True, slots=True)
class Record:
    """One row of an answer and where it stands: in a JSON answer by a pointer to the element."""

    cells: Mapping[str, str]
    place: Place

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


def read_records(path: Path) -> Iterator[Record]:
    """The records of an answer.

    Raises ``OrepathError`` for another file, an error that was saved in place of data, and an
    answer that is cut off, be it in the file or by the limit of the API.
    """
    if _is_json(path):
        yield from _json_records(path)
        return
    columns = {name: (name,) for name in COLUMNS}
    for row in stream_table(path, columns, (), TITLE):
        yield Record(row.cells, row.place())


def _is_json(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")


def _json_records(path: Path) -> Iterator[Record]:
    read = 0
    announced = ""
    has_data = False
    try:
        with path.open(encoding="utf-8-sig") as stream:
            for key, value in _members(_Scanner(stream)):
                if key == "count" and value not in ("", None):
                    announced = str(value)
                elif key == "error" and value:
                    raise OrepathError(f"{path.name} is an error message: {value}", _ASK)
                elif key in ("message", "statusCode") and not has_data:
                    raise OrepathError(f"{path.name} is an error message: {key} {value}", _ASK)
                elif key == "data" and value is None:
                    raise OrepathError(f"{path.name} holds no data", _ASK)
                elif key == "data":
                    has_data = True
                elif key == "":
                    yield _record(path, read, value)
                    read += 1
    except UnicodeDecodeError as error:
        raise OrepathError(f"{path.name} is not UTF-8, as JSON must be", _ASK) from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise OrepathError(
            f"{path.name}, after {read} records: this is not JSON, or it is cut off there", _ASK
        ) from error
    if not has_data:
        raise OrepathError(f"{path.name} has no 'data'; this is not an answer of {TITLE}", AGAIN)
    if announced and announced != str(read):
        raise OrepathError(
            f"{path.name} announces {announced} records and holds {read}; it is cut off", _ASK
        )
    if read in LIMITS:
        raise OrepathError(
            f"{path.name} holds {read} records, the most that UN Comtrade gives in one answer;"
            " the rest is missing",
            "Ask for less at a time (one year, one reporter), and load all answers together.",
        )


def _record(path: Path, index: int, value: Any) -> Record:
    place = Place(f"{path.name}#/data/{index}")
    if not isinstance(value, dict):
        raise OrepathError(f"{place}: this is no record of {TITLE}", _ASK)
    if missing := [name for name in COLUMNS if name not in value]:
        listed = ", ".join(repr(name) for name in missing)
        raise OrepathError(f"{place}: no {listed}; this is not an answer of {TITLE}", _ASK)
    return Record({name: _text(value[name]) for name in COLUMNS}, place)


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


class _Scanner:
    """A JSON text read in pieces, of which only the part not yet decoded is kept."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._text = ""
        self._at = 0
        # Texts instead of floats: digits stay as they were published.
        self._decode = json.JSONDecoder(
            parse_float=str, parse_int=str, parse_constant=str
        ).raw_decode

    def peek(self) -> str:
        """The next character that is not space, or nothing at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in " \t\r\n":
                self._at += 1
            if self._at < len(self._text) or not self._more():
                return self._text[self._at : self._at + 1]

    def take(self, expected: str) -> None:
        """Pass the next character, which must be ``expected``."""
        if self.peek() != expected:
            raise json.JSONDecodeError(f"{expected!r} expected", self._text, self._at)
        self._at += 1

    def value(self) -> Any:
        """Pass and return the next value."""
        self.peek()
        while True:
            try:
                found, end = self._decode(self._text, self._at)
            except json.JSONDecodeError:
                if not self._more():
                    raise
                continue
            # A number at the end of the piece may go on in the next.
            if end < len(self._text) or not self._more():
                self._at = end
                return found

    def _more(self) -> bool:
        piece = self._stream.read(_CHUNK)
        self._text = self._text[self._at :] + piece
        self._at = 0
        return bool(piece)


def _members(scanner: _Scanner) -> Iterator[tuple[str, Any]]:
    """The members of the outermost object; the elements of ``data`` one by one, under no key."""
    scanner.take("{")
    while scanner.peek() != "}":
        key = scanner.value()
        scanner.take(":")
        if key == "data" and scanner.peek() == "[":
            yield key, ()
            scanner.take("[")
            while scanner.peek() != "]":
                yield "", scanner.value()
                if scanner.peek() != "]":
                    scanner.take(",")
            scanner.take("]")
        else:
            yield str(key), scanner.value()
        if scanner.peek() != "}":
            scanner.take(",")
    scanner.take("}")
    if scanner.peek():
        raise json.JSONDecodeError("more text after the answer", scanner.peek(), 0)
