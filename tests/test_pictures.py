"""Pictures: what is drawn keeps within its frame and off its neighbours, whatever the words.

The boxes are taken from the SVG itself, as a viewer would find them.
"""

from __future__ import annotations

import re
import struct
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from importlib import import_module
from itertools import combinations, pairwise
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orepath.graph.connection import Graph
from orepath.ontology.errors import OrepathError
from orepath.queries import Column, Question, catalogue, question
from orepath.queries.finding import fields
from orepath.queries.pictures import Drawing, drawings, written
from orepath.queries.run import Answer, Citation, ask
from orepath.report.command import command_line
from orepath.report.pictures import KINDS, draw, kinds
from orepath.report.pictures.convert import pdf, png
from orepath.report.pictures.dates import span
from orepath.report.pictures.extent import Box
from orepath.report.pictures.frame import headline, sentences, source_line
from orepath.report.pictures.kinds import module_of
from orepath.report.pictures.letters import FAMILY, FONTS, covered, shortened, width, wrapped
from orepath.report.pictures.palette import (
    EMPHASIS,
    INK,
    PAPER,
    QUIET,
    REST,
    SERIES,
    STEPS,
    contrast,
    on,
)
from orepath.tools.answers import answered

SVG = "{http://www.w3.org/2000/svg}"
ODD = (
    "",
    "x",
    "a <b> & \"c\" 'd' ]]>",
    "中国的稀土永磁材料",
    "Ελλάδα, България and Łódź",
    "an unbreakable" + "ly" * 60 + "-long word",
    "silicon metal, electronic-grade polysilicon and all that is ever made of it anywhere at all",
    "two\nlines\tand a \x00 \x1b",
)
WIDTHS = (360.0, 420.0, 700.0, 800.0, 1100.0)


def boxes(svg: str) -> list[Box]:
    """The boxes of all texts of a picture, from their attributes."""
    found = []
    for element in ET.fromstring(svg).iter(f"{SVG}text"):
        x, y, size = (float(element.attrib[name]) for name in ("x", "y", "font-size"))
        text = element.text or ""
        bold = element.get("font-weight") == "700"
        long = float(element.get("textLength", width(text, size, bold=bold)))
        assert long == pytest.approx(width(text, size, bold=bold), abs=0.01)
        left = x - long * {"start": 0, "middle": 0.5, "end": 1}[element.get("text-anchor", "start")]
        turn = re.fullmatch(r"rotate\((\S+) \S+ \S+\)", element.get("transform", "rotate(0 0 0)"))
        assert turn
        found.append(Box.of(text, left, y, long, size, (x, y), float(turn[1])))
    return found


def assert_sound(svg: str) -> None:
    """Valid, with alt text, every text within the frame, and none on another."""
    root = ET.fromstring(svg)
    wide, high = float(root.attrib["width"]), float(root.attrib["height"])
    assert root.attrib["viewBox"] == f"0 0 {root.attrib['width']} {root.attrib['height']}"
    assert root.attrib["role"] == "img"
    assert root.findtext(f"{SVG}title")
    assert root.findtext(f"{SVG}desc")
    assert FAMILY in root.attrib["font-family"]
    found = boxes(svg)
    for box in found:
        for x, y in box.corners:
            assert -0.01 <= x <= wide + 0.01, (box.text, x)
            assert -0.01 <= y <= high + 0.01, (box.text, y)
    for one, other in combinations(found, 2):
        assert not one.overlaps(other), (one.text, other.text)


def answer_of(asked: Question, rows: Sequence[tuple[Any, ...]], **more: Any) -> Answer:
    """An answer with these rows, as a graph would have given it."""
    parameters = {p.name: None for p in asked.parameters} | {"as_of": date(2026, 2, 3)}
    told: dict[str, Any] = {
        "parameters": parameters,
        "names": {"country": "China", "sector": "defence", "importer": "European Union"},
        "finding": "China makes it. The rest is not known.",
        "notes": (),
        "caveats": (),
        "sources": (Citation("s", "Mineral Commodity Summaries 2026", "U.S. Geological Survey"),),
    }
    return Answer(question=asked, columns=asked.columns, rows=tuple(rows), **(told | more))


def records(asked: Question, *rows: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Rows by the names of their columns; what is not named is None."""
    names = asked.column_names()
    assert all(row.keys() <= set(names) for row in rows)
    return [tuple(row.get(name) for name in names) for row in rows]


TEXTS = st.one_of(st.sampled_from(ODD), st.text(max_size=40))
DATES = st.sampled_from(
    ("2021", "2023-07", "2024-02-29", "2016-2020", "2026 (planned)", "1962-1965", "soon", "2026-13")
)
VALUES = {
    "text": st.one_of(TEXTS, DATES),
    "number": st.one_of(st.floats(0, 1e7), st.integers(0, 10**6)),
    "integer": st.integers(0, 9),
    "share": st.floats(0, 1),
    "date": st.dates(date(1990, 1, 1), date(2060, 1, 1)),
    "boolean": st.booleans(),
    "list": st.lists(TEXTS, max_size=4).map(tuple),
    "shares": st.lists(st.one_of(st.none(), st.floats(0, 1)), max_size=4).map(tuple),
}


def cell(column: Column) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), VALUES[column.type])


OWN = ("ladder", "bars", "trend", "timeline")
"""The kinds that are made of an answer's rows alone; the others are tested by themselves."""
ALL = [(asked, drawing) for asked in written() for drawing in written()[asked]]
OF_ROWS = [(asked, drawing) for asked, drawing in ALL if drawing.kind in OWN]


@pytest.mark.parametrize(("asked", "drawing"), OF_ROWS, ids=lambda v: getattr(v, "kind", v))
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_text_leaves_the_frame_or_lies_on_another(
    asked: str, drawing: Drawing, data: st.DataObject
) -> None:
    whole = question(asked)
    row = st.tuples(*(cell(column) for column in whole.columns))
    rows = data.draw(st.lists(row, max_size=9))
    words = " ".join(data.draw(st.lists(TEXTS, min_size=1, max_size=5))).strip() or "Nothing."
    answer = answer_of(whole, rows, finding=words, warnings=(words,))
    wide = data.draw(st.sampled_from(WIDTHS))
    svg = draw(answer, drawing.kind, width=wide)
    assert_sound(svg)
    assert svg == draw(answer, drawing.kind, width=wide)


@pytest.mark.parametrize(("asked", "drawing"), ALL, ids=lambda v: getattr(v, "kind", v))
def test_a_drawing_names_what_there_is(asked: str, drawing: Drawing) -> None:
    whole = question(asked)
    columns = set(whole.column_names())
    assert drawing.kind in KINDS
    assert callable(module_of(drawing.kind).picture)
    assert set(drawing.columns.values()) | drawing.drop.keys() | drawing.quiet.keys() <= columns
    if drawing.kind in OWN:
        played = set(import_module(f"orepath.report.pictures.{drawing.kind}").PARTS)
        assert drawing.columns.keys() <= played, "a part that the kind does not have"
    known = columns | {p.name for p in whole.parameters}
    assert all(fields(text) <= known for text in drawing.about)
    kind_of = {c.name: c.type for c in whole.columns}
    for part in ("value", "second", "low", "high", "share"):
        if part in drawing.columns:
            several = ("shares",) if drawing.kind == "map" else ()
            assert kind_of[drawing.columns[part]] in ("share", "number", "integer", *several)


def test_the_questions_of_the_file_are_those_of_the_library() -> None:
    assert written().keys() <= catalogue().keys()
    shares = {q.id for q in catalogue().values() if any(c.type == "share" for c in q.columns)}
    assert shares <= written().keys() | {"claims"}
    for each in written():
        found = kinds(question(each))
        assert len(set(found)) == len(found)


def test_a_question_of_ones_own_is_drawn_by_its_share() -> None:
    own = replace(
        question("sourcing"),
        id="mine",
        columns=(
            Column(name="firm", type="text", meaning="Firm"),
            Column(name="market_share", type="share", meaning="Share of {all} [sales]"),
            Column(name="market_low", type="share", meaning="Low"),
            Column(name="market_high", type="share", meaning="High"),
        ),
    )
    (drawing,) = drawings(own)
    assert drawing.columns == {
        "label": "firm", "value": "market_share", "low": "market_low", "high": "market_high"
    }  # fmt: skip
    svg = draw(answer_of(own, [("A & Co", 0.4, 0.3, 0.5), ("B", None, None, None)]))
    assert_sound(svg)
    assert ">40 %<" in svg
    assert "Whiskers" in svg
    assert "A &amp; Co" in svg


def test_what_cannot_be_drawn_says_what_can() -> None:
    answer = answer_of(question("trend"), [])
    with pytest.raises(OrepathError, match="no picture of the kind 'map'") as error:
        draw(answer, "map")
    assert "trend" in str(error.value.hint)
    with pytest.raises(OrepathError, match="sources has no picture"):
        draw(answer_of(question("sources"), []))


def test_an_answer_without_rows_is_a_picture_that_says_so() -> None:
    for asked, drawing in ALL:
        if drawing.kind in OWN:
            told = answer_of(question(asked), [], finding="Nothing is known of it.", sources=())
            svg = draw(told, drawing.kind)
            assert_sound(svg)
            assert ">Nothing is known of it.<" in svg


def ladder_rows(asked: Question) -> list[tuple[Any, ...]]:
    same = {
        "rank": 1, "material": "dysprosium", "essential_in": ("missile", "drone"),
        "also_in": ("naval platform",), "restricts": "licence in force", "in_force": True,
    }  # fmt: skip
    mined = same | {"stage": "extraction", "position": 2, "product": "dysprosium, mined"}
    metal = same | {"stage": "metal making", "position": 5, "product": "dysprosium metal"}
    refined = same | {"stage": "refining", "position": 4, "product": "dysprosium, refined"}
    return records(
        asked,
        mined | {"maker": "China", "share": 0.844, "place": 0, "period": "2020"},
        mined | {"maker": "Myanmar", "share": 0.093, "place": 1, "period": "2020"},
        refined | {"maker": "China", "share": 0.9, "bound": "at most", "place": 0},
        metal,
    )


def test_the_ladder_draws_makers_technologies_and_restrictions() -> None:
    asked = question("stage-ladder")
    svg = draw(answer_of(asked, ladder_rows(asked)))
    assert_sound(svg)
    root = ET.fromstring(svg)
    bars = {
        (r.findtext(f"{SVG}title") or "").split(" (")[0]: float(r.attrib["width"])
        for r in root.iter(f"{SVG}rect")
    }
    assert bars["China: 84 %"] / bars["Myanmar: 9.3 %"] == pytest.approx(0.844 / 0.093, rel=0.05)
    tips = [c.findtext(f"{SVG}title") for c in root.iter(f"{SVG}circle")]
    assert "dysprosium is essential in missile" in tips
    assert "dysprosium is used in naval platform" in tips
    framed = next(
        r
        for r in root.iter(f"{SVG}rect")
        if (r.findtext(f"{SVG}title") or "").startswith("China: at")
    )
    assert framed.attrib["fill"] == PAPER
    assert framed.attrib["stroke"] == EMPHASIS
    # A stage of which nobody is known for any material has no column.
    assert "Metal making" not in svg
    assert "licence in force" in svg
    assert ">≤ 90 %<" in svg
    narrow = draw(answer_of(asked, ladder_rows(asked)), width=420)
    assert "Essential in missile, drone." in narrow


def test_bars_show_bounds_intervals_and_units() -> None:
    asked = question("top-producers")
    rows = records(
        asked,
        {"product": "p", "country": "A", "share": 0.5, "bound": "at most", "kind": "country"},
        {"product": "p", "country": "B", "share": 0.25, "kind": "country"},
        {"product": "p", "country": "World", "amount": 9.0, "kind": "world"},
        {"product": "p", "country": "Others (X)", "share": 0.125, "kind": "residual"},
        {"product": "p", "country": "C", "kind": "country"},
    )
    svg = draw(answer_of(asked, rows))
    root = ET.fromstring(svg)
    wide = {
        (r.findtext(f"{SVG}title") or "").split(":")[0]: float(r.attrib["width"])
        for r in root.iter(f"{SVG}rect")
    }
    assert wide["A"] == pytest.approx(2 * wide["B"], rel=0.01)
    assert wide["B"] == pytest.approx(2 * wide["Others (X)"], rel=0.01)
    texts = [t.text for t in root.iter(f"{SVG}text")]
    assert "at most 50 %" in texts
    assert "Others" in texts
    assert "World" not in texts
    assert "Not drawn, since no figure is known: 1 in the table." in texts


def test_a_year_is_drawn_as_a_year() -> None:
    asked = question("restrictions")
    rows = records(
        asked,
        {"restriction": "a", "imposed_by": "X", "state": "in force", "effective": "2024"},
        {"restriction": "b", "imposed_by": "X", "state": "in force", "effective": "2024-01-01"},
        {"restriction": "c", "imposed_by": "X", "state": "undated"},
    )
    svg = draw(answer_of(asked, rows))
    assert_sound(svg)
    pieces: dict[str, list[tuple[str, float, float]]] = {}
    for r in ET.fromstring(svg).iter(f"{SVG}rect"):
        tip = (r.findtext(f"{SVG}title") or "").split(":")[0]
        where = float(r.attrib["x"]), float(r.attrib["x"]) + float(r.attrib["width"])
        pieces.setdefault(tip, []).append((r.attrib["fill"], *where))
    pale, full = pieces["A"]
    assert pale[0] == REST
    assert full[0] == EMPHASIS
    ((fill, begin, end),) = pieces["B"]
    assert (fill, begin) == (EMPHASIS, pale[1])
    assert full[1:] == pytest.approx((pale[2], end))
    year = (pale[2] - pale[1]) / (end - begin)
    assert year == pytest.approx(366 / (date(2026, 2, 3) - date(2024, 1, 1)).days, rel=0.01)
    assert "Without a date: 1." in " ".join(box.text for box in boxes(svg))


def test_a_time_line_explains_the_marks_that_occur_and_names_what_has_no_date() -> None:
    asked = question("restrictions")
    one = {"imposed_by": "X", "state": "in force", "effective": "2024-01-01"}
    svg = draw(answer_of(asked, records(asked, {"restriction": "a", **one})))
    assert ">Full: in force; arrow: no end is known.<" in svg
    later = {"restriction": "b", "imposed_by": "X", "state": "announced", "announced": "2025"}
    svg = draw(answer_of(asked, records(asked, {"restriction": "a", **one}, later)))
    assert "empty frame: suspended or still to come; pale: known to the month or the year" in svg
    undated = {"restriction": "a ban", "imposed_by": "X", "state": "announced"}
    svg = draw(answer_of(asked, records(asked, undated)))
    assert_sound(svg)
    assert ">No date is known.<" in svg
    assert ">a ban<" in svg
    assert ">announced<" in svg


@pytest.mark.parametrize(("label", "least"), [("a ban", 18), ("a ban on a metal " * 12, 8)])
def test_a_time_line_fits_a_page_and_says_what_it_leaves_out(label: str, least: int) -> None:
    asked = question("restrictions")
    rows = records(
        asked,
        *(
            {
                "restriction": f"{label}{n:02}", "imposed_by": f"Country {n % 3}",
                "state": "suspended", "announced": f"2024-{n % 12 + 1:02}-01",
                "effective": f"2025-01-{n % 28 + 1:02}", "suspended_from": "2025-11-09",
                "suspended_until": "2026-11-27",
            }
            for n in range(60)
        ),
    )  # fmt: skip
    notes = ("What the rows rest on is told here. " * 12,) * 2
    svg = draw(answer_of(asked, rows, warnings=notes))
    assert_sound(svg)
    size = ET.fromstring(svg).attrib
    assert float(size["height"]) / float(size["width"]) <= 257 / 160
    texts = " ".join(box.text for box in boxes(svg))
    shown = len(re.findall("from 2025-01-", texts))
    assert least <= shown < 24
    assert f"The newest {shown}; {60 - shown} more in the table." in texts
    # On a telephone nothing has to fit a page; the state is told once, beside its dates.
    narrow = draw(answer_of(asked, rows, warnings=notes), width=420)
    assert_sound(narrow)
    told = " ".join(box.text for box in boxes(narrow))
    assert len(re.findall("from 2025-01-", told)) == 24
    assert len(re.findall("suspended", told.partition("Empty frame")[0])) == 24


def test_a_text_is_wrapped_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from orepath.report.pictures import letters

    wrapped_texts: list[tuple[str, float, float]] = []
    original = letters._lines

    def counted(text: str, room: float, size: float, bold: bool) -> list[str]:
        wrapped_texts.append((text, room, size))
        return original(text, room, size, bold)

    monkeypatch.setattr(letters, "_lines", counted)
    asked = question("stage-ladder")
    row = {
        "material": "gallium", "stage": "separation and refining", "position": 1,
        "product": "gallium, low-purity primary metal from alumina", "maker": "China",
        "share": 0.02, "restricts": "in force: licence",
    }  # fmt: skip
    draw(answer_of(asked, records(asked, row)))
    draw(answer_of(asked, records(asked, row)), width=420)
    names = [text for text in wrapped_texts if text[0].startswith("low-purity primary metal")]
    assert len(names) == len(set(names)) == 2
    assert len([text for text in wrapped_texts if text[0] == "gallium"]) == 2


def test_one_year_is_no_trend() -> None:
    asked = question("risk-history")
    rows = records(
        asked,
        *(
            {"material": m, "year": "2023", "supply_risk": risk, "economic_importance": 3.0}
            for m, risk in (("dysprosium", 5.6), ("erbium", 5.6), ("lutetium", 5.5))
        ),
    )
    svg = draw(answer_of(asked, rows))
    assert_sound(svg)
    lines = [
        [float(n.attrib[end]) for end in ("x1", "x2")]
        for n in ET.fromstring(svg).iter(f"{SVG}line")
        if n.get("stroke-width") == "0.5"
    ]
    # Only from a point to its name, and no longer than the name is away.
    assert len(lines) == 6
    assert all(0 < right - left < 50 for left, right in lines)
    assert "Dotted" not in svg


def test_where_all_rows_are_totals_these_are_drawn() -> None:
    asked = question("demand-outlook")
    rows = records(
        asked,
        {"scenario": "s", "use": "all uses", "material": "m", "amount": 9.0, "aggregate": True},
    )
    assert ">all uses<" in draw(answer_of(asked, rows))


def test_what_rounding_leaves_of_zero_is_zero() -> None:
    asked = question("mine-vs-refine")
    rows = records(
        asked,
        {"refined_product": "p", "top_refiner": "X", "shift_low": -1.1e-14, "shift_high": 0.0},
    )
    svg = draw(answer_of(asked, rows))
    assert ">0<" in svg
    assert "e-14" not in svg


def test_no_name_of_the_ladder_is_cut() -> None:
    asked = question("stage-ladder")
    product = "NdFeB magnet with dysprosium or terbium"
    technologies = ("rare-earth permanent magnet", "jet engine and gas turbine")
    stages = ("extraction", "refining", "alloying", "component manufacturing")
    rows = records(
        asked,
        *(
            {
                "material": "m", "stage": stage, "position": n, "product": product,
                "maker": maker, "share": share, "essential_in": technologies,
            }
            for n, stage in enumerate(stages)
            for maker, share in (("China", 0.02), ("Japan", 0.9))
        ),
    )  # fmt: skip
    for across in (420, 800):
        svg = draw(answer_of(asked, rows), width=across)
        assert_sound(svg)
        assert [box.text for box in boxes(svg) if box.text.endswith("…")] == []


def test_dates_are_as_wide_as_they_are_vague() -> None:
    def days(text: object) -> tuple[str, str] | None:
        found = span(text)
        return found and tuple(  # type: ignore[return-value]
            date.fromordinal(day).isoformat() for day in (found.first, found.after)
        )

    assert days("2024") == ("2024-01-01", "2025-01-01")
    assert days("2023-12") == ("2023-12-01", "2024-01-01")
    assert days("2025-11-08 (planned)") == ("2025-11-08", "2025-11-09")
    assert days(date(2024, 2, 29)) == ("2024-02-29", "2024-03-01")
    assert days("2025-02-30") is None
    assert days("soon") is None
    assert days(None) is None


def test_a_trend_breaks_where_its_source_changes() -> None:
    asked = question("trend")
    rows = records(
        asked,
        *(
            {"product": "p", "country": "China", "period": str(year), "share": 0.1 * n, "source": s}
            for n, (year, s) in enumerate(((2020, "a"), (2021, "a"), (2022, "b"), (2023, "b")), 1)
        ),
    )
    svg = draw(answer_of(asked, rows))
    root = ET.fromstring(svg)
    lines = [p.attrib["d"] for p in root.iter(f"{SVG}path") if p.get("stroke") == SERIES[0]]
    assert len(lines) == 2
    assert all(d.count("L") == 1 for d in lines)
    assert any(n.get("stroke-dasharray") == "1.5 3" for n in root.iter(f"{SVG}line"))
    assert ">40 % China<" in svg


def test_months_stand_apart_on_the_axis_and_what_happened_is_marked() -> None:
    asked = question("trade-by-month")
    months = [f"{year}-{month:02}" for year in (2023, 2024) for month in range(1, 13)]
    rows = records(
        asked,
        *(
            {
                "goods": "g", "month": month, "quantity": float(n), "unit": "t", "source": "s",
                "event": "ban on g, from 2023-12-01" if month == "2023-12" else None,
            }
            for n, month in enumerate(months)
        ),
    )  # fmt: skip
    svg = draw(answer_of(asked, rows))
    root = ET.fromstring(svg)
    (path,) = [p.attrib["d"] for p in root.iter(f"{SVG}path") if p.get("stroke") == SERIES[0]]
    across = [float(x) for x in re.findall(r"[ML] ?(-?[\d.]+)", path)]
    assert len(set(across)) == len(months)
    assert across == sorted(across)
    (mark,) = [n for n in root.iter(f"{SVG}line") if n.get("stroke-dasharray") == "2 2"]
    assert float(mark.attrib["x1"]) == pytest.approx(across[11], abs=0.2)
    assert "1: ban on g, from 2023-12-01." in svg
    assert ">2024-01<" in svg


def test_colours_are_told_apart_in_grey() -> None:
    ladder = (EMPHASIS, *STEPS, REST)
    for one, other in pairwise(ladder):
        assert contrast(one, other) >= 1.2, (one, other)
    assert contrast(EMPHASIS, STEPS[0]) >= 2
    for text in (INK, QUIET, EMPHASIS, *SERIES):
        assert contrast(text, PAPER) >= 4.5, text
    for ground in ladder:
        assert contrast(on(ground), ground) >= 4.5, ground


@given(st.text(max_size=60), st.floats(1, 300), st.booleans())
def test_text_fits_its_room(text: str, room: float, bold: bool) -> None:
    kept = shortened(text, room, 10, bold=bold)
    assert width(kept, 10, bold=bold) <= max(room, width("…", 10, bold=bold)) + 1e-6
    lines = wrapped(text, room, 10, bold=bold)
    assert all(width(line, 10, bold=bold) <= room or len(line) == 1 for line in lines)
    assert "".join("".join(lines).split()) == "".join(
        "".join(wrapped(text, 1e9, 10, bold=bold)).split()
    )
    assert len(wrapped(text, room, 10, bold=bold, lines=2)) <= 2


def test_widths_are_those_of_the_font() -> None:
    for bold, path in enumerate(FONTS):
        font = TTFont(path)
        metrics, em = font["hmtx"], font["head"].unitsPerEm
        for code, name in font.getBestCmap().items():
            own = metrics[name][0] / em
            assert width(chr(code), 1, bold=bool(bold)) == pytest.approx(own, abs=0.0006)
    assert covered("Türkiye → ≥ 3 %, CO₂ ● ○ – Ελλάδα България")
    assert not covered("中国")
    assert width("中国", 10) == 20


def test_a_title_is_whole_sentences_without_sources() -> None:
    assert sentences("The U.S. makes it. China too (2025). It is 3.5 %.") == [
        "The U.S. makes it.", "China too (2025).", "It is 3.5 %.",
    ]  # fmt: skip
    asked = question("trend")
    finding = (
        "China makes 99 % (2025; Mineral Commodity Summaries 2026); " + "and so on " * 30 + "."
    )
    assert headline(answer_of(asked, [], finding=finding)) == "China makes 99 % (2025)."
    markets = ", ".join(f"market {n}: China {n} % (1,{n:03}–9,999 t)" for n in range(20))
    title = headline(answer_of(asked, [], finding=f"{markets}; the rest is not known."))
    assert title == f"{markets.split(', market 5')[0]} …"


def test_the_footer_names_sources_and_command() -> None:
    asked = question("restrictions")
    answer = answer_of(
        asked,
        records(asked, {"sources": ("b", "b2")}, {"sources": ("b",)}),
        sources=(
            Citation("a", "Seen nowhere", "Z", published="2020-01-01"),
            Citation("b", "A notice; and more", "Ministry (copy)", published="2025-04"),
            Citation("b2", "Other", "Ministry"),
        ),
        names={"as_of": "2026-02-03", "country": "DR Congo", "include_ended": "yes"},
    )
    assert source_line(answer) == (
        "Sources: Ministry, A notice (2025); Ministry, Other; Z, Seen nowhere (2020)."
    )
    assert command_line(answer) == (
        "orepath ask restrictions --as-of 2026-02-03 --country 'DR Congo' --include-ended"
    )


def test_a_source_is_cited_without_half_a_bracket() -> None:
    answer = answer_of(
        question("restrictions"),
        [],
        sources=(
            Citation("a", "Companionality (MCS 2024; Nassar 2015)", "Atlas", published="2026"),
            Citation("b", f"A study (of {'many words ' * 9})", "Z"),
        ),
    )
    assert source_line(answer) == (
        "Sources: Atlas, Companionality (MCS 2024; Nassar 2015) (2026); Z, A study …"
    )


def test_png_and_pdf_are_pictures_and_the_same_each_time() -> None:
    asked = question("stage-ladder")
    svg = draw(answer_of(asked, ladder_rows(asked)))
    image = png(svg, 800)
    assert image[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">I", image[16:20]) == (800,)
    assert image == png(svg, 800)
    document = pdf(svg)
    assert document.startswith(b"%PDF-")
    assert document == pdf(svg)
    assert b"Inter-Bold" in document


def test_without_typst_a_pdf_says_how_to_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(OrepathError) as error:
        pdf("<svg/>")
    assert "pip install 'orepath[report]'" in str(error.value.hint)


def examples(graph: Graph) -> Iterator[Answer]:
    for asked, _, answer in answered(graph):
        if asked.id in written():
            yield answer


def test_every_question_is_drawn_from_its_first_example(bundled: Graph) -> None:
    drawn = 0
    for answer in examples(bundled):
        for kind in kinds(answer.question):
            if kind in OWN:
                for wide in (800.0, 420.0):
                    assert_sound(draw(answer, kind, width=wide))
                    drawn += 1
    assert drawn > 60


def test_the_ladder_of_the_graph_holds_what_the_table_holds(bundled: Graph) -> None:
    asked = {"sector": "defence", "country": "China", "material": "rare earths"}
    answer = ask(bundled, question("stage-ladder"), asked)
    root = ET.fromstring(draw(answer))
    tips = [(r.findtext(f"{SVG}title") or "") for r in root.iter(f"{SVG}rect")]
    shown = [tip for tip in tips if tip.startswith("China: ")]
    assert len(shown) == sum(
        r["maker"] == "China" and r["share"] is not None for r in answer.records()
    )


def test_ticks_are_told_exactly_and_only_where_a_figure_is_known() -> None:
    asked = question("partner-trend")
    row = {"partner": "Argentina", "product": "gallium"}
    svg = draw(answer_of(asked, records(asked, row)))
    assert_sound(svg)
    assert ">not known<" in svg
    assert not re.search(r">[\d.]+ %<", svg)
    assert not list(ET.fromstring(svg).iter(f"{SVG}line"))[1:], "only the line above the footer"
    svg = draw(answer_of(asked, records(asked, {**row, "after": 0.0094})))
    ticks = [text for text in re.findall(r">([\d.]+ %)<", svg) if text != "0.9 %"]
    assert ticks == ["0 %", "0.25 %", "0.5 %", "0.75 %", "1 %"]


@given(st.lists(st.floats(0, 300), max_size=12).map(sorted))
def test_numbers_of_events_never_meet(places: list[float]) -> None:
    from orepath.report.pictures.scale import numbered

    found = numbered(places, 10.5)
    for (one, left), (other, right) in pairwise(found):
        assert other - one >= (width(left, 10.5) + width(right, 10.5)) / 2
    told = [int(number) for _, text in found for number in re.findall(r"\d+", text)]
    assert told == sorted(set(told))
    assert (told[:1], told[-1:]) == (([1], [len(places)]) if places else ([], []))
    assert numbered([0.0, 1.0, 100.0], 10.5) == [(0.5, "1–2"), (100.0, "3")]
