"""Places where a translation may say more than its original (explicitation), or less (implicitation).

Every finder looks at one side of a bead for what the other has no counterpart of. Seen from the translation, what it
finds are candidates for explicitation; the same seen from the original are candidates for implicitation. The score says
how strongly a sign speaks, from 0 to 1; it is no probability.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bialign.bitext import Bitext
from bialign.study.decisions.aside import hidden_borders
from bialign.study.decisions.complementisers import optional_that
from bialign.study.decisions.facing import Hit, Shift, facing
from bialign.study.decisions.glosses import added_glosses
from bialign.study.decisions.linked import Linked
from bialign.study.decisions.markers import added_connectives
from bialign.study.decisions.naming import Namings, names_of, of_one_side
from bialign.study.decisions.order import is_content
from bialign.study.decisions.surprise import surprises

KINDS = (
    "connective", "name for pronoun", "acronym written out", "acronym given", "bracket", "apposition", "that", "length",
)  # fmt: skip


COVERED = 0.5
"""Share of the content words of the side with fewer of them that must be linked: else the bead is too free, or wrong,
to say which word has no counterpart."""
_FREE = 2
"""Content words without a link that the longer side must have more than the shorter, beside its surprising length."""


def candidates_of(bitext: Bitext, linked: Mapping[int, Linked]) -> Iterator[Hit]:
    """Give the candidates of a text, of which the beads with both sides are given with their links.

    English and Spanish only: of texts in other languages nothing is said but that a bead is of surprising length.
    """
    langs = (bitext.source.lang or "en")[:2].lower(), (bitext.target.lang or "es")[:2].lower()
    if set(langs) == {"en", "es"}:
        mirrored = {number: each.mirrored() for number, each in linked.items()}
        yield from _of_side(mirrored, (langs[1], langs[0]), "explicitation")
        yield from _of_side(linked, langs, "implicitation")
    yield from _by_length(bitext, linked)


def _of_side(linked: Mapping[int, Linked], langs: tuple[str, str], shift: Shift) -> Iterator[Hit]:
    """Give what the sources of beads say that their targets do not."""
    namings = Namings(names_of(of_one_side(linked), langs[0]))
    for number, each in linked.items():
        if coverage(each) < COVERED:
            continue
        seen = facing(each, *langs)
        signs = [*added_connectives(seen), *namings.signs(seen), *added_glosses(seen)]
        if shift == "explicitation":
            for omitted, sign in optional_that(seen):
                yield Hit(number, "implicitation" if omitted else shift, *sign)
        for sign in signs:
            yield Hit(number, shift, *sign)


def _by_length(bitext: Bitext, linked: Mapping[int, Linked]) -> Iterator[Hit]:
    lengths = []
    for number in linked:
        bead = bitext.beads[number]
        if bead.type == "1-1" and hidden_borders(bitext.source_text(bead)) != hidden_borders(bitext.target_text(bead)):
            continue  # a sentence that one side lacks is an omission or addition, and nothing made explicit
        lengths.append((number, len(bitext.source_text(bead)), len(bitext.target_text(bead))))
    for found in surprises(lengths):
        longer, shorter = (linked[found.number], linked[found.number].mirrored())[:: 1 if found.z < 0 else -1]
        free, facing_free = unlinked(longer), unlinked(shorter)
        if len(free) - len(facing_free) < _FREE or coverage(linked[found.number]) < COVERED:
            continue
        shift: Shift = "explicitation" if found.z > 0 else "implicitation"
        score = min(0.95, 0.4 + 0.1 * abs(found.z))
        evidence = f"× {found.ratio:.2f} (z {found.z:+.1f}): {' '.join(free)}"
        yield Hit(found.number, shift, "length", evidence, round(score, 2))


def coverage(linked: Linked) -> float:
    """Give the share of content words that are linked, of the side that has fewer of them; 1 where it has none."""
    sides = (linked.source.words, {i for i, _ in linked.links}), (linked.target.words, {j for _, j in linked.links})
    counted = []
    for words, taken in sides:
        content = [index for index, word in enumerate(words) if is_content(word)]
        counted.append((len(content), sum(index in taken for index in content)))
    content_words, covered = min(counted)
    return covered / content_words if content_words else 1.0


def unlinked(linked: Linked) -> list[str]:
    """Give the content words of the source that have no link."""
    taken = {i for i, _ in linked.links}
    return [word for index, word in enumerate(linked.source.words) if index not in taken and is_content(word)]
