"""Files of glossaries: `load` and `save` by file name, each format a module of this package.

YAML is the form people edit; TBX keeps everything too. OmegaT's glossaries, CSV, TSV and xlsx hold less, and saving
says what was left out.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bialign.errors import FormatError, ReadError
from bialign.glossaries.checks import Remark
from bialign.glossaries.loaded import Loaded

if TYPE_CHECKING:
    from bialign.termbase import Termbase

__all__ = ["FORMATS", "Loaded", "Remark", "format_of", "load", "save"]

FORMATS: dict[str, tuple[str, ...]] = {
    "yaml": (".yaml", ".yml"),
    "tbx": (".tbx", ".xml"),
    "tbx2": (".martif", ".mtf"),
    "omegat": (".txt", ".utf8", ".tab"),
    "tsv": (".tsv",),
    "csv": (".csv",),
    "xlsx": (".xlsx",),
}
"""The formats by name, with the ends of file names that stand for them; "tbx2" is TBX 2, as OmegaT reads it."""

LARGEST = 256 * 1024 * 1024
"""Bytes from which a file is no glossary."""


def format_of(path: Path | str) -> str:
    """Give the name of the format a file's suffix stands for; raise FormatError for an unknown suffix.

    >>> format_of("terms.TBX"), format_of("glossary.txt")
    ('tbx', 'omegat')
    """
    suffix = Path(path).suffix.lower()
    for name, suffixes in FORMATS.items():
        if suffix in suffixes:
            return name
    known = ", ".join(suffix for suffixes in FORMATS.values() for suffix in suffixes)
    reason = "no glossary format is known by the suffix {suffix}; use one of {known}"
    raise FormatError(path, reason, suffix=repr(suffix), known=known)


def load(path: Path | str, source_lang: str = "", target_lang: str = "") -> Loaded:
    """Read a glossary in the format its suffix stands for, with remarks on what was mended or passed over.

    `source_lang` and `target_lang` name the languages of a file that does not (OmegaT's, a table without a header);
    else they are guessed. Raises ReadError for what cannot be read, FormatError, with the line, for what breaks the
    format's rules.
    """
    path = Path(path)
    name = format_of(path)
    try:
        size = path.stat().st_size
    except OSError as error:
        raise ReadError(path, "cannot be read: {why}", why=error.strerror or error) from None
    if size > LARGEST:
        raise FormatError(path, "{size} MB are too many for a glossary", size=size // 1024**2)
    if name == "yaml":
        from bialign.glossaries import yaml_reader

        return Loaded(yaml_reader.read(path))
    if name in {"tbx", "tbx2"}:
        from bialign.glossaries import tbx_reader

        return tbx_reader.read(path)
    from bialign.glossaries import tables

    return tables.read(path, name, source_lang, target_lang)


def save(termbase: Termbase, path: Path | str, format: str | None = None) -> tuple[Remark, ...]:
    """Write a termbase whole or not at all, in a format of FORMATS, by default the one its suffix stands for.

    Gives what the file has no place for. Raises FormatError for an unknown suffix, ValueError for an unknown format,
    BialignError where the file cannot be written.
    """
    from bialign.formats.files import write_whole

    path = Path(path)
    name = format or format_of(path)
    if name not in FORMATS:
        raise ValueError(f"no format is named {name!r}; the known ones are {', '.join(FORMATS)}")
    if name == "yaml":
        from bialign.glossaries import yaml_writer

        write_whole([(path, yaml_writer.chunks(termbase))])
        return ()
    if name in {"tbx", "tbx2"}:
        from bialign.glossaries import tbx_writer

        write_whole([(path, tbx_writer.chunks(termbase, 2 if name == "tbx2" else 3))])
        return ()
    from bialign.glossaries import table_writer

    return table_writer.write(termbase, path, name)
