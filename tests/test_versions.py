"""Versions of one text: aligned together, in rows, what differs, how much; revised sources; commands, files, pages."""

import csv
import itertools
import json
import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bialign.bitext import Bead, Bitext, Document, Span, plain_segments
from bialign.corpus import Corpus
from bialign.corpus.adding import Settings, add_planned, plan
from bialign.errors import AlignmentError, NotFound, ReadError
from bialign.readers.bilingual import read_bitext
from bialign.study.versions import Collation, Row, Version, align_versions, collate
from bialign.study.versions.collate import version_of
from bialign.study.versions.corpora import base_of, bases, collation_of
from bialign.study.versions.diff import differing, marked, pieces
from bialign.study.versions.measures import (
    Counted,
    character_edits,
    most_different,
    shared_lemmas,
    summaries,
    variations,
    word_edits,
)
from bialign.study.versions.outputs.marks import parts_of
from bialign.study.versions.revision import NEW, OLD, TRANSLATION, carried_over, revise, revise_bitext
from bialign.study.versions.rows import Linked, rows_of
from bialign.study.versions.same import same_segments
from bialign.study.versions.tables import measures_table, rows_table, summary_table
from bialign.study.versions.together import AGREEMENT, align_together
from bialign.termbase import Concept, Term, Termbase
from conftest import REPOSITORY
from test_web_journey import LOOK, axe  # noqa: F401
from test_web_pages import browser  # noqa: F401
from versions import BASE, FIRST, REVISED, SECOND, make_versions, write_texts
from web import TOKEN, serving

# --- rows ---


def beads(*sizes: tuple[int, int]) -> list[Bead]:
    """Make beads of these sizes, one after the other."""
    found, i, j = [], 0, 0
    for k, m in sizes:
        found.append(Bead(Span(i, i + k), Span(j, j + m)))
        i, j = i + k, j + m
    return found


def types(sizes, *pairs) -> list[str]:
    return [row.type for row in rows_of(sizes, pairs)]


@pytest.mark.parametrize(
    ("sizes", "pairs", "wanted"),
    [
        ((0, 0, 0), (), []),
        # nobody says what belongs together: every segment stands for itself
        ((1, 1), (), ["1-0", "0-1"]),
        ((2, 2), (Linked(0, 1, beads((1, 1), (1, 1))),), ["1-1", "1-1"]),
        # what one version joins is one row in the other too
        ((2, 2, 1), (Linked(0, 1, beads((1, 1), (1, 1))), Linked(0, 2, beads((2, 1)))), ["2-2-1"]),
        # overlapping beads hold each other: 1+2 in one version, 2+3 in the other
        ((3, 2, 2), (Linked(0, 1, beads((2, 1), (1, 1))), Linked(0, 2, beads((1, 1), (2, 1)))), ["3-2-2"]),
        # left out in one version, added in the other
        ((2, 1, 3), (Linked(0, 1, beads((1, 1), (1, 0))), Linked(0, 2, beads((1, 1), (0, 1), (1, 1)))),
         ["1-1-1", "0-0-1", "1-0-1"]),
        # both add the same, as their own bead tells
        ((1, 2, 2), (Linked(0, 1, beads((1, 1), (0, 1))), Linked(0, 2, beads((1, 1), (0, 1))),
                     Linked(1, 2, [Bead(Span(1, 2), Span(1, 2))])), ["1-1-1", "0-1-1"]),
        # beads of two pairs that cross become one row
        ((2, 2, 2), (Linked(0, 1, beads((1, 1), (1, 1))), Linked(0, 2, beads((1, 1), (1, 1))),
                     Linked(1, 2, [Bead(Span(0, 1), Span(1, 2))])), ["2-2-2"]),
        # what stands inside a row is a part of it
        ((3, 2), (Linked(0, 1, [Bead(Span(0, 1), Span(0, 1)), Bead(Span(2, 3), Span(0, 1))]),), ["3-1", "0-1"]),
    ],
)  # fmt: skip
def test_rows_are_the_smallest_groups_no_bead_reaches_out_of(sizes, pairs, wanted):
    assert types(sizes, *pairs) == wanted


@st.composite
def tilings(draw, size: int, other: int):
    """Draw beads that tile two texts of these sizes."""
    found, i, j = [], 0, 0
    while i < size or j < other:
        k, m = draw(st.integers(0, min(2, size - i))), draw(st.integers(0, min(2, other - j)))
        if k + m == 0:
            k, m = (1, 0) if i < size else (0, 1)
        found.append(Bead(Span(i, i + k), Span(j, j + m), draw(st.sampled_from((0.25, 0.5, 1.0)))))
        i, j = i + k, j + m
    return found


@st.composite
def linked_texts(draw):
    sizes = [draw(st.integers(0, 6)) for _ in range(3)]
    pairs = [Linked(x, y, draw(tilings(sizes[x], sizes[y]))) for x, y in ((0, 1), (0, 2), (1, 2))]
    return sizes, pairs[: draw(st.integers(2, 3))]


@given(linked_texts())
def test_rows_tile_hold_every_bead_whole_and_can_not_be_cut(drawn):
    sizes, pairs = drawn
    rows = rows_of(sizes, pairs)
    names = [
        Version(str(n), Document(str(n), "", "", ""), plain_segments(["x"] * size)) for n, size in enumerate(sizes)
    ]
    Collation(tuple(names), rows)  # raises where they do not tile
    for row in rows:
        inside = [
            bead for x, y, held in pairs for bead in held
            if all(row.spans[n].start <= i < row.spans[n].stop for n, span in ((x, bead.source), (y, bead.target))
                   for i in span.indices)
        ]  # fmt: skip
        assert row.probability == min((bead.probability for bead in inside), default=1.0)
    for x, y, held in pairs:
        for bead in held:
            assert sum(
                {*bead.source.indices} <= {*row.spans[x].indices} and {*bead.target.indices} <= {*row.spans[y].indices}
                and (bool(bead.source) <= bool(row.spans[x])) for row in rows
            ) >= 1  # fmt: skip
    # no place inside a row is a border of all pairs: what lies before it would be a row of its own
    for row in rows:
        places = itertools.product(*(range(span.start, span.stop + 1) for span in row.spans))
        ends = {tuple(span.start for span in row.spans), tuple(span.stop for span in row.spans)}
        for place in set(places) - ends:
            cut = all(
                _before(bead.source, place[x]) in {None, _before(bead.target, place[y])}
                or _before(bead.target, place[y]) is None
                for x, y, held in pairs for bead in held
            )  # fmt: skip
            whole = all(
                not span.start < place[n] < span.stop for x, y, held in pairs for bead in held
                for n, span in ((x, bead.source), (y, bead.target))
            )  # fmt: skip
            assert not (cut and whole)


def _before(span: Span, place: int) -> bool | None:
    """Tell whether a span ends before a place; None for an empty one, which is anywhere."""
    return span.stop <= place if span else None


def test_a_collation_holds_rows_that_tile_its_versions():
    version = Version("a", Document("a", "en", "A", "x"), plain_segments(["x"]))
    assert Collation((version, version), (Row((Span(0, 1), Span(0, 1))),)).alike() == [(0, 1)]
    with pytest.raises(ValueError, match="does not go on"):
        Collation((version, version), (Row((Span(0, 1), Span(1, 1))), Row((Span(1, 1), Span(0, 1)))))
    with pytest.raises(ValueError, match="do not end"):
        Collation((version, version), (Row((Span(0, 1), Span(0, 0))),))


# --- equal sentences, words that differ ---


def test_equal_sentences_are_matched_wherever_they_can_be():
    text = [
        "The first sentence stands here.",
        "No.",
        "The second one stands there.",
        "No.",
        "And a third one follows it.",
    ]
    assert [(bead.source.start, bead.target.start) for bead in same_segments(text, text)] == [(n, n) for n in range(5)]
    shorter = [text[0], text[2], "No.", text[4]]
    found = [(bead.source.start, bead.target.start) for bead in same_segments(text, shorter)]
    assert found == [(0, 0), (2, 1), (3, 2), (4, 3)]
    assert same_segments(["Sí.", "Llovía a cántaros."], ["Nevaba sin parar.", "Sí."]) == []
    assert same_segments([], ["a b c d"]) == []


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        ("It rained.", "It rained.", [("same", "It rained.")]),
        ("", "New.", [("added", "New.")]),
        ("Old.", "", [("removed", "Old.")]),
        ("He left at six.", "He left at seven.",
         [("same", "He left at"), ("removed", "six"), ("added", "seven"), ("same", ".")]),
        # a lone word between two changes is a part of them
        ("one two three four five", "one dos three cuatro five",
         [("same", "one"), ("removed", "two three four"), ("added", "dos three cuatro"), ("same", "five")]),
        ("open them; now the promise", "open them. Now the promise",
         [("same", "open them"), ("removed", "; now"), ("added", ". Now"), ("same", "the promise")]),
    ],
)  # fmt: skip
def test_changes_are_marked_word_by_word(first, second, wanted):
    assert [piece[:2] for piece in pieces(first, second)] == wanted


WORDS = st.lists(st.sampled_from(["el", "barco", "zarpó", "de", "la", "isla", ",", "¿", "SIN", "6.30"]), max_size=12)


@given(WORDS, WORDS)
def test_pieces_make_up_both_texts(one, other):
    first, second = " ".join(one), " ".join(other)
    found = pieces(first, second, "es")
    for text, left_out in ((first, "added"), (second, "removed")):
        assert " ".join(" ".join(piece.text for piece in found if piece.kind != left_out).split()) == text
    for text, places in zip((first, second), differing(first, second, "es"), strict=True):
        assert "".join(part for part, _ in marked(text, places)) == text
    assert (found == () and not one) or {piece.kind for piece in pieces(first, first)} <= {"same"}


# --- measures ---


def test_measures_worked_out_by_hand():
    # sailed/left, a word more: 2 edits, 6 words
    assert word_edits("The ferry sailed at six.", "The old ferry left at six!") == Counted(2, 6)
    assert word_edits("THE FERRY", "the ferry").share == 0
    assert word_edits("...", "—").share == 0
    assert character_edits("faro", "farol") == Counted(1, 5)
    assert character_edits("a  b", "a b").share == 0
    # {dos, soldado, salir} and {un, soldado, salir}
    assert shared_lemmas("Dos soldados salieron.", "Salió un soldado", "es") == pytest.approx(2 / 4)
    assert shared_lemmas("...", "!", "es") == 1


def made(*texts: tuple[str, ...], langs=("en", "es", "es")) -> Collation:
    """Make a collation in which each version has one segment in each row, or none where the text is empty."""
    versions, spans = [], []
    for number, (lang, held) in enumerate(zip(langs, texts, strict=True)):
        full = [text for text in held if text]
        versions.append(
            Version(f"v{number}", Document(f"v{number}", lang, f"V{number}", "\n".join(full)), plain_segments(full))
        )
        ends = list(itertools.accumulate((bool(text) for text in held), initial=0))
        spans.append([Span(a, b) for a, b in itertools.pairwise(ends)])
    return Collation(tuple(versions), tuple(Row(row) for row in zip(*spans, strict=True)))


SMALL = made(
    ("The ship left.", "The raid failed at dawn.", "Nobody knew.", ""),
    ("El barco salió.", "La redada fracasó al alba.", "Nadie lo supo.", ""),
    ("El buque salió.", "El allanamiento fracasó al alba.", "", "Así fue."),
)
RAID = Termbase(
    ("en", "es"), (Concept("raid", terms=(Term("raid", "en"), Term("redada", "es"), Term("allanamiento", "es"))),)
)


def test_variation_of_each_passage_and_of_the_whole():
    found = variations(SMALL, termbase=RAID, vectors=False)
    assert [(one.row, one.first, one.second) for one in found] == [
        (0, 0, 1), (1, 0, 1), (2, 0, 1), (0, 0, 2), (1, 0, 2), (0, 1, 2), (1, 1, 2),
    ]  # fmt: skip
    ship, raid = found[-2:]
    assert (ship.words, ship.characters, ship.cosine, ship.types) == (Counted(1, 3), Counted(4, 15), None, (1, 1))
    assert ship.lemmas == pytest.approx(2 / 4)
    assert ship.length_ratio == 1
    assert ship.terms == ()
    assert raid.words == Counted(2, 5)
    assert [(term.concept, term.first, term.second) for term in raid.terms] == [
        ("raid", ("redada",), ("allanamiento",))
    ]
    assert found[0].words is None and found[0].terms is None, "two languages have no words in common"
    whole = summaries(SMALL, found)[-1]
    assert (whole.first, whole.second, whole.rows, whole.same) == (1, 2, 2, 0)
    assert (whole.first_only, whole.second_only, whole.types_differ, whole.terms_differ) == (1, 1, 0, 1)
    assert whole.words == pytest.approx(3 / 8)
    assert [one.row for one in most_different(found)] == [1], "the other passage has only three words"


def test_a_term_that_one_version_leaves_out_counts_only_where_the_base_has_it():
    base = ("The raid failed.", "It failed.")
    collation = made(base, ("La redada fracasó.", "La redada fracasó."), ("Eso fracasó.", "Eso fracasó."))
    found = variations(collation, pairs=[(1, 2)], termbase=RAID, vectors=False)
    assert [len(one.terms) for one in found] == [1, 0]


def test_cosines_are_those_of_the_encoder():
    collation = made(("A.", "B."), ("Nevaba en la isla.", "x"), ("Nevaba en la isla.", "y"))
    found = variations(collation, pairs=[(1, 2)])
    assert found[0].cosine == pytest.approx(1.0, abs=1e-5)
    assert found[0].same
    assert -1 <= found[1].cosine <= 1


def test_tables_say_what_their_columns_hold():
    found = variations(SMALL, termbase=RAID, vectors=False)
    rows, measured = rows_table(SMALL), measures_table(SMALL, found)
    assert rows.names == ("row", "type", "probability", "base", "version_1", "version_2")
    assert rows.rows[3] == (4, "0-0-1", 1.0, "", "", "Así fue.")
    assert measured.column("word_distance")[-1] == pytest.approx(0.4)
    assert measured.column("terms")[-1] == "raid: redada / allanamiento"
    summed = summary_table(SMALL, summaries(SMALL, found))
    assert summed.column("length_ratio")[-1] == pytest.approx(47 / 41)
    for table in (measured, summed):
        for column in table.columns:
            if column.kind == "number" and column.name != "probability":
                assert column.unit and column.formula and column.source and column.caveat, column.name


# --- aligning together ---


@pytest.fixture(scope="module")
def story() -> Collation:
    return collate([Document(name, lang, name, text) for name, lang, text in (
        ("base", "en", BASE), ("a", "es", FIRST), ("b", "es", SECOND),
    )])  # fmt: skip


def test_two_translations_stand_beside_their_source(story):
    assert [row.type for row in story.rows] == [
        "2-2-1", "1-1-2", "1-1-1", "1-1-1", "1-1-2", "1-1-1", "1-1-1", "1-1-1", "1-1-2", "0-0-1",
        "1-1-1", "1-1-1", "1-1-0", "1-1-1", "1-1-1", "1-1-1", "1-1-1",
    ]  # fmt: skip
    assert story.texts(story.rows[9]) == ("", "", "Así eran los isleños.")
    assert all(row.probability > 0.5 for row in story.rows)
    same = [parts for row in story.rows for parts in parts_of(story, row)[1:] if row.type == "1-1-1"]
    assert [part.mark for part in same[2]] == ["same"], "Eran doce, atadas con una cinta roja."


def test_what_both_translations_add_stands_in_one_row():
    source = ["The ship left.", "Nobody waved.", "It rained all day."]
    one = ["El barco salió.", "Una gaviota chillaba sobre el muelle vacío.", "Nadie saludó.", "Llovió todo el día."]
    other = [
        "Salió el barco.",
        "Sobre el muelle vacío chillaba una gaviota.",
        "Nadie agitó la mano.",
        "Llovió el día entero.",
    ]
    versions = [version_of(Document(n, lang, n, ""), plain_segments(texts)) for n, lang, texts in (
        ("s", "en", source), ("a", "es", one), ("b", "es", other),
    )]  # fmt: skip
    assert [row.type for row in align_versions(versions).rows] == ["1-1-1", "0-1-1", "1-1-1", "1-1-1"]


def test_the_same_text_is_the_same_with_certainty_and_nothing_is_nothing():
    text = ["It rained.", "It rained.", "Nobody had slept that night.", "No.", "It rained."]
    found = align_together([text, text], langs=["en", "en"])[0, 1]
    assert [(bead.type, bead.probability) for bead in found.beads] == [("1-1", 1.0)] * 5
    empty = align_together([text, [], ["Llovió."]], langs=["en", "es", "es"])
    assert [bead.type for bead in empty[0, 1].beads] == ["1-0"] * 5
    assert [bead.type for bead in empty[1, 2].beads] == ["0-1"]


def test_the_same_texts_give_the_same_rows(story):
    again = align_versions(story.versions)
    assert again.rows == story.rows
    assert again.signature.endswith("versions:3")


def test_what_is_no_version_is_refused(tmp_path):
    files = write_texts(tmp_path)
    (tmp_path / "empty.txt").write_text("\n", encoding="utf-8")
    with pytest.raises(ValueError, match="nothing to be compared"):
        collate([files["base.en"]])
    with pytest.raises(AlignmentError, match="empty or blank"):
        collate([files["base.en"], tmp_path / "empty.txt"])
    with pytest.raises(ReadError):
        collate([files["base.en"], tmp_path / "none.txt"])


def test_a_good_translation_helps_to_align_a_free_one(gold):
    from bench.versions import second_version
    from bialign.evaluate import evaluate
    from bialign.gold import read_gold

    document = next(one for one in read_gold(gold / "align" / "transread-en-fr") if one.name == "emma")
    made_up, wanted = second_version(document)
    texts = (document.source, document.target, made_up)
    alone, helped = (
        evaluate(wanted, align_together(texts, langs=("en", "fr", "fr"), agreement=share)[0, 2].beads).strict.f1
        for share in (0, AGREEMENT)
    )
    assert helped > alone + 0.02


def test_what_stands_elsewhere_is_said_to():
    sides = (("old", BASE), ("new", REVISED))
    collation = collate([Document(name, "en", name, text) for name, text in sides])
    moved = collation.moved_to()
    assert len(moved) == 6
    for (row, version), goal in moved.items():
        assert collation.text(collation.rows[row], version) == ""
        assert collation.text(collation.rows[row], 1 - version) == collation.text(collation.rows[goal], version)


# --- revised sources ---


@pytest.fixture(scope="module")
def revised():
    sides = (("old.en", "en", BASE), ("new.en", "en", REVISED), ("a", "es", FIRST))
    return revise(*(Document(name, lang, name, text) for name, lang, text in sides))


def kinds(revision) -> list[str]:
    return [entry.kind for entry in revision.entries]


def test_a_revised_source_tells_what_is_out_of_date(revised):
    assert kinds(revised) == [
        "changed", "unchanged", "unchanged", "unchanged", "unchanged", "changed", "moved", "moved", "added", "moved",
        "unchanged", "unchanged", "unchanged", "unchanged", "removed", "unchanged", "unchanged", "unchanged",
    ]  # fmt: skip
    to_do = [entry for entry in revised.entries if entry.out_of_date]
    assert [revised.text(entry.translation, TRANSLATION)[:24] for entry in to_do] == [
        "El transbordador salió d", "Le había prometido a su ", "", "Uno de ellos cantaba.",
    ]  # fmt: skip
    assert [piece[:2] for piece in revised.pieces(to_do[0])][1:3] == [("removed", "six"), ("added", "seven")]
    assert sum(revised.counts().values()) == len(revised.entries)
    check_whole(revised)


def check_whole(revision):
    """Every segment of all three is in one entry, the new ones in order, and what is unchanged is so to the letter."""
    for side, name in ((OLD, "old"), (NEW, "new"), (TRANSLATION, "translation")):
        held = [i for entry in revision.entries for i in getattr(entry, name).indices]
        assert sorted(held) == list(range(len(revision.versions[side].segments)))
        if side == NEW:
            assert held == sorted(held)
    for entry in revision.entries:
        same = revision.text(entry.old, OLD).split() == revision.text(entry.new, NEW).split()
        assert same == (entry.kind in {"unchanged", "moved", "translation only"})


def test_what_is_unchanged_is_carried_over(revised):
    bitext = carried_over(revised)
    assert bitext.source.text == REVISED
    assert [bead.status for bead in bitext.beads if bead.reason == "the source was changed"] == ["doubtful"] * 2
    assert [bitext.source_text(bead) for bead in bitext.beads if not bead.target] == ["The radio was silent."]
    assert "cantaba" not in bitext.target.text
    for segment in bitext.target_segments:
        assert bitext.target.text[segment.start : segment.stop] == segment.text
    # the paragraphs are those of the new source
    assert bitext.target.text.count("\n") == 5


def test_what_was_confirmed_stays_so_where_the_source_is_the_same():
    texts = {
        "en": ["It rained.", "Nobody came to the harbour.", "The lamp went out."],
        "es": ["Llovía.", "Nadie vino al puerto.", ""],
    }
    sides = [Document(lang, lang, lang, "") for lang in texts]
    held = [plain_segments([text for text in side if text]) for side in texts.values()]
    bitext = Bitext("t", *sides, *held, (
        Bead(Span(0, 1), Span(0, 1), 1.0, "confirmed"), Bead(Span(1, 2), Span(1, 2), 1.0, "confirmed"),
        Bead(Span(2, 3), Span(2, 2), 1.0, "confirmed"),
    ))  # fmt: skip
    new = ["It rained.", "Nobody came to the old harbour.", "The lamp went out.", "Then it was dark."]
    revision = revise_bitext(bitext, version_of(Document("new", "en", "new", ""), plain_segments(new)))
    assert kinds(revision) == ["unchanged", "changed", "unchanged", "added"]
    carried = carried_over(revision)
    assert [bead.status for bead in carried.beads] == ["confirmed", "doubtful", "confirmed", "unreviewed"]
    assert [bead.reason for bead in carried.beads] == ["", "the source was changed", "", "new in the source"]
    # what is in the language of the target is a revision of that
    turned = revise_bitext(bitext, version_of(Document("nuevo", "es", "", ""), plain_segments(["Llovía."])))
    assert [(entry.kind, entry.status) for entry in turned.entries] == [
        ("unchanged", "confirmed"), ("removed", "confirmed"), ("translation only", "confirmed"),
    ]  # fmt: skip
    with pytest.raises(AlignmentError, match="has the language of the old one"):
        revise_bitext(bitext, version_of(Document("nouveau", "fr", "", ""), plain_segments(["Il pleuvait."])))


@pytest.mark.parametrize("seed", [1, 2])
def test_edits_made_by_chance_are_found(seed):
    folder, draw = REPOSITORY / "corpus" / "gold", random.Random(seed)
    old, translation = (
        (folder / f"cia-hitman-in-peru.{end}").read_text(encoding="utf-8").splitlines()[:60] for end in ("src", "tgt")
    )
    chosen = draw.sample(range(1, 59), 16)
    gone, altered, after = set(chosen[:4]), set(chosen[4:12]), set(chosen[12:])
    new, wanted = [], {}
    for n, text in enumerate(old):
        if n not in gone:
            words = text.split()
            changed = n in altered and len(words) > 4
            if changed:
                words[draw.randrange(1, len(words) - 1)] = "otherwise"
            wanted[len(new)] = "changed" if changed else "unchanged"
            new.append(" ".join(words))
        if n in after:
            wanted[len(new)] = "added"
            new.append(f"On the {n}th day a wholly new sentence about butterflies was put here.")
    versions = [version_of(Document(name, lang, name, ""), plain_segments(texts)) for name, lang, texts in (
        ("old", "en", old), ("new", "en", new), ("es", "es", translation),
    )]  # fmt: skip
    pair = align_together([old, new], langs=["en", "en"])[0, 1]
    exact = {
        bead.target.start
        for bead in pair.beads
        if bead.type == "1-1" and old[bead.source.start] == new[bead.target.start]
    }
    assert exact == {n for n, kind in wanted.items() if kind == "unchanged"}
    beads_of_old = align_together([old, translation])[0, 1].beads
    bitext = Bitext(
        "t", versions[0].document, versions[2].document, versions[0].segments, versions[2].segments, beads_of_old
    )
    revision = revise_bitext(bitext, versions[1])
    check_whole(revision)
    done = {j: entry for entry in revision.entries for j in entry.new.indices}
    for n, kind in wanted.items():
        # a segment that is translated together with a changed one is out of date with it
        if kind == "unchanged" and max(len(done[n].new), len(done[n].old)) > 1:
            continue
        assert done[n].kind == kind, new[n]


# --- corpora ---


def test_texts_of_a_corpus_that_share_their_source(tmp_path):
    with Corpus(make_versions(tmp_path / "c.bialign")) as corpus:
        corpus.add(Document("solo.en", "en", "", "It rained."), Document("solo.es", "es", "", "Llovía."))
        [base] = bases(corpus)
        assert (base.document.name, [info.name for info in base.bitexts]) == ("base.en", ["Paz", "Ruiz"])
        collation = collation_of(corpus, base_of(corpus, "base.en"))
        assert [version.name for version in collation.versions] == ["base.en", "Paz", "Ruiz"]
        assert collation.rows[0].type == "2-2-1"
        assert collation.signature == corpus.version
        # what a person does to the beads is what is shown
        first = corpus.beads("Paz", limit=2)
        corpus.merge([bead.id for bead in first])
        corpus.make_null(corpus.beads("Ruiz", limit=100)[-1].id)
        again = collation_of(corpus, base)
        assert [row.type for row in again.rows][-2:] == ["1-1-0", "0-0-1"]
        with pytest.raises(NotFound, match="no base is called b"):
            base_of(corpus, "b")
        corpus.remove("Ruiz")
        with pytest.raises(NotFound, match="share a document"):
            base_of(corpus)


def test_a_base_may_be_the_translation_and_additions_are_linked(tmp_path):
    spanish = Document("es", "es", "", "Llovía. El barco salió. Fin.")
    one = Document("one", "en", "", "It rained. A gull cried on the empty pier. The ship left. The end.")
    other = Document(
        "other", "en", "", "It was raining. On the empty pier a gull was crying. The ship sailed. The end."
    )
    with Corpus.create(tmp_path / "c.bialign") as corpus:
        corpus.add(one, spanish, name="one")
        corpus.add(spanish, other, name="other")
        collation = collation_of(corpus, base_of(corpus))
        assert [row.type for row in collation.rows] == ["1-1-1", "0-1-1", "1-1-1", "1-1-1"]


def test_a_second_translation_shares_the_source_whatever_its_file_is_called(tmp_path):
    files = write_texts(tmp_path)
    again = tmp_path / "again" / "source.txt"
    again.parent.mkdir()
    again.write_bytes(files["base.en"].read_bytes())
    with Corpus.create(tmp_path / "c.bialign") as corpus:
        for name, pair in (("a", (files["base.en"], files["a.es"])), ("b", (again, files["b.es"]))):
            settings = Settings(name=name)
            [planned] = plan(pair, settings).pairs
            assert add_planned(corpus, planned, settings).new
        assert [info.source.name for info in corpus.bitexts()] == ["base.en", "base.en"]
        assert len(bases(corpus)) == 1
        # both go out and come in by themselves
        corpus.remove("a")
        assert corpus.bitext("b").source.text == BASE


# --- files and the command line ---


@pytest.fixture
def folder(tmp_path, monkeypatch):
    write_texts(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_versions_in_every_format(bialign, folder):
    outputs = [f"v{suffix}" for suffix in (".html", ".tsv", ".jsonl", ".xlsx")]
    options = [part for name in outputs for part in ("-o", name)]
    run = bialign("versions", "base.en.txt", "a.es.txt", "b.es.txt", *options, "--measures", "m.tsv")
    assert run.status == 0, run.err
    assert "3 versions in 17 rows" in run.err
    with (folder / "v.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    lines = [json.loads(line) for line in (folder / "v.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["version_2"] for row in rows] == [line["version_2"] for line in lines]
    assert rows[9]["type"] == "0-0-1"
    with (folder / "m.tsv").open(encoding="utf-8", newline="") as file:
        measured = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert {(row["first"], row["second"]) for row in measured} == {
        ("base.en", "a.es"),
        ("base.en", "b.es"),
        ("a.es", "b.es"),
    }
    page = (folder / "v.html").read_text(encoding="utf-8")
    assert page.count('<tr id="r') == 17
    assert "<mark>" in page and "<del>" not in page
    assert '<span lang="es">' in page


def test_a_page_asks_nothing_of_any_network_and_no_text_becomes_markup(bialign, folder):
    hostile = '<script>alert(1)</script> & "so" <b>on</b>.'
    for name in ("base.en", "a.es", "b.es"):
        path = folder / f"{name}.txt"
        path.write_text(path.read_text(encoding="utf-8") + f"\n{hostile} {name}\n", encoding="utf-8")
    assert bialign("versions", "base.en.txt", "a.es.txt", "b.es.txt", "-o", "v.html", "--ui-lang", "es").status == 0
    assert bialign("versions", "base.en.txt", "new.en.txt", "--translation", "a.es.txt", "-o", "r.html").status == 0
    for name in ("v.html", "r.html"):
        page = (folder / name).read_text(encoding="utf-8")
        assert "<script" not in page and "<b>on" not in page
        assert "&lt;script&gt;" in page
        assert "default-src 'none'" in page
        assert not re.search(r"(src|href)=\"(?!#)", page)
    assert "Los pasajes más distintos" in (folder / "v.html").read_text(encoding="utf-8")


def test_the_terminal_shows_columns_or_what_fits(bialign, folder, monkeypatch):
    narrow = bialign("versions", "base.en.txt", "a.es.txt", "b.es.txt")
    assert narrow.status == 0, narrow.err
    assert max(map(len, narrow.out.splitlines())) <= 80
    assert "10  0-0-1" in narrow.out and "(nothing)" in narrow.out
    assert "word distance" in narrow.out
    monkeypatch.setenv("COLUMNS", "150")
    wide = bialign("versions", "base.en.txt", "a.es.txt", "b.es.txt")
    assert re.search("The ferry left .*El transbordador .*A las seis", wide.out)
    few = bialign("versions", "base.en.txt", "a.es.txt", "b.es.txt", "--different", "2")
    assert "2-2-1" in few.out and "0-0-1" not in few.out
    told = json.loads(bialign("versions", "base.en.txt", "a.es.txt", "b.es.txt", "--json").out)
    assert [one["lang"] for one in told["versions"]] == ["en", "es", "es"]
    assert told["pairs"][2]["same"] == 3


def test_what_is_no_version_of_it_is_told(bialign, folder):
    other = "Los peces del río son de plata. El molino ya no muele. La harina vale poco este año.\n"
    (folder / "other.es.txt").write_text(other * 3, encoding="utf-8")
    run = bialign("versions", "base.en.txt", "other.es.txt", "--different", "3")
    assert run.status == 0
    assert "other.es: only" in run.err
    assert "their words cannot be compared" in run.err


def test_two_states_of_a_source_are_shown_with_their_changes(bialign, folder):
    run = bialign("versions", "base.en.txt", "new.en.txt", "--different", "1")
    assert run.status == 0
    assert "[-" in run.out and "{+" in run.out
    assert "(moved: 16)" in bialign("versions", "base.en.txt", "new.en.txt").out
    assert bialign("versions", "base.en.txt", "new.en.txt", "-o", "v.html").status == 0
    page = (folder / "v.html").read_text(encoding="utf-8")
    assert '<a class="none" href="#r16">(moved: 16)</a>' in page and "<del>six</del> <ins>seven</ins>" in page


def test_the_command_for_a_revised_source(bialign, folder):
    names = ["r.html", "r.tsv", "r.tmx", "r.xlf"]
    outputs = [part for name in names for part in ("-o", name)]
    arguments = ["versions", "base.en.txt", "new.en.txt", "--translation", "a.es.txt"]
    run = bialign(*arguments)
    assert run.status == 0, run.err
    assert "[-six-] {+seven+}" in run.out
    assert "Nadie había dormido" not in run.out
    assert "to be done: 4" in run.err
    assert "Nadie había dormido" in bialign(*arguments, "--all").out
    assert bialign(*arguments, *outputs).status == 0
    memory = read_bitext(folder / "r.tmx")
    assert any("seven in the morning" in memory.source_text(bead) for bead in memory.beads)
    # the file goes on where it was: what it says is unchanged needs no more work
    again = bialign("versions", "r.tmx", "new.en.txt", "--json")
    assert again.status == 0, again.err
    assert json.loads(again.out)["entries"]["changed"] == 0


def test_a_text_of_a_corpus_is_revised_with_what_was_confirmed(bialign, folder):
    path = make_versions(folder / "c.bialign")
    with Corpus(path) as corpus:
        corpus.confirm([bead.id for bead in corpus.beads("Paz", limit=3)])
    run = bialign("versions", "c.bialign", "new.en.txt", "--text", "Paz", "-o", "r.jsonl", "-o", "r.xlf")
    assert run.status == 0, run.err
    entries = [json.loads(line) for line in (folder / "r.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(entry["kind"], entry["status"]) for entry in entries[:4]] == [
        ("changed", "confirmed"), ("unchanged", "confirmed"), ("unchanged", "confirmed"), ("unchanged", "unreviewed"),
    ]  # fmt: skip
    assert [bead.status for bead in read_bitext(folder / "r.xlf").beads[:3]] == ["doubtful", "confirmed", "confirmed"]
    shown = bialign("versions", "c.bialign", "--base", "base.en", "-o", "v.html", "--ui-lang", "es")
    assert shown.status == 0, shown.err
    assert "distancia por palabras" in shown.out


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (["base.en.txt"], 2, "name another"),
        (["base.en.txt", "none.txt"], 1, "no such file"),
        (["base.en.txt", "a.es.txt", "-o", "v.doc"], 2, "cannot tell the format"),
        (["base.en.txt", "a.es.txt", "-o", "a.es.txt"], 2, "would be overwritten"),
        (["base.en.txt", "a.es.txt", "-o", "no/v.html"], 2, "there is no folder"),
        (["base.en.txt", "a.es.txt", "-o", "v.tmx"], 2, "cannot tell the format"),
        (["base.en.txt", "a.es.txt", "--measures", "m.html"], 2, "cannot tell the format"),
        (["base.en.txt", "a.es.txt", "--base", "x"], 2, "are for a corpus"),
        (
            ["base.en.txt", "a.es.txt", "--translation", "b.es.txt", "-o", "v.html"],
            1,
            "has the language of the old one",
        ),
        (["base.en.txt", "a.es.txt", "new.en.txt", "--translation", "b.es.txt"], 2, "takes two texts"),
        (["base.en.txt", "new.en.txt", "--translation", "a.es.txt", "--measures", "m.tsv"], 2, "side by side"),
        (["c.bialign", "a.es.txt"], 2, "a corpus stands alone"),
        (["c.bialign", "new.en.txt", "--text", "no"], 1, "no bitext called no"),
        (["c.bialign", "--base", "no"], 1, "share a document"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_line(bialign, folder, arguments, status, told):
    Corpus.create(folder / "c.bialign").close()
    before = sorted(path.name for path in folder.iterdir())
    run = bialign("versions", *arguments)
    assert (run.status, len(run.err.strip().splitlines())) == (status, 1), run.err
    assert told in run.err
    assert sorted(path.name for path in folder.iterdir()) == before


# --- pages ---


def test_what_is_imported_on_the_pages_shares_its_source_too(tmp_path):
    from bialign.web.making import Chosen, Wanted, make
    from bialign.web.session import Session

    files = write_texts(tmp_path)
    session = Session(None, folder=tmp_path, who="Ana")
    try:
        for name, source, target in (("Paz", "base.en.txt", "a.es"), ("Ruiz", "renamed.en.txt", "b.es")):
            chosen = []
            for called, path in ((source, files["base.en"]), (f"{target}.txt", files[target])):
                upload = session.uploads.place(called)
                upload.path.write_bytes(path.read_bytes())
                chosen.append(Chosen(upload.id))
            make(session, Wanted(chosen, name, "" if name == "Ruiz" else "made"), lambda stage, share: None)
        with session.needed().corpus() as corpus:
            assert [[info.name for info in base.bitexts] for base in bases(corpus)] == [["Paz", "Ruiz"]]
    finally:
        session.close()


def test_the_pages_api_gives_rows_and_files(tmp_path):
    from starlette.testclient import TestClient

    from bialign.web.app import create_app
    from bialign.web.session import Session

    corpus = make_versions(tmp_path / "c.bialign")
    app = create_app(Session(corpus, folder=tmp_path, who="Ana"), token="key", port=8417)
    with TestClient(app, base_url="http://127.0.0.1:8417", cookies={"bialign_8417": "key"}) as client:
        [base] = client.get("/api/versions").json()["bases"]
        assert [one["name"] for one in base["texts"]] == ["Paz", "Ruiz"]
        told = client.get(f"/api/versions/{base['id']}").json()
        assert (told["count"], len(told["rows"]), len(told["pairs"])) == (17, 17, 3)
        assert told["rows"][9]["cells"] == [[], [], [["same", "Así eran los isleños."]]]
        different = client.get(f"/api/versions/{base['id']}?order=different").json()["rows"]
        assert different[0]["distance"] >= different[1]["distance"] > 0
        assert client.get(f"/api/versions/{base['id']}?start=16").json()["rows"][0]["number"] == 17
        page = client.get(f"/api/versions/{base['id']}/export/html")
        assert "base.en.html" in page.headers["content-disposition"] and "<mark>" in page.text
        assert client.get(f"/api/versions/{base['id']}/export/doc").status_code == 400
        assert client.get("/api/versions/77").status_code == 404
        with Corpus(corpus) as opened:
            opened.make_null(opened.beads("Paz", limit=1)[0].id)
        assert client.get(f"/api/versions/{base['id']}").json()["rows"][0]["cells"] != told["rows"][0]["cells"]


def test_the_page_of_versions(browser, axe, tmp_path):  # noqa: F811
    with serving(make_versions(tmp_path / "c.bialign"), tmp_path) as address:
        context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(f"{address}/versions?token={TOKEN}")
        page.locator("html[data-ready]").wait_for()
        assert page.locator("#rows tbody tr").count() == 17
        page.get_by_role("button", name="Most different").click()
        page.locator("#rows tbody tr").nth(16).wait_for(state="detached")
        assert page.locator("#rows tbody tr").count() < 17
        assert complaints == []
        page.evaluate(axe)
        for lang, theme in (("en", "light"), ("es", "dark")):
            page.locator(f"header.frame [data-ui={lang}]").click()
            page.locator(f"html[lang={lang}]").wait_for()
            page.evaluate("(theme) => { document.documentElement.dataset.theme = theme; }", theme)
            assert page.evaluate(LOOK, True) == []
        page.set_viewport_size({"width": 390, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert page.get_by_text("distancia por palabras").count() >= 1
        context.close()
