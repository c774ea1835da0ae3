"""English and Spanish as data: what the splitter, the repairs and the guesser need to know about each language."""

from collections.abc import Mapping

from bialign.languages.english import ENGLISH
from bialign.languages.guess import guess_language, other_language, spanish_share
from bialign.languages.model import Kind, Language, word_set
from bialign.languages.spanish import SPANISH

__all__ = [
    "ENGLISH",
    "LANGUAGES",
    "SPANISH",
    "Kind",
    "Language",
    "guess_language",
    "other_language",
    "spanish_share",
    "word_set",
]

LANGUAGES: Mapping[str, Language] = {"en": ENGLISH, "es": SPANISH}
