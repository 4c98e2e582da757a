"""The ids of sources, the same in every command: one edition or all of a publication.

An edition is called like ``usgs-mcs-2026``, its publication ``usgs-mcs``. Where a publication has
no editions, both are the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..ontology.errors import OrepathError
from ..queries.near import did_you_mean

if TYPE_CHECKING:
    from ..loaders.base import Edition


ALIASES = {"vocabulary": "orepath-vocabulary"}
"""Short names of sources."""


def editions(source: str) -> list[Edition]:
    """The editions that an id means. Raises ``OrepathError`` with near ids for a wrong one."""
    from rapidfuzz import process

    from ..loaders.registry import all_editions

    source = ALIASES.get(source, source)
    known = all_editions().values()
    found = [s for s in known if source in (s.id, s.publication)]
    if not found:
        publications = sorted({s.publication for s in known})
        nearest = process.extractOne(source, [*publications, *all_editions()])
        alike = publications if nearest and nearest[0] in publications else list(all_editions())
        hint = did_you_mean(source, alike) or f"Known: {', '.join(publications)}."
        raise OrepathError(f"there is no source {source!r}", hint)
    return found


def loaded(source: str, datasets: Iterable[str]) -> list[str]:
    """Those of the loaded data sets that an id means; the id itself where there is none."""
    from ..loaders.registry import edition_of

    datasets = list(datasets)
    if source in datasets:
        return [source]
    described = {dataset: edition_of(dataset) for dataset in datasets}
    return [d for d, s in described.items() if source == s.publication] or [source]


def complete(incomplete: str) -> list[str]:
    """The ids that begin with what was typed, for the shell."""
    from ..loaders.registry import all_editions

    ids = {name for s in all_editions().values() for name in (s.publication, s.id)}
    return sorted(name for name in ids if name.startswith(incomplete))
