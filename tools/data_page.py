"""The page ``docs/data-and-licences.md``: what is bundled, from whom, under which licence.

Made from what each source declares (``source.yaml``, ``set.yaml``) and from the bundled facts;
needs no database. ``python -m orepath.tools.data_page`` prints the page; a test compares it with
the file.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from orepath.loaders import bundle
from orepath.loaders.base.declaration import Edition
from orepath.loaders.facts import sets
from orepath.loaders.registry import all_editions
from orepath.ontology.schema import Schema, load_schema

TEMPLATES = frozenset({"facts", "table"})
"""Editions that stand for what a user loads."""
STRUCTURE = frozenset({"Aggregate", "Industry", "Making", "Source"})
"""Classes whose facts follow from the rows of evidence, and are not counted."""
INTRODUCTION = """# Data and licences

Made by `make docs` from what the sources declare in `loaders/*/source.yaml` and
`facts/*/set.yaml`, and from the bundled facts; not to be edited by hand. `orepath sources` shows
what is loaded in your graph, `orepath sources ID` one source with its files and their hashes.

Orepath's code and ontology are under Apache-2.0. **The data belong to their publishers.**
Whoever passes on an answer names the sources that it cites, under the terms below; every answer
carries them (`--sources` in full). Orepath bundles nothing whose terms forbid passing it on;
what you load yourself stays in your own graph.
"""
BUNDLED = """## Publishers' data that are bundled

The snapshot holds what the loaders make of the publishers' own files, in the ontology's terms. Each
figure keeps the file and line that it stands in, and the value as it is written there.
"""
CURATED = """## Facts from documents

Read from laws, communications, reports and the press, each row with its document, the place in
it, and whether the document itself was read (`verified`). The compilation is Orepath's; what a
document says is cited, its wording is not copied. Grades of the documents: A law, official
statistics and peer-reviewed work; B agencies, industry bodies, makers on their own plants; C the
press; D the rest. No leading figure rests on grade D.
"""
LOADABLE = """## What you can load yourself

Loaders that are part of Orepath, for files that it does not bundle: their terms do not allow it,
or do not say so.
"""
WAYS = """## How to cite

In print, name the publisher, the edition and the year as `orepath ask … --sources` prints them, and
Orepath for what it derived: reconciled shares, paths, exposure, scores that it recomputed
(`CITATION.cff` in the repository). A figure that Orepath only passes on is the publisher's.
"""


def page(schema: Schema) -> str:
    """The whole page as Markdown: bundled publishers, sets of facts, what else can be loaded."""
    known = [e for e in all_editions().values() if e.id not in TEMPLATES]
    held = bundle.index()
    tables = sets.bundled()
    publishers = [e for e in known if e.id in held and e.id not in tables]
    curated = [e for e in known if e.id in tables]
    others = [e for e in known if e not in publishers and e not in curated]
    loadable = [e for e in others if e.files]
    lines = [INTRODUCTION, BUNDLED]
    for edition in publishers:
        lines += _edition(edition, taken(bundle.data_folder() / edition.id, schema))
    lines += [CURATED, *_sets(curated, tables, schema)]
    lines += [LOADABLE]
    for edition in loadable:
        lines += _edition(edition, Counter())
    lines.append(WAYS)
    return "\n".join(lines).rstrip() + "\n"


def taken(folder: Path, schema: Schema) -> Counter[str]:
    """How many facts of each class a folder of tables states, by the class's name in words."""
    found: Counter[str] = Counter()
    for table in folder.glob("*.csv"):
        term = schema.nodes.get(table.stem) or schema.relations.get(table.stem)
        if term is None or table.stem in STRUCTURE or not table.stem[0].isupper():
            continue
        with table.open(encoding="utf-8-sig", newline="") as stream:
            found[term.label or term.name] += sum(1 for _ in csv.DictReader(stream))
    return found


def _edition(edition: Edition, facts: Counter[str]) -> Iterator[str]:
    yield from (f"### {edition.title}", "")
    rows = [
        ("id", f"`{edition.id}`"),
        ("publisher", edition.publisher),
        ("edition", f"{edition.edition}, published {edition.published}"),
        ("years", edition.years),
        ("licence", edition.licence),
        ("may be passed on", "yes" if edition.redistributable else "no"),
        ("cite as", edition.citation),
        ("from", f"<{edition.url}>, accessed {edition.accessed}"),
        ("what is taken", _counts(facts)),
        ("left out", _left(edition)),
    ]
    yield from ("| | |", "|---|---|")
    yield from (f"| {name} | {_cell(value)} |" for name, value in rows if value)
    yield ""


def _sets(editions: Sequence[Edition], tables: Mapping[str, Path], schema: Schema) -> Iterator[str]:
    usual, _ = Counter(edition.licence for edition in editions).most_common(1)[0]
    yield from (f"Licence, where the last column names no other: {usual}.", "")
    yield from ("| set | of what | documents | facts | licence |", "|---|---|---:|---|---|")
    for edition in editions:
        folder = tables[edition.id]
        cells = (
            f"`{edition.id}`",
            edition.title.removeprefix("Orepath: ").removesuffix(f", {edition.edition}"),
            str(_documents(folder)),
            _counts(taken(folder, schema)),
            edition.licence if edition.licence != usual else "",
        )
        yield "| " + " | ".join(map(_cell, cells)) + " |"
    yield ""


def _documents(folder: Path) -> int:
    file = folder / "Source.csv"
    if not file.is_file():
        return 0
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return sum(1 for _ in csv.DictReader(stream))


def _counts(facts: Counter[str]) -> str:
    return ", ".join(f"{name} {n:,}" for name, n in sorted(facts.items()))


def _left(edition: Edition) -> str:
    return "; ".join(dict.fromkeys(f"{left.what} ({left.reason})" for left in edition.left_out))


def _cell(text: str) -> str:
    return re.sub(r"\s+", " ", text).replace("|", "\\|").strip()


if __name__ == "__main__":
    print(page(load_schema()), end="")
