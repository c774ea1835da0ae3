"""The glossary at work as JSON: what the check finds, renderings, candidates; terms and words of beads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bialign.cli.messages import Messages
from bialign.corpus import Corpus
from bialign.errors import NotFound
from bialign.store import listing
from bialign.termbase import Concept, Termbase
from bialign.web.answers import answer, messages
from bialign.web.api import session_of
from bialign.web.glossary import glossary_of
from bialign.web.hits import clipped
from bialign.web.jobs import Job
from bialign.web.links import word_links
from bialign.web.session import Session
from bialign.web.views import beads_by_id, entry_of

if TYPE_CHECKING:
    from bialign.terms import Example, Finding
    from bialign.terms.extraction import Candidate

_FINDINGS, _CANDIDATES, _RENDERINGS = 1_000, 300, 100
_LARGEST = 100_000
"""Beads of a text from which it is checked on the command line only: all of it is read at once."""
_ROWS = 200
_SHOWN = 600
"""Letters of each side that are shown of a bead where something was found."""

Json = dict[str, Any]


# --- the check ---


class Checked(msgspec.Struct, forbid_unknown_fields=True):
    """Hold which texts are to be checked, by their names; none are all. `ignored` tells to give what is ignored too."""

    names: list[str] = []
    ignored: bool = False


async def check(request: Request) -> Response:
    """Begin to check texts against the glossary."""
    wanted = msgspec.json.decode(await request.body(), type=Checked)
    session = session_of(request)
    return answer({"job": session.jobs.start(partial(_check, session, wanted, messages(request))).id})


def _check(session: Session, wanted: Checked, say: Messages, job: Job) -> Json:
    with session.needed().corpus() as corpus:
        entries = [one for one in corpus.store.contents.entries() if not wanted.names or one.name in wanted.names]
        large = [one.name for one in entries if one.beads > _LARGEST]
        entries = [one for one in entries if one.beads <= _LARGEST]
        ignored = corpus.ignored()
        found: list[Json] = []
        all, done = max(1, sum(one.beads for one in entries)), 0
        for entry in entries:
            job.progress("check", done / all)
            for finding in corpus.check_terms([entry.name], ignored=wanted.ignored):
                job.progress("check", (done + finding.bead) / all)
                if finding.severity != "tolerated" and len(found) <= _FINDINGS:
                    told = finding_json(finding, say, ignored.get(finding.key))
                    found.append(told | _texts(corpus, finding) | {"text": entry.id})
            done += entry.beads
        return {"findings": found[:_FINDINGS], "more": len(found) > _FINDINGS, "large": large, "last": corpus.last}


def finding_json(finding: Finding, say: Messages, note: str | None = None) -> Json:
    """Tell of a finding in the language of the page; `note` is why it is ignored, None for one that is not."""
    fields = {name: say(value) if isinstance(value, str) else value for name, value in finding.fields.items()}
    return {
        "key": finding.key,
        "rule": finding.rule,
        "severity": finding.severity,
        "said": say(finding.template, **fields),
        "bead": finding.id,
        "row": finding.bead,
        "name": finding.document,
        "concept": finding.concept,
        "ignored": note is not None,
        "note": note or "",
        "spans": [finding.source, finding.target],
    }


def _texts(corpus: Corpus, finding: Finding) -> Json:
    """Give both texts of a finding's bead with what it is about, as much as a page shows."""
    store = corpus.store
    bead = store.beads.find(finding.id or 0)
    if bead is None:
        return {"sides": []}
    texts = [" ".join(one.text for one in store.beads.segments(bead, side)) for side in ("source", "target")]
    return {"sides": [_side(text, spans) for text, spans in zip(texts, (finding.source, finding.target), strict=True)]}


def _side(text: str, spans: Iterable[tuple[int, int]]) -> Json:
    spans = list(spans)
    text, cut = clipped(text, spans[0][0] if spans else 0, _SHOWN)
    return {"text": text, "cut": cut, "marks": [[start - cut, stop - cut] for start, stop in spans if start >= cut]}


class Verdict(msgspec.Struct, forbid_unknown_fields=True):
    """Hold what is said of a finding: that it is to be ignored, with a note, or no longer."""

    key: str
    ignore: bool = True
    note: str = ""


async def judge(request: Request) -> Response:
    """Ignore a finding, or tell of it again."""
    wanted = msgspec.json.decode(await request.body(), type=Verdict)
    return await run_in_threadpool(_judge, request, wanted)


def _judge(request: Request, wanted: Verdict) -> Response:
    with session_of(request).needed().corpus() as corpus:
        if wanted.ignore:
            corpus.ignore(wanted.key, wanted.note)
        elif wanted.key in corpus.ignored():
            corpus.unignore(wanted.key)
        return answer({"last": corpus.last})


# --- renderings ---


def renderings(request: Request) -> Response:
    """Tell how a concept is rendered in the corpus: counts, forms, texts, examples."""
    query = request.query_params
    side = "target" if query.get("side") == "target" else "source"
    with session_of(request).needed().corpus() as corpus:
        found = corpus.renderings(query.get("concept", ""), side="target" if side == "target" else "source")
        ids = {name: id for id, name in listing.names(corpus.store.database).items()}
    told = [
        {
            "text": one.text,
            "status": one.status,
            "count": one.count,
            "share": one.share,
            "forms": one.forms[:12],
            "documents": one.documents[:12],
            "years": one.years[:12],
            "examples": [_example(example, side, ids) for example in one.examples],
        }
        for one in found.renderings[:_RENDERINGS]
    ]
    return answer(
        {
            "renderings": told,
            "places": found.places,
            "looked": found.looked_at,
            "none": found.none,
            "doubtful": found.doubtful,
            "terms": found.terms,
            "unused": found.unused,
            "missing": [_example(example, side, ids) for example in found.missing[:10]],
        }
    )


def _example(example: Example, side: str, ids: dict[str, int]) -> Json:
    spans = (example.here, example.there) if side == "source" else (example.there, example.here)
    texts = zip((example.source, example.target), spans, strict=True)
    sides = [_side(text, [span] if span[1] > span[0] else []) for text, span in texts]
    return {"sides": sides, "text": ids.get(example.bitext, 0), "name": example.bitext, "bead": example.id}


# --- candidates ---


async def extract(request: Request) -> Response:
    """Begin to look for candidates for the glossary."""
    session = session_of(request)
    return answer({"job": session.jobs.start(partial(_extract, session)).id})


def _extract(session: Session, job: Job) -> Json:
    with session.needed().corpus() as corpus:
        job.progress("extract", 0)
        found = corpus.candidates(_CANDIDATES, progress=lambda share: job.progress("extract", share))
        ids = {name: id for id, name in listing.names(corpus.store.database).items()}
    # whole candidates stay here until some are accepted: see `plan` of realigning
    return {"plan": found, "candidates": [_candidate(one, ids) for one in found]}


def _candidate(one: Candidate, ids: dict[str, int]) -> Json:
    def expression(each: Any) -> Json:
        return {"text": each.text, "lang": each.lang, "kind": each.kind, "count": each.count, "forms": each.forms[:8]}

    evidence = [
        {
            "sides": [_side(each.source, [each.source_span]), _side(each.target, [each.target_span])],
            "text": ids.get(each.bitext, 0),
            "name": each.bitext,
            "bead": each.bead,
        }
        for each in one.evidence
    ]
    return {
        "key": one.key,
        "kind": one.kind,
        "score": one.score,
        "count": one.count,
        "source": expression(one.source),
        "target": expression(one.target),
        "also": [expression(each) for each in one.also[:8]],
        "confidence": one.measures.confidence,
        "evidence": evidence,
    }


class Decided(msgspec.Struct, forbid_unknown_fields=True):
    """Hold what is said of a candidate that a job has found; `texts` are its two expressions as they were changed."""

    job: int
    key: str
    accept: bool
    texts: tuple[str, str] | None = None


async def decide(request: Request) -> Response:
    """Take a candidate into the glossary, or refuse it."""
    wanted = msgspec.json.decode(await request.body(), type=Decided)
    return await run_in_threadpool(_decide, request, wanted)


def _decide(request: Request, wanted: Decided) -> Response:
    session = session_of(request)
    job = session.jobs.find(wanted.job)
    kept = job.result["plan"] if job is not None and isinstance(job.result, dict) and "candidates" in job.result else []
    candidate = next((one for one in kept if one.key == wanted.key), None)
    if candidate is None:
        raise NotFound("this candidate is no longer known: look for them again")
    with session.needed().corpus() as corpus:
        if not wanted.accept:
            corpus.reject(wanted.key)
            return answer({"last": corpus.last, "id": ""})
        if wanted.texts and all(text.strip() for text in wanted.texts):
            texts = [" ".join(text.split()) for text in wanted.texts]
            source, target = replace(candidate.source, text=texts[0]), replace(candidate.target, text=texts[1])
            candidate = replace(candidate, source=source, target=target)
        return answer({"id": corpus.accept(candidate)[0], "last": corpus.last})


# --- beads ---


def marks(request: Request) -> Response:
    """Tell which terms stand in some beads, and their entries in short."""
    ids = _numbers(request, "ids")
    with session_of(request).needed().corpus() as corpus:
        termbase = glossary_of(corpus)
        if termbase is None:
            return answer({"beads": {}, "concepts": {}, "glossary": False})
        text = int(request.path_params["text"])
        entry = entry_of(corpus, text)
        documents = listing.documents(corpus.store.database)
        langs = documents[entry.source].lang or "en", documents[entry.target].lang or "es"
        beads = beads_by_id(corpus, text, ids)
    concepts: dict[str, Json] = {}
    told = {}
    for bead in beads:
        sides = [_marks(termbase, bead[name], lang, concepts) for name, lang in zip("st", langs, strict=True)]
        if any(sides):
            told[str(bead["id"])] = sides
    return answer({"beads": told, "concepts": concepts})


def _numbers(request: Request, name: str) -> list[int]:
    return [int(each) for each in request.query_params.get(name, "").split(",") if each][:_ROWS]


def _marks(termbase: Termbase, segments: list[Any], lang: str, concepts: dict[str, Json]) -> list[tuple[int, int, str]]:
    text = " ".join(segment[1] for segment in segments)
    found = termbase.find(text, lang)
    for hit in found:
        concepts.setdefault(hit.concept.id, _short(hit.concept, termbase))
    return [(hit.start, hit.stop, hit.concept.id) for hit in found]


def _short(concept: Concept, termbase: Termbase) -> Json:
    terms = [[term.text, term.lang, term.status] for lang in termbase.languages for term in concept.terms_in(lang)]
    return {"terms": terms[:12], "definition": dict(concept.definition), "subject": concept.subject}


def findings(request: Request) -> Response:
    """Tell what the check finds in the beads of some rows; nothing in texts too large to be read at once."""
    rows = sorted(set(_numbers(request, "rows")))
    with session_of(request).needed().corpus() as corpus:
        entry = entry_of(corpus, int(request.path_params["text"]))
        if glossary_of(corpus) is None or entry.beads > _LARGEST:
            return answer([])
        found: list[Finding] = []
        for start, stop in _runs(rows):
            found += corpus.check_terms([entry.name], start=start, limit=stop - start)
    say = messages(request)
    return answer([finding_json(one, say) for one in found if one.severity != "tolerated"][:_FINDINGS])


def _runs(rows: list[int]) -> list[tuple[int, int]]:
    """Give runs of numbers that follow each other, as start and stop.

    >>> _runs([3, 4, 5, 9])
    [(3, 6), (9, 10)]
    """
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][1] == row:
            runs[-1] = runs[-1][0], row + 1
        else:
            runs.append((row, row + 1))
    return runs


def links(request: Request) -> Response:
    """Give the links between the words of a bead: letters in the segments of each side, joined by spaces."""
    with session_of(request).needed().corpus() as corpus:
        return answer(word_links(corpus, int(request.path_params["bead"])))


ROUTES = [
    Route("/api/terms/check", check, methods=["POST"]),
    Route("/api/terms/judge", judge, methods=["POST"]),
    Route("/api/terms/renderings", renderings),
    Route("/api/terms/extract", extract, methods=["POST"]),
    Route("/api/terms/decide", decide, methods=["POST"]),
    Route("/api/texts/{text:int}/terms", marks),
    Route("/api/texts/{text:int}/findings", findings),
    Route("/api/beads/{bead:int}/links", links),
]
