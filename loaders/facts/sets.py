"""Sets of facts: the folders that come with the package, and what ``set.yaml`` says of a folder."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from ...ontology.errors import OrepathError

LOADER = "facts"
DESCRIPTION = "set.yaml"


class Description(BaseModel):
    """What ``set.yaml`` may say; what it leaves out follows from the rest."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    id: str | None = None
    publisher: str = "the user who loaded it"
    edition: str = ""
    published: str = ""
    accessed: str = ""
    licence: str = "as the owner of the tables says"
    redistributable: bool = False
    preference: int = 1000
    url: str = ""
    years: str = ""
    citation: str | None = None
    left_out: tuple[dict[str, str], ...] = ()


@cache
def bundled() -> dict[str, Path]:
    """The folders of the sets that come with the package, by id, sorted."""
    folder = Path(str(resources.files(__package__))).parents[1] / "facts"
    found = {path.name: path for path in folder.iterdir() if (path / DESCRIPTION).is_file()}
    return dict(sorted(found.items()))


def described(file: Path, fallback: str) -> dict[str, Any]:
    """What is said of a set, in the words of ``base.Edition``.

    ``fallback`` is its id where the file gives none. Raises ``OrepathError`` naming the file and
    the entry.
    """
    try:
        found = Description.model_validate(yaml.safe_load(file.read_text("utf-8")))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        entry = ".".join(map(str, first["loc"]))
        raise OrepathError(
            f"{file.name}, {entry or 'the whole'}: {first['msg']}",
            f"It may say {', '.join(Description.model_fields)}; only the name is needed.",
        ) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise OrepathError(f"{file.name} is not YAML: {error}", "Mend it at that place.") from error
    identity = found.id or fallback
    title = f"{found.name}, {found.edition}" if found.edition else found.name
    citation = found.citation or f"{title}. Each fact cites the document that it comes from."
    return found.model_dump(exclude={"name"}) | {
        "id": identity,
        "loader": LOADER,
        "publication": identity,
        "publication_name": found.name,
        "title": title,
        "citation": citation,
    }
