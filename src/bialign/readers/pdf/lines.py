"""Characters to words, words to lines."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bialign.readers.pdf.dots import with_ellipses
from bialign.readers.pdf.glyphs import Glyph

_SAME_LINE = 0.12
_WORD_GAP = 0.2
_FONT_GAP = 0.15
_MONO_GAP = 0.5
_DROP_CAP = 1.7
_BREAKS = frozenset("-\u00ad\u2010")
_CLOSING, _OPENING = ".,;:!?)]}»”’…-\u00ad\u2010", "([{«“‘¿¡"


class Word(NamedTuple):
    """Hold characters that stand together; `y` is the baseline, `size` the greatest font size."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    mono: bool = False
    """Whether it is set as code is."""
    font: str = ""
    table: object = None
    """A table that stands in its place; such a word is no text."""
    spaced: bool = False
    """Whether a space comes before it in the file, or room that is taken for one."""

    @property
    def top(self) -> float:
        """Give about where its capitals end."""
        return self.y + 0.7 * self.size

    @property
    def bottom(self) -> float:
        """Give about where its descenders end."""
        return self.y - 0.2 * self.size


@dataclass(slots=True)
class Line:
    """Hold words from left to right; `left` and `right` are the edges of the column it stands in."""

    words: list[Word]
    page: int = 0
    left: float = 0.0
    right: float = 0.0
    column: int = 0
    marks: list[int] = field(default_factory=list)
    """Which of its words are raised and small, as the marks of notes are."""
    closed: bool = False
    """Whether a paragraph ends with it, as an entry of a table of contents does."""
    usual_size: float = 0.0
    """Its size once that has been asked for."""

    @property
    def x0(self) -> float:
        """Give where its first word begins."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Give where its last word ends."""
        return self.words[-1].x1

    @property
    def size(self) -> float:
        """Give the font size of most of its characters, to a tenth of a point."""
        if not self.usual_size:
            sizes: Counter[float] = Counter()
            for word in self.words:
                sizes[round(word.size, 1)] += len(word.text)
            self.usual_size = sizes.most_common(1)[0][0]
        return self.usual_size

    @property
    def y(self) -> float:
        """Give its baseline, that of most of its characters."""
        return statistics.median_low([word.y for word in self.words for _ in word.text])

    @property
    def bold(self) -> bool:
        """Tell whether all of its words are bold."""
        return all(word.bold for word in self.words)

    @property
    def mono(self) -> bool:
        """Tell whether nearly all of it is set as code is; the sign of a broken line may be set otherwise."""
        return sum(len(word.text) for word in self.words if not word.mono) < 0.15 * len(self.text)

    @property
    def text(self) -> str:
        """Give its text, its words parted by spaces where there are some."""
        return self.without(())

    def without(self, dropped: Collection[str]) -> str:
        """Give its text without the raised marks that `dropped` names."""
        parts: list[str] = []
        space = 0.15 * self.size
        for number, word in enumerate(self.words):
            raised = number in self.marks
            if parts and (not (raised or number - 1 in self.marks) or word.x0 - self.words[number - 1].x1 > space):
                parts.append(" ")
            if not (raised and word.text.strip("()[].,") in dropped):
                parts.append(word.text)
        return "".join(parts)


def find_words(glyphs: Sequence[Glyph], mono: Collection[str] = ()) -> list[Word]:
    """Group characters that follow each other in the file and stand side by side into words.

    `mono` names the fonts that code is set in.
    """
    words: list[Word] = []
    group: list[Glyph] = []
    for glyph in glyphs:
        if group and not _goes_on(group[-1], glyph, mono):
            words.append(_word(group, mono))
            group = []
        group.append(glyph)
    if group:
        words.append(_word(group, mono))
    return words


def _goes_on(last: Glyph, glyph: Glyph, mono: Collection[str]) -> bool:
    size = max(last.size, glyph.size)
    spaced = glyph.spaced
    if spaced and glyph.font == last.font and glyph.font in mono:
        # a typewriter's space is as wide as its letters
        spaced = glyph.x0 - last.x1 > _MONO_GAP * (glyph.x1 - glyph.x0)
    if spaced or abs(glyph.y - last.y) > _SAME_LINE * size or not 0.75 < glyph.size / last.size < 1.34:
        return False
    return -0.6 * size < glyph.x0 - last.x1 < (_WORD_GAP if glyph.font == last.font else _FONT_GAP) * size


def _word(group: Sequence[Glyph], fonts: Collection[str]) -> Word:
    text = "".join(glyph.text for glyph in group)
    heavy = sum(glyph.bold for glyph in group) * 2 > len(group)
    # the sign of its sentence behind it is set as the sentence is
    inner = [glyph for glyph in group if glyph.text not in _CLOSING and glyph.text not in _OPENING] or group
    mono = bool(fonts) and all(glyph.font in fonts for glyph in inner)
    x1 = max(glyph.x1 for glyph in group)
    return Word(
        text,
        group[0].x0,
        x1,
        group[0].y,
        max(glyph.size for glyph in group),
        heavy,
        mono,
        group[0].font,
        spaced=group[0].spaced,
    )


def find_lines(words: Sequence[Word]) -> list[Line]:
    """Group the words of one column into lines, from top to bottom; small raised ones join the line they stand at."""
    rows: list[list[Word]] = []
    for word in sorted((word for word in words if word.table is None), key=lambda word: -word.y):
        if rows and abs(rows[-1][-1].y - word.y) <= _SAME_LINE * min(word.size, rows[-1][-1].size) + 0.3:
            rows[-1].append(word)
        else:
            rows.append([word])
    rows = _with_small_ones(rows)
    return _with_drop_caps([_line(row) for row in rows])


def _with_small_ones(rows: list[list[Word]]) -> list[list[Word]]:
    sizes = [max(word.size for word in row) for row in rows]
    kept: list[list[Word]] = [list(row) for row in rows]
    for number, row in enumerate(rows):
        for word in row:
            for other in (number - 1, number + 1):
                if not 0 <= other < len(rows) or (_is_sign(rows[other]) and not _is_sign(row)):
                    continue
                if _is_sign(row) and _stands_before(word, rows[other]):
                    kept[number].remove(word)
                    kept[other].append(word)
                    break
                if word.size > 0.85 * sizes[other]:
                    continue
                base, size = rows[other][0].y, sizes[other]
                first = min(item.x0 for item in rows[other])
                near = any(abs(word.x0 - item.x1) < 0.6 * size
                           or abs(item.x0 - word.x1) < (0.9 if item.x0 == first else 0.4) * size
                           for item in rows[other] if item.size > word.size)  # fmt: skip
                if near and -0.35 * size < word.y - base < 0.65 * size:
                    kept[number].remove(word)
                    kept[other].append(word)
                    break
    return [row for row in kept if row]


def _is_sign(row: Sequence[Word]) -> bool:
    """Tell whether a row holds nothing but a sign, such as those that items begin with."""
    return len(row) == 1 and len(row[0].text) == 1 and not row[0].text.isalnum()


def _stands_before(word: Word, row: Sequence[Word]) -> bool:
    """Tell whether a sign, which may be set in a greater size or raised, stands before the first word of a row."""
    first = min(row, key=lambda word: word.x0)
    apart = first.x0 - word.x1
    return 0 <= apart < 4 * first.size and first.bottom < word.y + 0.25 * word.size and word.y < first.top


def _line(row: Sequence[Word]) -> Line:
    pieces = sorted(row, key=lambda word: word.x0)
    text = pieces[1:] if len(pieces) > 1 and _is_sign(pieces[:1]) else pieces
    size = max(word.size for word in text)
    base = next(word.y for word in text if word.size == size)
    merged: list[Word] = []
    marks: list[int] = []
    for word in pieces:
        small = word.size < 0.85 * size and word.y > base + 0.1 * size
        last = merged[-1] if merged else None
        # what the file holds in several pieces, a word in two fonts or with kerning, is one word yet
        apart = word.x0 - last.x1 if last else 0.0
        if last and not small and len(merged) - 1 not in marks and apart < _gap(last, word) * size:
            merged[-1] = Word(
                last.text + word.text,
                last.x0,
                max(last.x1, word.x1),
                last.y,
                max(last.size, word.size),
                word.bold and last.bold,
                word.mono and last.mono,
                last.font,
                spaced=last.spaced,
            )
            continue
        if small:
            marks.append(len(merged))
        merged.append(word)
    if len(merged) > 1 and merged[-1].text in _BREAKS and 0 <= merged[-1].x0 - merged[-2].x1 < 0.18 * size:
        # the sign of a break may have room before it
        last = merged.pop()
        merged[-1] = merged[-1]._replace(text=merged[-1].text + last.text, x1=last.x1)
        marks = [number for number in marks if number < len(merged)]
    merged, places = with_ellipses(merged)
    return Line(merged, marks=[places[number] for number in marks])


def _gap(last: Word, word: Word) -> float:
    """Give how far apart two pieces of one word may be, in font sizes; signs at a word's edge may have room."""
    return 0.0 if word.spaced and word.text[0] not in _CLOSING and last.text[-1] not in _OPENING else 0.08


def _with_drop_caps(lines: list[Line]) -> list[Line]:
    """Put a great first letter, whose baseline is that of a later line, before the first line beside it."""
    kept = list(lines)
    for line in lines:
        first = line.words[0]
        others = [other for other in kept if other is not line]
        if len(first.text) > 2 or not others:
            continue
        beside = [other for other in others
                  if first.y - 0.2 * other.size <= other.y <= first.top and other.x0 >= first.x1 - 1
                  and first.size > _DROP_CAP * other.size]  # fmt: skip
        if not beside:
            continue
        start = max(beside, key=lambda other: other.y)
        rest = line.words[1:]
        apart = start.x0 - first.x1 > 0.8 * start.size
        head = start.words[0]
        text = first.text + (" " if apart else "") + head.text
        start.words[0] = head._replace(text=text, x0=first.x0)
        for other in beside:
            # the lines beside it are not indented by it
            if other is not start:
                word = other.words[0]
                other.words[0] = word._replace(x0=first.x0)
        if rest:
            line.words[:] = [rest[0]._replace(x0=first.x0), *rest[1:]]
        else:
            kept.remove(line)
    return kept
