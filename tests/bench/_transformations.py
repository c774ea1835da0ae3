"""What makes a document hard to align: seeded transformations of gold documents, each with its gold.

Each takes a gold document, the codes of its two languages, and unrelated text in the source's language.
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence

from bialign.aligner.training import GoldDocument

from ._stressed import Builder, Stressed, Unit, draw_for, units
from ._texts import LABELS, LANGUAGES, REFRAINS, REPLIES, number

Langs = tuple[str, str]
Transformation = Callable[[GoldDocument, Langs, Sequence[str]], Stressed]


def unchanged(document: GoldDocument, langs: Langs, unrelated: Sequence[str]) -> Stressed:
    """Leave a document as it is, to compare with."""
    made = Builder()
    made.extend(units(document))
    return made.finish(document.name)


def abridged(document: GoldDocument, langs: Langs, unrelated: Sequence[str]) -> Stressed:
    """Leave 30% of the source untranslated, in runs of 1 to 60 beads."""
    draw, found = draw_for("abridged", document.name), units(document)
    omitted: set[int] = set()
    while len(omitted) < 0.3 * len(found):
        length = min(draw.choice((1, 1, 1, 2, 3, 5, 8, 15, 30, 60)), len(found) // 4)
        start = draw.randrange(len(found) - length + 1)
        omitted.update(range(start, start + length))
    made = Builder()
    for n, unit in enumerate(found):
        made.add(unit.source, () if n in omitted else unit.target)
    return made.finish(document.name)


def paragraphs_moved(document: GoldDocument, langs: Langs, unrelated: Sequence[str]) -> Stressed:
    """Move 1 paragraph in 20 of the target to another place, at least 3 paragraphs away."""
    draw = draw_for("moved", document.name)
    paragraphs = list(_paragraphs(document, draw))
    count = len(paragraphs)
    movable = [n for n, part in enumerate(paragraphs) if any(u.source and u.target for u in part)]
    moved = sorted(draw.sample(movable, max(1, round(count / 20))))
    landing: dict[int, list[int]] = {}  # before which paragraph a moved one is put
    for n in moved:
        # not beside another moved one either, which would move the two together
        free = [p for p in range(count + 1) if abs(p - n) > 3 and not {p - 1, p} & {*moved, *landing}]
        landing.setdefault(draw.choice(free), []).append(n)
    made = Builder()
    for n in range(count + 1):
        for key in landing.get(n, ()):
            made.add_half(paragraphs[key], key, 1)
        if n in moved:
            made.add_half(paragraphs[n], n, 0)
        elif n < count:
            made.extend(paragraphs[n])
    return made.finish(document.name)


def front_matter(document: GoldDocument, langs: Langs, unrelated: Sequence[str]) -> Stressed:
    """Put 30 to 80 segments of other text, in the source's language, before the source or before the target."""
    draw = draw_for("front", document.name)
    start = draw.randrange(len(unrelated) - 80)
    extra = unrelated[start : start + draw.randint(30, 80)]
    made = Builder()
    made.add(*((extra, ()) if draw.randrange(2) else ((), extra)))
    made.extend(units(document))
    return made.finish(document.name)


def footnotes_at_end(document: GoldDocument, langs: Langs, unrelated: Sequence[str]) -> Stressed:
    """Make 1 bead in 15 a footnote: in place on one side, gathered at the end of the other."""
    draw, found = draw_for("footnotes", document.name), units(document)
    full = [n for n, unit in enumerate(found[: -len(found) // 10]) if n and unit.source and unit.target]
    notes = sorted(draw.sample(full, len(found) // 15))
    inline = draw.randrange(2)
    made, kept = Builder(), {}
    for n, unit in enumerate(found):
        if n in notes:
            mark = f"[{notes.index(n) + 1}] "
            kept[n] = Unit((mark + unit.source[0], *unit.source[1:]), (mark + unit.target[0], *unit.target[1:]))
            made.add_half([kept[n]], n, inline)
        else:
            made.add(unit.source, unit.target)
    for n in notes:
        made.add_half([kept[n]], n, 1 - inline)
    return made.finish(document.name)


def refrains(document: GoldDocument, langs: Langs, unrelated: Sequence[str]) -> Stressed:
    """Repeat a refrain of two lines after every 3 to 6 beads; 1 time in 8 one side leaves it out."""
    draw, made = draw_for("refrains", document.name), Builder()
    refrain = draw.sample(REFRAINS, 2)
    wait = draw.randint(3, 6)
    for unit in units(document):
        made.add(unit.source, unit.target)
        wait -= 1
        if not wait:
            wait = draw.randint(3, 6)
            _sometimes_one_side(made, refrain, langs, draw, 1 / 8)
    return made.finish(document.name)


def dialogue(document: GoldDocument, langs: Langs, unrelated: Sequence[str]) -> Stressed:
    """Put runs of 5 to 25 one-word lines after every 10 to 20 beads; 1 line in 20 stands on one side alone."""
    draw, made = draw_for("dialogue", document.name), Builder()
    wait = draw.randint(5, 20)
    for unit in units(document):
        made.add(unit.source, unit.target)
        wait -= 1
        if not wait:
            wait = draw.randint(10, 20)
            before: tuple[str, ...] = ()
            for _ in range(draw.randint(5, 25)):
                # the same line twice running would leave open which of the two is left out
                line = draw.choice([reply for reply in REPLIES if reply != before])
                _sometimes_one_side(made, [line], langs, draw, 1 / 20)
                before = line
    return made.finish(document.name)


def verse_and_prose(document: GoldDocument, langs: Langs, unrelated: Sequence[str]) -> Stressed:
    """Cut the segments of one side into 2 to 4 lines each, at commas or between words."""
    draw, made = draw_for("verse", document.name), Builder()
    side = draw.randrange(2)
    for unit in units(document):
        cut = tuple(line for text in (unit.source, unit.target)[side] for line in _lines(text, draw))
        made.add(*((cut, unit.target) if side == 0 else (unit.source, cut)))
    return made.finish(document.name)


def tables_of_numbers(document: GoldDocument, langs: Langs, unrelated: Sequence[str]) -> Stressed:
    """Put a table of 8 to 25 rows after every 20 to 40 beads; 1 row in 10 stands on one side alone."""
    draw, made = draw_for("tables", document.name), Builder()
    wait = draw.randint(5, 20)
    for unit in units(document):
        made.add(unit.source, unit.target)
        wait -= 1
        if not wait:
            wait = draw.randint(20, 40)
            labels = draw.random() < 0.5
            columns = draw.randint(2, 4)
            for _ in range(draw.randint(8, 25)):
                _sometimes_one_side(made, [_table_row(draw, columns, labels)], langs, draw, 1 / 10)
    return made.finish(document.name)


def one_to_many(document: GoldDocument, langs: Langs, unrelated: Sequence[str]) -> Stressed:
    """Merge, now on the source side, now on the target side, so that 1 segment faces 2 to 6: half of the text."""
    draw, made, found = draw_for("legal", document.name), Builder(), units(document)
    n = 0
    while n < len(found):
        if draw.random() < 0.25:
            merged, wanted = draw.randrange(2), draw.randint(2, 6)
            group: list[Unit] = []
            while n < len(found) and found[n].source and found[n].target:
                many = sum(len((u.target, u.source)[merged]) for u in [*group, found[n]])
                if many > wanted:
                    break
                group.append(found[n])
                n += 1
            source = tuple(text for unit in group for text in unit.source)
            target = tuple(text for unit in group for text in unit.target)
            if group:
                made.add(*(((" ".join(source),), target) if merged == 0 else (source, (" ".join(target),))))
                continue
        made.add(found[n].source, found[n].target)
        n += 1
    return made.finish(document.name)


def languages_swapped(document: GoldDocument, langs: Langs, unrelated: Sequence[str]) -> Stressed:
    """Swap the sides in a stretch of 20 to 60 beads in every 200: the source has the target's language there."""
    draw, made, found = draw_for("swapped", document.name), Builder(), units(document)
    for start in range(0, len(found), 200):
        part = found[start : start + 200]
        length = min(draw.randint(20, 60), len(part))
        first = draw.randrange(len(part) - length + 1)
        for n, unit in enumerate(part):
            swapped = first <= n < first + length
            made.add(*((unit.target, unit.source) if swapped else (unit.source, unit.target)))
    return made.finish(document.name)


KINDS: dict[str, Transformation] = {
    "unchanged": unchanged,
    "abridged": abridged,
    "paragraphs moved": paragraphs_moved,
    "front matter on one side": front_matter,
    "footnotes at the end of one side": footnotes_at_end,
    "refrains": refrains,
    "one-word dialogue": dialogue,
    "verse against prose": verse_and_prose,
    "tables of numbers": tables_of_numbers,
    "legal 1-to-many": one_to_many,
    "languages swapped": languages_swapped,
}


def _paragraphs(document: GoldDocument, draw: random.Random) -> Iterator[list[Unit]]:
    """Cut a document where a paragraph begins on both sides, or, where none are known, every 3 to 8 beads."""
    rows, columns = document.source_paragraphs, document.target_paragraphs
    part: list[Unit] = []
    wait = draw.randint(3, 8)
    for bead, unit in zip(document.beads, units(document), strict=True):
        i, j = bead.source.start, bead.target.start
        if rows is None or columns is None:
            border = len(part) >= wait
        else:
            inside = 0 < i < len(rows) and 0 < j < len(columns)
            border = inside and rows[i] != rows[i - 1] and columns[j] != columns[j - 1]
        if part and border:
            yield part
            part, wait = [], draw.randint(3, 8)
        part.append(unit)
    yield part


def _sometimes_one_side(
    made: Builder, lines: Sequence[tuple[str, ...]], langs: Langs, draw: random.Random, rate: float
) -> None:
    """Add lines as 1-1 beads; with probability `rate` on one side alone."""
    source, target = ([line[LANGUAGES.index(lang)] for line in lines] for lang in langs)
    if draw.random() < rate:
        made.add(*((source, ()) if draw.randrange(2) else ((), target)))
    else:
        for row, column in zip(source, target, strict=True):
            made.add((row,), (column,))


def _lines(text: str, draw: random.Random) -> list[str]:
    """Cut a segment into 2 to 4 lines of 3 words or more, after a comma where one is near."""
    words = text.split()
    count = min(draw.randint(2, 4), len(words) // 3)
    if count < 2:
        return [text]
    cuts = [0]
    for n in range(1, count):
        even = round(n * len(words) / count)
        near = sorted(range(max(cuts[-1] + 3, even - 3), min(len(words) - 2, even + 4)), key=lambda c: abs(c - even))
        commas = [cut for cut in near if re.search(r"[,;:]$", words[cut - 1])]
        if near:
            cuts.append((commas or near)[0])
    return [" ".join(words[a:b]) for a, b in zip(cuts, [*cuts[1:], len(words)], strict=True)]


def _table_row(draw: random.Random, columns: int, labels: bool) -> tuple[str, ...]:
    """Make a row, written as each of LANGUAGES writes it."""
    label = draw.choice(LABELS)
    values = [(draw.randint(1, 99_999), 0) if draw.random() < 0.6 else (draw.random() * 100, 1) for _ in range(columns)]
    rows = []
    for n, lang in enumerate(LANGUAGES):
        cells = [number(value, lang, decimals) for value, decimals in values]
        rows.append("  ".join([label[n], *cells] if labels else cells))
    return tuple(rows)
