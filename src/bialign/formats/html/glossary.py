"""The glossary of a page: terms marked where they stand, their concepts explained once at the end."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterator

from bialign.bitext import Bitext
from bialign.formats.characters import encodable
from bialign.formats.html.overview import grouped, named
from bialign.formats.identifiers import lang_code
from bialign.termbase import Concept, Term, Termbase


class Glossary:
    """Find terms while the rows are made, and write the section that explains those found."""

    def __init__(self, termbase: Termbase | None, bitext: Bitext, say: dict[str, str]) -> None:
        self.termbase, self.say = termbase, say
        self.langs = {"s": lang_code(bitext.source.lang), "t": lang_code(bitext.target.lang)}
        self.concepts: dict[str, tuple[int, Concept]] = {}
        self.counts: Counter[tuple[str, str]] = Counter()
        self.first: dict[tuple[str, str], int] = {}

    def marks(self, text: str, side: str, bead: int) -> Iterator[tuple[int, int, str]]:
        """Give start, stop and the glossary entry's name for each term in a segment of a side ("s" or "t")."""
        if not self.termbase:
            return
        for hit in self.termbase.find(text, self.langs[side]):
            id = hit.concept.id
            number, _ = self.concepts.setdefault(id, (len(self.concepts) + 1, hit.concept))
            self.counts[id, side] += 1
            self.first.setdefault((id, side), bead)
            yield hit.start, hit.stop, f"g{number}"

    def section(self) -> str:
        """Give the glossary as a section of the page, in the order of its head words; "" when no term was found."""
        if not self.concepts:
            return ""
        ordered = sorted(self.concepts.values(), key=lambda entry: _head(entry[1], self.langs["s"]).casefold())
        entries = "\n".join(self._entry(number, concept) for number, concept in ordered)
        return (
            f'<section class="glossary" id="glossary" aria-labelledby="glossary-title">'
            f'<h2 id="glossary-title" data-t="glossary">{self._say("glossary")}</h2>'
            f'<p data-t="glossary_note">{self._say("glossary_note")}</p>\n{entries}\n</section>'
        )

    def _entry(self, number: int, concept: Concept) -> str:
        sides = "".join(self._side(concept, side) for side in ("s", "t"))
        about = " · ".join(_plain(part) for part in (concept.subject, concept.note) if part)
        about = f'<p class="about">{about}</p>' if about else ""
        return f'<article class="g" id="g{number}">{sides}{about}</article>'

    def _side(self, concept: Concept, side: str) -> str:
        lang = self.langs[side]
        terms = concept.terms_in(lang)
        level = "h3" if side == "s" else "p"
        head = f"<h3>{self._term(terms[0])}</h3>" if terms else f"<{level}>–</{level}>"
        others = "; ".join(self._term(term) for term in terms[1:])
        definition = concept.definition_in(lang)
        parts = [
            head,
            f'<p class="others">{others}</p>' if others else "",
            f'<p class="def">{_plain(definition)}</p>' if definition else "",
        ]
        count = self.counts[concept.id, side]
        if count:
            noun = named("occurrences", count)
            parts.append(
                f'<p class="count"><span data-n="{count}">{grouped(count, self.say)}</span> '
                f'<span data-t="{noun}">{self._say(noun)}</span>, '
                f'<a href="#b{self.first[concept.id, side]}" data-t="to_first">{self._say("to_first")}</a></p>'
            )
        return f'<div class="side {side}" lang="{lang if lang != "und" else ""}">{"".join(parts)}</div>'

    def _term(self, term: Term) -> str:
        keys = [f"kind_{term.kind.replace(' ', '_')}"] if term.kind != "full form" else []
        keys += [f"status_{term.status}"] if term.status != "preferred" else []
        gender = f"gender_{term.gender}"
        if gender in self.say:
            keys.append(gender)
        notes = [f'<span data-t="{key}">{self._say(key)}</span>' for key in keys]
        notes += [_plain(note) for note in (term.gender if gender not in self.say else "", term.note) if note]
        return _plain(term.text) + (f" <small>{', '.join(notes)}</small>" if notes else "")

    def _say(self, key: str) -> str:
        return html.escape(self.say[key])


def _head(concept: Concept, lang: str) -> str:
    terms = concept.terms_in(lang)
    return terms[0].text if terms else concept.id


def _plain(text: str) -> str:
    return html.escape(encodable(text))
