"""Letters whose accent is a character of its own, set above or below them, as old fonts of TeX have it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from bialign.readers.pdf.glyphs import Glyph

_COMBINING = {
    "´": "\u0301", "`": "\u0300", "¨": "\u0308", "˜": "\u0303", "~": "\u0303", "ˆ": "\u0302", "^": "\u0302",
    "¸": "\u0327", "ˇ": "\u030c", "˘": "\u0306", "¯": "\u0304", "˚": "\u030a", "˙": "\u0307", "˝": "\u030b",
    "˛": "\u0328",
}  # fmt: skip
_DOTLESS = {"ı": "i", "ȷ": "j"}
_OFF = 0.2
"""Font sizes that the middle of an accent is from that of its letter, at most; those of slanted letters lean over."""
_HIGHER = 0.45
"""Font sizes that an accent stands higher or lower than it would above a small letter, at most."""


def composed(text: str, accent: str) -> str:
    """Give a letter with an accent as one character, "" where there is no such letter.

    >>> composed("o", "´"), composed("ı", "´"), composed("n", "˜"), composed("x", "´"), composed("n", "a")
    ('ó', 'í', 'ñ', '', '')
    """
    mark = _COMBINING.get(accent)
    if mark is None or len(text) != 1 or not text.isalpha():
        return ""
    whole = unicodedata.normalize("NFC", _DOTLESS.get(text, text) + mark)
    return whole if len(whole) == 1 else ""


def with_accents(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Put accents onto the letters that stand beside them in the file and at the same place on the page."""
    found: list[Glyph] = []
    for glyph in glyphs:
        last = found[-1] if found else None
        if last is not None and _is_over(last, glyph):
            # of an accent and its letter either may come first
            for letter, accent in ((glyph, last), (last, glyph)):
                text = composed(letter.text, accent.text)
                if text:
                    found[-1] = letter._replace(text=text, spaced=last.spaced)
                    break
            else:
                found.append(glyph)
        else:
            found.append(glyph)
    return found


def _is_over(one: Glyph, other: Glyph) -> bool:
    if one.text not in _COMBINING and other.text not in _COMBINING:
        return False
    size = max(one.size, other.size)
    apart = abs((one.x0 + one.x1) - (other.x0 + other.x1)) / 2
    return apart < _OFF * size and abs(one.y - other.y) < _HIGHER * size
