"""Passive and progressive markers, found by rules over forms: no parser, so some are missed and some are none.

English: a form of *be* or *get* with a participle (passive), *be* with an -ing form (progressive); up to three adverbs,
"not" or one subject pronoun may stand between. Spanish: *ser* with a participle, *estar* with a gerund; and *se* before
a verb that is not pronominal by nature, which may be a passive, an impersonal or a reflexive.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bialign.languages import word_set
from bialign.languages.closed_classes import BE, ESTAR, GET, SER
from bialign.study.indicators.lexis import Counted

Marker = Literal["passive", "get", "se", "progressive"]
MARKERS: tuple[Marker, ...] = ("passive", "get", "se", "progressive")

_SKIPPED = 3
_IRREGULAR = word_set(
    """beaten begun bent bet bitten bled blown bound bought bred broken brought built burnt burst cast caught chosen cut
    dealt done drawn driven dug eaten fed felt flung forbidden forced forecast forgiven forgotten found fought frozen
    given ground grown had handed heard held hidden hit hung hurt kept knit known laid led left lent let lit lost made
    meant met misled mown overcome overheard overseen overthrown overtaken overwritten paid put quit read rebuilt redone
    remade repaid rewritten rid ridden rung said sawn seen sent set sewn shaken shed shone shot shown shut slain slept
    slit sold sought sown spent spelt spilt split spoken spread spun stolen struck stuck stung sung sunk swept sworn
    swung taken taught thought thrown told torn trodden understood undertaken undone unseen upheld upset withdrawn
    withheld won worn woven wound written forsaken proven stricken smitten bidden begotten borne foreseen foretold
    mistaken shrunk slung strewn swollen wed withstood"""
)
_NO_PARTICIPLES = word_set(
    """red bed fled sped sled reed heed died lied need seed speed deed feed weed breed indeed hundred sacred naked
    wicked hatred kindred embed rugged ragged wretched crooked beloved aged tired interested excited worried bored
    pleased married scared ashamed delighted talented gifted so-called sophisticated complicated advanced retired
    related unrelated experienced inexperienced unexpected crowded exhausted frightened determined dedicated devoted
    accustomed annoyed confused disappointed satisfied dissatisfied embarrassed relieved thrilled amazed astonished
    surprised concerned relaxed depressed unwanted unfinished limited unlimited mixed skilled unskilled detailed
    left-handed blessed learned dogged jagged distinguished educated mistaken upset overcome swollen rid stricken
    quit agreed arrived died happened appeared disappeared existed remained occurred seemed belonged lived laughed
    smiled waited talked walked worked unconcerned biased prejudiced sunburned old-fashioned one-eyed barefooted"""
)
_NO_GERUNDS = word_set(
    """nothing something anything everything during morning evening king ring thing wing spring string ceiling wedding
    being interesting exciting boring amazing surprising charming willing unwilling outstanding striking disappointing
    annoying confusing fascinating frightening encouraging promising convincing shocking embarrassing tiring relaxing
    misleading overwhelming astonishing terrifying touching loving challenging demanding disturbing exhausting
    humiliating inspiring irritating pressing rewarding satisfying thrilling upsetting worrying distressing compelling
    daring entertaining forthcoming unassuming neighbouring neighboring darling sterling viking pudding sibling
    lightning offspring plaything sting bearing blessing clothing cunning dressing earring feeling greeting inning
    painting sting wording meeting building heartbreaking breathtaking unconvincing uninteresting unbecoming"""
)
_ENGLISH_ADVERBS = word_set(
    """not never also always often already still just only ever soon then now once first all both even yet so well
    almost quite rather too thus hardly scarcely nearly again here there n't perhaps sometimes seldom either"""
)
_NO_ADVERBS = word_set(
    "family only-child reply supply ally lily bully jelly belly fly july italy holy silly ugly lonely"
)
_DETERMINERS = word_set("the a an my your his her its our their this that these those")
_SUBJECTS = word_set("i you he she it we they this that these those")
_CONTRACTED = re.compile(r"(?:i'm|(?:you|we|they|who)'re)$")
_HOST = re.compile(r"(?:he|she|it|that|there|who|what|where|here|how)'s$")
_NEGATED = re.compile(r"(?:is|are|was|were|ai)n't$")

_SPANISH_PARTICIPLE = re.compile(
    r"[a-zñü]{2,}(?:ad|id|íd)[oa]s?$|d[ai]d[oa]s?$|(?:des|re|contra|satis|in|pre|trans|de|ad|su|circun|pro|com|ex|im|inter"
    r"|o|yuxta|a|dis|con|ab|di|en|mal|bien)?(?:hech|dich|scrit|escrit|puest|vist|abiert|cubiert|muert|vuelt|suelt|impres)"
    r"[oa]s?$|(?:de|co)?rrupt[oa]s?$|rot[oa]s?$|elect[oa]s?$"
)
_NO_SPANISH_PARTICIPLES = word_set(
    """nada nado lado lados grado grados soldado soldados abogado abogada abogados abogadas mercado mercados pecado
    pecados diputado diputada diputados diputadas empleado empleada empleados empleadas candidato marido maridos partido
    partidos sentido sentidos sonido sonidos vestido vestidos ruido ruidos apellido apellidos nido nidos vida vidas
    medida medidas comida comidas entrada entradas jornada jornadas mirada miradas temporada temporadas morada moradas
    fachada fachadas velada tonelada toneladas manada espada espadas bebida bebidas cansado cansada cansados cansadas
    pesado pesada pesados pesadas delicado delicada delicados delicadas complicado complicada complicados complicadas
    educado educada educados educadas adecuado adecuada adecuados adecuadas apropiado apropiada apropiados apropiadas
    elevado elevada elevados elevadas demasiado demasiada demasiados demasiadas casado casada casados casadas honrado
    honrada honrados honradas malvado malvada malvados malvadas desgraciado desgraciada privado privada privados
    privadas sagrado sagrada sagrados sagradas avanzado avanzada variado variada variados variadas cuadrado cuadrada
    colorado morados rosado salado salada arriesgado arriesgada divertido divertida divertidos divertidas aburrido
    aburrida aburridos aburridas atrevido atrevida parecido parecida parecidos parecidas debido debida debidos
    florido podrido helado helada pasado pasada sido estado habido ciudad equivocado equivocada resultado resultados
    senado tejado tejados cuñado cuñada ganado juzgado jurado licenciado licenciada obispado reinado delegado delegada
    aliado aliada aliados aliadas enamorado enamorada desesperado desesperada exagerado exagerada afortunado afortunada
    fluido contenido contenidos pedido pedidos cuidado cuidados década hada hadas almohada cada revista revistas
    entrevista entrevistas pista vista vistas lista listas sofisticado sofisticada acertado acertada acertados
    prolongado prolongada moderado moderada reducido reducida tupido desconocido desconocida desconocidos
    herida heridas partida partidas avenida avenidas salida salidas llegada llegadas"""
)
_GERUND = re.compile(r"[a-zñüáéí]+(?:ando|iendo|yendo|ándo|iéndo|yéndo)(?:(?:me|te|se|nos|os)?(?:l[aeo]s?)?)?$")
_NO_SPANISH_GERUNDS = word_set("cuando blando mando bando comando contrabando nefando venerando memorando")
_SPANISH_ADVERBS = word_set(
    """no ya también tampoco nunca siempre así aún todavía luego después antes muy bien mal casi solo sólo apenas ahora
    entonces quizá quizás jamás pronto aquí allí hoy ayer"""
)
_SPANISH_SUBJECTS = word_set("yo tú usted él ella nosotros ustedes ellos ellas eso esto")
_CLITICS = word_set("me te se nos os le les lo la los las")
_PRONOMINAL = word_set(
    """ir ser irse sentar sentarse levantar llamar llamarse quedar quedarse acordar sentir sentirse volver poner quejar
    atrever arrepentir dirigir acercar casar referir convertir negar encontrar enamorar despertar acostar marchar reír
    parecer alejar dedicar tratar mover caer morir dormir detener parar callar apoyar esforzar empeñar preocupar
    enfadar enojar alegrar asustar sorprender avergonzar equivocar olvidar burlar asomar inclinar apartar retirar
    refugiar esconder ocultar lanzar arrojar precipitar apresurar bañar lavar vestir peinar afeitar mirar portar
    comportar suicidar rendir someter resistir oponer unir reunir separar despedir presentar instalar establecer
    trasladar desplazar adelantar atrasar aburrir cansar divertir extrañar fiar aprovechar valer servir abstener
    ausentar jactar desmayar echar tumbar tender recostar agachar agarrar aferrar agitar apagar encender disculpar
    preguntar decidir disponer preparar adaptar acostumbrar encargar ocupar enterar imaginar figurar dar hallar mostrar
    mantener
    basar deber componer extender elevar abrir cerrar romper perder hundir incorporar entregar encerrar ruborizar
    sonrojar estremecer marchitar fijar meter arrastrar arrodillar abrazar besar pelear bajar subir salir venir llevar
    hacer saber creer"""
)


def english_participle(form: str) -> bool:
    """Tell whether an English form may be a past participle that a passive is made of.

    >>> [english_participle(form) for form in ("written", "elected", "tired", "hundred", "gone")]
    [True, True, False, False, False]
    """
    if form in _NO_PARTICIPLES:
        return False
    return form in _IRREGULAR or (len(form) > 3 and form.endswith("ed") and form.isalpha())


def spanish_participle(form: str) -> bool:
    """Tell whether a Spanish form may be a participle that a passive is made of.

    >>> [spanish_participle(form) for form in ("elegida", "descrito", "rápido", "soldado", "caídos")]
    [True, True, False, False, True]
    """
    return form not in _NO_SPANISH_PARTICIPLES and _SPANISH_PARTICIPLE.fullmatch(form) is not None


def _english_progressive(form: str) -> bool:
    return len(form) > 4 and form.endswith("ing") and form not in _NO_GERUNDS


def _spanish_gerund(form: str) -> bool:
    return form not in _NO_SPANISH_GERUNDS and _GERUND.fullmatch(form) is not None


def _english_between(form: str) -> bool:
    return form in _ENGLISH_ADVERBS or (form.endswith("ly") and form not in _NO_ADVERBS)


def _spanish_between(form: str) -> bool:
    return form in _SPANISH_ADVERBS or form.endswith("mente")


def _be_passive(form: str) -> bool:
    return (form in BE and form[0] != "'") or bool(_CONTRACTED.match(form) or _NEGATED.match(form))


def _be(form: str) -> bool:
    return _be_passive(form) or bool(_HOST.match(form))


def _starts(forms: Sequence[str], lang: str) -> NDArray[np.bool_]:
    """Tell which words may begin a passive or a progressive."""
    if lang == "es":
        return np.array([form in SER or form in ESTAR or form == "se" for form in forms], np.bool_)
    return np.array([lang == "en" and (_be(form) or form in GET) for form in forms], np.bool_)


def find_markers(words: Sequence[str], place: int, lang: str) -> Iterator[Marker]:
    """Give the markers that begin at a place of a segment's words and signs, in small letters.

    >>> words = "the bridge was not yet being built".split()
    >>> [(words[n], list(find_markers(words, n, "en"))) for n in (2, 5)]
    [('was', ['progressive']), ('being', ['passive'])]
    >>> list(find_markers("se vendió la casa".split(), 0, "es"))
    ['se']
    """
    word, rest = words[place], words[place + 1 : place + 3 + _SKIPPED]
    if lang == "es":
        if word == "se":
            if _free_se(rest):
                yield "se"
        elif word in SER and _behind(rest, spanish_participle, _spanish_between, _SPANISH_SUBJECTS):
            yield "passive"
        elif word in ESTAR and _behind(rest, _spanish_gerund, _spanish_between, _SPANISH_SUBJECTS):
            yield "progressive"
        return
    if word in GET:
        if _behind(rest, english_participle, _english_between, frozenset()):
            yield "get"
        return
    if _be_passive(word) and _behind(rest, english_participle, _english_between, _SUBJECTS):
        yield "passive"
    if _be(word) and _behind(rest, _progressive_or_being, _english_between, _SUBJECTS) and not _is_future(rest):
        yield "progressive"


def _progressive_or_being(form: str) -> bool:
    return form == "being" or _english_progressive(form)


def _behind(
    rest: Sequence[str], wanted: Callable[[str], bool], between: Callable[[str], bool], subjects: frozenset[str]
) -> bool:
    """Tell whether a wanted form follows, with a subject pronoun and a few adverbs between at most."""
    skipped = 0
    for number, form in enumerate(rest):
        if number == 0 and form in subjects:
            continue
        if wanted(form):
            return True
        if not between(form) or skipped == _SKIPPED:
            return False
        skipped += 1
    return False


def _is_future(rest: Sequence[str]) -> bool:
    """Tell whether what follows is "going to" and no place."""
    for form, after, beyond in zip(rest, rest[1:], [*rest[2:], ""], strict=False):
        if form == "going":
            return after == "to" and beyond not in _DETERMINERS
    return False


def _free_se(rest: Sequence[str]) -> bool:
    """Tell whether the verb behind "se" has no other pronoun, and is not pronominal by nature."""
    if not rest or rest[0] in _CLITICS or not rest[0].isalpha():
        return False
    from bialign.concordance.lemmas import lemma

    verb = rest[0]
    helped = len(rest) > 1 and (verb in _AUXILIARIES or lemma(verb, "es") in {"haber", "poder", "deber"})
    base = lemma(rest[1], "es") if helped else lemma(verb, "es")
    return base.removesuffix("se") not in _PRONOMINAL and _stem(rest[1] if helped else verb) not in _PRONOMINAL


_AUXILIARIES = word_set("ha han había habían hubo habrá habrán haya hayan habría habrían hubiera hubieran")


def _stem(form: str) -> str:
    """Give the infinitive of a regular participle: "sentado" is of "sentar", where a dictionary knows an adjective."""
    for ending, infinitive in (("ado", "ar"), ("ido", "ir")):
        if form.endswith(ending):
            return form.removesuffix(ending) + infinitive
    return form


def markers(text: Counted) -> NDArray[np.int64]:
    """Count the markers of each segment: an array (segments, markers) in the order of `MARKERS`."""
    found = np.zeros((len(text), len(MARKERS)), np.int64)
    forms, lang = text.lexis.forms, text.lexis.lang
    places = np.flatnonzero(text.lexis.feature(_starts)[text.tokens])
    segments = np.searchsorted(text.bounds, places, side="right") - 1
    ends = text.bounds[segments + 1]
    for place, segment, end in zip(places.tolist(), segments.tolist(), ends.tolist(), strict=True):
        words = [forms[number] for number in text.tokens[place : min(end, place + 3 + _SKIPPED)].tolist()]
        for marker in find_markers(words, 0, lang):
            found[segment, MARKERS.index(marker)] += 1
    return found
