"""Texts with links between them, Moses pairs and workbooks that come back: read, mended with a warning, or refused."""

import functools
import gzip
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from bialign import Corpus, formats, read_bitext
from bialign.bitext import Bead, Span
from bialign.corpus.reviewed import decisions_of
from bialign.errors import BialignError, FormatError, ReadError
from bialign.readers.bilingual.large import large
from bialign.readers.bilingual.review import read_review
from bitexts import bitext_of, sample

ENGLISH = """<?xml version="1.0" encoding="utf-8"?>
<text><body><p id="1"><s id="s1.1">The hound bayed.</s><s id="s1.2">We ran.</s></p>
<p id="3"><s id="s3.7">It was dark.</s>
<s id="s9">Nobody spoke.</s></p></body></text>"""
SPANISH = """<?xml version="1.0" encoding="utf-8"?>
<text><body><p id="1"><s id="s1.1">El sabueso aulló.</s><s id="s1.2">Corrimos.</s></p>
<p id="2"><s id="s2.1">Estaba oscuro.</s><s id="s2.2">Nadie habló.</s></p></body></text>"""
HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE cesAlign PUBLIC "-//CES//DTD XML cesAlign//EN" "">\n'


def opus(folder, links, source=ENGLISH, target=SPANISH, *, packed=True):
    """Lay out a folder as OPUS does: the links beside one folder for each language."""
    for lang, text in (("en", source), ("es", target)):
        place = folder / lang
        place.mkdir(exist_ok=True)
        name, data = "hound.xml", text.encode("utf-8")
        if packed:
            name, data = name + ".gz", gzip.compress(data)
        (place / name).write_bytes(data)
    file = folder / "en-es.xml"
    listed = "".join(f'<link xtargets="{each}" id="SL{n}" certainty="0.5" />\n' for n, each in enumerate(links))
    group = f'<linkGrp targType="s" fromDoc="en/hound.xml.gz" toDoc="es/hound.xml.gz">\n{listed}</linkGrp>'
    file.write_text(f'{HEAD}<cesAlign version="1.0">\n{group}\n</cesAlign>\n', encoding="utf-8")
    return file


def pairs(bitext):
    return [(bitext.source_text(bead), bitext.target_text(bead)) for bead in bitext.beads]


def remarks(bitext):
    return [str(remark) for remark in bitext.remarks]


ALL = ["s1.1;s1.1", "s1.2;s1.2", "s3.7;s2.1", "s9;s2.2"]


@pytest.mark.parametrize("packed", [True, False])
def test_opus(packed, tmp_path):
    bitext = read_bitext(opus(tmp_path, ALL, packed=packed))
    assert pairs(bitext)[2] == ("It was dark.", "Estaba oscuro.")
    assert (bitext.source.lang, bitext.target.lang) == ("en", "es")
    assert {bead.probability for bead in bitext.beads} == {0.5}
    assert [segment.paragraph for segment in bitext.source_segments] == [0, 0, 1, 1]
    assert not bitext.remarks
    assert read_bitext(tmp_path / "en-es.xml", source_lang="es").source.lang == "es"


def test_a_link_to_nothing_is_told(tmp_path):
    bitext = read_bitext(opus(tmp_path, ["s1.1;s1.1", "s1241;s1.2", "s1.2;", "s3.7 s9;s2.1 s2.2"]))
    assert remarks(bitext) == ["sentences that links name and that are not there: 1 (the first: s1241)"]
    assert pairs(bitext) == [
        ("The hound bayed.", "El sabueso aulló."),
        ("", "Corrimos."),
        ("We ran.", ""),
        ("It was dark. Nobody spoke.", "Estaba oscuro. Nadie habló."),
    ]


def test_links_that_cross_are_moves(tmp_path):
    bitext = read_bitext(opus(tmp_path, ["s1.1;s2.2", "s1.2;s1.2", "s3.7;s2.1", "s9;"]))
    assert remarks(bitext) == ["links that cross others and are moves now: 1 (the first: s1.1;s2.2)"]
    ((source, target, probability),) = [(tuple(m.source), tuple(m.target), m.probability) for m in bitext.moves]
    assert (source, target, probability) == ((0, 1), (3, 4), 0.5)
    assert ("We ran.", "Corrimos.") in pairs(bitext)
    assert bitext.target_segments[0].text == "El sabueso aulló."


def test_a_sentence_in_two_links_and_one_with_a_gap(tmp_path):
    bitext = read_bitext(opus(tmp_path, ["s1.1 s3.7;s1.1", "s1.2;s1.2", "s1.2 s9;s2.1"]))
    assert remarks(bitext) == [
        "links whose sentences do not follow each other, and keep one run: 1 (the first: s1.1 s3.7;s1.1)",
        "sentences in two links, of which the first counts: 1 (the first: s1.2)",
    ]
    assert pairs(bitext)[:2] == [("The hound bayed.", "El sabueso aulló."), ("We ran.", "Corrimos.")]
    # every sentence is there once, whatever the links do
    assert [s.text for s in bitext.source_segments] == ["The hound bayed.", "We ran.", "It was dark.", "Nobody spoke."]


def test_a_text_that_is_not_well_formed(tmp_path):
    damaged = SPANISH.replace("Corrimos.", "Corrimos. <no description>")
    bitext = read_bitext(opus(tmp_path, ALL, target=damaged))
    assert "is not well-formed XML; it was read as well as that goes" in remarks(bitext)[0]
    assert "Corrimos." in bitext.target.text


def test_words_of_opus_get_their_spaces(tmp_path):
    words = "".join(f'<w id="w1.1.{n}">{word}</w>\n' for n, word in enumerate(["¿", "Quién", ",", "yo", "?"]))
    target = SPANISH.replace("El sabueso aulló.", words)
    assert pairs(read_bitext(opus(tmp_path, ALL, target=target)))[0][1] == "¿Quién, yo?"


@pytest.mark.parametrize("name", ["../hound.xml", "/etc/hostname", "en/none.xml.gz"])
def test_texts_outside_the_folder_are_not_read(name, tmp_path):
    (tmp_path / "hound.xml").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "in").mkdir()
    file = opus(tmp_path / "in", ALL)
    file.write_text(file.read_text(encoding="utf-8").replace("en/hound.xml.gz", name), encoding="utf-8")
    with pytest.raises(ReadError, match="is not in its folder"):
        read_bitext(file)


def test_bombs_in_linked_texts(tmp_path):
    bomb = '<!DOCTYPE text [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + ENGLISH.partition("\n")[2].replace("We", "&b;")
    with pytest.raises(BialignError, match="declares XML entities"):
        read_bitext(opus(tmp_path, ALL, source=bomb))
    with pytest.raises(BialignError, match="holds no links"):
        read_bitext(opus(tmp_path, []))
    with pytest.raises(FormatError, match="no link of this file joins"):
        read_bitext(opus(tmp_path, ["s1.1;", ";s1.1"]))


def test_intertext_names_the_second_text_first(tmp_path):
    (tmp_path / "n.en.xml").write_text("<d><p><s id='1:1'>One.</s><s id='1:2'>Two.</s></p></d>", encoding="utf-8")
    (tmp_path / "n.es.xml").write_text("<d><p><s id='1:1'>Uno y dos.</s></p></d>", encoding="utf-8")
    links = (
        "<linkGrp toDoc='n.es.xml' fromDoc='n.en.xml'><link type='1-2' xtargets='1:1;1:1 1:2' status='man'/></linkGrp>"
    )
    (tmp_path / "n.en.es.xml").write_text(links, encoding="utf-8")
    bitext = read_bitext(tmp_path / "n.en.es.xml")
    assert pairs(bitext) == [("One. Two.", "Uno y dos.")]
    assert bitext.beads[0].status == "confirmed"


TEI = """<?xml version="1.0"?><TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/>
<text><group>
<text xml:lang="en"><body><head><seg xml:id="a1">A title</seg></head><p><seg xml:id="a2">He  came
   late.</seg> <seg xml:id="a3">He left.</seg></p></body></text>
<text xml:lang="es"><body><head><seg xml:id="b1" {corresp}>Un título</seg></head>
<p><seg xml:id="b2">Llegó tarde y se fue.</seg></p></body></text></group>
{links}</text></TEI>"""


def test_tei_of_others(tmp_path):
    links = '<linkGrp type="translation"><link target="#a1 #b1"/><link target="#a2 #a3 #b2"/></linkGrp>'
    (tmp_path / "a.xml").write_text(TEI.format(links=links, corresp=""), encoding="utf-8")
    bitext = read_bitext(tmp_path / "a.xml")
    assert pairs(bitext) == [("A title", "Un título"), ("He  came late. He left.", "Llegó tarde y se fue.")]
    assert bitext.source.paragraphs[0].kind == "heading"
    (tmp_path / "b.xml").write_text(TEI.format(links="", corresp='corresp="#a1"'), encoding="utf-8")
    bitext = read_bitext(tmp_path / "b.xml")
    assert [bead.type for bead in bitext.beads] == ["1-1", "1-0", "1-0", "0-1"]
    (tmp_path / "c.xml").write_text(TEI.format(links="", corresp=""), encoding="utf-8")
    with pytest.raises(FormatError, match="no link of this file"):
        read_bitext(tmp_path / "c.xml")
    (tmp_path / "d.xml").write_text("<TEI><text><body><p>One.</p></body></text></TEI>", encoding="utf-8")
    with pytest.raises(FormatError, match="no two texts"):
        read_bitext(tmp_path / "d.xml")


def test_moses_pairs(tmp_path):
    (tmp_path / "x.en-es.en").write_text("One.\n\nThree. \n", encoding="utf-8")
    (tmp_path / "x.en-es.es").write_text("Uno.\nDos.\nTres.\n", encoding="utf-8")
    for name in ("x.en-es.en", "x.en-es.es"):
        bitext = read_bitext(tmp_path / name)
        assert pairs(bitext) == [("One.", "Uno."), ("", "Dos."), ("Three.", "Tres.")]
        assert (bitext.source.lang, bitext.target.lang) == ("en", "es")
    assert read_bitext(tmp_path / "x.en-es.en", source_lang="es").source.lang == "es"
    (tmp_path / "x.en-es.es").write_text("Uno.\nDos.\n", encoding="utf-8")
    with pytest.raises(FormatError, match=r"3 lines, but x\.en-es\.es has 2"):
        read_bitext(tmp_path / "x.en-es.en")
    with pytest.raises(FormatError, match=r"2 lines, but x\.en-es\.en has 3"):
        read_bitext(tmp_path / "x.en-es.es")


# --- workbooks that come back ---------------------------------------------------------------------------------------


def reviewed(folder, bitext, change):
    file = folder / "r.xlsx"
    formats.write(bitext, file)
    book = load_workbook(file)
    change(book["review"])
    book.save(file)
    return file


def test_nothing_changed_is_nothing(tmp_path):
    file = reviewed(tmp_path, sample(), lambda sheet: None)
    assert not read_review(file).changed
    assert not decisions_of(read_review(file))


def test_changes_are_told_by_names_not_by_rows(tmp_path):
    def change(sheet):
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        rows[1][0], rows[1][3] = "confirmed", "bien"
        rows[2][2] = "Nadie lo vio, sin luz y muy tarde."
        rows[0][0] = "Rejected"
        for number, row in enumerate(reversed(rows[:-1]), 2):
            for column, value in enumerate(row, 1):
                sheet.cell(number, column).value = value
        sheet.delete_rows(7)
        sheet.append(["confirmed", "New", "Nuevo"])

    review = read_review(reviewed(tmp_path, sample(), change))
    assert [str(remark) for remark in review.remarks] == [
        "rows that belong to no bead and were passed over: 1",
        "rows that are not there any more: 1; their beads stay as they were",
    ]
    changed = {bead.was.id: bead for bead in review.changed}
    assert {id: bead.status for id, bead in changed.items()} == {
        "d:0:0": "rejected",
        "d:1:1-2": "confirmed",
        "d:2-3:3": "unreviewed",
    }
    assert changed["d:1:1-2"].comment == "bien"
    assert changed["d:1:1-2"].target == ("Actuó el SIN.", "Se fue.")
    decided = decisions_of(review, by="Ana")
    assert [(text.side, text.before, text.after, text.near) for text in decided.texts] == [
        ("target", ("Nadie lo vio, sin luz, ya tarde.",), ("Nadie lo vio, sin luz y muy tarde.",), 3.0)
    ]
    assert {(bead.status, bead.comment, bead.by) for bead in decided.beads} == {
        ("rejected", "", "Ana"),
        ("confirmed", "bien", "Ana"),
    }
    back = read_bitext(tmp_path / "r.xlsx")
    assert [bead.status for bead in back.beads][:2] == ["rejected", "confirmed"]
    assert back.target_segments[3].text == "Nadie lo vio, sin luz y muy tarde."


def test_a_status_that_is_none_names_its_row(tmp_path):
    def change(sheet):
        sheet["A4"] = "ok"

    with pytest.raises(FormatError, match=r"r\.xlsx:4: 'ok' is no status"):
        read_review(reviewed(tmp_path, sample(), change))


def test_a_side_cannot_be_emptied(tmp_path):
    def change(sheet):
        sheet["C2"] = None

    review = read_review(reviewed(tmp_path, sample(), change))
    assert not review.changed
    assert str(review.remarks[0]).startswith("row 2: a text cannot be added or taken away")


def test_other_workbooks_are_no_reviews(tmp_path):
    file = reviewed(tmp_path, sample(), lambda sheet: None)
    book = load_workbook(file)
    del book["bialign"]
    book.save(file)
    with pytest.raises(FormatError, match="its hidden sheet is gone"):
        read_review(file)
    # yet it is a table with two languages
    assert len(read_bitext(file).beads) == 6


def test_texts_longer_than_a_cell(tmp_path):
    bitext = bitext_of([(1, 1), (1, 1)], ["word " * 8_000 + "end.", "One."], ["x.", "Uno."])
    file = tmp_path / "a.xlsx"
    report = formats.write(bitext, file)
    assert report.changes["texts cut at 32,767 characters, the most that a cell can hold"] == 1
    assert not read_review(file).changed


def test_a_review_goes_into_a_corpus_and_out_again(tmp_path, bialign):
    corpus = tmp_path / "c.bialign"
    texts = [f"Sentence number {n} is about village {n}." for n in range(8)]
    others = [f"La oración número {n} trata de la aldea {n}." for n in range(8)]
    with Corpus.create(corpus) as opened:
        opened.add_bitext(bitext_of([(1, 1)] * 8, texts, others, id="v"))
    sheet = tmp_path / "v.xlsx"
    assert bialign("export", corpus, "v", "-o", sheet).status == 0
    book = load_workbook(sheet)
    book["review"]["A3"], book["review"]["D3"] = "confirmed", "good"
    book["review"]["C5"] = "La oración número 3 trata del pueblo 3."
    book.save(sheet)
    run = bialign("review", corpus, "v", sheet, "--by", "Ana")
    assert run.status == 0
    assert "2 decisions taken over" in run.err
    with Corpus(corpus) as opened:
        beads = opened.beads("v")
        assert (beads[1].status, beads[1].comment) == ("confirmed", "good")
        assert opened.bitext("v").target_segments[3].text == "La oración número 3 trata del pueblo 3."
        assert opened.history()[0].event.who == "Ana"
    assert "nothing was changed" in bialign("review", corpus, "v", _fresh(tmp_path)).err


def _fresh(folder):
    file = folder / "fresh.xlsx"
    formats.write(sample(), file)
    return file


def test_a_large_memory_streams_into_a_corpus(tmp_path, bialign, monkeypatch):
    bitext = bitext_of([(1, 1), (1, 2), (1, 1)], ["One.", "Two.", "Three."], ["Uno.", "Dos.", "Y dos.", "Tres."])
    beads = (replace(bitext.beads[0], status="confirmed"), *bitext.beads[1:])
    formats.write(replace(bitext, beads=beads), tmp_path / "m.tmx")
    monkeypatch.setattr("bialign.corpus.bilingual.large", functools.partial(large, least=10))
    bialign("init", tmp_path / "c.bialign")
    assert bialign("add", tmp_path / "c.bialign", tmp_path / "m.tmx").status == 0
    with Corpus(tmp_path / "c.bialign") as opened:
        back = opened.bitext("m")
    assert [(bead.type, bead.status) for bead in back.beads] == [
        ("1-1", "confirmed"), ("1-2", "unreviewed"), ("1-1", "unreviewed"),
    ]  # fmt: skip
    assert [segment.text for segment in back.target_segments] == ["Uno.", "Dos.", "Y dos.", "Tres."]


def test_null_beads_of_many_sentences_keep_their_order(tmp_path):
    bitext = bitext_of([(0, 2), (2, 0), (1, 1), (1, 0), (0, 1)], ["a.", "b.", "c.", "d."], ["A.", "B.", "C.", "D."])
    for suffix in ("tei", "xces", "xlsx"):
        formats.write(bitext, tmp_path / f"n.{suffix}")
        assert [bead.type for bead in read_bitext(tmp_path / f"n.{suffix}").beads] == [
            bead.type for bead in bitext.beads
        ], suffix


def test_a_bead_of_another_is_no_move(tmp_path):
    bitext = bitext_of([(1, 1), (1, 1)], ["One.", "Two."], ["Uno.", "Dos."])
    formats.write(bitext, tmp_path / "n.tei")
    text = (tmp_path / "n.tei").read_text(encoding="utf-8")
    moves = '<linkGrp type="moves"><link target="#source.1 #target.2" cert="0.9"/></linkGrp></standOff>'
    (tmp_path / "n.tei").write_text(text.replace("</standOff>", moves), encoding="utf-8")
    back = read_bitext(tmp_path / "n.tei")
    assert not back.moves
    assert back.beads == (Bead(Span(0, 1), Span(0, 1)), replace(bitext.beads[1]))


def test_what_of_a_memory_is_not_read_is_told(tmp_path):
    units = "".join(
        f'<tu><tuv xml:lang="{lang}"><seg>One {code}more.</seg></tuv>'
        '<tuv xml:lang="es"><seg>Uno más.</seg></tuv></tu>\n'
        for lang, code in (("en", ""), ("en", '<bpt i="1">&lt;b&gt;</bpt>'), ("qu", ""))
    )
    head = '<tmx version="1.4"><header srclang="en"/><body>\n'
    (tmp_path / "m.tmx").write_text(f"{head}{units}</body></tmx>", encoding="utf-8")
    bitext = read_bitext(tmp_path / "m.tmx")
    assert remarks(bitext) == [
        "units with codes for formatting, which are left out: 1 (the first: line 3)",
        "languages of the file that are not read: qu",
    ]
    assert pairs(bitext)[1] == ("One more.", "Uno más.")
