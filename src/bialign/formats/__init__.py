"""Write a bitext to a file another program reads: `write` by file name, `dumps` to a string.

Each format is one module or package of its name with a function ``outputs``; `registry` knows them all.
"""

from __future__ import annotations

import importlib
from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from bialign.bitext import Bead, Bitext
from bialign.formats.files import Output, write_whole
from bialign.formats.options import Options, Tokenise
from bialign.formats.registry import FORMATS, Format, format_of, profile_of
from bialign.formats.report import LeftOut, Report, Tally

if TYPE_CHECKING:
    from bialign.termbase import Termbase

__all__ = ["FORMATS", "Format", "LeftOut", "Report", "dumps", "format_of", "profile_of", "unaligned_of", "write"]


class _Writer(Protocol):
    def outputs(self, bitext: Bitext, path: Path, options: Options, tally: Tally) -> list[Output]: ...


def write(
    bitext: Bitext,
    path: Path | str,
    format: str | None = None,
    *,
    termbase: Termbase | None = None,
    ui_lang: str = "en",
    profile: str = "",
    codes: tuple[str, str] = ("", ""),
    inputs: Collection[Path] = (),
    tokenise: Tokenise | None = None,
) -> Report:
    """Write a bitext whole or not at all, and report what was written and what was left out.

    The format is taken from the suffix unless it is named; an unknown suffix raises FormatError, an unknown name or
    profile ValueError. A `profile` is a form of the format that a certain program wants ("omegat", "excel-es", "2.1"
    ...; see `FORMATS`), `codes` what the languages are to be called ("en-US", "es-PE"). `termbase` and `ui_lang` ("en"
    or "es") matter to HTML and Word only, `tokenise` (as `bialign.words.split_words`) to vertical files. Beads that a
    format has no place for, as TMX for those with one side, go to a table beside it (see `unaligned_of`). Files that
    stood there are replaced only once the new ones are complete; BialignError says why a file cannot be written, or
    that it is one of the `inputs`; MissingExtra what Parquet needs.
    """
    path = Path(path)
    name = format_of(path) if format is None else _known(format)
    if profile and profile not in FORMATS[name].profiles:
        raise ValueError(f"{name} has no profile {profile!r}; it has: {', '.join(FORMATS[name].profiles) or 'none'}")
    tally = Tally()
    bitext = _named(bitext, codes)
    options = Options(profile_of(name, profile), termbase, ui_lang, tokenise)
    outputs = _outputs(bitext, path, name, options, tally)
    left = _without_place(bitext, FORMATS[name])
    unaligned = unaligned_of(path) if left else None
    if unaligned:
        from bialign.formats import tsv

        outputs.append((unaligned, tsv.chunks(bitext, left)))
    folders = [path, path / "data"] if name == "huggingface" else []
    files = write_whole(outputs, inputs=inputs, folders=folders)
    return tally.report(name, files, unaligned)


def unaligned_of(path: Path) -> Path:
    """Name the file that takes the beads that another has no place for.

    >>> unaligned_of(Path("a.tmx")).name, unaligned_of(Path("a.xlf")).name
    ('a-unaligned.tsv', 'a.xlf-unaligned.tsv')
    """
    return path.with_name(f"{path.stem if path.suffix.lower() == '.tmx' else path.name}-unaligned.tsv")


def dumps(
    bitext: Bitext, format: str, *, termbase: Termbase | None = None, ui_lang: str = "en", profile: str = ""
) -> str:
    """Give a bitext in a format, as text for a UTF-8 stream; ValueError for one that is unknown or no text."""
    if FORMATS[_known(format)].files != "text":
        raise ValueError(f"{format} is no text that could go to a stream")
    options = Options(profile_of(format, profile), termbase, ui_lang)
    ((_, chunks),) = _outputs(bitext, Path("-"), format, options, Tally())
    return "".join(cast("Iterable[str]", chunks))


def _known(format: str) -> str:
    if format not in FORMATS:
        raise ValueError(f"no format is named {format!r}; the known ones are {', '.join(FORMATS)}")
    return format


def _named(bitext: Bitext, codes: tuple[str, str]) -> Bitext:
    """Call the languages of a bitext by other codes, where they are given."""
    source, target = (
        replace(document, lang=code) if code else document
        for document, code in zip((bitext.source, bitext.target), codes, strict=True)
    )
    return replace(bitext, source=source, target=target) if any(codes) else bitext


def _without_place(bitext: Bitext, format: Format) -> list[Bead]:
    if format.nulls == "all":
        return []
    return [bead for bead in bitext.beads if bead.is_null and not (format.nulls == "source" and bead.source)]


def _outputs(bitext: Bitext, path: Path, name: str, options: Options, tally: Tally) -> list[Output]:
    writer = cast("_Writer", importlib.import_module(f"bialign.formats.{name}"))
    return writer.outputs(bitext, path, options, tally)
