"""Stress sets: the gold stays right whatever is done to a document, and moves are scored as documented."""

import itertools

import pytest

from bench._move_scores import score_moves
from bench._stressed import Stressed, draw_for, units
from bench._texts import LABELS, REFRAINS, REPLIES
from bench._transformations import KINDS
from bialign.aligner.training import GoldDocument
from bialign.bitext import Bead, Move, Span, null_beads

UNRELATED = [f"Unrelated {n}." for n in range(200)]
TYPES = ((1, 1), (1, 1), (2, 1), (1, 1), (1, 2), (1, 0), (1, 1), (0, 1), (2, 2), (1, 1))


def document(name="made", beads=400):
    """Make a document whose segments tell which bead they belong to: "s17 ..." and "t17 ..."."""
    source, target, gold = [], [], []
    for n, (k, m) in zip(range(beads), itertools.cycle(TYPES), strict=False):
        i, j = len(source), len(target)
        source += [f"s{n} one two, three four five six seven eight nine ten." for _ in range(k)]
        target += [f"t{n} uno dos, tres cuatro cinco seis siete ocho nueve diez." for _ in range(m)]
        gold += [Bead(Span(i, i + k), Span(j, j + m))]
    return GoldDocument(name, source, target, gold)


def stressed(kind, name="made"):
    return KINDS[kind](document(name), ("en", "es"), UNRELATED)


def origins(texts):
    """Give the beads of the first document that lines come from."""
    words = " ".join(texts).split()
    return {word[1:] for word in words if word[1:].isdecimal() and word[0] in "st"}


@pytest.mark.parametrize("kind", KINDS)
def test_gold_stays_right(kind):
    made = stressed(kind)
    for bead in made.beads:
        if not bead.is_null:
            source = origins(made.source[bead.source.start : bead.source.stop])
            target = origins(made.target[bead.target.start : bead.target.stop])
            assert source == target


@pytest.mark.parametrize("kind", KINDS)
def test_chance_is_seeded_by_kind_and_name(kind):
    assert stressed(kind) == stressed(kind)
    assert (stressed(kind).beads != stressed(kind, "other").beads) == (kind != "unchanged")


@pytest.mark.parametrize("kind", KINDS)
def test_no_segment_of_the_document_is_lost_unless_it_is_abridged(kind):
    made, whole = stressed(kind), document()
    texts = " ".join([*made.source, *made.target])
    for text in (whole.source, whole.target):
        for n in sorted(origins(text), key=int):
            if kind != "abridged":
                assert f"{text[0][0]}{n} " in texts


@pytest.mark.parametrize("kind", ["paragraphs moved", "footnotes at the end of one side"])
def test_moves_link_null_beads_that_translate_each_other(kind):
    made = stressed(kind)
    empty = {(b.source, b.target) for b in made.beads if b.is_null}
    sources = {i for source, target in empty if not target for i in source.indices}
    targets = {j for source, target in empty if not source for j in target.indices}
    assert made.moves
    assert made.bead_moves
    for move in (*made.moves, *made.bead_moves):
        assert sources.issuperset(move.source.indices)
        assert targets.issuperset(move.target.indices)
        assert origins(made.source[slice(*move.source)]) & origins(made.target[slice(*move.target)])
    for move in made.bead_moves:
        assert origins(made.source[slice(*move.source)]) == origins(made.target[slice(*move.target)])


def test_one_paragraph_in_twenty_is_moved():
    made = stressed("paragraphs moved")
    assert 400 / 8 / 20 <= len(made.moves) <= 400 / 3 / 20 + 1
    # three paragraphs of three beads or more stand between a paragraph and where its translation went
    rows = {i: n for n, bead in enumerate(made.beads) for i in bead.source.indices}
    columns = {j: n for n, bead in enumerate(made.beads) for j in bead.target.indices}
    for move in made.moves:
        first, last = sorted(
            [
                (rows[move.source.start], rows[move.source.stop - 1]),
                (columns[move.target.start], columns[move.target.stop - 1]),
            ]
        )
        assert last[0] - first[1] > 9


def test_paragraphs_that_are_known_are_moved_whole():
    plain = document()
    numbers = [[n // 10 for n in range(len(side))] for side in (plain.source, plain.target)]
    known = GoldDocument("known", plain.source, plain.target, plain.beads, *numbers)
    made = KINDS["paragraphs moved"](known, ("en", "es"), UNRELATED)
    starts = {text for n, text in enumerate(plain.source) if n % 10 == 0}
    assert made.moves
    for move in made.moves:
        first = made.source[move.source.start]
        assert first in starts


def test_abridged_leaves_out_three_tenths_of_the_beads():
    made, whole = stressed("abridged"), document()
    missing = 1 - len(origins(made.target)) / len(origins(whole.target))
    assert 0.25 < missing < 0.45
    assert made.source == list(whole.source)


def test_verse_cuts_one_side_only_and_loses_no_word():
    made, whole = stressed("verse against prose"), document()
    assert (made.source == list(whole.source)) != (made.target == list(whole.target))
    assert " ".join(made.source) == " ".join(whole.source)
    assert " ".join(made.target) == " ".join(whole.target)


def test_legal_beads_hold_one_segment_against_several():
    kinds = {bead.type for bead in stressed("legal 1-to-many").beads}
    assert {"1-4", "4-1"} <= kinds


def test_swapped_stretches_hold_the_other_language():
    made = stressed("languages swapped")
    assert any(text.startswith("t") for text in made.source)
    assert any(text.startswith("s") for text in made.target)


def test_units_hold_every_text_in_order():
    whole = document()
    assert [text for unit in units(whole) for text in unit.source] == whole.source


def test_what_is_put_in_has_every_language():
    for rows in (REPLIES, REFRAINS, LABELS):
        assert all(len(row) == 3 and all(row) for row in rows)
    assert draw_for("a", "b").random() == draw_for("a", "b").random()


# source 2, 3, 4 moved to target 0, 1; source 6 to target 4
MOVED = Stressed(
    "moved",
    list("abcdefg"),
    list("ABCDE"),
    [
        *null_beads(Span(0, 0), Span(0, 2)),
        Bead(Span(0, 1), Span(2, 3)),
        Bead(Span(1, 2), Span(3, 4)),
        *null_beads(Span(2, 7), Span(4, 5)),
    ],
    [Move(Span(2, 5), Span(0, 2), 1.0), Move(Span(6, 7), Span(4, 5), 1.0)],
    [Move(Span(2, 3), Span(0, 1), 1.0), Move(Span(3, 5), Span(1, 2), 1.0), Move(Span(6, 7), Span(4, 5), 1.0)],
)


def test_moves_as_in_the_gold_score_one():
    found = score_moves(MOVED, MOVED.moves)
    assert (found.segments.f1, found.runs.f1) == (1, 1)
    found = score_moves(MOVED, MOVED.bead_moves)
    assert (found.segments.f1, found.beads.f1) == (1, 1)
    assert (found.runs.found, found.runs.system, found.runs.gold) == (1, 3, 2)


def test_no_moves_where_some_were_wanted():
    found = score_moves(MOVED, [])
    assert (found.segments.recall, found.segments.f1, found.runs.f1) == (0, 0, 0)


def test_a_link_to_the_wrong_run_is_wrong_for_all_its_segments():
    found = score_moves(MOVED, [Move(Span(2, 5), Span(4, 5), 1.0)])
    assert (found.segments.found, found.segments.system, found.segments.gold) == (0, 4, 7)


def test_a_run_reported_one_segment_too_long_costs_one_segment():
    found = score_moves(MOVED, [Move(Span(2, 6), Span(0, 2), 1.0), MOVED.moves[1]])
    assert (found.segments.found, found.segments.system, found.segments.gold) == (7, 8, 7)
    assert found.runs.found == 1
