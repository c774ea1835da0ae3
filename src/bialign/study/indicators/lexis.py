"""Words and signs as numbers: a text is cut once, and every indicator counts on the same arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bialign.words import tokenise

Array = NDArray[Any]
Ints = NDArray[np.int64]
Feature = Callable[[Sequence[str], str], Array]
"""What is known of each word by itself: forms and their language to an array of as many values."""


class _Numbers(dict[str, int]):
    """Number forms; capital and small letters, and both kinds of apostrophe, have one number."""

    def __init__(self, forms: list[str]) -> None:
        self.forms = forms

    def __missing__(self, text: str) -> int:
        small = text.lower().replace("\u00ad", "")
        if len(text) > 1:
            small = small.replace("’", "'")
        if small == text:
            number = len(self.forms)
            self.forms.append(text)
        else:
            number = self[small]
        self[text] = number
        return number


class Lexis:
    """Hold the words and signs of one language as they are met, and what is known of each.

    `lang` is "en" or "es"; any other language is cut as English is, and nothing is known of its words.
    """

    def __init__(self, lang: str) -> None:
        self.lang = lang[:2].lower()
        self.forms: list[str] = []
        self.numbers = _Numbers(self.forms)
        self._known: dict[Feature, Array] = {}

    def feature(self, feature: Feature) -> Array:
        """Give what is known of all words met until now; of each it is asked once."""
        known = self._known.get(feature)
        done = 0 if known is None else len(known)
        if known is None or done < len(self.forms):
            more = feature(self.forms[done:], self.lang)
            known = self._known[feature] = more if known is None else np.concatenate([known, more])
        return known

    def cut(self, texts: Iterable[str]) -> tuple[NDArray[np.int32], Ints]:
        """Cut texts into words and signs; give their numbers, and where each text begins and the last one ends."""
        numbers, tokens, bounds = self.numbers, [], [0]
        for text in texts:
            tokens += [numbers[token.text] for token in tokenise(text, self.lang)]
            bounds.append(len(tokens))
        return np.array(tokens, np.int32), np.array(bounds, np.int64)


def is_word(forms: Sequence[str], lang: str) -> NDArray[np.bool_]:
    """Tell which tokens are words: those that begin with a letter.

    >>> is_word(["río", "1990", "COVID-19", ",", "3.º"], "es").tolist()
    [True, False, True, False, False]
    """
    return np.array([form[:1].isalpha() for form in forms], np.bool_)


def is_number(forms: Sequence[str], lang: str) -> NDArray[np.bool_]:
    """Tell which tokens are numbers written in digits: "1990", "3.º", "20th"."""
    return np.array([form[:1].isdigit() for form in forms], np.bool_)


def letters(forms: Sequence[str], lang: str) -> Ints:
    """Count the letters and digits of each token; hyphens and apostrophes are none."""
    return np.array([sum(map(str.isalnum, form)) for form in forms], np.int64)


class Counted:
    """Hold one side of a text, or of several one after the other, cut into words and signs.

    `tokens` are numbers of `lexis`; those of segment i are ``tokens[bounds[i]:bounds[i + 1]]``. `paragraphs` numbers
    the paragraph of each segment, `sizes` its characters. What is counted by segment is kept in columns, so that
    joining and slicing texts counts nothing twice.
    """

    def __init__(
        self, lexis: Lexis, tokens: NDArray[np.int32], bounds: Ints, *, paragraphs: Ints, sizes: Ints,
        columns: dict[Callable[[Counted], Array], Array] | None = None,
    ) -> None:  # fmt: skip
        self.lexis, self.tokens, self.bounds = lexis, tokens, bounds
        self.paragraphs, self.sizes = paragraphs, sizes
        self._columns = {} if columns is None else columns
        self._kept: dict[Callable[[Counted], Any], Any] = {}

    @classmethod
    def of(cls, texts: Sequence[str], lexis: Lexis, paragraphs: Sequence[int] | None = None) -> Counted:
        """Cut segments, given as strings, with the numbers of their paragraphs."""
        tokens, bounds = lexis.cut(texts)
        numbers = np.array(paragraphs if paragraphs is not None else [0] * len(texts), np.int64)
        sizes = np.array([len(text) for text in texts], np.int64)
        return cls(lexis, tokens, bounds, paragraphs=numbers, sizes=sizes)

    def __len__(self) -> int:
        """Give the number of segments."""
        return len(self.sizes)

    def column(self, count: Callable[[Counted], Array]) -> Array:
        """Give what a function counts by segment: an array whose first dimension is that of the segments."""
        if count not in self._columns:
            self._columns[count] = count(self)
        return self._columns[count]

    def once(self, compute: Callable[[Counted], Any]) -> Any:
        """Give what a function makes of the whole; it is asked once."""
        if compute not in self._kept:
            self._kept[compute] = compute(self)
        return self._kept[compute]

    def marked(self, flags: Array) -> Ints:
        """Count by segment the tokens that are marked, given a mark for each token of the text (or for each a number).

        >>> text = Counted.of(["A b.", "", "C."], Lexis("en"))
        >>> text.marked(text.lexis.feature(is_word)[text.tokens]).tolist()
        [2, 0, 1]
        """
        sums = np.concatenate([[0], np.cumsum(flags, dtype=np.int64)])
        return np.asarray(sums[self.bounds[1:]] - sums[self.bounds[:-1]])

    def of_feature(self, feature: Feature) -> Ints:
        """Count by segment the tokens of which something is true, or add up a number that each has."""
        return self.marked(self.lexis.feature(feature)[self.tokens])

    def part(self, start: int, stop: int) -> Counted:
        """Give some segments by themselves."""
        first, last = int(self.bounds[start]), int(self.bounds[stop])
        return Counted(
            self.lexis,
            self.tokens[first:last],
            self.bounds[start : stop + 1] - first,
            paragraphs=self.paragraphs[start:stop],
            sizes=self.sizes[start:stop],
            columns={count: column[start:stop] for count, column in self._columns.items()},
        )


def joined(texts: Sequence[Counted], lexis: Lexis) -> Counted:
    """Put texts of one lexis one after the other; what was counted of all of them is kept."""
    if len(texts) == 1:
        return texts[0]
    ends = np.cumsum([0, *(len(text.tokens) for text in texts)])
    bounds = [np.zeros(1, np.int64)] + [text.bounds[1:] + end for text, end in zip(texts, ends[:-1], strict=True)]
    paragraphs, after = [], 0
    for text in texts:
        paragraphs.append(text.paragraphs + after)
        after = int(paragraphs[-1].max(initial=after - 1)) + 1
    shared = set.intersection(*(set(text._columns) for text in texts)) if texts else set()
    return Counted(
        lexis,
        np.concatenate([np.zeros(0, np.int32), *(text.tokens for text in texts)]),
        np.concatenate(bounds),
        paragraphs=np.concatenate([np.zeros(0, np.int64), *paragraphs]),
        sizes=np.concatenate([np.zeros(0, np.int64), *(text.sizes for text in texts)]),
        columns={count: np.concatenate([text._columns[count] for text in texts]) for count in shared},
    )


def word_counts(text: Counted) -> Ints:
    """Count the words of each segment."""
    return text.of_feature(is_word)


def words_of(text: Counted) -> NDArray[np.int32]:
    """Give the numbers of a text's words, without signs and numbers in digits."""
    return np.asarray(text.tokens[text.lexis.feature(is_word)[text.tokens]])


def frequencies(text: Counted) -> Ints:
    """Count how often each word of the lexis stands in a text."""
    return np.bincount(text.once(words_of), minlength=len(text.lexis.forms))
