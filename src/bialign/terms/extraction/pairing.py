"""What renders each run of words, told by the links between words, from both sides; and how runs stand in sentences."""

from __future__ import annotations

import heapq
from array import array
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bialign.languages import ENGLISH, SPANISH
from bialign.terms.extraction.counting import Folding, plain_words
from bialign.terms.extraction.patterns import PATTERNS, Pattern, is_heavy, joined, spans

if TYPE_CHECKING:
    from bialign.words.decide import Posteriors

Floats = NDArray[np.float32]
Words = Sequence[str]
KeyPair = tuple[str, str]

_LIGHT = ENGLISH.function_words | SPANISH.function_words
_INSIDE = PATTERNS["en"].inside | PATTERNS["es"].inside
_GAP, _FOREIGN, _OWN, _LEAST = 0.1, 0.6, 0.5, 0.1  # as in bialign.words.rendering
_FEW = 5_000
"""Lines up to which words are compared in context."""
_EVIDENCE = 4
"""Places that are remembered of a pair, the surest ones."""
_SENTENCE_STARTS = frozenset(".¿¡!?:\"“”«»'‘’([—–-•")


class Occurrence(NamedTuple):
    """Tell where a candidate stands: the words `start` .. `stop` - 1 of a sentence, and its key."""

    key: str
    start: int
    stop: int


class Place(NamedTuple):
    """Tell where a pair stands: the number of the line, and the words on both sides; the surest sorts last."""

    score: float
    line: int
    source: tuple[int, int]
    target: tuple[int, int]


class Sentence(NamedTuple):
    """Hold a sentence's words as written and as keys have them, which may begin or end a term, and its candidates."""

    pattern: Pattern
    words: Words
    plain: Words
    heavy: Sequence[bool]
    hits: Sequence[Occurrence]

    def trimmed(self, start: int, stop: int) -> Occurrence:
        """Give a run without the words at its ends that begin or end no term."""
        while start < stop and not self.heavy[start]:
            start += 1
        while stop > start and not self.heavy[stop - 1]:
            stop -= 1
        return Occurrence(joined(self.plain[start:stop], self.pattern), start, stop)


@dataclass(slots=True)
class Standing:
    """Count how a candidate stands: how often in all, and after a word that goes before nouns.

    `told` counts places where the words around tell anything of that; `inner` those that are not at the start of a
    sentence, `capitals` those of them where all its words have capitals. `forms` are its words as written, `lines` the
    numbers of its lines.
    """

    count: int = 0
    nouns: int = 0
    told: int = 0
    inner: int = 0
    capitals: int = 0
    forms: Counter[str] = field(default_factory=Counter)
    lines: array[int] = field(default_factory=lambda: array("L"))


@dataclass(slots=True)
class Side:
    """Find the candidates of one side in sentences, those whose key is in `wanted`, and note how they stand."""

    pattern: Pattern
    fold: Folding
    wanted: Mapping[str, object]
    standing: dict[str, Standing] = field(default_factory=dict)

    def read(self, words: Words) -> Sentence:
        """Look through a sentence."""
        plain = [self.fold(word) for word in plain_words(words, self.pattern.lang)]
        heavy = [is_heavy(word, self.pattern) for word in words]
        found = ((joined(plain[i:j], self.pattern), i, j) for i, j in spans(words, self.pattern))
        return Sentence(
            self.pattern, words, plain, heavy, [Occurrence(*each) for each in found if each[0] in self.wanted]
        )

    def note(self, line: int, sentence: Sentence) -> None:
        """Note how candidates stand in a sentence, the line of that number."""
        words, heavy = sentence.words, sentence.heavy
        for key, start, stop in sentence.hits:
            standing = self.standing.setdefault(key, Standing())
            before = words[start - 1].lower() if start else ""
            noun, verb = before in self.pattern.determiners, before in self.pattern.subjects
            left, right = start > 0 and heavy[start - 1], stop < len(words) and heavy[stop]
            standing.count += 1
            standing.nouns += noun
            standing.told += noun or verb or left or right
            if start and before not in _SENTENCE_STARTS:
                standing.inner += 1
                standing.capitals += all(not words[n][0].islower() for n in range(start, stop) if heavy[n])
            standing.forms[" ".join(words[start:stop])] += 1
            if not standing.lines or standing.lines[-1] != line:
                standing.lines.append(line)


@dataclass(slots=True)
class Links:
    """Count how often a source key was rendered as a target key (`forward`), and the reverse (`backward`).

    `seen` counts the places of each side's keys that were looked at, `sure` sums up the scores of both directions,
    `places` holds the surest places of each pair.
    """

    sides: tuple[Side, Side]
    forward: Counter[KeyPair] = field(default_factory=Counter)
    backward: Counter[KeyPair] = field(default_factory=Counter)
    sure: dict[KeyPair, float] = field(default_factory=dict)
    places: dict[KeyPair, list[Place]] = field(default_factory=dict)
    lines: int = 0

    def add(self, line: int, words: tuple[Words, Words], found: Posteriors) -> None:
        """Count what the candidates of a sentence pair, the line of that number, are rendered as."""
        read = [side.read(held) for side, held in zip(self.sides, words, strict=True)]
        self.lines += 1
        for near in (0, 1):
            hits = read[near].hits
            self.sides[near].note(line, read[near])
            if not hits or not found.forward.size:
                continue
            seen = found.mirrored() if near else found
            rendered = render(seen, hits, words[1 - near])
            for hit, (start, stop, score) in zip(hits, rendered, strict=True):
                if score:
                    other = read[1 - near].trimmed(start, stop)
                    if other.key in self.sides[1 - near].wanted:
                        self._count(line, hit, other, score, near)

    def _count(self, line: int, hit: Occurrence, other: Occurrence, score: float, near: int) -> None:
        source, target = (other, hit) if near else (hit, other)
        pair = source.key, target.key
        (self.backward if near else self.forward)[pair] += 1
        self.sure[pair] = self.sure.get(pair, 0.0) + score
        kept = self.places.setdefault(pair, [])
        if not any(place.line == line for place in kept):
            place = Place(score, line, source[1:], target[1:])
            if len(kept) < _EVIDENCE:
                heapq.heappush(kept, place)
            else:
                heapq.heappushpop(kept, place)


def render(found: Posteriors, hits: Sequence[Occurrence], target: Words) -> list[tuple[int, int, float]]:
    """Give for each hit, a span of source words, the span of target words that renders it, and how sure that is.

    As `bialign.words.renderings` does, for many spans of one sentence at once.
    """
    agreement = found.agreement()
    sums = _summed(agreement)
    starts, stops = (np.array([hit[field] for hit in hits]) for field in (1, 2))
    inside = sums[stops] - sums[starts]
    light = np.array([word.lower() in _LIGHT for word in target])
    gains = inside - np.where(light, np.float32(_FOREIGN), np.float32(1)) * (sums[-1] - inside) - np.float32(_GAP)
    # "brote de la COVID-19" is one run, whatever its small words are linked to
    inner = np.array([word.lower() in _INSIDE for word in target])
    gains = np.where(inner, np.maximum(gains, 0), gains)
    firsts, lasts = _best_runs(gains)
    loose = light & (inside < _OWN)
    out = []
    for number, ends in enumerate(zip(firsts.tolist(), lasts.tolist(), strict=True)):
        first, last = ends
        while first < last - 1 and loose[number, first]:
            first += 1
        while first < last - 1 and loose[number, last - 1]:
            last -= 1
        rows = slice(hits[number].start, hits[number].stop)
        share = float(found.forward[rows, first:last].sum(axis=1).mean())
        purity = float(found.backward[rows, first:last].sum(axis=0).mean())
        score = min(1.0, max(share * purity, 0.0) ** 0.5)
        out.append((first, last, score) if score >= _LEAST else (0, 0, 0.0))
    return out


def _summed(agreement: Floats) -> Floats:
    """Give the sums of the first rows: none of them, the first one, the first two ..."""
    return np.concatenate([np.zeros((1, agreement.shape[1]), np.float32), np.cumsum(agreement, axis=0)])


def _best_runs(gains: Floats) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give the start and stop of the run with the largest sum in each row."""
    sums = np.concatenate([np.zeros((len(gains), 1)), np.cumsum(gains, axis=1, dtype=np.float64)], axis=1)
    lowest = np.minimum.accumulate(sums[:, :-1], axis=1)
    stops = np.argmax(sums[:, 1:] - lowest, axis=1) + 1
    columns = np.arange(sums.shape[1])
    starts = np.argmin(np.where(columns[None, :] < stops[:, None], sums, np.inf), axis=1)
    return starts, stops


def link(
    pairs: Sequence[tuple[Words, Words]],
    sides: tuple[Side, Side],
    learned: int,
    progress: Callable[[float], None] | None = None,
) -> Links:
    """Link the words of sentence pairs, after learning from at most `learned` of them, and count the renderings."""
    from bialign.words import WordAligner

    # words compared by themselves are quicker, and learn as well; what few lines render is better told in context
    learner = WordAligner(context=False)
    learner.add(pairs[:: -(-len(pairs) // learned) or 1])
    aligner = WordAligner(learner.lexicon) if len(pairs) <= _FEW else learner
    links = Links(sides)
    for number, (pair, found) in enumerate(zip(pairs, aligner.posteriors(pairs), strict=True)):
        links.add(number, pair, found)
        if progress and number % 256 == 0:
            progress(number / len(pairs))
    return links
