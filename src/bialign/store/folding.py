"""Letters made alike for search: case and accents are folded, ñ stays ñ, and every letter keeps its offset."""

from __future__ import annotations

import unicodedata


class _Table(dict[int, str]):
    """Hold what each letter becomes; it grows by the letters that are met."""

    def __missing__(self, code: int) -> str:
        self[code] = _folded(chr(code))
        return self[code]


def fold(text: str) -> str:
    """Give a text in small letters without accents; one letter for each letter, so that offsets stay true.

    ñ is a letter of its own. What has no single small letter (İ, ß) stays as it is.

    >>> fold("El Niño actuó en AYACUCHO")
    'el niño actuo en ayacucho'
    >>> len(fold("İstanbul, Straße"))
    16
    """
    if text.isascii():
        return text.lower()
    return text.translate(_TABLE)


def _folded(letter: str) -> str:
    small = letter.lower()
    if len(small) != 1:
        return letter
    if small == "ñ":
        return small
    plain = [part for part in unicodedata.normalize("NFD", small) if not unicodedata.combining(part)]
    return plain[0] if len(plain) == 1 else small


_TABLE = _Table()
