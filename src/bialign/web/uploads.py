"""Files that were dropped on the page: kept aside, and looked at before anything is made of them."""

from __future__ import annotations

import itertools
import shutil
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING, Any, TypeVar

from bialign.bitext import Bitext, Document
from bialign.corpus.adding import is_bilingual
from bialign.corpus.names import file_name
from bialign.errors import BialignError, NotFound, UnsupportedFile

if TYPE_CHECKING:
    from starlette.datastructures import UploadFile

Failure = TypeVar("Failure", bound=Exception)

_LINES = 60
"""Lines of boilerplate that are shown."""
_KEPT = 40
"""Files that are kept; the oldest goes first."""
_SAMPLE = 420
"""Letters of a text that are shown."""


@dataclass(frozen=True, slots=True)
class Upload:
    """Hold a file that was dropped: under which name, and where it is kept."""

    id: int
    name: str
    path: Path


class Uploads:
    """Keep files in a folder of their own each, so that they keep their names."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = itertools.count(1)
        self._held: dict[int, Upload] = {}

    def place(self, name: str) -> Upload:
        """Make room for a file; its content is to be written to the path of what is given."""
        id = next(self._numbers)
        # some browsers give a path
        bare = PureWindowsPath(name).name
        folder = self._folder / str(id)
        folder.mkdir()
        suffix = Path(bare).suffix
        kept = file_name(Path(bare).stem) + (f".{file_name(suffix[1:])}" if suffix[1:] else "")
        upload = Upload(id, bare, folder / kept)
        self._held[id] = upload
        for old in sorted(self._held)[:-_KEPT]:
            self.forget(old)
        return upload

    def get(self, id: int) -> Upload:
        """Give a file by its number; NotFound where there is none."""
        if id not in self._held:
            raise NotFound("this file is no longer there: drop it again")
        return self._held[id]

    def forget(self, id: int) -> None:
        """Remove a file."""
        upload = self._held.pop(id, None)
        if upload is not None:
            upload.path.unlink(missing_ok=True)


def keep(uploads: Uploads, file: UploadFile) -> Upload:
    """Keep a file that a request brought."""
    one = uploads.place(file.filename or "text.txt")
    with one.path.open("wb") as out:
        shutil.copyfileobj(file.file, out)
    return one


def named_as_dropped(error: Failure, one: Upload) -> Failure:
    """Let an error name the file as the person knows it, not where it is kept aside."""
    if isinstance(error, BialignError):
        error.place = error.place.replace(str(one.path), one.name)
    return error


def load(upload: Upload, encoding: str = "", lang: str = "") -> Document | Bitext:
    """Read a file: a bitext where it holds both languages, else a document; raises what the readers raise."""
    from bialign.readers import read
    from bialign.readers.bilingual import read_bitext

    try:
        if not is_bilingual(upload.path):
            return _named(read(upload.path, encoding=encoding or None, lang=lang or None), upload)
    except UnsupportedFile as error:
        if "holds both languages" not in error.template:
            raise
    bitext = read_bitext(upload.path, encoding=encoding or None)
    return replace(bitext, source=_named(bitext.source, upload), target=_named(bitext.target, upload))


def _named(document: Document, upload: Upload) -> Document:
    # where the file was kept aside is nobody's business
    return replace(document, origin=upload.name)


def look(upload: Upload, encoding: str = "", lang: str = "") -> dict[str, Any]:
    """Tell what a file holds, for a person to see before it is used."""
    held = load(upload, encoding, lang)
    told: dict[str, Any] = {"id": upload.id, "name": upload.name, "size": upload.path.stat().st_size}
    if isinstance(held, Bitext):
        sides = (held.source, held.target)
        pairs = [(held.source_text(bead), held.target_text(bead)) for bead in held.beads[:3]]
        langs = [document.lang for document in sides]
        return told | {"kind": "bilingual", "langs": langs, "title": held.id, "units": len(held.beads), "pairs": pairs}
    return told | _told(held)


def _told(document: Document) -> dict[str, Any]:
    from bialign.boilerplate import find

    found = find(document)
    lines = [{"rule": item.rule, "text": document.text[item.start : item.stop].strip()} for item in found[:_LINES]]
    return {
        "kind": "text",
        "lang": document.lang,
        "encoding": document.encoding,
        "title": document.title or document.id,
        "stem": document.id,
        "words": len(document.text.split()),
        "fixes": len(document.fixes),
        "sample": document.text[:_SAMPLE].strip(),
        "boilerplate": {"count": len(found), "rules": dict(Counter(item.rule for item in found)), "lines": lines},
    }
