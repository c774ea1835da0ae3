"""The rules by which a pair is left out, each with its parameters: the one home of what is clean for every command."""

# ruff: noqa: D102 - what `Rule` says of its methods holds for each rule
from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Literal

import msgspec

from bialign.filtering.pairs import Lengths, Pair, learned
from bialign.filtering.texts import bare, has_echo, has_run, is_damaged, letter_share, unprintable
from bialign.termbase import primary

Judge = Callable[[Sequence[Pair], Sequence[bool]], list[bool]]
"""Gets pairs in order, and which of them all rules before let pass; tells which it leaves out."""
_DIGITS = re.compile(r"\d+")
_FEW_WORDS = 5


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Stand for a rule with its parameters; `meaning` says in English what it leaves out."""

    meaning: ClassVar[str] = ""

    def start(self, langs: tuple[str, str], sample: Sequence[Pair]) -> Judge:
        """Begin to judge pairs in two languages; of a `sample` of them what is usual may be learned."""
        langs = primary(langs[0]), primary(langs[1])
        return lambda pairs, passed: [self.breaks(pair, langs) for pair in pairs]

    def breaks(self, pair: Pair, langs: tuple[str, str]) -> bool:
        """Tell whether the rule leaves a pair out, which every rule can that looks at one pair alone."""
        raise NotImplementedError

    def check(self) -> str:
        """Name the parameter that cannot be, "" where all can."""
        return ""


class Empty(Rule, frozen=True):
    """Leave out pairs with an empty side."""

    meaning = "one side is empty"

    def breaks(self, pair: Pair, langs: tuple[str, str]) -> bool:
        return not pair.source.strip() or not pair.target.strip()


class Reviewed(Rule, frozen=True):
    """Leave out what a person rejected, and with `confirmed` all that nobody confirmed."""

    meaning = "a person rejected it, or nobody confirmed it"
    confirmed: bool = False

    def breaks(self, pair: Pair, langs: tuple[str, str]) -> bool:
        return pair.status == "rejected" or (self.confirmed and pair.status != "confirmed")


class Probability(Rule, frozen=True):
    """Leave out pairs that are less probable; what a person confirmed is certain, whatever the aligner thought."""

    meaning = "the aligner holds it for improbable"
    least: float = 0.5

    def breaks(self, pair: Pair, langs: tuple[str, str]) -> bool:
        return pair.probability < self.least and pair.status != "confirmed"

    def check(self) -> str:
        return "" if 0 <= self.least <= 1 else "least"


class Characters(Rule, frozen=True):
    """Leave out texts with more than `most` characters that nobody can see or that stand for lost ones."""

    meaning = "control characters, or signs for lost letters"
    most: int = 0

    def breaks(self, pair: Pair, langs: tuple[str, str]) -> bool:
        return any(unprintable(text) > self.most for text in pair.texts)


class Encoding(Rule, frozen=True):
    """Leave out texts that were read in the wrong encoding, or have lost letters to question marks."""

    meaning = "read in the wrong encoding"

    def breaks(self, pair: Pair, langs: tuple[str, str]) -> bool:
        return any(map(is_damaged, pair.texts))


class Letters(Rule, frozen=True):
    """Leave out texts of which, without tags and addresses, less than a share `least` are letters; 0: none is one."""

    meaning = "tags, addresses, signs or numbers only"
    least: float = 0.25

    def breaks(self, pair: Pair, langs: tuple[str, str]) -> bool:
        shares = [letter_share(bare(text)) for text in pair.texts]
        return min(shares) == 0 or min(shares) < self.least

    def check(self) -> str:
        return "" if 0 <= self.least <= 1 else "least"


class Repeats(Rule, frozen=True):
    """Leave out texts with as many equal `characters` in a row, or the same `words` (one to four) as often in a row."""

    meaning = "the same characters or words again and again"
    characters: int = 10
    words: int = 6

    def breaks(self, pair: Pair, langs: tuple[str, str]) -> bool:
        return any(has_run(text, self.characters) for text in pair.texts) or any(
            has_echo(words, self.words) for words in pair.words
        )

    def check(self) -> str:
        return next((name for name in ("characters", "words") if getattr(self, name) < 2), "")


class Copy(Rule, frozen=True):
    """Leave out pairs whose sides are the same, or share as many of their words (from five words on)."""

    meaning = "the translation is a copy of the source"
    share: float = 0.9

    def breaks(self, pair: Pair, langs: tuple[str, str]) -> bool:
        source, target = pair.folded
        if source == target:
            return True
        first, second = map(set, pair.words)
        large = max(len(first), len(second))
        return large >= _FEW_WORDS and len(first & second) >= self.share * large

    def check(self) -> str:
        return "" if 0 < self.share <= 1 else "share"


class WrongLanguage(Rule, frozen=True):
    """Leave out pairs of which a side is clearly in another language than it should be."""

    meaning = "a side is in another language"

    def breaks(self, pair: Pair, langs: tuple[str, str]) -> bool:
        from bialign.languages import guess_language, other_language

        if any(lang and other_language(text, lang) for text, lang in zip(pair.texts, langs, strict=True)):
            return True
        # each side leaning a little to the other's language is as good as one that is clearly in it
        return guess_language(pair.source) == langs[1] != "" and guess_language(pair.target) == langs[0] != ""


class Length(Rule, frozen=True):
    """Leave out texts with more words or characters than these."""

    meaning = "too long"
    words: int = 200
    characters: int = 2_000

    def breaks(self, pair: Pair, langs: tuple[str, str]) -> bool:
        return any(len(text) > self.characters or text.count(" ") >= self.words for text in pair.texts)

    def check(self) -> str:
        return next((name for name in ("words", "characters") if getattr(self, name) < 1), "")


class Ratio(Rule, frozen=True):
    """Leave out pairs whose lengths differ by more standard deviations than is usual, learned of the pairs themselves.

    With `most`, one side may be as many times as long instead, whatever is usual.
    """

    meaning = "the lengths of the two sides do not go together"
    deviations: float = 4.0
    most: float = 0.0

    def start(self, langs: tuple[str, str], sample: Sequence[Pair]) -> Judge:
        usual = Lengths() if self.most else learned(sample)
        return lambda pairs, passed: [self._breaks(pair, usual) for pair in pairs]

    def breaks(self, pair: Pair, langs: tuple[str, str]) -> bool:
        return self._breaks(pair, Lengths())

    def _breaks(self, pair: Pair, usual: Lengths) -> bool:
        source, target = len(pair.source), len(pair.target)
        if self.most:
            return max(source, target) + 10 > self.most * (min(source, target) + 10)
        return usual.deviation(source, target) > self.deviations

    def check(self) -> str:
        return "deviations" if self.deviations <= 0 else "most" if self.most and self.most < 1 else ""


class Numbers(Rule, frozen=True):
    """Leave out pairs that have other numbers on either side: `least` that lack a counterpart, on both or on one.

    Numbers in words, in other units and written in another way count as the same.
    """

    meaning = "the numbers differ"
    both: int = 1
    one: int = 3

    def breaks(self, pair: Pair, langs: tuple[str, str]) -> bool:
        from bialign.terms.rules.numbers import unmatched

        alone, added, matched = unmatched(pair.texts, langs)
        changed = min(len(alone), len(added))
        most = max(len(alone), len(added))
        return changed >= self.both > 0 or (most >= self.one > 0 and most > matched)


class Boilerplate(Rule, frozen=True):
    """Leave out navigation and notices, and pairs with a side that has come `times` times, whatever its numbers."""

    meaning = "navigation, notices, or a line that comes again and again"
    times: int = 100

    def start(self, langs: tuple[str, str], sample: Sequence[Pair]) -> Judge:
        from bialign.boilerplate.words import is_page_furniture
        from bialign.filtering.seen import Counts, hash_of

        counts = Counts()

        def judge(pairs: Sequence[Pair], passed: Sequence[bool]) -> list[bool]:
            shapes = [hash_of(str(side), _DIGITS.sub("0", text)) for p in pairs for side, text in enumerate(p.folded)]
            often = [count >= self.times for count in counts.add(shapes)] if self.times else [False] * len(shapes)
            return [
                any(often[2 * n : 2 * n + 2]) or any(map(is_page_furniture, pair.texts)) for n, pair in enumerate(pairs)
            ]

        return judge


class Duplicate(Rule, frozen=True):
    """Leave out pairs that came before, but for case, spaces and forms of characters; or whose source or target did."""

    meaning = "the same pair came before"
    by: Literal["pair", "source", "target"] = "pair"

    def start(self, langs: tuple[str, str], sample: Sequence[Pair]) -> Judge:
        from bialign.filtering.seen import Runs, array_of, hash_of

        chosen = {"pair": slice(0, 2), "source": slice(0, 1), "target": slice(1, 2)}[self.by]
        seen = Runs()

        def judge(pairs: Sequence[Pair], passed: Sequence[bool]) -> list[bool]:
            keys = [hash_of(*pair.folded[chosen]) for pair in pairs]
            known: list[bool] = seen.holds(array_of(keys)).tolist()
            new: set[int] = set()
            for n, key in enumerate(keys):
                known[n] = known[n] or key in new
                if passed[n] and not known[n]:
                    new.add(key)
            seen.add(array_of(new))
            return known

        return judge


class NearDuplicate(Rule, frozen=True):
    """Leave out pairs that share a share `likeness` of their words with an earlier one, on both sides.

    Pairs with fewer than `words` words on both sides together are let pass: a word makes them another sentence.
    """

    meaning = "nearly the same pair came before"
    likeness: float = 0.7
    words: int = 16

    def start(self, langs: tuple[str, str], sample: Sequence[Pair]) -> Judge:
        from bialign.filtering.near import NearDuplicates

        near = NearDuplicates(self.likeness, self.words)
        return lambda pairs, passed: near.judge([pair.words for pair in pairs], passed)

    def check(self) -> str:
        return "" if 0.5 <= self.likeness <= 1 else "likeness"


class Similarity(Rule, frozen=True):
    """Leave out pairs whose meanings are less alike than `least`, a cosine, as the encoder has it; it is slow."""

    meaning = "the two sides mean different things"
    least: float = 0.25

    def start(self, langs: tuple[str, str], sample: Sequence[Pair]) -> Judge:
        from bialign.filtering.similarity import cosines

        def judge(pairs: Sequence[Pair], passed: Sequence[bool]) -> list[bool]:
            # of what is left out anyway it is not asked: it costs more than all other rules together
            asked = [n for n, passes in enumerate(passed) if passes]
            found = [False] * len(pairs)
            for n, cosine in zip(asked, cosines([pairs[n].texts for n in asked]), strict=True):
                found[n] = cosine < self.least
            return found

        return judge

    def check(self) -> str:
        return "" if -1 <= self.least <= 1 else "least"


RULES: dict[str, type[Rule]] = {
    "empty": Empty,
    "reviewed": Reviewed,
    "probability": Probability,
    "characters": Characters,
    "encoding": Encoding,
    "letters": Letters,
    "repeats": Repeats,
    "copy": Copy,
    "length": Length,
    "ratio": Ratio,
    "language": WrongLanguage,
    "numbers": Numbers,
    "boilerplate": Boilerplate,
    "duplicate": Duplicate,
    "near-duplicate": NearDuplicate,
    "similarity": Similarity,
}
"""Every rule by the name it has in recipes and reports."""


def parameters(rule: Rule) -> dict[str, Any]:
    """Give the parameters of a rule by name.

    >>> parameters(Probability(0.3))
    {'least': 0.3}
    """
    return msgspec.structs.asdict(rule)
