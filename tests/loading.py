"""How tests read publishers' files, by the loaders that users have, with the ledger checked; and
how they get the whole bundle."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from orepath.loaders.base import NOTHING_SAID, Ledger, Said
from orepath.loaders.load import load_offline
from orepath.loaders.loading import Loaded
from orepath.loaders.registry import loader
from orepath.ontology.facts import Fact


def recognise(publication: str, *files: Path, said: Said = NOTHING_SAID) -> str:
    """The edition that the files are."""
    return loader(publication).read(files, said=said).source


def read(
    publication: str, *files: Path, whole: bool = True, said: Said = NOTHING_SAID
) -> tuple[list[Fact], Ledger]:
    """The facts of the files and the ledger, which balances; a part of an edition is accepted
    where ``whole`` is false."""
    ledger = Ledger()
    facts = list(loader(publication).read(files, whole=whole, said=said).facts(ledger))
    assert ledger.balanced
    return facts, ledger


def load_offline_bundle() -> None:
    """Import the bundle into the local server, which does not run."""
    whole(load_offline(None, ())[0])


def whole(done: Sequence[Loaded]) -> None:
    """Nothing of the bundle is refused."""
    rejected = [row for loaded in done for row in loaded.rejected]
    assert not rejected, rejected[:5]
