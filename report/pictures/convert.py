"""A picture as PNG or PDF, with the bundled font and nothing of the machine's own.

Only where a text has letters that the font lacks, Chinese for instance, are the machine's fonts
looked through for them; the picture is then that of this machine.
"""

from __future__ import annotations

import re
from html import unescape

from ...ontology.errors import OrepathError
from .frame import NARROW
from .letters import FAMILY, FOLDER, FONTS, covered

WIDTH = 1600
"""Pixels across a PNG unless another width is asked for: 16 cm at 250 dots an inch."""
SHARP = 3
"""Pixels of a telephone for each unit across."""
_TEXT = re.compile(r"<text[^>]*>([^<]*)")
_TITLE = re.compile(r"<title>([^<]*)</title>")
_PAGE = b"""
#set page(width: auto, height: auto, margin: 0pt)
#set document(title: sys.inputs.title, date: none)
#image(bytes(sys.inputs.picture), format: "svg", alt: sys.inputs.title)
"""


def pixels(width: float) -> int:
    """Pixels across a PNG of a picture that was asked for at this width."""
    return WIDTH if width >= NARROW else round(width * SHARP)


def png(svg: str, width: int = WIDTH) -> bytes:
    """The picture as PNG of so many pixels across; raises ``ValueError`` for what is no SVG."""
    import resvg_py

    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            width=width,
            font_files=[str(font) for font in FONTS],
            font_family=FAMILY,
            sans_serif_family=FAMILY,
            skip_system_fonts=_covered(svg),
        )
    )


def pdf(svg: str) -> bytes:
    """The picture as one page of PDF of its own size, its text as text.

    Raises ``OrepathError`` where the extra ``report`` is not installed.
    """
    try:
        import typst
    except ImportError as error:
        raise OrepathError(
            "a picture as PDF needs typst, which is not installed",
            "Install it: pip install 'orepath[report]'.",
        ) from error
    title = _TITLE.search(svg)
    fonts = typst.Fonts(
        include_system_fonts=not _covered(svg),
        include_embedded_fonts=False,
        font_paths=[str(FOLDER)],
    )
    return bytes(
        typst.compile(
            _PAGE,
            format="pdf",
            font_paths=fonts,
            sys_inputs={"picture": svg, "title": unescape(title[1]) if title else ""},
            timestamp=0,  # no clock: the same picture is the same bytes
        )
    )


def _covered(svg: str) -> bool:
    return covered("".join(unescape(text) for text in _TEXT.findall(svg)))
