"""How tests read publishers' files: by the loaders that users have, with the ledger checked."""

from __future__ import annotations

from pathlib import Path

from orepath.loaders.base import Ledger
from orepath.loaders.registry import loader
from orepath.ontology.facts import Fact


def recognise(publication: str, *files: Path) -> str:
    """The edition that the files are."""
    return loader(publication).read(files).source


def read(publication: str, *files: Path, whole: bool = True) -> tuple[list[Fact], Ledger]:
    """The facts of the files and the ledger, which balances; a part of an edition is accepted
    where ``whole`` is false."""
    ledger = Ledger()
    facts = list(loader(publication).read(files, whole=whole).facts(ledger))
    assert ledger.balanced
    return facts, ledger
