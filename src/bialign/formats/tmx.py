"""TMX 1.4b, as strict as its strictest reader: OmegaT 6.1 refuses a whole file for one fault against its schema."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from bialign import __version__
from bialign.bitext import Bead, Bitext, Document
from bialign.formats.characters import xml_text
from bialign.formats.identifiers import bead_id, lang_code
from bialign.formats.report import NULL_BEADS, Tally

_BREAKS = re.compile("(?:\r\n|[\t\n\v\f\r\x85\u2028\u2029])")


def chunks(bitext: Bitext, tally: Tally | None = None, created: datetime | None = None) -> Iterator[str]:
    """Give the file piece by piece: one translation unit a bead, source first, what is known of the bead in props.

    Texts are in NFC, on one line, without the characters XML forbids. Null beads and beads of which that leaves nothing
    on one side are left out and counted in `tally`. `created` is the date of every unit, now by default.
    """
    tally = tally or Tally()
    moment = (created or datetime.now(UTC)).astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    langs = lang_code(bitext.source.lang), lang_code(bitext.target.lang)
    yield from _head(bitext, langs[0], moment)
    for bead in bitext.beads:
        if bead.is_null:
            tally.left_out[NULL_BEADS, "TMX holds translations only"] += 1
            continue
        source, target = (_text(text, tally) for text in (bitext.source_text(bead), bitext.target_text(bead)))
        if not source or not target:
            tally.left_out["beads", "one side holds no text"] += 1
            continue
        tally.units += 1
        yield _unit(bitext, bead, moment, (langs[0], source), (langs[1], target))
    yield "  </body>\n</tmx>\n"


def _head(bitext: Bitext, source_lang: str, moment: str) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">\n'
    yield (
        f'  <header creationtool="bialign" creationtoolversion="{__version__}" segtype="sentence" o-tmf="bialign"'
        f' adminlang="en" srclang={_attribute(source_lang)} datatype="plaintext" creationdate="{moment}">\n'
    )
    for side, document in (("source", bitext.source), ("target", bitext.target)):
        yield from _prop(f"x-{side}-document", _named(document), "    ")
        yield from _prop(f"x-{side}-licence", document.licence, "    ")
    yield from _prop("x-signature", bitext.signature, "    ")
    yield "  </header>\n  <body>\n"


def _named(document: Document) -> str:
    return " - ".join(part for part in (document.title, document.origin) if part) or document.id


def _unit(bitext: Bitext, bead: Bead, moment: str, *sides: tuple[str, str]) -> str:
    # the header promises sentences; a bead of several segments is no sentence
    block = "" if bead.type == "1-1" else ' segtype="block"'
    props = (
        ("x-type", bead.type),
        ("x-probability", f"{bead.probability:.4f}"),
        ("x-status", bead.status),
        ("x-reason", bead.reason),
    )
    return "".join(
        [
            f'    <tu tuid={_attribute(bead_id(bitext, bead))} creationdate="{moment}"{block}>\n',
            *(line for name, value in props for line in _prop(name, value, "      ")),
            *(f"      <tuv xml:lang={_attribute(lang)}><seg>{escape(text)}</seg></tuv>\n" for lang, text in sides),
            "    </tu>\n",
        ]
    )


def _prop(name: str, value: str, indent: str) -> Iterator[str]:
    text = _text(value, Tally())
    if text:
        yield f'{indent}<prop type="{name}">{escape(text)}</prop>\n'


def _text(text: str, tally: Tally) -> str:
    cleaned, count = xml_text(_BREAKS.sub(" ", unicodedata.normalize("NFC", text)))
    if count:
        tally.changes["characters deleted that XML forbids"] += count
    return cleaned.strip()


def _attribute(value: str) -> str:
    return quoteattr(_text(value, Tally()))
