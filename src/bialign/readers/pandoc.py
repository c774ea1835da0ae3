"""What Pandoc's Markdown has beyond CommonMark, written as CommonMark with HTML: tables, line blocks, lists, spans.

Each construct is what Pandoc's manual says it is. Fenced code is left alone; what only looks like a construct stays.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_DASHES = re.compile(r"\s*-{2,}(?:\s+-{2,})+\s*\Z")
_RULE = re.compile(r"\s*-{3,}\s*\Z")
_GRID = re.compile(r"\s*\+(?:[-=:]+\+)+\s*\Z")
_CAPTION = re.compile(r" {0,3}(?:Table:|:)\s+(?=\S)")
_VERSE = re.compile(r"\|(?: (?P<line>.*)|\Z)")
_PIPES = re.compile(r"\s*\|?[\s:|-]*-[\s:|-]*\Z")
_DIV = re.compile(r":{3,}\s*(?:\{[^}]*\}|[\w-]+)?\s*:*\s*\Z")
_TEX = re.compile(r"\\[a-zA-Z]+\*?(?:\[[^\]]*\]|\{[^}]*\})*\s*\Z")
_IMAGE = re.compile(r"!\[(?P<caption>[^\]]+)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)(?:\{[^}]*\})?\s*\Z")
_EXAMPLE = re.compile(r"(?P<indent> {0,3})\(@[\w-]*\)\s+(?=\S)")
_ROMAN = r"[ivxlc]+|[IVXLC]+"
_FANCY = re.compile(
    rf"(?P<indent> {{0,3}})(?:\((?P<a>\d+|[a-zA-Z]|{_ROMAN})\)|(?P<b>[a-z]|{_ROMAN}|[A-Z])(?P<end>[.)])|#\.)"
    r"\s+(?=\S)"
)
_SPAN = re.compile(r"\[([^\[\]]+)\]\{[#.][^{}\n]*\}")
_ATTRIBUTES = re.compile(r"(?<=[`)])\{[#.=][^{}\n]*\}")
_SUB = re.compile(r"(?<![~\\\s])~([^~\s]{1,20})~(?!~)")
_SUP = re.compile(r"(?<![\^\\\s\[])\^([^\^\s\[\]]{1,20})\^(?!\^)")
_STRUCK = re.compile(r"(?<![~\\])~~(?=\S)(.+?)(?<=\S)~~(?!~)")
_TASK = re.compile(r"(\s*[-*+]\s+)\[[ xX]\]\s+")


def as_commonmark(text: str) -> str:
    r"""Write Pandoc's Markdown as CommonMark, with HTML for what that has no marks for.

    >>> as_commonmark("(@) One\n(@) Two\n\nH~2~O\n")
    '1. One\n2. Two\n\nH2O\n'
    """
    lines = text.split("\n")
    result: list[str] = []
    at = 0
    while at < len(lines):
        if fence := _FENCE.match(lines[at]):
            stop = _end_of_code(lines, at, fence[1])
            result += lines[at:stop]
            at = stop
            continue
        first = at == 0 or not lines[at - 1].strip()
        for construct in (_line_block, _grid_table, _dashed_table, _list):
            if first and (found := construct(lines, at)):
                written, at = found
                result += written
                break
        else:
            result += _line(lines, at, first)
            at += 1
    return "\n".join(result)


def _end_of_code(lines: Sequence[str], at: int, fence: str) -> int:
    closes = re.compile(rf" {{0,3}}{re.escape(fence)}[`~]*\s*\Z")
    return next((n + 1 for n in range(at + 1, len(lines)) if closes.match(lines[n])), len(lines))


def _line(lines: Sequence[str], at: int, first: bool) -> list[str]:
    """Write a line that begins none of the constructs of several lines."""
    line = lines[at]
    last = at + 1 == len(lines) or not lines[at + 1].strip()
    if line.startswith(("    ", "\t")):
        return [line]
    if _DIV.match(line) or (first and last and _TEX.match(line)):
        return [""]
    if first and last and (image := _IMAGE.match(line)):
        return _element("figcaption", image["caption"])
    if first and (caption := _CAPTION.match(line)) and _is_by_table(lines, at):
        return _element("figcaption", line[caption.end() :])
    return [_inline(line)]


def _inline(line: str) -> str:
    line = _ATTRIBUTES.sub("", _SPAN.sub(r"\1", _TASK.sub(r"\1", line)))
    return _SUP.sub(r"\1", _SUB.sub(r"\1", _STRUCK.sub(r"\1", line))) if "~" in line or "^" in line else line


def _is_by_table(lines: Sequence[str], at: int) -> bool:
    """Tell whether a table ends before a line, or begins behind it, with one blank line or none between."""
    before = [line for line in lines[max(0, at - 2) : at] if line.strip()][-1:]
    rest = next((n for n in range(at + 1, len(lines)) if not lines[n].strip()), len(lines))
    after = [line for line in lines[rest + 1 : rest + 4] if line.strip()]
    return any(
        _GRID.match(line) or _DASHES.match(line) or _RULE.match(line) or line.count("|") > 1 for line in before + after
    ) or (bool(before) and bool(re.search(r"\S {2,}\S", before[0])))


def _element(name: str, text: str) -> list[str]:
    return [f"<{name}>", "", _inline(text), "", f"</{name}>", ""]


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    written = ["<table>"]
    for row in rows:
        written.append("<tr>")
        for cell in row:
            lines = [_inline(line) for line in cell.strip("\n").split("\n")]
            written += ["<td>", "", *lines, "", "</td>"] if cell.strip() else []
        written.append("</tr>")
    return [*written, "</table>", ""]


def _line_block(lines: Sequence[str], at: int) -> tuple[list[str], int] | None:
    """Read lines that begin with a bar and a space: verses, addresses."""
    stop = at
    while stop < len(lines) and _VERSE.match(lines[stop]):
        stop += 1
        # a line may go on, indented
        while stop < len(lines) and lines[stop].startswith(" ") and lines[stop].strip():
            stop += 1
    if stop == at or any(_PIPES.match(line) and "-" in line for line in lines[at : at + 2]):
        return None
    if all(line.rstrip().endswith("|") and line.count("|") > 1 for line in lines[at:stop]):
        return None
    verses: list[str] = []
    for line in lines[at:stop]:
        if found := _VERSE.match(line):
            verses.append((found["line"] or "").strip())
        else:
            verses[-1] += " " + line.strip()
    written = [_inline(verse) + "<br>" for verse in verses if verse]
    return ['<div class="line-block">', "", *written, "", "</div>", ""], stop


def _grid_table(lines: Sequence[str], at: int) -> tuple[list[str], int] | None:
    """Read a table drawn with +, - and |."""
    if not _GRID.match(lines[at]):
        return None
    stop = at
    while stop < len(lines) and (_GRID.match(lines[stop]) or lines[stop].lstrip().startswith("|")):
        stop += 1
    if stop - at < 3 or not _GRID.match(lines[stop - 1]):
        return None
    rows: list[list[str]] = []
    cells: list[list[str]] = []
    for line in lines[at:stop]:
        if _GRID.match(line):
            rows += [["\n".join(cell) for cell in cells]] if cells else []
            cells = []
            continue
        parts = line.strip().strip("|").split("|")
        cells += [[] for _ in range(len(parts) - len(cells))]
        for cell, part in zip(cells, parts, strict=False):
            cell.append(part.strip())
    return _table(rows), stop


def _dashed_table(lines: Sequence[str], at: int) -> tuple[list[str], int] | None:
    """Read a table whose columns dashes under the head show; rows of several lines stand between blank ones."""
    framed = bool(_RULE.match(lines[at]))
    head = next((n for n in range(at + framed, min(at + 8, len(lines))) if _DASHES.match(lines[n])), None)
    if head is None or any(not line.strip() for line in lines[at + framed : head]) or (head > at + 1 and not framed):
        return None
    if framed and head == at:
        return None
    columns = [found.span() for found in re.finditer(r"-+", lines[head])]
    stop, rows = _rows(lines, head + 1, columns, framed=framed)
    if stop is None or not rows:
        return None
    top = _cells(lines[at + framed : head], columns)
    return _table([*([top] if any(cell.strip() for cell in top) else []), *rows]), stop


def _rows(
    lines: Sequence[str], at: int, columns: Sequence[tuple[int, int]], *, framed: bool
) -> tuple[int | None, list[list[str]]]:
    """Read rows up to the line that ends them, None where there is none."""
    rows: list[list[str]] = []
    row: list[str] = []
    for number in range(at, len(lines)):
        line = lines[number]
        ends = _RULE.match(line) or _DASHES.match(line)
        if ends or (not line.strip() and not framed):
            return number + bool(ends), [*rows, *([_cells(row, columns)] if row else [])]
        if not framed:
            rows.append(_cells([line], columns))
        elif line.strip():
            row.append(line)
        elif row:
            rows.append(_cells(row, columns))
            row = []
    return (None if framed else len(lines)), rows


def _cells(lines: Sequence[str], columns: Sequence[tuple[int, int]]) -> list[str]:
    """Cut lines into the cells of a row; a column reaches to where the next one begins."""
    starts = [0, *(start for start, _ in columns[1:]), 10_000]
    return ["\n".join(line[a:b].strip() for line in lines).strip() for a, b in itertools.pairwise(starts)]


def _list(lines: Sequence[str], at: int) -> tuple[list[str], int] | None:
    """Read the first line of each item of a list that counts by letters, Roman numerals, or "(@)"."""
    if _EXAMPLE.match(lines[at]):
        return _items(lines, at, _EXAMPLE)
    found = _FANCY.match(lines[at])
    if found is None or not _counts(lines, at, found):
        return None
    return _items(lines, at, _FANCY)


def _counts(lines: Sequence[str], at: int, first: re.Match[str]) -> bool:
    """Tell whether a marker that may be a word or an initial is the first of a list: another follows it."""
    label = first["a"] or first["b"]
    if label is None:
        return True
    other = next((found for line in lines[at + 1 : at + 12] if (found := _FANCY.match(line))), None)
    following = other and (other["a"] or other["b"])
    pairs = {"a": "b", "A": "B", "i": "ii", "I": "II", "1": "2"}
    return following is not None and pairs.get(label) == following and first["end"] == (other and other["end"])


def _items(lines: Sequence[str], at: int, marker: re.Pattern[str]) -> tuple[list[str], int]:
    written: list[str] = []
    number = 0
    for line in _run(lines, at, marker):
        found = marker.match(line)
        number += found is not None
        written.append(_inline(f"{found['indent']}{number}. {line[found.end() :]}" if found else line))
    return written, at + len(written)


def _run(lines: Sequence[str], at: int, marker: re.Pattern[str]) -> Iterator[str]:
    """Give the lines up to a blank one that no further item or indented line follows."""
    for number in range(at, len(lines)):
        after = lines[number + 1] if number + 1 < len(lines) else ""
        if not lines[number].strip() and not (after.startswith(" ") or marker.match(after)):
            return
        if _FENCE.match(lines[number]):
            return
        yield lines[number]
