"""A joint model of subwords for both languages, by SentencePiece (Kudo & Richardson 2018)."""

from __future__ import annotations

import io
from collections.abc import Iterable

from bialign.errors import BialignError

_MOST = 2_000_000
"""Sentences a model is learned from; of more, as many are drawn."""


def train(texts: Iterable[str], size: int, seed: int) -> tuple[bytes, bytes, int]:
    """Learn a unigram model with a vocabulary of at most `size`; give the model, its vocabulary as text, and its size.

    Every character of the texts is covered, others fall back to bytes. Raises BialignError where the texts are too few
    for any model, or the vocabulary too small for their characters. It works in one thread, so that the same texts give
    the same model.
    """
    import sentencepiece

    model = io.BytesIO()
    sentencepiece.set_random_generator_seed(seed)
    try:
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(texts),
            model_writer=model,
            vocab_size=size,
            model_type="unigram",
            character_coverage=1.0,
            byte_fallback=True,
            hard_vocab_limit=False,
            num_threads=1,
            input_sentence_size=_MOST,
            max_sentence_length=20_000,
            minloglevel=2,
        )
    except (RuntimeError, OSError) as error:
        problem = str(error).rpartition("\n")[2][-200:]
        reason = "no vocabulary of {size} subwords can be made of these texts; try another size: {problem}"
        raise BialignError(reason, size=size, problem=problem) from None
    learned = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())
    count = learned.get_piece_size()
    listed = "".join(f"{learned.id_to_piece(id)}\t{learned.get_score(id):g}\n" for id in range(count))
    return model.getvalue(), listed.encode("utf-8"), count
