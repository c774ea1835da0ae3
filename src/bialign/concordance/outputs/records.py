"""Hits and renderings as flat records, the same for every kind of table; and a search read back from one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bialign.concordance.hits import Hit, Page
from bialign.concordance.query import Query, from_json
from bialign.concordance.renderings import Renderings
from bialign.errors import FormatError

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Recipe:
    """Hold a search that can be done again, and the corpus as it stood then."""

    query: Query
    corpus: str
    sort: tuple[str, ...] = ()
    sample: int = 0
    seed: int = 0


def records(found: Page | Renderings, examples: Page | None = None) -> Iterator[Record]:
    """Give a record for each hit, or for each rendering with its examples."""
    if isinstance(found, Page):
        search = search_of(found)
        yield from (_hit(hit, found, search) for hit in found)
        return
    shown = iter(examples or ())
    for group in found.groups:
        yield {
            "rendering": group.lemma,
            "lang": group.lang,
            "count": group.count,
            "share": group.share,
            "score": group.score,
            "forms": dict(group.forms),
            "bitexts": dict(group.bitexts),
            "beads": [occurrence.bead for occurrence in group.examples],
            "examples": [_example(hit) for _, hit in zip(group.examples, shown, strict=False)],
            "hits": found.hits,
            "looked_at": found.looked_at,
            "none": found.none,
            "corpus": found.corpus,
            "search": {"query": found.query.to_json()},
        }


def search_of(page: Page) -> Record:
    """Give what is needed to search again."""
    search: Record = {"query": page.query.to_json()}
    if page.sort:
        search["sort"] = list(page.sort)
    if page.sample:
        search |= {"sample": page.sample, "seed": page.seed}
    return search


def _hit(hit: Hit, page: Page, search: Record) -> Record:
    return {
        "number": hit.number + 1,
        "left": hit.left,
        "node": hit.node,
        "right": hit.right,
        "source": hit.source,
        "target": hit.target,
        "side": hit.side,
        "start": hit.start,
        "stop": hit.stop,
        "pieces": [list(piece) for piece in hit.pieces],
        "citation": hit.citation(),
        "source_title": hit.source_title,
        "source_place": hit.source_place,
        "target_title": hit.target_title,
        "target_place": hit.target_place,
        "bitext": hit.bitext,
        "bead": hit.bead,
        "type": hit.type,
        "probability": hit.probability,
        "status": hit.status,
        "corpus": page.corpus,
        "search": search,
    }


def _example(hit: Hit) -> str:
    return f"{hit.source} | {hit.target} ({hit.citation()})"


def read_recipe(path: Path) -> Recipe:
    """Read the search that a file of ours came of. Raises FormatError where it holds none."""
    try:
        suffix = path.suffix.lower()
        found = _from_workbook(path) if suffix == ".xlsx" else _from_text(path.read_text(encoding="utf-8"), suffix)
        search = found["search"]
        search = json.loads(search) if isinstance(search, str) else search
        sort, sample, seed = search.get("sort", ()), search.get("sample", 0), search.get("seed", 0)
        return Recipe(from_json(search["query"]), str(found["corpus"]), tuple(map(str, sort)), int(sample), int(seed))
    except (AttributeError, ValueError, KeyError, TypeError, IndexError, StopIteration) as error:
        raise FormatError(path, "this file holds no search of bialign's") from error


def _from_text(text: str, suffix: str) -> Record:
    if suffix == ".html":
        found = re.search(r'<script type="application/json" id="search">(.*?)</script>', text, re.DOTALL)
        return dict(json.loads(found[1])) if found else {}
    lines = text.split("\n")
    if suffix == ".tsv":
        return dict(zip(lines[0].split("\t"), lines[1].split("\t"), strict=True))
    return dict(json.loads(lines[0]))


def _from_workbook(path: Path) -> Record:
    import zipfile

    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True)
    except (zipfile.BadZipFile, KeyError) as error:
        raise ValueError(str(error)) from error
    try:
        rows = book.worksheets[0].iter_rows(values_only=True, max_row=2)
        names, values = next(rows), next(rows)
    finally:
        book.close()
    return {str(name): value for name, value in zip(names, values, strict=True)}
