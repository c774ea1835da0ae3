"""Uploaded files into a corpus, one that is there or a new one; nothing is written before the texts are aligned."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any

import msgspec

from bialign.bitext import Bitext, Document, Remark
from bialign.corpus import Corpus
from bialign.corpus.adding import shared
from bialign.corpus.names import file_name
from bialign.corpus.recipes import hashes_of, recipe_of
from bialign.errors import BialignError, CorpusError
from bialign.pipeline import Progress, align
from bialign.remarks import remarks
from bialign.termbase import Termbase
from bialign.web.session import SUFFIX, Session
from bialign.web.uploads import Upload, load

EXAMPLE = "cia-hitman-in-peru"
_EXAMPLE_FILE = "example"


class Chosen(msgspec.Struct, forbid_unknown_fields=True):
    """Hold what a person chose for an uploaded file; without `drop` nothing is removed from its text."""

    id: int
    encoding: str = ""
    lang: str = ""
    drop: bool = False


class Wanted(msgspec.Struct, forbid_unknown_fields=True):
    """Hold what is to be made: a text called `name`, in a new corpus called `corpus`, or in the open one where "" ."""

    files: list[Chosen]
    name: str = ""
    corpus: str = ""


def make(session: Session, wanted: Wanted, progress: Progress) -> dict[str, Any]:
    """Align two uploaded files, or read one that holds both languages, and bring it in.

    Gives the id of the `text`, and `remarks` a person ought to see.

    Raises BialignError where this cannot be done: the corpus is as before then, and a new one is not made.
    """
    if len(wanted.files) not in {1, 2}:
        raise BialignError("two files are wanted, or one that holds both languages")
    uploads = [session.uploads.get(chosen.id) for chosen in wanted.files]
    path = new_path(session, wanted.corpus) if wanted.corpus else None
    glossary = _glossary(session) if path is None else None
    bitext, recipe = _bitext(wanted.files, uploads, glossary, progress)
    progress("save", 0)
    name = wanted.name.strip()
    bitext = replace(bitext, id=name) if name else bitext
    if path is None:
        with session.needed().corpus() as corpus:
            made = _added(corpus, bitext, recipe)
    else:
        made = _made(session, path, wanted.corpus, bitext, recipe)
    return made | {"remarks": list(remarks_of(bitext))}


def remarks_of(bitext: Bitext) -> Iterator[Remark]:
    """Tell what ought to be seen of a text that came in, but for what the page has asked already."""
    for remark in remarks(bitext):
        if "option" not in remark.fields and "--drop" not in remark.template:
            yield remark


def new_path(session: Session, name: str) -> Path:
    """Give the path of a new corpus; CorpusError where its name is taken."""
    path = session.folder / (file_name(name.removesuffix(SUFFIX)) + SUFFIX)
    if path.exists():
        raise CorpusError("it exists already; nothing was changed", place=str(path))
    return path


def example(session: Session, progress: Progress) -> dict[str, Any]:
    """Open the example, which is made where it is not there yet; give its text's id."""
    path = session.folder / (_EXAMPLE_FILE + SUFFIX)
    if not path.exists():
        texts = example_texts()
        bitext = align(*texts, progress=progress)
        recipe = recipe_of("aligned", texts, signature=bitext.signature)
        return _made(session, path, _EXAMPLE_FILE, bitext, recipe)
    session.open(path)
    with session.needed().corpus() as corpus:
        return {"text": corpus.bitexts()[0].id if corpus.bitexts() else 0}


def example_texts() -> tuple[Document, Document]:
    """Read the example's two texts: the project's article where bialign runs from its folder, else a short story."""
    from bialign.readers import read

    folder = _article()
    if folder is not None:
        files = (folder / f"{EXAMPLE}.en.txt", folder / f"{EXAMPLE}.es.txt")
        pair = [replace(read(file), origin=file.name) for file in files]
        return pair[0], pair[1]
    with resources.as_file(resources.files("bialign.web").joinpath("example")) as packed:
        story = [
            replace(read(packed / f"lighthouse.{lang}.txt"), origin=f"lighthouse.{lang}.txt") for lang in ("en", "es")
        ]
    return story[0], story[1]


def _article() -> Path | None:
    for folder in (Path(__file__).parents[3] / "corpus" / "texts", Path.cwd() / "corpus" / "texts"):
        if (folder / f"{EXAMPLE}.en.txt").is_file() and (folder / f"{EXAMPLE}.es.txt").is_file():
            return folder
    return None


def _bitext(
    chosen: Sequence[Chosen], uploads: Sequence[Upload], glossary: Termbase | None, progress: Progress
) -> tuple[Bitext, str]:
    progress("read", 0)
    held = [load(upload, one.encoding, one.lang) for upload, one in zip(uploads, chosen, strict=True)]
    if len(held) == 1:
        if not isinstance(held[0], Bitext):
            raise BialignError("two files are wanted, or one that holds both languages")
        return held[0], _recipe("read", uploads, {}, held[0].signature)
    documents = [one for one in held if isinstance(one, Document)]
    if len(documents) != 2:
        raise BialignError("a file that holds both languages stands for itself: drop it alone")
    dropped = [one.drop for one in chosen]
    sides = [_without(document) if drop else document for document, drop in zip(documents, dropped, strict=True)]
    bitext = align(sides[0], sides[1], termbase=glossary, progress=progress)
    options = {
        "drop": ["boilerplate"] if any(dropped) else [],
        **{f"{side}_encoding": one.encoding for side, one in zip(("source", "target"), chosen, strict=True)},
        **{f"{side}_lang": one.lang for side, one in zip(("source", "target"), chosen, strict=True)},
    }
    return bitext, _recipe("aligned", uploads, options, bitext.signature)


def _without(document: Document) -> Document:
    """Take boilerplate out; a title that was a part of it goes too."""
    from bialign.boilerplate import without
    from bialign.readers.draft import title_of

    left = without(document, ["boilerplate"])
    gone = document.title in document.text and document.title not in left.text
    return replace(left, title=title_of(left.text)) if gone else left


def _recipe(how: str, uploads: Sequence[Upload], options: dict[str, Any], signature: str) -> str:
    """Write the recipe with the names the files came under."""
    recipe = json.loads(recipe_of(how, tuple(upload.path for upload in uploads), options, signature=signature))
    for told, upload in zip(recipe["texts"], uploads, strict=True):
        told["path"] = upload.name
    return json.dumps(recipe, ensure_ascii=False)


def _glossary(session: Session) -> Termbase | None:
    with session.needed().corpus() as corpus:
        return corpus.glossary()


def _added(corpus: Corpus, bitext: Bitext, recipe: str) -> dict[str, Any]:
    corpus.add_bitext(shared(corpus, bitext, hashes_of(json.loads(recipe))), recipe=recipe)
    return {"text": next(info.id for info in corpus.bitexts() if info.name == bitext.id)}


def _made(session: Session, path: Path, title: str, bitext: Bitext, recipe: str) -> dict[str, Any]:
    corpus = Corpus.create(path, title=title, who=session.who)
    try:
        with corpus:
            added = _added(corpus, bitext, recipe)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    session.open(path)
    return added
