"""How the texts of a bitext came in, written beside it as JSON: files with their hashes, options, date, signature."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bialign import __version__
from bialign.bitext import Document
from bialign.corpus.names import readable
from bialign.errors import ReadError

if TYPE_CHECKING:
    from bialign.pipeline import Text

_PIECE = 1 << 20
# what shows the work to a person, and changes nothing of it
_UNTOLD = frozenset({"progress", "explain"})


def recipe_of(
    how: str,
    sides: tuple[Text, ...] = (),
    options: Mapping[str, Any] | None = None,
    files: Mapping[str, Path] | None = None,
    *,
    signature: str = "",
) -> str:
    """Write a recipe: `how` ("aligned", "read", "given"), the texts, the options that are set, the files they came of.

    Paths stand as they were given. Raises ReadError for a file that cannot be read.
    """
    told = {name: _plain(value) for name, value in (options or {}).items() if value and name not in _UNTOLD}
    told |= {name: _file(path) for name, path in (files or {}).items()}
    recipe = {
        "how": how,
        "texts": [_text(side) for side in sides],
        "options": told,
        "date": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "bialign": __version__,
        "signature": signature,
    }
    return readable(json.dumps(recipe, ensure_ascii=False))


def sha256_of(path: Path) -> str:
    """Give the SHA-256 of a file's bytes; raises ReadError where it cannot be read."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
    except FileNotFoundError:
        raise ReadError(path, "no such file; check the name and the folder") from None
    except OSError as error:
        raise ReadError(path, "cannot be read: {why}", why=error.strerror or error) from error
    return digest.hexdigest()


def hashes_of(recipe: Mapping[str, Any]) -> list[str]:
    """Give the hashes of the files that a bitext was made of."""
    return [str(text.get("sha256", "")) for text in recipe.get("texts", ())]


def _text(side: Text) -> dict[str, str]:
    if isinstance(side, Document):
        digest = hashlib.sha256(side.text.encode("utf-8", "surrogatepass")).hexdigest()
        return {"document": side.id, "origin": side.origin, "text_sha256": digest}
    return _file(Path(side))


def _file(path: Path) -> dict[str, str]:
    return {"path": path.as_posix(), "sha256": sha256_of(path)}


def _plain(value: object) -> object:
    """Give a value as JSON can hold it."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Mapping):
        return {str(name): _plain(held) for name, held in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(held) for held in value]
    if dataclasses.is_dataclass(value) and type(value).__str__ is object.__str__:
        names = [field.name for field in dataclasses.fields(value) if field.repr]
        return {name: _plain(getattr(value, name)) for name in names}
    return str(getattr(value, "name", value))
