"""Apply the cures that are safe, and write the mended file."""

from __future__ import annotations

import codecs
import gzip
import io
import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from bialign.doctor.checks import PACKAGES
from bialign.doctor.examining import Examined, examine, started
from bialign.doctor.findings import Findings
from bialign.doctor.model import Report
from bialign.doctor.opening import Bomb, open_file
from bialign.doctor.programs import chosen
from bialign.doctor.registry import RULES
from bialign.doctor.xml_stream import own_encoding
from bialign.errors import BialignError, FormatError
from bialign.formats.files import write_whole

_TO_UTF8 = frozenset({"xml-encoding", "xml-mojibake", "xml-unknown-encoding", "text-encoding", "text-mixed"})
_TO_UTF8 |= {"xml-surrogate", "text-surrogate"}
STOPPING = frozenset({"xml-broken", "xml-depth", "xml-long", "xml-entities-declared"})
"""Rules of which a breach ends the examination of a file."""
_NO_MARK = frozenset({"xml-bom", "moses-bom"})


def fix(
    path: str | os.PathLike[str],
    out: str | os.PathLike[str],
    programs: Collection[str] = (),
    *,
    replace: bool = False,
) -> Report:
    """Write a file with all that can safely be cured, and give the report of the new file.

    Nothing else is changed: what is right stands in the new file as it stood. It is written whole or not at all, packed
    by gzip where its name ends in .gz. Raises BialignError where it cannot be written, where `out` is the file itself
    and `replace` is not set, and where the damage is such that no program could read the result.
    """
    file, goal = Path(path), Path(out)
    wanted = chosen(programs)
    findings = Findings(RULES, wanted, wanted if programs else ())
    try:
        opened = open_file(file)
        examined = started(opened, findings)
        if opened.binary or examined.what.format in PACKAGES:
            raise FormatError(file, "nothing in a file of this kind can be mended here")
        chunks = _encoded(examined, goal)
        write_whole([(goal, chunks)], inputs=() if replace else (file,))
    except Bomb:
        raise FormatError(file, "the file unpacks to far more than a text has; it was not opened") from None
    return examine(goal, programs)


def _encoded(examined: Examined, goal: Path) -> Iterator[bytes]:
    pieces = _in_bytes(examined)
    if goal.suffix.lower() != ".gz":
        yield from pieces
        return
    held = io.BytesIO()
    with gzip.GzipFile(fileobj=held, mode="wb", filename="", mtime=0) as packer:
        for piece in pieces:
            packer.write(piece)
            yield held.getvalue()
            held.seek(0)
            held.truncate()
    yield held.getvalue()


def _in_bytes(examined: Examined) -> Iterator[bytes]:
    """Give the mended file in its own encoding, or in UTF-8 where that is a part of the cure."""
    encoder, first = None, True
    for text in _gathered(examined.pieces()):
        if first:
            first = False
            name, mark = _encoding(examined)
            encoder = codecs.getincrementalencoder(name)("xmlcharrefreplace" if name != "utf-8" else "replace")
            yield mark
        assert encoder is not None
        yield encoder.encode(text)
    if not examined.whole:
        raise _unreadable(examined)


def _gathered(pieces: Iterable[str]) -> Iterator[str]:
    """Join small pieces to larger ones."""
    held: list[str] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size > 1 << 16:
            yield "".join(held)
            held, size = [], 0
    yield "".join(held)


def _encoding(examined: Examined) -> tuple[str, bytes]:
    opened, told = examined.opened, examined.findings.counts
    if not _TO_UTF8.isdisjoint(told):
        # without a mark, a spreadsheet that read the old encoding would no longer find the accents
        marked = examined.what.format == "csv" and "table-no-bom" not in told
        return "utf-8", codecs.BOM_UTF8 if marked else b""
    mark = b"" if not _NO_MARK.isdisjoint(told) else opened.mark
    return own_encoding(opened), mark


def _unreadable(examined: Examined) -> BialignError:
    found = examined.findings.sorted()
    worst = next((one for one in found if one.rule in STOPPING), found[0])
    fields: dict[str, Any] = dict(worst.fields)
    return FormatError(examined.opened.path, worst.template, line=worst.place.line, **fields)
