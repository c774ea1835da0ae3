"""What a reader is given: a file's bytes, and what the caller knows about them."""

from __future__ import annotations

import gzip
import io
import zlib
from dataclasses import dataclass
from pathlib import Path

from bialign.charset import decode
from bialign.errors import ReadError

LIMIT = 512 * 2**20
"""Bytes that a packed file may hold when unpacked."""
_GZIP = b"\x1f\x8b\x08"
_PIECE = 2**20
_USUAL, _TIMES = 64 * 2**20, 100


@dataclass(frozen=True, slots=True)
class Source:
    """Hold a file that is to be read; `encoding` and `lang` are "" where they are to be found out.

    `also` names what is changed besides what repair mends, of ``bialign.repair.ALSO``.
    """

    file: Path
    data: bytes
    encoding: str = ""
    lang: str = ""
    also: tuple[str, ...] = ()

    def decoded(self, *, keep_line_ends: bool = False) -> tuple[str, str]:
        """Give the text of the bytes and the name of its encoding; raises as `charset.decode` does."""
        return decode(self.data, self.file, self.encoding or None, keep_line_ends=keep_line_ends)


def plain_name(file: Path) -> Path:
    """Give the name that a file has without gzip around it.

    >>> str(plain_name(Path("memory.tmx.gz"))), str(plain_name(Path("memory.tmx")))
    ('memory.tmx', 'memory.tmx')
    """
    return file.with_suffix("") if file.suffix.lower() == ".gz" else file


def file_bytes(file: Path) -> bytes:
    """Give the bytes of a file, out of gzip where it is packed in that.

    Raises ReadError, which says why, where it cannot be opened, is damaged or holds more than LIMIT.
    """
    data = _bytes(file)
    if not data.startswith(_GZIP):
        return data
    unpacked, packed = bytearray(), io.BytesIO(data)
    try:
        with gzip.GzipFile(fileobj=packed) as stream:
            while len(unpacked) <= LIMIT and not is_bomb(len(unpacked), packed.tell()):
                piece = stream.read(min(_PIECE, LIMIT + 1 - len(unpacked)))
                if not piece:
                    return bytes(unpacked)
                unpacked += piece
    except (OSError, EOFError, zlib.error):
        raise ReadError(file, "the file is damaged or cut off: get a whole copy of it") from None
    size = min(LIMIT, len(unpacked)) // 2**20
    raise ReadError(file, "unpacked, the file holds more than {size} MB: is it really a text?", size=size)


def is_bomb(unpacked: int, packed: int) -> bool:
    """Tell whether a file grows when it is unpacked as no text does: XML grows to some twenty times its size.

    >>> is_bomb(50 * 2**20, 50_000), is_bomb(100 * 2**20, 50_000)
    (False, True)
    """
    return unpacked > max(_USUAL, _TIMES * packed)


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise ReadError(file, "no such file; check the name and the folder") from None
    except IsADirectoryError:
        raise ReadError(file, "this is a folder; name a file in it") from None
    except PermissionError:
        # Windows says so of folders too
        if file.is_dir():
            raise ReadError(file, "this is a folder; name a file in it") from None
        raise ReadError(file, "no permission to read this file") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ReadError(file, "cannot be read: {cause}", cause=reason) from None
