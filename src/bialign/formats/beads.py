"""Beads as text, one a line, as Vecalign and the field's gold data have them: ``[0, 1]:[0]:0.9731``.

The numbers are segment indices from 0; ``[]`` is the empty side of a null bead; the third field is the probability.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from bialign.bitext import Bead, Bitext, Span
from bialign.errors import FormatError, ReadError
from bialign.formats.files import Output, write_whole
from bialign.formats.options import Options
from bialign.formats.report import Tally

_SIDE = r"\[\s*((?:\d+\s*(?:,\s*\d+\s*)*)?)\]"
_LINE = re.compile(rf"\s*{_SIDE}\s*:\s*{_SIDE}\s*(?::\s*(\S+))?\s*", re.ASCII)
# far above any document, far below what would exhaust memory
LARGEST_INDEX = 100_000_000


def load_beads(path: Path | str) -> list[Bead]:
    """Read a bead file; raise ReadError where it cannot be read, FormatError with the line where it breaks the form.

    The beads keep the order of the file and need not tile the two sides: gold data of the field does not always.
    """
    path = Path(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ReadError(path, "cannot be read: {why}", why=error.strerror or error) from None
    except UnicodeDecodeError as error:
        raise FormatError(path, "no bead file: not text at byte {offset}", offset=error.start) from None
    return loads(text, path)


def dump_beads(beads: Iterable[Bead], path: Path | str) -> None:
    """Write beads one a line, whole or not at all."""
    write_whole([(Path(path), chunks(beads))])


def dumps(beads: Iterable[Bead]) -> str:
    r"""Give beads one a line, with the probability to four decimals.

    >>> dumps([Bead(Span(0, 2), Span(0, 1), 0.97312), Bead(Span(2, 2), Span(1, 2))])
    '[0, 1]:[0]:0.9731\n[]:[1]:1.0000\n'
    """
    return "".join(chunks(beads))


def chunks(beads: Iterable[Bead], tally: Tally | None = None) -> Iterator[str]:
    """Give the lines of a bead file."""
    for bead in beads:
        yield f"{list(bead.source.indices)}:{list(bead.target.indices)}:{bead.probability:.4f}\n"
        if tally:
            tally.units += 1


def loads(text: str, path: Path | str = "<beads>") -> list[Bead]:
    """Read beads from a text; blank lines and lines that start with ``#`` are passed over, `path` names it in errors.

    The empty side of a null bead stands where that side's last index left off. Indices of a side must follow one
    another, with one exception that published gold data needs: a gap is closed when its segments are null beads of the
    same file, as in ``[250]:[291, 293]`` and ``[]:[292]``.

    >>> [(tuple(b.source), tuple(b.target), b.probability) for b in loads("[0]:[0, 1]:0.5\\n[]:[2]")]
    [((0, 1), (0, 2), 0.5), ((1, 1), (2, 3), 1.0)]
    """
    rows = [
        (number, *_parse(line, path, number))
        for number, line in enumerate(text.split("\n"), start=1)
        if line.strip() and not line.lstrip().startswith("#")
    ]
    nulls = (
        {i for _, source, target, _ in rows if not target for i in source},
        {j for _, source, target, _ in rows if not source for j in target},
    )
    beads: list[Bead] = []
    i = j = 0
    for number, source, target, probability in rows:
        spans = _span(source, i, nulls[0], path, number), _span(target, j, nulls[1], path, number)
        if not source and not target:
            raise FormatError(path, "both sides are empty; a bead holds a segment on one side at least", line=number)
        beads.append(Bead(*spans, probability))
        i, j = spans[0].stop, spans[1].stop
    return beads


def _parse(line: str, path: Path | str, number: int) -> tuple[list[int], list[int], float]:
    match = _LINE.fullmatch(line)
    if not match:
        shown = line.strip() if len(line) <= 60 else line.strip()[:57] + "..."
        reason = "{found} is no bead; a line reads [0, 1]:[0] or [0, 1]:[0]:0.9731"
        raise FormatError(path, reason, line=number, found=repr(shown))
    source, target = (_indices(side, path, number) for side in match.group(1, 2))
    try:
        probability = float(match[3]) if match[3] else 1.0
    except ValueError:
        probability = -1.0
    if not 0.0 <= probability <= 1.0:
        raise FormatError(path, "{found} is no probability from 0 to 1", line=number, found=repr(match[3][:20]))
    return source, target, probability


def _indices(side: str, path: Path | str, number: int) -> list[int]:
    numerals = side.split(",") if side.strip() else []
    for numeral in numerals:
        # measured before int(), which refuses thousands of digits with an error of its own
        if len(numeral.strip().lstrip("0")) > len(str(LARGEST_INDEX)) or int(numeral) > LARGEST_INDEX:
            raise FormatError(
                path, "a segment index above {largest}; indices count from 0", line=number, largest=LARGEST_INDEX
            )
    return [int(numeral) for numeral in numerals]


def _span(indices: list[int], running: int, nulls: set[int], path: Path | str, number: int) -> Span:
    if not indices:
        return Span(running, running)
    for before, after in itertools.pairwise(indices):
        if after <= before or (after > before + 1 and not all(index in nulls for index in range(before + 1, after))):
            reason = "segment {after} follows {before}; the indices of a side must be consecutive"
            raise FormatError(path, reason, line=number, before=before, after=after)
    return Span(indices[0], indices[-1] + 1)


def outputs(bitext: Bitext, path: Path, options: Options, tally: Tally) -> list[Output]:
    """Give the one file."""
    return [(path, chunks(bitext.beads, tally))]
