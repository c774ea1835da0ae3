"""Find text that was read in the wrong encoding: all through a file, or word by word in a file of mixed history.

The commonest mixed damage in English texts: byte 0x92, the apostrophe of cp1252, read as Mac Roman, where it is í.
"Perú", "Ríos" and "Guzmán" in the same text are right, so that no change of encoding mends it: each word must be judged
by what English and Spanish words look like ("wasnít" cannot be Spanish, "país" can).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator

from bialign.charset import impossible, plausibility
from bialign.languages import ENGLISH, guess_language, spanish_share, word_set

Edit = tuple[int, int, str]
"""Start and stop in the text, and what to put there."""

# UTF-8 read as cp1252 or latin-1 (Ã³, â€™), Mac Roman (√≥, ‚Äô), cp850 or cp437 (├│, ÔÇÖ)
_UTF8_SIGNS = re.compile(r"[ÂÃâðÅ][\x80-\xbf€-™ŒœŠšŽžŸƒˆ˜]|Ã ?[ a-z]|[√├┬][^\x00-\x7f]|‚[Ää]|Ô[Çü]")
_SKELETON = re.compile(r"[^\x00-\x7f]+")
_PAIRS = (("mac_roman", "cp1252"), ("cp1252", "mac_roman"), ("cp1252", "cp850"), ("cp850", "cp1252"))
_TRANSCODINGS = (*_PAIRS, ("mac_roman", "cp850"), ("cp850", "mac_roman"))
_SAMPLE = 20_000


def find_utf8_mojibake(text: str, lang: str) -> list[Edit]:
    """Find lines of UTF-8 that were read as a one-byte encoding ("espaÃ±ol"), and what ftfy makes of them."""
    edits: list[Edit] = []
    done = -1
    for sign in _UTF8_SIGNS.finditer(text):
        if sign.start() <= done:
            continue
        # long lines are taken in pieces, cut at a space, so that one endless line stays cheap
        start = max(text.rfind("\n", 0, sign.start()) + 1, text.rfind(" ", 0, max(0, sign.start() - 400)) + 1, done + 1)
        end = text.find("\n", sign.start())
        end = len(text) if end < 0 else end
        cut = text.find(" ", sign.start() + 400, end)
        done = end if cut < 0 else cut
        edits.extend(_ftfy(text[start:done], start))
    return edits


def _ftfy(line: str, offset: int) -> Iterator[Edit]:
    import ftfy

    fixed = ftfy.fix_encoding(line, ftfy.TextFixerConfig(uncurl_quotes=False, unescape_html=False))
    if fixed == line:
        return
    if _SKELETON.split(line) == _SKELETON.split(fixed):  # the ASCII between is as it was: pair what stands between
        for old, new in zip(_SKELETON.finditer(line), _SKELETON.findall(fixed), strict=True):
            if old.group() != new and not _is_mention(line, old, new):
                yield offset + old.start(), offset + old.end(), new
        return
    head = next((i for i, (a, b) in enumerate(zip(line, fixed, strict=False)) if a != b), min(len(line), len(fixed)))
    tail = 0
    while tail < min(len(line), len(fixed)) - head and line[-1 - tail] == fixed[-1 - tail]:
        tail += 1
    yield offset + head, offset + len(line) - tail, fixed[head : len(fixed) - tail]


def _is_mention(line: str, old: re.Match[str], new: str) -> bool:
    # a single damaged letter that stands alone is what a manual shows of damage, not damage itself
    inner = new.strip("“”‘’«»")
    attached = line[max(0, old.start() - 1) : old.start()].isalnum() or line[old.end() : old.end() + 1].isalnum()
    return len(inner) == 1 and inner.isalpha() and not attached


def find_wrong_encoding(text: str, lang: str) -> list[Edit]:
    """Find a text that was read throughout in the wrong one of cp1252, Mac Roman and cp850 ("comi—" for "comió")."""
    sample = text[:_SAMPLE]
    if sample.isascii():
        return []
    langs: tuple[str, ...] = (lang or guess_language(_SKELETON.sub("'", sample)),)
    if not langs[0]:  # few words may still lean to one; what is right in either is right where nobody knows which
        share = spanish_share(_SKELETON.sub("'", sample))
        langs = ("es",) if share > 0.5 else ("en",) if share < 0.5 else ("en", "es")

    def likely(text: str) -> float:
        return max(plausibility(text, each) for each in langs)

    now = likely(sample)
    if now > 0.5 or len(_SKELETON.findall(sample)) < 3:
        return []
    best, pair = max((likely(_transcode(sample, *pair)), pair) for pair in _TRANSCODINGS)
    if best < 0.7 or best - now < 0.45:
        return []
    # a right "Guzmán" among the damage shows a file of mixed history: that is for the rule that judges each word
    if impossible(_transcode(sample, *pair)) > 0.005 * len(_SKELETON.findall(sample)):
        return []
    edits = []
    for run in _SKELETON.finditer(text):
        fixed = _transcode(run.group(), *pair)
        if fixed != run.group():
            edits.append((run.start(), run.end(), fixed))
    return edits


def _transcode(text: str, wrong: str, right: str) -> str:
    chars = []
    for char in text:
        if char < "\x80":
            chars.append(char)
            continue
        try:
            chars.append(char.encode(wrong).decode(right))
        except UnicodeError:
            chars.append(char)
    return "".join(chars)


# What ’ “ ” ‘ – — … became: cp1252 read as Mac Roman; Mac Roman read as cp1252; cp1252 read as cp850; lost altogether.
_APOSTROPHES = {"í": "’", "Õ": "’", "Æ": "’", "\ufffd": "’"}
_QUOTED = tuple(
    re.compile(
        rf"(?<![^\s(\[—–'\"-]){opening}(?=[\w¿¡.…])[^\n{opening}{closing}]{{1,1500}}"
        rf"(?<=[a-z\d.,!?…ñáéíóú]){closing}(?!\w)"
    )
    for opening, closing in ("ìî", "ÒÓ", "ôö")
)
_DASHES = {"ó": "—", "ñ": "–"}
_A = "[" + "".join(_APOSTROPHES) + "]"
_ANY_DAMAGE = re.compile(rf"{_A}|ì|Ò|ô|ë")

# Any of these is damage in whatever language: no word of Spanish, French, Portuguese ... is written so.
_CERTAIN = re.compile(
    rf"""
    \b(?:is|are|was|were|do|does|did|has|have|had|ca|wo|could|would|should|must|might|need|ai|sha|ought)n(?P<a>{_A})t\b
  | \b(?:I(?P<b>{_A})(?:m|ll|ve|d)|(?:you|we|they)(?P<c>{_A})(?:re|ll|ve|d))\b
  | \b(?:(?:there|that|who|what|how|it)(?P<d>{_A})(?:ll|d|ve))\b
  | \b(?:he|she)(?P<e>{_A})(?:ll|d)\b | \b(?:could|would|should|might|must|may)(?P<f>{_A})ve\b
  | \b(?:it|she|that|what|who|where|there|here|how|why|when|let)(?P<g>{_A})s\b
  | \b(?:o(?P<h>{_A})clock|ma(?P<i>{_A})am|y(?P<j>{_A})all|ne(?P<k>{_A})er)\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
# case tells in these: an accented small letter never stands between capitals, nor between an acronym and its s
_CERTAIN_CASE = re.compile(
    rf"(?:[A-Z]{{2,}}|(?:\b[A-Z]\.){{2,}})({_A})s\b|\b[OD](í)(?=[A-Z][a-z])|[A-Z]{{2}}(í)S\b"
    r"|(?<=[a-z])([ÕÆ])(?:s|t|ll|d|re|ve|m)\b"
)
_POSSESSIVE = re.compile(rf"\b([^\W\d_]+)({_A})(s|ll|d|re|ve)\b")
_PLURAL = re.compile(rf"\b([^\W\d_]+s)({_A})(?= [a-z]|[\s.,;:)!?\"]|\Z)")
_LEADING = re.compile(rf"(?<![^\s(\[\"“])({_A})(?=\d\ds\b|em\b|til\b|tis\b|twas\b|cause\b|bout\b|round\b)")
_SINGLE_QUOTED = re.compile(r"(?<![^\s(\[\"“])([ëí])(?=[A-Za-z])([^\níë]{1,200}?)(?<=[A-Za-z.,!?])(í)(?!\w)")
_WORD = re.compile(r"[^\W\d_]+")
_DASHED = re.compile(r"(?<=[a-z])([óñ])(?=[a-z])|(?<= )([óñ])(?= )")

# Spelling that Spanish does not have in a stem before -ís, and ends of words that English makes its nouns with.
_NOT_SPANISH = re.compile(
    r"[wk]|th|sh|ph|gh|oo|ee|ou|([bdfgmpstz])\1|[iy]$|^s[bcdfgklmnpqtvwx]|[^aeioulrnsdzxyáéíóú][bcdfgpqtvxz]$"
    r"|[cptv]h?t$",
    re.IGNORECASE,
)
_ENGLISH_ENDS = re.compile(
    r"..(?:er|or|ment|ness|ship|tion|sion|ence|ance|ing|man|men|one|body|day|dom|hood|ure|age|ple|ble|tle|ist|ian|ian|ent"
    r"|land|ton|son|ford|berg|stein|well|ley|ham|ick|ock|ert|ard|old|red|ent)$",
    re.IGNORECASE,
)
# Spanish words in -ís and -í that stand in English texts: nouns, names, plurals of -í; the common forms of vosotros.
_SPANISH_IS = word_set(
    """
país países parís solís asís luís anís amadís beatrís dionís chablís iñís belís decís vivís oís leís reís creís caís
salís venís sentís pedís morís dormís escribís partís abrís subís sufrís servís seguís reunís construís huís preferís
permitís recibís existís maravedís jabalís colibrís bisturís rubís esquís ajís manís israelís iraníes marroquís iraquís
paquistanís alhelís carmesís frenesís maniquís guaranís hurís cequís sefardís zahorís borceguís valís tupís compís
"""
)
_SPANISH_I = word_set("sí así potosí frenesí casí cosí tosí carmesí asistí aquí ahí allí mí ti jabalí guaraní martí")
_SPANISH_INITIAL = re.compile(
    r"(?:bamos|bais|ban|ntim|ndic|dol|ntegr|con|tem|dem|nfim|gne|mpetu|ber|ntern|nsul|talo)", re.IGNORECASE
)


class _Judge:
    """Decide about single words of one text: what language stands around them, which words it has."""

    def __init__(self, text: str, lang: str) -> None:
        self.text = text
        self.lang = lang[:2] or guess_language(text)
        self._words: frozenset[str] | None = None
        self.evidence = 0

    def english(self, start: int, stop: int) -> bool:
        """Tell whether the words around a place are English."""
        share = spanish_share(self.text[max(0, start - 60) : start] + " " + self.text[stop : stop + 60])
        return share < 0.5 or (share == 0.5 and self.lang in {"en", ""})

    def attested(self, word: str) -> bool:
        """Tell whether the text has the word elsewhere, undamaged."""
        if self._words is None:
            self._words = frozenset(word.lower() for word in _WORD.findall(self.text))
        return word.lower() in self._words

    def possessive(self, base: str, suffix: str, start: int, stop: int) -> bool:
        """Tell whether base + í + suffix is an English word with its apostrophe lost."""
        if not self.english(start, stop) or (base + "í" + suffix).lower() in _SPANISH_IS:
            return False
        if suffix == "ll":
            return True
        if suffix != "s":
            return base.lower() in ENGLISH.function_words
        if self.attested(base + "í"):  # the plural of a word in -í
            return False
        return (
            bool(_NOT_SPANISH.search(base) or _ENGLISH_ENDS.search(base))
            or (len(base) >= 3 and self.attested(base))
            or (len(base) >= 4 and self.evidence >= 3)
        )

    def plural(self, base: str, start: int, stop: int) -> bool:
        """Tell whether base + í, base in -s, is an English plural or name with its apostrophe lost."""
        if not self.english(start, stop) or (base + "í").lower() in _SPANISH_I or len(base) < 4:
            return False
        stem = base[:-1]
        return (
            bool(_NOT_SPANISH.search(stem) or _ENGLISH_ENDS.search(stem)) or self.attested(base) or self.attested(stem)
        )


def find_word_mojibake(text: str, lang: str) -> list[Edit]:
    """Find single words whose apostrophe, quote or dash was read in the wrong encoding ("Peruís", "wasnít", "U.S.ís").

    Words are left alone wherever they can be Spanish in a Spanish neighbourhood; the whole word stands in each edit.
    """
    if not _ANY_DAMAGE.search(text):
        return []
    judge = _Judge(text, lang)
    places: dict[int, str] = {}
    for pattern in (_CERTAIN, _CERTAIN_CASE):
        for found in pattern.finditer(text):
            at = next(found.start(group) for group in range(1, pattern.groups + 1) if found.group(group))
            places[at] = "’"
    _judge_words(text, judge, places)
    _judge_words(text, judge, places)  # again, knowing how damaged the text is
    _find_quotes(text, judge, places)
    if judge.lang == "en" and judge.evidence >= 3:
        _find_dashes(text, judge, places)
    return _by_word(text, places)


def _judge_words(text: str, judge: _Judge, places: dict[int, str]) -> None:
    for found in _POSSESSIVE.finditer(text):
        if found.start(2) not in places and judge.possessive(found[1], found[3], found.start(), found.end()):
            places[found.start(2)] = "’"
    for found in _PLURAL.finditer(text):
        if judge.plural(found[1], found.start(), found.end()):
            places.setdefault(found.start(2), "’")
    for found in _LEADING.finditer(text):
        if found[1] != "í" or judge.english(found.start(), found.end()):
            places.setdefault(found.start(1), "’")
    judge.evidence = len(places)


def _find_quotes(text: str, judge: _Judge, places: dict[int, str]) -> None:
    for pattern in _QUOTED:
        for found in pattern.finditer(text):
            places[found.start()] = "“"
            places[found.end() - 1] = "”"
    for found in _SINGLE_QUOTED.finditer(text):
        word = _WORD.match(text, found.start(2))
        last = text[max(0, found.start(3) - 40) : found.start(3)].rpartition(" ")[2]
        if not word or not judge.english(found.start(), found.end()) or (last.lstrip("í") + "í").lower() in _SPANISH_I:
            continue
        if found[1] == "ë" or (not _SPANISH_INITIAL.match(word[0]) and spanish_share(found[2]) <= 0.5):
            places.setdefault(found.start(1), "‘" if found[1] == "ë" else "’")
            places.setdefault(found.start(3), "’")


def _find_dashes(text: str, judge: _Judge, places: dict[int, str]) -> None:
    known: Callable[[str], bool] = lambda word: word.lower() in ENGLISH.function_words or judge.attested(word)  # noqa: E731
    for found in _DASHED.finditer(text):
        if not judge.english(found.start(), found.end()):
            continue
        if found[2]:
            places.setdefault(found.start(), _DASHES[found[2]])
            continue
        left = re.search(r"[A-Za-z]*\Z", text[max(0, found.start() - 30) : found.start()])
        right = re.match(r"[A-Za-z]*", text[found.end() : found.end() + 30])
        if left and right and len(left[0]) > 1 and len(right[0]) > 1 and known(left[0]) and known(right[0]):
            places.setdefault(found.start(), _DASHES[found[1]])


def _by_word(text: str, places: dict[int, str]) -> list[Edit]:
    """Widen single characters to the words they stand in, so that a fix shows the word before and after."""
    edits: list[Edit] = []
    offsets = sorted(places)
    done = first = 0
    while first < len(offsets):
        at = offsets[first]
        start, stop = at, at + 1
        while stop < len(text) and text[stop].isalnum():
            stop += 1
        # "U.S.ís" is one word with its full stops; in "no.î" the stop ends the word
        while start > done and (text[start - 1].isalnum() or (text[start - 1] == "." and stop > at + 1)):
            start -= 1
        last = bisect_left(offsets, stop)
        word = list(text[start:stop])
        for offset in offsets[first:last]:
            word[offset - start] = places[offset]
        edits.append((start, stop, "".join(word)))
        first, done = last, stop
    return edits
