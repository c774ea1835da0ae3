"""Write a bitext to a file another program reads: `write` by file name, `dumps` to a string.

Each format is one module; all of them are known here by their name and suffixes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bialign.bitext import Bitext
from bialign.errors import FormatError
from bialign.formats import beads, html, jsonl, tmx, tsv
from bialign.formats.files import Output, write_whole
from bialign.formats.report import LeftOut, Report, Tally
from bialign.termbase import Termbase

__all__ = ["FORMATS", "LeftOut", "Report", "dumps", "format_of", "unaligned_of", "write"]

FORMATS: dict[str, tuple[str, ...]] = {
    "beads": (".beads",),
    "tsv": (".tsv",),
    "tmx": (".tmx",),
    "jsonl": (".jsonl",),
    "html": (".html", ".htm"),
}


def format_of(path: Path | str) -> str:
    """Give the name of the format a file's suffix stands for; raise FormatError for an unknown suffix.

    >>> format_of("thesis.HTM")
    'html'
    """
    suffix = Path(path).suffix.lower()
    for name, suffixes in FORMATS.items():
        if suffix in suffixes:
            return name
    known = ", ".join(suffix for suffixes in FORMATS.values() for suffix in suffixes)
    reason = "no format is known by the suffix {suffix}; use one of {known} or name the format"
    raise FormatError(path, reason, suffix=repr(suffix), known=known)


def write(
    bitext: Bitext,
    path: Path | str,
    format: str | None = None,
    *,
    termbase: Termbase | None = None,
    ui_lang: str = "en",
) -> Report:
    """Write a bitext whole or not at all, and report what was written and what was left out.

    The format is taken from the suffix unless it is named; an unknown suffix raises FormatError, an unknown name
    ValueError. `termbase` and `ui_lang` ("en" or "es") matter to the HTML reader only. Null beads, for which TMX has no
    place, go to ``<name>-unaligned.tsv`` beside a TMX file. A file that stood at `path` is replaced only once the new
    one is complete; BialignError says why a file cannot be written.
    """
    path = Path(path)
    name = format_of(path) if format is None else _known(format)
    tally = Tally()
    outputs: list[Output] = [(path, _chunks(bitext, name, tally, termbase, ui_lang))]
    unaligned = None
    if name == "tmx" and any(bead.is_null for bead in bitext.beads):
        unaligned = unaligned_of(path)
        outputs.append((unaligned, tsv.chunks(bitext, [bead for bead in bitext.beads if bead.is_null])))
    files = write_whole(outputs)
    return tally.report(name, files, unaligned)


def unaligned_of(path: Path) -> Path:
    """Name the file that takes the null beads of a TMX file.

    >>> unaligned_of(Path("a.tmx")).name
    'a-unaligned.tsv'
    """
    return path.with_name(f"{path.stem}-unaligned.tsv")


def dumps(bitext: Bitext, format: str, *, termbase: Termbase | None = None, ui_lang: str = "en") -> str:
    """Give a bitext in a format, as text for a UTF-8 stream; an unknown format raises ValueError."""
    return "".join(_chunks(bitext, _known(format), Tally(), termbase, ui_lang))


def _known(format: str) -> str:
    if format not in FORMATS:
        raise ValueError(f"no format is named {format!r}; the known ones are {', '.join(FORMATS)}")
    return format


def _chunks(bitext: Bitext, name: str, tally: Tally, termbase: Termbase | None, ui_lang: str) -> Iterator[str]:
    match name:
        case "beads":
            return beads.chunks(bitext.beads, tally)
        case "tsv":
            return tsv.chunks(bitext, bitext.beads, tally)
        case "jsonl":
            return jsonl.chunks(bitext, tally)
        case "tmx":
            return tmx.chunks(bitext, tally)
        case _:
            return html.chunks(bitext, termbase, ui_lang, tally)
