"""Which language a text is in, by its function words and its letters."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bialign.languages.english import ENGLISH
from bialign.languages.model import word_set
from bialign.languages.spanish import SPANISH

_OTHERS = {
    "fr": """
de la le et les des en un du une que est dans qui par pour au il sur ne se pas plus ce sont avec son je nous vous elle
mais ou où leur y aux sa ses on cette comme tout était été même fait ces ils lui si être deux bien sans elles mon ma
c'est d'un qu'il n'est l'on j'ai à avait moi tu dit quand très aussi donc encore peu après toute tous
""",
    "de": """
der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat daß dass
sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man
sein wurde sei ich wir ihr mir mich du was wenn kein unter wir diese dieser hatte ihre seine
""",
    "pt": """
de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua ou ser
quando muito há nos já está eu também só pelo pela até isso ela entre era depois sem mesmo aos seus quem nas me esse
eles estão você tinha foram essa num nem suas meu às minha têm numa pelos elas havia seja qual será nós lhe são pois
então ainda
""",
    "it": """
di e il la che in a per un è del non sono una si da con le della i più al come anche dei lo alla nel ha gli delle
questo ma ci su mi se cui o dalla era degli essere tra nella quando io ti tutto suo stato c'è dell'anno perché molto
sua fatto cosa lui lei sia così quello due dopo loro
""",
    "ca": """
de la i el que en a les del per un és una amb no els va al es són o més com dels seu aquest ha pel seva també però
aquesta ser fins tot on entre hi si molt ja fou quan les l'any li això era pels seus sense havia perquè
""",
    "nl": """
de van het een en in is dat op te zijn met voor niet aan er die om ook als dan maar bij uit naar hij heeft ze nog
wordt door over ik worden was je kan deze geen hebben had zou
""",
}
_OURS = {"en": ENGLISH.function_words, "es": SPANISH.function_words}
_WORDS = _OURS | {code: word_set(words) for code, words in _OTHERS.items()}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# letters that one of these languages has and its neighbours have not
_LETTERS = {
    "es": re.compile(r"[ñ¿¡]|[áéíóú]\w*[^\W\d_]\b"),
    "pt": re.compile(r"[ãõ]|\w[ln]h[aoe]s?\b"),
    "fr": re.compile(r"[èêœûîëï]|\b[dlnjsqc]['’][aeéêèiou]|eux\b|ç"),
    "de": re.compile(r"[äöß]|\bge\w+t\b|\w(?:ung|keit|lich|isch)\b"),
    "it": re.compile(r"[òì]|\b(?:dell|all|nell|sull|un)['’]|zion[ei]\b"),
    "ca": re.compile(r"l·l|[àòï]|\b[ld]['’][aeiouhàèéíòóú]"),
}


def guess_language(text: str) -> str:
    """Tell whether a text is English ("en") or Spanish ("es"); "" where it is neither, or too little to tell.

    Counts function words, which no text goes without, against those of the languages it could be confused with
    (French, Portuguese, Italian, Catalan, German, Dutch), and the letters that only one of them has.

    >>> guess_language("The regime fell within a year."), guess_language("El régimen cayó en un año.")
    ('en', 'es')
    >>> guess_language("Le régime est tombé dans l'année."), guess_language("1992")
    ('', '')
    """
    sample = (
        text if len(text) <= 3 * _SAMPLE else "\n".join(text[at : at + _SAMPLE] for at in _sample_starts(len(text)))
    )
    scores, count = _scores(sample)
    best, second = sorted(scores, key=lambda code: -scores[code])[:2]
    if best not in _OURS or scores[best] < 0.6 or scores[best] < 1.15 * scores[second]:
        return ""
    # a language we know nothing about has few of anybody's function words
    return best if scores[best] >= 0.04 * count else ""


def _scores(text: str) -> tuple[dict[str, float], int]:
    """Give what speaks for each language, and the number of words."""
    lowered = text.lower()
    words = _WORD.findall(lowered)
    return _with_letters(_by_words(words), lowered), len(words)


def _by_words(words: Iterable[str]) -> dict[str, float]:
    scores = dict.fromkeys(_WORDS, 0.0)
    for word in words:
        for code, weight in _WEIGHTS.get(word.replace("’", "'"), ()):
            scores[code] += weight
    return scores


def _with_letters(scores: dict[str, float], lowered: str) -> dict[str, float]:
    found = dict(scores)
    for code, pattern in _LETTERS.items():
        found[code] += 0.4 * len(pattern.findall(lowered))
    return found


def other_language(text: str, lang: str) -> str:
    """Tell which language a text is in where it is clearly not in `lang` ("en", "es" ...); "" where it may well be.

    "und" stands for one that is not known: another script, or a text of a dozen words without a function word. Of a
    `lang` other than those that `guess_language` compares, it only tells English and Spanish apart from it.

    >>> other_language("No one had told him that.", "es"), other_language("Nadie se lo dijo.", "es")
    ('en', '')
    >>> other_language("Le régime est tombé dans l'année.", "en"), other_language("Режим пал.", "en")
    ('fr', 'und')
    """
    if lang in _WORDS and not text.isascii():
        letters = sum(map(len, _RUN.findall(text)))
        if letters >= 4 and 2 * sum(map(len, _LATIN.findall(text))) < letters:
            return "und"
    lowered = text.lower()
    words = _WORD.findall(lowered)
    scores = _by_words(words)
    own = scores.get(lang, 0.0)
    # most texts: what their letters say cannot outweigh it
    if own < max(scores.values()) or not own:
        # what speaks for others: each word once, as one that they share may come again and again; and letters, while
        # those of Spanish are those of half of them
        scores = _with_letters(_by_words(dict.fromkeys(words)), lowered)
        best = max(scores, key=lambda code: (code != lang, scores[code]))
        if scores[best] >= _CLEAR and scores[best] >= 2 * own + 0.5:
            return best if lang in _WORDS or best in _OURS else ""
    return "und" if lang in _WORDS and len(words) >= 12 and own < 0.02 * len(words) else ""


_CLEAR = 2.4
"""What a language needs of words of its own that speak for it, in a text that should be in another."""
_RUN = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-z\u00aa-\u024f\u1e00-\u1eff]+")


def spanish_share(text: str) -> float:
    """Give the share of Spanish among the English and Spanish function words of a short stretch (0.5 without any).

    >>> spanish_share("the end of the road"), spanish_share("el fin del camino"), spanish_share("Lima 1992")
    (0.0, 1.0, 0.5)
    """
    words = [word.replace("’", "'") for word in _WORD.findall(text.lower())]
    spanish = sum(word in SPANISH.function_words and word not in ENGLISH.function_words for word in words)
    english = sum(word in ENGLISH.function_words and word not in SPANISH.function_words for word in words)
    return spanish / (spanish + english) if spanish + english else 0.5


_SAMPLE = 5000


def _sample_starts(length: int) -> tuple[int, int, int]:
    return 0, (length - _SAMPLE) // 2, length - _SAMPLE


def _weights() -> dict[str, tuple[tuple[str, float], ...]]:
    holders: dict[str, list[str]] = {}
    for code, words in _WORDS.items():
        for word in words:
            holders.setdefault(word, []).append(code)
    return {word: tuple((code, 1 / len(codes)) for code in codes) for word, codes in holders.items()}


_WEIGHTS = _weights()
