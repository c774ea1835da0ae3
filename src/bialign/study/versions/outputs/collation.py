"""A page of versions side by side: what they have in common in figures, the most different passages, all rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bialign.formats.characters import html_text
from bialign.study.saying import Saying
from bialign.study.versions.measures import Variation, most_different, summaries
from bialign.study.versions.model import Collation
from bialign.study.versions.outputs.marks import Mark, parts_of
from bialign.study.versions.outputs.page import drawn, figure, framed, lang_attribute, nothing, summed
from bialign.study.versions.tables import summary_table

MOST = 10
"""Passages that are shown as the most different."""


def chunks(collation: Collation, found: Sequence[Variation], say: Saying) -> Iterator[str]:
    """Give the page piece by piece."""
    names = [version.document.title or version.name for version in collation.versions]
    facts = say(
        "{versions} versions in {rows} rows",
        versions=say.number(len(names)),
        rows=say.number(len(collation.rows)),
    )
    return framed(
        _parts(collation, found, say),
        say,
        title=names[0],
        eyebrow=say("Versions side by side"),
        facts=facts,
        key=_marks(collation),
        signature=collation.signature,
    )


def _marks(collation: Collation) -> list[Mark]:
    alike = collation.alike()
    found: list[Mark] = ["removed", "added"] if any(first == 0 for first, _ in alike) else []
    return [*found, "other"] if any(first for first, _ in alike) else found


def _parts(collation: Collation, found: Sequence[Variation], say: Saying) -> Iterator[str]:
    if found:
        yield from summed(summary_table(collation, summaries(collation, found)), say)
    shown, moved = most_different(found, MOST), collation.moved_to()
    if shown:
        yield f"<h2>{html_text(say('The most different passages'))}</h2>\n"
        yield from _head(collation, say)
        for one in shown:
            distance = figure(one.words.share if one.words else None, say)
            told = say("words: {share}", share=distance)
            link = f'<a href="#r{one.row + 1}">{one.row + 1}</a> {html_text(told)}'
            yield _row(collation, one.row, (link, ""), moved, say)
        yield "</tbody></table>\n"
    yield f"<h2>{html_text(say('All rows'))}</h2>\n"
    yield from _head(collation, say)
    for number, row in enumerate(collation.rows, 1):
        about = f"<strong>{number}</strong> {row.type}<br>{100 * row.probability:.0f}\N{NO-BREAK SPACE}%"
        yield _row(collation, number - 1, (about, f' id="r{number}"'), moved, say)
    yield "</tbody></table>\n"


def _head(collation: Collation, say: Saying) -> Iterator[str]:
    heads = "".join(f'<th scope="col">{html_text(version.name)}</th>' for version in collation.versions)
    about = f'<th scope="col" class="m">{html_text(say("row"))}</th>'
    yield f'<table class="rows"><thead><tr>{about}{heads}</tr></thead>\n<tbody>\n'


def _row(
    collation: Collation, number: int, head: tuple[str, str], moved: Mapping[tuple[int, int], int], say: Saying
) -> str:
    about, attribute = head
    cells = []
    row = collation.rows[number]
    for place, (version, parts) in enumerate(zip(collation.versions, parts_of(collation, row), strict=True)):
        lang, name = lang_attribute(version.document.lang), html_text(version.name)
        text = f"<span{lang}>{drawn(parts)}</span>" if parts else nothing(moved.get((number, place)), say)
        cells.append(f'<td data-name="{name}">{text}</td>')
    return f'<tr{attribute}><th scope="row" class="m">{about}</th>{"".join(cells)}</tr>\n'
