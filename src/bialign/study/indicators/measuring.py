"""From the texts of a study to values: each text is counted once, and measured by itself, by groups, by segments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from bialign.bitext import Bitext, Segment
from bialign.study.indicators.lexis import Counted, Lexis
from bialign.study.indicators.linking import Linker
from bialign.study.indicators.model import Array, Found, Indicator, Level, Side
from bialign.study.indicators.pairing import Pair, joined_pairs
from bialign.study.indicators.registry import LINKED, OF_PAIRS, TERMS, chosen
from bialign.study.sources import StudyText

if TYPE_CHECKING:
    from bialign.termbase import Termbase

LINKS = 2000
"""Beads whose words are linked, in all texts together."""
_LONG_PARAGRAPH = 20
"""Segments from which a text of one paragraph is one whose paragraphs are not known."""
FEWEST_LINKS = 50
"""Beads of a text whose words are linked, however many texts there are."""


@dataclass(frozen=True, slots=True)
class Studied:
    """Hold a text that is counted: its name, its groups, its languages and both sides as numbers; no text any more."""

    name: str
    groups: Mapping[str, str]
    langs: tuple[str, str]
    pair: Pair
    ids: tuple[int, ...] = ()

    def bead_id(self, number: int) -> int:
        """Give how a bead is called: by its id in the corpus, else by its number from 1."""
        return self.ids[number] if self.ids else number + 1

    def side(self, side: Side) -> Any:
        """Give one side, or the pair."""
        return {"source": self.pair.source, "target": self.pair.target, "pair": self.pair}[side]


class Value(NamedTuple):
    """Hold one observation; `unit` is what it is of: a text's name, a group, the number of a segment.

    `found` is None in it where the indicator is not defined there: for a text that is too short, as an example.
    """

    text: str
    side: Side
    lang: str
    level: Level
    unit: str
    indicator: str
    found: Found


def count(
    texts: Iterable[StudyText], indicators: Sequence[Indicator[Any]] = (), *, termbase: Termbase | None = None,
    links: int = LINKS, seed: int = 0, progress: Callable[[str], None] | None = None,
) -> list[Studied]:  # fmt: skip
    """Count texts, one after the other, for these indicators (by default all); only one is in memory as a text.

    `links` is the most beads of a text whose words are linked, drawn with `seed`. `progress` is told each name.
    """
    names = {indicator.name for indicator in indicators or chosen()}
    lexes: dict[str, Lexis] = {}
    linker = Linker(links, seed) if names & LINKED else None
    found = []
    for text in texts:
        if progress:
            progress(text.name)
        bitext, langs = text.bitext, languages_of(text.bitext)
        pair = Pair(
            _counted(bitext.source_segments, lexes.setdefault(langs[0], Lexis(langs[0]))),
            _counted(bitext.target_segments, lexes.setdefault(langs[1], Lexis(langs[1]))),
            np.array([0, *(bead.source.stop for bead in bitext.beads)], np.int64),
            np.array([0, *(bead.target.stop for bead in bitext.beads)], np.int64),
        )
        if linker:
            pair.links = linker.links(bitext, langs)
        if termbase is not None and names & TERMS:
            from bialign.study.indicators.linking import term_counts

            pair.terms = term_counts(bitext, langs, termbase)
        found.append(Studied(text.name, text.groups, langs, pair, text.ids))
    return found


def languages_of(bitext: Bitext) -> tuple[str, str]:
    """Give the languages of both sides, guessed where they are not known."""
    from bialign.languages import guess_language

    source, target = (
        document.lang[:2].lower() or guess_language(document.text[:20_000])
        for document in (bitext.source, bitext.target)
    )
    return source or "en", target or ("en" if source == "es" else "es")


def _counted(segments: Sequence[Segment], lexis: Lexis) -> Counted:
    paragraphs = [segment.paragraph for segment in segments]
    if len(segments) > _LONG_PARAGRAPH and len(set(paragraphs)) == 1:
        # tables and memories know no paragraphs
        paragraphs = list(range(len(segments)))
    return Counted.of([segment.text for segment in segments], lexis, paragraphs)


def sides_of(indicator: Indicator[Any], langs: tuple[str, str]) -> tuple[Side, ...]:
    """Give the sides an indicator is for, in a text of these languages.

    >>> sides_of(chosen(["flesch"])[0], ("en", "es")), sides_of(chosen(["cognates"])[0], ("en", "es"))
    (('source',), ('pair',))
    """
    if indicator.name in OF_PAIRS:
        return ("pair",)
    sides: tuple[Side, Side] = ("source", "target")
    return tuple(side for side, lang in zip(sides, langs, strict=True) if lang in indicator.langs)


def lang_of(side: Side, langs: tuple[str, str]) -> str:
    """Give the language of a side; of the pair both, as "en-es"."""
    return "-".join(langs) if side == "pair" else langs[0 if side == "source" else 1]


def of_documents(studied: Sequence[Studied], indicators: Sequence[Indicator[Any]]) -> Iterator[Value]:
    """Measure each text."""
    for text in studied:
        yield from _measured(text, indicators, "document", text.name, text.name)


def of_groups(
    studied: Sequence[Studied], indicators: Sequence[Indicator[Any]], by: Sequence[str] | None = None
) -> Iterator[Value]:
    """Measure all texts together, and those of each group, put one after the other as one text.

    `by` names the groupings, by default all there are; texts without a group in one are in none of its groups.
    """
    for unit, members in grouped(studied, by).items():
        together = Studied(unit, {}, members[0].langs, joined_pairs([text.pair for text in members]))
        yield from _measured(together, indicators, "group", "", unit)


def grouped(studied: Sequence[Studied], by: Sequence[str] | None = None) -> dict[str, list[Studied]]:
    """Give the texts of each group: "all", then "genre=letters" ...; texts in other languages are other groups."""
    names = list(dict.fromkeys(name for text in studied for name in text.groups)) if by is None else by
    found: dict[str, dict[tuple[str, str], list[Studied]]] = {"all": {}}
    for name in names:
        for value in sorted({text.groups[name] for text in studied if text.groups.get(name)}):
            found[f"{name}={value}"] = {}
    for text in studied:
        mine = ["all", *(f"{name}={text.groups[name]}" for name in names if text.groups.get(name))]
        for unit in mine:
            found[unit].setdefault(text.langs, []).append(text)
    several = len({text.langs for text in studied}) > 1
    return {
        f"{unit} ({'-'.join(langs)})" if several else unit: members
        for unit, by_langs in found.items()
        for langs, members in by_langs.items()
    }


def _measured(
    text: Studied, indicators: Sequence[Indicator[Any]], level: Level, name: str, unit: str
) -> Iterator[Value]:
    for indicator in indicators:
        for side in sides_of(indicator, text.langs):
            found = indicator.of(text.side(side))
            yield Value(name, side, lang_of(side, text.langs), level, unit, indicator.name, found)


def of_segments(text: Studied, indicators: Sequence[Indicator[Any]]) -> dict[Side, dict[str, Array]]:
    """Measure each segment of both sides, and each bead: by side and indicator, an array of values."""
    found: dict[Side, dict[str, Array]] = {"source": {}, "target": {}, "pair": {}}
    for indicator in indicators:
        if indicator.parts is not None:
            for side in sides_of(indicator, text.langs):
                found[side][indicator.name] = indicator.parts(text.side(side))
    return found
