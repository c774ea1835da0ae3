"""The characters of a page's text layer, upright: each with its place, size and weight, as pdfium gives them.

Lengths are in points; y grows upwards from the foot of the page. Text that is turned (a landscape table, a page with
/Rotate) is turned back, so that what follows never has to know of it.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from bialign.readers.pdf.rules import Rule, find_rules

if TYPE_CHECKING:
    import pypdfium2 as pdfium

HYPHEN_AT_END = frozenset({0x02, 0xFFFE})
"""What pdfium gives for a hyphen that it takes for one at a line's end."""

_NARROW, _WIDE = frozenset("ijlrtf.I"), frozenset("mwMWGOD")
"""Letters whose widths differ in all fonts but those of typewriters."""


class Glyph(NamedTuple):
    """Hold a character: `x0` and `x1` are where it and its advance begin and end, `y` is its baseline."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    font: str
    """The name of its font, in small letters."""
    spaced: bool
    """Whether a space comes before it in the file."""


class Page(NamedTuple):
    """Hold a page's characters: those that run as most do, then those that run another way, one list a direction."""

    number: int
    label: str
    layers: list[list[Glyph]]
    has_image: bool
    rules: list[Rule]


class _Style(NamedTuple):
    size: float
    bold: bool
    font: str
    turn: int
    """How often the text is turned by a quarter, counter-clockwise."""


def read_page(document: pdfium.PdfDocument, number: int) -> Page:
    """Read one page's characters; raises pdfium's PdfiumError where the page is damaged."""
    from pypdfium2 import raw

    page = document[number]
    try:
        text = page.get_textpage()
        try:
            layers: dict[int, list[Glyph]] = defaultdict(list)
            for turn, glyph in _glyphs(text.raw):
                layers[turn].append(glyph)
        finally:
            text.close()
        objects = list(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH], max_depth=3))
        has_image = any(item.type == raw.FPDF_PAGEOBJ_IMAGE for item in objects)
        rules = find_rules(item for item in objects if item.level == 0)
        label = document.get_page_label(number) or str(number + 1)
    finally:
        page.close()
    return Page(number, label, sorted(layers.values(), key=len, reverse=True), has_image, rules)


def _glyphs(page: object) -> Iterator[tuple[int, Glyph]]:
    from pypdfium2 import raw

    styles: dict[object, _Style] = {}
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    spaced, high = False, 0
    for index in range(raw.FPDFText_CountChars(page)):
        code = raw.FPDFText_GetUnicode(page, index)
        if code in HYPHEN_AT_END and raw.FPDFText_IsHyphen(page, index) != 0:
            code = 0x2D
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0xFFFD
        high = 0
        character = chr(code)
        if character.isspace() or code < 0x20:
            spaced = True
            continue
        if not raw.FPDFText_GetLooseCharBox(page, index, box):
            continue
        raw.FPDFText_GetCharOrigin(page, index, x, y)
        handle = raw.FPDFText_GetTextObject(page, index)
        key = ctypes.cast(handle, ctypes.c_void_p).value if handle else None
        style = styles.get(key) if key else None
        if style is None:
            style = styles[key] = _style(page, index)
        x0, x1, base = _upright(style.turn, box, x.value, y.value)
        yield style.turn, Glyph(character, x0, x1, base, style.size, style.bold, style.font, spaced)
        spaced = False


def _style(page: object, index: int) -> _Style:
    from pypdfium2 import raw

    matrix, flags = raw.FS_MATRIX(), ctypes.c_int()
    scale = 1.0
    if raw.FPDFText_GetMatrix(page, index, matrix):
        scale = math.hypot(matrix.c, matrix.d) or 1.0
    size = raw.FPDFText_GetFontSize(page, index) * scale
    buffer = ctypes.create_string_buffer(256)
    length = raw.FPDFText_GetFontInfo(page, index, buffer, 256, flags)
    name = buffer.raw[: max(0, min(length, 256) - 1)].decode("utf-8", "replace").lower()
    heavy = any(word in name for word in ("bold", "black", "heavy", "negri")) and "semibold" not in name
    angle = raw.FPDFText_GetCharAngle(page, index)
    # pdfium counts angles clockwise
    turn = -round(angle / (math.pi / 2)) % 4 if angle >= 0 else 0
    return _Style(abs(size) or 1.0, heavy or raw.FPDFText_GetFontWeight(page, index) >= 700, name, turn)


def _upright(turn: int, box: object, x: float, y: float) -> tuple[float, float, float]:
    left, right, bottom, top = (getattr(box, side) for side in ("left", "right", "bottom", "top"))
    if turn == 1:
        return bottom, top, -x
    if turn == 2:
        return -right, -left, -y
    if turn == 3:
        return -top, -bottom, x
    return left, right, y


def mono_fonts(pages: list[Page]) -> frozenset[str]:
    """Name the fonts that give all letters one width, as a typewriter does; none if the text itself is set so."""
    widths: dict[str, dict[str, float]] = defaultdict(dict)
    counts: Counter[str] = Counter()
    for page in pages:
        for layer in page.layers:
            for glyph in layer:
                counts[glyph.font] += 1
                widths[glyph.font].setdefault(glyph.text, (glyph.x1 - glyph.x0) / glyph.size)
    found = frozenset(font for font, measured in widths.items() if _is_mono(measured))
    return frozenset() if sum(counts[font] for font in found) * 2 > counts.total() else found


def _is_mono(widths: dict[str, float]) -> bool:
    narrow, wide = ([widths[letter] for letter in letters & widths.keys()] for letters in (_NARROW, _WIDE))
    return bool(narrow and wide) and max(narrow + wide) - min(narrow + wide) < 0.02


def body_size(pages: list[Page]) -> float:
    """Give the font size of the text, in points: that of most characters, or a greater one where these are notes."""
    sizes = Counter(round(glyph.size, 1) for page in pages for layer in page.layers for glyph in layer)
    if not sizes:
        return 10.0
    usual, count = sizes.most_common(1)[0]
    return max(size for size, times in sizes.items() if usual <= size <= 1.4 * usual and times > 0.3 * count)
