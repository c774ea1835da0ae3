"""The pipeline chains the stages and decides what empty, equal and unknown texts mean."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bialign import Bead, Bitext, Concept, Document, Span, Term, Termbase, align, align_segments
from bialign.aligner import Constraints
from bialign.bitext import Paragraph, plain_segments
from bialign.cli.messages import load_catalogue
from bialign.errors import AlignmentError, ReadError
from bialign.pipeline import align_stretches
from bialign.remarks import DOUBTFUL, LONG_SEGMENT, remarks

ENGLISH = (
    "The agency denied everything. Nobody believed it, and the minister resigned.\n\nThe trial lasted three years.\n"
)
SPANISH = "La agencia lo negó todo. Nadie lo creyó y el ministro renunció.\n\nEl juicio duró tres años.\n"


@pytest.fixture
def letters(tmp_path):
    source, target = tmp_path / "letter.en.txt", tmp_path / "letter.es.txt"
    source.write_text(ENGLISH, encoding="utf-8")
    target.write_text(SPANISH, encoding="cp1252")
    return source, target


def test_paths_become_a_bitext(letters):
    bitext = align(*letters)
    assert (bitext.source.lang, bitext.target.lang, bitext.id) == ("en", "es", "letter")
    # the two differ only where this letter has nothing
    assert bitext.target.encoding in {"cp1252", "latin-1"}
    assert [bead.type for bead in bitext.beads] == ["1-1", "1-1", "1-1"]
    assert all(bead.probability > 0.5 for bead in bitext.beads)
    assert bitext.signature
    assert [segment.paragraph for segment in bitext.target_segments] == [0, 0, 1]


def test_either_order_is_fine(letters):
    bitext = align(letters[1], letters[0])
    assert (bitext.source.lang, bitext.target.lang) == ("es", "en")
    assert [bead.type for bead in bitext.beads] == ["1-1", "1-1", "1-1"]


def test_documents_are_taken_as_they_are():
    source = Document("a", "en", "A", ENGLISH, origin="somewhere")
    bitext = align(source, Document("b", "", "B", SPANISH), target_lang="es-PE")
    assert bitext.source is source
    assert bitext.target.lang == "es-PE"
    assert bitext.id == "a--b"


def test_stated_languages_count(letters):
    bitext = align(*letters, source_lang="en-GB", target_lang="es-PE")
    assert (bitext.source.lang, bitext.target.lang) == ("en-GB", "es-PE")


def test_lines_are_segments_empty_ones_too(tmp_path):
    source, target = tmp_path / "a.en", tmp_path / "b.es"
    source.write_text("Dr. No came. He left.\n\nGood night.\n", encoding="utf-8")
    target.write_text("El Dr. No vino. Se fue.\n\nBuenas noches.\n", encoding="utf-8")
    bitext = align(source, target, lines=True)
    assert [segment.text for segment in bitext.source_segments] == ["Dr. No came. He left.", "", "Good night."]
    for document, segments in ((bitext.source, bitext.source_segments), (bitext.target, bitext.target_segments)):
        assert all(document.text[s.start : s.stop] == s.text for s in segments)


def test_lines_of_a_document_are_its_segments():
    source = Document("a", "en", "", "One. Two.\nThree.\n")
    target = Document("b", "es", "", "Uno. Dos.\nTres.")
    bitext = align(source, target, lines=True)
    assert [s.text for s in bitext.source_segments] == ["One. Two.", "Three."]
    assert [s.text for s in bitext.target_segments] == ["Uno. Dos.", "Tres."]


def test_progress_runs_from_0_to_1(letters):
    told: dict[str, list[float]] = {}
    align(*letters, progress=lambda stage, share: told.setdefault(stage, []).append(share))
    assert told
    assert set(told) <= set(load_catalogue("es"))
    for shares in told.values():
        assert shares == sorted(shares)
        assert 0 <= shares[0] <= shares[-1] <= 1


@pytest.mark.parametrize("text", ["", " \n\t\n", "\n" * 10_000], ids=["empty", "blank", "10,000 empty lines"])
@pytest.mark.parametrize("side", [0, 1])
def test_empty_text_is_an_error_that_names_it(letters, text, side):
    letters[side].write_text(text, encoding="utf-8")
    with pytest.raises(AlignmentError, match="no text to align") as caught:
        align(*letters)
    assert caught.value.place == str(letters[side])


def test_one_empty_side_of_lines_gives_null_beads(letters):
    letters[1].write_text("", encoding="utf-8")
    bitext = align(*letters, lines=True)
    assert [bead.type for bead in bitext.beads] == ["1-0"] * len(bitext.source_segments)
    assert any("is empty" in str(remark) for remark in remarks(bitext))


def test_two_empty_sides_of_lines_are_an_error(letters):
    for path in letters:
        path.write_text("", encoding="utf-8")
    with pytest.raises(AlignmentError, match="both files are empty"):
        align(*letters, lines=True)


def test_missing_file_is_named(letters):
    with pytest.raises(ReadError) as caught:
        align(letters[0], letters[0].with_name("nobody.txt"))
    assert "nobody.txt" in str(caught.value)


def test_segments_are_used_as_they_are():
    source = ["The dog barked.", "It was  late."]
    bitext = align_segments(source, ["El perro ladró.", "Era tarde."], source_lang="en", target_lang="es")
    assert [segment.text for segment in bitext.source_segments] == source
    assert [bead.type for bead in bitext.beads] == ["1-1", "1-1"]


def test_nothing_against_nothing_is_an_empty_bitext():
    assert align_segments([], []).beads == ()


def test_empty_side_of_segments_gives_certain_null_beads():
    beads = align_segments([], ["Uno.", "Dos."]).beads
    assert beads == (Bead(Span(0, 0), Span(0, 1)), Bead(Span(0, 0), Span(1, 2)))


def test_a_bare_string_is_no_sequence_of_segments():
    with pytest.raises(TypeError, match="source"):
        align_segments("The dog barked.", ["El perro ladró."])


def test_paragraph_numbers_must_fit():
    with pytest.raises(ValueError, match="paragraph"):
        align_segments(["One.", "Two."], ["Uno."], source_paragraphs=[0], target_paragraphs=[0])


def test_blank_segments_stand_alone_and_disturb_nothing():
    source = ["", "The dog barked.", " ", "\u3000", "It was late."]
    bitext = align_segments(source, ["El perro ladró.", "", "Era tarde.", ""], source_lang="en", target_lang="es")
    pairs = [(tuple(bead.source), tuple(bead.target)) for bead in bitext.beads if not bead.is_null]
    assert pairs == [((1, 2), (0, 1)), ((4, 5), (2, 3))]
    assert all(bead.probability == 1.0 for bead in bitext.beads if bead.is_null)


def test_blank_segment_inside_a_bead_joins_it():
    source, target = (
        ["It rained all night,", "", "so the road was closed."],
        ["Llovió toda la noche y la vía se cerró."],
    )
    assert [bead.type for bead in align_segments(source, target).beads] == ["3-1"]


def paged(id, lang, *paragraphs):
    """Make a document of paragraphs, given as kind and text."""
    items, at = [], 0
    for kind, text in paragraphs:
        items.append(Paragraph(at, at + len(text), kind))
        at += len(text) + 1
    return Document(id, lang, id, "\n".join(text for _, text in paragraphs), paragraphs=tuple(items))


HEADS = (
    paged(
        "tale.en",
        "en",
        ("text", "The ferry left at noon."),
        ("running-head", "A Tale of the River"),
        ("page-number", "12"),
        ("text", "Nobody was on board but the pilot."),
        ("text", "He had seen the storm before anyone else did."),
    ),
    paged(
        "tale.es",
        "es",
        ("text", "El transbordador salió a mediodía."),
        ("text", "A bordo no iba nadie más que el práctico."),
        ("running-head", "Un cuento del río"),
        ("page-number", "12"),
        ("text", "Había visto la tormenta antes que nadie."),
    ),
)


def test_running_heads_do_not_come_between_what_translates_each_other():
    bitext = align(*HEADS)
    pairs = [(bead.source, bead.target) for bead in bitext.beads if not bead.is_null]
    assert pairs == [((0, 1), (0, 1)), ((3, 4), (1, 2)), ((4, 5), (4, 5))]
    alone = [n for bead in bitext.beads if bead.is_null for n in (*bead.source.indices, *bead.target.indices)]
    assert sorted(alone) == [1, 2, 2, 3]
    assert bitext.moves == ()
    # a stretch of it is aligned in the same way
    part = align_stretches((HEADS[0], bitext.source_segments[1:]), (HEADS[1], bitext.target_segments[1:]))
    assert [(bead.source, bead.target) for bead in part.beads if not bead.is_null] == [
        ((2, 3), (0, 1)), ((3, 4), (3, 4)),
    ]  # fmt: skip


def test_running_heads_that_somebody_linked_stay_linked():
    kept = Bead(Span(1, 2), Span(2, 3))
    beads = align(*HEADS, constraints=Constraints([kept])).beads
    assert [(bead.source, bead.target) for bead in beads if not bead.is_null] == [
        ((0, 1), (0, 1)), (kept.source, kept.target), ((4, 5), (4, 5)),
    ]  # fmt: skip


def test_blank_sides_load_no_model(monkeypatch):
    monkeypatch.setattr("bialign.aligner.align_texts", None)
    assert [bead.type for bead in align_segments([""] * 3, ["Uno."]).beads] == ["1-0"] * 3 + ["0-1"]


# any characters but surrogates, line breaks inside a segment and empty segments included
SEGMENTS = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), max_size=5)


@settings(max_examples=25, deadline=None)
@given(SEGMENTS, SEGMENTS)
def test_any_segments_give_a_tiling(source, target):
    bitext = align_segments(source, target)
    assert [segment.text for segment in bitext.source_segments] == source
    for document, segments in ((bitext.source, bitext.source_segments), (bitext.target, bitext.target_segments)):
        assert all(document.text[s.start : s.stop] == s.text for s in segments)


# --- names ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "target", "id"),
    [
        ("letter.en", "letter.es", "letter"),
        ("cia-hitman-in-peru.en", "cia-hitman-in-peru.es", "cia-hitman-in-peru"),
        ("carta_en", "carta_es", "carta"),
        ("night", "nights", "night--nights"),
        ("same", "same", "same"),
        ("en", "es", "en--es"),
        ("", "", "text"),
    ],
)
def test_bitext_is_named_after_both(source, target, id):
    bitext = align(Document(source, "en", "", "One."), Document(target, "es", "", "Uno."), lines=True)
    assert bitext.id == id


# --- remarks --------------------------------------------------------------------------------------------------------


def make_bitext(source, target, beads, langs=("en", "es")):
    documents = [
        Document(name, lang, "", "".join(text + "\n" for text in texts))
        for name, lang, texts in (("a", langs[0], source), ("b", langs[1], target))
    ]
    return Bitext("x", *documents, plain_segments(source), plain_segments(target), tuple(beads))


PAIR = [Bead(Span(0, 1), Span(0, 1), 0.9)]
GOOD = make_bitext(["Yes."], ["Sí."], PAIR)
LONELY = [Bead(Span(0, 1), Span(0, 0)), Bead(Span(1, 1), Span(0, 1))]
REMARKS = {
    "good": (GOOD, []),
    "unknown source": (replace(GOOD, source=replace(GOOD.source, lang="")), ["language of a", "--source-lang"]),
    "unknown target": (replace(GOOD, target=replace(GOOD.target, lang="")), ["language of b", "--target-lang"]),
    "same language": (make_bitext(["Yes."], ["Yeah."], PAIR, ("en", "en")), ["same language (en)"]),
    "identical": (make_bitext(["Yes."], ["Yes."], PAIR, ("en", "en")), ["identical"]),
    "giant": (make_bitext(["x" * LONG_SEGMENT], ["Sí."], PAIR), ["2000 characters", "number 1"]),
    "strangers": (make_bitext(["Yes."], ["Pan."], LONELY), ["only 0% of the segments"]),
    "one side": (make_bitext(["Yes."], [], [Bead(Span(0, 1), Span(0, 0))]), ["b is empty"]),
}


@pytest.mark.parametrize("case", REMARKS)
def test_remarks(case):
    bitext, wanted = REMARKS[case]
    said = [str(remark) for remark in remarks(bitext)]
    assert len(said) == bool(wanted)
    for part in wanted:
        assert part in said[0]


def test_terminal_and_page_call_the_same_beads_doubtful():
    from bialign.formats import html

    assert DOUBTFUL == html.DOUBTFUL


def test_terms_of_a_glossary_are_evidence():
    """The two sentences with the term are likelier to belong together for it."""
    kind = ("full form", "preferred", "free")
    concept = Concept("firm", "law", terms=(Term("outfit", "en", *kind), Term("firma", "es", *kind)))
    source = ["It went on.", "The outfit was old and slow.", "The house was old and slow.", "It was late."]
    target = ["Siguió.", "La firma era vieja y lenta.", "Era tarde."]
    plain, helped = (
        align_segments(source, target, source_lang="en", target_lang="es", termbase=termbase)
        for termbase in (None, Termbase(("en", "es"), (concept,)))
    )

    def chance(bitext):
        return sum(bead.probability for bead in bitext.beads if 1 in bead.source.indices and 1 in bead.target.indices)

    assert chance(helped) > chance(plain) + 0.02
    assert helped.signature.endswith(";terms:1")
    assert "terms" not in plain.signature
