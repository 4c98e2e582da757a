"""Kills at random moments: a command that is killed and repeated must end where an undisturbed one
ends. `python bench/faults.py [KILLS] [SEED]` kills each kind of command so many times (100), in
turn the client, the server, and both; it prints what differed and exits with 1 if anything did.

Everything runs against a local server of its own in a temporary folder.
"""

from __future__ import annotations

import csv
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import psutil

VICTIMS = ("client", "server", "both")
DONE = "no source"
"""What an unload says that is repeated although it was done."""


class Kind:
    """One kind of command: how the graph is made ready for it, and its words."""

    def __init__(self, name: str, ready: Sequence[Sequence[str]], words: Sequence[str]) -> None:
        self.name, self.ready, self.words = name, ready, words
        self.wanted = ""
        self.seconds = 0.0


def command(words: Sequence[str]) -> list[str]:
    return [sys.executable, "-m", "orepath", *words]


def run(words: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """A whole command, which succeeds unless it is an unload of what is gone already."""
    done = subprocess.run(command(words), capture_output=True, text=True, check=False)
    if done.returncode and DONE not in done.stderr:
        raise SystemExit(f"{' '.join(words)} failed:\n{done.stderr}")
    return done


def tables(folder: Path) -> tuple[str, str, str]:
    """Three tables of a user: one that stays, one that is loaded, and a later version of that."""
    from orepath.ontology.vocabulary import load_vocabulary

    products = sorted(str(f.values["id"]) for f in load_vocabulary().facts if f.term == "Product")
    economies = sorted(str(f.values["id"]) for f in load_vocabulary().facts if f.term == "Country")
    header = ("economy", "product", "period", "amount", "unit")

    def write(name: str, step: int, amount: int) -> str:
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        with file.open("w", newline="") as stream:
            rows = csv.writer(stream)
            rows.writerow(header)
            for at, product in enumerate(products[:30]):
                for economy in economies[at % 3 : 60 : step]:
                    rows.writerow((economy, product, "2021", amount + at, "t"))
        return str(file)

    return write("kept.csv", 6, 100), write("mine.csv", 2, 200), write("later/mine.csv", 3, 201)


def checksum() -> str:
    from orepath.graph.connection import connect
    from orepath.tools.checksum import checksum as of

    with connect() as graph:
        return of(graph)


def kill(victims: str, client: subprocess.Popen[bytes]) -> None:
    """Kill the client, the server or both, as a power cut would."""
    from orepath.graph.local import status

    if victims != "client" and (pid := status().pid):
        psutil.Process(pid).kill()
    if victims != "server":
        client.kill()


def undisturbed(kind: Kind) -> None:
    """Where the command ends when nobody disturbs it, and how long it takes."""
    for words in kind.ready:
        run(words)
    started = time.perf_counter()
    run(kind.words)
    kind.seconds = time.perf_counter() - started
    kind.wanted = checksum()


def disturbed(kind: Kind, victims: str, after: float) -> bool:
    """Whether the command, killed and repeated, ends there too."""
    for words in kind.ready:
        run(words)
    client = subprocess.Popen(
        command(kind.words), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(after)
    kill(victims, client)
    client.wait()
    run(kind.words)
    return checksum() == kind.wanted


def main(kills: int = 100, seed: int = 1) -> int:
    """The number of repeated commands that ended elsewhere."""
    chance = random.Random(seed)
    wrong = 0
    os.environ.pop("NEO4J_URI", None)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["OREPATH_DATA_DIR"] = str(Path(folder) / "data")
        kept, mine, later = tables(Path(folder))
        load, unload = ("load", "table", mine), ("unload", "table-mine")
        try:
            run(("load", "table", kept))
            for kind in (
                Kind("load", [unload], load),
                Kind("replace", [(*load, "--replace")], ("load", "table", later, "--replace")),
                Kind("unload", [(*load, "--replace")], unload),
                Kind("derive", [(*load, "--replace"), ("derive", "--remove")], ("derive",)),
            ):
                undisturbed(kind)
                failed = []
                for at in range(kills):
                    victims, after = VICTIMS[at % 3], chance.uniform(0.2, kind.seconds)
                    if not disturbed(kind, victims, after):
                        failed.append(f"{victims} after {after:.2f} s")
                wrong += len(failed)
                told = "; ".join(failed) or "all ended alike"
                print(f"{kind.name} ({kind.seconds:.1f} s), {kills} kills: {told}")
        finally:
            run(("down",))
    return wrong


if __name__ == "__main__":
    sys.exit(1 if main(*map(int, sys.argv[1:3])) else 0)
