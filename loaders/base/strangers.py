"""Files that are not what was asked for: all are named at once, with what each of them is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from ...ontology.errors import OrepathError
from .declaration import Declaration, declaration, folders
from .tables import Table, header_key

T = TypeVar("T")
_FEW = 3  # columns that do not tell one publisher from another


def each(files: Sequence[Path], read: Callable[[Path], list[T]], declared: Declaration) -> list[T]:
    """What ``read`` finds in the files; raises one ``OrepathError`` of all that it cannot read."""
    found: list[T] = []
    faults: list[tuple[Path, OrepathError]] = []
    for file in files:
        try:
            found += read(file)
        except OrepathError as error:
            faults.append((file, error))
    if not faults:
        return found
    said = [f"{file.name} {what}" for file, _ in faults if (what := layout(file, declared))]
    where = f"Files of {declared.what} are at {declared.url}."
    if len(faults) == 1:
        only = faults[0][1]
        if len(files) > 1 and not said:
            said = [f"If {faults[0][0].name} is no such table, leave it out."]
        only.hint = " ".join(filter(None, [only.hint, *said, where]))
        raise only
    hints = dict.fromkeys(fault.hint for _, fault in faults if fault.hint)
    raise OrepathError(
        f"{len(faults)} of {len(files)} files cannot be read: "
        + "; ".join(fault.message for _, fault in faults),
        " ".join([*hints, *said, where]),
    )


def layout(file: Path, asked: Declaration) -> str:
    """Whose file it is by its columns, in a sentence without a subject; empty where nobody's."""
    header: set[str] = set()
    with suppress(OrepathError):
        header = {header_key(name) for name in Table(file, asked.what).header}
    best: tuple[int, str] = (0, "")
    for declared in map(declaration, folders()):
        for form in declared.tables.values():
            needed = [c.headers for c in form.columns.values() if not c.optional]
            if len(needed) >= _FEW and all(header & {header_key(h) for h in n} for n in needed):
                best = max(best, (len(needed), declared.publication))
    if not best[0] or best[1] == asked.publication:
        return ""
    return f"has the columns of {best[1]} (`orepath load {best[1]} {file.name}`)."
