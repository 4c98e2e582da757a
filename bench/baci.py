"""BACI at its full size: tables in the official layout, made from the prepared extract, read,
filtered and turned into facts, each in a process of its own.

The tables are made up: the extract's flows in between rows of other codes, one row in fifty of a
code that the vocabulary knows, which is a guess at the real share.
"""

from __future__ import annotations

import csv
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

SIZES = (1_000_000, 3_000_000, 11_000_000)
EXTRACT = Path(__file__).resolve().parents[1].parent / "shared" / "data" / "baci"
NAME = "BACI_HS17_Y2024_V202601.csv"
# Codes that no vocabulary of raw materials holds.
OTHERS = tuple(
    f"{chapter:02d}{rest:04d}" for chapter in (1, 22, 39, 61, 84, 94) for rest in range(900)
)


def make(target: Path, rows: int, year: int = 2024, one_in: int = 50) -> None:
    """A table of ``rows`` rows in BACI's layout: the extract's flows, those of further codes of the
    vocabulary, and of codes outside it, ordered by exporter.

    One row in ``one_in`` is of a code of the vocabulary.
    """
    from orepath.loaders import customs

    numbers: dict[str, int] = {}
    with (EXTRACT / "country_codes_V202601.csv").open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            numbers.setdefault(row["country_iso3"], int(row["country_code"]))
    with (EXTRACT / "baci_2024.csv").open(encoding="utf-8-sig", newline="") as stream:
        flows = list(csv.DictReader(stream))
    pairs = sorted({(numbers[f["i"]], numbers[f["j"]]) for f in flows})
    codes = sorted(
        c.code for c in customs.known().values() if c.nomenclature == "HS2017" and len(c.code) == 6
    )
    each = -(-rows // len(pairs))
    wanted = max(1, each // one_in)
    written = 0
    with target.open("w", encoding="ascii", newline="") as stream:
        stream.write("t,i,j,k,v,q\n")
        for at, (exporter, importer) in enumerate(pairs):
            chosen = {codes[(at + 7 * n) % len(codes)] for n in range(wanted)}
            rest = (OTHERS[(at + n) % len(OTHERS)] for n in range(each - len(chosen)))
            lines = []
            for n, code in enumerate((*chosen, *rest)):
                mass = "        NA" if (at + n) % 21 == 0 else f"{(at * 31 + n) % 9973 / 8:10.3f}"
                value = (at * 17 + n * 13) % 99991 / 7 + 0.001
                lines.append(f"{year},{exporter},{importer},{code},{value:.3f},{mass}\n")
            lines = lines[: rows - written]
            stream.writelines(lines)
            written += len(lines)


def read(file: Path) -> None:
    """Read a table as `orepath load` does and print seconds, facts, rows and peak memory."""
    from orepath.loaders.base import Ledger
    from orepath.loaders.registry import loader

    ledger = Ledger()
    started = time.perf_counter()
    facts = sum(1 for _ in loader("cepii-baci").read([file]).facts(ledger))
    spent = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    assert ledger.balanced
    print(f"{spent} {facts} {ledger.rows_read} {ledger.used} {peak}")


def measured(file: Path) -> list[float]:
    """What ``read`` prints, from a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, str(file)], check=True, capture_output=True, text=True
    )
    return [float(word) for word in done.stdout.split()]


def lines(sizes: Sequence[int] = SIZES) -> list[tuple[str, str, str]]:
    """The report: what, figure, target, for each size and for the largest one zipped."""
    report = []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / NAME
        for size in sizes:
            make(file, size)
            report.append(_line(f"BACI, {size / 1e6:.0f} million rows", measured(file)))
        archive = file.with_name("BACI_HS17_V202601.zip")
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
            packed.write(file, NAME)
        file.unlink()
        report.append(_line("the same, zipped", measured(archive)))
    return report


def _line(what: str, figures: Sequence[float]) -> tuple[str, str, str]:
    spent, facts, rows, used, peak = figures
    detail = (
        f"{what}: {used:,.0f} flows, {facts:,.0f} facts, {rows / spent:,.0f} rows/s, {peak:.0f} MB"
    )
    return detail, f"{spent:.1f} s", "11 million < 60 s, < 2000 MB"


if __name__ == "__main__":
    if len(sys.argv) > 1:
        read(Path(sys.argv[1]))
    else:
        for what, figure, target in lines():
            print(f"{what:<70} {figure:>14}   {target}", flush=True)
