"""A data frame as the table that the loader of own figures reads, and its refusals in its words."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ..ontology.errors import OrepathError


def written(table: Any, folder: Path, name: str) -> Path:
    """A pandas or polars frame as ``<name>.csv`` in a folder.

    Raises ``OrepathError`` for what is no frame, and for a name that is none of a file.
    """
    if not name or Path(name).name != name:
        raise OrepathError(
            f"{name!r} cannot name a table", "Take one word, like 'purchases-2025'; no folder."
        )
    path = folder / f"{name}.csv"
    if hasattr(table, "write_csv"):
        table.write_csv(path)
    elif hasattr(table, "to_csv") and hasattr(table, "columns"):
        table.to_csv(path, index=False)
    else:
        raise OrepathError(
            f"{type(table).__name__!r} is no table",
            "Give a pandas or polars data frame, or the path of a file; of rows as mappings, "
            "pandas.DataFrame(rows) makes a frame.",
        )
    return path


def refused(error: OrepathError, columns: Iterable[Any]) -> OrepathError:
    """What is said of a file, said of the frame that it was written from: nobody publishes it."""
    from ..loaders.facts.figures import REQUIRED

    names = [str(column) for column in columns]
    if all(name in names for name in REQUIRED):
        return error
    needed = f"{', '.join(REQUIRED)} and a product, or a material and its stage"
    told = f"The frame has the columns {', '.join(names) or 'of nothing'}; figures need {needed}."
    return OrepathError(error.message, f"{told} `orepath load table --template` tells of all.")
