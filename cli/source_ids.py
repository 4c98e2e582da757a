"""The ids of sources, the same in every command: one edition or all of a publication.

An edition is called like ``usgs-mcs-2026``, its publication ``usgs-mcs``. Where a publication has
no editions, both are the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..ontology.errors import OrepathError
from .base import did_you_mean

if TYPE_CHECKING:
    from ..loaders.protocol import Sidecar


def editions(source: str) -> list[Sidecar]:
    """The editions that an id means. Raises ``OrepathError`` with near ids for a wrong one."""
    from rapidfuzz import process

    from ..loaders.protocol import sidecars

    known = sidecars().values()
    # The name of a loader is understood too, as it was before there was one id.
    found = [s for s in known if source in (s.id, s.publication, s.loader)]
    if not found:
        publications = sorted({s.publication for s in known})
        nearest = process.extractOne(source, [*publications, *sidecars()])
        alike = publications if nearest and nearest[0] in publications else list(sidecars())
        hint = did_you_mean(source, alike) or f"Known: {', '.join(publications)}."
        raise OrepathError(f"there is no source {source!r}", hint)
    return found


def loaded(source: str, datasets: Iterable[str]) -> list[str]:
    """Those of the loaded data sets that an id means; the id itself where there is none."""
    from ..loaders.protocol import sidecar

    datasets = list(datasets)
    if source in datasets:
        return [source]
    described = {dataset: sidecar(dataset) for dataset in datasets}
    return [d for d, s in described.items() if source in (s.publication, s.loader)] or [source]


def complete(incomplete: str) -> list[str]:
    """The ids that begin with what was typed, for the shell."""
    from ..loaders.protocol import sidecars

    ids = {name for s in sidecars().values() for name in (s.publication, s.id)}
    return sorted(name for name in ids if name.startswith(incomplete))
