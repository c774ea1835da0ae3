"""How words are ordered."""

from __future__ import annotations

from bialign.store.folding import fold


def sort_key(text: str) -> tuple[str, str]:
    """Give what texts are ordered by in Spanish and English: á with a, but ñ after n; then by the letters as they are.

    >>> sorted(["ozono", "nube", "ñandú", "niño", "ámbar", "amor"], key=sort_key)
    ['ámbar', 'amor', 'niño', 'nube', 'ñandú', 'ozono']
    """
    # after every letter that can follow an n
    return fold(text).replace("ñ", "n\uffff"), text
