"""Names: of files for bitexts, which may be called anything, and of bitexts for files, whose names may be no text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from bialign.corpus.pairing import distinct

# what Windows forbids, and what would lead to another folder
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_DEVICES = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")
_LONGEST = 150


def readable(name: str) -> str:
    r"""Give a name that can be written anywhere: bytes of a file's name that are no text become "?".

    >>> readable("Per\udcfa.txt")
    'Per?.txt'
    """
    return name.encode("utf-8", "replace").decode("utf-8")


def file_name(name: str) -> str:
    """Make a name that any file system takes, without a suffix.

    >>> file_name("a/cap. 1: ¿quién?"), file_name("..."), file_name("con")
    ('a-cap. 1- ¿quién-', 'text', '_con')
    """
    safe = _FORBIDDEN.sub("-", unicodedata.normalize("NFC", name)).strip(" .")[:_LONGEST].strip(" .")
    return f"_{safe}" if _DEVICES.match(safe) else safe or "text"


def file_names(names: Sequence[str]) -> list[str]:
    """Make names for several files of one folder, distinct where case does not count.

    >>> file_names(["a/b", "A-b"])
    ['a-b', 'A-b (2)']
    """
    safe = [file_name(name) for name in names]
    told = distinct([name.casefold() for name in safe])
    return [name + new[len(name.casefold()) :] for name, new in zip(safe, told, strict=True)]
