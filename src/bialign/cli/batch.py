"""``bialign batch``: many document pairs, on one machine or on a cluster."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bialign.cli.clean import drop_option
from bialign.cli.command import Argument, Command, shared_options
from bialign.cli.console import Console
from bialign.cli.corpus_options import count
from bialign.cli.splitting import splitting_options

if TYPE_CHECKING:
    from bialign.batch import BatchSettings, Part
    from bialign.batch.schedulers import Scheduler


def _part(ctx: click.Context, parameter: click.Parameter, value: str | None) -> Part | None:
    if value is None:
        return None
    from bialign.batch.plan import Part

    part = Part.parse(value)
    if part is None:
        raise click.BadParameter("a part such as 3/16 is wanted", ctx, parameter)
    return part


@click.command("batch", cls=Command, example="bialign batch pairs.tsv -o aligned --workers 4")
@click.argument(
    "manifest",
    cls=Argument,
    metavar="MANIFEST",
    note="Document pairs: TSV, JSON Lines or Parquet with the columns source and target; or a folder.",
)
@click.option("-o", "--output", metavar="FOLDER", required=True, help="Folder for the results.")
@click.option(
    "--workers", metavar="NUMBER", callback=count, help="Processes at work; by default one for each processor."
)
@click.option("--scheduler", metavar="ADDRESS", help="A dask cluster to work on: tcp://host:8786.")
@click.option(
    "--slurm", metavar="FILE", help="Ask Slurm for workers, as a YAML file says: cores, memory, queue, jobs ..."
)
@click.option("--part", metavar="PART", callback=_part, help="Do only a part of the manifest: 3/16.")
@click.option("--retry-failed", is_flag=True, help="Try the documents again that failed.")
@click.option("--log", metavar="FILE", help="File at whose end each event is written, as a line of JSON.")
@click.option(
    "--shard-size",
    metavar="NUMBER",
    default="64",
    callback=count,
    help="Megabytes of text, of both sides, whose beads make one Parquet file; 64.",
)
@click.option("--lines", is_flag=True, help="Take texts as split already: one segment a line.")
@click.option(
    "--source-lang", metavar="LANG", default="", help="Language of SOURCE: en, es, es-PE ...; else it is guessed."
)
@click.option("--target-lang", metavar="LANG", default="", help="Language of TARGET.")
@click.option("--encoding", metavar="NAME", help="Encoding of the files: cp1252, utf-16 ...; else it is detected.")
@drop_option
@splitting_options
@click.option("--glossary", metavar="FILE", help="Glossary of any format whose terms help to align.")
@shared_options
@click.pass_obj
def batch(
    console: Console,
    /,
    *,
    manifest: str,
    output: str,
    workers: int | None,
    scheduler: str | None,
    slurm: str | None,
    part: Part | None,
    retry_failed: bool,
    log: str | None,
    shard_size: int,
    **more: Any,
) -> None:
    """Align many document pairs; their beads become Parquet files, with a table of the documents and a manifest.

    What is done is kept: the same command goes on where it stopped, however that was, and ends in the same bytes. A
    document that fails is told in failures.tsv, and the others go on; the exit status is 1 then.
    """
    from bialign.batch import run
    from bialign.cli.progress import ProgressBar

    say, start = console.say, time.perf_counter()
    if (workers is not None) + (scheduler is not None) + (slurm is not None) > 1:
        raise click.UsageError(say("only one of --workers, --scheduler and --slurm says who does the work"))
    if more["lines"] and (more["exceptions"] or more["srx"]):
        raise click.UsageError(say("--exceptions and --srx say how to split, and --lines not to"))
    settings = _settings(more, shard_size)
    _tell_unused(console, Path(manifest), settings)
    with ProgressBar(console) as bar:
        try:
            result = run(
                Path(manifest),
                Path(output),
                settings,
                _scheduler(workers, scheduler, slurm),
                part=part,
                retry_failed=retry_failed,
                log=Path(log) if log else None,
                progress=bar,
            )
        except KeyboardInterrupt:
            console.note(say("what is done is kept; the same command goes on where it stopped"))
            raise
    counted = say.count(result.documents - result.failed, "{count} document", "{count} documents")
    beads = say.count(result.beads, "{count} bead", "{count} beads")
    console.note(f"{counted}, {beads} → {result.folder} ({time.perf_counter() - start:.1f} s)")
    if result.failed:
        path = result.folder / "failures.tsv"
        told = say.count(result.failed, "{count} document failed", "{count} documents failed")
        console.fail(f"{told}: {path}")
        raise click.exceptions.Exit(1)


def _settings(more: dict[str, Any], shard_size: int) -> BatchSettings:
    from bialign.batch import BatchSettings
    from bialign.batch.settings import align_options, termbase_of

    names = ("glossary", "exceptions", "srx")
    files: dict[str, Any] = {name: str(Path(more[name]).absolute()) if more[name] else "" for name in names}
    settings = BatchSettings(
        source_lang=more["source_lang"],
        target_lang=more["target_lang"],
        encoding=more["encoding"] or "",
        lines=more["lines"],
        drop=tuple(more["drop"]),
        shard_cost=shard_size * 1_000_000,
        **files,
    )
    # a file with faults is told once, before anything is begun, not by each document
    if files["exceptions"] or files["srx"]:
        align_options(settings)
    if files["glossary"]:
        termbase_of(Path(files["glossary"]))
    return settings


def _tell_unused(console: Console, manifest: Path, settings: BatchSettings) -> None:
    from bialign.batch.manifest import langs_of, unpaired, unused_columns

    if unused := unused_columns(manifest):
        console.note(console.say("columns that are not used: {names}", names=", ".join(unused)))
    if manifest.is_dir() and (left := unpaired(manifest, langs_of(settings.source_lang, settings.target_lang))):
        names = ", ".join(map(str, left[:3])) + (" ..." if len(left) > 3 else "")
        console.note(console.say("files without a partner: {count} ({names})", count=len(left), names=names))


def _scheduler(workers: int | None, address: str | None, slurm: str | None) -> Scheduler:
    if address or slurm:
        from bialign.batch.cluster import Cluster, slurm_cluster

        return Cluster(address or slurm_cluster(Path(str(slurm))))
    from bialign.batch.pool import Pool

    return Pool(workers or 0)
