"""``bialign add``: texts into a corpus, in pairs that are told by their names or by what they hold."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bialign.cli.clean import drop_option
from bialign.cli.command import Argument, Command, shared_options
from bialign.cli.console import Console, printable
from bialign.cli.corpus_options import corpus_argument, open_to_read
from bialign.cli.failures import failure_message
from bialign.cli.splitting import load_splitting, splitting_options
from bialign.errors import BialignError

if TYPE_CHECKING:
    from bialign.corpus import Corpus
    from bialign.corpus.adding import Added, Known, Plan, Planned, Settings


@click.command("add", cls=Command, example="bialign add peru.bialign letter.en.txt letter.es.txt")
@corpus_argument
@click.argument(
    "files",
    cls=Argument,
    metavar="FILES",
    nargs=-1,
    required=True,
    note="Texts, files with both languages, or folders; Parquet files come in by document.",
)
@click.option("--dry-run", is_flag=True, help="Show what belongs together, and add nothing.")
@click.option(
    "--name", metavar="NAME", default="", help="What to call the bitext; of several, what their names begin with."
)
@click.option(
    "--source-lang", metavar="LANG", default="", help="Language that comes first: en, es, es-PE ...; else English."
)
@click.option("--target-lang", metavar="LANG", default="", help="Language of the other side.")
@click.option("--encoding", metavar="NAME", help="Encoding of the files: cp1252, utf-16 ...; else it is detected.")
@click.option("--lines", is_flag=True, help="Take texts as split already: one segment a line.")
@drop_option
@splitting_options
@click.option(
    "--glossary", metavar="FILE", help="Glossary of any format whose terms help to align; else that of the corpus."
)
@shared_options
@click.pass_obj
def add(
    console: Console,
    /,
    *,
    corpus: str,
    files: tuple[str, ...],
    dry_run: bool,
    name: str,
    encoding: str | None,
    **more: Any,
) -> None:
    """Add texts to a corpus: two files, one file with both languages, or folders, whose files are paired.

    Pairs are told by their names (cap1.en.docx and cap1.es.docx, en/x.txt and es/x.txt), else by what they hold. Each
    comes in whole or not at all; what is in already is passed over, so the same command goes on where it stopped.
    """
    from bialign.cli.progress import ProgressBar
    from bialign.corpus import Corpus
    from bialign.corpus.adding import plan

    say = console.say
    if more["lines"] and (more["exceptions"] or more["srx"]):
        raise click.UsageError(say("--exceptions and --srx say how to split, and --lines not to"))
    settings = _settings(name, encoding, more)
    with open_to_read(corpus) if dry_run else Corpus(corpus) as opened:
        if not dry_run:
            # what cannot be written is told before any work
            opened.check_writable()
        shards, files = _parted(files)
        for path in shards:
            _add_shards(console, opened, path, settings, dry_run=dry_run)
        if shards and not files:
            return
        with ProgressBar(console) as progress:
            planned = plan(
                [Path(file) for file in files], settings, progress=lambda share: progress("compare texts", share)
            )
        if dry_run:
            console.write("".join(f"{line}\n" for line in _shown(console, planned)))
        elif len(planned.pairs) + len(planned.left) > 1:
            for line in _shown(console, planned):
                console.note(line)
        if not planned.pairs:
            raise BialignError("nothing to add: no two of these files belong together")
        if not dry_run:
            _add_all(console, opened, planned.pairs, settings)


def _parted(files: Sequence[str]) -> tuple[list[Path], tuple[str, ...]]:
    """Part Parquet files, and folders that hold nothing else, from all others."""
    from bialign.readers.bilingual.shards import is_shards

    shards = [Path(file) for file in files if is_shards(Path(file))]
    return shards, tuple(file for file in files if Path(file) not in shards)


def _add_shards(console: Console, corpus: Corpus, path: Path, settings: Settings, *, dry_run: bool) -> None:
    """Add the documents of Parquet files, or tell that they would be; those that are in already are passed over."""
    if dry_run:
        console.write(printable(f"{path}: {console.say('Parquet: a bitext for each document')}"))
        return
    from bialign.cli.progress import ProgressBar
    from bialign.corpus.shards import add_shards

    say, start, new, known = console.say, time.perf_counter(), 0, 0
    langs = str(settings.align.get("source_lang", "")), str(settings.align.get("target_lang", ""))
    prefix = f"{settings.name}/" if settings.name else ""
    try:
        with ProgressBar(console) as bar:
            for _, is_new in add_shards(corpus, path, langs, prefix=prefix, progress=lambda share: bar("read", share)):
                new += is_new
                known += not is_new
    except KeyboardInterrupt:
        console.note(say("added so far: {count}; the same command goes on where it stopped", count=new))
        raise
    told = say.count(new, "{count} bitext", "{count} bitexts")
    also = f", {say('in the corpus already: {count}', count=known)}" if known else ""
    console.done(printable(f"{path}: {told}{also} ({time.perf_counter() - start:.1f} s)"))


def _settings(name: str, encoding: str | None, more: dict[str, Any]) -> Settings:
    from bialign.corpus.adding import Settings
    from bialign.termbase import Termbase, primary

    source, target = more["source_lang"], more["target_lang"]
    other = {"en": "es", "es": "en"}
    langs = (
        source or other.get(primary(target), "en"),
        target or other.get(primary(source), "es"),
    )
    files = {option: Path(more[option]) for option in ("glossary", "exceptions", "srx") if more[option]}
    align = {option: more[option] for option in ("lines", "drop")}
    align |= load_splitting(more["exceptions"], more["srx"])
    align |= {"source_lang": source, "target_lang": target}
    align["termbase"] = Termbase.load(files["glossary"]) if "glossary" in files else None
    return Settings(langs, encoding, name, align, files)


def _shown(console: Console, planned: Plan) -> list[str]:
    """Show a plan, a line for each bitext and each file that is left."""
    say = console.say
    reasons = {
        "given": say("as given"),
        "names": say("by their names"),
        "content": say("by what they hold"),
        "bilingual": say("holds both languages"),
    }
    lines = []
    for pair in planned.pairs:
        likeness = f", {say('likeness {value}', value=f'{pair.likeness:.2f}')}" if pair.likeness is not None else ""
        files = " + ".join(str(path) for path in pair.files)
        lines.append(f"{pair.name or '?'}: {files} ({reasons[pair.by]}{likeness})")
    lines += [say("left: {path}: {why}", path=path, why=say(why.template, **why.fields)) for path, why in planned.left]
    return [printable(line) for line in lines]


def _add_all(console: Console, corpus: Corpus, pairs: Sequence[Planned], settings: Settings) -> None:
    """Add pair after pair; one that fails is told, and the others go on."""
    from bialign.corpus.adding import known_files

    say, failed, done, known = console.say, 0, 0, known_files(corpus)
    try:
        for pair in pairs:
            try:
                _add_one(console, corpus, pair, settings, known, several=len(pairs) > 1)
                done += 1
            except (BialignError, OSError, MemoryError) as error:
                message, _ = failure_message(error, say)
                failed += 1
                console.fail(str(message) if len(pairs) == 1 else f"{pair.name}: {message}")
    except KeyboardInterrupt:
        console.note(say("added so far: {count}; the same command goes on where it stopped", count=done))
        raise
    if failed:
        if len(pairs) > 1:
            console.note(say("not added: {count}; the others are in", count=failed))
        raise click.exceptions.Exit(1)


def _add_one(
    console: Console, corpus: Corpus, pair: Planned, settings: Settings, known: Known, *, several: bool
) -> None:
    from bialign.cli.progress import ProgressBar
    from bialign.corpus.adding import add_planned

    start = time.perf_counter()
    with ProgressBar(console) as bar:

        def progress(stage: str, share: float) -> None:
            bar(f"{pair.name}: {console.say(stage)}" if several else stage, share)

        added = add_planned(corpus, pair, settings, known=known, progress=progress)
    _tell(console, corpus, added, time.perf_counter() - start)


def _tell(console: Console, corpus: Corpus, added: Added, seconds: float) -> None:
    from bialign.remarks import DOUBTFUL, remarks

    say = console.say
    if not added.new:
        console.note(say("{name} is in the corpus already", name=added.name))
        return
    for remark in remarks(added.bitext) if added.bitext else ():
        console.warn(f"{added.name}: {say(remark.template, **remark.fields)}")
    counted = say.count(corpus.count(added.name), "{count} bead", "{count} beads")
    doubtful = say("doubtful: {count}", count=corpus.count(added.name, below=DOUBTFUL))
    console.done(printable(f"{added.name}: {counted}, {doubtful} ({seconds:.1f} s)"))
