"""Manuals that are there both as PDF and as HTML: how many of their sentences are read the same from both.

What no reader could make the same is left out or made alike, and nothing else:

- sentences whose letters the other file does not have, such as "(see Section 6.10, page 105)" for a link, or what one
  of the files lacks. The letters are looked for without any layout, and over the ends of pages, so that a sentence that
  is read wrong still counts. The share of a manual's sentences that is compared is told.
- a sentence counts once, however often a file has it: pages of HTML repeat contents lists and menus that a book has
  once or not at all, and their entries are the headings that they name;
- numbers and labels of sections, tables and notes ("1.2.", "Table 3:", "Note:"), which stand beside the text in one
  file, and in a paragraph of their own or nowhere in the other; the stop or colon behind a heading or an index entry;
- quotation marks, which some programs put around what others set as code, and angle brackets around an address of mail;
- capital letters, as a font of small capitals has either; signs that fonts of print have for a hyphen, dots or a tilde.
"""

import itertools
import os
import re
import time
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from bialign.readers import read
from bialign.split import split

FOLDER = "BIALIGN_MANUALS"
LAYOUT = frozenset({"running-head", "page-number"})
PROSE = frozenset({"text", "list-item", "quotation", "footnote", "endnote", "caption", "table-cell"})
SHORTEST = 5
NOTES, HEAD = 1500, 200
"""Letters that may stand between the two parts of a sentence that runs over a page: below it, and above it."""
SIGNS = str.maketrans(
    dict.fromkeys("“”„«»", '"') | dict.fromkeys("‘’‚´`", "'") | dict.fromkeys("–—", "-") | {"\u00a0": " "}
)
PRINTED = str.maketrans({"−": "-", "…": "...", "˜": "~", "∗": "*", "∣": "|", "\u200d": "", "¶": "", '"': ""})
QUOTES = re.compile(r"'(?!\w)|(?<!\w)'")
MAIL = re.compile(r"<([\w.+-]+@[\w.-]+)>")
# the number of a section or table: "1.2. Links" in one file is "1.2 Links" in the other
NUMBER = re.compile(
    r"\A(?:(?:chapter|capítulo|appendix|apéndice) [A-Z\d]+\.? |(?:[A-Z]|\d+)(?:\.\d+)*\.? (?=\w)"
    r"|(?:table|tabla|cuadro|figure|figura|example|ejemplo) [A-Z\d.]+[.:] ?"
    r"|(?:note|nota|warning|aviso|advertencia|important|importante|caution|atención|tip|sugerencia|consejo): )",
    re.IGNORECASE,
)

Sentences = dict[str, bool]
"""Sentences, and whether each is prose: so many words of it in text, lists, notes and tables."""


def sentences(files: Sequence[Path], lang: str) -> Sentences:
    """Read files and split their paragraphs, without what is the layout's."""
    found: Sentences = {}
    for file in files:
        document = read(file, lang=lang)
        for item in document.paragraphs:
            if item.kind in LAYOUT:
                continue
            for piece in split(document.text[item.start : item.stop], lang):
                text = compared(piece.text)
                if text:
                    found[text] = found.get(text, False) or (item.kind in PROSE and len(text.split()) >= SHORTEST)
    return found


def compared(text: str) -> str:
    """Give what is compared of a sentence.

    >>> compared("1.2. Mail “the  list” <list@example.org> − see BASH …"), compared("It’s the men's 'ls'.")
    ('mail the list list@example.org - see bash ...', "it's the men's ls")
    """
    text = " ".join(text.translate(SIGNS).translate(PRINTED).split())
    text = MAIL.sub(r"\1", QUOTES.sub("", NUMBER.sub("", text, count=1))).casefold()
    return re.sub(r"(?<![.:\s])[.:]\Z", "", " ".join(text.split()))


def letters(text: str) -> str:
    """Give what no layout changes of a text."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def raw_pages(file: Path) -> list[str]:
    """Give the letters of a PDF's pages as pdfium has them, without any layout."""
    import pypdfium2

    with pypdfium2.PdfDocument(file) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return [letters(re.sub("[\x02\ufffe]", "", page)) for page in pages]


class Letters:
    """Tell whether the letters of a file, given by page, hold those of a sentence."""

    def __init__(self, pages: Sequence[str]) -> None:
        self._all = "".join(pages)
        self._ends = [(above, below) for above, below in itertools.pairwise(pages)]

    def hold(self, text: str) -> bool:
        """Tell whether they do, on one page or over the end of one."""
        mine = letters(text)
        return mine in self._all or any(_runs_over(mine, above, below) for above, below in self._ends)


def _runs_over(mine: str, above: str, below: str) -> bool:
    """Tell whether a page has the beginning of a text and the next page the rest: feet and heads stand between them."""
    start = above.find(mine[:SHORTEST], max(0, len(above) - NOTES - len(mine)))
    while start >= 0:
        pairs = zip(above[start:], mine, strict=False)
        here = sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))
        # a letter of what follows may be that of a foot by chance
        if any(mine[stop:] in below[: HEAD + len(mine)] for stop in range(here, max(0, here - 4), -1)):
            return True
        start = above.find(mine[:SHORTEST], start + 1)
    return False


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
    both = wanted(printed, marked, file)
    prose = {text for text in both if printed.get(text, True) and marked.get(text, True)}
    shared = printed.keys() & marked.keys()
    return {
        "manual": file.stem,
        "sentences": len(marked),
        "compared": len(both & (marked.keys())) / max(1, len(marked)),
        "all": share(both, shared, printed, marked),
        "prose": share(prose, shared, printed, marked),
        "seconds": seconds,
    }


def wanted(printed: Sentences, marked: Sentences, file: Path) -> set[str]:
    """Give the sentences of a PDF and of its HTML whose letters the other one has."""
    raw, flat = Letters(raw_pages(file)), Letters(["".join(map(letters, marked))])
    common = printed.keys() & marked.keys()
    only = {text for text in marked.keys() - common if raw.hold(text)}
    return common | only | {text for text in printed.keys() - common if flat.hold(text)}


def share(chosen: Collection[str], shared: Collection[str], printed: Sentences, marked: Sentences) -> float:
    """Give the share that is the same of the chosen sentences of both files."""
    total = sum((text in printed) + (text in marked) for text in chosen)
    return 2 * sum(text in shared for text in chosen) / max(1, total)
