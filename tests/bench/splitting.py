"""Splitting: boundary F1 on sentence gold, golden rules passed, and speed.

A boundary is the end of a sentence inside a paragraph; the paragraph's own end is given and not counted. "terminal"
leaves out boundaries after sentences that end without terminal punctuation, as no text shows where those end. Of the
golden rules, F1 gives the share passed, those we dispute (tests/cases/split/disputed-en.jsonl) among the failed; below
it stands the share among those not disputed, and among those that only cut the text and change nothing in it. Speed is
that of the quickest of three runs. The sets of UD were looked at while rules were written.
`python -m tests.bench.splitting [SET ...]` shows the errors.
"""

from __future__ import annotations

import itertools
import json
import os
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from bialign.split import split

from ._table import Table
from .peers.environments import SPLITTERS, Unavailable
from .peers.splitters import NAMES, ends_of

SETS = {"ud-en-gum": "en", "ud-en-ewt": "en", "ud-en-pud": "en", "ud-es-gsd": "es", "ud-es-pud": "es"}
RUNS = 3
TERMINAL = re.compile(r"[.!?…][\"'”’»)\]*]*$")


def ends(sentences: list[str]) -> set[int]:
    """Give the boundaries between sentences as counts of characters that are not white space."""
    counts, total = [], 0
    for sentence in sentences:
        total += len("".join(sentence.split()))
        counts.append(total)
    return set(counts[:-1])


class Ends(NamedTuple):
    """Hold where sentences end in a paragraph, as counts of characters that are not white space."""

    got: set[int]
    want: set[int]
    terminal: set[int]  # those of `want` behind terminal punctuation


def load(folder: Path) -> tuple[list[list[str]], list[str]]:
    """Read a set: the sentences of each paragraph, and its text."""
    (gold_file,) = folder.glob("*.sents.txt")
    (text_file,) = folder.glob("*.text.txt")
    gold = [block.split("\n") for block in gold_file.read_text(encoding="utf-8").strip("\n").split("\n\n")]
    texts = text_file.read_text(encoding="utf-8").strip("\n").split("\n")
    assert len(gold) == len(texts), f"{folder}: {len(gold)} paragraphs against {len(texts)}"
    return gold, texts


def ours(texts: list[str], lang: str, repeated: int = 1) -> tuple[list[list[int]], float]:
    """Split texts with bialign; give the offsets where sentences end, and the seconds of the quickest run."""
    runs = []
    for _ in range(repeated):
        began = time.process_time()
        found = [split(text, lang) for text in texts]
        runs.append(time.process_time() - began)
    seconds = min(runs)
    return [[segment.stop for segment in segments] for segments in found], seconds


def compared(gold: list[list[str]], texts: list[str], found: list[list[int]]) -> Iterator[Ends]:
    """Give for each paragraph where sentences should end and where they were found to."""
    for sentences, text, stops in zip(gold, texts, found, strict=True):
        positions, total = {}, 0
        for sentence in sentences:
            total += len("".join(sentence.split()))
            positions[total] = sentence
        want = ends(sentences)
        got = {len("".join(text[:stop].split())) for stop in stops} - {0, total}
        yield Ends(got, want, {end for end in want if TERMINAL.search(positions[end])})


def scores(paragraphs: list[Ends]) -> tuple[float, float, int]:
    """Give F1 over all boundaries, F1 over terminal ones, and how many those are."""
    right = sum(len(p.got & p.want) for p in paragraphs)
    both = sum(len(p.got) + len(p.want) for p in paragraphs)
    right_terminal = sum(len(p.got & p.terminal) for p in paragraphs)
    wanted_terminal = sum(len(p.terminal) for p in paragraphs)
    wrong = sum(len(p.got - p.want) for p in paragraphs)
    return 2 * right / both, 2 * right_terminal / (right_terminal + wrong + wanted_terminal), wanted_terminal


def show(name: str, root: Path) -> None:
    """Print the errors of a set."""
    gold, texts = load(root / name)
    found, _ = ours(texts, SETS[name])
    for paragraph, text in zip(compared(gold, texts, found), texts, strict=True):
        for end in sorted((paragraph.got - paragraph.want) | (paragraph.terminal - paragraph.got)):
            print("  EXTRA " if end in paragraph.got else "  MISSED", context(text, end))


def context(text: str, end: int) -> str:
    """Show the text around a boundary given in characters that are not white space."""
    at = count = 0
    while count < end:
        count += not text[at].isspace()
        at += 1
    return f"{text[max(0, at - 70) : at]} ‖ {text[at : at + 60]}"


def golden_cases(gold: Path, lang: str) -> list[dict[str, Any]]:
    """Read the golden rules of a language."""
    file = gold / "split" / "golden-rules" / f"{lang}.jsonl"
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def disputed_cases() -> list[dict[str, Any]]:
    """Read which English golden rules we hold to be wrong for our purpose, and why."""
    file = Path(__file__).parents[1] / "cases" / "split" / "disputed-en.jsonl"
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def is_only_cut(case: dict[str, Any]) -> bool:
    """Tell whether the sentences of a golden rule are its text piece by piece, which alone exact offsets can give."""
    rest = " ".join(case["text"].split())
    for sentence in case["sents"]:
        rest, piece = rest.lstrip(), " ".join(sentence.split())
        if not rest.startswith(piece):
            return False
        rest = rest[len(piece) :]
    return not rest.strip()


def passed(case: dict[str, Any], stops: list[int]) -> bool:
    """Tell whether a golden rule is kept, white space aside."""
    starts = [0, *stops]
    pieces = [*(case["text"][a:b] for a, b in itertools.pairwise(starts)), case["text"][starts[-1] :]]
    got = [" ".join(piece.split()) for piece in pieces if piece.strip()]
    return got == [" ".join(sentence.split()) for sentence in case["sents"]]


SPEED_WORDS = """Speed by kind of text, on one core, a megabyte each: news; a novel; law at its densest,
where a sentence might end every 12 characters; our hard cases, a line each, where one might every 20."""


def speed_texts(gold: Path) -> dict[str, tuple[str, str]]:
    """Give about a megabyte of each kind of text, with its language."""
    cases = Path(__file__).parents[1] / "cases" / "split"
    lines = (cases / "es.txt").read_text(encoding="utf-8").splitlines()[2:]
    hard = [line.partition("  ## ")[0].replace(" |", "").replace("\\n", "").replace("\\b", "") for line in lines]
    law = "Según el art. 12 del D. S. N.º 4 (cap. II, inc. b) y la opinión del Dr. J. Paz, procede anular lo actuado. "
    dialogue = (gold / "align" / "transread-en-fr" / "emma.src").read_text(encoding="utf-8")
    news = load(gold / "split" / "ud-en-pud")[1]
    texts = {
        "prose": ("\n".join(news), "en"),
        "a novel": (dialogue, "en"),
        "law": (law * 9, "es"),
        "hard cases": ("\n".join(hard), "es"),
    }
    return {name: ((text + "\n") * (1_000_000 // len(text) + 1), lang) for name, (text, lang) in texts.items()}


def tables(gold: Path) -> Iterator[Table]:
    """Yield our figures a set, then those of every splitter side by side, then our speed."""
    yield Table("", rows(gold))
    words = """Beside other splitters, with terminal boundaries' F1 and the share of golden rules passed; processor
time, on one core, over the sets of UD. Punkt has no trained model here, as that takes a download, but bialign's own
abbreviations."""
    if not available():
        words += " Only bialign was measured: `python -m tests.bench.peers` makes the others' environment."
    yield Table(" ".join(words.split()), beside(gold))
    kinds = [{"text": name} | {"Mchar/s": _speed(*text)} for name, text in speed_texts(gold).items()]
    yield Table(" ".join(SPEED_WORDS.split()), kinds)


def _speed(text: str, lang: str) -> float:
    return len(text) / ours([text], lang, RUNS)[1] / 1e6


def available() -> Path | None:
    """Give the Python of the other splitters' environment, if it was made."""
    try:
        return SPLITTERS.ready()
    except Unavailable:
        return None


def beside(gold: Path) -> Iterator[dict[str, object]]:
    """Yield a row a splitter."""
    python = available()
    for name in ("bialign", *(NAMES if python else ())):
        row: dict[str, object] = {"splitter": name}
        size = seconds = 0.0
        for folder, lang in SETS.items():
            sentences, texts = load(gold / "split" / folder)
            found, took = ours(texts, lang) if name == "bialign" else ends_of(name, python or Path(), texts, lang)
            row[folder.removeprefix("ud-")] = scores(list(compared(sentences, texts, found)))[1]
            size, seconds = size + sum(map(len, texts)), seconds + took
        for lang in ("en", "es"):
            cases = golden_cases(gold, lang)
            texts = [case["text"] for case in cases]
            found, _ = ours(texts, lang) if name == "bialign" else ends_of(name, python or Path(), texts, lang)
            row[f"rules, {lang}"] = sum(map(passed, cases, found)) / len(cases)
        yield row | {"Mchar/s": size / seconds / 1e6}


def rows(gold: Path) -> Iterator[dict[str, object]]:
    """Yield a row a set, then the golden rules passed."""
    for name, lang in SETS.items():
        sentences, texts = load(gold / "split" / name)
        found, seconds = ours(texts, lang, RUNS)
        f1, terminal, count = scores(list(compared(sentences, texts, found)))
        size = sum(map(len, texts))
        yield {"set": name, "F1": f1, "terminal": terminal, "boundaries": count, "Mchar/s": size / seconds / 1e6}
    for lang in ("en", "es"):
        cases = golden_cases(gold, lang)
        found, _ = ours([case["text"] for case in cases], lang)
        kept = list(map(passed, cases, found))
        yield {"set": f"golden rules, {lang}", "F1": sum(kept) / len(cases), "boundaries": len(cases)}
        if lang == "en":
            disputed = {entry["case"] for entry in disputed_cases()}
            undisputed = [case for number, case in enumerate(kept) if number not in disputed]
            yield {"set": "... not disputed", "F1": sum(undisputed) / len(undisputed), "boundaries": len(undisputed)}
        whole = [case for rule, case in zip(cases, kept, strict=True) if is_only_cut(rule)]
        yield {"set": "... that only cut the text", "F1": sum(whole) / len(whole), "boundaries": len(whole)}


def main() -> None:
    """Print the errors of the sets named, or of all, and of the golden rules."""
    gold = Path(os.environ["BIALIGN_GOLD"])
    for name in sys.argv[1:] or SETS:
        print(name)
        show(name, gold / "split")
    for lang in ("en", "es"):
        for case in golden_cases(gold, lang):
            got = [segment.text for segment in split(case["text"], lang)]
            if not passed(case, [segment.stop for segment in split(case["text"], lang)]):
                print(f"  GOT  {str(got)[:400]}\n  WANT {str(case['sents'])[:400]}")


if __name__ == "__main__":
    main()
