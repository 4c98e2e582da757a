"""By what a load was made: a checksum of the code, the tables and the ontology that decide it.

Where it is the same, and the graph holds as much of a source as then, the same load would write
nothing.
"""

from __future__ import annotations

from functools import cache
from hashlib import blake2b, file_digest
from importlib import resources
from pathlib import Path

from ..ontology.schema import Schema

FOLDERS = ("facts", "graph", "loaders", "ontology")
"""What decides which facts are stated, and what is derived from them."""


def fingerprint(schema: Schema) -> str:
    """The checksum of this package and of ``schema``, to which a user may have added classes."""
    return _of(schema.digest)


@cache
def _of(digest: str) -> str:
    package = Path(str(resources.files(__package__))).parent
    whole = blake2b(digest.encode(), digest_size=16)
    for file in sorted(f for name in FOLDERS for f in (package / name).rglob("*") if f.is_file()):
        if file.suffix != ".pyc":
            whole.update(file.relative_to(package).as_posix().encode())
            with file.open("rb") as stream:
                whole.update(file_digest(stream, lambda: blake2b(digest_size=16)).digest())
    return whole.hexdigest()
