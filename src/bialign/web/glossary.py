"""The glossary of the corpus as JSON: looked through, edited, brought in and given as a file."""

from __future__ import annotations

import shutil
import tempfile
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal, NamedTuple
from urllib.parse import quote

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bialign import glossaries
from bialign.corpus import Corpus
from bialign.corpus.glossary import write_glossary
from bialign.corpus.names import file_name
from bialign.errors import BialignError, CorpusError, NotFound
from bialign.glossaries import Remark
from bialign.store.folding import fold
from bialign.termbase import Concept, Termbase
from bialign.web import entries
from bialign.web.answers import answer, messages, refusal
from bialign.web.api import session_of

_EXPORTS = {
    "yaml": ".yaml",
    "tbx": ".tbx",
    "tbx2": ".martif",
    "omegat": ".txt",
    "csv": ".csv",
    "tsv": ".tsv",
    "xlsx": ".xlsx",
}
_MOST, _NAMES, _REMARKS = 200, 300, 30
EDITS = frozenset({"glossary", "concept", "accept", "reject", "ignore", "unignore"})
"""Changes that are undone on this page."""

_CHANGING = frozenset({"glossary", "concept", "accept", "undo", "redo"})
"""Changes after which the glossary may be another."""
_FAR = 300
"""Changes that are looked through for one of those; after more the glossary is read again."""


class _Held(NamedTuple):
    """Hold the glossary of a corpus as it stood after an event."""

    last: int
    termbase: Termbase | None


_held: dict[str, _Held] = {}
_lock = threading.Lock()


def glossary_of(corpus: Corpus) -> Termbase | None:
    """Give the glossary of a corpus; what was read is kept until a change of it, whoever asks."""
    uuid, _, last = corpus.version.partition(":")
    with _lock:
        held = _held.get(uuid)
    if held is None or not _is_fresh(corpus, held.last, int(last)):
        held = _Held(int(last), corpus.glossary())
    _keep(uuid, _Held(int(last), held.termbase))
    return held.termbase


def _is_fresh(corpus: Corpus, seen: int, last: int) -> bool:
    if not 0 <= last - seen <= _FAR:
        return False
    return all(event.what not in _CHANGING for event in corpus.store.journal.events(seen))


def _keep(uuid: str, held: _Held) -> None:
    with _lock:
        if uuid not in _held:
            _held.clear()  # one corpus is open at a time
        if uuid not in _held or _held[uuid].last <= held.last:
            _held[uuid] = held


def _begun(corpus: Corpus) -> Termbase:
    """Give the glossary, an empty one in the languages of the corpus where it has none."""
    found = glossary_of(corpus)
    if found is not None:
        return found
    langs = [side.lang[:2] for info in corpus.bitexts() for side in (info.source, info.target) if side.lang]
    return Termbase(tuple(dict.fromkeys(langs)) or ("en", "es"), ())


def browse(request: Request) -> Response:
    """Give the entries that hold some letters, those whose terms begin with them first; `limit` from `offset` on."""
    query = request.query_params
    offset, limit = max(0, int(query.get("offset") or 0)), min(int(query.get("limit") or 100), _MOST)
    pool = session_of(request).needed()
    with pool.corpus() as corpus:
        found, termbase, last = glossary_of(corpus), _begun(corpus), corpus.last
    chosen = _chosen(termbase, fold(query.get("q", "").strip()), query.get("subject", ""), query.get("order", ""))
    subjects: dict[str, int] = {}
    for concept in termbase.concepts:
        subjects[concept.subject] = subjects.get(concept.subject, 0) + 1
    return answer(
        {
            "exists": found is not None,
            "readOnly": pool.read_only,
            "last": last,
            "languages": termbase.languages,
            "subjects": sorted((name, many) for name, many in subjects.items() if name)[:_NAMES],
            "all": len(termbase.concepts),
            "count": len(chosen),
            "rows": [_row(concept) for concept in chosen[offset : offset + limit]],
        }
    )


def _chosen(termbase: Termbase, sought: str, subject: str, order: str) -> list[Concept]:
    ranked = []
    for number, concept in enumerate(termbase.concepts):
        if subject and concept.subject != subject:
            continue
        rank = _rank(concept, sought)
        if rank is not None:
            name = next((fold(term.text) for term in concept.terms_in(order)), "\uffff") if order else ""
            ranked.append((rank, name, number, concept))
    return [concept for *_, concept in sorted(ranked, key=lambda each: each[:3])]


def _rank(concept: Concept, sought: str) -> int | None:
    """Tell how well an entry fits what is sought, 0 best; None where it does not."""
    if not sought:
        return 0
    names = [fold(term.text) for term in concept.terms]
    if any(name.startswith(sought) for name in names):
        return 0
    if any(sought in name for name in names) or sought in fold(concept.id):
        return 1
    said = [*concept.definition.values(), *concept.source.values(), concept.note, concept.subject]
    said += [form for term in concept.terms for form in (term.note, *term.forms)]
    return 2 if any(sought in fold(text) for text in said) else None


def _row(concept: Concept) -> dict[str, Any]:
    terms = [{"text": term.text, "lang": term.lang, "status": term.status} for term in concept.terms[:20]]
    return {"id": concept.id, "subject": concept.subject, "terms": terms}


def entry(request: Request) -> Response:
    """Give a whole entry."""
    with session_of(request).needed().corpus() as corpus:
        concept = _begun(corpus).concept(request.query_params.get("id", ""))
        last = corpus.last
    if concept is None:
        raise NotFound("this concept is no longer in the glossary")
    return answer({"concept": msgspec.to_builtins(concept), "last": last})


class Edit(msgspec.Struct, forbid_unknown_fields=True):
    """Hold what is to be done with an entry; `was` is the id of the one that is edited, "" for a new one."""

    do: Literal["check", "save", "delete"]
    was: str = ""
    concept: Concept | None = None
    seen: int = 0


async def edit(request: Request) -> Response:
    """Check an entry, save it, or take it out; nothing is saved while something is wrong with it."""
    wanted = msgspec.json.decode(await request.body(), type=Edit)
    return await run_in_threadpool(_edit, request, wanted)


def _edit(request: Request, wanted: Edit) -> Response:
    with session_of(request).needed().corpus() as corpus:
        termbase = _begun(corpus)
        if wanted.do == "delete":
            if termbase.concept(wanted.was) is None:
                raise NotFound("this concept is no longer in the glossary")
            return answer({"last": _save(corpus, entries.without(termbase, wanted.was), wanted.was, wanted.seen)})
        if wanted.concept is None:
            raise ValueError("no concept is given")
        concept = entries.tidied(wanted.concept, termbase)
        say = messages(request)
        found = list(entries.faults(concept, termbase, wanted.was))
        told = [{"field": one.field, "text": say(one.template, **one.fields), "mild": one.mild} for one in found]
        if wanted.do == "check" or not all(one.mild for one in found):
            return answer({"faults": told, "id": concept.id, "saved": False})
        if wanted.was and termbase.concept(wanted.was) is None:
            raise NotFound("this concept is no longer in the glossary")
        last = _save(corpus, entries.placed(termbase, concept, wanted.was), concept.id, wanted.seen)
        return answer({"faults": told, "id": concept.id, "saved": True, "last": last})


def _save(corpus: Corpus, termbase: Termbase, name: str, seen: int) -> int:
    before = corpus.last
    with corpus.store.edit("concept", seen=seen) as edit:
        write_glossary(edit, termbase)
        edit.details |= {"concept": name}
    uuid, _, last = corpus.version.partition(":")
    if int(last) == before + 1:  # nobody else has changed anything in between
        _keep(uuid, _Held(int(last), termbase))
    return corpus.last


class Step(msgspec.Struct, forbid_unknown_fields=True):
    """Hold a step back or forward."""

    do: Literal["undo", "redo"]


async def step(request: Request) -> Response:
    """Take back the last change of the glossary or of what was said of findings and candidates, or do it again."""
    wanted = msgspec.json.decode(await request.body(), type=Step)
    return await run_in_threadpool(_step, request, wanted.do)


def _step(request: Request, do: str) -> Response:
    with session_of(request).needed().corpus() as corpus:
        if do == "undo":
            for each in corpus.history(-1):
                event = each.event
                if event.what in EDITS and event.state == "in force":
                    corpus.undo(event.id)
                    name = str(event.details.get("concept", ""))
                    return answer({"what": event.what, "name": name, "last": corpus.last})
            raise NotFound("there is nothing more to undo in the glossary")
        undone = [each.event for each in corpus.history(-1) if each.event.state == "undone"]
        if not undone or undone[-1].what not in EDITS:
            raise NotFound("there is nothing to redo in the glossary")
        what, name = undone[-1].what, str(undone[-1].details.get("concept", ""))
        corpus.redo()
        return answer({"what": what, "name": name, "last": corpus.last})


# --- files ---


def export(request: Request) -> Response:
    """Give the glossary as a file; what the format has no place for is told in a header, as JSON."""
    format = request.path_params["format"]
    if format not in _EXPORTS:
        raise CorpusError("no format is called {name}", name=format)
    with session_of(request).needed().corpus() as corpus, tempfile.TemporaryDirectory(prefix="bialign-") as folder:
        path = Path(folder) / f"{file_name(corpus.title or corpus.path.stem)}{_EXPORTS[format]}"
        remarks = glossaries.save(_begun(corpus), path, format)
        data = path.read_bytes()
    left = msgspec.json.encode(_told(request, remarks)).decode()
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(path.name)}", "X-Left-Out": quote(left)}
    return Response(data, media_type="application/octet-stream", headers=headers)


def _told(request: Request, remarks: tuple[Remark, ...]) -> list[str]:
    say = messages(request)
    told = []
    for one in remarks[:_REMARKS]:
        fields = {name: say(value) if isinstance(value, str) else value for name, value in one.fields.items()}
        line = f"{say('line {line}', line=one.line)}: " if one.line else ""
        told.append(line + say(one.template, **fields))
    return told


async def bring_in(request: Request) -> Response:
    """Look at a glossary's file (`mode` "look"), or bring it in: add its entries, or put it in the place of all."""
    async with request.form(max_files=1) as form:
        file, mode, seen = form.get("file"), str(form.get("mode", "look")), int(str(form.get("seen", 0)))
        if not isinstance(file, UploadFile):
            raise ValueError("no file is given")
        upload = session_of(request).uploads.place(file.filename or "glossary.yaml")
        try:
            with upload.path.open("wb") as out:
                await run_in_threadpool(shutil.copyfileobj, file.file, out)
            return await run_in_threadpool(_bring_in, request, upload.path, upload.name, mode, seen)
        finally:
            session_of(request).uploads.forget(upload.id)


def _bring_in(request: Request, path: Path, name: str, mode: str, seen: int) -> Response:
    try:
        loaded = glossaries.load(path)
    except BialignError as error:
        error.place = error.place.replace(str(path), name)
        return answer(refusal(error, messages(request)), 400)
    with session_of(request).needed().corpus() as corpus:
        now, theirs = glossary_of(corpus) or Termbase((), ()), loaded.termbase
        mine = {concept.id: concept for concept in now.concepts}
        ids = {concept.id for concept in theirs.concepts}
        told = {
            "concepts": len(theirs.concepts),
            "terms": sum(len(concept.terms) for concept in theirs.concepts),
            "languages": theirs.languages,
            "fresh": sum(concept.id not in mine for concept in theirs.concepts),
            "changed": sum(concept.id in mine and mine[concept.id] != concept for concept in theirs.concepts),
            "gone": sum(id not in ids for id in mine),
            "remarks": _told(request, loaded.remarks),
        }
        if mode == "replace":
            corpus.set_glossary(theirs, seen=seen)
        elif mode == "add":
            corpus.set_glossary(_joined(now, theirs), seen=seen)
        return answer(told | {"last": corpus.last, "done": mode in {"replace", "add"}})


def _joined(mine: Termbase, theirs: Termbase) -> Termbase:
    """Give a glossary with what another has beside; where both have an id, the other's entry is taken."""
    concepts = {concept.id: concept for concept in (*mine.concepts, *theirs.concepts)}
    languages = tuple(dict.fromkeys((*mine.languages, *theirs.languages)))
    return replace(mine, languages=languages, concepts=tuple(concepts.values()))


ROUTES = [
    Route("/api/glossary", browse),
    Route("/api/glossary/entry", entry),
    Route("/api/glossary/edit", edit, methods=["POST"]),
    Route("/api/glossary/step", step, methods=["POST"]),
    Route("/api/glossary/import", bring_in, methods=["POST"]),
    Route("/api/glossary/export/{format:str}", export),
]
