"""The path picture and its layout: what is drawn of a subgraph, and that it can be read."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orepath.graph.subgraph import Node, Relationship, Subgraph
from orepath.ontology.errors import OrepathError
from orepath.ontology.schema import load_schema
from orepath.queries.catalogue import question
from orepath.queries.pictures import Drawing
from orepath.queries.run import Answer
from orepath.report.colours import colours, line_colour, tint
from orepath.report.pictures import draw
from orepath.report.pictures.boxes import Drawn, Folded, Share, Tie, condensed
from orepath.report.pictures.columns import ROOMS, Columns, layers
from orepath.report.pictures.columns import layers as columns_of
from orepath.report.pictures.folded import FOLDED, TIES, folded
from orepath.report.pictures.lanes import ordered, trunks
from orepath.report.pictures.layers import AGAINST, BANDS, SUPPLIED, ranked
from orepath.report.pictures.palette import INK, contrast
from orepath.report.pictures.paths import _Page, laid_out, picture
from orepath.report.pictures.slots import Line, Size
from orepath.report.pictures.stacked import Stack
from orepath.report.pictures.strongest import strongest
from orepath.report.pictures.sugiyama import lay_out
from orepath.report.pictures.svg import Picture

KIND = Drawing("paths", {})
CHINA = "CHN"


def node(label: str, key: str, name: str | None = None) -> Node:
    labels = load_schema().nodes[label].labels
    return Node(f"{labels[-1].lower()}/{key}", labels, {"id": key, "name": name or key})


def tie(start: Node, type: str, end: Node, **properties: object) -> Relationship:  # noqa: A002
    return Relationship(f"{start.id} {type} {end.id}", type, start.id, end.id, properties)  # type: ignore[arg-type]


def industry(country: Node, product: Node, **share: float) -> tuple[Node, list[Relationship]]:
    made = node("Industry", f"{country.properties['id']}:{product.properties['id']}",
                f"{country.name}: {product.name}")  # fmt: skip
    return made, [tie(country, "HAS", made), tie(made, "MAKES", product, **share)]


def magnets() -> Subgraph:
    """China mines and refines; the oxide goes into a magnet, which a drone cannot do without."""
    china = node("Country", CHINA, "China")
    ore, oxide = node("Product", "neodymium/ore"), node("Product", "neodymium/refined")
    magnet = node("Component", "rare-earths/ndfeb-magnet", "NdFeB magnet")
    drone, defence = node("Technology", "drone"), node("Sector", "defence")
    mines, mining = industry(china, ore, share=0.68)
    refines, refining = industry(china, oxide, share=0.85, share_low=0.8, share_high=0.9)
    ties = [
        *mining, *refining, tie(ore, "INPUT_TO", oxide), tie(oxide, "INPUT_TO", magnet),
        tie(drone, "NEEDS", oxide, essential=True, forms=("rare-earths/ndfeb-magnet",)),
        tie(drone, "NEEDS", ore, essential=True, forms=("rare-earths/ndfeb-magnet",)),
        tie(drone, "SERVES", defence),
    ]  # fmt: skip
    nodes = [china, ore, oxide, magnet, drone, defence, mines, refines]
    return Subgraph(tuple(nodes), tuple(ties))


def answer(**parameters: str) -> Answer:
    asked = question("dependency-paths")
    return Answer(asked, parameters, parameters, asked.columns, (), "China leads.", (), (), ())


# What is drawn


def test_industries_are_lines_and_the_share_of_a_later_product_stands_on_the_way_to_it() -> None:
    found = folded(magnets())
    told = {(t.start, t.end): t.told for t in found.ties}
    assert found.country == "China"
    assert told == {
        ("economy/CHN", "product/neodymium/ore"): "68 %",
        ("product/neodymium/ore", "product/neodymium/refined"): "85 % (80–90 %)",
        ("product/neodymium/refined", "product/rare-earths/ndfeb-magnet"): "",
        ("product/rare-earths/ndfeb-magnet", "technology/drone"): "",
        ("technology/drone", "sector/defence"): "",
    }


def test_a_product_to_which_no_other_of_the_country_leads_has_a_line_from_the_country() -> None:
    whole = magnets()
    without = Subgraph(
        tuple(n for n in whole.nodes if n.id != "industry/CHN:neodymium/ore"),
        tuple(r for r in whole.relationships if "CHN:neodymium/ore" not in r.id),
    )
    told = {(t.start, t.end): t.told for t in folded(without).ties}
    assert told["economy/CHN", "product/neodymium/refined"] == "85 % (80–90 %)"
    assert told["product/neodymium/ore", "product/neodymium/refined"] == ""


def two_makers(supplies: bool) -> Subgraph:
    china, japan = node("Country", CHINA, "China"), node("Country", "JPN", "Japan")
    market, gallium = node("Bloc", "EU27", "European Union"), node("Product", "gallium/high")
    one, first = industry(china, gallium, share=0.9)
    other, second = industry(japan, gallium, share=0.1)
    ties = [*first, *second, tie(one, "SUPPLIES_MARKET", market, share=0.7, share_high=0.8)]
    if supplies:
        ties.append(tie(other, "SUPPLIES", market, share=0.3))
    return Subgraph((china, japan, market, gallium, one, other), tuple(ties))


@pytest.mark.parametrize("supplies", [True, False])
def test_shares_of_two_things_never_stand_on_lines_to_one_product(supplies: bool) -> None:
    found = folded(two_makers(supplies))
    told = {t.start: t.told for t in found.ties if t.type == "MAKES"}
    # Neither Japan's share of the world nor its observed one beside China's reconciled one.
    assert told == {"economy/CHN": "70 %"}
    assert found.silent == 1
    assert found.bases == ("market",)
    assert "market of economy/EU27" in {n.id for n in found.nodes}


def test_industries_that_feed_one_another_are_boxes() -> None:
    whole = magnets()
    mines, refines = (
        whole.node("industry/CHN:neodymium/ore"),
        whole.node("industry/CHN:neodymium/refined"),
    )
    fed = Subgraph(whole.nodes, (*whole.relationships, tie(mines, "FEEDS", refines, share_low=0.6)))
    found = folded(fed, ["economy/CHN"])
    boxes = {n.id: n for n in found.nodes}
    assert boxes[mines.id].notes == ("China: 68 % of the world’s",)
    assert boxes[mines.id].emphasised
    assert [t.told for t in found.ties if t.type == "FEEDS"] == ["≥ 60 %"]


def test_a_need_that_no_source_calls_essential_is_dashed() -> None:
    whole = magnets()
    lamp = node("Technology", "lamp")
    optional = tie(lamp, "NEEDS", whole.node("product/neodymium/refined"), essential=False)
    more = Subgraph((*whole.nodes, lamp), (*whole.relationships, optional))
    svg = picture(answer(), KIND, more)
    assert "stroke-dasharray" in svg
    assert "Dashed: needed, but not essential" in svg
    assert "stroke-dasharray" not in picture(answer(), KIND, magnets())


@pytest.mark.parametrize(
    ("share", "told"),
    [
        (Share(0.72, 0.68, 0.77), "72 % (68–77 %)"),
        (Share(0.72, 0.7199, 0.7201), "72 %"),
        (Share(0.99, 0.94, 0.999), "99 % (94 to > 99 %)"),
        (Share(0.5, None, 0.9), "50 %"),
        (Share(None, None, 0.9), "≤ 90 %"),
        (Share(None, 0.0, 0.9), "≤ 90 %"),
        (Share(None, 0.6, None), "≥ 60 %"),
        (Share(None, 0.6, 0.9), "60–90 %"),
        (Share(None), ""),
    ],
)
def test_a_share_is_told_with_its_interval(share: Share, told: str) -> None:
    assert share.told() == told


def box(key: str, band: int) -> Drawn:
    return Drawn(key, key, ("Product",), band)


def test_a_chain_without_shares_becomes_one_box() -> None:
    nodes = tuple(box(k, 4) for k in "abcd")
    ties = tuple(
        Tie(f"{a}{b}", "INPUT_TO", a, b, "in", told) for a, b, told in
        [("a", "b", "9 %"), ("b", "c", ""), ("c", "d", "")]
    )  # fmt: skip
    found = condensed(Folded(nodes, ties))
    # What leads to b with a share is no part of the chain; b and what follows have none.
    assert [n.name for n in found.nodes] == ["a", "b", "c → d"]
    assert [(t.start, t.end) for t in found.ties] == [("a", "b"), ("b", "c")]


def test_a_chain_that_no_page_holds_runs_downwards() -> None:
    def chain(count: int) -> Folded:
        names = [f"a product of the length {i}" for i in range(count)]
        ties = tuple(Tie(a, "INPUT_TO", a, b, a, "72 % (68–77 %)", 0.7) for a, b in pairwise(names))
        return Folded(tuple(box(n, 4) for n in names), ties)

    assert isinstance(laid_out(chain(3), 800), Columns)
    long = laid_out(chain(9), 800)
    assert isinstance(long, Stack)
    assert long.width <= 800
    # Who asks for a picture as wide as that has it.
    assert isinstance(laid_out(chain(9), 2000), Columns)


def test_no_name_in_a_box_is_cut() -> None:
    name = " → ".join(f"a product of silicon, number {i}" for i in range(5))
    ties = (Tie("1", "INPUT_TO", "a", "b", "in"),)
    drawn = Folded((box("a", 4), replace(box("b", 4), name=name)), ties)
    for placed in (Columns(drawn, ROOMS[-1], 800), Stack(drawn, 420)):
        assert " ".join(placed.names["b"]) == name


def test_of_too_many_boxes_the_weakest_are_left_out_and_nothing_hangs_in_the_air() -> None:
    nodes = [box("country", 2), *(box(f"p{i}", 4) for i in range(60)), box("sector", 6)]
    nodes += [box(f"t{i}", 5) for i in range(60)]
    ties = [
        t
        for i in range(60)
        for t in (
            Tie(f"m{i}", "MAKES", "country", f"p{i}", f"p{i}", f"{i} %", i / 100),
            Tie(f"n{i}", "NEEDS", f"p{i}", f"t{i}", "in"),
            Tie(f"s{i}", "SERVES", f"t{i}", "sector", "in"),
        )
    ]
    kept = strongest(Folded(tuple(nodes), tuple(ties)))
    names = {n.id for n in kept.nodes}
    assert len(names) <= 40
    assert {"country", "sector", "p59", "t59"} <= names
    assert "p0" not in names
    assert {t.start for t in kept.ties} | {t.end for t in kept.ties} == names
    assert {n for n in names if n[0] == "p"} == {f"p{n[1:]}" for n in names if n[0] == "t"}


# How it looks


@st.composite
def layered(draw_: st.DrawFn) -> Folded:
    """A graph of up to 40 boxes in all bands, with names of any length."""
    names = st.text(alphabet="abc <&\"'中é-,", min_size=1, max_size=60)
    sizes = draw_(st.lists(st.integers(0, 9), min_size=3, max_size=4))
    nodes = [
        Drawn(f"{band}-{i}", draw_(names), ("Product",), band, draw_(st.lists(names, max_size=2)
              .map(tuple)), draw_(st.none() | st.integers(1, 5)), draw_(st.booleans()))
        for band, size in zip((2, 4, 5, 6), sizes, strict=False)
        for i in range(size)
    ]  # fmt: skip
    ends = st.tuples(st.sampled_from(nodes), st.sampled_from(nodes)) if nodes else None
    chosen = [] if ends is None else draw_(st.lists(ends, max_size=60))
    ties = []
    for i, (one, other) in enumerate(chosen):
        if one.id == other.id or (one.band == other.band != 4):
            continue
        told = draw_(st.sampled_from(["", "9 %", "72 % (68–77 %)"]))
        size = draw_(st.floats(0, 1)) if told else None
        ties.append(Tie(str(i), "INPUT_TO", one.id, other.id, draw_(st.sampled_from(["in", str(i)]))
                    if not told else str(i), told, size, draw_(st.booleans())))  # fmt: skip
    used = {end for t in ties for end in (t.start, t.end)}
    return Folded(tuple(n for n in nodes if n.id in used), tuple(ties))


@settings(max_examples=60, deadline=None)
@given(layered())
def test_texts_never_overlap_nor_leave_the_frame(drawn: Folded) -> None:
    if not drawn.ties:
        return
    columns = Columns(drawn, ROOMS[-1], 800)
    page = Picture(columns.width, "title", "description")
    bottom = _Page(page, columns).draw(0)
    for i, one in enumerate(page.boxes):
        for x, y in one.corners:
            assert -0.01 <= x <= columns.width + 0.01, one
            assert -0.01 <= y <= bottom + 1, one
        for other in page.boxes[i + 1 :]:
            assert not one.overlaps(other), (one, other)
    again = Picture(columns.width, "title", "description")
    _Page(again, Columns(drawn, ROOMS[-1], 800)).draw(0)
    assert again.svg(bottom) == page.svg(bottom)
    ElementTree.fromstring(page.svg(bottom))


@settings(max_examples=60, deadline=None)
@given(layered())
def test_boxes_of_a_column_lie_apart_and_no_line_passes_through_one(drawn: Folded) -> None:
    if not drawn.ties:
        return
    columns = Columns(drawn, ROOMS[0], 800)
    layout = columns.layout
    spans = {
        n: (layout.y[n] - layout.heights[n] / 2, layout.y[n] + layout.heights[n] / 2)
        for n in layout.y
    }
    for one, (top, bottom) in spans.items():
        for other, (upper, lower) in spans.items():
            if one != other and columns.layers[one] == columns.layers[other]:
                assert bottom <= upper + 0.01 or lower <= top + 0.01
    for line in columns.ties:
        start, end = columns.ends(line)
        route = layout.routes[line.id]
        assert len(route) == columns.layers[end] - columns.layers[start] + 1
        assert spans[end][0] - 0.01 <= route[-1] <= spans[end][1] + 0.01
        for step, height in enumerate(route[1:-1], columns.layers[start] + 1):
            for n, (top, bottom) in spans.items():
                if columns.layers[n] == step:
                    assert height <= top + 0.01 or height >= bottom - 0.01


@settings(max_examples=60, deadline=None)
@given(layered(), st.sampled_from([360.0, 420.0, 520.0]))
def test_a_stack_is_as_wide_as_a_telephone_and_its_texts_lie_apart(
    drawn: Folded, width: float
) -> None:
    if not drawn.ties:
        return
    page = Picture(width, "title", "description")
    bottom = Stack(drawn, width).draw(page, 0)
    for i, one in enumerate(page.boxes):
        for x, y in one.corners:
            assert -0.01 <= x <= width + 0.01, one
            assert -0.01 <= y <= bottom + 1, one
        for other in page.boxes[i + 1 :]:
            assert not one.overlaps(other), (one, other)
    again = Picture(width, "title", "description")
    Stack(drawn, width).draw(again, 0)
    assert again.svg(bottom) == page.svg(bottom)
    ElementTree.fromstring(page.svg(bottom))


@settings(max_examples=60, deadline=None)
@given(layered())
def test_each_line_has_one_lane_and_no_two_of_a_lane_meet(drawn: Folded) -> None:
    layers = columns_of(drawn)
    order = ordered(drawn, layers)
    assert sorted(order) == sorted(n.id for n in drawn.nodes)
    place = {node: number for number, node in enumerate(order)}
    for line in drawn.ties:
        if layers[line.start] < layers[line.end]:
            assert place[line.start] < place[line.end], line
    found = trunks(drawn.ties, order)
    assert sorted(t.id for trunk in found for t in trunk.ties) == sorted(t.id for t in drawn.ties)
    spans: dict[int, list[tuple[int, int]]] = {}
    for trunk in found:
        assert {(t.start, t.end) for t in trunk.ties} == {
            (start, end) for start in trunk.starts for end in trunk.ends
        }
        places = [place[n] for n in (*trunk.starts, *trunk.ends)]
        for first, last in spans.setdefault(trunk.lane, []):
            assert max(places) < first or last < min(places)
        spans[trunk.lane].append((min(places), max(places)))


def test_on_a_telephone_the_paths_run_downwards_and_boxes_tell_the_shares() -> None:
    asked, piece = answer(country=CHINA), magnets()
    svg = draw(asked, "paths", piece, width=420)
    assert ElementTree.fromstring(svg).get("width") == "420"
    assert "In a box: China’s share of the world’s output of the product" in svg
    shares = {t.told for t in folded(piece, [f"economy/{CHINA}"]).ties if t.told}
    assert shares
    for share in shares:
        assert f">China: {share}" in svg
    assert draw(asked, "paths", piece) == draw(asked, "paths", piece, width=800)
    assert "In a box" not in draw(asked, "paths", piece)


def test_two_lines_that_cross_as_listed_are_uncrossed() -> None:
    sizes = {n: Size(10, 10) for n in "abxy"}
    lines = [Line("1", "a", "y", "in"), Line("2", "b", "x", "in")]
    found = lay_out(sizes, lines, {"a": 0, "b": 0, "x": 1, "y": 1})
    assert (found.y["a"] < found.y["b"]) == (found.y["y"] < found.y["x"])


def test_a_line_over_several_layers_runs_level() -> None:
    sizes = {n: Size(10, 10) for n in "abcdz"}
    lines = [Line(f"{a}{b}", a, b, "in") for a, b in ("ab", "bc", "cd")] + [
        Line("az", "a", "z", "in")
    ]
    found = lay_out(sizes, lines, {"a": 0, "b": 1, "c": 2, "d": 3, "z": 3})
    assert found.routes["az"][1] == pytest.approx(found.routes["az"][2])


def test_a_line_that_leads_back_is_refused() -> None:
    with pytest.raises(ValueError, match="higher layer"):
        lay_out({"a": Size(1, 1), "b": Size(1, 1)}, [Line("1", "a", "b", "in")], {"a": 1, "b": 1})


# Layers


def test_layers_follow_the_chain() -> None:
    found = layers(folded(magnets()))
    chain = [
        "economy/CHN", "product/neodymium/ore", "product/neodymium/refined",
        "product/rare-earths/ndfeb-magnet", "technology/drone", "sector/defence",
    ]  # fmt: skip
    assert [found[n] for n in chain] == [0, 1, 2, 3, 4, 5]


def test_a_circle_of_products_is_laid_out_all_the_same() -> None:
    found = ranked({"a": 4, "b": 4, "c": 4}, [("a", "b"), ("b", "c"), ("c", "a")])
    assert sorted(found.values()) == [0, 1, 2]


def test_a_first_product_stands_beside_others_of_its_stage() -> None:
    stages = {"ore": 2, "oxide": 4, "other": 4, "third": 4, "metal": 5, "alloy": 5}
    ends = [("ore", "oxide"), ("ore", "other"), ("oxide", "metal"), ("third", "alloy")]
    found = ranked(dict.fromkeys(stages, 4), ends, stages)
    assert found["oxide"] == found["other"] == 1
    assert found["third"] == 0  # what it goes into would else stand behind its own stage


def test_what_python_names_of_the_graph_is_in_the_ontology() -> None:
    schema = load_schema()
    assert schema.types >= (AGAINST | SUPPLIED | FOLDED | TIES)
    assert {label for band in BANDS for label in band} <= schema.labels
    assert set(colours()) == set(schema.roots)


def test_letters_are_read_on_every_class() -> None:
    assert all(contrast(INK, tint(line_colour(c))) >= 7 for c in colours().values())


# The door


def test_the_picture_says_what_its_numbers_are_and_what_was_cut() -> None:
    svg = draw(answer(country=CHINA), "paths", magnets())
    assert "China’s share of the world’s output of the product that it leads to" in svg
    assert "(in brackets the interval)" in svg
    assert svg == draw(answer(country=CHINA), "paths", magnets())
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "img"
    assert "left out" not in svg


def test_without_a_subgraph_the_usual_picture_is_another_and_paths_say_why() -> None:
    with pytest.raises(OrepathError, match="subgraph"):
        draw(answer(), "paths")
    with pytest.raises(OrepathError, match="no path"):
        draw(answer(), "paths", Subgraph((), ()))


def test_an_agreement_with_a_bloc_leads_to_the_members_that_make_something() -> None:
    """A bloc stands in the column of its members, so that no line could lead from it to them."""
    agreement, bloc = node("Agreement", "pact"), node("Bloc", "EU27")
    austria, malta = node("Country", "AUT"), node("Country", "MLT")
    tungsten = node("Product", "tungsten/refined")
    made, ties = industry(austria, tungsten, share=0.02)
    ties = [
        *ties,
        tie(agreement, "PARTY", bloc),
        tie(austria, "MEMBER_OF", bloc),
        tie(malta, "MEMBER_OF", bloc),
    ]
    found = folded(Subgraph((agreement, bloc, austria, malta, tungsten, made), tuple(ties)))
    ends = [t.end for t in found.ties if t.type == "PARTY"]
    assert ends == [austria.id]
    alone = Subgraph((agreement, bloc), (tie(agreement, "PARTY", bloc),))
    assert [t.end for t in folded(alone).ties] == [bloc.id]
