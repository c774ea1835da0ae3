"""Rules of XLIFF, segmentation rules (SRX), and texts with links between them (TEI, XCES)."""

from __future__ import annotations

from bialign.doctor.model import FileRule, Severity

_XLIFF = ("xliff",)
_1 = "XLIFF 1.2 specification"
_2 = "XLIFF 2.1 specification"
_STRICT: dict[str, Severity] = {"xmllint": "refuses", "memoq": "warns", "trados": "warns"}

RULES = (
    FileRule(
        "xliff-version",
        "XLIFF has versions 1.2, 2.0, 2.1 and others, not {version}",
        "name the version that it is",
        _XLIFF,
        _STRICT,
        (f"{_1}, <xliff>: version", f"{_2}, section 4.2.2.1"),
    ),
    FileRule(
        "xliff-needs",
        "<{element}> needs the attribute {name}",
        "add it",
        _XLIFF,
        _STRICT,
        (f"{_1}, section 2: required attributes", f"{_2}, section 4.2.2"),
    ),
    FileRule(
        "xliff-target-lang",
        "there are translations, but <xliff> does not say their language (trgLang)",
        "add trgLang",
        _XLIFF,
        {**_STRICT, "omegat": "warns"},
        (f"{_2}, section 4.2.2.1: trgLang is required where there is a <target>",),
    ),
    FileRule(
        "xliff-id",
        "the id {id} stands twice",
        "give each unit an id of its own",
        _XLIFF,
        {"xmllint": "refuses", "memoq": "loses", "trados": "loses"},
        (f"{_1}, section 2.3: id of <trans-unit>", f"{_2}, section 4.3.1.12"),
    ),
    FileRule(
        "xliff-order",
        "<{name}> may not stand after <{before}>",
        "move it before",
        _XLIFF,
        {"xmllint": "refuses"},
        (f"{_1}, <trans-unit>: content model", f"{_2}, section 4.2.2"),
    ),
    FileRule(
        "xliff-no-source",
        "this unit has no <source>, so nothing to translate",
        "give it one, or delete it",
        _XLIFF,
        {"xmllint": "refuses", "omegat": "loses", "trados": "loses", "memoq": "loses"},
        (f"{_1}, <trans-unit>: content model", f"{_2}, section 4.2.2.6"),
    ),
    FileRule(
        "xliff-namespace",
        "the namespace is {found}; XLIFF {version} has {wanted}",
        "write that",
        _XLIFF,
        {"xmllint": "refuses", "omegat": "loses", "trados": "refuses", "memoq": "refuses"},
        (f"{_1}, section 1.3", f"{_2}, section 4.1"),
    ),
    FileRule(
        "srx",
        "{problem}",
        "mend this line",
        ("srx",),
        {"omegat": "refuses", "trados": "refuses", "memoq": "refuses", "bialign": "refuses"},
        ("SRX 2.0 specification",),
    ),
    FileRule(
        "linked",
        "{problem}",
        "get the texts and the links anew from where they are from",
        ("tei", "xces"),
        {"bialign": "warns", "opus": "loses"},
        ("XCES cesAlign DTD", "found in OPUS data (Books en-es)"),
    ),
)
