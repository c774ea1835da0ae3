"""The classic: align by sentence lengths alone (Gale & Church 1993), as nltk has it.

No vectors and no dictionary, so it takes any pair of languages, and it is the baseline everything else is held against.
It needs time and memory for every pair of segments; where both texts have equally many paragraphs it works paragraph by
paragraph, as its authors did.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from bialign.bitext import Bead, Span, null_beads
from bialign.errors import AlignmentError

MOST_CELLS = 4_000_000  # pairs of segments in one stretch: about half a minute
UNKNOWN = 0.5  # lengths say nothing of how sure a bead is
_REASON = "by length alone"


def align_by_length(
    source: Sequence[str],
    target: Sequence[str],
    source_paragraphs: Sequence[int] | None = None,
    target_paragraphs: Sequence[int] | None = None,
) -> list[Bead]:
    """Align by lengths in characters; AlignmentError where a stretch is too long for that."""
    left, right = _stretches(len(source), source_paragraphs), _stretches(len(target), target_paragraphs)
    if len(left) != len(right):
        left, right = [Span(0, len(source))], [Span(0, len(target))]
    beads: list[Bead] = []
    for rows, columns in zip(left, right, strict=True):
        if len(rows) * len(columns) > MOST_CELLS:
            template = "{count} segments in one stretch are too many to align by length: use the default method"
            raise AlignmentError(template, count=len(rows) + len(columns))
        beads += _stretch(source, target, rows, columns)
    return beads


def _stretches(size: int, paragraphs: Sequence[int] | None) -> list[Span]:
    if paragraphs is None:
        return [Span(0, size)]
    borders = [0, *(n for n in range(1, size) if paragraphs[n] != paragraphs[n - 1]), size]
    return [Span(a, b) for a, b in itertools.pairwise(borders)]


def _stretch(source: Sequence[str], target: Sequence[str], rows: Span, columns: Span) -> list[Bead]:
    from nltk.translate.gale_church import align_blocks

    # nltk divides by lengths, so that an empty segment counts as one character
    lengths = [[max(1, len(text[n])) for n in span.indices] for text, span in ((source, rows), (target, columns))]
    links = align_blocks(*lengths) if all(lengths) else []
    beads: list[Bead] = []
    i, j = rows.start, columns.start
    for k, m in _groups(links):
        row, column = rows.start + k.start, columns.start + m.start
        beads += null_beads(Span(i, row), Span(j, column), UNKNOWN, _REASON)
        i, j = row + len(k), column + len(m)
        beads.append(Bead(Span(row, i), Span(column, j), UNKNOWN, reason=_REASON))
    return beads + null_beads(Span(i, rows.stop), Span(j, columns.stop), UNKNOWN, _REASON)


def _groups(links: Sequence[tuple[int, int]]) -> list[tuple[Span, Span]]:
    """Join links that share a segment: (0, 0), (1, 0) become the 2-1 bead of 0-2 and 0-1."""
    groups: list[tuple[Span, Span]] = []
    for i, j in sorted(links):
        row, column = Span(i, i + 1), Span(j, j + 1)
        if groups and (groups[-1][0].stop > i or groups[-1][1].stop > j):
            before = groups.pop()
            row = Span(before[0].start, max(before[0].stop, i + 1))
            column = Span(before[1].start, max(before[1].stop, j + 1))
        groups.append((row, column))
    return groups
