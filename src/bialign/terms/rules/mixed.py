"""Two renderings of the same term in one document, both of which the glossary has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from bialign.terms.beads import is_copied
from bialign.terms.families import content_words, related
from bialign.terms.findings import Finding
from bialign.terms.reading import Reading, Use

_KINDS = frozenset({"full form", "variant"})
"""Kinds of terms that are not mixed with each other on purpose, as a name and its acronym are."""
_ENOUGH = 2
"""Uses of a rendering from which another one beside it is surely no choice of the document's."""


def find(reading: Reading, numbers: range) -> Iterator[Finding]:
    """Give findings "mixed", one for each rendering beside the most frequent one, where it stands first."""
    for found in reading.once(_mixtures):
        if found.bead in numbers:
            yield found


def _mixtures(reading: Reading) -> list[Finding]:
    uses: dict[tuple[frozenset[str], str], list[Use]] = defaultdict(list)
    for use in _single(reading):
        term = next(hit.term.text for hit in use.named.hits)
        uses[use.named.concepts, term.casefold()].append(use)
    return [finding for of_term in uses.values() for finding in _of_term(reading, of_term)]


def _single(reading: Reading) -> Iterator[Use]:
    """Give the uses where a bead names a concept by one rendering only: with two, it may explain one by the other.

    What is left untranslated is no use of anything.
    """
    by_place: dict[tuple[int, frozenset[str]], list[Use]] = defaultdict(list)
    for use in reading.uses():
        bead = reading.beads[use.bead]
        if is_copied(bead.source, bead.target):
            continue
        by_place[use.bead, use.named.concepts].append(use)
    for held in by_place.values():
        texts = {use.hit.term.text.casefold() for use in held}
        if len(texts) == 1 and held[0].hit.term.kind in _KINDS:
            yield held[0]


def _of_term(reading: Reading, uses: list[Use]) -> Iterator[Finding]:
    """Give the renderings of one term that are others than the most frequent."""
    groups: list[list[Use]] = []
    for use in uses:
        same = (group for group in groups if _is_same(group[0].hit.term.text, use.hit.term.text, reading.langs[1]))
        group = next(same, None)
        if group is None:
            groups.append([use])
        else:
            group.append(use)
    # of two that are as frequent, the first one is the document's
    groups.sort(key=lambda group: -len(group))
    for group in groups[1:]:
        yield _finding(reading, groups[0], group)


def _is_same(one: str, other: str, lang: str) -> bool:
    """Tell whether two renderings are one in another form, or one the other cut short."""
    first, second = sorted((content_words(one, lang), content_words(other, lang)), key=len)
    return all(any(related(word.plain, o.plain, lang, loose=True) for o in second) for word in first)


def _finding(reading: Reading, most: list[Use], group: list[Use]) -> Finding:
    use = group[0]
    text = reading.beads[use.bead].target[use.hit.start : use.hit.stop]
    fields = {
        "term": use.named.text,
        "found": text,
        "count": len(group),
        "usual": most[0].hit.term.text,
        "most": len(most),
    }
    return Finding(
        "“{found}” stands for “{term}” (times: {count}), elsewhere “{usual}” does ({most})",
        fields,
        "mixed",
        "warning" if len(most) >= _ENOUGH else "hint",
        use.bead,
        ((use.named.start, use.named.stop),),
        ((use.hit.start, use.hit.stop),),
        f"{use.named.text.casefold()}={use.hit.term.text}",
        use.hit.concept.id,
    )
