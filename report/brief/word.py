"""A brief as a Word document with styles, captions, alternative texts and links to the sources.

The styles are those of ``brief.docx`` in a folder of templates, else python-docx's own, adjusted.
No clock: the dates in the file are fixed, so that the same brief is the same bytes.
"""

from __future__ import annotations

import re
import textwrap
import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...graph.export.undated import MADE, packed
from ...ontology.errors import OrepathError
from ..pictures.convert import png
from .prose import unbroken
from .word_styles import styled

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

SPLIT = re.compile(r"(\[\d+(?:, \d+)*\])")
EPOCH = datetime(*MADE)
PROPERTY = 255
"""Letters of a property of a document at most (python-docx refuses more)."""
LETTERS = 104
"""Letters of a table that stand beside each other in a line."""
_OWN = "Orepath Table"
"""A table style that a template may have; without it tables have plain lines."""


def document(brief: dict[str, Any], base: Path | None = None) -> bytes:
    """The document of a brief that ``as_mapping`` made; ``base`` is a document with styles.

    Raises ``OrepathError`` where python-docx is not installed.
    """
    try:
        import docx
    except ImportError as error:
        raise OrepathError(
            "a brief as Word document needs python-docx, which is not installed",
            "Install it: pip install 'orepath[report]'.",
        ) from error
    made = docx.Document(str(base) if base is not None else None)
    if base is None:
        styled(made)
    _described(made, brief)
    _head(made, brief)
    for part in brief["parts"]:
        _part(made, part)
    _sources(made, brief)
    _queries(made, brief)
    stream = BytesIO()
    made.save(stream)
    with zipfile.ZipFile(stream) as archive:
        return packed((name, archive.read(name)) for name in archive.namelist())


def _described(made: Document, brief: dict[str, Any]) -> None:
    about = made.core_properties
    about.title, about.subject = _property(brief["title"]), _property(brief["kicker"])
    about.author, about.last_modified_by = "Orepath", "Orepath"
    about.comments, about.language = _property(brief["command"]), brief["language"]
    about.created = about.modified = about.last_printed = EPOCH
    about.revision = 1


def _property(text: str) -> str:
    """As much of a text as a property of a document holds."""
    return textwrap.shorten(text, PROPERTY, placeholder=" …")


def _head(made: Document, brief: dict[str, Any]) -> None:
    day = f" · as of {brief['as_of']}" if brief["as_of"] else ""
    made.add_paragraph(f"{brief['label']} · {brief['kicker']}{day}", style="Subtitle")
    made.add_paragraph(brief["title"], style="Title")
    if brief["lead"]:
        _cited(made.add_paragraph(), brief["lead"])


def _part(made: Document, part: dict[str, Any]) -> None:
    from docx.shared import Pt

    made.add_paragraph(part["heading"], style="Heading 1")
    for text in part["paragraphs"]:
        _cited(made.add_paragraph(), text)
    for figure in part["figures"]:
        _picture(made, figure)
    for table in part["tables"]:
        _cited(made.add_paragraph(style="Caption"), f"Table {table['number']}. {table['caption']}")
        _table(made, table)
        # Two tables in a row would be one.
        gap = made.add_paragraph()
        gap.paragraph_format.space_after, gap.paragraph_format.line_spacing = Pt(0), Pt(6)
    for text in part["points"]:
        _cited(made.add_paragraph(style="List Bullet"), text)


def _picture(made: Document, figure: dict[str, Any]) -> None:
    paragraph = made.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    shape = paragraph.add_run().add_picture(BytesIO(png(figure["svg"])), width=_room(made))
    shape._inline.docPr.set("descr", figure["alt"])
    caption = made.add_paragraph(style="Caption")
    caption.paragraph_format.keep_with_next = False
    _cited(caption, f"Figure {figure['number']}. {figure['caption']}")


def _table(made: Document, table: dict[str, Any]) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    lines = [table["columns"], *table["rows"]]
    grid = made.add_table(rows=0, cols=len(table["columns"]))
    if _OWN in {style.name for style in made.styles}:
        grid.style = _OWN
    else:
        _ruled(grid)
    grid.autofit = False
    widths = _widths(lines, _room(made))
    for index, row in enumerate(lines):
        line = grid.add_row()
        properties = line._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if index == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for cell, text, numeric, width in zip(
            line.cells, row, table["numeric"], widths, strict=True
        ):
            cell.width = width
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(1)
            paragraph.paragraph_format.keep_with_next = index < len(lines) - 1
            if numeric:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            _cited(paragraph, text, size=8.5, bold=index == 0)
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width


def _ruled(grid: Any) -> None:
    """Lines between the rows and none between the columns."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "A8ACB3")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    grid._tbl.tblPr.append(borders)


def _widths(lines: list[list[str]], room: int) -> list[int]:
    """Widths of columns: each has room for its longest word, and what is left goes to those whose
    longest text would otherwise take several lines."""
    columns = list(zip(*lines, strict=True))
    least = [max(len(word) for text in c for word in text.split()) + 3 for c in columns]
    more = [
        max(min(40, max(map(len, c))) - word, 0) for c, word in zip(columns, least, strict=True)
    ]
    left = max(LETTERS - sum(least), 0)
    weights = [word + left * m / max(sum(more), 1) for word, m in zip(least, more, strict=True)]
    return [int(room * weight / sum(weights)) for weight in weights]


def _room(made: Document) -> int:
    """The width between the margins, in Word's units."""
    section = made.sections[0]
    sides = (section.page_width, section.left_margin, section.right_margin)
    page, left, right = (int(side or 0) for side in sides)
    return page - left - right


def _sources(made: Document, brief: dict[str, Any]) -> None:
    from docx.shared import Mm, Pt

    made.add_paragraph("Sources", style="Heading 1")
    made.add_paragraph(brief["unlicensed"])
    for source in brief["sources"]:
        paragraph = made.add_paragraph()
        paragraph.paragraph_format.left_indent = Mm(9)
        paragraph.paragraph_format.first_line_indent = Mm(-9)
        paragraph.paragraph_format.space_after = Pt(1)
        paragraph.paragraph_format.line_spacing = 1.0
        grade = f" Grade {source['grade']}." if source["grade"] else ""
        address = f" {source['url']}" if source["url"] else ""
        licence = f" Licence: {source['licence']}." if source["licence"] else ""
        told = f"[{source['number']}]\t{source['text']}{address}{grade}{licence}"
        paragraph.add_run(told).font.size = Pt(8)
        _marked(paragraph, source["number"])


def _queries(made: Document, brief: dict[str, Any]) -> None:
    """The command of each part; it prints the query, which would take pages here."""
    from docx.shared import Pt

    made.add_paragraph("Appendix: the question of each part", style="Heading 1")
    made.add_paragraph(
        "Each part is the answer to a question, which its command gives whole, with every source "
        "and, with --cypher, the query."
    )
    for one in brief["asked"]:
        paragraph = made.add_paragraph(f"{one['title']} ")
        paragraph.paragraph_format.space_after = Pt(1)
        paragraph.paragraph_format.line_spacing = 1.0
        for run in paragraph.runs:
            run.font.size = Pt(8)
        run = paragraph.add_run(one["command"])
        run.font.name, run.font.size = "Courier New", Pt(7.5)
    made.add_paragraph(
        f"Made with Orepath {brief['version']} (ontology {brief['ontology']}): {brief['command']}. "
        f"Data in the graph: {', '.join(brief['editions'])}, and what was compiled for Orepath."
    )


def _cited(
    paragraph: Paragraph, text: str, *, size: float | None = None, bold: bool | None = None
) -> None:
    """Write a text in which the number of a source leads to it; ``size`` in points."""
    from docx.shared import Pt

    def run(piece: str) -> Run:
        made = paragraph.add_run(piece)
        made.font.size, made.font.bold = Pt(size) if size else None, bold or None
        return made

    for piece in SPLIT.split(unbroken(text)):
        if not SPLIT.fullmatch(piece):
            run(piece)
            continue
        run("[")
        for index, number in enumerate(piece[1:-1].split(", ")):
            if index:
                run(", ")
            _linked(paragraph, run(number), number)
        run("]")


def _linked(paragraph: Paragraph, run: Run, number: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), f"source_{number}")
    link.set(qn("w:history"), "1")
    link.append(run._r)
    paragraph._p.append(link)


def _marked(paragraph: Paragraph, number: int) -> None:
    """Make a paragraph the aim of the links to a source."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(number))
    start.set(qn("w:name"), f"source_{number}")
    paragraph._p.insert(0, start)
    paragraph._p.append(end)
