"""Word and OpenDocument texts: what is shown is read, once and in order; packages are built here from their XML."""

import shutil
import subprocess

import pytest

from bialign.bitext import Document
from bialign.citation import Places
from bialign.errors import ReadError, UnsupportedFile
from bialign.readers import read
from packages import packed

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
SPACES = (
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
CORE = (
    '<c:coreProperties xmlns:c="urn:c" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title>'
    "<dc:creator>Rosa Paz; user</dc:creator></c:coreProperties>"
)


def relations(targets):
    inner = "".join(
        f'<Relationship Id="r{number}" Type="{RELATIONS}{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items())
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


def docx(body, *, title="", space=W, main="text/main.xml", **parts):
    """Pack a Word document; `parts` are its styles, numbering, footnotes and endnotes."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    folder, _, file = main.rpartition("/")
    files = {
        "[Content_Types].xml": f'<Types><Override PartName="/{main}" ContentType="{kind}"/></Types>',
        "_rels/.rels": relations({"officeDocument": main, "core-properties": "/docProps/core.xml"}),
        "docProps/core.xml": CORE.format(title=title),
        main: f'<w:document xmlns:w="{space}" {SPACES}><w:body>{body}</w:body></w:document>',
        f"{folder}/_rels/{file}.rels": relations({part: f"{part}.xml" for part in parts}),
    }
    for part, inner in parts.items():
        files[f"{folder}/{part}.xml"] = f'<w:{part} xmlns:w="{space}" {SPACES}>{inner}</w:{part}>'
    return packed(files)


def p(*runs, **settings):
    """Write a paragraph; runs that are no XML are text."""
    properties = "".join(f'<w:{name} w:val="{value}"/>' for name, value in settings.items())
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(map(r, runs))}</w:p>"


def r(inner, properties=""):
    if inner.startswith("<"):
        return inner
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{inner}</w:t></w:r>'


def run(inner):
    return f"<w:r>{inner}</w:r>"


def style(name, inner="", kind="paragraph", **more):
    given = "".join(f' w:{key}="{value}"' for key, value in more.items())
    return (
        f'<w:style w:type="{kind}" w:styleId="{name.replace(" ", "")}"{given}><w:name w:val="{name}"/>{inner}</w:style>'
    )


ODF = "urn:oasis:names:tc:opendocument:xmlns:"
ODF_SPACES = " ".join(
    f'xmlns:{prefix}="{ODF}{name}:1.0"'
    for prefix, name in {
        "office": "office", "text": "text", "table": "table", "draw": "drawing", "style": "style", "meta": "meta",
        "fo": "xsl-fo-compatible", "svg": "svg-compatible",
    }.items()
) + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'  # fmt: skip
TEXT = "application/vnd.oasis.opendocument.text"


def odt(body, styles="", meta="", manifest="<manifest/>"):
    content = (
        f"<office:document-content {ODF_SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return packed({
        "mimetype": TEXT, "content.xml": content, "META-INF/manifest.xml": manifest,
        "meta.xml": f"<office:document-meta {ODF_SPACES}><office:meta>{meta}</office:meta></office:document-meta>",
    })  # fmt: skip


def opened(folder, data, name="a.docx", **settings) -> Document:
    file = folder / name
    file.write_bytes(data)
    return read(file, lang="en", **settings)


def pieces(document):
    return [document.text[item.start : item.stop] for item in document.paragraphs]


def kinds(document):
    return [(item.kind, document.text[item.start : item.stop]) for item in document.paragraphs]


@pytest.fixture
def word(tmp_path):
    return lambda body, **parts: opened(tmp_path, docx(body, **parts))


@pytest.fixture
def writer(tmp_path):
    return lambda body, **parts: opened(tmp_path, odt(body, **parts), "a.odt")


HEADING = style("heading 1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>')


def test_headings_by_style_level_and_inheritance(word):
    styles = (
        style("Normal", default="1") + HEADING + style("Capítulo", '<w:basedOn w:val="heading1"/>')
        + style("Propio", '<w:pPr><w:outlineLvl w:val="2"/></w:pPr>') + style("Título 2") + style("Title")
        + style("Fuera", '<w:basedOn w:val="heading1"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr>') + style("Cita")
    )  # fmt: skip
    names = ["Title", "heading1", "Capítulo", "Propio", "Título2", "Fuera", "Cita", "Nowhere"]
    body = "".join(p(f"In {name}.", pStyle=name) for name in names) + p("Direct.", outlineLvl="0")
    found = [kind for kind, _ in kinds(word(body, styles=styles))]
    assert found == ["title", *["heading"] * 4, "text", "quotation", "text", "heading"]


def test_a_circle_of_styles_ends(word):
    styles = style("A", '<w:basedOn w:val="B"/>') + style("B", '<w:basedOn w:val="A"/>')
    assert kinds(word(p("Text.", pStyle="A"), styles=styles)) == [("text", "Text.")]


def test_list_items(word):
    number = '<w:numPr><w:numId w:val="{}"/></w:numPr>'
    styles = style("List Bullet", f"<w:pPr>{number.format(1)}</w:pPr>")
    body = "".join(f"<w:p><w:pPr>{number.format(n)}</w:pPr>{r(f'Item {n}.')}</w:p>" for n in (1, 0))
    body += p("By style.", pStyle="ListBullet")
    assert [kind for kind, _ in kinds(word(body, styles=styles))] == ["list-item", "text", "list-item"]


def cell(*paragraphs, merge=""):
    return f"<w:tc><w:tcPr>{merge}</w:tcPr>{''.join(paragraphs)}</w:tc>"


def row(*cells, properties=""):
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def test_tables(word):
    inner = f"<w:tbl>{row(cell(p('Inner.')))}</w:tbl>"
    table = row(cell(p("One."), p("Two."), merge='<w:vMerge w:val="restart"/>'), cell(inner, p("After.")))
    table += row(cell(p("Hidden."), merge="<w:vMerge/>"), cell(p("Last.")))
    table += row(cell(p("Deleted.")), properties="<w:del/>")
    document = word(p("Before.") + f"<w:tbl>{table}</w:tbl>")
    assert pieces(document) == ["Before.", "One.", "Two.", "Inner.", "After.", "Last."]
    assert {item.kind for item in document.paragraphs[1:]} == {"table-cell"}


def reference(kind, number, more="", mark=""):
    return run(f'<w:{kind}Reference w:id="{number}"{more}/>{mark}')


def test_notes_stand_at_the_end_in_order(word):
    notes = (
        f'<w:footnote w:type="separator" w:id="0">{p("---")}</w:footnote>'
        f'<w:footnote w:id="5">{p("First.")}</w:footnote><w:footnote w:id="9">{p("Unused.")}</w:footnote>'
        f'<w:footnote w:id="2">{p("*Typed.")}{p("Goes on.")}</w:footnote>'
        f'<w:footnote w:id="3">{p("Third.")}</w:footnote>'
    )
    ends = f'<w:endnote w:id="5">{p("At the end.")}</w:endnote>'
    star = reference("footnote", 2, ' w:customMarkFollows="1"', "<w:t>*</w:t>")
    body = p("Alpha", pStyle="heading1") + p("One", reference("footnote", 5), " two", star, ".")
    body += p("Beta", pStyle="heading1") + p("Three", reference("endnote", 5), reference("footnote", 3), ".")
    document = word(body, footnotes=notes, endnotes=ends, styles=HEADING)
    assert kinds(document)[1::2][:2] == [("text", "One two."), ("text", "Three.")]
    assert kinds(document)[4:] == [
        ("footnote", "First."), ("footnote", "Typed."), ("footnote", "Goes on."), ("endnote", "At the end."),
        ("footnote", "Third."),
    ]  # fmt: skip
    places = Places(document)
    cited = [places.cite(item.start) for item in document.paragraphs[4:]]
    assert cited == ["“Alpha”, note 1", "“Alpha”, note *", "“Alpha”, note *", "“Beta”, note 1", "“Beta”, note 2"]


def test_a_text_box_is_read_once_after_its_paragraph(word):
    inner = f"<w:txbxContent>{p('In the box.')}</w:txbxContent>"
    choice = f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{inner}</wps:txbx></w:drawing></mc:Choice>'
    fallback = f"<mc:Fallback><w:pict><v:textbox>{inner}</v:textbox></w:pict></mc:Fallback>"
    both = f"<mc:AlternateContent>{choice}{fallback}</mc:AlternateContent>"
    only = f"<mc:AlternateContent><mc:Choice Requires='x'><w:drawing/></mc:Choice>{fallback}</mc:AlternateContent>"
    for box in (both, only):
        document = word(p("Be", run(box), "fore.") + p("After."))
        assert kinds(document) == [("text", "Before."), ("text-box", "In the box."), ("text", "After.")]


def test_tracked_changes_are_accepted(word):
    gone = "<w:del><w:r><w:delText>no </w:delText></w:r></w:del>"
    moved = f"<w:moveFrom>{r('away ')}</w:moveFrom>"
    body = p("I ", f"<w:ins>{r('did ')}</w:ins>", gone, moved, f"<w:moveTo>{r('go')}</w:moveTo>", ".")
    joined = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{r('Half a ')}</w:p>" + p("sentence.")
    assert pieces(word(body + joined)) == ["I did go.", "Half a sentence."]


def field(kind):
    return run(f'<w:fldChar w:fldCharType="{kind}"/>')


def test_fields_show_their_result(word):
    instruction = run("<w:instrText>PAGEREF x</w:instrText>")
    nested = field("begin") + r("3") + field("separate") + r("hidden") + field("end")
    complex_field = field("begin") + instruction + nested + field("separate") + r("see 7") + field("end")
    simple = f'<w:fldSimple w:instr="REF y">{r(", or 8")}</w:fldSimple>'
    assert pieces(word(p("Please ", complex_field, simple, "."))) == ["Please see 7, or 8."]


def test_a_field_over_paragraphs_and_one_without_an_end(word):
    contents = p(field("begin"), run("<w:instrText>TOC</w:instrText>"), field("separate"), "One 1")
    body = contents + p("Two 2", field("end")) + p("Open ", field("begin"), "text.") + p("Kept.")
    assert pieces(word(body)) == ["One 1", "Two 2", "Open text.", "Kept."]


def test_inline_elements(word):
    ruby = f"<w:ruby><w:rt>{r('kan')}</w:rt><w:rubyBase>{r('漢')}</w:rubyBase></w:ruby>"
    inner = (
        f"<w:hyperlink>{r('link')}</w:hyperlink>", f"<w:smartTag>{r(' tag')}</w:smartTag>",
        f"<w:sdt><w:sdtPr/><w:sdtContent>{r(' control')}</w:sdtContent></w:sdt>", run("<w:tab/>"), "x",
        run("<w:noBreakHyphen/>"), "y so", run("<w:softHyphen/>"), "ft ", run('<w:sym w:font="Symbol" w:char="F061"/>'),
        run(ruby), r(" secret", "<w:vanish/>"), r(" shown", '<w:vanish w:val="0"/>'),
        run("<w:commentReference/>"), "<m:oMath><m:r><m:t> a+b</m:t></m:r></m:oMath>",
    )  # fmt: skip
    assert pieces(word(p("<w:r><w:t>A <!-- no --><?no?>word.</w:t></w:r>"))) == ["A word."]
    assert pieces(word(p(*inner))) == ["link tag control x\u2011y soft α漢 shown a+b"]


def test_hidden_by_style(word):
    styles = style("Secret", "<w:rPr><w:vanish/></w:rPr>", kind="character")
    assert pieces(word(p("Seen.", r(" Not.", '<w:rStyle w:val="Secret"/>')), styles=styles)) == ["Seen."]


def test_soft_breaks_and_initials(word):
    verses = p("One line", run("<w:br/>"), "Another line", run("<w:br/>"), "goes on")
    initial = '<w:p><w:pPr><w:framePr w:dropCap="drop"/></w:pPr>' + r("O") + "</w:p>" + p("nce upon a time.")
    assert pieces(word(verses + initial)) == ["One line", "Another line goes on", "Once upon a time."]


def test_pages(word):
    rendered = run("<w:lastRenderedPageBreak/>")
    body = p("One.") + p(run('<w:br w:type="page"/>')) + p(rendered, "Two, ", rendered, "three.")
    table = f"<w:tbl>{row(cell(p('A ', rendered, 'four.')), cell(p('B ', rendered, 'four.')))}</w:tbl>"
    document = word(body + table + p(rendered, "Five."))
    pages = [(anchor.label, document.text[anchor.offset :][:5].strip()) for anchor in document.anchors[1:]]
    assert pages == [("1", "One."), ("2", "Two,"), ("3", "three"), ("4", "four."), ("5", "Five.")]
    assert not [anchor for anchor in word(p("No pages.")).anchors if anchor.kind == "page"]


def test_controls_around_blocks_and_strict_names(tmp_path):
    body = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('Inside.')}</w:sdtContent></w:sdt><w:ins>{p('Inserted.')}</w:ins>"
    assert pieces(opened(tmp_path, docx(body, space=STRICT))) == ["Inside.", "Inserted."]


def test_title_authors_and_language(tmp_path):
    styles = '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="es-PE"/></w:rPr></w:rPrDefault></w:docDefaults>'
    file = tmp_path / "a.docx"
    file.write_bytes(docx(p("Lima"), title="El viaje", styles=styles))
    document = read(file)
    assert (document.title, document.lang) == ("El viaje", "es-PE")
    assert [anchor.label for anchor in document.anchors if anchor.kind == "author"] == ["Rosa Paz"]
    file.write_bytes(docx(p("Lima"), title="Microsoft Word - x.doc"))
    assert read(file).title == "Lima"


def test_odt_text(writer):
    body = (
        '<text:tracked-changes><text:changed-region><text:deletion><text:p>Gone.</text:p></text:deletion>'
        '</text:changed-region></text:tracked-changes><text:h text:outline-level="1">Head</text:h>'
        '<text:p>A<text:s text:c="3"/>b<text:tab/>c\n  d<text:change/> '
        '<text:span text:style-name="S">secret</text:span>'
        "<text:ruby><text:ruby-base>base</text:ruby-base><text:ruby-text>up</text:ruby-text></text:ruby>"
        "<office:annotation><text:p>Comment.</text:p></office:annotation>, <text:a>link</text:a>."
        '<text:hidden-text text:is-hidden="true">x</text:hidden-text></text:p>'
        "<text:p>One line<text:line-break/>Another</text:p>"
        '<text:section text:display="none"><text:p>Hidden.</text:p></text:section>'
        "<text:section><text:p>Section.</text:p></text:section>"
        "<text:table-of-content><text:table-of-content-source><text:index-title-template>Template"
        "</text:index-title-template></text:table-of-content-source><text:index-body><text:p>Head 1</text:p>"
        "</text:index-body></text:table-of-content>"
    )  # fmt: skip
    styles = (
        '<style:style style:name="S" style:family="text"><style:text-properties text:display="none"/></style:style>'
    )
    assert kinds(writer(body, styles=styles)) == [
        ("heading", "Head"), ("text", "A b c d base, link."), ("text", "One line"), ("text", "Another"),
        ("text", "Section."), ("text", "Head 1"),
    ]  # fmt: skip


def test_odt_lists_tables_boxes_and_notes(writer):
    items = "<text:list><text:list-item><text:number>1.</text:number><text:p>One</text:p><text:list><text:list-item>"
    items += "<text:p>Inner</text:p></text:list-item></text:list></text:list-item></text:list>"
    table = (
        '<table:table><table:table-row table:number-rows-repeated="2"><table:table-cell><text:p>Cell</text:p>'
        "</table:table-cell><table:covered-table-cell><text:p>Covered</text:p></table:covered-table-cell>"
        '</table:table-row><table:table-row table:number-rows-repeated="999999999"><table:table-cell/>'
        "</table:table-row></table:table>"
    )
    note = (
        "<text:note text:note-class='{}'><text:note-citation>7</text:note-citation><text:note-body><text:p>{}</text:p>"
    )
    note += "</text:note-body></text:note>"
    box = "<draw:frame><svg:title>Alt</svg:title><draw:text-box><text:p>Boxed</text:p></draw:text-box></draw:frame>"
    body = items + table + f"<text:p>A{note.format('endnote', 'End')}b{box}{note.format('footnote', 'Foot')}.</text:p>"
    document = writer(body)
    assert kinds(document) == [
        ("list-item", "One"), ("list-item", "Inner"), ("table-cell", "Cell"), ("table-cell", "Cell"), ("text", "Ab."),
        ("text-box", "Boxed"), ("endnote", "End"), ("footnote", "Foot"),
    ]  # fmt: skip
    assert [anchor.label for anchor in document.anchors] == ["1", "1"]


def test_odt_styles_pages_and_properties(writer):
    styles = (
        '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Quotations"/>'
        '<style:style style:name="Quotations" style:family="paragraph"/>'
        '<style:style style:name="P2" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/>'
        "</style:style>"
    )
    meta = (
        "<dc:title>El viaje</dc:title><meta:initial-creator>Rosa Paz</meta:initial-creator><dc:creator>X</dc:creator>"
    )
    body = '<text:p text:style-name="P1">One <text:soft-page-break/>two.</text:p>'
    body += '<text:p text:style-name="P2">Three.</text:p>'
    document = writer(body, styles=styles, meta=meta)
    assert kinds(document) == [("quotation", "One two."), ("text", "Three.")]
    assert document.title == "El viaje"
    marks = [(anchor.kind, anchor.label, document.text[anchor.offset :][:4]) for anchor in document.anchors]
    assert marks == [
        ("author", "Rosa Paz", "One "),
        ("page", "1", "One "),
        ("page", "2", "two."),
        ("page", "3", "Thre"),
    ]


def test_flat_odf_and_wrong_suffixes(tmp_path):
    flat = (
        f'<?xml version="1.0"?>\n<office:document {ODF_SPACES} office:mimetype="{TEXT}"><office:body><office:text>'
        "<text:p>Flat.</text:p></office:text></office:body></office:document>"
    )
    for name in ("a.fodt", "a.txt", "a.xml"):
        assert pieces(opened(tmp_path, flat.encode(), name)) == ["Flat."]
    for name in ("a.txt", "a.odt", "a.doc", "a"):
        assert pieces(opened(tmp_path, docx(p("Word.")), name)) == ["Word."]
        assert pieces(opened(tmp_path, odt("<text:p>Writer.</text:p>"), name)) == ["Writer."]


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("a.docx", b"", "the file is empty"),
        ("a.docx", docx(p("Text."))[:300], "damaged or cut off"),
        ("a.docx", b"Only text.", r"no \.docx file.*rename it to \.txt"),
        ("a.docx", packed({"a": "b"}), r"lacks its part word/document\.xml"),
        ("a.docx", OLE + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("a.odt", odt("", manifest="<manifest><encryption-data/></manifest>"), "encrypted"),
        ("a.docx", docx("<w:p>"), r"text/main\.xml is not well-formed XML"),
        ("a.docx", docx("").replace(b"text/main", b"text/nain"), "damaged|lacks"),
        ("a.odt", packed({"mimetype": TEXT}), r"lacks its part content\.xml"),
        ("a.fodt", b"<a/>", "holds no text"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_why_in_one_line(tmp_path, name, data, problem):
    with pytest.raises(ReadError, match=problem) as raised:
        opened(tmp_path, data, name)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(("name", "data"), [("a.doc", OLE), ("a.rtf", b"{\\rtf1 a}"), ("a.docx", b"{\\rtf1 a}")])
def test_old_formats_are_to_be_saved_as_docx(tmp_path, name, data):
    with pytest.raises(UnsupportedFile, match=r"save it as \.docx"):
        opened(tmp_path, data, name)


def test_entities_are_refused(tmp_path):
    bomb = '<!DOCTYPE w:document [<!ENTITY a "aaaa">]><w:document xmlns:w="urn:w">&a;</w:document>'
    with pytest.raises(ReadError, match="declares XML entities"):
        opened(tmp_path, packed({"word/document.xml": bomb}))


def test_more_tags_than_memory_holds_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("bialign.readers.xml.TAGS", 1000)
    with pytest.raises(ReadError, match="XML tags: is it really a text"):
        opened(tmp_path, docx("<w:p/>" * 1000))


def test_deeply_nested_tables_and_long_accented_paths(tmp_path):
    body = p("Deep.")
    for _ in range(60):
        body = f"<w:tbl>{row(cell(body))}</w:tbl>"
    folder = tmp_path / ("ñandú " * 20).strip() / ("más allá " * 15).strip()
    folder.mkdir(parents=True)
    assert pieces(opened(folder, docx(body), "canción.docx")) == ["Deep."]


MARKDOWN = """---
title: A *Voyage*
---

# One

It was late[^1] and *cold*.

- first
- second
    1. inner

| a | b |
|---|---|
| c | d |

> Quoted.

[^1]: A note.
"""


@pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")
@pytest.mark.parametrize("suffix", ["docx", "odt"])
def test_documents_made_by_pandoc(tmp_path, suffix):
    file = tmp_path / f"a.{suffix}"
    subprocess.run(["pandoc", "-f", "markdown", "-o", file], input=MARKDOWN.encode(), check=True, timeout=60)
    document = read(file)
    assert kinds(document) == [
        ("title", "A Voyage"), ("heading", "One"), ("text", "It was late and cold."), ("list-item", "first"),
        ("list-item", "second"), ("list-item", "inner"), *(("table-cell", text) for text in "abcd"),
        ("quotation", "Quoted."), ("footnote", "A note."),
    ]  # fmt: skip
    assert document.title == "A Voyage"
