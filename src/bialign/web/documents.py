"""The texts of the corpus with what can be counted of them, for the page that lists them."""

from __future__ import annotations

from pathlib import PureWindowsPath
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bialign.corpus import BitextInfo, Corpus
from bialign.store import listing
from bialign.store.listing import Counts
from bialign.store.lookup import Lookup
from bialign.web.answers import answer
from bialign.web.api import session_of
from bialign.web.session import Session


def documents(request: Request) -> Response:
    """Tell of all texts: beads by what people said of them, what has no counterpart, segments and words."""
    session = session_of(request)
    pool = session.needed()
    with pool.corpus() as corpus, corpus.store.database.snapshot():
        counted = listing.counts(corpus.store.database)
        lookup = Lookup(corpus.store.database, corpus.store.beads)
        lookup.refresh()
        texts = [_text(session, corpus, lookup, info, counted[info.id]) for info in corpus.bitexts()]
        told = {"title": corpus.title, "path": session.shown(corpus.path), "last": corpus.last, "texts": texts}
    return answer(told | {"readOnly": pool.read_only})


def _text(session: Session, corpus: Corpus, lookup: Lookup, info: BitextInfo, counts: Counts) -> dict[str, Any]:
    sides = (info.source, info.target)
    return {
        "id": info.id,
        "name": info.name,
        "langs": [side.lang for side in sides],
        "titles": [side.title or side.name for side in sides],
        "files": [PureWindowsPath(side.origin).name for side in sides],
        "beads": counts.beads,
        "status": counts.by_status,
        "doubtful": counts.doubtful,
        "omissions": counts.omissions,
        "additions": counts.additions,
        "moves": counts.moves,
        "segments": counts.segments,
        "words": [
            _words(session, corpus, lookup, side.id, corrected)
            for side, corrected in zip(sides, counts.corrected, strict=True)
        ],
    }


def _words(session: Session, corpus: Corpus, lookup: Lookup, document: int, corrected: int) -> int:
    """Count the words of a document; kept until its text is corrected, as a long one takes a while to read."""
    key = (corpus.store.meta("uuid"), document, corrected)
    if key not in session.words:
        session.words[key] = lookup.words_in(document)
    return session.words[key]


ROUTES = [Route("/api/documents", documents)]
