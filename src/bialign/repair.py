"""Repair of damaged text, by named rules in order; every change is recorded, explained, replayable and reversible.

Quotes and dashes are left as the author has them, unless they are asked for (`ALSO`). Repairing a repaired text changes
nothing.
"""

from __future__ import annotations

import bisect
import itertools
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bialign.bitext import Fix
from bialign.hyphens import find_line_end_hyphens
from bialign.mojibake import Edit, find_utf8_mojibake, find_word_mojibake, find_wrong_encoding
from bialign.typography import find_dashes, find_quotes


@dataclass(frozen=True, slots=True)
class Rule:
    """Hold one repair: its name, what it does in English and in Spanish, and the function that finds its places."""

    name: str
    english: str
    spanish: str
    find: Callable[[str, str], list[Edit]]


def repair(text: str, lang: str = "", also: Iterable[str] = ()) -> tuple[str, tuple[Fix, ...]]:
    """Give the clean text and what was changed; `lang` ("en", "es-PE") tells what words to expect, else it is guessed.

    Offsets of the fixes count characters of the text as it was; they are sorted and do not overlap. A place that
    several rules changed is one fix with the names of all. `also` names rules that are no repairs, of `ALSO`; raises
    ValueError for others.

    >>> clean, fixes = repair("Peruís rulers left Peru with the U.S.ís help.", "en")
    >>> clean
    'Peru’s rulers left Peru with the U.S.’s help.'
    >>> [(fix.start, fix.before, fix.after, fix.rules) for fix in fixes][0]
    (0, 'Peruís', 'Peru’s', ('word-mojibake',))
    """
    also = tuple(also)
    clean: str = text
    fixes: tuple[Fix, ...] = ()
    for _ in range(_ROUNDS):
        before = clean
        for rule in RULES.values():
            edits = rule.find(clean, lang)
            if edits:
                steps = [Fix(start, clean[start:stop], after, (rule.name,)) for start, stop, after in edits]
                fixes = _compose(text, clean, fixes, steps)
                clean = replay(text, fixes)
        steps = normalisations(clean, lang, also)
        if steps:
            clean, fixes = amend(clean, fixes, steps)
        if clean == before:
            break
    return clean, fixes


def normalisations(clean: str, lang: str, also: Iterable[str]) -> list[Fix]:
    """Find what the rules of `ALSO` that are named would change in a clean text, sorted and apart.

    >>> [(fix.before, fix.after) for fix in normalisations('"Vete", dijo.', "es", ["quotes"])]
    [('"', '«'), ('"', '»')]
    """
    also = tuple(also)
    if unknown := sorted(set(also) - set(ALSO)):
        raise ValueError(f"no such rule: {', '.join(unknown)}")
    fixes: tuple[Fix, ...] = ()
    text = clean
    for rule in (rule for name, rule in ALSO.items() if name in also):
        steps = [Fix(start, text[start:stop], after, (rule.name,)) for start, stop, after in rule.find(text, lang)]
        text, fixes = amend(text, fixes, steps)
    return list(fixes)


def replay(text: str, fixes: Sequence[Fix]) -> str:
    """Make the clean text from the text as it was; ValueError where the fixes belong to another text.

    >>> replay("ﬁne", [Fix(0, "ﬁ", "fi", ("ligatures",))])
    'fine'
    """
    pieces: list[str] = []
    at = 0
    for fix in fixes:
        stop = fix.start + len(fix.before)
        if fix.start < at or text[fix.start : stop] != fix.before:
            raise ValueError(f"the fix at {fix.start} does not fit this text")
        pieces += text[at : fix.start], fix.after
        at = stop
    return "".join((*pieces, text[at:]))


def revert(clean: str, fixes: Sequence[Fix]) -> str:
    """Make the text as it was from the clean text, exactly; ValueError where the fixes belong to another text.

    >>> revert("fine", [Fix(0, "ﬁ", "fi", ("ligatures",))])
    'ﬁne'
    """
    back: list[Fix] = []
    shift = 0
    for fix in fixes:
        back.append(Fix(fix.start + shift, fix.after, fix.before, fix.rules))
        shift += len(fix.after) - len(fix.before)
    return replay(clean, back)


def moved(offsets: Sequence[int], fixes: Sequence[Fix]) -> list[int]:
    """Turn offsets of the text as it was, in any order, into those of the clean text.

    An offset inside a fix keeps its distance from the fix's start, as far as what it became is long.

    >>> moved([0, 2, 4], [Fix(1, "ﬁ", "fi", ("ligatures",))])
    [0, 3, 5]
    """
    starts = [fix.start for fix in fixes]
    growths = list(itertools.accumulate((_growth(fix) for fix in fixes), initial=0))
    result = []
    for offset in offsets:
        number = bisect.bisect_right(starts, offset)
        at = offset + growths[number]
        if number and offset < starts[number - 1] + len(fixes[number - 1].before):
            fix = fixes[number - 1]
            at = fix.start + growths[number - 1] + min(offset - fix.start, len(fix.after))
        result.append(at)
    return result


def amend(clean: str, fixes: Sequence[Fix], steps: Sequence[Fix]) -> tuple[str, tuple[Fix, ...]]:
    """Change a clean text further: give the new text, and the fixes that make it from the text as it was.

    `steps` are fixes of the clean text, sorted and apart.

    >>> amend("fine", [Fix(0, "ﬁ", "fi", ("ligatures",))], [Fix(0, "f", "F", ("capitals",))])
    ('Fine', (Fix(start=0, before='ﬁ', after='Fi', rules=('ligatures', 'capitals')),))
    """
    return replay(clean, steps), _compose(revert(clean, fixes), clean, fixes, steps)


def _compose(text: str, clean: str, fixes: Sequence[Fix], steps: Sequence[Fix]) -> tuple[Fix, ...]:
    """Add fixes of the clean text to the fixes that made it, giving fixes of the text as it was."""
    result: list[Fix] = []
    shift = 0  # of the clean text against the original, before the place the two lists have been read to
    i = j = 0
    while i < len(fixes) or j < len(steps):
        first = i < len(fixes) and (j == len(steps) or fixes[i].start + shift <= steps[j].start)
        start = fixes[i].start + shift if first else steps[j].start
        stop, inner, after, names, at = start, shift, "", [], start
        if first:
            stop, inner, names, i = start + len(fixes[i].after), inner + _growth(fixes[i]), list(fixes[i].rules), i + 1
        while True:
            if j < len(steps) and (steps[j].start < stop or (not first and not names)):
                after += clean[at : steps[j].start] + steps[j].after
                at = steps[j].start + len(steps[j].before)
                stop = max(stop, at)
                names += steps[j].rules
                j += 1
            elif i < len(fixes) and fixes[i].start + inner < stop:
                stop = max(stop, fixes[i].start + inner + len(fixes[i].after))
                names, inner, i = [*fixes[i].rules, *names], inner + _growth(fixes[i]), i + 1
            else:
                break
        before, after = text[start - shift : stop - inner], after + clean[at:stop]
        if before != after:
            result.append(Fix(start - shift, before, after, _in_order(names)))
        shift = inner
    return tuple(result)


def _in_order(names: Sequence[str]) -> tuple[str, ...]:
    """Put the rules of repair into their order, and what else was done to a text behind them."""
    known = (*RULES, *ALSO)
    return (*(name for name in known if name in names), *dict.fromkeys(name for name in names if name not in known))


def _growth(fix: Fix) -> int:
    return len(fix.after) - len(fix.before)


def _substitute(pattern: str, replacement: str | Callable[[re.Match[str]], str]) -> Callable[[str, str], list[Edit]]:
    compiled = re.compile(pattern)

    def find(text: str, lang: str) -> list[Edit]:
        edits = []
        for found in compiled.finditer(text):
            new = replacement if isinstance(replacement, str) else replacement(found)
            if new != found.group():
                edits.append((found.start(), found.end(), new))
        return edits

    return find


def _find_unnormalised(text: str, lang: str) -> list[Edit]:
    if unicodedata.is_normalized("NFC", text):
        return []
    edits = []
    # what composes stands above U+02FF, except for the base letter before it
    for found in re.finditer(r"[\s\S]?[^\x00-\u02ff]+", text):
        old, new = found.group(), unicodedata.normalize("NFC", found.group())
        if old != new:
            head = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
            tail = 0
            while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
                tail += 1
            edits.append((found.start() + head, found.end() - tail, new[head : len(new) - tail]))
    return edits


def _cp1252(found: re.Match[str]) -> str:
    return found.group().encode("latin-1").decode("cp1252", "replace").replace("\ufffd", "")


_ROUNDS = 4
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_LATIN = "A-Za-zÀ-ɏ"

RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (
        Rule(
            "utf8-mojibake",
            "UTF-8 that was read as another encoding is read as UTF-8 again (espaÃ±ol: español)",
            "El UTF-8 leído en otra codificación vuelve a leerse como UTF-8 (espaÃ±ol: español)",
            find_utf8_mojibake,
        ),
        Rule(
            "wrong-encoding",
            "a text read all through in the wrong encoding is read in the right one (comi—: comió)",
            "Un texto leído por entero en otra codificación se lee en la suya (comi—: comió)",
            find_wrong_encoding,
        ),
        Rule(
            "c1-controls",
            "control characters that were quotes or dashes in cp1252 become those again",
            "Los caracteres de control que eran comillas o rayas en cp1252 vuelven a serlo",
            _substitute("[\x80-\x84\x86-\x9f]|(?<=[a-z])\x85", _cp1252),
        ),
        Rule(
            "word-mojibake",
            "an apostrophe, quote or dash turned into a letter within a word is restored (Peruís: Peru’s)",
            "Se restaura el apóstrofo, la comilla o la raya convertidos en letra (Peruís: Peru’s)",
            find_word_mojibake,
        ),
        Rule(
            "line-ends",
            "line ends of every kind become a plain newline",
            "Los fines de línea de toda clase pasan a ser un salto de línea simple",
            _substitute("\r\n|[\r\v\f\x85\u2028\u2029]", "\n"),
        ),
        Rule(
            "controls",
            "stray control characters are removed",
            "Se quitan los caracteres de control sueltos",
            _substitute("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]", ""),
        ),
        Rule(
            "zero-width",
            "invisible characters of no width, and a byte order mark inside the text, are removed",
            "Se quitan los caracteres invisibles sin ancho y la marca de orden de bytes dentro del texto",
            _substitute(
                f"[\u200b\u2060\ufeff\u180e]+|(?<![^\\s{_LATIN}])[\u200c-\u200f\u202a-\u202e\u2066-\u2069]+"
                f"(?![^\\s{_LATIN}\\d.,;:!?])",
                "",
            ),
        ),
        Rule(
            "soft-hyphens",
            "soft hyphens are removed, with the line end they may stand at",
            "Se quitan los guiones opcionales, y el fin de línea que los siga",
            _substitute("\u00ad(?:\n(?=[a-zà-ÿ]))?", ""),
        ),
        Rule(
            "ligatures",
            "typographic ligatures become letters (ﬁ: fi)",
            "Las ligaduras tipográficas pasan a letras (ﬁ: fi)",
            _substitute("[ﬀﬁﬂﬃﬄﬅﬆ]", lambda found: _LIGATURES[found.group()]),
        ),
        Rule(
            "nfc",
            "letters written as base and accent become one character (Unicode NFC)",
            "Las letras escritas como base y tilde pasan a un solo carácter (NFC de Unicode)",
            _find_unnormalised,
        ),
        Rule(
            "spaces",
            "non-breaking spaces and spaces of unusual width become plain spaces",
            "Los espacios duros y los de ancho especial pasan a espacios normales",
            _substitute("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]", " "),
        ),
        Rule(
            "doubled-spaces",
            "several spaces between words become one",
            "Varios espacios entre palabras pasan a uno",
            _substitute(r"(?<=\S) {2,}(?=\S)", " "),
        ),
        Rule(
            "trailing-spaces",
            "spaces at the end of a line are removed",
            "Se quitan los espacios al final de la línea",
            _substitute(r"(?<![ \t])[ \t]+(?=\n|\Z)", ""),
        ),
        Rule(
            "line-end-hyphens",
            "in text wrapped at a fixed width, words cut at a line end are made whole (deten-/ción: detención)",
            "En texto de ancho fijo, las palabras partidas a fin de línea vuelven a ser una (deten-/ción: detención)",
            find_line_end_hyphens,
        ),
    )
}

ALSO: dict[str, Rule] = {
    rule.name: rule
    for rule in (
        Rule(
            "quotes",
            "straight quotes and apostrophes become those of print (don't: don’t), in Spanish « » or those it has",
            "Las comillas y apóstrofos rectos pasan a ser los de imprenta (« »; “ ” si son las del texto)",
            find_quotes,
        ),
        Rule(
            "dashes",
            "hyphens that stand for dashes become dashes (he left--late: he left—late), in Spanish dialogue too",
            "Los guiones usados como raya pasan a rayas, también las del diálogo (- No -dijo: —No —dijo)",
            find_dashes,
        ),
    )
}
"""What is no damage and changed only when asked for, by name."""
