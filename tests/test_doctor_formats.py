"""The doctor on other files than memories: tables, Moses pairs, glossaries, XLIFF, packages; and what does harm."""

import gzip
import json
import subprocess
import sys
import time
import zipfile

import pytest

from bialign import formats, glossaries, load_srx, read, read_bitext
from bialign.doctor import PROGRAMS, examine, fix
from bialign.errors import BialignError
from bitexts import sample
from test_doctor import put, rules, schema_of, valid
from test_exchange_readers import ALL, opus
from tmx_cases import HEADER, memory, unit

ES = "El niño comió aquí, ¿no? Después volvió a Perú."


def found(file, *programs):
    return rules(examine(file, programs))


def mended(file, *programs):
    goal = file.with_name("mended" + file.suffix)
    report = fix(file, goal, programs)
    again = file.with_name("again" + file.suffix)
    fix(goal, again, programs)
    assert again.read_bytes() == goal.read_bytes()
    return report, goal.read_bytes()


# --- what bialign writes ----------------------------------------------------------------------------------------------

WRITTEN = [(name, profile) for name, format in formats.FORMATS.items() for profile in format.profiles or ("",)]


@pytest.mark.parametrize(("name", "profile"), WRITTEN)
def test_what_bialign_writes_is_healthy(name, profile, tmp_path):
    if name in {"parquet", "huggingface"}:
        pytest.importorskip("pyarrow")
    goal = tmp_path / f"text{next(iter(formats.FORMATS[name].suffixes), '')}"
    report = formats.write(sample(), goal, name, profile=profile)
    asked = [profile] if profile in PROGRAMS and profile != "trados" else []
    for file in report.files:
        assert examine(file).findings == ()
        assert examine(file, asked).findings == ()


@pytest.mark.parametrize("name", glossaries.FORMATS)
def test_glossaries_of_bialign_are_healthy(name, repository, tmp_path):
    termbase = glossaries.load(repository / "corpus" / "glossary.yaml").termbase
    file = tmp_path / f"glossary{glossaries.FORMATS[name][0]}"
    glossaries.save(termbase, file, name)
    assert examine(file).findings == ()


def test_a_memory_for_trados_names_countries(tmp_path):
    formats.write(sample(), tmp_path / "a.tmx", profile="trados", codes=("en-US", "es-PE"))
    assert examine(tmp_path / "a.tmx", ["trados"]).healthy


SCHEMAS = [
    ("xliff", "1.2", "xliff-core-1.2-strict.xsd"),
    ("xliff", "2.1", "xliff_core_2.0.xsd"),
    ("tei", "", "tei_all.rng"),
    ("tmx", "neutral", "tmx14-omegat-6.1.xsd"),
    ("tmx", "trados", "tmx14-omegat-6.1.xsd"),
]


@pytest.mark.parametrize(("name", "profile", "schema"), SCHEMAS)
def test_schemas_take_what_bialign_writes(name, profile, schema, gold, tmp_path):
    if not (gold / "schemas" / schema).is_file():
        pytest.skip(f"{schema} is not among the gold sets")
    formats.write(sample(), tmp_path / "a.xml", name, profile=profile)
    assert valid(schema_of(gold / "schemas" / schema), tmp_path / "a.xml")


def test_the_grammar_of_tbx_takes_what_bialign_writes(gold, repository, tmp_path):
    termbase = glossaries.load(repository / "corpus" / "glossary.yaml").termbase
    glossaries.save(termbase, tmp_path / "a.tbx")
    assert valid(schema_of(gold / "schemas" / "TBX-Basic-v3-DCA.rng"), tmp_path / "a.tbx")


# --- encodings --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("declared", "real", "rule"),
    [
        ("UTF-8", "cp1252", "xml-encoding"),
        ("UTF-16", "utf-8", "xml-encoding"),
        ("ISO-8859-1", "utf-8", "xml-mojibake"),
        ("ISO-8859-1", "cp1252", "xml-mojibake"),
        ("windows-99", "utf-8", "xml-unknown-encoding"),
        ("ISO-8859-15", "iso-8859-15", ""),
        ("UTF-16", "utf-16", ""),
        ("utf-8", "utf-8", ""),
    ],
)
def test_declared_and_real_encodings(declared, real, rule, tmp_path):
    spanish = ES + {"cp1252": "…“”", "iso-8859-15": "€"}.get(real, "")
    text = memory(unit(es=spanish)).replace("UTF-8", declared)
    file = put(tmp_path, "a.tmx", text.encode(real))
    assert found(file) == ((rule,) if rule else ())
    report, data = mended(file)
    assert report.healthy
    assert spanish in data.decode("utf-8" if rule else real)
    bitext = read_bitext(tmp_path / "mended.tmx")
    assert bitext.target_text(bitext.beads[0]) == spanish


def test_bytes_of_another_encoding_in_between(tmp_path):
    lines = "\n".join(unit(es=ES) for _ in range(20))
    data = memory(lines).encode("utf-8").replace("Perú".encode(), "Perú".encode("cp1252"), 1)
    file = put(tmp_path, "a.tmx", data)
    assert found(file) == ("xml-encoding",)
    report, mended_data = mended(file)
    assert report.healthy
    assert mended_data.decode("utf-8") == memory(lines)


def test_surrogates_in_three_bytes(tmp_path):
    text = memory(unit(es="uno \ud83d\ude00 dos \ud800 tres"))
    file = put(tmp_path, "a.tmx", text.encode("utf-8", "surrogatepass"))
    assert found(file) == ("xml-surrogate",)
    _, data = mended(file)
    assert "uno \U0001f600 dos \ufffd tres" in data.decode("utf-8")


# --- lines ------------------------------------------------------------------------------------------------------------


def moses(folder, en, es):
    put(folder, "a.en-es.es", es)
    return put(folder, "a.en-es.en", en)


def test_moses_pairs(tmp_path):
    file = moses(tmp_path, "One\u2028two\x0bthree\nFour\r\nFive", "Uno\nCuatro\nCinco\n")
    report = examine(file)
    assert set(rules(report)) == {"moses-break", "moses-crlf", "moses-last"}
    assert [finding.place.line for finding in report.findings if finding.rule == "moses-break"] == [1, 1]
    out = tmp_path / "b.en-es.en"
    put(tmp_path, "b.en-es.es", "Uno\nCuatro\nCinco\n")
    assert fix(file, out).healthy
    assert out.read_bytes() == b"One two three\nFour\nFive\n"


def test_moses_pairs_that_do_not_fit(tmp_path):
    file = moses(tmp_path, "\ufeffOne\n\nThree\n", "Uno\nDos\n")
    report = examine(file)
    assert set(rules(report)) == {"moses-bom", "moses-empty", "moses-count"}
    empty = next(finding for finding in report.findings if finding.rule == "moses-empty")
    assert (empty.place.line, empty.place.part) == (2, "a.en-es.en")
    assert empty.excerpt == "Dos"
    assert "moses-bom" not in found(file, "trados")


def test_tables_for_spreadsheets(tmp_path):
    text = 'English;Spanish\nYes;- No lo vi.\n=HYPERLINK("x");"+ uno; ""dos"""\n-3,5;—Sí —dijo.\n'
    file = put(tmp_path, "a.csv", text)
    assert found(file) == ("table-formula",)
    assert set(found(file, "excel-en")) == {"table-formula", "table-semicolon", "table-no-bom"}
    assert set(found(file, "excel-es")) == {"table-formula", "table-no-bom"}
    places = [finding.place.cell for finding in examine(file).findings]
    assert places == ["B2", "A3", "B3"]
    report, data = mended(file, "excel-es")
    assert report.healthy
    expected = text.replace("- No", "'- No").replace("=HYP", "'=HYP").replace("+ uno", "'+ uno")
    assert data.decode("utf-8") == "\ufeff" + expected
    assert "glossary-semicolon" in found(file, "omegat")
    # what only a spreadsheet minds is left alone for the others
    assert mended(file, "moses")[1].decode("utf-8") == text


def test_tables_that_are_torn(tmp_path):
    file = put(tmp_path, "a.csv", "en,es\nOne,Uno\nTwo, three,Dos, tres\n" + "Four,Cuatro\n" * 5)
    report = examine(file)
    assert rules(report) == ("table-cells",)
    assert report.findings[0].place.line == 3
    file = put(tmp_path, "b.csv", 'en,es\nOne,"Uno\nTwo,Dos\n')
    assert found(file) == ("table-quote",)
    file = put(tmp_path, "c.csv", 'en,es\n"One\n, ""two""","Uno\r\ndos"\n')
    assert found(file) == ()
    file = put(tmp_path, "d.csv", "en,es\n" + "x" * 40_000 + ",y\n")
    assert found(file) == ("table-long",)


def test_tables_in_the_encoding_of_windows(tmp_path):
    file = put(tmp_path, "a.csv", f"en;es\nOne;{ES}\n".encode("cp1252"))
    assert found(file) == ("text-encoding",)
    # Excel reads that where it is Windows' own
    assert found(file, "excel-es") == ()
    report, data = mended(file)
    assert report.healthy
    assert data.decode("utf-8") == f"\ufeffen;es\nOne;{ES}\n"


def test_glossaries_of_omegat(tmp_path):
    file = put(tmp_path, "a.tab", "# a comment\nhouse\tcasa\n#hash\talmohadilla\nempty\t\nyear\taño\n")
    report = examine(file)
    assert set(rules(report)) == {"glossary-hash", "glossary-empty", "glossary-encoding"}
    assert [finding.place.line for finding in report.findings] == [1, 3, 4]
    _, data = mended(file)
    assert data.startswith(b"# -*- coding: utf-8 -*-\n# a comment\n")
    assert found(put(tmp_path, "b.utf8", "house\tcasa\nyear\taño\n")) == ()


def test_json_lines(tmp_path):
    file = put(tmp_path, "a.jsonl", '{"en": "One", "es": "Uno"}\n{"en": \n[1]\n')
    report = examine(file)
    assert rules(report) == ("json-line",)
    assert [finding.place.line for finding in report.findings] == [2, 3]


def test_plain_text(tmp_path):
    file = put(tmp_path, "a.txt", b"one\x00two\x07 \xed\xa0\xbd\xed\xb8\x80\nTres \xf1 en medio, " + ES.encode() * 20)
    assert set(found(file)) == {"text-nul", "text-control", "text-surrogate", "text-mixed"}
    _, data = mended(file)
    assert data.decode("utf-8").startswith("onetwo \U0001f600\nTres ñ en medio")
    # a text of one encoding is no fault: bialign and others find out which
    assert found(put(tmp_path, "b.txt", ES.encode("cp1252"))) == ()


# --- XLIFF, TBX, SRX --------------------------------------------------------------------------------------------------

XLIFF = '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">'
FILE = '<file original="a" source-language="en" target-language="es_ES" datatype="plaintext"><body>{}</body></file>'


def test_xliff_1(tmp_path):
    units = (
        '<trans-unit id="1"><source>One</source><target>Uno</target></trans-unit>\n'
        '<trans-unit id="1"><target>Dos</target><source>Two</source></trans-unit>\n'
        "<trans-unit><note>x</note><source>Three</source></trans-unit>\n"
        '<trans-unit id="4"><target>Cuatro</target></trans-unit>'
    )
    file = put(tmp_path, "a.xlf", f"{XLIFF}\n{FILE.format(units)}\n</xliff>")
    report = examine(file)
    lines = {finding.rule: finding.place.line for finding in report.findings}
    assert lines == {"lang-code": 2, "xliff-id": 3, "xliff-order": 3, "xliff-needs": 4, "xliff-no-source": 5}
    _, data = mended(file)
    assert data.decode() == file.read_text(encoding="utf-8").replace("es_ES", "es-ES")


def test_xliff_2(tmp_path):
    segment = '<unit id="u"><segment><source>One</source><target>Uno</target></segment></unit>'
    head = '<xliff version="2.1" srcLang="en" xmlns="urn:oasis:names:tc:xliff:document:2.1">'
    file = put(tmp_path, "a.xlf", f'{head}<file id="f">{segment}{segment}</file></xliff>')
    assert set(found(file)) == {"xliff-namespace", "xliff-target-lang", "xliff-id"}


def test_termbases(tmp_path, repository):
    termbase = glossaries.load(repository / "corpus" / "glossary.yaml").termbase
    file = tmp_path / "a.tbx"
    glossaries.save(termbase, file)
    assert found(file, "omegat") == ("tbx-3-omegat",)
    text = file.read_text(encoding="utf-8")
    put(tmp_path, "b.tbx", text.replace('xml:lang="es"', 'xml:lang="es_PE"').replace("<termSec>", "<termSec><bad/>", 1))
    assert set(found(tmp_path / "b.tbx")) == {"lang-code", "tbx-structure"}
    _, data = mended(tmp_path / "b.tbx")
    assert b"es_PE" not in data


def test_segmentation_rules(tmp_path):
    file = put(tmp_path, "a.srx", '<?xml version="1.0"?>\n<srx version="1.0"><body/></srx>')
    report = examine(file)
    assert rules(report) == ("srx",)
    assert report.findings[0].place.line == 2


def test_links_of_opus_that_lead_nowhere(tmp_path):
    report = examine(opus(tmp_path, [*ALL, "s77;s2.2"]), ["opus"])
    assert rules(report) == ("linked",)
    assert "s77" in report.findings[0].message
    assert report.what.format == "xces"


def test_other_files_are_named(tmp_path, bialign):
    file = put(tmp_path, "a.tmx", b"%PDF-1.7")
    assert "a PDF file" in bialign("doctor", file).out
    assert examine(put(tmp_path, "b.tmx", b"")).what.size == 0
    assert examine(put(tmp_path, "c.html", "<!DOCTYPE html><html><p>x")).what.format == "html"
    formats.write(sample(), tmp_path / "d.xlsx")
    assert examine(tmp_path / "d.xlsx").what.program.startswith("Microsoft Excel")


# --- packages ---------------------------------------------------------------------------------------------------------


def rezipped(file, goal, change):
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(goal, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        new.writestr("xl/vbaProject.bin", b"x")
    return goal


def test_workbooks_and_documents(tmp_path):
    formats.write(sample(), tmp_path / "a.xlsx")
    formats.write(sample(), tmp_path / "a.docx")
    cell = b'<c r="ZZ9"><f>1+1</f><v>2</v></c></row>'
    book = rezipped(
        tmp_path / "a.xlsx",
        tmp_path / "b.xlsx",
        lambda name, part: part.replace(b"</row>", cell, 1) if "sheet1" in name else part,
    )
    report = examine(book)
    assert set(rules(report)) == {"office-formula", "office-macros"}
    assert next(one.place.cell for one in report.findings if one.rule == "office-formula") == "ZZ9"
    change = b'<w:p><w:ins w:id="1"><w:r><w:t>x</w:t></w:r></w:ins></w:p></w:body>'
    outside = b'<Relationship Id="x" Type="t/attachedTemplate" Target="http://192.0.2.1/t.dotm" TargetMode="External"/>'

    def marked(name, part):
        part = part.replace(b"</w:body>", change) if name == "word/document.xml" else part
        return part.replace(b"</Relationships>", outside + b"</Relationships>") if name == "_rels/.rels" else part

    document = rezipped(tmp_path / "a.docx", tmp_path / "b.docx", marked)
    assert {"office-changes", "office-macros", "office-outside"} <= set(found(document))
    with pytest.raises(BialignError, match="nothing in a file of this kind"):
        fix(document, tmp_path / "c.docx")
    put(tmp_path, "d.docx", (tmp_path / "a.docx").read_bytes()[:-300])
    assert found(tmp_path / "d.docx") == ("not-read",)
    # what is no package at all is not taken for a text because it is called otherwise
    for number, data in enumerate((b"It rained.\n", bytes(range(256)) * 4)):
        put(tmp_path, f"{number}.docx", data)
        assert found(tmp_path / f"{number}.docx") == ("not-read",)
        with pytest.raises(BialignError, match="nothing in a file of this kind"):
            fix(tmp_path / f"{number}.docx", tmp_path / "mended.docx")
        assert not (tmp_path / "mended.docx").exists()


# --- what does harm ---------------------------------------------------------------------------------------------------

BODIES = {
    "tmx": f'<tmx version="1.4">{HEADER}<body><tu><tuv xml:lang="en"><seg>%s</seg></tuv></tu></body></tmx>',
    "xlf": XLIFF + FILE.format('<trans-unit id="1"><source>%s</source></trans-unit>') + "</xliff>",
    "tbx": '<tbx type="TBX-Basic"><text>%s</text></tbx>',
    "srx": '<srx version="2.0"><body>%s</body></srx>',
    "tei": '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text>%s</text></TEI>',
    "xces": '<cesAlign><linkGrp fromDoc="a.xml" toDoc="b.xml">%s</linkGrp></cesAlign>',
}
READERS = {"tbx": glossaries.load, "srx": load_srx}
LAUGHS = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
HARM = {
    "laughs": (f"<!DOCTYPE x [{LAUGHS}]>", "&a11;", "xml-entities-declared"),
    "outside": ('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', "&e;", "xml-entities-declared"),
    "parameter": ('<!DOCTYPE x [<!ENTITY % e SYSTEM "http://192.0.2.1/x"> %e;]>', "x", "xml-entities-declared"),
    "deep": ("", "<hi>" * 10_000 + "</hi>" * 10_000, "xml-depth"),
}


def quickly(run, most=2.0):
    start = time.process_time()
    result = run()
    assert time.process_time() - start < most
    return result


def refused(reader, file):
    def run():
        with pytest.raises(BialignError) as caught:
            reader(file)
        return str(caught.value)

    message = quickly(run)
    assert "\n" not in message
    return message


@pytest.mark.parametrize("harm", HARM)
@pytest.mark.parametrize("suffix", BODIES)
def test_harmful_xml_is_refused(harm, suffix, tmp_path):
    doctype, inner, rule = HARM[harm]
    file = put(tmp_path, f"a.{suffix}", f'<?xml version="1.0"?>{doctype}{BODIES[suffix].replace("%s", inner)}')
    report = quickly(lambda: examine(file))
    assert rule in rules(report)
    assert "root:" not in json.dumps(report.as_dict())
    refused(READERS.get(suffix, read_bitext), file)
    with pytest.raises(BialignError):
        fix(file, tmp_path / f"b.{suffix}")


@pytest.mark.parametrize("suffix", BODIES)
def test_a_dtd_elsewhere_is_not_fetched(suffix, tmp_path, monkeypatch):
    def no(*_):
        raise AssertionError("the network was asked")

    monkeypatch.setattr("socket.getaddrinfo", no)
    monkeypatch.setattr("socket.socket.connect", no)
    doctype = '<!DOCTYPE x SYSTEM "http://192.0.2.1/x.dtd">'
    file = put(tmp_path, f"a.{suffix}", f'<?xml version="1.0"?>{doctype}{BODIES[suffix].replace("%s", "x")}')
    assert "xml-dtd" in rules(quickly(lambda: examine(file)))


MEASURED = """
import resource, sys
from pathlib import Path
from bialign.doctor import examine
import bialign.glossaries, bialign.readers.bilingual.spreadsheet, openpyxl, lxml.etree
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
found = [finding.rule for finding in examine(sys.argv[1]).findings]
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print((after - before) // (2**20 if sys.platform == "darwin" else 2**10), *found)
"""


def measured(file):
    if sys.platform == "win32":
        pytest.skip("there is no resource module on Windows")
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", MEASURED, file], capture_output=True, text=True, check=True)
    megabytes, *names = done.stdout.split()
    return int(megabytes), names, time.perf_counter() - start


def test_a_huge_attribute(tmp_path):
    file = tmp_path / "a.tmx"
    before, after = BODIES["tmx"].split("%s")
    with file.open("wb") as out:
        out.write(f'{before}<hi x="'.encode())
        for _ in range(200):
            out.write(b"a" * 2**20)
        out.write(f'"/>{after}'.encode())
    megabytes, names, _ = measured(file)
    assert names == ["xml-long"]
    assert megabytes < 60
    refused(read_bitext, file)
    page = put(tmp_path, "a.html", f'<html><body><p class="{"a" * 11_000_000}">x</p></body></html>')
    assert "more than 10000000 characters" in refused(read, page)


def filled(stream):
    for _ in range(300):
        stream.write(b" " * 2**20)


PACKAGES = {
    "a.xlsx": ("xl/workbook.xml", "xl/worksheets/sheet1.xml", read_bitext),
    "a.docx": ("word/styles.xml", "word/document.xml", read),
    "a.odt": ("meta.xml", "content.xml", read),
}


@pytest.mark.parametrize("name", PACKAGES)
def test_packages_that_are_bombs(name, tmp_path):
    small, large, reader = PACKAGES[name]
    with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(small, "<a/>")
        with package.open(large, "w") as part:
            filled(part)
    assert rules(quickly(lambda: examine(tmp_path / name))) == ("zip-bomb",)
    assert "unpacked" in refused(reader, tmp_path / name)


def test_packed_memories(tmp_path):
    data = gzip.compress(memory(version="1.4b").encode("utf-8"))
    file = put(tmp_path, "a.tmx.gz", data)
    report = examine(file)
    assert (report.what.format, report.what.packed, rules(report)) == ("tmx", "gzip", ("tmx-version",))
    assert fix(file, tmp_path / "b.tmx.gz").healthy
    assert gzip.decompress((tmp_path / "b.tmx.gz").read_bytes()).decode() == memory()
    with gzip.open(tmp_path / "c.tmx.gz", "wb", compresslevel=1) as packed:
        packed.write(b"<tmx>")
        filled(packed)
    megabytes, names, _ = measured(tmp_path / "c.tmx.gz")
    assert names == ["zip-bomb"]
    assert megabytes < 60
    assert "unpacked" in refused(read_bitext, tmp_path / "c.tmx.gz")
    put(tmp_path, "d.tmx.gz", data[:-20])
    with pytest.raises(BialignError, match="damaged"):
        examine(tmp_path / "d.tmx.gz")


def test_a_large_memory_is_examined_in_little_memory(tmp_path):
    body = "\n".join(unit(f"{n} old houses burnt down. " * 35, "Ardió. " * 120, tu=f' tuid="{n}"') for n in range(500))
    body = body.replace(' tuid="1"', "")
    head, tail = memory("@@").split("@@")
    with (tmp_path / "a.tmx").open("w", encoding="utf-8") as out:
        out.write(head)
        for _ in range(20):
            out.write(body + "\n")
        out.write(tail)
    megabytes, names, _ = measured(tmp_path / "a.tmx")
    assert not names
    assert (tmp_path / "a.tmx").stat().st_size > 18 * 2**20
    assert megabytes < 14


# --- the command line -------------------------------------------------------------------------------------------------


def test_the_command_tells_and_cures(bialign, tmp_path):
    file = put(tmp_path, "a.tmx", memory(unit("The <b>old</b> house", last='<prop type="x">1</prop>'), version="1.4b"))
    run = bialign("doctor", file)
    assert run.status == 1
    assert max(map(len, run.out.splitlines()[1:])) <= 80
    assert "version 1.4b is not 1.4" in run.out
    assert "line 3 (tmx)" in run.out
    assert "refused by omegat, xmllint" in run.out
    run = bialign("doctor", file, "--for", "moses")
    assert (run.status, run.out.splitlines()[-1]) == (0, "nothing was found")
    run = bialign("doctor", file, "--fix", tmp_path / "b.tmx")
    assert run.status == 0
    assert "0 findings are left" in run.err
    assert bialign("doctor", tmp_path / "b.tmx").status == 0
    run = bialign("doctor", file, "--fix", file)
    assert run.status == 1
    assert "overwritten" in run.err
    assert bialign("doctor", file, "--fix", file, "--overwrite").status == 0
    assert file.read_bytes() == (tmp_path / "b.tmx").read_bytes()


def test_the_command_in_spanish_and_as_data(bialign, tmp_path):
    file = put(tmp_path, "a.tmx", memory(version="1.4b"))
    run = bialign("doctor", file, "--ui-lang", "es")
    assert "la versión 1.4b no es 1.4" in run.out
    assert "lo rechaza: omegat, xmllint" in run.out
    run = bialign("doctor", file, "--json", "--for", "omegat")
    report = json.loads(run.out)
    assert run.status == 1
    assert report["findings"][0]["rule"] == "tmx-version"
    assert report["findings"][0]["place"] == {"line": 3, "element": "tmx"}
    assert report["what"]["format"] == "tmx"
    assert report["programs"] == ["omegat"]
    run = bialign("doctor", tmp_path / "none.tmx")
    assert run.status == 1
    assert "no such file" in run.err
    assert bialign("doctor", file, "--for", "word").status == 2


def test_names_of_programs_are_those_of_the_library():
    from bialign.cli.doctor import PROGRAM_IDS

    assert (*PROGRAMS, "all") == PROGRAM_IDS
