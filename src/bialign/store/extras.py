"""What files said of beads and bitexts beyond texts and scores: notes, properties, attributes, names.

It is kept by the ids of beads, which are never used twice, a few hundred beads to a row. What an edit changes of one
bead goes into a row of that bead's own, which counts more than a row that came before it: so rows of many are never
written again, and two edits of different beads never touch the same row.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from bialign.bitext import Extra
from bialign.store.database import Database

if TYPE_CHECKING:
    from bialign.store.journal import Edit

WHOLE = 0
"""Stands for the bitext itself, where others have the id of a bead."""
_GROUP = 256
"""Beads that a row tells of."""
_decoder = msgspec.json.Decoder(list[tuple[Extra, ...]])

Extras = tuple[Extra, ...]


def together(parts: Sequence[Extras]) -> Extras:
    """Give what is said of beads that become one: all of the first, and what others say that it leaves open.

    Of one attribute or name there can be one only; the comments of the others are part of the one comment already.
    """
    found = list(parts[0]) if parts else []
    known = {(extra.kind, extra.name, extra.side) for extra in found}
    for extra in (extra for extras in parts[1:] for extra in apart(extras)):
        if extra in found or (extra.kind == "attribute" and (extra.kind, extra.name, extra.side) in known):
            continue
        found.append(extra)
        known.add((extra.kind, extra.name, extra.side))
    return tuple(found)


def apart(extras: Extras) -> Extras:
    """Give what is said of a part that was cut off a bead: all but the name and the comment, which the bead keeps."""
    return tuple(extra for extra in extras if extra.kind != "id" and not extra.is_comment)


def of(database: Database, bitext: int) -> dict[int, Extras]:
    """Give what is said of the beads of a bitext by their ids, and of the whole under WHOLE."""
    found: dict[int, Extras] = {}
    for first, data in database.each("SELECT first, data FROM extra WHERE bitext = ? ORDER BY id", bitext):
        found.update(enumerate(_decoder.decode(zlib.decompress(data)), first))
    return found


def of_bead(database: Database, bitext: int, bead: int) -> Extras:
    """Give what is said of one bead."""
    row = database.row(
        "SELECT first, data FROM extra WHERE bitext = ? AND first <= ? AND last >= ? ORDER BY id DESC LIMIT 1",
        bitext, bead, bead,
    )  # fmt: skip
    return _decoder.decode(zlib.decompress(row[1]))[bead - row[0]] if row else ()


def fill(edit: Edit, bitext: int, first: int, each: Sequence[Extras]) -> None:
    """Write what is said of new beads, whose ids begin with `first` and go on by one."""
    edit.fill("extra", _rows(bitext, first, each))


def keep(edit: Edit, bitext: int, bead: int, extras: Extras) -> None:
    """Let this be said of a bead, instead of what was."""
    if of_bead(edit.database, bitext, bead) == extras:
        return
    data = _packed([extras])
    row = edit.database.row("SELECT id FROM extra WHERE bitext = ? AND first = ? AND last = ?", bitext, bead, bead)
    if row:
        edit.update("extra", row[0], data=data)
    else:
        edit.insert("extra", bitext, bead, bead, data)


def _rows(bitext: int, first: int, each: Sequence[Extras]) -> Iterator[tuple[int, int, int, bytes]]:
    for start in range(0, len(each), _GROUP):
        group = each[start : start + _GROUP]
        if any(group):
            yield bitext, first + start, first + start + len(group) - 1, _packed(group)


def _packed(each: Iterable[Extras]) -> bytes:
    # the quickest: what programs say of units is much the same from one to the next
    return zlib.compress(msgspec.json.encode(each), 1)
