"""``bialign terms extract``: candidates for a glossary, found in aligned texts; accepted and rejected."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bialign.cli.command import Argument, Command, shared_options
from bialign.cli.console import Console
from bialign.cli.corpus_options import count, is_corpus, open_to_read
from bialign.cli.outputs import outputs_option
from bialign.cli.progress import ProgressBar

if TYPE_CHECKING:
    from bialign.corpus import Corpus
    from bialign.termbase import Termbase
    from bialign.terms.extraction import Candidate

_SHOWN = 50


@click.command("extract", cls=Command, example="bialign terms extract letter.en.txt letter.es.txt -o candidates.tsv")
@click.argument(
    "texts",
    cls=Argument,
    metavar="TEXTS",
    nargs=-1,
    required=True,
    note="A corpus, a file with both languages (TMX, XLIFF, tables ...), or two texts, which are aligned first.",
)
@click.option("--limit", metavar="N", callback=count, help="Show so many candidates: 50, or all in a file.")
@click.option("--names", is_flag=True, help="Names of people and places instead of terms.")
@click.option("--least", metavar="N", callback=count, default="2", help="How often an expression must stand; 2.")
@click.option("--lines", metavar="N", callback=count, default="3", help="Lines of evidence for each, at most; 3.")
@click.option(
    "--in", "bitexts", metavar="NAME", multiple=True, help="Only this bitext of a corpus; may be given several times."
)
@click.option(
    "--glossary",
    metavar="FILE",
    help="A glossary: what it has is left out, what is accepted goes into it. A corpus has its own.",
)
@click.option("--review", is_flag=True, help="Go through the candidates one by one and decide by a key.")
@click.option("--accept", metavar="KEY", multiple=True, help="Accept this candidate, by its key in the table.")
@click.option("--reject", metavar="KEY", multiple=True, help="Reject this candidate: it is not proposed again.")
@click.option("--subject", metavar="NAME", default="", help="Subject of what is accepted.")
@outputs_option(
    "File to write: .tsv, .jsonl and .xlsx are tables, .yaml and .tbx a glossary of all candidates; may be given "
    "several times."
)
@click.option(
    "--to",
    "form",
    type=click.Choice(["table", "tsv", "jsonl"]),
    metavar="FORMAT",
    default="table",
    help="What goes to stdout: table (the default), tsv or jsonl.",
)
@shared_options
@click.pass_obj
def extract(console: Console, /, *, texts: tuple[str, ...], outputs: tuple[str, ...], **options: Any) -> None:
    """Find candidates for a glossary in aligned texts: expressions that stand out, with what renders them.

    They are ranked by C-value, by how much more common they are than in general, by how many of the texts have them,
    and by how surely both sides render each other. Each comes with lines of evidence. What is accepted goes into the
    glossary and helps the next alignment.
    """
    from bialign.terms.extraction import outputs as files

    asked = _Asked(console, texts, options)
    paths = [Path(name) for name in outputs]
    for path in paths:
        files.check_path(path)
        if not path.resolve().parent.is_dir():
            raise click.UsageError(console.say("there is no folder {path}", path=path.parent))
    with asked.opened() as work:
        found = asked.decided(work, work.found()) if options["accept"] or options["reject"] else work.found()
        shown = [one for one in found if one.kind == ("name" if options["names"] else "term")]
        if options["review"]:
            from bialign.cli.terms_review import review

            review(console, work, shown)
            return
        chosen = shown[: options["limit"] or (None if paths else _SHOWN)]
        for path in paths:
            for left in files.write(chosen, path):
                console.note(f"{path}: {left}")
        if not paths:
            _print(console, chosen, options["form"])
    told = console.say.count(len(shown), "{count} candidate", "{count} candidates")
    if len(chosen) < len(shown):
        told = console.say("{shown} of {told}", shown=len(chosen), told=told)
    console.note(told + (f" → {', '.join(map(str, paths))}" if paths else ""))


def _print(console: Console, chosen: Sequence[Candidate], form: str) -> None:
    from bialign.terms.extraction import outputs as files

    if form == "table":
        from bialign.cli.terms_review import print_candidates

        print_candidates(console, chosen)
    else:
        rows = list(files.records(chosen))
        console.write("".join(files.tsv(rows) if form == "tsv" else files.jsonl(rows)))


@dataclass
class Work:
    """Hold where candidates come from, and where what is accepted of them goes."""

    console: Console
    options: dict[str, Any]
    corpus: Corpus | None = None
    texts: tuple[str, ...] = ()
    glossary: Termbase | None = None

    def found(self) -> list[Candidate]:
        """Find the candidates that neither the glossary has nor somebody has rejected."""
        asked = {"least": self.options["least"], "evidence": self.options["lines"]}
        with ProgressBar(self.console) as bar:
            progress = lambda share: bar("linking words", share)  # noqa: E731
            if self.corpus is not None:
                found = self.corpus.candidates(bitexts=self.options["bitexts"], progress=progress, **asked)
            else:
                from bialign.terms.extraction import extract

                found = extract(self._bitext(bar), progress=progress, **asked)
        if self.glossary is None:
            return found
        from bialign.terms.extraction.proposal import known_in

        held = self.glossary
        return [one for one in found if not known_in(held, one)]

    def _bitext(self, bar: ProgressBar) -> Any:
        from bialign.pipeline import align
        from bialign.readers.bilingual import read_bitext

        paths = [Path(name) for name in self.texts]
        if len(paths) == 1:
            return read_bitext(paths[0])
        return align(paths[0], paths[1], termbase=self.glossary, progress=bar)

    def accept(self, candidates: Sequence[Candidate]) -> None:
        """Take candidates into the glossary file where one is named, else into the corpus's."""
        subject = self.options["subject"]
        if self.options["glossary"]:
            from bialign.termbase import Termbase
            from bialign.terms.extraction.proposal import with_candidates

            held = self.glossary or Termbase(("en", "es"), ())
            self.glossary, _ = with_candidates(held, candidates, subject=subject)
            self.glossary.save(Path(self.options["glossary"]))
        elif self.corpus is not None:
            self.corpus.accept(candidates, subject=subject)

    def reject(self, keys: Sequence[str]) -> None:
        """Remember in the corpus that candidates are no terms; elsewhere nothing can be remembered."""
        if self.corpus is not None:
            self.corpus.reject(keys)


class _Asked:
    """Hold what was asked for on the command line, once it is known to make sense."""

    def __init__(self, console: Console, texts: tuple[str, ...], options: dict[str, Any]) -> None:
        self._console, self._texts, self._options = console, texts, options
        say = console.say
        self._is_corpus = len(texts) == 1 and is_corpus(Path(texts[0]))
        if len(texts) > 2:
            raise click.UsageError(say("{name} is too much", name=texts[2]))
        decides = options["review"] or options["accept"] or options["reject"]
        if decides and not self._is_corpus and not options["glossary"]:
            raise click.UsageError(say("name the glossary that accepted terms go into: --glossary FILE"))
        if options["reject"] and not self._is_corpus:
            raise click.UsageError(say("what is rejected is remembered in a corpus only"))
        if options["bitexts"] and not self._is_corpus:
            raise click.UsageError(say("--in chooses bitexts of a corpus"))

    @contextlib.contextmanager
    def opened(self) -> Iterator[Work]:
        """Open what the candidates come from."""
        from bialign.cli.terms_options import load_glossary
        from bialign.corpus import Corpus

        name = self._options["glossary"]
        held = load_glossary(self._console, name) if name and (Path(name).exists() or not self._decides) else None
        if not self._is_corpus:
            yield Work(self._console, self._options, None, self._texts, held)
            return
        with Corpus(self._texts[0]) if self._decides else open_to_read(self._texts[0]) as corpus:
            if self._decides:
                corpus.check_writable()
            yield Work(self._console, self._options, corpus, (), held)

    @property
    def _decides(self) -> bool:
        return bool(self._options["review"] or self._options["accept"] or self._options["reject"])

    def decided(self, work: Work, found: list[Candidate]) -> list[Candidate]:
        """Accept and reject what the options name; give the candidates that are left."""
        from bialign.errors import NotFound

        keys = {one.key: one for one in found}
        for key in (*self._options["accept"], *self._options["reject"]):
            if key not in keys:
                raise NotFound("there is no candidate with the key {key}", place=self._texts[0], key=key)
        if self._options["accept"]:
            work.accept([keys[key] for key in self._options["accept"]])
        if self._options["reject"]:
            work.reject(self._options["reject"])
        gone = {*self._options["accept"], *self._options["reject"]}
        return [one for one in found if one.key not in gone]
