"""Bytes to text: find the encoding of a file of English or Spanish, and say which it was.

UTF-8 is tried first and costs nothing extra. What is not UTF-8 is told apart by a score of how each character above
ASCII sits among its neighbours in English and Spanish; chardet is asked only where that score finds no good reading.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from bialign.errors import DecodeError, ReadError, UnsupportedFile
from bialign.languages import guess_language

CANDIDATES = ("cp1252", "mac_roman", "cp850")
"""The one-byte encodings of English and Spanish texts; latin-1 differs from cp1252 only in bytes no text uses."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a zip archive (docx, odt, epub, xlsx and the like)"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office file (doc, xls)"),
    (b"{\\rtf", "an RTF file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
)
_SAMPLE = 200_000
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_LINE_ENDS_NOT_NEL = re.compile("\r\n|[\r\v\f\u2028\u2029]")
_C1 = re.compile("[\x80-\x84\x86-\x9f]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode(
    data: bytes, path: Path | str, encoding: str | None = None, *, keep_line_ends: bool = False
) -> tuple[str, str]:
    r"""Give the text of a file's bytes and the name of the encoding it was read with; line ends become "\n".

    With `encoding` the bytes are read as that and nothing is guessed. A name with a plus sign ("utf-8+cp1252") tells
    that stray bytes between valid UTF-8 were read with the second encoding. `path` is for the messages only. Raises
    DecodeError where the bytes are not in the stated encoding, UnsupportedFile where they are no text at all.

    >>> decode("El niño\r\nríe.".encode("cp1252"), "a.txt")
    ('El niño\nríe.', 'latin-1')
    """
    if encoding is not None:
        text, name = _decode_as(data, path, encoding).removeprefix("\ufeff"), encoding
    else:
        text, name = _detect(data, path)
    return (text if keep_line_ends else plain_line_ends(text)), name


def describe_binary(data: bytes) -> str:
    """Name the kind of file that bytes which are no text belong to, "" where they may be text.

    >>> describe_binary(b"%PDF-1.7 ...")
    'a PDF file'
    """
    for magic, name in _MAGIC:
        if data.startswith(magic):
            return name
    return ""


def plausibility(text: str, lang: str = "es") -> float:
    """Score how well the characters above ASCII sit in English or Spanish: mean from -1 (never so) to 1 (as expected).

    Gives 1.0 where there are none. Any `lang` but "en" counts as Spanish.

    >>> plausibility("El niño comió aquí."), plausibility("El ni¤o comi¢ aqu¡.") < 0
    (1.0, True)
    """
    total, score = 0, 0.0
    lang = lang if lang == "en" else "es"
    for pattern, values in _EVIDENCE:
        count = len(pattern.findall(text))
        total += count
        score += values[lang] * count
    rest = len(_NON_ASCII.findall(text)) - total
    return (score - 0.5 * rest) / (total + rest) if total + rest else 1.0


def impossible(text: str) -> int:
    """Count the characters above ASCII that stand where neither language ever has them.

    >>> impossible("Guzmán"), impossible("Guzm‡n")
    (0, 1)
    """
    return sum(len(pattern.findall(text)) for pattern, values in _EVIDENCE if max(values.values()) == -1.0)


def _detect(data: bytes, path: Path | str) -> tuple[str, str]:
    for mark, name in _MARKS:
        if data.startswith(mark):
            plain = name.removesuffix("-sig")
            return _decode_as(data[len(mark) :], path, plain, offset=len(mark)), name
    kind = describe_binary(data)
    if kind:
        raise UnsupportedFile(path, "this is {kind}, not plain text; convert it to text first", kind=kind)
    if b"\x00" in data[:_SAMPLE]:
        name = _wide_encoding(data)
        if not name:
            raise UnsupportedFile(path, "this holds NUL bytes and is no text file; convert it to text first")
        return _decode_as(data, path, name), name
    try:
        return _checked(data.decode("utf-8"), path), "utf-8"
    except UnicodeDecodeError:
        return _legacy(data, path)


def _decode_as(data: bytes, path: Path | str, encoding: str, offset: int = 0) -> str:
    try:
        codecs.lookup(encoding)
        return data.decode(encoding)
    except LookupError:
        reason = "there is no encoding called {encoding}; try utf-8, cp1252, mac_roman or cp850"
        raise ReadError(path, reason, encoding=encoding) from None
    except UnicodeError as error:
        at = error.start if isinstance(error, UnicodeDecodeError) else 0
        raise DecodeError(path, encoding, offset + at) from None


def plain_line_ends(text: str) -> str:
    """Make every line end of a text a plain newline, form feeds too."""
    # where other C1 controls stand, U+0085 is one of a cp1252 text read as latin-1 (an ellipsis), not a line end
    return (_LINE_ENDS_NOT_NEL if _C1.search(text) else _LINE_ENDS).sub("\n", text)


def _checked(text: str, path: Path | str) -> str:
    controls = len(_CONTROLS.findall(text, 0, _SAMPLE))
    if controls > 0.05 * min(len(text), _SAMPLE) + 2:
        raise UnsupportedFile(path, "this holds control characters and is no text file; convert it to text first")
    return text


def _wide_encoding(data: bytes) -> str:
    """Name the UTF-16 or UTF-32 that bytes without a mark are in, by where their zero bytes stand ("" if in none)."""
    sample = data[: _SAMPLE - _SAMPLE % 4]
    quarters = [sample[i::4].count(0) / max(1, len(sample[i::4])) for i in range(4)]
    shares = {
        "utf-32-le": min(quarters[1:]) - quarters[0],
        "utf-32-be": min(quarters[:3]) - quarters[3],
        "utf-16-le": min(quarters[1], quarters[3]) - max(quarters[0], quarters[2]),
        "utf-16-be": min(quarters[0], quarters[2]) - max(quarters[1], quarters[3]),
    }
    for name, share in shares.items():
        if share > 0.5:
            try:
                data.decode(name)
            except UnicodeDecodeError:
                continue
            return name
    return ""


def _legacy(data: bytes, path: Path | str) -> tuple[str, str]:
    """Read bytes that are not valid UTF-8."""
    bad = _invalid_utf8(data[:_SAMPLE])
    high = sum(byte > 0x7F for byte in data[:_SAMPLE])
    if bad * 10 < high:  # UTF-8 with a few stray bytes, not one of the one-byte encodings
        codecs.register_error("bialign-cp1252", _as_cp1252)
        return _checked(data.decode("utf-8", "bialign-cp1252"), path), "utf-8+cp1252"
    lang = guess_language(data[:_SAMPLE].decode("ascii", "replace").replace("\ufffd", "'"))
    readings = [(plausibility(_lenient(data[:_SAMPLE], name), lang), name) for name in CANDIDATES]
    score, name = max(readings, key=lambda reading: reading[0])
    if score < 0.3:
        name = _ask_chardet(data[:_SAMPLE]) or name
    if name == "cp1252" and not re.search(b"[\x80-\x9f]", data):
        name = "latin-1"
    return _checked(_lenient(data, name), path), name


def _invalid_utf8(data: bytes) -> int:
    return data.decode("utf-8", "replace").count("\ufffd")


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return _lenient(error.object[error.start : error.end], "cp1252"), error.end


def _lenient(data: bytes, encoding: str) -> str:
    # cp1252 leaves five bytes undefined; latin-1 reads them as the controls they are, and repair removes those
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return "".join(
            char if char != "\ufffd" else chr(data[at]) for at, char in enumerate(data.decode(encoding, "replace"))
        )


def _ask_chardet(data: bytes) -> str:
    """Name the encoding chardet finds; "" where it finds none that Python knows and that reads the bytes."""
    import chardet

    name = chardet.detect(data)["encoding"]
    try:
        data.decode(name or "ascii")
    except (LookupError, UnicodeDecodeError):
        return ""
    return codecs.lookup(name).name if name else ""


_NON_ASCII = re.compile(r"[^\x00-\x7f]")
# Each character above ASCII in the places it takes (1), can take (0.1 to 0.7) or never takes (-1): in English, in
# Spanish. What no pattern claims counts -0.5. Dashes, apostrophes and accented letters share bytes (0x92 is ’ in cp1252
# and í in Mac Roman), so their value is where the languages differ.
_EVIDENCE = tuple(
    (re.compile(pattern), {"en": english, "es": spanish})
    for pattern, english, spanish in (
        (r"(?<![^\s])[óñ](?![^\s])|(?<=[A-Z])[íóñ](?=[a-z])", -1.0, -0.5),
        (r"(?<=[A-Za-z\n ¿¡«“(])[áéíóúñü](?![A-Z])(?=[a-z\s.,;:!?»”)—…]|\Z)", 0.7, 1.0),
        (r"(?<=[A-Z])[ÁÉÍÓÚÑÜ]|(?<![^\s¿¡«“(—\"])[ÁÉÍÓÚÑ](?=[a-zA-Z])", 0.7, 1.0),
        (r"(?<=[A-Za-zé])’(?=[a-z\s.,;:!?]|\Z)", 1.0, 0.2),
        (r"(?<![^\s(«“])[“‘](?=[\wáéíóúñ¿¡])|(?<=[\w.,!?…])[”](?!\w)", 1.0, 1.0),
        (r"(?<![^\s(«“—\"'])[¿¡](?=[\wáéíóúÁÉÍÓÚñ¡¿])", 1.0, 1.0),
        (r"(?<![^\s(—])«(?=[\w¿¡áéíóúÁÉÍÓÚ])|(?<=[\w.,!?…áéíóú])»(?!\w)|(?<=\d)\.?[ºª°]|° ?[CF]\b", 1.0, 1.0),
        (r"(?<=\s)[—–](?=[\s\w¿¡])|(?<=\w)—(?=[\s.,:;])|(?<=\d)–(?=\d)", 1.0, 0.8),
        (r"(?<=\w)[—–](?=\w)", 1.0, 0.0),
        (r"(?<=\w)…|(?<=\s)…(?=\s)|€(?=\d)|(?<=\d)[  ]?€|×(?=\d)", 0.8, 0.8),
        (r"[àâçèêëîïôûùœæäöß](?=[a-z])|(?<=[a-z])[àâçèêëîïôûùœæäöß](?![A-Z])", 0.3, 0.2),
        (r"[\u00a0\u00ad€£§©®™]", 0.1, 0.1),
        (r"[\x80-\x9f‡†¤¦¨¬¯´¸\u2500-\u259f¶¢Ž]|(?<=[a-z])[^\x00-\x7f](?=[A-Z])", -1.0, -1.0),
        (r"(?<=[a-z])[ÀÁÈÉÍÓÚÑÒÌŽ‚„](?=[a-z])", -1.0, -1.0),
    )
)
