"""How the pages of documents look: sizes, columns, fonts, indents, running heads; texts as such pages of ODF or HTML.

A look is data, so that one more is a line more. What a reader should find in a page is the same in every look.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape

from ._documents import COLUMNS, Item, Layout, flat_odf, groups

COUNTED = re.compile(r"(\(?)([1ai])([.)])")
"""The first mark of a list whose items are counted."""
CELL_WORDS = 4
"""Words of a cell without rules around it, at most."""


@dataclass(frozen=True)
class Look:
    """Hold how pages are set: lengths in centimetres, font sizes in points; `gap` is the space between paragraphs."""

    width: float = 21.0
    height: float = 29.7
    margin: float = 2.0
    columns: int = 1
    font: str = "Liberation Serif"
    size: float = 11.0
    leading: float = 1.3
    indent: float = 0.0
    gap: float = 0.25
    justified: bool = True
    hyphens: bool = True
    rules: bool = False
    head: str = "RUNNING HEAD"
    foot: str = "Page {}"
    title: float = 1.8
    heading: float = 1.3
    table: str = ""
    """Where a table has level rules only: "head" around its head and at its foot, "rows" between all rows."""
    marks: tuple[str, str, str] = ("•", "1.", "–")
    css: str = ""
    tex: tuple[str, ...] = ()
    """Variables of Pandoc's template."""
    old_tex: str = ""
    """Its font in TeX before there were fonts for all programs."""


LOOKS = (
    Look(),
    Look(14.8, 21, 1.6, size=10, leading=1.15, indent=0.5, gap=0, head="", foot="{}"),
    Look(columns=2, font="Liberation Sans", size=9.5, justified=False, gap=0.2, rules=True, head="Quarterly Papers"),
    Look(21.6, 27.9, 2.5, 2, font="DejaVu Serif", size=9, indent=0.4, gap=0, rules=True, foot="- {} -"),
    Look(17, 24, 2.2, size=12, leading=1.5, justified=False, hyphens=False, gap=0.4, foot="{}", heading=1.15),
    Look(14.8, 21, 1.4, 1, "DejaVu Sans", 8, 1.4, gap=0.15, rules=True, head="Un libro de ejemplo", foot=""),
    Look(29.7, 21, 1.8, 3, "Liberation Sans Narrow", 10, 1.2, 0.35, 0, head="A Landscape", foot="{}", title=1.5),
    Look(17.6, 25, 2, 1, "Liberation Sans", 10.5, 1.25, gap=0.3, justified=False, rules=True, foot="{} / 99"),
)
"""One after the other they are given to the documents."""

OTHERS = (
    Look(margin=2.5, font="Latin Modern Roman", leading=1.2, indent=0.6, gap=0, head="", foot="{}", table="head",
         marks=("•", "a)", "–"), css="ul{list-style-position:inside}", tex=("documentclass=article",)),
    Look(15.5, 23, 2, font="Utopia", size=10.5, leading=1.25, indent=0.5, gap=0, table="rows", head="The Open Road",
         foot="{}", marks=("–", "1)", "·"), css="h2,h3,h4{text-align:center}p{orphans:1;widows:1}",
         tex=("documentclass=book",), old_tex="utopia"),
    Look(21, 29.7, 1.8, 2, "Latin Modern Sans", 9, 1.25, gap=0.2, justified=False, rules=True, head="",
         foot="Página {}", marks=("■", "i.", "◦"), css=".body{column-rule:.5pt solid}h2{border-bottom:1pt solid}",
         tex=("documentclass=scrartcl",)),
    Look(21.6, 27.9, 2.2, 2, "Bitstream Charter", 10, 1.2, 0.4, 0, foot="{}", head="", table="head",
         css="h2+p,h3+p,h4+p{text-indent:0}", tex=("documentclass=article",), old_tex="charter"),
    Look(14, 21.5, 1.9, 1, "DejaVu Serif", 9.5, 1.6, gap=0.3, justified=False, hyphens=False, table="rows", head="",
         foot="{} | A Report", marks=("-", "1.", "-"), css="tr:nth-child(odd){background:#ddd}",
         tex=("documentclass=report", "linestretch=1.5")),
    Look(margin=3, font="Liberation Mono", size=10, gap=0.35, justified=False, hyphens=False, head="Typescript",
         foot="{}", marks=("*", "1.", "-"), title=1.2, heading=1.0, tex=("documentclass=memoir",)),
    Look(24, 17, 1.5, 2, "Liberation Sans", 11, 1.3, gap=0.3, rules=True, head="", foot="{} · Informe anual",
         marks=("▪", "(a)", "–"), css="li{margin-left:1em}td{background:#eee}", tex=("documentclass=extarticle",)),
    Look(margin=2.54, font="Liberation Serif", size=12, leading=2, indent=1.27, gap=0, justified=False, hyphens=False,
         head="Author / Title", foot="{}", title=1.0, heading=1.0, table="head",
         css="h1,h2,h3,h4{margin:0;line-height:2}", tex=("documentclass=article", "linestretch=2")),
)  # fmt: skip
"""Looks that nothing is tuned on: who works on the reader sees their figures, not their pages."""


@dataclass(frozen=True)
class Paged(Layout):
    """Hold a document and the look of its pages."""

    look: Look = LOOKS[0]

    @property
    def lang(self) -> str:
        """Give the language of its text, which its name holds."""
        return self.name.split("-")[1]


def paged(layouts: Iterable[Layout], looks: Sequence[Look] = LOOKS) -> Iterator[Paged]:
    """Give documents some looks in turn, without those with text boxes, which have no place in the order of pages.

    Tables without rules have short cells: nobody sets whole paragraphs side by side without them.
    """
    plain = (layout for layout in layouts if layout.plain)
    for layout, look in zip(plain, itertools.cycle(looks), strict=False):
        items = layout.items if look.rules else tuple(_short(item) for item in layout.items)
        yield Paged(layout.name, items, look=look)


def _short(item: Item) -> Item:
    if item.kind != "table-cell":
        return item
    return replace(item, text=" ".join(item.text.split()[:CELL_WORDS]))


_ODF_STYLES = """<office:font-face-decls><style:font-face style:name="{look.font}" svg:font-family="'{look.font}'"/>
</office:font-face-decls><office:styles><style:default-style style:family="paragraph"><style:text-properties
style:font-name="{look.font}" fo:font-size="{look.size}pt" fo:language="{lang}" fo:country="{country}"
fo:hyphenate="{hyphenate}" fo:hyphenation-remain-char-count="2" fo:hyphenation-push-char-count="2"/>
</style:default-style><style:style style:name="Standard" style:family="paragraph"><style:paragraph-properties
fo:line-height="{leading}%" fo:text-indent="{look.indent}cm" fo:margin-bottom="{look.gap}cm" fo:text-align="{align}"
fo:orphans="2" fo:widows="2"/></style:style>
<style:style style:name="Plain" style:family="paragraph"><style:paragraph-properties fo:text-align="left"/>
</style:style>
<style:style style:name="Title" style:family="paragraph"><style:paragraph-properties fo:margin-bottom="0.6cm"
fo:text-align="center"/><style:text-properties fo:font-size="{title}pt" fo:font-weight="bold"/></style:style>
{headings}<style:style style:name="Footnote" style:family="paragraph"><style:text-properties fo:font-size="{note}pt"/>
</style:style><text:notes-configuration text:note-class="footnote" text:default-style-name="Footnote"
style:num-format="1" text:start-value="0"/>
<text:list-style style:name="L">{levels}</text:list-style></office:styles><office:automatic-styles>
<style:style style:name="Cell" style:family="table-cell"><style:table-cell-properties fo:padding="0.1cm"
{cell}/></style:style><style:style style:name="HeadCell" style:family="table-cell"><style:table-cell-properties
fo:padding="0.1cm" {head}/></style:style><style:style style:name="FootCell" style:family="table-cell">
<style:table-cell-properties fo:padding="0.1cm" {foot}/></style:style>
<style:page-layout style:name="page"><style:page-layout-properties fo:page-width="{look.width}cm"
fo:page-height="{look.height}cm" fo:margin="{look.margin}cm"><style:columns fo:column-count="{look.columns}"
fo:column-gap="0.7cm"/></style:page-layout-properties><style:header-style><style:header-footer-properties
fo:min-height="0.9cm" fo:margin-bottom="0.4cm"/></style:header-style><style:footer-style>
<style:header-footer-properties fo:min-height="0.9cm" fo:margin-top="0.4cm"/></style:footer-style></style:page-layout>
</office:automatic-styles><office:master-styles><style:master-page style:name="Standard"
style:page-layout-name="page">{furniture}</style:master-page></office:master-styles>"""


def odf_pages(items: Iterable[Item], look: Look, lang: str) -> str:
    """Write a document as flat OpenDocument whose pages have a look."""
    foot = look.foot.format("<text:page-number/>")
    furniture = f"<style:header><text:p>{look.head}</text:p></style:header>" if look.head else ""
    furniture += f'<style:footer><text:p text:style-name="Plain">{foot}</text:p></style:footer>' if foot else ""
    styles = _ODF_STYLES.format(
        look=look,
        lang=lang,
        country={"en": "US", "es": "ES"}[lang],
        hyphenate=str(look.hyphens).lower(),
        leading=round(100 * look.leading),
        align="justify" if look.justified else "left",
        title=look.title * look.size,
        note=0.85 * look.size,
        **{name: _odf_border(look, name) for name in ("cell", "head", "foot")},
        furniture=furniture,
        headings="".join(_odf_heading(level, look) for level in (1, 2, 3)),
        levels="".join(_odf_level(level, mark) for level, mark in enumerate(look.marks, 1)),
    )
    return flat_odf(items, styles)


def _odf_border(look: Look, name: str) -> str:
    """Give the borders of cells in a table's first, middle or last row."""
    rule = "0.02cm solid #000000"
    if look.rules:
        return f'fo:border="{rule}"'
    sides = {"head": "top bottom", "cell": "", "foot": "bottom"} if look.table == "head" else {}
    sides = dict.fromkeys(("head", "cell", "foot"), "top bottom") if look.table == "rows" else sides
    return " ".join(f'fo:border-{side}="{rule}"' for side in sides.get(name, "").split()) or 'fo:border="none"'


def _odf_heading(level: int, look: Look) -> str:
    size = look.size * (look.heading - 0.07 * (level - 1))
    return (
        f'<style:style style:name="Heading_20_{level}" style:family="paragraph" style:default-outline-level="{level}">'
        '<style:paragraph-properties fo:margin-top="0.4cm" fo:margin-bottom="0.2cm" fo:keep-with-next="always"/>'
        f'<style:text-properties fo:font-size="{size}pt" fo:font-weight="bold"/></style:style>'
    )


def _odf_level(level: int, mark: str) -> str:
    kind = f'bullet text:bullet-char="{mark}"'
    if counted := COUNTED.fullmatch(mark):
        kind = 'number style:num-prefix="{}" style:num-format="{}" style:num-suffix="{}"'.format(*counted.groups())
    place = f'fo:margin-left="{0.7 * level}cm" fo:text-indent="-0.5cm" text:list-tab-stop-position="{0.7 * level}cm"'
    properties = 'style:list-level-properties text:list-level-position-and-space-mode="label-alignment"'
    return (
        f'<text:list-level-style-{kind} text:level="{level}"><{properties}><style:list-level-label-alignment '
        f'text:label-followed-by="listtab" {place}/></style:list-level-properties>'
        f"</text:list-level-style-{kind.split(maxsplit=1)[0]}>"
    )


def html_footnotes(items: Iterable[Item], look: Look, lang: str) -> str:
    """Write a document as HTML whose notes WeasyPrint puts at the foot of their pages."""
    return html_pages(items, look, lang, feet=True)


def html_pages(items: Iterable[Item], look: Look, lang: str, *, feet: bool = False) -> str:
    """Write a document as HTML that a browser prints in a look; its notes stand at its end, or at the feet of pages."""
    items = list(items)
    noted = [item for item in items if item.note and not feet]
    numbers = {id(item): number for number, item in enumerate(noted, 1)}
    blocks = ["".join(_html_blocks(kind, group, numbers)) for kind, group in groups(items)]
    notes = "".join(
        f'<p class="note"><sup>{number}</sup> {escape(item.note)}</p>' for number, item in enumerate(noted, 1)
    )
    head = f"@top-center{{content:'{look.head}'}}" if look.head else ""
    before, _, after = look.foot.partition("{}")
    foot = f"@bottom-center{{content:'{before}' counter(page) '{after}'}}" if look.foot else ""
    css = (
        f"@page{{size:{look.width}cm {look.height}cm;margin:{look.margin + 0.5}cm {look.margin}cm;{head}{foot}}}"
        f"body{{font:{look.size}pt/{look.leading} '{look.font}';margin:0;"
        f"text-align:{'justify' if look.justified else 'left'};hyphens:{'auto' if look.hyphens else 'manual'}}}"
        f"p{{margin:0 0 {look.gap}cm;text-indent:{look.indent}cm}}li{{margin-bottom:{look.gap}cm}}"
        f"h1{{font-size:{look.title}em}}h2,h3,h4{{font-size:{look.heading}em}}"
        f"td{{padding:0.1cm 0.2cm;text-align:left;hyphens:manual;vertical-align:top;"
        f"border:{'0.5pt solid' if look.rules else 'none'}}}table{{border-collapse:collapse;margin:0.4cm 0}}"
        f".body{{columns:{look.columns};column-gap:0.7cm}}.note{{font-size:0.85em}}"
        f".foot{{float:footnote;font-size:{0.85 * look.size}pt;text-indent:0}}"
        f"{_css_table(look)}{''.join(map(_css_level, (1, 2, 3), look.marks))}{look.css}"
    )
    return (
        f'<!doctype html><html lang="{lang}"><meta charset="utf-8"><title></title><style>{css}</style>'
        f'<div class="body">{"".join(blocks)}{notes}</div></html>\n'
    )


def _css_table(look: Look) -> str:
    if look.table == "rows":
        return "td{border-top:.5pt solid;border-bottom:.5pt solid}"
    if look.table == "head":
        return "tr:first-child{border-top:1pt solid;border-bottom:.5pt solid}tr:last-child{border-bottom:1pt solid}"
    return ""


def _css_level(level: int, mark: str) -> str:
    """Give the sign or the counter of a level of lists; browsers put a full stop behind all counters.

    The usual signs are left to the browser.
    """
    if mark in Look.marks:
        return ""
    counted = COUNTED.fullmatch(mark)
    kind = {"1": "decimal", "a": "lower-alpha", "i": "lower-roman"}[counted[2]] if counted else f"'{mark} '"
    return f"{'ol ' if level > 2 else ''}{'ol' if level == 2 else 'ul'}{{list-style-type:{kind}}}"


def _html_blocks(kind: str, group: Sequence[Item], numbers: dict[int, int]) -> Iterator[str]:
    texts = [escape(item.text) for item in group]
    if kind in {"title", "heading"}:
        level = 1 if kind == "title" else group[0].level + 1
        yield f"<h{level}>{texts[0]}</h{level}>"
    elif kind == "list-item":
        yield _html_list(group, 1)
    elif kind == "table-cell":
        rows = (texts[start : start + COLUMNS] for start in range(0, len(texts), COLUMNS))
        lines = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
        yield f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"
    else:
        note = f'<span class="foot">{escape(group[0].note)}</span>' if group[0].note else ""
        mark = f"<sup>{numbers[id(group[0])]}</sup>" if id(group[0]) in numbers else note
        yield f"<p>{texts[0]}{mark}</p>"


def _html_list(group: Sequence[Item], level: int) -> str:
    """Nest the items that stand deeper than `level` in the item before them."""
    found = ""
    for number, item in enumerate(group):
        if item.level > level:
            continue
        deeper = list(itertools.takewhile(lambda other: other.level > level, group[number + 1 :]))
        found += f"<li>{escape(item.text)}{_html_list(deeper, level + 1) if deeper else ''}</li>"
    return f"<ol>{found}</ol>" if level == 2 else f"<ul>{found}</ul>"
