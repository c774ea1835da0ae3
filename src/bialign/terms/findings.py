"""What the check of terms tells: findings, each with a rule, a severity, a reason and a key to ignore it by."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Rule = Literal["rendering", "omitted", "forbidden", "superseded", "mixed", "acronym", "number", "date", "name"]
RULES: tuple[Rule, ...] = (
    "rendering",  # a term of the source stands for something that is none of its renderings
    "omitted",  # nothing in the translation stands for a term of the source
    "forbidden",  # the translation has a term that the glossary calls deprecated
    "superseded",  # the translation has a term that is no longer in use
    "mixed",  # two renderings of the same term in one document
    "acronym",  # an acronym before the words it stands for
    "number",  # numbers that do not correspond
    "date",  # months or days of the week that do not correspond
    "name",  # a name spelt otherwise, or another name
)
Severity = Literal["error", "warning", "hint", "tolerated"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "hint", "tolerated")
"""From what is surely wrong to what was seen and let pass: a rendering in the next sentence, say."""

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Hold one thing found: `template` with ``{field}`` places says why, in English; `fields` are what fills them.

    `bead` is the bead's number in its text, from 0; `source` and `target` are the places it is about, as (start, stop)
    in the texts of that bead, segments joined by a space. `subject` is the term, number or name it is about as it
    stands there, `concept` the id of the concept, "" where it is about none. `key` names the finding for
    `Corpus.ignore`: it stays the same as long as both texts of the bead do. `id` is the bead's own in a corpus,
    `document` the name of the bitext.

    >>> str(Finding("{term}: nothing stands for it", {"term": "raid"}, "omitted", "hint", 0))
    'raid: nothing stands for it'
    """

    template: str
    fields: Mapping[str, object]
    rule: Rule
    severity: Severity
    bead: int
    source: Spans = ()
    target: Spans = ()
    subject: str = ""
    concept: str = ""
    key: str = ""
    id: int | None = None
    document: str = ""

    def __str__(self) -> str:
        return self.template.format(**self.fields)


def at_least(severity: Severity, least: Severity) -> bool:
    """Tell whether a severity is as grave as another, or graver.

    >>> at_least("error", "warning"), at_least("hint", "warning")
    (True, False)
    """
    return SEVERITIES.index(severity) <= SEVERITIES.index(least)


def key_of(rule: Rule, subject: str, *context: str) -> str:
    """Name a finding by what it is about and where: the same for the same texts, wherever their bead stands.

    >>> key_of("number", "1992", "In 1992.", "En 1993.")
    'number-201c5be166ef'
    """
    parts = (" ".join(part.split()) for part in (rule, subject, *context))
    return f"{rule}-{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:12]}"
