"""Line-end hyphens: words cut by a hyphenator made whole, and hyphens of compounds kept.

Every word of gold texts that holds a hyphen between small letters is cut there, and one of sixteen others where Pyphen
would cut it; what `bialign.hyphens.joined` then says is compared with how the text writes the word. Its evidence is the
300 sentences around, without the word itself. "seen" are the sets that the weights of `bialign.compounds` were fitted
to. `python -m tests.bench.hyphens` shows what is wrong, `--fit` prints weights fitted anew to the sets seen.
"""

from __future__ import annotations

import importlib.util
import os
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bialign.compounds import EVIDENCE, evidence
from bialign.hyphens import joined

SEEN = {"bible-sentences-en-es", "debian-handbook-en-es", "tico19-en-es", "europarl-sample, first part"}
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
# names in addresses, in code and of files are no words of the text
_PROSE = re.compile(r"(?<![\w@/.$_=<-])[^\W\d_]+(?:[-'’][^\W\d_]+)*(?![\w@/_=>-]|\.\w|\(\))")
_CHUNK = 300
_SHARE = 1 / 16
_WHOLE = 0.9915
"""The share of cuts seen that weights make whole."""


class Case(NamedTuple):
    """Hold two parts of a word with the words around it, and whether the text writes a hyphen between them."""

    name: str
    lang: str
    before: str
    after: str
    words: frozenset[str]
    real: bool


def texts(gold: Path) -> Iterator[tuple[str, str, list[str]]]:
    """Give the sets, a language at a time, with their sentences."""
    for name in sorted(folder.name for folder in (gold / "align").iterdir()):
        for suffix, lang in ((".src", "en"), (".tgt", "es")):
            if f"-{lang}" in name and "verses" not in name:
                files = sorted((gold / "align" / name).glob(f"*{suffix}"))
                yield name, lang, [line for file in files for line in file.read_text(encoding="utf-8").split("\n")]
    for name in ("europarl-sample", "tatoeba"):
        lines = (gold / "parallel" / name / "pairs.tsv").read_text(encoding="utf-8").split("\n")[:20_000]
        pairs = [line.split("\t") for line in lines if line]
        for side, lang in enumerate(("en", "es")):
            sentences = [pair[side] for pair in pairs]
            parts = (
                {"first part": sentences[:13_000], "rest": sentences[13_000:]} if "euro" in name else {"": sentences}
            )
            yield from ((f"{name}, {part}".removesuffix(", "), lang, found) for part, found in parts.items())
    for folder in sorted((gold / "split").glob("ud-*")):
        (file,) = folder.glob("*.sents.txt")
        yield folder.name, folder.name[3:5], file.read_text(encoding="utf-8").split("\n")


def cases(gold: Path) -> Iterator[Case]:
    """Give the words that are cut."""
    import pyphen

    dictionaries = {"en": pyphen.Pyphen(lang="en_US"), "es": pyphen.Pyphen(lang="es")}
    draw = random.Random(3)
    for name, lang, lines in texts(gold):
        for at in range(0, len(lines), _CHUNK):
            chunk = "\n".join(lines[at : at + _CHUNK])
            counts = Counter(form for found in _WORD.findall(chunk) for form in _forms(found))
            for word in _PROSE.findall(chunk):
                cuts = list(_cuts(word, dictionaries[lang], draw))
                if cuts:
                    own = Counter(_forms(word))
                    known = frozenset(form for form in counts if counts[form] > own[form])
                    yield from (Case(name, lang, before, after, known, real) for before, after, real in cuts)


def _forms(word: str) -> list[str]:
    """Give a word and its parts, as the text's own words are looked up."""
    word = word.lower().replace("’", "'")
    return [word, *(set(word.split("-")) if "-" in word else ())]


def _cuts(word: str, dictionary: object, draw: random.Random) -> Iterator[tuple[str, str, bool]]:
    for found in re.finditer(r"(?<=[^\W\d_])-(?=[^\W\d_])", word):
        if word[found.start() - 1].islower() and word[found.end()].islower():
            yield word[: found.start()], word[found.end() :], True
    at = 0
    for part in word.split("-"):
        if len(part) > 4 and part[1:].islower() and draw.random() < _SHARE:
            places = dictionary.positions(part)  # type: ignore[attr-defined]
            if places:
                place = at + draw.choice(places)
                yield word[:place], word[place:], False
        at += len(part) + 1


def rows(gold: Path) -> Iterator[dict[str, object]]:
    """Yield a row a set and language."""
    if importlib.util.find_spec("pyphen") is None:
        yield {"set": "skipped: Pyphen is not installed"}
        return
    sizes, right = Counter[tuple[str, str, bool]](), Counter[tuple[str, str, bool]]()
    for case in cases(gold):
        sizes[case.name, case.lang, case.real] += 1
        right[case.name, case.lang, case.real] += joined(*case[2:5], case.lang) != case.real
    for name, lang in dict.fromkeys((name, lang) for name, lang, _ in sizes):
        row: dict[str, object] = {"set": name, "language": lang, "weights": "seen" if name in SEEN else ""}
        for real, what in ((False, "cuts"), (True, "hyphens")):
            if size := sizes[name, lang, real]:
                row |= {what: size, f"{what} right": right[name, lang, real] / size}
        yield row


def fit(gold: Path) -> None:
    """Print the weights of a logistic regression on the cases seen that the text's own words do not decide."""
    import numpy as np
    from scipy.optimize import minimize

    found = [case for case in cases(gold) if case.name in SEEN]
    for lang in ("en", "es"):
        chosen = [case for case in found if case.lang == lang and not _decided(case)]
        values = np.array([evidence(*case[2:5], lang) for case in chosen], float)
        real = np.array([case.real for case in chosen], float)
        share = np.where(real > 0, 1 / real.sum(), 1 / (1 - real).sum()) * len(real) / 2

        def loss(weights: np.ndarray, values=values, real=real, share=share) -> tuple[float, np.ndarray]:
            p = 1 / (1 + np.exp(-(values @ weights)))
            likely = share * (real * np.log(p + 1e-12) + (1 - real) * np.log(1 - p + 1e-12))
            gradient = -(values.T @ (share * (real - p)))
            gradient[1:] += 4 * weights[1:]
            return 2 * float((weights[1:] ** 2).sum()) - float(likely.sum()), gradient

        weights = minimize(loss, np.zeros(values.shape[1]), jac=True, method="L-BFGS-B").x
        if lang == "es":  # the sets hold too few of these to learn from
            weights[EVIDENCE.index("adjectives")] = 4
        cuts = [case for case in found if case.lang == lang and not case.real]
        scores = [-99.0 if _decided(case) else float(np.dot(evidence(*case[2:5], lang), weights)) for case in cuts]
        weights[0] -= float(np.quantile(scores, _WHOLE))
        print(lang, ", ".join(f"{weight:g}" for weight in np.round(weights, 2)))


def _decided(case: Case) -> bool:
    """Tell whether the text's own words decide."""
    before, after = case.before.lower(), case.after.lower()
    pairs = ((before, after), (before.rpartition("-")[2], after.partition("-")[0]))
    return any(left + right in case.words or f"{left}-{right}" in case.words for left, right in pairs)


def main() -> None:
    """Print what is wrong, by language, or weights fitted anew."""
    gold = Path(os.environ["BIALIGN_GOLD"])
    if "--fit" in sys.argv:
        fit(gold)
        return
    wrong = Counter[tuple[str, str]]()
    for case in cases(gold):
        if joined(*case[2:5], case.lang) == case.real:
            wrong[case.lang, case.before + ("-" if case.real else "/") + case.after] += 1
    for lang in ("en", "es"):
        print(lang, *(f"{word} {count}" for (code, word), count in wrong.most_common() if code == lang), sep="\n  ")


if __name__ == "__main__":
    main()
