"""Terms at work on aligned texts: is the glossary kept to (`check`), and how is a concept rendered (`renderings`).

findings    what the check tells, with a key by which a finding can be ignored
beads       the texts it looks at, bead by bead
checker     the check of one text, also of a part of it, with what it has read
rules       one module for each rule
families    words of one family: what is the same term in another form
renderings  what stands for a concept in a corpus, by word links
extraction  candidates found in texts
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bialign.terms.beads import BeadText, bead_texts
    from bialign.terms.checker import Checker, check
    from bialign.terms.findings import RULES, SEVERITIES, Finding, Rule, Severity, at_least
    from bialign.terms.renderings import (
        ConceptRenderings,
        Example,
        Rendered,
        TextOf,
        concept_renderings,
        named_concept,
    )

__all__ = [
    "RULES",
    "SEVERITIES",
    "BeadText",
    "Checker",
    "ConceptRenderings",
    "Example",
    "Finding",
    "Rendered",
    "Rule",
    "Severity",
    "TextOf",
    "at_least",
    "bead_texts",
    "check",
    "concept_renderings",
    "named_concept",
]

_HOMES = {
    "beads": ("BeadText", "bead_texts"),
    "checker": ("Checker", "check"),
    "findings": ("RULES", "SEVERITIES", "Finding", "Rule", "Severity", "at_least"),
    "renderings": ("ConceptRenderings", "Example", "Rendered", "TextOf", "concept_renderings", "named_concept"),
}


def __getattr__(name: str) -> object:
    """Load the module behind a public name when it is first asked for, so that the command line starts quickly."""
    for home, names in _HOMES.items():
        if name in names:
            value: object = getattr(importlib.import_module(f"{__name__}.{home}"), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
