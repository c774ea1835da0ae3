"""Check tables in text (CSV, TSV): cells that a spreadsheet computes, rows that do not fit, signs that part columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from bialign.doctor.findings import Findings
from bialign.doctor.lines import Letters, encoding_faults
from bialign.doctor.model import Place
from bialign.doctor.opening import Opened
from bialign.readers.bilingual.columns import OURS

_EXCEL = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?[\d.,\s]*\d[\d.,\s]*%?|[-+=@]")
_LONG = 32_767
_ROWS = 1_048_576
_LONGEST = 10_000_000


class TableCheck:
    """Examine a table cell by cell."""

    def __init__(self, format: str, opened: Opened, findings: Findings) -> None:
        self._opened, self._findings, self._format = opened, findings, format
        stated = _EXCEL.match(opened.head)
        self._skip = stated.end() if stated else 0
        self._sign = stated[1] if stated else "\t" if format == "tsv" else _sign(opened.head)
        quoted = self._sign != "\t" or '\t"' in opened.head or opened.head.startswith('"')
        sign = re.escape(self._sign)
        self._cell = re.compile(
            rf'("(?:[^"]|"")*+"(?=[{sign}\r\n]|\Z))|[^{sign}\r\n]*+' if quoted else rf"()[^{sign}\r\n]*+"
        )
        self._quoted = quoted
        header = opened.head[self._skip :].partition("\n")[0].rstrip("\r").replace('"', "").split(self._sign)
        ours = set(OURS) <= set(header)
        # what we wrote for R is not meant for a spreadsheet, nor is a table parted by tabs, unless somebody says so
        excel = findings.asks("excel-en") or findings.asks("excel-es")
        self._formulas = excel or (format == "csv" and not (ours and not opened.mark))
        self._rows = 0
        self._usual = self._width(opened.head[self._skip :])

    def pieces(self) -> Iterator[str]:
        """Give the mended file."""
        opened, findings = self._opened, self._findings
        encoding_faults(self._format, opened, findings)
        if self._format == "csv":
            if self._sign == ";":
                findings.add("table-semicolon", Place(1))
                findings.add("glossary-semicolon", Place(1))
            elif self._sign == ",":
                findings.add("table-comma", Place(1))
            if opened.encoding == "utf-8" and not opened.mark and not opened.ascii:
                findings.add("table-no-bom", Place(1))
                if findings.minds("table-no-bom"):
                    yield "\ufeff"
        yield from self._records(Letters(self._format, findings).mended(opened.text()))
        if self._rows > _ROWS:
            findings.add("table-rows", count=self._rows)

    def facts(self) -> dict[str, Any]:
        """Give what was learnt."""
        return {"units": self._rows}

    def _records(self, pieces: Iterator[str]) -> Iterator[str]:
        buffer, line, skip = "", 1, self._skip
        for piece in pieces:
            buffer += piece
            if skip:
                yield buffer[:skip]
                buffer, skip, line = buffer[skip:], 0, 2
            # the last row may not be whole
            end = buffer.rfind("\n") + 1
            done, out = self._rows_of(buffer, end, line, final=False)
            yield out
            line += buffer.count("\n", 0, done)
            buffer = buffer[done:]
            if len(buffer) > _LONGEST:
                self._findings.add("table-quote", Place(line), buffer)
                yield buffer
                yield from pieces
                return
        done, out = self._rows_of(buffer, len(buffer), line, final=True)
        yield out + buffer[done:]

    def _rows_of(self, text: str, end: int, line: int, *, final: bool) -> tuple[int, str]:
        """Go through the whole rows of a text up to a place; give where they end, and the rows mended."""
        at, out, count, start = 0, [], 0, 0
        done, kept = 0, 0
        row: list[tuple[int, int]] = []
        while at < end or (final and at == end and row):
            found = self._cell.match(text, at)
            assert found is not None
            stop = found.end()
            if self._quoted and found[1] is None and text.startswith('"', at):
                if not final and text.find('"', at + 1) < 0:
                    break
                self._findings.add("table-quote", Place(line + text.count("\n", 0, at)), text[at : at + 60])
            row.append((at, stop))
            if stop < len(text) and text[stop] == self._sign:
                at = stop + 1
                continue
            if stop >= len(text) and not final:
                break
            mended = self._row(text, row, line, start)
            if mended:
                out += [text[kept : row[0][0]], *mended]
                kept = stop
            row = []
            at = stop + (2 if text.startswith("\r\n", stop) else 1)
            done = start = min(at, len(text))
            count += 1
        out.append(text[kept:done])
        return done, "".join(out)

    def _row(self, text: str, row: list[tuple[int, int]], line: int, start: int) -> list[str]:
        """Check a row; give its pieces where one is mended, else nothing."""
        if len(row) == 1 and row[0][0] == row[0][1]:
            return []
        self._rows += 1
        cells = [text[first:last] for first, last in row]
        if (
            self._format == "csv"
            and len(cells) > self._usual
            and any(cell.strip(' "') for cell in cells[self._usual :])
        ):
            place = Place(line + text.count("\n", 0, start))
            fields: dict[str, Any] = {"found": len(cells), "usual": self._usual, "delimiter": repr(self._sign)}
            self._findings.add("table-cells", place, text[start : row[-1][1]], **fields)
        changed = False
        for number, cell in enumerate(cells):
            if len(cell) > _LONG:
                self._findings.add("table-long", self._place(text, line, start, number), cell, count=len(cell))
            bare = cell[1:] if cell.startswith('"') else cell
            if not self._formulas or bare[:1] not in "=+-@" or not bare or _NUMBER.fullmatch(bare.rstrip('"')):
                continue
            self._findings.add("table-formula", self._place(text, line, start, number), cell, char=bare[0])
            at = len(cell) - len(bare)
            cells[number] = f"{cell[:at]}'{bare}"
            changed = True
        return [self._sign.join(cells)] if changed else []

    def _place(self, text: str, line: int, start: int, number: int) -> Place:
        name, rest = "", number
        while rest >= 0:
            rest, letter = divmod(rest, 26)
            name, rest = chr(65 + letter) + name, rest - 1
        return Place(line + text.count("\n", 0, start), cell=f"{name}{self._rows}")

    def _width(self, head: str) -> int:
        """Give how many cells most rows have at the beginning of the table."""
        counts: Counter[int] = Counter()
        at, cells = 0, 0
        while at < len(head) and counts.total() < 300:
            found = self._cell.match(head, at)
            assert found is not None
            cells, stop = cells + 1, found.end()
            if stop >= len(head):
                break
            if head[stop] != self._sign:
                counts[cells] += 1
                cells = 0
            at = stop + 1
        return max(counts, key=lambda count: (counts[count], count), default=1_000_000)


def _sign(head: str) -> str:
    """Give the sign that parts the columns: the one that most lines hold equally often."""
    lines = [re.sub('"(?:[^"]|"")*"', "", line) for line in head.splitlines()[:200] if line.strip()]

    def fits(sign: str) -> tuple[int, int]:
        counts = Counter(line.count(sign) for line in lines if sign in line)
        return max(((many, count) for count, many in counts.items()), default=(0, 0))

    return max((",", ";", "\t"), key=fits)
