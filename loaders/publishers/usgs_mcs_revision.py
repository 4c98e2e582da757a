"""The publisher's own list of tables that it replaced within an edition.

The tables that are loaded hold what the list announces (``usgs_mcs_2024`` refuses those from
before); so the list itself becomes a document that stands behind the products of those tables.
A heading that ``mapping/usgs_mcs_revisions.csv`` does not know is a rejected row: then the
publisher has revised something that nobody has looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ...ontology.errors import OrepathError
from ...ontology.facts import Fact, Place
from ..documents import document, document_id
from ..protocol import Ledger
from ..tables import AGAIN, decode
from .usgs_mcs_lines import meanings, revisions

PUBLISHER = "U.S. Geological Survey"
ADDRESS = "https://doi.org/10.5066/P144BA54"
TEXT = "text of a revision note, which the mapping of revisions has in short"
_HEADING = re.compile(r"[A-Z][A-Z ,()-]+")
_TITLE = re.compile(r"MCS (?P<year>\d{4}) Data Release Revision Notes")
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})\.txt$")


def check(path: Path, edition: str) -> None:
    """Raise ``OrepathError`` where the file is no list of revisions of the edition, or ends
    before the last table that the mapping knows."""
    lines = [line for _, line in _lines(path)]
    title = _TITLE.match(lines[0]) if lines else None
    if title is None or title["year"] != edition:
        raise OrepathError(f"{path.name} is not the list of revisions of {edition}", AGAIN)
    for revision in revisions(edition):
        if revision["heading"] not in lines:
            raise OrepathError(
                f"{path.name}: nothing on {revision['heading']}; the file is cut off", AGAIN
            )


def facts(path: Path, edition: str, ledger: Ledger) -> Iterator[Fact]:
    """The document, and for each heading that the products of its table are documented by it."""
    title = f"MCS {edition} Data Release Revision Notes"
    tables = {line["heading"]: line["table"] for line in revisions(edition)}
    date = _DATE.search(path.name)
    published = date[1] if date else edition
    said = False
    for number, line in _lines(path):
        place = Place(path.name, number)
        if not _HEADING.fullmatch(line):
            ledger.leave(TEXT)
            continue
        if line not in tables:
            ledger.reject(
                place,
                line,
                f"nothing says which table {line!r} is",
                "Read the note, compare the table, and add it to"
                " loaders/mapping/usgs_mcs_revisions.csv.",
            )
            continue
        ledger.use()
        if not said:
            said = True
            yield document(title, PUBLISHER, published, ADDRESS, place)
        end = document_id(title, ADDRESS)
        for product in _products(tables[line]):
            yield Fact("documented_by", {"start": f"Product:{product}", "end": end}, place)


def _products(table: str) -> list[str]:
    return sorted({m.product for key, m in meanings().items() if key[1] == table and m.product})


def _lines(path: Path) -> list[tuple[int, str]]:
    lines = enumerate(decode(path).splitlines(), 1)
    return [(number, line.strip()) for number, line in lines if line.strip()]
