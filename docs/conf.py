"""How Sphinx builds the site of the documentation: `make docs-site` writes it to `build/site`.

The pages are the Markdown files of this folder, which the forge shows as they are; nothing in the
built pages is fetched from another host.
"""

from __future__ import annotations

from base64 import b64encode
from importlib.metadata import version as installed_version

import mmdr
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

project = "Orepath"
author = "The Orepath developers"
copyright = "The Orepath developers; the data belong to their publishers"  # noqa: A001
release = version = installed_version("orepath")

extensions = ["myst_nb", "sphinx_external_toc"]
external_toc_path = "_toc.yml"
# The notebook shows what `make docs` kept of its last run: no graph is needed for the site.
nb_execution_mode = "off"

# The forge draws blocks marked `mermaid` by itself; here the directive below does.
myst_fence_as_directive = ["mermaid"]
myst_heading_anchors = 3
myst_enable_extensions = ["attrs_inline"]
# The header of a question is a comment that the lexer of Cypher does not know.
suppress_warnings = ["misc.highlighting_failure"]
# Blocks without a language are output, and no Python.
highlight_language = "none"

html_theme = "furo"
html_title = f"Orepath {release}"
html_static_path = ["_static"]
html_css_files = ["wide.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
# No clock in a page: the same repository gives the same bytes.
html_last_updated_fmt = None


class Mermaid(SphinxDirective):
    """A diagram drawn while the site is built, with its text below it for those who do not see."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        text = "\n".join(self.content)
        svg = mmdr.render(text).svg()
        # At its own size: a page scrolls a wide diagram sideways, and blows no small one up.
        width = round(float(svg.partition('viewBox="')[2].split()[2]))
        drawn = b64encode(svg.encode()).decode()
        # As an image of its own, since the ids in two drawings on one page are the same.
        html = (
            f'<figure class="diagram"><img alt="Diagram; its text follows" '
            f'width="{width}" src="data:image/svg+xml;base64,{drawn}">\n'
            "<figcaption><details><summary>The diagram as text</summary>"
        )
        return [
            nodes.raw("", html, format="html"),
            nodes.literal_block(text, text, language="none"),
            nodes.raw("", "</details></figcaption></figure>", format="html"),
        ]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register what this site adds to Sphinx."""
    app.add_directive("mermaid", Mermaid)
    return {"parallel_read_safe": True}
