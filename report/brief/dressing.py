"""A brief as a file: PDF, web page, Word document or Markdown, from templates that can be replaced.

A folder of templates may hold ``brief.typ`` (Typst, for PDF), ``brief.html`` and ``brief.md``
(Jinja2) and ``brief.docx`` (a document whose styles are taken); what it lacks comes from the
package. ``mapping.py`` says which variables they get. The same brief gives the same bytes.
"""

from __future__ import annotations

import base64
import json
import re
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from ...ontology.errors import OrepathError
from ..pictures.convert import png
from ..pictures.letters import FOLDER as FONTS
from .mapping import as_mapping
from .model import Brief
from .prose import unbroken

FORMS = ("pdf", "html", "docx", "md")
"""The kinds of file that a brief can be, by their endings."""
INSTALL = "Install it: pip install 'orepath[report]'."
_CITED = re.compile(r"\[(\d+(?:, \d+)*)\]")


def render(brief: Brief, form: str, templates: Path | None = None) -> str | bytes:
    """The brief in one of ``FORMS``: text for html and md, else bytes.

    Raises ``OrepathError`` for another form, for a template that fails, and where the library of a
    form is not installed.
    """
    if form not in FORMS:
        raise OrepathError(f"a brief is no {form!r} file", f"Take one of {', '.join(FORMS)}.")
    check_templates(templates)
    if form == "pdf":
        return pdf(brief, templates)
    if form == "docx":
        from .word import document

        base = templates / "brief.docx" if templates is not None else None
        return document(as_mapping(brief), base if base is not None and base.is_file() else None)
    return page(brief, form, templates)


def check_templates(templates: Path | None) -> None:
    """Refuse a folder of templates that is not there; raises ``OrepathError``."""
    if templates is not None and not templates.is_dir():
        raise OrepathError(f"there is no folder of templates {templates}")


def pdf(brief: Brief, templates: Path | None = None) -> bytes:
    """The brief as tagged PDF, set by Typst with the fonts of the pictures, offline."""
    try:
        import typst
    except ImportError as error:
        raise OrepathError("a brief as PDF needs typst, which is not installed", INSTALL) from error
    try:
        with resources.as_file(_template("brief.typ", templates)) as path:
            made = typst.compile(
                str(path),
                root=str(path.parent),
                format="pdf",
                font_paths=[str(FONTS)],
                sys_inputs={"brief": json.dumps(as_mapping(brief), ensure_ascii=False)},
                timestamp=0,  # no clock: the same brief is the same bytes
            )
    except typst.TypstError as error:
        raise OrepathError(
            f"the template of the PDF fails: {error}", "Correct brief.typ in your templates."
        ) from error
    return bytes(made)


def page(brief: Brief, form: str, templates: Path | None = None) -> str:
    """The brief as a web page that stands alone, or as Markdown."""
    import jinja2

    environment = jinja2.Environment(
        autoescape=form == "html",
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"cited": _linked, "picture": _picture, "cell": _cell}
    name = f"brief.{form}"
    text = _template(name, templates).read_text("utf-8")
    try:
        made = environment.from_string(text).render(as_mapping(brief))
    except jinja2.TemplateError as error:
        raise OrepathError(
            f"the template {name} fails: {error}", f"Correct {name} in your templates."
        ) from error
    return re.sub(r"\n{3,}", "\n\n", made).strip() + "\n"


def _template(name: str, templates: Path | None) -> Traversable:
    if templates is not None and (own := templates / name).is_file():
        return own
    return resources.files(__package__).joinpath("templates", name)


def _linked(text: str) -> Any:
    """A text as HTML in which the numbers of sources lead to them."""
    from markupsafe import Markup, escape

    def link(found: re.Match[str]) -> str:
        numbers = [f'<a href="#source-{n}">{n}</a>' for n in found[1].split(", ")]
        return f'<span class="cited">[{", ".join(numbers)}]</span>'

    return Markup(_CITED.sub(link, str(escape(unbroken(text)))))


def _picture(svg: str) -> str:
    """A picture as an address that holds it whole."""
    return f"data:image/png;base64,{base64.b64encode(png(svg)).decode()}"


def _cell(text: str) -> str:
    """A text as a cell of a Markdown table."""
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ")
