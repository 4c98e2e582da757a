"""A file's text, whatever its encoding and delimiter: small files are read once and kept."""

from __future__ import annotations

import codecs
import gzip
import hashlib
import io
import zipfile
import zlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from ...ontology.errors import OrepathError

AGAIN = "Download it again from the publisher, and do not save it from a spreadsheet program."
PACKED_SHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""First bytes of a workbook: xlsx and ods are zip files, xls is an OLE container."""

_SMALL = 1 << 25
_CHUNK = 1 << 17
_DELIMITERS = ",;"
_PACKED = (b"PK", b"7z")  # first bytes of zip and 7z
_GZIP = b"\x1f\x8b"


def sha256(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def clean(cell: str) -> str:
    """A cell without surrounding, doubled and non-breaking spaces."""
    return " ".join(cell.split())


@dataclass(frozen=True)
class Text:
    """A text file, plain or in gzip: UTF-8 or UTF-16 by its mark, else UTF-8, else cp1252 as older
    Windows programs write it. All ``OrepathError``s name the file.
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

    @cached_property
    def delimiter(self) -> str:
        """The delimiter that the first line has most of; a tab wherever there is one, since names
        of columns hold no tabs and may hold commas."""
        with self.open() as stream:
            header = stream.readline(1 << 16)
        return "\t" if "\t" in header else max(_DELIMITERS, key=header.count)

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
            start = stream.read(4)
        if start.startswith(_PACKED):
            raise OrepathError(f"{self.path.name} is packed", "Unpack it, and load what is in it.")
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            candidates = ["utf-16"]
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
