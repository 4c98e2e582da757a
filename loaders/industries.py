"""The structure around an industry: the facts that every observation of it stands on.

An economy's industry for a product is a node of its own; a country's industry *makes* the
product, or *ships* it where that is a customs code, and that of a statistical aggregate (world,
residual) only *totals* it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..ontology.facts import Fact, Place

AGGREGATE_PREFIXES = ("WLD", "REST:", "AGG:")
CODE = re.compile(r"[a-z]+[0-9]{4}/[0-9]+")
"""The id of a customs code: nomenclature, its edition, and the code."""


def is_aggregate(economy: str) -> bool:
    """Whether an economy's id names a total, residual or lump, which is no country."""
    return economy.startswith(AGGREGATE_PREFIXES)


def is_code(product: str) -> bool:
    """Whether a product's id is a customs code's (``hs2017/811292``, ``cn2024/25111000``)."""
    return CODE.fullmatch(product) is not None


def industry_id(economy: str, product: str) -> str:
    """``CHN:gallium/primary-low-purity``."""
    return f"{economy}:{product}"


def industry_facts(economy: str, product: str, name: str, place: Place) -> Iterator[Fact]:
    """The industry node, who has it, and what it makes, ships or totals.

    ``name`` is what a person reads in a picture, e.g. ``China: gallium, primary low-purity``.
    """
    industry = industry_id(economy, product)
    yield Fact("Industry", {"id": industry, "name": name}, place)
    yield Fact("has", {"start": economy, "end": industry}, place)
    if is_aggregate(economy):
        yield Fact("totals", {"start": industry, "end": product}, place)
    elif is_code(product):
        yield Fact("ships", {"start": industry, "end": product}, place)
    else:
        yield Fact("Making", {"industry": industry, "product": product}, place)
