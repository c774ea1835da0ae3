"""Cleaning: running heads, page numbers and notices found in typeset texts, and false alarms where there are none.

Gold texts are wrapped and set in pages of 30 to 50 lines, each with a head or foot of some kind, with and without blank
lines around it and form feeds between pages; the whole text and the first four to six pages of it are measured. "false"
counts lines of the text itself that were taken, among all of its lines. `python -m tests.bench.cleaning` shows what was
missed and taken.
"""

import os
import random
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from bialign.boilerplate import find
from bialign.readers.source import Source
from bialign.readers.text import document

from ._table import Table

HEADS = {
    "en": {
        "title": "THE HOUSE BY THE SEA",
        "chapter": "Chapter Two",
        "page": "Page",
        "of": "of",
        "author": "A. Writer",
    },
    "es": {
        "title": "LA CASA DEL MAR",
        "chapter": "Capítulo segundo",
        "page": "Página",
        "of": "de",
        "author": "A. Escritora",
    },
}
STYLES: dict[str, tuple[str, str, str, str]] = {
    "12": ("", "{n}", "", "{n}"),
    "- 12 -": ("", "- {n} -", "", "- {n} -"),
    "[12]": ("", "[{n}]", "", "[{n}]"),
    "xii": ("", "{roman}", "", "{roman}"),
    "Page 12": ("", "{page} {n}", "", "{page} {n}"),
    "Page 12 of 300": ("", "{page} {n} {of} 300", "", "{page} {n} {of} 300"),
    "TITLE": ("{title}", "", "{title}", ""),
    "TITLE 12": ("{title} {n}", "", "{title} {n}", ""),
    "TITLE (wide) 12": ("{title}                    {n}", "", "{title}                    {n}", ""),
    "TITLE | 12": ("{title} | {n}", "", "{title} | {n}", ""),
    "TITLE, 12 below": ("{title}", "{n}", "{title}", "{n}"),
    "12 TITLE, Chapter 13": ("{n} {title}", "", "{chapter} {n}", ""),
    "TITLE, Author, 12 below": ("{title}", "{n}", "{author}", "{n}"),
    "© 2019 Author": ("", "© 2019 {author}", "", "© 2019 {author}"),
}
"""Head and foot of left pages, then of right ones, by an example."""


class Book(NamedTuple):
    """Hold a text in pages and the lines that were added to it, white space aside."""

    text: str
    added: Counter[str]
    lines: int


def roman(n: int) -> str:
    """Write a number in Roman numerals.

    >>> roman(14)
    'xiv'
    """
    found = ""
    signs = ["c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"]
    for value, sign in zip((100, 90, 50, 40, 10, 9, 5, 4, 1), signs, strict=True):
        count, n = divmod(n, value)
        found += sign * count
    return found


def typeset(sentences: Sequence[str], style: str, lang: str, draw: random.Random, *, feeds: bool, few: bool) -> Book:
    """Set sentences in pages with a style of heads and feet."""
    width, length = draw.choice([60, 66, 72, 78]), draw.randint(30, 50)
    indent, gap = ("   " if draw.random() < 0.5 else ""), ([""] if draw.random() < 0.5 else [])
    lines: list[str] = []
    at = 0
    while at < len(sentences):
        stop = at + draw.randint(1, 7)
        lines += textwrap.wrap(" ".join(sentences[at:stop]), width, initial_indent=indent)
        lines += [] if indent else [""]
        at = stop
    pages = [lines[start : start + length] for start in range(0, len(lines), length)]
    pages = pages[: draw.randint(4, 6)] if few else pages
    first = 3 if style == "xii" else draw.choice([1, 7, 113])
    set_pages, added = [], Counter[str]()
    for n, page in enumerate(pages, first):
        fields = HEADS[lang] | {"n": str(n), "roman": roman(n)}
        head, foot = (part.format(**fields) for part in STYLES[style][2 * (n % 2) : 2 * (n % 2) + 2])
        if n == first and draw.random() < 0.5:
            head = ""  # the first page often has none
        added.update(" ".join(part.split()) for part in (head, foot) if part)
        shift = " " * draw.choice([0, 30])
        set_pages.append("\n".join([*([head, *gap] if head else []), *page, *([*gap, shift + foot] if foot else [])]))
    return Book(("\n\f" if feeds else "\n" + "\n" * len(gap)).join(set_pages) + "\n", added, sum(map(len, pages)))


class Found(NamedTuple):
    """Hold how many added lines there are, how many were found, which not, and which lines of the text were taken."""

    added: int
    right: int
    missed: Counter[str]
    false: Counter[str]
    lines: int


def measure(book: Book, lang: str) -> Found:
    """Look for boilerplate in a book."""
    read = document(Source(Path("book.txt"), book.text.encode(), "", lang))
    got = Counter(" ".join(read.text[item.start : item.stop].split()) for item in find(read))
    return Found(book.added.total(), (book.added & got).total(), book.added - got, got - book.added, book.lines)


def sources(gold: Path) -> Iterator[tuple[str, Path]]:
    """Give the texts that are typeset, with their language."""
    novels, bible, handbook = (
        gold / "align" / name for name in ("transread-en-fr", "bible-sentences-en-es", "debian-handbook-en-es")
    )
    yield from (("en", file) for file in sorted(novels.glob("*.src"))[:6])
    yield from (("es", file) for file in sorted(bible.glob("*.tgt"))[:4])
    yield from (("es", file) for file in sorted(handbook.glob("*.tgt"))[:4])


def figures(gold: Path, style: str, *, feeds: bool, few: bool) -> Iterator[tuple[str, Found]]:
    """Measure a style on all texts."""
    draw = random.Random(f"{style} {feeds} {few}")
    for lang, file in sources(gold):
        sentences = [line for line in file.read_text(encoding="utf-8").split("\n") if line.strip()][:1200]
        book = typeset(sentences, style, lang, draw, feeds=feeds, few=few)
        if book.added.total() >= 4:
            yield file.stem, measure(book, lang)


def rows(gold: Path) -> Iterator[dict[str, object]]:
    """Yield a row a style and length of text."""
    for few in (False, True):
        for style in STYLES:
            row: dict[str, object] = {"pages": "4 to 6" if few else "all", "head or foot": style}
            for feeds in (False, True):
                found = [one for _, one in figures(gold, style, feeds=feeds, few=few)]
                name = ", form feeds" if feeds else ""
                row[f"recall{name}"] = sum(one.right for one in found) / sum(one.added for one in found)
                row[f"false{name}"] = sum(one.false.total() for one in found)
                row[f"lines{name}"] = sum(one.lines for one in found)
            yield row


def texts_without(gold: Path) -> Iterator[tuple[str, str]]:
    """Give gold texts as they are, a line a sentence, each with the name of its set."""
    for folder in sorted((gold / "align").iterdir()):
        for file in sorted(folder.glob("*.*")):
            if file.suffix in {".src", ".tgt"}:
                yield folder.name, file.read_text(encoding="utf-8")
    for file in sorted((gold / "parallel").glob("*/pairs.tsv")):
        pairs = [line.split("\t") for line in file.read_text(encoding="utf-8").split("\n") if line]
        yield from ((file.parent.name, "\n".join(pair[side] for pair in pairs) + "\n") for side in (0, 1))
    for file in sorted((gold / "split").rglob("*.txt")):
        yield file.parent.name, file.read_text(encoding="utf-8")


def wrapped(text: str) -> str:
    """Give a text in paragraphs of five of its lines, wrapped."""
    lines = [line for line in text.split("\n") if line.strip()]
    return "\n\n".join(textwrap.fill(" ".join(lines[at : at + 5]), 70) for at in range(0, len(lines), 5)) + "\n"


def alarms(gold: Path) -> Iterator[dict[str, object]]:
    """Yield a row a set of texts without boilerplate: lines taken, of how many."""
    counts: dict[str, Counter[str]] = {}
    for name, text in texts_without(gold):
        for form, shown in (("a line a sentence", text), ("wrapped", wrapped(text))):
            read = document(Source(Path(name), shown.encode(), "", ""))
            row = counts.setdefault(name, Counter())
            row[f"lines, {form}"] += sum(1 for line in read.text.split("\n") if line.strip())
            row[f"false, {form}"] += len(find(read))
    yield from ({"set": name} | dict(row) for name, row in counts.items())


def tables(gold: Path) -> Iterator[Table]:
    """Yield what is found in typeset texts, then the false alarms in others."""
    yield Table("", rows(gold))
    yield Table("Lines taken in texts that hold none of it:", alarms(gold))


def main() -> None:
    """Show what is missed and what is taken wrongly."""
    gold = Path(os.environ["BIALIGN_GOLD"])
    for few in (False, True):
        for style in STYLES:
            for feeds in (False, True):
                for name, found in figures(gold, style, feeds=feeds, few=few):
                    if found.missed or found.false:
                        print(f"{style}, {few=}, {feeds=}: {name}: missed", dict(found.missed.most_common(3)), end=" ")
                        print(f"of {found.added}, taken", dict(found.false.most_common(3)))


if __name__ == "__main__":
    main()
