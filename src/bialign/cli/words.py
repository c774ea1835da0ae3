"""``bialign words``: which words of sentence pairs translate each other."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from bialign.cli.command import Argument, Command, shared_options
from bialign.cli.console import Console, printable
from bialign.cli.texts import deliver
from bialign.errors import FormatError

if TYPE_CHECKING:
    from bialign.cli.messages import Messages
    from bialign.words.tokens import Token

Links = set[tuple[int, int]]
_TABLES = frozenset({".tsv", ".tab", ".txt", ""})
"""Suffixes of files that may hold a pair in each line and nothing else; others are read as `bialign convert` does."""


class Sides(NamedTuple):
    """Hold the words of a sentence pair."""

    source: list[Token]
    target: list[Token]

    @property
    def words(self) -> tuple[list[str], list[str]]:
        """Give the words without their places."""
        return [token.text for token in self.source], [token.text for token in self.target]


@click.command("words", cls=Command, example="bialign words pairs.tsv --to table")
@click.argument(
    "file",
    cls=Argument,
    metavar="FILE",
    note="Sentence pairs: a source and a target, parted by a tab, in each line; or any file that convert takes.",
)
@click.option("-o", "--output", metavar="OUT", help="File to write; by default the links go to stdout.")
@click.option(
    "--to",
    "form",
    type=click.Choice(("pharaoh", "table", "jsonl")),
    default="pharaoh",
    metavar="FORMAT",
    help="pharaoh (the default): i-j for each link, word i of the source, j of the target, counted from 0, one line a "
    "pair; table: the words themselves; jsonl: words, places and links.",
)
@click.option("--tokenized", is_flag=True, help="Take the sentences as cut into words already, by spaces.")
@click.option(
    "--learn",
    multiple=True,
    metavar="FILE",
    help="More sentence pairs, like those of FILE, to learn from and not to link; may be given several times.",
)
@click.option("--fast", is_flag=True, help="Compare words by themselves, not in their sentences: faster, less exact.")
@click.option(
    "--bare-articles", is_flag=True, help="Leave Spanish articles without a link where English has no word for them."
)
@click.option(
    "--source-lang", metavar="LANG", default="", help="Language of SOURCE: en, es, es-PE ...; else it is guessed."
)
@click.option("--target-lang", metavar="LANG", default="", help="Language of TARGET.")
@click.option(
    "--encoding", metavar="NAME", help="Encoding of the file: cp1252, utf-16 ...; else it is declared or detected."
)
@shared_options
@click.pass_obj
def words(
    console: Console,
    /,
    *,
    file: str,
    output: str | None,
    form: str,
    tokenized: bool,
    learn: tuple[str, ...],
    fast: bool,
    bare_articles: bool,
    **reading: Any,
) -> None:
    """Link the words of sentence pairs that translate each other.

    What is learned is learned from the pairs themselves: many pairs give better links than a few.
    """
    from bialign.cli.progress import ProgressBar
    from bialign.words import WordAligner

    pairs = read_pairs(Path(file), tokenized, **reading)
    more = [pair for name in learn for pair in read_pairs(Path(name), tokenized, **reading)]
    aligner = WordAligner(context=not fast)
    aligner.add([pair.words for pair in more])
    with ProgressBar(console) as progress:
        links = aligner.learn_and_link(
            [pair.words for pair in pairs],
            articles=not bare_articles,
            progress=lambda share: progress("link words", share),
        )
    deliver(console, "".join(_written(form, pairs, links, console.say)), output)
    counted = console.say.count(sum(map(len, links)), "{count} link", "{count} links")
    where = console.say.count(len(pairs), "in {count} pair", "in {count} pairs")
    console.note(f"{file}: {counted} {where}" + (f" → {output}" if output else ""))


def read_pairs(path: Path, tokenized: bool, source_lang: str, target_lang: str, encoding: str | None) -> list[Sides]:
    """Read a file's sentence pairs and cut them into words.

    Raises ReadError where it cannot be read, FormatError with the line that holds no pair.
    """
    texts, languages = _texts(path, source_lang, target_lang, encoding)
    if tokenized:
        return [Sides(*(_by_spaces(text) for text in pair)) for pair in texts]
    from bialign.words import tokenise

    return [Sides(*(tokenise(text, lang) for text, lang in zip(pair, languages, strict=True))) for pair in texts]


def _texts(
    path: Path, source_lang: str, target_lang: str, encoding: str | None
) -> tuple[list[tuple[str, str]], tuple[str, str]]:
    """Give a file's sentence pairs, and its two languages."""
    from bialign.charset import decode
    from bialign.languages import guess_language
    from bialign.readers.bilingual import read_bitext
    from bialign.readers.source import file_bytes

    text = decode(file_bytes(path), path, encoding)[0] if path.suffix.lower() in _TABLES else ""
    # a table of more columns says in its header which are which
    if path.suffix.lower() not in _TABLES or text.partition("\n")[0].count("\t") > 1:
        bitext = read_bitext(path, source_lang=source_lang, target_lang=target_lang, encoding=encoding)
        texts = [(bitext.source_text(bead), bitext.target_text(bead)) for bead in bitext.beads]
        return texts, (bitext.source.lang, bitext.target.lang)
    texts = list(_lines(path, text))
    sides = ("\n".join(pair[side] for pair in texts) for side in (0, 1))
    source, target = (
        given or guess_language(side) for given, side in zip((source_lang, target_lang), sides, strict=True)
    )
    source = source or ("en" if target[:2] != "en" else "es")
    return texts, (source, target or ("es" if source[:2] != "es" else "en"))


def _lines(path: Path, text: str) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(text.removesuffix("\n").split("\n") if text else (), 1):
        cells = line.split("\t")
        if len(cells) != 2:
            template = "a source and a target are expected, parted by one tab; this line has {count} tabs"
            raise FormatError(path, template, line=number, count=len(cells) - 1)
        yield cells[0], cells[1]


def _by_spaces(text: str) -> list[Token]:
    from bialign.words.tokens import Token

    found, start = [], 0
    for part in text.split(" "):
        if part:
            found.append(Token(part, start, start + len(part)))
        start += len(part) + 1
    return found


def _written(form: str, pairs: Sequence[Sides], links: Sequence[Links], say: Messages) -> Iterator[str]:
    for number, (pair, linked) in enumerate(zip(pairs, links, strict=True), 1):
        if form == "pharaoh":
            yield " ".join(f"{i}-{j}" for i, j in sorted(linked)) + "\n"
        elif form == "jsonl":
            record = {"source": pair.words[0], "target": pair.words[1], "links": sorted(map(list, linked))}
            record["source_places"] = [[token.start, token.stop] for token in pair.source]
            record["target_places"] = [[token.start, token.stop] for token in pair.target]
            yield json.dumps(record, ensure_ascii=False) + "\n"
        else:
            yield from _table(number, pair, linked, say)


def _table(number: int, pair: Sides, linked: Links, say: Messages) -> Iterator[str]:
    """Write the words of a pair that belong together side by side, in the order of the source; then those alone."""
    source, target = ([printable(word) for word in side] for side in pair.words)
    groups = list(_groups(linked))
    rows = [(" ".join(source[i] for i in left), " ".join(target[j] for j in right)) for left, right in groups]
    alone = [
        " ".join(side[n] for n in range(len(side)) if n not in {link[axis] for link in linked})
        for axis, side in enumerate((source, target))
    ]
    width = max([len(left) for left, _ in rows] + [0])
    yield f"{number}\n"
    yield from (f"  {left:<{width}}  {right}\n" for left, right in rows)
    for words, template in zip(alone, ("in the source only: {words}", "in the target only: {words}"), strict=True):
        if words:
            yield f"  ({say(template, words=words)})\n"
    yield "\n"


def _groups(linked: Links) -> Iterator[tuple[list[int], list[int]]]:
    """Give the words that links hold together, straight or by way of others."""
    left = set(linked)
    while left:
        group = {min(left)}
        size = 0
        while len(group) > size:
            size = len(group)
            rows, columns = {i for i, _ in group}, {j for _, j in group}
            group |= {(i, j) for i, j in left if i in rows or j in columns}
        left -= group
        yield sorted({i for i, _ in group}), sorted({j for _, j in group})
