"""What a row of trade statistics becomes: a flow of goods, and the nodes that it needs.

The goods that an economy sends under a customs code are an industry of that economy, and a flow
leads from the industry to the importing economy. This module knows no publisher.
"""

from __future__ import annotations

from collections.abc import Container, Hashable, Iterator, Mapping, Sequence

from ..ontology.errors import FactError
from ..ontology.facts import Fact, Value
from . import names
from .base import AGAIN, Load, Row, Survey
from .customs import CustomsCode, since
from .industries import industry_id, is_aggregate

_TWICE = "Keep one of the two rows: they may be of two downloads, or of two customs procedures."


def flow(
    load: Load,
    row: Row,
    ends: tuple[str, CustomsCode, str],
    when: str,
    side: str,
    values: Mapping[str, Value],
    told: Sequence[str] = ("value", "mass"),
) -> Iterator[Fact]:
    """A flow, and what it needs and no earlier one of the load needed.

    ``ends`` are who sends goods of which code to whom, ``side`` is who recorded it (``exporter``,
    ``importer``, or ``reconciled``), ``when`` is its year, ``values`` are the flow's other
    properties but for file and line. Raises ``LeftOut`` where an earlier row states the same flow
    with the same properties ``told`` (of none, nothing is remembered), ``FactError`` where with
    others, and for a year in which it cannot have been.
    """
    exporter, code, importer = ends
    year = year_of(load, when, ends)
    industry, place = industry_id(exporter, code.id), row.place()
    if told:
        claim(load, (industry, importer, year, side), [values[name] for name in told], row)
    for economy in (exporter, importer):
        if is_aggregate(economy):
            yield from load.once(names.aggregate_fact(economy, place))
    yield from load.industry(exporter, code.id, place, code.name)
    own: dict[str, Value] = {
        "exporter": industry,
        "importer": importer,
        "year": year,
        "reporter_side": side,
    }
    yield Fact("TradeFlow", {**own, **load.read(row), **values}, place)


def claim(load: Load, key: Hashable, figures: object, row: Row) -> None:
    """As ``Load.claim``, with what may be behind two statements of the same trade."""
    try:
        load.claim(key, figures, row)
    except FactError as error:
        error.hint = _TWICE
        raise


def year_of(load: Load, when: str, ends: tuple[str, CustomsCode, str]) -> int:
    """The year of a flow; raises ``FactError`` for one before the nomenclature, after the edition,
    or in which one of the states had ended."""
    exporter, code, importer = ends
    if not (when.isascii() and when.isdecimal() and len(when) == 4):
        raise FactError("this is not a year", AGAIN, "year", when)
    year, edition = int(when), load.source.removeprefix(f"{load.publication}-")
    fault = ""
    if year < (first := since(code.nomenclature)):
        fault = f"{code.nomenclature} has no trade before {first}"
    elif year > int(edition[:4]):
        fault = f"the edition is {edition}"
    for economy in (exporter, importer):
        if year > (last := names.ended(economy)):
            fault = f"{names.label('economy', economy)} ended in {last}"
    if fault:
        raise FactError(f"there can be no such flow in {year}: {fault}", AGAIN, value=when)
    return year


def newest_year(survey: Survey, annual: Container[str]) -> str:
    """The newest year of which the files have rows of a whole year, written as the year and one of
    ``annual``; of the newest month where there are only months.

    Files that the publisher made are of the edition that knows them; else it is left in
    ``survey.assumed`` what the edition is inferred from.
    """
    periods = {period for _, period, _ in survey.counted}
    newest = max({p for p in periods if p[4:] in annual} or periods)[:4]
    if survey.known >= newest:
        return survey.known
    survey.assumed = f"edition {newest} is inferred from the newest year in the files"
    return newest
