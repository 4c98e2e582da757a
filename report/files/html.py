"""An answer as one HTML page that needs nothing else: no script, no address to fetch from.

For a reader with a phone, a printer or a screen reader alike: the finding is the heading, each
table has a caption and scopes, sources are footnotes that the cells link to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from ...queries.excerpt import cut
from ..layout import Table, laid_out, source_labels
from ..page import Extent, rest, shortened

if TYPE_CHECKING:
    from ...queries.run import Answer, Citation

STYLE = """
:root { color-scheme: light; }
body { margin: 0; background: #fff; color: #1a1a1a; line-height: 1.5;
  font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
main { max-width: 75rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.4rem; line-height: 1.3; max-width: 60rem; }
h2 { font-size: 1.1rem; margin-top: 2rem; }
p, li { max-width: 60rem; overflow-wrap: anywhere; }
.asked { color: #4d4d4d; }
.wide { overflow-x: auto; margin: 1rem 0; }
.wide:focus-visible, a:focus-visible { outline: 3px solid #0050b3; outline-offset: 2px; }
table { border-collapse: collapse; font-size: 0.9rem; }
caption { text-align: left; font-weight: 600; padding: 0.3rem 0; }
th, td { padding: 0.35rem 0.7rem; text-align: left; vertical-align: top;
  border-bottom: 1px solid #d0d0d0; min-width: 4rem; max-width: 26rem; overflow-wrap: break-word; }
thead th { border-bottom: 2px solid #1a1a1a; vertical-align: bottom; }
tbody th { font-weight: 600; position: sticky; left: 0; background: #fff; }
.long { min-width: 16rem; }
.cited { min-width: 10rem; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
td.number:not(.short) { min-width: 7.5rem; }
td.short, td a { white-space: nowrap; }
a { color: #0050b3; }
code { background: #f2f2f2; padding: 0.1rem 0.3rem; overflow-wrap: anywhere; }
:target { background: #fff3bf; }
@media (max-width: 40rem) { h1 { font-size: 1.15rem; } table { font-size: 0.8rem; }
  th, td { padding: 0.25rem 0.35rem; min-width: 0; } tbody th { max-width: 8rem; }
  ul { padding-left: 1.2rem; } }
@media print { main { max-width: none; padding: 0; } .wide { overflow: visible; }
  table { font-size: 8pt; } thead { display: table-header-group; } tr { break-inside: avoid; }
  tbody th { position: static; } a { color: inherit; } .long { min-width: 10rem; }
  .cited { min-width: 6rem; }
  @page { margin: 1.5cm; size: A4 landscape; } }
""".strip()
LONG, SHORT, FIGURE = 60, 12, 18
"""Letters from which a column of texts needs room, and up to which texts, and figures with their
intervals, are on one line."""
_UNIT = re.compile(r"(?<=\d) (?=%)")
"""Between a figure and its sign no line ends."""
NOWHERE = "".join(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
UNSEEN = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{NOWHERE}]")
"""Characters that no HTML document may hold."""


def html_page(answer: Answer, extent: Extent, command: str | None = None) -> str:
    """The page; rows as the extent says, all where it names no limit; ``command`` asks it again."""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(answer.finding)}</title>\n<style>\n{STYLE}\n</style>\n</head>\n"
        f"<body>\n<main>\n{html_body(answer, extent, command)}\n</main>\n</body>\n</html>\n"
    )


def html_body(answer: Answer, extent: Extent, command: str | None = None, *, top: int = 1) -> str:
    """What stands on the page, without the page: for a notebook, which has a style of its own.

    ``top`` is the level of its first heading: 1 of a page, more below the headings of another.
    """
    shown = cut(answer, extent.limit)
    layout = laid_out(shown, whole=extent.everything)
    labels = source_labels(layout.sources)
    part = f"h{top + 1}"
    parts = [
        f"<h{top}>{_text(answer.finding)}</h{top}>",
        f'<p class="asked">{_text(_asked(answer))}</p>',
    ]
    for number, table in enumerate(layout.tables, start=1):
        parts += _table(table, number, answer.question.title, labels)
    if more := rest(answer, shown):
        parts.append(f"<p>{_text(more)}</p>")
    parts += _list(part, "Notes", map(_prose, shortened(answer.notes, extent)))
    parts += _list(part, "Caveats", map(_prose, answer.caveats))
    cited = {s.id for s in layout.sources}
    others = [s for s in answer.sources if s.id not in cited]
    parts += _sources(part, [*layout.sources, *others], labels)
    if command is not None:
        parts += [f"<{part}>Ask again</{part}>", f"<p><code>{_text(command)}</code></p>"]
    return "\n".join(parts)


def _asked(answer: Answer) -> str:
    """The question with what it was asked for."""
    title = answer.question.title
    given = [f"{k.replace('_', ' ')} {v}" for k, v in answer.names.items() if v]
    return f"{title} ({'; '.join(given)})" if given else title


def _table(table: Table, number: int, title: str, labels: Mapping[str, str]) -> Iterator[str]:
    caption = _text(table.heading or title)
    # A table that is wider than a phone is scrolled, by the keyboard too.
    yield f'<div class="wide" role="region" tabindex="0" aria-labelledby="table-{number}">'
    yield f'<table>\n<caption id="table-{number}">{caption}</caption>'
    kinds = _kinds(table, labels)
    heads = zip(table.columns, kinds, strict=True)
    cells = "".join(f'<th scope="col"{kind}>{_text(name)}</th>' for name, kind in heads)
    yield f"<thead><tr>{cells}</tr></thead>\n<tbody>"
    for row in table.rows:
        yield "<tr>" + "".join(_cells(row, kinds, labels)) + "</tr>"
    yield "</tbody>\n</table>\n</div>"


def _kinds(table: Table, labels: Mapping[str, str]) -> list[str]:
    """The class of each column's cells: numbers, sources, long or short texts, or nothing."""
    known = set(labels.values())

    def kind(cells: Sequence[str], *, numeric: bool) -> str:
        letters = max(map(len, cells), default=0)
        if numeric:
            return ' class="number short"' if letters <= FIGURE else ' class="number"'
        several = [cell.split(", ") for cell in cells if ", " in cell]
        if several and all(known.issuperset(parts) for parts in several):
            return ' class="cited"'
        return ' class="long"' if letters > LONG else ' class="short"' if letters <= SHORT else ""

    columns = list(zip(*table.rows, strict=True)) or [()] * len(table.columns)
    return [kind(c, numeric=n) for c, n in zip(columns, table.numeric, strict=True)]


def _cells(row: Sequence[str], kinds: Sequence[str], labels: Mapping[str, str]) -> Iterator[str]:
    links = {label: identifier for identifier, label in labels.items()}
    for index, (cell, kind) in enumerate(zip(row, kinds, strict=True)):
        cited = [links.get(part) for part in cell.split(", ")]
        text = _UNIT.sub("\u00a0", _text(cell))
        if cell and all(cited):
            parts = zip(cell.split(", "), cited, strict=True)
            text = ", ".join(f'<a href="#{_anchor(str(i))}">{_text(part)}</a>' for part, i in parts)
        if index == 0:
            yield f'<th scope="row"{kind}>{text}</th>'
        else:
            yield f"<td{kind}>{text}</td>"


def _sources(level: str, sources: Sequence[Citation], labels: Mapping[str, str]) -> Iterator[str]:
    if not sources:
        return
    yield f'<{level}>Sources</{level}>\n<ul class="sources">'
    for source in sources:
        told = [f"<b>{_text(labels.get(source.id, source.id))}</b>"]
        told.append(_text(source.citation or source.name))
        if source.url:
            told.append(_link(source.url))
        about = [f"grade {source.grade}"] if source.grade else []
        about += [f"licence: {source.licence}"] if source.licence else []
        if about:
            told.append(f"({_text('; '.join(about))})")
        yield f'<li id="{_anchor(source.id)}">{" ".join(told)}</li>'
    yield "</ul>"


def _list(level: str, heading: str, texts: Iterable[str]) -> Iterator[str]:
    items = [f"<li>{text}</li>" for text in texts]
    if items:
        yield f"<{level}>{heading}</{level}>\n<ul>\n" + "\n".join(items) + "\n</ul>"


def _link(url: str) -> str:
    """An address as a link, where following it can only open a page."""
    if not url.lower().startswith(("http://", "https://")):
        return _text(url)
    return f'<a href="{_text(url)}">{_text(url)}</a>'


def _anchor(identifier: str) -> str:
    return f"source-{quote(identifier, safe='-_.')}".replace("%", "_")


def _prose(text: str) -> str:
    """A sentence in which names of commands stand between backticks."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", _text(text))


def _text(text: str) -> str:
    return escape(UNSEEN.sub("\ufffd", text))
