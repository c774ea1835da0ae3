"""Why a bead is sure or doubtful, in a few statements a person can read and check against the texts.

A statement is made only where it tells something: what else was possible and what decides between the two, words that
translate each other across a cut, sides that differ in meaning or in length. What a statement is about is a function
in WITNESSES; what decides comes from all features, by the groups of module contrast.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from bialign.aligner.contrast import Contrast, contrasts
from bialign.aligner.crossing import Link, crossing_words
from bialign.aligner.features import LATTICE_FEATURES
from bialign.aligner.similarity import LONGEST
from bialign.aligner.weights import Weights
from bialign.bitext import Bead, Reason, Span

if TYPE_CHECKING:
    from bialign.aligner.align import Decoded

_ALTERNATIVE, _MOST_ALTERNATIVES = 0.05, 3  # probability of beads worth naming beside the one chosen
_DECISIVE, _DECISIVE_SHARE = 0.5, 0.25  # log weight, and share of the largest, from which a group decides
_USUAL_FROM = 8  # beads from which a text has a usual closeness
_FAR, _LESS = 0.2, 0.1  # closeness below the usual one
_NO_CLOSER = 0.05  # cosine above that of the sentences around
_DEVIATION, _LOG_RATIO = 5.0, 0.4  # squared deviation (Gale & Church) and |log ratio| of lengths worth a word
_STRONG_LINK, _LINKS = 2.0, 3  # leak times weight of words worth naming; how many pairs are named
_NEEDED = 0.03  # closeness that a sentence must add to be called needed
_RUN = 3  # null beads in a row worth a word
_QUOTE = 28  # characters of a sentence that are quoted

ADVANTAGES = {
    "meaning": "closer meaning",
    "length": "better lengths",
    "words": "more words with a partner",
    "numbers": "shared numbers and terms",
    "cuts": "cleaner cuts",
    "kind": "more usual kind of bead",
    "nulls": "fewer sentences left alone",
    "paragraphs": "paragraph borders",
}
"""What one of two paths has over the other, by the groups of features."""


@dataclass(frozen=True, slots=True)
class _View:
    """Hold a bead of the path with all that can be said of it."""

    decoded: Decoded
    source: Sequence[str]
    target: Sequence[str]
    crossing: Callable[[int, int], str]  # the words that translate each other across a cut
    usual: float | None  # closeness of the path's beads, the median
    position: int
    bead: Bead
    contrasts: Sequence[Contrast]

    def closeness(self, source: Span, target: Span) -> float:
        return closeness(self.decoded, source, target)

    def feature(self, name: str) -> float:
        return float(self.decoded.features[self.decoded.path[self.position], LATTICE_FEATURES.index(name)])


def explained(decoded: Decoded, weights: Weights, source: Sequence[str], target: Sequence[str]) -> list[Bead]:
    """Give the beads of the path with their reasons; `source` and `target` are the texts' segments."""
    from bialign.encode.use import pieces

    beads = decoded.beads
    matches = [closeness(decoded, bead.source, bead.target) for bead in beads if not bead.is_null]
    usual = float(np.median(matches)) if len(matches) >= _USUAL_FROM else None
    spelt = pieces(source), pieces(target)

    @cache
    def crossing(i: int, j: int) -> str:
        return _named(crossing_words(decoded.evidence, *spelt, i, j))

    out = []
    for position, bead in enumerate(beads):
        others = contrasts(decoded, weights, position, _ALTERNATIVE, _MOST_ALTERNATIVES)
        view = _View(decoded, source, target, crossing, usual, position, bead, others)
        reasons = tuple(reason for witness in WITNESSES for reason in witness(view))
        out.append(replace(bead, reasons=reasons, reason=" · ".join(map(str, reasons))))
    return out


def closeness(decoded: Decoded, source: Span, target: Span) -> float:
    """Tell how near two runs of segments are in meaning: 1 identical, 0 no nearer than chance."""
    sides = decoded.evidence.similarities
    k, m, i, j = len(source), len(target), np.array([source.start]), np.array([target.start])
    far = 2 - sides.source.mean[min(k, LONGEST) - 1, i] - sides.target.mean[min(m, LONGEST) - 1, j]
    return float((1 - 2 * (1 - decoded.evidence.cosine(k, m, i, j)) / (far + 1e-6))[0])


# --- what else was possible -----------------------------------------------------------------------------------------


def _alternatives(view: _View) -> Iterator[Reason]:
    told: set[tuple[str, object]] = set()
    for number, contrast in enumerate(view.contrasts):
        reason = _alternative(view, contrast)
        # paths that differ elsewhere may mean the same for this bead
        about = (reason.template, tuple(value for name, value in reason.fields.items() if name != "percent"))
        if about not in told:
            told.add(about)
            yield reason
        if number == 0:
            yield from _balance(contrast)


def _alternative(view: _View, contrast: Contrast) -> Reason:
    own = [view.decoded.bead(edge) for edge in contrast.own]
    other = [view.decoded.bead(edge) for edge in contrast.other]
    fields: dict[str, object] = {"percent": percent(contrast.probability)}
    if len(own) == 1:
        template = "or {percent}%: split into {types}"
        fields["types"] = " + ".join(bead.type for bead in other)
        return Reason("alternative", template, fields, False, view.decoded.bead(contrast.edge))
    if len(other) == 1:
        fields["type"] = other[0].type
        template = "or {percent}%: joined with its neighbours, {type}"
        if own[0] == view.bead:
            template = "or {percent}%: joined with what follows, {type}"
        elif own[-1] == view.bead:
            template = "or {percent}%: joined with what precedes, {type}"
        return Reason("alternative", template, fields, False, other[0])
    return _otherwise(view, _holder(view, contrast, other))


def _holder(view: _View, contrast: Contrast, other: list[Bead]) -> Bead:
    """Give the bead of another path that holds most of what this bead holds, the contradicting one if any."""

    def shared(bead: Bead) -> int:
        return _common(bead.source, view.bead.source) + _common(bead.target, view.bead.target)

    return max([view.decoded.bead(contrast.edge), *other], key=shared)


def _common(one: Span, other: Span) -> int:
    return max(0, min(one.stop, other.stop) - max(one.start, other.start))


def _otherwise(view: _View, other: Bead) -> Reason:
    """Describe a bead by what it holds more and less than this one."""
    bead = view.bead
    fields: dict[str, object] = {"percent": percent(other.probability)}
    gained = _quotes(view, other.source, bead.source, view.source) + _quotes(
        view, other.target, bead.target, view.target
    )
    lost = _quotes(view, bead.source, other.source, view.source) + _quotes(view, bead.target, other.target, view.target)
    if other.is_null and not bead.is_null:
        template, gained = "or {percent}%: left alone", []
    elif not lost:
        template = "or {percent}%: with “{gained}”"
    elif not gained:
        template = "or {percent}%: without “{lost}”"
    else:
        template = "or {percent}%: with “{gained}”, without “{lost}”"
    fields |= {name: " + ".join(words) for name, words in (("gained", gained), ("lost", lost)) if words}
    return Reason("alternative", template, fields, False, other)


def _quotes(view: _View, span: Span, without: Span, sentences: Sequence[str]) -> list[str]:
    return [quote(sentences[n]) for n in span.indices if n not in without.indices][:1]


def quote(sentence: str) -> str:
    """Quote the first words of a sentence.

    >>> quote("The remains of the victims were found in two secret graves.")
    'The remains of the victims…'
    """
    words = " ".join(sentence.split())
    if len(words) <= _QUOTE:
        return words
    return words[:_QUOTE].rsplit(" ", 1)[0].rstrip(",;:.") + "…"


def _balance(contrast: Contrast) -> Iterator[Reason]:
    """Say what the own path has over the other, and what the other has over it."""
    ordered = sorted(contrast.gains, key=lambda group: -abs(contrast.gains[group]))
    least = max(_DECISIVE, abs(contrast.gains[ordered[0]]) * _DECISIVE_SHARE)
    own = tuple(ADVANTAGES[group] for group in ordered if contrast.gains[group] >= least)
    other = tuple(ADVANTAGES[group] for group in ordered if contrast.gains[group] <= -least)
    if own and other:
        yield Reason("balance", "for this one: {own}; for that one: {other}", {"own": own, "other": other})
    elif own:
        yield Reason("balance", "for this one: {own}", {"own": own}, True)
    elif other:
        yield Reason("balance", "for that one: {other}", {"other": other}, False)


# --- the words at its cuts ------------------------------------------------------------------------------------------


def _cuts(view: _View) -> Iterator[Reason]:
    bead = view.bead
    if words := view.crossing(bead.source.start, bead.target.start):
        yield Reason("cut", "words translate each other across its beginning: {words}", {"words": words}, False)
    if words := view.crossing(bead.source.stop, bead.target.stop):
        yield Reason("cut", "words translate each other across its end: {words}", {"words": words}, False)
    if len(bead.source) > 1 and len(bead.target) > 1:
        inner = [(i, j) for i in bead.source.indices[1:] for j in bead.target.indices[1:]]
        i, j = max(inner, key=lambda cut: _split_closeness(view, *cut))
        if words := view.crossing(i, j):
            yield Reason("cut", "words hold it together across the cut inside: {words}", {"words": words}, True)


def _named(links: Sequence[Link]) -> str:
    if not links or links[0].leak * min(links[0].source.weight, links[0].target.weight) < _STRONG_LINK:
        return ""
    pairs = dict.fromkeys(f"{link.source.text}={link.target.text}" for link in links)
    return ", ".join(list(pairs)[:_LINKS])


def _split_closeness(view: _View, i: int, j: int) -> float:
    source, target = view.bead.source, view.bead.target
    before = view.closeness(Span(source.start, i), Span(target.start, j))
    return min(before, view.closeness(Span(i, source.stop), Span(j, target.stop)))


# --- its two sides --------------------------------------------------------------------------------------------------


def _meaning(view: _View) -> Iterator[Reason]:
    if view.bead.is_null:
        return
    near = view.closeness(view.bead.source, view.bead.target)
    fields: dict[str, object] = {"near": percent(near)}
    if view.usual is None:
        yield Reason("meaning", "closeness in meaning: {near} of 100", fields)
        return
    fields["usual"] = percent(view.usual)
    if near >= view.usual - _LESS:
        yield Reason("meaning", "close in meaning: {near} of 100, {usual} is usual here", fields, True)
    elif near > view.usual - _FAR:
        yield Reason("meaning", "less close in meaning than usual: {near} of 100, not {usual}", fields)
    else:
        yield Reason("meaning", "far apart in meaning: {near} of 100, {usual} is usual here", fields, False)


def percent(share: float) -> str:
    """Give a share in hundredths, none below 0."""
    return f"{max(0.0, 100 * share):.0f}"


def _neighbours(view: _View) -> Iterator[Reason]:
    bead, sides = view.bead, view.decoded.evidence.similarities
    if bead.is_null:
        return
    k, m = min(len(bead.source), LONGEST) - 1, min(len(bead.target), LONGEST) - 1
    rival = (sides.source.rival[k, bead.source.start] + sides.target.rival[m, bead.target.start]) / 2
    places = np.array([bead.source.start]), np.array([bead.target.start])
    cosine = view.decoded.evidence.cosine(len(bead.source), len(bead.target), *places)
    if cosine[0] - rival < _NO_CLOSER:
        yield Reason("neighbours", "no closer to each other than to the sentences around", {}, False)


def _parts(view: _View) -> Iterator[Reason]:
    """Say of several segments against one whether each of them is needed."""
    source, target = view.bead.source, view.bead.target
    if min(len(source), len(target)) != 1 or len(source) == len(target):
        return
    many, sentences = (source, view.source) if len(source) > 1 else (target, view.target)
    whole, found = view.closeness(source, target), []
    for dropped, rest in (
        (many.start, Span(many.start + 1, many.stop)),
        (many.stop - 1, Span(many.start, many.stop - 1)),
    ):
        near = view.closeness(rest, target) if many is source else view.closeness(source, rest)
        found.append((whole - near, near, dropped))
    gain, near, dropped = min(found)
    fields: dict[str, object] = {"words": quote(sentences[dropped]), "near": percent(near), "whole": percent(whole)}
    if gain >= _NEEDED:
        yield Reason("part", "all of it is needed: without “{words}” closeness is {near}, not {whole}", fields, True)
    else:
        yield Reason("part", "“{words}” adds nothing: without it closeness is {near}, with it {whole}", fields, False)


def _length(view: _View) -> Iterator[Reason]:
    bead, evidence = view.bead, view.decoded.evidence
    if bead.is_null:
        return
    source, target = evidence.source.lengths, evidence.target.lengths
    # a segment counts one character more than it has, for the space after it
    left = float(source[bead.source.stop] - source[bead.source.start])
    right = float(target[bead.target.stop] - target[bead.target.start])
    usual = left * float(target[-1] / source[-1])
    deviation = (right - usual) ** 2 / (6.8 * (right + usual) / 2)
    if deviation < _DEVIATION or abs(np.log(right / usual)) < _LOG_RATIO:
        return
    template = "the target is long for its source: {left} → {right} characters, {usual} are usual"
    if right < usual:
        template = "the target is short for its source: {left} → {right} characters, {usual} are usual"
    fields = {"left": f"{left - 1:.0f}", "right": f"{right - 1:.0f}", "usual": f"{usual:.0f}"}
    yield Reason("length", template, fields, False)


# --- null beads, paragraphs -----------------------------------------------------------------------------------------


def _partner(view: _View) -> Iterator[Reason]:
    """Name the sentence that is nearest to one left alone."""
    bead, band = view.bead, view.decoded.evidence.band
    if not bead.is_null:
        return
    if bead.source:
        i = bead.source.start
        places = [(i, j) for j in range(int(band.lo[i]), int(band.hi[i]) + 1) if j < len(view.target)]
    else:
        j = bead.target.start
        rows = range(int(np.searchsorted(band.hi, j)), int(np.searchsorted(band.lo, j, side="right")))
        places = [(i, j) for i in rows if i < len(view.source)]
    near, *best = max((view.closeness(Span(i, i + 1), Span(j, j + 1)), i, j) for i, j in places)
    words = quote(view.target[best[1]] if bead.source else view.source[best[0]])
    fields: dict[str, object] = {"words": words, "near": percent(near)}
    if near > (view.usual or 2 * _FAR) - _FAR:
        yield Reason("partner", "yet “{words}” is close to it: {near} of 100", fields, False)
    else:
        yield Reason("partner", "nothing is close to it: “{words}” comes nearest, with {near} of 100", fields, True)


def _run(view: _View) -> Iterator[Reason]:
    if not view.bead.is_null:
        return
    kind, path = view.decoded.lattice.kind, view.decoded.path
    first = last = view.position
    while first and kind[path[first - 1]] == kind[path[first]]:
        first -= 1
    while last + 1 < len(path) and kind[path[last + 1]] == kind[path[last]]:
        last += 1
    if last + 1 - first >= _RUN:
        yield Reason("run", "one of {count} in a row that have no partner", {"count": last + 1 - first}, True)


def _paragraphs(view: _View) -> Iterator[Reason]:
    if view.bead.is_null:
        return
    if view.feature("border inside"):
        yield Reason("paragraph", "a paragraph begins inside it", {}, False)
    if view.feature("border one"):
        yield Reason("paragraph", "it begins a paragraph in one text only", {}, False)


WITNESSES: tuple[Callable[[_View], Iterator[Reason]], ...] = (
    _alternatives,
    _cuts,
    _meaning,
    _neighbours,
    _parts,
    _length,
    _partner,
    _run,
    _paragraphs,
)
"""What can be said of a bead, in the order it is said."""
