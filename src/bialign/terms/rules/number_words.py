"""Numbers in words, in English and Spanish, without accents; what each stands for."""

from __future__ import annotations

import functools

LARGE = {
    "en": {
        "hundred": 10**2, "hundreds": 10**2, "thousand": 10**3, "thousands": 10**3, "million": 10**6,
        "millions": 10**6, "billion": 10**9, "billions": 10**9, "trillion": 10**12, "trillions": 10**12, "dozen": 12,
        "m": 10**6, "bn": 10**9, "k": 10**3, "mn": 10**6,
    },
    "es": {
        "cien": 10**2, "cientos": 10**2, "mil": 10**3, "miles": 10**3, "millon": 10**6, "millones": 10**6,
        "billon": 10**12, "billones": 10**12, "docena": 12, "docenas": 12,
    },
}  # fmt: skip
_SMALL = {
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty",
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis "
    "diecisiete dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco veintiseis "
    "veintisiete veintiocho veintinueve treinta",
}
_TENS = {
    "en": "thirty forty fifty sixty seventy eighty ninety",
    "es": "treinta cuarenta cincuenta sesenta setenta ochenta noventa",
}
_ORDINALS = {
    "en": "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
    "es": "primero segundo tercero cuarto quinto sexto septimo octavo noveno decimo undecimo duodecimo decimotercero "
    "decimocuarto decimoquinto decimosexto decimoseptimo decimoctavo decimonoveno vigesimo",
}
_OTHER = {
    "en": {
        "single": 1, "once": 1, "once-": 1, "twice": 2, "both": 2, "pair": 2, "couple": 2, "double": 2, "doubled": 2,
        "triple": 3, "tripled": 3, "half": 50, "quarter": 25, "thrice": 3, "zeroth": 0, "none": 0, "no": 0, "a": 1,
        "an": 1, "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70,
        "eighties": 80, "nineties": 90, "fortnight": 15, "decade": 10, "century": 100,
        "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60, "seventieth": 70, "eightieth": 80,
        "ninetieth": 90,
        "hundredth": 100,
    },
    "es": {
        "un": 1, "una": 1, "primer": 1, "tercer": 3, "ambos": 2, "ambas": 2, "par": 2, "doble": 2, "duplicar": 2,
        "triple": 3, "medio": 50, "media": 50, "mitad": 50, "ningun": 0, "ninguna": 0, "solo": 1, "unico": 1,
        "quincena": 15, "decena": 10, "siglo": 100, "decada": 10, "ciento": 100, "doscientos": 200,
        "trescientos": 300, "cuatrocientos": 400, "quinientos": 500, "seiscientos": 600, "setecientos": 700,
        "ochocientos": 800, "novecientos": 900, "veintena": 20, "treintena": 30,
        "cuarentena": 40, "cincuentena": 50, "centenar": 100, "centenares": 100, "veintiun": 21,
        "primera": 1, "segunda": 2, "septima": 7, "trigesimo": 30, "cuadragesimo": 40, "quincuagesimo": 50,
        "sexagesimo": 60,
        "septuagesimo": 70, "octogesimo": 80, "nonagesimo": 90, "centesimo": 100,
    },
}  # fmt: skip
# what a month is written as where dates are all digits
_MONTHS = {
    "en": "january february march april may june july august september october november december",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
}


@functools.cache
def _vocabulary(lang: str) -> dict[str, int]:
    words = {word: n for n, word in enumerate(_SMALL.get(lang, "").split())}
    words |= {word: 30 + 10 * n for n, word in enumerate(_TENS.get(lang, "").split())}
    words |= {word: n for n, word in enumerate(_ORDINALS.get(lang, "").split(), 1)}
    words |= {word: n for n, word in enumerate(_MONTHS.get(lang, "").split(), 1)}
    return words | _OTHER.get(lang, {}) | LARGE.get(lang, {}) | ({"setiembre": 9} if lang == "es" else {})


def value_of(word: str, lang: str) -> int | None:
    """Give what a word without accents, in small letters, stands for as a number; None for any other word.

    >>> value_of("nineties", "en"), value_of("segundas", "es"), value_of("casa", "es")
    (90, 2, None)
    """
    table = _vocabulary(lang)
    if word in table:
        return table[word]
    bare = word.removesuffix("s")
    for form in (bare, bare[:-1] + "o" if bare.endswith("a") else bare):
        if form in table:
            return table[form]
    return None


_SHARES = {
    "en": {"third": {33, 66, 67}, "quarter": {25, 75}, "fifth": {20, 40, 60, 80}, "half": {2}, "tenth": {10}},
    "es": {
        "tercio": {33, 66, 67}, "tercera": {33, 66, 67}, "cuarto": {25, 75}, "cuarta": {25, 75}, "mitad": {2},
        "quinto": {20, 40, 60, 80}, "quinta": {20, 40, 60, 80}, "decima": {10},
    },
}  # fmt: skip


def shares_of(word: str, lang: str) -> set[int]:
    """Give the percentages a word without accents may stand for.

    >>> sorted(shares_of("thirds", "en")), shares_of("casa", "es")
    ([33, 66, 67], set())
    """
    return _SHARES.get(lang, {}).get(word.removesuffix("s"), set())
