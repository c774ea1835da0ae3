"""What reading a glossary gives: the termbase, and what there is to say of its file."""

from __future__ import annotations

from dataclasses import dataclass

from bialign.glossaries.checks import Remark
from bialign.termbase import Termbase


@dataclass(frozen=True, slots=True)
class Loaded:
    """Hold a termbase and the remarks on its file: what was mended or passed over, each with its line."""

    termbase: Termbase
    remarks: tuple[Remark, ...] = ()
