"""The sections of a report, in their order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bialign.study.report.alignment import Alignment
from bialign.study.report.annotated import Annotated
from bialign.study.report.audited import Audited
from bialign.study.report.blocks import Part, typed
from bialign.study.report.decided import Decided
from bialign.study.report.measured import Definitions, Indicators
from bialign.study.report.terms import Terms
from bialign.study.report.texts import Texts
from bialign.study.saying import Saying

if TYPE_CHECKING:
    from bialign.corpus import Corpus


def parts_of(corpus: Corpus, say: Saying, *, count: int, seed: int, names: Sequence[str] = ()) -> list[Part]:
    """Give the parts that a report on `count` texts of a corpus has; `names` are those that were asked for, if any."""
    from bialign.study import indicators
    from bialign.words.vectors import WordVectors

    # words are looked at by three parts: what is known of their pieces is remembered once
    path, vectors = typed(corpus.path.name, names), WordVectors()
    links = max(indicators.FEWEST_LINKS, indicators.LINKS // count)
    counting = indicators.Counting(termbase=corpus.glossary(), links=links, seed=seed, vectors=vectors)
    return [
        Texts(corpus, say, counting),
        Alignment(say),
        Audited(corpus, say),
        Decided(say, path, vectors),
        Indicators(counting, say, path, seed),
        Terms(corpus, say, path, seed, vectors),
        Annotated(corpus, say, seed),
        Definitions(counting, say),
    ]
