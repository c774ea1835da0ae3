"""The command line as a whole: its commands, and one place where every error becomes a line and an exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from bialign.cli.add import add
from bialign.cli.align import align
from bialign.cli.annotate import annotate
from bialign.cli.audit import audit
from bialign.cli.batch import batch
from bialign.cli.build import build, train_weights
from bialign.cli.clean import clean
from bialign.cli.command import Command, Group, shared_options
from bialign.cli.compare import compare
from bialign.cli.console import Console, speak_utf8
from bialign.cli.convert import convert
from bialign.cli.corpus import init, list_bitexts, remove, status
from bialign.cli.corpus_files import backup, check, export
from bialign.cli.decisions import decisions, merge, realign, replay
from bialign.cli.doctor import doctor
from bialign.cli.evaluate import evaluate
from bialign.cli.failures import failure_message
from bialign.cli.filter import filter_pairs
from bialign.cli.history import history, redo, undo
from bialign.cli.messages import Messages, choose_language
from bialign.cli.mine import mine
from bialign.cli.mt import mt
from bialign.cli.pair import pair
from bialign.cli.query import query
from bialign.cli.report import report
from bialign.cli.review import review
from bialign.cli.search import search
from bialign.cli.serve import serve
from bialign.cli.show import show
from bialign.cli.study import study
from bialign.cli.terms import terms
from bialign.cli.texts import repair, split
from bialign.cli.versions import versions
from bialign.cli.words import words

INTERRUPTED = 130
BROKEN_PIPE = 141
"""What a shell gives for a process ended by SIGINT and SIGPIPE."""


def _show_version(ctx: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value:
        _print_version()
        ctx.exit()


def _print_version() -> None:
    from bialign import __version__

    print(f"bialign {__version__}")


@click.group(
    cls=Group,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    invoke_without_command=True,
    example="bialign align letter.en.txt letter.es.txt -o letter.html",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the version and exit.",
)
@shared_options
@click.pass_context
def app(ctx: click.Context) -> None:
    """Align an English and a Spanish version of a text, sentence by sentence, on your own machine.

    Nothing is ever sent anywhere. Results go to stdout or to files, messages to stderr.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


@click.command("version", cls=Command, example="bialign version")
@shared_options
def version() -> None:
    """Show the version."""
    _print_version()


_TEXTS = (align, convert, doctor, words, evaluate, compare, repair, clean, split, terms, versions)
_MANY = (pair, batch, mine, filter_pairs, query)
_CORPUS = (init, add, list_bitexts, status, serve, show, search, realign, export, review, mt, remove)
_STUDYING = (audit, study, annotate, report)
_UNDOING = (history, undo, redo)
_KEEPING = (decisions, replay, merge, check, backup, build)
for command in (*_TEXTS, *_CORPUS, *_STUDYING, *_MANY, *_UNDOING, *_KEEPING, train_weights, version):
    app.add_command(command)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command line (by default the process's) and give its exit status.

    0 when all went well, 1 when the input is at fault, 2 when the call is, 130 when the user interrupted, 141 when
    nobody reads the output any more.
    """
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    speak_utf8()
    console = Console(Messages(choose_language(arguments, os.environ)))
    try:
        # not app.main(), which would print and exit in ways of its own
        with app.make_context("bialign", arguments, obj=console) as context:
            app.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as done:
        return done.exit_code
    except BrokenPipeError:
        # the reader has gone, as with `| head`; Python flushes stdout once more at exit, so give it somewhere to go
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except KeyboardInterrupt:
        console.fail(console.say("interrupted; no file was left half-written"))
        return INTERRUPTED
    except Exception as error:
        message, status = failure_message(
            error, console.say, next((word for word in arguments if word in app.commands), "")
        )
        if message is None:
            raise
        console.fail(message)
        return status
    return 0
