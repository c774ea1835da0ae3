"""Check files of lines: Moses pairs, glossaries of OmegaT, JSON Lines, plain text."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from bialign.doctor.findings import Findings
from bialign.doctor.model import Place
from bialign.doctor.opening import Opened
from bialign.readers.bilingual.moses import partner
from bialign.readers.source import plain_name

_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_CONTROL = "\x00-\x08\x0e-\x1b\x1f\x7f"
_SPECIAL = {
    "moses": re.compile(f"[{_CONTROL}\x0b\x0c\x1c-\x1e\x85\u2028\u2029\ud800-\udfff]|\r(?!\n)"),
    "": re.compile(f"[{_CONTROL}\ud800-\udfff]"),
}
_LONGEST = 10_000_000
_OEM = frozenset({".tab", ".tsv"})
"""Suffixes of glossaries that OmegaT reads in the encoding of the system."""
MAGIC = "# -*- coding: utf-8 -*-\n"


def line_pieces(pieces: Iterator[str]) -> Iterator[str]:
    """Give a text line by line, each with its line end, which is a newline; a line without end comes in parts."""
    rest = ""
    for piece in pieces:
        lines = (rest + piece).split("\n")
        rest = lines.pop()
        yield from (line + "\n" for line in lines)
        if len(rest) > _LONGEST:
            yield rest
            rest = ""
    if rest:
        yield rest


def encoding_faults(format: str, opened: Opened, findings: Findings) -> None:
    """Tell of a text that is in another encoding than UTF-8."""
    from bialign.doctor.xml_stream import shown

    if opened.mixed:
        findings.add("text-mixed")
    elif not opened.encoding.startswith("utf-8") and format != "text":
        findings.add("text-encoding", real=shown(opened))


class Letters:
    """Mend letters that a text may not hold, whatever stands around them."""

    def __init__(self, format: str, findings: Findings) -> None:
        self._special = _SPECIAL.get(format, _SPECIAL[""])
        self._format, self._findings = format, findings
        self._line, self._text = 1, ""

    def mended(self, pieces: Iterator[str]) -> Iterator[str]:
        """Give the text, mended."""
        held = ""
        for piece in pieces:
            text, held = held + piece, ""
            # a CR may have its LF, and half of a letter the other, in the next piece
            if text[-1] == "\r" or "\ud800" <= text[-1] <= "\udbff":
                text, held = text[:-1], text[-1]
            yield self._clean(text)
        if held:
            yield self._clean(held)

    def _clean(self, text: str) -> str:
        if self._special.search(text):
            self._text = text
            text = _PAIR.sub(self._pair, text)
            self._text = text
            text = self._special.sub(self._one, text)
        self._line += text.count("\n")
        return text

    def _pair(self, found: re.Match[str]) -> str:
        self._tell("text-surrogate", found)
        return found[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le")

    def _one(self, found: re.Match[str]) -> str:
        char = found[0]
        if "\ud800" <= char <= "\udfff":
            self._tell("text-surrogate", found)
            return "\ufffd"
        if char == "\x00":
            self._tell("text-nul", found)
            return ""
        if self._format == "moses" and char in "\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029":
            self._tell("moses-break", found)
            return " "
        self._tell("text-control", found)
        return ""

    def _tell(self, rule: str, found: re.Match[str]) -> None:
        text, at = self._text, found.start()
        line = self._line + text.count("\n", 0, at)
        start = max(text.rfind("\n", 0, at) + 1, at - 25)
        end = text.find("\n", at)
        excerpt = text[start : min(end if end >= 0 else at + 35, at + 35)]
        self._findings.add(rule, Place(line), excerpt, char=f"U+{ord(found[0][0]):04X}")


class LineCheck:
    """Examine a file of lines."""

    def __init__(self, format: str, opened: Opened, findings: Findings) -> None:
        self._format, self._opened, self._findings = format, opened, findings
        self._units = 0

    def pieces(self) -> Iterator[str]:
        """Give the mended file."""
        opened, format = self._opened, self._format
        encoding_faults(format, opened, self._findings)
        pieces = Letters(format, self._findings).mended(opened.text())
        if format == "moses":
            yield from self._moses(pieces)
            self._compare()
        elif format == "omegat-glossary":
            yield from self._glossary(pieces)
        elif format == "jsonl":
            yield from self._jsonl(pieces)
        else:
            yield from pieces

    def facts(self) -> dict[str, Any]:
        """Give what was learnt."""
        return {"units": self._units} if self._format != "text" else {}

    def _moses(self, pieces: Iterator[str]) -> Iterator[str]:
        if self._opened.mark == codecs.BOM_UTF8:
            self._findings.add("moses-bom", Place(1))
        last, told = "\n", False
        for piece in pieces:
            last = piece[-1:] or last
            if "\r\n" in piece and not told:
                told = True
                line = self._units + piece.count("\n", 0, piece.index("\r\n")) + 1
                self._findings.add("moses-crlf", Place(line))
            plain = piece.replace("\r\n", "\n")
            self._units += plain.count("\n")
            yield plain
        if last != "\n":
            self._units += 1
            self._findings.add("moses-last", Place(self._units))
            yield "\n"

    def _compare(self) -> None:
        """Compare the lines of a file with those of its partner."""
        path = self._opened.path
        other = partner(path)
        if other is None or self._opened.packed:
            return
        counts = [0, 0]
        with path.open("rb") as own, other.open("rb") as theirs:
            for pair in zip_longest(own, theirs):
                if pair[0] is not None and pair[1] is not None:
                    blank = [not line.strip() for line in pair]
                    if blank[0] != blank[1]:
                        side = path if blank[0] else other
                        excerpt = (pair[1] if blank[0] else pair[0])[:200].decode("utf-8", "replace")
                        self._findings.add("moses-empty", Place(counts[0] + 1, part=side.name), excerpt)
                counts[0] += pair[0] is not None
                counts[1] += pair[1] is not None
        if counts[0] != counts[1]:
            self._findings.add("moses-count", count=counts[0], other=other.name, found=counts[1])

    def _glossary(self, pieces: Iterator[str]) -> Iterator[str]:
        opened, suffix = self._opened, plain_name(self._opened.path).suffix.lower()
        magic = opened.head.startswith("#") and "coding" in opened.head.partition("\n")[0]
        if suffix in _OEM and not opened.ascii and not magic and not opened.mark:
            self._findings.add("glossary-encoding", Place(1), suffix=suffix)
            yield MAGIC
        for number, line in enumerate(line_pieces(pieces), 1):
            yield line
            if not line.strip() or (number == 1 and magic):
                continue
            cells = line.rstrip("\r\n").split("\t")
            if line.startswith("#"):
                if len(cells) > 1 and cells[1].strip():
                    self._findings.add("glossary-hash", Place(number), line)
                continue
            self._units += 1
            if len(cells) < 2 or not cells[1].strip():
                self._findings.add("glossary-empty", Place(number), line)

    def _jsonl(self, pieces: Iterator[str]) -> Iterator[str]:
        for number, line in enumerate(line_pieces(pieces), 1):
            yield line
            if not line.strip():
                continue
            self._units += 1
            try:
                record = json.loads(line)
            except (ValueError, RecursionError) as error:
                problem = getattr(error, "msg", "") or type(error).__name__
                self._findings.add("json-line", Place(number), line, "no JSON: {problem}", problem=problem)
                continue
            if not isinstance(record, dict):
                template = "an object with the texts is expected in each line"
                self._findings.add("json-line", Place(number), line, template)
