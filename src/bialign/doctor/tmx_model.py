"""What TMX 1.4 allows: the attributes and contents of its elements, after the specification (TMX 1.4b, 2005)."""

from __future__ import annotations

import re
from collections.abc import Mapping

_DATES = {"creationdate", "changedate", "lastusagedate"}
_ORIGIN = {"creationtool", "creationtoolversion", "creationid", "changeid", "o-tmf", "o-encoding", *_DATES}
_UNIT = {"datatype", "usagecount", *_ORIGIN}
ATTRIBUTES: Mapping[str, frozenset[str]] = {
    name: frozenset(known)
    for name, known in {
        "tmx": {"version"},
        "header": {"segtype", "adminlang", "srclang", "datatype", *_ORIGIN} - {"lastusagedate"},
        "body": set[str](),
        "tu": {"tuid", "segtype", "srclang", *_UNIT},
        "tuv": {"xml:lang", "lang", *_UNIT},
        "seg": set[str](),
        "prop": {"type", "xml:lang", "lang", "o-encoding"},
        "note": {"xml:lang", "lang", "o-encoding"},
        "ude": {"name", "base"},
        "map": {"unicode", "code", "ent", "subst"},
        "bpt": {"i", "x", "type"},
        "ept": {"i"},
        "it": {"pos", "x", "type"},
        "ph": {"x", "assoc", "type"},
        "hi": {"x", "type"},
        "ut": {"x"},
        "sub": {"datatype", "type"},
    }.items()
}
"""The attributes that each element may have."""
REQUIRED: Mapping[str, tuple[str, ...]] = {
    "tmx": ("version",),
    "header": ("creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype"),
    "prop": ("type",),
    "ude": ("name",),
    "map": ("unicode",),
    "bpt": ("i",),
    "ept": ("i",),
    "it": ("pos",),
}
"""The attributes that an element must have; <tuv> must have xml:lang, which is told apart."""
DATES = frozenset(_DATES)
DATE = re.compile(r"\d{8}T\d{6}Z", re.ASCII)
SEGTYPES = frozenset({"block", "paragraph", "sentence", "phrase"})
INLINE = frozenset({"bpt", "ept", "it", "ph", "hi", "ut"})
"""Elements that may stand in a segment."""
CHILDREN: Mapping[str, frozenset[str]] = {
    "": frozenset({"tmx"}),
    "tmx": frozenset({"header", "body"}),
    "header": frozenset({"note", "prop", "ude"}),
    "body": frozenset({"tu"}),
    "tu": frozenset({"note", "prop", "tuv"}),
    "tuv": frozenset({"note", "prop", "seg"}),
    "ude": frozenset({"map"}),
    "seg": INLINE,
    "hi": INLINE,
    "sub": INLINE,
    **dict.fromkeys(("bpt", "ept", "it", "ph", "ut"), frozenset({"sub"})),
}
"""The elements that may stand in each."""
HOLDS_TEXT = frozenset({"seg", "prop", "note", "hi", "sub", "bpt", "ept", "it", "ph", "ut"})
EXTRA: Mapping[str, frozenset[str]] = {"tu": frozenset({"prop", "note"}), "tuv": frozenset({"prop", "note"})}
"""What must stand first in an element."""
DEFAULTS = {
    "creationtool": "unknown",
    "creationtoolversion": "unknown",
    "segtype": "sentence",
    "o-tmf": "unknown",
    "adminlang": "en",
    "datatype": "unknown",
}
"""What a header says of which nothing is known; "unknown" is the specification's own word for it."""
