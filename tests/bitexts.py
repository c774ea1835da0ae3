"""Bitexts for the tests of formats: a small one with everything in it, and any at all for Hypothesis."""

from dataclasses import replace

from hypothesis import strategies as st

from bialign.bitext import Anchor, Bead, Bitext, Document, Move, Span, plain_segments
from bialign.termbase import Concept, Term, Termbase

# every character Python can hold, lone surrogates and controls too, the dangerous ones more often
CHARACTERS = st.one_of(
    st.characters(),
    st.sampled_from("<>&\"'\t\n\r\x00\x0b\x0c\x1c\x1f\x7f\x85\u2028\u2029\ud800\udfff\ufffe\U0001f600\u0301ñé]"),
)
TEXTS = st.text(CHARACTERS, min_size=1, max_size=40)


def bitext_of(sizes, source_texts, target_texts, **settings) -> Bitext:
    """Make a bitext of bead sizes such as (1, 2) and the segments' texts."""
    beads, i, j = [], 0, 0
    for number, (k, m) in enumerate(sizes):
        beads.append(Bead(Span(i, i + k), Span(j, j + m), probability=1 - (number % 8) / 8))
        i, j = i + k, j + m
    source = Document("d.en", "en", "A title", "\n".join(source_texts))
    target = Document("d.es", "es-PE", "Un título", "\n".join(target_texts))
    bitext = Bitext("d", source, target, plain_segments(source_texts), plain_segments(target_texts), tuple(beads))
    return replace(bitext, **settings)


@st.composite
def bitexts(draw) -> Bitext:
    sizes = draw(
        st.lists(st.sampled_from([(1, 1), (1, 1), (1, 2), (2, 1), (2, 3), (1, 0), (0, 1), (0, 3)]), max_size=6)
    )
    sources = draw(st.lists(TEXTS, min_size=sum(k for k, _ in sizes), max_size=sum(k for k, _ in sizes)))
    targets = draw(st.lists(TEXTS, min_size=sum(m for _, m in sizes), max_size=sum(m for _, m in sizes)))
    languages = st.sampled_from(["", "en", "es", "es_PE", "de-CH"])
    bitext = bitext_of(sizes, sources, targets, id=draw(TEXTS), signature=draw(TEXTS))
    return replace(
        bitext,
        source=replace(bitext.source, lang=draw(languages), title=draw(TEXTS), origin=draw(TEXTS)),
        target=replace(bitext.target, lang=draw(languages), title=draw(TEXTS), licence=draw(TEXTS)),
    )


def sample() -> Bitext:
    """Give a bitext with a heading, a split, a join, an omission and an addition that are a move, a page, a reason."""
    sources = ["The Raid", "The SIN acted & left.", "Nobody saw it.", "It was late.", "Moved <here>.", "The end."]
    targets = ["La redada", "Actuó el SIN.", "Se fue.", "Nadie lo vio, sin luz, ya tarde.", "Fin.", "Llegó aquí."]
    bitext = bitext_of([(1, 1), (1, 2), (2, 1), (1, 0), (1, 1), (0, 1)], sources, targets)
    beads = list(bitext.beads)
    beads[2] = replace(beads[2], probability=0.3)
    beads[3] = replace(beads[3], reason="stands later in the translation")
    beads[4] = replace(beads[4], status="confirmed")
    return replace(
        bitext,
        beads=tuple(beads),
        source=replace(bitext.source, origin="A paper", anchors=(Anchor(12, "page", "7"),)),
        source_segments=plain_segments(sources, [0, 1, 1, 1, 2, 2]),
        target_segments=plain_segments(targets, [0, 1, 1, 1, 2, 2]),
        moves=(Move(Span(4, 5), Span(5, 6), 0.8),),
        signature="bialign 0.1.0 encoder:test types:k+l<=5",
    )


def glossary() -> Termbase:
    def term(text, lang, kind="full form", status="preferred", case="free", **more):
        return Term(text, lang, kind, status, case, **more)

    sin = Concept(
        "sin",
        "state",
        {"en": "The <intelligence> service.", "es": "El servicio de inteligencia."},
        (
            term("SIN", "en", "acronym", case="exact"),
            term("SIN", "es", "acronym", "preferred", "exact", gender="masculine"),
            term("Servicio de Inteligencia Nacional", "es", status="admitted", case="exact"),
        ),
        note="dissolved in 2000",
    )
    raid = Concept("raid", "events", {"en": "A sudden search."}, (term("raid", "en"), term("redada", "es")))
    return Termbase(("en", "es"), (sin, raid))
