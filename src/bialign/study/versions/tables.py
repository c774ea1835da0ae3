"""Versions, what was measured of them, and revisions as tidy tables."""

from __future__ import annotations

from collections.abc import Sequence

from bialign.study.tables import Column, Table, Value
from bialign.study.versions.measures import Counted, Summary, Variation
from bialign.study.versions.model import Collation
from bialign.study.versions.revision import NEW, OLD, TRANSLATION, Revision

ROW = Column("row", "count", "number of the row, from 1")
FIRST = Column("first", "category", "the version that the other is compared with")
SECOND = Column("second", "category", "the version that is compared")
WORDS = Column(
    "word_distance",
    "number",
    "how much the words differ, in small letters and without signs",
    "share of the words, 0 to 1",
    "words to insert, delete or replace / words of the longer text",
    "Levenshtein 1966, as word error rates are",
    "another order of the same words counts as much as other words; only for two texts in one language",
)
CHARACTERS = Column(
    "character_distance",
    "number",
    "how much the texts differ, character by character",
    "share of the characters, 0 to 1",
    "characters to insert, delete or replace / characters of the longer text",
    "Levenshtein 1966",
    "another ending of a word counts less than another word; only for two texts in one language",
)
LEMMAS = Column(
    "shared_lemmas",
    "number",
    "how many dictionary forms the texts have in common",
    "share of all their dictionary forms, 0 to 1",
    "forms that both have / forms that either has",
    "Jaccard 1912; lemmas of simplemma",
    "order and number do not count, and short passages share little; only for two texts in one language",
)
COSINE = Column(
    "cosine",
    "number",
    "how near the meanings are, as the sentence encoder has it",
    "cosine, -1 to 1",
    "cosine of the vectors of both passages",
    "Universal Sentence Encoder multilingual (Yang et al. 2020)",
    "only comparable with others of the same kind of text; a negation or a number hardly changes it",
)
LENGTH = Column(
    "length_ratio",
    "number",
    "how long the second is by the first",
    "characters by characters",
    "characters of the second / characters of the first",
    "Gale and Church 1993",
    "Spanish is longer than English by about a tenth, so compare languages with care",
)
TERMS = Column(
    "terms_differ",
    "count",
    "concepts of the glossary that the two name by different terms",
    caveat="only what the glossary has is seen",
)


def rows_table(collation: Collation) -> Table:
    """Give a row for each row of the collation, with the text of each version in a column of its own."""
    others = range(1, len(collation.versions))
    columns = (
        ROW,
        Column("type", "category", "number of sentences of each version"),
        Column("probability", "number", "that of the least probable bead of the row", "0 to 1"),
        Column("base", "text", "text of the base"),
        *(Column(f"version_{n}", "text", "text of another version, in the order they were given") for n in others),
    )
    rows: list[tuple[Value, ...]] = [
        (number, row.type, row.probability, *collation.texts(row)) for number, row in enumerate(collation.rows, 1)
    ]
    return Table("versions", "Versions side by side", columns, rows)


def measures_table(collation: Collation, found: Sequence[Variation]) -> Table:
    """Give a row for each pair of versions in each row that both have."""
    columns = (
        ROW,
        FIRST,
        SECOND,
        Column("same", "truth", "whether both texts are the same but for spaces"),
        WORDS,
        CHARACTERS,
        LEMMAS,
        COSINE,
        LENGTH,
        Column("first_sentences", "count", "sentences of the first"),
        Column("second_sentences", "count", "sentences of the second"),
        TERMS,
        Column("terms", "text", "these concepts, with the terms of each"),
        Column("first_text", "text", "text of the first"),
        Column("second_text", "text", "text of the second"),
    )
    return Table(
        "variation", "How versions differ, passage by passage", columns, [_measured(collation, one) for one in found]
    )


def _measured(collation: Collation, one: Variation) -> tuple[Value, ...]:
    names = [collation.versions[version].name for version in (one.first, one.second)]
    row = collation.rows[one.row]
    terms = "; ".join(
        f"{term.concept}: {', '.join(term.first) or '-'} / {', '.join(term.second) or '-'}" for term in one.terms or ()
    )
    return (
        one.row + 1,
        *names,
        one.same,
        _share(one.words),
        _share(one.characters),
        one.lemmas,
        one.cosine,
        one.length_ratio,
        *one.types,
        None if one.terms is None else len(one.terms),
        terms or None,
        collation.text(row, one.first),
        collation.text(row, one.second),
    )


def _share(counted: Counted | None) -> float | None:
    return None if counted is None else counted.share


def summary_table(collation: Collation, found: Sequence[Summary]) -> Table:
    """Give a row for each pair of versions: what was measured over all passages that both have."""
    columns = (
        FIRST,
        SECOND,
        Column("rows", "count", "rows in which both have something"),
        Column("same", "count", "rows in which both texts are the same but for spaces"),
        Column("first_only", "count", "rows that only the first has"),
        Column("second_only", "count", "rows that only the second has"),
        WORDS,
        CHARACTERS,
        LEMMAS,
        COSINE,
        LENGTH,
        Column("types_differ", "count", "rows in which one has more sentences than the other"),
        TERMS,
    )
    return Table(
        "summary",
        "How versions differ",
        columns,
        [_summed(collation, one) for one in found],
        ("Distances and lengths are added up over all rows, so that long ones weigh more; the others are means.",),
    )


def _summed(collation: Collation, one: Summary) -> tuple[Value, ...]:
    return (
        collation.versions[one.first].name,
        collation.versions[one.second].name,
        one.rows,
        one.same,
        one.first_only,
        one.second_only,
        one.words,
        one.characters,
        one.lemmas,
        one.cosine,
        one.length_ratio,
        one.types_differ,
        one.terms_differ,
    )


def revision_table(revision: Revision) -> Table:
    """Give a row for each passage of the new source, and for each that was removed."""
    columns = (
        ROW,
        Column("kind", "category", "what became of it: unchanged, moved, changed, added, removed, translation only"),
        Column("out_of_date", "truth", "whether its translation has to be made, revised or taken out"),
        Column("status", "category", "what a person said of the translation before"),
        Column("probability", "number", "that of the least probable bead of the row", "0 to 1"),
        WORDS,
        Column("removed", "text", "words that the new source no longer has"),
        Column("added", "text", "words that are new in it"),
        Column("old", "text", "the old source"),
        Column("new", "text", "the new source"),
        Column("translation", "text", "the translation as it is"),
    )
    return Table("revision", "What a revised source changes", columns, [*_revised(revision)])


def _revised(revision: Revision) -> list[tuple[Value, ...]]:
    from bialign.study.versions.measures import word_edits

    rows: list[tuple[Value, ...]] = []
    for number, entry in enumerate(revision.entries, 1):
        old, new = revision.text(entry.old, OLD), revision.text(entry.new, NEW)
        changes = revision.pieces(entry) if entry.kind == "changed" else ()
        gone, come = (" … ".join(p.text for p in changes if p.kind == kind) for kind in ("removed", "added"))
        rows.append(
            (
                number,
                entry.kind,
                entry.out_of_date,
                entry.status,
                entry.probability,
                word_edits(old, new, revision.versions[NEW].lang).share if old and new else None,
                gone or None,
                come or None,
                old or None,
                new or None,
                revision.text(entry.translation, TRANSLATION) or None,
            )
        )
    return rows
