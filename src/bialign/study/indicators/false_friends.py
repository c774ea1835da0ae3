"""False friends of English and Spanish as data: lemmas that look alike and mostly mean something else.

Each pair is of one word spelt alike, or nearly, in both languages; a translation that links them may be right in its
place (*actual* is "actual" in none, *sensible* is "sensible" in hardly any, *library* is "librería" where books are
sold), which is why they are counted aside, and not as faults.
"""

from __future__ import annotations

_PAIRS = """
actual actual, actually actualmente, advertise advertir, agenda agenda, apology apología, application aplicación,
approve aprobar, argument argumento, arena arena, assist asistir, assume asumir, attend atender, balance balance,
billion billón, bizarre bizarro, camp campo, carpet carpeta, casual casual, casualty casualidad, character carácter,
collar collar, college colegio, compromise compromiso, conductor conductor, conference conferencia,
confident confidente, constipated constipado, contest contestar, corpse cuerpo, crime crimen, deception decepción,
delight delito, demand demandar, deportable deportable, disgust disgusto, disgusting disgustar, dispose disponer,
diversion diversión, educated educado, embarrassed embarazado, emotional emotivo, estate estado, eventual eventual,
eventually eventualmente, evidence evidencia, exciting excitante, exit éxito, fabric fábrica, facility facilidad,
familiar familiar, fault falta, figure figura, form forma, fume fumar, gracious gracioso, grocery grosería,
idiom idioma, ignore ignorar, inhabited inhabitado, injury injuria, intend intentar, introduce introducir,
involve envolver,
jubilation jubilación, large largo, lecture lectura, library librería, local local, luxury lujuria, mascara máscara,
mayor mayor, military militar, miserable miserable, molest molestar, motorist motorista, notice noticia,
novel novela, occurrence ocurrencia, ordinary ordinario, parent pariente, particular particular, parsimony parsimonia,
pathetic patético, petrol petróleo, physician físico, policy policía, preoccupied preocupado, preservative preservativo,
presume presumir, pretend pretender, procure procurar, proper propio, prospect prospecto, quiet quieto, quit quitar,
rare raro, realize realizar, record recordar, relation relación, relative relativo, remove remover, rest restar,
resume resumir, rope ropa, sane sano, scholar escolar, sensible sensible, sentence sentencia, several several,
sensitive sensitivo, soap sopa, stranger extranjero, success suceso, support soportar, suburb suburbio,
sympathetic simpático, sympathy simpatía, tramp trampa, topic tópico, translate trasladar, tutor tutor,
ultimately últimamente, urge urgir, vase vaso, vicious vicioso, villain villano, virtual virtual, voluble voluble
"""
FALSE_FRIENDS = frozenset(
    (english, spanish) for english, spanish in (pair.split(" ") for pair in " ".join(_PAIRS.split()).split(", "))
)
"""Pairs of lemmas, English first."""


def is_false_friend(english: str, spanish: str) -> bool:
    """Tell whether two lemmas are false friends.

    >>> is_false_friend("actual", "actual"), is_false_friend("nation", "nación")
    (True, False)
    """
    return (english, spanish) in FALSE_FRIENDS
