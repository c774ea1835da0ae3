"""From a query to an expression of full-text search: which beads can hold a hit, by the index of words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bialign.concordance.deadline import Deadline
from bialign.concordance.fragments import Fragment, required
from bialign.concordance.matching import lemma_words, single_words, word_pattern
from bialign.concordance.query import Query, Regex, Term, Word
from bialign.store.beads import SIDES, Side
from bialign.store.folding import Folding, fold, folding
from bialign.store.index import term as indexed

_MOST = 2_000
"""Words that one expression may list; more would take longer than reading the texts."""

NOTHING = ""
"""The expression that no bead matches."""

Words = Callable[[Side], str]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Make expressions for a query; `words` gives the words of a side, one a line, `langs` its languages."""

    query: Query
    words: Words
    langs: dict[Side, tuple[str, ...]]
    deadline: Deadline

    def expression(self, sides: Iterable[Side]) -> str | None:
        """Give the expression for hits on any of the sides: NOTHING where there can be none, None for "anywhere"."""
        found = [self._of_side(side) for side in sides]
        if None in found:
            return None
        some = [expression for expression in found if expression]
        return " OR ".join(f"({expression})" for expression in some) if len(some) > 1 else "".join(some)

    def _of_side(self, side: Side) -> str | None:
        other = SIDES[1 - SIDES.index(side)]
        wanted = [self.term(term, side) for term in self.query.find]
        wanted += [self.term(term, other) for term in self.query.rendered]
        together = _all(wanted)
        if not together:
            return together
        # words that may only be kept out as the index has them
        kept_out = [term for term in self.query.without if self.query.plain and single_words(term)]
        unwanted = [expression for term in kept_out if (expression := self.term(term, other))]
        return together if not unwanted else f"({together}) NOT ({' OR '.join(unwanted)})"

    def term(self, term: Term, side: Side) -> str | None:
        """Give the expression for a term on a side."""
        if isinstance(term, Regex):
            return self._regex(term, side)
        parts: list[str | None] = []
        run: list[str] = []
        for word in term.words:
            text = fold(word.text)
            if word.kind == "word" and not (self.query.plain_n and set(text) & set("nñ")):
                run.append(text)
                continue
            parts += [_phrase(run, side)] if run else []
            run = []
            parts.append(self._word(word, text, side))
        parts += [_phrase(run, side)] if run else []
        return _all(parts)

    def _word(self, word: Word, text: str, side: Side) -> str | None:
        stem = text[:-1]
        if word.kind == "lemma" and not self.query.plain_n:
            return _any(sorted(lemma_words(word, self.langs[side])), side)
        odd = set("*?nñ") if self.query.plain_n else set("*?")
        if word.kind == "wildcard" and text[-1] == "*" and len(stem) > 1 and not set(stem) & odd:
            return _phrase([stem], side) + "*"
        if word.kind == "wildcard":
            # without stars at the ends the search begins with letters
            inner = Word(text.strip("*"), "wildcard") if text.strip("*") else word
            pattern = word_pattern(inner, self._alike(), ())
            return self._listed(pattern, side, begins=text[0] != "*", ends=text[-1] != "*")
        return self._listed(word_pattern(word, self._alike(), self.langs[side]), side, begins=True, ends=True)

    def _alike(self) -> Folding:
        return folding(plain_n=self.query.plain_n)

    def _listed(self, pattern: str, side: Side, *, begins: bool, ends: bool) -> str | None:
        """Give the expression for the words of a side that a pattern matches, from their start, to their end."""
        import regex

        lines = self.words(side)
        # the vocabulary is in small letters, whatever the pattern has
        flags = regex.MULTILINE | regex.IGNORECASE
        wanted = regex.compile(("^" if begins else "") + f"(?:{pattern})" + ("$" if ends else ""), flags)
        found: dict[str, None] = {}
        try:
            # with n for ñ the lines are searched in another form, but their letters keep their places
            for match in wanted.finditer(self._alike()(lines), timeout=self.deadline.left()):
                if match.end() == match.start():
                    continue
                start = lines.rfind("\n", 0, match.start() + 1) + 1
                found[lines[start : lines.index("\n", start)]] = None
                if len(found) > _MOST:
                    return None
        except TimeoutError:
            raise self.deadline.missed() from None
        return _any(list(found), side)

    def _regex(self, term: Regex, side: Side) -> str | None:
        return _all([self._choice(need, side) for need in required(term.pattern)])

    def _choice(self, fragments: Sequence[Fragment], side: Side) -> str | None:
        """Give the expression for beads that hold one at least of some fragments."""
        found = [self._fragment(fragment, side) for fragment in fragments]
        if None in found:
            return None
        some = [expression for expression in found if expression]
        return " OR ".join(f"({expression})" for expression in some) if some else NOTHING

    def _fragment(self, fragment: Fragment, side: Side) -> str | None:
        text = folding(case=True, plain_n=self.query.plain_n)(fragment.pattern)
        whole = fragment.begins and fragment.ends
        if whole and text.isalnum() and not (self.query.plain_n and set(fold(text)) & set("nñ")):
            return _phrase([fold(text)], side)
        return self._listed(text, side, begins=fragment.begins, ends=fragment.ends)


def _phrase(words: Sequence[str], side: Side) -> str:
    return f'"{" ".join(indexed(word, side) for word in words)}"'


def _any(words: Sequence[str], side: Side) -> str | None:
    if len(words) > _MOST:
        return None
    return " OR ".join(_phrase([word], side) for word in words)


def _all(parts: Iterable[str | None]) -> str | None:
    """Join expressions of which all must match."""
    some = [part for part in parts if part is not None]
    if NOTHING in some:
        return NOTHING
    if not some:
        return None
    return " AND ".join(f"({part})" for part in some) if len(some) > 1 else some[0]
