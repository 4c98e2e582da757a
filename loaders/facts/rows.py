"""From a row of a table to facts: what it refers to is found, what follows from it is added.

Things are called by id, name or code. An industry is written ``economy:product``; its node, who
has it and what it makes follow from that and stand in no table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial

from ...ontology.errors import FactError
from ...ontology.facts import Fact, Place, Value
from ...ontology.schema import Property, Schema
from ...ontology.terms import kebab
from ...ontology.validate import Validator
from .. import formulas, names
from ..base import Ledger, Row, book
from ..documents import described
from ..industries import industry_facts, industry_id
from ..registry import require_own
from . import cells, words
from .tables import Layout

REMEDY = "Mend the cell and load the file again."
"""What to do about a row that is refused, where the error does not say it."""
_AS_WRITTEN = {"file", "line", "note", "original_value", "original_unit"}


class Things:
    """What the cells of a data set refer to: the vocabularies, and what its own tables describe.

    ``own`` gives for a root label the ids of what the tables describe, by id and by folded name;
    the rest of the world of a table is that of its ``dataset``.
    """

    def __init__(self, schema: Schema, own: Mapping[str, Mapping[str, str]], dataset: str) -> None:
        self.schema, self.own, self.dataset = schema, own, dataset
        self._found: dict[tuple[tuple[str, ...], str], str] = {}

    def find(self, labels: tuple[str, ...], text: str) -> str:
        """The id of what is called ``text``, as ``Label:id`` where several roots are allowed.

        Raises ``FactError``. Whether an id of a class without vocabulary leads somewhere is seen
        when it is written, since another data set may describe it.
        """
        if (labels, text) not in self._found:
            self._found[labels, text] = self._find(labels, text)
        return self._found[labels, text]

    def _find(self, labels: tuple[str, ...], text: str) -> str:
        roots = self.schema.root_labels(labels)
        if len(roots) == 1:
            return self._id(roots[0], text)
        label, colon, rest = text.partition(":")
        if colon and label in self.schema.nodes and self.schema.root(label) in roots:
            root = self.schema.root(label)
            return f"{root}:{self._id(root, rest.strip())}"
        raise FactError(
            f"{text!r} does not say which kind of thing it is",
            f"Write it as Label:id with one of {', '.join(roots)}.",
            value=text,
        )

    def _id(self, root: str, text: str) -> str:
        own = self.own.get(root, {})
        if text in own or names.fold(text) in own:
            return own.get(text) or own[names.fold(text)]
        if root == "Industry":
            economy, _, product = text.rpartition(":")
            return industry_id(
                self._id("Economy", economy.strip()), self._id("Product", product.strip())
            )
        known = _identities(kebab(root))
        if text in known or not known:
            return text
        if root == "Economy":
            return words.economy(text, self.dataset)
        if root == "Material":
            return formulas.material(text).material
        return names.instance(kebab(root), text)


def booked(
    tables: Sequence[tuple[Sequence[Row], Callable[[Rows, Row], Iterable[Fact]]]],
    make: Callable[[], Rows],
    ledger: Ledger,
) -> Iterator[Fact]:
    """What ``read`` makes of the rows of each table of a set, with a reader that ``make`` makes.

    Rows that contradict each other are all refused: the first one is no better than the others.
    """
    trial, tried = make(), Ledger(until=ledger.until)
    facts = [f for rows, read in tables for f in book(rows, tried, partial(read, trial), REMEDY)]
    if not trial.contradicted:
        ledger.add(tried)
        yield from facts
        return
    # Read anew without them: what others stand on may have come with one of these rows.
    reader = make()

    def believed(row: Row, read: Callable[[Rows, Row], Iterable[Fact]]) -> Iterable[Fact]:
        if fault := trial.contradicted.get(row.place()):
            raise fault
        return read(reader, row)

    for rows, read in tables:
        yield from book(rows, ledger, partial(believed, read=read), REMEDY)


def _contradicted(one: Fact, other: Fact, key: Sequence[str]) -> dict[Place, FactError]:
    """By place the faults of two statements of the same, where they give a property differently."""
    told = (one.values.keys() | other.values.keys()) - _AS_WRITTEN
    differing = sorted(name for name in told if one.values.get(name) != other.values.get(name))
    says = f"says otherwise ({', '.join(differing)})"
    pairs = ((one, other), (other, one)) if differing else ()
    return {at.place: _twice(than, at, key, says) for at, than in pairs}


def _twice(first: Fact, fact: Fact, key: Sequence[str], says: str = "") -> FactError:
    """The fault of a fact of which another one speaks as well."""
    place = first.place
    where = "" if place.file == fact.place.file else f"{place.file}, "
    what = "figure" if {"amount", "original_value"} & fact.values.keys() else "fact"
    return FactError(
        f"{where}line {place.line} {says or f'gives this {what} already'}",
        f"Keep one of the two, or tell them apart by {', '.join(key)}.",
        key[0],
        fact.values.get(key[0]),
    )


@cache
def _identities(root: str) -> frozenset[str]:
    """Ids of the vocabularies' individuals of a root class, with publishers' own aggregates."""
    found = {identity for ids in names.labels(root).values() for identity in ids}
    if root == "economy":
        found |= {reading.economy for reading in names.readings().values() if reading.label}
    return frozenset(found)


class Rows:
    """Reads the rows of one data set, in which nothing is stated twice.

    ``dataset`` is the source of a row that names no document.
    """

    def __init__(self, schema: Schema, dataset: str, things: Things) -> None:
        self.schema, self.dataset, self.things = schema, dataset, things
        self._validator = Validator(schema)
        self._stated: dict[tuple[Value, ...], Fact] = {}
        self._known: set[str] = set()
        self.contradicted: dict[Place, FactError] = {}
        """By place the rows that another one contradicts; which of them is right is not known."""

    def facts(self, row: Row, layout: Layout) -> Iterator[Fact]:
        """What a row of a class's table states; raises ``FactError`` naming the column."""
        status = layout.properties.get("status")
        # A stock has an amount too, and a status that says nothing of it as a number.
        figure = "amount" in layout.properties and status and {*cells.WITHOUT} <= {*status.values}
        row = words.unmarked(row) if figure else row
        filled = {name: prop for name, prop in layout.properties.items() if row[name]}
        values = cells.gathered(
            {name: partial(self._value, row, prop) for name, prop in filled.items()}
        )
        cells.in_base_units(row, layout.properties.values(), values)
        if figure:
            cells.check_figure(row, values)
        place = row.place()
        if layout.term in self.schema.relations:
            if "source" in layout.properties:
                values.setdefault("source", self.dataset)
            yield from self.stated(Fact(layout.term, values, place))
            return
        if layout.term == "Source":
            values = described(values)
        if not values.get("id"):
            raise cells.wrong(row, "id", "is empty", "Say which one the row is about.")
        # A row that says nothing but ties speaks of what the vocabularies or others describe.
        if values.keys() - {"id"} or not any(row[name] for name in layout.ties):
            yield from self.stated(Fact(layout.term, values, place))
        root = self.schema.root(layout.term)
        for name, relation in layout.ties.items():
            several = len(self.schema.root_labels(relation.start)) > 1
            start = f"{root}:{values['id']}" if several else values["id"]
            for part in cells.parts(row[name]):
                end = cells.named(name, self.things.find, relation.end, part)
                tie = Fact(name, {"start": start, "end": end}, place)
                self._validator.check(tie)
                require_own(tie, self.dataset)
                yield tie

    def stated(self, fact: Fact) -> Iterator[Fact]:
        """A fact that the ontology allows and no other row states, after what it stands on."""
        self._validator.check(fact)
        require_own(fact, self.dataset)
        relation = self.schema.relations.get(fact.term)
        names_of_key = relation.key if relation else ("id",)
        term = fact.term if relation else self.schema.root(fact.term)
        key = (term, *(fact.values.get(name) for name in names_of_key))
        first = self._stated.setdefault(key, fact)
        if first is not fact and first.place != fact.place:
            self.contradicted |= _contradicted(first, fact, names_of_key)
            raise self.contradicted.get(fact.place) or _twice(first, fact, names_of_key)
        if relation:
            ends = ((relation.start_role, relation.start), (relation.end_role, relation.end))
            for role, labels in ends:
                label, _, rest = str(fact.values[role]).partition(":")
                if labels == ("Industry",):
                    yield from self._industry(str(fact.values[role]), fact.place)
                elif "Industry" in labels and label == "Industry":
                    yield from self._industry(rest, fact.place)
                elif labels == ("Economy",):
                    yield from self._aggregate(str(fact.values[role]), fact.place)
        yield fact

    def is_first(self, identity: str) -> bool:
        """Whether this is asked of a thing for the first time: its node is stated once."""
        met = identity in self._known
        self._known.add(identity)
        return not met

    def _value(self, row: Row, prop: Property) -> Value:
        if prop.datatype == "reference":
            labels = prop.target
            return cells.named(
                prop.name, lambda text: self.things.find(labels, text), row[prop.name]
            )
        if prop.name.endswith("unit") and prop.values and row[prop.name] not in prop.values:
            return row[prop.name]  # in_base_units knows it, or refuses it
        return cells.value(row, prop)

    def _industry(self, industry: str, place: Place) -> Iterator[Fact]:
        """The structure around an industry, once."""
        if industry in self._known:
            return
        self._known.add(industry)
        economy, _, product = industry.rpartition(":")
        name = f"{names.label('economy', economy)}: {names.label('product', product)}"
        yield from self._aggregate(economy, place)
        yield from industry_facts(economy, product, name, place)

    def _aggregate(self, economy: str, place: Place) -> Iterator[Fact]:
        """The node of an economy that is a publisher's total or residual, once."""
        if economy not in self._known:
            self._known.add(economy)
            yield from names.aggregate_fact(economy, place)
