"""The aligner: its parts against brute force, its whole on texts whose alignment is known."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bialign.aligner import AlignOptions, align_texts
from bialign.aligner.band import Band, around, find_band
from bialign.aligner.evidence import Evidence, TextSide, single_band
from bialign.aligner.features import LATTICE_FEATURES, SCAN_TYPES, lattice_features
from bialign.aligner.lattice import Lattice, best_path, forward_backward
from bialign.aligner.scan import path_sums
from bialign.aligner.similarity import LONGEST, OUTSIDE
from bialign.aligner.weights import Weights, default_weights
from bialign.bitext import Bead, Span, check_tiling
from bialign.encode.use import UseEncoder
from bialign.errors import AlignmentError, FormatError
from bialign.evaluate import evaluate
from bialign.formats.beads import load_beads
from conftest import REPOSITORY

GOLD = REPOSITORY / "corpus" / "gold" / "cia-hitman-in-peru"


@pytest.fixture(scope="module")
def article():
    texts = [GOLD.with_suffix(suffix).read_text(encoding="utf-8").splitlines() for suffix in (".src", ".tgt")]
    return *texts, load_beads(GOLD.with_suffix(".beads"))


@pytest.fixture(scope="module")
def evidence(article):
    sides = [TextSide.of(text, UseEncoder().spans(text, 8)) for text in article[:2]]
    return Evidence.of(*sides, single_band(*sides, 8))


# ---------- the whole ----------
def test_article_against_its_gold(article):
    source, target, gold = article
    alignment = align_texts(source, target)
    check_tiling(alignment.beads, len(source), len(target))
    assert evaluate(gold, alignment.beads).strict.f1 >= 0.95


def test_swapping_the_sides_mirrors_the_alignment(article):
    there = align_texts(*article[:2]).beads
    back = align_texts(article[1], article[0]).beads
    pairs = {(bead.source, bead.target) for bead in there if not bead.is_null}
    mirrored = {(bead.target, bead.source) for bead in back if not bead.is_null}
    # weights are learned for each direction, so a doubtful bead or two may differ
    assert len(pairs & mirrored) >= 0.95 * len(pairs)


def test_equal_texts_pair_with_themselves(article):
    source = article[0]
    beads = align_texts(source, source).beads
    assert [bead.type for bead in beads] == ["1-1"] * len(source)
    assert min(bead.probability for bead in beads) > 0.5


def test_same_call_same_beads(article):
    assert align_texts(*article[:2]) == align_texts(*article[:2])


def test_omitted_run_is_left_alone(article):
    source, target, _ = article
    whole = align_texts(source, target).beads
    cut = next(n for n, bead in enumerate(whole) if bead.target.start >= 50)
    stop = next(n for n, bead in enumerate(whole) if bead.target.start >= 62)
    gone = Span(whole[cut].target.start, whole[stop].target.start)
    beads = align_texts(source, target[: gone.start] + target[gone.stop :]).beads
    nulls = {i for bead in beads if not bead.target for i in bead.source.indices}
    missing = set(range(whole[cut].source.start, whole[stop].source.start))
    assert len(nulls & missing) >= 0.8 * len(missing)


@pytest.mark.parametrize(("n", "m"), [(0, 0), (0, 3), (3, 0), (1, 1), (1, 40), (40, 1)])
def test_lopsided_inputs_are_tiled(article, n, m):
    beads = align_texts(article[0][:n], article[1][:m]).beads
    check_tiling(beads, n, m)


@settings(deadline=None, max_examples=30)
@given(
    st.lists(st.sampled_from(["Yes.", "No.", "", "—", "1992", "He left.", "x" * 300]), max_size=12),
    st.lists(st.sampled_from(["Sí.", "No.", "", "—", "1992", "Se fue.", "ñ"]), max_size=12),
)
def test_any_lists_are_tiled(source, target):
    alignment = align_texts(source, target)
    check_tiling(alignment.beads, len(source), len(target))
    assert all(0 <= bead.probability <= 1 for bead in alignment.beads)


def test_signature_names_what_made_the_beads(article):
    signature = align_texts(article[0][:3], article[1][:3], options=AlignOptions(margin=5)).signature
    assert "use-multilingual-3" in signature
    assert default_weights().name in signature
    assert "margin:5" in signature


def test_progress_is_told(article):
    told = []
    align_texts(article[0][:20], article[1][:20], progress=lambda stage, done: told.append((stage, done)))
    assert [stage for stage, _ in told][:2] == ["encode source", "encode target"]
    assert told[-1] == ("align", 1.0)


@pytest.mark.parametrize("options", [{"margin": 0}, {"floor": 0.0}, {"floor": 1.0}, {"method": "luck"}])
def test_impossible_options(options):
    with pytest.raises(ValueError, match="must be"):
        AlignOptions(**options)


def test_paragraph_borders_are_evidence():
    """Eight equal lines against eight equal ones: only the paragraphs can tell where the second half begins."""
    source = ["Good morning."] * 3 + ["Good night."] * 3
    target = ["Buenos días."] * 3 + ["Buenas noches."] * 3
    known = align_texts(source, target, source_paragraphs=[0, 0, 0, 1, 1, 1], target_paragraphs=[0, 0, 0, 1, 1, 1])
    assert any(bead.source.stop == 3 and bead.target.stop == 3 for bead in known.beads)


# ---------- by length ----------
def test_lengths_alone_align_plain_prose(article):
    source, target, gold = article
    beads = align_texts(source, target, options=AlignOptions(method="lengths")).beads
    check_tiling(beads, len(source), len(target))
    assert 0.5 < evaluate(gold, beads).strict.f1 < evaluate(gold, align_texts(source, target).beads).strict.f1


def test_lengths_within_paragraphs():
    source, target = ["a" * 30, "b" * 30, "c" * 9], ["x" * 62, "y" * 9]
    options = AlignOptions(method="lengths")
    found = align_texts(source, target, options=options, source_paragraphs=[0, 0, 1], target_paragraphs=[0, 1])
    assert [bead.type for bead in found.beads] == ["2-1", "1-1"]
    assert found.signature.endswith("method:lengths")


def test_too_long_for_lengths():
    with pytest.raises(AlignmentError, match="too many to align by length"):
        align_texts(["a"] * 2100, ["b"] * 2100, options=AlignOptions(method="lengths"))


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(max_size=20), max_size=8), st.lists(st.text(max_size=20), max_size=8))
def test_lengths_tile_anything(source, target):
    check_tiling(align_texts(source, target, options=AlignOptions(method="lengths")).beads, len(source), len(target))


# ---------- band ----------
def test_band_holds_the_diagonal_of_equal_texts():
    vectors = np.random.default_rng(1).standard_normal((300, 32)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    band = find_band(vectors, vectors, 3)
    places = np.arange(301)
    assert (band.index(places, places) >= 0).all()
    assert band.cells < 301 * 14


def test_band_of_pooled_texts_holds_the_path(monkeypatch):
    draw = np.random.default_rng(2)
    target = draw.standard_normal((900, 32)).astype(np.float32)
    kept = np.sort(draw.choice(900, 700, replace=False))
    source = target[kept] + 0.3 * draw.standard_normal((700, 32)).astype(np.float32)
    source, target = (v / np.linalg.norm(v, axis=1, keepdims=True) for v in (source, target))
    monkeypatch.setattr("bialign.aligner.band._POOLED", 100)
    band = find_band(source.astype(np.float32), target, 5)
    assert (band.index(np.arange(700), kept) >= 0).mean() > 0.99
    assert band.cells < 700 * 60


def test_band_index_is_the_inverse_of_places():
    band = around(np.array([0, 1, 1, 5]), np.array([1, 1, 4, 6]), 1)
    i, j = band.places()
    assert band.index(i, j).tolist() == list(range(band.cells))
    assert band.index(np.array([0, 9, -1]), np.array([99, 0, 0])).tolist() == [-1, -1, -1]


# ---------- first pass ----------
def test_path_sums_equal_the_sum_over_all_paths():
    n, m = 4, 3
    band = Band.of(np.zeros(n + 1, np.int64), np.full(n + 1, m))
    scores = np.random.default_rng(3).normal(size=(len(SCAN_TYPES), band.cells))
    to_place, from_place, total = path_sums(band, scores)

    def paths(i, j):
        """Give the score of every path from (i, j) to the end."""
        if (i, j) == (n, m):
            yield 0.0
        for t, (k, step) in enumerate(SCAN_TYPES):
            if i + k <= n and j + step <= m:
                here = scores[t, int(band.index(np.array([i]), np.array([j]))[0])]
                for rest in paths(i + k, j + step):
                    yield here + rest

    assert total == pytest.approx(math.log(sum(map(math.exp, paths(0, 0)))))
    middle = int(band.index(np.array([2]), np.array([1]))[0])
    assert from_place[middle] == pytest.approx(math.log(sum(map(math.exp, paths(2, 1)))))
    assert to_place[-1] == pytest.approx(from_place[0])


# ---------- lattice ----------
def _small_lattice(size=3):
    band = Band.of(np.zeros(size + 1, np.int64), np.full(size + 1, size))
    return Lattice.of(band, np.arange(band.cells))


def _all_paths(lattice):
    outgoing = {}
    for edge, start in enumerate(lattice.start.tolist()):
        outgoing.setdefault(start, []).append(edge)

    def walk(node, path):
        if node == len(lattice.i) - 1:
            yield path
        for edge in outgoing.get(node, ()):
            yield from walk(int(lattice.end[edge]), [*path, edge])

    return list(walk(0, []))


def test_posteriors_and_best_path_equal_brute_force():
    lattice = _small_lattice()
    draw = np.random.default_rng(4)
    score, extension = draw.normal(size=len(lattice.start)), np.where(lattice.kind > 0, 0.7, 0.0)
    weights = []
    for path in _all_paths(lattice):
        continued = sum(
            extension[b] for a, b in itertools.pairwise(path) if lattice.kind[b] and lattice.kind[a] == lattice.kind[b]
        )
        weights.append((math.exp(score[path].sum() + continued), path))
    total = sum(weight for weight, _ in weights)
    sums = forward_backward(lattice, score, extension)
    assert sums.total == pytest.approx(math.log(total))
    for edge in range(len(lattice.start)):
        expected = sum(weight for weight, path in weights if edge in path) / total
        assert sums.posterior[edge] == pytest.approx(expected, abs=1e-9)
    assert best_path(lattice, score, extension) == max(weights)[1]


def test_no_path_is_no_path():
    lattice = _small_lattice(1)
    cut = lattice.without(lattice.end == len(lattice.i) - 1)
    assert best_path(cut, np.zeros(len(cut.start)), np.zeros(len(cut.start))) == []


# ---------- evidence and features ----------
def test_cosines_are_those_of_the_span_vectors(evidence):
    band = evidence.band
    draw = np.random.default_rng(5)
    i, j = band.places()
    for place in draw.choice(band.cells, 60, replace=False):
        for k, m in ((1, 1), (2, 1), (1, 3), (4, 4)):
            found = evidence.similarities.cosines[k - 1, m - 1, place]
            if i[place] + k > len(evidence.source) or j[place] + m > len(evidence.target):
                assert found == OUTSIDE
                continue
            left = evidence.source.spans.vectors(k, np.array([i[place]]))
            right = evidence.target.spans.vectors(m, np.array([j[place]]))
            assert found == pytest.approx(float((left @ right.T)[0, 0]), abs=1e-5)
    assert evidence.cosine(LONGEST + 1, 1, np.array([0]), np.array([0]))[0] > OUTSIDE


def test_features_have_their_names_and_are_finite(evidence):
    lattice = Lattice.of(evidence.band, np.arange(0, evidence.band.cells, 2))
    features = lattice_features(evidence, lattice)
    assert features.shape == (len(lattice.start), len(LATTICE_FEATURES))
    assert np.isfinite(features).all()
    named = features[:, LATTICE_FEATURES.index("type 2-1")]
    assert (named == ((lattice.source_size == 2) & (lattice.target_size == 1))).all()


# ---------- weights ----------
def test_weights_file_round_trip(tmp_path):
    path = tmp_path / "weights.yaml"
    path.write_text(default_weights().dumps(), encoding="utf-8")
    again = Weights.load(path)
    assert np.array_equal(again.lattice, default_weights().lattice)
    assert again.about == default_weights().about


@pytest.mark.parametrize(
    ("content", "said"),
    [("[1", "not a weights file"), ("{}", "not a weights file"), ("about: {name: x}\nscan: {a: 1}", "another version")],
)
def test_other_files_are_refused(tmp_path, content, said):
    path = tmp_path / "weights.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(FormatError, match=said):
        Weights.load(path)


def test_shipped_weights_say_how_they_were_made():
    about = default_weights().about
    assert about["command"].startswith("bialign train-weights ")
    assert {"name", "date", "beads"} <= set(about)


def test_training_learns_the_gold_it_is_shown(article, tmp_path):
    pytest.importorskip("scipy")
    from bialign.aligner.training import GoldDocument, train, with_omissions

    document = GoldDocument("article", *article)
    made = with_omissions(document, 0.1, (1, 2), 7)
    check_tiling(made.beads, len(made.source), len(made.target))
    assert sum(bead.is_null for bead in made.beads) > sum(bead.is_null for bead in document.beads)
    weights = train([document, made], about={"name": "test"})
    found = align_texts(made.source, made.target, weights=weights).beads
    assert evaluate(made.beads, found).strict.f1 > 0.95


def test_gold_that_the_lattice_cannot_hold_agrees_with_paths_inside_it():
    from bialign.aligner.training import _agrees, _boxes

    gold = [Bead(Span(0, 9), Span(0, 9)), Bead(Span(9, 10), Span(9, 10))]
    boxes = _boxes(gold, None, {(1, 1), (2, 1)}, coarse=False)

    def one(i, j, k, m):
        return bool(_agrees(boxes, (np.array([i]), np.array([j])), (np.array([i + k]), np.array([j + m])))[0])

    assert one(0, 0, 1, 1) and one(3, 7, 2, 1) and one(9, 9, 1, 1)
    assert not one(8, 8, 2, 1) and not one(9, 9, 1, 0)
