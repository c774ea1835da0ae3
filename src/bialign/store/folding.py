"""Letters made alike for search: case and accents folded or kept, ñ apart from n; every letter keeps its offset."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Callable

Folding = Callable[[str], str]


@functools.cache
def folding(*, case: bool = False, accents: bool = False, plain_n: bool = False) -> Folding:
    """Give the function that makes letters alike: as the index does, but keeping case or accents, or taking ñ for n.

    >>> folding(case=True)("Niño ÁRBOL"), folding(accents=True)("Niño ÁRBOL"), folding(plain_n=True)("Niño ÁRBOL")
    ('Niño ARBOL', 'niño árbol', 'nino arbol')
    """
    table = _Table(case, accents, plain_n)
    # a table of bytes is twenty times as fast: nearly all texts fit one of two code pages, which are only a way there
    latin, western = (table.of_page(page) for page in ("latin-1", "cp1252"))

    def alike(text: str) -> str:
        if text.isascii():
            return text if case else text.lower()
        try:
            return text.encode("latin-1").translate(latin).decode("latin-1")
        except UnicodeEncodeError:
            pass
        try:
            return text.encode("cp1252").translate(western).decode("cp1252")
        except UnicodeEncodeError:
            return text.translate(table)

    return alike


class _Table(dict[int, str]):
    """Hold what each letter becomes; it grows by the letters that are met."""

    def __init__(self, case: bool, accents: bool, plain_n: bool) -> None:
        super().__init__()
        self._case, self._accents, self._plain_n = case, accents, plain_n

    def of_page(self, page: str) -> bytes:
        """Give the table for the bytes of a code page."""
        return b"".join(
            self[ord(letter)].encode(page) if (letter := bytes([byte]).decode(page, "ignore")) else bytes([byte])
            for byte in range(256)
        )

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        small = letter.lower()
        if not self._case:
            letter = small if len(small) == 1 else letter
        if letter in "ñÑ":
            letter = ("n" if letter == "ñ" else "N") if self._plain_n else letter
        elif not self._accents and len(small) == 1:
            plain = [part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part)]
            letter = plain[0] if len(plain) == 1 else letter
        self[code] = letter
        return letter


def fold(text: str) -> str:
    """Give a text as the index holds it: in small letters without accents, one letter for each letter.

    ñ is a letter of its own. What has no single small letter (İ, ß) stays as it is.

    >>> fold("El Niño actuó en AYACUCHO")
    'el niño actuo en ayacucho'
    >>> len(fold("İstanbul, Straße"))
    16
    """
    return folding()(text)
