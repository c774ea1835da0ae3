"""The frame of a page that needs nothing else and asks nothing of any network, and what stands in it."""

from __future__ import annotations

import base64
import functools
import hashlib
import html
from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from string import Template

from bialign import __version__
from bialign.formats.characters import html_text
from bialign.study.saying import Saying
from bialign.study.tables import Column, Table, Value
from bialign.study.versions.outputs.marks import Mark, Part

_TAGS: dict[Mark, str] = {"other": "mark", "removed": "del", "added": "ins"}


def framed(
    parts: Iterable[str], say: Saying, *, title: str, eyebrow: str, facts: str, key: Sequence[Mark], signature: str
) -> Iterator[str]:
    """Give a page piece by piece; `parts` are HTML, all else is text."""
    head, tail = _text("page.html").split("<!-- parts -->\n")
    css = _text("page.css")
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    fields = {
        "ui_lang": say.lang,
        "css": css,
        "policy": f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
        "title": html_text(title),
        "eyebrow": html_text(eyebrow),
        "facts": html_text(facts),
        "key": " ".join(f"<span>{_key(mark, say)}</span>" for mark in key),
        "made": html_text(say("Made by {program}", program=f"bialign {__version__}")),
        "signature": html_text(signature),
        "version": html.escape(__version__),
    }
    yield Template(head).substitute(fields)
    yield from parts
    yield Template(tail).substitute(fields)


@functools.cache
def _text(name: str) -> str:
    return resources.files(__package__ or "").joinpath(name).read_text(encoding="utf-8")


def _key(mark: Mark, say: Saying) -> str:
    words = {
        "removed": say("no longer there"),
        "added": say("new"),
        "other": say("not in the other version"),
        "same": say("the same"),
    }
    return drawn([Part(mark, words[mark], glued=True)])


def drawn(parts: Sequence[Part]) -> str:
    """Give pieces of text as HTML: what differs is underlined or struck out, not only coloured."""
    found = []
    for number, part in enumerate(parts):
        space = " " if number and not part.glued else ""
        tag = _TAGS.get(part.mark)
        found.append(f"{space}<{tag}>{html_text(part.text)}</{tag}>" if tag else space + html_text(part.text))
    return "".join(found)


def lang_attribute(lang: str) -> str:
    """Give the attribute that tells a language, "" where it is not known."""
    return f' lang="{html.escape(lang, quote=True)}"' if lang else ""


def nothing(moved: int | None, say: Saying) -> str:
    """Say that a version has nothing in a row, or in which row it has it."""
    if moved is None:
        return f'<span class="none">{html_text(say("(nothing)"))}</span>'
    told = html_text(say("(moved: {row})", row=say.number(moved + 1)))
    return f'<a class="none" href="#r{moved + 1}">{told}</a>'


def summed(table: Table, say: Saying) -> Iterator[str]:
    """Give a small table of figures, and what each of them means."""
    shown = [place for place in range(2, len(table.columns)) if any(row[place] is not None for row in table.rows)]
    heads = "".join(f'<th scope="col">{html_text(label(table.columns[place], say))}</th>' for place in shown)
    yield f'<h2>{html_text(say(table.title))}</h2>\n<div class="wide"><table class="sums">'
    yield f"<thead><tr><td></td>{heads}</tr></thead>\n"
    for row in table.rows:
        cells = "".join(f"<td>{html_text(figure(value, say))}</td>" for value in (row[place] for place in shown))
        yield f'<tr><th scope="row">{html_text(f"{row[0]} – {row[1]}")}</th>{cells}</tr>\n'
    yield "</table></div>\n"
    for note in table.notes:
        yield f'<p class="note">{html_text(say(note))}</p>\n'
    yield f"<details><summary>{html_text(say('What these figures mean'))}</summary><dl>\n"
    for column in (table.columns[place] for place in shown):
        facts = [say(column.meaning)]
        facts += [say(text) for text in (column.unit, column.formula, column.source, column.caveat) if text]
        yield f"<dt>{html_text(label(column, say))}</dt><dd>{html_text('; '.join(facts))}</dd>\n"
    yield "</dl></details>\n"


def label(column: Column, say: Saying) -> str:
    """Give what people call a column: in files its name is the same in every language."""
    return say(column.name.replace("_", " "))


def figure(value: Value, say: Saying) -> str:
    """Write a figure as the language has it, "–" for what does not apply."""
    if value is None:
        return "–"
    return say.number(value, 2) if isinstance(value, int | float) and not isinstance(value, bool) else str(value)
