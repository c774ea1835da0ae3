"""What can be filtered, and where it can go: files, folders of shards, corpora."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bialign.bitext import Bitext, Extra
from bialign.corpus.opening import is_corpus, open_to_read
from bialign.errors import FormatError
from bialign.formats.files import Pending
from bialign.formats.report import Tally
from bialign.formats.streams import NO_TABLE, Item, Rows, Sink, open_sink
from bialign.readers.bilingual.streams import Progress, Stream, of_bitexts, open_stream

if TYPE_CHECKING:
    pass


def open_any(
    path: Path,
    langs: tuple[str, str] = ("", ""),
    *,
    encoding: str | None = None,
    codes: Sequence[str] = (),
    progress: Progress | None = None,
) -> Stream:
    """Look into a file, a folder of Parquet files or a corpus; raises what reading it does.

    FormatError where a corpus is empty, or its bitexts are in several pairs of languages.
    """
    if not is_corpus(path):
        return open_stream(path, *langs, encoding=encoding, codes=codes, progress=progress)
    return of_bitexts(_bitexts(path, progress), [path])


def _bitexts(path: Path, progress: Progress | None) -> Iterator[Bitext]:
    from bialign.formats.identifiers import side_names

    with open_to_read(path) as corpus:
        infos = corpus.bitexts()
        if not infos:
            raise FormatError(path, "the corpus holds no bitexts")
        sides: set[tuple[str, str]] = set()
        for number, info in enumerate(infos, 1):
            bitext = corpus.bitext(info.name)
            sides.add(side_names(bitext))
            if len(sides) > 1:
                listed = ", ".join("-".join(names) for names in sorted(sides))
                raise FormatError(path, "these bitexts are in several pairs of languages: {found}", found=listed)
            yield bitext
            if progress:
                progress(number / len(infos))


def open_goal(pending: Pending, path: Path, format: str | None, stream: Stream, tally: Tally) -> Sink:
    """Open what pairs of a stream go to: a file, a folder of Parquet files or, by the suffix .bialign, a new corpus."""
    if path.suffix.lower() == ".bialign" and not format:
        return CorpusSink(pending, path, stream.langs)
    return open_sink(pending, path, format, stream.langs, schema=stream.schema, tally=tally)


class CorpusSink:
    """Take items into a new corpus, a bitext for each document; what is not yet in stands in a file beside."""

    def __init__(self, pending: Pending, path: Path, langs: tuple[str, str]) -> None:
        self._pending, self._path, self._langs = pending, path, langs
        self._held = pending.temporary(path)

    def add(self, items: Sequence[Item], rows: Rows = NO_TABLE) -> None:
        """Hold items."""
        for item in items:
            self._held.write(json.dumps(item, ensure_ascii=True).encode("ascii") + b"\n")

    def close(self) -> None:
        """Make the corpus beside, and let its file appear with the others."""
        from bialign.corpus import Corpus
        from bialign.corpus.shards import add_items

        self._held.seek(0)
        with tempfile.TemporaryDirectory(dir=self._path.resolve().parent, prefix=".bialign-") as folder:
            beside = Path(folder) / "corpus"
            with Corpus.create(beside, title=self._path.stem) as corpus:
                for _ in add_items(corpus, map(_item, self._held), self._langs):
                    pass
            with self._pending.open(self._path) as goal, beside.open("rb") as file:
                while piece := file.read(1 << 20):
                    goal.write(piece)


def _item(line: bytes) -> Item:
    fields: list[Any] = json.loads(line)
    fields[2:6] = map(tuple, fields[2:6])
    fields[9] = tuple(Extra(*extra) for extra in fields[9])
    fields[12] = tuple(fields[12])
    return Item(*fields)
