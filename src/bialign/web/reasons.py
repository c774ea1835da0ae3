"""Why a bead is as sure as it is: its surroundings are aligned again, and the aligner says what it sees there."""

from __future__ import annotations

from bialign.bitext import Bead, Span
from bialign.cli.messages import Messages
from bialign.cli.reasons import spoken
from bialign.corpus import Corpus
from bialign.pipeline import align_segments
from bialign.store.beads import SIDES, StoredBead
from bialign.store.passages import Stored
from bialign.web.views import Json, entry_of, thousandths

_AROUND = 12
"""Beads on each side that are aligned with it: enough for the aligner to see its way in and out."""


def explain(corpus: Corpus, id: int, say: Messages) -> Json:
    """Give the aligner's reasons for a bead, and its own probability; where it would group otherwise, how.

    `mine` is the probability in thousandths of the very same bead, None where the aligner takes others; then `instead`
    tells these with theirs. Raises NotFound where the bead is gone.
    """
    store = corpus.store
    with store.database.snapshot():
        bead = store.beads.get(id)
        run = [*store.beads.before(bead, _AROUND), bead, *store.beads.after(bead, _AROUND)]
        sides = [[s for one in run for s in store.beads.segments(one, side)] for side in SIDES]
        entry = entry_of(corpus, bead.bitext)
        langs = [store.contents.document(id)[0].lang for id in (entry.source, entry.target)]
    source, target = _span(run, bead, "sources"), _span(run, bead, "targets")
    found = align_segments(
        *([segment.text for segment in side] for side in sides),
        source_lang=langs[0],
        target_lang=langs[1],
        source_paragraphs=_paragraphs(sides[0]),
        target_paragraphs=_paragraphs(sides[1]),
        termbase=corpus.glossary(),
        explain=True,
    )
    same = next((one for one in found.beads if _alike(one, source, target)), None)
    if same is not None:
        return {"mine": thousandths(same.probability), "reasons": _told(same, say), "instead": []}
    others = [one for one in found.beads if _meets(one.source, source) or _meets(one.target, target)]
    texts = [[segment.text for segment in side] for side in sides]
    instead = [
        {
            "source": " ".join(texts[0][slice(*one.source)]),
            "target": " ".join(texts[1][slice(*one.target)]),
            "p": thousandths(one.probability),
            "reasons": _told(one, say),
        }
        for one in others
    ]
    return {"mine": None, "reasons": [], "instead": instead}


def _told(bead: Bead, say: Messages) -> list[Json]:
    return [{"text": spoken(reason, say), "supports": reason.supports} for reason in bead.reasons]


def _span(run: list[StoredBead], bead: StoredBead, size: str) -> Span:
    start = sum(getattr(one, size) for one in run[: run.index(bead)])
    return Span(start, start + getattr(bead, size))


def _alike(bead: Bead, source: Span, target: Span) -> bool:
    return (bead.source or None, bead.target or None) == (source or None, target or None)


def _meets(one: Span, other: Span) -> bool:
    return max(one.start, other.start) < min(one.stop, other.stop)


def _paragraphs(segments: list[Stored]) -> list[int]:
    return [segment.paragraph for segment in segments]
