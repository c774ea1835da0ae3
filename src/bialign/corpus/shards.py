"""Parquet files and folders of them into a corpus: a bitext for each document, a few thousand beads at once."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bialign.bitext import Bead, Document, Extra, Span
from bialign.corpus.names import readable
from bialign.corpus.recipes import hashes_of, recipe_of, sha256_of
from bialign.formats.streams import Item
from bialign.readers.bilingual.moves import Moved, moves_of
from bialign.readers.bilingual.shards import shards_of, stream
from bialign.readers.bilingual.units import cut_into, named
from bialign.store import Pair, intake

if TYPE_CHECKING:
    from bialign.corpus import Corpus


def add_shards(
    corpus: Corpus,
    path: Path,
    langs: tuple[str, str] = ("", ""),
    *,
    prefix: str = "",
    progress: Callable[[float], None] | None = None,
) -> Iterator[tuple[str, bool]]:
    """Bring in a Parquet file or a folder of them; give the name of each bitext, and whether it is new.

    Documents must stand together. Each comes in whole or not at all, so that what breaks off can be gone on with: what
    is in of the same files is passed over. Raises what reading does, and CorpusError where a name is taken.
    """
    found = stream(path, *langs, progress=progress)
    recipe = _recipe(path, langs)
    known = {name for name, told in corpus.recipes() if _key(told) == _key(json.loads(recipe))}
    items = (item for batch in found.batches() for item in batch.items)
    yield from add_items(corpus, items, found.langs, recipe=recipe, prefix=prefix, known=known)


def _key(recipe: dict[str, Any]) -> tuple[object, ...]:
    """Give what two recipes share that are of the same files and options, on whatever day."""
    return recipe["how"], hashes_of(recipe), recipe["options"]


def _recipe(path: Path, langs: tuple[str, str]) -> str:
    files = shards_of(path)
    options: dict[str, object] = {"source_lang": langs[0], "target_lang": langs[1], "encoding": None}
    if len(files) > 1:
        # thousands of hashes in each of thousands of recipes would outweigh the texts
        whole = hashlib.sha256("\n".join(sha256_of(file) for file in files).encode("ascii")).hexdigest()
        options |= {"shards": len(files), "sha256_of_sha256s": whole}
        files = files[:1]
    return recipe_of("read", tuple(files), options)


def add_items(
    corpus: Corpus,
    items: Iterable[Item],
    langs: tuple[str, str],
    *,
    recipe: str = "",
    prefix: str = "",
    known: Iterable[str] = (),
) -> Iterator[tuple[str, bool]]:
    """Bring in items, a bitext for each document; those of a `known` name are passed over."""
    known, given = set(known), recipe or recipe_of("given")
    for doc, group in itertools.groupby(items, lambda item: item.doc):
        name = readable(f"{prefix}{doc}")
        if name in known:
            yield name, False
            continue
        sides = (
            Document(f"{name}.{langs[0] or 'source'}", langs[0], name, "", encoding=""),
            Document(f"{name}.{langs[1] or 'target'}", langs[1], name, "", encoding=""),
        )
        moved: list[Moved] = []
        with corpus.store.edit("add") as edit:
            id = intake.add_pairs(edit, name, sides, _pairs(group, langs, name, moved), given)
            edit.fill("move", [intake.move_row(id, move) for move in moves_of(moved)])
        known.add(name)
        yield name, True


def _pairs(items: Iterable[Item], langs: tuple[str, str], name: str, moved: list[Moved]) -> Iterator[Pair]:
    at = [0, 0]
    for item in items:
        sides = [
            cut_into(texts, size, lang)
            for texts, size, lang in zip((item.source, item.target), item.sizes, langs, strict=True)
        ]
        if not sides[0] and not sides[1]:
            continue
        spans = Span(at[0], at[0] + len(sides[0])), Span(at[1], at[1] + len(sides[1]))
        at = [spans[0].stop, spans[1].stop]
        if item.moved_to and not all(sides):
            chance = 1.0 if item.move_probability is None else item.move_probability
            moved.append(Moved(item.id, item.moved_to, chance, *spans))
        extras = tuple(extra for extra in item.extras if extra.kind != "id")
        kept: tuple[Extra, ...] = named(Bead(*spans, extras=extras), name, item.id).extras
        yield Pair(sides[0], sides[1], item.probability, item.status, item.reason, kept)
