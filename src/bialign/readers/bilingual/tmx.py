"""TMX 1.1 to 1.4, as strict or as loose as other programs write it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, Literal, NamedTuple

from bialign.bitext import Extra, Remark
from bialign.errors import FormatError
from bialign.formats.cuts import cut
from bialign.readers.bilingual.pair import UNKNOWN, choose, code_of, pick, said
from bialign.readers.bilingual.stream import LANG, drop, ends, name_of, text_of
from bialign.readers.bilingual.units import Content, Unit, probability_of, status_of
from bialign.readers.source import Source
from bialign.termbase import primary

if TYPE_CHECKING:
    from lxml import etree

_CODES = frozenset({"bpt", "ept", "it", "ph", "ut"})
"""Inline elements that hold formatting; text stands in others, as in hi."""
_OURS = frozenset({"x-type", "x-probability", "x-status", "x-reason", "x-source-cuts", "x-target-cuts"})
_OURS |= {"x-source-place", "x-target-place"}
_HEADER = frozenset({"x-source-document", "x-target-document", "x-source-licence", "x-target-licence", "x-signature"})
_NOT_KEPT = frozenset({"tuid", "segtype", "srclang", "datatype", "lang", LANG})
"""Attributes of units and variants that bialign writes by its own lights, or that mean nothing outside the file."""
Kind = Literal["id", "attribute", "prop", "note"]
_SIDES: tuple[Literal["source", "target"], ...] = ("source", "target")
_KIND = re.compile(r"(\d{1,3})-(\d{1,3})", re.ASCII)


class _Variant(NamedTuple):
    text: str
    extras: tuple[tuple[Kind, str, str], ...]


class RawUnit(NamedTuple):
    """Hold a unit as the file has it: its line and name, its variants by the codes of their languages, the rest."""

    place: int
    id: str
    variants: dict[str, _Variant]
    props: dict[str, str]
    extras: tuple[Extra, ...]


@dataclass(slots=True)
class Memory:
    """Hold what is learnt of a memory while its units are read: how many texts it has in each language, its header."""

    langs: Counter[str] = field(default_factory=Counter)
    source_lang: str = ""
    props: dict[str, str] = field(default_factory=dict)
    extras: tuple[Extra, ...] = ()
    ours: bool = False
    date: str = ""
    id: str = ""
    coded: list[int] = field(default_factory=list)

    def pair(
        self, source: Source, source_lang: str, target_lang: str, known: Sequence[str] = ()
    ) -> tuple[list[str], tuple[str, str]]:
        """Give the codes of the languages, the most frequent first (or the `known` ones), and the two to be read."""
        codes = list(known) or [code for code, _ in self.langs.most_common()]
        return codes, choose(codes, self.source_lang, source_lang, target_lang, source.file)

    def content(self, units: Sequence[Unit], langs: tuple[str, str], remarks: tuple[Remark, ...] = ()) -> Content:
        """Give units with what the header says, of our own names and settings only where bialign wrote the file."""
        titles = self.props.get("x-source-document", ""), self.props.get("x-target-document", "")
        return Content(
            units,
            langs,
            id=self.id if self.ours else "",
            titles=titles if self.ours else ("", ""),
            signature=self.props.get("x-signature", "") if self.ours else "",
            extras=self.extras,
            remarks=remarks,
        )


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
    return memory.content(units, said(pair, (source_lang, target_lang)), tuple(_remarks(memory, pair)))


def _remarks(memory: Memory, pair: tuple[str, str]) -> Iterator[Remark]:
    """Tell what of a memory is not read."""
    if memory.coded:
        template = "units with codes for formatting, which are left out: {count} (the first: line {first})"
        yield Remark(template, {"count": len(memory.coded), "first": memory.coded[0]})
    mains = {primary(code) for code in pair}
    others = sorted({code for code in memory.langs if primary(code) not in mains})
    if others:
        yield Remark("languages of the file that are not read: {found}", {"found": ", ".join(others)})


def raw_units(source: Source, memory: Memory, opened: BinaryIO | None = None) -> Iterator[RawUnit]:
    """Give the units of a memory one by one; `memory` is filled meanwhile, and whole at the end."""
    for element in ends(source, ("tu", "header"), opened):
        if name_of(element) == "header":
            _head(element, memory, source)
        else:
            variants, coded = _variants(element, source)
            if coded:
                memory.coded.append(element.sourceline or 0)
            memory.langs.update(variants.keys())
            if not memory.id:
                memory.id = element.get("tuid", "").rpartition(":")[0].rpartition(":")[0]
            if variants:
                props, extras = _said(element, source)
                # the day when we wrote the file is no date of the unit
                own = (each for each in _attributes(element) if not memory.date or each.value != memory.date)
                kept = (*own, *(extra for extra in extras if extra.name not in _OURS))
                yield RawUnit(element.sourceline or 0, element.get("tuid", ""), variants, props, kept)
        drop(element)


def _head(element: etree._Element, memory: Memory, source: Source) -> None:
    memory.source_lang = code_of(element.get("srclang", ""))
    memory.ours = element.get("creationtool") == "bialign"
    memory.date = element.get("creationdate", "") if memory.ours else ""
    memory.props, extras = _said(element, source)
    memory.extras = tuple(extra for extra in extras if not (memory.ours and extra.name in _HEADER))


def _said(element: etree._Element, source: Source) -> tuple[dict[str, str], tuple[Extra, ...]]:
    """Give the props of an element by their types, and all of its props and notes."""
    props: dict[str, str] = {}
    extras = []
    for child in element:
        name = name_of(child)
        if name in {"prop", "note"}:
            kind: Kind = "prop" if name == "prop" else "note"
            extra = Extra(kind, child.get("type", ""), text_of(child, frozenset(), source))
            extras.append(extra)
            if kind == "prop":
                props[extra.name] = extra.value
    return props, tuple(extras)


def _attributes(element: etree._Element) -> tuple[Extra, ...]:
    found = element.attrib.items()
    return tuple(Extra("attribute", str(name), str(value)) for name, value in found if name not in _NOT_KEPT)


def _variants(unit: etree._Element, source: Source) -> tuple[dict[str, _Variant], bool]:
    """Give the first variant in each language, and whether any holds codes for formatting."""
    found: dict[str, _Variant] = {}
    coded = False
    for variant in unit:
        if name_of(variant) != "tuv":
            continue
        code = code_of(variant.get(LANG) or variant.get("lang") or "") or UNKNOWN
        segment = next((child for child in variant if name_of(child) == "seg"), None)
        if segment is None:
            continue
        coded = coded or bool(len(segment))
        if code not in found and (text := text_of(segment, _CODES, source)):
            extras = _attributes(variant) + (_said(variant, source)[1] if len(variant) > 1 else ())
            found[code] = _Variant(text, tuple((extra.kind, extra.name, extra.value) for extra in extras))
    return found, coded


def unit_of(raw: RawUnit, codes: Sequence[str], pair: tuple[str, str]) -> Unit:
    """Make a unit of the two languages to be read; `codes` are all of the file, the most frequent first."""
    texts = {code: (code,) for code in raw.variants}
    sides: list[tuple[str, ...]] = []
    extras = list(raw.extras)
    for name, lang in zip(_SIDES, pair, strict=True):
        chosen = pick(texts, lang, codes)
        if not chosen:
            sides.append(())
            continue
        variant = raw.variants[chosen[0]]
        extras += (Extra(kind, of, value, name) for kind, of, value in variant.extras)
        sides.append(cut(variant.text, raw.props.get(f"x-{name}-cuts", "")) or (variant.text,))
    probability = probability_of(raw.props["x-probability"]) if "x-probability" in raw.props else None
    return Unit(
        raw.place,
        sides[0],
        sides[1],
        1.0 if probability is None else probability,
        status_of(raw.props.get("x-status", "")) or "unreviewed",
        raw.props.get("x-reason", ""),
        _sizes(raw.props.get("x-type", "")) if all(sides) else None,
        id=raw.id,
        extras=tuple(extras),
    )


def _sizes(kind: str) -> tuple[int, int] | None:
    """Give the numbers of segments that a bead's type tells, "1-2"."""
    match = _KIND.fullmatch(kind)
    sizes = (int(match[1]), int(match[2])) if match else (0, 0)
    return sizes if all(sizes) else None
