"""TMX 1.1 to 1.4, as strict or as loose as other programs write it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from bialign.bitext import Status
from bialign.errors import FormatError
from bialign.readers.bilingual.pair import UNKNOWN, choose, code_of, pick, said
from bialign.readers.bilingual.stream import LANG, drop, events, name_of, text_of
from bialign.readers.bilingual.units import Content, Unit, probability_of, status_of
from bialign.readers.source import Source

if TYPE_CHECKING:
    from lxml import etree

_CODES = frozenset({"bpt", "ept", "it", "ph", "ut"})
"""Inline elements that hold formatting; text stands in others, as in hi."""


class RawUnit(NamedTuple):
    """Hold a unit as the file has it: its line, its texts by the codes of their languages, its properties."""

    place: int
    texts: dict[str, tuple[str, ...]]
    props: dict[str, str]


@dataclass(slots=True)
class Memory:
    """Hold what is learnt of a memory while its units are read: how many texts it has in each language, its header."""

    langs: Counter[str] = field(default_factory=Counter)
    source_lang: str = ""
    props: dict[str, str] = field(default_factory=dict)
    ours: bool = False
    id: str = ""

    def pair(self, source: Source, source_lang: str, target_lang: str) -> tuple[list[str], tuple[str, str]]:
        """Give the codes of the languages, the most frequent first, and the two that are to be read."""
        codes = [code for code, _ in self.langs.most_common()]
        return codes, choose(codes, self.source_lang, source_lang, target_lang, source.file)


def content(source: Source, source_lang: str, target_lang: str) -> Content:
    """Read a translation memory; units that hold neither of the two languages are passed over.

    Of several variants in one language the first is read, of several regions the most frequent of the file; raises
    FormatError where the file is damaged or the pair of languages cannot be told.
    """
    memory = Memory()
    found = list(raw_units(source, memory))
    if not found:
        raise FormatError(source.file, "the translation memory holds no units")
    codes, pair = memory.pair(source, source_lang, target_lang)
    units = [unit_of(raw, codes, pair) for raw in found]
    titles = memory.props.get("x-source-document", ""), memory.props.get("x-target-document", "")
    return Content(
        units,
        said(pair, (source_lang, target_lang)),
        id=memory.id if memory.ours else "",
        titles=titles if memory.ours else ("", ""),
        signature=memory.props.get("x-signature", "") if memory.ours else "",
    )


def raw_units(source: Source, memory: Memory, opened: BinaryIO | None = None) -> Iterator[RawUnit]:
    """Give the units of a memory one by one; `memory` is filled meanwhile, and whole at the end."""
    for event, element in events(source, opened):
        name = name_of(element)
        if event == "start":
            if name == "header":
                memory.source_lang = code_of(element.get("srclang", ""))
                memory.ours = element.get("creationtool") == "bialign"
            continue
        if name == "header":
            memory.props = _props(element, source)
            drop(element)
        elif name == "tu":
            texts = _variants(element, source)
            memory.langs.update(texts.keys())
            if not memory.id:
                memory.id = element.get("tuid", "").rpartition(":")[0].rpartition(":")[0]
            if texts:
                yield RawUnit(element.sourceline or 0, texts, _props(element, source))
            drop(element)


def _variants(unit: etree._Element, source: Source) -> dict[str, tuple[str, ...]]:
    texts: dict[str, tuple[str, ...]] = {}
    for variant in unit:
        if name_of(variant) != "tuv":
            continue
        code = code_of(variant.get(LANG) or variant.get("lang") or "") or UNKNOWN
        found = (text_of(child, _CODES, source) for child in variant if name_of(child) == "seg")
        text = next(found, "")
        if text and code not in texts:
            texts[code] = (text,)
    return texts


def _props(element: etree._Element, source: Source) -> dict[str, str]:
    return {child.get("type", ""): text_of(child, frozenset(), source) for child in element if name_of(child) == "prop"}


def unit_of(raw: RawUnit, codes: Sequence[str], pair: tuple[str, str]) -> Unit:
    """Make a unit of the two languages to be read; `codes` are all of the file, the most frequent first."""
    place, texts, props = raw
    source, target = pick(texts, pair[0], codes), pick(texts, pair[1], codes)
    probability = probability_of(props.get("x-probability", ""))
    status: Status | None = status_of(props.get("x-status", ""))
    return Unit(
        place,
        source,
        target,
        1.0 if probability is None else probability,
        status or "unreviewed",
        props.get("x-reason", ""),
        _sizes(props.get("x-type", "")) if source and target else None,
    )


def _sizes(kind: str) -> tuple[int, int] | None:
    """Give the numbers of segments that a bead's type tells, "1-2"."""
    left, dash, right = kind.partition("-")
    if not dash or not (left.isdecimal() and right.isdecimal()) or max(len(left), len(right)) > 3:
        return None
    sizes = int(left), int(right)
    return sizes if all(sizes) else None
