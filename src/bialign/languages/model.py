"""What is known about one language, and how its abbreviations are told apart.

Every abbreviation stands with the example that earned it a place. Keys are lower case without the final full stop,
inner spaces removed ("EE. UU." is "ee.uu"), or have a capital where only so they are meant; the `Kind` says what may
follow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["title", "inner", "number", "unit", "date", "ending", "closing"]
"""What an abbreviation does to the full stop behind it.

title: a name follows, so it never ends a sentence. inner: something always follows. number: joins a number, a numeral
or a single letter, and is an ordinary word elsewhere. unit: joins anything but a capital. date: joins a number.
ending: may end a sentence, and does before a word that begins sentences. closing: ends one before any capital.
"""


@dataclass(frozen=True, slots=True)
class Language:
    """Hold what is known about one language; `starters` are capitalised words that begin sentences, never names."""

    code: str
    abbreviations: Mapping[str, Kind]
    examples: Mapping[str, str]
    starters: frozenset[str]
    reporting: frozenset[str]
    function_words: frozenset[str]


def abbreviations_of(**kinds: Mapping[str, str]) -> tuple[dict[str, Kind], dict[str, str]]:
    """Give the table of kinds, and that of examples, from the examples of each kind."""
    table: dict[str, Kind] = {}
    examples: dict[str, str] = {}
    for kind, entries in kinds.items():
        for key, example in entries.items():
            table[key] = kind  # type: ignore[assignment]
            examples[key] = example
    return table, examples


def word_set(words: str) -> frozenset[str]:
    """Make a set of the words of a string.

    >>> sorted(word_set("el la"))
    ['el', 'la']
    """
    return frozenset(words.split())


def with_both_apostrophes(words: frozenset[str]) -> frozenset[str]:
    """Add to words those with the apostrophe of printers.

    >>> sorted(with_both_apostrophes(frozenset({"It's"})))
    ["It's", 'It’s']
    """
    return words | {word.replace("'", "’") for word in words}
