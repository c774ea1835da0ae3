"""Files to documents: one function for any file, which finds the reader by suffix and content."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from bialign.bitext import Document
from bialign.charset import decode
from bialign.errors import UnsupportedFile
from bialign.readers.kinds import INSTEAD, READERS, describe, is_bilingual, kind_of
from bialign.readers.source import Source, file_bytes

__all__ = ["read", "read_lines"]


def read(
    path: str | os.PathLike[str], *, encoding: str | None = None, lang: str | None = None, also: Iterable[str] = ()
) -> Document:
    """Read a file as a document, decoded and repaired, with its paragraphs and what can be cited.

    What kind of file it is, is told by what it holds, then by its suffix. `encoding` (of plain text) and `lang` (a BCP
    47 code) are found out where they are not given. The document's fixes tell what was repaired;
    ``bialign.repair.revert`` gives the text as it was read. Raises ReadError where the file cannot be opened or is
    damaged, DecodeError where it is not in the stated encoding, UnsupportedFile where no reader takes it.
    """
    file = Path(path)
    data = file_bytes(file)
    kind = kind_of(file, data)
    if is_bilingual(file, data):
        description = describe(file, data) or "a translation memory"
        reason = "this is {kind}, which holds both languages: bialign convert reads it"
        raise UnsupportedFile(file, reason, kind=description)
    if not kind:
        description = describe(file, data)
        template = "this is {kind}, which cannot be read: save it as {suffix}"
        raise UnsupportedFile(file, template, kind=description, suffix=INSTEAD.get(description, ".txt"))
    reader: Callable[[Source], Document] = importlib.import_module(READERS[kind]).document
    return reader(Source(file, data, encoding or "", lang or "", tuple(also)))


def read_lines(path: str | os.PathLike[str], *, encoding: str | None = None) -> list[str]:
    r"""Read a file that holds one segment a line; empty lines are kept as "".

    Only "\n" and "\r\n" end a line: a form feed or U+2028 inside a segment stays there, and line numbers are those of
    every other tool. Raises as `read` does.
    """
    file = Path(path)
    text, _ = decode(file_bytes(file), file, encoding, keep_line_ends=True)
    lines = text.replace("\r\n", "\n").split("\n")
    return lines[:-1] if lines[-1] == "" else lines
