"""Files and folders into a corpus: a plan of what belongs together, which can be shown first, and its carrying out.

Each pair comes in whole or not at all, so that what breaks off midway can be gone on with by giving the same files
again: those that are in are passed over.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, Literal

from bialign.bitext import Bitext, Document, Remark
from bialign.corpus.names import readable
from bialign.corpus.pairing import MARKS, distinct, pair_names
from bialign.corpus.recipes import hashes_of, recipe_of, sha256_of
from bialign.errors import BialignError, ReadError
from bialign.pipeline import Progress, align
from bialign.readers.kinds import BILINGUAL, SUFFIXES
from bialign.termbase import primary

if TYPE_CHECKING:
    from bialign.corpus import Corpus
    from bialign.encode import Encoder

By = Literal["given", "names", "content", "bilingual"]
"""How it is known that files belong together; a "bilingual" file holds both sides."""

_TABLES = frozenset({".tsv", ".csv", ".tab"})


@dataclass(frozen=True, slots=True)
class Settings:
    """Hold how texts are read and aligned: `align` are options of `bialign.align`, `files` the files they came of.

    `langs` are the languages of source and target, in this order, as BCP 47 codes. With `name` the one bitext is called
    so, and the names of several begin with it.
    """

    langs: tuple[str, str] = ("en", "es")
    encoding: str | None = None
    name: str = ""
    align: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, Path] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Planned:
    """Hold a bitext to be: its name, its two files or its bilingual one; `likeness` where content told the pair."""

    name: str
    files: tuple[Path, ...]
    by: By
    likeness: float | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Hold what belongs together, and what is left with the reason why."""

    pairs: tuple[Planned, ...]
    left: tuple[tuple[Path, Remark], ...]


@dataclass(frozen=True, slots=True)
class Added:
    """Tell what came of a planned bitext: its name in the corpus; `new` is false where it was in already."""

    name: str
    new: bool
    bitext: Bitext | None = None


def plan(
    paths: Sequence[Path],
    settings: Settings,
    *,
    encoder: Encoder | None = None,
    progress: Callable[[float], None] | None = None,
) -> Plan:
    """Find what belongs together among files and in folders.

    Two files are a pair, in their order; one file holds both languages. Of more files those that hold both languages
    stand for themselves, the others are paired by their names, and where these don't tell, by what they hold. Raises
    ReadError for a path that is not there.
    """
    for path in paths:
        if not path.exists():
            raise ReadError(path, "no such file; check the name and the folder")
    if not any(path.is_dir() for path in paths):
        bilingual = [path for path in paths if is_bilingual(path)]
        if len(paths) == 1:
            return Plan((Planned(settings.name or _stem(paths[0]), (paths[0],), "bilingual"),), ())
        if len(paths) == 2 and not bilingual:
            return Plan((Planned(settings.name, (paths[0], paths[1]), "given"),), ())
    files, left = text_files(paths)
    pairs = [Planned(_stem(path), (path,), "bilingual") for path in files if is_bilingual(path)]
    texts = _relative([path for path in files if not is_bilingual(path)], paths)
    named, rest = pair_names(list(texts), settings.langs)
    pairs += [Planned(pair.name, (texts[pair.source], texts[pair.target]), "names") for pair in named]
    like, unlike = _by_content([texts[path] for path in rest], settings, encoder, progress)
    pairs += like
    names = distinct([readable(planned.name) for planned in pairs])
    prefix = f"{settings.name}/" if settings.name else ""
    called = [replace(planned, name=prefix + name) for planned, name in zip(pairs, names, strict=True)]
    if settings.name and len(called) == 1:
        called = [replace(called[0], name=settings.name)]
    return Plan(tuple(called), tuple(left + unlike))


def is_bilingual(path: Path) -> bool:
    """Tell whether a file holds both languages, by its name."""
    return path.suffix.lower() in BILINGUAL | _TABLES


Known = dict[tuple[str, ...], list[str]]
"""The names of the bitexts of a corpus by the hashes of the files they are made of."""


def known_files(corpus: Corpus) -> Known:
    """Tell which files a corpus holds; asked for once where many are added."""
    found: Known = {}
    for name, recipe in corpus.recipes():
        found.setdefault(tuple(hashes_of(recipe)), []).append(name)
    return found


def add_planned(
    corpus: Corpus,
    planned: Planned,
    settings: Settings,
    *,
    known: Known | None = None,
    progress: Progress | None = None,
) -> Added:
    """Bring a planned bitext in, whole or not at all; one whose very files are in already is passed over.

    `known` is what `known_files` gave, and is kept up to date. Raises BialignError where the files cannot be read or
    aligned, or the name is taken by another.
    """
    known = known_files(corpus) if known is None else known
    hashes = tuple(sha256_of(path) for path in planned.files)
    there = next((name for name in known.get(hashes, ()) if planned.name in {"", name}), None)
    if there is not None:
        return Added(there, new=False)
    if planned.by == "bilingual":
        from bialign.corpus.bilingual import add_bilingual

        read = None if progress is None else lambda share: progress("read", share)
        added = Added(add_bilingual(corpus, planned.files[0], planned.name, settings, progress=read), new=True)
    else:
        added = _align(corpus, planned, settings, progress)
    known.setdefault(hashes, []).append(added.name)
    return added


def _align(corpus: Corpus, planned: Planned, settings: Settings, progress: Progress | None) -> Added:
    options: dict[str, Any] = {f"{side}_encoding": settings.encoding for side in ("source", "target")}
    options |= settings.align
    told = {name: value for name, value in options.items() if name not in {"termbase", "exceptions", "rules"}}
    if options.get("termbase") is None:
        options["termbase"] = glossary = corpus.glossary()
        if glossary:
            told["glossary"] = {"of": corpus.version, "concepts": len(glossary.concepts)}
    source, target = planned.files
    bitext = align(source, target, **options, progress=progress)
    bitext = replace(bitext, id=planned.name or bitext.id)
    recipe = recipe_of("aligned", (source, target), told, settings.files, signature=bitext.signature)
    return Added(corpus.add_bitext(bitext, recipe=recipe), new=True, bitext=bitext)


def text_files(paths: Sequence[Path]) -> tuple[list[Path], list[tuple[Path, Remark]]]:
    """Give the files that hold texts, those in folders too, and those that are no texts by their names."""
    found: list[Path] = []
    left: list[tuple[Path, Remark]] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        for file in sorted(path.rglob("*")):
            inside = file.relative_to(path)
            # hidden files, the locks of open Word documents, corpora and what SQLite keeps beside them
            hidden = any(part.startswith((".", "~$")) for part in inside.parts)
            if hidden or not file.is_file() or file.suffix.lower().partition("-")[0] == ".bialign":
                continue
            if _may_be_text(file):
                found.append(file)
            else:
                left.append((file, Remark("no kind of text, by its name", {})))
    return list(dict.fromkeys(found)), left


def _stem(path: Path) -> str:
    # as typed on one system, whatever system wrote the file
    return readable(unicodedata.normalize("NFC", path.stem))


def _may_be_text(path: Path) -> bool:
    suffix = path.suffix.lower()
    # files of aligned lines often have their language for a suffix
    return (
        suffix in SUFFIXES or is_bilingual(path) or suffix == "" or any(suffix[1:] in words for words in MARKS.values())
    )


def _relative(files: Sequence[Path], paths: Sequence[Path]) -> dict[PurePath, Path]:
    """Give files by the paths that their names are read of: from the folder that was given, or that all were in."""
    try:
        base = paths[0] if len(paths) == 1 else os.path.commonpath([path.absolute().parent for path in paths])
        return {PurePath(os.path.relpath(path, base)): path for path in files}
    except ValueError:  # on several drives
        return {PurePath(path): path for path in files}


def _by_content(
    paths: Sequence[Path], settings: Settings, encoder: Encoder | None, progress: Callable[[float], None] | None
) -> tuple[list[Planned], list[tuple[Path, Remark]]]:
    """Pair files by what they hold, those of the one language with those of the other."""
    from bialign.corpus.likeness import pair_texts

    langs = [primary(lang) for lang in settings.langs]
    sides: tuple[list[Path], list[Path]] = ([], [])
    texts: tuple[list[list[str]], list[list[str]]] = ([], [])
    left: list[tuple[Path, Remark]] = []
    for path in paths:
        try:
            document, segments = _segments(path, settings)
        except BialignError as error:
            left.append((path, Remark(error.template, error.fields)))
            continue
        lang = primary(document.lang)
        if lang not in langs:
            template = "neither {source} nor {target}, as far as can be told"
            left.append((path, Remark(template, {"source": langs[0], "target": langs[1]})))
            continue
        sides[langs.index(lang)].append(path)
        texts[langs.index(lang)].append(segments)
    pairs = pair_texts(*texts, encoder=encoder, progress=progress)
    planned = [
        Planned(_stem(sides[0][pair.source]), (sides[0][pair.source], sides[1][pair.target]), "content", pair.likeness)
        for pair in pairs
    ]
    taken = {path for each in planned for path in each.files}
    left += [(path, Remark("no partner found", {})) for side in sides for path in side if path not in taken]
    return planned, sorted(left, key=lambda entry: list(paths).index(entry[0]))


def _segments(path: Path, settings: Settings) -> tuple[Document, list[str]]:
    """Read a text and give its segments."""
    from bialign.languages import guess_language
    from bialign.readers import read, read_lines
    from bialign.split import split

    if settings.align.get("lines"):
        lines = read_lines(path, encoding=settings.encoding)
        return Document(path.stem, guess_language("\n".join(lines)), path.stem, ""), lines
    document = read(path, encoding=settings.encoding)
    return document, [s.text for s in split(document.text, document.lang, (), document.paragraphs)]
