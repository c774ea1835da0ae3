"""Programs that make documents of other formats, where they are installed."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

PANDOC = shutil.which("pandoc")
OFFICE = shutil.which("soffice")


def pandoc(source: Path, target: Path) -> Path:
    """Convert Markdown by Pandoc to what the target's suffix says."""
    command = [PANDOC, "-f", "markdown-smart", source, "-o", target]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return target


def office(sources: Sequence[Path], suffix: str, folder: Path) -> list[Path]:
    """Convert files by LibreOffice, in one run and with a profile of its own; gives them in their order."""
    folder.mkdir(parents=True, exist_ok=True)
    profile = f"-env:UserInstallation={(folder.parent / 'profile').as_uri()}"
    command = [OFFICE, profile, "--headless", "--convert-to", suffix, "--outdir", folder, *sources]
    subprocess.run(command, check=True, capture_output=True, timeout=120, env=os.environ | {"LC_ALL": "C.UTF-8"})
    return [folder / f"{source.stem}.{suffix}" for source in sources]
