"""Names in the EU's languages and Chinese: the file, what is found by it, what is never guessed."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import yaml

from orepath.ontology.errors import OrepathError
from orepath.ontology.languages import LANGUAGES, ForeignName, foreign_names
from orepath.ontology.vocabulary import load_vocabulary
from orepath.queries.names import Names, Thing, in_languages
from orepath.queries.spelling import normal

ROOT = Path(__file__).parents[1]
OFFICIAL = {
    "bg", "cs", "da", "de", "el", "es", "et", "fi", "fr", "ga", "hr", "hu", "it", "lt", "lv", "mt",
    "nl", "pl", "pt", "ro", "sk", "sl", "sv",
}  # fmt: skip
"""ISO 639-1 codes of the official languages of the European Union, English left out."""


def vocabulary_names(kind: str, root: str) -> Names:
    """The names of a kind as they are in a graph of the vocabularies alone."""
    things = []
    for id_, values in load_vocabulary().individuals[root].items():
        codes = [str(values[key]) for key in ("symbol", "alpha2", "alpha3") if values.get(key)]
        others = values.get("alt_names") or ()
        alt = [str(name) for name in others] if isinstance(others, list | tuple) else []
        things.append(Thing(id_, str(values.get("name") or id_), tuple(codes), tuple(alt)))
    return Names(kind, things)


MATERIALS = vocabulary_names("material", "material")
ECONOMIES = vocabulary_names("economy", "economy")


def test_every_name_is_of_something_in_the_vocabularies_and_has_a_described_source() -> None:
    described = yaml.safe_load((ROOT / "ontology/vocabulary/names.yaml").read_text("utf-8"))
    individuals = load_vocabulary().individuals
    rows = foreign_names()
    for name in rows:
        assert name.id in individuals[name.kind], name
        assert name.language in LANGUAGES, name
        assert name.name == name.name.strip(), name
        assert normal(name.name), name
        assert described[name.source].keys() - {"terms"} == {
            "title", "publisher", "version", "licence", "url", "package", "taken"
        }  # fmt: skip
    assert {name.source for name in rows} == set(described)
    assert list(rows) == sorted(rows, key=lambda n: (n.kind, n.id, n.language, n.name, n.source))
    written = Counter((n.kind, n.id, n.language, normal(n.name)) for n in rows)
    assert written.most_common(1)[0][1] == 1


def test_the_languages_are_those_of_the_union_and_chinese() -> None:
    assert set(LANGUAGES) == OFFICIAL | {"zh", "zh-Hant"}
    countries = {(n.language, n.id) for n in foreign_names() if n.kind == "economy"}
    of_the_union = {
        str(fact["country"])
        for fact in load_vocabulary().of("Membership")
        if fact["bloc"] == "EU27" and not fact.get("until")
    }
    assert len(of_the_union) == 27
    missing = {
        (language, country)
        for language in LANGUAGES
        for country in of_the_union | {"CHN", "USA", "COD", "EU27"}
        if (language, country) not in countries
    }
    assert missing == set()


def test_the_elements_are_named_in_every_language() -> None:
    named = {(n.language, n.id) for n in foreign_names() if n.kind == "material"}
    elements = {
        id_
        for id_, values in load_vocabulary().individuals["material"].items()
        if values.get("kind") == "element"
    }
    missing = {
        language: sorted(id_ for id_ in elements if (language, id_) not in named)
        for language in LANGUAGES
    }
    # No list that may be used has the rarer elements in Maltese.
    assert "neodymium" in missing.pop("mt")
    assert all(len(ids) <= 2 for ids in missing.values()), missing


@pytest.mark.parametrize(
    ("names", "text", "id_"),
    [
        (ECONOMIES, "Deutschland", "DEU"), (ECONOMIES, "中国", "CHN"), (ECONOMIES, "中國", "CHN"),
        (ECONOMIES, "ALLEMAGNE", "DEU"), (ECONOMIES, "Германия", "DEU"),
        (ECONOMIES, "Saksamaa", "DEU"), (ECONOMIES, "Europäische Union", "EU27"),
        (ECONOMIES, "欧盟", "EU27"), (ECONOMIES, "Konžská demokratická republika", "COD"),
        (ECONOMIES, "An tSín", "CHN"), (ECONOMIES, "Κίνα", "CHN"),
        (MATERIALS, "Neodym", "neodymium"), (MATERIALS, "钕", "neodymium"),
        (MATERIALS, "terres rares", "rare-earths"), (MATERIALS, "Seltene Erden", "rare-earths"),
        (MATERIALS, "złoto", "gold"), (MATERIALS, "zloto", "gold"), (MATERIALS, "Zinn", "tin"),
        (MATERIALS, "estanho", "tin"), (MATERIALS, "Volframas", "tungsten"),
        (MATERIALS, "Gearmáiniam", "germanium"), (MATERIALS, "stål", "iron"),
        (MATERIALS, "Flussspat", "fluorspar"), (MATERIALS, "barytine", "baryte"),
        (MATERIALS, "Glimmer", "mica"), (MATERIALS, "云母", "mica"), (MATERIALS, "雲母", "mica"),
        (MATERIALS, "Kieselgur", "diatomite"), (MATERIALS, "pumeks", "pumice"),
        (MATERIALS, "Пемза", "pumice"), (MATERIALS, "萤石", "fluorspar"),
        (MATERIALS, "Eisenschrott", "iron-and-steel-scrap"), (MATERIALS, "mastek", "talc"),
        (MATERIALS, "sjældne jordarter", "rare-earths"),
        (MATERIALS, "těživec", "baryte"), (MATERIALS, "grafito natural", "natural-graphite"),
    ],
)  # fmt: skip
def test_a_name_in_another_language_is_understood(names: Names, text: str, id_: str) -> None:
    assert names.match(text).id == id_


def test_minerals_are_named_too() -> None:
    """Of 142 materials those without a name in any other language are told here, so that a source
    that is lost, or one that is found, is seen."""
    named = {n.id for n in foreign_names() if n.kind == "material"}
    assert load_vocabulary().individuals["material"].keys() - named == {
        "ball-clay", "common-clay", "cultured-quartz", "fullers-earth", "gem-diamond",
        "heavy-mineral-sands", "heavy-rare-earths", "high-purity-quartz", "iron-and-steel-slag",
        "iron-oxide-pigments", "light-rare-earths", "magnet-rare-earths",
        "manufactured-abrasives", "platinum-group-metals", "potash", "sand-and-gravel",
        "wollastonite",
    }  # fmt: skip
    chinese = {n.id for n in foreign_names() if n.kind == "material" and n.language == "zh"}
    assert {"baryte", "fluorspar", "feldspar", "magnesite", "natural-graphite"} <= chinese


def test_mistakes_of_the_lists_are_left_out() -> None:
    rows = {(n.language, n.name, n.id) for n in foreign_names()}
    assert ("pt", "Zinco", "zinc") in rows
    assert ("pt", "Zinco", "tin") not in rows
    # The Greek heading of garnet says granite; a dictionary's diamond also that of cards.
    assert "γρανίτης" not in {name for _, name, _ in rows}
    assert ("zh", "金刚石", "diamond") in rows
    assert ("zh", "方块", "diamond") not in rows
    # The EU's list writes Germany in Bulgarian with Latin letters that look like Cyrillic ones.
    assert ("bg", "Гepмaния", "DEU") not in rows
    assert ("bg", "Германия", "DEU") in rows


def test_english_and_codes_win_over_other_languages() -> None:
    # "Tina" is tin in Finnish: a thing of that English name would still come first.
    names = Names("material", (Thing("tin", "tin"), Thing("x", "Tina"), Thing("y", "y", ("cin",))))
    assert names.match("tina").id == "x"
    assert names.match("cín").id == "y"
    assert names.match("Zinn").id == "tin"


def test_a_name_of_two_things_lists_both_with_their_languages() -> None:
    with pytest.raises(OrepathError) as error:
        ECONOMIES.match("San Martín")
    assert "MAF (Saint Martin, in Spanish)" in error.value.message
    assert "SXM (Sint Maarten, in Spanish)" in error.value.message
    assert error.value.hint == "Use the id."


def test_a_word_that_means_two_things_in_two_languages_lists_both(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from orepath.ontology import languages

    rows = (
        ForeignName("material", "lead", "cs", "Olovo", "cpv"),
        ForeignName("material", "tin", "bg", "олово", "cpv"),
        ForeignName("material", "tin", "fr", "olovo", "cpv"),
    )
    monkeypatch.setattr(languages, "foreign_names", lambda: rows)
    names = Names("material", (Thing("lead", "lead"), Thing("tin", "tin")))
    said = r"lead \(lead, in Czech\), tin \(tin, in French\)"
    with pytest.raises(OrepathError, match=said):
        names.match("olovo")
    assert names.match("олово").id == "tin"


def test_a_near_miss_in_another_language_is_only_offered() -> None:
    with pytest.raises(OrepathError) as error:
        ECONOMIES.match("Deutschlant")
    assert error.value.hint == "Did you mean Germany?"
    with pytest.raises(OrepathError) as error:
        MATERIALS.match("Gallim")
    assert "gallium" in str(error.value.hint)


def test_only_what_the_graph_holds_is_found() -> None:
    few = Names("country", (Thing("DEU", "Germany"),))
    assert few.match("Alemania").id == "DEU"
    with pytest.raises(OrepathError):
        few.match("中国")
    anything = Names("thing", (Thing("Economy:CHN", "China"), Thing("Material:tin", "tin")))
    assert anything.match("中国").id == "Economy:CHN"
    assert in_languages("sector", {"defence"}) == {}


def test_no_material_is_called_by_the_english_name_of_another() -> None:
    english = {}
    for thing in MATERIALS.things:
        for word in (thing.name, *thing.alt_names):
            if word not in thing.codes:
                english[normal(word)] = thing.id
    clashes = {
        (n.language, n.name, n.id, english[normal(n.name)])
        for n in foreign_names()
        if n.kind == "material" and english.get(normal(n.name), n.id) != n.id
    }
    assert clashes == set()


def test_who_asks_in_english_does_not_read_the_file() -> None:
    code = (
        "import sys\n"
        "from orepath.queries.names import Names, Thing\n"
        "names = Names('material', (Thing('tin', 'tin', ('Sn',)),))\n"
        "assert names.match('Sn').id == 'tin'\n"
        "assert 'orepath.ontology.languages' not in sys.modules\n"
        "assert names.match('Zinn').id == 'tin'\n"
        "assert 'orepath.ontology.languages' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
