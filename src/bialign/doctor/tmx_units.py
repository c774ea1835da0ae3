"""Check one unit of a translation memory: what stands in it, and in what order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

from bialign.doctor.findings import Findings
from bialign.doctor.lexer import Token, tag_of
from bialign.doctor.model import Place
from bialign.doctor.tmx_model import CHILDREN, EXTRA, HOLDS_TEXT, INLINE
from bialign.doctor.tmx_tags import TagCheck

_LONG = 2_000


@dataclass(slots=True)
class Node:
    """Hold an element: its tags, and what stands between them; or a text, which has no name."""

    token: Token
    children: list[Node] = field(default_factory=list)
    end: Token | None = None

    @property
    def name(self) -> str:
        """Give the name of an element, "" for anything else."""
        return self.token.name if self.token.kind in {"start", "empty"} else ""

    @property
    def is_blank(self) -> bool:
        """Tell whether this is text of white space alone, or a comment."""
        return not self.name and (self.token.kind == "other" or not self.token.raw.strip())

    def flat(self) -> Iterator[Token]:
        """Give the pieces in their order."""
        yield self.token
        for child in self.children:
            yield from child.flat()
        if self.end:
            yield self.end

    def text(self) -> str:
        """Give the text as it is written, without codes of formatting."""
        if not self.name:
            return self.token.raw if self.token.kind in {"text", "cdata"} else ""
        return "".join(child.text() for child in self.children if child.name in {"", "hi"} or child.name not in INLINE)


def tree_of(unit: list[Token]) -> Node:
    """Build the tree of a unit, whose tags fit each other: a parser has seen to that."""
    root = Node(unit[0])
    stack = [root]
    for token in unit[1:]:
        if token.kind == "end":
            stack.pop().end = token
            if not stack:
                break
            continue
        node = Node(token)
        stack[-1].children.append(node)
        if token.kind == "start":
            stack.append(node)
    return root


class UnitCheck:
    """Check a unit, which is the `number`-th of its file, and mend it."""

    def __init__(self, findings: Findings, unit: list[Token], number: int, old: bool = False) -> None:
        self._findings, self._tokens, self._number, self._old = findings, unit, number, old
        self._codes = 0

    def check(self) -> list[Token]:
        """Give the pieces of the unit, mended; none where it is to be left out."""
        root = tree_of(self._tokens)
        self._element(root)
        variants = [child for child in root.children if child.name == "tuv"]
        if not variants:
            empty = not any(child.text().strip() for child in root.children)
            self._tell("tmx-no-variants", root.token, fixable=empty)
            if empty:
                return []
        elif len(variants) == 1:
            self._tell("tmx-one-sided", root.token)
        for variant in variants:
            self._variant(variant)
        return list(root.flat())

    def _variant(self, variant: Node) -> None:
        segments = [child for child in variant.children if child.name == "seg"]
        if not segments:
            self._tell("tmx-no-seg", variant.token)
        for extra in segments[1:]:
            self._tell("tmx-element", extra.token, name="seg", parent="tuv")
        for segment in segments[:1]:
            if not any(not child.is_blank for child in segment.children):
                self._tell("tmx-empty", segment.token)
            length = len(segment.text())
            if length > _LONG:
                self._tell("tmx-long", segment.token, count=length)

    def _element(self, node: Node) -> None:
        checked = TagCheck(self._findings, node.token, self._place, self._old).check()
        node.token = node.token._replace(raw=checked.raw)
        inside = node.name in INLINE or node.name in {"seg", "sub"}
        for child in list(node.children):
            if not child.name:
                if not child.is_blank and node.name not in HOLDS_TEXT:
                    self._tell("tmx-text", child.token, parent=node.name)
                continue
            if child.name not in CHILDREN.get(node.name, frozenset()):
                self._foreign(node, child, inside)
            else:
                self._element(child)
        self._order(node)
        kept = [Node(Token("other", raw, node.token.line)) for raw in checked.props]
        node.children[:0] = kept
        if kept and node.end is None:
            node.token = node.token._replace(kind="start", raw=node.token.raw[:-2].rstrip() + ">")
            node.end = Token("end", f"</{node.name}>", node.token.line, node.name)

    def _foreign(self, node: Node, child: Node, inside: bool) -> None:
        """Tell of an element that may not stand in another; in a segment it becomes a code."""
        known = child.name in CHILDREN or child.name in HOLDS_TEXT
        if node.name not in {"seg", "hi"} or known:
            self._tell("tmx-element", child.token, name=child.name, parent=node.name)
            if not inside:
                self._element(child)
            return
        self._tell("tmx-markup", child.token, name=child.name)
        at = node.children.index(child)
        if child.end is None:
            node.children[at] = _raw(child.token, f"<ph>{escape(child.token.raw)}</ph>")
            return
        # what stands in it is now in the segment itself
        inner = Node(child.token._replace(kind="start", name="seg", raw="<seg>"), child.children)
        number = self._next_code()
        self._element(inner)
        node.children[at : at + 1] = [
            _raw(child.token, f'<bpt i="{number}">{escape(child.token.raw)}</bpt>'),
            *inner.children,
            _raw(child.end, f'<ept i="{number}">{escape(child.end.raw)}</ept>'),
        ]

    def _next_code(self) -> int:
        """Give a number that no code of the unit has."""
        if not self._codes:
            numbers = (tag_of(token.raw).get("i") or "" for token in self._tokens if token.name in {"bpt", "ept"})
            self._codes = max((int(number) for number in numbers if re.fullmatch(r"[0-9]{1,6}", number)), default=0)
        self._codes += 1
        return self._codes

    def _order(self, node: Node) -> None:
        """Move properties and notes before the texts."""
        first = EXTRA.get(node.name)
        if not first:
            return
        texts = [at for at, child in enumerate(node.children) if child.name in {"tuv", "seg"}]
        late = [at for at, child in enumerate(node.children) if child.name in first and texts and at > texts[0]]
        moved: list[Node] = []
        for at in late:
            child = node.children[at]
            self._tell("tmx-order", child.token, name=child.name, before=node.children[texts[0]].name)
            # its indent goes with it
            moved += node.children[at - 1 : at + 1] if _indents(node.children[at - 1]) else [child]
        if moved:
            gone = {id(child) for child in moved}
            goal = texts[0] - (texts[0] > 0 and _indents(node.children[texts[0] - 1]))
            before, after = node.children[:goal], node.children[goal:]
            node.children = before + moved + [child for child in after if id(child) not in gone]

    def _place(self, token: Token) -> Place:
        return Place(token.line, f"tu {self._number}" + (f"/{token.name}" if token.name not in {"", "tu"} else ""))

    def _tell(self, rule: str, token: Token, *, fixable: bool | None = None, **fields: Any) -> None:
        self._findings.add(rule, self._place(token), self._near(token), fixable=fixable, **fields)

    def _near(self, token: Token) -> str:
        """Give a piece with what follows it."""
        at = next((at for at, each in enumerate(self._tokens) if each is token or each == token), 0)
        return "".join(each.raw for each in self._tokens[at : at + 4])


def _indents(node: Node) -> bool:
    return not node.name and node.token.kind == "text" and not node.token.raw.strip()


def _raw(token: Token, raw: str) -> Node:
    return Node(Token("other", raw, token.line))
