"""Reading: paragraphs found in documents made by Pandoc, LibreOffice and a browser.

The paragraphs of the split sets are laid out with titles and headings, footnotes, nested lists, tables, text boxes, two
columns and running heads; other programs make documents of them, and these are read. F1 counts the paragraphs that are
found whole and in order, white space aside; "kind" is the share of these whose kind (heading, list item, table cell,
footnote ...) is right. "worst" is the document with the lowest F1. Documents that went from one program through the
other may have lost something on the way. PDFs are set in several looks, of one to three columns; running heads and page
numbers must be told from the text there, and notes are compared behind it, as their pages are not the text's.
`python -m tests.bench.reading [NAME ...]` shows what differs.
"""

import difflib
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from bialign.readers import read

from ._converters import BROWSER, OFFICE, PANDOC, PDF_ENGINE, WEASY, office, pandoc, pandoc_pdf, printed, weasy
from ._documents import Item, Layout, expected, flat_odf, layouts, markdown, other_layouts
from ._looks import OTHERS, Look, Paged, html_footnotes, html_pages, odf_pages, paged
from ._manuals import SIGNS, manual_rows
from ._table import Table

MANUALS = """Manuals as PDF and as HTML, both split into sentences: the share of these that is the same in both. The
files are NAME.pdf and NAME.html (or a folder NAME of HTML pages) in the folder that the environment variable
BIALIGN_MANUALS names; NAME.es.pdf is Spanish. "compared" is the share of the sentences of the HTML that are compared:
those whose letters the PDF has, however it is laid out, each once. "all" is the F1 of all of these, "prose" that of
sentences of five words or more in text, lists, notes and tables. Left aside are the numbers and labels of sections,
quotation marks, capital letters, and the stop or colon of headings and index entries."""
NOTES = frozenset({"footnote", "endnote"})


class Score(NamedTuple):
    """Hold how many paragraphs a document has, how many were found, how many of these right, also in their kind."""

    wanted: int
    found: int
    right: int
    kinds: int
    seconds: float

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, self.wanted + self.found)


def score(file: Path, layout: Layout, show: bool = False) -> Score:
    """Read a file and compare its paragraphs with those of its layout."""
    began = time.process_time()
    document = read(file)
    seconds = time.process_time() - began
    got = [(item.kind, " ".join(document.text[item.start : item.stop].split())) for item in document.paragraphs]
    if file.suffix == ".pdf":
        got = sorted(
            (pair for pair in got if pair[0] not in {"running-head", "page-number"}), key=lambda pair: pair[0] in NOTES
        )
    want = [(kind, " ".join(text.split())) for kind, text in expected(layout.items)]
    if file.suffix == ".pdf":  # TeX sets other quotation marks and dashes than it is given
        want, got = ([(kind, _plain(text)) for kind, text in pairs] for pairs in (want, got))
    matcher = difflib.SequenceMatcher(None, [text for _, text in want], [text for _, text in got], autojunk=False)
    right = kinds = 0
    for a, b, size in matcher.get_matching_blocks():
        right += size
        kinds += sum(want[a + n][0] == got[b + n][0] for n in range(size))
    if show:
        lines = difflib.unified_diff([f"{k}: {t}" for k, t in want], [f"{k}: {t}" for k, t in got], n=0, lineterm="")
        print(f"{file}", *(line[:150] for line in lines), sep="\n  ")
    return Score(len(want), len(got), right, kinds, seconds)


def _plain(text: str) -> str:
    return re.sub("-+", "-", text.translate(SIGNS).replace("''", '"'))


Render = Callable[[Sequence[Item], Look, str], str]
Maker = Callable[[Sequence[Any], Path], list[Path]]


def written(chosen: Sequence[Layout], folder: Path, suffix: str, render: Callable[[Sequence[Item]], str]) -> list[Path]:
    """Write the layouts in a form that needs no other program."""
    folder.mkdir(parents=True)
    files = [folder / f"{layout.name}.{suffix}" for layout in chosen]
    for file, layout in zip(files, chosen, strict=True):
        file.write_text(render(layout.items), encoding="utf-8")
    return files


def by_pandoc(suffix: str) -> Maker:
    """Make documents by Pandoc from Markdown."""

    def make(chosen: Sequence[Layout], folder: Path) -> list[Path]:
        sources = plain_markdown(chosen, folder)
        return [pandoc(source, source.with_suffix(f".{suffix}")) for source in sources]

    return make


def by_office(suffix: str, *through: str) -> Maker:
    """Make documents by LibreOffice from flat OpenDocument, through other formats first where these are named."""

    def make(chosen: Sequence[Layout], folder: Path) -> list[Path]:
        files = flat(chosen, folder)
        for step, target in enumerate([*through, suffix]):
            files = office(files, target, folder / f"{step}")
        return files

    return make


def from_pandoc(suffix: str, first: str) -> Maker:
    """Make documents by Pandoc, and convert them by LibreOffice."""
    return lambda chosen, folder: office(by_pandoc(first)(chosen, folder), suffix, folder / "office")


def flat(chosen: Sequence[Layout], folder: Path) -> list[Path]:
    """Take the flat OpenDocument texts themselves."""
    return written(chosen, folder, "fodt", flat_odf)


def plain_markdown(chosen: Sequence[Layout], folder: Path) -> list[Path]:
    """Take the Markdown itself."""
    return written(chosen, folder, "md", markdown)


def _set(chosen: Sequence[Paged], folder: Path, suffix: str, render: Render) -> list[Path]:
    """Write documents in their looks."""
    folder.mkdir(parents=True)
    files = [folder / f"{layout.name}.{suffix}" for layout in chosen]
    for file, layout in zip(files, chosen, strict=True):
        file.write_text(render(layout.items, layout.look, layout.lang), encoding="utf-8")
    return files


def pdf_by_office(chosen: Sequence[Paged], folder: Path) -> list[Path]:
    """Make PDFs by LibreOffice."""
    return office(_set(chosen, folder, "fodt", odf_pages), "pdf", folder / "pdf")


def pdf_by_browser(chosen: Sequence[Paged], folder: Path) -> list[Path]:
    """Print HTML by a browser."""
    return [printed(file, file.with_suffix(".pdf")) for file in _set(chosen, folder, "html", html_pages)]


def pdf_by_weasyprint(chosen: Sequence[Paged], folder: Path) -> list[Path]:
    """Print HTML by WeasyPrint, with footnotes."""
    return [weasy(file, file.with_suffix(".pdf")) for file in _set(chosen, folder, "html", html_footnotes)]


def pdf_by_pandoc(chosen: Sequence[Paged], folder: Path) -> list[Path]:
    """Make PDFs by Pandoc, in the looks' columns, indents and font sizes as far as its engine has them."""
    sources = plain_markdown(chosen, folder)
    return [
        pandoc_pdf(file, file.with_suffix(".pdf"), *_pandoc_options(layout), engine=_engine(layout))
        for file, layout in zip(sources, chosen, strict=True)
    ]


def _has_letters(layout: Paged) -> bool:
    """Tell whether the fonts of old TeX, which are no files that others find, have all letters of a text."""
    text = "".join(item.text + item.note for item in layout.items)
    return text.encode("cp1252", "replace").decode("cp1252") == text


def _engine(layout: Paged) -> str | None:
    return shutil.which("pdflatex") if layout.look.old_tex and _has_letters(layout) else PDF_ENGINE


def _pandoc_options(layout: Paged) -> Iterator[str]:
    look = layout.look
    tables = any(item.kind == "table-cell" for item in layout.items)
    yield from ("-V", f"lang={layout.lang}", "-V", f"fontsize={12 if look.size > 11 else 10}pt")
    if look.old_tex and _has_letters(layout):
        yield from ("-V", f"fontfamily={look.old_tex}")
    elif not look.old_tex:
        yield from ("-V", f"mainfont={look.font}")
    yield from ("-V", "pagestyle=headings")
    yield from ("-V", f"geometry:margin={look.margin}cm,paperwidth={look.width}cm,paperheight={look.height}cm")
    if look.columns > 1 and not tables:  # its tables can't be set in columns
        yield from ("-V", "classoption=twocolumn")
    if look.indent:
        yield from ("-V", "indent=true")
    for variable in look.tex:
        yield from ("-V", variable)


Chooser = Callable[[Path], Sequence[Any]]


@cache
def every_layout(gold: Path) -> list[Layout]:
    """Give all layouts, those with text boxes as well."""
    return list(layouts(gold))


@cache
def plain_layouts(gold: Path) -> list[Layout]:
    """Give the layouts that Markdown can express."""
    return [layout for layout in layouts(gold) if layout.plain]


@cache
def in_looks(gold: Path) -> list[Paged]:
    """Give plain layouts in the looks that the reader was made with."""
    return list(paged(layouts(gold)))


@cache
def in_other_looks(gold: Path) -> list[Paged]:
    """Give documents with everything in them in looks that the reader has not been tuned on."""
    return list(paged(other_layouts(gold), OTHERS))


@cache
def in_other_looks_of_tex(gold: Path) -> list[Paged]:
    """Give the same without the tables in columns, which TeX can't set."""
    return [
        replace(made, items=tuple(item for item in made.items if item.kind != "table-cell"))
        if made.look.columns > 1
        else made
        for made in in_other_looks(gold)
    ]


class Route(NamedTuple):
    """Hold a way to documents of one format, the programs it needs and the documents that are made by it."""

    name: str
    make: Maker
    needs: tuple[tuple[str, str | None], ...]
    chosen: Chooser


_PANDOC, _OFFICE, _BROWSER = ("Pandoc", PANDOC), ("LibreOffice", OFFICE), ("Chromium", BROWSER)
_WEASY, _TEX = ("WeasyPrint", WEASY), ("TeX", shutil.which("pdflatex") and shutil.which("xelatex"))
_ENGINE = ("an engine such as xelatex or weasyprint", PDF_ENGINE)
ROUTES = (
    Route("docx: Pandoc", by_pandoc("docx"), (_PANDOC,), plain_layouts),
    Route("docx: LibreOffice", by_office("docx"), (_OFFICE,), every_layout),
    Route("docx: Pandoc odt, LibreOffice", from_pandoc("docx", "odt"), (_PANDOC, _OFFICE), plain_layouts),
    Route("odt: Pandoc", by_pandoc("odt"), (_PANDOC,), plain_layouts),
    Route("odt: LibreOffice", by_office("odt"), (_OFFICE,), every_layout),
    Route("odt: LibreOffice docx, LibreOffice", by_office("odt", "docx"), (_OFFICE,), every_layout),
    Route("odt: Pandoc docx, LibreOffice", from_pandoc("odt", "docx"), (_PANDOC, _OFFICE), plain_layouts),
    Route("fodt", flat, (), every_layout),
    Route("epub: Pandoc", by_pandoc("epub"), (_PANDOC,), plain_layouts),
    Route("html: Pandoc", by_pandoc("html"), (_PANDOC,), plain_layouts),
    Route("html: LibreOffice", by_office("html"), (_OFFICE,), every_layout),
    Route("html: Pandoc docx, LibreOffice", from_pandoc("html", "docx"), (_PANDOC, _OFFICE), plain_layouts),
    Route("Markdown", plain_markdown, (), plain_layouts),
    Route("pdf: LibreOffice", pdf_by_office, (_OFFICE,), in_looks),
    Route("pdf: Chromium", pdf_by_browser, (_BROWSER,), in_looks),
    Route(f"pdf: Pandoc, {Path(PDF_ENGINE or 'engine').stem}", pdf_by_pandoc, (_PANDOC, _ENGINE), in_looks),
    Route("pdf: WeasyPrint", pdf_by_weasyprint, (_WEASY,), in_looks),
    Route("pdf, other looks: LibreOffice", pdf_by_office, (_OFFICE,), in_other_looks),
    Route("pdf, other looks: Chromium", pdf_by_browser, (_BROWSER,), in_other_looks),
    Route("pdf, other looks: Pandoc, TeX", pdf_by_pandoc, (_PANDOC, _TEX), in_other_looks_of_tex),
    Route("pdf, other looks: WeasyPrint", pdf_by_weasyprint, (_WEASY,), in_other_looks),
)
"""The documents that are read; a format more is a route more."""


def tables(gold: Path) -> Iterator[Table]:
    """Yield the routes, and the manuals that are there as PDF and as HTML."""
    yield Table("", rows(gold))
    yield Table(MANUALS, manual_rows())


def rows(gold: Path) -> Iterator[dict[str, object]]:
    """Yield a row a route."""
    with tempfile.TemporaryDirectory() as folder:
        for number, route in enumerate(ROUTES):
            yield measure(route, gold, Path(folder) / str(number))


def measure(route: Route, gold: Path, folder: Path, show: bool = False) -> dict[str, object]:
    """Measure a route; where it cannot be gone its row says why."""
    missing = [program for program, place in route.needs if place is None]
    if missing:
        return {"documents": route.name, "worst": f"skipped: {' and '.join(missing)} not installed"}
    chosen = route.chosen(gold)
    files = route.make(chosen, folder)
    scores = [score(file, layout, show) for file, layout in zip(files, chosen, strict=True)]
    total = Score(*map(sum, zip(*scores, strict=True)))
    worst, low = min(zip(chosen, scores, strict=True), key=lambda pair: pair[1].f1)
    return {
        "documents": route.name,
        "files": len(files),
        "paragraphs": total.wanted,
        "F1": total.f1,
        "kind": total.kinds / total.right if total.right else 0.0,
        "ms a file": 1000 * total.seconds / len(files),
        "worst": f"{worst.name} {low.f1:.4f}",
    }


def main() -> None:
    """Show what differs in documents of the routes whose names hold one of the words given, or of all."""
    gold = Path(os.environ["BIALIGN_GOLD"])
    with tempfile.TemporaryDirectory() as folder:
        for number, route in enumerate(ROUTES):
            if not sys.argv[1:] or any(word in route.name for word in sys.argv[1:]):
                print(measure(route, gold, Path(folder) / str(number), show=True))


if __name__ == "__main__":
    main()
