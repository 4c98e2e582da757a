"""The styles of a brief as a Word document: one font, black on white, close set, for A4.

They stand in the styles and not beside them, so that a reader can change them all at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document

FONT = "Arial"
SIZES = {"Normal": 10, "Title": 20, "Subtitle": 10, "Heading 1": 13, "Caption": 8.5}
"""Points of the letters of each style."""
SPACES = {
    "Normal": (0, 4), "Title": (0, 6), "Heading 1": (10, 3), "Caption": (3, 2),
    "List Bullet": (0, 2),
}  # fmt: skip
"""Points above and below a paragraph of each style."""


def styled(made: Document) -> None:
    """Plain styles in one font, black on white, for A4."""
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(15)
    for name, size in SIZES.items():
        style: Any = made.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        style.font.color.rgb = RGBColor(0x1C, 0x1C, 0x1C)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        for script in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{script}"), FONT)
    for name in ("Subtitle", "Caption"):
        made.styles[name].font.color.rgb = RGBColor(0x55, 0x5B, 0x66)
        made.styles[name].font.italic = False
        made.styles[name].font.bold = False
    for name in ("Title", "Heading 1"):
        made.styles[name].font.bold = True
    border = made.styles["Title"].element.pPr.find(qn("w:pBdr"))
    if border is not None:
        made.styles["Title"].element.pPr.remove(border)
    made.styles["Caption"].paragraph_format.keep_with_next = True
    for name, (before, after) in SPACES.items():
        spaced = made.styles[name].paragraph_format
        spaced.space_before, spaced.space_after, spaced.line_spacing = Pt(before), Pt(after), 1.05
