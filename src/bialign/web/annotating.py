"""Annotations as JSON: the beads of a text with what was marked in them, and what a page does about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bialign.corpus import Corpus
from bialign.corpus.annotation_views import AnnotationView
from bialign.errors import CorpusError, NotFound
from bialign.store import Event
from bialign.store.contents import BitextEntry
from bialign.store.marking import Mark
from bialign.study.annotation import schemes
from bialign.study.annotation.adjudication import Difference, among
from bialign.study.annotation.schemes import Scheme
from bialign.web.answers import answer, language, messages, refusal
from bialign.web.api import session_of
from bialign.web.views import beads_by_id, beads_by_row, entry_of

_MOST = 100
"""Beads that are given at once."""
_LONGEST = 2_000
"""Letters of a note."""

EDITS = frozenset({"annotate", "reannotate", "unannotate", "decide"})
"""Changes that are undone on this page, each by the annotator whose it is: several may be at work."""

Json = dict[str, Any]


def browse(request: Request) -> Response:
    """Give beads of a text with their annotations in a scheme: `limit` of them from number `start` on.

    `show` chooses beads: all, those with annotations ("marked"), those in which annotators differ and nothing is
    decided ("open"), or has been ("decided"), those whose words were corrected since ("corrected"). `label` and `by`
    choose among the annotations. `bead` asks for the part in which that bead stands.
    """
    query = request.query_params
    pool = session_of(request).needed()
    with pool.corpus() as corpus, corpus.store.database.snapshot():
        entry = entry_of(corpus, int(request.path_params["text"]))
        scheme = corpus.scheme(query.get("scheme", ""))
        views = corpus.annotations(entry.name, scheme=scheme.scheme)
        differing = {one.bead: one for one in among(entry.name, views)}
        label, by = query.get("label", ""), query.get("by", "")
        chosen = [one for one in views if label in {"", one.annotation.label} and by in {"", one.annotation.who}]
        ids = _chosen(corpus, entry.id, query.get("show", ""), chosen, differing, narrowed=bool(label))
        part = _part(corpus, entry, ids, query)
        shown = {bead["id"] for bead in part["beads"]}
        told = _about(corpus, entry.id, scheme, language(request)) | part
        told |= {
            "readOnly": pool.read_only,
            "people": sorted({view.annotation.who for view in views}),
            "counts": _counts(views, differing),
            "notes": [_note(view) for view in chosen if not shown.isdisjoint(view.beads)],
            # who looks at one person's work alone is not told of others'
            "differing": [] if by else [_difference(one) for bead, one in differing.items() if bead in shown],
        }
        return answer(told)


def _about(corpus: Corpus, text: int, scheme: Scheme, lang: str) -> Json:
    """Tell of the corpus, a text and a scheme."""
    infos = corpus.bitexts()
    info = next(one for one in infos if one.id == text)
    return {
        "id": text,
        "name": info.name,
        "title": corpus.title,
        "langs": [info.source.lang, info.target.lang],
        "texts": [{"id": one.id, "name": one.name} for one in infos],
        "last": corpus.last,
        "who": corpus.store.who,
        "scheme": _scheme(scheme, lang),
        "schemes": [{"name": name, "title": one.title(lang)} for name, one in _known(corpus).items()],
    }


def _part(corpus: Corpus, entry: BitextEntry, ids: list[int] | None, query: Mapping[str, str]) -> Json:
    """Give the beads that a page shows at once, of those of `ids` or (None) of all."""
    limit = max(1, min(int(query.get("limit") or 40), _MOST))
    start, bead = max(0, int(query.get("start") or 0)), int(query.get("bead") or 0)
    order = corpus.store.contents.ids(entry.id) if bead and ids is None else ids or []
    if bead in order:
        start = order.index(bead) // limit * limit
    if ids is None:
        return {"start": start, "total": entry.beads, "beads": beads_by_row(corpus, entry.id, start, limit)}
    return {"start": start, "total": len(ids), "beads": beads_by_id(corpus, entry.id, ids[start : start + limit])}


def _known(corpus: Corpus) -> Mapping[str, Scheme]:
    return {name: schemes.built_in(name) for name in schemes.BUILT_IN} | corpus.schemes()


def _chosen(
    corpus: Corpus,
    text: int,
    show: str,
    views: Sequence[AnnotationView],
    differing: Mapping[int, Difference],
    *,
    narrowed: bool,
) -> list[int] | None:
    """Give the beads that are to be shown, in the order of the text; None for all."""
    match show:
        case "marked":
            wanted = {bead for view in views for bead in view.beads}
        case "corrected":
            wanted = {bead for view in views if view.annotation.was for bead in view.beads}
        case "open":
            wanted = {bead for bead, one in differing.items() if not one.is_decided}
        case "decided":
            wanted = {bead for bead, one in differing.items() if one.is_decided}
        case _ if narrowed:
            wanted = {bead for view in views for bead in view.beads}
        case _:
            return None
    return [bead for bead in corpus.store.contents.ids(text) if bead in wanted]


def _scheme(scheme: Scheme, lang: str) -> Json:
    return {
        "name": scheme.scheme,
        "title": scheme.title(lang),
        "source": scheme.source,
        "labels": [
            {
                "name": label.name,
                "key": label.key,
                "title": label.title(lang),
                "definition": label.definition(lang),
                "examples": [[one.en, one.es] for one in label.examples],
            }
            for label in scheme.labels
        ],
    }


def _note(view: AnnotationView) -> Json:
    """Tell of an annotation; its marks are side ("s", "t"), place, first letter, letter after the last."""
    one = view.annotation
    return {
        "id": one.id,
        "label": one.label,
        "who": one.who,
        "beads": view.beads,
        "marks": [[mark.side[0], mark.place, mark.start, mark.stop] for mark in one.marks],
        "words": [view.text("source"), view.text("target")],
        "note": one.note,
        "decides": one.decides,
        "was": one.was,
    }


def _difference(one: Difference) -> Json:
    return {"bead": one.bead, "ids": one.ids, "silent": one.silent, "decided": one.is_decided}


def _counts(views: Sequence[AnnotationView], differing: Mapping[int, Difference]) -> Json:
    labels: dict[str, int] = {}
    for view in views:
        if not view.annotation.decides:
            labels[view.annotation.label] = labels.get(view.annotation.label, 0) + 1
    return {
        "labels": labels,
        "open": sum(not one.is_decided for one in differing.values()),
        "corrected": sum(bool(view.annotation.was) for view in views),
    }


class Wanted(msgspec.Struct, forbid_unknown_fields=True):
    """Hold what a page does; `seen` is the last event it knew of."""

    do: Literal["add", "change", "keep", "remove", "decide", "undo", "redo"]
    seen: int = 0
    scheme: str = ""
    label: str | None = None
    who: str = ""
    bead: int = 0
    id: int = 0
    ids: list[int] = []
    take: list[int] = []
    note: str | None = None
    marks: list[tuple[Literal["s", "t"], float, int, int]] | None = None


async def act(request: Request) -> Response:
    """Do something about annotations; refused (409) where somebody has changed the same since."""
    wanted = msgspec.json.decode(await request.body(), type=Wanted)
    if len(wanted.note or "") > _LONGEST:
        raise ValueError("the note is too long")
    return await run_in_threadpool(_act, request, wanted)


def _act(request: Request, wanted: Wanted) -> Response:
    with session_of(request).needed().corpus() as corpus:
        entry_of(corpus, int(request.path_params["text"]))
        try:
            return answer({"result": _done(corpus, wanted), "last": corpus.last})
        except CorpusError as error:
            if isinstance(error, NotFound) or corpus.last == wanted.seen:
                raise
            return answer(refusal(error, messages(request)) | {"kind": "conflict"}, 409)


def _done(corpus: Corpus, wanted: Wanted) -> Any:
    marks = None
    if wanted.marks is not None:
        marks = [
            Mark("source" if side == "s" else "target", place, start, stop) for side, place, start, stop in wanted.marks
        ]
    match wanted.do:
        case "add":
            label, note = wanted.label or "", wanted.note or ""
            more: Json = {"scheme": wanted.scheme, "who": wanted.who, "note": note, "seen": wanted.seen}
            return corpus.annotate(wanted.bead, label, marks or (), **more)
        case "change":
            corpus.change_annotation(wanted.id, label=wanted.label, marks=marks, note=wanted.note, seen=wanted.seen)
        case "keep":
            corpus.change_annotation(wanted.id, seen=wanted.seen)
        case "remove":
            corpus.remove_annotations(wanted.ids, seen=wanted.seen)
        case "decide":
            note = wanted.note or ""
            return corpus.decide(wanted.ids, wanted.take, who=wanted.who, note=note, seen=wanted.seen)
        case "undo":
            _undo(corpus, wanted.who or corpus.store.who)
        case "redo":
            _redo(corpus, wanted.who or corpus.store.who)
    return None


def _undo(corpus: Corpus, who: str) -> None:
    for each in corpus.history():
        if each.event.state == "in force" and _is_own(each.event, who):
            corpus.undo(each.event.id)
            return
    raise NotFound("there is no annotation of {who} to undo", who=who)


def _redo(corpus: Corpus, who: str) -> None:
    undone = [each.event for each in corpus.history() if each.event.state == "undone"]
    if not undone or not _is_own(undone[-1], who):
        raise NotFound("there is no annotation of {who} to redo", who=who)
    corpus.redo()


def _is_own(event: Event, who: str) -> bool:
    return event.what in EDITS and event.details.get("by") == who


ROUTES = [
    Route("/api/texts/{text:int}/annotations", browse),
    Route("/api/texts/{text:int}/annotate", act, methods=["POST"]),
]
