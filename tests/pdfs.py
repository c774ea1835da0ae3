"""A writer of small PDFs for the tests: pages of lines at given places, in fonts that every PDF reader knows."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

COURIER = 0.6
"""How wide a character of Courier is, in font sizes."""


class At(NamedTuple):
    """Put a line of text at a place, in points from the lower left; F1 is Courier, F2 its bold, F3 Times."""

    x: float
    y: float
    text: str
    size: float = 10
    font: str = "F1"
    turned: bool = False
    """Whether it runs upwards."""


class Bar(NamedTuple):
    """Draw a rule from one place to another."""

    x0: float
    y0: float
    x1: float
    y1: float


def grid(xs: Sequence[float], ys: Sequence[float]) -> list[Bar]:
    """Draw all lines of a grid."""
    return [Bar(xs[0], y, xs[-1], y) for y in ys] + [Bar(x, ys[0], x, ys[-1]) for x in xs]


def column(lines: Sequence[str], x: float = 72, y: float = 700, size: float = 10, leading: float = 12) -> list[At]:
    """Set lines below each other; a line's leading spaces indent it, an empty one is half a line of space."""
    found = []
    for line in lines:
        if line:
            inner = line.lstrip(" ")
            found.append(At(x + (len(line) - len(inner)) * COURIER * size, y, inner, size))
        y -= leading if line else leading / 2
    return found


def pdf(
    pages: Iterable[Sequence[At | Bar]],
    *,
    info: dict[str, str] | None = None,
    labels: str = "",
    picture: bool = False,
    encrypt: str = "",
    outline: Sequence[tuple[int, str]] = (),
) -> bytes:
    """Write a PDF of pages; `labels` is the value of /PageLabels, `encrypt` that of /Encrypt in the trailer.

    `outline` holds bookmarks: the number of a page, from 0, and a title.
    """
    contents = [_content(page, picture) for page in pages]
    kids = " ".join(f"{7 + 2 * number} 0 R" for number in range(len(contents)))
    first = 7 + 2 * len(contents)
    said = "".join(f"/{key} <feff{value.encode('utf-16-be').hex()}>" for key, value in (info or {}).items())
    names = f"/PageLabels {labels}" if labels else ""
    names += f"/Outlines {first} 0 R" if outline else ""
    font = "<</Type/Font/Subtype/Type1/BaseFont/{}/Encoding/WinAnsiEncoding>>"
    objects = [
        f"<</Type/Catalog/Pages 2 0 R{names}>>".encode(),
        f"<</Type/Pages/Kids[{kids}]/Count {len(contents)}>>".encode(),
        font.format("Courier").encode(),
        font.format("Courier-Bold").encode(),
        f"<<{said}>>".encode(),
        font.format("Times-Roman").encode(),
    ]
    for number, content in enumerate(contents):
        packed = zlib.compress(content)
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R/F2 4 0 R/F3 6 0 R>>>>"
            + f"/Contents {8 + 2 * number} 0 R>>".encode()
        )
        objects.append(f"<</Filter/FlateDecode/Length {len(packed)}>>stream\n".encode() + packed + b"\nendstream")
    return _file([*objects, *_outline(outline, first)], encrypt)


def _outline(entries: Sequence[tuple[int, str]], first: int) -> list[bytes]:
    last = first + len(entries)
    found = [f"<</Type/Outlines/First {first + 1} 0 R/Last {last} 0 R/Count {len(entries)}>>"] if entries else []
    for number, (page, title) in enumerate(entries, first + 1):
        more = f"/Next {number + 1} 0 R" if number < last else ""
        name = title.encode("utf-16-be").hex()
        found.append(f"<</Title<feff{name}>/Parent {first} 0 R/Dest[{7 + 2 * page} 0 R/Fit]{more}>>")
    return [item.encode() for item in found]


def _content(page: Sequence[At | Bar], picture: bool) -> bytes:
    parts = []
    for item in page:
        if isinstance(item, Bar):
            parts.append(f"{item.x0} {item.y0} m {item.x1} {item.y1} l S".encode())
            continue
        x, y, text, size, font, turned = item
        code = text.encode("cp1252").hex()
        turn = "0 1 -1 0" if turned else "1 0 0 1"
        parts.append(f"BT /{font} {size} Tf {turn} {x:.2f} {y:.2f} Tm <{code}> Tj ET".encode())
    if picture:
        parts.append(b"q 500 0 0 700 40 60 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI Q")
    return b"\n".join(parts)


def _file(objects: Sequence[bytes], encrypt: str) -> bytes:
    data = b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    table += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    locked = f"/Encrypt {encrypt}/ID[<00><00>]" if encrypt else ""
    trailer = f"trailer<</Size {len(objects) + 1}/Root 1 0 R/Info 5 0 R{locked}>>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + table + trailer.encode()
