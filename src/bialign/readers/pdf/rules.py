"""Ruled lines of a page: the borders of tables and boxes, the line above notes."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pypdfium2 as pdfium

_THIN = 2.5
"""Points of the thickest rule; what is higher and wider is a picture or a box."""
_SHORTEST = 3.0
_MOST = 4000
"""Rules of a page at most: a drawing has more."""


class Rule(NamedTuple):
    """Hold a rule from (x0, y0) to (x1, y1), in points, without its thickness."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def level(self) -> bool:
        """Tell whether it runs from left to right."""
        return self.y0 == self.y1


def find_rules(objects: Iterable[pdfium.PdfObject]) -> list[Rule]:
    """Give the upright and level rules among a page's objects; none where there are as many as in a drawing."""
    from pypdfium2 import raw

    found: list[Rule] = []
    sides = [ctypes.c_float() for _ in range(4)]
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    for item in objects:
        if item.type != raw.FPDF_PAGEOBJ_PATH or not raw.FPDFPageObj_GetBounds(item.raw, *sides):
            continue
        left, bottom, right, top = (side.value for side in sides)
        raw.FPDFPath_GetDrawMode(item.raw, fill, stroke)
        if not (fill.value or stroke.value):
            continue
        if top - bottom <= _THIN:
            found.append(Rule(left, (top + bottom) / 2, right, (top + bottom) / 2))
        elif right - left <= _THIN:
            found.append(Rule((left + right) / 2, bottom, (left + right) / 2, top))
        elif stroke.value and raw.FPDFPath_CountSegments(item.raw) in {4, 5}:
            found += [Rule(left, y, right, y) for y in (bottom, top)] + [Rule(x, bottom, x, top) for x in (left, right)]
        if len(found) > _MOST:
            return []
    return _joined([rule for rule in found if max(rule.x1 - rule.x0, rule.y1 - rule.y0) >= _SHORTEST])


def _joined(rules: Sequence[Rule]) -> list[Rule]:
    """Make one of rules that go on from each other, as the borders of cells do."""
    found: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: (rule.level, round(rule.y0 if rule.level else rule.x0), rule[:2])):
        last = found[-1] if found else None
        if last and last.level == rule.level:
            if rule.level and abs(last.y0 - rule.y0) < 1 and rule.x0 <= last.x1 + 1.5:
                found[-1] = last._replace(x1=max(last.x1, rule.x1))
                continue
            if not rule.level and abs(last.x0 - rule.x0) < 1 and rule.y0 <= last.y1 + 1.5:
                found[-1] = last._replace(y1=max(last.y1, rule.y1))
                continue
        found.append(rule)
    return found
