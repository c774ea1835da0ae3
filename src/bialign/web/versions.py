"""Versions of one text as JSON: which documents of the corpus are shared, rows side by side, what was measured."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bialign.corpus import Corpus
from bialign.corpus.names import file_name
from bialign.errors import CorpusError
from bialign.formats.files import write_whole
from bialign.study.saying import Saying
from bialign.study.versions.corpora import Base, base_of, bases, collation_of
from bialign.study.versions.measures import Variation, most_different, summaries, variations
from bialign.study.versions.model import Collation
from bialign.study.versions.outputs import SUFFIXES, output_of_collation
from bialign.study.versions.outputs.marks import parts_of
from bialign.study.versions.outputs.page import label
from bialign.study.versions.tables import summary_table
from bialign.web.answers import answer, language
from bialign.web.api import session_of

_ROWS = 200
"""Rows that are given at once, and passages that are shown as the most different."""
_WITH_VECTORS = 3_000
"""Rows up to which meanings are compared for a page: a thousand take some seconds."""
_KEPT = 4

Compared = tuple[Collation, list[Variation]]
_kept: dict[tuple[str, int], Compared] = {}
_lock = threading.Lock()


def _compared(corpus: Corpus, base: Base) -> Compared:
    """Bring a base and its versions into rows and measure them, once for each state of the corpus."""
    key = (corpus.version, base.document.id)
    with _lock:
        if key not in _kept:
            collation = collation_of(corpus, base)
            vectors = len(collation.rows) <= _WITH_VECTORS
            found = variations(collation, termbase=corpus.glossary() or None, vectors=vectors)
            while len(_kept) >= _KEPT:
                del _kept[next(iter(_kept))]
            _kept[key] = collation, found
        return _kept[key]


def shared(request: Request) -> Response:
    """Tell which documents several texts share."""
    pool = session_of(request).needed()
    with pool.corpus() as corpus:
        found = [_base(base) for base in bases(corpus)]
        return answer({"title": corpus.title, "last": corpus.last, "bases": found})


def _base(base: Base) -> dict[str, Any]:
    document = base.document
    return {
        "id": document.id,
        "name": document.name,
        "title": document.title or document.name,
        "lang": document.lang,
        "texts": [{"id": info.id, "name": info.name} for info in base.bitexts],
    }


def rows(request: Request) -> Response:
    """Give rows of a base from `start` on, or with ``order=different`` those whose words differ most."""
    query, say = request.query_params, Saying(language(request))
    with session_of(request).needed().corpus() as corpus:
        base = base_of(corpus, str(request.path_params["base"]))
        collation, found = _compared(corpus, base)
    start = max(0, int(query.get("start", 0)))
    distances = {one.row: one.words.share for one in most_different(found, _ROWS) if one.words}
    if query.get("order") == "different":
        # a row with several pairs stands where its most different pair does
        numbers = list(dict.fromkeys(one.row for one in most_different(found, _ROWS)))
    else:
        numbers = list(range(start, min(start + _ROWS, len(collation.rows))))
    moved = collation.moved_to()
    told = [_row(collation, number, distances.get(number), moved) for number in numbers]
    summed = summary_table(collation, summaries(collation, found))
    places = [at for at in range(2, len(summed.columns)) if any(row[at] is not None for row in summed.rows)]
    columns = [summed.columns[at] for at in places]
    return answer(
        _base(base)
        | {
            "versions": [{"name": one.name, "lang": one.document.lang} for one in collation.versions],
            "count": len(collation.rows),
            "rows": told,
            "measures": [
                {"name": label(column, say), "meaning": "; ".join(say(text) for text in _meaning(column) if text)}
                for column in columns
            ],
            "pairs": [{"names": row[:2], "values": [row[at] for at in places]} for row in summed.rows],
        }
    )


def _meaning(column: Any) -> tuple[str, ...]:
    return (column.meaning, column.unit, column.formula, column.source, column.caveat)


def _row(
    collation: Collation, number: int, distance: float | None, moved: Mapping[tuple[int, int], int]
) -> dict[str, Any]:
    row = collation.rows[number]
    return {
        "number": number + 1,
        "type": row.type,
        "p": round(1000 * row.probability),
        "distance": distance,
        "moved": [moved.get((number, version), -1) + 1 for version in range(len(collation.versions))],
        "cells": [
            [[part.mark, (" " if place and not part.glued else "") + part.text] for place, part in enumerate(parts)]
            for parts in parts_of(collation, row)
        ],
    }


def export(request: Request) -> Response:
    """Give the versions of a base as a file."""
    suffix = f".{request.path_params['format']}"
    if suffix not in SUFFIXES:
        raise CorpusError("no format is called {name}", name=suffix[1:])
    with (
        session_of(request).needed().corpus() as corpus,
        tempfile.TemporaryDirectory(prefix="bialign-") as folder,
    ):
        base = base_of(corpus, str(request.path_params["base"]))
        collation, found = _compared(corpus, base)
        path = Path(folder) / f"{file_name(base.document.name)}{suffix}"
        write_whole([output_of_collation(collation, found, path, ui_lang=language(request))])
        data = path.read_bytes()
    named = f"attachment; filename*=UTF-8''{quote(path.name)}"
    return Response(data, media_type="application/octet-stream", headers={"Content-Disposition": named})


ROUTES = [
    Route("/api/versions", shared),
    Route("/api/versions/{base:int}", rows),
    Route("/api/versions/{base:int}/export/{format:str}", export),
]
