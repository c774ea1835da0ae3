"""The page that says how each indicator is worked out, in English and Spanish, made of the indicators themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bialign.study.indicators.model import Indicator
from bialign.study.indicators.registry import ALL, OF_PAIRS, THEMES
from bialign.study.saying import Saying

_INTRODUCTION = {
    "en": """# Indicators

`bialign study indicators` measures texts and translations. This page is made of the program itself (`python
docs/indicators.py`): what stands here is what is worked out.

**Words.** A text is cut once, by `bialign.words.tokenise`, and all indicators count on the same words. A word
begins with a letter; hyphenated and contracted words, and Spanish verbs with their pronouns, are one word; capital
and small letters are alike. Numbers in digits are no words, and are counted by themselves. N is the number of words
of a text, V that of different ones.

**Sides.** Source and target are measured each by itself; some indicators are of both together ("pair"). Many cannot
be compared between English and Spanish, as the languages differ by nature: compare translations into a language
with texts written in it.

**Levels.** Each text ("document"); all texts together and those of each group ("group"), put one after the other as
one text; where an indicator exists for it, each segment of a side and each bead ("segment"). Where an indicator is
not defined, as for a text that is too short, the value is empty. `n` is how many words, segments or beads a value
rests on.

**Groups compared.** `--compare genre` compares the groups of a table given by `--groups`, each with each, by every
indicator: means of the texts (each counts once, however long), difference, 95 % interval (bootstrap, bias-corrected
and accelerated, 9,999 resamples; Efron 1987), Cliff’s δ (1993), Hedges’ g (1981), and p of a permutation test of
the difference of means (two-sided, 9,999 permutations, or all where there are fewer), corrected by Holm (1979) for
the number of comparisons. What is permuted and resampled are documents where each group has three or more. With
fewer, blocks of 100 beads are: such a result tells that these texts differ, and nothing of other texts of the same
groups. The same seed gives the same result.
""",
    "es": """# Indicadores

`bialign study indicators` mide textos y traducciones. Esta página se hace con el programa mismo (`python
docs/indicators.py`): lo que dice es lo que se calcula.

**Palabras.** Un texto se corta una sola vez, con `bialign.words.tokenise`, y todos los indicadores cuentan sobre
las mismas palabras. Una palabra empieza por una letra; las palabras con guion o contraídas, y los verbos españoles
con sus pronombres, son una sola; no se distinguen mayúsculas. Los números en cifras no son palabras y se cuentan
aparte. N es el número de palabras de un texto, V el de palabras distintas.

**Lados.** El original (source) y el texto meta (target) se miden cada uno por sí solo; algunos indicadores son de
ambos (pair). Muchos no se pueden comparar entre el inglés y el español, pues las lenguas difieren de por sí:
compare las traducciones a una lengua con textos escritos en ella.

**Niveles.** Cada texto (document); todos los textos y los de cada grupo (group), puestos uno tras otro como un solo
texto; y, para los indicadores que lo admiten, cada segmento de un lado y cada correspondencia (segment). Donde un
indicador no está definido, como en un texto demasiado corto, el valor queda vacío. `n` dice en cuántas palabras,
segmentos o correspondencias se apoya un valor.

**Comparación de grupos.** `--compare genre` compara los grupos de una tabla dada con `--groups`, cada uno con cada
otro, según todos los indicadores: medias de los textos (cada uno cuenta una vez, por largo que sea), diferencia,
intervalo del 95 % (remuestreo con corrección de sesgo y aceleración, 9999 muestras; Efron 1987), δ de Cliff (1993),
g de Hedges (1981) y p de una prueba de permutación de la diferencia de medias (bilateral, 9999 permutaciones, o
todas si son menos), corregida según Holm (1979) por el número de comparaciones. Lo que se permuta y remuestrea son
documentos si cada grupo tiene tres o más. Si no, son bloques de 100 correspondencias: ese resultado dice que estos
textos difieren, y nada de otros textos de los mismos grupos. La misma semilla da el mismo resultado.
""",
}


def page(lang: str) -> str:
    """Give the page in Markdown, in English or Spanish ("en", "es")."""
    said = Saying(lang)
    parts = [_INTRODUCTION[said.lang]]
    for theme, title in THEMES.items():
        parts.append(f"## {said(title)}\n")
        parts += ["\n".join(_lines(said, one)) + "\n" for one in ALL.values() if one.theme == theme]
    return "\n".join(parts)


def _lines(said: Saying, one: Indicator[Any]) -> Iterator[str]:
    yield f"### `{one.name}`: {said(one.title)}\n"
    sides = said("each side by itself") if one.name not in OF_PAIRS else said("both sides together")
    langs = "" if len(one.langs) > 1 else f", {said('only')} {one.langs[0]}"
    rows = (
        ("formula", said(one.formula)),
        ("unit", said(one.unit)),
        ("n", said(one.basis)),
        ("of", sides + langs),
        ("levels", ", ".join(one.levels)),
        ("proposed by", one.source),
        ("caveat", said(one.caveat)),
    )
    for name, text in rows:
        if text:
            yield f"- **{said(name)}**: {text}"
