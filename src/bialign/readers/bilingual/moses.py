"""Moses text: two files with as many lines, each line with its translation; and the names of the lines, if there."""

from __future__ import annotations

import re
from pathlib import Path

from bialign.errors import FormatError
from bialign.readers.bilingual.pair import code_of
from bialign.readers.bilingual.units import Content, Unit, probability_of, status_of
from bialign.readers.source import Source, file_bytes

_PAIR = re.compile(
    r"(?P<stem>.+)\.(?P<one>[A-Za-z]{2,3}(?:[_-][A-Za-z]{2})?|source)-(?P<other>[A-Za-z]{2,3}(?:[_-][A-Za-z]{2})?|target)"
)
_KIND = re.compile(r"(\d{1,3})-(\d{1,3})", re.ASCII)


def partner(file: Path) -> Path | None:
    """Give the other file of a pair: that of "x.en-es.en" is "x.en-es.es"; None where there is none."""
    own = file.suffix[1:]
    pair = _PAIR.fullmatch(file.name.removesuffix(file.suffix))
    if pair and own in {pair["one"], pair["other"]}:
        other = pair["other"] if own == pair["one"] else pair["one"]
        found = file.with_suffix(f".{other}")
        return found if found.is_file() else None
    others = {"en": "es", "es": "en"}
    sibling = file.with_suffix(f".{others[own]}") if own in others else None
    return sibling if sibling and sibling.is_file() else None


def content(source: Source, source_lang: str, target_lang: str) -> Content:
    """Read both files, English first unless it is said otherwise; a line that is empty on one side is a null bead.

    Raises FormatError where they do not have as many lines.
    """
    other = partner(source.file)
    assert other is not None
    sources = [source, Source(other, file_bytes(other), source.encoding)]
    langs = [code_of(each.file.suffix[1:]) for each in sources]
    wanted = code_of(source_lang).partition("-")[0] or ("en" if "en" in langs else "")
    asked = code_of(target_lang).partition("-")[0]
    turned = langs[0] == "target" or asked == langs[0].partition("-")[0]
    if turned or wanted == langs[1].partition("-")[0]:
        sources.reverse()
        langs.reverse()
    lines = [_lines(each) for each in sources]
    if len(lines[0]) != len(lines[1]):
        reason = "{count} lines, but {other} has {found}: the two files do not belong together line by line"
        own, found = (len(side) for side in (lines if sources[0] is source else lines[::-1]))
        raise FormatError(source.file, reason, count=own, other=other.name, found=found)
    known = _known(source.file, len(lines[0]))
    units = [_unit(number, pair, known) for number, pair in enumerate(zip(*lines, strict=True), 1)]
    id = known[0][0].rpartition(":")[0].rpartition(":")[0] if known else ""
    names = [code_of(lang) if lang not in {"source", "target"} else "" for lang in langs]
    return Content(units, (source_lang or names[0], target_lang or names[1]), id=id)


def _lines(source: Source) -> list[str]:
    text, _ = source.decoded(keep_line_ends=True)
    lines = text.removeprefix("\ufeff").split("\n")
    return [line.strip() for line in (lines[:-1] if lines[-1] == "" else lines)]


def _known(file: Path, count: int) -> list[list[str]]:
    """Read the names, probabilities and statuses of the lines, where they are beside the texts as bialign has them."""
    names = file.with_suffix(".ids")
    if not names.is_file():
        return []
    rows = [line.split("\t") for line in _lines(Source(names, file_bytes(names), "utf-8"))]
    return rows if len(rows) == count and all(len(row) == 4 for row in rows) else []


def _unit(number: int, pair: tuple[str, str], known: list[list[str]]) -> Unit:
    sides = [(text,) if text else () for text in pair]
    if not known:
        return Unit(number, sides[0], sides[1])
    id, probability, status, kind = known[number - 1]
    sizes = _KIND.fullmatch(kind)
    value = probability_of(probability)
    return Unit(
        number,
        sides[0],
        sides[1],
        1.0 if value is None else value,
        status_of(status) or "unreviewed",
        sizes=(int(sizes[1]), int(sizes[2])) if sizes and all(sides) else None,
        id=id,
    )
