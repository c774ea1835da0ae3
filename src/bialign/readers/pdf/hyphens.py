"""Whether a hyphen at a line's end belongs to the word, or only to the line."""

from __future__ import annotations

from collections.abc import Collection

_PREFIXES = frozenset({"self", "all", "ex", "half", "quasi", "cross", "non", "well", "vice"})
_SUFFIXES = frozenset({"like", "free", "based", "old", "time", "term", "century", "haired", "eyed", "known"})


def joined(before: str, after: str, words: Collection[str], lang: str) -> bool:
    """Tell whether `before` and `after`, parted by a hyphen at a line's end, are one word without it.

    `words` are the text's own, in small letters, which decide first; then what is written with hyphens in `lang`.

    >>> joined("deli", "cate", [], "en"), joined("self", "made", [], "en"), joined("Franco", "Prussian", [], "en")
    (True, False, False)
    >>> joined("long", "shore", ["long-shore"], "en"), joined("camina", "ba", [], "es")
    (False, True)
    """
    if not before or not after or not before[-1].isalpha() or not after[0].isalpha():
        return False
    whole = (before + after).lower()
    with_hyphen = f"{before}-{after}".lower()
    if (whole in words) != (with_hyphen in words):
        return whole in words
    if after[0].isupper():
        # a heading in capitals may be broken as any other word
        return before.isupper() and after[:2].isupper() and len(before) > 1
    # a word of several parts stays one: "Maher-salal-" and "hash-baz"
    if "-" in before or "-" in after:
        return False
    return lang.startswith("es") or not _is_compound(before.lower(), after.lower(), words)


def _is_compound(before: str, after: str, words: Collection[str]) -> bool:
    """Tell whether English writes two words with a hyphen; both are the text's own in "brick-built"."""
    if before in _PREFIXES or after in _SUFFIXES:
        return True
    # short ones are as often syllables
    return len(before) > 3 and len(after) > 3 and before in words and after in words
