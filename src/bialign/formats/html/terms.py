"""One text with its terms marked and their entries beside it: a page that needs nothing else, not even a script."""

from __future__ import annotations

import base64
import functools
import hashlib
import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib import resources
from string import Template

from bialign import __version__
from bialign.formats.characters import encodable
from bialign.formats.html import strings
from bialign.formats.html.rows import lang_attributes, plain
from bialign.termbase import Concept, Term, TermHit, primary

_SAY = {
    "en": {
        "eyebrow": "Terms in a text",
        "hits": "terms found",
        "concepts": "concepts",
        "none": "No term of the glossary stands in this text.",
        "made_with": "Made with",
        "see": "See also",
        "instead": "preferred: {terms}",
    },
    "es": {
        "eyebrow": "Términos de un texto",
        "hits": "términos encontrados",
        "concepts": "conceptos",
        "none": "Ningún término del glosario aparece en este texto.",
        "made_with": "Hecho con",
        "see": "Véase también",
        "instead": "preferido: {terms}",
    },
}


def chunks(text: str, hits: Sequence[TermHit], *, lang: str, title: str, ui_lang: str = "en") -> Iterator[str]:
    """Give the page piece by piece: a text of a language with `hits`, in order and apart, marked and explained.

    `ui_lang` is "en" or "es", else ValueError.
    """
    if ui_lang not in _SAY:
        raise ValueError(f"the pages speak {' and '.join(_SAY)}, not {ui_lang!r}")
    return _Page(text, hits, lang, ui_lang).chunks(title)


class _Page:
    def __init__(self, text: str, hits: Sequence[TermHit], lang: str, ui_lang: str) -> None:
        self.text, self.hits, self.lang, self.ui_lang = text, hits, lang, ui_lang
        self.say = strings()[ui_lang] | _SAY[ui_lang]
        self.concepts = {hit.concept.id: hit.concept for hit in hits}
        self.numbers = {id: number for number, id in enumerate(self.concepts, 1)}
        self.counts = Counter(hit.concept.id for hit in hits)
        self.first = {hit.concept.id: number for number, hit in reversed(list(enumerate(hits, 1)))}

    def chunks(self, title: str) -> Iterator[str]:
        head, tail = _text("terms.html").split("<!-- text -->\n")
        css = _css()
        policy = "sha256-" + base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
        fields = {
            "ui_lang": self.ui_lang,
            "policy": f"default-src 'none'; style-src '{policy}'; img-src data:; base-uri 'none'; form-action 'none'",
            "version": html.escape(__version__),
            "title": plain(title),
            "css": css,
            "lang": lang_attributes(self.lang),
            "skip": html.escape(self.say["skip"]),
            "eyebrow": html.escape(self.say["eyebrow"]),
            "figures": self._figure(len(self.hits), "hits") + self._figure(len(self.concepts), "concepts"),
            "glossary": html.escape(self.say["glossary"]),
            "made_with": html.escape(self.say["made_with"]),
        }
        yield Template(head).substitute(fields)
        yield from self.paragraphs()
        entries = "\n".join(map(self.entry, self._ordered())) or f"<p>{html.escape(self.say['none'])}</p>"
        yield Template(tail).substitute(fields | {"entries": entries})

    def _figure(self, count: int, key: str) -> str:
        return f"<div><dt>{html.escape(self.say[key])}</dt><dd>{count}</dd></div>"

    def _ordered(self) -> list[Concept]:
        return sorted(self.concepts.values(), key=lambda concept: self._terms(concept, self.lang).casefold())

    def paragraphs(self) -> Iterator[str]:
        """Give the text, a paragraph each, with links around its terms."""
        numbered = list(enumerate(self.hits, 1))
        at = 0
        for start, stop in _spans(self.text):
            pieces, last = [], start
            while at < len(numbered) and numbered[at][1].start < stop:
                number, hit = numbered[at]
                at += 1
                if hit.start < last:
                    continue
                pieces += [plain(self.text[last : hit.start]), self._mark(number, hit)]
                last = hit.stop
            pieces.append(plain(self.text[last:stop]))
            yield f"<p>{''.join(pieces)}</p>\n"

    def _mark(self, number: int, hit: TermHit) -> str:
        """Give a term as a link to its entry; what the glossary would not use says what it would."""
        title, warn = "", ""
        if hit.term.status in {"deprecated", "superseded"}:
            better = [term.text for term in hit.concept.terms_in(self.lang) if term.status == "preferred"]
            said = self.say[f"status_{hit.term.status}"]
            said += "; " + self.say["instead"].format(terms=", ".join(better)) if better else ""
            title, warn = f' title="{plain(said)}"', " warn"
        text = plain(self.text[hit.start : hit.stop])
        return f'<a class="term{warn}" id="h{number}" href="#g{self.numbers[hit.concept.id]}"{title}>{text}</a>'

    def entry(self, concept: Concept) -> str:
        """Give the entry of a concept: its terms in this language, then in the others, what it is, where it stands."""
        langs = dict.fromkeys(term.lang for term in concept.terms)
        others = [lang for lang in langs if primary(lang) != primary(self.lang)]
        lines = [f"<h3{lang_attributes(self.lang)}>{self._terms(concept, self.lang, details=True)}</h3>"]
        lines += [
            f'<p><span class="lang">{plain(lang)}</span> <span{lang_attributes(lang)}>'
            f"{self._terms(concept, lang, details=True)}</span></p>"
            for lang in others
        ]
        if definition := concept.definition_in(self.lang):
            lines.append(f'<p class="def">{plain(definition)}</p>')
        related = [id for id in concept.related if id in self.concepts]
        if related:
            links = ", ".join(
                f'<a href="#g{self.numbers[id]}">{self._terms(self.concepts[id], self.lang)}</a>' for id in related
            )
            lines.append(f'<p class="more">{html.escape(self.say["see"])}: {links}</p>')
        count = self.counts[concept.id]
        noun = self.say["occurrences" if count != 1 else "occurrences_one"]
        about = [plain(part) for part in (concept.subject, concept.note) if part]
        about.append(f'{count} {html.escape(noun)}, <a href="#h{self.first[concept.id]}">{self.say["to_first"]}</a>')
        lines.append(f'<p class="more">{" · ".join(about)}</p>')
        return f'<article class="entry" id="g{self.numbers[concept.id]}">{"".join(lines)}</article>'

    def _terms(self, concept: Concept, lang: str, *, details: bool = False) -> str:
        """Give a concept's terms of a language, with what is said of them or only the first."""
        terms = concept.terms_in(lang)
        if not details:
            return plain(terms[0].text if terms else concept.id)
        return "; ".join(plain(term.text) + self._details(term) for term in terms) or "–"

    def _details(self, term: Term) -> str:
        keys = [f"kind_{term.kind.replace(' ', '_')}", f"status_{term.status}", f"gender_{term.gender}"]
        said = [self.say[key] for key in keys if key in self.say]
        dates = f"{term.since}–{term.until}" if term.since or term.until else ""
        said = [plain(part) for part in (*said, dates, term.note) if part]
        return f" <small>({', '.join(said)})</small>" if said else ""


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Give the paragraphs of a text: what stands between empty lines."""
    last = 0
    for match in re.finditer(r"\n[^\S\n]*(?:\n[^\S\n]*)+", encodable(text)):
        if match.start() > last:
            yield last, match.start()
        last = match.end()
    if text[last:].strip():
        yield last, len(text)


@functools.cache
def _css() -> str:
    """Give the colours and basics of the reader, and what this page has of its own."""
    return _text("reader.css") + _text("terms.css")


@functools.cache
def _text(name: str) -> str:
    return resources.files("bialign.formats.html").joinpath(name).read_text(encoding="utf-8")
