"""What TBX 3 allows: the order of elements, and the data categories of the dialects Core, Min and Basic.

After ISO 30042:2019 and the published definitions of the dialects; version 2 is read as it comes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import regex

from bialign.errors import FormatError
from bialign.glossaries.tbx_tree import Node, Tree

_AUX = "(?:(?:descrip|descripGrp|admin|adminGrp|transacGrp|note|ref|xref) )*"
_LINK = "(?:(?:admin|adminGrp|transacGrp|note|ref|xref) )*"
# the children each element has, by name, each followed by a space
_CONTENT = {
    "tbx": "tbxHeader text ",
    "tbxHeader": "fileDesc (?:encodingDesc )?(?:revisionDesc )?",
    "fileDesc": "(?:titleStmt )?(?:publicationStmt )?(?:sourceDesc )+",
    "titleStmt": "title (?:note )*",
    "publicationStmt": "(?:p )+",
    "sourceDesc": "(?:p )+",
    "encodingDesc": "(?:p )+",
    "revisionDesc": "(?:change )+",
    "change": "(?:p )+",
    "text": "body (?:back )?",
    "body": "(?:conceptEntry )*",
    "conceptEntry": f"{_AUX}(?:langSec )+",
    "langSec": f"{_AUX}(?:termSec )+",
    "termSec": f"term (?:(?:termNote|termNoteGrp) )*{_AUX}",
    "descripGrp": f"descrip (?:descripNote )*{_LINK}",
    "adminGrp": "admin (?:(?:adminNote|note|ref|xref) )*",
    "transacGrp": "transac (?:(?:transacNote|date|note|ref|xref) )*",
    "termNoteGrp": f"termNote {_LINK}",
    "back": "(?:refObjectSec )*",
    "refObjectSec": "(?:refObject )+",
    "refObject": "(?:(?:itemSet|itemGrp|item) )+",
    "itemSet": "(?:(?:item|itemGrp) )+",
    "itemGrp": f"item {_LINK}",
}
_CONTENT_OF = {name: regex.compile(content) for name, content in _CONTENT.items()}
_TYPED = frozenset({"descrip", "descripNote", "admin", "adminNote", "termNote", "transac", "transacNote", "ref"}) | {
    "xref"
}
_ANY: frozenset[str] | None = None

_STATUSES = frozenset(
    ["preferredTerm-admn-sts", "admittedTerm-admn-sts", "deprecatedTerm-admn-sts", "supersededTerm-admn-sts"]
)
_USAGES = frozenset(["preferred", "admitted", "notRecommended", "obsolete", "deprecated", "superseded"])
PARTS_OF_SPEECH = frozenset(["noun", "verb", "adjective", "adverb", "properNoun", "other"])
GENDERS = frozenset(["masculine", "feminine", "neuter", "other"])
TERM_TYPES = frozenset(["fullForm", "acronym", "abbreviation", "shortForm", "variant", "phrase"])
_MIN = {
    "termNote": {
        "partOfSpeech": PARTS_OF_SPEECH,
        "administrativeStatus": _STATUSES,
        # as the first files of the dialects call it
        "usageStatus": _USAGES | _STATUSES,
        "customerSubset": _ANY,
    },
    "descrip": {"subjectField": _ANY},
    "admin": {"customerSubset": _ANY},
}
BASIC: Mapping[str, Mapping[str, frozenset[str] | None]] = {
    "termNote": {
        "partOfSpeech": PARTS_OF_SPEECH,
        "administrativeStatus": _STATUSES,
        "usageStatus": _USAGES | _STATUSES,
        "grammaticalGender": GENDERS,
        "termType": TERM_TYPES,
        "geographicalUsage": _ANY,
        "termLocation": _ANY,
    },
    "descrip": {"subjectField": _ANY, "definition": _ANY, "context": _ANY},
    "admin": {"source": _ANY, "customerSubset": _ANY, "projectSubset": _ANY},
    "ref": {"crossReference": _ANY, "relatedConcept": _ANY, "relatedTerm": _ANY},
    "xref": {"externalCrossReference": _ANY, "xGraphic": _ANY},
    "transac": {"transactionType": _ANY},
    "transacNote": {"responsibility": _ANY},
}
_Categories = Mapping[str, Mapping[str, frozenset[str] | None]]
_DIALECTS: Mapping[str, _Categories] = {"TBX-Min": _MIN, "TBX-Basic": BASIC}
# where categories of the dialects may stand, where that is not everywhere
LEVELS = {
    "definition": frozenset({"conceptEntry", "langSec", "descripGrp"}),
    "context": frozenset({"termSec", "descripGrp"}),
    "subjectField": frozenset({"conceptEntry", "descripGrp"}),
    "source": frozenset({"descripGrp", "termNoteGrp", "adminGrp", "itemGrp"}),
}


def check(tree: Tree, path: Path) -> None:
    """Raise FormatError, with the line, for the first thing that TBX 3 or the file's dialect forbids."""
    for error in faults(tree, path):
        raise error


def faults(tree: Tree, path: Path) -> Iterator[FormatError]:
    """Give all that TBX 3 or the file's dialect forbids, in the order of the file."""
    if tree.version == 3:
        yield from _Rules(path, tree.dialect).faults(tree.root, "", "")


class _Rules:
    """Find what is wrong in a tree, in the order of the file."""

    def __init__(self, path: Path, name: str) -> None:
        self.path, self.name, self.dialect = path, name, _DIALECTS.get(name)

    def faults(self, node: Node, parent: str, level: str) -> Iterator[FormatError]:
        if node.element in _TYPED and not node.type:
            reason = "<{name}> needs an attribute type, which says what it holds"
            yield self.error(node, reason, name=node.element)
        if self.dialect is not None and node.element in _TYPED:
            yield from self.category_faults(self.dialect, node, parent, level)
        content = _CONTENT_OF.get(node.element)
        if content is not None:
            if node.text:
                wanted = "<p>" if "p )" in _CONTENT[node.element] else "an element of its own"
                reason = "text stands bare in <{name}>: it belongs into {wanted}"
                yield self.error(node, reason, name=node.element, wanted=wanted)
            yield from self.order_faults(node, content)
        inner = node.element if node.element in {"conceptEntry", "langSec", "termSec"} else level
        for child in node.children:
            yield from self.faults(child, node.element, inner)

    def order_faults(self, node: Node, content: regex.Pattern[str]) -> Iterator[FormatError]:
        """Name the first child that stands where it may not, or the element that lacks one."""
        names = [child.element for child in node.children]
        if content.fullmatch("".join(name + " " for name in names)):
            return
        for size, child in enumerate(node.children, 1):
            if not content.fullmatch("".join(name + " " for name in names[:size]), partial=True):
                reason = "<{name}> may not stand here in <{parent}>"
                yield self.error(child, reason, name=child.element, parent=node.element)
                return
        reason = "<{name}> is not complete: an element that must stand in it is missing"
        yield self.error(node, reason, name=node.element)

    def category_faults(self, dialect: _Categories, node: Node, parent: str, level: str) -> Iterator[FormatError]:
        known = dialect.get(node.element, {})
        if node.type not in known:
            reason = "{dialect} has no <{name} type={type}>"
            yield self.error(node, reason, dialect=self.name, name=node.element, type=repr(node.type)[:60])
            return
        values = known[node.type]
        if values is not None and node.text not in values:
            reason = "{value} is none of {known}"
            yield self.error(node, reason, value=repr(node.text)[:60], known=", ".join(sorted(values)))
        places = LEVELS.get(node.type)
        # a group stands for what it is about: a definition in a group is where the group is
        stands = level if parent in {"descripGrp", "termNoteGrp"} and node.type != "source" else parent
        if places is not None and stands not in places:
            reason = "<{name} type={type}> may not stand in <{parent}>"
            yield self.error(node, reason, name=node.element, type=repr(node.type), parent=stands)

    def error(self, node: Node, reason: str, **fields: Any) -> FormatError:
        return FormatError(self.path, reason, line=node.line, **fields)
