"""A file that holds both languages into a corpus."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bialign.bitext import Document
from bialign.corpus.recipes import recipe_of
from bialign.readers.bilingual import read_bitext
from bialign.readers.bilingual.tmx import stream
from bialign.readers.bilingual.units import cut_into
from bialign.readers.source import Source
from bialign.store import Pair

if TYPE_CHECKING:
    from bialign.corpus import Corpus
    from bialign.corpus.adding import Settings


LARGE = 32 * 2**20
"""Bytes from which a translation memory is read piece by piece."""


def add_bilingual(corpus: Corpus, path: Path, name: str, settings: Settings) -> str:
    """Bring in a translation memory, table or the like as it is, one bead a unit; give the bitext's name.

    A large translation memory is read piece by piece. Raises what `read_bitext` does, and CorpusError where the name is
    taken.
    """
    langs = {f"{side}_lang": str(settings.align.get(f"{side}_lang", "")) for side in ("source", "target")}
    if path.suffix.lower() == ".tmx" and path.is_file() and path.stat().st_size > LARGE:
        return _add_memory(corpus, path, name, settings.encoding, langs)
    bitext = read_bitext(path, encoding=settings.encoding, **langs)
    recipe = recipe_of("read", (path,), {**langs, "encoding": settings.encoding}, signature=bitext.signature)
    return corpus.add_bitext(replace(bitext, id=name or bitext.id), recipe=recipe)


def _add_memory(corpus: Corpus, path: Path, name: str, encoding: str | None, langs: dict[str, str]) -> str:
    """Bring in a translation memory of any size, a few thousand units in memory at once."""
    found, units = stream(Source(path, b"", encoding or ""), **langs)
    pairs = (
        Pair(
            cut_into(unit.source, unit.sizes[0] if unit.sizes else len(unit.source), found[0]),
            cut_into(unit.target, unit.sizes[1] if unit.sizes else len(unit.target), found[1]),
            unit.probability,
            unit.status,
            unit.reason,
        )
        for unit in units
    )
    name = name or unicodedata.normalize("NFC", path.stem)
    sides = [
        Document(f"{name}.{lang or side}", lang, name, "", origin=str(path), encoding="")
        for lang, side in zip(found, ("source", "target"), strict=True)
    ]
    recipe = recipe_of("read", (path,), {**langs, "encoding": encoding})
    return corpus.add_pairs(name, pairs, documents=(sides[0], sides[1]), recipe=recipe)
