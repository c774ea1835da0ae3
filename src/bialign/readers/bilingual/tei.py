"""TEI P5: two texts in one file with links between their sentences, ours and those of others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, cast, get_args

from bialign.bitext import Anchor, AnchorKind, Bitext, Extra, ParagraphKind
from bialign.errors import FormatError
from bialign.readers.bilingual.linked import Link, Sentence, Text, linked
from bialign.readers.bilingual.pair import code_of
from bialign.readers.bilingual.stream import LANG, name_of
from bialign.readers.bilingual.units import probability_of, status_of
from bialign.readers.source import Source
from bialign.safe_xml import XmlFault, parse

if TYPE_CHECKING:
    from lxml import etree

_ID = "{http://www.w3.org/XML/1998/namespace}id"
_SENTENCES = ("s", "seg", "ab", "p", "head", "l", "cell", "item")
"""What links may point to, the smallest first."""
_PARAGRAPHS = frozenset({"p", "ab", "head", "l", "item", "cell"})
_KINDS = frozenset(get_args(ParagraphKind))
_ANCHORS = frozenset(get_args(AnchorKind))
_LINES = re.compile(r"[ \t]*[\n\r][ \t\n\r]*")


def bitext(source: Source, source_lang: str, target_lang: str) -> Bitext:
    """Read a TEI file whose two texts, told by their languages, are linked (``link``, ``span`` or ``@corresp``).

    Of several texts those in the languages asked for are read. Raises FormatError where there are no two such texts, or
    nothing links them.
    """
    root = _root(source)
    sides = _sides(root, source, (source_lang, target_lang))
    texts = [_text(root, side) for side in sides]
    ours = next((each.get("n", "") for each in root.iter() if name_of(each) == "application"), None)
    links, moves = _links(root, (_ids(texts[0]), _ids(texts[1])))
    label = (
        next((_words(each) for each in root.iter() if name_of(each) == "application"), "") if ours is not None else ""
    )
    signature = label.removeprefix("bialign").strip() if label.startswith("bialign") else ""
    return linked(source.file, (texts[0], texts[1]), links, moves, id=root.get("n", ""), signature=signature)


def _root(source: Source) -> etree._Element:
    try:
        return parse(source.data)
    except XmlFault as fault:
        if not fault.problem:
            raise FormatError(source.file, "the file declares XML entities, which is not allowed here") from None
        reason = "damaged or cut off, not well-formed XML: {problem}"
        raise FormatError(source.file, reason, line=fault.line, problem=fault.problem) from None


def _sides(root: etree._Element, source: Source, asked: tuple[str, str]) -> list[etree._Element]:
    found = [each for each in root.iter() if name_of(each) in {"text", "div"} and each.get(LANG) and _has_text(each)]
    # the innermost that says its language
    found = [each for each in found if not any(other is not each and each in other.iterancestors() for other in found)]
    wanted = [code_of(lang) for lang in asked]
    for number, lang in enumerate(wanted):
        fits = [each for each in found if lang and _lang(each).partition("-")[0] == lang.partition("-")[0]]
        if fits:
            found.remove(fits[0])
            found.insert(min(number, len(found)), fits[0])
    if len(found) < 2:
        raise FormatError(source.file, "this TEI file holds no two texts that say their language (xml:lang)")
    return found[:2]


def _has_text(element: etree._Element) -> bool:
    return any(name_of(each) in _SENTENCES for each in element.iter())


def _lang(element: etree._Element) -> str:
    return code_of(element.get(LANG, ""))


def _text(root: etree._Element, side: etree._Element) -> Text:
    about = next((each for each in root.iter() if f"#{each.get(_ID)}" == side.get("decls")), None)
    parts = {name_of(each): _words(each) for each in about} if about is not None else {}
    lang = _lang(side)
    return Text(
        tuple(_sentences(side)),
        "" if lang == "und" else lang,
        parts.get("title", ""),
        about.get("n", "") if about is not None else "",
        parts.get("note", ""),
    )


def _sentences(side: etree._Element) -> Iterator[Sentence]:
    unit = next(name for name in _SENTENCES if any(name_of(each) == name for each in side.iter()))
    kind: ParagraphKind
    waiting: list[Anchor]
    paragraph, kind, waiting = -1, "text", []
    for number, element in enumerate(side.iter()):
        name = name_of(element)
        if name == "pb":
            waiting.append(Anchor(0, "page", element.get("n", "")))
        elif name == "milestone" and element.get("unit") in _ANCHORS:
            waiting.append(Anchor(0, cast("AnchorKind", element.get("unit")), element.get("n", "")))
        if name in _PARAGRAPHS:
            paragraph, kind = paragraph + 1, _kind(element)
        if name == unit:
            yield Sentence(element.get(_ID, f"?{number}"), _words(element), max(paragraph, 0), kind, tuple(waiting))
            waiting = []


def _kind(element: etree._Element) -> ParagraphKind:
    parent = element.getparent()
    if parent is not None and name_of(parent) == "note":
        return "endnote" if parent.get("place") == "end" else "footnote"
    name = {"head": "heading", "l": "verse", "item": "list-item", "cell": "table-cell"}.get(name_of(element), "")
    kind = name or element.get("type", "")
    return cast("ParagraphKind", kind) if kind in _KINDS else "text"


def _words(element: etree._Element) -> str:
    """Give the text of an element; line ends, and the indentation around them, are spaces."""
    return _LINES.sub(" ", "".join(str(piece) for piece in element.itertext())).strip()


def _ids(text: Text) -> frozenset[str]:
    return frozenset(sentence.id for sentence in text.sentences)


def _links(root: etree._Element, ids: tuple[frozenset[str], frozenset[str]]) -> tuple[list[Link], list[Link]]:
    links: list[tuple[int, Link]] = []
    moves: list[Link] = []
    reasons: dict[str, str] = {}
    said: dict[str, list[Extra]] = {}
    for number, element in enumerate(root.iter()):
        name = name_of(element)
        if name not in {"link", "span"} or not element.get("target"):
            continue
        parent = element.getparent()
        group = parent.get("type", "") if parent is not None else ""
        about = element.get("target", "").removeprefix("#")
        if group == "reasons":
            reasons[about] = _words(element)
        elif group in {"comments", "said"}:
            said.setdefault(about, []).append(_extra(element))
        elif group == "moves":
            moves.append(_link(element, ids))
        elif name == "link" or group == "alignment":
            order = element.get(_ID, "").rpartition(".")[2]
            links.append((int(order) if order.isdecimal() and order.isascii() else number, _link(element, ids)))
    if not links:
        return list(_corresponding(root, ids)), []
    links.sort(key=lambda pair: pair[0])
    return [
        link._replace(
            reason=reasons.get(f"bead.{order}", link.reason), extras=tuple(said.get(f"bead.{order}", link.extras))
        )
        for order, link in links
    ], moves


def _extra(element: etree._Element) -> Extra:
    """Give a comment, or what another program said of a bead, as bialign writes it."""
    kind, side = (element.get(name, "").removeprefix("#") for name in ("ana", "corresp"))
    return Extra(
        cast("Literal['attribute', 'prop', 'note']", kind if kind in {"attribute", "prop"} else "note"),
        element.get("n", ""),
        _words(element),
        cast("Literal['', 'source', 'target']", side if side in {"source", "target"} else ""),
    )


def _link(element: etree._Element, ids: tuple[frozenset[str], frozenset[str]]) -> Link:
    pointers = [pointer.rpartition("#")[2] for pointer in element.get("target", "").split()]
    # an id of neither text is told as missing in the target
    source = tuple(pointer for pointer in pointers if pointer in ids[0])
    target = tuple(pointer for pointer in pointers if pointer not in ids[0])
    probability = probability_of(element.get("cert", "1"))
    status = status_of(element.get("ana", "").removeprefix("#")) or "unreviewed"
    told = _words(element) if name_of(element) == "span" else ""
    return Link(source, target, 1.0 if probability is None else probability, status, told, element.get("n", ""))


def _corresponding(root: etree._Element, ids: tuple[frozenset[str], frozenset[str]]) -> Iterator[Link]:
    """Give the links that sentences carry themselves; one that both of them carry counts once."""
    seen = set()
    for element in root.iter():
        own, others = element.get(_ID, ""), element.get("corresp", "")
        pointers = tuple(pointer.rpartition("#")[2] for pointer in others.split())
        sides = ((own,), pointers) if own in ids[0] else (pointers, (own,))
        if own and pointers and own in ids[0] | ids[1] and sides not in seen:
            seen.add(sides)
            yield Link(*sides)
