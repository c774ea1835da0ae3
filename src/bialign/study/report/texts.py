"""The sections on sources and methods: what was compared, how it came in, how it was aligned, how to cite it."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal

from bialign import __version__
from bialign.bitext import Document, Segment
from bialign.study.report.blocks import Block, Command, Prose, Section, Shown, typed
from bialign.study.saying import Saying
from bialign.study.sources import StudyText
from bialign.study.tables import Column, Table, Value

if TYPE_CHECKING:
    from bialign.corpus import Corpus
    from bialign.study.indicators import Counting

_COLUMNS = (
    Column("text", "category", "name of the bitext"),
    Column("side", "category", "source or target"),
    Column("document", "text", "name of the document"),
    Column("title", "text", "title of the document"),
    Column("lang", "category", "language of the document", "BCP 47 code"),
    Column("origin", "text", "where the document was published or comes from"),
    Column("licence", "text", "licence of the document"),
    Column("file", "text", "file it was read from, as its path was given"),
    Column("sha256", "text", "SHA-256 of that file's bytes"),
    Column("encoding", "category", "encoding of that file"),
    Column("repairs", "count", "repairs made to the text when it came in"),
    Column("paragraphs", "count", "paragraphs"),
    Column("segments", "count", "segments (sentences, headings, items of lists)"),
    Column("words", "count", "words: they begin with a letter, as for the indicators"),
    Column("characters", "count", "characters of the segments, spaces between segments aside"),
    Column("came", "category", "how it came in: aligned here, read with its alignment from a file, given"),
    Column("date", "text", "when it came in", "UTC"),
    Column("signature", "text", "settings that made the alignment: version, encoder, weights, options"),
)
_SIDES: tuple[Literal["source", "target"], ...] = ("source", "target")
_WORDS = [column.name for column in _COLUMNS].index("words")


class Texts:
    """Tells which texts the report is on, and how they came to be what they are."""

    def __init__(self, corpus: Corpus, say: Saying, counting: Counting) -> None:
        self.corpus, self.say, self.counting = corpus, say, counting
        self.recipes = dict(corpus.recipes())
        self.sides: list[tuple[Value, ...]] = []
        self.groups: list[tuple[Value, ...]] = []

    def add(self, text: StudyText) -> None:
        """Count a text."""
        recipe = self.recipes.get(text.name, {})
        bitext = text.bitext
        for side, document, segments in (
            ("source", bitext.source, bitext.source_segments),
            ("target", bitext.target, bitext.target_segments),
        ):
            self.sides.append(self._row(text, side, document, segments, recipe))
        self.groups += [(text.name, grouping, group) for grouping, group in text.groups.items()]

    @functools.cached_property
    def rows(self) -> list[tuple[Value, ...]]:
        """Give a row for each side of each text, once all texts are in: their words are counted for the indicators."""
        from bialign.study.indicators.lexis import word_counts

        words = [int(word_counts(text.side(side)).sum()) for text in self.counting.studied for side in _SIDES]
        return [(*row[:_WORDS], count, *row[_WORDS:]) for row, count in zip(self.sides, words, strict=True)]

    def _row(
        self, text: StudyText, side: str, document: Document, segments: tuple[Segment, ...], recipe: Mapping[str, Any]
    ) -> tuple[Value, ...]:
        file = self._file(recipe, side)
        return (
            text.name, side, document.id, document.title or document.id, document.lang, document.origin,
            document.licence,
            file.get("path", ""), file.get("sha256", ""), document.encoding, len(document.fixes),
            len({segment.paragraph for segment in segments}), len(segments),
            sum(len(segment.text) for segment in segments),
            recipe.get("how", ""), recipe.get("date", ""), text.bitext.signature,
        )  # fmt: skip

    @staticmethod
    def _file(recipe: Mapping[str, Any], side: str) -> Mapping[str, Any]:
        texts = recipe.get("texts") or ()
        number = 0 if side == "source" else 1
        file = texts[number] if number < len(texts) else {}
        return file if isinstance(file, dict) else {}

    def tables(self) -> Iterator[Table]:
        """Give a row for each side of each text, and one for each group a text belongs to."""
        yield Table("texts", "Texts", _COLUMNS, self.rows)
        if self.groups:
            columns = (
                Column("text", "category", "name of the bitext"),
                Column("grouping", "category", "what is told apart: genre, translator ..."),
                Column("group", "category", "the group that the text belongs to"),
            )
            yield Table("groups", "Groups", columns, self.groups)

    def section(self) -> Section:
        """Tell of sources and methods, in prose that can be quoted."""
        say = self.say
        table = next(self.tables())
        headings = {
            "title": say("Text"), "lang": say("Language"), "origin": say("Origin"), "segments": say("Segments"),
            "words": say("Words"), "repairs": say("Repairs"),
        }  # fmt: skip
        blocks: list[Block] = [
            Prose(self._corpus()),
            Shown(table, say("The texts, source and target one after the other."), headings, 40),
            Prose(self._methods()),
            *(Prose(say("Settings of the alignment: {signature}", signature=one), note=True) for one in self._made()),
            Prose(self._cited(), note=True),
            Command(f"bialign status {typed(self.corpus.path.name)}"),
        ]
        return Section("texts", say("Sources and methods"), tuple(blocks))

    def _total(self, column: int, side: str) -> str:
        return self.say.number(sum(int(row[column] or 0) for row in self.rows if row[1] == side))

    def _corpus(self) -> str:
        count = len(self.rows) // 2
        return self.say(
            "The corpus “{title}” holds {count} bitexts: {sources} segments of source text ({source_words} words) and "
            "{targets} segments of target text ({target_words} words)."
            if count != 1
            else "The corpus “{title}” holds one bitext: {sources} segments of source text ({source_words} words) and "
            "{targets} segments of target text ({target_words} words).",
            title=self.corpus.title,
            count=self.say.number(count),
            sources=self._total(12, "source"),
            targets=self._total(12, "target"),
            source_words=self._total(13, "source"),
            target_words=self._total(13, "target"),
        )

    def _methods(self) -> str:
        say = self.say
        repaired = sum(int(row[10] or 0) for row in self.rows)
        parts = []
        if any(row[15] == "aligned" for row in self.rows):
            parts.append(
                say("The texts were read and repaired ({repairs} repairs, all kept and reversible) and cut into "
                    "segments by the rules of bialign for English and Spanish.", repairs=say.number(repaired))
            )  # fmt: skip
            parts.append(
                say("Segments were aligned by bialign {version}: beads of up to eight segments a side, omissions and "
                    "additions, by sentence vectors, lengths, cuts, numbers and names; each bead has a posterior "
                    "probability that was calibrated on books left out of training.", version=__version__)
            )  # fmt: skip
        if any(row[15] in {"read", "given"} for row in self.rows):
            parts.append(
                say("Some alignments were read from files; their probabilities are those of the files.")
                if parts
                else say("Texts came in as segments that were aligned before; the probabilities are those given.")
            )
        return " ".join(parts)

    def _made(self) -> list[str]:
        return sorted({str(row[17]) for row in self.rows if row[17]})[:5]

    def _cited(self) -> str:
        return self.say(
            "To be cited as: corpus “{title}”, version {version}; bialign {bialign}. A bead is cited by its number: it "
            "stays the same whatever is changed around it.",
            title=self.corpus.title,
            version=self.corpus.version,
            bialign=__version__,
        )
