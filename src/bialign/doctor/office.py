"""Check packages of Office programs (xlsx, docx), without unpacking more than a text has."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bialign.doctor.findings import Findings
from bialign.doctor.model import Place
from bialign.doctor.opening import PIECE, Bomb, Opened
from bialign.readers.package import is_encrypted_office
from bialign.readers.source import LIMIT, is_bomb

_OUTSIDE = re.compile(rb"<Relationship\b[^>]*TargetMode=\"External\"[^>]*>")
_TARGET = re.compile(rb"Target=\"([^\"]*)\"")
_FORMULA = re.compile(rb"<c\b[^>]*?\br=\"([A-Z]+[0-9]+)\"[^>]*>\s*<f[ >/]")
_CHANGE = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo)\b")
_APPLICATION = re.compile(rb"<Application>([^<]{1,100})</Application>")
_OVERLAP = 4_000


def kind_of(path: Path) -> str:
    """Name what a zip package is: "xlsx", "docx", "odt", "epub", or "" for none of them."""
    named = path.suffix.lower()[1:] if path.suffix.lower() in {".xlsx", ".docx", ".odt", ".epub"} else ""
    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
            mimetype = package.open("mimetype").read(200) if "mimetype" in names else b""
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error):
        return named
    if b"epub" in mimetype:
        return "epub"
    if b"opendocument.text" in mimetype:
        return "odt"
    return "xlsx" if "xl/workbook.xml" in names else "docx" if "word/document.xml" in names else named


class OfficeCheck:
    """Examine a package; its text is left as it is, so there are no pieces."""

    def __init__(self, format: str, opened: Opened, findings: Findings) -> None:
        self._format, self._path, self._findings, self._size = format, opened.path, findings, opened.size
        self._read = 0
        self._program = ""

    def pieces(self) -> Iterator[str]:
        """Give nothing; tell of what is found."""
        if self._format in {"xlsx", "docx"} and self._is_encrypted():
            self._findings.add("office-password")
            return
        try:
            with zipfile.ZipFile(self._path) as package:
                self._package(package)
        except Bomb:
            self._findings.add("zip-bomb")
        except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error, EOFError):
            # the reader says what is damaged
            return
        yield from ()

    def facts(self) -> dict[str, Any]:
        """Give what was learnt."""
        return {"program": self._program}

    def _is_encrypted(self) -> bool:
        with self._path.open("rb") as file:
            return is_encrypted_office(file.read(1 << 20))

    def _package(self, package: zipfile.ZipFile) -> None:
        names = package.namelist()
        parts = package.infolist()
        if sum(part.file_size for part in parts) > LIMIT:
            raise Bomb
        if any(is_bomb(part.file_size, part.compress_size) for part in parts):
            raise Bomb
        self._program = self._made_by(package) if "docProps/app.xml" in names else ""
        for name in names:
            if name.lower().endswith("vbaproject.bin"):
                self._findings.add("office-macros", Place(part=name))
            elif name.endswith(".rels"):
                self._search(package, name, _OUTSIDE, self._outside)
            elif self._format == "xlsx" and name.startswith("xl/worksheets/") and name.endswith(".xml"):
                self._search(package, name, _FORMULA, self._formula)
            elif self._format == "docx" and name == "word/document.xml":
                self._search(package, name, _CHANGE, self._change)

    @staticmethod
    def _made_by(package: zipfile.ZipFile) -> str:
        """Give the program that a package says it was made by."""
        with package.open("docProps/app.xml") as part:
            found = _APPLICATION.search(part.read(_OVERLAP))
        return found[1].decode("utf-8", "replace") if found else ""

    def _search(
        self,
        package: zipfile.ZipFile,
        name: str,
        pattern: re.Pattern[bytes],
        tell: Callable[[str, re.Match[bytes]], None],
    ) -> None:
        held = b""
        with package.open(name) as part:
            while piece := part.read(PIECE):
                self._read += len(piece)
                if is_bomb(self._read, self._size):
                    raise Bomb
                data = held + piece
                last = 0
                for found in pattern.finditer(data):
                    tell(name, found)
                    last = found.end()
                held = data[max(last, len(data) - _OVERLAP) :]

    def _outside(self, name: str, found: re.Match[bytes]) -> None:
        # links that a reader may click are no matter
        if b"/hyperlink" in found[0]:
            return
        target = _TARGET.search(found[0])
        shown = target[1].decode("utf-8", "replace") if target else "?"
        self._findings.add("office-outside", Place(part=name), target=shown[:80])

    def _formula(self, name: str, found: re.Match[bytes]) -> None:
        self._findings.add("office-formula", Place(cell=found[1].decode("ascii"), part=Path(name).name))

    def _change(self, name: str, found: re.Match[bytes]) -> None:
        self._findings.add("office-changes", Place(part=name), found[0].decode("ascii"))
