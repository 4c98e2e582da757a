"""Tables in a zip archive, as publishers pack them, load as the tables themselves do."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from orepath.loaders import archives
from orepath.loaders.archives import unpacked
from orepath.loaders.base import Ledger
from orepath.loaders.load import opened
from orepath.loaders.registry import loader
from orepath.ontology.errors import OrepathError

SAMPLES = Path(__file__).parent / "samples" / "usgs_mcs"


def packed(folder: Path, files: list[Path], *notes: str) -> Path:
    path = folder / "download.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in files:
            archive.write(file, f"world/{file.name}")
        for note in notes:
            archive.writestr(note, "a note")
    return path


def test_an_archive_gives_the_facts_of_its_files(tmp_path: Path) -> None:
    files = sorted(SAMPLES.glob("mcs2024-*_world.csv"))[:5]
    assert files
    archive = packed(tmp_path, files, "README.txt", "world/.hidden")
    found = opened([archive], "usgs-mcs")
    assert [path.name for path in found] == [path.name for path in files]
    usgs = loader("usgs-mcs")
    plain, zipped = (
        list(usgs.read(paths, whole=False).facts(Ledger())) for paths in (files, found)
    )
    assert plain
    assert [(f.term, f.values) for f in zipped] == [(f.term, f.values) for f in plain]


def test_a_loader_of_large_archives_reads_them_itself(tmp_path: Path) -> None:
    archive = packed(tmp_path, [], "README.txt")
    assert opened([archive], "cepii-baci") == [archive]


def test_a_damaged_archive_is_told(tmp_path: Path) -> None:
    broken = tmp_path / "download.zip"
    broken.write_bytes(b"PK\x03\x04 cut off")
    with pytest.raises(OrepathError, match=r"download\.zip cannot be unpacked"):
        opened([broken], "usgs-mcs")


def test_an_archive_that_would_fill_the_disk_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "LARGEST", 3)
    with pytest.raises(OrepathError, match="would unpack to"):
        unpacked(packed(tmp_path, [], "README.txt"))
