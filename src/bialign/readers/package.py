"""Files that are zip packages (docx, odt, epub, xlsx): opened with limits, so that no file can fill the memory."""

from __future__ import annotations

import io
import zipfile
import zlib
from types import TracebackType
from typing import IO

from bialign.errors import ReadError
from bialign.readers.source import LIMIT, Source, is_bomb

_AT_THE_TOP = ("mimetype", "[Content_Types].xml", "META-INF/container.xml")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def is_encrypted_office(data: bytes) -> bool:
    """Tell whether these bytes are an Office document with a password, which is no zip but holds one (MS-OFFCRYPTO)."""
    return data.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in data


def encrypted(source: Source) -> ReadError:
    """Make the error for a file that has a password."""
    return ReadError(source.file, "the file is encrypted: open it with its password and save it without one")


def _folder(names: list[str]) -> str:
    """Give the one folder that all parts lie in, where a package was unpacked and its folder packed again; else "".

    >>> _folder(["book/", "book/mimetype", "book/META-INF/container.xml"]), _folder(["mimetype", "META-INF/a.xml"])
    ('book/', '')
    """
    first = names[0].partition("/")[0] + "/" if names else ""
    known = any(first + part in names for part in _AT_THE_TOP)
    return first if known and all(name.startswith(first) for name in names) else ""


class Package:
    """Open the zip package of a source; raises ReadError where it is damaged, encrypted or a bomb.

    `names` are those of its parts; a folder that holds all of them is left out.
    """

    def __init__(self, source: Source) -> None:
        self._source, self._file, self._left = source, source.file, LIMIT
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(source.data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError):
            self._refuse(source)
            raise ReadError(source.file, "the file is damaged or cut off: get a whole copy of it") from None
        held = self._zip.namelist()
        self._folder = _folder(held)
        self.names = tuple(name.removeprefix(self._folder) for name in held if name != self._folder)
        self._known = frozenset(self.names)

    @staticmethod
    def _refuse(source: Source) -> None:
        """Raise a ReadError for what was never a package."""
        if not source.data:
            raise ReadError(source.file, "the file is empty: get a whole copy of it")
        if is_encrypted_office(source.data):
            raise encrypted(source)
        if not source.data.startswith(b"PK"):
            suffix = source.file.suffix
            template = "this is no {suffix} file: get a new copy, or rename it to .txt if it is plain text"
            raise ReadError(source.file, template, suffix=suffix)

    def __enter__(self) -> Package:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._zip.close()

    def __contains__(self, name: str) -> bool:
        return name in self._known

    def read(self, name: str) -> bytes:
        """Give the bytes of a part; raises ReadError where there is none, or it is damaged, encrypted or too large."""
        # a damaged package may hold any name
        shown = " ".join(name.split())
        if name not in self._known:
            raise ReadError(self._file, "the file is damaged: it lacks its part {part}", part=shown)
        part = self._zip.getinfo(self._folder + name)
        if part.flag_bits & 1:
            raise encrypted(self._source)
        try:
            if part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
                raise NotImplementedError
            with self._zip.open(part) as stream:
                # what the package says of its sizes may be a lie
                # what a bomb says of itself is enough to leave it alone; what it doesn't say comes to light
                admitted = is_bomb(part.file_size, part.compress_size)
                data = b"" if admitted else self._unpacked(stream)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError):
            raise ReadError(
                self._file, "the file is damaged in its part {part}: get a whole copy", part=shown
            ) from None
        self._left -= len(data)
        if admitted or self._left < 0 or is_bomb(LIMIT - self._left, len(self._source.data)):
            size = min(LIMIT, max(part.file_size, LIMIT - self._left)) // 2**20
            raise ReadError(self._file, "unpacked, the file holds more than {size} MB: is it really a text?", size=size)
        return data

    def _unpacked(self, stream: IO[bytes]) -> bytes:
        """Unpack a part as far as it may reasonably go."""
        data = bytearray()
        while len(data) <= self._left and not is_bomb(LIMIT - self._left + len(data), len(self._source.data)):
            piece = stream.read(min(2**20, self._left + 1 - len(data)))
            if not piece:
                break
            data += piece
        return bytes(data)
