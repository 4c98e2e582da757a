"""Files that are not what was asked for: all are named at once, with whose they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from loading import recognise
from orepath.ontology.errors import OrepathError

SAMPLES = Path(__file__).parent / "samples"


def test_all_files_that_do_not_fit_are_named_at_once(tmp_path: Path) -> None:
    notes = tmp_path / "notes.csv"
    notes.write_text("a,b\n1,2\n", encoding="utf-8")
    comext = SAMPLES / "eurostat_comext.csv"
    with pytest.raises(OrepathError, match="2 of 2 files cannot be read") as error:
        recognise("un-comtrade", notes, comext)
    assert "notes.csv, line 1" in error.value.message
    assert "eurostat_comext.csv, line 1" in error.value.message
    assert (error.value.hint or "").endswith(
        "eurostat_comext.csv has the columns of eurostat-comext (`orepath load eurostat-comext"
        " eurostat_comext.csv`). Files of UN Comtrade (answer of its data API, download or bulk"
        " file, as JSON or CSV) are at https://comtradeplus.un.org."
    )


def test_one_file_keeps_its_fault_and_learns_whose_it_is() -> None:
    with pytest.raises(OrepathError, match="no column") as error:
        recognise("cepii-baci", SAMPLES / "eurostat_comext.csv")
    assert error.value.hint is not None
    assert error.value.hint.startswith("Columns found: DECLARANT_ISO")
    assert "has the columns of eurostat-comext" in error.value.hint
    assert error.value.hint.endswith("bdd_modele_item.asp?id=37.")


def test_a_damaged_file_of_the_right_publisher_is_nobody_elses(tmp_path: Path) -> None:
    file = tmp_path / "empty.csv"
    file.write_bytes(b"\0\0\0")
    with pytest.raises(OrepathError, match="not a text file") as error:
        recognise("eurostat-comext", file)
    assert "has the columns" not in str(error.value.hint)


def test_a_file_of_a_folder_that_is_no_table_can_be_left_out(tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("seen in May\n", encoding="utf-8")
    with pytest.raises(OrepathError) as error:
        recognise("eurostat-comext", SAMPLES / "eurostat_comext.csv", notes)
    assert "If notes.txt is no such table, leave it out." in (error.value.hint or "")
