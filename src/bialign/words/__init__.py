"""Words: what a text's words are, and which of them translate each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bialign.words.lexicon import Lexicon
from bialign.words.linking import Pair, Settings, WordAligner
from bialign.words.rendering import Rendering, renderings
from bialign.words.tokens import Token, split_words, tokenise

__all__ = [
    "Lexicon",
    "Rendering",
    "Settings",
    "Token",
    "WordAligner",
    "align_words",
    "renderings",
    "split_words",
    "tokenise",
]


def align_words(
    pairs: Sequence[Pair], *, articles: bool = True, progress: Callable[[float], None] | None = None
) -> list[set[tuple[int, int]]]:
    """Link the words of sentence pairs, each a list of words in one language and one in the other.

    Gives for each pair the links (index in the first sentence, index in the second); a word may have several, or none.
    Everything is learned from the pairs themselves, on top of the encoder that ships with bialign, so that one pair is
    enough, and many are better. With `articles`, a Spanish article that English has no word for goes with the word that
    follows it. English and Spanish may stand in either order; other languages of the encoder are linked as well.
    Sentences of more than 1,000 words get no links. `progress` is called with the share that is done.

    To learn from one corpus and link in another, or to link fast, use `WordAligner`; `tokenise` cuts text into words.

    >>> [sorted(links) for links in align_words([(["The", "army", "left"], ["El", "ejército", "se", "fue"])])]
    [[(0, 0), (1, 1), (2, 3)]]
    """
    return WordAligner().learn_and_link(pairs, articles=articles, progress=progress)
