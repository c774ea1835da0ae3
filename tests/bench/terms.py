"""Terms looked up in a text: seconds and memory, from loading the words of a glossary to the last hit.

A glossary of 10,000 concepts is made of the pairs of two gold sets, and of pairs of them put together; the text is
100,000 words of the language. Each row is a process of its own on one core, so that nothing is warm: "index" is the
first call's own work, "look-up" the rest of it, "MB" the most memory the process had.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

CONCEPTS = 10_000
WORDS = 100_000

SCRIPT = """
import json, random, sys, time
from pathlib import Path
gold, lang, size, length = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
from bialign.termbase import Concept, Term, Termbase, likely_case
pairs = []
for name in ("iso-codes", "tico19"):
    for line in (gold / "terms" / name / "terms.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        pairs.append(line.split("\\t")[1:3])
chance = random.Random(1)
while len(pairs) < size:
    (one, uno), (other, otro) = chance.choice(pairs), chance.choice(pairs)
    pairs.append([f"{one.split()[0]} {other}", f"{otro} de {uno}"])
concepts = []
for number, (en, es) in enumerate(pairs[:size]):
    terms = (Term(en, "en", case_policy=likely_case(en)), Term(es, "es", case_policy=likely_case(es)))
    concepts.append(Concept(str(number), terms=terms))
base = Termbase(("en", "es"), tuple(concepts))
files = sorted((gold / "align" / "tico19-en-es").glob("*.src" if lang == "en" else "*.tgt"))
words = " ".join(file.read_text(encoding="utf-8") for file in files).split()
while len(words) < length:
    words += words
text = " ".join(words[:length])
wall, processor = time.perf_counter(), time.process_time()
base.find("", lang)
indexed = time.perf_counter() - wall
hits = base.lookup(text, lang)
seconds, processor = time.perf_counter() - wall, time.process_time() - processor
found = {"hits": len(hits), "index": indexed, "look-up": seconds - indexed, "seconds": seconds, "CPU s": processor}
try:
    import resource
    found["MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "linux" else 1024**2)
except ImportError:
    pass
print(json.dumps(found))
"""


def rows(gold: Path) -> Iterator[dict[str, str]]:
    """Measure one language after the other."""
    for lang in ("en", "es"):
        found = measured(gold, lang)
        said = {"language": lang, "concepts": f"{CONCEPTS:,}", "words": f"{WORDS:,}", "hits": f"{found.pop('hits'):,}"}
        figures = {name: f"{value:.2f}" if isinstance(value, float) else str(value) for name, value in found.items()}
        yield said | figures


def measured(gold: Path, lang: str) -> dict[str, float]:
    """Run the script in a process of its own."""
    arguments = [sys.executable, "-c", SCRIPT, str(gold), lang, str(CONCEPTS), str(WORDS)]
    done = subprocess.run(arguments, capture_output=True, check=True, env={**os.environ, "OMP_NUM_THREADS": "1"})
    return json.loads(done.stdout)
