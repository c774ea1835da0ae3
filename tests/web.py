"""A server of the pages for tests: in this process, on a port of its own, over a corpus that is made for it."""

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path

from bialign.corpus import Corpus
from bialign.store import Pair
from bialign.termbase import Concept, Term, Termbase
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


STORY = (
    ("The self-coup of 1992 surprised nobody.", "El golpe propio de 1993 no sorprendió a nadie."),
    ("The army made a raid on the house at dawn.", "El ejército hizo una incursión en la casa al alba."),
    ("The raid lasted two hours.", "La redada duró dos horas."),
    (
        "The SIN knew of it since March. 🙂 The raid was no secret.",
        "El SIN lo sabía desde marzo. 🙂 La redada no era secreta.",
    ),
    ("The raid was planned by the Intelligence Service.", "La redada fue planeada por el Servicio de Inteligencia."),
    ("A second raid followed.", "Siguió un segundo allanamiento."),
    ("The old fisherman mended his nets.", "El viejo pescador remendaba sus redes."),
    ("Nobody had seen the boat.", ""),
)
"""Sentences with terms, some of them not rendered as the glossary has it."""


def make_story(path: Path, times: int = 1, glossary: bool = True) -> Path:
    """Make a corpus with a glossary and a text that does not keep to it."""
    terms = (
        Concept(
            "self-coup",
            "politics",
            {"en": "A seizure of all powers by a president."},
            _terms("self-coup", "autogolpe", "golpe propio"),
        ),
        Concept("raid", "military", {}, (*_terms("raid", "redada"), Term("allanamiento", "es", status="admitted"))),
        Concept("sin", "institutions", {"es": "Servicio secreto."}, (_acronym("en"), _acronym("es"))),
    )
    with Corpus.create(path, title="Relatos", who="Ana") as made:
        made.add_pairs("story", (Pair((en,), (es,) if es else (), 0.95) for en, es in STORY * times))
        if glossary:
            made.set_glossary(Termbase(("en", "es"), terms))
    return path


def _terms(english: str, spanish: str, wrong: str = "") -> tuple[Term, ...]:
    held = (Term(english, "en"), Term(spanish, "es"))
    return (*held, Term(wrong, "es", status="deprecated")) if wrong else held


def _acronym(lang: str) -> Term:
    return Term("SIN", lang, "acronym", "preferred", "exact")


@contextlib.contextmanager
def serving(corpus: Path | None, folder: Path, who: str = "Ana") -> Iterator[str]:
    """Serve in a thread; give the address that opens the pages."""
    import uvicorn

    from bialign.web.app import create_app

    session, opened = Session(corpus, folder=folder, who=who), server.listen(0)
    port = opened.getsockname()[1]
    app = create_app(session, token=TOKEN, port=port)
    config = uvicorn.Config(app, log_level="critical", access_log=False, ws="none", timeout_graceful_shutdown=1)
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
