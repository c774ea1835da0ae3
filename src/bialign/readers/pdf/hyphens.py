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
    if "-" in before or "-" in after:
        # a word of several parts: "Maher-salal-" and "hash-baz"
        return False
    if lang.startswith("es"):
        return True
    if before.lower() in _PREFIXES or after.lower() in _SUFFIXES:
        return False
    # both halves are words of the text, and the whole is not: "brick-built"; short ones are as often syllables
    return not (len(before) > 3 and len(after) > 3 and before.lower() in words and after.lower() in words)
