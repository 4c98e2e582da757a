"""What a row of trade statistics becomes: a flow of goods, and the nodes that it needs.

The goods that an economy sends under a customs code are an industry of that economy, and a flow
leads from the industry to the importing economy. This module knows no publisher.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..ontology.errors import FactError
from ..ontology.facts import Fact, Value
from . import names
from .base import Load, Row
from .customs import CustomsCode
from .industries import industry_id, is_aggregate

_TWICE = "Keep one of the two rows: they may be of two downloads, or of two customs procedures."


def flow(
    load: Load,
    row: Row,
    ends: tuple[str, CustomsCode, str],
    year: int,
    side: str,
    values: Mapping[str, Value],
    told: Sequence[str] = ("value", "mass"),
) -> Iterator[Fact]:
    """A flow, and what it needs and no earlier one of the load needed.

    ``ends`` are who sends goods of which code to whom, ``side`` is who recorded it (``exporter``,
    ``importer``, or ``reconciled``), ``values`` are the flow's other properties but for file and
    line. Raises ``LeftOut`` where an earlier row states the same flow with the same properties
    ``told``, ``FactError`` where with others; of none, nothing is remembered.
    """
    exporter, code, importer = ends
    industry, place = industry_id(exporter, code.id), row.place()
    if told:
        try:
            load.claim((industry, importer, year, side), [values[name] for name in told], row)
        except FactError as error:
            error.hint = _TWICE
            raise
    for economy in (exporter, importer):
        if is_aggregate(economy):
            yield from load.once(names.aggregate_fact(economy, place))
    yield from load.industry(exporter, code.id, place, code.name)
    own: dict[str, Value] = {
        "exporter": industry,
        "importer": importer,
        "year": year,
        "source": load.source,
        "reporter_side": side,
        "file": row.file,
        "line": row.line or None,
        "verified": True,
    }
    yield Fact("TradeFlow", own | dict(values), place)
