"""The article that some names of economies take in a sentence: "the European Union has".

Lists, cells and headings do without it; only sentences ask. Pure.
"""

from __future__ import annotations

import re

_NAME = (
    r"(?:European Union|Soviet Union|Netherlands(?: Antilles)?|Philippines|Bahamas|Comoros|Gambia"
    r"|Maldives|United (?:States|Kingdom|Arab Emirates)|US Virgin Islands"
    r"|(?:Central African|Dominican) Republic|Republic of the Congo"
    r"|(?:British Virgin|Cayman|Cook|Falkland|Faroe|Marshall|Northern Mariana|Solomon) Islands)"
)
_ALONE = re.compile(rf"^{_NAME}(?=$| \()")
"""A name that is the whole of a value, or all before a figure in brackets."""
_WITHIN = re.compile(rf"\b(?:at|by|for|from|in|of|on|outside|that|to|what|whom|with) (?={_NAME}\b)")
"""The word before a name in a text of several words; a heading such as ``United States: ban`` or
``European Union – Canada`` has none."""


def with_article(text: str) -> str:
    """A value as a sentence takes it: ``United States`` → ``the United States``."""
    return within(_ALONE.sub(lambda found: f"the {found[0]}", text))


def within(text: str) -> str:
    """A text with the article where one is missing: ``what European Union has``."""
    return _WITHIN.sub(lambda found: f"{found[0]}the ", text)
