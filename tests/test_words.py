"""Words: how a text is cut into them, which translate each other, and how a given one is rendered."""

import json
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bialign
from bialign import Lexicon, Span, WordAligner, align_words, renderings
from bialign.words import Settings, split_words, tokenise
from bialign.words.decide import Posteriors, join_articles, links_of, spanish_side
from bialign.words.hmm import Order, posteriors
from bialign.words.linking import LONGEST
from bialign.words.vectors import WordVectors
from conftest import REPOSITORY

CASES = REPOSITORY / "tests" / "cases" / "words"
GOLD = REPOSITORY / "corpus" / "gold" / "cia-hitman-in-peru"
TOKENS = [json.loads(line) for line in (CASES / "tokens.jsonl").read_text(encoding="utf-8").splitlines()]
LINKS = [json.loads(line) for line in (CASES / "links.jsonl").read_text(encoding="utf-8").splitlines()]


def pair_of(source, target):
    return source.split(), target.split()


def case_pairs():
    return [pair_of(case["source"], case["target"]) for case in LINKS]


def article():
    """Give the sentences of the project's own article, the first ones of both sides side by side."""
    source, target = (GOLD.with_suffix(end).read_text(encoding="utf-8").splitlines()[:60] for end in (".src", ".tgt"))
    return [(split_words(a, "en"), split_words(b, "es")) for a, b in zip(source, target, strict=True)]


def mirrored(links):
    return [{(j, i) for i, j in each} for each in links]


# ---------- words ----------
@pytest.mark.parametrize("case", TOKENS, ids=[case["text"] for case in TOKENS])
def test_text_is_cut_into_words(case):
    assert split_words(case["text"], case["lang"]) == case["tokens"], case["why"]


@settings(max_examples=300, deadline=None)
@given(
    st.text(st.sampled_from("aAñ1.,-'’&@/: \n\u00a0ºEU¿—\u0301\ud800"), max_size=60),
    st.sampled_from(["en", "es", "xx"]),
)
def test_words_hold_all_but_space_and_say_where_they_stand(text, lang):
    tokens = tokenise(text, lang)
    at = 0
    for token in tokens:
        assert text[token.start : token.stop] == token.text
        assert token.start >= at
        assert not text[at : token.start].strip()
        assert token.text
        at = token.stop
    assert not text[at:].strip()


@pytest.mark.parametrize("piece", [".", "a.", "a-", "1,", "a@", "w", "a. ", "a+", "http://a", "A.A", "&"])
def test_cutting_takes_time_in_proportion(piece):
    # what would take minutes were it quadratic: the test run's own limit would end it
    assert tokenise(piece * (400_000 // len(piece)), "es")


# ---------- the model of order ----------
def by_enumeration(fit, order):
    """Add up all paths, one by one."""
    words, states = fit.shape
    first, steps = order.steps(states)
    total, found = 0.0, np.zeros(fit.shape)

    def go(word, place, weight, path):
        nonlocal total
        if word == words:
            total += weight
            for row, state in enumerate(path):
                if state is not None:
                    found[row, state] += weight
            return
        for state in range(states):
            step = first[state] if place is None else steps[place, state]
            go(word + 1, state, weight * (1 - order.alone) * step * fit[word, state], [*path, state])
        # without a partner, the place is kept; before the first word it is any place the first step may lead to
        if place is None:
            for state in range(states):
                go(word + 1, state, weight * order.alone * first[state], [*path, None])
        else:
            go(word + 1, place, weight * order.alone, [*path, None])

    go(0, None, 1.0, [])
    return found / total


def test_posteriors_are_those_of_all_paths():
    rng = np.random.default_rng(3)
    order = Order(decay=0.8, floor=0.02, alone=0.2)
    fits = [rng.uniform(0.1, 4, shape).astype(np.float32) for shape in [(3, 2), (4, 3), (2, 3), (1, 3), (3, 1), (4, 3)]]
    for fit, found in zip(fits, posteriors(fits, order), strict=True):
        np.testing.assert_allclose(found, by_enumeration(fit, order), atol=2e-5)


def test_extreme_fits_stay_finite():
    fits = [np.full((50, 40), value, np.float32) for value in (1e-12, 1e8)]
    for found in posteriors(fits, Order()):
        assert np.isfinite(found).all()
        assert (found.sum(axis=1) <= 1 + 1e-4).all()


# ---------- links ----------
@pytest.mark.parametrize("case", LINKS, ids=[case["why"] for case in LINKS])
def test_words_that_translate_each_other_are_linked(case):
    # one by one, so that each case is a corpus of one pair
    links = align_words([pair_of(case["source"], case["target"])])[0]
    found = {f"{i}-{j}" for i, j in links}
    assert not set(case["links"].split()) - found
    assert not found & set(case["not"].split())


def test_links_lie_in_range_and_are_the_same_each_time():
    pairs = article()
    links = align_words(pairs)
    assert links == align_words(pairs)
    assert len(links) == len(pairs)
    for (source, target), each in zip(pairs, links, strict=True):
        assert all(0 <= i < len(source) and 0 <= j < len(target) for i, j in each)
    assert sum(map(len, links)) > 500


def test_swapping_the_sides_mirrors_the_links():
    pairs = case_pairs()
    assert align_words([(target, source) for source, target in pairs]) == mirrored(align_words(pairs))


@pytest.mark.parametrize("context", [True, False])
def test_a_text_is_linked_with_itself_word_by_word(context):
    sentences = pair_of("The general met the minister in Lima .", "Zyxwvut 4711 qqqq xkcd ¤ ⚑")
    links = WordAligner(context=context).links([(sentence, sentence) for sentence in sentences])
    assert links == [{(n, n) for n in range(len(sentence))} for sentence in sentences]


def test_empty_and_endless_sides_have_no_links():
    long = ["word"] * (LONGEST + 1)
    pairs = [([], []), (["Yes"], []), ([], ["Sí"]), (long, long), (["Yes"], ["Sí"]), (["", " "], ["\u200b", "\ud800"])]
    for aligner in (WordAligner(), WordAligner(context=False)):
        links = aligner.learn_and_link(pairs)
        assert links[:4] == [set()] * 4
        assert links[4] == {(0, 0)}
    assert align_words([]) == []


def test_a_sentence_is_no_string():
    with pytest.raises(TypeError, match="list of words"):
        align_words([("The army", "El ejército")])


def test_a_pair_s_own_counts_say_nothing_about_it():
    pair = pair_of("Children need schools .", "Los niños necesitan escuelas .")
    learned = WordAligner()
    links = learned.learn_and_link([pair])
    assert links == WordAligner().links([pair])
    assert learned.lexicon.pairs == 1


def test_a_corpus_teaches_what_its_words_mean():
    # words the encoder has never met, in a corpus that shows which of them belong together
    left, right = ["blorf", "quiz", "drem", "stuv"], ["mazpa", "lurgo", "ebbi", "orten"]
    rng = np.random.default_rng(5)
    pairs = []
    for _ in range(60):
        chosen = rng.permutation(4)[:3]
        order = rng.permutation(3)
        pairs.append(([left[n] for n in chosen], [right[chosen[n]] for n in order]))
    settings = Settings(vectors=4.0, lexicon=1.0)
    aligner = WordAligner.learn(pairs, settings=settings)
    again = WordAligner(aligner.lexicon, settings=settings)
    right_before, right_after = (
        sum((right.index(t[j]) == left.index(s[i])) for (s, t), each in zip(pairs, links, strict=True) for i, j in each)
        for links in (WordAligner(settings=settings).links(pairs), again.links(pairs))
    )
    assert right_after > right_before


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            *[
                st.lists(
                    st.sampled_from(["the", "la", "army", ".", ",", "12", "no", "'x'", "¿", "EE.", "casa"]), max_size=9
                )
            ]
            * 2
        ),
        max_size=4,
    )
)
def test_whatever_the_words_links_are_links(pairs):
    for articles in (True, False):
        links = WordAligner(context=False).learn_and_link(pairs, articles=articles)
        for (source, target), each in zip(pairs, links, strict=True):
            assert all(i < len(source) and j < len(target) for i, j in each)


def test_links_do_not_depend_on_what_is_worked_on_together(monkeypatch):
    pairs = article() + case_pairs()
    links = align_words(pairs)
    for name, size in (("_BATCH", 7), ("_COMPARED", 3), ("_CELLS", 2000)):
        monkeypatch.setattr(f"bialign.words.linking.{name}", size)
    assert align_words(pairs) == links


def test_progress_ends_at_one():
    told: list[float] = []
    align_words(case_pairs(), progress=told.append)
    assert told[-1] == 1.0


# ---------- decisions ----------
def test_both_sides_must_agree_unless_both_words_are_left_over():
    forward = np.array([[0.9, 0.05, 0], [0.6, 0, 0], [0, 0, 0.1]], np.float32)
    backward = np.array([[0.9, 0.05, 0], [0.05, 0, 0], [0, 0.2, 0.8]], np.float32)
    assert links_of(Posteriors(forward, backward)).tolist() == [
        [True, False, False],
        [False, False, False],
        [False, False, True],
    ]


def test_articles_take_the_links_of_what_follows():
    linked = np.zeros((2, 4), bool)
    linked[0, 2] = True
    join_articles(linked, ["los", "los", "niños", "las"], 1)
    assert linked.tolist() == [[True, True, True, False], [False] * 4]


def test_the_spanish_side_is_told_by_its_function_words():
    pairs = case_pairs()
    assert spanish_side(pairs) == 1
    assert spanish_side([(target, source) for source, target in pairs]) == 0
    assert spanish_side([]) == 1


# ---------- vectors ----------
def test_vectors_of_words_by_themselves_depend_on_nothing_else():
    alone = WordVectors().by_themselves([["house"]])[0]
    among = WordVectors().by_themselves([["a", "white"], ["house", "a"]])[1]
    np.testing.assert_allclose(alone[0], among[0], atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(among, axis=1), 1, rtol=1e-3)


def test_vectors_in_context_do_not_see_other_sentences():
    sentences = [["The", "army", "left"], [], ["¿", "Quién", "?"], ["\u200b"]]
    together = WordVectors().in_context(sentences)
    assert [len(each) for each in together] == [3, 0, 3, 1]
    for sentence, vectors in zip(sentences, together, strict=True):
        if sentence:
            np.testing.assert_allclose(WordVectors().in_context([sentence])[0], vectors, atol=1e-5)


# ---------- the lexicon ----------
def test_lexicon_counts_and_comes_back_from_its_file(tmp_path):
    pairs = article()
    lexicon = WordAligner.learn(pairs, context=False).lexicon
    assert lexicon.pairs == len(pairs)
    assert lexicon.translations("Montesinos", 1)[0][0] == "montesinos"
    assert lexicon.translations("zebra") == []
    lexicon.save(tmp_path / "words.npz")
    again = Lexicon.load(tmp_path / "words.npz")
    assert len(again) == len(lexicon)
    assert again.translations("CIA") == lexicon.translations("CIA")
    assert WordAligner(again, context=False).links(pairs) == WordAligner(lexicon, context=False).links(pairs)


def test_a_file_that_holds_no_lexicon_is_an_error(tmp_path):
    np.savez(tmp_path / "other.npz", keys=np.zeros(1))
    with pytest.raises(ValueError, match="no lexicon"):
        Lexicon.load(tmp_path / "other.npz")


# ---------- renderings ----------
@pytest.mark.parametrize("context", [True, False])
def test_a_word_is_found_where_it_is_rendered(context):
    pairs = case_pairs()
    hits = [(0, Span(1, 2)), (1, Span(1, 3)), (3, Span(0, 1)), (4, Span(0, 1)), (10, Span(1, 3)), (0, Span(0, 0))]
    found = renderings(WordAligner(context=context), pairs, hits)
    texts = [" ".join(pairs[pair][1][each.start : each.stop]) for (pair, _), each in zip(hits, found, strict=True)]
    assert texts == ["ejército", "casa roja", "niños", "Montesinos", "narcotraficantes", ""]
    assert all(each.score > 0.4 for each in found[:-1])
    assert not found[-1]
    assert found[-1].score == 0


def test_words_of_the_target_are_looked_up_in_the_source():
    pairs = case_pairs()
    aligner = WordAligner.learn(pairs)
    hits = [(1, Span(2, 3)), (4, Span(9, 10)), (11, Span(2, 5))]
    found = renderings(aligner, pairs, hits, side="target")
    texts = [" ".join(pairs[pair][0][each.start : each.stop]) for (pair, _), each in zip(hits, found, strict=True)]
    assert texts == ["red", "Fujimori", "rights groups"]
    with pytest.raises(IndexError):
        renderings(aligner, pairs, [(4, Span(12, 13))], side="target")


def test_what_is_not_rendered_has_a_low_score_or_none():
    pair = pair_of("The weather was fine in Lima .", "En Lima murió el general .")
    weather, lima = renderings(WordAligner(), [pair], [(0, Span(1, 2)), (0, Span(5, 6))])
    assert weather.score < 0.5 < lima.score


@pytest.mark.parametrize("hit", [(1, Span(0, 1)), (0, Span(2, 7)), (-1, Span(0, 1))])
def test_hits_outside_are_refused(hit):
    with pytest.raises(IndexError, match="lies outside"):
        renderings(WordAligner(), [(["Yes"], ["Sí"])], [hit])


# ---------- the command ----------
def test_links_come_out_one_line_a_pair(bialign, tmp_path):
    file = tmp_path / "pairs.tsv"
    file.write_text("The army left.\tEl ejército se fue.\n\t\nYes\tSí\n", encoding="utf-8")
    run = bialign("words", file)
    assert run.status == 0, run.err
    lines = run.out.split("\n")
    assert len(lines) == 4
    assert re.fullmatch(r"\d+-\d+( \d+-\d+)*", lines[0])
    assert {"0-0", "1-1", "3-4"} <= set(lines[0].split())
    assert lines[1:] == ["", "0-0", ""]
    assert "pairs.tsv: " in run.err


def test_tokenized_sentences_are_cut_at_spaces_only(bialign, tmp_path):
    file = tmp_path / "pairs.tsv"
    file.write_text("the U.S. army 's , x\tel ejército de EE. UU. , x\n", encoding="utf-8")
    record = json.loads(bialign("words", file, "--tokenized", "--to", "jsonl").out)
    assert record["source"] == ["the", "U.S.", "army", "'s", ",", "x"]
    assert record["target"] == ["el", "ejército", "de", "EE.", "UU.", ",", "x"]
    assert record["source_places"][1] == [4, 8]
    assert [5, 6] in record["links"]


def test_the_table_shows_words_side_by_side(bialign, tmp_path):
    file = tmp_path / "pairs.tsv"
    file.write_text("Children need schools.\tLos niños necesitan escuelas.\n", encoding="utf-8")
    out = bialign("words", file, "--to", "table").out
    assert re.search(r"^  Children +Los niños$", out, re.MULTILINE)
    bare = bialign("words", file, "--to", "table", "--bare-articles").out
    assert re.search(r"^  Children +niños$", bare, re.MULTILINE)
    assert "(in the target only: Los)" in bare


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pairs.csv", "English,Spanish\nThe army left.,El ejército se fue.\nYes.,Sí.\n"),
        ("pairs.tsv", "id\ten\tes\n1\tThe army left.\tEl ejército se fue.\n2\tYes.\tSí.\n"),
    ],
)
def test_other_files_of_pairs_are_read_and_written_whole(bialign, tmp_path, name, text):
    table = tmp_path / name
    table.write_text(text, encoding="utf-8")
    out = tmp_path / "links.txt"
    run = bialign("words", table, "--fast", "-o", out, "--quiet")
    assert run.status == 0, run.err
    assert run.out == run.err == ""
    assert len(out.read_text(encoding="utf-8").splitlines()) == 2


def test_more_pairs_are_learned_from_and_not_linked(bialign, tmp_path):
    (tmp_path / "a.tsv").write_text("Yes\tSí\n", encoding="utf-8")
    (tmp_path / "b.tsv").write_text("No, sir\tNo, señor\nThe sun\tEl sol\n", encoding="utf-8")
    run = bialign("words", tmp_path / "a.tsv", "--learn", tmp_path / "b.tsv")
    assert run.out == "0-0\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Yes\tSí\nNo\n", "pairs.tsv:2: a source and a target are expected, parted by one tab; this line has 0 tabs"),
        (
            "a\tb\n1\tYes\tSí\n",
            "pairs.tsv:2: a source and a target are expected, parted by one tab; this line has 2 tabs",
        ),
        ("no pair here\n", "pairs.tsv:1: a source and a target are expected, parted by one tab; this line has 0 tabs"),
    ],
)
def test_a_bad_line_is_told_and_nothing_is_written(bialign, tmp_path, text, said):
    (tmp_path / "pairs.tsv").write_text(text, encoding="utf-8")
    out = tmp_path / "links.txt"
    out.write_text("as it was", encoding="utf-8")
    run = bialign("words", tmp_path / "pairs.tsv", "-o", out)
    assert run.status == 1
    assert run.err.strip().endswith(said)
    assert out.read_text(encoding="utf-8") == "as it was"


def test_public_names_are_those_of_the_package():
    assert bialign.align_words is align_words
