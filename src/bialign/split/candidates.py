"""The places where a sentence might end, and what stands around each of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bialign.languages import ENGLISH, LANGUAGES, Kind, Language

# Only the first mark of a run starts a candidate, so that a megabyte of them stays linear.
CANDIDATE = re.compile(
    r"""
    (?: (?P<mark>(?<!\.\ )\.(?:\ \.){2,}+ | (?<![.!?…。．‽])[.!?…。．‽]++)
        (?P<close>(?:["'”’»›)\]}*_]|\[\d{1,3}(?:[-–,]\ ?\d{1,3})*\]|[¹²³⁰-⁹]|\ (?=[»”]))*+)
        (?P<note>(?<=[a-zà-ÿ)\]”"]\.)\d{1,3}(?:[ ,–-]{1,2}\d{1,3})*+)?
        (?P<space>\s++)(?=\S)
      | (?P<tight>(?<=[a-zà-ÿ\d][a-zà-ÿ\d%)])[.!?]["”»]?|(?<=.)[。．])(?=[A-ZÀ-Þ¿¡][\w])
    )
    """,
    re.VERBOSE,
)
_RIGHT = re.compile(r"(?P<open>[\s\"'“‘«‹(\[{¿¡—–\-*_•·]*)(?P<word>[^\W_]+(?:['’][^\W\d_]+)*)?(?P<rest>.*)", re.DOTALL)
_OPENERS = "\"'“‘«‹([{¿¡—–-*_•·/"
REACH = 48
"""Characters looked at on each side of a candidate."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """Hold what the rules need to know of a language, with a user's exceptions added."""

    lang: str
    language: Language
    abbreviations: Mapping[str, Kind]
    prefixes: frozenset[str] = field(default=frozenset())

    @classmethod
    def of(cls, lang: str, exceptions: tuple[str, ...] = ()) -> Grammar:
        """Make the grammar of a language ("es-PE" counts as "es"); others get the general rules and few abbreviations."""
        code = lang[:2].lower()
        language = LANGUAGES.get(code, ENGLISH)
        table = dict(language.abbreviations)
        for word in exceptions:
            table[re.sub(r"\s", "", word).rstrip(".").lower()] = "inner"
        prefixes = {".".join(key.split(".")[:n]) for key in table for n in range(1, key.count(".") + 1)}
        return cls(code, language, table, frozenset(prefixes))

    def kind(self, token: str) -> Kind | None:
        """Give the kind of an abbreviation, written without its last full stop; exact case goes before lower case."""
        return self.abbreviations.get(token) or self.abbreviations.get(token.lower())


class Candidate:
    """Show one place: `left` is the token before the mark, `word` the first word behind, `opening` what leads up to it."""

    __slots__ = (
        "before",
        "close",
        "first",
        "grammar",
        "left",
        "mark",
        "opening",
        "rest",
        "segment",
        "start",
        "stop",
        "text",
        "word",
    )

    def __init__(self, text: str, found: re.Match[str], segment: int, grammar: Grammar) -> None:
        self.text, self.grammar, self.segment = text, grammar, segment
        self.start = found.start()
        tight = found["tight"]
        self.mark: str = tight[0] if tight else found["mark"]
        self.close: str = tight[1:] if tight else found["close"] + (found["note"] or "")
        self.stop = found.end() - len(found["space"] or "")
        self.before = text[max(segment, self.start - REACH) : self.start].rstrip()
        self.left = (self.before.rsplit(None, 1) or [""])[-1].lstrip(_OPENERS)
        right = _RIGHT.match(text[found.end() : found.end() + REACH])
        assert right is not None  # every part of the pattern is optional
        self.opening, self.word, self.rest = right["open"], right["word"] or "", right["rest"]
        self.first = self.word[:1] or self.rest[:1]

    @property
    def at_segment_start(self) -> bool:
        """Tell whether nothing but the left token stands before the mark in its segment."""
        return not self.text[self.segment : self.start - len(self.left)].strip(" \t\n" + _OPENERS)

    @property
    def spaced_left(self) -> str:
        """Give the abbreviation of several parts that ends here, its spaces removed: "EE. UU" is "EE.UU"."""
        parts = self.before.split()[-4:]
        keep = [parts[-1].lstrip(_OPENERS)] if parts else []
        for part in reversed(parts[:-1]):
            bare = part.lstrip(_OPENERS)
            if not (len(bare) <= 4 and bare.endswith(".")) and bare != "de":
                break
            keep.append(bare if bare.endswith(".") else bare + ".")
        return "".join(reversed(keep))
