"""A firm's own purchases: read, refused by the cell, asked through the network, taken out again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from orepath.graph.connection import Graph
from orepath.graph.derive import derive
from orepath.loaders.base import Ledger
from orepath.loaders.facts import figures
from orepath.loaders.load import load_source, unload_source
from orepath.ontology.errors import OrepathError
from orepath.ontology.schema import load_schema
from orepath.ontology.validate import Validator
from orepath.queries import question
from orepath.queries.run import Answer, ask
from pictured import picture

HEADER = "buyer,supplier,country,product,amount,unit,period,measure\n"
ROWS = (
    "ACME Motors,Baotou Magnets,China,NdFeB magnet,12,t,2025,\n",
    "acme  motors,Shin Magnets,Japan,NdFeB magnet,8000,kg,2025,purchases\n",
    "ACME Motors,,Netherlands,NdFeB magnet,3,t,2025,\n",
)
DAY = "2026-02-03"


def table(path: Path, *rows: str) -> Path:
    path.write_text(HEADER + "".join(rows), "utf-8")
    return path


def read(path: Path) -> tuple[list[dict[str, Any]], Ledger]:
    ledger = Ledger()
    facts = list(figures.Loader().read([path]).facts(ledger))
    assert ledger.balanced
    for fact in facts:
        Validator(load_schema()).check(fact)
    return [dict(f.values) | {"term": f.term} for f in facts], ledger


def test_a_row_with_a_supplier_is_a_purchase_and_no_industry_follows(tmp_path: Path) -> None:
    found, ledger = read(table(tmp_path / "purchases.csv", *ROWS))
    assert (ledger.used, ledger.rejected) == (3, [])
    assert {f["term"] for f in found} == {"Company", "Purchase"}
    bought = [f for f in found if f["term"] == "Purchase"]
    assert [(f["company"], f["economy"], f["amount"], f["seller"]) for f in bought] == [
        ("acme-motors", "CHN", 12.0, "Baotou Magnets"),
        ("acme-motors", "JPN", 8.0, "Shin Magnets"),  # one firm, however it is written
        ("acme-motors", "NLD", 3.0, "not stated"),
    ]
    assert (bought[1]["original_value"], bought[1]["original_unit"]) == ("8000", "kg")
    assert {f["source"] for f in bought} == {"table-purchases"}


def test_without_a_buyer_the_table_speaks_for_its_owner(tmp_path: Path) -> None:
    row = ",Baotou Magnets,China,NdFeB magnet,12,t,2025,\n"
    company, bought = read(table(tmp_path / "Our Magnets.csv", row))[0]
    assert company["name"] == "the owner of table-our-magnets"
    assert bought["company"] == company["id"] == "table-our-magnets"


def test_names_in_other_letters_are_different_firms(tmp_path: Path) -> None:
    rows = [ROWS[0].replace("ACME Motors", name) for name in ("中国 AG", "日本 AG", "Zoë AG")]
    found = read(table(tmp_path / "t.csv", *rows))[0]
    assert len({f["id"] for f in found if f["term"] == "Company"}) == 3


@pytest.mark.parametrize(
    ("old", "new", "column", "said"),
    [
        ("China", "Chnia", "country", "Did you mean 'china'"),
        ("China", "World", "country", "Name where the supplier is"),
        ("NdFeB magnet", "NdFeB magnt", "product", "Did you mean"),
        ("12,t", "12,tonn", "unit", "Did you mean"),
        ("12,t", ",t", "amount", "say why there is none"),
        ("2025,", "2025,production", "measure", "Write purchases"),
        ("2025", "25", "period", "Write a year"),
    ],
)
def test_a_wrong_cell_is_named(old: str, new: str, column: str, said: str, tmp_path: Path) -> None:
    found, ledger = read(table(tmp_path / "t.csv", ROWS[0].replace(old, new), ROWS[1]))
    assert len(found) == 2
    (rejected,) = ledger.rejected
    assert (rejected.place.line, rejected.place.column) == (2, column)
    assert said in rejected.remedy


def test_a_purchase_is_stated_once(tmp_path: Path) -> None:
    ledger = read(table(tmp_path / "t.csv", ROWS[0], ROWS[0].replace("12", "9")))[1]
    assert [r.reason for r in ledger.rejected] == [
        "line 3 says otherwise (amount)",
        "line 2 says otherwise (amount)",
    ]


def by(answer: Answer) -> dict[tuple[str, str, str], dict[str, Any]]:
    return {(r["product_id"], r["seller_country_id"], r["country_id"]): r for r in answer.records()}


@pytest.mark.timeout(900)
def test_purchases_are_followed_through_the_network_and_leave_nothing(
    lent: Graph, tmp_path: Path
) -> None:
    exposure = question("exposure")
    assert not ask(lent, exposure, {}).rows
    loaded = load_source(lent, "table", [table(tmp_path / "purchases.csv", *ROWS)])
    derive(lent)
    assert (loaded.source, loaded.rejected) == ("table-purchases", [])
    answer = ask(lent, exposure, {"company": "ACME Motors", "as_of": DAY})
    rows = by(answer)
    magnet = "rare-earths/ndfeb-magnet"
    # Bought in China: all rests on it, under the licences of 4 April 2025.
    direct = rows[magnet, "CHN", "CHN"]
    assert (direct["share"], direct["tier"], direct["amount"]) == (1.0, 1, "12 t")
    assert "cn-2025-ree7" in direct["restriction_ids"]
    assert answer.records()[0] == direct
    # Bought in Japan: what its makers take of China's alloy and metal, as the other question says.
    upstream = rows[magnet, "JPN", "CHN"]
    asked = {"product": magnet, "supplier": "JPN", "country": "CHN"}
    (rests, *_) = ask(lent, question("hidden-dependence"), asked).records()
    for name in ("share", "share_low", "share_high"):
        assert abs(upstream[name] - rests[name]) < 1e-6
    assert upstream["chain_products"] == rests["chain_products"]
    assert upstream["share"] > 0.5
    assert upstream["how"].startswith("by NdFeB magnet alloy ←")
    assert {"table-purchases"} < set(upstream["sources"])
    assert rows[magnet, "JPN", "JPN"]["how"] == "bought there"
    # Nobody is known to make magnets in the Netherlands: whence they come is said not to be known.
    assert (magnet, "NLD", "CHN") not in rows
    assert rows[magnet, "NLD", "NLD"]["trader"] == "NdFeB magnet from Netherlands"
    assert "Of 3 purchases of ACME Motors (2025), 2 rest" in answer.finding
    assert any("Netherlands" in note and "trade what others made" in note for note in answer.notes)
    kinds = {"text": str, "number": float, "integer": int, "share": float, "boolean": bool}
    for column in answer.columns:
        for value in answer.values(column.name):
            assert value is None or isinstance(value, kinds.get(column.type, tuple)), column.name
    assert not ask(lent, exposure, {"country": "Chile"}).rows
    with pytest.raises(OrepathError, match="ACME"):
        ask(lent, exposure, {"company": "ACME Motor"})
    shown = picture(lent, exposure, {"company": "ACME Motors"})
    assert {"Company", "Industry", "Country"} <= {label for n in shown.nodes for label in n.labels}
    # No share, no industry and no other answer follows from a purchase, and nothing is left: `lent`
    # looks to that.
    unload_source(lent, "table-purchases")
