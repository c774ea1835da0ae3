"""What is searched for: words, phrases and patterns, on which side, with what in the translation, and in which beads.

A query is written in one line: words, "phrases", wild*cards, /patterns/ and lemma:words, all of which a bead must
hold. The first of them is what is shown; see `parse`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, fields
from typing import Any, Literal

from bialign.bitext import STATUSES, Status
from bialign.errors import BialignError
from bialign.store.index import WORD

QuerySide = Literal["source", "target", "either"]
WordKind = Literal["word", "wildcard", "lemma"]
Only = Literal["", "moved", "omitted"]

_LEMMA = "lemma:"
_WILD = re.compile(r"[^\W_*?]*[*?][^\W_]*(?:[*?]+[^\W_]*)*|[^\W_]+")
# a pattern ends at the last slash before a space or the end
_TOKEN = re.compile(r'"(?P<phrase>[^"]*)"|/(?P<pattern>(?:[^/\\]|\\.)+)/(?=\s|$)|(?P<word>\S+)')
_TYPE = re.compile(r"(\d+)-(\d+)")


@dataclass(frozen=True, slots=True)
class Word:
    """Hold one word of a phrase: itself, a pattern with * and ?, or a lemma, which stands for all its forms."""

    text: str
    kind: WordKind = "word"

    def __str__(self) -> str:
        return _LEMMA + self.text if self.kind == "lemma" else self.text


@dataclass(frozen=True, slots=True)
class Phrase:
    """Hold words that follow each other, with nothing but spaces and punctuation between them."""

    words: tuple[Word, ...]

    def __str__(self) -> str:
        text = " ".join(map(str, self.words))
        return f'"{text}"' if len(self.words) > 1 else text


@dataclass(frozen=True, slots=True)
class Regex:
    """Hold a regular expression, as the package `regex` has them, to be found within one side of a bead."""

    pattern: str

    def __str__(self) -> str:
        return f"/{self.pattern}/"


Term = Phrase | Regex


@dataclass(frozen=True, slots=True)
class Query:
    """Hold a whole query.

    A hit is an occurrence of the first of `find` in a side of a bead that holds the others too. Its translation must
    hold all of `rendered` and none of `without`. `side` and `lang` say where to look: the sides in a language, if one
    is named. Case and accents are ignored unless `case` or `accents` is set, and ñ is no n unless `plain_n` is.

    `bitexts` are names of bitexts or documents, with * and ?; `types` are "1-2", "null" or "many" (a side with two
    segments or more); `only` takes what was moved, or what has no counterpart and was not moved.
    """

    find: tuple[Term, ...]
    side: QuerySide = "either"
    lang: str = ""
    rendered: tuple[Term, ...] = ()
    without: tuple[Term, ...] = ()
    case: bool = False
    accents: bool = False
    plain_n: bool = False
    bitexts: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = ()
    types: tuple[str, ...] = ()
    probability: tuple[float, float] = (0.0, 1.0)
    only: Only = ""

    def __post_init__(self) -> None:
        if not self.find:
            raise BialignError("there is nothing to search for in this query: give a word or a phrase")
        for type in self.types:
            if type not in {"null", "many"} and not _TYPE.fullmatch(type):
                raise BialignError("{type} is no type of bead: 1-2, null and many are", type=type)
        if self.side not in {"source", "target", "either"} or self.only not in {"", "moved", "omitted"}:
            raise ValueError(f"{self.side!r} is no side, or {self.only!r} nothing to keep to")
        for status in self.statuses:
            if status not in STATUSES:
                raise ValueError(f"{status!r} is none of {', '.join(STATUSES)}")
        low, high = self.probability
        if not 0.0 <= low <= high <= 1.0:
            raise BialignError("{low} to {high} is no range of probabilities", low=low, high=high)

    def __str__(self) -> str:
        return " ".join(map(str, self.find))

    @property
    def terms(self) -> tuple[Term, ...]:
        """Give all terms, those of the translation too."""
        return self.find + self.rendered + self.without

    @property
    def plain(self) -> bool:
        """Tell whether letters are compared as the index holds them."""
        return not (self.case or self.accents or self.plain_n)

    def to_json(self) -> dict[str, Any]:
        """Give the query as values that JSON can hold, those left out that are as usual."""
        found: dict[str, Any] = {"find": str(self)}
        for field in fields(self)[1:]:
            value = getattr(self, field.name)
            if value != field.default:
                terms = field.name in {"rendered", "without"}
                found[field.name] = " ".join(map(str, value)) if terms else value
        return found


def from_json(values: dict[str, Any]) -> Query:
    """Make a query of what `Query.to_json` gave. Raises BialignError where it is none.

    >>> query = Query(parse('lemma:detener "golpe de estado"'), rendered=parse("/arrest(s|ed)/"), types=("1-2",))
    >>> from_json(query.to_json()) == query
    True
    """
    try:
        known = {field.name: field.default for field in fields(Query)}
        found: dict[str, Any] = {}
        for name, value in values.items():
            usual = known[name]
            if name in {"find", "rendered", "without"}:
                found[name] = parse(value)
            elif isinstance(usual, tuple) and not isinstance(value, str):
                found[name] = tuple(map(float if name == "probability" else str, value))
            elif isinstance(value, type(usual)) and isinstance(value, str | bool):
                found[name] = value
            else:
                raise ValueError(f"{name}: {value}")
        return Query(**found)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise BialignError("this is no query: {why}", why=error) from error


def parse(text: str, *, lemma: bool = False) -> tuple[Term, ...]:
    r"""Read a query: words, "phrases", wild*cards (g?lpe, *ismo), /patterns/ and lemma:words.

    A word with a hyphen or apostrophe is a phrase of its parts. With `lemma` each plain word stands for all its forms.
    Raises BialignError for what holds no word.

    >>> [str(term) for term in parse('golp* "coup d\'état" /gol(pe|azo)s?/ lemma:detener self-coup')]
    ['golp*', '"coup d état"', '/gol(pe|azo)s?/', 'lemma:detener', '"self coup"']
    >>> parse("going", lemma=True)
    (Phrase(words=(Word(text='going', kind='lemma'),)),)
    """
    terms: list[Term] = []
    for token in _TOKEN.finditer(unicodedata.normalize("NFC", text)):
        if token["pattern"] is not None:
            terms.append(regex_term(token["pattern"]))
            continue
        words = tuple(
            word
            for piece in (token["phrase"] if token["phrase"] is not None else token["word"]).split()
            for word in _words(piece, lemma)
        )
        if words:
            terms.append(Phrase(words))
        elif token["word"] or not token["phrase"].strip():
            raise BialignError("{text} holds no word to search for", text=token[0])
    return tuple(terms)


def regex_term(pattern: str) -> Regex:
    """Make a term of a regular expression. Raises BialignError where it is wrong."""
    import regex

    try:
        regex.compile(pattern)
    except (regex.error, OverflowError, RecursionError) as error:
        raise BialignError("the pattern {pattern} is wrong: {why}", pattern=pattern, why=error) from None
    return Regex(pattern)


def _words(piece: str, lemma: bool) -> list[Word]:
    if piece.startswith(_LEMMA):
        return [Word(word, "lemma") for word in WORD.findall(piece[len(_LEMMA) :])]
    kind: WordKind = "lemma" if lemma else "word"
    found = [Word(word, "wildcard" if set(word) & set("*?") else kind) for word in _WILD.findall(piece)]
    # a lone star between words stands for any word; a lone mark of question is one of the text
    return [word for word in found if word.text.strip("?")]
