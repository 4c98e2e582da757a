"""What loaders of trade statistics share: customs codes, industries named after them, flows.

A customs code of the vocabularies is a ``TradeCode``; the goods that an economy sends under it are
an industry of that economy, and a flow leads from the industry to the importing economy. This
module reads no files and knows no publisher.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from ..ontology.errors import FactError, OrepathError
from ..ontology.facts import Fact, Place, Value
from ..ontology.vocabulary import Vocabulary, vocabulary
from . import names
from .industries import industry_facts, industry_id
from .tables import read_mapping


@dataclass(frozen=True, slots=True)
class CustomsCode:
    """A line of one edition of a nomenclature, and the materials that it holds."""

    id: str
    nomenclature: str
    code: str
    name: str
    materials: tuple[str, ...]


def known() -> Mapping[str, CustomsCode]:
    """The customs codes of the vocabularies by id, e.g. ``hs2022/2846``."""
    return _known(vocabulary())


@cache
def _known(vocabularies: Vocabulary) -> Mapping[str, CustomsCode]:
    return {
        code: CustomsCode(
            code,
            str(values["nomenclature"]),
            str(values["code"]),
            str(values["name"]),
            vocabularies.ends("form_of", code),
        )
        for code, values in sorted(vocabularies.individuals["product"].items())
        if "nomenclature" in values
    }


def editions(family: str, code: str) -> tuple[str, ...]:
    """Ids of a code in all known editions of a family of nomenclatures (``hs``, ``cn``), oldest
    first; none for a code of which the vocabularies hold no material."""
    return _editions(vocabulary()).get((family, code), ())


@cache
def _editions(vocabularies: Vocabulary) -> Mapping[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], list[str]] = {}
    for key in _known(vocabularies):
        edition, _, code = key.partition("/")
        found.setdefault((edition.rstrip("0123456789"), code), []).append(key)
    return {pair: tuple(sorted(keys)) for pair, keys in found.items()}


@dataclass
class Flows:
    """The flows of one load: each node is stated once, and no key twice with other figures."""

    source: str
    _economies: set[str] = field(default_factory=set)
    _industries: set[str] = field(default_factory=set)
    _keys: dict[tuple[str, str, int, str], tuple[object, Place]] = field(default_factory=dict)

    def seen(
        self,
        exporter: str,
        code: str,
        importer: str,
        year: int,
        side: str,
        figures: object,
        at: Place,
    ) -> bool:
        """Whether the same flow with the same figures was stated before.

        Raises ``FactError`` where it was stated with others.
        """
        key = (industry_id(exporter, code), importer, year, side)
        first = self._keys.setdefault(key, (figures, at))
        if first[1] is at:
            return False
        if first[0] == figures:
            return True
        raise FactError(
            f"{first[1]} states other figures of the same flow: {' '.join(map(str, key))}",
            "Keep one of the two rows: they may be of two downloads, or of two customs procedures.",
            value=str(figures),
        )

    def facts(
        self,
        exporter: str,
        code: CustomsCode,
        importer: str,
        year: int,
        side: str,
        values: Mapping[str, Value],
        at: Place,
    ) -> Iterator[Fact]:
        """A flow of goods of a customs code, and the nodes that it needs.

        ``side`` is ``exporter`` or ``importer``, whichever recorded it; ``values`` are the
        properties of the flow beside its key.
        """
        yield from self.nodes(exporter, code, importer, at)
        yield self.flow(industry_id(exporter, code.id), importer, year, side, values, at)

    def flow(
        self,
        industry: str,
        importer: str,
        year: int,
        side: str,
        values: Mapping[str, Value],
        at: Place,
    ) -> Fact:
        """A flow by itself."""
        ends: dict[str, Value] = {"exporter": industry, "importer": importer, "year": year}
        given = {"source": self.source, "reporter_side": side, **values}
        return Fact("TradeFlow", {**ends, **given, "verified": True}, at)

    def nodes(self, exporter: str, code: CustomsCode, importer: str, at: Place) -> Iterator[Fact]:
        """What a flow needs and no earlier one needed: its industry, and lumps of economies."""
        for economy in (exporter, importer):
            if economy not in self._economies:
                self._economies.add(economy)
                yield from names.aggregate_fact(economy, at)
        industry = industry_id(exporter, code.id)
        if industry not in self._industries:
            self._industries.add(industry)
            yield from industry_facts(exporter, code.id, f"{_label(exporter)}: {code.name}", at)


@cache
def _label(economy: str) -> str:
    return names.label("economy", economy)


def require_rows(publication: str, file: Path, held: int) -> None:
    """Raise ``OrepathError`` for a file of the tested download that has lost rows.

    Files of these publishers do not say how many rows they have, so only those named in
    ``mapping/trade_files.csv`` can be known to be cut at the end of a line.
    """
    for line in read_mapping("trade_files"):
        named = (line["source"], line["file"]) == (publication, file.name)
        if named and held < int(line["rows"]):
            raise OrepathError(
                f"{file.name}: {held} rows instead of {line['rows']}; the file is cut off",
                "Download it again; a selection of your own should have a name of its own.",
            )
