"""The comparison as one page that needs nothing else and asks nothing of any network."""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Callable, Iterator, Sequence
from importlib import resources
from string import Template

from bialign import __version__
from bialign.bitext import Bead, Bitext, Reason, Span
from bialign.formats.characters import html_text
from bialign.study.aligners.agreement import Agreement
from bialign.study.aligners.comparison import Comparison
from bialign.study.aligners.differences import Difference
from bialign.study.aligners.methods import OURS
from bialign.study.aligners.rows import least, text_of
from bialign.study.saying import Saying

Spoken = Callable[[Reason], str]
"""Says a reason in the language of the page."""


def chunks(made: Comparison, spoken: Spoken = str, lang: str = "en") -> Iterator[str]:
    """Give the page piece by piece, in English or Spanish."""
    say, bitext = Saying(lang), made.bitext
    head, tail = _text("page.html").split("<!-- rows -->\n")
    css = _text("page.css")
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    sizes = {"source": len(bitext.source_segments), "target": len(bitext.target_segments)}
    facts = say("{source} and {target} segments", **sizes)
    fields = {
        "lang": say.lang,
        "css": css,
        "policy": f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
        "title": html_text(say("Aligners compared: {name}", name=bitext.id)),
        "facts": html_text(f"{facts} · {say('{count} places where not all agree', count=len(made.differences))}"),
        "version": html.escape(__version__),
    }
    yield Template(head).substitute(fields)
    yield from _agreements(made.agreements, say)
    yield from _types(made, say)
    yield f"<h2>{html_text(say('Where alignments differ'))}</h2>\n"
    for number, difference in enumerate(made.differences, 1):
        yield from _place(made, number, difference, spoken, say)
    yield Template(tail).substitute(fields)


def _text(name: str) -> str:
    return resources.files(__package__ or "").joinpath(name).read_text(encoding="utf-8")


def _figures(names: Sequence[str], rows: Sequence[Sequence[str]], kind: str = "figures") -> str:
    top = "".join(f'<th scope="col">{html_text(cell)}</th>' for cell in names)
    body = "".join(f"<tr>{''.join(f'<td>{html_text(cell)}</td>' for cell in row)}</tr>\n" for row in rows)
    return (
        f'<div class="wide"><table class="figures"><thead><tr>{top}</tr></thead><tbody>\n{body}</tbody></table></div>\n'
    )


def _agreements(pairs: Sequence[Agreement], say: Saying) -> Iterator[str]:
    yield f"<h2>{html_text(say('Agreement'))}</h2>\n"
    head = ("", "", say("strict F1"), say("lax F1"), say("F1 of null segments"))
    rows = []
    for pair in pairs:
        scores = (pair.evaluation.strict.f1, pair.evaluation.lax.f1, pair.nulls.f1)
        rows.append([pair.first.name, pair.second.name, *(say.number(round(score, 3)) for score in scores)])
    yield _figures(head, rows, "figures pairs")


def _types(made: Comparison, say: Saying) -> Iterator[str]:
    yield f"<h2>{html_text(say('Beads by type'))}</h2>\n"
    rows = [[kind, *map(str, counts)] for kind, counts in made.types()]
    yield _figures(["", *(alignment.name for alignment in made.alignments)], rows)


def _place(made: Comparison, number: int, difference: Difference, spoken: Spoken, say: Saying) -> Iterator[str]:
    bitext, alignments = made.bitext, made.alignments
    yield f'<section class="place"><h3>{number}</h3>\n'
    spans = (difference.source, difference.target)
    yield _context(bitext, [Span(max(0, span.start - 1), span.start) for span in spans])
    for group in difference.alike():
        ours = next((one for one in group if alignments[one].name == OURS), None)
        names = ", ".join(alignments[one].name for one in group)
        beads = difference.beads[group[0] if ours is None else ours]
        chance = least(beads) if ours is not None else None
        told = f" · {100 * chance:.0f} %" if chance is not None else ""
        yield f'<div class="says{" ours" if ours is not None else ""}"><h3>{html_text(names)}{told}</h3>\n'
        for bead in beads:
            yield _bead(bitext, bead, spoken if ours is not None else None)
        yield "</div>\n"
    sizes = (len(bitext.source_segments), len(bitext.target_segments))
    yield _context(bitext, [Span(s.stop, min(n, s.stop + 1)) for s, n in zip(spans, sizes, strict=True)])
    yield "</section>\n"


def _context(bitext: Bitext, spans: Sequence[Span]) -> str:
    texts = [text_of(bitext, side, span) for side, span in zip(("source", "target"), spans, strict=True)]
    return f'<div class="context"><span>{html_text(texts[0])}</span><span>{html_text(texts[1])}</span></div>\n'


def _bead(bitext: Bitext, bead: Bead, spoken: Spoken | None) -> str:
    cells = []
    for side, span, lang in (
        ("source", bead.source, bitext.source.lang),
        ("target", bead.target, bitext.target.lang),
    ):
        attribute = f' lang="{html.escape(lang, quote=True)}"' if lang else ""
        cells.append(f"<p{attribute}>{html_text(text_of(bitext, side, span)) or '—'}</p>")
    notes = "".join(f'<p class="note">{html_text(spoken(reason))}</p>' for reason in bead.reasons) if spoken else ""
    return f'<div class="bead">{"".join(cells)}</div>{notes}\n'
