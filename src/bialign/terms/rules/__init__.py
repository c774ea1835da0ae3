"""The rules of the check, each a module with a `find` that gives the findings of some beads of a text."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bialign.terms.findings import Finding, Rule
from bialign.terms.reading import Reading
from bialign.terms.rules import acronyms, dates, missing, mixed, names, numbers, unwanted

Finder = Callable[[Reading, range], Iterable[Finding]]
_FINDERS: tuple[tuple[frozenset[str], Finder], ...] = (
    (frozenset({"rendering", "omitted"}), missing.find),
    (frozenset({"forbidden", "superseded"}), unwanted.find),
    (frozenset({"mixed"}), mixed.find),
    (frozenset({"acronym"}), acronyms.find),
    (frozenset({"number"}), numbers.find),
    (frozenset({"date"}), dates.find),
    (frozenset({"name"}), names.find),
)


def finders(rules: frozenset[Rule]) -> list[Finder]:
    """Give what finds the findings of some rules."""
    return [finder for names, finder in _FINDERS if names & rules]
