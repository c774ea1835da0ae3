"""TMX 1.1 to 1.4, as strict or as loose as other programs write it."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from bialign.bitext import Extra
from bialign.errors import FormatError
from bialign.formats.cuts import cut
from bialign.readers.bilingual.pair import UNKNOWN, choose, code_of, pick, said
from bialign.readers.bilingual.stream import LANG, drop, ends, name_of, text_of
from bialign.readers.bilingual.units import Content, Unit, probability_of, status_of
from bialign.readers.source import Source

if TYPE_CHECKING:
    from lxml import etree

_CODES = frozenset({"bpt", "ept", "it", "ph", "ut"})
"""Inline elements that hold formatting; text stands in others, as in hi."""
_OURS = frozenset({"x-type", "x-probability", "x-status", "x-reason", "x-source-cuts", "x-target-cuts"})
_HEADER = frozenset({"x-source-document", "x-target-document", "x-source-licence", "x-target-licence", "x-signature"})
_NOT_KEPT = frozenset({"tuid", "segtype", "srclang", "datatype", "lang", LANG})
"""Attributes of units and variants that bialign writes by its own lights, or that mean nothing outside the file."""
_SAMPLE = 2_000
"""Units by which the languages of a large file are chosen."""
_KIND = re.compile(r"(\d{1,3})-(\d{1,3})", re.ASCII)


class _Variant(NamedTuple):
    text: str
    element_extras: tuple[tuple[str, str, str], ...]


class _Tu(NamedTuple):
    """Hold a translation unit as it stands in the file: its line, its name, texts by language, props and the rest."""

    place: int
    id: str
    variants: dict[str, _Variant]
    props: dict[str, str]
    extras: tuple[Extra, ...]


@dataclass(slots=True)
class Head:
    """Hold what the head of a memory says; `ours` tells whether bialign wrote it."""

    source_lang: str = ""
    props: dict[str, str] = field(default_factory=dict)
    extras: tuple[Extra, ...] = ()
    ours: bool = False
    date: str = ""


def content(source: Source, source_lang: str, target_lang: str) -> Content:
    """Read a translation memory; units that hold neither of the two languages are passed over.

    Of several variants in one language the first is read, of several regions the most frequent of the file; raises
    FormatError where the file is damaged or the pair of languages cannot be told.
    """
    head = Head()
    found = list(_read(source, head))
    if not found:
        raise FormatError(source.file, "the translation memory holds no units")
    codes, pair = _languages(found, head, source, source_lang, target_lang)
    titles = head.props.get("x-source-document", ""), head.props.get("x-target-document", "")
    return Content(
        [_unit(tu, codes, pair) for tu in found],
        said(pair, (source_lang, target_lang)),
        id=found[0].id.rpartition(":")[0].rpartition(":")[0] if head.ours else "",
        titles=titles if head.ours else ("", ""),
        signature=head.props.get("x-signature", "") if head.ours else "",
        extras=head.extras,
    )


def stream(source: Source, source_lang: str = "", target_lang: str = "") -> tuple[tuple[str, str], Iterator[Unit]]:
    """Read a memory of any size piece by piece: give its two languages, "" where they are not said, and its units.

    A source without data is read from its file. The languages are chosen by the first units, by all of them where that
    is not enough. Raises FormatError as `content` does, for damage where it is met.
    """
    head = Head()
    sample = list(itertools.islice(_read(source, head), _SAMPLE))
    if not sample:
        raise FormatError(source.file, "the translation memory holds no units")
    try:
        codes, pair = _languages(sample, head, source, source_lang, target_lang)
    except FormatError:
        codes, pair = _languages(_read(source, head), head, source, source_lang, target_lang)
    units = (_unit(tu, codes, pair) for tu in _read(source, head))
    return said(pair, (source_lang, target_lang)), (unit for unit in units if unit.source or unit.target)


def _languages(
    units: Iterator[_Tu] | list[_Tu], head: Head, source: Source, source_lang: str, target_lang: str
) -> tuple[list[str], tuple[str, str]]:
    langs = Counter(code for tu in units for code in tu.variants)
    codes = [code for code, _ in langs.most_common()]
    return codes, choose(codes, head.source_lang, source_lang, target_lang, source.file)


def _read(source: Source, head: Head) -> Iterator[_Tu]:
    for element in ends(source, ("tu", "header")):
        if name_of(element) == "header":
            head.source_lang = code_of(element.get("srclang", ""))
            head.ours = element.get("creationtool") == "bialign"
            head.date = element.get("creationdate", "") if head.ours else ""
            head.props, extras = _said(element, source)
            head.extras = tuple(extra for extra in extras if not (head.ours and extra.name in _HEADER))
        else:
            variants = _variants(element, source)
            if variants:
                props, extras = _said(element, source)
                # the day when we wrote the file is no date of the unit
                own = (each for each in _attributes(element, "") if not head.date or each.value != head.date)
                kept = (*own, *(extra for extra in extras if extra.name not in _OURS))
                yield _Tu(element.sourceline or 0, element.get("tuid", ""), variants, props, kept)
        drop(element)


def _said(element: etree._Element, source: Source) -> tuple[dict[str, str], tuple[Extra, ...]]:
    """Give the props of an element by their types, and all of its props and notes."""
    props: dict[str, str] = {}
    extras = []
    for child in element:
        name = name_of(child)
        if name in {"prop", "note"}:
            kind: Literal["prop", "note"] = "prop" if name == "prop" else "note"
            extra = Extra(kind, child.get("type", ""), text_of(child, frozenset(), source))
            extras.append(extra)
            if kind == "prop":
                props[extra.name] = extra.value
    return props, tuple(extras)


def _attributes(element: etree._Element, side: Literal["", "source", "target"]) -> tuple[Extra, ...]:
    return tuple(
        Extra("attribute", str(name), str(value), side)
        for name, value in element.attrib.items()
        if name not in _NOT_KEPT
    )


def _variants(unit: etree._Element, source: Source) -> dict[str, _Variant]:
    found: dict[str, _Variant] = {}
    for variant in unit:
        if name_of(variant) != "tuv":
            continue
        code = code_of(variant.get(LANG) or variant.get("lang") or "") or UNKNOWN
        if code in found:
            continue
        text = next((text_of(child, _CODES, source) for child in variant if name_of(child) == "seg"), "")
        if text:
            extras = _attributes(variant, "") + (_said(variant, source)[1] if len(variant) > 1 else ())
            found[code] = _Variant(text, tuple((extra.kind, extra.name, extra.value) for extra in extras))
    return found


def _unit(tu: _Tu, codes: list[str], pair: tuple[str, str]) -> Unit:
    texts = {code: (variant.text,) for code, variant in tu.variants.items()}
    sides = pick(texts, pair[0], codes), pick(texts, pair[1], codes)
    names: tuple[Literal["source", "target"], ...] = ("source", "target")
    extras = list(tu.extras)
    for name, side in zip(names, sides, strict=True):
        variant = next((each for each in tu.variants.values() if side == (each.text,)), None)
        if variant:
            extras += (Extra(kind, of, value, name) for kind, of, value in variant.element_extras)  # type: ignore[arg-type]
    probability = probability_of(tu.props.get("x-probability", "")) if "x-probability" in tu.props else None
    cuts = [
        (cut(side[0], tu.props.get(f"x-{name}-cuts", "")) or side) if side else ()
        for name, side in zip(names, sides, strict=True)
    ]
    sizes = _sizes(tu.props.get("x-type", "")) if all(sides) else None
    return Unit(
        tu.place,
        cuts[0],
        cuts[1],
        1.0 if probability is None else probability,
        status_of(tu.props.get("x-status", "")) or "unreviewed",
        tu.props.get("x-reason", ""),
        sizes,
        id=tu.id,
        extras=tuple(extras),
    )


def _sizes(kind: str) -> tuple[int, int] | None:
    """Give the numbers of segments that a bead's type tells, "1-2"."""
    match = _KIND.fullmatch(kind)
    sizes = (int(match[1]), int(match[2])) if match else (0, 0)
    return sizes if all(sizes) else None
