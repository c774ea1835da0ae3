"""Where candidates are found: pairs of texts that translate each other, read again and again, never all in memory.

What was left untranslated, word for word, tells of no rendering and is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from bialign.bitext import STATUSES, Bitext
from bialign.errors import BialignError
from bialign.store import Store
from bialign.store.lookup import Lookup
from bialign.termbase import primary
from bialign.terms.beads import is_copied
from bialign.terms.extraction.patterns import PATTERNS

_REJECTED = STATUSES.index("rejected")


class Line(NamedTuple):
    """Hold the two texts of a bead, with the names of its bitext and of itself."""

    bitext: str
    bead: int
    source: str
    target: str

    @property
    def texts(self) -> tuple[str, str]:
        """Give both texts."""
        return self.source, self.target


class Lines(Protocol):
    """Give lines, the same ones each time; `langs` are the languages of both sides, "en" and "es" in either order."""

    langs: tuple[str, str]

    def __iter__(self) -> Iterator[Line]:
        """Give all lines in order."""


class BitextLines:
    """Give the lines of bitexts that are in memory."""

    def __init__(self, bitexts: Sequence[Bitext]) -> None:
        pairs = [(bitext.source.lang, bitext.target.lang) for bitext in bitexts]
        self.langs, turned = _direction(pairs)
        self._bitexts = [(bitext, turned[n]) for n, bitext in enumerate(bitexts) if n in turned]

    def __iter__(self) -> Iterator[Line]:
        """Give all lines in order."""
        for bitext, turn in self._bitexts:
            for number, bead in enumerate(bitext.beads):
                if bead.source and bead.target and bead.status != "rejected":
                    texts = bitext.source_text(bead), bitext.target_text(bead)
                    if not is_copied(*texts):
                        yield Line(bitext.id, number, *(texts[::-1] if turn else texts))


class StoreLines:
    """Give the lines of a corpus file, of all its bitexts or of some by their names."""

    def __init__(self, store: Store, names: Sequence[str] = ()) -> None:
        self._store, self._lookup = store, Lookup(store.database, store.beads)
        self._lookup.refresh()
        wanted = {store.contents.bitext_id(name) for name in names}
        found = [each for id, each in self._lookup.pairings().items() if not names or id in wanted]
        self.langs, turned = _direction([(each.source.lang, each.target.lang) for each in found])
        self._pairings = [(each, turned[n]) for n, each in enumerate(found) if n in turned]

    def __iter__(self) -> Iterator[Line]:
        """Give all lines in order."""
        for pairing, turn in self._pairings:
            for bead in self._store.beads.of(pairing.id):
                if bead.sources and bead.targets and bead.status_number != _REJECTED:
                    texts = (
                        " ".join(self._lookup.run(pairing.source.id, bead.source, bead.sources)[0]),
                        " ".join(self._lookup.run(pairing.target.id, bead.target, bead.targets)[0]),
                    )
                    if not is_copied(*texts):
                        yield Line(pairing.name, bead.id, *(texts[::-1] if turn else texts))


def _direction(pairs: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], dict[int, bool]]:
    """Give the languages of most pairs, and by its number, for each pair of these two, whether it goes the other way.

    >>> _direction([("en", "es-PE"), ("es", "en-GB"), ("en", "fr")])
    (('en', 'es'), {0: False, 1: True})
    """
    plain = [(primary(source), primary(target)) for source, target in pairs]
    known = [pair for pair in plain if set(pair) == set(PATTERNS)]
    if not known:
        said = ", ".join(sorted({f"{source or '?'}-{target or '?'}" for source, target in plain})) or "-"
        raise BialignError("terms are found in English and Spanish texts only, not in {langs}", langs=said)
    langs = max(dict.fromkeys(known), key=known.count)
    return langs, {n: pair != langs for n, pair in enumerate(plain) if set(pair) == set(PATTERNS)}
