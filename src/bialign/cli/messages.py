"""What the command line says, in English and Spanish: the English text is the key, ``locales/es.json`` the catalogue.

Errors of the library are translated the same way, by their template.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import resources

LANGUAGES = ("en", "es")

SPANISH = 0x0A
"""The primary language id of Spanish on Windows."""


class Messages:
    """Say things in one language; what the catalogue lacks comes out in English.

    >>> Messages("es")("{count} beads", count=3)
    '3 correspondencias'
    """

    def __init__(self, lang: str = "en") -> None:
        self.lang = lang if lang in LANGUAGES else "en"
        self.catalogue = load_catalogue(self.lang)

    def __call__(self, text: str, /, **fields: object) -> str:
        """Translate a text and fill its ``{field}`` places."""
        said = self.catalogue.get(text, text)
        return said.format(**fields) if fields else said

    def count(self, number: int, one: str, many: str) -> str:
        """Say how many of something there are: `one` and `many` are texts with a ``{count}`` place."""
        return self(one if number == 1 else many, count=number)


def load_catalogue(lang: str) -> Mapping[str, str]:
    """Read the texts of a language, keyed by their English; English itself needs none."""
    if lang == "en":
        return {}
    text = resources.files(__package__).joinpath("locales", f"{lang}.json").read_text(encoding="utf-8")
    return {english: said for section in json.loads(text).values() for english, said in section.items()}


def choose_language(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """Choose the language to speak: ``--ui-lang``, else BIALIGN_LANG, else that of the system.

    >>> choose_language(["align", "--ui-lang=es"], {"LANG": "en_GB.UTF-8"})
    'es'
    >>> choose_language([], {"LANG": "es_PE.UTF-8"})
    'es'
    """
    for position, argument in enumerate(arguments):
        if argument == "--":
            break
        name, _, value = argument.partition("=")
        if name == "--ui-lang":
            value = value or "".join(arguments[position + 1 : position + 2])
            return value if value in LANGUAGES else "en"
    for variable in ("BIALIGN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if wanted := environment.get(variable):
            return "es" if wanted.lower().startswith("es") else "en"
    return _windows_language() if os.name == "nt" else "en"


def _windows_language() -> str:
    if sys.platform != "win32":
        return "en"
    import ctypes

    return "es" if ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == SPANISH else "en"
