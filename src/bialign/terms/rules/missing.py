"""Is an accepted rendering of each term of the source in the target, or something that will do?"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bialign.bitext import Span
from bialign.termbase import Term
from bialign.terms.beads import is_copied
from bialign.terms.families import Word, content_words, holds, related
from bialign.terms.findings import Finding, Severity
from bialign.terms.reading import Linked, Named, Reading
from bialign.terms.rules.usage import is_in_name, is_in_phrase, is_verb_here

_WIDEST = 8
"""Content words within which the words of one rendering may stand apart: "la primera y, peor aún, la segunda ola"."""
_STRONG = 0.5
_BACK = 5
"""Beads back within which a term was named, so that a pronoun, or nothing, may stand for it."""
_SHOWN = 4
"""Renderings of the glossary that a finding names."""


class Candidate(NamedTuple):
    """Hold a term of the source for which nothing accepted was found, with the renderings that would be."""

    bead: int
    named: Named
    accepted: tuple[Term, ...]


def find(reading: Reading, numbers: range) -> Iterator[Finding]:
    """Give findings "rendering" and "omitted", and what was let pass."""
    candidates = []
    for n in numbers:
        if not reading.comparable(n):
            continue
        for found in _unrendered(reading, n):
            passed = _tolerated(reading, found)
            if passed:
                yield passed
            else:
                candidates.append(found)
    for one, linked in zip(candidates, _linked(reading, candidates), strict=True):
        yield _judged(reading, one, linked)


def _linked(reading: Reading, candidates: Sequence[Candidate]) -> list[Linked]:
    """Give what stands for each candidate; where words by themselves tell nothing, those around are looked at too."""
    links = reading.linked([(one.bead, one.named.start, one.named.stop) for one in candidates])
    empty = [number for number, linked in enumerate(links) if linked.stop == linked.start]
    again = [candidates[number] for number in empty]
    closer = reading.linked([(one.bead, one.named.start, one.named.stop) for one in again], context=True)
    found = dict(zip(empty, closer, strict=True))
    return [found.get(number, linked) for number, linked in enumerate(links)]


def _unrendered(reading: Reading, n: int) -> Iterator[Candidate]:
    """Give the terms of a bead's source for which its target has no accepted term, each concept once."""
    seen: set[frozenset[str]] = set()
    # a term that must not be used is told by a rule of its own
    unwanted = {hit.concept.id for hit in reading.used(n)}
    for named in reading.named(n):
        if named.concepts in seen:
            continue
        seen.add(named.concepts)
        if _is_light(reading, named):
            continue
        accepted = reading.accepted(named)
        if accepted and not named.concepts & unwanted:
            yield Candidate(n, named, accepted)


def _tolerated(reading: Reading, one: Candidate) -> Finding | None:
    """Tell of what will do: another form, another use of the word, the rendering in a neighbour."""
    n, lang = one.bead, reading.langs[1]
    if is_copied(reading.beads[n].source, reading.beads[n].target):
        return _finding(reading, one, "“{term}” stands in a passage that is left untranslated", "tolerated", ())
    text = content_words(reading.beads[n].target, lang)
    for term in one.accepted:
        words = content_words(term.text, lang)
        found = holds(text, words, lang) if words else []
        if found and _near(text, found):
            return _finding(reading, one, "“{term}” stands in another form: “{found}”", "tolerated", _spans(found))
    used = _other_use(reading, one)
    if used:
        return _finding(reading, one, used, "tolerated", ())
    return _elsewhere(reading, one, reading.neighbours(n), "“{term}” is rendered in the sentence beside: “{found}”")


def _other_use(reading: Reading, one: Candidate) -> str:
    """Say how else a term is used where it stands; "" where it is itself."""
    place, source = Span(one.named.start, one.named.stop), reading.beads[one.bead].source
    if all(hit.term.case_policy == "free" and is_in_name(source, place, hit.term.text) for hit in one.named.hits):
        return "“{term}” is a part of a name here"
    if not _is_common(reading, one.named):
        return ""
    if is_in_phrase(source, place, reading.langs[0]):
        return "“{term}” is a part of a phrase here"
    if is_verb_here(source, place, reading.langs[0], tuple(term.text for term in one.accepted)):
        return "“{term}” is a verb here, the glossary has a noun"
    return ""


def _elsewhere(reading: Reading, one: Candidate, places: Iterable[int], template: str) -> Finding | None:
    for other in places:
        hits = reading.rendered(one.named, other)
        if hits:
            there = reading.beads[other].target[hits[0].start : hits[0].stop]
            return _finding(reading, one, template, "tolerated", (), found=there)
    return None


def _judged(reading: Reading, one: Candidate, linked: Linked) -> Finding:
    target, lang = reading.beads[one.bead].target, reading.langs[1]
    found = content_words(target[linked.start : linked.stop], lang)
    if not found:
        # Spanish leaves out a subject that is known: the rendering may be some sentences back
        back = range(one.bead - 1, max(-1, one.bead - 1 - _BACK), -1)
        known = _elsewhere(reading, one, back, "“{term}” is left out, as it was “{found}” a few sentences before")
        return known or _partly(reading, one)
    words = [word for term in one.accepted for word in content_words(term.text, lang)]
    span, place = ((linked.start, linked.stop),), Span(one.named.start, one.named.stop)
    if all(any(related(word.plain, other.plain, lang) for other in words) for word in found):
        return _finding(reading, one, "“{term}” is shortened to “{found}”", "tolerated", span)
    common = _is_common(reading, one.named)
    if target[linked.start : linked.stop] == one.named.text and is_in_name(reading.beads[one.bead].source, place, ""):
        return _finding(reading, one, "“{term}” is a part of a name here", "tolerated", span)
    if common and _is_loose(one.named) and _alike(one.named.text, found, reading.langs):
        return _finding(reading, one, "“{term}”, a loose word for it, is rendered “{found}”", "tolerated", span)
    template = "“{found}” stands for “{term}”; the glossary has {accepted}"
    if common:
        template = "“{found}” stands for “{term}”, which may be meant otherwise here; the glossary has {accepted}"
    certain = linked.score >= _STRONG and reading.sure(one.bead) and not common
    severity: Severity = "warning" if certain else "hint"
    return _finding(reading, one, template, severity, span)


def _partly(reading: Reading, one: Candidate) -> Finding:
    """Tell of a term with nothing that surely stands for it; if a word of a rendering is there, of that."""
    lang = reading.langs[1]
    text = content_words(reading.beads[one.bead].target, lang)
    for term in one.accepted:
        words = content_words(term.text, lang)
        part = [
            there for word in words for there in text if len(word.plain) > 4 and related(word.plain, there.plain, lang)
        ]
        if part and len(words) > 1:
            template = "of the renderings of “{term}” only “{found}” is there; the glossary has {accepted}"
            return _finding(reading, one, template, "hint", _spans(part[:1]))
    return _finding(reading, one, "no rendering of “{term}” was found; the glossary has {accepted}", "hint", ())


def _is_light(reading: Reading, named: Named) -> bool:
    """Tell whether a term has the letters of an article or the like: As, the language, and "as"."""
    free = all(hit.term.case_policy == "free" for hit in named.hits)
    return free and not content_words(named.text, reading.langs[0])


def _is_common(reading: Reading, named: Named) -> bool:
    """Tell whether a term is a single ordinary word, which texts use in other senses too: "result", "the military"."""
    exact = any(hit.term.case_policy == "exact" for hit in named.hits)
    return not exact and len(content_words(named.text, reading.langs[0])) < 2


def _is_loose(named: Named) -> bool:
    """Tell whether the glossary itself calls a term another name for the thing."""
    return all(hit.term.status != "preferred" for hit in named.hits)


def _alike(term: str, found: list[Word], langs: tuple[str, str]) -> bool:
    """Tell whether a term is rendered by its cognate: "the military", "los militares"."""
    from rapidfuzz.distance import Prefix

    words = content_words(term, langs[0])
    return any(Prefix.similarity(a.plain, b.plain) >= max(4, len(a.plain) - 3) for a in words for b in found)


def _finding(
    reading: Reading,
    one: Candidate,
    template: str,
    severity: Severity,
    target: tuple[tuple[int, int], ...],
    *,
    found: str = "",
) -> Finding:
    text = reading.beads[one.bead].target
    fields = {
        "term": one.named.text,
        "found": found or " … ".join(text[start:stop] for start, stop in target),
        "accepted": ", ".join(f"“{term.text}”" for term in one.accepted[:_SHOWN]),
    }
    return Finding(
        template,
        fields,
        "rendering" if target or found else "omitted",
        severity,
        one.bead,
        ((one.named.start, one.named.stop),),
        target,
        one.named.text,
        one.named.hits[0].concept.id,
    )


def _near(text: list[Word], found: list[Word]) -> bool:
    places = [bisect_right(text, word.start, key=lambda other: other.start) for word in found]
    return max(places) - min(places) < len(found) + _WIDEST


def _spans(found: list[Word]) -> tuple[tuple[int, int], ...]:
    return tuple(sorted({(word.start, word.stop) for word in found}))
