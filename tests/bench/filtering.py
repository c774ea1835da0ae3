"""Filtering: what each rule leaves out of clean pairs, what of made noise is found, speed and memory.

Clean pairs are those of gold sets, as they are: a pair that a rule leaves out there is a false alarm, unless the set
itself has a fault (Tatoeba has near duplicates of its own, Europarl was aligned by length alone). Noise is made of
other pairs with a seed; each kind is 1,000 pairs among 4,000 good ones, or as many as there are. The rules are those of
`bialign filter` by default.
"""

import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bialign.filtering import RULES, Filter, Judged
from bialign.filtering.recipe import default_rules, name_of

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
        names = [name_of(rule) for rule in rules]
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
    """Leave a side the first quarter of its words."""
    found = []
    for source, target in pairs:
        side = draw.randrange(2)
        words = (source, target)[side].split()
        quarter = " ".join(words[: (len(words) + 3) // 4])
        found.append((quarter, target) if side == 0 else (source, quarter))
    return found


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


def recall(good: Sequence[Texts], bad: Sequence[Texts]) -> tuple[float, float, Counter[str]]:
    """Give the share of noise left out after good pairs, without and with the encoder, and by which rule first."""
    rules = list(default_rules())
    names = [name_of(rule) for rule in rules]
    found = list(Filter(rules, LANGS)(Judged(*pair) for pair in [*good, *bad]))[len(good) :]
    first = Counter(names[broken[0]] for _, broken in found if broken)
    rest = [judged for judged, broken in found if not broken]
    strangers = sum(bool(broken) for _, broken in Filter([RULES["similarity"]()], LANGS)(rest))
    return first.total() / len(bad), (first.total() + strangers) / len(bad), first


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
            share, with_similarity, first = recall(good, bad)
            by = ", ".join(f"{rule} {count / len(bad):.0%}" for rule, count in first.most_common(3))
            yield {
                "set": name, "noise": kind, "pairs": len(bad), "found": f"{share:.1%}", "by": by,
                "with similarity": f"{with_similarity:.1%}",
            }  # fmt: skip


def _near(gold: Path) -> Iterator[dict[str, object]]:
    """Measure near duplicates alone: what is found of made ones, and what is taken in sets without equal pairs."""
    rule = [RULES["near-duplicate"]()]
    for name in PARALLEL:
        pairs = list(dict.fromkeys(pairs_of(gold, name)))
        random.Random(SEED).shuffle(pairs)
        pairs = pairs[:20_000]
        taken = [n for n, (_, broken) in enumerate(Filter(rule, LANGS)(Judged(*pair) for pair in pairs)) if broken]
        true = sum(_nearest(pairs[n], pairs[:n]) >= NEAR for n in taken)
        long = [pair for pair in pairs if min(len(text.split()) for text in pair) >= 8][:NOISE]
        row: dict[str, object] = {"set": name, "pairs": len(pairs), "taken": len(taken), "of these near": true}
        for kind, words, sides in EDITS:
            draw = random.Random(SEED)
            bad = [changed(pair, long, words, sides, draw) for pair in long]
            found = list(Filter(rule, LANGS)(Judged(*pair) for pair in [*long, *bad]))[len(long) :]
            row[kind] = f"{sum(bool(broken) for _, broken in found) / len(bad):.1%}"
        yield row


NEAR = 0.75
EDITS = (("1 word, one side", 1, 1), ("1 word, both", 1, 2), ("2 words, one side", 2, 1), ("2 words, both", 2, 2))


def changed(pair: Texts, others: Sequence[Texts], words: int, sides: int, draw: random.Random) -> Texts:
    """Change, delete or add words on one side or both."""
    found = list(pair)
    for side in draw.sample((0, 1), sides):
        parts = found[side].split()
        for _ in range(words):
            at, word = draw.randrange(len(parts)), draw.choice(draw.choice(others)[side].split())
            how = draw.randrange(3)
            parts[at : at + (how != 2)] = [] if how == 0 else [word]
        found[side] = " ".join(parts)
    return found[0], found[1]


def _nearest(pair: Texts, earlier: Sequence[Texts]) -> float:
    """Give how like a pair the most alike earlier one is: the share of words in order, on the side less alike."""
    from rapidfuzz.distance import Levenshtein

    own = [re.findall(r"\w+", text.casefold()) for text in pair]
    best = 0.0
    for other in earlier:
        first = Levenshtein.normalized_similarity(own[0], re.findall(r"\w+", other[0].casefold()), score_cutoff=NEAR)
        if first > best:
            second = Levenshtein.normalized_similarity(own[1], re.findall(r"\w+", other[1].casefold()))
            best = max(best, min(first, second))
    return best


RUN = """
import resource, sys, time
from bialign.cli import main
status = main(["filter", sys.argv[1], "-o", sys.argv[2], "-q", *sys.argv[3:]])
used = resource.getrusage(resource.RUSAGE_SELF)
most = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
if sys.platform == "linux":
    # on Linux that of a new process is never less than its parent's was
    with open("/proc/self/status", encoding="ascii") as file:
        most = next(int(line.split()[1]) * 1024 for line in file if line.startswith("VmHWM"))
print(status, used.ru_utime + used.ru_stime, most)
"""
SIZES = (50_000, 200_000, 1_000_000)


def _speed(gold: Path) -> Iterator[dict[str, object]]:
    """Run the command on made pairs, TSV to Parquet, each size in a process of its own."""
    base = [pair for name in PARALLEL for pair in pairs_of(gold, name)]
    with tempfile.TemporaryDirectory() as folder:
        source, recipe = Path(folder) / "pairs.tsv", Path(folder) / "similarity.yaml"
        recipe.write_text("version: 1\nrules: [similarity]\n", encoding="utf-8")
        for size in SIZES:
            _made(base, size, source)
            yield {"rules": "by default", **_run(source, size)}
        _made(base, 5_000, source)
        yield {"rules": "similarity alone", **_run(source, 5_000, "--recipe", str(recipe))}


def _run(source: Path, size: int, *more: str) -> dict[str, object]:
    goal = source.with_name(f"{size}{len(more)}.parquet")
    start = time.perf_counter()
    command = [sys.executable, "-c", RUN, str(source), str(goal), *more]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    elapsed = time.perf_counter() - start
    status, seconds, memory = done.stdout.split()
    assert status == "0", done.stderr
    return {
        "pairs": size, "bytes a pair": source.stat().st_size // size, "CPU seconds": float(seconds), "s": elapsed,
        "pairs per CPU second": round(size / float(seconds)), "peak memory": f"{int(memory) / 1e6:.0f} MB",
    }  # fmt: skip


def _made(base: Sequence[Texts], size: int, path: Path) -> None:
    """Write pairs that are two pairs of the sets in a row, drawn with a seed: nearly all are different."""
    draw = random.Random(SEED)
    with path.open("w", encoding="utf-8") as file:
        file.write("en\tes\n")
        for _ in range(size):
            one, other = draw.choice(base), draw.choice(base)
            file.write(f"{one[0]} {other[0]}\t{one[1]} {other[1]}\n")


def tables(gold: Path) -> Iterator[Table]:
    """Give the tables of the page."""
    yield Table("Share of clean pairs that each rule leaves out, whichever is the first.", _clean(gold))
    yield Table("Share of made noise that is left out.", _noise(gold))
    words = """Near duplicates alone: made of pairs of eight words a side or more, and taken among pairs none of which
are equal. "near" are those that share three quarters of their words in order with an earlier one, on both sides."""
    yield Table(words, _near(gold))
    words = """The command, from TSV to Parquet, on one core. What grows with the number of pairs is 8 bytes of hashes
for duplicates and 56 for near duplicates; the rest is for the first 50,000 pairs, of which lengths are learned. Hence
ten million pairs, not run here, are reckoned at ten times the time of a million, and about 0.6 GB more memory. Of these
made pairs, which share halves, near duplicates are up to a twentieth."""
    yield Table(words, _speed(gold))
