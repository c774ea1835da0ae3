"""Take the screenshots of the pages: ``python docs/screens.py [FOLDER]``, by default into docs/screens.

A corpus of the project's own texts is made, a person's work on it is imitated, and each page of the application is
opened in a Chromium, wide and narrow, light and dark. Pictures are written with 128 colours, to be small.
"""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from bialign.corpus import Corpus  # noqa: E402
from bialign.termbase import Termbase  # noqa: E402
from web import PAGES_SHOWN, TOKEN, serving  # noqa: E402

FOLDER = ROOT / "docs" / "screens"
SIZES = {"wide": (1280, 800), "narrow": (390, 844)}
PASSWORD = "a password of the screenshots"
TEXTS = (
    ("CIA hitman in Peru", ROOT / "corpus/texts", "cia-hitman-in-peru"),
    ("The lighthouse", ROOT / "src/bialign/web/example", "lighthouse"),
)
SHIFTS = (
    ("Ana", 4, "perspective", "remained", "casi siempre se ha mantenido"),
    ("Eva", 4, "meaning", "largely", "casi siempre"),
    ("Ana", 5, "generalization", "history", "episodios"),
    ("Eva", 5, "generalization", "history", "episodios de la historia"),
    ("Eva", 3, "addition", "", "no es la versión en español"),
)
"""Annotations of the first text: who, bead, label, words of both sides."""


def make(path: Path) -> None:
    """Make a corpus, partly reviewed."""
    from bialign.readers import read

    with Corpus.create(path, title="Peru, 1990–2001", who="Ana") as made:
        for name, folder, stem in TEXTS:
            made.add(read(folder / f"{stem}.en.txt"), read(folder / f"{stem}.es.txt"), name=name)
            beads = made.beads(name, limit=-1)
            sure = [bead.id for bead in beads if bead.probability > 0.9]
            made.confirm(sure[: len(beads) * 2 // 3 if stem == "lighthouse" else len(beads) // 4])
        made.set_glossary(Termbase.load(ROOT / "corpus/glossary.yaml"))
        made.judge([made.beads(TEXTS[0][0], limit=-1)[20].id], "doubtful")
        for who, bead, label, source, target in SHIFTS:
            view = made.bead(bead)
            marks = []
            for side, text, words in (("source", view.source_text, source), ("target", view.target_text, target)):
                if words:
                    start = text.index(words)
                    marks += made.marks_in(bead, side, start, start + len(words))
            made.annotate(bead, label, marks, who=who)


@contextlib.contextmanager
def browser() -> Iterator[Any]:
    """Open a Chromium."""
    from playwright.sync_api import sync_playwright

    named = os.environ.get("BIALIGN_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=named)
        yield launched
        launched.close()


def save(page: Any, path: Path) -> None:
    """Write what a page shows, small."""
    from PIL import Image

    with Image.open(io.BytesIO(page.screenshot())) as picture:
        picture.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)


def take(folder: Path, only: str = "") -> None:
    """Take all of them, or those whose name begins with `only`."""
    folder.mkdir(exist_ok=True)
    # the same path each time, as it is in the pictures
    here = Path(tempfile.gettempdir()) / "corpora"
    with browser() as chromium:
        shutil.rmtree(here, ignore_errors=True)
        here.mkdir()
        path = here / "peru.bialign"
        make(path)
        for name, shown in PAGES_SHOWN.items():
            if not name.startswith(only):
                continue
            password = PASSWORD if shown.guarded else ""
            with serving(path if shown.corpus else None, here, password=password) as address:
                for lang, scheme, size in (
                    ("en", "light", "wide"),
                    ("es", "light", "narrow"),
                    ("es", "dark", "wide"),
                ):
                    width, height = SIZES[size]
                    context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
                    context.add_cookies([{"name": "bialign_lang", "value": lang, "url": address}])
                    page = context.new_page()
                    where = shown.path.replace("q=the", "q=regime")  # a word that is worth a look in this corpus
                    page.goto(f"{address}{where}{'&' if '?' in shown.path else '?'}token={TOKEN}")
                    page.locator("html[data-ready]").wait_for()
                    shown.enter(page)
                    page.wait_for_load_state("networkidle")
                    save(page, folder / f"{name}-{size}-{scheme}.{lang}.png")
                    context.close()


if __name__ == "__main__":
    given = [one for one in sys.argv[1:] if not one.startswith("--only=")]
    chosen = next((one.removeprefix("--only=") for one in sys.argv[1:] if one.startswith("--only=")), "")
    take(Path(given[0]) if given else FOLDER, chosen)
