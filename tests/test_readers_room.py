"""What all readers share: drafts of paragraphs and anchors, packages and XML that cannot do harm."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bialign.errors import ReadError
from bialign.readers import package
from bialign.readers.draft import Draft, Mark
from bialign.readers.package import Package
from bialign.readers.source import Source
from bialign.readers.xml import parse_xml
from bialign.repair import revert
from packages import packed


def source(data=b"", name="ñandú.docx", lang="es"):
    return Source(Path(name), data, lang=lang)


def pieces(document):
    return [document.text[item.start : item.stop] for item in document.paragraphs]


def test_white_space_and_kinds():
    draft = Draft()
    draft.add("  Un\ttítulo ", "heading")
    draft.add(" \u00a0 ")
    draft.add(["Uno ", " dos", "", " tres."])
    document = draft.document(source(), "utf-8")
    assert pieces(document) == ["Un título", "Uno dos tres."]
    assert [item.kind for item in document.paragraphs] == ["heading", "text"]
    assert document.title == "Un título"


def test_line_breaks_part_verses_and_join_broken_lines():
    draft = Draft()
    draft.add("Caminante, son tus huellas\nel camino\nY nada más")
    assert pieces(draft.document(source(), "")) == ["Caminante, son tus huellas el camino", "Y nada más"]


def test_anchors_move_with_what_repair_changes():
    draft = Draft()
    draft.begin("page", "7")
    draft.add("\u200b")
    draft.add(["La o\u00adla ", Mark("page", "8"), "vino."])
    document = draft.document(source(), "utf-8")
    assert pieces(document) == ["La ola vino."]
    eight = next(anchor for anchor in document.anchors if anchor.label == "8")
    assert document.text[eight.offset :].startswith("vino.")
    assert revert(document.text, document.fixes) == "\u200b\nLa o\u00adla vino.\n"


def test_the_content_tells_the_language_and_the_file_the_region():
    english = "The regime fell within a year, and the men who had served it went home."
    for declared, text, lang in (("en-GB", english, "en-GB"), ("es-PE", english, "en"), ("fr", "Lima 1992", "fr")):
        draft = Draft(lang=declared)
        draft.add(text)
        assert draft.document(source(lang=""), "").lang == lang


@given(st.lists(st.text(st.sampled_from("aB .\n\t\u00a0\u00ad\u200b\u2028ﬁñ-"), max_size=20), max_size=6))
def test_every_paragraph_is_a_stripped_piece_of_the_text(texts):
    draft = Draft()
    for text in texts:
        draft.add([text[:5], Mark("page", "1"), text[5:]])
    document = draft.document(source(), "utf-8")
    assert all(piece == piece.strip() != "" for piece in pieces(document))
    assert "".join(pieces(document)).split() == document.text.replace("\n", "").split() or len(pieces(document)) > 1
    assert all(0 <= anchor.offset <= len(document.text) for anchor in document.anchors)


def test_a_damaged_package():
    data = packed({"a.xml": b"<a/>" * 1000})
    for broken in (b"PK\x03\x04 and no more", data[: len(data) // 2]):
        with pytest.raises(ReadError, match="damaged"):
            Package(source(broken))
    with pytest.raises(ReadError, match=r"lacks its part b\.xml"), Package(source(data)) as opened:
        opened.read("b.xml")


def test_a_part_whose_bytes_were_changed():
    data = bytearray(packed({"a.xml": bytes(range(256)) * 40}))
    data[60] ^= 0xFF
    with pytest.raises(ReadError, match="damaged"), Package(source(bytes(data))) as opened:
        opened.read("a.xml")


def test_a_bomb_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(package, "LIMIT", 2**20)
    data = packed({"a.xml": b" " * 2**19, "b.xml": b" " * 2**20})
    with Package(source(data)) as opened:
        assert len(opened.read("a.xml")) == 2**19
        with pytest.raises(ReadError, match="more than 1 MB"):
            opened.read("b.xml")


def test_an_encrypted_part():
    data = bytearray(packed({"a.xml": b"<a/>"}))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + flags] |= 1
    with pytest.raises(ReadError, match="encrypted"), Package(source(bytes(data))) as opened:
        opened.read("a.xml")


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"<a><b></a>", "not well-formed XML at line 1"),
        (b"", "not well-formed"),
        (b'<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;">]><a>&c;</a>', "declares XML entities"),
        (b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "declares XML entities"),
        (b"<a>" * 10_000 + b"</a>" * 10_000, "not well-formed"),
        (b'<a b="' + b"x" * 11_000_000 + b'"/>', "not well-formed"),
    ],
    ids=["tags", "empty", "entities", "external", "deep", "long"],
)
def test_bad_xml_is_one_line(data, problem):
    with pytest.raises(ReadError, match=problem) as raised:
        parse_xml(data, source(), "word/document.xml")
    assert "\n" not in str(raised.value)
    assert len(str(raised.value)) < 300
