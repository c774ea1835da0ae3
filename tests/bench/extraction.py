"""Candidates for a glossary: how many terms of a glossary are among the first, how fast, and what they do to aligning.

"reachable" are the entries of the glossary of which both sides stand at least twice in the texts, in any form of their
words; N is their number. "first 2N" is the share of them among the first 2N candidates that are no names, "all" among
all. "terms@100" is the share of terms among the first 100, "right@100" that of pairs that render each other, by a check
of one person on two days: [candidates-checked.tsv](candidates-checked.tsv) says of each of the first 500, and of some
more, whether it is a "term" of the subject, a right pair but a "word" of general language or a free combination, or
"wrong". The glossary has only some of the terms of the texts, and plain words and verbs besides. No weights were
fitted; the form of the product that ranks was chosen among others with an eye on this set and on two without a
glossary.

The alignment of each set is done twice by the same weights: without a glossary, and with the first 200 candidates that
the first alignment gave, as if all had been accepted.
"""

import csv
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from bialign.bitext import Bead, Bitext, Document, Segment
from bialign.concordance.lemmas import lemma
from bialign.evaluate import evaluate
from bialign.gold import read_gold
from bialign.pipeline import align_segments
from bialign.terms.extraction import Candidate, Expression, extract
from bialign.terms.extraction.proposal import termbase_of
from bialign.words import split_words

from ._table import Table, pooled

GLOSSARY, TEXTS = "tico19", "tico19-en-es"
ALIGNED = ("tico19-en-es", "ntrex-en-es", "debian-reference-en-es")
ACCEPTED = 200
CHECKED = Path(__file__).parent.parent.parent / "docs" / "candidates-checked.tsv"
AT = (100, 200, 500)

Key = tuple[str, ...]


def tables(gold: Path) -> Iterator[Table]:
    """Give the tables of this bench."""
    yield Table(f"Entries of the glossary *{GLOSSARY}* among the candidates of *{TEXTS}*:", recall_rows(gold))
    yield Table("Alignment before and after the first candidates are accepted:", alignment_rows(gold))


def bitexts(gold: Path, name: str) -> list[Bitext]:
    """Give the documents of a set with their gold beads."""
    return [
        _bitext(f"{name}-{number}", document.source, document.target, document.beads)
        for number, document in enumerate(read_gold(gold / "align" / name))
    ]


def _bitext(id: str, source: Sequence[str], target: Sequence[str], beads: Sequence[Bead]) -> Bitext:
    sides = [_side(f"{id}.{lang}", lang, texts) for lang, texts in (("en", source), ("es", target))]
    return Bitext(id, sides[0][0], sides[1][0], sides[0][1], sides[1][1], tuple(beads))


def _side(id: str, lang: str, texts: Sequence[str]) -> tuple[Document, tuple[Segment, ...]]:
    segments, at = [], 0
    for number, text in enumerate(texts):
        segments.append(Segment(number, at, at + len(text), text, number))
        at += len(text) + 1
    return Document(id, lang, id, "\n".join(texts)), tuple(segments)


def entries(gold: Path) -> set[tuple[Key, Key]]:
    """Give the entries of the glossary as lemmas, without articles before them."""
    with (gold / "terms" / GLOSSARY / "terms.tsv").open(encoding="utf-8", newline="") as file:
        rows = [(row["en"], row["es"]) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    return {(_key(_bare(en, "en"), "en"), _key(_bare(es, "es"), "es")) for en, es in rows}


def _bare(text: str, lang: str) -> list[str]:
    words = split_words(text, lang)
    while words[1:] and words[0].lower() in {"el", "la", "los", "las", "the", "a", "an"}:
        words = words[1:]
    return words


def _key(words: Sequence[str], lang: str) -> Key:
    return tuple(lemma(word, lang) for word in words)


def reachable(found: set[tuple[Key, Key]], texts: Sequence[Bitext]) -> set[tuple[Key, Key]]:
    """Give the entries of which both sides stand at least twice in the texts."""
    counts: tuple[Counter[Key], Counter[Key]] = (Counter(), Counter())
    longest = max(len(side) for entry in found for side in entry)
    for side, lang in ((0, "en"), (1, "es")):
        wanted = {entry[side] for entry in found}
        for bitext in texts:
            for segment in (bitext.source_segments, bitext.target_segments)[side]:
                words = _key(split_words(segment.text, lang), lang)
                for start in range(len(words)):
                    for stop in range(start + 1, min(len(words), start + longest) + 1):
                        if words[start:stop] in wanted:
                            counts[side][words[start:stop]] += 1
    return {entry for entry in found if counts[0][entry[0]] > 1 and counts[1][entry[1]] > 1}


def ranks(candidates: Sequence[Candidate]) -> dict[tuple[Key, Key], int]:
    """Give for each pair of lemmas the number of the first candidate that holds it, from 0."""
    found: dict[tuple[Key, Key], int] = {}
    for number, one in enumerate(candidates):
        english, spanish = (
            [key for e in one.expressions if e.lang == lang for key in _keys(e)] for lang in ("en", "es")
        )
        for left in english:
            for right in spanish:
                found.setdefault((left, right), number)
    return found


def _keys(expression: Expression) -> set[Key]:
    texts = [expression.text, *(form for form, _ in expression.forms)]
    return {_key(split_words(text, expression.lang), expression.lang) for text in texts}


def recall_rows(gold: Path) -> Iterator[dict[str, object]]:
    """Tell how much of the glossary is among the candidates, and how long they took."""
    texts = bitexts(gold, TEXTS)
    clock, wall = time.process_time(), time.perf_counter()
    candidates = extract(texts)
    clock, wall = time.process_time() - clock, time.perf_counter() - wall
    terms = [one for one in candidates if one.kind == "term"]
    wanted, place = reachable(entries(gold), texts), ranks(terms)
    n = len(wanted)
    row: dict[str, object] = {"texts": TEXTS, "pairs": sum(len(t.beads) for t in texts), "candidates": len(candidates)}
    row |= {"terms": len(terms), "reachable": n}
    for name, first in (("first N", n), ("first 2N", 2 * n), ("first 4N", 4 * n), ("all", len(terms))):
        row[name] = f"{sum(place.get(entry, first) < first for entry in wanted) / n:.3f}"
    yield row | {"CPU s": f"{clock:.1f}", "s": f"{wall:.1f}"} | precision(terms)


def precision(terms: Sequence[Candidate]) -> dict[str, object]:
    """Give the share of terms, and of right pairs, among the first ones, as somebody has looked at them."""
    if not CHECKED.is_file():
        return {}
    with CHECKED.open(encoding="utf-8", newline="") as file:
        checked = {(row["en"], row["es"]): row["is"] for row in csv.DictReader(file, delimiter="\t")}
    found: dict[str, object] = {}
    for first in AT:
        said = [checked.get((one.source.text.lower(), one.target.text.lower()), "") for one in terms[:first]]
        known = [each for each in said if each]
        if known:
            share, right = (sum(each in kinds for each in known) / len(known) for kinds in ({"term"}, {"term", "word"}))
            found[f"terms@{first}"] = f"{share:.2f}"
            found[f"right@{first}"] = f"{right:.2f}"
            if len(known) < first:
                found[f"looked at of {first}"] = len(known)
    return found


def alignment_rows(gold: Path) -> Iterator[dict[str, object]]:
    """Tell what accepted candidates do to the next alignment."""
    for name in ALIGNED:
        if not (gold / "align" / name).is_dir():
            continue
        documents = read_gold(gold / "align" / name)
        langs = {"source_lang": "en", "target_lang": "es"}
        first = [align_segments(each.source, each.target, **langs) for each in documents]
        accepted = termbase_of(extract(first, kind="term", limit=ACCEPTED))
        second = [align_segments(each.source, each.target, termbase=accepted, **langs) for each in documents]
        row: dict[str, object] = {"texts": name, "terms": len(accepted.concepts)}
        for label, made in (("before", first), ("with the terms", second)):
            found = pooled(evaluate(g.beads, b.beads) for g, b in zip(documents, made, strict=True))
            row[f"strict F1 {label}"] = f"{found.strict.f1:.4f}"
        yield row
