"""A server of the pages for tests: in this process, on a port of its own, over a corpus that is made for it."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bialign.corpus import Corpus
from bialign.store import Pair
from bialign.termbase import Concept, Term, Termbase
from bialign.web import server
from bialign.web.pages import PAGES
from bialign.web.session import Session
from test_decisions import ENGLISH, SPANISH, fresh

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


@dataclass(frozen=True)
class Shown:
    """Hold a page to be looked at: its path, whether a corpus is open, what is done once it is ready."""

    path: str
    corpus: bool = True
    guarded: bool = False
    enter: Callable[[Any], None] = lambda page: None


def _exported(page: Any) -> None:
    page.locator("#go").click()
    page.locator("#report a").first.wait_for()


def _asked_why(page: Any) -> None:
    page.keyboard.press("n")
    page.keyboard.press("w")
    page.locator("#panel .reasons, #panel .instead").first.wait_for()


def _dropped(page: Any) -> None:
    texts = {"letter.en.txt": "Copyright 1999 Nobody. All rights reserved.\n\n" + ENGLISH, "letter.es.txt": SPANISH}
    files = [{"name": name, "mimeType": "text/plain", "buffer": text.encode()} for name, text in texts.items()]
    page.locator("#files").set_input_files(files)
    page.locator("#align:not([disabled])").wait_for()


def _examined(page: Any) -> None:
    memory = (
        '<tmx version="1.4"><header srclang="en" datatype="plaintext"/><body>\n<tu><tuv xml:lang="en">'
        '<seg>R&D\x02 is late.</seg></tuv><tuv lang="es"><seg>La I+D llega tarde.</seg></tuv></tu>\n</body></tmx>\n'
    )
    page.locator("#doctor-file").set_input_files(
        {"name": "memory.tmx", "mimeType": "text/xml", "buffer": memory.encode()}
    )
    page.locator("#doctor-list li, #doctor-list .healthy").first.wait_for()
    page.locator("#doctor").scroll_into_view_if_needed()
    page.evaluate("document.querySelector('#doctor').scrollIntoView()")


def _first_entry(page: Any) -> None:
    page.locator("#list .row-of").first.click()
    page.locator("#entries.opened").wait_for()


def _annotated(page: Any) -> None:
    """Have a bead annotated by two who differ, if none is yet, and some words marked."""
    for name, key in (("Ana", "o"), ("Eva", "m")) if not page.locator(".note").count() else ():
        page.locator("#who").fill(name)
        page.locator("#who").press("Enter")
        page.keyboard.press(key)
        page.locator(".note", has_text=name).wait_for()
    page.locator("#who").fill("Eva")
    page.locator("#who").press("Enter")
    page.locator(".bead", has=page.locator(".note")).first.click(position={"x": 4, "y": 4})
    page.locator("#labels .what").first.click()
    page.locator(".bead.current").focus()
    for key in ("ArrowRight", "ArrowRight", "Enter", "ArrowRight"):
        page.keyboard.press(key)
    page.locator(".picked").wait_for()


def _worked(box: str) -> Callable[[Any], None]:
    """Have the texts checked, or candidates looked for, and wait for what is found."""

    def enter(page: Any) -> None:
        if page.locator(f"{box} .filters").count() == 0:
            page.locator(f"{box} button").first.click()
        page.locator(f"{box} .filters, {box} .none").first.wait_for()

    return enter


PAGES_SHOWN = {
    "start": Shown("/", corpus=False),
    "corpus": Shown("/"),
    "documents": Shown("/documents"),
    "import": Shown("/import?text=1"),
    "dropped": Shown("/import", enter=_dropped),
    "doctor": Shown("/import", enter=_examined),
    "review": Shown("/text/1", enter=_asked_why),
    "annotate": Shown("/annotate", enter=_annotated),
    "concordance": Shown("/concordance?q=the"),
    "renderings": Shown("/concordance?q=the&view=renderings"),
    "glossary": Shown("/glossary", enter=_first_entry),
    "check": Shown("/glossary?view=check", enter=_worked("#check")),
    "candidates": Shown("/glossary?view=candidates", enter=_worked("#candidates")),
    "export": Shown("/export"),
    "exported": Shown("/export?text=1", enter=_exported),
    "login": Shown("/login", guarded=True),
}
"""Every page in the states that matter; a page that is in none of them is added as it stands at its path."""
PAGES_SHOWN |= {
    page.name: Shown(page.path)
    for page in PAGES
    if page.path not in {shown.path.partition("?")[0] for shown in PAGES_SHOWN.values()} and "{" not in page.path
}
