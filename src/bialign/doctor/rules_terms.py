"""Rules of glossaries: TBX, and OmegaT's tables."""

from __future__ import annotations

from bialign.doctor.model import FileRule

_OMEGAT = "OmegaT 6.1 (GlossaryReaderTSV)"

RULES = (
    FileRule(
        "tbx-3-omegat",
        "OmegaT reads TBX 2 only, this is TBX 3",
        "bialign terms convert FILE OUT.martif",
        ("tbx",),
        {"omegat": "refuses", "omegat-old": "refuses"},
        ("OmegaT 6.1 manual: TBX 2; its reader wants the root <martif>",),
        asked=True,
    ),
    FileRule(
        "tbx-structure",
        "{problem}",
        "mend this line as the definition of the dialect has it",
        ("tbx",),
        {"xmllint": "refuses", "bialign": "refuses"},
        ("ISO 30042:2019, TBX-Basic v3 (RELAX NG, Schematron)",),
    ),
    FileRule(
        "tbx-ntig",
        "terms stand in <ntig>, which some importers do not know",
        "use <tig>: bialign terms convert FILE OUT.martif",
        ("tbx",),
        {"memoq": "warns"},
        ("ISO 30042:2008, tig and ntig",),
    ),
    FileRule(
        "glossary-hash",
        "the line begins with #: OmegaT takes it for a comment, and loses the term",
        "begin it with another sign, as a space or quotation marks",
        ("omegat-glossary",),
        {"omegat": "loses", "omegat-old": "loses"},
        (_OMEGAT,),
    ),
    FileRule(
        "glossary-empty",
        "the target is empty: OmegaT drops the line",
        "give it a translation, or a hyphen",
        ("omegat-glossary",),
        {"omegat": "loses", "omegat-old": "loses"},
        (_OMEGAT,),
    ),
    FileRule(
        "glossary-encoding",
        "OmegaT reads a {suffix} file in the encoding of the system, and this one is UTF-8",
        "begin it with the line # -*- coding: utf-8 -*-, or call it .utf8",
        ("omegat-glossary",),
        {"omegat": "loses", "omegat-old": "loses"},
        (_OMEGAT,),
        fixable=True,
    ),
    FileRule(
        "glossary-semicolon",
        "the columns are parted by semicolons; OmegaT knows commas (.csv) and tabs only",
        "save it with tabs: bialign terms convert FILE OUT.txt",
        ("omegat-glossary", "csv"),
        {"omegat": "refuses", "omegat-old": "refuses"},
        ("OmegaT 6.1 (GlossaryReaderCSV)",),
        asked=True,
    ),
)
