"""The wheel: installs only ``orepath``, brings its data along, and stays small."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    # Built from a copy of what git tracks, so that it neither sees nor leaves anything else.
    source = folder / "source"
    source.mkdir()
    tracked = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    for name in filter(None, tracked.split("\0")):
        if (ROOT / name).is_file():
            target = source / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((ROOT / name).read_bytes())
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", str(folder)]
    subprocess.run([*command, str(source)], check=True)
    (built,) = folder.glob("*.whl")
    return built


def test_only_the_package_is_installed(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {t for t in tops if not t.endswith(".dist-info")} == {"orepath"}
    folders = {name.split("/")[1] for name in names if name.startswith("orepath/")}
    assert not folders & {"tests", "bench", "docs", "tools"}


def test_what_the_package_needs_is_in_it(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    needed = [
        file.relative_to(ROOT).as_posix()
        for pattern in (
            "ontology/**/*.ttl",
            "queries/**/*.cypher",
            "queries/*.yaml",
            "report/pictures/font/*",
            "loaders/data/**/*.csv",
            "loaders/data/index.yaml",
            "loaders/sources/*.yaml",
            "loaders/mapping/*.csv",
            "graph/local/*.lock",
            "py.typed",
        )
        for file in ROOT.glob(pattern)
    ]
    assert len(needed) > 50
    assert not {f"orepath/{name}" for name in needed} - names


def test_it_stays_small(wheel: Path) -> None:
    assert wheel.stat().st_size < 10 * MEGABYTE
