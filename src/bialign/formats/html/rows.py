"""Beads as rows of the reader: what stands on each side and, between them, number, confidence and what happened."""

from __future__ import annotations

import bisect
import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from bialign.bitext import Bead, Bitext, Document, Segment, Span
from bialign.citation import Places
from bialign.formats.characters import encodable
from bialign.formats.html.glossary import Glossary
from bialign.formats.html.overview import happened, is_doubtful
from bialign.formats.identifiers import lang_code
from bialign.termbase import primary

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
# a heading is a paragraph of its own, short and without the mark that ends a sentence
_LONGEST_HEADING = 90
_SENTENCE_END = tuple(".!?…:;,\"”»’')]")
_PLACES = frozenset({"page", "chapter", "heading", "note"})
"""Anchors of documents whose rows show their places; those of lines, rows and times would say the same twice."""
_SHOWN_ANCHORS = {"page": "p. ", "time": "", "chapter": ""}


def plain(text: str) -> str:
    """Escape a text for HTML, in element or attribute, without the characters HTML forbids.

    >>> plain('<b title="x">&')
    '&lt;b title=&quot;x&quot;&gt;&amp;'
    """
    return html.escape(_CONTROLS.sub("\ufffd", encodable(text)))


def lang_attributes(lang: str) -> str:
    """Give the lang attribute of a document's texts, and dir where they may run from right to left."""
    code = lang_code(lang)
    if code == "und":
        return ' lang="" dir="auto"'
    return f' lang="{code}"' + (' dir="rtl"' if primary(code) in _RIGHT_TO_LEFT else "")


def rows(bitext: Bitext, glossary: Glossary, say: dict[str, str]) -> Iterator[str]:
    """Give one list item a bead, in order; bead 1 is the first."""
    sides = (
        _Side(bitext.source, bitext.source_segments, "s", glossary),
        _Side(bitext.target, bitext.target_segments, "t", glossary),
    )
    moved_to = bitext.moved_to()
    titles = _headings(bitext)
    for number, bead in enumerate(bitext.beads, start=1):
        heading = number - 1 in titles
        cells = [
            side.cell(span, number, heading=heading) if span else _gap(side, bead, moved_to.get(number - 1), say)
            for side, span in zip(sides, (bead.source, bead.target), strict=True)
        ]
        opens = [side.opens_paragraph(span) for side, span in zip(sides, (bead.source, bead.target), strict=True)]
        names = ["b", *_classes(bead), *(["h"] if heading else ["par"] if any(opens) else [])]
        reason = f'<p class="reason">{plain(bead.reason)}</p>' if bead.reason else ""
        if reason:
            place = 0 if bead.source else 1
            cells[place] = cells[place].removesuffix("</div>") + reason + "</div>"
        yield f'<li id="b{number}" class="{" ".join(names)}">{_middle(bead, number, say)}{cells[0]}{cells[1]}</li>\n'


def _classes(bead: Bead) -> Iterator[str]:
    if is_doubtful(bead):
        yield "d"
    if bead.type != "1-1":
        yield "x"
    if bead.is_null:
        yield "o"


def _middle(bead: Bead, number: int, say: dict[str, str]) -> str:
    percent = round(bead.probability * 100)
    shown = "&gt;99" if percent == 100 and bead.probability < 1 else str(percent)
    labels = []
    kind = happened(bead)
    if kind:
        counts = "" if bead.is_null else f"{len(bead.source)}–{len(bead.target)} "
        labels.append(f'{counts}<span data-t="{kind}">{say[kind]}</span>')
    status = {"confirmed": "confirmed", "rejected": "rejected", "doubtful": "marked_doubtful"}.get(bead.status)
    if status:
        labels.append(f'<span data-t="{status}">{say[status]}</span>')
    label = "".join(f'<span class="label">{text}</span>' for text in labels)
    level = min(10, int(bead.probability * 10 + 0.5))
    return (
        f'<div class="m"><a href="#b{number}">{number}</a><i class="c{level}"></i>'
        f'<span class="p">{shown}</span>{label}</div>'
    )


def _gap(side: _Side, bead: Bead, goal: int | None, say: dict[str, str]) -> str:
    """Say in words that a side has nothing here and, where the passage was moved, where it went."""
    key = "omission_text" if bead.source else "addition_text"
    text = f'<span data-t="{key}">{say[key]}</span>'
    if goal is not None:
        text = f'<span data-t="moved_to">{say["moved_to"]}</span> <a href="#b{goal + 1}">{goal + 1}</a>'
    return f'<div class="{side.name} gap">{text}</div>'


class _Side:
    """Make one side's cells, remembering the paragraph and the anchors already passed."""

    def __init__(self, document: Document, segments: Sequence[Segment], name: str, glossary: Glossary) -> None:
        self.segments, self.name, self.glossary = segments, name, glossary
        self.places = Places(document) if any(anchor.kind in _PLACES for anchor in document.anchors) else None
        self.place = ""
        self.lang = lang_attributes(document.lang)
        self.paragraph = segments[0].paragraph if segments else 0
        stops = [segment.stop for segment in segments]
        self.anchors: dict[int, list[str]] = {}
        for anchor in document.anchors:
            index = bisect.bisect_right(stops, anchor.offset)
            if anchor.kind in _SHOWN_ANCHORS and index < len(segments):
                before = _SHOWN_ANCHORS[anchor.kind] if anchor.label.isdigit() else ""
                self.anchors.setdefault(index, []).append(plain(before + anchor.label))

    def opens_paragraph(self, span: Span) -> bool:
        before = self.paragraph
        if span:
            self.paragraph = self.segments[span.stop - 1].paragraph
        return bool(span) and self.segments[span.start].paragraph != before

    def cell(self, span: Span, number: int, *, heading: bool) -> str:
        texts = [self.text(self.segments[index], number) for index in span.indices]
        many = " many" if len(texts) > 1 else ""
        if many:
            content = "".join(f"<p>{text}</p>" for text in texts)
        else:
            content = f"<h3>{texts[0]}</h3>" if heading else texts[0]
        place = "" if heading else self.place_of(self.segments[span.start])
        # beside the text, of the last segment where there are several
        content = content.removesuffix("</p>") + place + "</p>" if many and place else content + place
        return f'<div class="{self.name}{many}"{self.lang}>{content}</div>'

    def place_of(self, segment: Segment) -> str:
        """Say where a segment stands, unless the one before stood there too; the style shows it in the page's language.

        So it is neither searched nor copied with the text.
        """
        places = [self.places.cite(segment.start, lang) for lang in ("en", "es")] if self.places else [""]
        if places[0] in {"", self.place}:
            return ""
        self.place = places[0]
        return '<small class="w" data-en="{}" data-es="{}"></small>'.format(*map(plain, places))

    def text(self, segment: Segment, number: int) -> str:
        labels = "".join(f'<span class="a">{label}</span>' for label in self.anchors.get(segment.index, ()))
        pieces, last = [labels], 0
        for start, stop, reference in self.glossary.marks(segment.text, self.name, number):
            pieces.append(plain(segment.text[last:start]))
            pieces.append(f'<a class="term" href="#{reference}">{plain(segment.text[start:stop])}</a>')
            last = stop
        pieces.append(plain(segment.text[last:]))
        return "".join(pieces)


def _headings(bitext: Bitext) -> set[int]:
    """Give the beads, by index, whose two sides are both a heading; of a run (title, by-line, date) only the first."""
    sizes = [Counter(s.paragraph for s in side) for side in (bitext.source_segments, bitext.target_segments)]

    def looks(segment: Segment, paragraphs: Counter[int]) -> bool:
        text = segment.text.strip()
        return (
            paragraphs[segment.paragraph] == 1
            and 0 < len(text) <= _LONGEST_HEADING
            and not text.endswith(_SENTENCE_END)
            and any(map(str.isalpha, text))
        )

    found: set[int] = set()
    run = False
    for index, bead in enumerate(bitext.beads):
        alike = bead.type == "1-1" and all(
            looks(segments[span.start], paragraphs)
            for segments, span, paragraphs in zip(
                (bitext.source_segments, bitext.target_segments), (bead.source, bead.target), sizes, strict=True
            )
        )
        if alike and not run:
            found.add(index)
        run = alike
    return found
