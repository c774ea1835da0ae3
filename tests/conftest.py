"""What several test modules share: the repository, the gold sets where they are, and runs of the command line."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

REPOSITORY = Path(__file__).parent.parent

# no test of the suite is timed: a busy machine is no error
settings.register_profile("bialign", deadline=None)
settings.load_profile("bialign")


@dataclass(frozen=True)
class Run:
    """Hold what a command line gave."""

    status: int
    out: str
    err: str


@pytest.fixture(scope="session")
def repository() -> Path:
    return REPOSITORY


@pytest.fixture(scope="session")
def gold() -> Path:
    """Give the folder of gold sets, which stands outside the repository; without it the test is skipped."""
    folder = os.environ.get("BIALIGN_GOLD")
    if not folder:
        pytest.skip("BIALIGN_GOLD does not name the folder of gold sets")
    return Path(folder)


@pytest.fixture
def bialign(monkeypatch, capsys):
    """Run a command line in this process, in English unless it says otherwise."""
    from bialign.cli import main

    monkeypatch.setenv("BIALIGN_LANG", "en")
    monkeypatch.setenv("COLUMNS", "80")

    def run(*arguments: str | Path) -> Run:
        capsys.readouterr()
        status = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Run(status, out, err)

    return run


@pytest.fixture
def bialign_process():
    """Run a command line in a process of its own, as a user does."""

    def run(*arguments: str | Path, **settings) -> Run:
        environment = {**os.environ, "BIALIGN_LANG": "en", **settings.pop("env", {})}
        done = subprocess.run(
            [sys.executable, "-m", "bialign", *map(str, arguments)],
            capture_output=True,
            timeout=120,
            check=False,
            env=environment,
            **settings,
        )
        return Run(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8", "backslashreplace"))

    return run
