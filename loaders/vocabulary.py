"""The vocabularies of the ontology as facts: materials, products, stages, economies, sectors …

They are Turtle already; this loader only reads it in the ontology's own terms, so that a class
or an individual added in Turtle needs no Python.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..ontology.errors import FactError
from ..ontology.facts import Fact
from ..ontology.schema import load_schema
from ..ontology.vocabulary import PLACE, load_vocabulary
from .base import NOTHING_SAID, Ledger, Said
from .documents import slug
from .registry import require_own

SOURCE = "orepath-vocabulary"


@dataclass(frozen=True)
class Reading:
    """The given Turtle files, by default the package's vocabularies."""

    files: Sequence[Path] = ()
    source: str = SOURCE
    assumed: str = ""

    def facts(self, ledger: Ledger) -> Iterator[Fact]:
        """All individuals; a row of the ledger is one statement, since Turtle has no rows."""
        for fact in given(self.files) if self.files else load_vocabulary().facts:
            try:
                require_own(fact, self.source)
            except FactError as error:
                ledger.reject(fact.place, str(error.value), error.message, error.hint or "")
            else:
                ledger.use()
                yield fact


class Loader:
    """What reads vocabularies, of which there is one edition: the installed one."""

    def read(
        self, files: Sequence[Path], *, whole: bool = True, said: Said = NOTHING_SAID
    ) -> Reading:
        """The files as they are; what is wrong with them is said when they are parsed.

        A user's own words are a data set beside the installed ones, named after their file.
        """
        if not files:
            return Reading()
        return Reading(files, f"{SOURCE}-{slug('-'.join(sorted(file.stem for file in files)))}")


def given(files: Sequence[Path]) -> Iterator[Fact]:
    """The individuals of Turtle files that are not the installed ones."""
    from ..ontology.rdf import facts_from_rdf
    from ..ontology.turtle import read_turtle

    return facts_from_rdf(read_turtle(files), load_schema(), PLACE)
