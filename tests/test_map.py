"""The map: its shapes, its shades and its names."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orepath.ontology.errors import OrepathError
from orepath.ontology.vocabulary import vocabulary
from orepath.queries.catalogue import question
from orepath.queries.run import Answer
from orepath.report.pictures import draw
from orepath.report.pictures.frame import MARGIN
from orepath.report.pictures.labels import Label, Labels
from orepath.report.pictures.map import FROM, PARTNER, PARTNER_LAND, SHADES, shade
from orepath.report.pictures.palette import EMPHASIS, contrast, luminance
from orepath.report.pictures.svg import Picture
from orepath.report.pictures.world import FILE, HEIGHT, WIDTH, Place, hatching, places, world


def producers(*rows: dict[str, object]) -> Answer:
    asked = question("top-producers")
    names = asked.column_names()
    return Answer(
        asked,
        {"material": "gallium"},
        {"material": "gallium"},
        asked.columns,
        tuple(tuple(row.get(name) for name in names) for row in rows),
        "China makes most of it.",
        (),
        (),
        (),
    )


def row(place: str, share: float | None, **more: object) -> dict[str, object]:
    known = vocabulary().individuals["economy"].get(place, {})
    return {
        "product": "gallium", "product_id": "gallium/x", "country": known.get("name", place),
        "country_id": place, "share": share, "kind": "country", "period": "2024",
    } | more  # fmt: skip


# The shapes


def test_every_country_of_the_map_is_one_of_ours_and_lies_on_it() -> None:
    economies = vocabulary().individuals["economy"]
    assert places().keys() <= economies.keys()
    assert {"CHN", "COD", "USA", "XKX", "TWN", "SGP", "HKG", "MLT"} <= places().keys()
    for place in world():
        for x, y in [place.middle, *(p for ring in place.rings for p in ring)]:
            assert 0 <= x <= WIDTH
            assert 0 <= y <= HEIGHT
    assert FILE.stat().st_size <= 150_000


def test_no_shape_was_torn_at_the_edge_of_the_map() -> None:
    """A ring that leapt from one side to the other would have a step across half the map."""
    for place in world():
        for ring in place.rings:
            steps = [abs(a[0] - b[0]) for a, b in pairwise(ring)]
            assert max(steps) < 120, place.name


def test_areas_are_as_on_the_globe() -> None:
    """Equal Earth: Greenland is a fourteenth of Africa, and not as large as it."""

    def area(key: str) -> float:
        return sum(
            abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(r, [*r[1:], r[0]], strict=True))) / 2
            for r in places()[key].rings
        )

    # Land areas in million km²: DR Congo 2.34, Greenland 2.17, Australia 7.69.
    assert area("AUS") / area("COD") == pytest.approx(7.69 / 2.34, rel=0.06)
    assert area("GRL") / area("COD") == pytest.approx(2.17 / 2.34, rel=0.06)


def test_a_country_holds_its_middle_and_not_its_neighbours() -> None:
    assert places()["CHN"].holds(places()["CHN"].middle)
    assert not places()["CHN"].holds(places()["IND"].middle)
    assert not places()["SGP"].rings


def test_hatching_stays_within_a_shape() -> None:
    square = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]
    hole = [(4.0, 4.0), (6.0, 4.0), (6.0, 6.0), (4.0, 6.0)]
    lines = hatching([square, hole], 2)
    assert len(lines) == 10 + 2  # those through the hole come in two pieces
    for one, other in lines:
        assert one[0] + one[1] == pytest.approx(other[0] + other[1])
        middle = ((one[0] + other[0]) / 2, (one[1] + other[1]) / 2)
        assert not (4 < middle[0] < 6 and 4 < middle[1] < 6)


# What is drawn


def fills(svg: str) -> dict[str, str]:
    """The fill of each country by its tip."""
    shapes = re.findall(r'<(?:path|circle)[^>]*? fill="(#\w+)"[^>]*><title>([^<]+)</title>', svg)
    return {tip: fill for fill, tip in shapes}


def test_the_shade_is_the_share_and_names_stand_beside_it() -> None:
    svg = draw(producers(row("CHN", 0.99), row("JPN", 0.03), row("SGP", 0.3)), "map")
    found = fills(svg)
    assert found["China 99 %"] == SHADES[-1]
    assert found["Japan 3 %"] == SHADES[0]
    assert found["Singapore 30 %"] == SHADES[2]  # a point, for it has no shape
    assert "<circle" in svg
    assert ">China 99 %<" in svg or ">China<" in svg
    assert "Natural Earth" in svg
    assert svg == draw(producers(row("CHN", 0.99), row("JPN", 0.03), row("SGP", 0.3)), "map")


def test_the_limit_of_a_share_is_told() -> None:
    assert "China at most 90 %" in fills(draw(producers(row("CHN", 0.9, bound="at most")), "map"))


def test_who_has_no_share_or_no_place_is_not_shaded_but_named() -> None:
    svg = draw(
        producers(
            row("CHN", 0.9), row("JPN", None), row("other", 0.1, country="Other countries (USGS)"),
            row("world", 1.0, kind="world"),
        ),
        "map",
    )  # fmt: skip
    assert not any(tip.startswith("Japan ") for tip in fills(svg))
    assert "Not on the map: Other countries." in svg
    assert "World" not in svg


def test_a_third_product_is_named_as_left_out() -> None:
    rows = [row("CHN", 0.5, product=p) for p in ("mined", "refined", "metal")]
    svg = draw(producers(*rows), "map")
    assert ">mined<" in svg
    assert ">refined<" in svg
    assert ">metal<" not in svg
    assert "In the table, not on a map: 1 more product." in svg


def test_an_answer_without_a_country_says_so() -> None:
    with pytest.raises(OrepathError, match="no country"):
        draw(producers(row("other", 0.5)), "map")


def partnerships() -> Answer:
    asked = question("partnerships")
    names = asked.column_names()
    cells = {"partner_ids": ("CAN", "UKR"), "partners": ("Canada", "Ukraine"), "agreement": "x"}
    return Answer(
        asked, {"party": "EU27"}, {"party": "European Union"}, asked.columns,
        (tuple(cells.get(name) for name in names),), "Two partners.", (), (), (),
    )  # fmt: skip


def test_partners_are_hatched_and_the_union_outlined() -> None:
    svg = draw(partnerships(), "map")
    found = fills(svg)
    assert found["Canada"] == found["Ukraine"] == PARTNER_LAND
    assert f'stroke="{PARTNER}"' in svg
    root = ElementTree.fromstring(svg)
    red = [e for e in root.iter("{http://www.w3.org/2000/svg}path") if e.get("stroke") == EMPHASIS]
    members = {
        str(m["country"]) for m in vocabulary().of("Membership")
        if m["bloc"] == "EU27" and not m.get("until")
    }  # fmt: skip
    assert len(red) == len([m for m in members if places()[m].rings])


def test_partners_whose_names_have_no_room_are_named_below() -> None:
    crowd = ("AUT", "BEL", "CHE", "CZE", "DEU", "DNK", "HRV", "HUN", "LUX", "NLD", "SVK", "SVN")
    asked = partnerships()
    at = asked.question.column_names().index("partner_ids")
    rows = tuple((*row[:at], crowd, *row[at + 1 :]) for row in asked.rows)
    svg = draw(replace(asked, rows=rows), "map", width=420)
    on_the_map, _, below = svg.partition("Partners without room for their name: ")
    named = vocabulary().individuals["economy"]
    for country in crowd:
        name = str(named[country]["name"])
        assert (f">{name}</text>" in on_the_map) != (name in below.partition("Map: ")[0])


def test_what_partners_make_stands_beside_them() -> None:
    asked = question("partnership-coverage")
    cells = {
        "product": "lithium", "partner_ids": ("AUS", "USA", "CAN", "ZAF"),
        "partner_low": (0.289, 0.0, None, 0.94), "partner_high": (0.317, 0.09, None, 0.94),
    }  # fmt: skip
    answer = Answer(
        asked, {"party": "EU27"}, {}, asked.columns,
        (tuple(cells.get(name) for name in asked.column_names()),), "One.", (), (), (),
    )  # fmt: skip
    found = fills(draw(answer, "map"))
    assert found["Australia 29–32 %"] == SHADES[2]
    assert found["South Africa 94 %"] == SHADES[-1]
    # What is only a limit, and what nothing bounds, is the share of no shade.
    assert found["United States ≤ 9 %"] == found["Canada"] == PARTNER_LAND


def test_shades_are_told_apart_in_grey() -> None:
    grey = [luminance(s) for s in SHADES]
    assert grey == sorted(grey, reverse=True)
    assert all(contrast(a, b) >= 1.3 for a, b in pairwise(SHADES))
    assert [shade(x) for x in FROM] == list(SHADES)


# Names


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(st.sampled_from(sorted(places())), st.floats(0, 1), min_size=1, max_size=40),
    st.sampled_from([420.0, 800.0]),
)
def test_names_never_overlap_nor_leave_the_map(shares: dict[str, float], wide: float) -> None:
    scale = (wide - 2 * MARGIN) / WIDTH
    frame = (MARGIN, 0.0, wide - MARGIN, HEIGHT * scale)
    points = [(MARGIN + p.middle[0] * scale, p.middle[1] * scale)
              for p in map(places().get, shares) if p]  # fmt: skip
    labels = Labels(frame, points)
    for (key, value), point in zip(shares.items(), points, strict=True):
        place = places()[key]
        left, top, right, bottom = (v * scale for v in place.box())

        def holds(at: tuple[float, float], place: Place = place) -> bool:
            return place.holds(((at[0] - MARGIN) / scale, at[1] / scale))

        room = (right - left, bottom - top)
        labels.place(Label(place.name, f"{value:.0%}", point, room, holds, "#ffffff"))
    page = Picture(wide, "title", "description")
    labels.draw(page)
    assert page.boxes
    for box in page.boxes:
        for x, y in box.corners:
            assert frame[0] - 0.1 <= x <= frame[2] + 0.1
            assert frame[1] - 0.1 <= y <= frame[3] + 0.1
    assert not any(one.overlaps(other) for one, other in combinations(page.boxes, 2))


def test_partners_that_have_another_deal_are_on_a_map() -> None:
    asked = question("competing-deals")
    rows = (
        {"country": "Argentina", "country_id": "ARG"},
        {"country": "Japan", "country_id": "JPN"},
    )
    answer = Answer(
        asked, {"party": "EU27"}, {"party": "the European Union"}, asked.columns,
        tuple(tuple(row.get(name) for name in asked.column_names()) for row in rows),
        "Two.", (), (), (),
    )  # fmt: skip
    found = fills(draw(answer))
    assert found["Argentina"] == found["Japan"] == PARTNER_LAND
