"""A filter at work: what comes in batches is judged, written, and counted by rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bialign.bitext import Extra
from bialign.filtering import SAMPLE, Broken, Filter, Judged
from bialign.filtering.recipe import name_of
from bialign.filtering.rules import Rule
from bialign.formats.characters import one_line
from bialign.formats.streams import Item, Sink
from bialign.readers.bilingual.streams import Batch, Stream

EXAMPLES = 5
PROPERTY = "rule"
"""What the property of a rejected pair is called that names the first rule that leaves it out."""


@dataclass(slots=True)
class Count:
    """Count what a rule leaves out: as the first, at all, and alone of all; `examples` are some it is the first for."""

    rule: Rule
    first: int = 0
    all: int = 0
    alone: int = 0
    examples: list[Item] = field(default_factory=list)


@dataclass(slots=True)
class Report:
    """Tell how many pairs came, how many were kept, and what each rule left out, in the order of the recipe."""

    counts: list[Count]
    pairs: int = 0
    kept: int = 0

    def add(self, items: Sequence[Item], broken: Sequence[Broken]) -> None:
        """Count some pairs."""
        for item, rules in zip(items, broken, strict=True):
            self.pairs += 1
            if not rules:
                self.kept += 1
                continue
            first = self.counts[rules[0]]
            first.first += 1
            first.alone += len(rules) == 1
            if len(first.examples) < EXAMPLES:
                first.examples.append(item)
            for number in rules:
                self.counts[number].all += 1

    def rows(self) -> Iterator[dict[str, object]]:
        """Give a row for each rule and example: what a table of the report holds."""
        for number, count in enumerate(self.counts, 1):
            row = {"number": number, "rule": name_of(count.rule), "meaning": count.rule.meaning, "first": count.first,
                   "all": count.all, "alone": count.alone}  # fmt: skip
            shown = [(item.id, *item.texts) for item in count.examples] or [("", "", "")]
            for id, source, target in shown:
                yield row | {"bead": id, "source": source, "target": target}


def run(stream: Stream, rules: Sequence[Rule], kept: Sequence[Sink] = (), rejected: Sequence[Sink] = ()) -> Report:
    """Judge all pairs of a stream, and write those that are kept and those that are not; give the report.

    A rejected pair has the property "rule", which names the first rule that leaves it out. The sinks are left open.
    """
    judge, report = Filter(rules, stream.langs), Report([Count(rule) for rule in rules])
    names = [name_of(rule) for rule in rules]
    for batches in _sampled(stream.batches(), judge):
        for batch in batches:
            broken = judge.judge([_judged(item) for item in batch.items])
            report.add(batch.items, broken)
            good = [n for n, rules in enumerate(broken) if not rules]
            for sink in kept:
                sink.add([batch.items[n] for n in good], (batch.table, good))
            marked = [_marked(item, names[rules[0]]) for item, rules in zip(batch.items, broken, strict=True) if rules]
            for sink in rejected:
                sink.add(marked)
    return report


def _sampled(batches: Iterator[Batch], judge: Filter) -> Iterator[list[Batch]]:
    """Give batches, the first of them together: what is usual is learned of these."""
    held: list[Batch] = []
    size = 0
    for batch in batches:
        held.append(batch)
        size += len(batch.items)
        if size >= SAMPLE:
            break
    judge.learn([_judged(item) for batch in held for item in batch.items])
    yield held
    for batch in batches:
        yield [batch]


def _judged(item: Item) -> Judged:
    source, target = item.texts
    return Judged(one_line(source), one_line(target), item.probability, item.status)


def _marked(item: Item, rule: str) -> Item:
    kept = tuple(extra for extra in item.extras if (extra.kind, extra.name) != ("prop", PROPERTY))
    return item._replace(extras=(*kept, Extra("prop", PROPERTY, rule)))
