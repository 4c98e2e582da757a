"""What a row of trade statistics becomes: a flow of goods, and the nodes that it needs.

The goods that an economy sends under a customs code are an industry of that economy, and a flow
leads from the industry to the importing economy. The flow of a month is another fact than that of
a year, of which it is a part, so that nobody adds the two. This module knows no publisher.
"""

from __future__ import annotations

import re
from collections.abc import Container, Hashable, Iterator, Mapping, Sequence

from ..ontology.errors import FactError
from ..ontology.facts import Fact, Value
from . import names
from .base import AGAIN, Load, Row, Survey
from .customs import CustomsCode, since
from .industries import industry_id, is_aggregate

_WHEN = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2]))?", re.ASCII)
_TWICE = "Keep one of the two rows: they may be of two downloads, or of two customs procedures."


def flow(
    load: Load,
    row: Row,
    ends: tuple[str, CustomsCode | str, str],
    when: str,
    side: str,
    values: Mapping[str, Value],
    told: Sequence[str] = ("value", "mass"),
) -> Iterator[Fact]:
    """A flow, and what it needs and no earlier one of the load needed.

    ``ends`` are who sends goods of which code (or of which product, by its id) to whom, ``side``
    is who recorded it (``exporter``, ``importer``, or ``reconciled``), ``when`` is its year
    (``2024``) or month (``2024-12``), ``values`` are the flow's other properties but for file and
    line. Raises ``LeftOut`` where an earlier row states the same flow with the same properties
    ``told`` (of none, nothing is remembered), ``FactError`` where with others, and for a year in
    which it cannot have been.
    """
    exporter, goods, importer = ends
    product, label = (goods, "") if isinstance(goods, str) else (goods.id, goods.name)
    year, month = period_of(load, when, ends)
    industry, place = industry_id(exporter, product), row.place()
    if told:
        claim(load, (industry, importer, when, side), [values[name] for name in told], row)
    for economy in (exporter, importer):
        if is_aggregate(economy):
            yield from load.once(names.aggregate_fact(economy, place))
    yield from load.industry(exporter, product, place, label)
    own: dict[str, Value] = {
        "exporter": industry,
        "importer": importer,
        "year": year,
        "reporter_side": side,
        **load.read(row),
    }
    if month is None:
        yield Fact("TradeFlow", own | dict(values), place)
    else:
        yield Fact("MonthlyTradeFlow", own | {"month": month} | dict(values), place)


def claim(load: Load, key: Hashable, figures: object, row: Row) -> None:
    """As ``Load.claim``, with what may be behind two statements of the same trade."""
    try:
        load.claim(key, figures, row)
    except FactError as error:
        error.hint = _TWICE
        raise


def year_of(load: Load, when: str, ends: tuple[str, CustomsCode | str, str]) -> int:
    """The year of a flow; raises ``FactError`` as ``period_of`` does."""
    return period_of(load, when, ends)[0]


def period_of(
    load: Load, when: str, ends: tuple[str, CustomsCode | str, str]
) -> tuple[int, int | None]:
    """Year and month of a flow, no month where it is one of the whole year.

    Raises ``FactError`` for a period before the nomenclature, after the edition, or in which one of
    the states had ended.
    """
    exporter, goods, importer = ends
    if not (match := _WHEN.fullmatch(when)):
        raise FactError("this is neither a year nor a month of one", AGAIN, "year", when)
    year, edition = int(match[1]), load.source.removeprefix(f"{load.publication}-")
    fault = ""
    if isinstance(goods, CustomsCode) and year < (first := since(goods.nomenclature)):
        fault = f"{goods.nomenclature} has no trade before {first}"
    elif year > int(edition[:4]) or (match[2] and when > (edition if "-" in edition else when)):
        fault = f"the edition is {edition}"
    for economy in (exporter, importer):
        if year > (last := names.ended(economy)):
            fault = f"{names.label('economy', economy)} ended in {last}"
    if fault:
        raise FactError(f"there can be no such flow in {when}: {fault}", AGAIN, value=when)
    return year, int(match[2]) if match[2] else None


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


def newest_month(survey: Survey) -> str:
    """The newest month of the column that tells the edition, e.g. ``2025-09``; of files that the
    publisher made, the edition that knows them.

    Else it is left in ``survey.assumed`` what the edition is inferred from.
    """
    newest = max(survey.newest.values())[:7]
    if survey.known >= newest:
        return survey.known
    survey.assumed = f"edition {newest} is inferred from the newest month in the files"
    return newest
