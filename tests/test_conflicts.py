"""What sources disagree about is known, and nothing else is listed as known."""

from __future__ import annotations

from orepath.graph.connection import Graph
from orepath.queries import question
from orepath.queries.conflicts import QUESTION, conflicts, reviewed
from orepath.queries.run import ask


def test_each_difference_is_reviewed_and_each_review_has_its_difference(bundled: Graph) -> None:
    assert conflicts(bundled) == []
    rows = ask(bundled, question(QUESTION), {}).records()
    found = {
        (
            row["product_id"],
            "total" if row["about_id"] == "WLD" else "share",
            row["publication"],
            row["other_publication"],
        )
        for row in rows
    }
    assert found == set(reviewed())
    assert all(len(reason) > 40 for reason in reviewed().values())


def test_a_difference_that_nobody_explained_is_a_violation(bundled: Graph) -> None:
    known = {key: why for key, why in reviewed().items() if key[0] != "cobalt/ore"}
    found = conflicts(bundled, known)
    assert {v.focus.rpartition("/product/")[2] for v in found} == {"cobalt/ore"}
    # USGS 2025 has 238,000 t for 2023, BGS countries that sum to 203,130 t: 15 % apart.
    (usgs,) = [v for v in found if "2023: usgs-mcs-2025 and bgs-wms-2023" in v.message]
    assert (usgs.path, usgs.value) == ("total", "238000 or 203130 t")
    assert "15% apart" in usgs.message
