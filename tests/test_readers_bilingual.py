"""Files that hold both languages become bitexts: ours come back as they were, others' are read or refused in a line."""

import gzip
import io
import json
import re
import unicodedata
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import Workbook

from bialign import formats, read, read_bitext
from bialign.bitext import Bead, Span, plain_segments
from bialign.errors import BialignError, FormatError, ReadError, UnsupportedFile
from bialign.formats.characters import encodable, one_line, xml_text
from bialign.formats.identifiers import bead_id
from bitexts import bitext_of, bitexts, sample

PAIRS = [
    ("The raid", "La redada"),
    ("Nobody saw it.", "Nadie lo vio."),
    ("It was late and dark.", "Era tarde y no había luz."),
]


def put(folder, name, content, encoding="utf-8"):
    file = Path(folder) / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return file


def pairs(bitext):
    return [(bitext.source_text(bead), bitext.target_text(bead)) for bead in bitext.beads]


def langs(bitext):
    return bitext.source.lang, bitext.target.lang


def refused(file, kind=BialignError, **settings):
    with pytest.raises(kind) as caught:
        read_bitext(file, **settings)
    assert "\n" not in str(caught.value)
    return str(caught.value)


# --- what we write ourselves ----------------------------------------------------------------------------------------


def test_our_table_comes_back(tmp_path):
    bitext = sample()
    formats.write(bitext, tmp_path / "a.tsv")
    back = read_bitext(tmp_path / "a.tsv")
    assert back.id == bitext.id
    assert back.beads == bitext.beads
    assert pairs(back) == pairs(bitext)
    assert langs(back) == ("en", "es")
    # the splitter finds the border that the file doesn't tell
    assert [segment.text for segment in back.target_segments] == [segment.text for segment in bitext.target_segments]
    anchor = back.source.anchors[1]
    assert (anchor.kind, anchor.label, back.source.text[anchor.offset :][:7]) == ("row", "3", "The SIN")


def test_our_json_lines_come_back(tmp_path):
    bitext = sample()
    formats.write(bitext, tmp_path / "a.jsonl")
    back = read_bitext(tmp_path / "a.jsonl")
    assert (back.id, back.beads, pairs(back)) == (bitext.id, bitext.beads, pairs(bitext))
    assert back.source.anchors[2].label == "3"


def test_our_memory_comes_back(tmp_path):
    bitext = sample()
    formats.write(bitext, tmp_path / "a.tmx")
    back = read_bitext(tmp_path / "a.tmx")
    kept = [bead for bead in bitext.beads if not bead.is_null]
    assert (back.id, back.signature, langs(back)) == (bitext.id, bitext.signature, ("en", "es-PE"))
    assert back.source.title == "A title - A paper"
    assert pairs(back) == [(bitext.source_text(bead), bitext.target_text(bead)) for bead in kept]
    for bead, own in zip(back.beads, kept, strict=True):
        assert (bead.type, bead.probability, bead.status) == (own.type, own.probability, own.status)


def written(bitext, format, clean):
    """Give what a file of a format can carry of a bitext's beads."""
    return [
        (
            bead.type,
            round(bead.probability, 4),
            bead.status,
            clean(bitext.source_text(bead)),
            clean(bitext.target_text(bead)),
        )
        for bead in bitext.beads
    ]


@pytest.mark.parametrize(("format", "clean"), [("tsv", one_line), ("jsonl", encodable)])
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture], deadline=None)
@given(bitext=bitexts())
def test_anything_we_write_is_read_back(tmp_path, format, clean, bitext):
    formats.write(bitext, tmp_path / f"a.{format}")
    if not bitext.beads:
        assert "a." in refused(tmp_path / f"a.{format}")
        return
    back = read_bitext(tmp_path / f"a.{format}")
    assert written(back, format, str) == written(bitext, format, clean)
    assert [(bead.source, bead.target) for bead in back.beads] == [(b.source, b.target) for b in bitext.beads]


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture], deadline=None)
@given(bitext=bitexts())
def test_any_memory_we_write_is_read_back(tmp_path, bitext):
    def clean(text):
        text = re.sub("\r\n|[\t\n\v\f\r\x85\u2028\u2029]", " ", unicodedata.normalize("NFC", text))
        return xml_text(text)[0].strip()

    formats.write(bitext, tmp_path / "a.tmx")
    wanted = [
        (round(bead.probability, 4), clean(bitext.source_text(bead)), clean(bitext.target_text(bead)))
        for bead in bitext.beads
    ]
    wanted = [row for row in wanted if row[1] and row[2]]
    names = {"source_lang": bitext.source.lang or "und", "target_lang": bitext.target.lang or "und"}
    if not wanted or names["source_lang"].split("_")[0][:2] == names["target_lang"].split("-")[0][:2]:
        return
    back = read_bitext(tmp_path / "a.tmx", **names)
    assert [(round(bead.probability, 4), *pair) for bead, pair in zip(back.beads, pairs(back), strict=True)] == wanted


def test_sides_cut_where_nothing_tells(tmp_path):
    bitext = bitext_of([(3, 1), (2, 1)], ["a", "b c", "d", "", "e"], ["x", "y"])
    formats.write(bitext, tmp_path / "a.jsonl")
    back = read_bitext(tmp_path / "a.jsonl")
    assert [bead.type for bead in back.beads] == ["3-1", "2-1"]
    assert pairs(back) == pairs(bitext)


# --- TMX ------------------------------------------------------------------------------------------------------------


def tmx(*units, header='srclang="en"', version="1.4", head='<?xml version="1.0"?>'):
    body = "".join(f"<tu>{unit}</tu>\n" for unit in units)
    return f'{head}\n<tmx version="{version}"><header {header}/>\n<body>\n{body}</body></tmx>\n'


def tuv(lang, text, name="xml:lang"):
    return f'<tuv {name}="{lang}"><seg>{text}</seg></tuv>'


def test_inline_codes_go_and_their_text_stays(tmp_path):
    english = (
        'A <bpt i="1">&lt;b></bpt>big<ept i="1">&lt;/b></ept> <hi>red</hi> car<ph type="lb"/>is <ph>{1}<sub>not'
        "</sub></ph>here\n   now<it>x</it>."
    )
    file = put(tmp_path, "a.tmx", tmx(tuv("en", english) + tuv("es", "Un <b>coche</b> &amp; más &#xF1;")))
    assert pairs(read_bitext(file)) == [("A big red car is here now.", "Un coche & más ñ")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_memories_in_any_declared_encoding(tmp_path, encoding):
    name = encoding.removesuffix("-sig")
    text = tmx(tuv("en", "year") + tuv("es", "año"), head=f'<?xml version="1.0" encoding="{name}"?>')
    assert pairs(read_bitext(put(tmp_path, "a.tmx", text, encoding))) == [("year", "año")]


def test_a_memory_that_lies_of_its_encoding(tmp_path):
    text = tmx(tuv("en", "year") + tuv("es", "año"), head='<?xml version="1.0" encoding="UTF-8"?>')
    file = put(tmp_path, "a.tmx", text, "cp1252")
    assert "name the right encoding" in refused(file)
    assert pairs(read_bitext(file, encoding="cp1252")) == [("year", "año")]


def test_old_memories_and_upper_case_codes(tmp_path):
    text = tmx(tuv("EN-US", "year", "lang") + tuv("ES_pe", "año", "lang"), header='srclang="EN-US"', version="1.1")
    bitext = read_bitext(put(tmp_path, "a.tmx", text))
    assert (pairs(bitext), langs(bitext)) == ([("year", "año")], ("en-US", "es-PE"))


def test_which_languages(tmp_path):
    units = [
        tuv("en-US", "One.") + tuv("es-ES", "Uno.") + tuv("fr", "Un."),
        tuv("en-US", "Two.") + tuv("es-PE", "Dos.") + tuv("fr", "Deux.") + tuv("es-PE", "Par."),
        tuv("fr", "Trois."),
        tuv("es-PE", "Cuatro."),
    ]
    file = put(tmp_path, "a.tmx", tmx(*units, header='srclang="en-US"'))
    bitext = read_bitext(file)
    assert langs(bitext) == ("en-US", "es")
    assert pairs(bitext) == [("One.", "Uno."), ("Two.", "Dos."), ("", "Cuatro.")]
    assert [bead.type for bead in bitext.beads] == ["1-1", "1-1", "0-1"]
    assert langs(read_bitext(file, source_lang="es")) == ("es", "en-US")
    assert pairs(read_bitext(file, source_lang="fr", target_lang="en"))[0] == ("Un.", "One.")
    assert pairs(read_bitext(file, source_lang="en", target_lang="es-PE"))[1] == ("Two.", "Dos.")
    for settings_ in ({"target_lang": "de"}, {"source_lang": "es-MX"}, {"source_lang": "es", "target_lang": "es"}):
        assert "fr, en-US, es-PE, es-ES" in refused(file, FormatError, **settings_)


def test_spanish_may_be_the_source(tmp_path):
    text = tmx(tuv("en", "One.") + tuv("es", "Uno."), header='srclang="es"')
    assert pairs(read_bitext(put(tmp_path, "a.tmx", text))) == [("Uno.", "One.")]


def test_three_foreign_languages_are_listed(tmp_path):
    text = tmx(tuv("fr", "un") + tuv("de", "eins") + tuv("it", "uno"))
    assert "fr, de, it" in refused(put(tmp_path, "a.tmx", text))


def test_entities(tmp_path):
    doctype = '<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd">'
    unit = tuv("en", "year") + tuv("es", "a&ntilde;o")
    assert pairs(read_bitext(put(tmp_path, "a.tmx", tmx(unit, head=doctype)))) == [("year", "año")]
    unknown = tuv("en", "year") + tuv("es", "a&nothing;o")
    assert "nothing" in refused(put(tmp_path, "b.tmx", tmx(unknown, head=doctype)))
    assert "c.tmx:4: damaged or cut off, not well-formed XML: Entity 'ntilde'" in refused(
        put(tmp_path, "c.tmx", tmx(unit))
    )
    bomb = '<?xml version="1.0"?><!DOCTYPE tmx [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
    assert "entities" in refused(put(tmp_path, "d.tmx", tmx(tuv("en", "&a;") + tuv("es", "&b;"), head=bomb)))


def test_damaged_memories(tmp_path):
    whole = tmx(*(tuv("en", a) + tuv("es", b) for a, b in PAIRS))
    for stop in range(0, len(whole) - 9, 7):
        refused(put(tmp_path, "a.tmx", whole[:stop]), BialignError)
    assert re.search(r"a\.tmx:5: damaged or cut off", refused(put(tmp_path, "a.tmx", whole[: whole.index("Nobody")])))
    assert "no units" in refused(put(tmp_path, "a.tmx", tmx()))
    assert "only: en" in refused(put(tmp_path, "a.tmx", tmx(tuv("en", "a"))))
    assert "one side only" in refused(put(tmp_path, "a.tmx", tmx(tuv("en", "a"), tuv("es", "b"))))
    assert "this XML holds html" in refused(put(tmp_path, "a.tmx", "<html/>"), UnsupportedFile)


# --- XLIFF ----------------------------------------------------------------------------------------------------------

XLIFF_1 = """<?xml version="1.0"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="a" source-language="en-GB" target-language="es-PE" datatype="plaintext"><body>
<group id="g"><trans-unit id="1" approved="yes"><source>The <g id="1">raid</g><x id="2"/></source>
<target>La <g id="1">redada</g></target>
<alt-trans><source>No</source><target>No</target></alt-trans></trans-unit></group>
<trans-unit id="2"><source>One. Two. Three.</source>
<seg-source><mrk mtype="seg" mid="0">One.</mrk> <mrk mtype="seg" mid="1">Two.</mrk>
<mrk mtype="seg" mid="2">Three.</mrk></seg-source>
<target><mrk mtype="seg" mid="0">Uno.</mrk> <mrk mtype="seg" mid="2">Tres.</mrk>
<mrk mtype="seg" mid="3">Más.</mrk></target></trans-unit>
<trans-unit id="3"><source>Left<x id="1" ctype="lb"/>alone</source><target/></trans-unit>
</body></file>
<file original="b" source-language="en-GB" target-language="es-PE" datatype="plaintext"><body>
<trans-unit id="1"><source>The end.</source><seg-source><mrk mtype="seg" mid="1">The end.</mrk></seg-source>
<target>Fin.</target></trans-unit></body></file></xliff>
"""

XLIFF_2 = """<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="en" trgLang="es">
<file id="f"><group id="g"><unit id="1"><notes><note>n</note></notes>
<segment state="final"><source>A <pc id="1">big</pc><ph id="2"/> car.</source>
<target>El <pc id="1">coche</pc> es muy grande y no es mío.</target></segment>
<ignorable><source> </source></ignorable>
<segment><source>Not <cp hex="001F"/>done.</source></segment></unit></group></file></xliff>
"""


def test_xliff_1(tmp_path):
    bitext = read_bitext(put(tmp_path, "a.xlf", XLIFF_1))
    assert langs(bitext) == ("en-GB", "es-PE")
    assert pairs(bitext) == [
        ("The raid", "La redada"),
        ("One.", "Uno."),
        ("Two.", ""),
        ("Three.", "Tres."),
        ("", "Más."),
        ("Left alone", ""),
        ("The end.", "Fin."),
    ]
    assert [bead.status for bead in bitext.beads][:2] == ["confirmed", "unreviewed"]
    assert [segment.paragraph for segment in bitext.source_segments] == [1, 2, 2, 2, 3, 4]


def test_xliff_2(tmp_path):
    bitext = read_bitext(put(tmp_path, "a.xlf", XLIFF_2))
    assert (langs(bitext), pairs(bitext)) == (
        ("en", "es"),
        [("A big car.", "El coche es muy grande y no es mío."), ("Not done.", "")],
    )
    assert bitext.beads[0].status == "confirmed"
    assert pairs(read_bitext(tmp_path / "a.xlf", source_lang="es"))[0] == (
        "El coche es muy grande y no es mío.",
        "A big car.",
    )


def test_xliff_keeps_names_and_attributes_of_other_programs(tmp_path):
    text = (
        '<xliff version="1.2" xmlns:m="urn:m"><file source-language="en" target-language="es"><body>'
        '<trans-unit id="a:7:2" translate="yes" maxwidth="40" m:locked="no"><source>It rained.</source>'
        "<target>Llovía.</target></trans-unit>"
        '<trans-unit id="8" resname="title"><source>End</source><target>Fin</target></trans-unit>'
        "</body></file></xliff>"
    )
    first = read_bitext(put(tmp_path, "a.xlf", text))
    assert first.id == "a"
    said = {("translate", "yes"), ("maxwidth", "40"), ("locked", "no")}
    for name in ("b.xlf", "c.jsonl", "d.tmx"):
        formats.write(first, tmp_path / name)
        again = read_bitext(tmp_path / name)
        assert [bead_id(again, bead) for bead in again.beads] == ["a:7:2", "title"], name
        assert {(extra.name.removeprefix("x-"), extra.value) for extra in again.beads[0].extras} >= said, name


def test_xliff_of_several_pairs(tmp_path):
    text = XLIFF_1.replace('target-language="es-PE"', 'target-language="fr"', 1)
    file = put(tmp_path, "a.xlf", text)
    assert pairs(read_bitext(file)) == [("The end.", "Fin.")]
    assert len(read_bitext(file, source_lang="en", target_lang="fr").beads) == 6
    assert "fr" in refused(file, target_lang="de")


def test_xliff_without_a_target_language(tmp_path):
    file = put(tmp_path, "a.xlf", XLIFF_2.replace(' trgLang="es"', ""))
    assert langs(read_bitext(file)) == ("en", "es")
    assert langs(read_bitext(file, target_lang="es-PE")) == ("en", "es-PE")


def test_untranslated_xliff(tmp_path):
    assert "nothing in this file is translated" in refused(
        put(tmp_path, "a.xlf", re.sub(r"(?s)<target>.*?</target>|<target/>", "", XLIFF_1))
    )
    assert "no units" in refused(put(tmp_path, "b.xlf", '<xliff version="1.2"/>'))


# --- tables ---------------------------------------------------------------------------------------------------------


def csv_of(rows, delimiter=","):
    def quoted(text):
        return '"' + text.replace('"', '""') + '"' if re.search(rf'[{delimiter}"\n]', text) else text

    return "".join(delimiter.join(map(quoted, row)) + "\r\n" for row in rows)


@pytest.mark.parametrize("delimiter", list("\t;,"))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize(
    "header", [None, ("English", "Spanish"), ("Inglés", "Español"), ("en", "es"), ("source", "target")]
)
def test_tables_in_all_dresses(tmp_path, delimiter, encoding, header):
    rows = [*PAIRS, ('He said "no",\nthen left; alone.', "Dijo «no»,\ny se fue; solo, mañana.")]
    file = put(tmp_path, "a.csv", csv_of([header, *rows] if header else rows, delimiter), encoding)
    bitext = read_bitext(file)
    assert (pairs(bitext), langs(bitext)) == (rows, ("en", "es"))
    assert bitext.target.anchors[0].label == ("2" if header else "1")


def test_quotation_marks_that_are_the_texts_own(tmp_path):
    text = '"Hello."\tHola.\n"Go" and see.\t"Ve" a ver.\n"Open\t"Abierto\n'
    assert pairs(read_bitext(put(tmp_path, "a.tsv", text))) == [
        ('"Hello."', "Hola."),
        ('"Go" and see.', '"Ve" a ver.'),
        ('"Open', '"Abierto'),
    ]


def test_a_table_wholly_quoted(tmp_path):
    text = "".join(f'"{a}"\t"{b}"\n' for a, b in PAIRS)
    assert pairs(read_bitext(put(tmp_path, "a.tsv", text))) == PAIRS


def test_excel_says_its_delimiter(tmp_path):
    assert pairs(read_bitext(put(tmp_path, "a.csv", "sep=|\r\n" + csv_of(PAIRS, "|")))) == PAIRS


@pytest.mark.parametrize("header", [["id", "Español", "notes", "English"], None])
def test_columns_among_others(tmp_path, header):
    rows = [[str(n), b, "", a] for n, (a, b) in enumerate(PAIRS)]
    bitext = read_bitext(put(tmp_path, "a.csv", csv_of([header, *rows] if header else rows)))
    assert (langs(bitext), pairs(bitext)) == (("es", "en"), [(b, a) for a, b in PAIRS])
    assert pairs(read_bitext(tmp_path / "a.csv", source_lang="en")) == PAIRS


def test_columns_that_cannot_be_told(tmp_path):
    rows = [[a, b, a.upper()] for a, b in PAIRS]
    assert "3 columns hold text" in refused(put(tmp_path, "a.csv", csv_of(rows)))
    assert "no two columns" in refused(put(tmp_path, "b.csv", "only\none column\n"))
    assert "no two columns" in refused(put(tmp_path, "c.csv", "1,2\n3,4\n"))
    assert "no rows below" in refused(put(tmp_path, "d.csv", "English,Spanish\n"))
    assert "empty" in refused(put(tmp_path, "e.csv", " \n\n"))
    assert "empty" in refused(put(tmp_path, "f.tmx", b""))


def test_prose_is_no_table(tmp_path):
    text = "".join(f"When the train was late, they waited for it {n} hours.\n" for n in "abc")
    assert "both columns seem to be in one language (en)" in refused(put(tmp_path, "a.txt", text))
    assert read_bitext(tmp_path / "a.txt", source_lang="en", target_lang="en-GB").beads


def test_a_comma_that_is_not_quoted(tmp_path):
    text = csv_of(PAIRS) + "It was late, and dark.,Era tarde.\n"
    assert "a.csv:4: 3 cells where other rows have 2" in refused(put(tmp_path, "a.csv", text))


def test_quotation_marks_no_csv_has(tmp_path):
    text = '"It rained, then.","Llovió, luego."\n"Go" and see,Ve a ver\n'
    assert "a.csv:2: a quotation mark that CSV has no place for" in refused(put(tmp_path, "a.csv", text))
    own = '"Go" and see;"Ve" a ver\n"Hello," he said;"Hola", dijo\n'
    assert pairs(read_bitext(put(tmp_path, "b.csv", own))) == [tuple(line.split(";")) for line in own.splitlines()]


def test_a_cell_longer_than_the_csv_module_takes(tmp_path):
    rows = [*PAIRS, ("a, b " * 40_000 + "end", "c, d " * 40_000 + "fin")]
    assert pairs(read_bitext(put(tmp_path, "a.csv", csv_of(rows)))) == rows


def test_our_table_from_a_spanish_spreadsheet(tmp_path):
    formats.write(sample(), tmp_path / "a.tsv")
    lines = (tmp_path / "a.tsv").read_text(encoding="utf-8").splitlines()
    rows = [[re.sub(r"^(\d)\.(\d{4})$", r"\1,\2", cell) for cell in line.split("\t")] for line in lines]
    assert read_bitext(put(tmp_path, "b.csv", csv_of(rows, ";"), "cp1252")).beads == sample().beads
    rows[2][2] = "97%"
    assert "b.csv:3: '97%' is no probability" in refused(put(tmp_path, "b.csv", csv_of(rows, ";"), "cp1252"))


# --- JSON Lines -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "shape",
    [
        lambda a, b: {"translation": {"en": a, "es": b}},
        lambda a, b: {"en": a, "es": b, "score": 12},
        lambda a, b: {"source": a, "target": b},
        lambda a, b: {"id": 3, "English": a, "Spanish": b},
    ],
)
def test_json_lines_of_others(tmp_path, shape):
    text = "".join(json.dumps(shape(a, b)) + "\n" for a, b in PAIRS)
    assert pairs(read_bitext(put(tmp_path, "a.jsonl", text))) == PAIRS


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "a.jsonl:2: no JSON"),
        ("[1]", "an object"),
        ("[" * 100_000, "a.jsonl:2"),
        ('{"en": 1, "es": "b"}', "en holds no text"),
        ('{"en": "a", "es": "b", "probability": 7}', "no probability"),
        ('{"en": "a", "es": "b", "probability": NaN}', "no probability"),
    ],
)
def test_damaged_json_lines(tmp_path, line, said):
    assert said in refused(put(tmp_path, "a.jsonl", f'{{"en": "a", "es": "b"}}\n{line}\n'), FormatError)


def test_json_lines_without_texts(tmp_path):
    assert "no texts in this record" in refused(put(tmp_path, "a.jsonl", '{"a": 1}\n'))


# --- workbooks ------------------------------------------------------------------------------------------------------


def workbook(folder, sheets, name="a.xlsx"):
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(folder / name)
    return folder / name


def test_the_sheet_with_two_texts(tmp_path):
    file = workbook(
        tmp_path,
        {
            "notes": [["made by me"], [3.5]],
            "texts": [["n", "English", "Español"], *([n, *pair] for n, pair in enumerate(PAIRS)), [9, None, "Solo."]],
            "more": [["Yes, it is.", "Sí, lo es."]],
        },
    )
    bitext = read_bitext(file)
    assert pairs(bitext) == [*PAIRS, ("", "Solo.")]
    assert [(anchor.kind, anchor.label) for anchor in bitext.target.anchors] == [("row", str(n)) for n in range(2, 6)]
    assert pairs(read_bitext(file, sheet="more")) == [("Yes, it is.", "Sí, lo es.")]
    assert "notes, texts, more" in refused(file, sheet="nowhere")
    assert "no two columns" in refused(file, sheet="notes")


def test_workbooks_without_texts(tmp_path):
    assert "empty" in refused(workbook(tmp_path, {"a": []}))
    assert "no sheet has" in refused(workbook(tmp_path, {"a": [], "b": [["x"]]}))


def test_damaged_workbooks(tmp_path):
    data = workbook(tmp_path, {"a": PAIRS}).read_bytes()
    for stop in range(4, len(data) - 30, 97):
        assert "damaged" in refused(put(tmp_path, "b.xlsx", data[:stop]), ReadError)
    for at in range(40, len(data), 61):
        try:
            read_bitext(put(tmp_path, "c.xlsx", data[:at] + b"\x00\xff\x13" + data[at + 3 :]))
        except BialignError as error:
            assert "\n" not in str(error)


def rezipped(data, change):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return out.getvalue()


def test_bombs_and_entities_in_workbooks(tmp_path, monkeypatch):
    data = workbook(tmp_path, {"a": PAIRS}).read_bytes()
    tricked = rezipped(
        data, lambda name, part: part.replace(b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet')
    )
    assert "entities" in refused(put(tmp_path, "b.xlsx", tricked), ReadError)
    monkeypatch.setattr("bialign.readers.package.LIMIT", 2**20)
    bomb = rezipped(data, lambda name, part: part + b" " * 2**20 if name.endswith("sheet1.xml") else part)
    assert "unpacked" in refused(put(tmp_path, "c.xlsx", bomb), ReadError)


@pytest.mark.parametrize("name", ["a.tmx", "a.tsv", "a.jsonl", "a.csv", "a.xlf"])
def test_files_packed_by_gzip(tmp_path, name):
    tmx = '<tmx version="1.4"><header srclang="en"/><body><tu>{}{}</tu></body></tmx>'
    unit = '<tuv xml:lang="{}"><seg>{}</seg></tuv>'
    content = {
        "a.tmx": tmx.format(unit.format("en", "It rained."), unit.format("es", "Llovía.")),
        "a.tsv": "en\tes\nIt rained.\tLlovía.\n",
        "a.csv": "en,es\nIt rained.,Llovía.\n",
        "a.jsonl": '{"en": "It rained.", "es": "Llovía."}\n',
        "a.xlf": '<xliff version="1.2"><file source-language="en" target-language="es"><body><trans-unit id="1">'
        "<source>It rained.</source><target>Llovía.</target></trans-unit></body></file></xliff>",
    }[name]
    packed = put(tmp_path, name + ".gz", gzip.compress(content.encode()))
    bitext = read_bitext(packed)
    assert (bitext.id, bitext.source_text(bitext.beads[0]), bitext.target_text(bitext.beads[0])) == (
        "a",
        "It rained.",
        "Llovía.",
    )


def test_packed_files_that_are_damaged_or_bombs(tmp_path, monkeypatch):
    data = gzip.compress(b"en\tes\nIt rained.\tLlov\xc3\xada.\n" * 100)
    assert "damaged" in refused(put(tmp_path, "a.tsv.gz", data[:-20]), ReadError)
    assert "damaged" in refused(put(tmp_path, "b.tsv.gz", data[:12] + b"\xff" * 40 + data[52:]), ReadError)
    monkeypatch.setattr("bialign.readers.source.LIMIT", 2**20)
    assert "more than 1 MB" in refused(put(tmp_path, "c.tsv.gz", gzip.compress(b" " * (2**20 + 1))), ReadError)


# --- other files ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.tmx", "English,Spanish\na,b\n"),
        ("a.pdf", b"%PDF-1.7"),
        ("a.docx", b"PK\x05\x06" + b"\x00" * 18),
        ("a.tsv", b"\x00\x01\x02\x03\x00\x01\x00"),
        ("a.beads", "[0]:[0]\n[1]:[]\n"),
        ("a.json", "[]"),
    ],
)
def test_files_of_another_kind(tmp_path, name, content):
    assert name in refused(put(tmp_path, name, content), BialignError)


def test_content_tells_not_the_name(tmp_path):
    formats.write(sample(), tmp_path / "a.tmx")
    (tmp_path / "a.tmx").rename(tmp_path / "a.txt")
    assert len(read_bitext(tmp_path / "a.txt").beads) == 4
    for file in (tmp_path / "a.txt", put(tmp_path, "b.txt", '<tmx version="1.4">')):
        with pytest.raises(UnsupportedFile, match="a translation memory, which holds both languages"):
            read(file)


def test_what_cannot_be_opened(tmp_path):
    assert "no such file" in refused(tmp_path / "nowhere.tmx")
    assert "a folder" in refused(tmp_path)


def test_a_bead_of_one_side_only_keeps_its_place(tmp_path):
    bitext = read_bitext(put(tmp_path, "a.csv", "English,Spanish\nOne.,Uno.\nTwo.,\n,Tres.\n"))
    assert bitext.beads == (Bead(Span(0, 1), Span(0, 1)), Bead(Span(1, 2), Span(1, 1)), Bead(Span(2, 2), Span(1, 2)))
    assert bitext.source_segments == plain_segments(["One.", "Two."])


def test_files_of_many_programs_are_read_or_refused(gold):
    files = [file for file in (gold / "interchange").rglob("*") if file.suffix in {".tmx", ".xlf", ".csv", ".tsv"}]
    read_files = 0
    for file in files:
        try:
            bitext = read_bitext(file)
        except BialignError as error:
            assert "\n" not in str(error)
            continue
        read_files += 1
        assert bitext.beads
    assert read_files > 0.8 * len(files) > 0
