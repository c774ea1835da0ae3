"""Parallel sentences of two files, as a bitext that holds nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bialign.bitext import Anchor, Bead, Bitext, Document, Segment, Span, plain_segments
from bialign.mining.sentences import THRESHOLD, mine

if TYPE_CHECKING:
    from bialign.encode import Encoder
    from bialign.mining.neighbours import Index

Progress = Callable[[str, float], None]


def mine_files(
    source: Path,
    target: Path,
    *,
    lines: bool = False,
    langs: tuple[str, str] = ("", ""),
    encoding: str | None = None,
    threshold: float = THRESHOLD,
    encoder: Encoder | None = None,
    index: Index = "auto",
    weights: Mapping[str, Mapping[str, Any]] | None = None,
    progress: Progress | None = None,
) -> Bitext:
    """Find the sentences of two files that translate each other; give them as a bitext of 1-1 beads.

    The beads are in the order of the source; the target's segments follow it. With `lines` a line is a sentence, and
    anchors of kind "line" tell where each stood. Raises ReadError for what cannot be read.
    """
    sides = [_sentences(path, lang, encoding, lines=lines) for path, lang in zip((source, target), langs, strict=True)]
    options: dict[str, Any] = {"encoder": encoder, "index": index, "weights": weights, "progress": progress}
    found = mine(sides[0][1], sides[1][1], threshold=threshold, **options)
    documents: list[Document] = []
    segments: list[tuple[Segment, ...]] = []
    for side, (document, sentences) in enumerate(sides):
        places = [pair[side] for pair in found]
        texts = [sentences[int(place)] for place in places]
        segments.append(plain_segments(texts))
        anchors = tuple(
            Anchor(segment.start, "line", str(int(place) + 1))
            for segment, place in zip(segments[-1], places if lines else (), strict=False)
        )
        whole = "".join(text + "\n" for text in texts)
        documents.append(Document(document.id, document.lang, document.title, whole, document.origin, anchors=anchors))
    beads = tuple(Bead(Span(n, n + 1), Span(n, n + 1), pair.probability) for n, pair in enumerate(found))
    signature = f"bialign mine threshold={threshold:g}"
    name = f"{source.stem}-{target.stem}"
    return Bitext(name, documents[0], documents[1], segments[0], segments[1], beads, signature=signature)


def _sentences(path: Path, lang: str, encoding: str | None, *, lines: bool) -> tuple[Document, Sequence[str]]:
    from bialign.languages import guess_language
    from bialign.readers import read, read_lines
    from bialign.split import split

    if lines:
        found = read_lines(path, encoding=encoding)
        lang = lang or guess_language("\n".join(found))
        return Document(path.stem, lang, path.stem, "", origin=str(path)), found
    document = read(path, encoding=encoding, lang=lang or None)
    segments = split(document.text, document.lang, (), document.paragraphs)
    # a sentence may run over the lines of its document
    return document, [" ".join(segment.text.split()) for segment in segments]
