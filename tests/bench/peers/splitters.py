"""Other splitters on the same texts: pysbd, sentencex and NLTK's Punkt, in an environment of their own.

Run as a program, ``PYTHON splitters.py < job.json``, with the Python of that environment: the job names the splitter,
the language, texts and abbreviations; what is given back is where sentences end in each text, and the seconds it took.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

Cutter = Callable[[str], Sequence[str]]
NAMES = ("pysbd", "sentencex", "Punkt")


def ends_of(name: str, python: Path, texts: Sequence[str], lang: str) -> tuple[list[list[int]], float]:
    """Run a splitter over texts; give the offsets where its sentences end in each, and its seconds in all."""
    from bialign.languages import LANGUAGES

    job = {"name": name, "lang": lang, "texts": texts, "abbreviations": [*LANGUAGES[lang].abbreviations]}
    command = [str(python), str(Path(__file__)), "--run"]
    done = subprocess.run(command, input=json.dumps(job), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{name}: {done.stderr[-1000:]}")
    found = json.loads(done.stdout)
    return found["ends"], found["seconds"]


def pysbd(job: dict[str, Any]) -> Cutter:
    import pysbd as package

    cutter: Cutter = package.Segmenter(language=job["lang"], clean=False).segment
    return cutter


def sentencex(job: dict[str, Any]) -> Cutter:
    import sentencex as package

    return lambda text: list(package.segment(job["lang"], text))


def punkt(job: dict[str, Any]) -> Cutter:
    """Make Punkt without a trained model, which would have to be fetched: its heuristics, and our abbreviations."""
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    parameters = PunktParameters()
    parameters.abbrev_types.update(word.lower() for word in job["abbreviations"])
    cutter: Cutter = PunktSentenceTokenizer(parameters).tokenize
    return cutter


def offsets(text: str, sentences: Sequence[str]) -> list[int]:
    """Find sentences again in their text; one that was changed on the way is passed over."""
    at, found = 0, []
    for sentence in sentences:
        bare = sentence.strip()
        start = text.find(bare, at) if bare else -1
        if start >= 0:
            at = start + len(bare)
            found.append(at)
    return found


def main() -> None:
    job = json.loads(sys.stdin.read())
    cut = {"pysbd": pysbd, "sentencex": sentencex, "Punkt": punkt}[job["name"]](job)
    cut("One. Two.")  # what is loaded late is loaded before the clock starts
    began = time.process_time()
    cuts = [cut(text) for text in job["texts"]]
    seconds = time.process_time() - began
    ends = [offsets(text, sentences) for text, sentences in zip(job["texts"], cuts, strict=True)]
    print(json.dumps({"ends": ends, "seconds": seconds}))


if __name__ == "__main__" and sys.argv[1:] == ["--run"]:
    main()
