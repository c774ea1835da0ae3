"""What surrounds the text of a web page: navigation, site heads and feet, banners; told apart with care.

A page's own text must never be lost, so an element is left out only if it says itself that it is navigation, or both
its name and its links say so.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bialign.languages import word_set
from bialign.readers.markup import elements, is_hidden, name_of, role

if TYPE_CHECKING:
    from lxml import etree

_ROLES = re.compile(
    r"\b(?:navigation|search|menu|menubar|toolbar|dialog|alertdialog|doc-toc|tablist|banner|contentinfo)\b"
)
_ALWAYS = re.compile(
    r"(?:^|[\s_-])(?:breadcrumbs?|migas|skip-?(?:link|to|nav)|mw-editsection|mw-jump-link|printfooter|catlinks|navbox|"
    r"noprint|sr-only|screen-reader-text|visually-?hidden|cookie-?(?:banner|notice|consent|bar|law)|gdpr|"
    r"share-?(?:buttons?|links?|bar|tools)|social-?(?:links|share|media|icons)|pagination|pager|addtoany|sharedaddy|"
    r"navheader|navfooter|nav-?panel|(?:top|bottom|sub)-?nav|sphinxsidebar|headerlink|permalink|doc-anchor)"
    r"(?:$|[\s_-])",
    re.I,
)
_PERHAPS = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|submenu|sidebar|widget|related|relacionad[oa]s|share|social|tags|toolbar|"
    r"topbar|masthead|site-?(?:header|footer|nav|map)|footer|header|comments?|newsletter|suscr\w*|subscri\w*|promo|"
    r"advert\w*|publicidad|ads?|banner|toc|portal|recent|popular|legal|login)(?:$|[\s_-])",
    re.I,
)
_IN_TEXT = word_set("a span b i em strong code h1 h2 h3 h4 h5 h6 p")
"""Elements that are no parts of a page but of its text."""
_SHORT = 600
"""Characters up to which an element that is called navigation is believed to be it."""


def is_chrome(element: etree._Element) -> bool:
    """Tell whether an element is hidden, or belongs to the site and not to the page's text."""
    name = name_of(element)
    # a caption that repeats what a screen reader has said already is still shown
    if is_hidden(element) or (element.get("aria-hidden") == "true" and name != "figcaption"):
        return True
    if name in {"html", "body", "main", "article"}:
        return False
    # LibreOffice writes what repeats on every page so
    if name == "div" and element.get("title") in {"header", "footer"}:
        return True
    return _is_called_chrome(element, name) and _prose(element) < _SHORT


def _is_called_chrome(element: etree._Element, name: str) -> bool:
    """Tell whether an element's own words, and where they do not suffice its links, make it a part of the site."""
    if name in {"header", "footer"}:
        return _is_site(element) and not _has_title(element)
    if name == "nav" or _ROLES.search(role(element)):
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}".strip()
    if _ALWAYS.search(names):
        return True
    # a heading that links to itself is called "header" by some programs
    return name not in _IN_TEXT and bool(_PERHAPS.search(names)) and _link_share(element) > 0.5


def main_parts(root: etree._Element) -> list[etree._Element]:
    """Give the elements that hold the page's text: its main part where that holds most of it, else the body."""
    body = next(iter(elements(root, "body")), root)
    mains = [item for item in elements(body, "main") if not is_hidden(item)]
    mains = mains or [item for item in body.iter() if isinstance(item.tag, str) and item.get("role") == "main"]
    articles = [item for item in elements(body, "article") if "article" not in map(name_of, item.iterancestors())]
    for found in (mains, articles):
        if len(found) == 1 and _visible(found[0]) >= 0.5 * _visible(body):
            return found
    return [body]


def _visible(element: etree._Element) -> int:
    """Count the characters an element shows, without what is navigation."""
    total, skipped = 0, None
    from lxml import etree

    walker = etree.iterwalk(element, events=("start", "end"))
    for event, item in walker:
        if event == "start":
            if item is not element and is_chrome(item):
                skipped = item
                walker.skip_subtree()
                continue
            total += _size(item.text)
        else:
            skipped = None if item is skipped else skipped
            total += _size(item.tail) if item is not element else 0
    return total


def _is_site(element: etree._Element) -> bool:
    """Tell whether a head or foot is that of the site, not of an article in it."""
    return not any(name_of(up) in {"article", "main", "section", "blockquote"} for up in element.iterancestors())


def _has_title(element: etree._Element) -> bool:
    """Tell whether the title of the text stands here, not the linked name of a site."""
    return any(True for _ in elements(element, "h1")) and _link_share(element) < 0.3


def _link_share(element: etree._Element) -> float:
    """Give the share of an element's text that stands in links or buttons."""
    whole = _size("".join(element.itertext()))
    linked = sum(_size("".join(link.itertext())) for link in elements(element, "a", "button"))
    return linked / whole if whole else 1.0


def _prose(element: etree._Element) -> int:
    """Count the characters of an element that stand in no link."""
    whole = _size("".join(element.itertext()))
    return whole - sum(_size("".join(link.itertext())) for link in elements(element, "a", "button", "script", "style"))


def _size(text: str | None) -> int:
    return len("".join(text.split())) if text else 0
