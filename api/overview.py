"""An overview in Python: answers by their headings, and the page that they make."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from .answer import Answer
from .drawing import Brief

if TYPE_CHECKING:
    from ..report.brief import Brief as Made


class Overview(dict[str, Answer]):
    """Answers by their headings, in the order of the page."""

    def __init__(self, answers: Mapping[str, Answer], make: Callable[[], Made]) -> None:
        super().__init__(answers)
        self._make = make

    def save(self, path: str | Path, *, force: bool = False) -> Path:
        """Write the page as .pdf, .html, .docx or .md, with a picture, its sources by number and
        the command of each part; raises ``OrepathError`` for any other ending."""
        return Brief(self._make()).save(path, force=force)
