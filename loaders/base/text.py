"""A file's text, whatever its encoding and delimiter: small files are read once and kept."""

from __future__ import annotations

import codecs
import gzip
import hashlib
import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from ...ontology.errors import OrepathError

AGAIN = "Download it again from the publisher, and do not save it from a spreadsheet program."
PACKED_SHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""First bytes of a workbook: xlsx and ods are zip files, xls is an OLE container."""

_SMALL = 1 << 25
_CHUNK = 1 << 17
# A tab first: names of columns hold no tabs and may hold commas.
_DELIMITERS = "\t,;|"
_LINES = 20
_QUOTED = re.compile(r'"[^"]*"')
_PACKED = (b"PK", b"7z")  # first bytes of zip and 7z
_GZIP = b"\x1f\x8b"
_LOOKED_AT = 1 << 10
# What is saved under the name of a table and is none: first bytes, what it is, what to do.
_OTHERS = (
    (
        rb"(?i)(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html|head|body|table|div|p|script)\b",
        "a web page",
        "Save the file that its link gives; a table of the page can be copied into a spreadsheet"
        " program and saved from there as XLSX.",
    ),
    (
        rb"(?i)<\?xml[^>]*>\s*<\?mso-application|<\?xml[^>]*>\s*<(?:ss:)?workbook\b",
        "an XML spreadsheet of 2003",
        "Open it in a spreadsheet program and save it as XLSX.",
    ),
    (rb"%PDF-", "a PDF document", "Get the table itself, as CSV or XLSX."),
    (
        rb"version https://git-lfs",
        "a pointer of Git LFS, which stands for the file,",
        "Get the file itself with `git lfs pull`.",
    ),
    (
        rb"(?:\.\./)*(?:\.git)?/annex/objects/",
        "a pointer of git-annex, which stands for the file,",
        "Get the file itself with `git annex get`.",
    ),
    (rb"<\?xml", "an XML document", "Get the table as CSV or XLSX; it may be an error message."),
    (rb"\{\s*\"|\[\s*[\[{]", "JSON", "Get the table as CSV or XLSX."),
    (rb"PAR1", "Apache Parquet", "Get the table as CSV or XLSX."),
)


def sha256(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def clean(cell: str) -> str:
    """A cell without surrounding, doubled and non-breaking spaces."""
    return " ".join(cell.split())


def _filled(line: str, delimiter: str) -> bool:
    """Whether at least two cells of a line hold something."""
    return sum(bool(cell.strip()) for cell in line.split(delimiter)) > 1


def _utf16(start: bytes) -> str:
    """The kind of UTF-16 without a mark that begins so: Latin text has every other byte empty."""
    for kind, empty, other in (("utf-16-le", 1, 0), ("utf-16-be", 0, 1)):
        if 2 * start[empty::2].count(0) > len(start[empty::2]) and 0 not in start[other::2]:
            return kind
    return ""


@dataclass(frozen=True)
class Text:
    """A text file, plain or in gzip: UTF-8 or UTF-16 by its mark, else UTF-16 by its empty bytes,
    else UTF-8, else cp1252 as older Windows programs write it. All ``OrepathError``s name the file.
    """

    path: Path

    def open(self) -> TextIO:
        """The text from its beginning; line ends as they are."""
        if self._kept is not None:
            return io.StringIO(self._kept, newline="")
        return self._decoded(self._encoding)

    def raw(self) -> BinaryIO:
        """The bytes from the first, unpacked."""
        return cast(BinaryIO, gzip.open(self.path)) if self._packed else self.path.open("rb")

    @cached_property
    def _packed(self) -> bool:
        with self.path.open("rb") as stream:
            return stream.read(2) == _GZIP

    def _decoded(self, encoding: str) -> TextIO:
        return io.TextIOWrapper(self.raw(), encoding=encoding, newline="")

    @property
    def delimiter(self) -> str:
        """The delimiter of the cells."""
        return self._begin[1]

    @property
    def above(self) -> int:
        """How many lines stand above the header: titles, which have fewer cells."""
        return self._begin[0]

    @cached_property
    def _begin(self) -> tuple[int, str]:
        """Lines above the header, and the delimiter: of two lines that have as many of one, else
        the one that the first line has most of."""
        with self.open() as stream:
            lines = [_QUOTED.sub("x", line.strip("\r\n")) for line in islice(stream, _LINES)]
        for line, below in pairwise(lines):
            both = [m for m in _DELIMITERS if m in line and line.count(m) == below.count(m)]
            if both := [mark for mark in both if _filled(line, mark)]:
                # Commas of texts may be as many in two rows; those between cells are more.
                mark = both[0] if both[0] == "\t" else max(both, key=line.count)
                held = line.count(mark)
                halves = (n for n, each in enumerate(lines) if 2 * each.count(mark) >= held)
                return next(n for n in halves if _filled(lines[n], mark)), mark
        return 0, max(_DELIMITERS, key=lines[0].count) if lines else ","

    @cached_property
    def _kept(self) -> str | None:
        """The whole text of a small file."""
        if self.path.stat().st_size > _SMALL or self._packed:
            return None
        with self._decoded(self._encoding) as stream:
            return stream.read()

    @cached_property
    def end(self) -> str:
        """The last line where it has no line end, else empty."""
        return self._passed[1].rpartition("\n")[2]

    @property
    def _encoding(self) -> str:
        return self._passed[0]

    @cached_property
    def _passed(self) -> tuple[str, str]:
        """How the file is encoded, and its last characters; reads it once."""
        try:
            return self._pass()
        except (
            zipfile.BadZipFile,
            gzip.BadGzipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
        ) as error:
            raise OrepathError(f"{self.path.name}: damaged archive ({error})", AGAIN) from error

    def _pass(self) -> tuple[str, str]:
        with self.raw() as stream:
            start = stream.read(_LOOKED_AT)
        if start.startswith(_PACKED):
            raise OrepathError(f"{self.path.name} is packed", "Unpack it, and load what is in it.")
        letters = start.removeprefix(codecs.BOM_UTF8).replace(b"\0", b"").lstrip(b"\xff\xfe \t\r\n")
        for begin, what, remedy in _OTHERS:
            if re.match(begin, letters):
                raise OrepathError(f"{self.path.name} is {what} and no table", remedy)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            candidates = ["utf-16"]
        elif len(start) > 3 and (kind := _utf16(start)):
            candidates = [kind]
        else:
            candidates = ["utf-8-sig", "cp1252"]
        for encoding in candidates:
            end = ""
            try:
                with self._decoded(encoding) as text:
                    while chunk := text.read(_CHUNK):
                        if "\0" in chunk:
                            raise OrepathError(f"{self.path.name} is not a text file", AGAIN)
                        end = (end + chunk)[-_CHUNK:]
            except UnicodeError:
                continue
            return encoding, end
        raise OrepathError(
            f"{self.path.name} is neither UTF-8, UTF-16 nor Windows-1252 text", AGAIN
        )
