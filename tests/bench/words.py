"""Words: links against gold, beside other aligners, renderings, words cut, and speed.

Links are compared with those of people. The two sets have conventions of their own. *graca* (100 pairs of Europarl, in
lower case; Graça and others 2008) leaves many words unlinked that could be linked, articles among them; *xlwa-dev* (105
pairs of WikiMatrix; Martelli and others 2023) links nearly all. Neither tells sure links from possible ones here: the
alignment error rate is 1 - F1. Our few settings were chosen with an eye on both, no weights were trained on either.
"pairs/s" is by processor time on one core, learning included, over the pairs of the set and those learned from.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import re
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from bialign import Span, WordAligner, renderings
from bialign.encode.compute import one_blas_thread
from bialign.gold import read_gold
from bialign.languages import ENGLISH
from bialign.words import Settings, split_words, tokenise
from bialign.words.decide import ARTICLES
from bialign.words.hmm import Order

from ._held_out import ONE_THREAD, environment
from ._table import Table
from .peers.environments import WORDS, Unavailable
from .peers.word_aligners import by_eflomal, by_ibm

Pair = tuple[list[str], list[str]]
Links = set[tuple[int, int]]
T = TypeVar("T")
SETS = {"graca": "graca/all.tsv", "xlwa-dev": "xlwa-dev/dev.tsv"}
CASES = Path(__file__).parents[1] / "cases" / "words"
LONGEST = 80  # words of sentences learned from: others' models take the square of it


def load(gold: Path, name: str) -> tuple[list[Pair], list[Links]]:
    """Read a set: its pairs, and their links."""
    pairs, links = [], []
    for line in (gold / "words" / SETS[name]).read_text(encoding="utf-8").splitlines():
        source, target, found = line.split("\t")
        pairs.append((source.split(" "), target.split(" ")))
        links.append({(int(i), int(j)) for i, _, j in (link.partition("-") for link in found.split())})
    return pairs, links


def corpus(gold: Path, name: str, most: int | None = None) -> list[Pair]:
    """Read pairs to learn from: "europarl-sample" is cut into words already, "tatoeba" is not."""
    with (gold / "parallel" / name / "pairs.tsv").open(encoding="utf-8") as file:
        texts = [line.rstrip("\n").split("\t")[:2] for line in islice(file, most)]
    if name == "tatoeba":
        pairs = [(split_words(source, "en"), split_words(target, "es")) for source, target in texts]
    else:
        pairs = [(source.split(), target.split()) for source, target in texts]
    return [pair for pair in pairs if all(0 < len(side) <= LONGEST for side in pair)]


def figures(found: Sequence[Links], wanted: Sequence[Links]) -> dict[str, float]:
    """Compare links with those of the gold."""
    right = sum(len(a & b) for a, b in zip(found, wanted, strict=True))
    given, there = (sum(map(len, links)) for links in (found, wanted))
    precision, recall = right / max(given, 1), right / there
    f1 = 2 * right / (given + there)
    return {"precision": precision, "recall": recall, "F1": f1, "AER": 1 - f1}


def nearest(pairs: Sequence[Pair]) -> list[Links]:
    """Link words whose vectors are each other's nearest, and no others (Jalili Sabet and others 2020, "Argmax")."""
    aligner, found = WordAligner(), []
    for pair in pairs:
        (cosines,) = aligner._cosines([pair])
        forward, backward = cosines.argmax(axis=1), cosines.argmax(axis=0)
        found.append({(i, int(j)) for i, j in enumerate(forward) if backward[j] == i})
    return found


def ours(pairs: Sequence[Pair], *, articles: bool = True, **settings: Any) -> list[Links]:
    """Link words with bialign, by what the pairs themselves teach."""
    return WordAligner(**settings).learn_and_link(pairs, articles=articles)


METHODS: dict[str, tuple[Callable[..., list[Links]], dict[str, Any]]] = {
    "bialign": (ours, {}),
    "bialign, fast (words by themselves)": (ours, {"context": False}),
    "without a lexicon": (ours, {"settings": Settings(lexicon=0)}),
    "without word order": (ours, {"settings": Settings(order=Order(decay=0))}),
    "vectors alone: each other's nearest": (nearest, {}),
    "bare articles": (ours, {"articles": False}),
}
"""Methods that learn from the pairs of the set alone; the middle ones are bialign without something."""


def tables(gold: Path) -> Iterator[Table]:
    """Yield the links' figures, then renderings, words and speed."""
    with environment(ONE_THREAD), one_blas_thread():
        yield Table("Learned from the pairs of the set and nothing else:", list(alone(gold)))
        words = "Learned from other pairs, and the lexicon they teach by itself; the peers learn from the set too:"
        yield Table(words, list(taught(gold)))
        words = """Renderings of the content words of English (no function words), one by one, learned from the set:
the share whose rendering is the gold's, articles and prepositions at its edges aside, or overlaps it; of words that the
gold links with nothing, the share left without a rendering or with a score below 0.5."""
        yield Table(" ".join(words.split()), list(rendered(gold)))
        words = """Renderings of the terms of a medical glossary (TICO-19) in medical texts, where a term and one of its
translations stand in a pair, the translation once; with the seconds for all, learning aside:"""
        yield Table(" ".join(words.split()), list(terms(gold)))
        words = """Words cut as a person would cut them, of our cases (tests/cases/words/tokens.jsonl), and speed over
English novels."""
        yield Table(" ".join(words.split()), list(cut(gold)))
        words = """Speed on one core, on 10,000 pairs of Europarl, and for the renderings of words that stand in 1,000
sentences, their vectors worked out anew:"""
        yield Table(" ".join(words.split()), list(speed(gold)))


def alone(gold: Path) -> Iterator[dict[str, object]]:
    for name in SETS:
        pairs, links = load(gold, name)
        ours(pairs)  # what is loaded late is loaded before the clock starts
        for method, (link, settings) in METHODS.items():
            began = time.process_time()
            found = link(pairs, **settings)
            seconds = time.process_time() - began
            yield {"set": name, "method": method} | figures(found, links) | {"pairs/s": len(pairs) / seconds}
        for method, (found, seconds) in peers(pairs).items():
            yield {"set": name, "method": method} | figures(found, links) | {"pairs/s": len(pairs) / seconds}


def peers(pairs: Sequence[Pair], ibm: bool = True) -> dict[str, tuple[list[Links], float]]:
    """Link words with the other aligners there are."""
    found = {f"IBM model {model} (nltk)": by_ibm(pairs, model) for model in (1, 2)} if ibm else {}
    with contextlib.suppress(Unavailable):
        found["eflomal"] = by_eflomal(WORDS.ready(), pairs)
    return found


def taught(gold: Path) -> Iterator[dict[str, object]]:
    """Learn from a corpus and link the sets, which are not learned from."""
    corpora = {name: corpus(gold, folder) for name, folder in (("Europarl", "europarl-sample"), ("Tatoeba", "tatoeba"))}
    for name, context in (("Europarl", True), ("Europarl", False), ("Tatoeba", False)):
        more = corpora[name]
        aligner, seconds = _timed(partial(WordAligner.learn, more, context=context))
        plan = {"bialign" if context else "bialign, fast": aligner}
        if context:
            plan["the lexicon alone"] = WordAligner(aligner.lexicon, settings=Settings(vectors=0, lexicon=1))
        for set_name, method in itertools.product(SETS, plan):
            pairs, links = load(gold, set_name)
            row: dict[str, object] = {"set": set_name, "method": method, "learned from": f"{len(more):,} of {name}"}
            yield row | figures(plan[method].links(pairs), links) | {"pairs/s": len(more) / seconds}
    for size, ibm in ((2_000, True), (None, False)):
        more = corpora["Europarl"][:size]
        for set_name in SETS:
            pairs, links = load(gold, set_name)
            together = [*pairs, *more]
            for method, (found, seconds) in peers(together, ibm).items():
                row = {"set": set_name, "method": method, "learned from": f"the set and {len(more):,} of Europarl"}
                yield row | figures(found[: len(pairs)], links) | {"pairs/s": len(together) / seconds}


def glossary(gold: Path) -> dict[tuple[str, ...], set[tuple[str, ...]]]:
    """Read the medical terms: English words, and the Spanish ones that may stand for them, articles left off."""
    found: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for line in (gold / "terms" / "tico19" / "terms.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        _, source, target = line.lower().split("\t")
        words = split_words(target, "es")
        while words and words[0] in ARTICLES:
            words = words[1:]
        found.setdefault(tuple(split_words(source, "en")), set()).add(tuple(words))
    return found


def terms(gold: Path) -> Iterator[dict[str, object]]:
    """Look for the renderings of the glossary's terms in the medical texts."""
    known, pairs = glossary(gold), []
    for document in read_gold(gold / "align" / "tico19-en-es"):
        for bead in document.beads:
            sides = ((document.source, bead.source, "en"), (document.target, bead.target, "es"))
            pairs.append(tuple(split_words(" ".join(text[slice(*span)]), lang) for text, span, lang in sides))
    pairs = [pair for pair in pairs if all(pair)]
    hits, wanted = [], []
    for number, (source, target) in enumerate(pairs):
        left, right = ([word.lower() for word in side] for side in (source, target))
        for i, size in itertools.product(range(len(left)), range(1, 6)):
            spans = [span for term in known.get(tuple(left[i : i + size]), ()) for span in places(right, term)]
            if len(spans) == 1 and i + size <= len(left):
                hits.append((number, Span(i, i + size)))
                wanted.append(spans[0])
    for context in (True, False):
        aligner = WordAligner.learn(pairs, context=context)
        found, seconds = _timed(partial(renderings, aligner, pairs, hits))
        exact = [(each.start, each.stop) == want for each, want in zip(found, wanted, strict=True)]
        several = [right for right, (_, span) in zip(exact, hits, strict=True) if len(span) > 1]
        overlap = sum(a.start < b.stop and b.start < a.stop for a, b in zip(found, wanted, strict=True))
        yield {
            "method": "bialign" if context else "bialign, fast",
            "terms": len(hits),
            "exact": sum(exact) / len(hits),
            "exact, of several words": sum(several) / len(several),
            "overlap": overlap / len(hits),
            "s": seconds,
        }


def places(words: Sequence[str], term: Sequence[str]) -> list[Span]:
    """Find a term among words."""
    starts = range(len(words) - len(term) + 1)
    return [Span(n, n + len(term)) for n in starts if tuple(words[n : n + len(term)]) == tuple(term)]


def rendered(gold: Path) -> Iterator[dict[str, object]]:
    edges = ARTICLES | {"de", "del", "a"}
    for name in SETS:
        pairs, links = load(gold, name)
        for context in (True, False):
            hits, wanted = [], []
            for number, ((source, target), gold_links) in enumerate(zip(pairs, links, strict=True)):
                for i, word in enumerate(source):
                    if word.isalpha() and word.lower() not in ENGLISH.function_words:
                        hits.append((number, Span(i, i + 1)))
                        there = {j for row, j in gold_links if row == i}
                        wanted.append({j for j in there if target[j].lower() not in edges} or there)
            exact = overlap = linked = silent = 0
            found = renderings(WordAligner.learn(pairs, context=context), pairs, hits)
            for (number, _), want, each in zip(hits, wanted, found, strict=True):
                whole = set(range(each.start, each.stop))
                got = {j for j in whole if pairs[number][1][j].lower() not in edges} or whole
                linked += bool(want)
                exact += bool(want) and got == want
                overlap += bool(got & want)
                silent += not want and each.score < 0.5
            yield {
                "set": name,
                "method": "bialign" if context else "bialign, fast",
                "words": len(hits),
                "exact": exact / linked,
                "overlap": overlap / linked,
                "no rendering": silent / max(len(hits) - linked, 1),
            }


def cut(gold: Path) -> Iterator[dict[str, object]]:
    """Compare ways of cutting text into words."""
    from nltk.tokenize import NLTKWordTokenizer, ToktokTokenizer, TweetTokenizer, WordPunctTokenizer

    cases = [json.loads(line) for line in (CASES / "tokens.jsonl").read_text(encoding="utf-8").splitlines()]
    novels = [file.read_text(encoding="utf-8") for file in sorted((gold / "align" / "transread-en-fr").glob("*.src"))]
    ways: dict[str, Callable[[str, str], list[str]]] = {
        "bialign": lambda text, lang: [token.text for token in tokenise(text, lang)],
        "nltk, as in the Penn Treebank": lambda text, lang: NLTKWordTokenizer().tokenize(text),
        "nltk, Toktok": lambda text, lang: ToktokTokenizer().tokenize(text),
        "nltk, for tweets": lambda text, lang: TweetTokenizer().tokenize(text),
        "nltk, words and punctuation": lambda text, lang: WordPunctTokenizer().tokenize(text),
        r"\w+ or one sign": lambda text, lang: re.findall(r"\w+|[^\w\s]", text),
    }
    for name, way in ways.items():
        right = sum(way(case["text"], case["lang"]) == case["tokens"] for case in cases)
        began = time.process_time()
        for novel in novels:
            way(novel, "en")
        rate = sum(map(len, novels)) / (time.process_time() - began) / 1e6
        yield {"words by": name, "cases": right / len(cases), "Mchar/s": rate}


def speed(gold: Path) -> Iterator[dict[str, object]]:
    pairs = corpus(gold, "europarl-sample")[:10_000]
    size = sum(len(source) + len(target) for source, target in pairs) / 2 / len(pairs)
    hits = [(number, Span(len(pair[0]) // 2, len(pair[0]) // 2 + 1)) for number, pair in enumerate(pairs[:1000])]
    for context in (True, False):
        learned, learning = _timed(partial(WordAligner.learn, pairs, context=context))
        _, linking = _timed(partial(learned.links, pairs))
        _, both = _timed(partial(WordAligner(context=context).learn_and_link, pairs))
        _, rendering = _timed(partial(renderings, WordAligner(learned.lexicon, context=context), pairs, hits))
        yield {
            "method": "bialign" if context else "bialign, fast",
            "words a side": f"{size:.1f}",
            "learn, pairs/s": len(pairs) / learning,
            "link, pairs/s": len(pairs) / linking,
            "both, pairs/s": len(pairs) / both,
            "1,000 renderings, s": rendering,
        }


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    """Do some work; give what it returns, and the seconds of processor time it took."""
    began = time.process_time()
    result = work()
    return result, time.process_time() - began
