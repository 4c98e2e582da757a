"""Applications that curated rows name beside the technologies: *other uses*, *US defence*.

An end use that is no technology of the vocabulary is an application, with the sectors that
``mapping/curated_applications.csv`` gives it. Those of the EU study are its own loader's.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...ontology.facts import Fact, Place
from .reading import Unreadable, identify, reading, words


def application(identity: str, place: Place) -> Iterator[Fact]:
    """The node of an application and the sectors that it serves."""
    line = reading("curated_applications", "application").get((identity,))
    if line is None:
        raise Unreadable(
            place,
            identity,
            "mapping/curated_applications.csv does not name this application",
            "Add a line with a name and a reason.",
        )
    yield Fact("Application", {"id": identity, "name": line["name"]}, place)
    for sector in words(line["sectors"]):
        end = identify("Sector", sector, place)
        yield Fact("serves", {"start": f"Application:{identity}", "end": end}, place)
