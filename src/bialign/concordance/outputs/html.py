"""Hits or renderings as one page that needs nothing else and asks nothing of any network; light and dark."""

from __future__ import annotations

import base64
import functools
import hashlib
import html
import json
from collections.abc import Iterator, Sequence
from importlib import resources
from string import Template
from typing import cast

from bialign import __version__
from bialign.concordance.hits import Hit, Marks, Page
from bialign.concordance.outputs.records import search_of
from bialign.concordance.renderings import Renderings
from bialign.formats.characters import html_text
from bialign.store.beads import SIDES, Side


def chunks(found: Page | Renderings, examples: Page | None = None, ui_lang: str = "en") -> Iterator[str]:
    """Give the page piece by piece; `ui_lang` ("en" or "es") is the language it speaks."""
    say = strings()[ui_lang]
    head, tail = _text("page.html").split("<!-- rows -->\n")
    search = search_of(found) if isinstance(found, Page) else {"query": found.query.to_json()}
    # no text may end the element that holds it
    held = json.dumps({"search": search, "corpus": found.corpus}, ensure_ascii=True).replace("<", "\\u003c")
    css = _text("page.css")
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    fields = {
        "ui_lang": ui_lang,
        "css": css,
        "policy": f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
        "query": html_text(str(found.query)),
        "facts": _facts(found, say),
        "conditions": _conditions(found, say),
        "corpus": html_text(found.corpus),
        "search": held,
        "version": html.escape(__version__),
    } | {name: html.escape(text) for name, text in say.items()}
    yield Template(head).substitute(fields)
    if isinstance(found, Page):
        yield '<ol class="hits">\n'
        yield from (_hit(hit, hit.counterparts, say) for hit in found)
        yield "</ol>\n"
    else:
        yield from _groups(found, examples, say)
    yield Template(tail).substitute(fields)


@functools.cache
def strings() -> dict[str, dict[str, str]]:
    """Give the page's own texts by language and key."""
    return cast(dict[str, dict[str, str]], json.loads(_text("strings.json")))


@functools.cache
def _text(name: str) -> str:
    return resources.files(__package__ or "").joinpath(name).read_text(encoding="utf-8")


def _facts(found: Page | Renderings, say: dict[str, str]) -> str:
    if isinstance(found, Page):
        last = found.hits[-1].number + 1 if found.hits else 0
        shown = say["hits_of_more"] if found.more else say["hits"]
        facts = [shown.format(first=found.offset + 1 if found.hits else 0, last=last)]
        if found.sort:
            facts.append(say["sorted"].format(order=", ".join(found.sort)))
        if found.sample:
            facts.append(say["sample"].format(count=found.sample, seed=found.seed))
    else:
        facts = [say["looked_at"].format(count=found.looked_at, hits=found.hits), say["none"].format(count=found.none)]
    return " · ".join(map(html_text, facts))


def _conditions(found: Page | Renderings, say: dict[str, str]) -> str:
    """Say what else the query asks for, in the words of its own notation."""
    rows = []
    for name, value in found.query.to_json().items():
        if name != "find":
            text = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
            rows.append(f"<div><dt>{html_text(say.get(name, name))}</dt><dd>{html_text(text)}</dd></div>")
    return "".join(rows)


def _hit(hit: Hit, counterparts: Marks, say: dict[str, str]) -> str:
    sides = []
    for side in SIDES:
        lang = hit.source_lang if side == "source" else hit.target_lang
        title = hit.source_title if side == "source" else hit.target_title
        place = hit.source_place if side == "source" else hit.target_place
        text = hit.source if side == "source" else hit.target
        marks = hit.side_marks(side) if side == hit.side else counterparts
        cite = f"<cite>{html_text(title)}</cite>" + (f", {html_text(place)}" if place else "")
        attribute = f' lang="{html.escape(lang, quote=True)}"' if lang else ""
        sides.append(
            f'<div class="{side[0]}"><p{attribute}>{_marked(text, marks, hit, side) or "—"}</p>'
            f'<p class="place">{cite}</p></div>'
        )
    about = f"{html_text(say['bead'])} {hit.bead}<br>{hit.type} · {100 * hit.probability:.0f} %"
    return f'<li><div class="m"><strong>{hit.number + 1}</strong> {about}</div>{"".join(sides)}</li>\n'


def _marked(text: str, marks: Sequence[tuple[int, int]], hit: Hit, side: Side) -> str:
    parts, at = [], 0
    for start, stop in sorted(marks):
        if start < at:
            continue
        node = side == hit.side and (start, stop) == (hit.start, hit.stop)
        parts.append(html_text(text[at:start]))
        parts.append(f"<mark{'' if node else ' class=also'}>{html_text(text[start:stop])}</mark>")
        at = stop
    return "".join([*parts, html_text(text[at:])])


def _groups(found: Renderings, examples: Page | None, say: dict[str, str]) -> Iterator[str]:
    shown = iter(examples or ())
    most = max((group.count for group in found.groups), default=1)
    for group in found.groups:
        width = max(1, round(10 * group.count / most))
        forms = ", ".join(f"{html_text(form)} {count}" for form, count in group.forms)
        texts = ", ".join(f"{html_text(name)} {count}" for name, count in group.bitexts)
        yield (
            f'<section><h2 lang="{html.escape(group.lang, quote=True)}">{html_text(group.lemma)}</h2>'
            f'<p class="count"><i class="w{width}"></i>{group.count} · {100 * group.share:.1f} %</p>'
            f'<p class="forms">{forms}</p><p class="forms">{html_text(say["in"])} {texts}</p>\n<ol class="hits">\n'
        )
        for rendered, hit in zip(group.rendered, shown, strict=False):
            yield _hit(hit, ((rendered.start, rendered.stop),), say)
        yield "</ol></section>\n"
