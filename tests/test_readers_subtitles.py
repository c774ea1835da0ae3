"""Subtitles become paragraphs of whole sentences, with the time of each cue, whatever state the file is in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bialign.citation import Places
from bialign.errors import ReadError
from bialign.readers import read

SRT = """1
00:00:01,000 --> 00:00:03,500
<i>The train left</i>
before dawn,

2
00:00:03,600 --> 00:00:05,000
{\\an8}and nobody saw it.

3
00:00:06,000 --> 00:00:08,000
- Did you?
- No.

4
01:02:03,045 --> 01:02:05,000
[door slams] Who is there?
"""
CUES = ["The train left before dawn, and nobody saw it.", "- Did you?", "- No.", "[door slams] Who is there?"]


def read_text(tmp_path, text, name="a.srt", encoding="utf-8"):
    file = tmp_path / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return read(file)


def paragraphs(document):
    assert {paragraph.kind for paragraph in document.paragraphs} <= {"cue"}
    return [document.text[paragraph.start : paragraph.stop] for paragraph in document.paragraphs]


def times(document):
    return [(document.text[anchor.offset :][:9], anchor.label) for anchor in document.anchors if anchor.kind == "time"]


def test_sentences_and_their_times(tmp_path):
    document = read_text(tmp_path, SRT)
    assert paragraphs(document) == CUES
    assert times(document) == [
        ("The train", "00:00:01.000"),
        ("and nobod", "00:00:03.600"),
        ("- Did you", "00:00:06.000"),
        ("- No.\n[do", "00:00:06.000"),
        ("[door sla", "01:02:03.045"),
    ]
    assert document.lang == "en"
    places = Places(document)
    assert places.cite(document.text.index("saw")) == "00:00:03.600"
    assert places.cite(document.text.index("Who")) == "01:02:03.045"


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text.replace("\n\n", "\n"),  # no blank lines
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n3\n", "\n99\n").replace("1\n", "7\n", 1),  # wrong numbers
        lambda text: "".join(line + "\n" for line in text.split("\n") if not line.isdecimal()),  # none
        lambda text: text.replace("\n\n", "\n\n\n\n"),
        lambda text: text.replace(",000", ".000").replace(" --> ", "-->"),
        lambda text: "\ufeff" + text,
        lambda text: text.rstrip(),
        lambda text: text.replace("before dawn,\n", "\nbefore dawn,\n"),  # a blank line inside a cue
        lambda text: text.replace("00:00:03,500", "00:00:03,500 X1:100 X2:200 Y1:10 Y2:20"),
        lambda text: text.replace("<i>", "< I >").replace("</i>", "</ I >"),
    ],
)
def test_damaged_files_read_the_same(tmp_path, damage):
    assert paragraphs(read_text(tmp_path, damage(SRT))) == CUES


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig", "mac_roman"])
def test_any_encoding(tmp_path, encoding):
    text = "1\n00:00:01,000 --> 00:00:02,000\n¿Dónde está\nel niño? Mañana se lo diré.\n"
    document = read_text(tmp_path, text, encoding=encoding)
    assert paragraphs(document) == ["¿Dónde está el niño? Mañana se lo diré."]
    assert document.lang == "es"


VTT = """WEBVTT - a film

STYLE
::cue { color: white }

NOTE
A note that is
no subtitle.

intro
00:01.000 --> 00:02.000 align:start position:10%
<v Ana>I &amp; you <c.loud>went</c>
to

NOTE one more

00:02.000 --> 00:03.000
London.

last one
00:00:04.000 --> 00:00:05.000
<v Ana>Yes.
<v Luis>No, in
1992
"""


@pytest.mark.parametrize("name", ["a.vtt", "a.srt", "a.txt"])
def test_webvtt_whatever_it_is_called(tmp_path, name):
    assert paragraphs(read_text(tmp_path, VTT, name)) == ["I & you went to London.", "Yes.", "No, in 1992"]


def test_captions_that_roll_up_are_read_once(tmp_path):
    text = (
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n \nwe<00:00:01.200><c> came</c>\n\n"
        "00:00:02.000 --> 00:00:02.010\nwe came\n \n\n00:00:02.010 --> 00:00:04.000\nwe came\n"
        "home<00:00:03.000><c> late</c>\n"
    )
    assert paragraphs(read_text(tmp_path, text, "a.vtt")) == ["we came home late"]


def test_substation(tmp_path):
    text = (
        "[Script Info]\nTitle: x\n\n[Events]\n"
        "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
        "Comment: 0,0:00:00.00,0:00:01.00,D,,0,0,0,,Not this.\n"
        "Dialogue: 0,0:00:03.50,0:00:04.00,D,,0,0,0,,at dawn, alone.\n"
        "Dialogue: 0,0:00:01.00,0:00:03.00,D,,0,0,0,,{\\i1}We came{\\i0}\\Nhome\n"
        "Dialogue: 0,0:00:05.00,0:00:06.00,D,,0,0,0,,{\\p1}m 0 0 l 1 1{\\p0}\n"
    )
    document = read_text(tmp_path, text, "a.ass")
    assert paragraphs(document) == ["We came home at dawn, alone."]
    assert times(document)[1] == ("at dawn, ", "00:00:03.500")


def cue(number, start, *lines):
    return f"{number}\n00:00:{start:02d},000 --> 00:00:{start + 1:02d},000\n" + "\n".join(lines) + "\n\n"


@pytest.mark.parametrize(
    ("cues", "found"),
    [
        ([(1, "Mr."), (2, "brown bread.")], ["Mr. brown bread."]),
        ([(1, "I thought..."), (2, "...you knew.")], ["I thought... ...you knew."]),
        ([(1, "I went to"), (30, "London.")], ["I went to", "London."]),
        ([(1, "I went to"), (2, "[music]"), (3, "London.")], ["I went to", "[music]", "London."]),
        ([(1, "CENTRAL BANK"), (2, "He waited.")], ["CENTRAL BANK", "He waited."]),
        ([(1, "I went to"), (2, "— Where?")], ["I went to", "— Where?"]),
        ([(1, "It was -5 outside."), (2, "-5, he said.")], ["It was -5 outside.", "-5, he said."]),
        ([(1, "<no description> here")], ["<no description> here"]),
    ],
)
def test_where_sentences_end(tmp_path, cues, found):
    text = "".join(cue(number, start, line) for number, (start, line) in enumerate(cues, 1))
    assert paragraphs(read_text(tmp_path, text)) == found


def test_captions_without_full_stops_have_several_paragraphs(tmp_path):
    text = "".join(cue(number, number, "and so on") for number in range(1, 50))
    assert max(map(len, paragraphs(read_text(tmp_path, text)))) < 200


@pytest.mark.parametrize("text", ["", "no times here\n", "WEBVTT\n\nNOTE nothing\n", "1\n00:00:01,000\nhalf a line\n"])
def test_no_cue_at_all(tmp_path, text):
    with pytest.raises(ReadError, match="no subtitle found") as caught:
        read_text(tmp_path, text)
    assert "\n" not in str(caught.value)


PIECES = st.sampled_from([*"aB.-<>{}\\\n 1:,", "00:00:01,000 --> 00:00:02,000\n", "<v A>", "\\N", "-->"])


@given(st.lists(PIECES).map("".join))
def test_anything_is_read_or_refused(tmp_path_factory, text):
    folder = tmp_path_factory.mktemp("subtitles")
    try:
        document = read_text(folder, text)
    except ReadError:
        return
    assert "<v A>" not in document.text
