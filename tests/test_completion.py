"""What the shell is offered for materials, countries, sectors: quickly and without a database."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from orepath.cli.completing import complete
from orepath.queries.spelling import LABELS, names_in_vocabulary, normal


def offered(*words: str, **environment: str) -> list[str]:
    """What bash is offered for the last word, by a process of its own."""
    line = ["orepath", *words]
    asked = {
        "COMP_WORDS": " ".join(line),
        "COMP_CWORD": str(len(line) - 1),
        "_OREPATH_COMPLETE": "bash_complete",
        # A server could not be started there: whoever tried would fail.
        "OREPATH_DATA_DIR": os.devnull,
    }
    code = "import sys; sys.argv = ['orepath']; from orepath.cli.main import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env=os.environ | asked | environment,
        check=False,
        timeout=60,
    )
    assert done.stderr == ""
    return [item.partition(",")[2] for item in done.stdout.split()]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (("ask", "top-producers", "--material", "galli"), ["gallium"]),
        (("ask", "top-producers", "--material", "Galli"), ["Gallium"]),
        (("ask", "top-producers", "--material", "rare-e"), ["rare-earths"]),
        (
            ("ask", "restrictions", "--country", "united-s"),
            ["united-states", "united-states-minor-outlying-islands"],
        ),
        (("ask", "restrictions", "--country", "Deutschl"), ["Deutschland"]),
        (("ask", "restrictions", "--country", "cote"), ["cote-d-ivoire"]),
        (("ask", "sourcing", "--importer", "european"), ["european-union"]),
        (("ask", "sector-exposure", "--sector", "def"), ["defence"]),
        (("ask", "overview", "--material", "tung"), ["tungsten"]),
        (("export", "top-producers", "--material", "tung"), ["tungsten"]),
        (("ask", "sourcing", "--importer", "EU"), []),
    ],
)
def test_names_are_offered(words: tuple[str, ...], wanted: list[str]) -> None:
    assert offered(*words) == wanted


@pytest.mark.parametrize(
    "kind", ["material", "economy", "country", "sector", "technology", "product", "stage"]
)
def test_whatever_is_offered_is_one_word_and_means_what_it_stands_for(kind: str) -> None:
    names = names_in_vocabulary(kind)
    items = complete(kind, "")
    assert len(items) == len({normal(name) for name in names}) > 5
    for item in items:
        assert " " not in item.value
        assert normal(item.value) == normal(str(item.help))


def test_trade_codes_and_aggregates_are_no_products_and_economies() -> None:
    assert not any(name.startswith("HS ") for name in names_in_vocabulary("product"))
    assert "World" not in names_in_vocabulary("economy")
    assert "European Union" not in names_in_vocabulary("country")


@pytest.mark.parametrize("kind", ["company", "source", "publication", "number", "date"])
def test_what_no_vocabulary_has_is_not_offered(kind: str) -> None:
    assert complete(kind, "a") == []


def test_completion_needs_no_driver() -> None:
    code = (
        "import sys\n"
        "from orepath.cli.completing import complete\n"
        "assert complete('material', 'gall')\n"
        "assert not {'neo4j', 'rapidfuzz'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_every_kind_of_name_is_known_to_completion() -> None:
    for kind in LABELS:
        assert isinstance(names_in_vocabulary(kind), tuple)
