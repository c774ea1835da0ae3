"""A side-by-side reader: one page that needs nothing else, to read, search, print and send a bitext.

The page asks nothing of any network: its policy forbids every request and every script but its own, so that no text of
a document can become markup or code. Without JavaScript it still reads from top to bottom.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import html
import json
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from string import Template
from typing import cast

from bialign import __version__
from bialign.bitext import Bitext, Document
from bialign.formats.files import Output
from bialign.formats.html.glossary import Glossary
from bialign.formats.html.overview import DOUBTFUL, figures, filters, strip
from bialign.formats.html.rows import lang_attributes, plain, rows
from bialign.formats.identifiers import lang_code
from bialign.formats.options import Options
from bialign.formats.report import Tally
from bialign.termbase import Termbase, primary

__all__ = ["DOUBTFUL", "UI_LANGS", "chunks", "outputs"]

UI_LANGS = ("en", "es")


def chunks(
    bitext: Bitext, termbase: Termbase | None = None, ui_lang: str = "en", tally: Tally | None = None
) -> Iterator[str]:
    """Give the page piece by piece; `ui_lang` ("en" or "es", else ValueError) is the language its controls start in.

    Terms of the `termbase` are marked where they stand and explained in a glossary at the end.
    """
    if ui_lang not in UI_LANGS:
        raise ValueError(f"the pages speak {' and '.join(UI_LANGS)}, not {ui_lang!r}")
    return _chunks(bitext, termbase, ui_lang, tally or Tally())


def _chunks(bitext: Bitext, termbase: Termbase | None, ui_lang: str, tally: Tally) -> Iterator[str]:
    say = strings()[ui_lang]
    head, tail = _text("page.html").split("<!-- beads -->\n")
    yield Template(head).substitute(_escaped(say) | _front(bitext, ui_lang))
    glossary = Glossary(termbase, bitext, say)
    for row in rows(bitext, glossary, say):
        yield row
        tally.units += 1
    yield Template(tail).substitute(_escaped(say) | _back(bitext, glossary))


@functools.cache
def strings() -> dict[str, dict[str, str]]:
    """Give the page's own texts by language and key; the figure they mention is filled in."""
    raw = cast(dict[str, dict[str, str]], json.loads(_text("strings.json")))
    threshold = str(round(DOUBTFUL * 100))
    return {
        lang: {key: text.replace("{threshold}", threshold) for key, text in texts.items()}
        for lang, texts in raw.items()
    }


@functools.cache
def _text(name: str) -> str:
    return resources.files(__name__).joinpath(name).read_text(encoding="utf-8")


def _escaped(say: dict[str, str]) -> dict[str, str]:
    return {key: html.escape(text) for key, text in say.items()}


def _policy() -> str:
    """Allow the page's own style and script by their hashes and nothing else, not even an image from elsewhere."""
    hashes = {
        name: "sha256-" + base64.b64encode(hashlib.sha256(_text(name).encode()).digest()).decode()
        for name in ("reader.js", "reader.css")
    }
    return (
        f"default-src 'none'; script-src '{hashes['reader.js']}'; style-src '{hashes['reader.css']}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _front(bitext: Bitext, ui_lang: str) -> dict[str, str]:
    say = strings()[ui_lang]
    titles = [plain(document.title or document.id) for document in (bitext.source, bitext.target)]
    names = [
        _lang_name(document, say, side) for document, side in ((bitext.source, "source"), (bitext.target, "target"))
    ]
    return {
        "ui_lang": ui_lang,
        "policy": _policy(),
        "version": html.escape(__version__),
        "title": " / ".join(dict.fromkeys(titles)),
        "css": _text("reader.css"),
        "script": _text("reader.js"),
        "eyebrow": f'<span data-t="parallel_text">{html.escape(say["parallel_text"])}</span>: {names[0]} → {names[1]}',
        "source_title": titles[0],
        "target_title": titles[1],
        "source_lang": lang_attributes(bitext.source.lang),
        "target_lang": lang_attributes(bitext.target.lang),
        "source_name": names[0],
        "target_name": names[1],
        "figures": figures(bitext, say),
        "figures_label": html.escape(say["figures"]),
        "overview_label": html.escape(say["overview"]),
        "filters": filters(bitext, say),
        "strip": strip(bitext),
        "count": str(max(1, len(bitext.beads))),
    }


def _lang_name(document: Document, say: dict[str, str], side: str) -> str:
    code = lang_code(document.lang)
    key = f"lang_{primary(code)}"
    if code == "und":
        key = f"side_{side}"
    elif key not in say:
        return html.escape(code)
    region = f" ({html.escape(code)})" if "-" in code else ""
    return f'<span data-t="{key}">{html.escape(say[key])}</span>{region}'


def _back(bitext: Bitext, glossary: Glossary) -> dict[str, str]:
    say = glossary.say
    origins = []
    for document in (bitext.source, bitext.target):
        facts = [f"<cite{lang_attributes(document.lang)}>{plain(document.title or document.id)}</cite>"]
        for key, value in (("source", document.origin), ("licence", document.licence)):
            if value:
                facts.append(f'<span data-t="{key}">{html.escape(say[key])}</span>: {plain(value)}')
        origins.append(f"<p>{' · '.join(facts)}</p>")
    signature = ""
    if bitext.signature:
        label = f'<span data-t="settings">{html.escape(say["settings"])}</span>'
        signature = f"<p>{label}: <code>{plain(bitext.signature)}</code></p>"
    ours = json.dumps(strings(), ensure_ascii=True).replace("<", "\\u003c")
    return {
        "glossary": glossary.section(),
        "origins": "\n".join(origins),
        "version": html.escape(__version__),
        "signature": signature,
        "strings": ours,
    }


def outputs(bitext: Bitext, path: Path, options: Options, tally: Tally) -> list[Output]:
    """Give the one file."""
    return [(path, chunks(bitext, options.termbase, options.ui_lang, tally))]
