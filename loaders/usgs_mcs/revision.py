"""The publisher's own list of tables that it replaced within an edition.

The tables that are loaded hold what the list announces (those from before are refused); so the
list itself becomes a document that stands behind the products of those tables. A heading that
``revisions.csv`` does not know is a rejected row: then the publisher has revised something that
nobody has looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...ontology.errors import FactError
from ...ontology.facts import Fact
from ..base import LeftOut, Load, Row, Table
from ..base.declaration import TableForm
from ..documents import document, document_id
from .meaning import groups
from .parts import Part, reason
from .world import meanings

PUBLISHER = "U.S. Geological Survey"
ADDRESS = "https://doi.org/10.5066/P144BA54"
_HEADING = re.compile(r"[A-Z][A-Z ,()-]+")
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})\.txt$")


class RevisionNotes(Part):
    """The list, a line of text a row."""

    def __init__(self, table: Table, form: TableForm) -> None:
        super().__init__(table, form)
        with table.text.open() as stream:
            held = [(number, line.strip()) for number, line in enumerate(stream, 1)]
        self.held = [Row(table.name, n, {"text": line}) for n, line in held if line]
        self.title = f"MCS {self.edition} Data Release Revision Notes"
        if not self.held or not self.held[0]["text"].startswith(self.title):
            raise self.damaged(f"this is not the list of revisions of {self.edition}")
        revised = groups("revisions", ("edition",), ()).get((self.edition,), ())
        self.tables = {line["heading"]: line["table"] for line in revised}
        found = {row["text"] for row in self.held}
        if lacking := [heading for heading in self.tables if heading not in found]:
            raise self.damaged(f"nothing on {lacking[0]}; the file is cut off")

    def facts_of(self, row: Row, load: Load) -> Iterator[Fact]:
        """For a heading the document, and that it documents the products of its table."""
        heading = row["text"]
        if not _HEADING.fullmatch(heading):
            raise LeftOut(reason("text of revision notes"))
        if heading not in self.tables:
            raise FactError(
                f"nothing says which table {heading!r} is",
                "Read the note, compare the table, and add it to loaders/usgs_mcs/revisions.csv.",
                "text",
                heading,
            )
        date = _DATE.search(row.file)
        published = date[1] if date else self.edition
        yield from load.once([document(self.title, PUBLISHER, published, ADDRESS, row.place())])
        end = document_id(self.title, ADDRESS)
        table = self.tables[heading]
        products = {line["product"] for key, line in meanings().items() if key[2] == table}
        for product in sorted(products - {""}):
            yield Fact("documented_by", {"start": f"Product:{product}", "end": end}, row.place())
