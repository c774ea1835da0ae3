"""Segmentation rules of SRX 2.0, as translation tools exchange them, in place of bialign's own.

At each place between two characters of a paragraph the rules are asked in order; the first whose ``beforebreak`` fits
what stands before and whose ``afterbreak`` fits what follows decides. Where none fits there is no break. Formats that
are about mark-up (``formathandle``, ``segmentsubflows``) say nothing about plain text and are passed over.
"""

from __future__ import annotations

import functools
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bialign.errors import FormatError, ReadError
from bialign.safe_xml import XmlFault, parse

if TYPE_CHECKING:
    from lxml import etree

_NAMESPACE = "{http://www.lisa.org/srx20}"
SECONDS, SECONDS_PER_CHARACTER = 4.0, 2e-5
"""How long rules may take over a text: so much, and so much a character."""


@dataclass(frozen=True)
class Rule:
    """Hold one rule: whether it breaks, its patterns as they are in the file, and its line there."""

    cut: bool
    before: str
    after: str
    line: int

    @property
    def name(self) -> str:
        """Name the rule for people: by its line in the file."""
        return f"srx:{self.line}"


@dataclass(frozen=True)
class SrxRules:
    """Hold the rules of a file: by name, and which names apply to which languages, in the order of the file."""

    path: Path
    cascade: bool
    rules: dict[str, tuple[Rule, ...]]
    maps: tuple[tuple[str, str, int], ...]  # pattern of languages, name of rules, line
    _compiled: dict[str, tuple[tuple[Rule, Any], ...]] = field(default_factory=dict, compare=False, repr=False)

    def of(self, lang: str) -> tuple[Rule, ...]:
        """Give the rules for a language: of the first map that fits it or, with cascade, of all that do, in order."""
        found: list[Rule] = []
        fits = False
        for pattern, name, line in self.maps:
            translated = _translated(self.path, line, "languagepattern", pattern)
            if _compile(self.path, line, "languagepattern", translated).fullmatch(lang):
                fits = True
                found += self.rules[name]
                if not self.cascade:
                    break
        if not fits:
            raise FormatError(self.path, "no languagemap fits the language {lang}", lang=lang or "?")
        return tuple(found)

    def breaks(self, text: str, lang: str, deadline: float) -> Iterator[tuple[int, Rule]]:
        """Give each place in a paragraph where a breaking rule fits, and the rule that decides there.

        Raises FormatError for a rule that cannot be translated, or that takes longer than until `deadline`, in seconds
        of `time.monotonic`.
        """
        if lang not in self._compiled:
            self._compiled[lang] = tuple((rule, _matcher(self.path, rule)) for rule in self.of(lang))
        rules = self._compiled[lang]
        places: dict[int, int] = {}
        for number, (rule, pattern) in enumerate(rules):
            if rule.cut:
                for at in self._all_places(rule, pattern, text, deadline):
                    places.setdefault(at, number)
        for at in sorted(places.keys() - {0, len(text)}):
            for rule, pattern in rules[: places[at] + 1]:
                if self._fits(rule, pattern, text, at, deadline):
                    yield at, rule
                    break

    def _all_places(self, rule: Rule, pattern: Any, text: str, deadline: float) -> list[int]:
        try:
            return [found.start() for found in pattern.finditer(text, timeout=_left(deadline))]
        except TimeoutError:
            raise self._too_slow(rule) from None

    def _fits(self, rule: Rule, pattern: Any, text: str, at: int, deadline: float) -> bool:
        try:
            return pattern.match(text, at, timeout=_left(deadline)) is not None
        except TimeoutError:
            raise self._too_slow(rule) from None

    def _too_slow(self, rule: Rule) -> FormatError:
        return FormatError(self.path, "this rule takes too long on this text: simplify it", line=rule.line)


def _left(deadline: float) -> float:
    """Give the seconds left, never none, as zero means no limit to ``regex``."""
    return max(deadline - time.monotonic(), 1e-6)


def deadline(text: str) -> float:
    """Give the moment, of `time.monotonic`, until which rules may work on a text that is begun now."""
    return time.monotonic() + SECONDS + SECONDS_PER_CHARACTER * len(text)


def load_srx(path: Path) -> SrxRules:
    """Read a file of SRX 2.0; raise ReadError or FormatError, with the line, for what is none.

    Patterns are translated when a language first needs them.
    """
    root = _parse(path)
    tag = str(root.tag)
    if tag.rpartition("}")[2] != "srx":
        raise FormatError(path, "this is no SRX: its root is {name}", name=tag, line=root.sourceline)
    if root.get("version") != "2.0" or tag not in {"srx", _NAMESPACE + "srx"}:
        version = root.get("version") or "?"
        raise FormatError(path, "SRX 2.0 is read, this is version {version}", version=version, line=root.sourceline)
    space = tag.removesuffix("srx")
    rules: dict[str, tuple[Rule, ...]] = {}
    for element in root.iterfind(f"{space}body/{space}languagerules/{space}languagerule"):
        name = _attribute(path, element, "languagerulename")
        if name in rules:
            raise FormatError(path, "the rules {name} are given twice", name=name, line=element.sourceline)
        rules[name] = tuple(_rule(path, item, space) for item in element.iterfind(f"{space}rule"))
    maps = tuple(
        (_attribute(path, item, "languagepattern"), _attribute(path, item, "languagerulename"), item.sourceline or 1)
        for item in root.iterfind(f"{space}body/{space}maprules/{space}languagemap")
    )
    for _, name, line in maps:
        if name not in rules:
            raise FormatError(path, "there are no rules called {name}", name=name, line=line)
    if not maps:
        raise FormatError(path, "no languagemap says which rules are for which language", line=root.sourceline)
    header = root.find(f"{space}header")
    return SrxRules(path, header is not None and header.get("cascade") == "yes", rules, maps)


def _parse(path: Path) -> etree._Element:
    try:
        return parse(path.read_bytes())
    except OSError as error:
        raise ReadError(path, "cannot be read: {problem}", problem=error.strerror or error) from None
    except XmlFault as fault:
        if not fault.problem:
            raise FormatError(path, "XML entities are not allowed here", line=1) from None
        raise FormatError(path, "not well-formed XML: {problem}", line=fault.line, problem=fault.problem) from None


def _attribute(path: Path, element: etree._Element, name: str) -> str:
    value = element.get(name)
    if value is None:
        tag = str(element.tag).rpartition("}")[2]
        raise FormatError(path, "{tag} lacks the attribute {name}", tag=tag, name=name, line=element.sourceline)
    return value


def _rule(path: Path, element: etree._Element, space: str) -> Rule:
    kind = element.get("break", "yes")
    if kind not in {"yes", "no"}:
        raise FormatError(path, "break is yes or no, not {kind}", kind=kind, line=element.sourceline)
    before, after = (element.findtext(space + name) or "" for name in ("beforebreak", "afterbreak"))
    return Rule(kind == "yes", before, after, element.sourceline or 1)


def _matcher(path: Path, rule: Rule) -> Any:
    """Make the pattern of the places where a rule fits, which takes up no characters."""
    before = _translated(path, rule.line, "beforebreak", rule.before)
    after = _translated(path, rule.line, "afterbreak", rule.after)
    # what follows is asked first: it mostly is a space, where what stands before may be long
    refers = _REFERENCE.search(after)
    both = f"(?<=(?:{before}))(?={after})" if refers else f"(?={after})(?<=(?:{before}))"
    return _compile(path, rule.line, "beforebreak", both)


_REFERENCE = re.compile(r"\\[1-9]|\(\?P=")


def _translated(path: Path, line: int, part: str, pattern: str) -> str:
    from bialign.split.icu import translate

    try:
        translated = translate(pattern)
    except ValueError as error:
        raise _unusable(path, line, part, error) from None
    # a reference to a group of the other pattern can only be understood with it
    if not _REFERENCE.search(translated):
        _compile(path, line, part, translated)
    return translated


@functools.lru_cache(maxsize=4096)
def _compile(path: Path, line: int, part: str, pattern: str) -> Any:
    """Compile a translated pattern; FormatError, with line and part of the rule, where that fails."""
    import regex

    try:
        return regex.compile(pattern, regex.V1)
    except (regex.error, ValueError, OverflowError, RecursionError) as error:
        raise _unusable(path, line, part, error) from None


def _unusable(path: Path, line: int, part: str, error: Exception) -> FormatError:
    problem = " ".join(str(error).split()) or type(error).__name__
    return FormatError(path, "{part} cannot be used: {problem}", line=line, part=part, problem=problem)
