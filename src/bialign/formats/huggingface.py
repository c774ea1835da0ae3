"""A folder as the Hugging Face hub has data sets: Parquet files, and a README.md whose head says what they are."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from bialign import __version__
from bialign.bitext import Bitext
from bialign.formats.characters import one_line
from bialign.formats.files import Output
from bialign.formats.identifiers import lang_code, side_names
from bialign.formats.options import Options
from bialign.formats.parquet import arrow, table
from bialign.formats.report import Tally

# https://huggingface.co/docs/hub/repositories-licenses
_LICENCES = {
    "apache-2.0", "mit", "cc0-1.0", "cc-by-2.0", "cc-by-2.5", "cc-by-3.0", "cc-by-4.0", "cc-by-sa-3.0", "cc-by-sa-4.0",
    "cc-by-nc-2.0", "cc-by-nc-3.0", "cc-by-nc-4.0", "cc-by-nd-4.0", "cc-by-nc-nd-3.0", "cc-by-nc-nd-4.0",
    "cc-by-nc-sa-2.0", "cc-by-nc-sa-3.0", "cc-by-nc-sa-4.0", "pddl", "odc-by", "odbl", "gpl-3.0", "unlicense",
}  # fmt: skip
_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))


def outputs(bitext: Bitext, path: Path, options: Options, tally: Tally) -> list[Output]:
    """Give the card and the tables of a folder; null beads are a configuration of their own, not empty texts."""
    arrow()
    paired = [bead for bead in bitext.beads if not bead.is_null]
    nulls = [bead for bead in bitext.beads if bead.is_null]
    data = path / "data"
    found: list[Output] = [
        (path / "README.md", _card(bitext, len(paired), bool(nulls))),
        (data / "train-00000-of-00001.parquet", table(bitext, paired, tally)),
    ]
    if nulls:
        found.append((data / "unaligned-00000-of-00001.parquet", table(bitext, nulls, tally)))
    return found


def licence_of(licences: Sequence[str]) -> str:
    """Give the name that the hub has for the licence of all texts: "unknown" where one does not say, else "other".

    >>> licence_of(["CC BY-SA 4.0", "cc-by-sa-4.0"]), licence_of(["CC0-1.0", ""]), licence_of(["MIT", "Public domain"])
    ('cc-by-sa-4.0', 'unknown', 'other')
    """
    names = {"-".join(licence.lower().split()) for licence in licences}
    if "" in names:
        return "unknown"
    return names.pop() if len(names) == 1 and names <= _LICENCES else "other"


def _card(bitext: Bitext, size: int, has_nulls: bool) -> Iterator[str]:
    langs = dict.fromkeys(lang_code(document.lang).partition("-")[0] for document in (bitext.source, bitext.target))
    sides = side_names(bitext)
    title = one_line(bitext.source.title or bitext.id)
    yield "---\n"
    yield "language:\n" + "".join(f"- {lang}\n" for lang in langs)
    yield f"license: {licence_of([bitext.source.licence, bitext.target.licence])}\n"
    yield f"pretty_name: {json.dumps(title, ensure_ascii=False)}\n"
    yield "task_categories:\n- translation\nmultilinguality:\n- translation\n"
    yield f"size_categories:\n- {next((name for limit, name in _SIZES if size < limit), '1M<n<10M')}\n"
    yield "configs:\n- config_name: default\n  data_files:\n  - split: train\n    path: data/train-*.parquet\n"
    if has_nulls:
        yield "- config_name: unaligned\n  data_files:\n  - split: train\n    path: data/unaligned-*.parquet\n"
    yield f"---\n\n# {title}\n\n"
    yield f"{size} pairs, {sides[0]} and {sides[1]}, aligned by sentence with bialign {__version__}.\n\n"
    for document in (bitext.source, bitext.target):
        told = [document.title or document.id, document.origin, document.licence]
        yield f"- {lang_code(document.lang)}: {'; '.join(one_line(part) for part in told if part)}\n"
    yield "\n`translation` holds the two texts, `type` how many sentences of each side they are, `probability` how sure"
    yield " the aligner is, `status` what people say of it.\n"
    if bitext.signature:
        yield f"\nMade with: `{one_line(bitext.signature)}`\n"
