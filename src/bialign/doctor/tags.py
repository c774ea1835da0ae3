"""Change one attribute of a tag and leave the rest of it as it stands."""

from __future__ import annotations

import re


def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"\s+{re.escape(name)}\s*=\s*(?:\"[^\"]*\"|'[^']*')")


def without(raw: str, name: str) -> str:
    """Leave an attribute out.

    >>> without('<tu tuid="1"  score="0.5">', "score")
    '<tu tuid="1">'
    """
    return _pattern(name).sub("", raw, count=1)


def renamed(raw: str, name: str, new: str) -> str:
    """Call an attribute by another name.

    >>> renamed('<tuv lang="es">', "lang", "xml:lang")
    '<tuv xml:lang="es">'
    """
    return _pattern(name).sub(lambda found: found[0].replace(name, new, 1), raw, count=1)


def with_value(raw: str, name: str, value: str) -> str:
    """Give an attribute another value, which is escaped already.

    >>> with_value("<tmx version='1.4b'>", "version", "1.4")
    '<tmx version="1.4">'
    """
    return _pattern(name).sub(lambda found: f'{found[0].partition("=")[0]}="{value}"', raw, count=1)


def added(raw: str, name: str, value: str) -> str:
    """Add an attribute, whose value is escaped already.

    >>> added("<header/>", "segtype", "sentence"), added("<header >", "a", "b")
    ('<header segtype="sentence"/>', '<header a="b">')
    """
    end = "/>" if raw.endswith("/>") else ">"
    return f'{raw[: -len(end)].rstrip()} {name}="{value}"{end}'
