"""Finding the occurrences of a term in one text, with exact offsets."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bialign.concordance.deadline import Deadline
from bialign.concordance.lemmas import forms
from bialign.concordance.query import Phrase, Query, Regex, Term, Word
from bialign.store.folding import Folding, fold, folding

Spans = list[tuple[int, int]]
_BETWEEN = r"[\W_]+"
_BEFORE, _AFTER = r"(?<![^\W_])", r"(?![^\W_])"


@dataclass(frozen=True, slots=True)
class Matcher:
    """Find a term: `pattern` in a text whose letters were made alike by `alike`.

    `spans` gives where, from left to right and without overlap; `occurs` tells, faster, where to look closer.
    """

    alike: Folding
    pattern: Any
    literal: bool
    """Whether the pattern begins with a letter, and its first place in a word is not yet sure."""
    deadline: Deadline | None = None
    word: str = ""
    """The only word of the term, where it is no more than that: no pattern is as fast."""

    def spans(self, text: str) -> Spans:
        """Give where the term occurs, as (start, stop) in the text."""
        text = self.alike(text)
        if self.word:
            return _spans_of(self.word, text)
        if self.deadline is not None:
            try:
                found = self.pattern.finditer(text, timeout=self.deadline.left())
                return [match.span() for match in found if match.end() > match.start()]
            except TimeoutError:
                raise self.deadline.missed() from None
        if not self.literal:
            return [match.span() for match in self.pattern.finditer(text)]
        spans, at, search = [], 0, self.pattern.search
        while (match := search(text, at)) is not None:
            start, at = match.span()
            if start and text[start - 1].isalnum():
                at = start + 1
            else:
                spans.append((start, at))
        return spans

    def occurs(self, text: str) -> bool:
        """Tell whether the term may occur: where not, it does not."""
        text = self.alike(text)
        if self.word:
            return self.word in text
        if self.deadline is None:
            return self.pattern.search(text) is not None
        try:
            return self.pattern.search(text, timeout=self.deadline.left()) is not None
        except TimeoutError:
            raise self.deadline.missed() from None


def _spans_of(word: str, text: str) -> Spans:
    spans = []
    at = text.find(word)
    while at >= 0:
        stop = at + len(word)
        if (at and text[at - 1].isalnum()) or text[stop : stop + 1].isalnum():
            stop = at + 1
        else:
            spans.append((at, stop))
        at = text.find(word, stop)
    return spans


def matcher(term: Term, query: Query, langs: Iterable[str], deadline: Deadline) -> Matcher:
    """Make what finds a term as a query has it; `langs` are the languages whose lemmas count."""
    if isinstance(term, Regex):
        return _regex_matcher(term, query, deadline)
    alike = folding(case=query.case, accents=query.accents, plain_n=query.plain_n)
    if len(term.words) == 1 and term.words[0].kind == "word":
        return Matcher(alike, None, True, word=alike(term.words[0].text))
    parts = [word_pattern(word, alike, langs) for word in term.words]
    literal = term.words[0].kind == "word"
    pattern = ("" if literal else _BEFORE) + _BETWEEN.join(parts) + _AFTER
    return Matcher(alike, re.compile(pattern), literal)


def word_pattern(word: Word, alike: Folding, langs: Iterable[str]) -> str:
    """Give the pattern of a word, without what must stand at its sides."""
    if not word.text.strip("*"):
        return r"[^\W_]+"
    if word.kind == "wildcard":
        signs = {"*": r"[^\W_]*", "?": r"[^\W_]"}
        return "".join(signs.get(sign) or re.escape(sign) for sign in alike(word.text))
    if word.kind == "lemma":
        found = {alike(form) for lang in langs for form in forms(word.text, lang)} | {alike(word.text)}
        # a capital begins a sentence as well as a name
        found |= {form[:1].upper() + form[1:] for form in found if alike("A") == "A"}
        return f"(?:{'|'.join(map(re.escape, sorted(found, key=len, reverse=True)))})"
    return re.escape(alike(word.text))


def lemma_words(word: Word, langs: Iterable[str]) -> set[str]:
    """Give the folded forms of a lemma."""
    return {fold(form) for lang in langs for form in forms(word.text, lang)} | {fold(word.text)}


def _regex_matcher(term: Regex, query: Query, deadline: Deadline) -> Matcher:
    alike = folding(case=True, accents=query.accents, plain_n=query.plain_n)
    return Matcher(alike, compiled(term, query), False, deadline)


def compiled(term: Regex, query: Query) -> Any:
    """Compile a pattern as a query wants it: its own letters lose their accents as those of the texts do."""
    import regex

    alike = folding(case=True, accents=query.accents, plain_n=query.plain_n)
    return regex.compile(alike(term.pattern), regex.MULTILINE | (0 if query.case else regex.IGNORECASE))


def single_words(term: Term) -> bool:
    """Tell whether a term is one word or a phrase of words as they are."""
    return isinstance(term, Phrase) and (len(term.words) == 1 or all(word.kind == "word" for word in term.words))
