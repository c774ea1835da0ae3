"""``bialign versions``: versions of one text side by side, and what a revised source leaves of a translation."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bialign.cli.clean import drop_option
from bialign.cli.command import Argument, Command, shared_options
from bialign.cli.console import Console
from bialign.cli.corpus_options import count, is_corpus, open_to_read
from bialign.cli.failures import library_message
from bialign.cli.outputs import outputs_option, write_all
from bialign.cli.results import tell_left_out
from bialign.cli.splitting import load_splitting, splitting_options
from bialign.errors import BialignError
from bialign.formats.files import write_whole

if TYPE_CHECKING:
    from bialign.bitext import Bitext
    from bialign.study.versions.measures import Variation
    from bialign.study.versions.model import Collation
    from bialign.study.versions.revision import Revision
    from bialign.termbase import Termbase


@click.command("versions", cls=Command, example="bialign versions letter.en.txt a.es.txt b.es.txt -o letter.html")
@click.argument(
    "texts",
    cls=Argument,
    metavar="TEXTS",
    nargs=-1,
    required=True,
    note="The base and its versions, translations or revisions; or a corpus file whose texts share a document.",
)
@outputs_option(
    "File to write: .html, .tsv, .jsonl, .xlsx or .parquet; of a revised source also .tmx, .xlf and the like: the "
    "new source with what is left of its translation. May be given several times."
)
@click.option("--base", metavar="DOC", default="", help="Of a corpus: the document that its texts share.")
@click.option(
    "--translation",
    metavar="FILE",
    help="Translation of the first text: what the second one, its revision, leaves of it.",
)
@click.option(
    "--text",
    "name",
    metavar="NAME",
    default="",
    help="Of a corpus: the text whose source the file after it revises.",
)
@click.option(
    "--measures",
    metavar="OUT",
    help="File for what was measured of each passage: .tsv, .jsonl, .xlsx or .parquet.",
)
@click.option(
    "--different",
    metavar="NUMBER",
    callback=count,
    help="Show so many passages whose words differ most, and not all rows.",
)
@click.option("--all", "all_rows", is_flag=True, help="Of a revised source: show what is unchanged too.")
@click.option(
    "--lang",
    "langs",
    multiple=True,
    metavar="LANG",
    help="Language of a text, in the order of the texts, the translation last; else it is guessed.",
)
@click.option("--encoding", metavar="NAME", help="Encoding of the texts: cp1252, utf-16 ...; else it is detected.")
@click.option("--glossary", metavar="FILE", help="Glossary; terms that two versions render otherwise are counted.")
@drop_option
@splitting_options
@click.option("--json", "as_json", is_flag=True, help="Print a summary as JSON, and no table.")
@shared_options
@click.pass_obj
def versions(console: Console, /, *, texts: tuple[str, ...], **settings: Any) -> None:
    """Put several versions of one text side by side: two translations, a revised source, and how much they differ.

    All pairs are aligned and help each other. With the translation of an old source, or a file with both languages in
    its place, it tells which segments a new source leaves out of date, and carries the others over.
    """
    say = console.say
    corpus = is_corpus(texts[0])
    settings["start"] = time.perf_counter()
    if not corpus and (settings["base"] or settings["name"]):
        raise click.UsageError(say("--base and --text are for a corpus"))
    if corpus and len(texts) > (2 if settings["name"] else 1):
        raise click.UsageError(say("a corpus stands alone, or with --text and the revised source of that text"))
    revised = bool(settings["translation"] or settings["name"]) or (not corpus and _is_bilingual(Path(texts[0])))
    if revised and len(texts) != 2:
        raise click.UsageError(say("a revision takes two texts: the old source and the new one"))
    if not (revised or corpus) and len(texts) < 2:
        raise click.UsageError(say("one version has nothing to be compared with: name another"))
    inputs = [Path(name) for name in (*texts, settings["translation"]) if name]
    _check_outputs(console, inputs, settings, revised=revised)
    if revised:
        _tell_revision(console, _revision(console, texts, settings, corpus=corpus), inputs, settings)
    else:
        _tell_collation(console, *_collation(console, texts, settings, corpus=corpus), inputs, settings)


def _is_bilingual(path: Path) -> bool:
    from bialign.corpus.adding import is_bilingual

    return is_bilingual(path)


def _holds_beads(path: Path, *, revised: bool) -> bool:
    from bialign.formats.registry import FORMATS
    from bialign.study.versions.outputs import SUFFIXES

    suffix = path.suffix.lower()
    return revised and suffix not in SUFFIXES and any(suffix in format.suffixes for format in FORMATS.values())


def _check_outputs(console: Console, inputs: list[Path], settings: dict[str, Any], *, revised: bool) -> None:
    """Refuse, before the work begins, what cannot be written."""
    from bialign.study import tables
    from bialign.study.versions.outputs import check_path

    say, measures = console.say, settings["measures"]
    if revised and measures:
        raise click.UsageError(say("--measures is for versions side by side"))
    taken = {path.resolve() for path in inputs}
    for name in (*settings["outputs"], *([measures] if measures else [])):
        path = Path(name)
        if path.resolve() in taken:
            raise click.UsageError(say("{path} would be overwritten: it is an input or named twice", path=path))
        taken.add(path.resolve())
        if not path.resolve().parent.is_dir():
            raise click.UsageError(say("there is no folder {path}", path=path.parent))
        if _holds_beads(path, revised=revised):
            continue
        try:
            (tables.check_path if name == measures else check_path)(path)
        except BialignError as error:
            raise click.UsageError(library_message(error, say)) from None


def _options(settings: dict[str, Any]) -> dict[str, Any]:
    splitting = load_splitting(settings["exceptions"], settings["srx"])
    return {
        "langs": settings["langs"],
        "encoding": settings["encoding"],
        "drop": settings["drop"],
        "splitting": splitting,
    }


def _collation(
    console: Console, texts: tuple[str, ...], settings: dict[str, Any], *, corpus: bool
) -> tuple[Collation, list[Variation]]:
    """Align the versions, and measure what differs."""
    from bialign.cli.progress import ProgressBar
    from bialign.study.versions import collate
    from bialign.study.versions.corpora import base_of, collation_of
    from bialign.study.versions.measures import variations

    termbase = _glossary(settings["glossary"])
    with ProgressBar(console) as progress:
        if corpus:
            with open_to_read(texts[0]) as opened:
                collation = collation_of(opened, base_of(opened, settings["base"]))
                termbase = termbase or opened.glossary()
        else:
            collation = collate(texts, progress=progress, **_options(settings))
        return collation, variations(collation, termbase=termbase or None)


def _glossary(name: str | None) -> Termbase | None:
    if name is None:
        return None
    from bialign.termbase import Termbase

    return Termbase.load(Path(name))


def _tell_collation(
    console: Console, collation: Collation, found: list[Variation], inputs: list[Path], settings: dict[str, Any]
) -> None:
    from bialign.cli.versions_table import print_collation, print_summaries
    from bialign.study import tables
    from bialign.study.versions.measures import most_different, summaries
    from bialign.study.versions.outputs import output_of_collation
    from bialign.study.versions.tables import measures_table, summary_table

    say, summed = console.say, summaries(collation, found)
    _warn(console, collation, settings["different"])
    outputs = [output_of_collation(collation, found, Path(name), ui_lang=say.lang) for name in settings["outputs"]]
    if settings["measures"]:
        outputs.append(tables.output(measures_table(collation, found), Path(settings["measures"])))
    write_whole(outputs, inputs=inputs)
    if settings["as_json"]:
        told: dict[str, Any] = {
            "versions": [
                {"name": one.name, "lang": one.document.lang, "segments": len(one.segments)}
                for one in collation.versions
            ],
            "rows": len(collation.rows),
            "pairs": list(summary_table(collation, summed).records()),
            "signature": collation.signature,
        }
        console.write(json.dumps(told, ensure_ascii=False, indent=2))
    elif settings["different"]:
        print_collation(collation, [one.row for one in most_different(found, settings["different"])], say)
    elif not settings["outputs"]:
        print_collation(collation, range(len(collation.rows)), say)
    if not settings["as_json"]:
        print_summaries(collation, summed, say)
    counted = say("{versions} versions in {rows} rows", versions=len(collation.versions), rows=len(collation.rows))
    _note(console, counted, [*settings["outputs"], settings["measures"]], settings["start"])


def _warn(console: Console, collation: Collation, different: int | None) -> None:
    """Tell of versions that have little in common with the base, and of a wish that cannot be met."""
    say = console.say
    if different and not collation.alike():
        console.warn(say("no two of these versions are in one language: their words cannot be compared"))
    for number, version in enumerate(collation.versions[1:], 1):
        shared = sum(len(row.spans[number]) for row in collation.rows if row.spans[0])
        share = shared / len(version.segments) if version.segments else 0.0
        if share < 0.5:
            template = "only {percent}% of the segments found a partner: are these two versions of the same text?"
            console.warn(f"{version.name}: {say(template, percent=int(100 * share))}")


def _revision(console: Console, texts: tuple[str, ...], settings: dict[str, Any], *, corpus: bool) -> Revision:
    """Compare the old source with the new one; what of its translation is confirmed is known of corpora and files."""
    from bialign.cli.progress import ProgressBar
    from bialign.study.versions.collate import read_version
    from bialign.study.versions.revision import revise, revise_bitext

    options = _options(settings)
    with ProgressBar(console) as progress:
        if settings["translation"]:
            return revise(texts[0], texts[1], settings["translation"], progress=progress, **options)
        bitext = _old(Path(texts[0]), settings["name"], corpus=corpus)
        new = read_version(texts[1], **options)
        if not new.lang:
            # too short to tell: a revision has the language of what it revises
            new = read_version(texts[1], **options | {"langs": [bitext.source.lang]})
        return revise_bitext(bitext, new, progress=progress)


def _old(path: Path, name: str, *, corpus: bool) -> Bitext:
    if not corpus:
        from bialign.readers.bilingual import read_bitext

        return read_bitext(path)
    with open_to_read(str(path)) as opened:
        return opened.bitext(name)


def _tell_revision(console: Console, revision: Revision, inputs: list[Path], settings: dict[str, Any]) -> None:
    from bialign.cli.versions_table import print_revision
    from bialign.study.saying import Saying
    from bialign.study.versions.outputs import output_of_revision
    from bialign.study.versions.outputs.revised import figures
    from bialign.study.versions.revision import ADDED, CHANGED, carried_over

    say = console.say
    paths = [Path(name) for name in settings["outputs"]]
    written = [path for path in paths if not _holds_beads(path, revised=True)]
    write_whole([output_of_revision(revision, path, ui_lang=say.lang) for path in written], inputs=inputs)
    beads = [path for path in paths if path not in written]
    bitext = carried_over(revision, (say(CHANGED), say(ADDED)))
    reports = write_all(bitext, beads, None, ui_lang=say.lang, inputs=inputs)
    if settings["as_json"]:
        told = {
            "entries": dict(revision.counts()),
            "to_be_done": sum(entry.out_of_date for entry in revision.entries),
            "signature": revision.signature,
        }
        console.write(json.dumps(told, ensure_ascii=False, indent=2))
    elif not settings["outputs"] or settings["all_rows"]:
        print_revision(revision, say, all_rows=settings["all_rows"])
    _note(console, figures(revision, Saying(say.lang)), settings["outputs"], settings["start"])
    for report in reports:
        tell_left_out(console, report)


def _note(console: Console, text: str, outputs: list[str], start: float) -> None:
    written = ", ".join(str(name) for name in outputs if name)
    console.note(text + (f" → {written}" if written else "") + f" ({time.perf_counter() - start:.1f} s)")
