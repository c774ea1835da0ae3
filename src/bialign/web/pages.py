"""The pages there are, and the bar that leads from one to the other: one list for the routes and for the bar.

A page of the name ``x`` is made of templates/x.html, static/x.js and static/x.css.
"""

from __future__ import annotations

import html
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """Hold a page: its name, the path it stands at, and the key of what the bar calls it.

    `link` is where the bar leads if that is not the path itself; a page without a `label` is not in it.
    """

    name: str
    path: str
    label: str
    link: str = ""


PAGES = (
    Page("start", "/", "nav_start"),
    Page("documents", "/documents", "nav_documents"),
    Page("import", "/import", "nav_import"),
    Page("review", "/text/{text:int}", "nav_review", "/review"),
    Page("concordance", "/concordance", "nav_concordance"),
    Page("glossary", "/glossary", "nav_glossary"),
    Page("versions", "/versions", "nav_versions"),
    Page("export", "/export", "nav_export"),
    Page("login", "/login", ""),
)


def bar(current: str) -> str:
    """Give the links of the bar as HTML, with places for its words; `current` names the page it is on."""
    if any(page.name == current and not page.label for page in PAGES):
        # before the door nothing leads anywhere
        return ""
    links = []
    for page in PAGES:
        if not page.label:
            continue
        here = ' aria-current="page"' if page.name == current else ""
        links.append(
            f'<a href="{html.escape(page.link or page.path)}"{here} data-t="{page.label}">{{{{{page.label}}}}}</a>'
        )
    return "".join(links)
