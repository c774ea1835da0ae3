"""What tables, plots and reports say, in English and Spanish: the English text is the key of ``locales/es.json``."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from importlib import resources

LANGUAGES = ("en", "es")


class Saying:
    """Say things in one language.

    >>> Saying("es")("Beads by type")
    'Correspondencias por tipo'
    """

    def __init__(self, lang: str = "en") -> None:
        self.lang = "es" if lang.startswith("es") else "en"
        self._known = _catalogue(self.lang)

    def __call__(self, text: str, /, **fields: object) -> str:
        """Translate a text and fill its ``{field}`` places; what the catalogue lacks comes out in English."""
        said = self._known.get(text, text)
        return said.format(**fields) if fields else said

    def number(self, value: float, digits: int = 3) -> str:
        """Give a number as it is written in the language, with a decimal comma in Spanish; no empty end of zeros.

        >>> Saying("es").number(1234.5), Saying("en").number(1234.5), Saying("es").number(3)
        ('1234,5', '1,234.5', '3')
        """
        text = f"{value:,.{digits}f}"
        if digits:
            text = text.rstrip("0").rstrip(".")
        if text in {"", "-0"}:
            text = "0"
        if self.lang == "en":
            return text
        # four figures stand together in Spanish, more are parted by a space that does not break
        apart = text.replace(",", "" if abs(value) < 10_000 else "\N{NO-BREAK SPACE}")
        return apart.replace(".", ",")


@functools.cache
def _catalogue(lang: str) -> Mapping[str, str]:
    if lang == "en":
        return {}
    text = resources.files(__package__).joinpath("locales", f"{lang}.json").read_text(encoding="utf-8")
    return {english: said for section in json.loads(text).values() for english, said in section.items()}
