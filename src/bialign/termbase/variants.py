"""The forms under which a term is found, each with what must be true of the text where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from bialign.termbase.forms import lemma, noun_forms, without_accents
from bialign.termbase.words import Words, words_of

if TYPE_CHECKING:
    from bialign.termbase.model import Concept, Term

_CONTRACTIONS = {("de", "el"): "del", ("a", "el"): "al"}
_INFINITIVE = re.compile("[aeií]r(?:se)?$")
# nouns that end as infinitives do, at the head of many terms
_NO_VERBS = frozenset({
    "mujer", "lugar", "militar", "poder", "mar", "bar", "hogar", "azúcar", "cáncer", "taller", "carácter", "líder",
    "placer", "ser", "deber", "haber", "alquiler", "par", "pilar", "solar", "collar", "altar", "cuartel", "chófer",
    "revólver", "alfiler", "mártir", "porvenir", "elixir", "auxiliar", "ejemplar", "titular", "familiar",
})  # fmt: skip


class Variant(NamedTuple):
    """Hold one form of a term: its `words` in lower case, and all of them as one string as the text must have it.

    `form` is in lower case unless the variant is `exact`; `capitals` marks an acronym, `verb` a head that is found by
    its lemma.
    """

    rank: tuple[int, int]
    concept: Concept
    term: Term
    words: tuple[str, ...]
    form: str
    exact: bool = False
    capitals: bool = False
    verb: bool = False


def variants_of(
    rank: tuple[int, int], concept: Concept, term: Term, lang: str
) -> Iterator[tuple[tuple[str, ...], Variant]]:
    """Give the keys (words without case and accents) and variants of a term of a language; none for signs alone."""
    for text in (term.text, *term.forms):
        words = words_of(" ".join(text.split()))
        if not any(map(str.isalnum, "".join(words.written))):
            continue
        if term.case_policy == "exact":
            yield from _exact(rank, concept, term, words, lang)
        else:
            yield from _free(rank, concept, term, words, lang, whole=text is not term.text)


def _exact(
    rank: tuple[int, int], concept: Concept, term: Term, words: Words, lang: str
) -> Iterator[tuple[tuple[str, ...], Variant]]:
    written = [tuple(words.written)]
    name = "".join(words.written)
    capitals = name.isalpha() and name.isupper()
    if capitals and len(written[0]) == 1 and term.inflects != "no" and len(name) > 1:
        # NGOs
        written.append((name + "s",))
    if term.inflects == "yes" and not capitals:
        forms = noun_forms(words.folded, lang, adjective=_is_adjective(term, lang))
        written += [tuple(map(_cased, form, words.written)) for form in sorted(forms) if form != tuple(words.folded)]
    for one in written:
        folded = tuple(word.casefold() for word in one)
        variant = Variant(rank, concept, term, folded, "".join(one), exact=True, capitals="".join(one) == name.upper())
        yield tuple(map(without_accents, folded)), variant


def _cased(word: str, like: str) -> str:
    if like.isupper() and len(like) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if like[:1].isupper() else word


def _free(
    rank: tuple[int, int], concept: Concept, term: Term, words: Words, lang: str, *, whole: bool
) -> Iterator[tuple[tuple[str, ...], Variant]]:
    folded = tuple(words.folded)
    found = {folded}
    if not whole and (term.inflects == "yes" or (not term.inflects and term.kind != "acronym")):
        found |= noun_forms(folded, lang, adjective=_is_adjective(term, lang)) if not _is_verb(term) else set()
        yield from _verb(rank, concept, term, folded, lang)
    if words.joined:
        # selfcoup beside self-coup
        found |= {_united(form, words) for form in tuple(found)}
    if lang == "es" and "el" in folded:
        found |= {_contracted(form) for form in tuple(found)}
    for form in sorted(found):
        yield tuple(map(without_accents, form)), Variant(rank, concept, term, form, "".join(form))


def _verb(
    rank: tuple[int, int], concept: Concept, term: Term, folded: tuple[str, ...], lang: str
) -> Iterator[tuple[tuple[str, ...], Variant]]:
    """Give the variant of a term whose first word is a verb, by the verb's lemma."""
    if lang == "en" and len(folded) > 1 and folded[0] == "to":
        folded = folded[1:]
    elif not _is_verb(term) and not (
        lang == "es"
        and not term.part_of_speech
        and term.text[0].islower()
        and len(folded) > 1
        and _INFINITIVE.search(folded[0])
        and folded[0] not in _NO_VERBS
    ):
        return
    head = lemma(folded[0].removesuffix("se") if lang == "es" else folded[0], lang)
    key = (head, *map(without_accents, folded[1:]))
    yield key, Variant(rank, concept, term, (head, *folded[1:]), "", verb=True)


def _is_verb(term: Term) -> bool:
    return "verb" in term.part_of_speech.lower().replace("adverb", "")


def _is_adjective(term: Term, lang: str) -> bool:
    # nouns that have both genders change them as adjectives do: médico, médica
    both = term.gender == "common" or ("feminine" in term.gender and "masculine" in term.gender)
    return (both and lang == "es") or term.part_of_speech.lower().startswith("adj")


def _united(form: tuple[str, ...], words: Words) -> tuple[str, ...]:
    """Write what hyphens join as one word."""
    united: list[str] = []
    for place, word in enumerate(form):
        if place and place - 1 in words.joined:
            united[-1] += word
        else:
            united.append(word)
    return tuple(united)


def _contracted(form: tuple[str, ...]) -> tuple[str, ...]:
    """Contract "de el" and "a el", as texts do where a term's article follows a preposition of its own.

    >>> _contracted(("presidente", "de", "el", "salvador"))
    ('presidente', 'del', 'salvador')
    """
    found: list[str] = []
    for word in form:
        pair = (found[-1], word) if found else ("", "")
        if pair in _CONTRACTIONS:
            found[-1] = _CONTRACTIONS[pair]
        else:
            found.append(word)
    return tuple(found)
