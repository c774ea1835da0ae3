"""TMX 1.4b, as strict as its strictest reader: OmegaT 6.1 refuses a whole file for one fault against its schema."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from bialign import __version__
from bialign.bitext import Bead, Bitext, Document, Extra
from bialign.citation import Citations
from bialign.formats.characters import xml_text
from bialign.formats.cuts import cuts_of
from bialign.formats.files import Output
from bialign.formats.identifiers import bead_id, lang_code
from bialign.formats.options import Options
from bialign.formats.report import NULL_BEADS, Tally
from bialign.formats.xml import BREAKS, DECLARATION

_DATE = re.compile(r"\d{8}T\d{6}Z", re.ASCII)
_DATES = frozenset({"creationdate", "changedate", "lastusagedate"})
_ATTRIBUTES = (
    frozenset({"creationid", "changeid", "usagecount", "creationtool", "creationtoolversion", "o-tmf"}) | _DATES
)
"""Attributes of units and variants that are written out again as they were read."""
_SIDES: tuple[Literal["source", "target"], ...] = ("source", "target")
_LONGEST = 2_000
"""Characters a side that Trados takes may have."""


def outputs(bitext: Bitext, path: Path, options: Options, tally: Tally) -> list[Output]:
    """Give the one file."""
    return [(path, chunks(bitext, tally, profile=options.profile))]


def chunks(
    bitext: Bitext, tally: Tally | None = None, created: datetime | None = None, profile: str = "neutral"
) -> Iterator[str]:
    """Give the file piece by piece: one translation unit a bead, source first, what is known of the bead in props.

    Texts are in NFC, on one line, without the characters XML forbids. Null beads and beads of which that leaves nothing
    on one side are left out and counted in `tally`; in the profiles of programs, which would offer any unit as a
    translation, rejected beads too. `created` is the date of every unit that has none, now by default.
    """
    tally = tally or Tally()
    moment = (created or datetime.now(UTC)).astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    langs = lang_code(bitext.source.lang), lang_code(bitext.target.lang)
    if langs[0] == langs[1]:
        tally.changes["language for both texts, so that programs cannot tell them apart: see --source-code"] += 1
    if profile == "trados":
        bare = sum("-" not in lang for lang in langs)
        tally.changes["languages without a region, and Trados wants one: see --source-code and --target-code"] += bare
    yield from _head(bitext, langs[0], moment, profile)
    yield from _units(bitext, langs, moment, profile, tally)
    yield END


def units(bitext: Bitext, tally: Tally, created: datetime) -> Iterator[str]:
    """Give the units alone, as `chunks` does, for a file of many bitexts; its head is that of `head`."""
    langs = lang_code(bitext.source.lang), lang_code(bitext.target.lang)
    yield from _units(bitext, langs, created.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ"), "neutral", tally)


def head(bitext: Bitext, created: datetime) -> Iterator[str]:
    """Give what stands before the units; `END` comes after them."""
    moment = created.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    yield from _head(bitext, lang_code(bitext.source.lang), moment, "neutral")


END = "  </body>\n</tmx>\n"


def _units(bitext: Bitext, langs: tuple[str, str], moment: str, profile: str, tally: Tally) -> Iterator[str]:
    cite = Citations(bitext)
    for bead in bitext.beads:
        if bead.is_null:
            tally.left_out[NULL_BEADS, "TMX holds translations only"] += 1
            continue
        source, target = (_text(text, tally) for text in (bitext.source_text(bead), bitext.target_text(bead)))
        if not source or not target:
            tally.left_out["beads", "one side holds no text"] += 1
        elif profile != "neutral" and bead.status == "rejected":
            tally.left_out["rejected beads", "the program would offer them as translations"] += 1
        elif profile == "trados" and max(len(source), len(target)) > _LONGEST:
            tally.left_out["beads", "a side has more than 2,000 characters, which Trados does not take"] += 1
        else:
            tally.units += 1
            yield _unit(bitext, bead, moment, (langs[0], source), (langs[1], target), places=cite(bead))


def _head(bitext: Bitext, source_lang: str, moment: str, profile: str) -> Iterator[str]:
    # Trados takes a memory for one of its own only with its own name for the format
    made_by = "TW4Win 2.0 Format" if profile == "trados" else "bialign"
    yield f'{DECLARATION}<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">\n'
    yield (
        f'  <header creationtool="bialign" creationtoolversion="{__version__}" segtype="sentence" o-tmf="{made_by}"'
        f' adminlang="en" srclang={_attribute(source_lang)} datatype="plaintext" creationdate="{moment}">\n'
    )
    for side, document in (("source", bitext.source), ("target", bitext.target)):
        yield from _prop(f"x-{side}-document", _named(document), "    ")
        yield from _prop(f"x-{side}-licence", document.licence, "    ")
    yield from _prop("x-signature", bitext.signature, "    ")
    yield from _extras(bitext.extras, "", "    ")
    yield "  </header>\n  <body>\n"


def _named(document: Document) -> str:
    return " - ".join(part for part in (document.title, document.origin) if part) or document.id


def _unit(bitext: Bitext, bead: Bead, moment: str, *sides: tuple[str, str], places: tuple[str, str]) -> str:
    given = {extra.name: extra.value for extra in bead.extras if extra.kind == "attribute" and not extra.side}
    # the header promises sentences; a bead of several segments is no sentence
    block = "" if bead.type == "1-1" else ' segtype="block"'
    segments = (
        bitext.source_segments[bead.source.start : bead.source.stop],
        bitext.target_segments[bead.target.start : bead.target.stop],
    )
    cuts = (cuts_of([_text(segment.text, Tally()) for segment in side]) for side in segments)
    props = (
        ("x-type", bead.type),
        ("x-probability", f"{bead.probability:.4f}"),
        ("x-status", bead.status),
        ("x-reason", bead.reason),
        *zip(("x-source-cuts", "x-target-cuts"), cuts, strict=True),
        # the line of another file is no place to cite
        *(
            (f"x-{name}-place", place)
            for name, place in zip(_SIDES, places, strict=True)
            if not place.startswith(("line ", "row "))
        ),
    )
    dated = _attributes({"creationdate": moment} | given)
    return "".join(
        [
            f"    <tu tuid={_attribute(bead_id(bitext, bead))}{dated}{block}>\n",
            *(line for name, value in props for line in _prop(name, value, "      ")),
            *_extras(bead.extras, "", "      "),
            *(_variant(bead, name, *side) for name, side in zip(_SIDES, sides, strict=True)),
            "    </tu>\n",
        ]
    )


def _variant(bead: Bead, side: Literal["source", "target"], lang: str, text: str) -> str:
    given = {extra.name: extra.value for extra in bead.extras if extra.kind == "attribute" and extra.side == side}
    inner = "".join(_extras(bead.extras, side, ""))
    return f"      <tuv xml:lang={_attribute(lang)}{_attributes(given)}>{inner}<seg>{escape(text)}</seg></tuv>\n"


def _extras(extras: Iterable[Extra], side: str, indent: str) -> Iterator[str]:
    """Give what another file said, as it said it; what no attribute can hold becomes a prop."""
    end = "\n" if indent else ""
    for kind, name, value, where in extras:
        if where != side:
            continue
        text = escape(_text(value, Tally()))
        if kind == "note":
            yield f"{indent}<note>{text}</note>{end}"
        elif kind == "prop":
            yield f"{indent}<prop type={_attribute(name)}>{text}</prop>{end}"
        elif kind == "attribute" and not _is_attribute(name, value):
            yield f"{indent}<prop type={_attribute('x-' + name)}>{text}</prop>{end}"


def _is_attribute(name: str, value: str) -> bool:
    if name in _DATES:
        return bool(_DATE.fullmatch(value))
    return name in _ATTRIBUTES and (name != "usagecount" or value.isdecimal())


def _attributes(values: dict[str, str]) -> str:
    return "".join(f" {name}={_attribute(value)}" for name, value in values.items() if _is_attribute(name, value))


def _prop(name: str, value: str, indent: str) -> Iterator[str]:
    text = _text(value, Tally())
    if text:
        yield f'{indent}<prop type="{name}">{escape(text)}</prop>\n'


def _text(text: str, tally: Tally) -> str:
    cleaned, count = xml_text(BREAKS.sub(" ", unicodedata.normalize("NFC", text)))
    if count:
        tally.changes["characters deleted that XML forbids"] += count
    return cleaned.strip()


def _attribute(value: str) -> str:
    return quoteattr(_text(value, Tally()))
