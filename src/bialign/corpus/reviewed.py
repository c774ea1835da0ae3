"""What reviewers changed in a workbook, as decisions that can be done again on a corpus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bialign.corpus.decisions import BeadDecision, Decisions, TextDecision

if TYPE_CHECKING:
    from bialign.readers.bilingual.review import Review


def decisions_of(review: Review, by: str = "") -> Decisions:
    """Give the decisions of a review: texts that were corrected, statuses and comments; `by` is who reviewed.

    `decisions.replay` does them on a bitext of a corpus, also where it has changed since the workbook went out.
    """
    texts, beads = [], []
    near = [0, 0]
    for bead in review.beads:
        place = float(near[0]), float(near[1])
        if bead.changed:
            sides = (("source", bead.was.source, bead.source), ("target", bead.was.target, bead.target))
            for number, (side, before, after) in enumerate(sides):
                if before != after:
                    texts.append(
                        TextDecision("source" if side == "source" else "target", before, after, place[number], by)
                    )
            # a text that was corrected alone says nothing of whether the bead is right
            if bead.status != bead.was.status or bead.comment:
                beads.append(
                    BeadDecision(bead.source, bead.target, bead.status, comment=bead.comment, near=place, by=by)
                )
        near[0] += len(bead.was.source)
        near[1] += len(bead.was.target)
    return Decisions(tuple(texts), tuple(beads))
