"""A server of the pages for tests: in this process, on a port of its own, over a corpus that is made for it."""

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path

from bialign.corpus import Corpus
from bialign.store import Pair
from bialign.web import server
from bialign.web.session import Session
from test_decisions import fresh

TOKEN = "key"


def make_corpus(path: Path, who: str = "Ana") -> Path:
    """Make a corpus with one small text: nine sentences, one bead each."""
    with Corpus.create(path, title="Cuentos", who=who) as made:
        made.add_bitext(fresh())
    return path


def make_long(path: Path, beads: int) -> Path:
    """Make a corpus with one long text, a tenth of it doubtful, some of it split, joined or left out."""

    def pairs() -> Iterator[Pair]:
        for number in range(beads):
            kind = number % 20
            sources = 2 if kind == 3 else 0 if kind == 7 else 1
            targets = 2 if kind == 5 else 0 if kind == 11 else 1
            more = " It was late and the rain had not stopped since noon." * (number % 4)
            source = [f"The ship number {number} came in, part {part}.{more}" for part in range(sources)]
            target = [f"Llegó el barco número {number}, parte {part}." for part in range(targets)]
            yield Pair(source, target, 0.3 if number % 10 == 9 else 0.97)

    with Corpus.create(path) as made:
        made.add_pairs("ships", pairs())
    return path


@contextlib.contextmanager
def serving(
    corpus: Path | None, folder: Path, who: str = "Ana", host: str = server.HOST, password: str = ""
) -> Iterator[str]:
    """Serve in a thread; give the address that opens the pages."""
    import uvicorn

    from bialign.web.app import create_app

    shared = host != server.HOST
    session, opened = Session(corpus, folder=folder, who=who, confined=shared), server.listen(0, host)
    port = opened.getsockname()[1]
    app = create_app(session, token=TOKEN, port=port, host=host, password=password)
    config = server.config(app)
    config.timeout_graceful_shutdown = 1
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run, kwargs={"sockets": [opened]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        running.should_exit = True
        thread.join(10)
        session.close()
        opened.close()
