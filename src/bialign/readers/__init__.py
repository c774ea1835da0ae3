"""Files to documents: one function for any file, which finds the reader by suffix and content."""

from __future__ import annotations

import os
from pathlib import Path

from bialign.bitext import Document
from bialign.charset import decode, describe_binary
from bialign.errors import ReadError, UnsupportedFile
from bialign.readers.text import text_document

__all__ = ["read", "read_lines"]

# what these hold is not the text itself; each waits for a reader of its own
_NOT_PLAIN = {
    ".docx": "a Word file", ".doc": "a Word file", ".odt": "an OpenDocument text", ".rtf": "an RTF file",
    ".pdf": "a PDF file", ".epub": "an e-book", ".mobi": "an e-book", ".xlsx": "a spreadsheet", ".ods": "a spreadsheet",
    ".html": "an HTML page", ".htm": "an HTML page", ".xhtml": "an HTML page", ".xml": "an XML file",
    ".tmx": "a translation memory", ".xlf": "an XLIFF file", ".xliff": "an XLIFF file", ".srt": "a subtitle file",
    ".vtt": "a subtitle file",
}  # fmt: skip


def read(path: str | os.PathLike[str], *, encoding: str | None = None, lang: str | None = None) -> Document:
    """Read a plain text or Markdown file as a document, decoded and repaired.

    `encoding` and `lang` (a BCP 47 code) are found out where they are not given. The document's fixes tell what was
    repaired; ``bialign.repair.revert`` gives the text as it was decoded. Raises ReadError where the file cannot be
    opened, DecodeError where it is not in the stated encoding, UnsupportedFile where it is another kind of file.
    """
    file = Path(path)
    data = _bytes(file)
    kind = describe_binary(data) or _NOT_PLAIN.get(file.suffix.lower(), "")
    if kind:
        raise UnsupportedFile(file, "this is {kind}, and only plain text can be read: save it as .txt", kind=kind)
    text, name = decode(data, file, encoding)
    return text_document(text, file, name, lang)


def read_lines(path: str | os.PathLike[str], *, encoding: str | None = None) -> list[str]:
    r"""Read a file that holds one segment a line; empty lines are kept as "".

    Only "\n" and "\r\n" end a line: a form feed or U+2028 inside a segment stays there, and line numbers are those of
    every other tool. Raises as `read` does.
    """
    file = Path(path)
    text, _ = decode(_bytes(file), file, encoding, keep_line_ends=True)
    lines = text.replace("\r\n", "\n").split("\n")
    return lines[:-1] if lines[-1] == "" else lines


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
