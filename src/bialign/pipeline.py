"""From two texts to a bitext: the only module that chains reading, splitting and aligning.

What is decided here: in which language a text is split, what an empty side means, what takes no part in aligning, and
what the bitext is called.
"""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from bialign.bitext import Bead, Bitext, Boilerplate, Document, Reason, Segment, Span, plain_segments
from bialign.errors import AlignmentError
from bialign.remarks import boilerplate_found

if TYPE_CHECKING:
    from bialign.aligner import AlignOptions, Constraints
    from bialign.encode import Encoder
    from bialign.split import Given
    from bialign.split.srx import SrxRules
    from bialign.termbase import Termbase

Progress = Callable[[str, float], None]
"""Gets the name of the stage and the share of it that is done, 0 to 1."""

Text = str | os.PathLike[str] | Document
"""A path to read, or a document that has been read."""


@dataclass(frozen=True, slots=True)
class _Side:
    """Hold a document with its segments."""

    document: Document
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class _Settings:
    """Hold what is handed on to the aligner; `paragraphs` tells whether the segments' paragraphs are known."""

    options: AlignOptions | None
    termbase: Termbase | None
    constraints: Constraints | None
    encoder: Encoder | None
    progress: Progress | None
    paragraphs: bool
    explain: bool


def align(
    source: Text,
    target: Text,
    *,
    lines: bool = False,
    source_lang: str = "",
    target_lang: str = "",
    source_encoding: str | None = None,
    target_encoding: str | None = None,
    exceptions: Given = (),
    rules: SrxRules | None = None,
    drop: Sequence[str] = (),
    options: AlignOptions | None = None,
    termbase: Termbase | None = None,
    constraints: Constraints | None = None,
    encoder: Encoder | None = None,
    explain: bool = False,
    progress: Progress | None = None,
) -> Bitext:
    """Align two texts, given as paths or as documents, and return them with their beads.

    With `lines` the texts are taken as split already, one segment a line, empty lines included, in any two languages
    the encoder knows; else they are repaired and split as English or Spanish (guessed, unless `source_lang` and
    `target_lang` say it). `exceptions` are abbreviations after which the splitter does not cut, or what
    `bialign.split.load_exceptions` read; `rules` of SRX take the place of the splitter's own. `drop` names
    what is removed first: "boilerplate", or rules of `bialign.boilerplate`. Terms of `termbase` are evidence, as
    numbers are; `constraints` are kept to exactly. With `explain` the beads have reasons: what makes each
    of them sure or doubtful. `progress` is called with the name of a stage and the share done. Raises ReadError for
    what cannot be read and AlignmentError where a text holds nothing to align (with `lines`: where both do) or where
    the constraints contradict each other.
    """
    if lines:
        sides = (
            _lines_side(source, source_lang, source_encoding),
            _lines_side(target, target_lang, target_encoding),
        )
    else:
        sides = (
            _text_side(document_of(source, source_lang, source_encoding, drop), exceptions, rules),
            _text_side(document_of(target, target_lang, target_encoding, drop), exceptions, rules),
        )
        for side in sides:
            if not side.segments:
                raise AlignmentError("no text to align: the file is empty or blank", place=side.document.origin)
    if not sides[0].segments and not sides[1].segments:
        raise AlignmentError("nothing to align: both files are empty", place=sides[0].document.origin)
    # lines carry no paragraphs: an empty line is a segment there
    settings = _Settings(options, termbase, constraints, encoder, progress, paragraphs=not lines, explain=explain)
    return _align_sides(*sides, settings)


def align_segments(
    source: Sequence[str],
    target: Sequence[str],
    *,
    source_lang: str = "",
    target_lang: str = "",
    source_paragraphs: Sequence[int] | None = None,
    target_paragraphs: Sequence[int] | None = None,
    options: AlignOptions | None = None,
    termbase: Termbase | None = None,
    constraints: Constraints | None = None,
    encoder: Encoder | None = None,
    explain: bool = False,
    progress: Progress | None = None,
) -> Bitext:
    """Align two sequences of segments, used as they are, and return them as a bitext.

    Nothing is repaired or split. `source_paragraphs` and `target_paragraphs` number the paragraph of each segment,
    where that is known on both sides. Terms of `termbase` are evidence, as numbers are; `constraints` are kept to
    exactly. With `explain` the beads have reasons. Two empty sequences give a bitext without beads. Raises ValueError
    where the paragraph numbers do not fit the segments, TypeError for a bare string, AlignmentError where the
    constraints contradict each other.
    """
    sides = (
        _plain_side("source", source, source_lang, source_paragraphs),
        _plain_side("target", target, target_lang, target_paragraphs),
    )
    known = source_paragraphs is not None and target_paragraphs is not None
    settings = _Settings(options, termbase, constraints, encoder, progress, paragraphs=known, explain=explain)
    return _align_sides(*sides, settings)


def align_stretches(
    source: tuple[Document, Sequence[Segment]],
    target: tuple[Document, Sequence[Segment]],
    *,
    options: AlignOptions | None = None,
    termbase: Termbase | None = None,
    constraints: Constraints | None = None,
    encoder: Encoder | None = None,
    progress: Progress | None = None,
) -> Bitext:
    """Align stretches of two documents, their segments one after the other, as `align` would align the whole.

    The beads and `constraints` count the segments from 0. Raises AlignmentError where the constraints contradict each
    other.
    """
    left, right = (
        _Side(document, tuple(replace(segment, index=n) for n, segment in enumerate(segments)))
        for document, segments in (source, target)
    )
    known = bool(left.document.paragraphs and right.document.paragraphs)
    settings = _Settings(options, termbase, constraints, encoder, progress, paragraphs=known, explain=False)
    return _align_sides(left, right, settings)


def document_of(text: Text, lang: str, encoding: str | None, drop: Sequence[str]) -> Document:
    """Give a text as a document: read if it is a path, in the language that is named, without boilerplate of `drop`."""
    if isinstance(text, Document):
        document = replace(text, lang=lang) if lang else text
    else:
        from bialign.readers import read

        document = read(Path(text), encoding=encoding, lang=lang or None)
    if drop:
        from bialign.boilerplate import without

        document = without(document, drop)
    return document


def _text_side(document: Document, exceptions: Given, rules: SrxRules | None) -> _Side:
    from bialign.split import split

    return _Side(document, split(document.text, document.lang, exceptions, document.paragraphs, rules=rules))


def _lines_side(text: Text, lang: str, encoding: str | None) -> _Side:
    if isinstance(text, Document):
        lines = text.text.removesuffix("\n").split("\n") if text.text else []
        return _Side(replace(text, lang=lang) if lang else text, plain_segments(lines))
    from bialign.readers import read_lines

    path = Path(text)
    return _plain_side(path.stem, read_lines(path, encoding=encoding), lang, None, origin=str(path))


def _plain_side(
    name: str, texts: Sequence[str], lang: str, paragraphs: Sequence[int] | None, origin: str = ""
) -> _Side:
    if isinstance(texts, str):
        raise TypeError(f"{name}: a sequence of strings is wanted, not one string")
    whole = "".join(text + "\n" for text in texts)
    if not lang:
        from bialign.languages import guess_language

        lang = guess_language(whole)
    document = Document(name, lang, name, whole, origin=origin, encoding="")
    return _Side(document, plain_segments(texts, paragraphs))


def _align_sides(source: _Side, target: _Side, settings: _Settings) -> Bitext:
    from bialign import aligner

    options = settings.options or aligner.AlignOptions()
    constraints = settings.constraints
    if constraints:
        from bialign.aligner.constraints import Rules

        Rules.of(constraints, len(source.segments), len(target.segments))  # raises where they do not fit the texts
    confirmed = constraints.confirmed if constraints else ()
    boilerplate = _boilerplate(source), _boilerplate(target)
    kept = [
        _worth_aligning(source, boilerplate[0], [bead.source for bead in confirmed]),
        _worth_aligning(target, boilerplate[1], [bead.target for bead in confirmed]),
    ]
    numbers = [[segment.paragraph for segment in segments] if settings.paragraphs else None for segments in kept]
    rows, columns = ([segment.index for segment in segments] for segments in kept)
    if kept[0] and kept[1]:
        alignment = aligner.align_texts(
            [segment.text for segment in kept[0]],
            [segment.text for segment in kept[1]],
            options=options,
            source_paragraphs=numbers[0],
            target_paragraphs=numbers[1],
            source_terms=_terms(kept[0], source.document.lang, settings.termbase),
            target_terms=_terms(kept[1], target.document.lang, settings.termbase),
            constraints=constraints and constraints.moved(rows, columns),
            encoder=settings.encoder,
            explain=settings.explain,
            progress=settings.progress,
        )
        aligned, aligned_moves, signature = alignment.beads, alignment.moves, alignment.signature
    else:
        # there is nothing to compare, so no encoder is loaded: every segment stands alone, and that is certain
        aligned, aligned_moves, signature = (), (), str(options)
    beads = _with_blanks(aligned, rows, columns, len(source.segments), len(target.segments))
    moves = tuple(
        replace(move, source=_spread(move.source, rows), target=_spread(move.target, columns)) for move in aligned_moves
    )
    return Bitext(
        _bitext_id(source.document, target.document),
        source.document,
        target.document,
        source.segments,
        target.segments,
        beads,
        moves,
        signature,
        remarks=tuple(
            boilerplate_found(side.document, len(found))
            for side, found in zip((source, target), boilerplate, strict=True)
            if found
        ),
    )


def _boilerplate(side: _Side) -> tuple[Boilerplate, ...]:
    from bialign.boilerplate import find

    # segments given one by one were chosen by somebody
    return find(side.document) if side.document.paragraphs else ()


def _worth_aligning(side: _Side, found: Iterable[Boilerplate], decided: Iterable[Span]) -> list[Segment]:
    """Give the segments that may translate something, and those that people have `decided` on.

    A blank one translates nothing, and thousands of them would only be in the way; running heads and page numbers stand
    elsewhere on each text's pages, so that to link them would tear the sentences around them apart.
    """
    from bialign.boilerplate import heads_among

    wanted = {n for span in decided for n in span.indices}
    left_out = heads_among(side.segments, found)
    return [
        segment
        for segment in side.segments
        if segment.index in wanted or (segment.text.strip() and segment.index not in left_out)
    ]


def _terms(segments: Sequence[Segment], lang: str, termbase: Termbase | None) -> list[list[str]] | None:
    """Give the ids of the concepts each segment holds a term of; None without a glossary of that language."""
    if termbase is None:
        return None
    return [[hit.concept.id for hit in termbase.find(segment.text, lang)] for segment in segments]


def _with_blanks(
    beads: Sequence[Bead], rows: Sequence[int], columns: Sequence[int], source_size: int, target_size: int
) -> tuple[Bead, ...]:
    """Put segments that were not aligned back among the beads: inside a bead they join it, elsewhere they are null.

    `rows` and `columns` give the true index of each segment that was aligned.
    """
    found: list[Bead] = []
    i = j = 0

    def skip(row: int, column: int) -> None:
        nonlocal i, j
        found.extend(Bead(Span(n, n + 1), Span(j, j)) for n in range(i, row))
        found.extend(Bead(Span(row, row), Span(n, n + 1)) for n in range(j, column))
        i, j = row, column

    for bead in beads:
        source, target = _spread(bead.source, rows, i), _spread(bead.target, columns, j)
        skip(source.start, target.start)
        reasons = tuple(_spread_reason(reason, rows, columns) for reason in bead.reasons)
        found.append(replace(bead, source=source, target=target, reasons=reasons))
        i, j = source.stop, target.stop
    skip(source_size, target_size)
    return tuple(found)


def _spread_reason(reason: Reason, rows: Sequence[int], columns: Sequence[int]) -> Reason:
    """Turn the bead that a reason tells of into one over all segments."""
    if reason.bead is None:
        return reason
    sides = ((reason.bead.source, rows), (reason.bead.target, columns))
    source, target = (
        _spread(span, indices, indices[span.start] if span.start < len(indices) else indices[-1] + 1)
        for span, indices in sides
    )
    return replace(reason, bead=replace(reason.bead, source=source, target=target))


def _spread(span: Span, indices: Sequence[int], empty_at: int = 0) -> Span:
    """Turn a span over the aligned segments into one over all segments."""
    return Span(indices[span.start], indices[span.stop - 1] + 1) if span else Span(empty_at, empty_at)


def _bitext_id(source: Document, target: Document) -> str:
    """Name a bitext after the words its documents' names begin with: "letter.en" and "letter.es" give "letter"."""
    names = [PurePath(document.id).name or "text" for document in (source, target)]
    words = [re.split(r"([._\- ])", name) for name in names]
    shared = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(*words, strict=False))
    return "".join(word for word, _ in shared).strip("._- ") or "--".join(names)
