"""XCES: a file of links and the two texts it names, as OPUS and InterText write them, faults and all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bialign.bitext import Bitext, Remark
from bialign.errors import FormatError, ReadError
from bialign.readers.bilingual.linked import Link, Sentence, Text, linked
from bialign.readers.bilingual.pair import code_of
from bialign.readers.bilingual.stream import LANG, drop, events, name_of
from bialign.readers.bilingual.units import probability_of, status_of
from bialign.readers.source import Source, file_bytes
from bialign.safe_xml import XmlFault, declares_entities, parse

if TYPE_CHECKING:
    from lxml import etree

_LINES = re.compile(r"[ \t]*[\n\r][ \t\n\r]*")
_BEFORE = re.compile(r" (?=[.,;:!?%)\]}»”…])")
_AFTER = re.compile(r"(?<=[¿¡(\[{«“]) ")


class _Group(NamedTuple):
    source: str
    target: str
    links: list[Link]


def bitext(source: Source, source_lang: str, target_lang: str) -> Bitext:
    """Read the links and, beside them or below, the two texts; where there are several pairs, one after the other.

    Which side a link names first is told by the ids that are there, else by the program that wrote it (InterText names
    the second text first). Raises FormatError where there are no links, ReadError where a text is not there.
    """
    groups = list(_groups(source))
    if not any(group.links for group in groups):
        raise FormatError(source.file, "this file holds no links")
    sides: tuple[list[Sentence], list[Sentence]] = ([], [])
    langs = ["", ""]
    links: list[Link] = []
    remarks: list[Remark] = []
    for number, group in enumerate(groups):
        prefix = f"{number}/" if len(groups) > 1 else ""
        texts = []
        for side, name in enumerate((group.source, group.target)):
            sentences, lang, remark = _document(source, name)
            remarks += remark
            langs[side] = langs[side] or lang or _named_lang(name)
            first = sides[side][-1].paragraph + 1 if sides[side] else 0
            texts.append([one._replace(id=prefix + one.id, paragraph=one.paragraph + first) for one in sentences])
        links += _directed(group.links, texts, prefix)
        sides[0].extend(texts[0])
        sides[1].extend(texts[1])
    named = source.file.stem if len(groups) > 1 else Path(groups[0].source).name.partition(".")[0] or source.file.stem
    swapped = bool(source_lang) and code_of(source_lang).partition("-")[0] == langs[1].partition("-")[0] != ""
    both = Text(sides[0], langs[0]), Text(sides[1], langs[1])
    if swapped:
        both = both[1], both[0]
        links = [link._replace(source=link.target, target=link.source) for link in links]
    wanted = [code_of(source_lang) or both[0].lang, code_of(target_lang) or both[1].lang]
    texts_ = Text(both[0].sentences, wanted[0]), Text(both[1].sentences, wanted[1])
    name = next((link.id.rpartition(":")[0].rpartition(":")[0] for link in links if link.id.count(":") >= 2), named)
    return linked(source.file, texts_, links, id=name, remarks=tuple(remarks))


def _groups(source: Source) -> Iterator[_Group]:
    group = _Group("", "", [])
    for event, element in events(source):
        name = name_of(element)
        if event == "start" and name == "linkGrp":
            group = _Group(element.get("fromDoc", ""), element.get("toDoc", ""), [])
        elif event == "end" and name == "link":
            group.links.append(_link(element))
            drop(element)
        elif event == "end" and name == "linkGrp":
            yield group
            drop(element)


def _link(element: etree._Element) -> Link:
    first, _, second = element.get("xtargets", "").partition(";")
    probability = probability_of(element.get("certainty") or element.get("overlap") or "1")
    said = element.get("status", "")
    status = status_of(said) or ("confirmed" if said == "man" else "unreviewed")
    if element.get("mark", "0") not in {"0", ""} and said in {"man", "auto", "plain"}:
        status = "doubtful"
    # the order that InterText has is told by its words for a link's status
    turned = said in {"man", "auto", "plain"}
    sides = (second, first) if turned else (first, second)
    id = element.get("id", "")
    return Link(
        tuple(sides[0].split()), tuple(sides[1].split()), 1.0 if probability is None else probability, status, id=id
    )


def _directed(links: list[Link], texts: list[list[Sentence]], prefix: str) -> Iterator[Link]:
    """Give the links the way round that fits the ids of the texts."""
    ids = [{one.id for one in text} for text in texts]

    def missing(turned: bool) -> int:
        return sum(
            prefix + each not in ids[side != turned]
            for link in links
            for side, named in enumerate((link.source, link.target))
            for each in named
        )

    turned = missing(True) < missing(False)
    for link in links:
        source, target = (link.target, link.source) if turned else (link.source, link.target)
        yield link._replace(
            source=tuple(prefix + each for each in source), target=tuple(prefix + each for each in target)
        )


def _document(source: Source, name: str) -> tuple[list[Sentence], str, list[Remark]]:
    file, data = _found(source, name)
    remarks = []
    try:
        root = parse(data)
    except XmlFault as fault:
        if not fault.problem:
            raise FormatError(file, "the file declares XML entities, which is not allowed here") from None
        root = _recovered(file, data, fault)
        template = "{name}, line {line}, is not well-formed XML; it was read as well as that goes: {problem}"
        remarks.append(Remark(template, {"name": file.name, "line": fault.line, "problem": fault.problem}))
    sentences = list(_sentences(root))
    if not sentences:
        raise FormatError(file, "this text has no sentences that are marked (s)")
    return sentences, code_of(root.get("lang") or root.get(LANG) or ""), remarks


def _recovered(file: Path, data: bytes, fault: XmlFault) -> etree._Element:
    from lxml import etree

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(data, parser)
    if root is None or declares_entities(root):
        reason = "damaged or cut off, not well-formed XML: {problem}"
        raise FormatError(file, reason, line=fault.line, problem=fault.problem)
    return root


def _found(source: Source, name: str) -> tuple[Path, bytes]:
    """Give a text that a file of links names: where it says, beside it, with or without .gz; never outside."""
    folder = source.file.resolve().parent
    plain = name.removesuffix(".gz")
    for part in (name, plain, f"{plain}.gz", Path(name).name, Path(plain).name, f"{Path(plain).name}.gz"):
        file = (folder / part).resolve()
        if part and file.is_relative_to(folder) and file.is_file():
            return file, file_bytes(file)
    raise ReadError(source.file, "the text {name}, which it links, is not in its folder", name=" ".join(name.split()))


def _sentences(root: etree._Element) -> Iterator[Sentence]:
    paragraph = -1
    for number, element in enumerate(root.iter()):
        name = name_of(element)
        if name in {"p", "head"}:
            paragraph += 1
        elif name == "s":
            yield Sentence(element.get("id", f"?{number}"), _words(element), max(paragraph, 0))


def _words(element: etree._Element) -> str:
    """Give the text of a sentence; of one that is given word by word, with the spaces it will have had."""
    words = [each for each in element.iter() if name_of(each) == "w"]
    if not words:
        return _LINES.sub(" ", "".join(str(piece) for piece in element.itertext())).strip()
    text = " ".join("".join(str(piece) for piece in word.itertext()).strip() for word in words)
    return _AFTER.sub("", _BEFORE.sub("", text))


def _named_lang(name: str) -> str:
    """Tell the language of a text by where it stands ("en/x.xml.gz") or what it is called ("x.en.xml")."""
    parts = [*Path(name).parts[:-1], *Path(name).name.split(".")[1:]]
    return next((code_of(part) for part in parts if re.fullmatch(r"[a-z]{2}([_-][A-Za-z]{2})?", part)), "")
