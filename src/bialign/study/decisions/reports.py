"""Findings as tidy tables: decisions, their counts, where they stand, and candidates for shifts in explicitness."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bialign.study.decisions.counting import counts, positions
from bialign.study.decisions.model import Candidate, Decision, Findings, Passage
from bialign.study.tables import Column, Table, Value

_SIDES = (
    Column("source_passage", "text", "the passage of the original"),
    Column("target_passage", "text", "the passage of the translation"),
    Column("source_place", "text", "where the passage of the original stands, as one cites it"),
    Column("target_place", "text", "where the passage of the translation stands, as one cites it"),
    Column("source_sentence", "count", "number of its first sentence in the original, from 1"),
    Column("target_sentence", "count", "number of its first sentence in the translation, from 1"),
    Column("source_sentences", "count", "how many sentences of the original it has"),
    Column("target_sentences", "count", "how many sentences of the translation it has"),
    Column("source_position", "number", "how much of the original lies before it", unit="share of the characters"),
    Column("target_position", "number", "how much of the translation lies before it", unit="share of the characters"),
    Column("source_paragraph", "count", "number of its paragraph in the original, from 1"),
    Column("target_paragraph", "count", "number of its paragraph in the translation, from 1"),
)
_SURE = (
    Column(
        "probability",
        "number",
        "how likely the aligner holds the bead to be right",
        caveat="1 where a file gives no probabilities",
    ),
    Column("confirmed", "truth", "whether a person confirmed the bead; otherwise the row is inferred"),
    Column("status", "category", "the status of the bead: unreviewed, confirmed, doubtful or rejected"),
)
_DECISION = (
    Column("text", "category", "the name of the text"),
    Column("bead", "count", "the bead, by its id in the corpus, or its number in a file"),
    Column("beads", "count", "how many beads the row stands for: 0 for a further decision on the same bead"),
    Column("type", "category", "the type of decision"),
    Column("primary", "truth", "whether it is the one decision by which the bead is counted"),
    Column("aside", "category", "why it does not count as the translator's decision; empty where it does"),
)
_DETAIL = (
    Column("moved_to", "count", "the bead where a moved passage is translated"),
    Column("passage", "count", "number of a passage omitted, added or moved in one piece, within its text"),
    Column(
        "crossing",
        "number",
        "how many pairs of word links cross, of those that are far apart",
        unit="share of the pairs",
        formula="tau = crossing pairs / pairs of content-word links at least 4 words apart on one side",
        source="Kendall 1938; Birch & Osborne 2010",
        caveat="depends on automatic word links; empty where the bead has fewer than 6 of them",
    ),
)


def decisions_table(findings: Findings, types: Collection[str] = ()) -> Table:
    """Give one row for each decision, of all types or of some; a column for each grouping stands behind the text."""
    groupings = _groupings(findings.decisions)
    columns = (*_DECISION[:1], *_group_columns(groupings), *_DECISION[1:], *_SIDES, *_SURE, *_DETAIL)
    rows = [_decision_row(row, groupings) for row in findings.decisions if not types or row.type in types]
    return Table("decisions", "The translator's decisions", columns, rows)


def _decision_row(row: Decision, groupings: Sequence[str]) -> tuple[Value, ...]:
    return (
        row.text, *(row.groups.get(name) for name in groupings), row.bead, row.beads, row.type, row.primary,
        row.aside or None, *_sides(row.source, row.target), row.probability, row.confirmed, row.status, row.moved_to,
        row.passage, row.crossing,
    )  # fmt: skip


def _sides(source: Passage, target: Passage) -> tuple[Value, ...]:
    return (
        source.text, target.text, source.place, target.place, source.sentence, target.sentence, source.sentences,
        target.sentences, source.position, target.position, source.paragraph, target.paragraph,
    )  # fmt: skip


def _groupings(rows: Sequence[Decision | Candidate]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row.groups))


def _group_columns(names: Sequence[str]) -> list[Column]:
    taken = {column.name for column in (*_DECISION, *_SIDES, *_SURE, *_DETAIL, *_CANDIDATE)}
    return [Column(f"group_{name}" if name in taken else name, "category", "the group of the text") for name in names]


_COUNTED = (
    Column("grouping", "category", "what is counted together: all texts, each text, or the name of a grouping"),
    Column("group", "category", "the text or the group; empty for all texts"),
)
_SHARES = (
    Column("share", "number", "decisions by bead that counts", unit="share of the beads"),
    Column(
        "low",
        "number",
        "lower bound of the 95% interval of the share",
        formula="score interval",
        source="Wilson 1927",
        caveat="says how much chance there is in so few beads, not how often the aligner errs",
    ),
    Column("high", "number", "upper bound of the 95% interval of the share", source="Wilson 1927"),
)


def counts_table(findings: Findings) -> Table:
    """Give how often each type of decision occurs: over all texts, in each text and in each group."""
    columns = (
        *_COUNTED,
        Column("type", "category", "the type of decision, or why rows were set aside"),
        Column("decisions", "count", "how many decisions there are"),
        Column("passages", "count", "how many there are if neighbouring omissions or additions are taken as one"),
        Column(
            "beads",
            "count",
            "how many beads have it as their primary decision; these add up to all beads",
        ),
        Column("confirmed", "count", "how many of the decisions a person confirmed"),
        Column(
            "expected",
            "number",
            "how many of the decisions are expected to be right",
            formula="sum of the probabilities, 1 for a confirmed one",
            caveat="decisions that the alignment does not show are not in it",
        ),
        *_SHARES,
        Column("per_1000", "number", "decisions by 1,000 sentences of the original"),
        Column("expected_per_1000", "number", "expected decisions by 1,000 sentences of the original"),
    )
    rows: list[tuple[Value, ...]] = [
        (
            row.grouping, row.group, row.type, row.decisions, row.passages, row.beads, row.confirmed, row.expected,
            row.share, row.low, row.high, row.per_1000, row.expected_per_1000,
        )
        for row in counts(findings)
    ]  # fmt: skip
    return Table("counts", "How often each type of decision occurs", columns, rows)


def positions_table(findings: Findings) -> Table:
    """Give how often each type of decision occurs in each tenth of the originals."""
    columns = (
        *_COUNTED,
        Column("tenth", "count", "the tenth of the original, from 1 to 10", unit="tenths of the characters"),
        Column("type", "category", "the type of decision"),
        Column("decisions", "count", "how many decisions there are"),
        Column("beads", "count", "how many beads there are in the tenth"),
        Column("expected", "number", "how many of the decisions are expected to be right"),
        *_SHARES,
    )
    rows: list[tuple[Value, ...]] = [
        (
            row.grouping, row.group, row.tenth, row.type, row.decisions, row.beads, row.expected, row.share, row.low,
            row.high,
        )
        for row in positions(findings)
    ]  # fmt: skip
    return Table("positions", "Where along the original decisions stand", columns, rows)


_CANDIDATE = (
    Column("text", "category", "the name of the text"),
    Column("bead", "count", "the bead, by its id in the corpus, or its number in a file"),
    Column("shift", "category", "explicitation: the translation says more; implicitation: it says less"),
    Column("kind", "category", "what speaks for it"),
    Column("evidence", "text", "the words that do"),
    Column(
        "score",
        "number",
        "how strongly it speaks for it, from 0 to 1",
        caveat="a candidate is a place to read, not a finding: docs/study.md says how many were right",
    ),
)


def candidates_table(findings: Findings) -> Table:
    """Give one row for each candidate, the strongest of each text first."""
    groupings = _groupings(findings.candidates)
    columns = (*_CANDIDATE[:1], *_group_columns(groupings), *_CANDIDATE[1:], *_SIDES, *_SURE)
    rows: list[tuple[Value, ...]] = [
        (
            row.text, *(row.groups.get(name) for name in groupings), row.bead, row.shift, row.kind, row.evidence,
            row.score, *_sides(row.source, row.target), row.probability, row.status == "confirmed", row.status,
        )
        for row in findings.candidates
    ]  # fmt: skip
    return Table("candidates", "Candidates for explicitation and implicitation", columns, rows)
