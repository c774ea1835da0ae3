"""Words cut at a line end: whether the hyphen goes when the word is whole again, and the cuts of wrapped plain text.

The words that the text has elsewhere decide, then what is known of words and hyphens in English and in Spanish.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from bialign.compounds import VOWEL, is_compound
from bialign.languages import ENGLISH, SPANISH, guess_language, word_set
from bialign.split.layout import find_line_ends, find_paragraphs

HYPHENS = "-\u2010\u00ac\u00ad"
"""What stands at the end of a cut word: hyphen-minus, hyphen, ¬ as of some OCR, soft hyphen."""

_TEXT_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010'’][^\W\d_]+)*")
_TENS = word_set("twenty thirty forty fifty sixty seventy eighty ninety")
_DIGITS = re.compile(r"(?:one|two|three|four|five|six|seven|eight|nine|first|second|third|fourth|fif|nin)")
_LINKS = word_set("of the to and by de la por para")
_SHORT = 6
_ACRONYM = 3


def joined(before: str, after: str, words: Collection[str], lang: str) -> bool:
    """Tell whether a word cut at a line end loses its hyphen when its two parts come together again.

    `before` and `after` are the parts, the hyphen itself left out; `words` the lower-cased words of the text that do
    not stand at line ends, those with a hyphen too; `lang` "en", "es", "es-PE" ... or "". The text's own words
    decide, then the language.

    >>> joined("deten", "ción", (), "es"), joined("físico", "químico", (), "es")
    (True, False)
    >>> joined("self", "coup", (), "en"), joined("self", "ish", {"selfish"}, "en")
    (False, True)
    """
    before, after = before.rstrip(HYPHENS), after.lstrip(HYPHENS)
    if not (before[-1:].isalpha() and after[:1].isalpha()):
        return False
    # a name keeps it; a heading in capitals may be cut as any other word
    capitals = before.isupper() and after[:2].isupper()
    capitals = capitals and (max(len(before), len(after)) > _ACRONYM or (before + after).lower() in words)
    if after[0].isupper() and not capitals:
        return False
    head, tail = before.replace("\u2010", "-"), after.replace("\u2010", "-")
    before, after = head.lower(), tail.lower().replace("’", "'")
    # "self-deter-/mination", "govern-/ment-run": where the whole is new, the parts beside the cut decide
    last, first = before.rpartition("-")[2], after.partition("-")[0]
    for left, right in ((before, after), (last, first)):
        whole = left + right in words or right == "n't"
        if whole or f"{left}-{right}" in words:
            return whole
    if _is_phrase(before, after, words) or not VOWEL.search(last):  # no cut leaves a mere consonant: "X-/ray"
        return False
    if last in _TENS:
        return not _DIGITS.match(first)
    return not is_compound(head, tail, words, "es" if lang[:2] == "es" else "en")


def _is_phrase(before: str, after: str, words: Collection[str]) -> bool:
    """Tell whether the cut stands between words of a row such as "mother-in-/law" and "state-/of-the-art"."""
    functions = ENGLISH.function_words | SPANISH.function_words
    head, _, last = before.rpartition("-")
    first, _, rest = after.partition("-")
    if head and last in functions:  # "inter-in-/stitutional" is none
        return len(first) <= _SHORT or first in words or (last in _LINKS and head in words)
    return bool(rest) and first in functions and (last in words or last in functions or first in _LINKS)


# a letter, the hyphen, the line end, perhaps an indent, a small letter; the whole words on both sides
_CUT = re.compile(
    rf"(?P<space>(?<=\S) )?(?P<lead>[(\[\"“‘'«¿¡—]*)(?P<before>[^\W\d_](?:[^\W\d_]|[{HYPHENS}'’](?=[^\W\d_]))*)"
    rf"(?P<mark>[{HYPHENS}])\n(?P<indent>[ \t]*)(?P<after>[^\W\d_](?:[^\W\d_]|[{HYPHENS}'’](?=[^\W\d_]))*)"
)
_SUSPENDED = {"en": word_set("and or nor to but through versus"), "es": word_set("y e o u ni")}
_EITHER = _SUSPENDED["en"] | _SUSPENDED["es"]
_LIST_MARK = re.compile(r"[.)](?:\s|\Z)")
_ASIDE = 300
_HYPHEN_AS_DASH = re.compile(r"(?<!\S)-(?=[\w¿¡])")


def find_line_end_hyphens(text: str, lang: str) -> list[tuple[int, int, str]]:
    """Find words cut at the line ends of a wrapped text, and what makes them whole beside the line end.

    A word goes down to the next line, which it did not fit in before, or up, or where the lines come out more even:
    the first of these that leaves the paragraphs as they are, and where none does the cuts stay. Suspended hyphens
    ("pre-/and post-"), addresses and code keep what they have.
    """
    if not re.search(rf"[^\W\d_][{HYPHENS}]\n", text):
        return []
    ends = find_line_ends(text)
    if not ends:
        return []
    lang = lang[:2] or guess_language(text)
    words = _words_within_lines(text)
    cuts: list[tuple[re.Match[str], str]] = []
    for found in _cuts(text, ends):
        before, after = found["before"], found["after"]
        whole = (before + after).lower() in words
        suspended = after.lower() in _SUSPENDED.get(lang, _EITHER)
        if not whole and (suspended or _is_aside(text, found, ends, words)):
            continue
        mark = "" if joined(before, after, words, lang) else found["mark"].replace("\u00ac", "-")
        cuts.append((found, mark))
    count = len(find_paragraphs(text))
    widths = sorted(at - text.rfind("\n", 0, at) - 1 for at in ends)
    width = widths[int(0.95 * (len(widths) - 1))]
    for choice in (_goes_down, _goes_even, _goes_up):
        edits = [_edit(text, found, mark, choice(text, found, width)) for found, mark in cuts]
        edits = [edit for i, edit in enumerate(edits) if not i or edit[0] >= edits[i - 1][1]]
        if len(find_paragraphs(_edited(text, edits))) == count:
            return edits
    return []


def _goes_down(text: str, found: re.Match[str], width: int) -> bool:
    return True


def _goes_up(text: str, found: re.Match[str], width: int) -> bool:
    return False


def _goes_even(text: str, found: re.Match[str], width: int) -> bool:
    """Tell whether the line below has more room for the first part than the line above has for the second."""
    at = found.start("indent") - 1
    stop = text.find("\n", at + 1)
    below = (len(text) if stop < 0 else stop) - at - 1 + len(found["before"])
    above = at - text.rfind("\n", 0, at) - 2 + len(found["after"])
    return below <= max(width, above)


def _edit(text: str, found: re.Match[str], mark: str, down: bool) -> tuple[int, int, str]:
    rest = re.compile(r"\S*[ \t]*(?=\S)").match(text, found.start("after"))
    if down or rest is None:  # the second part may be all that the line below has
        head = f"\n{found['indent']}{found['lead']}{found['before']}{mark}"
        return found.start(), found.start("after"), head
    return found.start("mark"), rest.end(), f"{mark}{rest.group().rstrip()}\n{found['indent']}"


def _edited(text: str, edits: list[tuple[int, int, str]]) -> str:
    pieces: list[str] = []
    at = 0
    for start, stop, new in edits:
        pieces += text[at:start], new
        at = stop
    return "".join((*pieces, text[at:]))


def _cuts(text: str, ends: dict[int, int]) -> Iterator[re.Match[str]]:
    for found in _CUT.finditer(text):
        at = found.start("indent") - 1
        if at not in ends:
            continue
        if not found["space"]:  # the word begins the line, or is the rest of an address, a path, a name in code
            continue
        behind = text[found.end() : found.end() + 2]
        if len(found["after"]) == 1 and _LIST_MARK.match(behind):
            continue
        if behind[:1] in {"/", "_", "@", "=", "\\"} or behind[:1].isdigit() or behind == "()":
            continue
        if behind[:1] in {".", ":"} and behind[1:].isalnum():
            continue
        yield found


def _is_aside(text: str, found: re.Match[str], ends: dict[int, int], words: frozenset[str]) -> bool:
    """Tell whether the hyphen may close an aside or a speech that a hyphen opened ("-dijo ella-")."""
    start = ends[found.start("indent") - 1]
    if not _HYPHEN_AS_DASH.search(text, max(start, found.start() - _ASIDE), found.start()):
        return False
    before = found["before"].lower()
    # a name, or a word that stands alone elsewhere, may end an aside; a mere syllable does not
    return before in words or before in ENGLISH.function_words | SPANISH.function_words or found["before"][0].isupper()


def _words_within_lines(text: str) -> frozenset[str]:
    """Give the words of a text, lower case, without the parts that line ends cut."""
    whole = re.sub(rf"\S+[{HYPHENS}]\n[ \t]*\S+", " ", text)
    words: set[str] = set()
    for found in _TEXT_WORD.finditer(whole):
        word = found.group().lower().replace("\u2010", "-").replace("’", "'")
        words.add(word)
        words.update(word.split("-"))
    return frozenset(words)
