"""The sections of a report, in their order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bialign.study.report.alignment import Alignment
from bialign.study.report.blocks import Part
from bialign.study.report.terms import Terms
from bialign.study.report.texts import Texts
from bialign.study.saying import Saying
from bialign.study.sources import Groups

if TYPE_CHECKING:
    from bialign.corpus import Corpus


def parts_of(corpus: Corpus, say: Saying, *, seed: int, groups: Groups, names: Sequence[str]) -> list[Part]:
    """Give the parts that a report on a corpus has."""
    return [Texts(corpus, say), Alignment(say), Terms(corpus, say, seed)]
