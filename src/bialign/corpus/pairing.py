"""Which files are two versions of one text, told by their names: "cap1.en.docx" and "cap1.es.docx", "en/x" and "es/x".

A name is read as words. Some may be marks of a language ("es", "Spanish", "castellano"); without them the names of a
pair are the same. As "en" and "es" are Spanish words too, a name can be read in several ways, and a reading counts only
if it leads to exactly one file on each side. What can't be told so is left to be told by what the files hold.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from bialign.languages import word_set
from bialign.readers.kinds import SUFFIXES
from bialign.termbase import primary

MARKS: Mapping[str, frozenset[str]] = {
    "en": word_set("en eng english ingles ing inglesa"),
    "es": word_set("es spa esp sp spanish espanol espanola castellano castellana cast castilian cas"),
    "fr": word_set("fr fra fre french frances francais francesa"),
    "de": word_set("de deu ger german aleman alemana deutsch"),
    "pt": word_set("pt por portuguese portugues portuguesa"),
    "it": word_set("it ita italian italiano italiana"),
    "ca": word_set("ca cat catalan catala catalana"),
    "qu": word_set("qu que quechua"),
}
"""How names mark a language."""

_SOURCE = word_set("source src original orig origen fuente")
_TARGET = word_set("target tgt trg translation translated trad traduccion traducido traducida meta destino")

_REGIONS = word_set("us gb uk ie au ca nz es pe mx ar co cl ve ec bo uy py cr pa cu do gt hn ni sv pr 419 latam la eu")
_WORD = re.compile(r"[^\W_]+")
# "chapter1EN", "cap3es": a mark without anything between
_GLUED = re.compile(r"(?:(?<=[^\W\d_A-Z])|(?<=\d))(?:EN|ES|ENG|ESP|SPA)$|(?<=\d)(?:en|es|eng|esp|spa)$")

_KINDS = (
    "chapter chap ch | capitulo cap", "part | parte", "section | seccion sec", "article | articulo", "book | libro",
    "volume vol | volumen tomo", "appendix annex | apendice anexo", "letter | carta", "lesson | leccion",
    "page | pagina pag", "introduction intro | introduccion", "prologue | prologo", "epilogue | epilogo",
    "preface foreword | prefacio", "speech | discurso", "report | informe", "summary | resumen", "story | cuento",
    "interview | entrevista", "document | documento", "text | texto", "title | titulo", "poem | poema", "notes | notas",
    "act | acto", "scene | escena", "session | sesion", "day | dia", "conclusions conclusion | conclusiones",
)  # fmt: skip
_ALIKE: dict[str, tuple[str, int]] = {
    word: (words.split()[0], side)
    for words in _KINDS
    for side, part in enumerate(words.split("|"))
    for word in part.split()
}
"""Words for the parts of a book: what stands for both languages' words, and which of the two this one is."""

Key = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class NamedPair:
    """Hold two files that belong together by their names, and what the pair may be called."""

    name: str
    source: PurePath
    target: PurePath


@dataclass(frozen=True, slots=True)
class _Name:
    """Hold a path as words: of each folder, then of the file's name; `marks` are (component, first, after, side)."""

    path: PurePath
    suffix: str
    components: tuple[tuple[str, ...], ...]
    marks: tuple[tuple[int, int, int, int], ...]

    @property
    def own(self) -> list[tuple[int, int, int, int]]:
        """Give the marks of the file's name, without those of its folders."""
        return [mark for mark in self.marks if mark[0] == len(self.components) - 1]

    def without(self, marks: Iterable[tuple[int, int, int, int]], *, folders: bool) -> Key:
        """Give the words that are left without some marks; without `folders`, a marked folder is left out whole."""
        marks = list(marks)
        left = []
        for number, words in enumerate(self.components):
            gone = {at for component, first, after, _ in marks if component == number for at in range(first, after)}
            if gone and not folders and number < len(self.components) - 1:
                continue
            left.append(tuple(word for at, word in enumerate(words) if at not in gone))
        return (*(words for words in left[:-1] if words), left[-1])


def pair_names(
    paths: Sequence[PurePath], langs: tuple[str, str] = ("en", "es")
) -> tuple[list[NamedPair], list[PurePath]]:
    """Find the files that belong together by their names; give the pairs and what is left.

    The side of the first language comes first. `paths` are relative to the folder that was asked for, or as given.

    >>> names = ["cap1.en.txt", "cap1.es.txt", "en el país.txt", "EN/Niño.docx", "ES/nino.docx"]
    >>> pairs, left = pair_names([PurePath(name) for name in names])
    >>> [(pair.name, str(pair.source)) for pair in pairs], [str(path) for path in left]
    ([('cap1', 'cap1.en.txt'), ('Niño', 'EN/Niño.docx')], ['en el país.txt'])
    """
    open = {path: _name(path, langs) for path in paths}
    pairs: list[tuple[PurePath, PurePath]] = []
    for read in _READINGS:
        for level in _LEVELS:
            for source, target in _matches(open.values(), read, level):
                if source in open and target in open:
                    pairs.append((source, target))
                    del open[source], open[target]
    for rest in (_unmarked, _worded):
        for source, target in rest(open.values(), langs):
            if source in open and target in open:
                pairs.append((source, target))
                del open[source], open[target]
    order = {path: number for number, path in enumerate(paths)}
    pairs.sort(key=lambda pair: order[pair[0]])
    return _called(pairs, langs), [path for path in paths if path in open]


Reading = Callable[[_Name], tuple[tuple[int, int, int, int], ...]]
"""Gives the marks that a way of reading takes for marks, all of one side; none where it does not fit."""


def _side(name: _Name, marks: Sequence[tuple[int, int, int, int]], at: int) -> tuple[tuple[int, int, int, int], ...]:
    return tuple(mark for mark in marks if mark[3] == marks[at][3]) if marks else ()


_READINGS: tuple[Reading, ...] = (
    lambda name: tuple(name.own[-1:]),
    lambda name: _side(name, name.own, -1),
    lambda name: _side(name, name.marks, -1),
    lambda name: tuple(name.own[:1]),
    lambda name: tuple(mark for mark in name.marks if mark not in name.own)[-1:],
    lambda name: _side(name, [mark for mark in name.marks if mark not in name.own], -1),
)


_LEVELS: tuple[tuple[bool, bool, bool], ...] = (
    # folders as they are, suffix counts, words as they are
    (True, True, True),
    (True, False, True),
    (False, True, True),
    (False, False, True),
    (True, False, False),
    (False, False, False),
)


def _matches(
    names: Iterable[_Name], read: Reading, level: tuple[bool, bool, bool]
) -> Iterator[tuple[PurePath, PurePath]]:
    """Give the pairs that a way of reading leads to, one file on each side."""
    found: dict[object, tuple[list[PurePath], list[PurePath]]] = defaultdict(lambda: ([], []))
    folders, suffix, exact = level
    for name in names:
        marks = read(name)
        if marks:
            key = name.without(marks, folders=folders)
            held = key if exact else _loosely(key)
            found[held, name.suffix if suffix else ""][marks[0][3]].append(name.path)
    for sources, targets in found.values():
        if len(sources) == len(targets) == 1:
            yield sources[0], targets[0]


def _unmarked(names: Iterable[_Name], langs: tuple[str, str]) -> list[tuple[PurePath, PurePath]]:
    """Give the pairs of which one name is the other's with a mark at its end: "x.txt" and "x.spanish.txt"."""
    names = list(names)
    plain: dict[object, list[_Name]] = defaultdict(list)
    for name in names:
        plain[name.components].append(name)
    pairs = []
    for name in names:
        marks = [mark for mark in name.own[-1:] if mark[2] == len(name.components[-1]) and mark[1] > 0]
        others = [other for other in plain[name.without(marks, folders=True)] if other is not name] if marks else []
        same = [other for other in others if other.suffix == name.suffix] or others
        if len(same) == 1:
            side = marks[0][3]
            pairs.append((name.path, same[0].path) if side == 0 else (same[0].path, name.path))
    return pairs


def _worded(names: Iterable[_Name], langs: tuple[str, str]) -> list[tuple[PurePath, PurePath]]:
    """Give the pairs that only their words for the parts of a book tell: "Chapter 1" and "Capítulo 1"."""
    codes = [primary(lang) for lang in langs]
    if sorted(codes) != ["en", "es"]:
        return []
    found: dict[Key, tuple[list[PurePath], list[PurePath]]] = defaultdict(lambda: ([], []))
    for name in names:
        sides = {_ALIKE[word][1] for word in name.components[-1] if word in _ALIKE}
        # a number or another word besides: "Letter" and "Carta" alone are too little
        if len(sides) == 1 and len(name.components[-1]) > 1:
            lang = ("en", "es")[sides.pop()]
            found[_loosely(name.components)][codes.index(lang)].append(name.path)
    return [(sources[0], targets[0]) for sources, targets in found.values() if len(sources) == len(targets) == 1]


def _loosely(key: Key) -> Key:
    """Give words by which a chapter is one in both languages, and numbers without the noughts before them."""
    return tuple(
        tuple(_ALIKE[word][0] if word in _ALIKE else word.lstrip("0") or "0" for word in words) for words in key
    )


def _name(path: PurePath, langs: tuple[str, str]) -> _Name:
    suffix = path.suffix.lower() if path.suffix.lower() in SUFFIXES else ""
    parts = [*path.parts[:-1], path.name[: len(path.name) - len(suffix)] if suffix else path.name]
    components, marks = [], []
    for number, part in enumerate(parts):
        words = _words(part)
        components.append(tuple(word for word, _ in words))
        marks += [(number, *mark) for mark in _marks(words, langs)]
    return _Name(path, suffix, tuple(components), tuple(marks))


def _words(part: str) -> list[tuple[str, str]]:
    """Give the words of a name without accents and in small letters, and what stands before each."""
    part = unicodedata.normalize("NFC", part)
    glued = _GLUED.search(part)
    if glued:
        part = f"{part[: glued.start()]} {part[glued.start() :]}"
    found, last = [], 0
    for match in _WORD.finditer(part):
        plain = unicodedata.normalize("NFKD", match[0].casefold())
        word = "".join(letter for letter in plain if not unicodedata.combining(letter))
        found.append((word, part[last : match.start()]))
        last = match.end()
    return found


def _marks(words: Sequence[tuple[str, str]], langs: tuple[str, str]) -> Iterator[tuple[int, int, int]]:
    """Find the marks in the words of a name: (first, after, side); "es-PE" is one."""
    at = 0
    while at < len(words):
        word = words[at][0]
        side = _side_of(word, langs)
        if side is None:
            at += 1
            continue
        after = at + 1
        joined = after < len(words) and words[after][1] in {"-", "_"} and words[after][0] in _REGIONS
        # "en-es" names two languages, "es-ES" one
        if joined and len(word) == 2 and _side_of(words[after][0], langs) in {None, side}:
            after += 1
        yield at, after, side
        at = after


def _side_of(word: str, langs: tuple[str, str]) -> int | None:
    for side, lang in enumerate(langs):
        code = primary(lang)
        if word == code or word in MARKS.get(code, ()):
            return side
    return 0 if word in _SOURCE else 1 if word in _TARGET else None


def _called(pairs: Sequence[tuple[PurePath, PurePath]], langs: tuple[str, str]) -> list[NamedPair]:
    """Name the pairs after their files, with their folders where names would be the same."""
    short = [_title(source, langs) for source, _ in pairs]
    counts = Counter(short)
    names = [
        "/".join([*(part for part in source.parent.parts if not _is_mark(part, langs)), name])
        if counts[name] > 1
        else name
        for (source, _), name in zip(pairs, short, strict=True)
    ]
    return [NamedPair(name, source, target) for name, (source, target) in zip(distinct(names), pairs, strict=True)]


def distinct(names: Sequence[str]) -> list[str]:
    """Give names a number where they are the same.

    >>> distinct(["a", "a", "a (2)"])
    ['a', 'a (3)', 'a (2)']
    """
    taken, found = set(names), dict[str, None]()
    for name in names:
        number, new = 1, name
        while new in found or (number > 1 and new in taken):
            number += 1
            new = f"{name} ({number})"
        found[new] = None
    return list(found)


def _is_mark(part: str, langs: tuple[str, str]) -> bool:
    words = _words(part)
    return bool(words) and sum(after - first for first, after, _ in _marks(words, langs)) == len(words)


def _title(path: PurePath, langs: tuple[str, str]) -> str:
    """Name a text after its file, without the mark of its language: "Chapter 1 - English.docx" is "Chapter 1"."""
    suffix = path.suffix if path.suffix.lower() in SUFFIXES else ""
    stem = unicodedata.normalize("NFC", path.name.removesuffix(suffix))
    words = _words(stem)
    marks = list(_marks(words, langs))
    if marks:
        first, after, _ = marks[-1]
        # the words as they are written, to cut the mark out of
        places = [match.span() for match in _WORD.finditer(stem)]
        if len(places) == len(words):
            stem = stem[: places[first][0]] + stem[places[after - 1][1] :]
        elif glued := _GLUED.search(stem):
            stem = stem[: glued.start()]
    stem = re.sub(r"[\[(]\s*[\])]", "", stem).strip(" ._-")
    return stem or next((part for part in reversed(path.parent.parts) if not _is_mark(part, langs)), "text")
