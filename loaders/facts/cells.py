"""One cell of a table in the ontology's terms: numbers, dates, codes, units.

What a text stands for is decided by the property that its column is named after, never by its
looks. Every refusal names the column, its value and what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from ...ontology.errors import FactError
from ...ontology.facts import Value
from ...ontology.schema import Property
from .. import units
from ..base import Row
from ..base.numbers import NUMBER
from ..bundle import INTEGERS, NUMBERS
from ..names import READER
from ..near import suggestion

T = TypeVar("T")
WITHOUT = ("withheld", "not-available", "not-stated", "below-threshold")
"""What a status says of a figure that has no amount."""
_INTEGER = re.compile(r"[-+]?\d{1,18}", re.ASCII)
_ANSWERS = {"yes": True, "true": True, "no": False, "false": False}
_COUNTED = ("amount", "low", "high", "value")


def wrong(row: Row, column: str, what: str, remedy: str) -> FactError:
    """The error of a cell that is not what its column holds."""
    return row.fault(column, f"{column} {row[column]!r} {what}", remedy)


def named(column: str, read: Callable[..., T], *arguments: object) -> T:
    """What ``read`` makes of a cell; its ``FactError`` names the column."""
    try:
        return read(*arguments)
    except FactError as error:
        # What a loader's author would do about it is not what the owner of a table can do.
        hint = error.hint or ""
        if "ontology/" in hint or "mapping/" in hint:
            known = "Names, ids and codes are those of the vocabularies (docs/own-tables.md)."
            hint = (re.match(r"Did you mean [^?]*\?", hint) or [known])[0]
        raise FactError(error.message, hint, column, error.value) from None


def gathered(readers: Mapping[str, Callable[[], Any]]) -> dict[str, Any]:
    """What each reader makes of its cells; a ``FactError`` tells all faults of the row at once."""
    found: dict[str, Any] = {}
    faults: list[FactError] = []
    for column, read in readers.items():
        try:
            found[column] = read()
        except FactError as error:
            faults += error.faults if isinstance(error, FaultsError) else [error]
    if faults:
        raise faults[0] if len(faults) == 1 else FaultsError(faults)
    return found


class FaultsError(FactError):
    """Several cells of a row that are wrong, told together."""

    def __init__(self, faults: Sequence[FactError]) -> None:
        self.faults = faults
        super().__init__(
            "; ".join(f"({fault.column}) {fault.message}" for fault in faults),
            " ".join(dict.fromkeys(fault.hint for fault in faults if fault.hint)),
            ", ".join(dict.fromkeys(fault.column for fault in faults if fault.column)),
            "; ".join(str(fault.value) for fault in faults if fault.value is not None),
        )


def basis(column: str, *said: str | None) -> str | None:
    """The basis that a row's words say, or None; raises ``FactError`` where they say two."""
    found = list(dict.fromkeys(filter(None, said)))
    if len(found) > 1:
        raise FactError(
            f"the row says {' and '.join(found)}", "Keep the one that is right.", column, found[0]
        )
    return found[0] if found else None


def parts(text: str) -> list[str]:
    """The entries of a cell that lists several, separated by semicolons."""
    return [part.strip() for part in text.split(";") if part.strip()]


def value(row: Row, prop: Property) -> Value:
    """The cell of a property that is not a reference; raises ``FactError``."""
    if prop.many:
        return parts(row[prop.name])
    if prop.values:
        return coded(prop.name, row[prop.name], prop.values)
    if prop.datatype == "boolean":
        return boolean(row, prop.name)
    if prop.datatype in NUMBERS:
        return number(row, prop.name)
    if prop.datatype in INTEGERS:
        if not _INTEGER.fullmatch(row[prop.name]):
            raise wrong(row, prop.name, "is not a whole number", "Write it like 2025.")
        return int(row[prop.name])
    if prop.datatype in ("date", "dateTime"):
        kind = date if prop.datatype == "date" else datetime
        try:
            return kind.fromisoformat(row[prop.name])
        except ValueError:
            raise wrong(row, prop.name, "is not a date", "Write it like 2025-06-30.") from None
    return row[prop.name]


def number(row: Row, column: str) -> float | None:
    """A number, or None where the cell is empty; a comma in it is explained by its column."""
    if not row[column]:
        return None
    if not NUMBER.fullmatch(text := row.plain(column)):
        raise wrong(row, column, "is not a number", "Write it like 1234.5, without separators.")
    return float(text)


def boolean(row: Row, column: str) -> bool:
    """Yes or no."""
    answer = _ANSWERS.get(row[column].casefold())
    if answer is None:
        raise wrong(row, column, "is neither yes nor no", "Write yes or no.")
    return answer


def coded(column: str, text: str, known: Sequence[str]) -> str:
    """A word of a code list, however it is capitalised; the error suggests the nearest one."""
    if text in known:
        return text
    if column == "basis" and (found := units.basis_of(text)):
        return found
    by_word = {word.casefold(): word for word in known}
    word = text.casefold().replace("_", "-").replace(" ", "-")
    if word in by_word:
        return by_word[word]
    hint = suggestion(word, by_word, "{}").strip() or f"Known: {', '.join(sorted(known))}."
    raise FactError(f"{text!r} is not a {column.replace('_', ' ')}", hint, column, text)


def in_base_units(row: Row, properties: Iterable[Property], values: dict[str, Value]) -> None:
    """Convert what is counted in a unit that is not one of those amounts are kept in.

    The original value and unit are kept beside it where the class has a place for them.
    """
    by_name = {p.name: p for p in properties}
    for name, prop in by_name.items():
        if not name.endswith("unit") or not prop.values or row[name] in ("", *prop.values):
            continue
        unit = named(name, units.unit, row[name], READER)
        values[name] = unit.base
        if unit.basis and name == "unit" and "basis" in by_name:
            values["basis"] = basis("basis", row["basis"], unit.basis)
        for counted in _counted_in(name, by_name):
            amount = values.get(counted)
            if isinstance(amount, float):
                values[counted] = unit.convert(amount)
        first = next((row[c] for c in _counted_in(name, by_name) if row[c]), None)
        for kept, text in (("original_unit", row[name]), ("original_value", first)):
            if kept in by_name:
                values.setdefault(kept, text)


def _counted_in(unit: str, names: Iterable[str]) -> list[str]:
    """Properties whose numbers are counted in a unit: ``quantity`` and its bounds in
    ``quantity_unit``, ``amount`` and its bounds in ``unit``."""
    stem = unit.removesuffix("unit").removesuffix("_")
    if not stem:
        return [name for name in _COUNTED if name in names]
    return [n for n in names if n != unit and (n == stem or n.startswith(f"{stem}_"))]


def check_figure(row: Row, values: dict[str, Value]) -> None:
    """Refuse an amount and a status that contradict each other."""
    status = values.get("status")
    if values.get("amount") is not None and status in WITHOUT:
        raise wrong(row, "status", "goes with no amount", "Empty one of the two.")
    if all(values.get(n) is None for n in ("amount", "low", "high")) and status not in WITHOUT:
        raise wrong(
            row,
            "amount",
            "is empty",
            f"Give a number or a limit, or say why there is none: {', '.join(WITHOUT)}.",
        )
