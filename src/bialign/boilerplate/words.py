"""Navigation and notices of rights: boilerplate that its own words tell."""

from __future__ import annotations

import bisect
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from bialign.bitext import Boilerplate, Document
from bialign.boilerplate.lines import Line

_TRAIL = re.compile(
    r"(?P<first>[^<>|»›«/]{1,40}?)\s(?P<mark>>|»|›|\|)\s(?:[^<>|»›«/]{1,40}\s(?P=mark)\s)*[^<>|»›«/]{1,80}\Z"
)
_SKIP = r"back to top|volver arriba|skip to (?:main )?content|saltar al contenido"
_LINK = (
    rf"{_SKIP}|home|back|next|previous|prev|top|share|print|e-?mail|search|menu|site map|contact(?: us)?|about(?: us)?|"
    r"log ?in|sign (?:in|up)|subscribe|read more|inicio|portada|volver|siguiente|anterior|arriba|compartir|imprimir|"
    r"correo|buscar|mapa (?:del sitio|web)|contacto|quiénes somos|acceder|iniciar sesión|suscribirse|leer más|"
    r"aviso legal|política de privacidad|privacy policy|terms of (?:use|service)"
)
_LINKS = re.compile(rf"\W*(?:{_LINK})(?:\W+(?:{_LINK}))+[^\w.]*\Z|\W*(?:{_SKIP})\W*\Z", re.IGNORECASE)
_RESERVED = (
    r"all rights reserved|todos los derechos reservados|reservados todos los derechos|"
    r"derechos reservados(?= conforme| ©|\W*\Z)"
)
# a sentence on rights that were reserved to somebody is none
_NOTICE = re.compile(
    rf"\W*(?:©|\(c\)|copyright)\W*(?:©\s*)?[\w\s,.&-]{{0,60}}?\d{{4}}|(?:\A|[.,;:|·©–-])\s*(?:{_RESERVED})\s*(?=[.,;|·©–-]|\Z)"
    rf"|\d{{4}}\b[^.]{{0,60}}?\b(?:{_RESERVED})",
    re.IGNORECASE,
)
# what else stands on the page of a book that says who printed it
_IMPRINT = re.compile(
    r"\bisbn\b|\bissn\b|\bedici[óo]n\b|\bedition\b|\bprinted\b|\bimpreso\b|\bimpresi[óo]n\b|\bpublish(?:ed|er)\b|"
    r"\bpublicad[oa]\b|\beditorial\b|\bpress\b|\bimprenta\b|\btraducci[óo]n\b|\btranslat|\bt[íi]tulo original\b|"
    r"\bdep[óo]sito legal\b|\blibrary of congress\b|\bno part of\b|\bqueda prohibid|\bprohibida la reproducci",
    re.IGNORECASE,
)
_LONGEST = 200
_SHORT = 80
_LONGEST_NOTICE = 300
_AGAIN = 3
"""Times a notice must come to be one of pages."""


def links(lines: Sequence[Line]) -> Iterator[Boilerplate]:
    """Find lines that hold nothing but links to other parts of a site."""
    for line in lines:
        if _is_navigation(line.text):
            yield Boilerplate(line.start, line.stop, "navigation", "its shape, of links in a row")


def _is_navigation(text: str) -> bool:
    if len(text) > _LONGEST:
        return False
    trail = _TRAIL.match(text)
    # the way to a page begins at the home page
    leads = trail is not None and re.fullmatch(rf"\W*(?:{_LINK})\W*", trail["first"], re.IGNORECASE)
    return bool(leads or _LINKS.match(text))


def notices(document: Document, lines: Sequence[Line]) -> Iterator[Boilerplate]:
    """Find notices of rights that come on page after page, or stand alone at the beginning or the end of the text.

    One that stands among an edition, its number and its publisher belongs to an imprint, which is left whole.
    """
    groups = list(_by_paragraph(document, lines))
    times = Counter(line.shape for line in lines if _NOTICE.search(line.text))
    alone = {line.number for side in (groups, groups[::-1]) for line in _at_the_end(side)}
    for group in groups:
        for line in group:
            again = len(line.text) <= _LONGEST and bool(_NOTICE.search(line.text)) and times[line.shape]
            if again and again >= _AGAIN and line.shape:
                template = "a notice of rights that comes {count} times"
                yield Boilerplate(line.start, line.stop, "notice", template, {"count": again})
            elif line.number in alone:
                yield Boilerplate(line.start, line.stop, "notice", "its words, at the border of the text")


def is_page_furniture(text: str) -> bool:
    """Tell whether a line is navigation or a notice of rights by its words alone, whatever stands around it.

    >>> is_page_furniture("Home > News > 2019"), is_page_furniture("© 2019 Example Press. All rights reserved.")
    (True, True)
    >>> is_page_furniture("All rights were reserved to the crown.")
    False
    """
    if len(text) > _LONGEST:
        return False
    # most lines hold none of what these rules look for, which is quickly seen
    may_be_trail = any(mark in text for mark in ">»›|")
    lowered = text.lower()
    may_be_notice = any(word in lowered for word in ("©", "(c)", "copyright", "reserved", "reservados"))
    return ((may_be_trail or len(text) <= _SHORT) and _is_navigation(text)) or (
        may_be_notice and bool(_NOTICE.search(text))
    )


def _by_paragraph(document: Document, lines: Sequence[Line]) -> Iterator[list[Line]]:
    starts = [item.start for item in document.paragraphs]
    group: list[Line] = []
    last = -1
    for line in lines:
        paragraph = bisect.bisect_right(starts, line.stop) if starts else line.number
        if group and paragraph != last:
            yield group
            group = []
        group.append(line)
        last = paragraph
    if group:
        yield group


def _at_the_end(groups: Iterable[Sequence[Line]]) -> list[Line]:
    """Give the lines of the notices that come first, navigation aside, unless they begin an imprint."""
    found: list[Line] = []
    for group in groups:
        text = " ".join(line.text for line in group)
        whole = all(_NOTICE.search(line.text) for line in group) or re.search(_RESERVED, text, re.IGNORECASE)
        if len(text) <= _LONGEST_NOTICE and _NOTICE.search(group[0].text) and whole and not _IMPRINT.search(text):
            found += group
        elif not _is_navigation(text):
            # of a text that is a notice itself nothing would be left
            return [] if len(text) <= _LONGEST and _IMPRINT.search(text) else found
    return []
