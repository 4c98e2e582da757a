"""An overview in Python: answers by their headings, and the page that they make."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .answer import Answer
from .saving import saved

if TYPE_CHECKING:
    from ..queries.overview import Shown
    from ..report.brief import Brief
    from ..report.page import Extent


class Overview(dict[str, Answer]):
    """Answers by their headings, in the order of the page; ``name`` is that of the subject."""

    def __init__(
        self,
        name: str,
        answers: Mapping[str, Answer],
        shown: Sequence[Shown],
        make: Callable[[], Brief],
    ) -> None:
        super().__init__(answers)
        self.name = name
        self._shown = shown
        self._make = make

    def render(
        self, form: str, *, extent: Extent | None = None, to_file: bool = True
    ) -> str | bytes:
        """The page as ``table``, ``markdown`` or ``json``, or with pictures, numbered sources and
        the command of each part as ``html``, ``docx`` or ``pdf``.

        Raises ``OrepathError`` for another form.
        """
        from ..report.brief import render
        from ..report.overview import TEXTS, overview_text
        from ..report.page import PAGE

        if form not in TEXTS:
            return render(self._make(), form)
        return overview_text(self.name, self._shown, form, extent or PAGE, to_file=to_file)

    def save(self, path: str | Path, *, force: bool = False) -> Path:
        """Write the page as .txt, .md, .json, .html, .docx or .pdf; raises ``OrepathError`` for
        any other ending, and for a file that is there unless ``force``."""
        from ..report.files.endings import spelled
        from ..report.overview import ENDINGS
        from ..report.page import Extent

        form = ENDINGS[spelled(path, ENDINGS)]
        return saved(path, lambda: self.render(form, extent=Extent(sources=True)), force=force)
