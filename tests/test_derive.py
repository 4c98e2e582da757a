"""The rule for headline shares, on evidence made by hand."""

from __future__ import annotations

from orepath.graph.network.headline import Report
from orepath.graph.network.leading import Sourcing, leading
from orepath.graph.network.store import ENDS, KEYS
from orepath.ontology.schema import load_schema


def report(economy: str, amount: float | None, **more: object) -> Report:
    values: dict[str, object] = {
        "product": "p",
        "industry": f"{economy}:p",
        "world": economy == "WLD",
        "aggregate": economy in ("WLD", "REST:x"),
        "measure": "production",
        "period": "2025",
        "basis": "contained",
        "amount": amount,
        "low": None,
        "high": None,
        "status": "normal",
        "source": "s",
        "published": "2026",
        "preference": 10,
        "publication": "pub",
    }
    return Report(**values | more)  # type: ignore[arg-type]


def shares(*reports: Report) -> dict[str, float | None]:
    return {s.industry.split(":")[0]: s.share for s in leading(reports).shares}


def test_the_denominator_is_the_larger_of_total_and_parts() -> None:
    rounded = shares(report("CHN", 900), report("RUS", 6), report("JPN", 3), report("WLD", 900))
    assert rounded == {"CHN": 0.990099, "RUS": 0.006601, "JPN": 0.0033}
    assert shares(report("CHN", 50), report("WLD", 200)) == {"CHN": 0.25}


def test_the_residual_counts_in_the_denominator_and_has_no_share() -> None:
    assert shares(report("CHN", 60), report("REST:x", 40)) == {"CHN": 0.6}


def test_a_withheld_producer_that_the_total_leaves_out_makes_upper_bounds() -> None:
    found = list(
        leading(
            [report("CHN", 60), report("USA", None, status="withheld"), report("WLD", 60)]
        ).shares
    )
    assert [(s.share, s.share_low, s.share_high) for s in found] == [(None, None, 1.0)]


def test_a_withheld_producer_within_the_published_total() -> None:
    found = shares(report("CHN", 60), report("USA", None, status="withheld"), report("WLD", 80))
    assert found == {"CHN": 0.75}


def test_without_a_whole_there_is_no_share() -> None:
    assert shares(report("DEU", 120)) == {}
    assert shares(report("CHN", 60), report("USA", None, status="withheld")) == {}
    hidden = report("USA", None, status="not-available")
    assert shares(report("CHN", 60), hidden, report("REST:x", 40)) == {}


def test_a_true_zero_is_a_share_of_zero() -> None:
    found = shares(report("CHN", 10), report("USA", 0), report("WLD", 10))
    assert found == {"CHN": 1.0, "USA": 0.0}


def test_a_bound_stays_a_bound() -> None:
    found = {
        s.industry: (s.share, s.share_low, s.share_high)
        for s in leading([report("CHN", 90), report("RUS", None, low=5), report("WLD", 100)]).shares
    }
    assert found["RUS:p"] == (None, 0.05, None)


def test_preference_edition_period_and_basis() -> None:
    assert shares(
        report("CHN", 50),
        report("WLD", 100),
        report("CHN", 70, publication="other", preference=20, source="o"),
        report("WLD", 100, publication="other", preference=20, source="o"),
    ) == {"CHN": 0.5}
    assert shares(
        report("CHN", 50),
        report("WLD", 100),
        report("CHN", 60, source="old", published="2025"),
        report("WLD", 100, source="old", published="2025"),
    ) == {"CHN": 0.5}
    assert shares(
        report("CHN", 50),
        report("WLD", 100),
        report("CHN", 60, period="2024"),
        report("WLD", 100, period="2024"),
    ) == {"CHN": 0.5}
    assert shares(
        report("CHN", 50, basis="gross-weight"),
        report("RUS", 50, basis="gross-weight"),
        report("WLD", 100, basis="gross-weight"),
        report("CHN", 20),
    ) == {"CHN": 0.5, "RUS": 0.5}


def source(name: str, period: str, preference: int, chinese: float) -> list[Report]:
    more = {"period": period, "preference": preference, "publication": name, "source": name}
    return [report("CHN", chinese, **more), report("WLD", 100, **more)]


def test_evidence_that_ended_long_before_the_newest_goes_behind_it() -> None:
    study = source("study", "2016-2020", 40, 33)
    assert shares(*study, *source("outlook", "2024", 50, 70)) == {"CHN": 0.7}
    assert shares(*study, *source("outlook", "2023", 50, 70)) == {"CHN": 0.33}
    without_whole = source("outlook", "2024", 50, 70)[:1]
    assert shares(*study, *without_whole) == {"CHN": 0.33}


def document(name: str, period: str, amount: float | None, **more: object) -> Report:
    values = {"measure": "share-of-supply", "preference": 10000, "period": period}
    return report("CHN", amount, source=name, publication=name, **values, **more)


def test_among_documents_the_newest_leads_and_then_a_point() -> None:
    ranged = document("a", "2024", None, low=85, high=90)
    assert shares(ranged, document("b", "2024", 94)) == {"CHN": 0.94}
    assert shares(document("a", "2019", 80), document("b", "2022", 95)) == {"CHN": 0.95}
    bounds = [
        (s.share_low, s.share_high) for s in leading([ranged, document("b", "2019", 80)]).shares
    ]
    assert bounds == [(0.85, 0.9)]


def test_a_document_makes_no_publication_old() -> None:
    study = source("study", "2016-2020", 40, 33)
    assert shares(*study, document("a", "2025", 90)) == {"CHN": 0.33}


def test_published_shares_are_taken_as_they_are() -> None:
    assert shares(report("CHN", 94, measure="share-of-supply")) == {"CHN": 0.94}


def test_no_evidence_no_share() -> None:
    assert shares(report("WLD", 100)) == {}
    assert shares(report("CHN", 0), report("USA", None, status="withheld")) == {}


# ---- Which evidence leads, and why ---------------------------------------------------------


def order(*reports: Report) -> list[tuple[str, str, str]]:
    """Source, period and what decided, in order."""
    return [
        (one.evidence.first.source, one.evidence.first.period, one.decided_by)
        for one in leading(reports).output["p"]
    ]


def test_what_decides_is_said_of_each_piece_of_evidence() -> None:
    assert order(*source("study", "2016-2020", 40, 33)) == [("study", "2016-2020", "only")]
    assert order(
        *source("study", "2016-2020", 40, 33),
        *source("outlook", "2024", 50, 70),
        *source("outlook", "2023", 50, 70),
        *source("counts", "2024", 30, 70)[:1],
        document("a", "2025", 90),
    ) == [
        ("outlook", "2024", "newest"),
        ("outlook", "2023", "newest"),
        ("study", "2016-2020", "recent"),
        ("a", "2025", "publication"),
        ("counts", "2024", "whole"),
    ]


def test_what_was_not_read_goes_behind_and_gives_no_share() -> None:
    heard = document("heard", "2025", 95, verified=False)
    assert shares(heard, document("read", "2020", 80)) == {"CHN": 0.8}
    assert shares(heard) == {}
    assert order(heard, report("CHN", 60)) == [("s", "2025", "read"), ("heard", "2025", "read")]


def test_evidence_without_a_whole_leads_where_there_is_no_other() -> None:
    (one,) = leading([report("DEU", 120)]).output["p"]
    assert (one.precedence, one.evidence.shares) == (1, ())


def sold(source_id: str, period: str, published: str, preference: int, measured: int) -> Sourcing:
    return Sourcing("p", "EU27", source_id, period, published, preference, measured, 5)


def test_the_order_of_sourcing() -> None:
    found = leading(
        [],
        [
            sold("list", "2016-2020", "2023", 10, 0),
            sold("doc", "2024", "2025", 10000, 1),
            sold("study-2023", "2016-2020", "2023", 40, 3),
            sold("study-2020", "2012-2016", "2020", 40, 3),
        ],
    ).sourcing["p", "EU27"]
    assert [(one.evidence.source, one.precedence, one.decided_by) for one in found] == [
        ("study-2023", 1, "newest"),
        ("study-2020", 2, "newest"),
        ("doc", 3, "preference"),
        ("list", 4, "measured"),
    ]


def test_the_links_keep_order_and_reason() -> None:
    links = list(leading(source("study", "2024", 40, 33), [sold("s", "2024", "", 1, 1)]).links())
    assert [(k.type, k.start, k.end) for k in links] == [
        ("OUTPUT_KNOWN_FROM", "p", "study"),
        ("SOURCING_KNOWN_FROM", "p", "s"),
    ]
    assert links[0].values() == {
        "id": "p;study;production;contained;2024",
        "measure": "production",
        "basis": "contained",
        "period": "2024",
        "whole": True,
        "precedence": 1,
        "decided_by": "only",
        "method": "leading-evidence",
    }
    assert links[1].values()["id"] == "p;s;EU27;2024"


def test_what_is_stored_has_the_ends_and_the_key_of_the_ontology() -> None:
    schema = load_schema()
    relations = {r.type: r for r in schema.relations.values() if r.type in ENDS}
    assert set(relations) == set(ENDS) == set(KEYS)
    for type_, relation in relations.items():
        assert relation.derived
        assert relation.key == (relation.start_role, relation.end_role, *KEYS[type_])
        ends = tuple(schema.root_labels(labels)[0] for labels in (relation.start, relation.end))
        assert ends == ENDS[type_]
