"""Moves: paragraphs that stand elsewhere in the translation are linked, refrains and table rows are not."""

import pytest

from bialign import align_segments
from bialign.aligner import align_texts
from bialign.formats.beads import load_beads
from conftest import REPOSITORY

GOLD = REPOSITORY / "corpus" / "gold" / "cia-hitman-in-peru"


@pytest.fixture(scope="module")
def article():
    source, target = (GOLD.with_suffix(suffix).read_text(encoding="utf-8").splitlines() for suffix in (".src", ".tgt"))
    return source, target, load_beads(GOLD.with_suffix(".beads"))


def moved(article, first, last, to):
    """Move the target of the beads first .. last - 1 before the target of bead `to`; give the texts and both spans."""
    source, target, beads = article
    start, stop = beads[first].target.start, beads[last - 1].target.stop
    at = beads[to].target.start
    part, rest = target[start:stop], target[:start] + target[stop:]
    at -= len(part) if at > start else 0
    return (
        source,
        rest[:at] + part + rest[at:],
        (beads[first].source.start, beads[last - 1].source.stop),
        (at, at + len(part)),
    )


@pytest.mark.parametrize(("first", "last", "to"), [(20, 24, 70), (60, 63, 10), (40, 42, 90)])
def test_moved_paragraph_is_linked(article, first, last, to):
    source, target, rows, columns = moved(article, first, last, to)
    alignment = align_texts(source, target)
    linked = {(i, j) for move in alignment.moves for i in move.source.indices for j in move.target.indices}
    assert linked
    inside = {pair for pair in linked if pair[0] in range(*rows) and pair[1] in range(*columns)}
    assert inside == linked
    assert len({i for i, _ in linked}) >= 0.6 * (rows[1] - rows[0])
    assert all(0.5 < move.probability <= 1 for move in alignment.moves)


def test_moves_link_null_beads_of_the_bitext(article):
    source, target, *_ = moved(article, 20, 24, 70)
    # blank segments shift the indices
    bitext = align_segments(["", *source], [*target[:30], "", *target[30:]], source_lang="en", target_lang="es")
    assert bitext.moves
    assert {bitext.source_segments[i].text for move in bitext.moves for i in move.source.indices} <= set(source[15:35])


def test_nothing_moved_no_moves(article):
    assert align_texts(*article[:2]).moves == ()


def test_refrain_left_out_here_and_there_is_no_move(article):
    refrain = ("And the river ran on to the sea.", "Y el río corría hacia el mar.")
    source, target = [], []
    for n, bead in enumerate(article[2]):
        source += article[0][bead.source.start : bead.source.stop]
        target += article[1][bead.target.start : bead.target.stop]
        if n % 6 == 5:
            source += [refrain[0]] * (n != 41)
            target += [refrain[1]] * (n != 83)
    assert align_texts(source, target).moves == ()


def test_rows_of_a_table_are_no_moves(article):
    rows = [f"Total {n * 137 % 1000}  {n * 7919 % 9973}  {n * 31 % 97}" for n in range(1, 13)]
    source, target = list(article[0]), list(article[1])
    i, j = article[2][40].source.start, article[2][40].target.start
    source[i:i] = [row for n, row in enumerate(rows) if n not in (3, 8)]
    target[j:j] = [row for n, row in enumerate(rows) if n not in (5, 10)]
    assert align_texts(source, target).moves == ()
