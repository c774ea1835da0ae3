"""The corpus as JSON: what the pages ask for, and what they do to it."""

from __future__ import annotations

import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bialign.cli.history import moment
from bialign.corpus import Corpus
from bialign.corpus.names import file_name
from bialign.corpus.views import HistoryEntry
from bialign.errors import CorpusError, NotFound
from bialign.store import Event
from bialign.web import changes, edits, find, reasons, views
from bialign.web.answers import answer, language, messages, refusal
from bialign.web.limits import MOST_UPLOADED
from bialign.web.pool import Pool
from bialign.web.session import Session

_EXPORTS = ("html", "tmx", "tsv", "jsonl", "beads")
_MOST = 200
"""Beads that are given at once."""


def session_of(request: Request) -> Session:
    """Give what the server knows."""
    session: Session = request.app.state.session
    return session


def _pool(request: Request) -> Pool:
    return session_of(request).needed()


def _text(request: Request) -> int:
    return int(request.path_params["text"])


def state(request: Request) -> Response:
    """Tell of the corpus that is open, and of those in the folder."""
    session = session_of(request)
    told: dict[str, Any] = {"folder": session.shown(session.folder), "corpus": None, "error": ""}
    told |= {"guarded": request.app.state.door.asks, "confined": session.confined, "most": MOST_UPLOADED}
    told["corpora"] = [asdict(one) | {"path": session.shown(one.path)} for one in session.corpora()]
    if session.pool is not None:
        try:
            with session.pool.corpus() as corpus:
                told["corpus"] = views.corpus_json(corpus, read_only=session.pool.read_only)
                told["corpus"]["path"] = session.shown(corpus.path)
        except CorpusError as error:
            # the others can be opened all the same
            told["error"] = refusal(error, messages(request))["error"]
    return answer(told)


def outline(request: Request) -> Response:
    """Give all beads of a text without their words."""
    pool = _pool(request)
    with pool.corpus() as corpus:
        return answer(views.outline(corpus, _text(request)) | {"readOnly": pool.read_only, "title": corpus.title})


def beads(request: Request) -> Response:
    """Give beads with their texts: those of `ids`, or `limit` of them from row `start` on."""
    query = request.query_params
    with _pool(request).corpus() as corpus:
        if "ids" in query:
            ids = [int(id) for id in query["ids"].split(",") if id][:_MOST]
            return answer(views.beads_by_id(corpus, _text(request), ids))
        limit = min(int(query.get("limit", 50)), _MOST)
        return answer(views.beads_by_row(corpus, _text(request), int(query.get("start", 0)), limit))


def news(request: Request) -> Response:
    """Tell what happened to a text since a page last looked."""
    with _pool(request).corpus() as corpus:
        seen = int(request.query_params.get("since", 0))
        return answer(changes.since(corpus, _text(request), seen, corpus.store.who))


async def edit(request: Request) -> Response:
    """Do an edit, and give what is other by it; where somebody did the same before, say so (409)."""
    wanted = msgspec.json.decode(await request.body(), type=edits.Request)
    return await _in_thread(_edit, request, wanted)


def _edit(request: Request, wanted: edits.Request) -> Response:
    with _pool(request).corpus() as corpus:
        return _done(request, corpus, wanted.seen, lambda: edits.carry_out(corpus, wanted))


def _done(request: Request, corpus: Corpus, seen: int, work: Any) -> Response:
    """Do something to a text, and tell what came of it with all that happened since `seen`."""
    try:
        result = work()
    except CorpusError as error:
        if corpus.last == seen:
            raise
        told = refusal(error, messages(request)) | {"kind": "conflict"}
        return answer(told | {"patch": changes.since(corpus, _text(request), seen, corpus.store.who)}, 409)
    told = {"result": result, "patch": changes.since(corpus, _text(request), seen, corpus.store.who)}
    return answer(told)


class Step(msgspec.Struct, forbid_unknown_fields=True):
    """Hold a step back or forward as a page asks for it."""

    do: str
    seen: int


async def step(request: Request) -> Response:
    """Take back the last change, or do again what was taken back; what the page has not seen is shown first."""
    wanted = msgspec.json.decode(await request.body(), type=Step)
    return await _in_thread(_step, request, wanted)


def _step(request: Request, wanted: Step) -> Response:
    with _pool(request).corpus() as corpus:

        def work() -> dict[str, Any]:
            if corpus.last != wanted.seen:
                raise CorpusError("the corpus was changed meanwhile: look at it again; nothing was undone")
            event = _undo(corpus, _text(request)) if wanted.do == "undo" else _redo(corpus, _text(request))
            return _event(corpus.history(1)[0]) | {"beads": event.details.get("beads", [])}

        return _done(request, corpus, wanted.seen, work)


def _undo(corpus: Corpus, text: int) -> Event:
    """Take back the last edit of this very text; never its coming in, and never what was done to another."""
    for limit in (50, -1):
        for entry in corpus.history(limit):
            event = entry.event
            if event.bitext == text and event.state == "in force" and event.undoes is None:
                if event.what in {"add", "remove"}:
                    break
                return corpus.undo(event.id)
    raise NotFound("there is nothing more to undo in this text")


def _redo(corpus: Corpus, text: int) -> Event:
    """Do again what was undone last, if it was in this text."""
    undone = [entry.event for entry in corpus.history(-1) if entry.event.state == "undone"]
    # the history is told newest first, and what was undone last is the oldest
    if not undone or undone[-1].bitext != text or undone[-1].what in {"add", "remove"}:
        raise NotFound("there is nothing to redo in this text")
    return corpus.redo()


def search(request: Request) -> Response:
    """Find the beads that hold some words."""
    with _pool(request).corpus() as corpus:
        return answer(find.find(corpus, _text(request), request.query_params.get("q", ""))._asdict())


def why(request: Request) -> Response:
    """Give the reasons for a bead's probability."""
    with _pool(request).corpus() as corpus:
        return answer(reasons.explain(corpus, int(request.path_params["bead"]), messages(request)))


def _event(entry: HistoryEntry) -> dict[str, Any]:
    """Tell of a change what a page needs to say it in words."""
    event = entry.event
    details = {
        name: event.details[name] for name in ("status", "comment", "reason", "concept") if name in event.details
    }
    texts = event.details.get("texts") or [{"before": [], "after": []}]
    return {
        "id": event.id,
        "at": moment(event.at),
        "who": event.who,
        "what": event.what,
        "of": entry.of,
        "name": entry.bitext or event.details.get("bitext", ""),
        "before": " ".join(texts[0]["before"]),
        "after": " ".join(texts[0]["after"]),
        "undone": event.state != "in force",
        "beads": list(event.details.get("beads", ()))[:50],
        "text": event.bitext,
        **details,
    }


def history(request: Request) -> Response:
    """Tell the last changes, newest first."""
    with _pool(request).corpus() as corpus:
        entries = corpus.history(min(int(request.query_params.get("limit", 40)), 500))
    return answer([_event(entry) for entry in entries])


def export(request: Request) -> Response:
    """Give a text as a file of another format, to be kept by the browser."""
    format = request.path_params["format"]
    if format not in _EXPORTS:
        raise CorpusError("no format is called {name}", name=format)
    with _pool(request).corpus() as corpus, tempfile.TemporaryDirectory(prefix="bialign-") as folder:
        name = views.entry_of(corpus, _text(request)).name
        path = Path(folder) / f"{file_name(name)}.{format}"
        corpus.export(name, path, format, ui_lang=language(request))
        data = path.read_bytes()
    from urllib.parse import quote

    named = f"attachment; filename*=UTF-8''{quote(path.name)}"
    return Response(data, media_type="application/octet-stream", headers={"Content-Disposition": named})


async def _in_thread(work: Any, *arguments: Any) -> Response:
    from starlette.concurrency import run_in_threadpool

    done: Response = await run_in_threadpool(work, *arguments)
    return done


ROUTES = [
    Route("/api/state", state),
    Route("/api/history", history),
    Route("/api/beads/{bead:int}/why", why),
    Route("/api/texts/{text:int}/outline", outline),
    Route("/api/texts/{text:int}/beads", beads),
    Route("/api/texts/{text:int}/news", news),
    Route("/api/texts/{text:int}/find", search),
    Route("/api/texts/{text:int}/edit", edit, methods=["POST"]),
    Route("/api/texts/{text:int}/step", step, methods=["POST"]),
    Route("/api/texts/{text:int}/export/{format:str}", export),
]
