"""The stages one after the other: count, choose, link, rank, show."""

from __future__ import annotations

import functools
import math
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from bialign.bitext import Bitext
from bialign.terms.extraction.acronyms import expansions
from bialign.terms.extraction.concepts import gathered
from bialign.terms.extraction.counting import Counts, Folding, c_values
from bialign.terms.extraction.general import General
from bialign.terms.extraction.lines import BitextLines, Line, Lines
from bialign.terms.extraction.model import Candidate, CandidateKind
from bialign.terms.extraction.pairing import Links, Side, link
from bialign.terms.extraction.patterns import PATTERNS, is_acronym
from bialign.words import tokenise

Words = Sequence[str]
Progress = Callable[[float], None]

_CAPITALS = 0.8
"""Share of its places inside sentences from which a word with a capital is a name."""
_RUNS = 8_000
"""Runs of each side that are looked at as candidates, the best by C-value and general frequency."""
_PLACES = 40
"""Places of each that its renderings are told from, the first ones."""
_RARE = 4
"""As `_PLACES`, from half of the lines on."""
_LINES = 30_000
"""Lines that are looked at, at most."""
_LEARNED = 10_000
"""Sentence pairs that word links are learned from."""


@dataclass
class Found:
    """Hold what was found before it is ranked: all that the ranking may ask."""

    langs: tuple[str, str]
    lines: list[Line]
    words: list[tuple[Words, Words]]
    links: Links
    general: tuple[General, General]
    c_values: tuple[dict[str, float], dict[str, float]]
    acronyms: tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]

    def telling(self, side: int, key: str) -> list[str]:
        """Give the words of a key that can tell a term: none that are closed, nor names that stand elsewhere too."""
        heavy = self._heavy(side, key)
        return [word for word in heavy if not self._is_name(side, word, key)] or heavy

    def is_named(self, side: int, key: str) -> bool:
        """Tell whether a name that stands elsewhere too is a part of a key: "Fujimori regime", "U.S. government"."""
        heavy = self._heavy(side, key)
        return len(heavy) > 1 and any(self._is_name(side, word, key) for word in heavy)

    def _heavy(self, side: int, key: str) -> list[str]:
        closed = self.links.sides[side].pattern.closed
        return [word for word in key.split(" ") if word not in closed]

    def _is_name(self, side: int, word: str, key: str) -> bool:
        standing = self.links.sides[side].standing
        held = standing.get(word)
        if held is None or held.count <= 2 * standing[key].count:
            return False
        return held.capitals > _CAPITALS * held.inner > 0 and (not is_acronym(word) or "." in word)

    def excess(self, side: int, key: str) -> float:
        """Give the excess over general language of a key's most telling word."""
        return max(map(self.general[side].excess, self.telling(side, key)), default=0.0)

    def cohesion(self, side: int, key: str) -> float:
        """Give the share of the places of a run's words, of those that are not closed, where they stand together."""
        heavy = self._heavy(side, key)
        if len(heavy) < 2:
            return 0.0
        places = sum(map(self.general[side].count, heavy))
        return min(1.0, len(heavy) * self.links.sides[side].standing[key].count / places)

    def consensus(self, side: int, key: str) -> float:
        """Give the entropy of the texts that a key's places are in, as a share of what it can be at most."""
        if len(self._texts) < 2:
            return 0.0
        counts = Counter(self.lines[line].bitext for line in self.links.sides[side].standing[key].lines)
        shares = [count / counts.total() for count in counts.values()]
        return -sum(share * math.log(share) for share in shares) / math.log(len(self._texts))

    @functools.cached_property
    def _texts(self) -> frozenset[str]:
        return frozenset(line.bitext for line in self.lines)

    def keyness(self, side: int, key: str) -> float:
        """Give the log-likelihood against general language of a key's most telling word."""
        return max(map(self.general[side].keyness, self.telling(side, key)), default=0.0)


def extract(
    texts: Bitext | Sequence[Bitext] | Lines,
    *,
    limit: int | None = None,
    kind: CandidateKind | None = None,
    least: int = 2,
    evidence: int = 3,
    without: Collection[str] = (),
    progress: Progress | None = None,
) -> list[Candidate]:
    """Find pairs of expressions that may be terms in aligned English and Spanish texts, the likeliest first.

    `texts` are bitexts, or lines as `bialign.terms.extraction.lines` has them. An expression stands at least `least`
    times on its side. Each candidate comes with up to `evidence` lines. Those whose keys are in `without` are left out;
    `limit` says how many are given. Names of people and places come after all terms; `kind` chooses "term" or "name".
    `progress` is called with the share that is done.

    Time grows with the texts up to some ten thousand pairs and slowly beyond, memory does not: see docs/benchmarks.md.
    Raises BialignError where no texts are English and Spanish.
    """
    found = find(_lines(texts), least=least, progress=progress)
    candidates = [each for each in gathered(found, evidence) if each.key not in without]
    return sorted((each for each in candidates if kind in {None, each.kind}), key=_is_name)[:limit]


def _is_name(candidate: Candidate) -> bool:
    return candidate.kind == "name"


def _lines(texts: Bitext | Sequence[Bitext] | Lines) -> Lines:
    if isinstance(texts, Bitext):
        return BitextLines([texts])
    return BitextLines(texts) if isinstance(texts, Sequence) else texts


def find(lines: Lines, *, least: int = 2, progress: Progress | None = None) -> Found:
    """Count runs of words and their renderings in lines."""
    langs = lines.langs
    counts = tuple(Counts(PATTERNS[lang]) for lang in langs)
    acronyms: tuple[Counter[tuple[str, str]], ...] = (Counter(), Counter())
    for _, words in _tokenised(lines):
        for side in (0, 1):
            counts[side].add(words[side])
            for place, start, stop in expansions(words[side], PATTERNS[langs[side]]):
                acronyms[side][words[side][place], " ".join(words[side][start:stop])] += 1
    sides, general, values = zip(*(_chosen(each, least) for each in counts), strict=True)
    kept_lines, kept_words = _kept(lines, (sides[0], sides[1]))
    links = link(kept_words, (sides[0], sides[1]), _LEARNED, progress)
    return Found(
        langs,
        kept_lines,
        kept_words,
        links,
        (general[0], general[1]),
        (values[0], values[1]),
        (acronyms[0], acronyms[1]),
    )


def _tokenised(lines: Lines) -> Iterator[tuple[Line, tuple[list[str], list[str]]]]:
    for line in lines:
        # the same word is one string everywhere: the kept lines take a tenth of the memory
        source, target = ([sys.intern(token.text) for token in tokenise(line.texts[n], lines.langs[n])] for n in (0, 1))
        yield line, (source, target)


def _chosen(counts: Counts, least: int) -> tuple[Side, General, dict[str, float]]:
    """Choose the runs of a side that may be terms."""
    fold = Folding(counts)
    runs = counts.folded(fold)
    general = General(counts.pattern.lang, counts.words, fold)
    values = c_values(runs, least, counts.pattern.closed)
    if len(values) > _RUNS:
        worth = {
            key: max(value, 0) * sum(map(general.excess, key.split(" "))) / (key.count(" ") + 1)
            for key, value in values.items()
        }
        values = {key: values[key] for key in sorted(worth, key=worth.__getitem__, reverse=True)[:_RUNS]}
    return Side(counts.pattern, fold, values), general, values


def _kept(lines: Lines, sides: tuple[Side, Side]) -> tuple[list[Line], list[tuple[Words, Words]]]:
    """Choose the lines that are looked at: of each candidate the first places."""
    seen: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    kept_lines: list[Line] = []
    kept_words: list[tuple[Words, Words]] = []
    for line, words in _tokenised(lines):
        if len(kept_lines) == _LINES:
            break
        places = _PLACES if len(kept_lines) * 2 < _LINES else _RARE
        keys = [{hit.key for hit in side.read(held).hits} for side, held in zip(sides, words, strict=True)]
        if any(seen[n][key] < places for n in (0, 1) for key in keys[n]):
            kept_lines.append(line)
            kept_words.append(words)
            for n in (0, 1):
                seen[n].update(keys[n])
    return kept_lines, kept_words
