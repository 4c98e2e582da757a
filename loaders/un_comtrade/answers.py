"""Answers of UN Comtrade's data API in JSON, read record by record.

Each cell is a text as a CSV answer has it: numbers keep their digits, true and false are ``True``
and ``False``, null is the empty string. What they mean is the loader's business.
"""

from __future__ import annotations

import codecs
from collections.abc import Container, Iterator, Mapping
from pathlib import Path
from typing import Any

import ijson

from ...ontology.errors import OrepathError
from ..base import AGAIN, Column, Only, Row, Table

# Most records that one question is answered with: without a key, with one, and by subscription.
LIMITS = frozenset({500, 100_000, 250_000})

_ASK = "Ask UN Comtrade again, and save its answer as it is."
_ERRORS = ("error", "statusCode", "message")
_DATA = "data"
_ELEMENT = f"{_DATA}.item"
_SCALARS = frozenset({"string", "number", "boolean"})


def is_json(path: Path) -> bool:
    """Whether a file is JSON, by its first character that is no space."""
    with path.open("rb") as stream:
        return stream.read(64).lstrip(codecs.BOM_UTF8 + b" \t\r\n")[:1] in (b"{", b"[")


class Answer(Table):
    """A JSON answer as a table; where a row stands is said by a pointer to its element."""

    def rows(
        self, columns: Mapping[str, Column], table: str = "", only: Only | None = None
    ) -> Iterator[Row]:
        """The records, all of them.

        Raises ``OrepathError`` for another file, an error that was saved in place of data, and an
        answer that is cut off, be it in the file or by the limit of the API.
        """
        for at, record in enumerate(self._elements(columns)):
            place = f"{self.name}#/data/{at}"
            missing = [n for n, c in columns.items() if n not in record and not c.optional]
            if missing:
                raise OrepathError(
                    f"{place}: no {', '.join(map(repr, missing))}; this is not a record of"
                    f" {self.title}",
                    _ASK,
                )
            yield Row(place, 0, {n: _text(record.get(n)) for n in columns}, table, {}, columns)

    def _elements(self, wanted: Container[str]) -> Iterator[dict[str, Any]]:
        """The elements of ``data``, each by those names of its members that are wanted."""
        held = 0
        told: dict[str, Any] = {}
        record: dict[str, Any] = {}
        try:
            for prefix, event, value in self._events():
                if prefix == _ELEMENT:
                    if event == "end_map":
                        yield record
                        held += 1
                    elif event == "start_map":
                        record = {}
                    elif event != "map_key":
                        raise OrepathError(
                            f"{self.name}#/data/{held}: this is not a record of {self.title}", _ASK
                        )
                elif prefix.startswith(_ELEMENT):
                    if (key := prefix.removeprefix(f"{_ELEMENT}.")) in wanted:
                        record[key] = value
                elif (prefix, event) == (_DATA, "start_array"):
                    told[_DATA] = True
                elif "." not in prefix and event in _SCALARS and value not in ("", None):
                    told[prefix] = value
        except (ijson.JSONError, UnicodeDecodeError) as error:
            raise OrepathError(
                f"{self.name}, after {held} records: this is not JSON, or it was cut off there",
                _ASK,
            ) from error
        self._check(held, told)

    def _events(self) -> Iterator[tuple[str, str, Any]]:
        with self.path.open("rb") as stream:
            if stream.read(3) != codecs.BOM_UTF8:
                stream.seek(0)
            yield from ijson.parse(stream)

    def _check(self, held: int, told: Mapping[str, Any]) -> None:
        """Raise ``OrepathError`` where an answer that was read to its end is not whole."""
        if "error" in told or _DATA not in told:
            said = " ".join(f"{key} {told[key]}" for key in _ERRORS if key in told)
            if said:
                raise OrepathError(f"{self.name} is an error message and no data: {said}", _ASK)
            raise OrepathError(
                f"{self.name} has no 'data'; this is not an answer of {self.title}", AGAIN
            )
        if str(told.get("count", held)) != str(held):
            raise OrepathError(
                f"{self.name} announces {told['count']} records and holds {held}; it was cut off",
                _ASK,
            )
        if held in LIMITS:
            raise OrepathError(
                f"{self.name} holds {held} records, the most that UN Comtrade gives in one answer;"
                " the rest is missing",
                "Ask for less at a time (one year, one reporter), and load all answers together.",
            )


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()
