"""A file that holds both languages into a corpus."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bialign.corpus.recipes import recipe_of
from bialign.readers.bilingual import read_bitext

if TYPE_CHECKING:
    from bialign.corpus import Corpus
    from bialign.corpus.adding import Settings


def add_bilingual(corpus: Corpus, path: Path, name: str, settings: Settings) -> str:
    """Bring in a translation memory, table or the like as it is, one bead a unit; give the bitext's name.

    Raises what `read_bitext` does, and CorpusError where the name is taken.
    """
    langs = {f"{side}_lang": str(settings.align.get(f"{side}_lang", "")) for side in ("source", "target")}
    bitext = read_bitext(path, encoding=settings.encoding, **langs)
    recipe = recipe_of("read", (path,), {**langs, "encoding": settings.encoding}, signature=bitext.signature)
    return corpus.add_bitext(replace(bitext, id=name or bitext.id), recipe=recipe)
