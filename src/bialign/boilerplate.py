"""Boilerplate: running heads, page numbers, navigation and notices that stand between the lines of a text.

They are found by three kinds of evidence - what repeats, where it stands on its page, what shape it has - and removed
only when asked. Lines are compared by their shape: without case, every number alike ("THE HOUSE 12", "The House 14").
"""

from __future__ import annotations

import bisect
import itertools
import re
import statistics
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bialign.bitext import Document, Fix, Paragraph
from bialign.repair import amend, moved

RULES: dict[str, tuple[str, str]] = {
    "running-head": (
        "the head or foot that a page repeats",
        "El título o pie que se repite en cada página",
    ),
    "page-number": ("the number of a page", "El número de una página"),
    "navigation": ("links to other parts of a site", "Enlaces a otras partes de un sitio"),
    "notice": ("a notice of rights", "Un aviso de derechos"),
}
"""What each kind of boilerplate is, in English and in Spanish."""


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """Hold one line that is boilerplate: ``text[start:stop]``, the rule that says so, and its evidence in words."""

    start: int
    stop: int
    rule: str
    template: str
    fields: Mapping[str, object] = field(default_factory=dict)

    @property
    def evidence(self) -> str:
        """Say in English what speaks for it."""
        return self.template.format(**self.fields)


@dataclass(frozen=True, slots=True)
class _Line:
    """Hold a line that is not blank; `number` counts these, `cuts` tells whether it interrupts a sentence."""

    number: int
    start: int
    stop: int
    text: str
    shape: str
    cuts: bool


_LONGEST = 120
"""Characters of the longest head or foot."""
_FEWEST = 4
"""Times a line without known pages must come again."""
_PAGE_SIZES = range(400, 8_000)
"""Characters a page may hold."""

_ROMAN = r"(?=[ivxlc])(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
_NUMERAL = rf"(?:\d{{1,4}}|c{{0,3}}{_ROMAN}(?![^\W\d_]))"
_NUMBERS = re.compile(r"\d+|(?<!\w)[ivxlcdm]+(?!\w)", re.IGNORECASE)
_OF = r"(?:\s*(?:/|of|de)\s*\d+)?"
_PAGE_NUMBER = re.compile(rf"[\W_]*(?:(?:page|página|pág\.|pag\.|p\.)\s*)?{_NUMERAL}{_OF}[\W_]*\Z", re.IGNORECASE)
_NAMED_PAGE = re.compile(rf"[\W_]*(?:page|página|pág\.|pag\.)\s*{_NUMERAL}{_OF}[\W_]*\Z", re.IGNORECASE)
_END = re.compile(r"[.!?…:;][\"'”’»)\]]*\Z")
_TRAIL = re.compile(
    r"(?P<first>[^<>|»›«/]{1,40}?)\s(?P<mark>>|»|›|\|)\s(?:[^<>|»›«/]{1,40}\s(?P=mark)\s)*[^<>|»›«/]{1,80}\Z"
)
_SKIP = r"back to top|volver arriba|skip to (?:main )?content|saltar al contenido"
_LINK = (
    rf"{_SKIP}|home|back|next|previous|prev|top|share|print|e-?mail|search|menu|site map|contact(?: us)?|about(?: us)?|"
    r"log ?in|sign (?:in|up)|subscribe|read more|inicio|portada|volver|siguiente|anterior|arriba|compartir|imprimir|"
    r"correo|buscar|mapa (?:del sitio|web)|contacto|quiénes somos|acceder|iniciar sesión|suscribirse|leer más|"
    r"aviso legal|política de privacidad|privacy policy|terms of (?:use|service)"
)
_LINKS = re.compile(rf"\W*(?:{_LINK})(?:\W+(?:{_LINK}))+[^\w.]*\Z|\W*(?:{_SKIP})\W*\Z", re.IGNORECASE)
_RIGHTS = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:©\s*)?\d{4}|all rights reserved|todos los derechos reservados|"
    r"reservados todos los derechos",
    re.IGNORECASE,
)
_SPACE = re.compile(r"\s+")


def find(document: Document) -> tuple[Boilerplate, ...]:
    """Find the lines of a document that are boilerplate, in order.

    A reader that knows where a line stands on its page has said so by the paragraph's kind. Where the document's pages
    are known, what repeats at their borders is found, else what comes again and again at the distance of a page and
    interrupts sentences, or counts on by one.
    """
    lines = list(_lines(document.text, {}))
    found = {item.start: item for item in itertools.chain(_of_kind(document), _notices(lines), _links(lines))}
    pages = sorted({anchor.offset for anchor in document.anchors if anchor.kind == "page"})
    while True:
        # once a head is known, the foot before it is seen to interrupt a sentence
        lines = list(_lines(document.text, found))
        repeated = _at_borders(lines, pages) if len(pages) >= 3 else _at_distances(lines)
        new = {item.start: item for item in repeated if item.start not in found}
        if not new:
            return tuple(found[start] for start in sorted(found))
        found |= new


def without(document: Document, names: Iterable[str]) -> Document:
    """Give a document without the boilerplate of some rules; see `chosen` for their names."""
    return drop(document, chosen(find(document), names))


def chosen(found: Iterable[Boilerplate], names: Iterable[str]) -> list[Boilerplate]:
    """Pick what some rules found; "boilerplate" names them all. Raises ValueError for a name that is no rule."""
    wanted = set(names)
    unknown = wanted - {"boilerplate", *RULES}
    if unknown:
        raise ValueError(f"no rule for boilerplate: {', '.join(sorted(unknown))}")
    return [item for item in found if "boilerplate" in wanted or item.rule in wanted]


def drop(document: Document, found: Iterable[Boilerplate]) -> Document:
    """Give the document without what was found; ``repair.revert`` still gives the text as it was read.

    A paragraph that a page cut in two is one again where it goes on in mid-sentence. Each removal is a fix of the
    document, by a rule called "boilerplate:running-head" and the like.
    """
    edits, joints = [], set()
    for start, stop, rules in _blocks(document.text, sorted(found, key=lambda item: item.start)):
        after, joins = _replacement(document, start, stop)
        edits.append((start, stop, after, tuple(f"boilerplate:{rule}" for rule in rules)))
        if joins:
            joints.add(start)
    if not edits:
        return document
    steps = [Fix(start, document.text[start:stop], after, rules) for start, stop, after, rules in edits]
    text, fixes = amend(document.text, document.fixes, steps)
    places = moved([anchor.offset for anchor in document.anchors], steps)
    return replace(
        document,
        text=text,
        fixes=fixes,
        anchors=tuple(replace(item, offset=place) for item, place in zip(document.anchors, places, strict=True)),
        paragraphs=tuple(_paragraphs(document.paragraphs, steps, joints, text)),
    )


def _lines(text: str, known: Mapping[int, Boilerplate]) -> Iterator[_Line]:
    """Give the lines that are neither blank nor known to be boilerplate."""
    spans = [found.span() for found in re.finditer(r"[^\n]*\S[^\n]*", text) if found.start() not in known]
    for number, (start, stop) in enumerate(spans):
        before = text[slice(*spans[number - 1])] if number else ""
        after = text[slice(*spans[number + 1])] if number + 1 < len(spans) else ""
        line = text[start:stop].strip()
        yield _Line(number, start, stop, line, _shape(line), _goes_on(before, after))


def _shape(line: str) -> str:
    """Give what a line has in common with the same one on another page."""
    return _NUMBERS.sub("#", _SPACE.sub(" ", line).casefold()) if len(line) <= _LONGEST else ""


def _goes_on(before: str, after: str) -> bool:
    """Tell whether a sentence that stops at the end of one line is taken up by another."""
    return bool(before.strip()) and not _END.search(before.rstrip()) and after.lstrip()[:1].islower()


def _of_kind(document: Document) -> Iterator[Boilerplate]:
    for paragraph in document.paragraphs:
        if paragraph.kind in {"running-head", "page-number"}:
            yield Boilerplate(paragraph.start, paragraph.stop, paragraph.kind, "its place on the page")


def _notices(lines: Sequence[_Line]) -> Iterator[Boilerplate]:
    for line in lines:
        # in the midst of a text, a line on somebody's rights is a part of it
        if len(line.text) <= 200 and _RIGHTS.search(line.text) and min(line.number, len(lines) - 1 - line.number) < 8:
            yield Boilerplate(line.start, line.stop, "notice", "its words, at the border of the text")


def _links(lines: Sequence[_Line]) -> Iterator[Boilerplate]:
    for line in lines:
        trail = _TRAIL.match(line.text) if len(line.text) <= 200 else None
        # the way to a page begins at the home page
        leads = trail is not None and re.fullmatch(rf"\W*(?:{_LINK})\W*", trail["first"], re.IGNORECASE)
        if len(line.text) <= 200 and (leads or _LINKS.match(line.text)):
            yield Boilerplate(line.start, line.stop, "navigation", "its shape, of links in a row")


def _at_borders(lines: Sequence[_Line], pages: Sequence[int]) -> Iterator[Boilerplate]:
    """Find what repeats in the first or last two lines of the pages that begin at `pages`."""
    starts = [line.start for line in lines]
    borders = [*(bisect.bisect_left(starts, page) for page in pages), len(lines)]
    places: defaultdict[tuple[str, bool], list[_Line]] = defaultdict(list)
    for first, stop in itertools.pairwise(borders):
        page = lines[first:stop]
        for line in {line.number: line for line in page[:2]}.values():
            places[line.shape, True].append(line)
        for line in page[2:][-2:]:
            places[line.shape, False].append(line)
    wanted = max(3, len(pages) // 5)
    for (shape, _), group in places.items():
        if not shape or len(group) < wanted:
            continue
        numbered = bool(_PAGE_NUMBER.match(group[0].text))
        # the numbers of pages count on; a line of dots or a word alone that repeats does not make a head
        if not any(map(str.isalnum, shape.replace("#", ""))) and not (numbered and _counts(group)):
            continue
        rule = "page-number" if numbered else "running-head"
        for line in group:
            fields = {"count": len(group), "pages": len(pages)}
            yield Boilerplate(line.start, line.stop, rule, "at the border of {count} of {pages} pages", fields)


def _at_distances(lines: Sequence[_Line]) -> Iterator[Boilerplate]:
    """Find what comes again at the distance of a page, where nobody says where pages begin."""
    groups: defaultdict[str, list[_Line]] = defaultdict(list)
    for line in lines:
        if line.shape:
            groups["#" if _PAGE_NUMBER.match(line.text) and not _NAMED_PAGE.match(line.text) else line.shape].append(
                line
            )
    for shape, group in groups.items():
        # a line of prose that comes again begins somewhere in its sentence
        prose = group[0].text[:1].islower() and not _PAGE_NUMBER.match(group[0].text)
        if len(group) < _FEWEST or prose or not _is_paged(group):
            continue
        numbered = "#" in shape and _counts(group)
        cuts = sum(line.cuts for line in group)
        if cuts >= _cuts_wanted(group, numbered):
            rule = "page-number" if numbered and _PAGE_NUMBER.match(group[0].text) else "running-head"
            template = "{count} times, at the distance of a page; {cuts} times in mid-sentence"
            for line in group:
                yield Boilerplate(line.start, line.stop, rule, template, {"count": len(group), "cuts": cuts})


def _cuts_wanted(group: Sequence[_Line], numbered: bool) -> float:
    """Give how many sentences lines at the distance of pages must interrupt to be no headings of chapters or stanzas.

    Those stand at regular distances and count on too, but never in mid-sentence.
    """
    text = group[0].text
    if numbered:
        bare = bool(_PAGE_NUMBER.match(text))
        return 0 if _NAMED_PAGE.match(text) else max(2, 0.2 * len(group)) if bare else 1
    return 1 if text.isupper() else max(3, 0.4 * len(group))


def _is_paged(group: Sequence[_Line]) -> bool:
    """Tell whether lines stand at regular distances, those of pages (two of them, for heads of one side)."""
    distances = [after.start - before.stop for before, after in itertools.pairwise(group)]
    middle = statistics.median(distances)
    regular = sum(0.6 * middle <= distance <= 1.5 * middle for distance in distances)
    return int(middle) in _PAGE_SIZES and regular >= 0.7 * len(distances)


def _counts(group: Sequence[_Line]) -> bool:
    """Tell whether the numbers in lines go up by one or two, as those of pages do, with few exceptions."""
    numbers = [_number(line.text) for line in group]
    steps = [after - before for before, after in itertools.pairwise(numbers)]
    return sum(step in {1, 2} for step in steps) >= 0.7 * len(steps)


def _number(line: str) -> int:
    found = _NUMBERS.findall(line)
    if not found:
        return -9
    word = found[-1] if not found[0].isdigit() else found[0]
    return int(word) if word.isdigit() else _roman(word)


def _roman(word: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}[letter] for letter in word.lower()]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))


def _blocks(text: str, found: Sequence[Boilerplate]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Give the stretches to remove, from the end of the text before to the beginning of the text behind."""
    block: list[Boilerplate] = []
    for item in [*found, None]:
        if block and (item is None or text[block[-1].stop : item.start].strip()):
            head, tail = text[: block[0].start], text[block[-1].stop :]
            start, stop = len(head.rstrip()), block[-1].stop + len(tail) - len(tail.lstrip())
            yield start, stop, tuple(dict.fromkeys(one.rule for one in block))
            block = []
        if item is not None:
            block.append(item)


def _replacement(document: Document, start: int, stop: int) -> tuple[str, bool]:
    """Give what is to stand for a stretch that is removed, and whether that joins two paragraphs."""
    text = document.text
    if not start or stop == len(text):
        return ("\n" if start else ""), False
    inside = any(item.start < start and stop < item.stop for item in document.paragraphs)
    if inside:
        return "\n", False
    before, after = text[:start].rpartition("\n")[2], text[stop:].partition("\n")[0]
    if _goes_on(before, after):
        return " ", True
    return ("\n\n" if "\n\n" in text[start:stop] else "\n"), False


def _paragraphs(
    paragraphs: Sequence[Paragraph], steps: Sequence[Fix], joints: set[int], text: str
) -> Iterator[Paragraph]:
    """Move paragraphs to where they are after the removal; those removed go, those joined are one."""
    offsets = moved([offset for item in paragraphs for offset in (item.start, item.stop)], steps)
    last: Paragraph | None = None
    for item, start, stop in zip(paragraphs, offsets[::2], offsets[1::2], strict=True):
        piece = text[start:stop]
        step = _step_at(steps, item.start)
        if not piece.strip() or (step is not None and item.stop <= step.start + len(step.before)):
            continue
        first = start + len(piece) - len(piece.lstrip())
        here = Paragraph(first, first + len(piece.strip()), item.kind)
        if last is not None and step is not None and step.start in joints:
            last = replace(last, stop=here.stop)
            continue
        if last is not None:
            yield last
        last = here
    if last is not None:
        yield last


def _step_at(steps: Sequence[Fix], offset: int) -> Fix | None:
    """Give the step that removes what stands at an offset, or ends there."""
    number = bisect.bisect_right(steps, offset, key=lambda step: step.start) - 1
    return steps[number] if number >= 0 and offset <= steps[number].start + len(steps[number].before) else None
