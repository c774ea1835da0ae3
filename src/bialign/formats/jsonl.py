"""Beads as JSON lines, in the shape data sets for machine translation have: a ``translation`` by language."""

from __future__ import annotations

import json
from collections.abc import Iterator

from bialign.bitext import Bitext
from bialign.citation import Citations
from bialign.formats.characters import encodable
from bialign.formats.identifiers import bead_id, side_names
from bialign.formats.report import Tally


def chunks(bitext: Bitext, tally: Tally | None = None) -> Iterator[str]:
    """Give one object a line: id, doc, type, status, probability, translation, segment indices of both sides;

    then `reason`, `moved_to`: the id of the bead where the translation of a moved one begins, or "", and where each
    side begins, as people cite it ("p. 12, par. 3"), or "".

    The keys of the sides are the primary languages ("en", "es"), or "source" and "target" where these are unknown or
    the same. A null bead has an empty text on its empty side; its type tells.
    """
    source, target = side_names(bitext)
    moved_to, cite = bitext.moved_to(), Citations(bitext)
    for number, bead in enumerate(bitext.beads):
        places = cite(bead)
        record = {
            "id": bead_id(bitext, bead),
            "doc": bitext.id,
            "type": bead.type,
            "status": bead.status,
            "probability": round(bead.probability, 4),
            "translation": {source: bitext.source_text(bead), target: bitext.target_text(bead)},
            f"{source}_ids": list(bead.source.indices),
            f"{target}_ids": list(bead.target.indices),
            "reason": bead.reason,
            "moved_to": bead_id(bitext, bitext.beads[moved_to[number]]) if number in moved_to else "",
            f"{source}_place": places[0],
            f"{target}_place": places[1],
        }
        # U+2028 and U+0085 inside a string are legal JSON, but some readers take them for line ends
        line = encodable(json.dumps(record, ensure_ascii=False, allow_nan=False))
        for character in "\x85\u2028\u2029":
            line = line.replace(character, f"\\u{ord(character):04x}")
        yield line + "\n"
        if tally:
            tally.units += 1
