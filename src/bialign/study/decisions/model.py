"""A translator's decision as a value: its type, where it stands, how sure it is; and what a study of texts found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Type = Literal["kept", "split", "joined", "recut", "omitted", "added", "moved", "reordered"]
"""What was done with sentences of the original.

kept: one sentence became one. split: one became several. joined: several became one. recut: several became several
with their borders elsewhere. omitted: it has no translation. added: the translation has no original. moved: it is
translated at another place. reordered: inside a bead, parts follow each other in another order.
"""
TYPES: tuple[Type, ...] = get_args(Type)

Aside = Literal["", "layout", "end", "signs", "splitting", "rejected"]
"""Why a row does not count as a decision of the translator; "" where it does.

layout: a running head, a page number. end: text without counterpart before the first or after the last pair of the
two texts, as title pages and imprints are. signs: no letters. splitting: the sentences were cut differently by a
splitter, where the texts themselves have no other border. rejected: a person called the bead wrong.
"""
ASIDES: tuple[Aside, ...] = get_args(Aside)[1:]


@dataclass(frozen=True, slots=True)
class Passage:
    """Hold one side of a decision: its text, its citation, and where in the document it begins.

    `sentence` and `paragraph` are numbers from 1, `sentences` says how many there are, `position` is the share of the
    text (0 to 1, by characters) that lies before it. Without sentences, it is the place where they would stand.
    """

    text: str
    place: str
    sentence: int
    sentences: int
    paragraph: int
    position: float


@dataclass(frozen=True, slots=True)
class Decision:
    """Hold one decision of a translator.

    `bead` is the id of its (first) bead and `beads` how many it takes up. Each bead has one decision that is `primary`
    and perhaps others. `probability` is the aligner's, that the bead is right. `passage` numbers what was omitted,
    added or moved in one piece, within its text. `moved_to` is the id of the bead where a moved passage is translated.
    `crossing` is the share of crossing word links, see `order`. A row that is set `aside` says why.
    """

    text: str
    groups: Mapping[str, str]
    type: Type
    primary: bool
    aside: Aside
    bead: int
    beads: int
    source: Passage
    target: Passage
    probability: float
    status: str
    moved_to: int | None = None
    passage: int | None = None
    crossing: float | None = None

    @property
    def confirmed(self) -> bool:
        """Tell whether a person confirmed the bead; otherwise the decision is inferred."""
        return self.status == "confirmed"

    @property
    def weight(self) -> float:
        """Give what the decision adds to an expected count: 1 where a person confirmed it, else its probability."""
        return 1.0 if self.confirmed else self.probability


@dataclass(frozen=True, slots=True)
class Candidate:
    """Hold a place where the translation may say more (explicitation) or less (implicitation) than the original.

    `kind` is what speaks for it, `evidence` the words that do, `score` how strongly (see `candidates`).
    """

    text: str
    groups: Mapping[str, str]
    shift: Literal["explicitation", "implicitation"]
    kind: str
    evidence: str
    score: float
    bead: int
    source: Passage
    target: Passage
    probability: float
    status: str


@dataclass(frozen=True, slots=True)
class Size:
    """Hold how large a text is: its beads, and its sentences on both sides."""

    text: str
    groups: Mapping[str, str]
    beads: int
    source_sentences: int
    target_sentences: int


@dataclass(frozen=True, slots=True)
class Findings:
    """Hold all that was found in the texts of a study."""

    decisions: tuple[Decision, ...]
    candidates: tuple[Candidate, ...]
    sizes: tuple[Size, ...]
