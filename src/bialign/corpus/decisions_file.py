"""The file that keeps decisions: YAML, to be read, edited and put under version control."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from bialign.corpus.decided_marks import AnnotationDecision, DecidedMark
from bialign.corpus.decisions import BeadDecision, Decisions, MoveDecision, TextDecision
from bialign.study.annotation.schemes import Scheme
from bialign.yaml_lines import YamlFile

VERSION = 1
_HEAD = """\
# What people have decided about the alignment, by the texts themselves: `bialign build` does it again.
# near: about where in the text, for sentences that come more than once; by, at: who, and when.
"""


class _Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    side: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    near: float = 0
    by: str = ""
    at: str = ""


class _Bead(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    status: str = "confirmed"
    reason: str = ""
    comment: str = ""
    near: tuple[float, float] = (0, 0)
    by: str = ""
    at: str = ""


class _Move(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    source: tuple[str, ...]
    target: tuple[str, ...]
    near: tuple[float, float] = (0, 0)


class _Mark(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    side: str
    segment: str
    start: int
    stop: int
    near: float = 0


class _Annotation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    id: int
    scheme: str
    label: str
    by: str
    marks: tuple[_Mark, ...]
    note: str = ""
    decides: tuple[int, ...] = ()
    was: str = ""


class _Bitext(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    texts: tuple[_Text, ...] = ()
    beads: tuple[_Bead, ...] = ()
    moves: tuple[_Move, ...] = ()
    annotations: tuple[_Annotation, ...] = ()
    schemes: tuple[Scheme, ...] = ()


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: int
    bitexts: dict[str, dict[str, Any]] = {}


def dumps(decisions: Mapping[str, Decisions]) -> str:
    """Write decisions, by the name of their bitext, as YAML; bitexts without any are left out."""
    import yaml

    # CSafeDumper is many times quicker, where PyYAML was built with it
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    held = {name: _plain(one) for name, one in sorted(decisions.items()) if one}
    text: str = yaml.dump(
        {"version": VERSION, "bitexts": held}, Dumper=dumper, allow_unicode=True, sort_keys=False, width=110
    )
    return _HEAD + text


def load(path: Path) -> dict[str, Decisions]:
    """Read decisions; raise FormatError, with line and field, for a file that breaks the rules."""
    file = YamlFile.load(path)
    if file.values is None:
        return {}
    version = file.values.get("version", VERSION) if isinstance(file.values, dict) else VERSION
    if version != VERSION:
        raise file.error("version", "version {version} of decisions is not known to this bialign", version=version)
    content: _File = file.convert(_File)
    bitexts: dict[str, _Bitext] = {}
    for name, values in content.bitexts.items():
        bitext = bitexts[name] = file.convert(_Bitext, f"bitexts.{name}", values)
        for number, text in enumerate(bitext.texts):
            if text.side not in {"source", "target"} or not text.before or not text.after:
                element = f"bitexts.{name}.texts[{number}]"
                raise file.error(element, "a side (source or target), before and after are wanted")
        for number, bead in enumerate(bitext.beads):
            _check_bead(file, f"bitexts.{name}.beads[{number}]", bead)
        for number, one in enumerate(bitext.annotations):
            for n, mark in enumerate(one.marks):
                _check_mark(file, f"bitexts.{name}.annotations[{number}].marks[{n}]", mark)
    return {name: _decisions(bitext) for name, bitext in bitexts.items()}


def _check_mark(file: YamlFile, element: str, mark: _Mark) -> None:
    if mark.side not in {"source", "target"}:
        raise file.error(f"{element}.side", "a side is wanted: source or target")
    if not 0 <= mark.start < mark.stop <= len(mark.segment):
        raise file.error(element, "the segment has no letters {start}-{stop}", start=mark.start, stop=mark.stop)


def _check_bead(file: YamlFile, element: str, bead: _Bead) -> None:
    from bialign.bitext import STATUSES

    if bead.status not in STATUSES:
        known = ", ".join(STATUSES)
        raise file.error(f"{element}.status", "{status} is no status: use {known}", status=bead.status, known=known)
    if not bead.source and not bead.target:
        raise file.error(element, "a bead holds a sentence on one side at least")


def _plain(decisions: Decisions) -> dict[str, Any]:
    bitext = _Bitext(
        tuple(_Text(d.side, d.before, d.after, _number(d.near), d.by, d.at) for d in decisions.texts),
        tuple(
            _Bead(d.source, d.target, d.status, d.reason, d.comment, _numbers(d.near), d.by, d.at)
            for d in decisions.beads
        ),
        tuple(_Move(d.source, d.target, _numbers(d.near)) for d in decisions.moves),
        tuple(
            _Annotation(
                d.id,
                d.scheme,
                d.label,
                d.by,
                tuple(_Mark(*m[:4], _number(m.near)) for m in d.marks),
                d.note,
                d.decides,
                d.was,
            )
            for d in decisions.annotations
        ),
        decisions.schemes,
    )
    plain = msgspec.to_builtins(bitext)
    for bead in plain.get("beads", ()):
        # what is confirmed says so, though it goes without saying
        bead.setdefault("status", "confirmed")
    return _lists(plain)  # type: ignore[no-any-return]


def _lists(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _lists(one) for key, one in value.items()}
    return [_lists(one) for one in value] if isinstance(value, (list, tuple)) else value


def _number(near: float) -> float:
    return int(near) if near == int(near) else near


def _numbers(near: tuple[float, float]) -> tuple[float, float]:
    return _number(near[0]), _number(near[1])


def _decisions(bitext: _Bitext) -> Decisions:
    return Decisions(
        tuple(
            TextDecision("source" if t.side == "source" else "target", t.before, t.after, t.near, t.by, t.at)
            for t in bitext.texts
        ),
        tuple(
            BeadDecision(b.source, b.target, b.status, b.reason, b.comment, b.near, b.by, b.at)  # type: ignore[arg-type]
            for b in bitext.beads
        ),
        tuple(MoveDecision(m.source, m.target, m.near) for m in bitext.moves),
        tuple(map(_annotation, bitext.annotations)),
        bitext.schemes,
    )


def _annotation(one: _Annotation) -> AnnotationDecision:
    marks = tuple(
        DecidedMark("source" if m.side == "source" else "target", m.segment, m.start, m.stop, m.near) for m in one.marks
    )
    return AnnotationDecision(one.id, one.scheme, one.label, one.by, marks, one.note, one.decides, one.was)
