"""Names where the other side has a pronoun or, as Spanish may, no subject at all."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from bialign.languages import LANGUAGES, word_set
from bialign.study.decisions.facing import Facing, Sign, folded
from bialign.study.decisions.linked import Linked

_PRONOUNS: Mapping[str, frozenset[str]] = {
    "en": word_set(
        """he she it they him her them his hers its their theirs himself herself itself themselves this that who which
        whose whom we us our he's she's it's they're they've he'd she'd they'd he'll she'll"""
    ),
    "es": word_set(
        """él ella ello ellos ellas lo la le les los las su sus se suyo suya suyos suyas este esta esto ese esa eso
        aquel aquella éste ésta ése ésa quien quienes cuyo cuya cuyos cuyas nos nuestro nuestra"""
    ),
}
_REACH = 4
"""Beads before in which the other side must have named the name, for a pronoun to stand for it."""
_OPENERS = frozenset(".!?…:;«»“”\"'‘’(¿¡[—–-*•")


def names_of(sides: Sequence[Sequence[str]], lang: str) -> frozenset[str]:
    """Give the words of a text that are names: with a great letter within sentences, and never with a small one.

    >>> sorted(names_of([["The", "river", "Rímac", "is", "low"], ["Here", "the", "fog", "stays"]], "en"))
    ['rimac']
    """
    great: set[str] = set()
    small: set[str] = set()
    known = LANGUAGES[lang].function_words if lang in LANGUAGES else frozenset()
    for words in sides:
        for index, word in enumerate(words):
            if not word[0].isalpha() or len(word) < 2:
                continue
            if word[0].islower():
                small.add(folded(word))
            elif index and words[index - 1] not in _OPENERS and word.lower() not in known and not word.isupper():
                great.add(folded(word))
    return frozenset(great - small)


class Namings:
    """Give the names that one side of beads says where the other leaves them unsaid; to be asked in order."""

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names
        self._before: deque[frozenset[str]] = deque(maxlen=_REACH)

    def signs(self, seen: Facing) -> Iterator[Sign]:
        """Give the names of a bead's side that the other side has named just before, and has a pronoun for here."""
        recent = frozenset().union(*self._before)
        here = {folded(word) for word in seen.others}
        small = {word.lower() for word in seen.others}
        self._before.append(frozenset(here & self._names))
        pronouns = _PRONOUNS[seen.other_lang]
        told: set[str] = set()
        place = 0
        while place < len(seen.words):
            run = self._run(seen, place, recent | told)
            names = [folded(word) for word in seen.words[place : place + run]]
            if run and not told.intersection(names) and recent.intersection(names):
                partners = {seen.others[j].lower() for i in range(place, place + run) for j in seen.partners[i]}
                name = " ".join(seen.words[place : place + run])
                if partners and partners <= pronouns:
                    yield Sign("name for pronoun", f"{name} ← {', '.join(sorted(partners))}", 0.9)
                elif not partners and (seen.other_lang == "es" or not pronouns.isdisjoint(small)):
                    yield Sign("name for pronoun", name, 0.7)
            told.update(names)
            place += max(1, run)

    def _run(self, seen: Facing, place: int, known: AbstractSet[str]) -> int:
        """Give how many names follow each other from a place, none of which the other side has."""
        run = 0
        for word in seen.words[place:]:
            if folded(word) not in self._names or folded(word) not in known or seen.has(word):
                break
            run += 1
        return run


def of_one_side(linked: Mapping[int, Linked]) -> list[Sequence[str]]:
    """Give the words of the sources of beads."""
    return [each.source.words for each in linked.values()]
