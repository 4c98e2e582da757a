"""Orepath: a knowledge graph of the critical raw materials landscape.

``connect`` opens the graph from Python. The repository's root is this package; see
``docs/architecture.md`` for what lives where.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .api import Answer, Orepath, connect
    from .ontology.errors import OrepathError

__all__ = ["Answer", "Orepath", "OrepathError", "connect"]


def __getattr__(name: str) -> Any:
    """The names above, imported when they are used: the command line must start at once."""
    if name == "OrepathError":
        from .ontology.errors import OrepathError

        return OrepathError
    if name in __all__:
        from . import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """What a notebook completes: the names above, though none is imported yet."""
    return sorted({*__all__, *(name for name in globals() if name.startswith("__"))})
