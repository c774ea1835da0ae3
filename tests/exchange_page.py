"""Write docs/formats.md: every format, what it holds, and what programs that are installed here make of it.

``python -m tests.exchange_page [--write docs/formats.md]``; programs that are not installed keep their rows as they
stand on the page. The machine's programs are asked by tests/test_programs.py in earnest; here each row runs its test.
"""

import argparse
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bialign import align, formats, read_bitext
from bialign.bitext import Bead, Bitext, Extra, Move
from bialign.errors import BialignError
from bialign.formats import Format
from bialign.formats.identifiers import bead_id

HERE = Path(__file__).parent
TEXTS = HERE.parent / "corpus" / "texts"
MARK = re.compile(r"^<!-- (\w+) -->\n(.*?)\n<!-- end -->$", re.MULTILINE | re.DOTALL)
HOLDS = {
    "beads": "sentence numbers, probabilities",
    "tsv": "everything; moves by name; a column for each property of other programs",
    "csv": "everything; moves by name; a column for each property of other programs",
    "tmx": "beads with two sides: names, types, statuses, probabilities, reasons, places, comments; what other "
    "programs said of a unit",
    "jsonl": "everything; moves by name; what other programs said of a unit",
    "html": "everything, to read",
    "xliff": "beads with a source: names, types, statuses, probabilities, reasons, places, comments; what other "
    "programs said of a unit",
    "tei": "everything, with paragraphs, pages, chapters and notes; what other programs said of a unit",
    "xces": "beads, probabilities (OPUS), statuses; InterText: confirmed or not",
    "moses": "beads with two sides; names, probabilities and statuses in a third file",
    "cwb": "both texts by words; beads",
    "xlsx": "everything, moves and what other programs said in a hidden sheet; comes back with what reviewers changed",
    "docx": "both texts, statuses by colour, moves, places",
    "parquet": "everything; moves by name; what other programs said of a unit",
    "huggingface": "the same in a folder with a card, null beads apart",
}


@dataclass(frozen=True)
class Check:
    """Name a program, how to know its version, and the test that asks it."""

    format: str
    program: str
    test: str
    what: str


CHECKS = (
    Check(
        "tmx", "OmegaT", "test_omegat_takes_the_translations", "translates a text from our memory, in its console mode"
    ),
    Check("tmx, xliff 1.2", "translate-toolkit", "test_translate_toolkit_reads_memories_and_xliff", "reads every pair"),
    Check("xliff 2.1", "translate-toolkit", "test_translate_toolkit_reads_xliff_2", "reads every pair"),
    Check(
        "glossaries: OmegaT, TBX 2", "translate-toolkit", "test_translate_toolkit_reads_glossaries", "reads every entry"
    ),
    Check("tmx, xliff, tei, xces", "xmllint", "test_xmllint", "well-formed; TMX and XLIFF 1.2 valid by schema"),
    Check(
        "xlsx", "LibreOffice", "test_libreoffice_opens_tables_and_computes_nothing[xlsx]", "shows every cell as it is"
    ),
    Check("csv", "LibreOffice", "test_libreoffice_opens_tables_and_computes_nothing[csv]", "computes no formula"),
    Check("docx", "LibreOffice", "test_libreoffice_opens_the_word_document", "opens, shows what has no counterpart"),
    Check("parquet", "pyarrow", "test_exchange.py::test_parquet_and_hugging_face", "reads tables and card"),
    Check("parquet", "duckdb", "test_duckdb_reads_parquet", "asks it in SQL"),
    Check(
        "csv, tsv",
        "R",
        "test_r_reads_its_tables_by_its_defaults",
        "profile `r`: every text, by `read.csv` and `read.delim`",
    ),
    Check(
        "csv, tsv",
        "pandas",
        "test_pandas_and_polars_read_their_tables_by_their_defaults",
        "profile `pandas`: every text, numbers are numbers",
    ),
    Check(
        "csv, tsv",
        "polars",
        "test_pandas_and_polars_read_their_tables_by_their_defaults",
        "profile `pandas`: every text",
    ),
    Check("jsonl", "pandas", "test_pandas_reads_json_lines", "reads every line"),
    Check("xlsx, csv", "gnumeric", "test_gnumeric_opens_tables_and_computes_nothing", "computes no formula"),
)


def article() -> Bitext:
    """Align the article, with statuses, comments and a move as a review would leave them."""
    bitext = align(TEXTS / "cia-hitman-in-peru.en.txt", TEXTS / "cia-hitman-in-peru.es.txt")
    beads = list(bitext.beads)
    for number, status in ((3, "confirmed"), (5, "rejected"), (8, "doubtful"), (13, "confirmed")):
        beads[number] = replace(beads[number], status=status, extras=(Extra("note", "", f"Seen: {number}"),))
    one = next(bead for bead in beads if bead.is_null and bead.source)
    other = next(bead for bead in beads if bead.is_null and bead.target)
    return replace(bitext, beads=tuple(beads), moves=(Move(one.source, other.target, 1.0),))


FACTS: dict[str, Callable[[Bitext, Bead], object]] = {
    "names": bead_id,
    "statuses": lambda bitext, bead: bead.status,
    "probabilities": lambda bitext, bead: round(bead.probability, 4),
    "comments": lambda bitext, bead: bead.comment,
}


def round_trips() -> list[tuple[str, str]]:
    """Write the article in each format and read it again; tell how much of what the format holds comes back."""
    bitext = article()
    found = []
    for name, format in formats.FORMATS.items():
        for profile in format.profiles or ("",):
            with tempfile.TemporaryDirectory() as folder:
                goal = Path(folder) / f"text{next(iter(format.suffixes), '')}"
                report = formats.write(bitext, goal, name, profile=profile)
                try:
                    back = read_bitext(report.files[0])
                except BialignError:
                    found.append((f"{name} {profile}".strip(), "is not read again"))
                    continue
            found.append((f"{name} {profile}".strip(), _told(bitext, back, format, profile)))
    return found


def _told(bitext: Bitext, back: Bitext, format: Format, profile: str) -> str:
    kept = [bead for bead in bitext.beads if not bead.is_null or _has_place(format, bead)]
    left = len(bitext.beads) - len(kept)
    rejected = 0
    if format.suffixes == (".tmx",) and profile != "neutral":
        rejected = sum(bead.status == "rejected" for bead in kept)
        kept = [bead for bead in kept if bead.status != "rejected"]
    wanted, read = (
        [(bead.type, one.source_text(bead), one.target_text(bead)) for bead in beads]
        for one, beads in ((bitext, kept), (back, back.beads))
    )
    same = sum(one == other for one, other in zip(wanted, read, strict=False))
    facts = [fact for fact, of in FACTS.items() if [of(bitext, b) for b in kept] == [of(back, b) for b in back.beads]]
    facts += ["moves"] if back.moves == bitext.moves else []
    more = f"; {', '.join(facts)} too" if facts else ""
    more += f"; {left} null beads in a table beside it" if left else ""
    return f"{same} of {len(wanted)} beads and their texts{more}" + (
        f"; {rejected} rejected left out" if rejected else ""
    )


def _has_place(format, bead) -> bool:
    return format.nulls == "all" or (format.nulls == "source" and bool(bead.source))


def version_of(program: str) -> str:
    """Give the version of a program that is installed; "" where it is not."""
    if program in {"translate-toolkit", "pyarrow", "duckdb", "pandas", "polars"}:
        try:
            return version(program)
        except PackageNotFoundError:
            return ""
    commands = {
        "OmegaT": "omegat",
        "xmllint": "xmllint",
        "LibreOffice": "soffice",
        "R": "Rscript",
        "gnumeric": "ssconvert",
    }
    if not shutil.which(commands[program]):
        return ""
    if program == "OmegaT":
        asked = subprocess.run(
            ["dpkg-query", "-W", "-f", "${Version}", "omegat"], capture_output=True, text=True, check=False
        )
        return asked.stdout.partition("+")[0] or "?"
    asked = subprocess.run([commands[program], "--version"], capture_output=True, text=True, check=False)
    numbers = re.search(r"\d[\d.]+", asked.stdout + asked.stderr)
    return numbers[0] if numbers else "?"


def asked() -> dict[tuple[str, str], str]:
    """Run the tests of programs that are here; give a row for each."""
    rows = {}
    for check in CHECKS:
        found = version_of(check.program)
        if not found:
            continue
        test = check.test if "::" in check.test else f"test_programs.py::{check.test}"
        command = [sys.executable, "-m", "pytest", "-v", str(HERE / test), "-p", "no:cacheprovider"]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=HERE.parent)
        passed = "passed" in done.stdout and done.returncode == 0
        result = check.what if passed else f"**fails**: {check.what}"
        rows[check.format, check.program] = f"| {check.format} | {check.program} {found} | {result} | {date.today()} |"
    return rows


def page(old: str) -> str:
    """Give the page; rows of programs that are not installed here stay as they were."""
    known = dict(MARK.findall(old))
    rows = {}
    for line in known.get("programs", "").splitlines()[2:]:
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        rows[cells[0], cells[1].rpartition(" ")[0]] = line
    rows |= asked()
    listed = "\n".join(
        f"| `{name}` | {', '.join(f'`{suffix}`' for suffix in format.suffixes) or 'a folder'} |"
        f" {', '.join(f'`{profile}`' for profile in format.profiles) or '–'} | {HOLDS[name]} |"
        for name, format in formats.FORMATS.items()
    )
    parts = {
        "formats": f"| format | suffix | profiles, the usual one first | holds |\n|---|---|---|---|\n{listed}",
        "programs": "| format | program | result | on |\n|---|---|---|---|\n" + "\n".join(rows.values()),
        "trips": "| format | comes back of the article (109 beads) |\n|---|---|\n"
        + "\n".join(f"| {name} | {told} |" for name, told in round_trips()),
    }
    command = "python -m tests.exchange_page"
    made = f"*`{command} --write docs/formats.md`, {date.today()}, Python {platform.python_version()}.*"
    text = MARK.sub(lambda match: f"<!-- {match[1]} -->\n{parts[match[1]]}\n<!-- end -->", old)
    return text.partition(f"\n*`{command}")[0].rstrip("\n") + f"\n\n{made}\n"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.exchange_page", description=__doc__)
    parser.add_argument("--write", type=Path, metavar="FILE", default=None)
    given = parser.parse_args()
    goal = HERE.parent / "docs" / "formats.md"
    text = page((given.write or goal).read_text(encoding="utf-8"))
    if given.write:
        given.write.write_text(text, encoding="utf-8", newline="\n")
    else:
        print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
