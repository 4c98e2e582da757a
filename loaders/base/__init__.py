"""What all loaders stand on: how a source is declared, how files are read, how rows are booked.

``declaration`` holds what ``source.yaml`` may say, ``tables`` reads delimited files and sheets,
``ledger`` counts where each row went, ``publication`` leads rows to a loader's one function.
"""

from .corrections import corrected
from .declaration import Column, Declaration, Edition, keyed, read_mapping
from .ledger import Ledger, LeftOut, book
from .publication import Publication
from .stating import Load
from .survey import NOTHING_SAID, Reading, Said, Survey, of_the_file, require_rows
from .tables import Only, Row, Table
from .text import AGAIN, sha256

__all__ = [
    "AGAIN",
    "NOTHING_SAID",
    "Column",
    "Declaration",
    "Edition",
    "Ledger",
    "LeftOut",
    "Load",
    "Only",
    "Publication",
    "Reading",
    "Row",
    "Said",
    "Survey",
    "Table",
    "book",
    "corrected",
    "keyed",
    "of_the_file",
    "read_mapping",
    "require_rows",
    "sha256",
]
