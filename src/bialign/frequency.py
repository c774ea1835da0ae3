"""How common words are in general English and Spanish, as wordfreq (Speer 2022) has counted them.

Its lists are made of the web, encyclopaedias, news, books, subtitles and talk, so that words of essays and reports are
as common in them as they are to a reader.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping

SIZE = 1e9
"""Words that frequencies are told of."""


@functools.lru_cache(maxsize=4)
def frequencies(lang: str) -> Mapping[str, float]:
    """Give how often each word of a language, in small letters, stands in a thousand million words.

    What is met less than ten times is not listed. Words with hyphens are listed by their parts.
    """
    from wordfreq import get_frequency_dict

    return {word: share * SIZE for word, share in get_frequency_dict(lang, wordlist="large").items()}


def frequency(word: str, lang: str) -> float:
    """Tell how often a word stands in a thousand million words of general language; 0 where it is not listed.

    >>> frequency("house", "en") > frequency("neutrino", "en") > frequency("xqzy", "en")
    True
    """
    return frequencies(lang).get(word.lower(), 0.0)
