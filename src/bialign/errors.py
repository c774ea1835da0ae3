"""The errors bialign raises: one tree, so that one ``except BialignError`` catches what bad input can cause.

Mistakes of the caller (a negative index, an unknown option) raise ``ValueError`` instead. Every message is one line
that says what is wrong, where, and what to do next. An error keeps its English template and the fields that fill it, so
that the command line and the pages can say the same in Spanish.
"""

from __future__ import annotations

from pathlib import Path


class BialignError(Exception):
    """Report a problem with the input, in one line a user can act on.

    `template` is the message in English with ``{field}`` places, `fields` what fills them, `place` where it happened.

    >>> str(BialignError("no beads in {count} lines", count=3, place="a.beads"))
    'a.beads: no beads in 3 lines'
    """

    wanted = ""
    """What the caller can give to cure it: "encoding", or nothing; how depends on who calls."""

    def __init__(self, template: str, *, place: str = "", **fields: object) -> None:
        self.template, self.place, self.fields = template, place, fields
        message = template.format(**fields) if fields else template
        super().__init__(f"{place}: {message}" if place else message)


class ReadError(BialignError):
    """Report a file that cannot be read as a document."""

    def __init__(self, path: Path | str, reason: str, **fields: object) -> None:
        self.path = str(path)
        super().__init__(reason, place=str(path), **fields)


class DecodeError(ReadError):
    """Report bytes that are not text in the encoding they are said to be in; `offset` counts bytes from 0."""

    wanted = "encoding"

    def __init__(self, path: Path | str, encoding: str, offset: int) -> None:
        self.encoding, self.offset = encoding, offset
        reason = "not {encoding} at byte {offset}: name the right encoding"
        super().__init__(path, reason, encoding=encoding, offset=offset)


class UnsupportedFile(ReadError):
    """Report a kind of file that no reader takes."""


class FormatError(BialignError):
    """Report a file that breaks the rules of its own format; `line` counts from 1, `element` is the part at fault."""

    def __init__(
        self, path: Path | str, reason: str, *, line: int | None = None, element: str = "", **fields: object
    ) -> None:
        self.path, self.line, self.element = str(path), line, element
        place = str(path) + (f":{line}" if line is not None else "") + (f" ({element})" if element else "")
        super().__init__(reason, place=place, **fields)


class WrongEncoding(FormatError):
    """Report a file of which the encoding that it declares is not its own."""

    wanted = "encoding"

    def __init__(self, path: Path | str, line: int) -> None:
        super().__init__(path, "not in the encoding it declares: name the right encoding", line=line)


class AlignmentError(BialignError):
    """Report texts that cannot be aligned, or constraints that contradict each other."""


class CorpusError(BialignError):
    """Report a corpus, or its recipe, that cannot be used as it is."""


class SchemaMismatch(CorpusError):
    """Report a corpus file written by another version of bialign; `command` mends it."""

    def __init__(self, found: int, expected: int, command: str) -> None:
        self.found, self.expected, self.command = found, expected, command
        reason = "the corpus has schema {found}, this bialign expects {expected}: run {command}"
        super().__init__(reason, found=found, expected=expected, command=command)


class NotFound(CorpusError):
    """Report an id or a name that the corpus does not hold."""


class MissingExtra(BialignError):
    """Report a feature whose optional packages are not installed; `command` installs them."""

    def __init__(self, feature: str, extra: str) -> None:
        self.feature, self.extra, self.command = feature, extra, f'pip install "bialign[{extra}]"'
        super().__init__("{feature} needs an optional package: {command}", feature=feature, command=self.command)
