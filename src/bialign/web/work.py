"""What takes its time or changes what is open: files dropped, texts made of them, aligning anew; with its progress."""

from __future__ import annotations

from functools import partial
from typing import Any

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bialign.corpus import Corpus
from bialign.corpus.realign import Plan, Stretch
from bialign.errors import BialignError, CorpusError, NotFound
from bialign.store.beads import SIDES
from bialign.web import changes, making
from bialign.web.answers import answer, messages, refusal
from bialign.web.api import session_of
from bialign.web.jobs import Job
from bialign.web.session import Session
from bialign.web.uploads import keep, look, named_as_dropped
from bialign.web.views import entry_of, thousandths

_SHOWN = 200
"""Places that a preview shows."""


async def upload(request: Request) -> Response:
    """Keep dropped files and tell what each holds; one that cannot be read is told of beside the others."""
    session, say = session_of(request), messages(request)
    async with request.form(max_files=20) as form:
        files = [file for file in form.getlist("files") if isinstance(file, UploadFile)]
        kept = [await run_in_threadpool(keep, session.uploads, file) for file in files]
    told = []
    for one in kept:
        try:
            told.append(await run_in_threadpool(look, one))
        except (BialignError, OSError, MemoryError) as error:
            told.append({"name": one.name, **refusal(named_as_dropped(error, one), say)})
            session.uploads.forget(one.id)
    return answer(told)


class Look(msgspec.Struct, forbid_unknown_fields=True):
    """Hold how a file is to be read."""

    encoding: str = ""
    lang: str = ""


async def look_again(request: Request) -> Response:
    """Tell what a file holds if it is read in another encoding or language."""
    wanted = msgspec.json.decode(await request.body(), type=Look)
    one = session_of(request).uploads.get(int(request.path_params["upload"]))
    try:
        return answer(await run_in_threadpool(look, one, wanted.encoding, wanted.lang))
    except LookupError:
        raise CorpusError("no encoding is called {name}", name=wanted.encoding) from None
    except BialignError as error:
        raise named_as_dropped(error, one) from None


async def make(request: Request) -> Response:
    """Begin to make a text of uploaded files."""
    session = session_of(request)
    wanted = msgspec.json.decode(await request.body(), type=making.Wanted)
    if wanted.corpus:
        # told before any work
        making.new_path(session, wanted.corpus)
    return _begun(request, lambda job: making.make(session, wanted, job.progress))


async def example(request: Request) -> Response:
    """Begin to open the example."""
    session = session_of(request)
    return _begun(request, lambda job: making.example(session, job.progress))


class Opened(msgspec.Struct, forbid_unknown_fields=True):
    """Hold the path of a corpus to open, "" to close the one that is open."""

    path: str


async def open_corpus(request: Request) -> Response:
    """Open another corpus, or none."""
    session = session_of(request)
    wanted = msgspec.json.decode(await request.body(), type=Opened)
    if wanted.path:
        await run_in_threadpool(session.open, session.path_of(wanted.path))
    else:
        await run_in_threadpool(session.shut)
    return answer({})


def remove(request: Request) -> Response:
    """Take a text out of the corpus; give the number of that change, by which `restore` brings it back."""
    with session_of(request).needed().corpus() as corpus:
        corpus.remove(entry_of(corpus, int(request.path_params["text"])).name)
        return answer({"event": corpus.last})


class Removal(msgspec.Struct, forbid_unknown_fields=True):
    """Hold the number of the change that took a text out."""

    event: int


async def restore(request: Request) -> Response:
    """Bring a text back that was taken out; refused where something was done since that depends on it."""
    wanted = msgspec.json.decode(await request.body(), type=Removal)
    return await run_in_threadpool(_restore, request, wanted.event)


def _restore(request: Request, event: int) -> Response:
    with session_of(request).needed().corpus() as corpus:
        corpus.undo(event)
        return answer({})


class Stretched(msgspec.Struct, forbid_unknown_fields=True):
    """Hold which beads are to be aligned anew, by the first and last of them; without them all."""

    beads: tuple[int, int] | None = None


async def realign(request: Request) -> Response:
    """Begin to find out what aligning anew would change; nothing is changed."""
    session, text = session_of(request), int(request.path_params["text"])
    wanted = msgspec.json.decode(await request.body(), type=Stretched)
    return _begun(request, partial(_plan, session, text, wanted.beads))


def _plan(session: Session, text: int, beads: tuple[int, int] | None, job: Job) -> dict[str, Any]:
    with session.needed().corpus() as corpus:
        plan = corpus.plan_realign(entry_of(corpus, text).name, beads, progress=job.progress)
        changed = [stretch for stretch in plan.stretches if stretch.changes]
        shown = [_stretch(corpus, stretch) for stretch in changed[:_SHOWN]]
    return {"plan": plan, "count": len(changed), "shown": shown, "moves": len(plan.moves)}


def _stretch(corpus: Corpus, stretch: Stretch) -> dict[str, Any]:
    """Show a place that would change: its sentences, and how they are grouped before and after."""
    texts = [
        [segment.text for bead in stretch.old for segment in corpus.store.beads.segments(bead, side)] for side in SIDES
    ]
    return {
        "bead": stretch.old[0].id,
        "source": texts[0],
        "target": texts[1],
        "old": [[bead.sources, bead.targets, thousandths(bead.probability)] for bead in stretch.old],
        "new": [[sources, targets, thousandths(probability)] for sources, targets, probability, *_ in stretch.new],
    }


class Applied(msgspec.Struct, forbid_unknown_fields=True):
    """Hold the job whose plan is to be carried out, and the last event the page knew of."""

    job: int
    seen: int


async def apply(request: Request) -> Response:
    """Carry out a plan that was shown; refused (409) where somebody has changed the same since."""
    wanted = msgspec.json.decode(await request.body(), type=Applied)
    job = session_of(request).jobs.find(wanted.job)
    if job is None or not isinstance(job.result, dict) or "plan" not in job.result:
        raise NotFound("this plan is no longer there: make it again")
    return await run_in_threadpool(_apply, request, job.result["plan"], wanted.seen)


def _apply(request: Request, plan: Plan, seen: int) -> Response:
    text = int(request.path_params["text"])
    with session_of(request).needed().corpus() as corpus:
        try:
            corpus.realign(plan)
        except CorpusError as error:
            told = refusal(error, messages(request)) | {"kind": "conflict"}
            return answer(told | {"patch": changes.since(corpus, text, seen, corpus.store.who)}, 409)
        return answer({"patch": changes.since(corpus, text, seen, corpus.store.who)})


def _begun(request: Request, work: Any) -> Response:
    return answer({"job": session_of(request).jobs.start(work).id})


def _job(request: Request) -> Job:
    job = session_of(request).jobs.find(int(request.path_params["job"]))
    if job is None:
        raise NotFound("this work is no longer known: begin it again")
    return job


async def job_state(request: Request) -> Response:
    """Tell how far a job is, what it gave, or why it failed."""
    job, say = _job(request), messages(request)
    told: dict[str, Any] = {"state": job.state, "stage": say(job.stage), "share": job.share, "left": job.seconds_left}
    if isinstance(job.result, dict):
        told["result"] = {name: value for name, value in job.result.items() if name != "plan"}
        told["result"]["remarks"] = [say(one.template, **one.fields) for one in job.result.get("remarks", ())]
    if job.error is not None:
        told |= refusal(job.error, say)
    return answer(told)


async def job_stop(request: Request) -> Response:
    """Ask a job to end."""
    _job(request).stop()
    return answer({})


ROUTES = [
    Route("/api/uploads", upload, methods=["POST"]),
    Route("/api/uploads/{upload:int}", look_again, methods=["POST"]),
    Route("/api/make", make, methods=["POST"]),
    Route("/api/example", example, methods=["POST"]),
    Route("/api/open", open_corpus, methods=["POST"]),
    Route("/api/restore", restore, methods=["POST"]),
    Route("/api/texts/{text:int}/remove", remove, methods=["POST"]),
    Route("/api/texts/{text:int}/realign", realign, methods=["POST"]),
    Route("/api/texts/{text:int}/apply", apply, methods=["POST"]),
    Route("/api/jobs/{job:int}", job_state),
    Route("/api/jobs/{job:int}/stop", job_stop, methods=["POST"]),
]
