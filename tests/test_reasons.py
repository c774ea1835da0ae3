"""Reasons: alternatives are those of the posterior, the words named do cross, and nothing else changes by asking."""

import itertools
import json
from dataclasses import replace

import numpy as np
import pytest

import bialign as api
from bialign.aligner.align import AlignOptions, decode
from bialign.aligner.constraints import Constraints, Rules
from bialign.aligner.contrast import GROUPS, contradicting, contrasts, group_of, path_gains
from bialign.aligner.crossing import crossing_words
from bialign.aligner.evidence import TextSide
from bialign.aligner.features import EXTENSIONS, LATTICE_FEATURES
from bialign.aligner.lattice import LONGEST_SPAN, forward_backward
from bialign.aligner.reasons import ADVANTAGES, explained
from bialign.aligner.weights import default_weights
from bialign.bitext import Reason, Span
from bialign.cli.messages import Messages, load_catalogue
from bialign.cli.reasons import spoken, with_reasons, worth_a_look
from bialign.encode import default_encoder
from bialign.encode.use import pieces, tokenise
from conftest import REPOSITORY

ARTICLE = REPOSITORY / "corpus" / "gold" / "cia-hitman-in-peru"


@pytest.fixture(scope="module")
def sides():
    return tuple(ARTICLE.with_suffix(suffix).read_text(encoding="utf-8").splitlines() for suffix in (".src", ".tgt"))


@pytest.fixture(scope="module")
def decoded(sides):
    texts = [TextSide.of(side, default_encoder().spans(side, LONGEST_SPAN)) for side in sides]
    rules = Rules.of(Constraints(), *map(len, sides))
    return decode(*texts, AlignOptions(), default_weights(), rules=rules, say=lambda stage, done: None)


@pytest.fixture(scope="module")
def beads(decoded, sides):
    return explained(decoded, default_weights(), *sides)


def contested(decoded):
    return [n for n, bead in enumerate(decoded.beads) if bead.probability < 0.9]


def test_explaining_changes_no_bead(decoded, beads):
    assert beads == [
        replace(bead, reason=explained.reason) for bead, explained in zip(decoded.beads, beads, strict=True)
    ]
    assert all(bead.reasons for bead in beads)


def test_every_feature_has_a_group_with_a_name_in_both_languages():
    assert {group_of(feature) for feature in (*LATTICE_FEATURES, *EXTENSIONS)} <= set(GROUPS) == set(ADVANTAGES)
    assert set(ADVANTAGES.values()) <= set(load_catalogue("es"))


def test_contradicting_beads_and_a_bead_share_all_certainty(decoded):
    # every path holds the bead, or one that contradicts it
    for position in contested(decoded):
        edge = decoded.path[position]
        others = contradicting(decoded.lattice, edge)
        assert edge not in others
        assert decoded.probability[edge] + decoded.posterior[others].sum() >= 1 - 1e-6
        assert decoded.probability[edge] + decoded.posterior[others].max(initial=0) <= 1 + 1e-6


def test_the_other_path_is_the_best_without_the_bead(decoded):
    weights = default_weights()
    for position in contested(decoded):
        for contrast in contrasts(decoded, weights, position, 0.02, 3):
            ends = [[decoded.bead(edge) for edge in path] for path in (contrast.own, contrast.other)]
            assert (
                len({(p[0].source.start, p[0].target.start, p[-1].source.stop, p[-1].target.stop) for p in ends}) == 1
            )
            for path in ends:
                assert all(
                    (a.source.stop, a.target.stop) == (b.source.start, b.target.start)
                    for a, b in itertools.pairwise(path)
                )
            assert contrast.edge in contrast.other
            assert decoded.path[position] in contrast.own and decoded.path[position] not in contrast.other
            # the path that was chosen is the best of all, whatever group decided
            assert sum(contrast.gains.values()) >= -1e-3


def test_gains_are_the_score(decoded):
    weights = default_weights()
    gains = path_gains(decoded, weights, decoded.path)
    score = decoded.features.astype(np.float64) @ weights.lattice
    extension = decoded.lattice.null_extension(weights.extensions)
    kinds = decoded.lattice.kind[decoded.path]
    run = np.concatenate([[False], (kinds[1:] == kinds[:-1]) & (kinds[1:] != 0)])
    best = score[decoded.path].sum() + extension[decoded.path][run].sum()
    assert sum(gains.values()) == pytest.approx(best, abs=1e-2)
    # no more than all paths weigh together
    assert best <= forward_backward(decoded.lattice, score, extension).total + 1e-6


def test_pieces_are_the_tokens(sides):
    for side in sides:
        assert [len(spelt) for spelt in pieces(side)] == [len(ids) for ids in tokenise(side)]
    assert pieces([]) == []


def test_words_that_moved_over_a_full_stop_are_named(sides, decoded):
    spelt = tuple(map(pieces, sides))
    i = next(n for n, text in enumerate(sides[0]) if text.startswith("The savage mass murder"))
    j = next(n for n, text in enumerate(sides[1]) if text.startswith("En un salvaje asesinato"))
    pairs = {(link.source.text, link.target.text) for link in crossing_words(decoded.evidence, *spelt, i, j)}
    assert {("convoy", "convoy"), ("peasants", "campesinos"), ("24", "24")} <= pairs
    for link in crossing_words(decoded.evidence, *spelt, i, j):
        assert (link.source.segment == i) != (link.target.segment == j)
    assert crossing_words(decoded.evidence, *spelt, 1, 1) == []
    assert crossing_words(decoded.evidence, *spelt, 0, 0) == []


def test_alternatives_are_beads_of_the_posterior(decoded, beads):
    known = {(b.source, b.target): b.probability for b in (decoded.bead(e) for e in range(len(decoded.posterior)))}
    found = [(bead, r) for bead in beads for r in bead.reasons if r.kind == "alternative"]
    assert found
    for bead, reason in found:
        assert known[reason.bead.source, reason.bead.target] == pytest.approx(reason.bead.probability)
        assert bead.probability + reason.bead.probability <= 1 + 1e-6


def test_nothing_is_said_twice(beads):
    for bead in beads:
        said = [
            reason.template.replace("{percent}", "").format(**reason.fields)
            for reason in bead.reasons
            if reason.kind != "balance"
        ]
        assert len(said) == len(set(said))


def test_null_beads_name_their_nearest_sentence(beads, sides):
    nulls = [bead for bead in beads if bead.is_null]
    assert nulls
    for bead in nulls:
        (reason,) = (r for r in bead.reasons if r.kind == "partner")
        start = str(reason.fields["words"]).rstrip("…")
        assert any(" ".join(text.split()).startswith(start) for text in sides[bool(bead.source)])


def test_blank_segments_move_the_beads_that_reasons_tell_of(sides):
    plain = api.align_segments(*sides, explain=True)
    spaced = api.align_segments(["", *sides[0]], ["", " ", *sides[1]], explain=True)
    for bead, moved in zip(plain.beads, spaced.beads[3:], strict=True):
        assert [str(r) for r in bead.reasons] == [str(r) for r in moved.reasons]
        for one, other in zip(bead.reasons, moved.reasons, strict=True):
            if one.bead:
                shifted = [
                    Span(span.start + by, span.stop + by) for span, by in ((one.bead.source, 1), (one.bead.target, 2))
                ]
                assert [other.bead.source, other.bead.target] == shifted


def test_nobody_asks_nobody_is_told():
    bitext = api.align_segments(["It rained.", "We left late."], ["Llovió.", "Salimos tarde."])
    assert not any(bead.reasons or bead.reason for bead in bitext.beads)
    told = api.align_segments(["It rained.", "We left late."], ["Llovió.", "Salimos tarde."], explain=True)
    assert told.beads[0].reasons


def test_our_words_are_translated_and_those_of_the_texts_are_not():
    say = Messages("es")
    assert (
        spoken(Reason("balance", "for this one: {own}", {"own": ("cleaner cuts",)}), say)
        == "a favor de esta: cortes más limpios"
    )
    assert "«gold»" in spoken(
        Reason("partner", "yet “{words}” is close to it: {near} of 100", {"words": "gold", "near": "9"}), say
    )


def test_files_hold_the_reasons_of_beads_worth_a_look(sides):
    bitext = with_reasons(api.align_segments(*sides, explain=True), Messages("es"))
    for bead in bitext.beads:
        assert bool(bead.reason) == worth_a_look(bead) == (bead.probability < 0.9 or bead.is_null)
    assert any("unida a lo que" in bead.reason for bead in bitext.beads)


# --- the command line -----------------------------------------------------------------------------------------------


@pytest.fixture
def letters(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for lang in ("en", "es"):
        text = (REPOSITORY / "corpus" / "texts" / f"cia-hitman-in-peru.{lang}.txt").read_text(encoding="utf-8")
        (tmp_path / f"letter.{lang}.txt").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("lang", ["en", "es"])
def test_table_shows_what_is_worth_a_look(bialign, letters, lang):
    run = bialign("align", "letter.en.txt", "letter.es.txt", "--explain", "--ui-lang", lang)
    assert run.status == 0
    assert max(map(len, run.out.splitlines())) <= 80
    assert "Two days after the transfer" in run.out
    assert "There was a major public outcry" not in run.out
    assert ("joined with what precedes" if lang == "en" else "unida a lo que precede") in run.out


def test_files_get_reasons(bialign, letters):
    run = bialign(
        "align", "letter.en.txt", "letter.es.txt", "--explain", "-o", "a.jsonl", "-o", "a.tsv", "-o", "a.html"
    )
    assert (run.status, run.out) == (0, "")
    records = [json.loads(line) for line in (letters / "a.jsonl").read_text(encoding="utf-8").splitlines()]
    for record in records:
        assert bool(record["reason"]) == (record["probability"] < 0.9 or "0" in record["type"].split("-"))
    assert "joined with what precedes" in (letters / "a.html").read_text(encoding="utf-8")
    assert (letters / "a.tsv").read_text(encoding="utf-8").splitlines()[0].split("\t")[8] == "reason"


def test_beads_hold_no_reasons(bialign, letters):
    for options in (["--to", "beads"], ["-o", "a.beads"]):
        run = bialign("align", "letter.en.txt", "letter.es.txt", "--explain", *options)
        assert run.status == 2
        assert "hold no reasons" in run.err


def test_lengths_have_nothing_to_explain(bialign, letters):
    run = bialign("align", "letter.en.txt", "letter.es.txt", "--explain", "--method", "lengths")
    assert run.status == 0
    assert "nothing to explain" in run.err
    assert "Two days after the transfer" in run.out
    assert "joined with" not in run.out


def test_certain_beads_are_said_to_be(bialign, letters):
    for lang, text in (("en", "The trial lasted three years.\n"), ("es", "El juicio duró tres años.\n")):
        (letters / f"short.{lang}.txt").write_text(text, encoding="utf-8")
    run = bialign("align", "short.en.txt", "short.es.txt", "--explain")
    assert run.status == 0
    assert "nothing to explain: every bead is certain" in run.err
