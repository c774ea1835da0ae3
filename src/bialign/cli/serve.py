"""``bialign serve``: the pages, in a browser, until the command is interrupted."""

from __future__ import annotations

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
@shared_options
@click.pass_obj
def serve(console: Console, /, *, corpus: str | None, no_browser: bool, port: int | None) -> None:
    """Make and review a corpus in the browser: drop two texts, see them aligned, correct what is wrong.

    The pages are served on this machine, to it alone, and need no network. Ctrl-C ends the command; every step is saved
    when it is done.
    """
    from bialign.web import server
    from bialign.web.session import Session

    session = Session(Path(corpus) if corpus else None)
    opened = server.listen(port)

    def ready(address: str) -> None:
        console.write(console.say("Open {address}", address=address))
        console.note(console.say("Ctrl-C ends it; every step is saved when it is done."))
        if not no_browser:
            # a browser of the terminal would hold up the server it waits for
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    server.serve(session, opened, lang=console.say.lang, ready=ready)
    console.note(console.say("ended; everything is saved"))
