"""The structure around an industry: the facts that every observation of it stands on.

An economy's industry for a product is a node of its own; a country's industry *makes* the
product, that of a statistical aggregate (world, residual) only *totals* it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..ontology.facts import Fact, Place

AGGREGATE_PREFIXES = ("WLD", "REST:", "AGG:")


def is_aggregate(economy: str) -> bool:
    """Whether an economy's id names a total, residual or lump, which is no country."""
    return economy.startswith(AGGREGATE_PREFIXES)


def industry_id(economy: str, product: str) -> str:
    """``CHN:gallium/primary-low-purity``."""
    return f"{economy}:{product}"


def industry_facts(economy: str, product: str, name: str, place: Place) -> Iterator[Fact]:
    """The industry node, who has it, and what it makes (or totals).

    ``name`` is what a person reads in a picture, e.g. ``China: gallium, primary low-purity``.
    """
    industry = industry_id(economy, product)
    yield Fact("Industry", {"id": industry, "name": name}, place)
    yield Fact("has", {"start": economy, "end": industry}, place)
    if is_aggregate(economy):
        yield Fact("totals", {"start": industry, "end": product}, place)
    else:
        yield Fact("Making", {"industry": industry, "product": product}, place)
