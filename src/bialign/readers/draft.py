"""The paragraphs of a document while it is read: what every reader fills, and what makes a document of it.

A reader says which paragraphs there are, of which kind, and what can be cited where; white space, repair, language and
title are settled here, in one way for all kinds of files.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from bialign.bitext import Anchor, AnchorKind, Document, Fix, Paragraph, ParagraphKind
from bialign.languages import guess_language
from bialign.readers.source import Source, plain_name
from bialign.repair import amend, moved, normalisations, repair
from bialign.split.layout import find_paragraphs

_SPACE = re.compile(r"[ \t\r\f]+")
_BREAK = re.compile(r"[ \t]*[\n\v\x85\u2028\u2029][ \t\n\v\x85\u2028\u2029]*")
_TITLE_LENGTH = 120


class Mark(NamedTuple):
    """Mark a place inside a paragraph: a page that begins in mid-sentence, the number of a verse."""

    kind: AnchorKind
    label: str


class Draft:
    """Collect the paragraphs of one document.

    >>> from pathlib import Path
    >>> draft = Draft()
    >>> draft.begin("page", "1")
    >>> draft.add(["The  ship ", Mark("page", "2"), "sailed."])
    >>> document = draft.document(Source(Path("a.txt"), b"", lang="en"), "utf-8")
    >>> document.text, [(anchor.offset, anchor.label) for anchor in document.anchors]
    ('The ship sailed.\\n', [(0, '1'), (9, '2')])
    """

    def __init__(self, title: str = "", lang: str = "") -> None:
        self.title, self.lang = title, lang
        self.authors: list[str] = []
        self._pieces: list[str] = []
        self._size = 0
        self._paragraphs: list[Paragraph] = []
        self._anchors: list[Anchor] = []
        self._pending: list[Mark] = []

    def begin(self, kind: AnchorKind, label: str) -> None:
        """Put an anchor at the next paragraph that holds text."""
        self._pending.append(Mark(kind, label))

    def add(self, parts: str | Iterable[str | Mark], kind: ParagraphKind = "text") -> None:
        r"""Add a paragraph, unless it is blank; marks stand at their place among its parts.

        Runs of spaces and tabs count as one space. A line break ("\n" or U+2028) is a space where the next line begins
        with a small letter, as in a line that was only broken, and ends the paragraph elsewhere, as between verses
        and lines of code. A heading can be cited from there on.
        """
        parts = [parts] if isinstance(parts, str) else list(parts)
        label = "".join(part for part in parts if not isinstance(part, Mark)) if kind == "heading" else ""
        if label.strip():
            self.begin("heading", " ".join(label.split()))
        line: list[str | Mark] = []
        # the marks since a line break, as long as no text follows it; None where there is no break
        waiting: list[Mark] | None = None
        for part in parts:
            if isinstance(part, Mark):
                (line if waiting is None else waiting).append(part)
                continue
            for number, piece in enumerate(_BREAK.split(part)):
                if number and waiting is None:
                    waiting = []
                if waiting is not None and piece.strip():
                    if kind != "code" and _goes_on(line, piece):
                        line.append(" ")
                    else:
                        self._add_line(line, kind)
                        line = []
                    line += waiting
                    waiting = None
                if waiting is None:
                    line.append(piece)
        self._add_line([*line, *(waiting or ())], kind)

    def _add_line(self, parts: Iterable[str | Mark], kind: ParagraphKind) -> None:
        text, marks = "", [(0, mark) for mark in self._pending]
        for part in parts:
            if isinstance(part, Mark):
                marks.append((len(text), part))
                continue
            piece = _SPACE.sub(" ", part)
            text += piece[1:] if piece.startswith(" ") and (not text or text.endswith(" ")) else piece
        text = text.rstrip()
        if not text.strip():
            # its marks are those of what follows
            self._pending = [mark for _, mark in marks]
            return
        self._pending = []
        self._anchors += (Anchor(self._size + min(at, len(text)), *mark) for at, mark in marks)
        self._paragraphs.append(Paragraph(self._size, self._size + len(text), kind))
        self._pieces.append(text)
        self._size += len(text) + 1

    def document(self, source: Source, encoding: str) -> Document:
        """Make the document; its title is the one given, else that of its first heading or line."""
        pairs = zip(self._paragraphs, self._pieces, strict=True)
        title = next((piece for item, piece in pairs if item.kind in {"title", "heading"}), "")
        return make_document(
            source,
            "".join(piece + "\n" for piece in self._pieces),
            encoding,
            title=self.title or title,
            lang=self.lang,
            anchors=[*(Anchor(0, "author", author) for author in self.authors if author), *self._anchors],
            paragraphs=self._paragraphs,
        )


def make_document(
    source: Source,
    text: str,
    encoding: str,
    *,
    title: str = "",
    lang: str = "",
    anchors: Sequence[Anchor] = (),
    paragraphs: Sequence[Paragraph] | None = None,
) -> Document:
    """Make a document of a file's text: repaired, its language told by its content, its paragraphs found if not given.

    `lang` is what the file says of itself, which counts where the content does not speak against it. Offsets are those
    of `text`, and are moved with what repair changes.
    """
    lang = source.lang or _language(text, lang)
    clean, fixes = repair(text, lang)
    places = moved([anchor.offset for anchor in anchors], fixes)
    spans = list(_moved(paragraphs, clean, fixes) if paragraphs is not None else _found(clean))
    if source.also:
        code = [item for item in spans if item.kind == "code"]
        steps = [
            step
            for step in normalisations(clean, lang, source.also)
            if not any(item.start <= step.start < item.stop for item in code)
        ]
        clean, fixes = amend(clean, fixes, steps)
        places = moved(places, steps)
        spans = list(_moved(spans, clean, steps))
    return Document(
        id=unicodedata.normalize("NFC", plain_name(source.file).stem),
        lang=lang or guess_language(clean),
        title=" ".join(title.split()) or title_of(clean),
        text=clean,
        origin=str(source.file),
        encoding=encoding,
        fixes=fixes,
        anchors=tuple(replace(anchor, offset=place) for anchor, place in zip(anchors, places, strict=True)),
        paragraphs=tuple(spans),
    )


def title_of(text: str) -> str:
    r"""Give the first line that is not blank, if it is short enough for a title; else "".

    >>> title_of("\nEl viaje\n\nSalimos al alba.")
    'El viaje'
    """
    first = next((line.strip() for line in text[:5000].split("\n") if line.strip()), "")
    return first if len(first) <= _TITLE_LENGTH else ""


def _goes_on(line: Sequence[str | Mark], other: str) -> bool:
    """Tell whether a line break stands in mid-sentence."""
    before = next((part for part in reversed(line) if isinstance(part, str) and part.strip()), "")
    return not before or other.lstrip()[0].islower()


def _language(text: str, declared: str) -> str:
    guessed = guess_language(text)
    return declared if not guessed or declared.partition("-")[0].lower() == guessed else guessed


def _moved(paragraphs: Sequence[Paragraph], clean: str, fixes: Sequence[Fix]) -> Iterator[Paragraph]:
    offsets = moved([offset for item in paragraphs for offset in (item.start, item.stop)], fixes)
    for item, start, stop in zip(paragraphs, offsets[::2], offsets[1::2], strict=True):
        # repair may leave nothing of a paragraph of invisible characters
        if clean[start:stop].strip():
            yield _stripped(clean, start, stop, item.kind)


def _found(clean: str) -> Iterator[Paragraph]:
    for start, stop in find_paragraphs(clean):
        yield _stripped(clean, start, stop, "text")


def _stripped(text: str, start: int, stop: int, kind: ParagraphKind) -> Paragraph:
    piece = text[start:stop]
    first = start + len(piece) - len(piece.lstrip())
    return Paragraph(first, first + len(piece.strip()), kind)
