"""How files name beads, and the two languages of a bitext."""

from __future__ import annotations

import re

from bialign.bitext import Bead, Bitext, Span
from bialign.termbase import primary

_LANG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", re.ASCII)


def bead_id(bitext: Bitext, bead: Bead) -> str:
    """Name a bead by its bitext and its segments, so that editing one bead leaves the names of the others alone.

    The segments are counted from 0, as in a bead file: ``peru:0-1:0`` is ``[0, 1]:[0]``, ``peru::4`` an addition. A
    bead that came from a file with a name keeps it.
    """
    for extra in bead.extras:
        if extra.kind == "id":
            return extra.value
    return default_id(bitext.id, bead)


def default_id(bitext: str, bead: Bead) -> str:
    """Name a bead as `bead_id` does, whatever a file called it."""
    return f"{bitext}:{_side(bead.source)}:{_side(bead.target)}"


def _side(span: Span) -> str:
    if not span:
        return ""
    return str(span.start) if len(span) == 1 else f"{span.start}-{span.stop - 1}"


def lang_code(lang: str) -> str:
    """Give a well-formed BCP 47 code, "und" (undetermined) for none.

    >>> lang_code("es_PE"), lang_code(""), lang_code("?!")
    ('es-PE', 'und', 'und')
    """
    code = lang.strip().replace("_", "-")
    return code if _LANG.fullmatch(code) else "und"


def side_names(bitext: Bitext) -> tuple[str, str]:
    """Name the two sides by their languages, "source" and "target" where these cannot tell them apart."""
    source, target = primary(lang_code(bitext.source.lang)), primary(lang_code(bitext.target.lang))
    return ("source", "target") if "und" in (source, target) or source == target else (source, target)
