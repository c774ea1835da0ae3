"""Two folders of documents into pairs of files: read one after the other, sketched, and let go again."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, TypeVar

from bialign.bitext import Remark
from bialign.errors import BialignError, ReadError

if TYPE_CHECKING:
    from bialign.encode import Encoder
    from bialign.mining.neighbours import Index
    from bialign.mining.sketches import Sketches

Progress = Callable[[str, float], None]

K = TypeVar("K")
_ENCODED = 64  # documents of which the sentences are encoded together


@dataclass(frozen=True, slots=True)
class FilePair:
    """Hold two files that are versions of one text, and how likely that is; `name` is what the pair may be called."""

    name: str
    source: Path
    target: Path
    probability: float


@dataclass(frozen=True, slots=True)
class Pairing:
    """Hold the pairs of two folders, the files without a partner, and those that could not be read, with the reason."""

    pairs: tuple[FilePair, ...]
    alone: tuple[tuple[Path, ...], tuple[Path, ...]]
    unread: tuple[tuple[Path, Remark], ...]


def pair_folders(
    source: Path,
    target: Path,
    *,
    langs: tuple[str, str] = ("en", "es"),
    encoding: str | None = None,
    names: bool = True,
    threshold: float = 0.5,
    encoder: Encoder | None = None,
    index: Index = "auto",
    weights: Mapping[str, Mapping[str, Any]] | None = None,
    progress: Progress | None = None,
) -> Pairing:
    """Find which file of one folder is the translation of which of the other; files in folders within them count too.

    Files of all kinds that `bialign.read` takes; what it cannot read is listed, and the rest goes on. Content decides;
    names help where they agree with it, and not at all without `names`. Raises ReadError for what is no folder, and
    ValueError for a threshold that is no probability.
    """
    if not 0 <= threshold <= 1:
        raise ValueError(f"a threshold is a probability, 0 to 1, not {threshold}")
    from bialign.mining.documents import pair_sketches
    from bialign.mining.sketches import Sketches

    found = _files(source), _files(target)
    unread = [*found[0][1], *found[1][1]]
    total, done = len(found[0][0]) + len(found[1][0]), itertools.count(1)

    def say() -> None:
        share = next(done) / total
        if progress:
            progress("read documents", share)

    with Sketches() as left, Sketches() as right:
        kept = []
        for side, (sketches, (files, _)) in enumerate(zip((left, right), found, strict=True)):
            read = _read(files, langs[side], encoding, unread, say)
            kept.append(sketch_all(sketches, read, encoder))
        named = _named(kept, (source, target), langs) if names else []
        compare = (lambda share: progress("compare documents", share)) if progress else None
        pairs = pair_sketches(
            left, right, threshold=threshold, named=named, index=index, weights=weights, progress=compare
        )
    return _result(kept, pairs, (source, target), unread)


def sketch_all(
    sketches: Sketches, documents: Iterator[tuple[K, Sequence[str]]], encoder: Encoder | None = None
) -> list[K]:
    """Sketch documents, given each with something to know it by and its sentences; give what they are known by."""
    from bialign.mining.sentences import encoded
    from bialign.mining.sketches import sampled

    keys: list[K] = []
    for batch in _batches(documents):
        samples = [[sentences[place] for place in sampled(len(sentences))] for _, sentences in batch]
        vectors = encoded(list(itertools.chain.from_iterable(samples)), encoder)
        at = 0
        for (key, sentences), sample in zip(batch, samples, strict=True):
            sketches.add(sentences, vectors[at : at + len(sample)])
            at += len(sample)
            keys.append(key)
    return keys


def _batches(documents: Iterator[tuple[K, Sequence[str]]]) -> Iterator[list[tuple[K, Sequence[str]]]]:
    while batch := list(itertools.islice(documents, _ENCODED)):
        yield batch


def _files(folder: Path) -> tuple[list[Path], list[tuple[Path, Remark]]]:
    from bialign.corpus.adding import is_bilingual, text_files

    if not folder.is_dir():
        raise ReadError(folder, "there is no folder of this name")
    files, left = text_files([folder])
    both = Remark("holds both languages", {})
    left += [(path, both) for path in files if is_bilingual(path)]
    return [path for path in files if not is_bilingual(path)], left


def _read(
    files: Sequence[Path],
    lang: str,
    encoding: str | None,
    unread: list[tuple[Path, Remark]],
    say: Callable[[], None],
) -> Iterator[tuple[Path, Sequence[str]]]:
    """Read files one after the other and give their sentences; those that cannot be read come to `unread`."""
    from bialign.readers import read
    from bialign.split import split

    for path in files:
        try:
            document = read(path, encoding=encoding, lang=lang)
            sentences = [segment.text for segment in split(document.text, lang, (), document.paragraphs)]
        except BialignError as error:
            unread.append((path, Remark(error.template, dict(error.fields))))
        else:
            sentences = [sentence for sentence in sentences if sentence.strip()]
            if sentences:
                yield path, sentences
            else:
                unread.append((path, Remark("no text to align: the file is empty or blank", {})))
        say()


def _named(kept: Sequence[Sequence[Path]], folders: tuple[Path, Path], langs: tuple[str, str]) -> list[tuple[int, int]]:
    """Give the pairs that names speak for, as if each side stood in a folder named by its language."""
    from bialign.corpus.pairing import pair_names

    places: tuple[dict[PurePath, int], dict[PurePath, int]] = ({}, {})
    for side, (files, folder) in enumerate(zip(kept, folders, strict=True)):
        places[side].update({PurePath(langs[side], file.relative_to(folder)): n for n, file in enumerate(files)})
    pairs, _ = pair_names([*places[0], *places[1]], langs)
    return [
        (places[0][pair.source], places[1][pair.target])
        for pair in pairs
        if pair.source in places[0] and pair.target in places[1]
    ]


def _result(
    kept: Sequence[Sequence[Path]],
    pairs: Sequence[tuple[int, int, float]],
    folders: tuple[Path, Path],
    unread: list[tuple[Path, Remark]],
) -> Pairing:
    from bialign.corpus.names import readable
    from bialign.corpus.pairing import distinct

    stems = [readable(kept[0][i].relative_to(folders[0]).with_suffix("").as_posix()) for i, _, _ in pairs]
    found = tuple(
        FilePair(name, kept[0][i], kept[1][j], chance)
        for name, (i, j, chance) in zip(distinct(stems), pairs, strict=True)
    )
    taken = {pair.source for pair in found}, {pair.target for pair in found}
    alone = tuple(tuple(path for path in side if path not in taken[n]) for n, side in enumerate(kept))
    return Pairing(found, (alone[0], alone[1]), tuple(unread))
