"""Searching a corpus of a million pairs: what it takes to bring them in, and how long searches take.

The pairs are those of the folder `parallel` (Tatoeba and Europarl, English-Spanish), again and again in random order,
in each copy one word of either side changed for another of the same texts. A search gives its first 20 hits with both
sides, context and citation, on a connection that is open already; words are drawn from the vocabulary by how many beads
hold them, phrases and pairs of words from the pairs themselves, from a fixed seed. Wall time counts what other programs
did meanwhile; CPU time does not. `python -m tests.bench.concordance [PAIRS]` makes a smaller or larger corpus.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from bialign.bitext import Document
from bialign.concordance import Concordance, LinkRenderer, Query, parse
from bialign.store import Pair, Store

from ._table import Table, render

PAIRS = 1_000_000
BANDS = {"in 1-30% of the beads": (0.01, 0.3), "in 0.01-1%": (1e-4, 0.01), "rarer": (0, 1e-4)}
DRAWN = 300
REGEXES = {
    "a stem": r"/\b(re)?constru\w+/",
    "an ending": r"/\w+ísim[oa]s?\b/",
    "digits": r"/\b(1[89]|20)\d\d\b/",
    "letters in a row": r"/[aeiou]{4}/",
    "a choice": r"/(coup|golpe) d/",
    "what no word tells, often there": r"/\b(\w+) \1\b/",
    "what no word tells, hardly there": r"/[^\w\s]{6}\s\?/",
}


def tables(gold: Path, size: int = PAIRS) -> Iterator[Table]:
    """Make the corpus, and measure."""
    pairs = read_pairs(gold)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "big.bialign"
        yield Table("Bringing the pairs in:", [load(path, pairs, size)])
        with Store(path, read_only=True) as store:
            concordance = Concordance(store, seconds=120)
            start = time.perf_counter()
            concordance.lookup.refresh()
            concordance.lookup.vocabulary("source")
            reading = f"The vocabulary takes {time.perf_counter() - start:.1f} s to read, once."
            yield Table(f"Searches, first page, in milliseconds. {reading}", searches(concordance, pairs))
            yield Table("Regular expressions over all texts, first page, in seconds:", expressions(concordance))
            yield Table("What a word of about 1,000 hits becomes, in seconds:", groupings(concordance))


def read_pairs(gold: Path) -> list[tuple[str, str]]:
    """Read the pairs that are there."""
    lines = [line for file in sorted((gold / "parallel").glob("*/pairs.tsv")) for line in open_lines(file)]
    return [(fields[0], fields[1]) for fields in (line.split("\t") for line in lines) if len(fields) > 1]


def open_lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").split("\n")


def varied(pairs: Sequence[tuple[str, str]], size: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Give so many pairs: those that are there in random order, again and again, one word of either side changed."""
    chance = random.Random(seed)
    given = 0
    while given < size:
        for number in chance.sample(range(len(pairs)), len(pairs)):
            sides = []
            for side in (0, 1):
                words = pairs[number][side].split(" ")
                others = pairs[chance.randrange(len(pairs))][side].split(" ")
                words[chance.randrange(len(words))] = chance.choice(others)
                sides.append(" ".join(words).strip() or "?")
            yield sides[0], sides[1]
            given += 1
            if given == size:
                return


def load(path: Path, pairs: Sequence[tuple[str, str]], size: int) -> dict[str, object]:
    """Write the corpus; tell how fast and how large."""
    chance, letters = random.Random(2), 0

    def given() -> Iterator[Pair]:
        nonlocal letters
        for source, target in varied(pairs, size):
            letters += len(source.encode()) + len(target.encode())
            yield Pair((source,), (target,), chance.random())

    start, cpu = time.perf_counter(), time.process_time()
    with Store(path, create=True) as store:
        store.add_pairs("big", (Document("big.en", "en", "", ""), Document("big.es", "es", "", "")), given())
    return {
        "pairs": f"{size:,}",
        "pairs/s": f"{size / (time.perf_counter() - start):,.0f}",
        "pairs/s of CPU": f"{size / (time.process_time() - cpu):,.0f}",
        "text, MB": f"{letters / 1e6:.0f}",
        "file, MB": f"{path.stat().st_size / 1e6:.0f}",
        "file / text": f"{path.stat().st_size / letters:.2f}",
    }


def searches(concordance: Concordance, pairs: Sequence[tuple[str, str]]) -> Iterator[dict[str, object]]:
    """Measure words by their frequency, phrases, and pairs of words."""
    chance, beads = random.Random(3), concordance.lookup.size()
    for side in ("source", "target"):
        counts = concordance.lookup.vocabulary(side).beads
        for name, (low, high) in BANDS.items():
            known = sorted(word for word, count in counts.items() if low * beads < count <= high * beads)
            drawn = [Query(parse(word), side=side) for word in chance.sample(known, min(DRAWN, len(known)))]
            yield measured(f"a word of the {side}, {name}", concordance.page, drawn)
    some = [pairs[chance.randrange(len(pairs))] for _ in range(3 * DRAWN)]
    drawn = [Query(parse(f'"{phrase}"')) for source, _ in some if (phrase := part_of(source, chance, 2))]
    yield measured("a phrase of two words", concordance.page, drawn[:DRAWN])
    drawn = [
        Query(parse(here), side="source", rendered=parse(there))
        for source, target in some
        if (here := part_of(source, chance, 1)) and (there := part_of(target, chance, 1))
    ]
    yield measured("a word rendered as a word", concordance.page, drawn[:DRAWN])
    yield measured("a word not rendered as a word", concordance.page, [turned(query) for query in drawn[:DRAWN]])
    known = sorted(word for word in concordance.lookup.vocabulary("target").beads if len(word) > 5)
    stems = [word[:4] + "*" for word in chance.sample(known, min(DRAWN, len(known)))]
    yield measured("a stem with a star", concordance.page, [Query(parse(stem)) for stem in stems])
    ends = ["*" + word[-4:] for word in chance.sample(known, min(50, len(known)))]
    yield measured("a star with an ending", concordance.page, [Query(parse(end)) for end in ends])
    lemmas = [Query(parse(word, lemma=True), lang="es") for word in chance.sample(known, min(50, len(known)))]
    concordance.page(lemmas[0])  # reads the dictionary
    yield measured("all forms of a lemma", concordance.page, lemmas)


def part_of(text: str, chance: random.Random, words: int) -> str:
    """Take some words of a text that follow each other."""
    found = [word for word in text.split(" ") if any(map(str.isalnum, word)) and '"' not in word and "*" not in word]
    at = chance.randrange(max(1, len(found) - words + 1))
    return " ".join(found[at : at + words]).strip("?/") if len(found) >= words else ""


def turned(query: Query) -> Query:
    return Query(query.find, side=query.side, without=query.rendered)


def measured(name: str, search: Callable[[Query], Any], queries: Sequence[Query]) -> dict[str, object]:
    """Time searches one by one."""
    wall, cpu = [], []
    for query in queries:
        start, began = time.perf_counter(), time.process_time()
        search(query)
        wall.append(1e3 * (time.perf_counter() - start))
        cpu.append(1e3 * (time.process_time() - began))
    row: dict[str, object] = {"search for": name, "searches": len(queries)}
    for kind, times in (("", wall), (" of CPU", cpu)):
        cuts = statistics.quantiles(times, n=100, method="inclusive")
        row |= {f"p50{kind}": f"{cuts[49]:.2f}", f"p99{kind}": f"{cuts[98]:.1f}"}
    return row


def expressions(concordance: Concordance) -> Iterator[dict[str, object]]:
    """Time regular expressions, each for the second time."""
    for name, text in REGEXES.items():
        concordance.page(Query(parse("the")))
        start, began = time.perf_counter(), time.process_time()
        page = concordance.page(Query(parse(text)))
        seconds, cpu = time.perf_counter() - start, time.process_time() - began
        yield {
            "kind": name,
            "expression": f"`{text.replace('|', chr(92) + '|')}`",
            "hits shown": len(page),
            "s": f"{seconds:.2f}",
            "s of CPU": f"{cpu:.2f}",
        }


def groupings(concordance: Concordance) -> Iterator[dict[str, object]]:
    """Time the renderings of three words with about 1,000 hits."""
    renderer = LinkRenderer()
    counts = concordance.lookup.vocabulary("source").beads
    near = sorted((word for word in counts if len(word) > 4), key=lambda word: (abs(counts[word] - 1_000), word))
    concordance.renderings(Query(parse(near[3]), side="source"), renderer)  # reads the encoder
    for word in near[:3]:
        start, began = time.perf_counter(), time.process_time()
        found = concordance.renderings(Query(parse(word), side="source"), renderer)
        seconds, cpu = time.perf_counter() - start, time.process_time() - began
        best = ", ".join(f"{group.lemma} {group.count}" for group in found.groups[:3])
        yield {"word": word, "hits": found.hits, "s": f"{seconds:.2f}", "s of CPU": f"{cpu:.2f}", "becomes": best}


def main(arguments: Iterable[str]) -> None:
    size = next(map(int, arguments), PAIRS)
    for table in tables(Path(os.environ["BIALIGN_GOLD"]), size):
        print(table.words, render(list(table.rows)), "", sep="\n", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
