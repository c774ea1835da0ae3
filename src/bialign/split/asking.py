"""Which rules are asked at a place, and what the first of them with an opinion says."""

from __future__ import annotations

from bialign.split import rules
from bialign.split.candidates import Candidate

_Place = tuple[bool, str, str, str, bool, bool, bool]
"""What tells which rules may speak: run together or not, the kinds of the mark, of what closes behind it and of the
first character of what follows, whether that is a word with white space only before it, exceptions, German or not."""


class _Asked(dict[_Place, tuple[tuple[str, rules.Rule], ...]]):
    """The rules that may have an opinion at a place; the others would pass, after the time it takes to ask them."""

    def __missing__(self, place: _Place) -> tuple[tuple[str, rules.Rule], ...]:
        self[place] = found = tuple((name, rule) for name, rule in rules.RULES if _may_speak(rule, place))
        return found


def _may_speak(rule: rules.Rule, place: _Place) -> bool:
    tight, mark, close, first, plain, exceptions, german = place
    stop = mark == "stop"
    may: dict[rules.Rule, bool] = {
        rules.exception: stop and exceptions and not close,
        rules.glued: tight,
        rules.continues: not plain,
        rules.bracketed_ellipsis: close == "bracket" and mark != "other",
        rules.enumerator: stop and close != "other",
        rules.label: stop and not close and (first == "capital" or not plain),
        rules.reported: not stop and close != "" and first == "capital",
        rules.careless: first == "small" and mark != "ellipsis",
        rules.address: first in {"small", "capital"},
        rules.lower_case: first == "small",
        rules.leaders: mark == "ellipsis" and first == "number",
        rules.ellipsis: mark == "ellipsis",
        rules.question: not stop,
        rules.year: stop and first == "number",
        rules.abbreviation: stop and close != "other",
        rules.initial: stop and not close,
        rules.numero: stop and not close and first == "number",
        rules.german_ordinal: stop and german,
        rules.full_stop: stop,
    }
    return may[rule]


_ASKED = _Asked()


def decide(c: Candidate) -> tuple[bool, str]:
    """Give whether to cut at the candidate, and the name of the rule that said so."""
    mark = "stop" if c.mark == "." else "ellipsis" if c.is_ellipsis else "other"
    close = "" if not c.close else "bracket" if c.close[0] in ")]" else "other"
    first = c.first
    kind = "small" if first.islower() else "capital" if first.isupper() else "number" if first.isdigit() else ""
    plain = c.word != "" and not c.opening
    for name, rule in _ASKED[c.is_tight, mark, close, kind, plain, bool(c.grammar.exceptions), c.grammar.lang == "de"]:
        cut = rule(c)
        if cut is not None:
            return cut, name
    raise AssertionError("the last rule always decides")
