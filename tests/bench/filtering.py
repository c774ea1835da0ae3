"""Filtering: what each rule leaves out of clean pairs, what of made noise is found, speed and memory.

Clean pairs are those of gold sets, as they are: a pair that a rule leaves out there is a false alarm, unless the set
itself has a fault (Tatoeba has near duplicates of its own, Europarl was aligned by length alone). Noise is made of
other pairs with a seed; each kind is 1,000 pairs among 4,000 good ones, or as many as there are. The rules are those of
`bialign filter` by default.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bialign.filtering import RULES, Filter, Judged
from bialign.filtering.recipe import default_rules

from ._table import Table

Texts = tuple[str, str]
LANGS = ("en", "es")
NOISE = 1_000
SEED = 11
PARALLEL = ("europarl-sample", "tatoeba")
ALIGNED = ("ntrex-en-es", "tico19-en-es")


def pairs_of(gold: Path, name: str) -> list[Texts]:
    """Read the pairs of a set, those with an empty side left out."""
    if name in PARALLEL:
        lines = (gold / "parallel" / name / "pairs.tsv").read_text(encoding="utf-8").split("\n")
        rows = (line.split("\t") for line in lines if line)
        return [(row[0], row[1]) for row in rows if row[0].strip() and row[1].strip()]
    from bialign.gold import read_gold

    found = []
    for document in read_gold(gold / "align" / name):
        for bead in document.beads:
            source = " ".join(document.source[i] for i in bead.source.indices)
            target = " ".join(document.target[j] for j in bead.target.indices)
            if source and target:
                found.append((source, target))
    return found


def _clean(gold: Path) -> Iterator[dict[str, object]]:
    for name in (*ALIGNED, *PARALLEL):
        pairs = pairs_of(gold, name)
        counts = Counter[str]()
        rules = default_rules()
        names = [_name(rule) for rule in rules]
        dropped = 0
        for _, broken in Filter(rules, LANGS)(Judged(*pair) for pair in pairs):
            counts.update(names[n] for n in broken)
            dropped += bool({names[n] for n in broken} - {"duplicate", "near-duplicate"})
        row: dict[str, object] = {"set": name, "pairs": len(pairs), "without duplicates": f"{dropped / len(pairs):.2%}"}
        yield row | {
            name: f"{counts[name] / len(pairs):.2%}"
            for name in names
            if name not in {"reviewed", "probability", "empty"}
        }


def _name(rule: object) -> str:
    return next(name for name, kind in RULES.items() if type(rule) is kind)


def swapped(pairs: Sequence[Texts], draw: random.Random) -> list[Texts]:
    """Give each pair the other way round."""
    return [(target, source) for source, target in pairs]


def shifted(pairs: Sequence[Texts], draw: random.Random) -> list[Texts]:
    """Give each source the translation of the next."""
    return [(pair[0], after[1]) for pair, after in zip(pairs, [*pairs[1:], pairs[0]], strict=True)]


def copied(pairs: Sequence[Texts], draw: random.Random) -> list[Texts]:
    """Give the source as its own translation."""
    return [(source, source) for source, _ in pairs]


def halved(pairs: Sequence[Texts], draw: random.Random) -> list[Texts]:
    """Cut a side after half of its words."""
    found = []
    for source, target in pairs:
        side = draw.randrange(2)
        words = (source, target)[side].split()
        half = " ".join(words[: (len(words) + 1) // 2])
        found.append((half, target) if side == 0 else (source, half))
    return found


def quartered(pairs: Sequence[Texts], draw: random.Random) -> list[Texts]:
    """Leave a side a quarter of its words."""
    return halved([(pair[0], pair[1]) for pair in halved(pairs, random.Random(1))], random.Random(1))


def garbled(pairs: Sequence[Texts], draw: random.Random) -> list[Texts]:
    """Read the translation, where it is not all ASCII, in the wrong encoding."""
    return [
        (source, target.encode("utf-8").decode("cp1252", "replace")) for source, target in pairs if not target.isascii()
    ]


def renumbered(pairs: Sequence[Texts], draw: random.Random) -> list[Texts]:
    """Change a number of the translation, where there is one of two digits or more."""
    found = []
    for source, target in pairs:
        if re.search(r"\d\d", target) and re.search(r"\d\d", source):
            changed = re.sub(r"\d\d+", lambda match: str(int(match[0]) * 3 + 7), target, count=1)
            found.append((source, changed))
    return found


def edited(pairs: Sequence[Texts], draw: random.Random) -> list[Texts]:
    """Take a word out of both sides, or put another there; in every other pair case and last sign change too."""
    vocabulary = [[word for pair in pairs[:200] for word in pair[side].split()] for side in (0, 1)]
    found = []
    for number, pair in enumerate(pairs):
        sides = []
        for side, text in enumerate(pair):
            words = text.split()
            at = draw.randrange(len(words))
            words[at : at + 1] = [] if draw.random() < 0.5 else [draw.choice(vocabulary[side])]
            edited_text = " ".join(words)
            sides.append(edited_text.capitalize().rstrip(".") if number % 2 else edited_text)
        found.append((sides[0], sides[1]))
    return found


NOISES: dict[str, Callable[[Sequence[Texts], random.Random], list[Texts]]] = {
    "sides swapped": swapped,
    "copy of the source": copied,
    "shifted by one": shifted,
    "a side cut to a half": halved,
    "a side cut to a quarter": quartered,
    "wrong encoding": garbled,
    "a number changed": renumbered,
    "edited duplicate": edited,
}


def recall(good: Sequence[Texts], bad: Sequence[Texts], *, similarity: bool) -> tuple[float, Counter[str]]:
    """Give the share of noise that is left out after good pairs, and by which rule first."""
    rules = list(default_rules())
    if similarity:
        rules.append(RULES["similarity"]())
    names = [_name(rule) for rule in rules]
    found = list(Filter(rules, LANGS)(Judged(*pair) for pair in [*good, *bad]))[len(good) :]
    first = Counter(names[broken[0]] for _, broken in found if broken)
    return first.total() / len(bad), first


def _noise(gold: Path, names: Sequence[str] = ("ntrex-en-es", "europarl-sample")) -> Iterator[dict[str, object]]:
    for name in names:
        draw = random.Random(SEED)
        pairs = [pair for pair in dict.fromkeys(pairs_of(gold, name)) if len(pair[0].split()) >= 8]
        draw.shuffle(pairs)
        most = min(NOISE, len(pairs) // 3)
        good, source = pairs[: 4 * NOISE], pairs[-most:]
        if len(pairs) < 5 * NOISE:
            good = pairs[:-most]
        for kind, make in NOISES.items():
            # an edited duplicate is one of a pair that is there
            bad = make(good[:most] if kind == "edited duplicate" else source, draw)
            share, first = recall(good, bad, similarity=False)
            with_similarity, _ = recall(good, bad, similarity=True)
            by = ", ".join(f"{rule} {count / len(bad):.0%}" for rule, count in first.most_common(3))
            yield {
                "set": name, "noise": kind, "pairs": len(bad), "found": f"{share:.1%}", "by": by,
                "with similarity": f"{with_similarity:.1%}",
            }  # fmt: skip


def tables(gold: Path) -> Iterator[Table]:
    """Give the tables of the page."""
    yield Table("Share of clean pairs that each rule leaves out (all rules, not the first alone).", _clean(gold))
    yield Table("Share of made noise that is left out.", _noise(gold))
