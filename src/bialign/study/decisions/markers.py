"""Connectives that one side has and the other has nothing for (Blum-Kulka 1986: shifts of cohesive markers)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bialign.languages import word_set
from bialign.languages.connectives import ConnectiveAt, Sense, find_connectives
from bialign.study.decisions.facing import Facing, Sign

_FAMILY: Mapping[Sense, str] = {
    "addition": "additive", "contrast": "adversative", "concession": "adversative", "cause": "causal",
    "consequence": "causal", "time": "temporal", "order": "temporal", "conclusion": "temporal",
    "example": "elaborative", "restatement": "elaborative",
}  # fmt: skip
"""What may stand for each other; condition and topic are left out, as verbs and prepositions express them too."""

_LOOSE: Mapping[str, Mapping[str, frozenset[str]]] = {
    "en": {
        "additive": word_set(
            """also too besides further furthermore moreover addition additionally plus likewise similarly even
            another both as well other equally same again along together added meanwhile general"""
        ),
        "adversative": word_set(
            """but yet however while whereas although though despite even instead rather only nevertheless
            nonetheless still unlike except otherwise notwithstanding regardless contrast contrary
            whatever conversely not spite anyway just hand long case"""
        ),
        "causal": word_set(
            """because as since for due given cause causes caused reason reasons owing thanks by from with so thus
            therefore hence consequently thereby then result results resulting resulted accordingly
            why such enough lead led leads consequence consequences through means"""
        ),
        "temporal": word_set(
            """while when then after later before subsequently once until since eventually finally last end first
            firstly second secondly third thirdly next meanwhile time times as followed following
            lastly ultimately overall start started begin beginning long now general previously
            earlier upon soon afterwards during whenever all ended short still"""
        ),
        "elaborative": word_set(
            """like as such including include includes example examples instance particular particularly namely
            especially mean means meaning words fact indeed actually really truly effect i.e e.g or
            specifically that even called"""
        ),
    },
    "es": {
        "additive": word_set(
            """además también tampoco asimismo igualmente aún incluso más otro otra otros otras adicional
            adicionalmente par ambos junto nuevamente vez demás aparte mismo misma añadió agregó"""
        ),
        "adversative": word_set(
            """pero mas sino sin aunque mientras si bien pese pesar aun incluso solo sólo salvo excepto contra
            contrario contraste cambio embargo obstante todavía aún tampoco no lugar vez
            contrariamente parte tanto modos maneras formas caso fuere par"""
        ),
        "causal": word_set(
            """porque pues ya como por dado dada dados debido al gracias puesto causa causas razón razones motivo
            motivos modo manera debe deben debía debió resulta resultan deriva así entonces tanto tal
            consecuencia resultado para con eso ello cual ahí raíz tras"""
        ),
        "temporal": word_set(
            """mientras cuando entonces después luego tras antes posteriormente vez hasta desde finalmente último
            última final fin primero primer primera primeramente segundo segunda tercero tercera
            tiempo siguiente general par ahora anteriormente previamente pronto durante siempre
            todavía aún todo todos todas posterior concluir continuación ya empezar comenzar empiezo
            comienzo tanto"""
        ),
        "elaborative": word_set(
            """como tal tales incluidos incluidas incluido incluida incluyendo incluye ejemplo ejemplos particular
            especialmente especial sobre concreto saber decir significa realidad hecho efecto verdad
            realmente verdaderamente o incluso específicamente específico particularmente llamado
            llamada llamados"""
        ),
    },
}
"""Words that may carry such a relation without being connectives where they stand; any of them counts as one."""

_PLAIN = {
    "and", "y", "e", "o", "or", "u", "ni", "nor", "also", "as well as", "así como", "such as", "tal como",
    "tales como", "para que", "so that", "in order to", "in order that", "a fin de", "a fin de que", "con el fin de",
    "when", "cuando", "before", "antes", "antes de que", "after", "después", "después de que", "until", "hasta que",
    "once", "una vez que", "whenever", "cada vez que", "as soon as", "tan pronto como", "en cuanto", "apenas",
    "ever since", "desde que", "de modo que", "de manera que", "de forma que",
}  # fmt: skip
"""Connectives that tell nothing: a comma, an infinitive, a participle or nothing at all is as good."""
_BETWEEN_SIGNS = {
    "that is", "that is to say", "a saber", "esto es", "next", "first", "second", "third", "primero", "segundo",
    "tercero", "total", "rather", "then", "con todo", "es más", "así", "en consecuencia", "como resultado", "bien",
}  # fmt: skip
"""Connectives only if a sign follows: "that is, ...", but "that is set to"; "next, ...", but "next year"."""
_INVERTED = word_set("do does did is are was were am has have had can could will would should must too")
"""Words before which "so" means "also"."""
_LIGHT = word_set("de que a al en el la lo los las of the in to on as it that , . ; : and y por for")


def added_connectives(seen: Facing) -> Iterator[Sign]:
    """Give the connectives of a side that nothing faces: none of their words is linked, no word of their kind is there.

    The score says how sure that is: lower for one word, as these have more than one meaning.
    """
    found = find_connectives(seen.words, seen.lang)
    if not found:
        return
    opened = [each.start for each in find_connectives(seen.others, seen.other_lang)[:1]]
    there = {_FAMILY.get(each.connective.sense, "") for each in find_connectives(seen.others, seen.other_lang)}
    others = {word.lower() for word in seen.others}
    for each in found:
        family = _FAMILY.get(each.connective.sense)
        if family is None or each.connective.text in _PLAIN or family in there or not _apart(seen, each):
            continue
        if family == "elaborative" and there & {"additive", "adversative"}:
            continue  # "indeed" and "de hecho" stand for "also" and "but" as well
        if each.start == 0 and opened == [0]:
            continue  # another relation is said, or the same in other words
        if others.isdisjoint(_LOOSE[seen.other_lang][family]) and not _rendered(seen, each):
            score = 0.9 if each.stop - each.start > 1 else 0.8
            yield Sign("connective", " ".join(seen.words[each.start : each.stop]), score)


def _apart(seen: Facing, each: ConnectiveAt) -> bool:
    """Tell whether words are a connective by the signs around them, where they may be something else."""
    if each.connective.text == "por lo que":
        return bool(each.start) and not any(map(str.isalnum, seen.words[each.start - 1]))
    after = seen.words[each.stop].lower() if each.stop < len(seen.words) else ""
    if each.connective.text == "so" and after in _INVERTED:
        return False
    if each.connective.text not in _BETWEEN_SIGNS:
        return True
    return bool(after) and not any(map(str.isalnum, after))


def _rendered(seen: Facing, each: ConnectiveAt) -> bool:
    """Tell whether a word of a connective that is more than grammar is linked, or a light one to one of meaning."""
    for index in range(each.start, each.stop):
        partners = [seen.others[j].lower() for j in seen.partners[index]]
        if any(partner not in _LIGHT for partner in partners):
            return True
    return False
