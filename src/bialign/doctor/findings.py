"""Collect what is found while a file streams past: the first places of each rule in full, the others by number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from bialign.doctor.model import WORST, FileRule, Finding, Place, Severity

KEPT = 5
"""Places of one rule that are told in full."""
_EXCERPT = 60


class Findings:
    """Gather findings for some programs; what none of them minds is passed over."""

    def __init__(self, rules: Iterable[FileRule], programs: Iterable[str], asked: Iterable[str] = ()) -> None:
        self._rules = {rule.id: rule for rule in rules}
        self._programs, self._asked = tuple(programs), frozenset(asked)
        self.format: str | None = None
        """That of the file: what is told of rules about others is passed over."""
        self._found: list[Finding] = []
        self.counts: Counter[str] = Counter()
        self.told = 0
        self._effects = {rule.id: self._effects_of(rule) for rule in self._rules.values()}

    def minds(self, rule: str) -> bool:
        """Tell whether one of the programs minds a breach of a rule."""
        return bool(self._effects[rule]) and (self.format is None or self.format in self._rules[rule].formats)

    def add(
        self,
        rule: str,
        place: Place | None = None,
        excerpt: str = "",
        template: str = "",
        fixable: bool | None = None,
        **fields: Any,
    ) -> None:
        """Tell of a breach; `template` says it instead of the rule's own message where that is a frame only, `fixable`
        whether this one can be mended where that is not as the rule has it."""
        self.told += 1
        effects, broken = self._effects[rule], self._rules[rule]
        if not effects or (self.format is not None and self.format not in broken.formats):
            return
        self.counts[rule] += 1
        if self.counts[rule] > KEPT:
            return
        severity = min((each for _, each in effects), key=WORST.index)
        self._found.append(
            Finding(
                rule,
                severity,
                effects,
                place or Place(),
                shortened(excerpt),
                template or broken.message,
                fields,
                broken.cure,
                broken.evidence,
                broken.fixable if fixable is None else fixable,
            )
        )

    def asks(self, program: str) -> bool:
        """Tell whether the user named a program."""
        return program in self._asked

    def refusing(self) -> list[Finding]:
        """Give what was found that a program would refuse the file for."""
        return [found for found in self._found if found.severity == "refuses"]

    def silent(self) -> Findings:
        """Give a collection that minds nothing."""
        return Findings(self._rules.values(), ())

    def sorted(self) -> tuple[Finding, ...]:
        """Give the findings: the worst first, those of a rule together, in the order of the file."""
        order = {rule: at for at, rule in enumerate(dict.fromkeys(finding.rule for finding in self._found))}
        return tuple(sorted(self._found, key=lambda finding: (WORST.index(finding.severity), order[finding.rule])))

    def _effects_of(self, rule: FileRule) -> tuple[tuple[str, Severity], ...]:
        if rule.asked and self._asked.isdisjoint(rule.effects):
            return ()
        wanted = self._asked if rule.asked else self._programs
        return tuple((name, rule.effects[name]) for name in self._programs if name in rule.effects and name in wanted)


def shortened(text: str) -> str:
    r"""Put an excerpt on one line that a terminal can show, of bounded length.

    >>> shortened("<seg>a\x0cb\n  c</seg>")
    '<seg>a\\x0cb c</seg>'
    """
    text = " ".join(_lines(text[: 4 * _EXCERPT]))
    shown = "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)
    return shown if len(shown) <= _EXCERPT else shown[: _EXCERPT - 1] + "…"


def _lines(text: str) -> list[str]:
    return [line.strip(" \t\r") for line in text.split("\n") if line.strip(" \t\r")]
