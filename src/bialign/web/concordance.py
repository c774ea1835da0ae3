"""The concordance as JSON: a page of hits, how many there are, what becomes of them, where they stand; and as files."""

from __future__ import annotations

import contextlib
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote
from weakref import WeakKeyDictionary

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bialign import formats
from bialign.concordance import Concordance, Context, Page
from bialign.concordance.outputs import SUFFIXES
from bialign.corpus import Corpus
from bialign.errors import CorpusError
from bialign.store import Store, listing
from bialign.web.answers import answer, language
from bialign.web.api import session_of
from bialign.web.asked import Asked, asked
from bialign.web.hits import hit_json, rendered_marks
from bialign.web.links import Place, links_of

_KWIC = Context(160)
"""Letters around a hit in a line: more than any window has room for."""
_SECONDS, _COUNTING = 20.0, 1.0
"""Seconds that a search may take, and that the counting of its hits may take."""
_COUNTED = 20_000
_GROUPS, _PARTS, _NAMES = 200, 300, 500
_BEADS = (".tmx", ".docx")
"""Suffixes of files that hold the beads of hits, as an export does."""
_WRITTEN = 100_000
"""Hits that a file gets, as on the command line."""

_kept: WeakKeyDictionary[Store, Concordance] = WeakKeyDictionary()
_running: dict[str, Concordance] = {}
_lock = threading.Lock()


@contextlib.contextmanager
def _concordance(request: Request, seconds: float = _SECONDS) -> Iterator[tuple[Corpus, Concordance]]:
    """Lend a connection and its concordance, which keeps what it has read.

    Whoever types on wants no answer to what was typed before: that search of the same window (`w`) is ended.
    """
    window = request.query_params.get("w", "")
    with session_of(request).needed().corpus() as corpus:
        with _lock:
            if corpus.store not in _kept:
                _kept[corpus.store] = Concordance(corpus.store)
            concordance = _kept[corpus.store]
            if window and window in _running:
                _running[window].stop()
            concordance.seconds, concordance.lang = seconds, language(request)
            _running[window] = concordance
        try:
            yield corpus, concordance
        finally:
            with _lock:
                if _running.get(window) is concordance:
                    del _running[window]


def _page(concordance: Concordance, wanted: Asked, **more: Any) -> Page:
    return concordance.page(
        wanted.query,
        offset=wanted.offset,
        limit=more.pop("limit", wanted.limit),
        sort=wanted.sort,
        sample=wanted.sample,
        seed=wanted.seed,
        **more,
    )


def _texts(corpus: Corpus) -> dict[str, int]:
    return {name: id for id, name in listing.names(corpus.store.database).items()}


def hits(request: Request) -> Response:
    """Give a page of hits."""
    wanted = asked(request.query_params)
    with _concordance(request) as (corpus, concordance):
        page = _page(concordance, wanted, context=_KWIC)
        texts = _texts(corpus)
    told = [hit_json(hit, texts) for hit in page]
    return answer({"hits": told, "offset": page.offset, "more": page.more, "corpus": page.corpus})


def counts(request: Request) -> Response:
    """Count the hits as far as can be done in no time; `whole` tells that these are all."""
    wanted = asked(request.query_params)
    with _concordance(request, _COUNTING) as (_, concordance):
        found = concordance.counts(wanted.query, most=_COUNTED, partial=True)
    return answer({"hits": found.hits, "beads": found.beads, "texts": found.bitexts, "whole": found.whole})


def renderings(request: Request) -> Response:
    """Group the hits by what they become in the translation, with some examples of each."""
    wanted = asked(request.query_params)
    with _concordance(request) as (corpus, concordance):
        found = concordance.renderings(wanted.query, seed=wanted.seed)
        groups = found.groups[:_GROUPS]
        examples = iter(concordance.hits_of(wanted.query, [one for group in groups for one in group.examples], _KWIC))
        texts = _texts(corpus)
    told = [
        {
            "lemma": group.lemma,
            "lang": group.lang,
            "count": group.count,
            "share": group.share,
            "forms": group.forms[:12],
            "texts": len(group.bitexts),
            "examples": [hit_json(next(examples), texts, rendered_marks(one)) for one in group.rendered],
        }
        for group in groups
    ]
    counted = {"hits": found.hits, "looked": found.looked_at, "none": found.none, "all": len(found.groups)}
    return answer({"groups": told, **counted})


def documents(request: Request) -> Response:
    """Tell in which documents the hits are, and how evenly."""
    wanted = asked(request.query_params)
    with _concordance(request) as (_, concordance):
        spread = concordance.dispersion(wanted.query)
    parts = [
        {"name": part.document, "title": part.title, "hits": part.hits, "words": part.words, "rate": part.per_million}
        for part in spread.parts[:_PARTS]
    ]
    return answer({"parts": parts, "all": len(spread.parts), "d": spread.d, "dp": spread.dp})


def scope(request: Request) -> Response:
    """Tell what a search can be narrowed to: names of texts and documents, and languages."""
    with session_of(request).needed().corpus() as corpus:
        database = corpus.store.database
        with database.snapshot():
            documents = listing.documents(database).values()
            names = list(dict.fromkeys([*listing.names(database).values(), *(one.name for one in documents)]))
        told = {
            "title": corpus.title or corpus.path.stem,
            "names": names[:_NAMES],
            "langs": sorted({one.lang for one in documents if one.lang}),
        }
    return answer(told)


def export(request: Request) -> Response:
    """Give hits, or with ``view=renderings`` their renderings, as a file with their citations; or the hits' beads."""
    from bialign.concordance.outputs import write

    suffix = f".{request.path_params['format']}"
    if suffix not in (*SUFFIXES, *_BEADS):
        raise CorpusError("no format is called {name}", name=suffix[1:])
    wanted = asked(request.query_params)
    with _concordance(request, 60.0) as (corpus, concordance), tempfile.TemporaryDirectory(prefix="bialign-") as folder:
        path = Path(folder) / f"concordance{suffix}"
        if suffix in _BEADS:
            page = _page(concordance, replace(wanted, offset=0), limit=_WRITTEN)
            formats.write(corpus.excerpt(hit.bead for hit in page.hits), path, ui_lang=language(request))
        elif request.query_params.get("view") == "renderings":
            found = concordance.renderings(wanted.query, seed=wanted.seed)
            some = concordance.hits_of(wanted.query, [one for group in found.groups for one in group.examples])
            shown = Page(found.query, found.corpus, tuple(some))
            write(found, path, examples=shown, ui_lang=language(request))
        else:
            write(
                _page(concordance, replace(wanted, offset=0), limit=_WRITTEN),
                path,
                ui_lang=language(request),
            )
        data = path.read_bytes()
    named = f"attachment; filename*=UTF-8''{quote(path.name)}"
    return Response(data, media_type="application/octet-stream", headers={"Content-Disposition": named})


async def rendered(request: Request) -> Response:
    """Tell what stands for some hits in their translations: a place in the text of the other side, null for none."""
    wanted = msgspec.json.decode(await request.body(), type=list[Place])
    return await run_in_threadpool(_rendered, request, wanted)


def _rendered(request: Request, wanted: list[Place]) -> Response:
    with session_of(request).needed().corpus() as corpus:
        return answer(links_of(corpus, wanted[:200]))


ROUTES = [
    Route("/api/concordance", hits),
    Route("/api/concordance/counts", counts),
    Route("/api/concordance/renderings", renderings),
    Route("/api/concordance/documents", documents),
    Route("/api/concordance/scope", scope),
    Route("/api/concordance/rendered", rendered, methods=["POST"]),
    Route("/api/concordance/export/{format:str}", export),
]
