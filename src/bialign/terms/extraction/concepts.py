"""Pairs gathered into concepts: other renderings, synonyms, acronyms with what they stand for; terms and names."""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from bialign.terms.extraction.counting import plain_words
from bialign.terms.extraction.model import Candidate, CandidateKind, Evidence, Expression
from bialign.terms.extraction.patterns import Pattern, is_acronym, is_heavy, joined
from bialign.terms.extraction.ranking import Pair, pairs_of

if TYPE_CHECKING:
    from bialign.termbase import Kind
    from bialign.terms.extraction.finding import Found

_OWN = 0.3
"""Share of its places from which an expression belongs to the concept of what it renders."""
_SHARE = 0.15
"""Of the main expression's places, from which another rendering is shown."""
_SHOWN = 3
"""Other renderings that are shown of each language."""
_CAPITALS = 0.8

Group = list[Pair]


def gathered(found: Found, evidence: int) -> Iterator[Candidate]:
    """Give the candidates, the best first, each concept once."""
    groups = _with_acronyms(found, _groups(found, pairs_of(found)))
    groups.sort(key=lambda group: (-max(pair.score for pair in group), group[0].source, group[0].target))
    full = [_expansions(found, side) for side in (0, 1)]
    for group in groups:
        yield _candidate(found, group, full, evidence)


def _groups(found: Found, pairs: list[Pair]) -> list[Group]:
    """Let each expression go with what renders it most often; a group has one pair of which both say so, the first."""
    main: tuple[dict[str, Pair], dict[str, Pair]] = ({}, {})
    for pair in sorted(pairs, key=lambda pair: (-pair.forward - pair.backward, -pair.score, pair.source, pair.target)):
        main[0].setdefault(pair.source, pair)
        main[1].setdefault(pair.target, pair)
    heads = {pair.source: pair for pair in main[0].values() if main[1][pair.target] is pair}
    targets = {pair.target: pair for pair in heads.values()}
    groups: dict[Pair, Group] = {pair: [pair] for pair in heads.values()}
    for pair in main[0].values():
        if pair.source not in heads:
            places = found.links.sides[0].standing[pair.source].count
            head = targets.get(pair.target)
            groups.setdefault(head if head and pair.forward >= _OWN * places else pair, []).append(pair)
    for pair in main[1].values():
        if pair.target not in targets and pair.source in heads:
            groups[heads[pair.source]].append(pair)
    for pair in pairs:
        head = heads.get(pair.source)
        if head is not None and pair not in groups[head] and pair.forward > 1:
            places = found.links.sides[0].standing[pair.source].count
            if pair.forward >= _SHARE * places:
                groups[head].append(pair)
    return list(groups.values())


def _with_acronyms(found: Found, groups: list[Group]) -> list[Group]:
    """Join the group of an acronym and that of what it stands for; the one that stands more often comes first."""
    at = {(side, key): group for group in groups for side, key in enumerate((group[0].source, group[0].target))}
    joined: dict[int, Group] = {id(group): group for group in groups}
    for side in (0, 1):
        for acronym, (phrase, _) in _expansions(found, side).items():
            one, other = at.get((side, acronym)), at.get((side, phrase))
            if one is None or other is None or one is other:
                continue
            first, second = (one, other) if one[0].count >= other[0].count else (other, one)
            first.extend(second)
            joined.pop(id(second), None)
            for key, group in at.items():
                if group is second:
                    at[key] = first
    return list(joined.values())


def _expansions(found: Found, side: int) -> dict[str, tuple[str, str]]:
    """Give for each acronym the key of what it most often stands for, and that as it is written."""
    by: dict[str, Counter[str]] = defaultdict(Counter)
    for (acronym, phrase), count in found.acronyms[side].items():
        by[acronym][phrase] += count
    fold, lang = found.links.sides[side].fold, found.langs[side]
    best = {acronym: phrases.most_common(1)[0][0] for acronym, phrases in by.items()}
    return {fold(acronym): (fold.key(plain_words(phrase.split(" "), lang)), phrase) for acronym, phrase in best.items()}


def _candidate(found: Found, group: Group, full: list[dict[str, tuple[str, str]]], evidence: int) -> Candidate:
    head = group[0]
    keys = [list(dict.fromkeys((pair.source, pair.target)[side] for pair in group)) for side in (0, 1)]
    shown = [_shown(found, side, group, keys[side]) for side in (0, 1)]
    shown_pairs = [pair for pair in group if pair.source in shown[0] and pair.target in shown[1]]
    also = [_expression(found, side, key) for side in (0, 1) for key in shown[side][1:]]
    also += [
        Expression(full[side][key][1], found.langs[side])
        for side in (0, 1)
        for key in shown[side]
        if key in full[side] and full[side][key][0] not in keys[side]
    ]
    return Candidate(
        f"{head.source} = {head.target}",
        _kind(found, head),
        max(pair.score for pair in group),
        _expression(found, 0, head.source),
        _expression(found, 1, head.target),
        tuple(also),
        head.count,
        head.measures,
        tuple(_evidence(found, shown_pairs, evidence)),
    )


def _shown(found: Found, side: int, group: Group, keys: list[str]) -> list[str]:
    """Give the main expression of a side, and those others that are not there by chance."""
    counts: Counter[str] = Counter()
    for pair in group:
        key = (pair.source, pair.target)[side]
        counts[key] = max(counts[key], min(pair.forward, pair.backward))
    main = keys[0]
    others = sorted((key for key in keys[1:] if counts[key] > 1), key=lambda key: (-counts[key], key))
    return [main, *others[:_SHOWN]]


def _expression(found: Found, side: int, key: str) -> Expression:
    standing = found.links.sides[side].standing[key]
    # as a glossary has it: in the singular where that stands somewhere
    pattern, lang = found.links.sides[side].pattern, found.langs[side]
    forms = {
        form: n for form, n in standing.forms.items() if joined(plain_words(form.split(" "), lang), pattern) == key
    }
    choice = forms or standing.forms
    text = max(choice, key=lambda form: (choice[form], form.islower(), form))
    first = found.links.sides[side].standing.get(key.split(" ", maxsplit=1)[0])
    if text[0].isupper() and text[1:].islower() and first is not None and first.capitals * 2 < first.inner:
        text = text.lower()
    kind: Kind = "acronym" if is_acronym(text) and " " not in text else "full form"
    return Expression(text, found.langs[side], kind, standing.count, tuple(standing.forms.most_common()))


def _kind(found: Found, pair: Pair) -> CandidateKind:
    """Tell names of people and places from terms: in capitals on both sides, and what they are called is no word.

    "Joint Command" is a term, since *command* is a word; "General Robles" is a name, and so is what always has capitals
    and is never translated, word or not: "Henry Ford".
    """
    sides = [
        (side, key, side.standing[key]) for side, key in zip(found.links.sides, (pair.source, pair.target), strict=True)
    ]
    if any(is_acronym(word) for word in (pair.source, pair.target)):
        # of acronyms those of countries alone have full stops
        return "name" if "." in pair.source and "." in pair.target else "term"
    capitals = [each.capitals / each.inner if each.inner else 0.0 for _, _, each in sides]
    if pair.source == pair.target and min(capitals) > _CAPITALS:
        return "name"
    english = sides[found.langs.index("en")]
    form = english[2].forms.most_common(1)[0][0].split(" ")
    head = _head(form, english[0].pattern)
    if not _is_proper(head):
        return "term"
    spanish = sides[found.langs.index("es")][2].forms.most_common(1)[0][0]
    same = head in spanish.split(" ")
    single = " " not in pair.source and " " not in pair.target
    return "name" if min(capitals) > _CAPITALS or (same and not single) else "term"


def _head(form: list[str], pattern: Pattern) -> str:
    """Give the word of an English expression that says what the thing is: the last one before an "of"."""
    heavy = [is_heavy(word, pattern) for word in form]
    stop = next((n for n in range(1, len(form)) if not heavy[n] and heavy[n - 1]), len(form))
    return form[stop - 1]


def _is_proper(word: str) -> bool:
    """Tell whether an English word is no common noun: a dictionary has it with a capital, or not at all.

    What has digits names no person or place: "N95".
    """
    known = _english()
    return word.isalpha() and word[0].isupper() and (word.lower() not in known or word.title() in known)


@functools.cache
def _english() -> Mapping[str, str]:
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    # reading it takes a third of a second
    return DefaultDictionaryFactory().get_dictionary("en")


def _evidence(found: Found, group: Group, most: int) -> Iterator[Evidence]:
    seen: set[int] = set()
    for pair in group:
        for place in sorted(found.links.places.get((pair.source, pair.target), ()), reverse=True):
            if len(seen) == most:
                return
            if place.line in seen:
                continue
            seen.add(place.line)
            line = found.lines[place.line]
            source, target = (
                _letters(text, lang, span)
                for text, lang, span in zip(line.texts, found.langs, (place.source, place.target), strict=True)
            )
            yield Evidence(line.bitext, line.bead, line.source, line.target, source, target)


def _letters(text: str, lang: str, span: tuple[int, int]) -> tuple[int, int]:
    from bialign.words import tokenise

    tokens = tokenise(text, lang)
    return tokens[span[0]].start, tokens[span[1] - 1].stop
