"""The Sankey of what a market has: flows that add up to the whole, and texts that are read."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orepath.ontology.errors import OrepathError
from orepath.queries.catalogue import question
from orepath.queries.pictures import drawings, written
from orepath.queries.run import Answer
from orepath.report.pictures import draw
from orepath.report.pictures.parts import parts
from orepath.report.pictures.sankey import OTHERS, UNKNOWN, Flow, _Sides, flows
from orepath.report.pictures.svg import Picture

Row = tuple[str, str, float | None]


def sourcing(rows: list[Row]) -> Answer:
    asked = question("sourcing")
    cells = [{"product": p, "supplier": s, "share": v} for p, s, v in rows]
    told = tuple(tuple(c.get(name) for name in asked.column_names()) for c in cells)
    names = {"importer": "European Union"}
    return Answer(asked, {"importer": "EU27"}, names, asked.columns, told, "x.", (), (), ())


def found(rows: list[Row]) -> list[Flow]:
    drawing = next(d for d in drawings(question("sourcing")) if d.kind == "sankey")
    return flows(parts(sourcing(rows), drawing))


def test_the_flows_of_a_product_add_up_and_the_rest_is_not_known() -> None:
    got = found([("metal", "China", 0.6), ("metal", "Japan", 0.2), ("metal", "Peru", 0.009)])
    assert [f.supplier for f in got] == ["China", "Japan", OTHERS, UNKNOWN]
    assert [f.share for f in got] == pytest.approx([0.6, 0.2, 0.009, 0.191])
    assert sum(f.share for f in got) == pytest.approx(1)


def test_shares_that_exceed_the_whole_are_no_flows() -> None:
    assert found([("metal", "China", 0.9), ("metal", "Japan", 0.9), ("ore", "Chile", 1.0)]) == [
        Flow("Chile", "ore", 1.0, "100 %")
    ]


def test_without_a_share_the_answer_says_so() -> None:
    with pytest.raises(OrepathError, match="add up"):
        draw(sourcing([("metal", "China", None)]), "sankey")


def test_no_question_draws_shares_of_world_output_as_flows() -> None:
    drawn = [q for q, each in written().items() if any(d.kind == "sankey" for d in each)]
    assert drawn == ["sourcing"]


names = st.text(alphabet="abc <&\"'中é-", min_size=1, max_size=40).filter(str.strip)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(names, st.lists(st.tuples(names, st.floats(0.001, 1)), min_size=1, max_size=9)),
        min_size=1, max_size=4, unique_by=lambda p: p[0].strip(),
    ),
    st.sampled_from([420.0, 800.0]),
)  # fmt: skip
def test_texts_never_overlap_nor_leave_the_frame(
    products: list[tuple[str, list[tuple[str, float]]]], wide: float
) -> None:
    rows: list[Row] = []
    for product, suppliers in products:
        once = dict(suppliers)
        whole = max(1.0, sum(once.values()))
        rows += [(product, s, v / whole) for s, v in once.items()]
    got = found(rows)
    if not got:
        return
    page = Picture(wide, "title", "description")
    bottom = _Sides(got, wide).draw(page, 0)
    for box in page.boxes:
        for x, y in box.corners:
            assert -0.1 <= x <= wide + 0.1, box
            assert -0.1 <= y <= bottom + 0.1, box
    clashes = [p for p in combinations(page.boxes, 2) if p[0].overlaps(p[1])]
    assert not clashes
    assert draw(sourcing(rows), "sankey", width=wide) == draw(sourcing(rows), "sankey", width=wide)
