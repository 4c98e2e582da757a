"""How names are compared, which classes a parameter's type allows, and the names that are known
without a graph: those of the vocabularies, for whoever completes a word.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

LABELS = {
    "material": ("Material",),
    "economy": ("Country", "HistoricalState", "Bloc"),
    "country": ("Country", "HistoricalState"),
    "sector": ("Sector",),
    "technology": ("Technology",),
    "product": ("Product&!TradeCode",),
    "stage": ("Stage",),
    "source": ("Source",),
    "restriction": ("ExportRestriction",),
    "company": ("Company",),
    "publication": ("Publication",),
    "thing": (
        *("Material", "Product", "Stage", "Economy", "Technology", "Application"),
        *("Sector", "Agreement", "ExportRestriction", "Policy", "CriticalityList", "Project"),
        *("Claim", "Source"),
    ),
}
"""The labels that a parameter's type allows; a statistical aggregate is no economy to ask for.

An id is unique within one class only, so that a ``thing``, which may be of any, is known as
``Label:id``; where its name stands for several, the message lists them.
"""
WITHOUT_MARK = str.maketrans(
    {"ł": "l", "đ": "d", "ø": "o", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"}
)
"""Letters that Unicode does not take for another letter with a mark, and what people type."""


def quoted(text: str) -> str:
    """What a user typed as a message repeats it: in quotes, and its beginning where it is long."""
    return repr(text) if len(text) <= 80 else f"{text[:60]!r}… ({len(text):,} characters)"


def normal(text: str) -> str:
    """A spelling without case, accents and punctuation: ``Côte d'Ivoire`` → ``cote d ivoire``."""
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return re.sub(r"[\W_]+", " ", plain.translate(WITHOUT_MARK)).strip()


@cache
def names_in_vocabulary(kind: str) -> tuple[str, ...]:
    """The names of a kind (a key of ``LABELS``) in the vocabularies, sorted; needs no graph.

    What only a graph can tell, a document or a company, has none.
    """
    from ..ontology.vocabulary import load_vocabulary

    wanted, _, unwanted = LABELS[kind][0].partition("&!")
    labels = {wanted, *LABELS[kind][1:]}
    known = load_vocabulary()
    found = set()
    for fact in known.facts:
        node = known.schema.nodes.get(fact.term)
        if node and labels & set(node.labels) and unwanted not in node.labels:
            found.add(str(fact.values.get("name") or fact.values["id"]))
    return tuple(sorted(found))
