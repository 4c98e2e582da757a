"""Customs codes: which product trade under a code is, alone or in a basket, and how far.

Each row of the HS list names a code, a material and how specific the code is to it; which product
that is stands with its reason in ``mapping/trade_codes.csv``. What a code of an earlier edition of
the Harmonized System means stands in ``mapping/trade_codes_revisions.csv``, what a line of the
Combined Nomenclature means in ``mapping/trade_codes_cn.csv``: codes change their meaning between
editions, so each edition's code is classified by itself. The codes are vocabulary and not stated
here, and no trade is: a basket is never split.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from ...ontology.facts import Fact, Place, Value
from .. import documents
from ..protocol import Ledger
from ..tables import Row, read_mapping
from .reading import (
    DOCUMENT_COLUMNS,
    Unreadable,
    distinct,
    document_id,
    document_of,
    parts,
    read_rows,
    vocabulary,
)

SOURCE = "orepath-trade-codes"
COLUMNS = {
    "hs_codes": (
        *("hs_code", "hs_version", "material_id", "specificity", "mapping_confidence", "note"),
        *DOCUMENT_COLUMNS,
    )
}

# Of a code of the newest edition: its products, each with its specificity.
Meanings = dict[str, list[tuple[str, str]]]


def recognise(files: Sequence[Path]) -> str:
    """``orepath-trade-codes``; raises ``OrepathError`` where the columns are not there."""
    parts(files, COLUMNS)
    return SOURCE


def facts(files: Sequence[Path], ledger: Ledger) -> Iterator[Fact]:
    """A ``Classification`` for each product of a row, then those of other editions, and the
    documents."""
    file = parts(files, COLUMNS)["hs_codes"]
    meanings: Meanings = {}

    def read(row: Row) -> Iterator[Fact]:
        yield document_of(row)
        for product, specificity in products(row):
            meanings.setdefault(row["hs_code"], []).append((product, specificity))
            yield Fact("Classification", classification(row, product, specificity), row.place())

    yield from distinct(read_rows(file, COLUMNS["hs_codes"], ledger, read))
    yield from distinct(other_editions(meanings))
    yield from distinct(combined_nomenclature())


def products(row: Row) -> list[tuple[str, str]]:
    """The products that a row's material is under its code, each with its specificity.

    Raises ``Unreadable`` where the mapping has no line for the code and material.
    """
    lines = _by_code().get((row["hs_code"], row["material_id"]))
    if lines is None:
        raise Unreadable(
            row.place("hs_code"),
            row["hs_code"],
            f"nothing says which product {row['material_id']} is under this code",
            "Add a line to loaders/mapping/trade_codes.csv with a reason.",
        )
    return [(line["product"], line["specificity"] or row["specificity"]) for line in lines]


def classification(row: Row, product: str, specificity: str) -> dict[str, Value]:
    """The values of a row's classification; it is verified where both marks are ``S``."""
    code = f"{row['hs_version'].lower()}/{row['hs_code']}"
    if code not in vocabulary()["Product"]:
        raise Unreadable(
            row.place("hs_code"),
            row["hs_code"],
            f"the vocabulary has no code {code!r}",
            "Add the code to ontology/vocabulary/trade-codes-hs.ttl.",
        )
    values: dict[str, Value] = {
        "trade_code": code,
        "product": product,
        "source": document_id(row),
        "specificity": specificity,
        "verified": row["mapping_confidence"] == row["confidence"] == "S",
    }
    if row["note"]:
        values["note"] = row["note"]
    return values


def other_editions(meanings: Meanings) -> Iterator[Fact]:
    """Classifications of the codes of other editions, and of headings.

    A line without products of its own means what its counterpart of the newest edition means;
    it is never marked verified, since no table of correlations was read line by line.
    """
    for number, line in enumerate(read_mapping("trade_codes_revisions"), 2):
        place = Place("trade_codes_revisions.csv", number)
        own = [(product, line["specificity"]) for product in line["products"].split()]
        found = own or meanings.get(line["as_code"], [])
        for edition in line["editions"].split():
            for product, specificity in found:
                yield from _mapped(
                    f"{edition.lower()}/{line['code']}",
                    product,
                    line["specificity"] or specificity,
                    line,
                    place,
                )


def combined_nomenclature() -> Iterator[Fact]:
    """Classifications of the eight-digit lines of the European Union's nomenclature."""
    for number, line in enumerate(read_mapping("trade_codes_cn"), 2):
        yield from _mapped(
            f"{line['nomenclature'].lower()}/{line['code']}",
            line["product"],
            line["specificity"],
            line,
            Place("trade_codes_cn.csv", number),
        )


def _mapped(
    code: str, product: str, specificity: str, line: Mapping[str, str], place: Place
) -> Iterator[Fact]:
    """The classification that a line of a mapping states, and the document that it cites."""
    cited = (line["source_title"], line["publisher"], line["source_date"], line["url"])
    document = documents.document(*cited, place)
    values: dict[str, Value] = {
        "trade_code": code,
        "product": product,
        "source": document.values["id"],
        "specificity": specificity,
        "verified": line.get("confidence") == "S",
    }
    if line["note"]:
        values["note"] = line["note"]
    yield document
    yield Fact("Classification", values, place)


@cache
def _by_code() -> Mapping[tuple[str, str], list[dict[str, str]]]:
    found: dict[tuple[str, str], list[dict[str, str]]] = {}
    for line in read_mapping("trade_codes"):
        found.setdefault((line["code"], line["material_id"]), []).append(line)
    return found
