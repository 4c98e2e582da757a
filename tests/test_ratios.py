"""What `make bench` says of ratios that became worse."""

from __future__ import annotations

from pathlib import Path

from orepath.bench import ratios


def test_a_ratio_that_became_worse_is_told_whichever_way_is_better(tmp_path: Path) -> None:
    file = tmp_path / "ratios.csv"
    assert ratios.kept(file) == {}
    before = {"question sources": (1.0, "<= 1.2"), "writer": (1.0, ">= 0.8"), "gone": (1.0, "")}
    ratios.keep(before, file)
    assert ratios.kept(file) == before
    much_better = {"question sources": (0.5, "<= 1.2"), "writer": (2.0, ">= 0.8"), "new": (9.0, "")}
    assert list(ratios.worse(much_better, before)) == []
    a_little_worse = {"question sources": (1.2, "<= 1.2"), "writer": (0.85, ">= 0.8")}
    assert list(ratios.worse(a_little_worse, before)) == []
    much_worse = {"question sources": (1.5, "<= 1.2"), "writer": (0.5, ">= 0.8")}
    assert list(ratios.worse(much_worse, before)) == [
        "question sources: ratio 1.50, was 1.00 (1.50 times worse)",
        "writer: ratio 0.50, was 1.00 (2.00 times worse)",
    ]


def test_a_line_of_the_report_is_known_without_its_figures() -> None:
    assert ratios.name("question sources: 12 ms raw, ratio") == "question sources"
    assert ratios.name("offline import: 1,000 flows of 5 years, ratio") == "offline import"
    assert set(ratios.kept()) == {ratios.name(what) for what in ratios.kept()}
