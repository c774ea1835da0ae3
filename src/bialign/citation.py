"""Where a passage stands in its document, said as people cite it: "p. 12, par. 3"."""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Mapping

from bialign.bitext import AnchorKind, Bead, Bitext, Document, ParagraphKind

LOCAL: frozenset[AnchorKind] = frozenset({"note", "time"})
"""Anchors that hold for their own paragraph only."""
CITED: tuple[AnchorKind, ...] = ("chapter", "heading", "page", "note", "row", "line", "time")
"""What is cited, in this order."""
COUNTED_FROM: tuple[AnchorKind, ...] = ("page", "chapter", "heading")
"""Where the numbers of paragraphs begin anew: at the first of these that there is."""

LAYOUT: frozenset[ParagraphKind] = frozenset({"running-head", "page-number"})
"""Paragraphs that nobody counts."""

_TEMPLATES: dict[str, dict[str, str]] = {
    "en": {
        "chapter": "ch. {}", "heading": "“{}”", "page": "p. {}", "note": "note {}", "row": "row {}", "line": "line {}",
        "time": "{}", "paragraph": "par. {}",
    },
    "es": {
        "chapter": "cap. {}", "heading": "«{}»", "page": "p. {}", "note": "nota {}", "row": "fila {}",
        "line": "línea {}", "time": "{}", "paragraph": "párr. {}",
    },
}  # fmt: skip


class Places:
    """Look up places in one document; made once, as a document may hold many thousands of anchors.

    >>> from bialign.bitext import Anchor, Paragraph
    >>> text = "One.\\nTwo. Three.\\n"
    >>> paragraphs = Paragraph(0, 4), Paragraph(5, 16)
    >>> document = Document("a", "en", "", text, anchors=(Anchor(0, "page", "12"),), paragraphs=paragraphs)
    >>> Places(document).cite(10), Places(document).cite(10, "es")
    ('p. 12, par. 2', 'p. 12, párr. 2')
    """

    def __init__(self, document: Document) -> None:
        self._starts = [paragraph.start for paragraph in document.paragraphs]
        self._is_text = [paragraph.kind not in LAYOUT for paragraph in document.paragraphs]
        # how many paragraphs of text there are up to each
        self._counts = list(itertools.accumulate(self._is_text, initial=0))
        self._anchors: dict[AnchorKind, tuple[list[int], list[str]]] = {}
        for anchor in sorted(document.anchors, key=lambda anchor: anchor.offset):
            offsets, labels = self._anchors.setdefault(anchor.kind, ([], []))
            offsets.append(anchor.offset)
            labels.append(anchor.label)

    def anchor(self, kind: AnchorKind, offset: int) -> tuple[int, str] | None:
        """Give where the anchor of a kind that is in force at an offset stands, and its label; None where none is."""
        offsets, labels = self._anchors.get(kind, ([], []))
        number = bisect.bisect_right(offsets, offset) - 1
        if number < 0 or (kind in LOCAL and offsets[number] < self._paragraph_start(offset)):
            return None
        return offsets[number], labels[number]

    def paragraph(self, offset: int) -> int | None:
        """Number the paragraph that holds an offset, from 1, counted from the last page or else chapter or heading.

        A paragraph that began on the page before counts as the first of its page; running heads and page numbers do
        not count. None where paragraphs are unknown, and in such a head or number.
        """
        index = bisect.bisect_right(self._starts, offset) - 1
        if index < 0 or not self._is_text[index]:
            return None
        first = 0
        for kind in COUNTED_FROM:
            found = self.anchor(kind, offset)
            if found is not None:
                first = max(0, bisect.bisect_right(self._starts, found[0]) - 1)
                break
        return self._counts[index + 1] - self._counts[first]

    def cite(self, offset: int, lang: str = "en") -> str:
        """Say in English or Spanish ("es") where an offset stands; "" where nothing is known."""
        found = {kind: place[1] for kind in CITED if (place := self.anchor(kind, offset)) is not None}
        return say_place(found, self.paragraph(offset), lang)

    def _paragraph_start(self, offset: int) -> int:
        index = bisect.bisect_right(self._starts, offset) - 1
        return self._starts[index] if index >= 0 else 0


def say_place(labels: Mapping[AnchorKind, str], paragraph: int | None, lang: str = "en") -> str:
    """Say in English or Spanish ("es") where a text stands, of the labels of its anchors in the order of `CITED`.

    `paragraph` is its number, from 1, or None where that is not known. "" where nothing is.

    >>> say_place({"chapter": "II", "page": "12"}, 3, "es")
    'cap. II, p. 12, párr. 3'
    """
    say = _TEMPLATES["es" if lang.startswith("es") else "en"]
    if "time" in labels:
        return say["time"].format(labels["time"])
    left_out = {"heading"} if "page" in labels or "chapter" in labels else set()
    parts = [
        say[_template(kind, label)].format(label) for kind, label in labels.items() if label and kind not in left_out
    ]
    if paragraph is not None and not labels.keys() & {"note", "row", "line"}:
        parts.append(say["paragraph"].format(paragraph))
    return ", ".join(parts)


def _template(kind: AnchorKind, label: str) -> AnchorKind:
    """Tell how a label is cited: "ch. II", but a chapter that has a name by that."""
    return "heading" if kind == "chapter" and not _NUMERAL.fullmatch(label) else kind


_NUMERAL = re.compile(r"[\dIVXLCivxlc]+[.ºª]?|[A-Z]")


class Citations:
    """Say of each bead of a bitext where its two sides begin, as `Places.cite` does; "" for an empty side."""

    def __init__(self, bitext: Bitext, lang: str = "en") -> None:
        self._lang = lang
        self._sides = (
            (Places(bitext.source), bitext.source_segments),
            (Places(bitext.target), bitext.target_segments),
        )

    def __call__(self, bead: Bead) -> tuple[str, str]:
        """Give the citations of a bead's source and target."""
        (source, sources), (target, targets) = self._sides
        return (
            source.cite(sources[bead.source.start].start, self._lang) if bead.source else "",
            target.cite(targets[bead.target.start].start, self._lang) if bead.target else "",
        )
