"""The bundled snapshot: what is written is read back, and a rebuild gives the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orepath.loaders import bundle
from orepath.loaders.base import Ledger
from orepath.loaders.facts import loader as facts
from orepath.loaders.facts import sets
from orepath.loaders.registry import all_editions
from orepath.ontology.errors import OrepathError
from orepath.ontology.facts import Fact, Place, Value
from orepath.ontology.schema import load_schema
from orepath.ontology.validate import RelationRecord, Validator
from orepath.tools import rebuild

from .stated import individuals

MEGABYTE = 1_000_000


def written(tmp_path: Path, facts: Sequence[Fact]) -> list[Fact]:
    bundle.write("some-source", facts, tmp_path)
    return list(bundle.read("some-source", tmp_path))


def claim(**values: Value) -> Fact:
    return Fact("Claim", {"id": "c1", "name": "a claim", "text": "it is so", **values})


strings = st.text(min_size=1)
awkward = st.sampled_from(["NA", "null", "", "true", "1.0", "2025", '"', ",", "\r", "\n", "\r\n"])


@settings(max_examples=150, deadline=None)
@given(
    text=strings | awkward.filter(bool),
    subject=strings | awkward.filter(bool),
    value=st.floats(allow_nan=False, allow_infinity=False),
    made=st.dates(),
    names=st.lists(strings | awkward.filter(bool), min_size=1, max_size=3),
)
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory,
    text: str,
    subject: str,
    value: float,
    made: date,
    names: list[str],
) -> None:
    fact = claim(text=text, subject=subject, value=value, made_on=made, alt_names=names)
    (back,) = written(tmp_path_factory.mktemp("bundle"), [fact])
    assert back.term == "Claim"
    assert back.values == fact.values
    assert [type(back.values[name]) for name in sorted(fact.values)] == [
        type(fact.values[name]) for name in sorted(fact.values)
    ]


def test_namibia_and_texts_that_look_like_something_else_stay_texts(tmp_path: Path) -> None:
    facts = [
        Fact("Country", {"id": "NAM", "name": "Namibia", "alpha2": "NA", "alpha3": "NAM"}),
        claim(period="2025", subject="true", object="1e3", predicate="NA"),
    ]
    back = {fact.term: fact.values for fact in written(tmp_path, facts)}
    assert back["Country"]["alpha2"] == "NA"
    assert back["Claim"]["period"] == "2025"
    assert back["Claim"]["subject"] == "true"
    assert back["Claim"]["object"] == "1e3"


def test_absent_stays_absent(tmp_path: Path) -> None:
    first, second = claim(value=None), Fact("Claim", {"id": "c2", "name": "n", "value": 0.0})
    back = {fact.values["id"]: fact.values for fact in written(tmp_path, [second, first])}
    assert "value" not in back["c1"]
    assert back["c2"]["value"] == 0.0
    assert "text" not in back["c2"]


def test_order_and_repetition_do_not_matter(tmp_path: Path) -> None:
    facts = [Fact("Material", {"id": name, "name": name}) for name in ("zinc", "gold", "tin")]
    edge = Fact("part_of", {"start": "tin", "end": "zinc"})
    one = bundle.render([*facts, edge])
    assert one == bundle.render([edge, *reversed(facts), *facts])
    assert one["Material"].splitlines() == ["id,name", "gold,gold", "tin,tin", "zinc,zinc"]
    assert one["part_of"] == "start,end\ntin,zinc\n"


def test_the_key_stands_first_in_the_header() -> None:
    tie = Fact(
        "ByproductTie",
        {"companionality": 100, "host": "zinc", "material": "indium", "source": "s", "note": "x"},
    )
    header, row = bundle.render([tie])["ByproductTie"].splitlines()
    assert header == "material,host,source,companionality,note"
    assert row == "indium,zinc,s,100.0,x"


def test_a_place_is_the_line_in_the_bundle_or_that_of_the_publisher(tmp_path: Path) -> None:
    observation: dict[str, Value] = {
        "industry": "CHN:gallium/primary-low-purity",
        "source": "s",
        "measure": "production",
        "basis": "contained",
        "period": "2025",
        "status": "estimated",
        "verified": True,
    }
    facts = [
        Fact("IndustryObservation", observation | {"file": "MCS.csv", "line": 4711}),
        Fact("Material", {"id": "a", "name": "two\nlines"}),
        Fact("Material", {"id": "b", "name": "one"}),
    ]
    places = [fact.place for fact in written(tmp_path, facts)]
    assert places == [
        Place("MCS.csv", 4711),
        Place("some-source/Material.csv", 2),
        Place("some-source/Material.csv", 4),
    ]


def test_two_facts_of_one_key_that_differ_are_refused() -> None:
    facts = [Fact("Material", {"id": "tin", "name": name}) for name in ("tin", "Zinn")]
    with pytest.raises(OrepathError, match=r"Material tin .* name \('tin', 'Zinn'\)"):
        bundle.render(facts)


def test_a_bundle_that_the_ontology_does_not_know_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OrepathError, match="no colour in the ontology"):
        bundle.render([Fact("Material", {"id": "tin", "colour": "grey"})])
    bundle.write("s", [Fact("Material", {"id": "tin", "name": "tin"})], tmp_path)
    file = tmp_path / "s" / "Material.csv"
    file.write_text("id,colour\ntin,grey\n")
    with pytest.raises(OrepathError, match="no 'colour' of Material"):
        list(bundle.read("s", tmp_path))
    file.rename(tmp_path / "s" / "Planet.csv")
    with pytest.raises(OrepathError, match="'Planet', which the ontology does not define"):
        list(bundle.read("s", tmp_path))


def test_a_cell_of_the_wrong_kind_is_refused_with_its_place(tmp_path: Path) -> None:
    bundle.write("s", [claim(value=1.0)], tmp_path)
    file = tmp_path / "s" / "Claim.csv"
    file.write_text(file.read_text().replace("1.0", "much"))
    with pytest.raises(OrepathError, match=r"s/Claim\.csv, line 2, column value: 'much'"):
        list(bundle.read("s", tmp_path))


def test_a_source_that_is_not_bundled_is_named() -> None:
    with pytest.raises(OrepathError, match="'bgs-wms' is not in the bundled snapshot"):
        list(bundle.read("bgs-wms"))


def test_only_what_may_be_passed_on_is_bundled() -> None:
    listed = rebuild.bundled_files()
    assert set(listed) == set(bundle.sources())
    assert all(all_editions()[source].redistributable for source in listed)


def test_the_snapshot_is_small_enough_for_a_wheel() -> None:
    files = [file for file in bundle.data_folder().rglob("*") if file.is_file()]
    assert len(files) > len(bundle.sources())
    # As text; the wheel (test_wheel.py) is a good deal smaller.
    assert sum(file.stat().st_size for file in files) < 40 * MEGABYTE


def test_a_rebuild_is_byte_identical(shared: Path, tmp_path: Path) -> None:
    assert rebuild.rebuild(shared, tmp_path) == []
    committed, rebuilt = (
        {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*.*")}
        for folder in (bundle.data_folder(), tmp_path)
    )
    # What is derived needs a server: test_bulk.py compares it.
    committed = {n: c for n, c in committed.items() if not n.startswith(f"{bundle.DERIVED}/")}
    assert sorted(rebuilt) == sorted(committed)
    for name, content in committed.items():
        assert rebuilt[name] == content, f"{name} differs from what the publishers' files give"


def test_every_reference_of_the_snapshot_leads_somewhere() -> None:
    schema = load_schema()
    validator = Validator(schema)
    known = individuals()
    known.setdefault("Source", set()).update(all_editions())
    relations: list[tuple[Fact, RelationRecord]] = []
    curated = (facts.set_files(folder) for folder in sets.bundled().values())
    read = [facts.Loader().read(files).facts(Ledger()) for files in curated]
    for found in (*map(bundle.read, bundle.sources()), *read):
        for fact in found:
            record = validator.check(fact)
            if isinstance(record, RelationRecord):
                relations.append((fact, record))
            else:
                known.setdefault(record.cls.root, set()).add(record.id)
    assert relations
    for fact, record in relations:
        for label, name in (record.start, record.end):
            assert name in known[label], f"{fact.place}: {label} {name}"
        for p in record.relation.properties:
            name = str(fact.values.get(p.name, ""))
            if name and p.datatype == "reference":
                label = schema.root(p.target[0])
                assert name in known[label], f"{fact.place}: {p.name} {name}"


def test_no_row_of_the_publishers_is_lost() -> None:
    assert bundle.index()
    for source, entry in bundle.index().items():
        assert entry.rows_read == entry.used + sum(entry.left.values()), source
        assert entry.facts == sum(1 for _ in bundle.read(source)), source


def test_a_rejected_row_keeps_the_source_as_it_was(shared: Path, tmp_path: Path) -> None:
    publishers, folder = tmp_path / "publishers", tmp_path / "data"
    (publishers / "facts").mkdir(parents=True)
    good = (shared / "facts" / "iea_supply_2025.csv").read_text("utf-8")
    file = publishers / "facts" / "iea_supply_2025.csv"
    file.write_text(good, "utf-8")
    assert rebuild.rebuild(publishers, folder, ["iea-cmd-2025"]) == []
    before = {f.name: f.read_bytes() for f in folder.rglob("*.*")}
    file.write_text(good.replace("extraction,Chile,", "extraction,Chle,"), "utf-8")
    rejected = rebuild.rebuild(publishers, folder, ["iea-cmd-2025"])
    assert rejected[0].place.line == 2
    assert {r.value for r in rejected} == {"Chle"}
    assert "chile" in rejected[0].remedy
    assert {f.name: f.read_bytes() for f in folder.rglob("*.*")} == before


def test_the_command_names_what_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rebuild.main([]) == 2
    assert rebuild.main([str(tmp_path), "iea-cmd-2025"]) == 1
    assert "iea_supply_2025.csv is not there" in capsys.readouterr().err
    assert rebuild.main([str(tmp_path), "no-such-source"]) == 1
    assert "Bundled sources: bgs-wms-2023, cepii-baci-2026-01" in capsys.readouterr().err
