"""Reading files: plain text in any encoding, pre-split lines, and one clear line for what cannot be read."""

import gzip
import os
import sys
import unicodedata

import pytest

from bialign.errors import DecodeError, ReadError, UnsupportedFile
from bialign.formats.files import write_whole
from bialign.readers import read, read_lines
from bialign.repair import revert

TEXT = "El niño\n\nEra tarde y el niño comió aquí. ¿Dónde estaba el señor?\n"


def write(folder, name, data):
    file = folder / name
    file.write_bytes(data)
    return file


def test_a_text_becomes_a_document(tmp_path):
    document = read(write(tmp_path, "niño y mar.txt", TEXT.encode("cp1252")))
    assert document.text == TEXT
    assert (document.id, document.lang, document.title, document.encoding) == ("niño y mar", "es", "El niño", "latin-1")
    assert document.fixes == ()
    assert document.origin.endswith("niño y mar.txt")


def test_a_text_packed_by_gzip(tmp_path):
    document = read(write(tmp_path, "mar.txt.gz", gzip.compress(TEXT.encode("cp1252"))))
    assert (document.id, document.text) == ("mar", TEXT)


LONG = "El niño, la niña y el mar (edición de 1912) – ¿dónde están; " * 6


@pytest.mark.parametrize("depth", [0, 3], ids=["a long name", "a long path"])
def test_names_as_long_as_the_system_takes(tmp_path, depth):
    # 250 bytes of a name are near the limit of most file systems; a path of more than 300 is one on old Windows
    name = LONG.encode()[: 120 if depth else 250].decode(errors="ignore").strip().replace("?", "").rstrip(".") + ".txt"
    folder = tmp_path.joinpath(*[f"carpeta número {n} de los años {'ñ' * 60}" for n in range(depth)])
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = write(folder, name, TEXT.encode())
    except OSError as error:
        pytest.skip(f"this system takes no such name: {error.strerror}")
    assert len(str(file)) > (300 if depth else 200)
    document = read(file)
    assert document.text == TEXT and document.id == unicodedata.normalize("NFC", file.stem)
    write_whole([(file.with_suffix(".out"), [document.text])])
    assert file.with_suffix(".out").read_text(encoding="utf-8") == TEXT


def test_damage_is_repaired_and_recorded(tmp_path):
    damaged = "The army came. Then the armyís men left, and it wasnít late.\n"
    document = read(write(tmp_path, "a.txt", damaged.encode()))
    assert document.text == "The army came. Then the army’s men left, and it wasn’t late.\n"
    assert revert(document.text, document.fixes) == damaged


def test_the_last_line_ends(tmp_path):
    assert read(write(tmp_path, "a.txt", b"one")).text == "one\n"
    assert read(write(tmp_path, "b.txt", b"")).text == ""


def test_markdown_title(tmp_path):
    assert read(write(tmp_path, "a.md", b"# The **Hitman**\n\nText.\n")).title == "The Hitman"


def test_a_long_first_line_is_no_title(tmp_path):
    assert read(write(tmp_path, "a.txt", b"word " * 50)).title == ""


def test_stated_encoding_and_language(tmp_path):
    file = write(tmp_path, "a.txt", TEXT.encode("cp850"))
    document = read(file, encoding="cp850", lang="es-PE")
    assert (document.text, document.lang, document.encoding) == (TEXT, "es-PE", "cp850")
    with pytest.raises(DecodeError, match="not utf-8 at byte"):
        read(file, encoding="utf-8")


@pytest.mark.parametrize("name", ["a.mobi", "a.ods", "a.azw3"])
def test_kinds_without_a_reader_are_named(tmp_path, name):
    with pytest.raises(UnsupportedFile, match=r"save it as \.txt"):
        read(write(tmp_path, name, b"something"))


def test_a_wrong_suffix_does_not_deceive(tmp_path):
    with pytest.raises(UnsupportedFile, match="a PNG image"):
        read(write(tmp_path, "a.txt", b"\x89PNG\r\n"))


@pytest.mark.parametrize("reader", [read, read_lines])
def test_what_cannot_be_opened(tmp_path, reader):
    with pytest.raises(ReadError, match="no such file"):
        reader(tmp_path / "nowhere.txt")
    with pytest.raises(ReadError, match="a folder"):
        reader(tmp_path)
    with pytest.raises(ReadError):
        reader("a" * 5000 + ".txt")
    with pytest.raises(ReadError):
        reader("a\x00b.txt")


@pytest.mark.skipif(sys.platform == "win32" or (hasattr(os, "geteuid") and os.geteuid() == 0), reason="root reads all")
def test_no_permission(tmp_path):
    file = write(tmp_path, "a.txt", b"a")
    file.chmod(0)
    with pytest.raises(ReadError, match="no permission"):
        read(file)


def test_lines_end_at_newlines_only(tmp_path):
    data = "one\u2028still one\r\n\r\ntwo\x0cstill two\x85too\nlast".encode()
    assert read_lines(write(tmp_path, "a.txt", data)) == ["one\u2028still one", "", "two\x0cstill two\x85too", "last"]


def test_lines_of_nothing(tmp_path):
    assert read_lines(write(tmp_path, "a.txt", b"")) == []
    assert read_lines(write(tmp_path, "b.txt", b"\n\n")) == ["", ""]
    assert read_lines(write(tmp_path, "c.txt", "niño\n".encode("utf-16"))) == ["niño"]
