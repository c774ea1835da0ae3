"""Connectives of English and Spanish as data: what they are, what they say, and where they stand in a text.

The senses are those of Halliday & Hasan (1976, "Cohesion in English") - additive, adversative, causal, temporal - made
finer by what Martín Zorraquino & Portolés (1999, "Los marcadores del discurso") tell apart. *And*, *or*, *but* between
words and clauses (*y*, *o*, *pero*, *sino*) are counted at the beginning of a sentence or behind a sign only, as are
all words that mean something else elsewhere: "*So* he left", not "so late". Subordinators that may be pronouns or
prepositions too ("that", "as", "since", "como", "que") are left out.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

Sense = Literal[
    "addition", "contrast", "concession", "cause", "consequence", "condition", "time", "order", "example",
    "restatement", "conclusion", "topic",
]  # fmt: skip
SENSES: tuple[Sense, ...] = (
    "addition", "contrast", "concession", "cause", "consequence", "condition", "time", "order", "example",
    "restatement", "conclusion", "topic",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Connective:
    """Hold a connective: its words in small letters, what it says, and whether it counts only where a clause opens.

    A clause opens at the beginning of a segment and behind a sign.
    """

    words: tuple[str, ...]
    sense: Sense
    opening: bool

    @property
    def text(self) -> str:
        """Give it as it is written."""
        return " ".join(self.words)


class ConnectiveAt(NamedTuple):
    """Hold a connective and where it stands: ``words[start:stop]``."""

    start: int
    stop: int
    connective: Connective


# parted by commas; a star before those that count only where a clause opens
_ENGLISH: Mapping[Sense, str] = {
    "addition": """moreover, furthermore, in addition, additionally, besides, likewise, *similarly, what is more,
        *and, not only, as well as, *also, in the same way, *equally, on top of that, *nor""",
    "contrast": """however, nevertheless, nonetheless, *but, *yet, on the other hand, on the one hand, by contrast,
        in contrast, on the contrary, conversely, whereas, *instead, *rather, *still, *or, *alternatively,
        then again, at the same time""",
    "concession": """although, though, even though, even if, in spite of, despite, notwithstanding, albeit,
        *admittedly, *granted, all the same, in any case, in any event, even so, regardless of""",
    "cause": """because, because of, owing to, due to, on account of, given that, *since, inasmuch as,
        for this reason, for that reason, seeing that, by virtue of, thanks to""",
    "consequence": """therefore, thus, hence, consequently, as a result, as a consequence, accordingly, *so, so that,
        thereby, in order to, in order that, *then, in consequence, wherefore, *whence""",
    "condition": """*if, unless, provided that, providing that, as long as, on condition that, in case, *otherwise,
        only if, whether or not, supposing that""",
    "time": """*when, *while, meanwhile, in the meantime, *before, *after, *until, as soon as, *afterwards, afterward,
        *later, subsequently, *previously, at last, *eventually, *once, thereafter, *whenever, by then,
        ever since""",
    "order": """firstly, *first, secondly, *second, thirdly, *third, *next, *finally, lastly, in the first place,
        first of all, to begin with, in the second place, last of all""",
    "example": """for example, for instance, e.g., *such as, in particular, *especially, namely, to illustrate,
        by way of example""",
    "restatement": """that is, that is to say, i.e., in other words, *or rather, to put it differently,
        *in fact, *indeed, as a matter of fact, *actually""",
    "conclusion": """in conclusion, to conclude, in short, in sum, to sum up, in summary, *overall, all in all,
        in brief, after all, on the whole, *ultimately, in the end""",
    "topic": """*as for, *as to, with regard to, with respect to, regarding, *concerning, in relation to,
        by the way, *well, *now, *anyway, incidentally""",
}
_SPANISH: Mapping[Sense, str] = {
    "addition": """además, asimismo, así mismo, por añadidura, *también, *tampoco, es más, igualmente, *y, *e, *ni,
        no solo, no sólo, así como, de igual modo, del mismo modo, de la misma manera, de igual manera, encima de,
        por otra parte, por otro lado, más aún""",
    "contrast": """sin embargo, no obstante, *pero, *mas, *sino, sino que, en cambio, por el contrario, al contrario,
        mientras que, por una parte, por un lado, ahora bien, con todo, *o, *u, en lugar de eso, en vez de eso,
        antes bien, *empero, al mismo tiempo, en contraste""",
    "concession": """aunque, aun cuando, si bien, a pesar de, a pesar de que, pese a, pese a que, por más que,
        por mucho que, de todos modos, de todas formas, de todas maneras, en todo caso, en cualquier caso, aun así,
        aun si, bien que, *cierto es que, así y todo""",
    "cause": """porque, *ya que, puesto que, *pues, dado que, debido a, debido a que, a causa de, *como que,
        en vista de, en vista de que, visto que, por esta razón, por esa razón, por este motivo, por ese motivo,
        por eso, por ello, gracias a, por culpa de, *que por algo""",
    "consequence": """por tanto, por lo tanto, por consiguiente, en consecuencia, por ende, así pues, *así, *así que,
        *luego, de modo que, de manera que, de forma que, de ahí que, de ahí, como consecuencia, como resultado,
        *entonces, a fin de, a fin de que, con el fin de, para que, por lo que, de suerte que, conque""",
    "condition": """*si, a menos que, a no ser que, siempre que, siempre y cuando, con tal de que, en caso de que,
        en caso de, salvo que, *de lo contrario, *si no, solo si, sólo si, como si""",
    "time": """*cuando, mientras tanto, *mientras, entre tanto, entretanto, *antes, antes de que, *después,
        después de que, hasta que, tan pronto como, en cuanto, *posteriormente, *más tarde, *anteriormente, por fin,
        *al fin, desde que, una vez que, *cada vez que, acto seguido, apenas""",
    "order": """en primer lugar, *primero, en segundo lugar, *segundo, en tercer lugar, *tercero, *finalmente,
        por último, ante todo, para empezar, primeramente, a continuación, en último lugar""",
    "example": """por ejemplo, p. ej., *tal como, *tales como, en particular, en concreto, *especialmente,
        verbigracia, a saber, sobre todo, en especial, concretamente""",
    "restatement": """es decir, o sea, esto es, en otras palabras, dicho de otro modo, *mejor dicho, *más bien,
        *de hecho, en realidad, en efecto, *efectivamente, dicho de otra manera, vale decir, i. e., i.e.""",
    "conclusion": """en conclusión, para concluir, en resumen, en suma, en síntesis, *total, en definitiva, en fin,
        al fin y al cabo, después de todo, a fin de cuentas, en pocas palabras, *resumiendo, en última instancia""",
    "topic": """en cuanto a, con respecto a, respecto a, respecto de, por lo que se refiere a, en lo que respecta a,
        en lo tocante a, en relación con, *bueno, *bien, por cierto, a propósito, acerca de, *pues bien""",
}


def _made(table: Mapping[Sense, str]) -> tuple[Connective, ...]:
    made = []
    for sense, listed in table.items():
        for written in " ".join(listed.split()).split(", "):
            # an abbreviation is one word, though it may hold a space
            text = written.removeprefix("*")
            words = (text,) if text.endswith(".") else tuple(text.split(" "))
            made.append(Connective(words, sense, written.startswith("*")))
    return tuple(made)


CONNECTIVES: Mapping[str, tuple[Connective, ...]] = {"en": _made(_ENGLISH), "es": _made(_SPANISH)}
"""By language code, its connectives."""


def find_connectives(words: Sequence[str], lang: str) -> list[ConnectiveAt]:
    """Find the connectives of a segment, the longest at each place, given its words and signs as they are cut.

    `lang` is "en" or "es", also with a region; of another language nothing is known, and nothing is found.

    >>> words = "But he did not go , because of the rain ; on the other hand , it was so late".split()
    >>> [(found.connective.text, found.connective.sense) for found in find_connectives(words, "en")]
    [('but', 'contrast'), ('because of', 'cause'), ('on the other hand', 'contrast')]
    >>> find_connectives("No obstante , llueve".split(), "es")[0][:2]
    (0, 2)
    """
    table = by_first_word(lang)
    small = [word.lower() for word in words]
    found: list[ConnectiveAt] = []
    place = 0
    while place < len(small):
        hit = connective_at(small, place, table.get(small[place], ()))
        if hit is None:
            place += 1
        else:
            found.append(ConnectiveAt(place, place + len(hit.words), hit))
            place += len(hit.words)
    return found


def connective_at(small: Sequence[str], place: int, candidates: Sequence[Connective]) -> Connective | None:
    """Give the first of some connectives that stands at a place of words in small letters; the longest come first."""
    for connective in candidates:
        size = len(connective.words)
        if size > 1 and tuple(small[place : place + size]) != connective.words:
            continue
        if connective.opening and place and any(letter.isalnum() for letter in small[place - 1]):
            continue
        return connective
    return None


@functools.cache
def by_first_word(lang: str) -> Mapping[str, tuple[Connective, ...]]:
    """Give the connectives of a language by their first word, the longest first."""
    table: dict[str, list[Connective]] = {}
    for connective in CONNECTIVES.get(lang[:2].lower(), ()):
        table.setdefault(connective.words[0], []).append(connective)
    return {word: tuple(sorted(listed, key=lambda one: -len(one.words))) for word, listed in table.items()}
