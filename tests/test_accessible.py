"""Pages that Orepath writes can be read by everyone: headings in order, letters that stand out.

What a single kind of page needs besides (language, captions, scopes, alternative texts) is tested
with it.
"""

from __future__ import annotations

import re
from itertools import pairwise, product

import html5lib
import pytest

from orepath.report.brief import render
from orepath.report.pictures.palette import contrast

from .test_brief import a_brief
from .test_files import made, text

LEAST = 4.5
"""Contrast that text needs by WCAG 2.2, level AA."""
COLOUR = re.compile(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b")
PAGES = {"an answer": text(made(), "html"), "a brief": str(render(a_brief(), "html"))}


def long_form(colour: str) -> str:
    """``#rrggbb`` for ``#rgb``."""
    return colour if len(colour) == 7 else "#" + "".join(2 * part for part in colour[1:])


def colours(style: str, name: str) -> set[str]:
    """The colours that a style sheet gives to a property, variables put in."""
    known = dict(re.findall(r"(--[\w-]+):\s*(#\w+)", style))
    values = re.findall(rf"(?<![\w-]){name}:\s*([^;}}]+)", style)
    plain = [re.sub(r"var\((--[\w-]+)\)", lambda v: known[v[1]], value) for value in values]
    return {long_form(found) for value in plain for found in COLOUR.findall(value)}


@pytest.mark.parametrize("page", PAGES)
def test_letters_stand_out_from_every_ground(page: str) -> None:
    (style,) = re.findall(r"<style>(.*?)</style>", PAGES[page], re.DOTALL)
    letters = colours(style, "color")
    grounds = colours(style, "background(?:-color)?") | {"#ffffff"}
    assert len(letters) > 2
    assert len(grounds) > 2
    weak = [(a, b) for a, b in product(letters, grounds) if contrast(a, b) < LEAST]
    assert not weak


@pytest.mark.parametrize("page", PAGES)
def test_headings_are_in_order(page: str) -> None:
    root = html5lib.HTMLParser(namespaceHTMLElements=False).parse(PAGES[page])
    levels = [int(e.tag[1]) for e in root.iter() if re.fullmatch(r"h[1-6]", str(e.tag))]
    assert levels[0] == 1
    assert len(levels) > 2
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
