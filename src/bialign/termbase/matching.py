"""Find terms in a text: an index of all their forms, asked once for each word of the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from bialign.languages import LANGUAGES
from bialign.termbase.forms import is_word, lemma
from bialign.termbase.variants import Variant, variants_of
from bialign.termbase.words import Words, words_of

if TYPE_CHECKING:
    from bialign.termbase.model import Concept, Term

_ARTICLES = {"del": "el", "al": "el"}
# words of this many letters hardly become others by an accent more or less; nor do those in -ón
_LONG = 9


class TermHit(NamedTuple):
    """Tell that ``text[start:stop]`` names a concept by one of its terms."""

    start: int
    stop: int
    concept: Concept
    term: Term


class _Trial(NamedTuple):
    """Hold what the first word of a term may be, as it is looked up, written and folded, and the token it ends with."""

    key: str
    written: str
    folded: str
    last: int
    start: int
    verb: bool = False


class Index:
    """Hold the forms of the terms of one language by their words without case and accents.

    `first` tells of a form's first word how many words such forms have, longest first; `verbs` does so of the lemmas
    of verbs. What a key finds is still to be checked against the text as it is written.
    """

    def __init__(self, concepts: Sequence[Concept], lang: str) -> None:
        from bialign.termbase.model import TERM_STATUSES, primary

        self.lang = lang
        self.entries: dict[str, tuple[Variant, ...]] = {}
        self.first: dict[str, tuple[int, ...]] = {}
        self.verbs: dict[str, tuple[int, ...]] = {}
        self._lengths: dict[int, dict[str, list[str]]] = {}
        for number, concept in enumerate(concepts):
            for term in concept.terms:
                if primary(term.lang) == lang:
                    # when two concepts share a term, the one that prefers it wins
                    rank = (TERM_STATUSES.index(term.status), number)
                    for key, variant in variants_of(rank, concept, term, lang):
                        self._add(key, variant)

    def _add(self, key: tuple[str, ...], variant: Variant) -> None:
        joined = " ".join(key)
        held = self.entries.get(joined, ())
        if variant not in held:
            self.entries[joined] = (*held, variant)
        table = self.verbs if variant.verb else self.first
        lengths = table.get(key[0], ())
        if len(key) not in lengths:
            table[key[0]] = tuple(sorted((*lengths, len(key)), reverse=True))

    def find(self, text: str, *, overlapping: bool = False) -> Iterator[TermHit]:
        """Give the hits in order; without `overlapping` the longest at each place, and the best there is for it."""
        words = words_of(text)
        free_from = 0
        # a word with a hyphen is tried as one word and as two: what matches both ways is found once
        given, given_at = set[tuple[int, int, str]](), -1
        for place, (start, after, found) in self._matches(words):
            if overlapping:
                if place != given_at:
                    given, given_at = set(), place
                concepts: dict[str, Variant] = {}
                for variant in found:
                    if (start, after, variant.concept.id) not in given:
                        concepts.setdefault(variant.concept.id, variant)
                for variant in concepts.values():
                    given.add((start, after, variant.concept.id))
                    yield TermHit(start, words.stops[after - 1], variant.concept, variant.term)
            elif place >= free_from:
                free_from = after
                yield TermHit(start, words.stops[after - 1], found[0].concept, found[0].term)

    def _matches(self, words: Words) -> Iterator[tuple[int, tuple[int, int, list[Variant]]]]:
        """Give for each place the matches there, longest first: where it starts, the token after it, its variants."""
        first, spanish = self.first, self.lang == "es"
        lemmas = self._lemmas(words) if self.verbs else {}
        loose = _writes_no_accents(words) if spanish else True
        for place, word in enumerate(words.plain):
            if word in first or word in lemmas or place in words.joined or (spanish and word in _ARTICLES):
                found = [match for match in self._at(words, place, lemmas, loose) if _free_standing(words, match)]
                for match in sorted(found, key=lambda match: -match[1]):
                    yield place, match

    def _at(
        self, words: Words, place: int, lemmas: dict[str, str], loose: bool
    ) -> Iterator[tuple[int, int, list[Variant]]]:
        for trial in self._trials(words, place, lemmas):
            table = self.verbs if trial.verb else self.first
            for size in table.get(trial.key, ()):
                after = trial.last + size
                if after > len(words):
                    continue
                found = [
                    variant
                    for variant in self.entries.get(" ".join((trial.key, *words.plain[trial.last + 1 : after])), ())
                    if variant.verb == trial.verb and self._fits(variant, words, (place, after), trial, loose)
                ]
                if found:
                    yield trial.start, after, sorted(found, key=lambda variant: (not variant.exact, variant.rank))

    def _trials(self, words: Words, place: int, lemmas: dict[str, str]) -> Iterator[_Trial]:
        """Give what the first word of a term at a place may be."""
        word, start = words.plain[place], words.starts[place]
        yield _Trial(word, words.written[place], words.folded[place], place, start)
        if place in words.joined:
            plain, written, folded = (row[place] + row[place + 1] for row in (words.plain, words.written, words.folded))
            yield _Trial(plain, written, folded, place + 1, start)
        if self.lang == "es" and word in _ARTICLES:
            # of "del" the article is a part, of "al" it is not
            yield _Trial("el", "el", "el", place, start + (word == "del"))
        if word in lemmas:
            yield _Trial(lemmas[word], "", "", place, start, verb=True)

    def _fits(self, variant: Variant, words: Words, span: tuple[int, int], trial: _Trial, loose: bool) -> bool:
        """Tell whether a variant that has the same letters is what the text has, in its case and accents."""
        place, after = span
        behind = slice(trial.last + 1, after)
        if variant.exact:
            written = trial.written + "".join(words.written[behind])
            if variant.capitals and written == variant.form:
                return not self._is_shouted_word(words, place, after)
            return written == variant.form or (
                # a name in a heading; the plural of an acronym has a small s
                written == variant.form.upper()
                and not variant.form[:-1].isupper()
                and (len(variant.words) > 1 or self._is_shouted(words, place, after))
            )
        if variant.verb or loose:
            return True
        folded = (trial.folded, *words.folded[behind])
        return folded == variant.words or _same_but_accents(folded, variant)

    def _is_shouted_word(self, words: Words, place: int, after: int) -> bool:
        """Tell whether an acronym is rather an ordinary word in a line of capitals: THE SIN OF PRIDE."""
        word = words.folded[place]
        if after != place + 1 or not word.isalpha() or not self._is_shouted(words, place, after):
            return False
        known = LANGUAGES[self.lang].function_words if self.lang in LANGUAGES else frozenset()
        return word in known or is_word(word, self.lang)

    def _is_shouted(self, words: Words, place: int, after: int) -> bool:
        """Tell whether the words around are in capitals, and not acronyms all of them."""
        around = [*_neighbours(words, place, -1), *_neighbours(words, after - 1, 1)]
        if not around or not all(near.isupper() for near in around):
            return False
        known = LANGUAGES[self.lang].function_words if self.lang in LANGUAGES else frozenset()
        return any(near.lower() in known or (len(near) > 3 and is_word(near, self.lang)) for near in around)

    def _lemmas(self, words: Words) -> dict[str, str]:
        """Give the lemma of each word that is a form of a term's verb."""
        found = {}
        for word, plain in dict(zip(words.folded, words.plain, strict=True)).items():
            if word[0].isalpha():
                verb = lemma(word, self.lang)
                if verb in self.verbs:
                    found[plain] = verb
        return found

    def suggest(self, text: str) -> Iterator[TermHit]:
        """Give places that would be hits if words were spelt as the terms' are; none that overlaps a hit."""
        words = words_of(text)
        taken = [(hit.start, hit.stop) for hit in self.find(text)]
        meant = {word: near for word in set(words.plain) if (near := self._near(word))}
        mended = [meant.get(word, word) for word in words.plain]
        free_from = 0
        for place, word in enumerate(mended):
            for size in self.first.get(word, ()):
                after = place + size
                changed = [at for at in range(place, min(after, len(mended))) if words.plain[at] in meant]
                found = self.entries.get(" ".join(mended[place:after]), ())
                if place < free_from or after > len(mended) or not changed or not found or found[0].verb:
                    continue
                if size == 1 and is_word(words.folded[place], self.lang):
                    continue
                start, stop = words.starts[place], words.stops[after - 1]
                if not any(start < other_stop and other < stop for other, other_stop in taken):
                    best = min(found, key=lambda variant: variant.rank)
                    free_from = after
                    yield TermHit(start, stop, best.concept, best.term)
                    break

    def _near(self, word: str) -> str:
        """Give the word of a term that a word is a slip of: one letter off, two in long words; "" for none."""
        if len(word) < 4 or not word.isalpha() or word in self._vocabulary.get(len(word), {}).get(word[0], ()):
            return ""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        most = 1 if len(word) < 8 else 2
        sizes = range(max(4, len(word) - most), len(word) + most + 1)
        near = [other for size in sizes for other in self._vocabulary.get(size, {}).get(word[0], ())]
        best = process.extractOne(word, near, scorer=OSA.distance, score_cutoff=most)
        return str(best[0]) if best else ""

    @property
    def _vocabulary(self) -> dict[int, dict[str, list[str]]]:
        """The words of the terms by their length and first letter."""
        if not self._lengths:
            for word in {word for key in self.entries for word in key.split(" ")}:
                if len(word) >= 4 and word.isalpha():
                    self._lengths.setdefault(len(word), {}).setdefault(word[0], []).append(word)
            for by_letter in self._lengths.values():
                for held in by_letter.values():
                    held.sort()
        return self._lengths


def _same_but_accents(folded: Sequence[str], variant: Variant) -> bool:
    """Tell whether words that differ in accents are surely the same word: in long ones, and in terms of several."""
    several = len(variant.words) > 1
    for word, other in zip(folded, variant.words, strict=True):
        if word == other or (several and len(word) > 3):
            continue
        if len(word) < _LONG and not (word.endswith("on") and other.endswith("ón")):
            return False
    return True


def _writes_no_accents(words: Words) -> bool:
    """Tell whether a Spanish text goes without accents; a short one without any tells nothing."""
    return len(words) > 200 and words.folded == words.plain


def _neighbours(words: Words, place: int, step: int) -> Iterator[str]:
    """Give up to three words before or after a place in its line."""
    at = place + step
    for _ in range(3):
        if not 0 <= at < len(words):
            return
        low, high = sorted((at, at - step))
        if "\n" in words.text[words.stops[low] : words.starts[high]] or words.written[at] in {".", "\n\n"}:
            return
        if words.written[at][0].isalpha():
            yield words.written[at]
        at += step


def _free_standing(words: Words, match: tuple[int, int, list[Variant]]) -> bool:
    """Tell whether a match is no part of something longer with full stops: "U.S." does not stand in "U.S.A."."""
    start, after, _ = match
    text, stop = words.text, words.stops[after - 1]
    before = start > 1 and text[start - 1] == "." and text[start - 2].isalnum() and text[start : start + 1].isalnum()
    behind = stop < len(text) and text[stop - 1] == "." and text[stop].isalnum()
    return not (before or behind)
