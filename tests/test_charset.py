"""Decoding: every encoding by name and by guess, line ends, and what is no text."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bialign.charset import decode, plausibility
from bialign.errors import DecodeError, ReadError, UnsupportedFile

ES = "El niño comió aquí, en la montaña. ¿Cómo se llamaba aquel señor? «Muñoz», respondió él: así lo oyó…\n"
EN = "“It’s late,” she said — and the café was naïve. He didn’t answer; they’d all left, one by one…\n"


@pytest.mark.parametrize("name", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "cp1252", "mac_roman"])
@pytest.mark.parametrize("text", [ES, EN], ids=["es", "en"])
def test_encoding_is_found(name, text):
    assert decode(text.encode(name), "a.txt") == (text, name)


OLD = ES.replace("…", ".")


def test_cp850_is_found():
    assert decode(OLD.encode("cp850"), "a.txt") == (OLD, "cp850")


def test_latin_1_is_what_it_is_called_where_no_byte_is_of_cp1252_alone():
    assert decode(OLD.encode("latin-1"), "a.txt") == (OLD, "latin-1")


@pytest.mark.parametrize("name", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_marks_are_dropped(name):
    text, found = decode(ES.encode(name), "a.txt")
    assert text == ES
    assert found.startswith(name[:6])


def test_plain_ascii_is_utf_8():
    assert decode(b"Hello\n", "a.txt") == ("Hello\n", "utf-8")


def test_stray_bytes_in_utf_8():
    data = (ES * 3).encode() + "niño".encode("cp1252") + (ES * 3).encode()
    assert decode(data, "a.txt") == (ES * 3 + "niño" + ES * 3, "utf-8+cp1252")


def test_line_ends_of_every_kind():
    assert decode("a\r\nb\rc\x0bd\x0ce\u2028f\u2029g\x85h".encode(), "a.txt")[0] == "a\nb\nc\nd\ne\nf\ng\nh"


def test_stated_encoding_is_taken_and_checked():
    assert decode(OLD.encode("cp850"), "a.txt", "cp850") == (OLD, "cp850")
    with pytest.raises(DecodeError, match="not utf-8 at byte 5") as caught:
        decode(ES.encode("cp1252"), "a.txt", "utf-8")
    assert (caught.value.offset, caught.value.encoding) == (5, "utf-8")
    with pytest.raises(ReadError, match="no encoding called klingon"):
        decode(b"a", "a.txt", "klingon")


def test_truncated_utf_16_is_one_clear_line():
    with pytest.raises(DecodeError, match="not utf-16-le at byte"):
        decode(b"\xff\xfea\x00b", "a.txt")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n...", "PDF"),
        (b"PK\x03\x04....", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office"),
        (b"{\\rtf1 hello}", "RTF"),
        (b"\x89PNG\r\n", "PNG"),
        (bytes(range(256)) * 10, "no text"),
        (b"\x01\x02\x03\x04" * 50, "no text"),
    ],
)
def test_what_is_no_text_is_named(data, kind):
    with pytest.raises(UnsupportedFile, match=kind):
        decode(data, "a.txt")


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_one_clear_error(data):
    try:
        text, name = decode(data, "a.txt")
    except ReadError as error:
        assert "\n" not in str(error)
    else:
        assert isinstance(text, str) and name and "\r" not in text


def test_empty_file():
    assert decode(b"", "a.txt") == ("", "utf-8")


def test_plausibility_prefers_the_right_reading():
    for name in ("mac_roman", "cp850"):
        assert plausibility(ES, "es") > plausibility(ES.encode("cp1252").decode(name), "es") + 0.5


def test_gold_texts_in_every_encoding(gold):
    """At least 97 of 100 stretches of real text, down to 200 characters, are read right."""
    chance, right, total = random.Random(20261124), 0, 0
    plain = str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'", "–": "-", "—": "-", "…": "..."})
    for folder in ("ntrex-en-es", "tico19-en-es", "bible-verses-en-es"):
        for file in sorted((gold / "align" / folder).glob("*.*"))[:60]:
            if file.suffix not in {".src", ".tgt"}:
                continue
            text = file.read_text(encoding="utf-8")
            at = chance.randrange(max(1, len(text) - 2000))
            piece = text[at : at + chance.choice([200, 600, 2000])]
            for name in ("cp1252", "mac_roman", "cp850", "latin-1"):
                sample = piece if name in {"cp1252", "mac_roman"} else piece.translate(plain)
                data = sample.encode(name, "ignore")
                if not data.isascii():
                    total += 1
                    right += decode(data, "a.txt")[0] == data.decode(name)
    assert total > 100
    assert right / total >= 0.97
