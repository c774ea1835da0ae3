"""``bialign serve``: the pages, in a browser, until the command is interrupted."""

from __future__ import annotations

import getpass
import os
import sys
import threading
import webbrowser
from pathlib import Path

import click

from bialign.cli.command import Argument, Command, shared_options
from bialign.cli.console import Console


def _port(ctx: click.Context, parameter: click.Parameter, value: str | None) -> int | None:
    if value is None:
        return None
    if not (value.isascii() and value.isdigit() and 0 < int(value) < 65_536):
        raise click.BadParameter("a whole number from 1 to 65535 is wanted", ctx, parameter)
    return int(value)


@click.command("serve", cls=Command, example="bialign serve peru.bialign")
@click.argument(
    "corpus",
    cls=Argument,
    metavar="CORPUS",
    required=False,
    note="A corpus file; without one, the first page makes or opens one.",
)
@click.option("--no-browser", is_flag=True, help="Show the address, and open no browser.")
@click.option("--port", callback=_port, metavar="N", help="Port to listen at; by default 8417, or a free one.")
@click.option(
    "--host",
    metavar="ADDRESS",
    default="127.0.0.1",
    help="Address of this machine that others can reach it at, 0.0.0.0 for all of them; a password is wanted then. By "
    "default nobody else can.",
)
@click.option(
    "--password-file",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="File whose first line is the password; else it is that of BIALIGN_PASSWORD, or is asked for.",
)
@shared_options
@click.pass_obj
def serve(
    console: Console,
    /,
    *,
    corpus: str | None,
    no_browser: bool,
    port: int | None,
    host: str,
    password_file: str | None,
) -> None:
    """Make and review a corpus in the browser: drop two texts, see them aligned, correct what is wrong.

    The pages are served on this machine, to it alone, and need no network. Ctrl-C ends the command; every step is saved
    when it is done.
    """
    from bialign.web import server
    from bialign.web.guard import is_local
    from bialign.web.session import Session

    shared = not is_local(host)
    password = _password(console, password_file, needed=shared)
    session = Session(Path(corpus) if corpus else None, confined=shared)
    opened = server.listen(port, host)

    def ready(address: str) -> None:
        console.write(console.say("Open {address}", address=address))
        if shared:
            text = "what is sent can be read on the way: use it in a network you trust, or through an SSH tunnel"
            console.warn(console.say(text))
        console.note(console.say("Ctrl-C ends it; every step is saved when it is done."))
        if not no_browser:
            # a browser of the terminal would hold up the server it waits for
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    server.serve(session, opened, lang=console.say.lang, host=host, password=password, ready=ready)
    console.note(console.say("ended; everything is saved"))


def _password(console: Console, file: str | None, *, needed: bool) -> str:
    """Give the password: of a file, of the environment, or typed; "" where none is needed and none is there.

    None is taken from the command line, which other people on the machine can read.
    """
    from bialign.web.door import SHORTEST

    if file is not None:
        lines = Path(file).read_text(encoding="utf-8-sig", errors="surrogateescape").splitlines()
        password = lines[0] if lines else ""
    else:
        password = os.environ.get("BIALIGN_PASSWORD", "")
        if not password and needed:
            password = _typed(console)
        elif not password:
            return ""
    if len(password) < SHORTEST:
        raise click.UsageError(console.say("the password needs {count} characters at least", count=SHORTEST))
    return password


def _typed(console: Console) -> str:
    if not sys.stdin.isatty():
        text = "others can reach this address: name a password with --password-file or in BIALIGN_PASSWORD"
        raise click.UsageError(console.say(text))
    password = getpass.getpass(console.say("Password for the pages: "))
    if getpass.getpass(console.say("Once more: ")) != password:
        raise click.UsageError(console.say("the two are not the same"))
    return password
