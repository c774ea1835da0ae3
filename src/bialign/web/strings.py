"""The words of the pages, by language and key, and the pages' frame filled with them."""

from __future__ import annotations

import functools
import html
import json
import re
from importlib import resources

from bialign.web.pages import bar

LANGUAGES = ("en", "es")

_IMPORT = re.compile(r'^import .*"\./(\w+)\.js";$', re.MULTILINE)
_PLACE = re.compile(r"\{\{(\w+)\}\}")


@functools.cache
def strings(lang: str) -> dict[str, str]:
    """Give all texts of a language by their keys."""
    text = resources.files(__package__).joinpath("locales", f"{lang}.json").read_text(encoding="utf-8")
    found: dict[str, str] = json.loads(text)
    return found


@functools.cache
def template(name: str) -> str:
    """Give a page as it is written, with ``{{key}}`` places."""
    return resources.files(__package__).joinpath("templates", name).read_text(encoding="utf-8")


def page(name: str, lang: str, **values: str) -> str:
    """Fill a page with the texts of a language, and with values of its own; all are escaped."""
    texts = strings(lang) | values | {"lang": lang}

    def fill(match: re.Match[str]) -> str:
        return html.escape(texts[match[1]])

    # the frame first: what a page puts into it has places of its own
    whole = (
        template("frame.html")
        .replace("{{{main}}}", template(name))
        .replace("{{{make}}}", template("make.html"))
        .replace("{{{bar}}}", bar(values["script"]))
        .replace("{{{preload}}}", _preload(values["script"]))
    )
    return _PLACE.sub(fill, whole)


@functools.cache
def _preload(script: str) -> str:
    """Name the modules a script is made of, so that a browser fetches them at once and not one after the other."""
    folder = resources.files(__package__).joinpath("static")
    found: list[str] = []
    waiting = [script]
    while waiting:
        name = waiting.pop()
        found.append(name)
        text = folder.joinpath(f"{name}.js").read_text(encoding="utf-8")
        waiting += [one for one in _IMPORT.findall(text) if one not in found and one not in waiting]
    return "".join(f'<link rel="modulepreload" href="/static/{name}.js">\n' for name in found)
