"""What a term looks like, as data: the words of English and Spanish that none begins or ends with, and those inside.

There is no tagger: a run of words is looked at as a term where it begins and ends with words that are no function
words, and where only the short words of noun phrases stand inside, "service *of* intelligence" (after the patterns of
Justeson & Katz 1995).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bialign.languages import word_set

LONGEST = 7
"""Words of the longest term that is looked for."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Hold what is known of the terms of a language, in small letters.

    No term begins or ends with a word of `closed`; between its words may stand those of `inside`, and those of
    `named` where all words around have capitals. `determiners` stand before nouns, `subjects` before verbs.
    `first` tells whether the word that says what the thing is stands first or last; `barred` fits adverbs.
    `articles` and the articles in `contracted` words make no difference inside a term; `joining` are words for "and".
    """

    lang: str
    closed: frozenset[str]
    inside: frozenset[str]
    named: frozenset[str]
    determiners: frozenset[str]
    subjects: frozenset[str]
    first: bool
    articles: frozenset[str]
    contracted: Mapping[str, str]
    joining: frozenset[str]
    barred: re.Pattern[str]


ENGLISH = Pattern(
    "en",
    closed=word_set(
        """a an the this that these those each every either neither both all any some none no other others another such
        same own several many much more most few fewer less least enough half certain various numerous
        i you he she it we they me him her us them myself yourself himself herself itself ourselves themselves oneself
        my your his its our their mine yours hers ours theirs one ones someone somebody something anyone anybody
        anything everyone everybody everything nobody nothing who whom whose which what whatever whoever whichever
        when where why how whenever wherever
        am is are was were be been being have has had having do does did done doing will would shall should can could
        may might must ought need used get gets got getting gotten let lets make makes made making take takes took
        taken taking give gives gave given giving go goes went gone going come comes came coming become becomes became
        becoming say says said saying tell tells told see sees saw seen seeing know knows knew known keep keeps kept
        keeping put puts seem seems seemed want wants wanted use uses using try tries tried think thinks thought
        show shows showed shown find finds found include includes included including involve involves involved
        remain remains remained begin begins began begun start starts started starting allow allows allowed cause
        causes caused provide provides provided call calls called mean means meant add adds added ask asks asked
        add leave leaves left look looks looked bring brings brought help helps helped happen happens happened
        lead leads led follow follows followed following consider considers considered appear appears appeared
        and or nor but yet so for of in on at by to from with without within into onto upon about above below under
        underneath over between among amongst through throughout during before after since until till against toward
        towards across along alongside around behind beside besides beyond despite except near off out outside inside
        up down per via than as because although though while whereas unless if whether once like unlike due
        according regarding concerning
        not only just very too even still already again here there now then thus therefore hence however moreover
        furthermore nevertheless nonetheless otherwise instead also always never ever often sometimes usually
        generally rather quite almost nearly perhaps maybe yes no well soon later early late ago away back together
        alone especially particularly mainly mostly approximately currently recently previously finally initially
        actually probably possibly likely unlikely able unable available
        january february march april may june july august september october november december
        monday tuesday wednesday thursday friday saturday sunday mondays fridays saturdays sundays
        zero one two three four five six seven eight nine ten eleven twelve hundred thousand million billion dozen
        hundreds thousands millions dozens twice first second third fourth last next former latter
        good better best bad worse worst big small large larger largest great greater greatest little long
        short high higher highest low lower lowest main different similar important possible necessary
        way ways thing things lot lots kind kinds sort sorts day days week weeks month months year years today
        yesterday tomorrow time times number numbers amount part parts example examples case cases people person man
        men woman women mr mrs ms dr etc e.g i.e e.g. i.e. et al al. vs vs. ie eg fig fig. figs figs.
        don't doesn't didn't isn't aren't
        wasn't weren't can't couldn't won't wouldn't shouldn't hasn't haven't hadn't it's that's there's what's let's
        i'm you're we're they're i've we've they've he's she's who's cannot"""
    )
    - word_set("case cases people person man men woman women day days number numbers time times high low long short"),
    inside=word_set("of for"),
    named=word_set("of for and the in on against to &"),
    determiners=word_set(
        """a an the this that these those its their his her our my your no any some each every of such another other
        many several most few these in for by with from against between during without"""
    ),
    subjects=word_set(
        """to i you he she it we they who that which can could may might will would shall should must not n't and cannot
        don't doesn't didn't let"""
    ),
    first=False,
    articles=word_set("the"),
    contracted={},
    joining=word_set("and &"),
    barred=re.compile(r".+(?:[ai]l|iv|ous|nt|ar|ic|ed|ing|ab)ly|respectively"),
)
SPANISH = Pattern(
    "es",
    closed=word_set(
        """el la los las lo un una unos unas al del este esta esto estos estas ese esa eso esos esas aquel aquella
        aquello aquellos aquellas cada todo toda todos todas alguno alguna algunos algunas algún ninguno ninguna ningún
        otro otra otros otras mismo misma mismos mismas mucho mucha muchos muchas poco poca pocos pocas varios varias
        tanto tanta tantos tantas cierto cierta ciertos ciertas demás ambos ambas cualquier cualquiera sendos bastante
        más menos tan yo tú él ella ello nosotros nosotras vosotros ellos ellas usted ustedes me te se nos os le les
        mí ti sí mi tu su mis tus sus nuestro nuestra nuestros nuestras vuestro vuestra suyo suya suyos suyas
        que qué quien quién quienes quiénes cual cuál cuales cuáles cuyo cuya cuyos cuyas cuando cuándo donde dónde
        adonde como cómo cuanto cuánto cuánta cuántos cuántas porque por para con sin de a en contra entre sobre desde
        hasta hacia según durante mediante tras ante bajo excepto salvo además aunque mientras pues si y e o u ni pero
        sino ser es son era eran fue fueron sido siendo será serán sería serían sea sean fuera fueran estar está están
        estaba estaban estado estuvo estuvieron estando haber ha han he hemos había habían hay haya hayan hubo habrá
        habido tener tiene tienen tenía tenían tuvo tuvieron teniendo tenido hacer hace hacen hacía hizo hicieron
        haciendo hecho poder puede pueden podía podían podría podrían pudo deber debe deben debía debería deberían
        ir va van iba iban dar da dan dio dieron dado decir dice dicen dijo dijeron dicho ver vez veces visto
        utilizar utiliza utilizan utilizó utilizado usar usa usan usó incluir incluye incluyen incluyendo incluido
        incluida incluidos incluidas permitir permite permiten seguir sigue siguen siguió quedar queda quedó parecer
        parece llevar lleva llevó poner pone puso llamado llamada llamados llamadas debido debida realizar realiza
        realizado realizó existir existe existen encontrar encuentra encuentran saber sabe querer quiere quieren
        no ni ya muy también tampoco solo sólo solamente así aún todavía siempre nunca jamás ahora entonces aquí allí
        ahí después antes luego hoy ayer mañana cerca lejos dentro afuera adentro arriba abajo delante detrás encima
        debajo casi bien mal mejor peor quizá quizás tal tales incluso inclusive aun apenas acaso aproximadamente
        actualmente recientemente especialmente principalmente generalmente respecto acuerdo través pesar partir
        embargo ejemplo obstante
        enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre lunes martes
        miércoles jueves viernes sábado domingo sábados domingos
        cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce veinte cien ciento mil millón millones
        miles cientos docena decenas primer primero primera primeros primeras segundo segunda tercer tercero tercera
        cuarto último última últimos últimas próximo próxima siguiente siguientes anterior anteriores
        buen bueno buena buenos buenas malo mala gran grande grandes pequeño
        pequeña pequeños pequeñas diferente diferentes distinto distinta distintos
        distintas similar similares importante importantes posible posibles necesario necesaria
        manera maneras modo forma formas cosa cosas tipo tipos parte partes año años mes meses semana semanas
        sr sra dr dra etc p.ej p. ej. ej vs fig fig. figs figs."""
    ),
    inside=word_set("de del la el los las a al en por para con contra sin"),
    named=word_set("de del la el los las a al en por para con contra sin y e"),
    determiners=word_set(
        """el la los las un una unos unas este esta estos estas ese esa esos esas su sus mi tu nuestro nuestra del de al
        por con sin en para contra entre sobre cada ningún ninguna otro otra otros otras muchos muchas varios varias
        algún alguna algunos algunas aquel aquella aquellos aquellas cualquier durante mediante tras ante bajo"""
    ),
    subjects=word_set(
        """se no que lo le les me te nos puede pueden podría podrían podía debe deben debería deberían ha han he hemos
        haber había habían ya también quien quienes"""
    ),
    first=True,
    articles=word_set("el la los las"),
    contracted={"del": "de", "al": "a"},
    joining=word_set("y e &"),
    barred=re.compile(".+mente"),
)
PATTERNS = {"en": ENGLISH, "es": SPANISH}

_WORD = re.compile(r"[^\W_]")
_NUMBER = re.compile(r"[\d.,:%/+-]+(?:st|nd|rd|th|s|º|ª)?")
_LIGHT = re.compile(r"(?i)(?:[a-z]|[ivx]+)\)?")


def spans(words: Sequence[str], pattern: Pattern) -> Iterator[tuple[int, int]]:
    """Give the (start, stop) of all runs of words that look like terms, in the order of their starts.

    >>> words = "the Ministry of Defence said".split()
    >>> [" ".join(words[i:j]) for i, j in spans(words, ENGLISH)]
    ['Ministry', 'Ministry of Defence', 'Defence']
    """
    low = [word.lower() for word in words]
    heavy = [is_heavy(word, pattern) for word in words]
    for start in range(len(words)):
        if not heavy[start]:
            continue
        named = words[start][0].isupper()
        for stop in range(start + 1, min(len(words), start + LONGEST) + 1):
            word = low[stop - 1]
            if heavy[stop - 1]:
                named = named and not words[stop - 1][0].islower()
                if named or not any(low[n] not in pattern.inside for n in range(start, stop) if not heavy[n]):
                    yield start, stop
            elif word not in pattern.inside and not (named and word in pattern.named):
                break


def joined(words: Sequence[str], pattern: Pattern) -> str:
    """Give the key of a run: its words, without the articles inside.

    >>> joined("control de la enfermedad".split(), SPANISH), joined("control del virus".split(), SPANISH)
    ('control de enfermedad', 'control de virus')
    """
    return " ".join(pattern.contracted.get(word, word) for word in words if word not in pattern.articles)


def is_heavy(word: str, pattern: Pattern) -> bool:
    """Tell whether a word may begin or end a term; of WHO it is known by its capitals, as it is no "who".

    >>> [is_heavy(word, ENGLISH) for word in ("army", "who", "WHO", "1992", "IV")]
    [True, False, True, False, False]
    """
    low = word.lower()
    if not _WORD.match(word) or _NUMBER.fullmatch(low) or _LIGHT.fullmatch(low) or pattern.barred.fullmatch(low):
        return False
    return low not in pattern.closed or (word.isupper() and len(word) > 2)


def is_acronym(word: str) -> bool:
    """Tell whether a word is written with capitals inside: SIN, mRNA, COVID-19; not Self-Coup.

    >>> [is_acronym(word) for word in ("SIN", "mRNA", "COVID-19", "NGOs", "Self-Coup", "I", "EE.UU.")]
    [True, True, True, True, False, False, True]
    """
    capitals = sum(map(str.isupper, word))
    if capitals < 2:
        return False
    # as many capitals as parts are only a name with a hyphen
    return capitals > len([part for part in re.split(r"[-'’]", word) if part[:1].isalpha()]) or word.isupper()
