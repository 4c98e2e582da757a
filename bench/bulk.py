"""Several years of BACI by the offline import against the same by Bolt, each into an empty local
server of its own, from the files to a server with its constraints.

The tables are made up as in ``baci.py``; the shares that both ways derive afterwards are left out.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

import baci

YEARS = tuple(range(2015, 2025))
ROWS = 1_000_000
ONE_IN = 5
"""One row in so many is of a code of the vocabulary, so that a million flows come together in
tables of a size that a benchmark can make."""
WAYS = ("offline", "Bolt")


def make(archive: Path, rows: int, years: Sequence[int], one_in: int) -> None:
    """The years' tables in one archive, as CEPII publishes them."""
    with (
        zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed,
        tempfile.TemporaryDirectory(dir=archive.parent) as folder,
    ):
        for year in years:
            table = Path(folder) / baci.NAME.replace("2024", str(year))
            baci.make(table, rows, year, one_in)
            packed.write(table, table.name)
            table.unlink()


def load(way: str, archive: Path) -> None:
    """Load an archive in one way and print seconds, flows in the graph and facts."""
    from orepath.graph.connection import connect
    from orepath.graph.constraints import ensure
    from orepath.graph.local import stop
    from orepath.loaders.load import load_offline, load_source
    from orepath.ontology.schema import load_schema

    started = time.perf_counter()
    try:
        if way == "offline":
            loaded = load_offline("cepii-baci", [archive])[0][-1]
            with connect() as graph:
                ensure(graph, load_schema())
        else:
            with connect() as graph:
                loaded = load_source(graph, "cepii-baci", [archive])
        spent = time.perf_counter() - started
        with connect() as graph:
            found = graph.read("MATCH ()-[f:EXPORTS_TO]->() RETURN count(f) AS flows").records
    finally:
        stop(progress=False)
    assert loaded.ledger.balanced
    print(f"{spent} {found[0]['flows']} {loaded.report.facts}")


def measured(way: str, archive: Path) -> list[float]:
    """What ``load`` prints, from a process and a data folder of its own."""
    with tempfile.TemporaryDirectory(dir=archive.parent) as folder:
        kept = {name: value for name, value in os.environ.items() if name != "NEO4J_URI"}
        done = subprocess.run(
            [sys.executable, __file__, way, str(archive)],
            check=True,
            capture_output=True,
            text=True,
            env={**kept, "OREPATH_DATA_DIR": folder},
        )
    return [float(word) for word in done.stdout.split()]


def lines(rows: int = ROWS, years: Sequence[int] = YEARS) -> list[tuple[str, str, str]]:
    """The report: what, figure, target."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "BACI_HS17_V202601.zip"
        make(archive, rows, years, ONE_IN)
        (offline, *by_import), (bolt, *by_bolt) = (measured(way, archive) for way in WAYS)
    assert by_bolt == by_import
    flows, _ = by_bolt
    spent = f"Bolt {bolt:.0f} s, --bulk {offline:.0f} s"
    detail = f"offline import: {flows:,.0f} flows of {len(years)} years: {spent}"
    return [(f"{detail}, ratio", f"{bolt / offline:.1f}", ">= 5")]


if __name__ == "__main__":
    if len(sys.argv) > 1:
        load(sys.argv[1], Path(sys.argv[2]))
    else:
        for what, figure, target in lines():
            print(f"{what:<70} {figure:>14}   {target}", flush=True)
