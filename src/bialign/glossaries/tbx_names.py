"""How TBX names what a termbase holds, in both directions."""

from __future__ import annotations

from bialign.termbase import Kind, TermStatus

STATUS_NAMES: dict[TermStatus, str] = {
    "preferred": "preferredTerm-admn-sts",
    "admitted": "admittedTerm-admn-sts",
    "deprecated": "deprecatedTerm-admn-sts",
    "superseded": "supersededTerm-admn-sts",
}
KIND_NAMES: dict[Kind, str] = {
    "full form": "fullForm",
    "acronym": "acronym",
    "short form": "shortForm",
    "variant": "variant",
}
# what other files say instead; the nearest of ours
_KINDS: dict[str, Kind] = {
    "fullForm": "full form",
    "entryTerm": "full form",
    "acronym": "acronym",
    "initialism": "acronym",
    "shortForm": "short form",
    "abbreviation": "short form",
    "abbreviatedForm": "short form",
    "clippedTerm": "short form",
    "shortcut": "short form",
    "symbol": "short form",
    "variant": "variant",
    "synonym": "variant",
}
_STATUSES: dict[str, TermStatus] = {
    **{name: status for status, name in STATUS_NAMES.items()},
    "preferredTerm": "preferred",
    "preferred": "preferred",
    "admittedTerm": "admitted",
    "admitted": "admitted",
    "deprecatedTerm": "deprecated",
    "deprecated": "deprecated",
    "notRecommended": "deprecated",
    "forbidden": "deprecated",
    "supersededTerm": "superseded",
    "superseded": "superseded",
    "obsolete": "superseded",
}
_STATUS_EXACT = {name: status for status, name in STATUS_NAMES.items()}
_PARTS_OF_SPEECH = {"properNoun": "proper noun"}
SAME = ("administrativeStatus", "usageStatus")


def kind_of(name: str) -> tuple[Kind, bool]:
    """Give the kind a termType stands for, and whether it says no more than that.

    >>> kind_of("acronym"), kind_of("initialism")
    (('acronym', True), ('acronym', False))
    """
    kind = _KINDS.get(name, "full form")
    return kind, KIND_NAMES[kind] == name


def status_of(name: str) -> tuple[TermStatus, bool]:
    """Give the status an administrativeStatus or usageStatus stands for, and whether it says no more than that."""
    bare = name.removesuffix("-admn-sts")
    status = _STATUSES.get(name) or _STATUSES.get(bare)
    return (status or "admitted"), status is not None


def part_of_speech_of(name: str) -> str:
    """Give a part of speech in words: "properNoun" is "proper noun"."""
    return _PARTS_OF_SPEECH.get(name, name)


def part_of_speech_name(words: str) -> str:
    """Give the TBX name of a part of speech; the words themselves where TBX-Basic has none."""
    return {said: name for name, said in _PARTS_OF_SPEECH.items()}.get(words, words)
