"""Whether two parts that a hyphen parts at a line end are a compound or one word that was cut: evidence, weighed.

What is known of the whole and of its parts - by the text, by how common they are in the language, by how well the
vocabulary of the encoder's tokeniser spells them - and what hyphens do in English and Spanish each have a weight. The
weights are those of a logistic regression on words of running text, cut by a hyphenator or hyphenated by their authors.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache

from bialign.frequency import frequencies
from bialign.languages import word_set

HYPHENED_FIRST = word_set(
    """
self ex non well half all so far high low long short cross quasi pro anti mid north south east west multi post semi
vice great grand left right old new full part one two three four five six seven eight nine ten e co ill mini no off
extra by much ever good bad best least most more open young first second third last top bottom double single triple
hard soft free fast slow wide deep close near fine sweet hot cold red blue green black white grey gray
"""
)
"""Words and prefixes that a hyphen often follows in English; some of them are mere syllables as well."""
_PREFIXES: Mapping[str, frozenset[str]] = {
    "en": word_set(
        """
un dis mis re de be en em im il ir fore inter trans sub super hyper hypo micro macro bio geo auto tele photo con com
ad ab electro hydro thermo psycho physio poly mono uni ultra intra under over out up down in on for after through
some any every him her our your them it my as an at to who what where when there here
"""
    ),
    "es": word_set(
        """
anti auto co com con contra des de dis entre extra hiper hipo in im inter intra macro mal man mega meta micro mini
mono multi neo ob pluri poli post pre pro pseudo re semi sobre sos sub super supra tele tras trans ultra aero bio
electro fono foto geo hidro inmuno psico radio termo vaso video vídeo
"""
    ),
}
_SUFFIX = re.compile(
    r"(?:ness|less|ment|ship|hood|self|selves|tion|ings?|wards?|body|thing|where|times|fully?|able|ish|ance|ence|ious"
    r"|ed|ers?|ly|al|ally|ical|ity|ive|ous|ent|ant|ate[ds]?|land|man|men|born|bands?|fold|teen|teenth|ty|teens|ves|fish"
    r"|ern|erly|sense)\Z"
)
_SECOND = re.compile(
    r"(?:like|based|style|free|called|known|century|year|old|wide|in-law|time|term|minded|made|born|held|led|wing|class"
    r"|range|scale|level|party|owned|backed|related|speaking|looking|eyed|elect|oriented|friendly|infected|[a-z]*haired"
    r"|natured|tempered|humou?red|colou?red|handed|sided|edged|headed|hearted|footed|legged|faced|necked|sized|shaped"
    r"|armed|bodied|blooded|breasted|built|bred|cheeked|dressed|fated|fed|fitting|going|grown|horned|lasting|lipped"
    r"|mannered|meaning|paid|ranging|reaching|running|seekers?|sounding|spoken|standing|taking|threatening|toothed"
    r"|treated|trained|voiced|willed|winged|winning|worn|worthy|stricken|driven|resistant|dependent|specific|off|by"
    r"|ups?|outs?|ins?|downs?)(?:s|ly)?\Z"
)
_SPANISH_FIRST = re.compile(
    r"(?:franco|hispano|anglo|greco|austro|ítalo|italo|luso|ruso|chino|sino|judeo|físico|químico|teórico|político|socio"
    r"|histórico|económico|técnico|práctico|científico|lírico|épico|jurídico|médico|bélico|crítico|peruano|argentino"
    r"|chileno|colombiano|mexicano|cubano|boliviano|ecuatoriano|venezolano|norteamericano|americano|soviético|alemán"
    r"|[^\W\d_]{2,}(?:ístico|ógico|áfico|ático|ánico|ético|ómico|énico|eriano|icano))\Z"
)
_SPANISH_ADJECTIVE = re.compile(
    r"(?:[^\W\d_]{2,}(?:[aei]no|[aei]na|ico|ica|és|esa|ense|al|ivo|iva|ario|aria|oso|osa|ano|ana|eño|eña|ero|era|tino"
    r"|tina|ol|ola|iaco|iaca|ío|ía|co|ca))s?(?:es)?\Z"
)
_VOWELS = "aeiouyáéíóúüâàãäåæêèëîïôòöõøûùý"
VOWEL = re.compile(f"[{_VOWELS}]")
_ONSET = re.compile(rf"(?:[bcdfghjklmnñpqrstvwxyzç]|[bcdfgkpt]r|[bcfgkp]l|ch|ll|rr|[qg]u)?[{_VOWELS}]")
# a cut may stand behind a prefix whatever the syllables are: "des-hacer", "nos-otros"
_SPANISH_PREFIXES = word_set("des sub in nos vos trans inter super bien mal ex post hiper sobre en con an")
_ENDINGS = ("s", "es", "ed", "d", "ing", "ly", "er", "ers", "y", "ness")
_VERBAL = ("ed", "ing", "er", "ers")
_SPANISH_ENDING = re.compile(r"(?:n|mos|ndo|d?[oa]s?|es|s|mente)\Z")
_ENCLITICS = re.compile(r"(?:me|te|se|nos|os)?(?:l[oae]s?)?\Z")
_FUTURE = re.compile(r"(?<=r)(?:é|ás?|emos|éis|án|ía[ns]?|íamos)\Z")
_ACCENTS = str.maketrans("áéíóú", "aeiou")

EVIDENCE = (
    "bias",
    "whole known",  # as a word of the language, by how common it is
    "whole inflected",  # of such a word
    "left known",
    "right known",
    "both known",  # and not the whole
    "spelling",  # how much more likely the whole is than its parts, by the tokeniser's vocabulary
    "left in text",
    "right in text",
    "inflected in text",  # the whole in another form
    "left hyphened",  # the text has another compound that begins so
    "right hyphened",  # or ends so
    "first",  # hyphens often follow it
    "second",  # hyphens often stand before it
    "prefix",  # or a word that others begin with
    "suffix",
    "adverb",
    "adjectives",  # of Spanish: "teórico-práctico"
    "no syllables",  # that Spanish would cut so
    "no vowel",  # in one of the parts
    "capital",  # in English
    "several",  # other hyphens in the word
    "left of 2",
    "left of 3",
    "right of 2",
    "right of 3",
)
_WEIGHTS: Mapping[str, tuple[float, ...]] = {
    "en": (
        -0.36, -2.9, -0.89, 0.5, 1.56, 1.85, -1.03, 0.76, 0.79, -0.91, 1.07, 1.13, 1.91, 1.87, -0.62, -1.65,
        0.1, 0, 0.03, 0.12, -1.79, 1.58, -0.18, -0.78, -1.47, -0.95,
    ),
    "es": (
        1.57, -3.04, -3.09, -0.51, -0.45, 1.63, -1.71, 0.9, 1.22, -0.97, 1.98, 0.76, 2.35, 0.55, -0.75,
        0.01, 0, 4, 3.01, 1.72, 0, 1.94, -1.15, -1.12, -2.35, -1.71,
    ),
}  # fmt: skip
"""By language, in the order of EVIDENCE; a sum below 0 tells of a cut. The bias makes 99 of 100 cuts whole."""


def is_compound(before: str, after: str, words: Collection[str], lang: str) -> bool:
    """Tell whether the hyphen between two parts belongs to the word; `lang` is "en" or "es".

    `words` are the lower-cased words of the text, those with hyphens whole and in parts. Parts may hold hyphens
    themselves: the pieces beside the cut decide.

    >>> is_compound("rose", "tree", frozenset(), "en"), is_compound("under", "stand", frozenset(), "en")
    (True, False)
    >>> is_compound("teórico", "práctico", frozenset(), "es"), is_compound("deten", "ción", frozenset(), "es")
    (True, False)
    """
    found = evidence(before, after, words, lang)
    return sum(weight * value for weight, value in zip(_WEIGHTS[lang], found, strict=True)) > 0


def evidence(before: str, after: str, words: Collection[str], lang: str) -> list[float]:
    """Give the values of EVIDENCE for two parts."""
    left, right = before.lower().rpartition("-")[2], after.lower().partition("-")[0]
    right = right.partition("'")[0].partition("’")[0] or right  # "prim-/rose’s"
    whole = left + right
    firsts, lasts = _hyphened(words if isinstance(words, frozenset) else frozenset(words))
    known_left, known_right, known_whole = (_known(part, lang) for part in (left, right, whole))
    likelier = _likelihood(whole) - _likelihood(left) - _likelihood(right)
    return [
        1,
        known_whole,
        max(_known(form, lang) for form in _forms(whole, lang)),
        known_left,
        known_right,
        min(known_left, known_right) * (1 - known_whole),
        max(-1, min(3, likelier / 5)),
        left in words,
        right in words,
        any(form in words for form in _forms(whole, lang)),
        left in firsts,
        right in lasts,
        left in HYPHENED_FIRST,
        bool(_SECOND.match(right)),
        left in _PREFIXES[lang],
        bool(_SUFFIX.match(right)),
        left.endswith("ly"),
        bool(_SPANISH_FIRST.match(left) and _SPANISH_ADJECTIVE.match(right)),
        _breaks_syllables(left, right),
        not (VOWEL.search(left) and VOWEL.search(right)),
        lang == "en" and before[:1].isupper(),
        ("-" in before) + ("-" in after),
        len(left) < 3,
        len(left) == 3,
        len(right) < 3,
        len(right) == 3,
    ]


def _forms(word: str, lang: str) -> Iterator[str]:
    """Give other forms of a word, real or not: without an ending, with one, of the other gender."""
    if lang == "es":
        yield from _spanish_forms(word)
        return
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > 3:
            yield word[: -len(ending)]
            if ending in _VERBAL:
                yield word[: -len(ending)] + "e"
    yield from (word + ending for ending in ("s", "ed", "ing"))


def _spanish_forms(word: str) -> Iterator[str]:
    for ending in (_SPANISH_ENDING, _FUTURE):
        if (found := ending.search(word)) and found.start() > 3:
            yield word[: found.start()]
    if word.endswith("iones"):
        yield word[:-4] + "ón"
    if found := re.search(r"[oa]s?\Z", word):
        yield from (word[: found.start()] + ending for ending in ("o", "a", "os", "as"))
    # "esforzándo-nos", "arreglár-se-las"
    if (found := _ENCLITICS.search(word)) and 3 < found.start() < len(word):
        yield word[: found.start()].translate(_ACCENTS)
    yield from (word + ending for ending in ("s", "n", "es", "r"))


def _breaks_syllables(left: str, right: str) -> bool:
    """Tell whether no Spanish word could be cut so: syllables begin with the consonant before their vowel."""
    if left in _SPANISH_PREFIXES:
        return False
    if not _ONSET.match(right) or (right[0] in _VOWELS and left[-1] not in _VOWELS):
        return True
    # groups that begin a syllable together
    return (right[0] in "lr" and left[-1] in "bcfgkp") or left[-1] + right[0] in {"dr", "tr", "ch", "ll", "rr"}


@lru_cache(maxsize=1)
def _hyphened(words: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Give the first and the last parts of the text's own compounds."""
    whole = [word for word in words if "-" in word]
    return frozenset(word.partition("-")[0] for word in whole), frozenset(word.rpartition("-")[2] for word in whole)


def _known(word: str, lang: str) -> float:
    """Tell how well a word is known: from 0, ten times in a thousand million words, to 1, ten thousand times.

    >>> _known("houses", "en"), 0 < _known("primrose", "en") < 1, _known("housp", "en") < 0.2
    (1.0, True, True)
    """
    times = frequencies(lang).get(word, 0.0)
    return max(0.0, min(1.0, (math.log10(times) - 1) / 3)) if times else 0.0


@lru_cache(maxsize=4096)
def _likelihood(word: str) -> float:
    """Give the log-probability of a word's best spelling in the pieces of the tokeniser."""
    from bialign.encode.use import load_tokeniser

    tokeniser = load_tokeniser()
    return float(sum(tokeniser.get_score(piece) for piece in tokeniser.encode(word)))
