"""What the Neo4j Browser is given: written beside the local server, or into a folder for any other.

The style goes into the settings of the local server when it starts, and needs no data; the guide is
written again when the library, the ontology or what is loaded has changed.
"""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from ..ontology.errors import OrepathError
from ..ontology.schema import load_schema

if TYPE_CHECKING:
    from ..graph.connection import Graph

README = """\
Orepath for the Neo4j Browser
=============================

1. Let the Browser read this folder, in a terminal that stays open (for this machine only):
       python serve.py
2. Sign in to your Neo4j in the Neo4j Browser and type, once:
       :config autoComplete:false
       :style http://localhost:8001/orepath.grass
   The first line has it draw only the relationships that a query returns; the second is the style.
3. The guide, with every question by topic, its table and its picture:
       :play http://localhost:8001/guide.html
4. Drop favourites.zip on the Browser: the star at the left then holds the questions by topic.

The statements hold the values of the question's first example; the graph they were written for was
loaded by Orepath {version}, ontology {ontology}.
"""
SERVE = '''\
"""Serves this folder to the Neo4j Browser, which reads style and guide across origins."""

from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer


class Handler(SimpleHTTPRequestHandler):
    def end_headers(self):
        for name in ("Origin", "Headers", "Private-Network"):
            self.send_header(f"Access-Control-Allow-{name}", "true" if name[0] == "P" else "*")
        super().end_headers()

    def do_OPTIONS(self):
        self.send_response(204)
        self.end_headers()


ThreadingHTTPServer(("127.0.0.1", 8001), Handler).serve_forever()
'''


def furnish(folder: Path) -> None:
    """Write what needs no data into the folder of a local server that is about to start."""
    from ..report.kit import empty_guide, style, style_command

    (folder / "style.json").write_text(style_command(style(load_schema())), "utf-8")
    guide = folder / "guide.html"
    if not guide.exists():
        guide.write_text(empty_guide(), "utf-8")


def refresh(graph: Graph, folder: Path) -> bool:
    """Write the guide of a local server anew where it is not of these questions and data; whether
    it was."""
    from ..queries.catalogue import catalogue, topics
    from ..report.kit import entries, guide

    file = folder / "guide.html"
    key = _key(graph)
    if file.exists() and f'content="{key}"' in file.read_text("utf-8"):
        return False
    made = guide(load_schema(), topics(), entries(graph, catalogue().values()), key)
    part = file.with_suffix(".part")
    part.write_text(made, "utf-8", newline="\n")
    part.replace(file)
    return True


def write_kit(graph: Graph, folder: Path) -> tuple[str, ...]:
    """Write style, guide and favourites for any Neo4j into a folder; returns the files' names.

    Raises ``OrepathError`` where the folder holds something else already.
    """
    from ..queries.catalogue import catalogue, topics
    from ..report.kit import entries, favourites, grass, guide, style

    schema = load_schema()
    asked = entries(graph, catalogue().values())
    files = {
        "README.txt": README.format(version=version("orepath"), ontology=schema.version).encode(),
        "favourites.zip": favourites(asked),
        "guide.html": guide(schema, topics(), asked).encode(),
        "orepath.grass": grass(style(schema)).encode(),
        "serve.py": SERVE.encode(),
    }
    if folder.is_dir() and (other := sorted({p.name for p in folder.iterdir()} - files.keys())):
        raise OrepathError(
            f"{folder} holds other files ({', '.join(other[:3])})",
            "Name a new folder, or one that an earlier --kit wrote.",
        )
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return tuple(files)


def _key(graph: Graph) -> str:
    """What changes with the library, the ontology and what is loaded."""
    from .. import report
    from ..graph import runs
    from ..queries.catalogue import FOLDER

    digest = hashlib.sha256(load_schema().digest.encode())
    made_of = [*FOLDER.glob("*/*.cypher"), *FOLDER.glob("*.py")]
    made_of += Path(str(report.__file__)).parent.glob("kit/*")
    for file in sorted(path for path in made_of if path.is_file()):
        digest.update(file.read_bytes())
    digest.update(repr(sorted(runs.records(graph).items())).encode())
    return digest.hexdigest()[:24]
