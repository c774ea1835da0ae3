"""What a page may do to a corpus, by name: each is one edit of the corpus, refused where somebody did the same before.

The fields of a request are typed, so that what is no edit is told before the corpus is touched.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import msgspec

from bialign.bitext import Status
from bialign.corpus import Corpus

Side = Literal["source", "target"]


class Request(msgspec.Struct, forbid_unknown_fields=True):
    """Hold an edit as a page asks for it; `seen` is the last event the page knew of."""

    do: str
    seen: int
    ids: list[int] = []
    targets: list[int] = []
    side: Side = "source"
    count: int = 1
    sizes: tuple[int, int] = (0, 0)
    text: str = ""
    status: Status = "confirmed"
    document: int = 0
    place: float = 0
    at: int = 0


def _merge(corpus: Corpus, wanted: Request) -> Any:
    return corpus.merge(wanted.ids, seen=wanted.seen)


def _split(corpus: Corpus, wanted: Request) -> Any:
    return corpus.split(wanted.ids[0], *wanted.sizes, seen=wanted.seen)


def _shift(corpus: Corpus, wanted: Request) -> Any:
    return corpus.shift(wanted.ids[0], wanted.side, wanted.count, seen=wanted.seen)


def _null(corpus: Corpus, wanted: Request) -> Any:
    return corpus.make_null(wanted.ids[0], wanted.text, seen=wanted.seen)


def _link(corpus: Corpus, wanted: Request) -> Any:
    return corpus.link(wanted.ids, wanted.targets, seen=wanted.seen)


def _unlink(corpus: Corpus, wanted: Request) -> Any:
    return corpus.unlink(wanted.ids[0], seen=wanted.seen)


def _judge(corpus: Corpus, wanted: Request) -> Any:
    return corpus.judge(wanted.ids, wanted.status, seen=wanted.seen)


def _comment(corpus: Corpus, wanted: Request) -> Any:
    return corpus.comment(wanted.ids[0], wanted.text, seen=wanted.seen)


def _join(corpus: Corpus, wanted: Request) -> Any:
    return corpus.join(wanted.document, wanted.place, seen=wanted.seen)


def _cut(corpus: Corpus, wanted: Request) -> Any:
    return corpus.cut(wanted.document, wanted.place, wanted.at, seen=wanted.seen)


def _correct(corpus: Corpus, wanted: Request) -> Any:
    return corpus.correct(wanted.document, wanted.place, wanted.text, seen=wanted.seen)


_EDITS: dict[str, Callable[[Corpus, Request], Any]] = {
    "merge": _merge,
    "split": _split,
    "shift": _shift,
    "null": _null,
    "link": _link,
    "unlink": _unlink,
    "judge": _judge,
    "comment": _comment,
    "join": _join,
    "cut": _cut,
    "correct": _correct,
}


def carry_out(corpus: Corpus, wanted: Request) -> Any:
    """Do an edit; give what it gives (ids of beads, the place of a segment).

    Raises CorpusError where it is refused, ValueError where it makes no sense here.
    """
    if wanted.do not in _EDITS:
        raise ValueError(f"no edit is called {wanted.do}")
    named_by_place = wanted.do in {"join", "cut", "correct"}
    if not named_by_place and not wanted.ids:
        raise ValueError("no bead is named")
    return _EDITS[wanted.do](corpus, wanted)
