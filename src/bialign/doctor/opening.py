"""Open a file piece by piece, packed or not, and find the encoding it is in, in bounded memory."""

from __future__ import annotations

import codecs
import contextlib
import gzip
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from bialign.charset import decode, describe_binary
from bialign.errors import BialignError, ReadError
from bialign.readers.source import is_bomb

PIECE = 1 << 20
GZIP = b"\x1f\x8b\x08"
_HEAD = 1 << 16
_SAMPLE = 1 << 16
_DECLARED = re.compile(r"<\?xml\s[^>]*?encoding\s*=\s*[\"']([\w.:-]*)[\"']", re.ASCII)
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class Bomb(Exception):
    """Tell that a file unpacks to far more than a text has."""


@dataclass(frozen=True, slots=True)
class Opened:
    """Hold a file that has been looked into.

    `encoding` is the one it is in, as Python calls it; `mixed` tells that bytes of another stand in its UTF-8, `ascii`
    that no byte is above ASCII. `declared` is what its XML declaration says, `mark` its byte order mark. `head` is its
    beginning, as text.
    """

    path: Path
    size: int
    packed: bool
    encoding: str
    mixed: bool
    ascii: bool
    surrogates: bool
    declared: str
    mark: bytes
    head: str
    binary: str = ""

    def bytes(self) -> Iterator[bytes]:
        """Give the bytes in pieces, unpacked; raises Bomb, or ReadError where the file is damaged."""
        return _pieces(self.path)

    def text(self) -> Iterator[str]:
        """Give the text in pieces, without its byte order mark, line ends as they are.

        Bytes that do not fit are read as Windows-1252, surrogates that are written as if they were letters as such.
        """
        errors = "surrogateescape" if self.encoding == "utf-8" else "replace"
        decoder = codecs.getincrementaldecoder(self.encoding)(
            "surrogatepass" if self.encoding.startswith("utf-16") else errors
        )
        first, rest = True, ""
        for data in self.bytes():
            text = rest + _decoded(decoder, data[len(self.mark) :] if first else data)
            first, rest = False, ""
            if self.mixed or self.surrogates:
                text, rest = _held_back(text)
                text = _STRAY.sub(_read, text)
            if text:
                yield text
        text = _STRAY.sub(_read, rest + _decoded(decoder, b"", final=True))
        if text:
            yield text


def open_file(path: Path) -> Opened:
    """Look into a file: all of its bytes are read once. Raises ReadError where it cannot be opened; Bomb."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            packed = file.read(3) == GZIP
    except FileNotFoundError:
        raise ReadError(path, "no such file; check the name and the folder") from None
    except OSError as error:
        if path.is_dir():
            raise ReadError(path, "this is a folder; name a file in it") from None
        raise ReadError(path, "cannot be read: {cause}", cause=error.strerror or str(error)) from None
    head = _first(path)
    binary = describe_binary(head) or ("a Parquet file" if head.startswith(b"PAR1") else "")
    mark, marked = next(((mark, name) for mark, name in MARKS if head.startswith(mark)), (b"", ""))
    if binary:
        return Opened(path, size, packed, "", False, False, False, "", mark, "", binary)
    encoding = marked or _wide(head)
    mixed = is_ascii = surrogates = False
    if not encoding or encoding == "utf-8":
        encoding, mixed, is_ascii, surrogates = _narrow(path)
    text = head[len(mark) :].decode(encoding, "replace")
    said = _DECLARED.match(text.lstrip("\ufeff \t\r\n"))
    return Opened(path, size, packed, encoding, mixed, is_ascii, surrogates, said[1] if said else "", mark, text)


def _first(path: Path) -> bytes:
    head = b""
    for piece in _pieces(path):
        head += piece
        if len(head) >= _HEAD:
            break
    return head[:_HEAD]


def _pieces(path: Path) -> Iterator[bytes]:
    read = 0
    try:
        with contextlib.ExitStack() as stack:
            raw = stack.enter_context(path.open("rb"))
            packed = raw.read(3) == GZIP
            raw.seek(0)
            file = cast("IO[bytes]", stack.enter_context(gzip.GzipFile(fileobj=raw))) if packed else raw
            while piece := file.read(PIECE):
                read += len(piece)
                if packed and is_bomb(read, raw.tell()):
                    raise Bomb
                yield piece
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise ReadError(path, "the file is damaged or cut off: get a whole copy of it") from None
    except OSError as error:
        raise ReadError(path, "cannot be read: {cause}", cause=error.strerror or str(error)) from None


def _wide(head: bytes) -> str:
    """Name the encoding of two bytes a letter that a text without a mark is in, "" for none."""
    if head.startswith((b"<\x00", b"{\x00")):
        return "utf-16-le"
    if head.startswith((b"\x00<", b"\x00{")):
        return "utf-16-be"
    if b"\x00" not in head:
        return ""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > len(head) // 4 and even < odd // 8:
        return "utf-16-le"
    return "utf-16-be" if even > len(head) // 4 and odd < even // 8 else ""


def _narrow(path: Path) -> tuple[str, bool, bool, bool]:
    """Tell the encoding of one byte a letter or more, whether others are mixed in, whether all is ASCII, and whether
    surrogates are written as if they were letters."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    is_ascii, high, stray, surrogates, sample = True, 0, 0, 0, b""
    for data in _pieces(path):
        if is_ascii and data.isascii():
            continue
        text = decoder.decode(data)
        if high < 1 << 20:
            high += len(data) - len(data.translate(None, _HIGH))
        if len(sample) < _SAMPLE and (is_ascii or not text.isprintable()):
            sample += _around(data)
        is_ascii = False
        found = _STRAY.findall(text)
        surrogates += sum(len(one) == 3 for one in found)
        stray += sum(len(one) == 1 for one in found)
        if stray > 1000:
            break
    stray += len(decoder.decode(b"", final=True))
    if not stray:
        return "utf-8", False, is_ascii, surrogates > 0
    if stray * 10 < high:
        return "utf-8", True, False, surrogates > 0
    try:
        name = decode(sample, path)[1]
    except BialignError:
        name = "cp1252"
    return ("utf-8", True, False, surrogates > 0) if name.startswith("utf-8") else (name, False, False, False)


_HIGH = bytes(range(0x80, 0x100))
# a surrogate in three bytes, or a byte that is none of UTF-8, as Python's surrogateescape shows them
_STRAY = re.compile("\udced[\udca0-\udcbf][\udc80-\udcbf]|[\udc80-\udcff]")
_CUT = re.compile("\udced[\udca0-\udcbf]?\\Z")


def _decoded(decoder: codecs.IncrementalDecoder, data: bytes, final: bool = False) -> str:
    try:
        return decoder.decode(data, final)
    except UnicodeDecodeError as error:
        # a text of two bytes a letter that is cut off inside one
        return error.object[: error.start].decode(error.encoding, "replace") + "\ufffd"


def _held_back(text: str) -> tuple[str, str]:
    cut = _CUT.search(text)
    return (text[: cut.start()], cut[0]) if cut else (text, "")


def _read(found: re.Match[str]) -> str:
    data = found[0].encode("utf-8", "surrogateescape")
    if len(data) == 3:
        return data.decode("utf-8", "surrogatepass")
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _around(data: bytes) -> bytes:
    """Give a sample of a piece about its first byte above ASCII."""
    at = next((at for at, byte in enumerate(data) if byte > 0x7F), 0)
    start = data.rfind(b"\n", max(0, at - 2000), at) + 1
    return data[start or max(0, at - 200) : at + _SAMPLE]
