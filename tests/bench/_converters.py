"""Programs that make documents of other formats, where they are installed."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

PANDOC = shutil.which("pandoc")
OFFICE = shutil.which("soffice")
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
WEASY = shutil.which("weasyprint")
PDF_ENGINE = next(filter(None, map(shutil.which, ("xelatex", "lualatex", "weasyprint", "wkhtmltopdf"))), None)
"""What Pandoc makes PDFs with."""


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


def pandoc_pdf(source: Path, target: Path, *options: str, engine: str | None = PDF_ENGINE) -> Path:
    """Convert Markdown by Pandoc and a PDF engine, the one that is installed if none is named."""
    command = [PANDOC, "-f", "markdown-smart", source, "-o", target, f"--pdf-engine={engine}", *options]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return target


def printed(source: Path, target: Path) -> Path:
    """Print an HTML page by a browser, with a profile of its own and no heads but the page's own."""
    profile = f"--user-data-dir={target.parent / 'profile'}"
    options = ["--headless", "--no-sandbox", "--disable-gpu", profile, "--no-pdf-header-footer"]
    command = [BROWSER, *options, f"--print-to-pdf={target}", source.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return target


def weasy(source: Path, target: Path) -> Path:
    """Make a PDF of an HTML page by WeasyPrint."""
    subprocess.run([WEASY, "-q", source, target], check=True, capture_output=True, timeout=300)
    return target
