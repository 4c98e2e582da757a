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


def test_archives_in_an_archive_are_unpacked_once(tmp_path: Path) -> None:
    files = sorted(SAMPLES.glob("mcs2024-*_world.csv"))[:2]
    (tmp_path / "in").mkdir()
    inner = packed(tmp_path / "in", files)
    outer = packed(tmp_path, [inner, *files[:1]])
    found = opened([outer], "usgs-mcs")
    assert sorted(path.name for path in found) == sorted(f.name for f in [*files, files[0]])
    (tmp_path / "out").mkdir()
    with pytest.raises(OrepathError, match=r"download\.zip holds an archive in an archive"):
        opened([packed(tmp_path / "out", [outer])], "usgs-mcs")


@pytest.mark.parametrize("ending", [".crdownload", ".part", ".PARTIAL", ".download"])
@pytest.mark.parametrize("form", ["file", "folder", "archive"])
def test_a_download_that_was_not_finished_is_no_table(
    tmp_path: Path, ending: str, form: str
) -> None:
    (tmp_path / "in").mkdir()
    half = tmp_path / "in" / f"WGI.csv{ending}"
    half.write_bytes((SAMPLES / "MCS2025_World_Data.csv").read_bytes()[:5000])
    given = {"file": half, "folder": half.parent, "archive": packed(tmp_path, [half])}[form]
    with pytest.raises(OrepathError, match=f"^WGI.csv{ending} is a download that was not finished"):
        opened([given], "usgs-mcs")


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
