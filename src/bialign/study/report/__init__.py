"""A report on a corpus: one page with what was found and how, and tidy tables beside it with scripts that load them.

blocks     what a section is made of
texts      sources and methods; `alignment`, `decided`, `measured`, `terms` ... the other sections, one module each
page       sections as one HTML page that needs nothing else
scripts    the codebook of the tables, an R script and a notebook for pandas
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bialign.errors import FormatError
from bialign.formats.files import Output, write_whole
from bialign.study import tables
from bialign.study.report.blocks import Section
from bialign.study.saying import Saying
from bialign.study.sources import Groups, of_corpus
from bialign.study.tables import Table

if TYPE_CHECKING:
    from bialign.corpus import Corpus

Progress = Callable[[str, float], object]


@dataclass(frozen=True, slots=True)
class Report:
    """Hold a report: what the page says in `lang`, the tables beside it, the corpus as it stood."""

    title: str
    lang: str
    version: str
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]


def report(
    corpus: Corpus, *, names: Sequence[str] = (), groups: Groups | None = None, lang: str = "en",
    progress: Progress | None = None, seed: int = 1,
) -> Report:  # fmt: skip
    """Work out the report on a corpus, or on the bitexts `names` of it, in English or Spanish ("es").

    `groups` say which groups texts belong to: they are compared. `seed` fixes what is drawn at random: the same corpus
    gives the same report. Texts are read one after the other. Raises NotFound for a text that is not there, FormatError
    where there is none, MissingExtra without the packages of the extra "study".
    """
    from bialign.study.report.parts import parts_of

    tell = progress or (lambda stage, share: None)
    say = Saying(lang)
    found = [info for info in corpus.bitexts() if not names or info.name in names]
    total = sum(info.beads for info in found) or 1
    texts = of_corpus(corpus, names, groups)
    if not found:
        raise FormatError(corpus.path, "there is no text in this corpus yet: bialign add brings texts in")
    parts = parts_of(corpus, say, count=len(found), seed=seed, names=names)
    done = 0
    for text in texts:
        for part in parts:
            part.add(text)
        done += len(text.bitext.beads)
        tell("read", done / total)
    sections = tuple(section for part in parts if (section := part.section()))
    held = tuple(table for part in parts for table in part.tables())
    return Report(corpus.title, say.lang, corpus.version, sections, held)


def outputs(made: Report, path: Path, folder: Path | None = None) -> Iterator[Output]:
    """Give the files of a report: the page, and in a folder beside it the tables and what loads them."""
    from bialign.study.report import page, scripts

    check_path(path)
    folder = folder or tables_folder(path)
    yield path, page.chunks(made, folder.name)
    for table in made.tables:
        yield tables.output(table, folder / f"{table.name}.tsv")
    yield tables.output(scripts.codebook(made), folder / "columns.tsv")
    yield folder / "tables.R", scripts.for_r(made)
    yield folder / "tables.ipynb", scripts.notebook(made)


def tables_folder(path: Path) -> Path:
    """Give the folder that the tables of a report go into.

    >>> tables_folder(Path("out/report.html")).as_posix()
    'out/report-tables'
    """
    return path.with_name(f"{path.stem}-tables")


def check_path(path: Path) -> None:
    """Raise FormatError unless a path is that of a page."""
    if path.suffix.lower() not in {".html", ".htm"}:
        raise FormatError(path, "a report is a page: give it a name that ends in .html")


def write(made: Report, path: Path, *, inputs: Collection[Path] = ()) -> tuple[Path, ...]:
    """Write a report and its tables, all or none; give the paths."""
    return write_whole(list(outputs(made, path)), inputs=inputs, folders=[tables_folder(path)])
