"""Files that hold both languages, pair by pair, however large: for what looks at each pair once.

Parquet files and folders, JSON Lines, large tables and memories and large Moses pairs are read in bounded memory; what
else `read_bitext` reads is read whole.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bialign.bitext import Bead, Bitext, Span
from bialign.citation import Citations
from bialign.errors import FormatError, ReadError
from bialign.formats.identifiers import bead_id, default_id
from bialign.formats.jsonl import goals
from bialign.formats.streams import Item
from bialign.languages import guess_language
from bialign.readers.bilingual import beside, read_bitext
from bialign.readers.bilingual.jsonlines import extras_of, keys_of, record_of, unit_of
from bialign.readers.bilingual.large import LARGE, Large, OtherLanguages, Progress, large
from bialign.readers.bilingual.pair import column_of, said
from bialign.readers.bilingual.units import Content, Unit, make_bitext, status_of
from bialign.readers.source import Source, plain_name

if TYPE_CHECKING:
    import pyarrow

_AT_ONCE = 5_000
_SAMPLE = 2_000


@dataclass(frozen=True, slots=True)
class Batch:
    """Hold some thousand items, and the table of which they are the rows, where they are of one."""

    items: Sequence[Item]
    table: Any = None


@dataclass(frozen=True, slots=True)
class Stream:
    """Hold what is known of a file before it is read: languages, columns of Parquet, the files; `batches` reads it."""

    langs: tuple[str, str]
    batches: Callable[[], Iterator[Batch]]
    schema: pyarrow.Schema | None = None
    files: Sequence[Path] = ()

    def only(self, doc: str) -> Stream:
        """Give the stream of one document."""

        def batches() -> Iterator[Batch]:
            for batch in self.batches():
                items = [item for item in batch.items if item.doc == doc]
                if items:
                    yield Batch(items)

        return replace(self, batches=batches)


@dataclass(slots=True)
class Counter:
    """Count the segments of a document as its rows come; another document begins at 0."""

    doc: str = ""
    places: tuple[int, int] = field(default=(0, 0))

    def at(self, doc: str) -> tuple[int, int]:
        """Give where the next segments of a document begin."""
        if doc != self.doc:
            self.doc, self.places = doc, (0, 0)
        return self.places


def open_stream(
    path: Path,
    source_lang: str = "",
    target_lang: str = "",
    *,
    encoding: str | None = None,
    sheet: str = "",
    codes: Sequence[str] = (),
    progress: Progress | None = None,
) -> Stream:
    """Look into a file, or a folder of Parquet files, that holds both languages; raises what `read_bitext` does.

    Reading the batches raises it too, where the fault stands further on, and OtherLanguages where a memory holds other
    languages than its beginning: then it is to be opened again with all of its `codes`.
    """
    from bialign.readers.bilingual import shards

    if path.is_dir() or _begins(path, b"PAR1"):
        return shards.stream(path, source_lang, target_lang, progress)
    if not encoding and not sheet:
        if path.suffix.lower() == ".jsonl" and _begins(path, b"{"):
            return _json_lines(path, source_lang, target_lang, progress)
        found = large(path, source_lang, target_lang, codes=codes, progress=progress)
        if found is not None:
            return _large(path, found)
    bitext = read_bitext(path, source_lang=source_lang, target_lang=target_lang, encoding=encoding, sheet=sheet)
    return of_bitexts([bitext], [path, *beside(path)])


def of_bitexts(bitexts: Iterable[Bitext], files: Sequence[Path] = ()) -> Stream:
    """Make a stream of bitexts, of which there must be one; they are asked for one by one, and the stream read once."""
    rest = iter(bitexts)
    first = next(rest)

    def batches() -> Iterator[Batch]:
        for bitext in itertools.chain([first], rest):
            items = _items_of(bitext)
            while batch := list(itertools.islice(items, _AT_ONCE)):
                yield Batch(batch)

    return Stream((first.source.lang, first.target.lang), batches, files=files)


def bitexts_of(stream: Stream) -> Iterator[Bitext]:
    """Give the documents of a stream as bitexts, with their moves; one is in memory at a time.

    Documents must stand together, as they do in what bialign writes.
    """
    items = (item for batch in stream.batches() for item in batch.items)
    path = stream.files[0]
    for doc, group in itertools.groupby(items, lambda item: item.doc):
        units = [
            Unit(
                number, item.source, item.target, item.probability, item.status, item.reason, item.sizes, id=item.id,
                extras=item.extras, moved_to=item.moved_to,
                move_probability=1.0 if item.move_probability is None else item.move_probability,
            )
            for number, item in enumerate(group, 1)
        ]  # fmt: skip
        yield make_bitext(path, Content(units, stream.langs, places="row", id=doc, ours=True))


def _items_of(bitext: Bitext) -> Iterator[Item]:
    cite, moved = Citations(bitext), goals(bitext)
    for bead in bitext.beads:
        goal, chance = moved.get(id(bead), (None, None))
        yield Item(
            bitext.id,
            bead_id(bitext, bead),
            tuple(segment.text for segment in bitext.source_segments[bead.source.start : bead.source.stop]),
            tuple(segment.text for segment in bitext.target_segments[bead.target.start : bead.target.stop]),
            (len(bead.source), len(bead.target)),
            (bead.source.start, bead.target.start),
            bead.probability,
            bead.status,
            bead.reason,
            tuple(extra for extra in bead.extras if extra.kind != "id"),
            bead_id(bitext, goal) if goal else "",
            chance,
            cite(bead),
        )


def _begins(path: Path, sign: bytes) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(sign)
    except OSError as error:
        raise ReadError(path, "cannot be read: {why}", why=error.strerror or error) from error


def told_langs(
    keys: tuple[str, str], named: tuple[str, str], asked: tuple[str, str], sample: Callable[[], list[tuple[str, str]]]
) -> tuple[str, str]:
    """Give two languages: those that are named, that the columns are called by, or asked for, else guessed."""
    langs = said((named[0] or column_of(keys[0]), named[1] or column_of(keys[1])), asked)
    if all(langs):
        return langs
    texts = sample()
    return (
        langs[0] or guess_language("\n".join(pair[0] or "" for pair in texts)),
        langs[1] or guess_language("\n".join(pair[1] or "" for pair in texts)),
    )


def _json_lines(path: Path, source_lang: str, target_lang: str, progress: Progress | None) -> Stream:
    source = Source(path, b"")

    def records() -> Iterator[tuple[int, dict[str, Any]]]:
        with path.open("rb") as file:
            size = path.stat().st_size or 1
            for number, raw in enumerate(file, 1):
                try:
                    line = raw.decode("utf-8-sig" if number == 1 else "utf-8")
                except UnicodeDecodeError as error:
                    raise FormatError(path, "not UTF-8 at byte {offset}", offset=error.start, line=number) from None
                if line.strip():
                    yield number, record_of(line, source, number)
                if progress and number % _AT_ONCE == 0:
                    progress(file.tell() / size)

    sample = list(itertools.islice(records(), _SAMPLE))
    if not sample:
        raise FormatError(path, "the file is empty")
    first = sample[0][1]
    keys = keys_of(first, source, source_lang, target_lang)
    named = str(first.get("source_lang") or ""), str(first.get("target_lang") or "")

    def texts(record: Mapping[str, Any], number: int) -> tuple[str, str]:
        # refuses what is no text, as it does everywhere
        unit = unit_of(dict(record), keys, source, number)
        return " ".join(unit.source), " ".join(unit.target)

    langs = told_langs(keys, named, (source_lang, target_lang), lambda: [texts(r, n) for n, r in sample])

    def batches() -> Iterator[Batch]:
        at, rest = Counter(), records()
        while batch := list(itertools.islice(rest, _AT_ONCE)):
            yield Batch([item_of(record, texts(record, n), keys, path.stem, at) for n, record in batch])

    return Stream(langs, batches, files=[path])


def item_of(row: Mapping[str, Any], pair: tuple[str, str], keys: tuple[str, str], stem: str, counter: Counter) -> Item:
    """Make an item of a row with its texts; its columns, or keys, are those that bialign writes, and others."""
    doc, id = str(row.get("doc") or stem), row.get("id")
    spans = [row.get(f"{key}_ids") for key in keys]
    here = counter.at(doc)
    sizes, starts = [], []
    for span, text, place in zip(spans, pair, here, strict=True):
        sizes.append(len(span) if isinstance(span, list) else int(bool(text.strip())))
        starts.append(int(span[0]) if isinstance(span, list) and span else place)
    ends = starts[0] + sizes[0], starts[1] + sizes[1]
    counter.places = ends
    name = id if isinstance(id, str) and id else _name(doc, (starts[0], starts[1]), ends)
    chance, moved = row.get("probability"), row.get("move_probability")
    return Item(
        doc,
        name,
        (pair[0],) if sizes[0] else (),
        (pair[1],) if sizes[1] else (),
        (sizes[0], sizes[1]),
        (starts[0], starts[1]),
        1.0 if chance is None else round(float(chance), 6),
        status_of(str(row.get("status") or "")) or "unreviewed",
        str(row.get("reason") or ""),
        extras_of(row, keys),
        str(row.get("moved_to") or ""),
        None if moved is None else round(float(moved), 6),
        (str(row.get(f"{keys[0]}_place") or ""), str(row.get(f"{keys[1]}_place") or "")),
    )


def _name(doc: str, starts: tuple[int, int], ends: tuple[int, int]) -> str:
    if ends == starts:
        return f"{doc}::"
    return default_id(doc, Bead(Span(starts[0], ends[0]), Span(starts[1], ends[1])))


def _large(path: Path, found: Large) -> Stream:
    doc = found.id or plain_name(path).stem

    def batches() -> Iterator[Batch]:
        found_any = False
        for batch in _of_units(found, doc):
            found_any = True
            yield batch
        if not found_any:
            raise FormatError(path, "the file holds no texts to read")

    return Stream(found.langs, batches, files=[path])


def _of_units(found: Large, doc: str) -> Iterator[Batch]:
    at = (0, 0)
    held: list[Item] = []
    for unit, texts in found.segments():
        ends = at[0] + len(texts[0]), at[1] + len(texts[1])
        held.append(_of_unit(unit, texts, doc, at, ends))
        at = ends
        if len(held) == _AT_ONCE:
            yield Batch(held)
            held = []
    if held:
        yield Batch(held)


def _of_unit(
    unit: Unit, texts: tuple[tuple[str, ...], tuple[str, ...]], doc: str, at: tuple[int, int], ends: tuple[int, int]
) -> Item:
    sizes = len(texts[0]), len(texts[1])
    chance = unit.move_probability if unit.moved_to else None
    return Item(
        doc, unit.id or _name(doc, at, ends), *texts, sizes, at, unit.probability, unit.status, unit.reason,
        unit.extras, unit.moved_to, chance,
    )  # fmt: skip


__all__ = [
    "LARGE",
    "Batch",
    "Counter",
    "OtherLanguages",
    "Progress",
    "Stream",
    "bitexts_of",
    "item_of",
    "of_bitexts",
    "open_stream",
    "told_langs",
]
