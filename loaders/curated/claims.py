"""Claims: what the news article and quoted headlines say, without a verdict.

A claim is evidence of nothing but its having been made. Its text is a paraphrase; a bound ("over
70 %") is no value; what it is about are nodes of the vocabularies, by ``mapping/claims.csv``; how
the graph is asked whether it holds says ``mapping/claim_tests.csv``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from ...ontology.errors import OrepathError
from ...ontology.facts import Fact, Place, Value
from ..documents import document
from ..protocol import Ledger
from ..tables import Row, decode
from .reading import (
    DOCUMENT_COLUMNS,
    Unreadable,
    distinct,
    document_of,
    look_up,
    partial_date,
    parts,
    read_rows,
    referred,
    words,
)

SOURCE = "orepath-claims"
COLUMNS = {
    "headline_claims": (
        *("claim_id", "subject", "material_id", "stage", "paraphrase", "value", "unit"),
        *("period", "note"),
        *DOCUMENT_COLUMNS,
    )
}
ARTICLE_KEYS = ("title", "publisher", "published")
CLAIM_KEYS = ("id", "subject", "predicate", "object", "asserted_by", "verification")


def recognise(files: Sequence[Path]) -> str:
    """``orepath-claims``; raises ``OrepathError`` where a file, key or column is not there."""
    split(files)
    return SOURCE


def split(files: Sequence[Path]) -> tuple[Path, Path]:
    """The article's YAML and the headlines' CSV."""
    articles = [file for file in files if file.suffix in (".yaml", ".yml")]
    tables = [file for file in files if file not in articles]
    if len(articles) != 1:
        raise OrepathError(
            f"{len(articles)} YAML files are given, and the claims of an article are one",
            "Give the article's YAML and the headlines' CSV.",
        )
    return articles[0], parts(tables, COLUMNS)["headline_claims"]


def facts(files: Sequence[Path], ledger: Ledger) -> Iterator[Fact]:
    """Claims, what they are about, and the documents in which they were made."""
    article, headlines = split(files)
    yield from distinct(article_claims(article, ledger))
    yield from distinct(read_rows(headlines, COLUMNS["headline_claims"], ledger, headline))


def article_claims(file: Path, ledger: Ledger) -> Iterator[Fact]:
    """The claims of the article; a row of the ledger is one claim."""
    text = decode(file)
    try:
        data = yaml.safe_load(text)
        article, claims = data["article"], data["claims"]
        source = {key: article[key] for key in ARTICLE_KEYS}
    except (yaml.YAMLError, KeyError, TypeError) as error:
        raise OrepathError(
            f"{file.name} is no list of an article's claims: {error}",
            f"It needs article ({', '.join(ARTICLE_KEYS)}) and claims.",
        ) from error
    published = source["published"]
    if not isinstance(published, date):
        published = datetime.fromisoformat(str(published))
    day = published.date() if isinstance(published, datetime) else published
    node = document(source["title"], source["publisher"], day.isoformat(), "", Place(file.name, 1))
    yield node
    lines = text.splitlines()
    for claim in claims:
        place = Place(file.name, line_of(claim, lines))
        try:
            made = list(article_claim(claim, str(node.values["id"]), day, place))
        except Unreadable as problem:
            ledger.reject(problem.place, problem.value, problem.reason, problem.remedy)
        else:
            ledger.use()
            yield from made


def line_of(claim: Mapping[str, Any], lines: Sequence[str]) -> int | None:
    """The line of the file on which a claim begins."""
    start = f"- id: {claim.get('id')}"
    return next((number for number, line in enumerate(lines, 1) if line.strip() == start), None)


def article_claim(claim: Mapping[str, Any], source: str, day: date, place: Place) -> Iterator[Fact]:
    """One claim of the article; without a paraphrase its text is made of its three parts."""
    if missing := [key for key in CLAIM_KEYS if not claim.get(key)]:
        raise Unreadable(
            place, str(claim.get("id")), f"{', '.join(missing)} is missing", "Add it to the claim."
        )
    plain = f"{claim['subject']} {claim['predicate'].replace('_', ' ')} {claim['object']}"
    values: dict[str, Value] = {
        "text": claim.get("paraphrase") or plain,
        "subject": claim["subject"],
        "predicate": claim["predicate"],
        "object": claim["object"],
        "made_on": day,
        "asserted_by": claim["asserted_by"],
        "verified": True,  # the article was read; what came of checking it is beside
        "publisher_verification": claim["verification"],
        "period": str(claim.get("event_date") or "") or None,
    }
    if "value" in claim:
        values["value"] = float(claim["value"])
        if "unit" in claim:
            values["unit"] = claim["unit"]
    line = look_up("claims", {"claim_id": claim["id"]}, place)
    yield from claimed(claim["id"], values, line, source, place)


def headline(row: Row) -> Iterator[Fact]:
    """One claim of a headline, and its document."""
    place = row.place()
    line = look_up("claims", {"claim_id": row["claim_id"]}, row.place("claim_id"))
    node = document_of(row)
    read = row["confidence"] == "S"
    checks = [row["note"], "" if read else "the document was not read"]
    values: dict[str, Value] = {
        "text": row["paraphrase"],
        "subject": line["subject"] or row["subject"],
        "predicate": line["predicate"],
        "object": line["object"] or None,
        "period": row["period"] or None,
        "asserted_by": row["publisher"],
        "verified": read,
        "publisher_verification": "; ".join(text for text in checks if text) or None,
    }
    made = partial_date(row["source_date"])
    if made and made[1] == "day":
        values["made_on"] = made[0]
    stated = row["value"].removeprefix(">")
    for name in ("value", "low"):
        if line[name]:
            values[name], values["unit"] = float(line[name]), line["unit"]
    if stated != (line["low"] or line["value"]) or (stated != row["value"]) != bool(line["low"]):
        raise Unreadable(
            row.place("value"),
            row["value"],
            "mapping/claims.csv was written for another value",
            "Review that line of mapping/claims.csv.",
        )
    yield node
    yield from claimed(row["claim_id"], values, line, str(node.values["id"]), place)


def claimed(
    identifier: str, values: dict[str, Value], line: Mapping[str, str], source: str, place: Place
) -> Iterator[Fact]:
    """The ``Claim`` with its document, what it is about, and how it is tested."""
    about = [referred(reference, place) for reference in words(line["about"])]
    tested = test_of(look_up("claim_tests", {"claim_id": identifier}, place))
    yield from claim(identifier, values | tested, about, source, place)


def test_of(line: Mapping[str, str]) -> dict[str, Value]:
    """How the graph is asked whether a claim holds; without ``tested_by``, why it cannot be."""
    found: dict[str, Value] = {"tested_by": line["tested_by"], "test_reason": line["reason"]}
    found |= {f"test_{name}": words(line[name]) for name in ("things", "actors", "users", "quoted")}
    found |= {f"test_{name}": line[name] for name in ("market", "since", "until", "class")}
    found |= {f"test_{name}": float(line[name]) for name in ("least", "most") if line[name]}
    return {name: value for name, value in found.items() if value not in ("", [])}


def claim(
    identifier: str, values: Mapping[str, Value], about: Sequence[str], source: str, place: Place
) -> Iterator[Fact]:
    """A ``Claim`` made in the document ``source``, about the things referred to as ``Label:id``."""
    given = {name: value for name, value in values.items() if value is not None}
    yield Fact("Claim", {"id": identifier, "name": given["text"], **given}, place)
    yield Fact("made_in", {"start": identifier, "end": source}, place)
    for reference in about:
        yield Fact("about", {"start": identifier, "end": reference}, place)
