"""From texts to decisions: every bead looked at once, with its links, one text after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from bialign.bitext import Bead, Bitext, Move, Span
from bialign.citation import Places
from bialign.study.decisions.aside import Asides
from bialign.study.decisions.candidates import candidates_of
from bialign.study.decisions.linked import Linked, linked_beads
from bialign.study.decisions.model import Candidate, Decision, Findings, Passage, Size
from bialign.study.decisions.order import order_of
from bialign.study.decisions.shapes import shape_of
from bialign.study.sources import StudyText
from bialign.words import WordAligner


def find(
    texts: Iterable[StudyText],
    *,
    lang: str = "en",
    with_candidates: bool = True,
    progress: Callable[[float], None] | None = None,
    total: int = 0,
) -> Findings:
    """Find the translator's decisions in texts, and candidates for explicitation and implicitation.

    The source of each bitext is taken for the original and the target for its translation. `lang` ("en", "es") is that
    of the citations. `progress` is called with the share that is done, if `total` says how many texts there are.
    """
    decisions: list[Decision] = []
    candidates: list[Candidate] = []
    sizes: list[Size] = []
    aligner = WordAligner(context=False)
    for number, text in enumerate(texts):

        def done(share: float, before: int = number) -> None:
            if progress and total:
                progress((before + share) / total)

        found, maybe = find_in(text, aligner, lang=lang, with_candidates=with_candidates, progress=done)
        decisions += found
        candidates += maybe
        bitext = text.bitext
        size = len(bitext.beads), len(bitext.source_segments), len(bitext.target_segments)
        sizes.append(Size(text.name, text.groups, *size))
    return Findings(tuple(decisions), tuple(candidates), tuple(sizes))


def find_in(
    text: StudyText,
    aligner: WordAligner | None = None,
    *,
    lang: str = "en",
    with_candidates: bool = True,
    progress: Callable[[float], None] | None = None,
) -> tuple[list[Decision], list[Candidate]]:
    """Find the decisions of one text, in the order of its beads, and candidates for shifts in explicitness.

    The candidates come the strongest first. `progress` is called with the share of the text that is done.
    """
    reading = _Reading(text, lang)
    aligner = aligner or WordAligner(context=False)
    linked = {each.number: each for each in linked_beads(text.bitext, aligner, progress)}
    decisions = list(reading.decisions(linked))
    return decisions, list(reading.candidates(linked)) if with_candidates else []


class _Reading:
    """Make the decisions of one text."""

    def __init__(self, text: StudyText, lang: str) -> None:
        self.text, self._bitext = text, text.bitext
        self._lang = lang
        self._asides = Asides(text.bitext)
        self._places = Places(text.bitext.source), Places(text.bitext.target)
        self._passages = 0
        self._moves = _moves_of(text.bitext)

    def decisions(self, linked: dict[int, Linked]) -> Iterator[Decision]:
        """Give all decisions in the order of the beads; a move stands where its first bead does."""
        told: set[Move] = set()
        run = 0
        before: Bead | None = None
        for number, bead in enumerate(self._bitext.beads):
            move = self._moves.get(number)
            if move is not None:
                if move not in told:
                    told.add(move)
                    yield self._moved(move)
                before = None
                continue
            if bead.is_null and not (
                before is not None and before.is_null and bool(before.target) == bool(bead.target)
            ):
                self._passages += 1
                run = self._passages
            before = bead
            yield from self._of_bead(number, bead, linked.get(number), run if bead.is_null else None)

    def candidates(self, linked: dict[int, Linked]) -> Iterator[Candidate]:
        """Give the candidates in beads that count as the translator's, the strongest first."""
        text = self.text
        hits = [hit for hit in candidates_of(self._bitext, linked) if not self._asides.of(hit.bead)]
        for hit in sorted(hits, key=lambda hit: -hit.score):
            bead = self._bitext.beads[hit.bead]
            yield Candidate(
                text.name, text.groups, hit.shift, hit.kind, hit.evidence, hit.score, text.bead_id(hit.bead),
                *self.passages(bead.source, bead.target), bead.probability, bead.status,
            )  # fmt: skip

    def _of_bead(self, number: int, bead: Bead, linked: Linked | None, passage: int | None) -> Iterator[Decision]:
        order = order_of(linked) if linked else None
        types = shape_of(bead, linked)
        if order is not None and order.reordered and "reordered" not in types:
            types = (*types, "reordered")
        aside = self._asides.of(number)
        source, target = self.passages(bead.source, bead.target)
        for place, type in enumerate(types):
            yield Decision(
                self.text.name, self.text.groups, type, place == 0, aside, self.text.bead_id(number), int(place == 0),
                source, target, bead.probability, bead.status, passage=passage,
                crossing=order.crossing if order else None,
            )  # fmt: skip

    def _moved(self, move: Move) -> Decision:
        beads = [number for number, each in self._moves.items() if each is move]
        here = [number for number in beads if self._bitext.beads[number].source]
        there = [number for number in beads if number not in here]
        statuses = {self._bitext.beads[number].status for number in beads}
        status = statuses.pop() if len(statuses) == 1 else "rejected" if "rejected" in statuses else "unreviewed"
        self._passages += 1
        source, target = self.passages(move.source, move.target)
        return Decision(
            self.text.name, self.text.groups, "moved", True, "rejected" if status == "rejected" else "",
            self.text.bead_id((here or beads)[0]), len(beads), source, target, move.probability, status,
            moved_to=self.text.bead_id(there[0]) if there else None, passage=self._passages,
        )  # fmt: skip

    def passages(self, source: Span, target: Span) -> tuple[Passage, Passage]:
        """Give both sides of a bead, or of a move."""
        return self._passage(0, source), self._passage(1, target)

    def _passage(self, side: int, span: Span) -> Passage:
        bitext = self._bitext
        document = (bitext.source, bitext.target)[side]
        segments = (bitext.source_segments, bitext.target_segments)[side]
        # a side without sentences stands where the next one begins
        at = segments[span.start] if span.start < len(segments) else None
        start = at.start if at else segments[-1].stop if segments else 0
        length = segments[-1].stop if segments else 0
        return Passage(
            " ".join(segment.text for segment in segments[span.start : span.stop]),
            self._places[side].cite(start, self._lang) if span and document.text else "",
            span.start + 1,
            len(span),
            (at or segments[-1]).paragraph + 1 if segments else 0,
            start / length if length else 0.0,
        )


def _moves_of(bitext: Bitext) -> dict[int, Move]:
    """Give for each null bead that was moved the move it belongs to: the first, where it belongs to several."""
    if not bitext.moves:
        return {}
    sources = {i: number for number, bead in enumerate(bitext.beads) for i in bead.source.indices}
    targets = {j: number for number, bead in enumerate(bitext.beads) for j in bead.target.indices}
    found: dict[int, Move] = {}
    for move in bitext.moves:
        for number in _once([sources[i] for i in move.source.indices] + [targets[j] for j in move.target.indices]):
            found.setdefault(number, move)
    return dict(sorted(found.items()))


def _once(numbers: Sequence[int]) -> list[int]:
    return list(dict.fromkeys(numbers))
