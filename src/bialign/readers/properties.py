"""Titles and authors as files name them in their properties, without those that programs put there."""

from __future__ import annotations

import re
from collections.abc import Iterable

_FILE_NAME = re.compile(
    r"\.(docx?|docm|dotx?|odt|ott|rtf|txt|pdf|html?|indd|qx[dp]|tex|dvi|md|wpd|pages|p65|pmd|fm)\Z|\A(about|file|https?):",
    re.IGNORECASE,
)
_PROGRAM = re.compile(
    r"\A(microsoft (office )?(word|powerpoint|excel)|powerpoint|libreoffice|openoffice|writer)\b", re.IGNORECASE
)
_NO_TITLE = re.compile(
    r"(untitled|sin t[ií]tulo|no title|document|documento|new document|nuevo documento|title|t[ií]tulo|doc|plantilla|"
    r"presentation|presentaci[oó]n|slide|layout|libro|book|"
    r"template|word document|(new |nuevo )?(microsoft|documento de) word( document)?)[\s_-]*\d*",
    re.IGNORECASE,
)
_NO_AUTHOR = re.compile(
    r"(user|usuario|admin\w*|owner|propietario|author|autor|guest|invitado|unknown|desconocido|"
    r"un-?named|sin nombre|anonymous|(windows|microsoft|office|microsoft office) user|"
    r"usuario de (windows|microsoft office)|pc|home|hp|dell|acer|asus|toshiba|lenovo|python-docx|"
    r"docx4j|apache poi|pandoc|libreoffice)[\s_-]*\d*",
    re.IGNORECASE,
)


def sensible_title(title: str) -> str:
    """Give a title as a file's properties have it; "" if it is a file's name or a program's words.

    >>> sensible_title(" El viaje  de ida "), sensible_title("Microsoft Word - final2.doc"), sensible_title("Document1")
    ('El viaje de ida', '', '')
    """
    title = " ".join(title.split())
    empty = _FILE_NAME.search(title) or _PROGRAM.match(title) or _NO_TITLE.fullmatch(title)
    return "" if empty or not any(letter.isalpha() for letter in title) else title


def sensible_authors(names: Iterable[str]) -> list[str]:
    """Give the authors that a file's properties name, several in one field parted; no programs, no "User".

    >>> sensible_authors(["Rosa Paz; Juan  Gil", "Usuario de Windows", "Rosa Paz"])
    ['Rosa Paz', 'Juan Gil']
    """
    parted = (" ".join(name.split()) for field in names for name in field.split(";"))
    return list(dict.fromkeys(name for name in parted if name and not _NO_AUTHOR.fullmatch(name)))
