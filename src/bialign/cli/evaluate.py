"""``bialign evaluate``: beads against gold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bialign.cli.command import Argument, Command, shared_options
from bialign.cli.console import Console
from bialign.errors import BialignError

if TYPE_CHECKING:
    from bialign.bitext import Bead
    from bialign.cli.messages import Messages
    from bialign.evaluate import Evaluation, Score

SUFFIXES = (".gold", ".beads")


@click.command("evaluate", cls=Command, example="bialign evaluate letter.gold letter.beads")
@click.argument("gold", cls=Argument, metavar="GOLD", note="A file of gold beads, or a folder of them.")
@click.argument(
    "system", cls=Argument, metavar="SYSTEM", note="The beads to judge: a file, or a folder with the same names."
)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@shared_options
@click.pass_obj
def evaluate(console: Console, gold: str, system: str, as_json: bool) -> None:
    """Compare beads with gold: strict and lax precision, recall and F1.

    Null beads count in the table by type only. Lax counts a bead right that shares a segment of both sides with one
    of the gold.
    """
    from functools import reduce
    from operator import add

    results = {
        name: _compare(console, name, gold_path, system_path)
        for name, gold_path, system_path in _pairs(Path(gold), Path(system))
    }
    total = reduce(add, results.values())
    if as_json:
        documents = {name: _as_dict(result) for name, result in results.items()}
        console.write(json.dumps({**_as_dict(total), "documents": documents}, ensure_ascii=False, indent=2))
        return
    if len(results) > 1:
        console.note(console.say("{count} documents, counts added up", count=len(results)))
    console.write(render_evaluation(total, console.say))


def _pairs(gold: Path, system: Path) -> list[tuple[str, Path, Path]]:
    """Find which file is to be compared with which."""
    if gold.is_dir() != system.is_dir():
        file, folder = (system, gold) if gold.is_dir() else (gold, system)
        raise BialignError("{folder} is a folder: give two files or two folders", place=str(file), folder=folder)
    if not gold.is_dir():
        return [(gold.stem, gold, system)]
    wanted, found = _bead_files(gold, SUFFIXES), _bead_files(system, SUFFIXES[::-1])
    if not wanted:
        raise BialignError("no .gold or .beads files in this folder", place=str(gold))
    if missing := sorted(set(wanted) - set(found)):
        template = "no beads for {name} here ({count} missing)"
        raise BialignError(template, place=str(system), name=missing[0], count=len(missing))
    return [(name, wanted[name], found[name]) for name in sorted(wanted)]


def _bead_files(folder: Path, suffixes: tuple[str, ...]) -> dict[str, Path]:
    """Find a folder's files of beads by name; where both suffixes stand, the first one counts."""
    found: dict[str, Path] = {}
    for suffix in suffixes:
        for path in sorted(folder.glob(f"*{suffix}")):
            found.setdefault(path.stem, path)
    return found


def _compare(console: Console, name: str, gold_path: Path, system_path: Path) -> Evaluation:
    from bialign.evaluate import evaluate as compare
    from bialign.formats.beads import load_beads

    gold, system = load_beads(gold_path), load_beads(system_path)
    if (wanted := _sizes(gold)) != (found := _sizes(system)):
        template = "{name}: the gold has {wanted} segments, the other file {found}: are they of the same texts?"
        console.warn(console.say(template, name=name, wanted=wanted, found=found))
    return compare(gold, system)


def _sizes(beads: list[Bead]) -> str:
    source = max((bead.source.stop for bead in beads), default=0)
    target = max((bead.target.stop for bead in beads), default=0)
    return f"{source} + {target}"


def render_evaluation(evaluation: Evaluation, say: Messages) -> str:
    """Render an evaluation as a table in plain text, for terminal, file and e-mail alike."""
    head = ("", say("precision"), say("recall"), "F1", say("gold"), say("found"), say("right"))
    rows = [head, _row(say("strict"), evaluation.strict), _row(say("lax"), evaluation.lax)]
    types = [_row(name, score) for name, score in evaluation.types.items()]
    widths = [max(len(row[column]) for row in rows + types) for column in range(len(head))]
    lines = [_line(row, widths) for row in rows]
    if types:
        lines += ["", say("by type (strict; null beads by segment)"), *(_line(row, widths) for row in types)]
    return "\n".join(lines)


def _row(name: str, score: Score) -> tuple[str, ...]:
    figures = (f"{value:.4f}" for value in (score.precision, score.recall, score.f1))
    return (name, *figures, str(score.gold), str(score.system), str(score.found))


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    name, *figures = (
        cell.ljust(width) if not column else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
    return "  ".join([name, *figures]).rstrip()


def _as_dict(evaluation: Evaluation) -> dict[str, object]:
    return {
        "strict": _score_dict(evaluation.strict),
        "lax": _score_dict(evaluation.lax),
        "types": {name: _score_dict(score) for name, score in evaluation.types.items()},
    }


def _score_dict(score: Score) -> dict[str, float | int]:
    return {
        "precision": score.precision,
        "recall": score.recall,
        "f1": score.f1,
        "gold": score.gold,
        "system": score.system,
        "found": score.found,
        "matched": score.matched,
    }
