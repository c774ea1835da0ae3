"""Align an English and a Spanish version of a text, sentence by sentence, on your own machine.

>>> from bialign import align_segments, evaluate, split
>>> [segment.text for segment in split("Who asked? Nobody knows.", "en")]
['Who asked?', 'Nobody knows.']
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from bialign.bitext import Anchor, Bead, Bitext, Document, Fix, Move, Reason, Segment, Span
from bialign.errors import BialignError

# `evaluate` and `split` are functions in modules of the same name. Python binds a submodule's name in its package when
# it first loads it, so both are loaded here, once, and the functions put over them; both modules are light.
from bialign.evaluate import Evaluation, Score, evaluate
from bialign.split import split

if TYPE_CHECKING:
    from bialign.aligner import AlignOptions, Constraints
    from bialign.corpus import Corpus
    from bialign.formats.beads import dump_beads, load_beads
    from bialign.pipeline import align, align_segments
    from bialign.readers import read
    from bialign.readers.bilingual import read_bitext
    from bialign.split.exceptions import load_exceptions
    from bialign.split.srx import load_srx
    from bialign.termbase import Concept, Term, Termbase
    from bialign.words import Lexicon, Rendering, WordAligner, align_words, renderings

__version__ = "0.1.0.dev0"

__all__ = [
    "AlignOptions",
    "Anchor",
    "Bead",
    "BialignError",
    "Bitext",
    "Concept",
    "Constraints",
    "Corpus",
    "Document",
    "Evaluation",
    "Fix",
    "Lexicon",
    "Move",
    "Reason",
    "Rendering",
    "Score",
    "Segment",
    "Span",
    "Term",
    "Termbase",
    "WordAligner",
    "__version__",
    "align",
    "align_segments",
    "align_words",
    "dump_beads",
    "evaluate",
    "load_beads",
    "load_exceptions",
    "load_srx",
    "read",
    "read_bitext",
    "renderings",
    "split",
]

_HOMES = {
    "AlignOptions": "bialign.aligner",
    "Concept": "bialign.termbase",
    "Constraints": "bialign.aligner",
    "Corpus": "bialign.corpus",
    "Lexicon": "bialign.words",
    "Rendering": "bialign.words",
    "Term": "bialign.termbase",
    "Termbase": "bialign.termbase",
    "WordAligner": "bialign.words",
    "align": "bialign.pipeline",
    "align_segments": "bialign.pipeline",
    "align_words": "bialign.words",
    "dump_beads": "bialign.formats.beads",
    "load_beads": "bialign.formats.beads",
    "load_exceptions": "bialign.split.exceptions",
    "load_srx": "bialign.split.srx",
    "read": "bialign.readers",
    "read_bitext": "bialign.readers.bilingual",
    "renderings": "bialign.words",
}


def __getattr__(name: str) -> object:
    """Load the module behind a public name when it is first asked for, so that importing bialign stays quick."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(importlib.import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
