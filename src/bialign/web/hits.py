"""Hits as the page of the concordance reads them; of very long passages only what is near."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bialign.bitext import STATUSES
from bialign.concordance import Hit, Rendered
from bialign.store.beads import SIDES, Side
from bialign.web.views import thousandths

Json = dict[str, Any]
Marks = Sequence[tuple[int, int]]

LONGEST = 4_000
"""Letters of one side of a bead that are shown with a hit."""


def hit_json(hit: Hit, texts: Mapping[str, int], marks: Marks = ()) -> Json:
    """Tell of a hit: the sides `s` and `t` with what is marked in them, and where each stands.

    `texts` gives the ids of bitexts by name; `marks` are more places to be marked on the other side of the hit.
    """
    sides = {side[0]: _side(hit, side, marks) for side in SIDES}
    return {
        "n": hit.number,
        "bead": hit.bead,
        "text": texts[hit.bitext],
        "name": hit.bitext,
        "side": hit.side[0],
        "span": [hit.start, hit.stop],
        "node": hit.node[:LONGEST],
        "left": hit.left,
        "right": hit.right,
        "cite": hit.citation(),
        "type": hit.type,
        "p": thousandths(hit.probability),
        "status": STATUSES.index(hit.status),
        **sides,
    }


def _side(hit: Hit, side: Side, marks: Marks) -> Json:
    """Tell of a side: its text and marks, and the number of letters `cut` that were left out before it."""
    source = side == "source"
    text = hit.source if source else hit.target
    found = list(hit.side_marks(side))
    if side != hit.side:
        found = sorted({*found, *marks})
    near = hit.start if side == hit.side else found[0][0] if found else 0
    text, cut = clipped(text, near)
    return {
        "text": text,
        "cut": cut,
        "marks": [[start - cut, stop - cut] for start, stop in found if start >= cut and stop - cut <= len(text)],
        "lang": hit.source_lang if source else hit.target_lang,
        "title": hit.source_title if source else hit.target_title,
        "place": hit.source_place if source else hit.target_place,
    }


def clipped(text: str, near: int, most: int = LONGEST) -> tuple[str, int]:
    """Give the part of a text around a place, and how many letters stand before that part.

    >>> clipped("0123456789", 7, 4), clipped("0123", 2, 4)
    (('5678', 5), ('0123', 0))
    """
    start = max(0, min(near - most // 2, len(text) - most))
    return text[start : start + most], start


def rendered_marks(rendered: Rendered) -> Marks:
    """Give the place of a rendering as marks; none where there is none."""
    return ((rendered.start, rendered.stop),) if rendered.stop > rendered.start else ()
