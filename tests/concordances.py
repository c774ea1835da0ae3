"""A small corpus to search in, made of tests/cases/concordance/corpus.yaml."""

from pathlib import Path

import yaml

from bialign.bitext import Anchor, Bead, Bitext, Document, Move, Paragraph, Segment, Span
from bialign.store import Store

CASES = Path(__file__).parent / "cases" / "concordance"
MOVED = {"chronicle": (13, 18)}


def load_bitexts() -> list[Bitext]:
    found = yaml.safe_load((CASES / "corpus.yaml").read_text(encoding="utf-8"))
    return [make_bitext(name, rows) for name, rows in found.items()]


def make_bitext(name, rows):
    (source, sources), (target, targets) = (make_side(name, lang, rows) for lang in ("en", "es"))
    beads, i, j = [], 0, 0
    for row in rows:
        left, right = Span(i, i + len(row["en"])), Span(j, j + len(row["es"]))
        beads.append(Bead(left, right, row.get("p", 0.97), row.get("status", "unreviewed")))
        i, j = left.stop, right.stop
    moves = ()
    if name in MOVED:
        here, there = (beads[number] for number in MOVED[name])
        moves = (Move(here.source, there.target, 0.9),)
    return Bitext(name, source, target, sources, targets, tuple(beads), moves, "by hand")


def make_side(name, lang, rows):
    """Make a document of paragraphs on pages: a page begins a paragraph."""
    text, segments, anchors, paragraphs, start = "", [], [], [], 0
    for row in rows:
        if text and ("page" in row or "par" in row):
            paragraphs.append(Paragraph(start, len(text)))
            text += "\n"
            start = len(text)
        if "page" in row:
            anchors.append(Anchor(len(text), "page", str(row["page"])))
        for sentence in row[lang]:
            text += " " if len(text) > start else ""
            segments.append(Segment(len(segments), len(text), len(text) + len(sentence), sentence, len(paragraphs)))
            text += sentence
    paragraphs.append(Paragraph(start, len(text)))
    # a paragraph may have lost its only sentence to the other side
    paragraphs = [paragraph for paragraph in paragraphs if paragraph.stop > paragraph.start]
    title = {"chronicle": {"en": "A Chronicle", "es": "Crónica"}, "tale": {"en": "A Tale", "es": "Cuento"}}[name][lang]
    document = Document(
        f"{name}.{lang}", lang, title, text + "\n", anchors=tuple(anchors), paragraphs=tuple(paragraphs)
    )
    return document, tuple(segments)


def make_corpus(path: Path) -> Path:
    with Store(path, create=True, who="test") as store:
        for bitext in load_bitexts():
            store.add(bitext)
    return path
