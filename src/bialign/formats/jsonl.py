"""Beads as JSON lines, in the shape data sets for machine translation have: a ``translation`` by language."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from bialign.bitext import Bead, Bitext, Extra, commented
from bialign.citation import Citations
from bialign.formats.characters import encodable
from bialign.formats.files import Output
from bialign.formats.identifiers import bead_id, side_names
from bialign.formats.options import Options
from bialign.formats.report import Tally


def chunks(bitext: Bitext, tally: Tally | None = None) -> Iterator[str]:
    """Give one object a line, as `records` has them."""
    for record in records(bitext, bitext.beads, tally):
        yield line(record)


def line(record: Mapping[str, object]) -> str:
    """Give an object as a line of JSON that every reader takes for one."""
    # U+2028 and U+0085 inside a string are legal JSON, but some readers take them for line ends
    text = encodable(json.dumps(record, ensure_ascii=False, allow_nan=False))
    for character in "\x85\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text + "\n"


def records(bitext: Bitext, beads: Iterable[Bead], tally: Tally | None = None) -> Iterator[dict[str, object]]:
    """Give beads of a bitext: id, doc, type, status, probability, translation, segment indices of both sides;

    then `reason`, `moved_to`: the id of the bead where the translation of a moved one begins, or "", where each side
    begins, as people cite it ("p. 12, par. 3"), or "", `move_probability`, None where nothing was moved, the `comment`,
    and `extras`: what other programs said, each with kind, name, value and side.

    The keys of the sides are the primary languages ("en", "es"), or "source" and "target" where these are unknown or
    the same. A null bead has an empty text on its empty side; its type tells. No text holds what UTF-8 cannot.
    """
    source, target = side_names(bitext)
    cite = Citations(bitext)
    moved = goals(bitext)
    for bead in beads:
        places, (goal, chance) = cite(bead), moved.get(id(bead), (None, None))
        yield {
            "id": encodable(bead_id(bitext, bead)),
            "doc": encodable(bitext.id),
            "type": bead.type,
            "status": bead.status,
            "probability": round(bead.probability, 4),
            "translation": {
                source: encodable(bitext.source_text(bead)),
                target: encodable(bitext.target_text(bead)),
            },
            f"{source}_ids": list(bead.source.indices),
            f"{target}_ids": list(bead.target.indices),
            "reason": encodable(bead.reason),
            "moved_to": encodable(bead_id(bitext, goal)) if goal else "",
            f"{source}_place": encodable(places[0]),
            f"{target}_place": encodable(places[1]),
            "move_probability": chance,
            "comment": encodable(bead.comment),
            "extras": [_extra(extra) for extra in commented(bead.extras, "") if extra.kind != "id"],
        }
        if tally:
            tally.units += 1


def _extra(extra: Extra) -> dict[str, str]:
    return {name: encodable(value) for name, value in extra._asdict().items()}


def goals(bitext: Bitext) -> dict[int, tuple[Bead, float]]:
    """Give of each moved bead, by its `id()`, the bead where its translation begins, and the move's probability."""
    chances = {("source", i): move.probability for move in bitext.moves for i in move.source.indices}
    chances |= {("target", j): move.probability for move in bitext.moves for j in move.target.indices}
    found = {}
    for number, goal in bitext.moved_to().items():
        bead = bitext.beads[number]
        place = ("source", bead.source.start) if bead.source else ("target", bead.target.start)
        found[id(bead)] = bitext.beads[goal], round(chances[place], 4)
    return found


def outputs(bitext: Bitext, path: Path, options: Options, tally: Tally) -> list[Output]:
    """Give the one file."""
    return [(path, chunks(bitext, tally))]
