"""Write docs/doctor.md: the rules of `bialign doctor`, from the rules themselves.

``python -m tests.doctor_page [--write docs/doctor.md]``; a test sees to it that the page is not out of date.
"""

import argparse
import sys
from pathlib import Path

from bialign.doctor import PROGRAMS, RULES

TITLES = {
    "xml": "XML of any kind",
    "lang": "Codes of languages",
    "tmx": "Translation memories (TMX)",
    "xliff": "XLIFF",
    "srx": "Segmentation rules (SRX)",
    "linked": "Linked texts (TEI, XCES)",
    "tbx": "Termbases (TBX)",
    "glossary": "Glossaries of OmegaT",
    "text": "Text of any kind",
    "moses": "Moses pairs",
    "table": "Tables (CSV, TSV)",
    "json": "JSON Lines",
    "zip": "Packed files",
    "office": "Workbooks and documents (xlsx, docx)",
    "not": "Whatever else",
}
HEAD = """# What the doctor knows

`bialign doctor FILE` tells what a file is, which programs would refuse it or silently lose a part of it, where, and
what cures it; `--for PROGRAM` asks for some programs only, `--fix OUT` writes the file with all that can safely be
cured, and changes nothing else. In Python: `bialign.doctor.examine(path, programs)` and `fix(path, out)`.

Files are read piece by piece: a memory of any size needs some forty megabytes. Files that would do harm (entities that
grow or read other files, elements in each other without end, packages that unpack to gigabytes) are refused in a line.

Each rule says what its breach means to a program: **refuses** (it takes nothing of the file), **loses** (it takes it,
and a part is gone or wrong without a word), *warns* (it takes it; something is to be looked at). Rules with an asterisk
are told only where the program is named by `--for`. "(run)" is said of what was seen with the program itself, whose
version is given; the rest is by its documentation, schema or code, or by the standard.

"""
FOOT = "*Written by `python -m tests.doctor_page --write docs/doctor.md` (`make doctor`) from the rules themselves.*\n"


def page() -> str:
    """Give the page."""
    parts = [HEAD, "| `--for` | program |\n|---|---|\n"]
    parts += [f"| `{name}` | {title} |\n" for name, title in PROGRAMS.items()]
    for group, title in TITLES.items():
        rows = [rule for rule in RULES if rule.id.partition("-")[0] == group]
        parts.append(f"\n## {title}\n\n| rule | what is wrong | cure | programs | evidence |\n|---|---|---|---|---|\n")
        for rule in rows:
            said = rule.message if rule.message != "{problem}" else "what bialign's reader says of it"
            cure = f"{rule.cure}{'' if rule.fixable else ' (by hand)'}"
            name = f"`{rule.id}`" + ("\\*" if rule.asked else "")
            cells = (name, said, cure, effects(rule), "; ".join(rule.evidence))
            parts.append("| " + " | ".join(escaped(cell) for cell in cells) + " |\n")
    return "".join([*parts, "\n", FOOT])


def effects(rule) -> str:
    """Name the programs that mind a breach, the worst first."""
    told = []
    for severity, shown in (("refuses", "**refuses**"), ("loses", "**loses**"), ("warns", "*warns*")):
        names = [name for name, effect in rule.effects.items() if effect == severity]
        if names:
            told.append(f"{shown} {', '.join(names)}")
    return "; ".join(told)


def escaped(text: str) -> str:
    """Put a text into a cell of a table."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("|", "\\|")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.doctor_page", description=__doc__)
    parser.add_argument("--write", type=Path, metavar="FILE", default=None)
    given = parser.parse_args()
    if given.write:
        given.write.write_text(page(), encoding="utf-8", newline="\n")
    else:
        print(page())
    return 0


if __name__ == "__main__":
    sys.exit(main())
