"""XLIFF 1.2 and 2.1, for review in translation programs: one unit a bead, what is known of it beside its texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import quoteattr

from bialign import __version__
from bialign.bitext import Bead, Bitext, Extra, Status
from bialign.citation import Citations
from bialign.formats import xml
from bialign.formats.cuts import cuts_of
from bialign.formats.files import Output
from bialign.formats.identifiers import bead_id, lang_code
from bialign.formats.options import Options
from bialign.formats.report import NULL_BEADS, Tally

# XLIFF 1.2, section 2.3 (state), and 2.1, section 4.3.1.28
_STATES_1: dict[Status, str] = {
    "confirmed": "signed-off", "doubtful": "needs-review-translation", "rejected": "needs-translation",
    "unreviewed": "translated",
}  # fmt: skip
_STATES_2: dict[Status, str] = {
    "confirmed": "final", "doubtful": "translated", "rejected": "initial", "unreviewed": "translated",
}  # fmt: skip
_NAMESPACE_1 = "urn:oasis:names:tc:xliff:document:1.2"
# 2.1 keeps the namespace of 2.0
_NAMESPACE_2 = "urn:oasis:names:tc:xliff:document:2.0"
_METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"

_SAID = frozenset({"prop", "attribute"})
# XLIFF 1.2, section 2.3 (context-type)
_CONTEXTS = frozenset({
    "database", "element", "elementtitle", "linenumber", "numparams", "paramnotes", "record", "recordtitle",
    "sourcefile",
})  # fmt: skip

_Unit = Callable[[Bitext, Bead, int, dict[str, str], Tally], str]


def outputs(bitext: Bitext, path: Path, options: Options, tally: Tally) -> list[Output]:
    """Give the one file."""
    return [(path, chunks(bitext, tally, version=options.profile))]


def chunks(
    bitext: Bitext, tally: Tally | None = None, version: str = "1.2", created: datetime | None = None
) -> Iterator[str]:
    """Give the file piece by piece; a bead without a target is a unit that waits for its translation.

    Beads without a source have no place in XLIFF: they are left out and counted in `tally`.
    """
    tally = tally or Tally()
    moment = (created or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    head, unit, foot = (_head_1, _unit_1, _FOOT_1) if version == "1.2" else (_head_2, _unit_2, _FOOT_2)
    yield xml.DECLARATION
    yield from head(bitext, moment)
    cite = Citations(bitext)
    for number, bead in enumerate(bitext.beads):
        if not bead.source:
            tally.left_out[NULL_BEADS, "XLIFF holds no translation without a source"] += 1
            continue
        tally.units += 1
        yield unit(bitext, bead, number, _facts(bitext, bead, cite), tally)
    yield foot


def _facts(bitext: Bitext, bead: Bead, cite: Citations) -> dict[str, str]:
    places = cite(bead)
    segments = (
        bitext.source_segments[bead.source.start : bead.source.stop],
        bitext.target_segments[bead.target.start : bead.target.stop],
    )
    cuts = [cuts_of([xml.clean(segment.text) for segment in side]) for side in segments]
    facts = {
        "type": bead.type,
        "status": bead.status,
        "probability": f"{bead.probability:.4f}",
        "source-place": places[0],
        "target-place": places[1],
        "source-cuts": cuts[0],
        "target-cuts": cuts[1],
    }
    return {name: value for name, value in facts.items() if value}


def _original(bitext: Bitext) -> str:
    return bitext.source.origin or bitext.source.title or bitext.source.id or bitext.id


def _head_1(bitext: Bitext, moment: str) -> Iterator[str]:
    named = xml.attributes(original=_original(bitext), datatype="plaintext", date=moment)
    langs = f' source-language="{lang_code(bitext.source.lang)}" target-language="{lang_code(bitext.target.lang)}"'
    tool = f'<tool tool-id="bialign" tool-name="bialign" tool-version="{__version__}"/>'
    signature = f"<note>{xml.text(bitext.signature)}</note>" if bitext.signature else ""
    yield f'<xliff version="1.2" xmlns="{_NAMESPACE_1}">\n'
    yield f'<file{named}{langs} tool-id="bialign">\n'
    yield f"<header>{signature}{tool}</header>\n<body>\n<group{xml.attributes(resname=bitext.id)}>\n"


_FOOT_1 = "</group>\n</body>\n</file>\n</xliff>\n"


def _unit_1(bitext: Bitext, bead: Bead, number: int, facts: dict[str, str], tally: Tally) -> str:
    source, target = (xml.text(side, tally) for side in (bitext.source_text(bead), bitext.target_text(bead)))
    state = f'<target state="{_STATES_1[bead.status]}">{target}</target>' if bead.target else ""
    approved = ' approved="yes"' if bead.status == "confirmed" and bead.target else ""
    contexts = "".join(
        f'<context context-type="x-bialign-{name}">{xml.text(value)}</context>' for name, value in facts.items()
    )
    note = f'<note from="bialign">{xml.text(bead.reason)}</note>' if bead.reason else ""
    notes = "".join(
        f"<note{xml.attributes(from_=extra.name)}>{xml.text(extra.value)}</note>"
        for extra in bead.extras
        if extra.kind == "note"
    )
    others = "".join(
        f"<context context-type={quoteattr(xml.clean(_context(extra)))}>{xml.text(extra.value)}</context>"
        for extra in bead.extras
        if extra.kind in _SAID
    )
    said = f'<context-group purpose="information">{others}</context-group>' if others else ""
    about = f'<context-group purpose="information">{contexts}</context-group>{said}{note}{notes}'
    return (
        f'<trans-unit id="{number + 1}"{xml.attributes(resname=bead_id(bitext, bead))}{approved} xml:space="preserve">'
        f"<source>{source}</source>{state}{about}</trans-unit>\n"
    )


def _context(extra: Extra) -> str:
    """Name a context by what another program called what it said; names of one's own begin with "x-" in XLIFF 1.2."""
    if extra.kind == "prop" and not extra.side and (extra.name in _CONTEXTS or extra.name.startswith("x-")):
        return extra.name
    return "-".join(["x", *([extra.side] if extra.side else []), extra.kind, extra.name])


def _head_2(bitext: Bitext, moment: str) -> Iterator[str]:
    langs = f' srcLang="{lang_code(bitext.source.lang)}" trgLang="{lang_code(bitext.target.lang)}"'
    facts = {"id": bitext.id, "tool": f"bialign {__version__}", "date": moment, "signature": bitext.signature}
    yield f'<xliff version="2.1" xmlns="{_NAMESPACE_2}" xmlns:mda="{_METADATA}"{langs}>\n'
    yield f'<file id="f1"{xml.attributes(original=_original(bitext))}>\n{_metadata(facts)}'


_FOOT_2 = "</file>\n</xliff>\n"


def _metadata(facts: dict[str, str], extras: Sequence[Extra] = ()) -> str:
    found = "".join(f'<mda:meta type="{name}">{xml.text(value)}</mda:meta>' for name, value in facts.items() if value)
    said = "".join(
        f"<mda:meta{xml.attributes(type_=_context(extra))}>{xml.text(extra.value)}</mda:meta>"
        for extra in extras
        if extra.kind in _SAID
    )
    others = f'<mda:metaGroup category="other programs">{said}</mda:metaGroup>' if said else ""
    return f'<mda:metadata><mda:metaGroup category="bialign">{found}</mda:metaGroup>{others}</mda:metadata>\n'


def _unit_2(bitext: Bitext, bead: Bead, number: int, facts: dict[str, str], tally: Tally) -> str:
    source, target = (xml.text(side, tally) for side in (bitext.source_text(bead), bitext.target_text(bead)))
    translated = f"<target>{target}</target>" if bead.target else ""
    state = _STATES_2[bead.status] if bead.target else "initial"
    notes = [("reason", bead.reason), *((extra.name, extra.value) for extra in bead.extras if extra.kind == "note")]
    noted = "".join(f"<note{xml.attributes(category=kind)}>{xml.text(note)}</note>" for kind, note in notes if note)
    return (
        f'<unit id="u{number + 1}"{xml.attributes(name=bead_id(bitext, bead))} xml:space="preserve">'
        f"{_metadata(facts, bead.extras).rstrip()}{f'<notes>{noted}</notes>' if noted else ''}"
        f'<segment id="s1" state="{state}"><source>{source}</source>{translated}</segment></unit>\n'
    )
