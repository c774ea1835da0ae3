"""What of two texts is looked at: each sentence once, nothing that both have as it is, names and numbers apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from bialign.aligner.marks import numbers

_ALIKE = 85.0  # of 100: from here on, a sentence was not translated but copied
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"\w+")
# a capital inside a sentence: what begins one, or stands behind an opening sign, has its capital from there
_NAME = re.compile(r"(?<=[\w,;)’'] )[^\W\d_a-záéíóúüñ]\w{2,}")
# how English and Spanish spell the same foreign sounds
_SPELLINGS = (
    ("ph", "f"), ("th", "t"), ("ch", "c"), ("qu", "c"), ("k", "c"), ("y", "i"), ("j", "i"), ("h", ""),
    ("z", "s"), ("w", "v"), ("b", "v"),
)  # fmt: skip
_TWICE = re.compile(r"(.)\1+")


def folded(text: str) -> str:
    """Give a text's words in small letters without signs: what is equal so is one sentence.

    >>> folded("«¡Hola,  Ana!»")
    'hola ana'
    """
    return " ".join(_WORD.findall(unicodedata.normalize("NFC", text).casefold()))


def first_ones(sentences: Sequence[str]) -> list[int]:
    """Give the places of sentences that have letters and stand nowhere before.

    >>> first_ones(["Yes.", "No.", "yes", "12", ""])
    [0, 1]
    """
    found: dict[str, int] = {}
    for place, sentence in enumerate(sentences):
        if _LETTER.search(sentence):
            found.setdefault(folded(sentence), place)
    found.pop("", None)
    return list(found.values())


def is_copy(source: str, target: str) -> bool:
    """Tell whether a sentence stands on both sides as it is, or nearly.

    >>> is_copy("Hotel Colón, Madrid", "HOTEL COLÓN (Madrid)"), is_copy("The house is big.", "La casa es grande.")
    (True, False)
    """
    from rapidfuzz.fuzz import ratio

    return ratio(folded(source), folded(target), score_cutoff=_ALIKE) > 0


def sound(word: str) -> str:
    """Write a name as English and Spanish may both have it.

    >>> sound("Josephus"), sound("Josefus"), sound("Kézia")
    ('iosefus', 'iosefus', 'cesia')
    """
    plain = unicodedata.normalize("NFKD", word.casefold())
    spelt = "".join(letter for letter in plain if not unicodedata.combining(letter))
    for written, heard in _SPELLINGS:
        spelt = spelt.replace(written, heard)
    return _TWICE.sub(r"\1", spelt)


def names(sentence: str) -> tuple[str, ...]:
    """List the words that have a capital though they begin nothing, each once, as they sound.

    >>> names("Then the king of Nínive met Sophia, and Sophia spoke.")
    ('ninive', 'sofia')
    """
    return tuple(dict.fromkeys(sound(found) for found in _NAME.findall(sentence)))


def marks_of(sentences: Sequence[str]) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """List each sentence's numbers, and its names."""
    return [tuple(dict.fromkeys(numbers(each))) for each in sentences], [names(each) for each in sentences]
