"""Manuals that are there both as PDF and as HTML: how many of their sentences are read the same from both."""

import os
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from bialign.readers import read
from bialign.split import split

FOLDER = "BIALIGN_MANUALS"
LAYOUT = frozenset({"running-head", "page-number"})
PROSE = frozenset({"text", "list-item", "quotation", "footnote", "endnote", "caption", "table-cell"})
SHORTEST = 5
SIGNS = str.maketrans(
    dict.fromkeys("“”„«»", '"') | dict.fromkeys("‘’‚´`", "'") | dict.fromkeys("–—", "-") | {"\u00a0": " "}
)
# the number of a section or table: "1.2. Links" in one file is "1.2 Links" in the other
NUMBER = re.compile(
    r"\A(?:(?:chapter|capítulo|appendix|apéndice) [A-Z\d]+\.? |(?:[A-Z]|\d+)(?:\.\d+)*\.? (?=\w)"
    r"|(?:table|tabla|cuadro|figure|figura|example|ejemplo) [A-Z\d.]+[.:] ?)",
    re.IGNORECASE,
)

Sentences = list[tuple[str, bool]]
"""Sentences, and whether each is prose."""


def sentences(files: Sequence[Path], lang: str) -> Sentences:
    """Read files and split their paragraphs, without what is the layout's."""
    found = []
    for file in files:
        document = read(file, lang=lang)
        for item in document.paragraphs:
            if item.kind in LAYOUT:
                continue
            for piece in split(document.text[item.start : item.stop], lang):
                text = NUMBER.sub("", " ".join(piece.text.translate(SIGNS).replace("¶", "").split()), count=1)
                found.append((text, item.kind in PROSE and len(text.split()) >= SHORTEST))
    return [pair for pair in found if pair[0]]


def letters(text: str) -> str:
    """Give what no layout changes of a text."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def raw_text(file: Path) -> str:
    """Give the letters of a PDF's pages as pdfium has them, without any layout."""
    import pypdfium2

    with pypdfium2.PdfDocument(file) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return letters(re.sub("[\x02\ufffe]", "", "".join(pages)))


def same(mine: Sentences, other: Sentences, held: str) -> tuple[int, int]:
    """Count the prose sentences whose letters `held` has, and how many of them the other file has as sentences."""
    wanted = Counter(text for text, prose in mine if prose and letters(text) in held)
    return wanted.total(), (wanted & Counter(text for text, _ in other)).total()


def manual_rows() -> Iterator[dict[str, object]]:
    """Yield a row a manual; one that says why there are none where there are none."""
    folder = Path(os.environ.get(FOLDER) or "?")
    files = sorted(folder.glob("*.pdf")) if folder.is_dir() else []
    if not files:
        yield {"manual": f"skipped: the environment variable {FOLDER} names no folder of manuals"}
    for file in files:
        pages = [file.with_suffix(".html")]
        if file.with_suffix("").is_dir():
            pages = sorted(file.with_suffix("").glob("*.html"))
        if not pages[0].is_file():
            yield {"manual": f"{file.name} skipped: there is no {pages[0].name}"}
            continue
        yield measure(file, pages)


def measure(file: Path, pages: Sequence[Path]) -> dict[str, object]:
    """Compare a manual's PDF with its HTML."""
    lang = "es" if file.stem.endswith(".es") else "en"
    began = time.process_time()
    printed = sentences([file], lang)
    seconds = time.process_time() - began
    marked = sentences(pages, lang)
    both = (Counter(text for text, _ in printed) & Counter(text for text, _ in marked)).total()
    wanted, found = same(marked, printed, raw_text(file))
    got, right = same(printed, marked, letters(" ".join(text for text, _ in marked)))
    return {
        "manual": file.stem,
        "sentences": len(marked),
        "all": 2 * both / max(1, len(printed) + len(marked)),
        "prose": (found + right) / max(1, wanted + got),
        "seconds": seconds,
    }
