"""Other forms of words, by rule: plurals, singulars and genders of English and Spanish; lemmas of verbs.

Rules make forms of the few words of a term, rather than guess the lemma of every word of a text: so "casa" is never
taken for "caso", and a word of a text costs one look into a dictionary.
"""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence

# words that end the part of a term that is inflected: states of emergency, jueces sin rostro
AFTER_HEAD = {
    "en": frozenset({
        "of", "for", "in", "to", "at", "by", "against", "with", "without", "from", "on", "under", "over", "and", "or",
        "as", "into", "between", "per", "que", "de", "en", "d",
    }),
    "es": frozenset({
        "de", "del", "a", "al", "en", "por", "para", "con", "sin", "contra", "sobre", "entre", "bajo", "y", "e", "o",
        "u", "que", "desde", "hasta", "ante", "tras", "según", "como",
    }),
}  # fmt: skip
_EN_IRREGULAR = {
    "man": "men", "woman": "women", "child": "children", "person": "people", "foot": "feet", "tooth": "teeth",
    "goose": "geese", "mouse": "mice", "louse": "lice", "ox": "oxen", "knife": "knives", "life": "lives",
    "wife": "wives", "half": "halves", "leaf": "leaves", "loaf": "loaves", "self": "selves", "shelf": "shelves",
    "thief": "thieves", "wolf": "wolves", "calf": "calves", "elf": "elves", "sheaf": "sheaves", "crisis": "crises",
    "analysis": "analyses", "thesis": "theses", "basis": "bases", "diagnosis": "diagnoses", "axis": "axes",
    "hypothesis": "hypotheses", "phenomenon": "phenomena", "criterion": "criteria", "bacterium": "bacteria",
    "medium": "media", "datum": "data", "nucleus": "nuclei", "stimulus": "stimuli", "fungus": "fungi",
    "appendix": "appendices", "index": "indices", "matrix": "matrices", "vertex": "vertices", "supernova": "supernovae",
    "nebula": "nebulae", "larva": "larvae", "alga": "algae", "vertebra": "vertebrae", "formula": "formulae",
    "hero": "heroes", "potato": "potatoes", "tomato": "tomatoes", "echo": "echoes", "veto": "vetoes",
    "torpedo": "torpedoes", "embargo": "embargoes", "cargo": "cargoes", "mosquito": "mosquitoes",
}  # fmt: skip
_EN_SINGULAR = {many: one for one, many in _EN_IRREGULAR.items()}
_EN_INVARIABLE = frozenset({
    "series", "species", "sheep", "deer", "aircraft", "police", "cattle", "news", "headquarters", "means",
})  # fmt: skip
# forms that are words of their own besides
_EN_VERBS = {
    "bore": "bear", "bent": "bend", "bound": "bind", "bit": "bite", "broke": "break", "drunk": "drink", "felt": "feel",
    "gone": "go", "left": "leave", "rung": "ring", "rose": "rise", "shook": "shake", "shot": "shoot", "swore": "swear",
    "thought": "think", "won": "win", "setting": "set",
}  # fmt: skip
_EN_NO_SINGULAR = _EN_INVARIABLE | {
    "people", "media", "data", "arms", "goods", "customs", "thanks", "clothes", "remains", "barracks", "congress",
    "process", "access",
}  # fmt: skip
_POSTPOSITIVE = frozenset({"general", "elect", "designate", "martial", "emeritus", "laureate"})
_ES_IRREGULAR = {
    "régimen": "regímenes", "espécimen": "especímenes", "carácter": "caracteres", "club": "clubes", "álbum": "álbumes",
}  # fmt: skip
_ES_SINGULAR = {many: one for one, many in _ES_IRREGULAR.items()}
_PLAIN = dict(zip("áéíóú", "aeiou", strict=True))
_ACCENTED = dict(zip("aeiou", "áéíóú", strict=True))
_VOWEL_GROUPS = re.compile("[aeiouáéíóúü]+")
# endings of persons that have a form for women: trabajador(a), guerrillero, ciudadano, inglés
_PERSONS = ((re.compile("or$"), "ora"), (re.compile("ero$"), "era"), (re.compile("(?<=.{3})ano$"), "ana"))
_MASCULINE = ((re.compile("ora$"), "or"), (re.compile("(?<=.{3})ana$"), "ano"))


@functools.lru_cache(1 << 15)
def plural(word: str, lang: str) -> str:
    """Give the regular plural of a word in lower case.

    >>> [plural(word, "en") for word in ("agency", "day", "clash", "squad", "child")]
    ['agencies', 'days', 'clashes', 'squads', 'children']
    >>> [plural(word, "es") for word in ("golpe", "militar", "escuadrón", "juez", "país", "joven", "imagen", "israelí")]
    ['golpes', 'militares', 'escuadrones', 'jueces', 'países', 'jóvenes', 'imágenes', 'israelíes']
    >>> plural("kit", "es"), singulars("kits", "es"), singulars("proteínas", "es")
    ('kits', ('kit',), ('proteína',))
    """
    if len(word) < 3 or not word.isalpha():
        return word
    return _english_plural(word) if lang == "en" else _spanish_plural(word) if lang == "es" else word


def _english_plural(word: str) -> str:
    if word in _EN_INVARIABLE:
        return word
    for one, many in _EN_IRREGULAR.items():
        # policeman, midwife, housewife
        if word == one or (len(one) > 2 and one in {"man", "child", "wife"} and word.endswith(one)):
            return word.removesuffix(one) + many
    if re.search("[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + ("es" if re.search("(?:s|x|z|ch|sh)$", word) else "s")


def _spanish_plural(word: str) -> str:
    if word in _ES_IRREGULAR:
        return _ES_IRREGULAR[word]
    syllables = len(_VOWEL_GROUPS.findall(word))
    if re.search("[áéíóú][ns]$", word) and not word.endswith("aís"):
        # the accent is no longer needed
        return word[:-2] + _PLAIN[word[-2]] + word[-1] + "es"
    if re.search("[aeo]n$", word) and syllables > 1 and not re.search("[áéíóú]", word):
        return _accented(word) + "es"
    if re.search("[sx]$", word) and syllables > 1 and not word.endswith("aís"):
        return word
    if word.endswith("z"):
        return word[:-1] + "ces"
    # words from elsewhere end in consonants that Spanish words do not end in: kits, chips
    return word + ("s" if re.search("[aeiouáéóbcfgkmpqtvw]$", word) else "es")


def _accented(word: str) -> str:
    """Put the accent on the last syllable but one, where the plural has its stress: joven, jóvenes."""
    group = list(_VOWEL_GROUPS.finditer(word))[-2]
    strong = next((at for at in range(group.start(), group.end()) if word[at] in "aeo"), group.end() - 1)
    return word[:strong] + _ACCENTED.get(word[strong], word[strong]) + word[strong + 1 :]


@functools.lru_cache(1 << 15)
def singulars(word: str, lang: str) -> tuple[str, ...]:
    """Give what a word in lower case may be the regular plural of, likeliest first; nothing where it is none.

    Some are no words ("juece"), which does no harm: no text holds them.

    >>> singulars("agencies", "en"), singulars("news", "en")
    (('agency', 'agencie'), ())
    >>> singulars("jueces", "es"), singulars("escuadrones", "es"), singulars("crisis", "es")
    (('juez', 'juece'), ('escuadrón', 'escuadrone'), ())
    """
    if len(word) < 4 or not word.isalpha():
        return ()
    if lang == "en":
        if word in _EN_NO_SINGULAR or word.endswith(("ics", "ss", "sis")):
            return ()
        guesses = [_EN_SINGULAR.get(word, ""), word[:-3] + "y", word[:-2], word[:-1], word[:-3] + "man"]
    elif word.endswith(("is", "us")):
        return ()
    else:
        stem = word[:-2]
        # what has lost its accent (escuadrones), won one (jóvenes) or neither (jueces, generales, golpes)
        guesses = [_ES_SINGULAR.get(word, ""), stem[:-1] + "z"]
        bare = "".join(map(_bare, stem))
        if stem.endswith("n") and bare != stem:
            guesses = [bare, word[:-1]]
        else:
            monosyllable = len(_VOWEL_GROUPS.findall(stem)) == 1
            accented = stem[:-2] + _ACCENTED.get(stem[-2:-1], "?") + stem[-1:]
            guesses += [stem, accented, word[:-1]] if monosyllable else [accented, stem, word[:-1]]
    right = (guess for guess in guesses if len(guess) > 2 and guess != word and plural(guess, lang) == word)
    return tuple(dict.fromkeys(right))


def _bare(letter: str) -> str:
    return _PLAIN.get(letter, letter)


@functools.lru_cache(1 << 15)
def genders(word: str, *, adjective: bool = False) -> tuple[str, ...]:
    """Give the other gender of a Spanish word in lower case, where it has one.

    >>> genders("trabajador"), genders("guerrillero"), genders("caso")
    (('trabajadora',), ('guerrillera',), ())
    >>> genders("armado", adjective=True), genders("español", adjective=True)
    (('armada',), ('española',))
    """
    many = "s" if re.search("[oa]s$", word) else ""
    one = word.removesuffix("s") if many else word
    if adjective:
        if re.search("[oa]$", one):
            return (one[:-1] + ("a" if one.endswith("o") else "o") + many,)
        if re.search("(?:[áéíó]n|és)$", one):
            return (one[:-2] + _PLAIN[one[-2]] + one[-1] + "a",)
        if one.endswith("ol"):
            return (one + "a",)
    for ending, other in (*_PERSONS, *_MASCULINE):
        if len(one) > 4 and ending.search(one):
            return (ending.sub(other, one) + ("es" if many and other == "or" else many),)
    if one.endswith("ores"):
        return (one.removesuffix("es") + "as",)
    return ()


def noun_forms(words: Sequence[str], lang: str, *, adjective: bool = False) -> set[tuple[str, ...]]:
    """Give the forms of a term, in lower case and word by word: its other number, for persons its other gender.

    In English the last word of the head is inflected, in Spanish all words up to the first preposition.

    >>> sorted(noun_forms(("death", "squad"), "en"))
    [('death', 'squad'), ('death', 'squads')]
    >>> sorted(noun_forms(("juez", "sin", "rostro"), "es"))
    [('jueces', 'sin', 'rostro'), ('juez', 'sin', 'rostro')]
    """
    first = tuple(words)
    size = next((at for at, word in enumerate(words) if at and word in AFTER_HEAD.get(lang, ())), len(words))
    head, rest = first[:size], first[size:]
    found = {first}
    if lang == "en":
        if not adjective:
            # attorneys general
            at = 0 if head[-1] in _POSTPOSITIVE and len(head) > 1 else len(head) - 1
            others = [plural(head[at], lang), *singulars(head[at], lang)]
            found.update((*head[:at], other, *head[at + 1 :], *rest) for other in others)
    elif lang == "es":
        heads = {head, *_agreeing(head, adjective=adjective)}
        for one in tuple(heads):
            if any(singulars(word, lang) for word in one):
                for singular in itertools.islice(itertools.product(*map(_singulars_or_itself, one)), 16):
                    heads |= {singular, *_agreeing(singular, adjective=adjective)}
        heads |= {tuple(plural(word, lang) for word in one) for one in tuple(heads) if not _is_plural(one)}
        if len(head) == 2 and not _is_plural(head):
            # coches bomba
            heads.add((plural(head[0], lang), head[1]))
        # israelís beside israelíes
        if any("íes" in word or "úes" in word for one in heads for word in one):
            heads |= {tuple(re.sub("(?<=[íú])es$", "s", word) for word in one) for one in tuple(heads)}
        found.update((*one, *rest) for one in heads)
    return found


def _singulars_or_itself(word: str) -> tuple[str, ...]:
    return singulars(word, "es") or (word,)


def _is_plural(words: tuple[str, ...]) -> bool:
    # interés and café, not interé and cafés
    return bool(singulars(words[0], "es")) and not re.search("[áéíóú]s$", words[0])


def _agreeing(head: tuple[str, ...], *, adjective: bool) -> Iterator[tuple[str, ...]]:
    """Give a Spanish head in its other gender; the adjectives behind a noun go with it."""
    others = genders(head[0], adjective=adjective)
    if others:
        behind = ((genders(word, adjective=True) or (word,))[0] for word in head[1:])
        yield (others[0], *behind)


@functools.lru_cache(1 << 16)
def lemma(word: str, lang: str) -> str:
    """Give the dictionary form of a verb's form, also of a Spanish one with pronouns behind it ("dándoselo": "dar").

    >>> lemma("broke", "en"), lemma("llevó", "es"), lemma("dándole", "es")
    ('break', 'llevar', 'dar')
    """
    import simplemma

    lowered = word.casefold()
    if lang not in {"en", "es"}:
        return lowered
    if lang == "en" and lowered in _EN_VERBS:
        return _EN_VERBS[lowered]
    found = str(simplemma.lemmatize(lowered, lang=lang))
    if lang == "es" and found == lowered:
        # a pronoun or two, without which the verb may lose an accent: dándole, darlo
        bare = re.sub("(?:(?:me|te|se|nos|os|les?)?(?:l[aeo]s?)|me|te|se|nos|os)$", "", lowered)
        for form in dict.fromkeys((bare, "".join(map(_bare, bare)))):
            if len(form) > 2 and form != lowered and (known := str(simplemma.lemmatize(form, lang=lang))) != form:
                return known
            if re.search("[aei]r$", form):
                return form
    return found


@functools.lru_cache(1 << 16)
def is_word(word: str, lang: str) -> bool:
    """Tell whether a dictionary of the language has a word; False for languages there is none of."""
    import simplemma

    return lang in {"en", "es"} and bool(simplemma.is_known(word.casefold(), lang=lang))


@functools.lru_cache(1 << 15)
def without_accents(word: str) -> str:
    """Take the accents from a word; ñ is a letter of its own and stays.

    >>> without_accents("niñez política"), without_accents("état")
    ('niñez politica', 'etat')
    """
    if word.isascii():
        return word
    marked = unicodedata.normalize("NFD", word).replace("n\u0303", "ñ").replace("N\u0303", "Ñ")
    return unicodedata.normalize("NFC", "".join(itertools.filterfalse(unicodedata.combining, marked)))
