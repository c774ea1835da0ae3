"""Splitting: boundary F1 on sentence gold, golden rules passed, and speed.

A boundary is the end of a sentence inside a paragraph; the paragraph's own end is given and not counted. "terminal"
leaves out boundaries after sentences that end without terminal punctuation, as no text shows where those end. Of the
golden rules, F1 gives the share passed. `python tests/bench/splitting.py [SET ...]` shows the errors.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bialign.split import split

SETS = {"ud-en-gum": "en", "ud-en-ewt": "en", "ud-en-pud": "en", "ud-es-gsd": "es", "ud-es-pud": "es"}
TERMINAL = re.compile(r"[.!?…][\"'”’»)\]*]*$")


def ends(sentences: list[str]) -> set[int]:
    """Give the boundaries between sentences as counts of characters that are not white space."""
    counts, total = [], 0
    for sentence in sentences:
        total += len("".join(sentence.split()))
        counts.append(total)
    return set(counts[:-1])


def measure(folder: Path, lang: str, show: bool) -> tuple[float, float, int, float]:
    """Give F1 over all boundaries, F1 over terminal ones, how many those are, and seconds."""
    (gold_file,) = folder.glob("*.sents.txt")
    (text_file,) = folder.glob("*.text.txt")
    gold = [block.split("\n") for block in gold_file.read_text(encoding="utf-8").strip("\n").split("\n\n")]
    texts = text_file.read_text(encoding="utf-8").strip("\n").split("\n")
    assert len(gold) == len(texts), f"{folder}: {len(gold)} paragraphs against {len(texts)}"
    right = system = wanted = right_terminal = wanted_terminal = wrong = 0
    seconds = 0.0
    for sentences, text in zip(gold, texts, strict=True):
        began = time.process_time()
        found = [segment.text for segment in split(text, lang)]
        seconds += time.process_time() - began
        got, want = ends(found), ends(sentences)
        positions = {}
        total = 0
        for sentence in sentences:
            total += len("".join(sentence.split()))
            positions[total] = sentence
        terminal = {end for end in want if TERMINAL.search(positions[end])}
        right += len(got & want)
        system, wanted = system + len(got), wanted + len(want)
        right_terminal, wanted_terminal = right_terminal + len(got & terminal), wanted_terminal + len(terminal)
        wrong += len(got - want)
        if show:
            for end in sorted((got - want) | (terminal - got)):
                print("  EXTRA " if end in got else "  MISSED", context(text, end))
    f1 = 2 * right / (system + wanted)
    f1_terminal = 2 * right_terminal / (2 * right_terminal + wrong + wanted_terminal - right_terminal)
    return f1, f1_terminal, wanted_terminal, seconds


def context(text: str, end: int) -> str:
    """Show the text around a boundary given in characters that are not white space."""
    at = count = 0
    while count < end:
        count += not text[at].isspace()
        at += 1
    return f"{text[max(0, at - 70) : at]} ‖ {text[at : at + 60]}"


def golden(file: Path, lang: str, show: bool) -> tuple[int, int]:
    """Count the golden rules passed, white space aside."""
    cases = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    passed = 0
    for case in cases:
        got = [" ".join(segment.text.split()) for segment in split(case["text"], lang)]
        want = [" ".join(sentence.split()) for sentence in case["sents"]]
        passed += got == want
        if got != want and show:
            print(f"  GOT  {str(got)[:400]}\n  WANT {str(want)[:400]}")
    return passed, len(cases)


def rows(gold: Path) -> Iterator[dict[str, object]]:
    """Yield a row a set, then the golden rules passed."""
    for name, lang in SETS.items():
        f1, terminal, count, seconds = measure(gold / "split" / name, lang, show=False)
        size = next((gold / "split" / name).glob("*.text.txt")).stat().st_size
        yield {"set": name, "F1": f1, "terminal": terminal, "boundaries": count, "Mchar/s": size / seconds / 1e6}
    for lang in ("en", "es"):
        passed, total = golden(gold / "split" / "golden-rules" / f"{lang}.jsonl", lang, show=False)
        yield {"set": f"golden rules, {lang}", "F1": passed / total, "boundaries": total}


def main() -> None:
    """Print the errors of the sets named, or of all."""
    root = Path(os.environ["BIALIGN_GOLD"]) / "split"
    for name in sys.argv[1:] or SETS:
        print(name)
        measure(root / name, SETS[name], show=True)
    for lang in ("en", "es"):
        golden(root / "golden-rules" / f"{lang}.jsonl", lang, show=True)


if __name__ == "__main__":
    main()
