"""Running heads and page numbers: what repeats at the borders of pages, or at the distance of a page."""

from __future__ import annotations

import bisect
import itertools
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from bialign.bitext import Boilerplate
from bialign.boilerplate.lines import Line
from bialign.boilerplate.numbers import NAMED_PAGE, PAGE_NUMBER, counts, fitting, notation, number

_FEWEST = 4
"""Times a line without known pages must come again."""
_PAGE_SIZES = range(400, 10_000)
"""Characters from a head to its like: those of a page, or of two for heads of one side."""
_CHAPTER = re.compile(
    r"(?:chapter|part|book|section|lesson|canto|act|scene|cap[íi]tulo|parte|libro|secci[óo]n|lecci[óo]n|acto|escena)"
    r"\W*#\W*\Z"
)
_SHORT = 70
"""Characters of a head that is known by what stands beside it."""
_NOTATIONS = {"# digits", "# roman", "# ROMAN"}
_FEWEST_ROWS = 24
"""Lines of a page, blank ones too, that is known by having as many as the others; numbered stanzas have fewer."""


def at_borders(lines: Sequence[Line], pages: Sequence[int]) -> Iterator[Boilerplate]:
    """Find what repeats in the first or last two lines of the pages that begin at `pages`."""
    starts = [line.start for line in lines]
    borders = [*(bisect.bisect_left(starts, page) for page in pages), len(lines)]
    places: defaultdict[tuple[str, bool], dict[int, Line]] = defaultdict(dict)
    for page, (first, stop) in enumerate(itertools.pairwise(borders)):
        here = lines[first:stop]
        for line in here[:2]:
            places[line.shape, True][page] = line
        for line in here[2:][-2:]:
            places[line.shape, False][page] = line
    wanted = max(3, len(pages) // 5)
    few = _on_alternate_pages(places, len(pages))
    for place, found in places.items():
        shape, group = place[0], list(found.values())
        if not shape or (len(group) < wanted and place not in few):
            continue
        numbered = bool(PAGE_NUMBER.match(group[0].text))
        if numbered and not NAMED_PAGE.match(group[0].text):
            group = fitting(group) if counts(group) else []
        elif not any(map(str.isalnum, shape.replace("#", ""))):
            continue  # a line of dots that repeats does not make a head
        elif "#" in shape:
            group = _with_pages(found)
        rule = "page-number" if numbered else "running-head"
        for line in group:
            fields = {"count": len(group), "pages": len(pages)}
            yield Boilerplate(line.start, line.stop, rule, "at the border of {count} of {pages} pages", fields)


def _on_alternate_pages(
    places: defaultdict[tuple[str, bool], dict[int, Line]], pages: int
) -> frozenset[tuple[str, bool]]:
    """Find heads of left and of right pages, of which a text of four or five pages has two each."""
    found: set[tuple[str, bool]] = set()
    few = [place for place, group in places.items() if place[0] and 2 <= len(group) < _FEWEST]
    for one, other in itertools.combinations(few, 2):
        if pages < 2 * _FEWEST and one[1] == other[1] and len(places[one]) + len(places[other]) >= pages - 1:
            sides = {page % 2 for page in places[one]}, {page % 2 for page in places[other]}
            if len(sides[0]) == len(sides[1]) == 1 and sides[0] != sides[1]:
                found |= {one, other}
    return frozenset(found)


def _with_pages(found: Mapping[int, Line]) -> list[Line]:
    """Give the lines whose number is that of their page, or that come again as they are; the others head chapters."""
    offsets = Counter(number(line.text) - page for page, line in found.items() if not _CHAPTER.match(line.shape))
    texts = Counter(line.text for line in found.values())
    return [line for page, line in found.items() if offsets[number(line.text) - page] > 1 or texts[line.text] > 1]


def at_distances(lines: Sequence[Line]) -> Iterator[Boilerplate]:
    """Find what comes again at the distance of a page, where nobody says where pages begin."""
    groups: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if line.shape:
            bare = PAGE_NUMBER.match(line.text) and not NAMED_PAGE.match(line.text)
            groups[f"# {notation(line.text)}" if bare else line.shape].append(line)
    for key in _NOTATIONS & groups.keys():
        groups[key] = fitting(groups[key])
    width = statistics.median(len(line.text) for line in lines) if lines else 0
    for group in (*groups.values(), *_alternating(lines, groups)):
        # a line of prose that comes again begins somewhere in its sentence
        prose = group and group[0].text[:1].islower() and not PAGE_NUMBER.match(group[0].text)
        if prose or not group:
            continue
        if _is_beside(group) or _cuts_alone(group, width):
            for line in group:
                template = "{count} times, each beside the head or foot of a page"
                yield Boilerplate(line.start, line.stop, "running-head", template, {"count": len(group)})
            continue
        if len(group) < _FEWEST or not _is_paged(group, lines[-1]):
            continue
        numbered = "#" in group[0].shape and counts(group)
        cuts = sum(line.cuts for line in group)
        if cuts >= _cuts_wanted(group, numbered, lines[-1]):
            rule = "page-number" if numbered and PAGE_NUMBER.match(group[0].text) else "running-head"
            template = "{count} times, at the distance of a page; {cuts} times in mid-sentence"
            for line in group:
                yield Boilerplate(line.start, line.stop, rule, template, {"count": len(group), "cuts": cuts})


def _alternating(lines: Sequence[Line], groups: dict[str, list[Line]]) -> Iterator[list[Line]]:
    """Give the heads of left and of right pages as one group, in a text of so few pages that each comes too seldom.

    They take turns, from the first page of the text to its last.
    """
    few = [group for group in groups.values() if 2 <= len(group) < _FEWEST]
    if not few or lines[-1].stop - lines[0].start > 2 * _FEWEST * _PAGE_SIZES.stop:
        return
    for one, other in itertools.combinations(few, 2):
        both = sorted((*one, *other), key=lambda line: line.start)
        turns = all((before in one) != (after in one) for before, after in itertools.pairwise(both))
        page = statistics.median(after.start - before.stop for before, after in itertools.pairwise(both))
        if turns and both[0].start - lines[0].start < 1.5 * page and lines[-1].stop - both[-1].stop < 1.5 * page:
            yield both


def _is_beside(group: Sequence[Line]) -> bool:
    """Tell whether lines that are no sentences always stand next to what is known to be a head or foot.

    One that begins the text, where nothing stands before it, may be among them.
    """
    return (
        len(group) > 1
        and all(line.beside or (line.number == 0 and line.text == group[-1].text) for line in group)
        and not any(line.runs_on for line in group)
        and _is_name(group[0].text)
    )


def _cuts_alone(group: Sequence[Line], width: float) -> bool:
    """Tell whether a line that comes once stands in mid-sentence beside the number of a page.

    It is a head of a page of which the text has one, if too short for a line of prose in the middle of a paragraph.
    """
    return (
        len(group) == 1
        and group[0].beside
        and group[0].cuts
        and _is_name(group[0].text)
        and (len(group[0].text) < 0.6 * width and group[0].text[:1].isupper())
    )


def _is_name(first: str) -> bool:
    """Tell whether a line may be the name of a book, a chapter or an author."""
    return (
        any(map(str.isalpha, first.replace("#", "")))
        and not first.endswith((".", "!", "?", ":", ";", ","))
        and len(first) <= _SHORT
    )


def _cuts_wanted(group: Sequence[Line], numbered: bool, end: Line) -> float:
    """Give how many sentences lines at the distance of pages must interrupt to be no headings of chapters or stanzas.

    Those stand at regular distances and count on too, but never in mid-sentence.
    """
    text = group[0].text
    if numbered:
        if NAMED_PAGE.match(text) or _have_pages_of_one_length(group, end):
            return 0
        # in a text of few pages, one that cuts a sentence tells for all, if no page lacks its number
        numbers = [number(line.text) for line in group]
        unbroken = len(group) < 2 * _FEWEST and numbers == list(range(numbers[0], numbers[0] + len(group)))
        return max(1 if unbroken else 2, 0.2 * len(group)) if PAGE_NUMBER.match(text) else 1
    return 1 if all(line.text.isupper() for line in group) else max(3, 0.4 * len(group))


def _have_pages_of_one_length(group: Sequence[Line], end: Line) -> bool:
    """Tell whether numbers that count on by one have as many lines between them, to one or two, each time.

    The last page may be short where its number is the `end` of the text. Chapters, sections and letters are hardly ever
    of one length, and end where a sentence does: two numbers must stand behind lines that end none, or one where all
    pages have the same number of lines.
    """
    rows = [after.row - before.row for before, after in itertools.pairwise(group)]
    rows = rows[:-1] if group[-1] == end and rows[-1] < min(rows[:-1]) else rows
    numbers = [number(line.text) for line in group]
    if min(rows) < _FEWEST_ROWS or numbers != list(range(numbers[0], numbers[0] + len(group))):
        return False
    spread = max(rows) - min(rows)
    if len(rows) < 3:  # two distances are too few to tell without a sentence that goes on
        return spread <= 2 and any(line.cuts for line in group)
    return spread <= 2 and sum(not line.after_end for line in group) >= (2 if spread else 1)


def _is_paged(group: Sequence[Line], end: Line) -> bool:
    """Tell whether lines stand at regular distances, those of pages (two of them, for heads of one side).

    The page that a foot at the `end` of the text closes may be short.
    """
    distances = [after.start - before.stop for before, after in itertools.pairwise(group)]
    distances = distances[:-1] if group[-1] == end and distances[-1] < min(distances[:-1]) else distances
    middle = statistics.median(distances)
    regular = sum(0.6 * middle <= distance <= 1.5 * middle for distance in distances)
    return int(middle) in _PAGE_SIZES and regular >= 0.7 * len(distances)
