"""The closed classes of English and Spanish as data: the words that grammar needs, all others being lexical.

Lexical density (Ure 1971; Halliday 1985) stands on this line between few words that are used all the time and many
that carry what a text is about. Forms are written out, in small letters; of Spanish, elided and enclitic forms are
single words ("del", "conmigo"). A contraction of English is as closed as what it is made of: "isn't", "they'll".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bialign.languages.model import word_set

WordClass = Literal["determiner", "pronoun", "preposition", "conjunction", "auxiliary", "particle"]

BE = word_set("be am is are was were being been 'm 's 're")
GET = word_set("get gets got getting gotten")
SER = word_set(
    """ser siendo sido soy eres es somos sois son era eras éramos erais eran fui fuiste fue fuimos fuisteis fueron seré
    serás será seremos seréis serán sería serías seríamos seríais serían sea seas seamos seáis sean fuera fueras
    fuéramos fuerais fueran fuese fueses fuésemos fueseis fuesen fuere fueren"""
)
ESTAR = word_set(
    """estar estando estado estoy estás está estamos estáis están estaba estabas estábamos estabais estaban estuve
    estuviste estuvo estuvimos estuvisteis estuvieron estaré estarás estará estaremos estaréis estarán estaría estarías
    estaríamos estaríais estarían esté estés estemos estéis estén estuviera estuvieras estuviéramos estuvierais
    estuvieran estuviese estuvieses estuviésemos estuvieseis estuviesen"""
)
HABER = word_set(
    """haber habiendo habido he has ha hay hemos habéis han había habías habíamos habíais habían hube hubiste hubo
    hubimos hubisteis hubieron habré habrás habrá habremos habréis habrán habría habrías habríamos habríais habrían
    haya hayas hayamos hayáis hayan hubiera hubieras hubiéramos hubierais hubieran hubiese hubieses hubiésemos
    hubieseis hubiesen"""
)
_HAVE_DO = word_set("have has had having do does did doing done")
_MODALS = word_set("can could may might must shall should will would ought cannot")
_PODER_DEBER = word_set(
    """poder pudiendo podido puedo puedes puede podemos podéis pueden podía podías podíamos podían pude pudiste pudo
    pudimos pudieron podré podrás podrá podremos podrán podría podrías podríamos podrían pueda puedas podamos puedan
    pudiera pudieras pudiéramos pudieran pudiese pudiesen debo debes debe debemos debéis deben debía debías debíamos
    debían debió debieron deberá deberás deberemos deberán debería deberías deberíamos deberían deba debas debamos
    deban debiera debieras debiéramos debieran suelo sueles suele solemos suelen solía solías solíamos solían"""
)

_ENGLISH: Mapping[WordClass, frozenset[str]] = {
    "determiner": word_set(
        """the a an this that these those my your his her its our their whose which what some any no every each either
        neither all both half many much few several enough such another other same"""
    ),
    "pronoun": word_set(
        """i me mine myself you yours yourself yourselves he him himself she hers herself it itself we us ours ourselves
        they them theirs themselves who whom whoever whatever whichever someone somebody something anyone anybody
        anything everyone everybody everything nobody nothing none one ones oneself there thou thee thy thine ye"""
    ),
    "preposition": word_set(
        """of in to for with on at from by about as into like through after over between out against during without
        before under around among within along across behind beyond upon toward towards onto off above near since
        until till except per via despite amid amidst amongst beneath beside besides below underneath concerning
        regarding throughout alongside inside outside versus up down"""
    ),
    "conjunction": word_set(
        """and or but nor so yet if because although though while whereas unless whether than lest when where why how
        whenever wherever once"""
    ),
    "auxiliary": BE | _HAVE_DO | _MODALS,
    "particle": word_set("not n't 'll 've 'd"),
}
_SPANISH: Mapping[WordClass, frozenset[str]] = {
    "determiner": word_set(
        """el la los las lo un una unos unas este esta estos estas ese esa esos esas aquel aquella aquellos aquellas mi
        mis tu tus su sus nuestro nuestra nuestros nuestras vuestro vuestra vuestros vuestras cuyo cuya cuyos cuyas todo
        toda todos todas otro otra otros otras mismo misma mismos mismas algún alguno alguna algunos algunas ningún
        ninguno ninguna ningunos ningunas cada ambos ambas mucho mucha muchos muchas poco poca pocos pocas varios varias
        tanto tanta tantos tantas cualquier cualesquiera demás tal tales"""
    ),
    "pronoun": word_set(
        """yo me mí conmigo tú te ti contigo él ella ello ellos ellas se sí consigo le les nosotros nosotras nos
        vosotros vosotras os vos usted ustedes esto eso aquello éste ésta éstos éstas ése ésa ésos ésas aquél aquélla
        aquéllos aquéllas mío mía míos mías tuyo tuya tuyos tuyas suyo suya suyos suyas quien quienes quién quiénes qué
        cual cuales cuál cuáles cuánto cuánta cuántos cuántas alguien algo nadie nada uno cualquiera quienquiera"""
    ),
    "preposition": word_set(
        """a al de del en con por para sin sobre entre hasta desde hacia ante bajo tras contra según durante mediante
        excepto salvo incluso versus vía cabe so"""
    ),
    "conjunction": word_set(
        """y e o u ni que pero mas sino si porque pues aunque como cuando donde adonde mientras cómo cuándo dónde adónde
        cuanto cuan conque"""
    ),
    "auxiliary": SER | ESTAR | HABER | _PODER_DEBER,
    "particle": word_set("no"),
}
_ENDINGS = ("n't", "'ll", "'ve", "'re", "'d", "'m", "'s")


@dataclass(frozen=True, slots=True)
class ClosedClasses:
    """Hold the closed classes of a language."""

    lang: str
    classes: Mapping[WordClass, frozenset[str]]

    def class_of(self, word: str) -> WordClass | None:
        """Give the class of a word in any case, None where it is lexical; the first that holds it.

        >>> english = CLOSED_CLASSES["en"]
        >>> [english.class_of(word) for word in ("The", "they'll", "isn’t", "Peru's", "river", "can't")]
        ['determiner', 'pronoun', 'auxiliary', None, None, 'auxiliary']
        >>> CLOSED_CLASSES["es"].class_of("habían"), CLOSED_CLASSES["es"].class_of("río")
        ('auxiliary', None)
        """
        small = word.lower().replace("’", "'")
        for name, words in self.classes.items():
            if small in words:
                return name
        if self.lang == "en" and "'" in small:
            ending = next((ending for ending in _ENDINGS if small.endswith(ending)), "")
            stem = small.removesuffix(ending)
            # "can't" is "can" and "n't"; "won't" and "shan't" change their stems
            stem = {"ca": "can", "wo": "will", "sha": "shall", "let": "us"}.get(stem, stem)
            return self.class_of(stem) if ending else None
        return None


CLOSED_CLASSES: Mapping[str, ClosedClasses] = {
    "en": ClosedClasses("en", _ENGLISH),
    "es": ClosedClasses("es", _SPANISH),
}
"""By language code, its closed classes."""
