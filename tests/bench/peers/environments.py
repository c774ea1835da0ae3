"""Environments of their own for the peers, so that nothing they need becomes a need of bialign or of its tests."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .cache import cache_folder, digest

HERE = Path(__file__).parent
VERSIONS = """
import importlib.metadata as m, json, platform
print(json.dumps({d.name.lower(): d.version for d in m.distributions()} | {"python": platform.python_version()}))
"""


class Unavailable(Exception):
    """Say why a peer cannot be run here."""


@dataclass(frozen=True)
class Environment:
    """Name an environment: what goes into it, and the oldest Python it can be made with."""

    name: str
    oldest: tuple[int, int]

    @property
    def requirements(self) -> Path:
        return HERE / f"requirements-{self.name}.txt"

    @property
    def folder(self) -> Path:
        """Give the folder of the environment for its requirements as they are today."""
        return cache_folder("environments") / f"{self.name}-{digest(self.requirements.read_text(encoding='utf-8'))[:8]}"

    @property
    def interpreter(self) -> Path:
        windows = sys.platform == "win32"
        return self.folder / ("Scripts" if windows else "bin") / ("python.exe" if windows else "python")

    def ready(self) -> Path:
        """Give the environment's interpreter; Unavailable where it was not made."""
        if not (self.folder / "complete").exists():
            raise Unavailable("its environment was not made: python -m tests.bench.peers makes it")
        return self.interpreter

    def make(self) -> None:
        """Make the environment and install into it; Unavailable where that fails, and nothing half made is left."""
        if (self.folder / "complete").exists():
            return
        python = self._python()
        shutil.rmtree(self.folder, ignore_errors=True)
        install = ["-m", "pip", "install", "--disable-pip-version-check", "-r", str(self.requirements)]
        steps = ([python, "-m", "venv", str(self.folder)], [str(self.interpreter), *install])
        for step in steps:
            done = subprocess.run(step, capture_output=True, text=True, errors="replace", check=False)
            if done.returncode:
                shutil.rmtree(self.folder, ignore_errors=True)
                said = [line for line in done.stderr.splitlines() if line.strip()] or ["it failed"]
                raise Unavailable(f"{' '.join(step[1:4])}: {said[-1]}")
        (self.folder / "complete").touch()

    def _python(self) -> str:
        for candidate in _pythons():
            if _version(candidate) >= self.oldest:
                return candidate
        wanted = ".".join(map(str, self.oldest))
        raise Unavailable(f"it needs Python {wanted} or later, and none was found (BIALIGN_BENCH_PYTHON names one)")


LIGHT, BERTALIGN = Environment("light", (3, 11)), Environment("bertalign", (3, 12))
SPLITTERS = Environment("splitters", (3, 11))
WORDS = Environment("words", (3, 11))


def _pythons() -> Iterator[str]:
    if chosen := os.environ.get("BIALIGN_BENCH_PYTHON"):
        yield chosen
    yield sys.executable
    for minor in (12, 13, 14):  # the older, the likelier there are wheels for it
        if found := shutil.which(f"python3.{minor}"):
            yield found
        pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
        yield from map(str, sorted(pyenv.glob(f"versions/3.{minor}.*/bin/python")))


@lru_cache(maxsize=32)
def _version(python: str) -> tuple[int, int]:
    """Ask an interpreter for its version; (0, 0) where it does not run (a shim may stand for nothing)."""
    command = [python, "-c", "import sys, venv, ensurepip; print(*sys.version_info[:2])"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
        major, minor = done.stdout.split()
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return 0, 0
    return int(major), int(minor)


@lru_cache(maxsize=8)
def versions(python: Path) -> dict[str, str]:
    """Give the versions of everything installed beside an interpreter, and its own."""
    done = subprocess.run([str(python), "-c", VERSIONS], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)
