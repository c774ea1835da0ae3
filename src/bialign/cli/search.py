"""``bialign search``: every place where a word, a phrase or a pattern stands in a corpus, with its translation."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bialign.bitext import STATUSES
from bialign.cli.command import Argument, Command, shared_options
from bialign.cli.console import Console
from bialign.cli.corpus_options import corpus_argument, count, open_to_read, share
from bialign.cli.outputs import outputs_option, profile_options
from bialign.cli.search_files import check_outputs, holds_beads, write_beads

if TYPE_CHECKING:
    from bialign.cli.messages import Messages
    from bialign.concordance import Concordance, Context, Page, Query, Renderings
    from bialign.concordance.outputs.records import Recipe

_SHOWN = 20
_WRITTEN = 100_000
_COUNTED = 2_000
_COUNTING = 1.0
"""Hits that are shown or written unless more are asked for; hits, and seconds, up to which all are counted beside."""


def _natural(ctx: click.Context, parameter: click.Parameter, value: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) < 18):
        raise click.BadParameter("a whole number from 0 on is wanted", ctx, parameter)
    return int(value)


def _seconds(ctx: click.Context, parameter: click.Parameter, value: str | None) -> float | None:
    if value is None:
        return None
    try:
        number = float(value.replace(",", "."))
    except ValueError:
        number = 0.0
    if not 0 < number < 1e6:
        raise click.BadParameter("a number of seconds is wanted", ctx, parameter)
    return number


@click.command("search", cls=Command, example='bialign search peru.bialign lemma:detener --without "arrest*"')
@corpus_argument
@click.argument(
    "text",
    cls=Argument,
    metavar="QUERY",
    required=False,
    note='Words, "phrases", wild*cards, g?lpe, lemma:words, /regular expressions/: a bead must hold all of them; the '
    "first is what is shown.",
)
@click.option("--lang", metavar="LANG", default="", help="Search the texts in this language: en, es ...")
@click.option(
    "--side",
    type=click.Choice(["source", "target", "either"]),
    metavar="SIDE",
    default="either",
    help="Search the source or the target; otherwise either.",
)
@click.option("--with", "rendered", metavar="QUERY", default="", help="The translation must hold this.")
@click.option("--without", metavar="QUERY", default="", help="The translation must hold nothing of this.")
@click.option("--lemma", is_flag=True, help="Words stand for all their forms: detener finds detuvieron.")
@click.option("--regex", is_flag=True, help="The whole query is one regular expression.")
@click.option("--case", is_flag=True, help="Capitals count.")
@click.option("--accents", is_flag=True, help="Accents count.")
@click.option("--exact", is_flag=True, help="Capitals and accents count.")
@click.option("--plain-n", is_flag=True, help="n finds ñ too; otherwise ñ is a letter of its own.")
@click.option(
    "--in",
    "names",
    metavar="NAME",
    multiple=True,
    help="Search only this bitext or document, by its name; * and ? stand for letters; may be given several times.",
)
@click.option(
    "--type",
    "types",
    metavar="TYPE",
    multiple=True,
    help="Only beads of this type: 1-2, null, many; may be given several times.",
)
@click.option(
    "--status",
    "statuses",
    type=click.Choice(STATUSES),
    metavar="STATUS",
    multiple=True,
    help="Only beads with this status: unreviewed, confirmed, rejected or doubtful; may be given several times.",
)
@click.option("--min-probability", metavar="P", callback=share, default="0", help="Only beads from P on.")
@click.option("--max-probability", metavar="P", callback=share, default="1", help="Only beads up to P.")
@click.option("--moved", "only", flag_value="moved", default="", help="Only what stands elsewhere in the translation.")
@click.option("--omitted", "only", flag_value="omitted", help="Only what has no counterpart at all.")
@click.option(
    "--sort",
    metavar="ORDER",
    default="",
    help="Sort by words to the left (1L, 2L ...) or right (1R ...), by node, document, place or probability: 1R,2R.",
)
@click.option("--limit", metavar="N", callback=count, help="Show so many hits: 20, or all in a file.")
@click.option("--offset", metavar="N", callback=_natural, default="0", help="Leave out the first N hits.")
@click.option("--sample", metavar="N", callback=count, help="Take N hits at random.")
@click.option("--seed", metavar="N", callback=_natural, default="0", help="Another number takes another sample.")
@click.option(
    "--context", metavar="N", default="60", help="Letters around a hit in files and with --kwic; 8w are eight words."
)
@click.option("--kwic", is_flag=True, help="Show a line for each hit, what was found one below the other.")
@click.option("--renderings", is_flag=True, help="Show what the words become in the translation, and how often.")
@click.option("--count", is_flag=True, help="Show how many hits each document has, and how evenly they are spread.")
@outputs_option(
    "File to write instead: .tsv, .jsonl, .xlsx and .html hold the hits with their citations; any other format of "
    "bialign export (.tmx, .xlf, .docx ...) the beads they are in; may be given several times."
)
@profile_options
@click.option(
    "--to",
    "form",
    type=click.Choice(["table", "tsv", "jsonl"]),
    metavar="FORMAT",
    default="table",
    help="What goes to stdout: table (the default), tsv or jsonl.",
)
@click.option("--replay", metavar="FILE", help="Search again what a file written by this command was searched with.")
@click.option(
    "--time-limit",
    metavar="SECONDS",
    callback=_seconds,
    help="Stop a search that takes longer; with regular expressions 10 seconds are the limit unless this is given.",
)
@shared_options
@click.pass_obj
def search(console: Console, /, *, corpus: str, text: str | None, outputs: tuple[str, ...], **options: Any) -> None:
    """Find every place where words stand, with their translation and a citation.

    Case and accents are ignored, ñ is no n. A bead must hold all words of the query; words in "double quotes" must
    follow each other.
    """
    from bialign.concordance import Concordance

    paths = [Path(name) for name in outputs]
    check_outputs(console, Path(corpus), paths, options["profile"], only_hits=options["renderings"] or options["count"])
    asked = _asked(console, text, options)
    with open_to_read(corpus) as opened:
        concordance = Concordance(opened.store, seconds=_limit(asked.query, options), lang=console.say.lang)
        if options["count"]:
            _count(console, concordance, asked)
        elif options["renderings"]:
            _renderings(console, concordance, asked, paths, options["form"])
        else:
            page = _hits(console, concordance, asked, paths, options)
            write_beads(console, opened, page, paths, options)


@dataclass(frozen=True, slots=True)
class _Asked:
    """Hold what was asked for on the command line."""

    query: Query
    sort: tuple[str, ...]
    sample: int
    seed: int
    offset: int
    limit: int | None
    context: Context
    corpus: str = ""


def _asked(console: Console, text: str | None, options: dict[str, Any]) -> _Asked:
    from bialign.concordance.outputs.records import read_recipe

    sort = tuple(part for part in options["sort"].replace(" ", "").split(",") if part)
    context = _context(console, options["context"])
    if options["replay"]:
        if text is not None:
            raise click.UsageError(console.say("give a query or a file to search again, not both"))
        recipe: Recipe = read_recipe(Path(options["replay"]))
        query, corpus = recipe.query, recipe.corpus
        sort = sort or recipe.sort
        options["sample"] = options["sample"] or recipe.sample
        options["seed"] = options["seed"] or recipe.seed
    else:
        if text is None:
            raise click.UsageError(console.say("{name} is missing", name=console.say("QUERY")))
        query, corpus = _query(text, options), ""
    return _Asked(query, sort, options["sample"], options["seed"], options["offset"], options["limit"], context, corpus)


def _query(text: str, options: dict[str, Any]) -> Query:
    from bialign.concordance import Query, parse, regex_term

    lemma = options["lemma"]
    return Query(
        (regex_term(text),) if options["regex"] else parse(text, lemma=lemma),
        side=options["side"],
        lang=options["lang"],
        rendered=parse(options["rendered"], lemma=lemma),
        without=parse(options["without"], lemma=lemma),
        case=options["case"] or options["exact"],
        accents=options["accents"] or options["exact"],
        plain_n=options["plain_n"],
        bitexts=options["names"],
        statuses=options["statuses"],
        types=options["types"],
        probability=(options["min_probability"], options["max_probability"]),
        only=options["only"] or "",
    )


def _limit(query: Query, options: dict[str, Any]) -> float:
    """Give the seconds a search may take: only a pattern can be such that no end is to be expected."""
    from bialign.concordance import Regex
    from bialign.concordance.deadline import SECONDS

    usual = SECONDS if any(isinstance(term, Regex) for term in query.terms) else math.inf
    return options["time_limit"] or usual


def _context(console: Console, text: str) -> Context:
    from bialign.concordance import Context

    number = text.removesuffix("w")
    if not (number.isascii() and number.isdigit()) or len(number) > 5:
        raise click.UsageError(console.say("--context takes a number of letters, or of words: 60, 8w"))
    return Context(int(number), words=text.endswith("w"))


def _hits(
    console: Console, concordance: Concordance, asked: _Asked, paths: list[Path], options: dict[str, Any]
) -> Page:
    from bialign.cli.concordance import print_hits, print_kwic
    from bialign.concordance.outputs import write

    say, form = console.say, options["form"]
    page = concordance.page(
        asked.query,
        offset=asked.offset,
        limit=asked.limit or (_WRITTEN if paths or form != "table" else asked.sample or _SHOWN),
        sort=asked.sort,
        sample=asked.sample,
        seed=asked.seed,
        # a line of the terminal has room for more on one side than on the other
        context=replace(asked.context, size=max(asked.context.size, 160)) if options["kwic"] else asked.context,
    )
    _tell_changed(console, asked, page.corpus)
    tables = [path for path in paths if not holds_beads(path)]
    for path in tables:
        write(page, path, ui_lang=say.lang)
    if form != "table":
        _print_records(console, page, form)
    elif not paths:
        print_kwic(page) if options["kwic"] else print_hits(page, say)
    console.note(_told(concordance, asked, page, say) + _names(tables))
    return page


def _told(concordance: Concordance, asked: _Asked, page: Page, say: Messages) -> str:
    """Say which hits of how many a page holds; of very many it is only said that they are many."""
    from bialign.cli.concordance import spoken_counts
    from bialign.concordance import SearchTimeout

    if asked.sample:
        return say("{count} hits at random (seed {seed})", count=len(page), seed=asked.seed)
    if not page.more:
        last = page.hits[-1].number + 1 if page.hits else 0
        return spoken_counts(page, last, say)
    more = say("; the next with --offset {offset}", offset=asked.offset + len(page))
    concordance.seconds = min(concordance.seconds, _COUNTING)
    try:
        counts = concordance.counts(asked.query, most=max(_COUNTED, asked.offset + len(page)))
    except SearchTimeout:
        return spoken_counts(page, asked.offset + len(page), say, whole=False) + more
    return spoken_counts(page, counts.hits, say, whole=counts.whole) + more


def _print_records(console: Console, found: Page | Renderings, form: str, examples: Page | None = None) -> None:
    from bialign.concordance.outputs import jsonl, tsv
    from bialign.concordance.outputs.records import records

    rows = list(records(found, examples))
    console.write("".join(tsv(rows) if form == "tsv" else jsonl(rows)))


def _renderings(console: Console, concordance: Concordance, asked: _Asked, paths: list[Path], form: str) -> None:
    from bialign.cli.concordance import print_renderings
    from bialign.concordance import Page
    from bialign.concordance.outputs import write

    found = concordance.renderings(asked.query, seed=asked.seed, examples=3 if paths or form != "table" else 1)
    _tell_changed(console, asked, found.corpus)
    found = replace(found, groups=found.groups[: asked.limit]) if asked.limit else found
    occurrences = [occurrence for group in found.groups for occurrence in group.examples]
    hits = concordance.hits_of(asked.query, occurrences, asked.context)
    shown = Page(asked.query, found.corpus, tuple(hits))
    for path in paths:
        write(found, path, examples=shown, ui_lang=console.say.lang)
    if form != "table":
        _print_records(console, found, form, shown)
    elif not paths:
        print_renderings(found, hits, console.say)
    said = console.say(
        "{count} renderings of {looked_at} of {hits} hits; {none} without one of their own",
        count=len(found.groups),
        looked_at=found.looked_at,
        hits=found.hits,
        none=found.none,
    )
    console.note(said + _names(paths))


def _count(console: Console, concordance: Concordance, asked: _Asked) -> None:
    from bialign.cli.concordance import print_dispersion

    counts, spread = concordance.counts(asked.query), concordance.dispersion(asked.query)
    print_dispersion(spread, console.say)
    said = console.say("{hits} hits in {beads} beads", hits=counts.hits, beads=counts.beads)
    measures = [f"DP {spread.dp:.2f}"] if counts.hits else []
    measures += [console.say("Juilland's D {d}", d=f"{spread.d:.2f}")] if spread.d is not None else []
    console.note("; ".join([said, *measures]))


def _names(paths: list[Path]) -> str:
    return f" → {', '.join(map(str, paths))}" if paths else ""


def _tell_changed(console: Console, asked: _Asked, corpus: str) -> None:
    if asked.corpus and asked.corpus != corpus:
        console.warn(
            console.say("the corpus is no longer as it was: {before} then, {now} now", before=asked.corpus, now=corpus)
        )
