"""What a load may do to what the graph holds: nothing is lost unless the user said so.

A load that would remove a fact is refused, since a part of an edition looks like the whole of it;
``--add`` keeps what the files do not speak of, ``--replace`` removes it. A load of which no row
could be used is refused always.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..graph.changes import Changes
from ..ontology.errors import RefusedError
from .base import Ledger

SHOWN = 6
"""Names that a message lists of each kind."""
MEANT = (
    "`--add` keeps them beside what the files say, `--replace` removes them, `--plan` shows the"
    " changes by table."
)
_PLURALS = {"year": "years", "economy": "economies", "table": "tables"}


@dataclass(frozen=True)
class Meant:
    """What the user says that a load may do: ``add`` to what its source stated before, or
    ``replace`` all of that; ``plan`` writes nothing."""

    add: bool = False
    replace: bool = False
    plan: bool = False

    def refusal(self, changes: Changes, ledger: Ledger) -> RefusedError | None:
        """Why the load must not be written, if it must not; a plan is never written, and says
        what the load would be told."""
        if not ledger.used:
            return RefusedError(
                f"{changes.dataset}: no row could be used ({_booked(ledger)}); nothing was changed",
                _first(ledger),
                ledger.refused,
            )
        if (removed := changes.total("removed")) and not self.replace:
            return RefusedError(
                f"{changes.dataset}: {removed:,} of the {held(changes):,} facts that the graph"
                f" holds of it are not in what is loaded{_lacking(changes)}; nothing was changed",
                MEANT,
                ledger.refused,
            )
        return None


NOTHING_MEANT = Meant()


def held(changes: Changes) -> int:
    """How many facts the graph holds of a data set before it is loaded again."""
    return changes.total("changed") + changes.total("unchanged") + changes.total("removed")


def _booked(ledger: Ledger) -> str:
    return f"{len(ledger.rejected):,} refused, {sum(ledger.left.values()):,} left out"


def _first(ledger: Ledger) -> str:
    """The first fault, or the first reason for which rows were left out."""
    if ledger.rejected:
        first = ledger.rejected[0]
        return f"{first.place}: {first.value!r}: {first.reason}. {first.remedy}"
    return next((f"Left out: {reason}." for reason in ledger.left), "The files hold no row.")


def _lacking(changes: Changes) -> str:
    """What the removed facts are about and the files are silent on, as a clause."""
    told = []
    for what, names in changes.lacking().items():
        word = what if len(names) == 1 else _PLURALS[what]
        told.append(f"the {word} {_listed(names)}")
    return f" (without {'; without '.join(told)})" if told else ""


def _listed(names: Sequence[str]) -> str:
    """Names one by one, or the first and how many more there are."""
    more = len(names) - SHOWN
    return ", ".join(names[:SHOWN]) + (f" and {more:,} more" if more > 0 else "")
