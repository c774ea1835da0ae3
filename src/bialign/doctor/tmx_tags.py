"""Check the tags of TMX one by one: their attributes, and the languages and dates in them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bialign.doctor.findings import Findings
from bialign.doctor.languages import fault_of
from bialign.doctor.lexer import Tag, Token, tag_of
from bialign.doctor.model import Place
from bialign.doctor.tags import added, renamed, with_value, without
from bialign.doctor.tmx_model import ATTRIBUTES, DATE, DATES, REQUIRED, SEGTYPES

_KEEPS = frozenset({"tu", "tuv", "header"})
"""Elements in which a property can keep what an attribute said."""
_DATED = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d))?(?:\.\d+)?(?:Z|\+00:?00)?)?", re.ASCII)


@dataclass(slots=True)
class Checked:
    """Hold a tag that was checked: as it is to be written, and the properties that keep what it may not say."""

    raw: str
    props: list[str] = field(default_factory=list)
    faults: int = 0


class TagCheck:
    """Check the attributes of a tag and mend them; `where` makes the place of a fault.

    In an `old` file, of TMX 1.3 or before, languages rightly stand in lang; made one of 1.4, it has xml:lang.
    """

    def __init__(self, findings: Findings, token: Token, where: Callable[[Token], Place], old: bool = False) -> None:
        self._findings, self._token, self._where, self._old = findings, token, where, old
        self._tag: Tag = tag_of(token.raw)
        self.result = Checked(token.raw)

    def check(self) -> Checked:
        """Give the tag, mended."""
        name = self._tag.name
        known = ATTRIBUTES.get(name)
        if known is None:
            return self.result
        for key, value in self._tag.attributes:
            if key.startswith("xmlns"):
                continue
            if key not in known:
                self._unknown(name, key, value)
            elif key in DATES:
                self._date(key, value)
        for key in REQUIRED.get(name, ()):
            if name not in {"tmx", "header"} and self._tag.get(key) is None:
                self.tell("tmx-needs", element=name, name=key)
        if name == "tu":
            self.segtype()
        if name == "tuv":
            self._language()
        elif "xml:lang" in known:
            self.code("xml:lang")
        return self.result

    def tell(self, rule: str, *, fixable: bool | None = None, **fields: Any) -> None:
        """Tell of a fault in this tag."""
        self._findings.add(rule, self._where(self._token), self._token.raw, fixable=fixable, **fields)
        self.result.faults += 1

    def code(self, key: str) -> None:
        """Check the code of a language that an attribute holds."""
        value = self._tag.get(key)
        if value is None or (key == "srclang" and value == "*all*"):
            return
        rule, better = fault_of(value)
        if rule:
            self.tell(rule, code=value or '""', better=better)
        if better:
            self.result.raw = with_value(self.result.raw, key, better)

    def segtype(self) -> None:
        """Check the kind of segments that an attribute names."""
        value = self._tag.get("segtype")
        if value is not None and value not in SEGTYPES:
            self.tell("tmx-segtype", value=value)
            self.result.raw = with_value(self.result.raw, "segtype", "block")
            self.result.props.append(prop("segtype", value))

    def _language(self) -> None:
        if self._tag.get("xml:lang") is not None:
            self.code("xml:lang")
            return
        value = self._tag.get("lang")
        if value is None:
            self.tell("tmx-no-lang")
            return
        if not self._old:
            self.tell("tmx-lang")
        self.code("lang")
        self.result.raw = renamed(self.result.raw, "lang", "xml:lang")

    def _unknown(self, name: str, key: str, value: str) -> None:
        if name not in _KEEPS or ":" in key:
            self.tell("tmx-attribute-lost", name=key, element=name)
            return
        self.tell("tmx-attribute", name=key, element=name, prop=f"x-{key}")
        self.result.raw = without(self.result.raw, key)
        self.result.props.append(prop(key, value))

    def _date(self, key: str, value: str) -> None:
        if DATE.fullmatch(value):
            return
        found = _DATED.fullmatch(value)
        self.tell("tmx-date", value=value, fixable=bool(found))
        if found:
            year, month, day, hour, minute, second = (part or "00" for part in found.groups())
            better = f"{year}{month}{day}T{hour}{minute}{second}Z"
            self.result.raw = with_value(self.result.raw, key, better)


def prop(name: str, value: str) -> str:
    """Write a property that keeps what an attribute said; `value` is escaped already."""
    # a bare > or quotation mark is nothing a text has to escape
    return f'<prop type="x-{name}">{value}</prop>'


def header_check(check: TagCheck, token: Token, srclang: str) -> Checked:
    """Check the tag <header>, whose missing attributes have defaults; `srclang` is the source language to be named."""
    from bialign.doctor.tmx_model import DEFAULTS

    result, tag = check.check(), tag_of(token.raw)
    check.segtype()
    check.code("srclang")
    check.code("adminlang")
    if tag.get("srclang") == "*all*":
        check.tell("tmx-srclang-all")
    missing = [name for name in REQUIRED["header"] if tag.get(name) is None]
    if "srclang" in missing:
        check.tell("tmx-no-srclang")
    if set(missing) - {"srclang"}:
        check.tell("tmx-header", names=", ".join(name for name in missing if name != "srclang"))
    for name in missing:
        result.raw = added(result.raw, name, DEFAULTS.get(name, srclang or "*all*"))
    return result
