"""Texts laid out as documents are: headings, lists, tables, notes, text boxes; written as Markdown and flat ODF.

What a reader should find in them is known, so that readers of every format can be measured on the same texts.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

SOURCES = ("ud-en-gum", "ud-en-pud", "ud-es-gsd", "ud-es-pud")
COLUMNS = 3
PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


@dataclass(frozen=True)
class Item:
    """Hold one paragraph: its kind, the level of a heading or list item, and a note or text box that hangs on it."""

    kind: str
    text: str
    level: int = 1
    note: str = ""
    box: str = ""


@dataclass(frozen=True)
class Layout:
    """Hold a document; `plain` tells whether Markdown can express it."""

    name: str
    items: tuple[Item, ...]
    plain: bool = True


def expected(items: Iterable[Item]) -> list[tuple[str, str]]:
    """Give the kind and text of each paragraph a reader should find: boxes after their paragraph, notes at the end."""
    items = list(items)
    body = [pair for item in items for pair in ((item.kind, item.text), ("text-box", item.box)) if pair[1]]
    return body + [("footnote", item.note) for item in items if item.note]


def other_layouts(gold: Path, size: int = 100) -> Iterator[Layout]:
    """Lay out stretches of paragraphs with all kinds of parts in one document."""
    for source, texts in _texts(gold):
        for number, start in enumerate(range(0, len(texts) - size // 2, size)):
            yield Layout(f"{source}-mixed-{number}", tuple(mixed(texts[start : start + size])))


def _texts(gold: Path) -> Iterator[tuple[str, list[str]]]:
    for source in SOURCES:
        (file,) = (gold / "split" / source).glob("*.text.txt")
        lines = [" ".join(line.split()) for line in file.read_text(encoding="utf-8").split("\n")]
        yield source, [line for line in lines if len(line) > 3]


def layouts(gold: Path, size: int = 90) -> Iterator[Layout]:
    """Lay out stretches of the gold sets' paragraphs, each in several ways."""
    for source, texts in _texts(gold):
        stretches = (texts[start : start + size] for start in itertools.count(0, size))
        for (name, lay, plain), stretch in zip(LAYOUTS, stretches, strict=False):
            if len(stretch) < size // 2:
                break
            yield Layout(f"{source}-{name}", tuple(lay(stretch)), plain)


def chapters(texts: Sequence[str]) -> Iterator[Item]:
    yield Item("title", texts[0][:60].strip())
    for number, text in enumerate(texts[1:]):
        yield Item("heading", text[:50].strip(), 1 + number // 8 % 3) if number % 8 == 0 else Item("text", text)


def notes(texts: Sequence[str]) -> Iterator[Item]:
    pairs = zip(texts[::2], texts[1::2], strict=False)
    for number, (text, other) in enumerate(pairs):
        yield Item("text", text, note=other) if number % 3 else Item("heading", text[:40].strip())


def lists(texts: Sequence[str]) -> Iterator[Item]:
    for number, text in enumerate(texts):
        step = number % 9
        yield Item("text", text) if step in {0, 8} else Item("list-item", text, (1, 2, 3, 2, 1, 1, 2)[step - 1])


def tables(texts: Sequence[str]) -> Iterator[Item]:
    for number, text in enumerate(texts):
        yield Item("text", text) if number % 10 == 9 else Item("table-cell", text)


def boxes(texts: Sequence[str]) -> Iterator[Item]:
    for number, (text, other) in enumerate(zip(texts[::2], texts[1::2], strict=False)):
        yield Item("text", text, box=other if number % 3 == 0 else "", note=other if number % 3 == 1 else "")


def mixed(texts: Sequence[str]) -> Iterator[Item]:
    """Mix paragraphs of several texts with all that stands between paragraphs; what a text holds decides what comes."""
    left = iter(texts)
    yield Item("title", next(left)[:50].strip())
    for text in left:
        chance = len(text) % 11
        if chance == 0:
            yield Item("heading", " ".join(text.split()[:7]), 1 + len(text) // 11 % 3)
        elif chance == 1:
            level = 1
            for item in [text, *itertools.islice(left, 2 + len(text) // 11 % 5)]:
                yield Item("list-item", item, level)
                level = min(3, max(1, level + (0, 1, -1)[len(item) % 3]))
            yield Item("text", text)
        elif chance == 2:
            cells = [text, *itertools.islice(left, 5 + 3 * (len(text) // 11 % 4))]
            yield from (Item("table-cell", " ".join(cell.split()[: 1 + len(cell) % 7])) for cell in cells)
            yield Item("text", text)
        else:
            whole = " ".join([text, *itertools.islice(left, len(text) // 11 % 4)])
            yield Item("text", whole, note=next(left, "") if chance == 3 else "")


LAYOUTS = (
    ("chapters", chapters, True), ("notes", notes, True), ("lists", lists, True), ("tables", tables, True),
    ("boxes", boxes, False),
)  # fmt: skip


def groups(items: Iterable[Item]) -> Iterator[tuple[str, list[Item]]]:
    """Group items that make one list or table."""
    for kind, group in itertools.groupby(items, key=lambda item: item.kind):
        if kind in {"list-item", "table-cell"}:
            yield kind, list(group)
        else:
            yield from ((kind, [item]) for item in group)


def markdown(items: Iterable[Item]) -> str:
    """Write a document as Pandoc's Markdown, every mark escaped."""
    blocks, noted = [], []
    for kind, group in groups(items):
        texts = [PUNCTUATION.sub(r"\\\1", item.text) for item in group]
        if kind == "title":
            blocks.insert(0, f"% {texts[0]}")
        elif kind == "heading":
            blocks.append(f"{'#' * group[0].level} {texts[0]}")
        elif kind == "list-item":
            marks = ("-", "1.", "-")
            lines = zip(group, texts, strict=True)
            blocks.append(
                "\n".join(f"{'    ' * (item.level - 1)}{marks[item.level - 1]} {text}" for item, text in lines)
            )
        elif kind == "table-cell":
            rows = [texts[start : start + COLUMNS] for start in range(0, len(texts), COLUMNS)]
            lines = [f"| {' | '.join(row)} |" for row in rows]
            blocks.append("\n".join([lines[0], "|---" * COLUMNS + "|", *lines[1:]]))
        else:
            mark = f"[^{len(noted) + 1}]" if group[0].note else ""
            blocks.append(texts[0] + mark)
            noted += [PUNCTUATION.sub(r"\\\1", group[0].note)] if mark else []
    blocks += [f"[^{number}]: {text}" for number, text in enumerate(noted, 1)]
    return "\n\n".join(blocks) + "\n"


NAMESPACES = {
    "office": "office:1.0", "text": "text:1.0", "table": "table:1.0", "draw": "drawing:1.0", "style": "style:1.0",
    "fo": "xsl-fo-compatible:1.0", "svg": "svg-compatible:1.0",
}  # fmt: skip
STYLES = """<office:styles><style:style style:name="Title" style:family="paragraph"/>
<style:style style:name="Box" style:family="graphic"/></office:styles><office:automatic-styles>
<style:page-layout style:name="page"><style:page-layout-properties fo:page-width="15cm" fo:page-height="20cm"
fo:margin="2cm"/><style:header-style/><style:footer-style/></style:page-layout>
<style:style style:name="two" style:family="section"><style:section-properties><style:columns fo:column-count="2"
fo:column-gap="1cm"/></style:section-properties></style:style></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="page"><style:header>
<text:p>RUNNING HEAD</text:p></style:header><style:footer><text:p>Page <text:page-number/></text:p></style:footer>
</style:master-page></office:master-styles>"""


def flat_odf(items: Iterable[Item], styles: str = "") -> str:
    """Write a document as flat OpenDocument with running heads, its second half in two columns if it is simple.

    With `styles` of its own it has no other columns than these say.
    """
    items = list(items)
    blocks = ["".join(_odf_blocks(kind, group)) for kind, group in groups(items)]
    # LibreOffice may balance columns that hold notes or tables without end
    simple = not styles and all(item.kind != "table-cell" and not item.note and not item.box for item in items)
    half = len(blocks) // 2 if simple else len(blocks)
    declared = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}"' for prefix, name in NAMESPACES.items()
    )
    columns, styles = "", styles or STYLES
    if simple:
        columns = f'<text:section text:name="c" text:style-name="two">{"".join(blocks[half:])}</text:section>'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {declared} office:version="1.2" '
        f'office:mimetype="application/vnd.oasis.opendocument.text">{styles}<office:body><office:text>'
        f"{''.join(blocks[:half])}{columns}</office:text></office:body></office:document>\n"
    )


def _odf_blocks(kind: str, group: list[Item]) -> Iterator[str]:
    if kind == "title":
        yield f'<text:p text:style-name="Title">{escape(group[0].text)}</text:p>'
    elif kind == "heading":
        level = f'text:style-name="Heading_20_{group[0].level}" text:outline-level="{group[0].level}"'
        yield f"<text:h {level}>{escape(group[0].text)}</text:h>"
    elif kind == "list-item":
        yield _odf_list(group, 1)
    elif kind == "table-cell":
        last = (len(group) - 1) // COLUMNS
        styles = [
            "HeadCell" if number < COLUMNS else "FootCell" if number // COLUMNS == last else "Cell"
            for number in range(len(group))
        ]
        cells = [
            f'<table:table-cell table:style-name="{style}"><text:p text:style-name="Plain">{escape(item.text)}</text:p>'
            "</table:table-cell>"
            for style, item in zip(styles, group, strict=True)
        ]
        rows = ("".join(cells[start : start + COLUMNS]) for start in range(0, len(cells), COLUMNS))
        yield f'<table:table><table:table-column table:number-columns-repeated="{COLUMNS}"/>'
        yield from (f"<table:table-row>{row}</table:table-row>" for row in rows)
        yield "</table:table>"
    else:
        yield f"<text:p>{escape(group[0].text)}{_odf_note(group[0].note)}{_odf_box(group[0].box)}</text:p>"


def _odf_list(group: list[Item], level: int) -> str:
    """Nest the items that stand deeper than `level` in the item before them."""
    found = '<text:list text:style-name="L">'
    for number, item in enumerate(group):
        if item.level > level:
            continue
        deeper = list(itertools.takewhile(lambda other: other.level > level, group[number + 1 :]))
        inner = _odf_list(deeper, level + 1) if deeper else ""
        found += f"<text:list-item><text:p>{escape(item.text)}</text:p>{inner}</text:list-item>"
    return found + "</text:list>"


def _odf_note(note: str) -> str:
    if not note:
        return ""
    body = f'<text:note-body><text:p text:style-name="Footnote">{escape(note)}</text:p></text:note-body>'
    return f'<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>{body}</text:note>'


def _odf_box(box: str) -> str:
    if not box:
        return ""
    frame = 'draw:style-name="Box" text:anchor-type="paragraph" svg:width="6cm"'
    return f"<draw:frame {frame}><draw:text-box><text:p>{escape(box)}</text:p></draw:text-box></draw:frame>"
