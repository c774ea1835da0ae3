"""What the rules need to know of a language, with a user's exceptions added."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bialign.languages import ENGLISH, LANGUAGES, Kind, Language, word_set
from bialign.split.exceptions import Exceptions
from bialign.split.tokens import Kinds, Token, Tokens

PARTICLES = word_set("Le La De Del Los Las El Di Da Van Von")
_NONE = Exceptions()


def key(abbreviation: str) -> str:
    """Write an abbreviation as the tables have it.

    >>> key("EE. UU."), key("approx.")
    ('EE.UU', 'approx')
    """
    return re.sub(r"\s", "", abbreviation).rstrip(".")


@dataclass(frozen=True, slots=True)
class Grammar:
    """Hold what the rules need to know of a language, with a user's exceptions added."""

    lang: str
    language: Language
    abbreviations: Mapping[str, Kind]
    prefixes: frozenset[str] = field(default=frozenset())
    exceptions: frozenset[str] = field(default=frozenset())
    kinds: Mapping[str, Kind | None] = field(default_factory=dict, compare=False)
    tokens: Mapping[str, Token] = field(default_factory=dict, compare=False)

    @classmethod
    @functools.lru_cache(maxsize=8)
    def of(cls, lang: str, exceptions: Exceptions = _NONE) -> Grammar:
        """Make the grammar of a language ("es-PE" counts as "es"); other languages get the English abbreviations."""
        code = lang[:2].lower()
        language = LANGUAGES.get(code, ENGLISH)
        table = dict(language.abbreviations)
        joins = {key(word): word for word in exceptions.join}
        for word in exceptions.cut:
            for form in (key(word), key(word).lower()):
                table.pop(form, None)
        table.update(dict.fromkeys(joins, "inner"))
        prefixes = {".".join(token.split(".")[:n]) for token in table for n in range(1, token.count(".") + 1)}
        # a word of small letters is looked up there before anything else is asked
        prefixes.update(word.lower() for word in joins)
        kinds = Kinds(table)
        tokens = Tokens(code, language, kinds, {prefix.lower() for prefix in prefixes})
        return cls(code, language, table, frozenset(prefixes), frozenset(joins), kinds, tokens)

    def is_exception(self, token: str) -> bool:
        """Tell whether a user named an abbreviation, written without its last full stop; "Edo" is not "edo"."""
        return token in self.exceptions or token.lower() in self.exceptions

    def kind(self, token: str) -> Kind | None:
        """Give the kind of an abbreviation, written without its last full stop; exact case goes before lower case."""
        return self.kinds[token]
