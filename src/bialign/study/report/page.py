"""A report as one page that needs nothing else and asks nothing of any network; on screen, in print, light and dark."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from importlib import resources
from string import Template
from typing import TYPE_CHECKING

from bialign import __version__
from bialign.formats.characters import html_text
from bialign.study.report.blocks import Block, Command, Example, Examples, Plot, Prose, Section, Shown
from bialign.study.saying import Saying
from bialign.study.tables import Column, Value

if TYPE_CHECKING:
    from bialign.study.report import Report


_SMALL = 10
_PIECES = re.compile(r"(?:\S{1,40}(?!\S)\s*)+|\S{40}|\s+")
_LONGEST = 1_200
"""Characters of a passage that is shown; of a longer one the beginning stands there."""


def chunks(made: Report, folder: str) -> Iterator[str]:
    """Give the page piece by piece; `folder` is what the folder of the tables is called."""
    say = Saying(made.lang)
    head, tail = _text("page.html").split("<!-- sections -->\n")
    contents = "".join(f'<li><a href="#{s.id}">{html_text(s.title)}</a></li>' for s in made.sections)
    fields = {
        "lang": made.lang,
        "css": _text("page.css"),
        "title": html_text(made.title),
        "report": html_text(say("Report on a bilingual corpus")),
        "contents": contents,
        "contents_label": html_text(say("Contents")),
        "corpus": html_text(say("Corpus version")),
        "version": html_text(made.version),
        "bialign": html.escape(__version__),
        "made": html_text(
            say("Made by bialign {version} on one's own machine. All tables of this report, with what their columns "
                "mean, lie in the folder {folder}; tables.R and tables.ipynb there load them.",
                version=__version__, folder=folder)
        ),
    }  # fmt: skip
    yield Template(head).substitute(fields)
    for section in made.sections:
        yield from _section(section, say)
    yield Template(tail).substitute(fields)


def _text(name: str) -> str:
    return resources.files(__package__ or "").joinpath(name).read_text(encoding="utf-8")


def _section(section: Section, say: Saying) -> Iterator[str]:
    yield f'<section id="{section.id}">\n<h2>{html_text(section.title)}</h2>\n'
    for block in section.blocks:
        yield from _block(block, say)
    yield "</section>\n"


def _block(block: Block, say: Saying) -> Iterator[str]:
    match block:
        case Prose(text, note):
            yield f"<p{' class=note' if note else ''}>{html_text(text)}</p>\n"
        case Plot(svg, caption):
            yield f"<figure class=plot tabindex=0>\n{svg}\n<figcaption>{html_text(caption)}</figcaption>\n</figure>\n"
        case Shown():
            yield from _table(block, say)
        case Examples(title, examples):
            yield f"<h3>{html_text(title)}</h3>\n"
            yield from (_example(example) for example in examples)
        case Command(text):
            yield f"<pre><code>{html_text(text)}</code></pre>\n"


def _table(shown: Shown, say: Saying) -> Iterator[str]:
    names = shown.table.names
    columns = [(names.index(name), shown.table.columns[names.index(name)]) for name in shown.headings]
    # tabindex: on a narrow screen a table is scrolled, by keys too
    yield f"<figure class=wide tabindex=0><figcaption>{html_text(shown.caption)}</figcaption><table>\n<thead><tr>"
    for _, column in columns:
        title = f' title="{html.escape(say(column.meaning), quote=True)}"' if column.meaning else ""
        yield f"<th scope=col{_numeric(column)}{title}>{html_text(shown.headings[column.name])}</th>"
    yield "</tr></thead>\n<tbody>\n"
    rows = shown.table.rows[: shown.limit]
    digits = {
        index: _digits(max((abs(cell) for row in rows if isinstance(cell := row[index], float)), default=0.0))
        for index, _ in (columns if shown.even else [])
    }
    for row in rows:
        cells = (f"<td{_numeric(column)}>{_cell(row[index], say, digits.get(index))}</td>" for index, column in columns)
        yield f"<tr>{''.join(cells)}</tr>\n"
    yield "</tbody></table>"
    left = len(shown.table.rows) - shown.limit
    if left > 0:
        rest = say("{count} more rows: {file}", count=say.number(left), file=f"{shown.table.name}.tsv")
        yield f"<p class=note>{html_text(rest)}</p>"
    yield "</figure>\n"


def _numeric(column: Column) -> str:
    return " class=n" if column.kind in {"count", "number"} else ""


def _digits(value: float) -> int:
    # as many as anyone reads: 0.057, 12.3; the tables have them all
    return 3 if abs(value) < _SMALL else 1


def _cell(value: Value, say: Saying, digits: int | None = None) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return html_text(say("yes") if value else say("no"))
    if isinstance(value, str):
        # a long name may be broken anywhere, a word of a usual length nowhere
        return "<wbr>".join(map(html_text, _PIECES.findall(value)))
    return html_text(say.number(value, _digits(value) if digits is None else digits))


def _beginning(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    # between words, unless there is no space for long
    cut = text.rfind(" ", _LONGEST // 2, _LONGEST)
    return f"{text[: cut if cut > 0 else _LONGEST]} …"


def _example(example: Example) -> str:
    sides = []
    for lang, text, place in zip(
        example.langs, (example.source, example.target), (example.source_place, example.target_place), strict=True
    ):
        cited = f'<span class="place">{html_text(place)}</span>' if place else ""
        sides.append(
            f'<div><p lang="{html.escape(lang, quote=True)}">{html_text(_beginning(text)) or "—"}</p>{cited}</div>'
        )
    label = f"<b>{html_text(example.label)}</b> " if example.label else ""
    return f'<div class="example"><p class="m">{label}{html_text(example.where)}</p>{"".join(sides)}</div>\n'
