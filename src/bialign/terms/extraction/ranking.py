"""Pairs of runs in order of how likely they are terms, each concept once."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bialign.terms.extraction.model import Candidate, CandidateKind, Evidence, Expression, Measures

if TYPE_CHECKING:
    from bialign.terms.extraction.finding import Found

_SHARE = 0.15
"""Of a source expression's places, from which a rendering is given beside the most frequent one."""
_RENDERINGS = 3


@dataclass(frozen=True, slots=True)
class Pair:
    """Hold a source and a target key with what is measured of both."""

    source: str
    target: str
    count: int
    measures: Measures
    capitals: float
    excess: float
    score: float


def ranked(found: Found, evidence: int) -> Iterator[Candidate]:
    """Give the candidates, the best first, each source expression once with its renderings."""
    pairs = pairs_of(found)
    for group in _groups(found, pairs):
        yield _candidate(found, group, evidence)


def pairs_of(found: Found) -> list[Pair]:
    """Measure all pairs that were linked from both sides."""
    links = found.links
    return [_measured(found, *keys) for keys in links.forward if keys in links.backward]


def _measured(found: Found, source: str, target: str) -> Pair:
    links, keys = found.links, (source, target)
    standing = [side.standing[key] for side, key in zip(links.sides, keys, strict=True)]
    forward, backward = links.forward[keys], links.backward[keys]
    confidence = math.sqrt(forward / standing[0].count * backward / standing[1].count)
    values = [max(0.0, found.c_values[n][key]) for n, key in enumerate(keys)]
    nominal = math.sqrt(math.prod((each.nouns + 0.5) / (each.told + 1) for each in standing))
    heavy = [[w for w in key.split(" ") if w not in links.sides[n].pattern.closed] for n, key in enumerate(keys)]
    excess = [sum(map(found.general[n].excess, words)) / max(1, len(words)) for n, words in enumerate(heavy)]
    keyness = [min(map(found.general[n].keyness, words), default=0.0) for n, words in enumerate(heavy)]
    capitals = min((each.capitals + 0.0) / max(1, each.inner) for each in standing)
    c_value = math.sqrt(math.prod(values))
    specific = math.sqrt(math.prod(excess))
    measures = Measures(c_value, math.sqrt(math.prod(keyness)), confidence, 0.0, nominal)
    score = confidence * c_value**0.5 * specific * nominal
    return Pair(source, target, max(forward, backward), measures, capitals, specific, score)


def _groups(found: Found, pairs: list[Pair]) -> list[list[Pair]]:
    by: dict[str, list[Pair]] = {}
    for pair in pairs:
        by.setdefault(pair.source, []).append(pair)
    groups = []
    for source, held in by.items():
        held.sort(key=lambda pair: (-pair.count, -pair.score, pair.target))
        least = _SHARE * found.links.sides[0].standing[source].count
        groups.append([pair for n, pair in enumerate(held[:_RENDERINGS]) if not n or pair.count >= least])
    groups.sort(key=lambda group: (-max(pair.score for pair in group), group[0].source, group[0].target))
    return groups


def _candidate(found: Found, group: list[Pair], evidence: int) -> Candidate:
    first = group[0]
    also = tuple(_expression(found, 1, pair.target) for pair in group[1:])
    kind: CandidateKind = "name" if first.capitals > 0.8 else "term"
    return Candidate(
        f"{first.source} = {first.target}",
        kind,
        first.score,
        _expression(found, 0, first.source),
        _expression(found, 1, first.target),
        also,
        first.count,
        first.measures,
        tuple(_evidence(found, group, evidence)),
    )


def _expression(found: Found, side: int, key: str) -> Expression:
    standing = found.links.sides[side].standing[key]
    forms: Counter[str] = standing.forms
    best = max(forms, key=lambda form: (forms[form], form == key))
    return Expression(best, found.langs[side], "full form", standing.count, tuple(forms.most_common()))


def _evidence(found: Found, group: list[Pair], most: int) -> Iterator[Evidence]:
    for pair in group[:1]:
        for place in sorted(found.links.places[pair.source, pair.target], reverse=True)[:most]:
            line = found.lines[place.line]
            spans = [
                _letters(text, lang, span)
                for text, lang, span in zip(line.texts, found.langs, (place.source, place.target), strict=True)
            ]
            yield Evidence(line.bitext, line.bead, line.source, line.target, spans[0], spans[1])


def _letters(text: str, lang: str, span: tuple[int, int]) -> tuple[int, int]:
    from bialign.words import tokenise

    tokens = tokenise(text, lang)
    return tokens[span[0]].start, tokens[span[1] - 1].stop
