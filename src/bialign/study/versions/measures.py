"""How much two versions of a passage differ: by words, characters, lemmas, meaning, length, sentences and terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bialign.study.versions.model import Collation, Row
from bialign.study.versions.same import key_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from bialign.encode import Encoder
    from bialign.termbase import Termbase


@dataclass(frozen=True, slots=True)
class TermChoice:
    """Hold a concept of the glossary that two versions name otherwise, with the terms of each, "" for none."""

    concept: str
    first: tuple[str, ...]
    second: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """Hold a distance as edits and what they are divided by, so that those of many passages can be added up."""

    edits: int
    of: int

    @property
    def share(self) -> float:
        """Give the edits as a share, 0 of nothing."""
        return self.edits / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Variation:
    """Hold what was measured of two versions in one row, both of which have something there.

    `words`, `characters`, `lemmas` and `terms` are None where the two are in different languages, `cosine` where no
    vectors were asked for. `length_ratio` is the second's by the first's, `types` their numbers of segments.
    """

    row: int
    first: int
    second: int
    same: bool
    words: Counted | None
    characters: Counted | None
    lemmas: float | None
    cosine: float | None
    length_ratio: float
    types: tuple[int, int]
    terms: tuple[TermChoice, ...] | None = None


def variations(
    collation: Collation,
    *,
    pairs: Sequence[tuple[int, int]] | None = None,
    termbase: Termbase | None = None,
    encoder: Encoder | None = None,
    vectors: bool = True,
) -> list[Variation]:
    """Measure pairs of versions row by row, by default the base with each, and those in one language.

    Only rows in which both have something are measured. Cosines are those of `encoder`, by default bialign's own.
    """
    chosen = pairs_of(collation) if pairs is None else list(pairs)
    of_rows = _row_vectors(collation, encoder) if vectors else None
    found = []
    for first, second in chosen:
        for number, row in enumerate(collation.rows):
            if row.spans[first] and row.spans[second]:
                cosine = None
                if of_rows is not None:
                    cosine = min(max(float(of_rows[first][number] @ of_rows[second][number]), -1.0), 1.0)
                found.append(_measured(collation, number, (first, second), cosine, termbase))
    return found


def pairs_of(collation: Collation) -> list[tuple[int, int]]:
    """List the pairs that are compared: the base with each version, and those in one language."""
    return sorted({*((0, number) for number in range(1, len(collation.versions))), *collation.alike()})


def _measured(
    collation: Collation, number: int, pair: tuple[int, int], cosine: float | None, termbase: Termbase | None
) -> Variation:
    row = collation.rows[number]
    first, second = pair
    one, other = (key_of(collation.text(row, version)) for version in pair)
    langs = [collation.versions[version].lang for version in pair]
    alike = bool(langs[0]) and langs[0] == langs[1]
    return Variation(
        number,
        first,
        second,
        one == other,
        word_edits(one, other, langs[0]) if alike else None,
        character_edits(one, other) if alike else None,
        shared_lemmas(one, other, langs[0]) if alike else None,
        cosine,
        len(other) / len(one) if one else 0.0,
        (len(row.spans[first]), len(row.spans[second])),
        _terms(collation, row, pair, termbase) if alike and termbase is not None else None,
    )


def words_of(text: str, lang: str = "en") -> list[str]:
    """Give the words of a text in small letters, without signs.

    >>> words_of("—¿Quién? El SIN.", "es")
    ['quién', 'el', 'sin']
    """
    from bialign.words.tokens import split_words

    return [word.lower() for word in split_words(text, lang) if any(map(str.isalnum, word))]


def word_edits(first: str, second: str, lang: str = "en") -> Counted:
    """Count the words to insert, delete or replace (Levenshtein 1966), of the longer text's words.

    >>> word_edits("The army left at dawn.", "The army went away at dawn.").share
    0.3333333333333333
    """
    from rapidfuzz.distance import Levenshtein

    one, other = words_of(first, lang), words_of(second, lang)
    return Counted(Levenshtein.distance(one, other), max(len(one), len(other)))


def character_edits(first: str, second: str) -> Counted:
    """Count the characters to insert, delete or replace (Levenshtein 1966), of the longer text's characters.

    >>> character_edits("casa", "caza"), character_edits("", "")
    (Counted(edits=1, of=4), Counted(edits=0, of=0))
    """
    from rapidfuzz.distance import Levenshtein

    one, other = key_of(first), key_of(second)
    return Counted(Levenshtein.distance(one, other), max(len(one), len(other)))


def shared_lemmas(first: str, second: str, lang: str = "en") -> float:
    """Give the lemmas that both texts have as a share of all they have (Jaccard 1912); 1 where neither has any.

    >>> shared_lemmas("Salieron dos soldados", "Salió un soldado", "es")
    0.5
    """
    from bialign.concordance.lemmas import lemma

    one, other = ({lemma(word, lang) for word in words_of(text, lang)} for text in (first, second))
    return len(one & other) / len(one | other) if one | other else 1.0


def _terms(collation: Collation, row: Row, pair: tuple[int, int], termbase: Termbase) -> tuple[TermChoice, ...]:
    """Give the concepts that both versions name, or the base and one of them, by different terms."""
    held: list[dict[str, set[str]]] = []
    for version in (0, *pair):
        terms: dict[str, set[str]] = {}
        for hit in termbase.find(collation.text(row, version), collation.versions[version].lang):
            terms.setdefault(hit.concept.id, set()).add(hit.term.text)
        held.append(terms)
    base, first, second = held
    found = []
    for concept in sorted({*first, *second}):
        one, other = first.get(concept, set()), second.get(concept, set())
        if one != other and ((one and other) or (concept in base and 0 not in pair)):
            found.append(TermChoice(concept, tuple(sorted(one)), tuple(sorted(other))))
    return tuple(found)


def _row_vectors(collation: Collation, encoder: Encoder | None) -> list[NDArray[np.float32]]:
    """Give for each version the unit vectors of its texts in all rows; zeros where it has none."""
    import numpy as np

    from bialign.encode import default_encoder

    encoder = encoder or default_encoder()
    found = []
    for version in range(len(collation.versions)):
        texts = [collation.text(row, version) for row in collation.rows]
        full = [number for number, text in enumerate(texts) if text.strip()]
        spans = encoder.spans([texts[number] for number in full], 1)
        vectors = spans.vectors(1, np.arange(len(full))) if full else np.zeros((0, 1), np.float32)
        held = np.zeros((len(texts), vectors.shape[1]), np.float32)
        held[full] = vectors
        found.append(held)
    return found


@dataclass(frozen=True, slots=True)
class Summary:
    """Hold what two versions have in common over all rows; means are those of the rows that both have.

    `words` and `characters` are added up over the rows, so that long ones weigh more; `first_only` and `second_only`
    count rows that one of the two has alone; `types_differ` and `same` count rows, `terms_differ` concepts in rows.
    """

    first: int
    second: int
    rows: int
    same: int
    first_only: int
    second_only: int
    words: float | None
    characters: float | None
    lemmas: float | None
    cosine: float | None
    length_ratio: float | None
    types_differ: int
    terms_differ: int | None


def summaries(collation: Collation, found: Sequence[Variation]) -> list[Summary]:
    """Sum up what was measured, pair by pair."""
    return [
        _summary(collation, pair, [one for one in found if (one.first, one.second) == pair])
        for pair in dict.fromkeys([*pairs_of(collation), *((one.first, one.second) for one in found)])
    ]


def _summary(collation: Collation, pair: tuple[int, int], found: Sequence[Variation]) -> Summary:
    first, second = pair
    rows = [(bool(row.spans[first]), bool(row.spans[second])) for row in collation.rows]
    sizes = [sum(len(collation.text(collation.rows[one.row], version)) for one in found) for version in (first, second)]
    return Summary(
        first,
        second,
        len(found),
        sum(one.same for one in found),
        rows.count((True, False)),
        rows.count((False, True)),
        _pooled([one.words for one in found]),
        _pooled([one.characters for one in found]),
        _mean([one.lemmas for one in found]),
        _mean([one.cosine for one in found]),
        sizes[1] / sizes[0] if sizes[0] else None,
        sum(one.types[0] != one.types[1] for one in found),
        None if any(one.terms is None for one in found) else sum(len(one.terms or ()) for one in found),
    )


def _pooled(counted: Sequence[Counted | None]) -> float | None:
    known = [one for one in counted if one is not None]
    return Counted(sum(one.edits for one in known), sum(one.of for one in known)).share if known else None


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def most_different(found: Sequence[Variation], limit: int = 10) -> list[Variation]:
    """Give the variations of texts in one language whose words differ most; of equal ones the longer first.

    Passages of less than five words are left out: a word more or less is half of them.
    """
    known = [one for one in found if one.words is not None and one.words.of >= 5 and one.words.edits]
    known.sort(key=lambda one: (-(one.words.share if one.words else 0), -(one.words.of if one.words else 0), one.row))
    return known[:limit]
