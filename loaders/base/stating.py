"""One load under way: what a loader's function may ask while the rows pass.

Which rows were stated before, which industries and documents were named, what a cell calls an
economy. It knows no file and no declaration.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar, cast

from ...ontology.errors import FactError
from ...ontology.facts import Fact, Place, Value
from .. import names
from ..industries import industry_facts, industry_id, is_aggregate
from .ledger import Ledger, LeftOut
from .tables import Row, Table

T = TypeVar("T")
REPEATED = "rows that repeat another of the same load"


@dataclass
class Load:
    """What a loader's function may ask while the rows of one load pass."""

    source: str
    publication: str
    ledger: Ledger
    repeated: str = REPEATED
    tables: Sequence[tuple[str, Table]] = ()
    _kept: dict[type, object] = field(default_factory=dict)
    _claimed: dict[Hashable, tuple[object, Place]] = field(default_factory=dict)
    _stated: set[Hashable] = field(default_factory=set)

    def keep(self, kind: type[T]) -> T:
        """The load's one object of a class in which a loader remembers earlier rows."""
        return cast(T, self._kept.setdefault(kind, kind()))

    def claim(
        self,
        key: Hashable,
        figures: object,
        row: Row,
        column: str | None = None,
        repeated: str = "",
    ) -> None:
        """Note that a row states ``figures`` of ``key``; ``repeated`` is why a repetition is
        left out, where the declaration's reason does not say it.

        Raises ``LeftOut`` where an earlier row states the same (in all its cells, where
        ``figures`` is ``None``), ``FactError`` at ``column`` where one states something else.
        """
        at = row.place()
        figures = tuple(row.cells.values()) if figures is None else figures
        before, first = self._claimed.setdefault(key, (figures, at))
        if first is at:
            return
        if before == figures:
            raise LeftOut(repeated or self.repeated)
        said = " ".join(filter(None, map(str, key))) if isinstance(key, tuple) else str(key)
        raise FactError(
            f"{first} speaks of the same, with other figures" + (f": {said}" if column else ""),
            "Keep one of the two rows, or say what tells them apart.",
            column,
            row[column] if column else said,
        )

    def once(self, facts: Iterable[Fact]) -> Iterator[Fact]:
        """Each node and relationship the first time only, by its term and identity."""
        for fact in facts:
            values = fact.values
            identity = values.get("id") or tuple(sorted((k, repr(v)) for k, v in values.items()))
            if (key := (fact.term, identity)) not in self._stated:
                self._stated.add(key)
                yield fact

    def material(self, row: Row, column: str) -> str:
        """Id of the material that a cell names, also where that is an id with underscores."""
        return self.at(column, names.material, row[column].replace("_", " "))

    def economy(self, row: Row, column: str) -> str:
        """Id of the economy that a cell names; raises ``FactError`` at the column."""
        return self.at(column, names.economy, row[column], self.publication)

    def at(self, column: str, read: Callable[..., T], *arguments: object) -> T:
        """What ``read`` makes of its arguments; its ``FactError`` names the column."""
        try:
            return read(*arguments)
        except FactError as error:
            error.column = error.column or column
            raise

    def industry(self, economy: str, product: str, place: Place, label: str = "") -> Iterator[Fact]:
        """An economy's industry for a product with what it stands on, the first time only.

        ``label`` is what the product is called, where it is no product of the vocabulary.
        """
        if (key := industry_id(economy, product)) in self._stated:
            return
        self._stated.add(key)
        name = f"{names.label('economy', economy)}: {label or names.label('product', product)}"
        if is_aggregate(economy):
            yield from self.once(names.aggregate_fact(economy, place))
        yield from industry_facts(economy, product, name, place)

    def observed(
        self, row: Row, economy: str, product: str, values: dict[str, Value]
    ) -> Iterator[Fact]:
        """An observation of an industry, and the industry; ``values`` are its other properties."""
        yield from self.industry(economy, product, row.place())
        own = {"industry": industry_id(economy, product), **self.read(row)}
        yield Fact("IndustryObservation", own | values, row.place())

    def read(self, row: Row) -> dict[str, Value]:
        """What evidence says of where it is from: the source, and the row, which was read."""
        return {
            "source": self.source,
            "file": row.file,
            "line": row.line or None,
            "verified": True,
        }
