"""A Word document with both texts side by side in a table, to read, print and comment on."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from bialign.bitext import Bitext
from bialign.citation import Citations
from bialign.formats import xml
from bialign.formats.files import Output, pieces_of
from bialign.formats.identifiers import bead_id, lang_code
from bialign.formats.options import Options
from bialign.formats.report import Tally
from bialign.termbase import primary

_WORDS = {
    "en": {"alone": "no counterpart", "moved": "stands elsewhere, row {row}", "place": "Place"},
    "es": {"alone": "sin correspondencia", "moved": "está en otra parte, fila {row}", "place": "Lugar"},
}
_SHADES = {"rejected": "F8D7DA", "doubtful": "FFF3CD", "confirmed": "DFF0D8"}
_NULL = "EEEEEE"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org"
_TYPES = (
    f'{xml.DECLARATION}<Types xmlns="{_OFFICE}/package/2006/content-types">'
    f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    f'wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    f'{xml.DECLARATION}<Relationships xmlns="{_OFFICE}/package/2006/relationships"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
_WIDTHS = (600, 6300, 6300, 1400)
"""Columns in twentieths of a point: number, source, target, place; a landscape page of A4."""


def outputs(bitext: Bitext, path: Path, options: Options, tally: Tally) -> list[Output]:
    """Give the one file."""
    return [(path, chunks(bitext, tally, options.ui_lang))]


def chunks(bitext: Bitext, tally: Tally | None = None, ui_lang: str = "en") -> Iterator[bytes]:
    """Give the document: a row a bead with its number and place; an empty side says that it is, or where it went.

    The colour of a number tells what people said of the bead; its name is a bookmark, so that links can point to it.
    """
    tally = tally or Tally()
    yield from pieces_of(lambda file: _package(file, bitext, tally, ui_lang))


def _package(file: IO[bytes], bitext: Bitext, tally: Tally, ui_lang: str) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", _RELATIONS)
        with package.open("word/document.xml", "w") as part:
            for piece in _document(bitext, tally, ui_lang):
                part.write(piece.encode("utf-8"))


def _document(bitext: Bitext, tally: Tally, ui_lang: str) -> Iterator[str]:
    words, cite, moved_to = _WORDS.get(ui_lang, _WORDS["en"]), Citations(bitext, ui_lang), bitext.moved_to()
    langs = lang_code(bitext.source.lang), lang_code(bitext.target.lang)
    yield f'{xml.DECLARATION}<w:document xmlns:w="{_W}"><w:body>'
    titles = " / ".join(dict.fromkeys(doc.title for doc in (bitext.source, bitext.target) if doc.title)) or bitext.id
    yield _paragraph(titles, langs[0], '<w:b/><w:sz w:val="28"/>')
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:color="BBBBBB"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    yield f'<w:tbl><w:tblPr><w:tblW w:w="{sum(_WIDTHS)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
    yield '<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>'
    yield "".join(f'<w:gridCol w:w="{width}"/>' for width in _WIDTHS) + "</w:tblGrid>"
    header = ("", *(_lang_name(lang) for lang in langs), words["place"])
    yield _row([_paragraph(name, "", "<w:b/>") for name in header], ("",) * 4, header=True)
    for number, bead in enumerate(bitext.beads):
        alone = words["moved"].format(row=moved_to[number] + 1) if number in moved_to else words["alone"]
        yield _bead(bitext, number, alone, cite(bead), tally)
        tally.units += 1
    yield "</w:tbl>" + _paragraph(bitext.signature, "", '<w:sz w:val="14"/>')
    margins = "".join(f' w:{side}="1000"' for side in ("top", "right", "bottom", "left"))
    yield '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    yield f'<w:pgMar{margins} w:header="500" w:footer="500"/></w:sectPr>'
    yield "</w:body></w:document>"


def _lang_name(lang: str) -> str:
    names = {"en": "English", "es": "Español"}
    return names.get(primary(lang), "" if lang == "und" else lang)


def _bead(bitext: Bitext, number: int, alone: str, places: tuple[str, str], tally: Tally) -> str:
    bead, langs = bitext.beads[number], (lang_code(bitext.source.lang), lang_code(bitext.target.lang))
    segments = (
        bitext.source_segments[bead.source.start : bead.source.stop],
        bitext.target_segments[bead.target.start : bead.target.stop],
    )
    cells = [
        "".join(_paragraph(xml.clean(segment.text, tally), lang) for segment in side)
        or _paragraph(f"[{alone}]", "", '<w:i/><w:color w:val="777777"/>')
        for side, lang in zip(segments, langs, strict=True)
    ]
    mark = xml.attributes(w_name=bead_id(bitext, bead)[:40])
    bookmark = f'<w:bookmarkStart w:id="{number}"{mark}/><w:bookmarkEnd w:id="{number}"/>'
    first = _paragraph(str(number + 1), "", '<w:sz w:val="16"/>', bookmark)
    place = _paragraph("; ".join(dict.fromkeys(filter(None, places))), "", '<w:sz w:val="16"/>')
    shades = (_SHADES.get(bead.status, ""), *(_NULL if not side else "" for side in segments), "")
    return _row([first, *cells, place], shades)


def _row(cells: list[str], shades: tuple[str, ...], *, header: bool = False) -> str:
    inner = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>'
        + (f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else "")
        + f"</w:tcPr>{cell}</w:tc>"
        for cell, width, shade in zip(cells, _WIDTHS, shades, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if header else ''}</w:trPr>{inner}</w:tr>"


def _paragraph(text: str, lang: str, look: str = "", before: str = "") -> str:
    spoken = f'<w:lang w:val="{lang}"/>' if lang and lang != "und" else ""
    style = f"<w:rPr>{look}{spoken}</w:rPr>" if look or spoken else ""
    spacing = '<w:pPr><w:spacing w:before="20" w:after="40"/></w:pPr>'
    return f'<w:p>{spacing}{before}<w:r>{style}<w:t xml:space="preserve">{xml.text(text)}</w:t></w:r></w:p>'
