"""Web pages, e-books and Markdown: what is text in them, what kind of text, and what can be cited."""

import time
import zipfile

import pytest

from bialign.errors import ReadError
from bialign.readers import read
from bialign.readers.pandoc import as_commonmark
from packages import packed

PAGE = """<!doctype html>
<html lang="es-PE"><head><title>La niña del faro - Diario Ñ</title><meta name="author" content="Ana Paz">
<style>p {{ color: red }}</style></head><body>{body}</body></html>"""


def paragraphs(document):
    return [(item.kind, document.text[item.start : item.stop]) for item in document.paragraphs]


def texts(document):
    return [text for _, text in paragraphs(document)]


def anchors(document, kind):
    return [(anchor.label, document.text[anchor.offset :][:6]) for anchor in document.anchors if anchor.kind == kind]


@pytest.fixture
def page(tmp_path):
    def make(body, name="niña.html", encoding="utf-8"):
        file = tmp_path / name
        file.write_bytes(PAGE.format(body=body).encode(encoding))
        return read(file)

    return make


def test_kinds_of_paragraphs(page):
    document = page(
        "<h1>La niña</h1><p>Era  tarde\n y <b>el</b> <i>mar</i>&nbsp;dormía.</p>Suelto<ul><li>Uno<li><p>Dos</p>"
        "<p>Más</p></ul><table><caption>Cuadro</caption><tr><th>A<td><p>b</p></table><blockquote><p>Cita</p></blockquote>"
        "<dl><dt>Sol<dd>Estrella</dl><pre>x = 1</pre><figure><img alt='no'><figcaption>Pie</figcaption></figure>"
    )
    assert paragraphs(document) == [
        ("heading", "La niña"), ("text", "Era tarde y el mar dormía."), ("text", "Suelto"), ("list-item", "Uno"),
        ("list-item", "Dos"), ("list-item", "Más"), ("caption", "Cuadro"), ("table-cell", "A"), ("table-cell", "b"),
        ("quotation", "Cita"), ("text", "Sol"), ("text", "Estrella"), ("code", "x = 1"), ("caption", "Pie"),
    ]  # fmt: skip
    assert (document.title, document.lang) == ("La niña", "es-PE")
    assert anchors(document, "author") == [("Ana Paz", "La niñ")]


def test_inline_elements_make_no_words(page):
    assert texts(page("<p>in<b>cre</b>íble<!-- no --> co<wbr>sa<span hidden>X</span> <q>ya</q></p>")) == [
        "increíble cosa “ya”"
    ]


def test_line_breaks(page):
    document = page("<p>Caminante, son tus huellas<br>el camino y nada más;<br/>Caminante, no hay camino</p>")
    assert texts(document) == ["Caminante, son tus huellas el camino y nada más;", "Caminante, no hay camino"]


def test_the_site_around_the_text_is_left_out(page):
    document = page(
        """<a class="skip-link" href="#m">Saltar al contenido</a>
        <header><a href="/">Diario Ñ</a><nav><ul><li><a href="a">Inicio</a></li></ul></nav></header>
        <div class="breadcrumb"><a href="x">Inicio</a> &gt; <a href="y">Cultura</a></div>
        <div id="cookie-banner">Usamos cookies. <button>Aceptar</button></div>
        <div class="content"><h1>La niña del faro</h1><p>Era tarde. <a href="b">Un enlace</a> queda.</p>
        <div class="share-buttons"><a href="f">Compartir</a></div>
        <ul><li><a href="1">Un libro citado</a></li><li><a href="2">Otro libro</a></li></ul></div>
        <div class="sidebar"><h3>Lo más leído</h3><ul><li><a href="3">Suben las aguas</a></li>
        <li><a href="4">Bajan los precios</a></li></ul></div>
        <footer>© 2020 Diario Ñ. <a href="z">Aviso legal</a></footer><script>var a = "no";</script>"""
    )
    assert texts(document) == [
        "La niña del faro", "Era tarde. Un enlace queda.", "Un libro citado", "Otro libro",
    ]  # fmt: skip


def test_the_main_part_is_taken_where_it_holds_the_text(page):
    long = "Era tarde y el mar dormía. " * 5
    document = page(f"<div>Última hora: llueve</div><main><header><h1>Título</h1></header><p>{long}</p></main>")
    assert texts(document) == ["Título", long.strip()]
    document = page(f"<p>{long}</p><main><p>Poco.</p></main>")
    assert texts(document) == [long.strip(), "Poco."]


def test_headings_that_link_to_themselves(page):
    body = '<h2 id="a"><a class="header" href="#a">El faro</a></h2><h3>Uno<a class="headerlink" href="#b">¶</a></h3>'
    body += "<p>Texto.</p><h3>Dos <a class='mark' href='#c'>#</a></h3>"
    assert texts(page(body)) == ["El faro", "Uno", "Texto.", "Dos"]


def test_navigation_of_docbook(page):
    nav = "<div class='nav{}'><table><tr><th>El faro<tr><td><a href='b.html'>Siguiente</a></table></div>"
    assert texts(page(nav.format("header") + "<p>Texto.</p>" + nav.format("footer"))) == ["Texto."]


def test_lines_of_code_stay_lines(page):
    assert texts(page("<pre>let a = 1;\nprint(a)\n  end</pre>")) == ["let a = 1;", "print(a)", "end"]


def test_prose_is_never_left_out_for_its_name(page):
    long = "Era tarde y el mar dormía, como si nunca hubiera habido nadie en aquella orilla. " * 12
    for body in (f'<div class="sidebar"><p>{long}</p></div>', f"<footer><p>{long}</p></footer>", f"<nav>{long}</nav>"):
        assert texts(page(body)) == [long.strip()]


def test_a_title_block_is_no_head_of_a_site(page):
    assert texts(page("<header><h1>El faro</h1><p>Ana Paz</p></header><h1>Uno</h1><p>Era tarde.</p>")) == [
        "El faro", "Ana Paz", "Uno", "Era tarde.",
    ]  # fmt: skip


def test_notes_are_paragraphs_and_their_marks_are_no_text(page):
    document = page(
        """<p>Uno<sup><a href="#n1">1</a></sup> y dos<a href="#n2" class="footnote-ref">[2]</a> y
        <a href="#x">tres</a>.</p><section class="footnotes"><ol start="1">
        <li id="n1"><p>Primera. <a href="#r1">↩︎</a></p></li><li id="n2">Segunda.</li></ol></section>"""
    )
    assert paragraphs(document) == [("text", "Uno y dos y tres."), ("footnote", "Primera."), ("footnote", "Segunda.")]
    assert anchors(document, "note") == [("1", "Primer"), ("2", "Segund")]


def test_the_space_before_the_mark_of_a_note_goes_with_it(page):
    document = page(
        """<p>Uno <a href="#n1" class="footnote"><sup class="footnote">[1]</sup></a>. Dos
        <sup><a href="#n2">2</a></sup> y tres <b>.</b></p><p>Cuatro <sup><a href="#n2">2</a></sup></p><p>.</p>"""
    )
    assert texts(document) == ["Uno. Dos y tres .", "Cuatro", "."]


def test_pages_in_mid_sentence(page):
    document = page('<p>El mar <span role="doc-pagebreak" aria-label="12"></span>dormía.</p>')
    assert texts(document) == ["El mar dormía."]
    assert anchors(document, "page") == [("12", "dormía")]


def test_the_encoding_a_page_states(tmp_path):
    file = tmp_path / "viejo.html"
    body = '<meta charset="{}"><p>El señor Ibáñez comió “pan” aquí.</p>'
    for stated, encoding in (
        ("windows-1252", "cp1252"),
        ("utf-8", "cp1252"),
        ("macintosh", "mac_roman"),
        ("x", "utf-8"),
    ):
        file.write_bytes(body.format(stated).encode(encoding))
        assert texts(read(file)) == ["El señor Ibáñez comió “pan” aquí."], stated


def test_a_page_is_told_by_its_content(page):
    assert texts(page("<p>Hola.</p>", name="pagina.txt")) == ["Hola."]


@pytest.mark.parametrize("data", [b"", b"   ", b"<html></html>", b"<!doctype html>", b"<p>"])
def test_pages_without_text(tmp_path, data):
    file = tmp_path / "nada.html"
    file.write_bytes(data)
    assert read(file).paragraphs == ()


def test_monsters_of_markup(tmp_path):
    file = tmp_path / "monstruo.html"
    for body in (
        "<div>" * 10_000 + "fin",
        "<b>" * 50_000,
        "&lt;" * 100_000,
    ):
        file.write_text(f"<html><body><p>Uno.</p>{body}", encoding="utf-8")
        assert texts(read(file))[:1] == ["Uno."]
    file.write_text('<html><body><p title="' + "x" * 20_000_000 + '">fin</p>', encoding="utf-8")
    with pytest.raises(ReadError, match="a tag has more than"):
        read(file)


MARKDOWN = """---
title: El viaje
author: [Ana Paz, Luis Rey]
lang: es-PE
---
# Capítulo I {#uno .sin-numero}

Era *tarde*[^1] y la línea
sigue aquí.

- Uno
- Dos

> Cita

| A | B |
|---|---|
| c | d |

Sol
:   Una estrella.

[^1]: La nota.
"""


def test_markdown(tmp_path):
    file = tmp_path / "viaje.md"
    file.write_text(MARKDOWN, encoding="utf-8")
    document = read(file)
    assert paragraphs(document) == [
        ("heading", "Capítulo I"), ("text", "Era tarde y la línea sigue aquí."), ("list-item", "Uno"),
        ("list-item", "Dos"), ("quotation", "Cita"), ("table-cell", "A"), ("table-cell", "B"), ("table-cell", "c"),
        ("table-cell", "d"), ("text", "Sol"), ("text", "Una estrella."), ("footnote", "La nota."),
    ]  # fmt: skip
    assert (document.title, document.lang) == ("El viaje", "es-PE")
    assert [label for label, _ in anchors(document, "author")] == ["Ana Paz", "Luis Rey"]
    assert anchors(document, "note") == [("1", "La not")]


def test_a_rule_at_the_top_is_no_front_matter(tmp_path):
    file = tmp_path / "a.md"
    for head in ("---\nSolo texto\n---\n", "---\n[a: b\n---\n", "---\n"):
        file.write_text(head + "\nEra tarde.\n", encoding="utf-8")
        assert texts(read(file))[-1] == "Era tarde."


CONTAINER = """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="OEBPS/libro.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
OPF = """<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>El faro</dc:title><dc:creator>Ana Paz</dc:creator>
<dc:language>es</dc:language></metadata><manifest>
<item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="t" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
<item id="b" href="texto/dos%20.xhtml" media-type="application/xhtml+xml"/>
<item id="a" href="texto/uno.xhtml" media-type="application/xhtml+xml"/>
<item id="i" href="a.png" media-type="image/png"/></manifest>
<spine toc="t"><itemref idref="n"/><itemref idref="a"/><itemref idref="b"/><itemref idref="i"/></spine></package>"""
NAV = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>
<nav epub:type="toc"><ol><li><a href="texto/uno.xhtml">I</a></li><li><a href="texto/dos%20.xhtml#dos">La vuelta</a></li>
</ol></nav><nav epub:type="page-list"><ol><li><a href="texto/dos%20.xhtml#p9">9</a></li></ol></nav></body></html>"""
UNO = """<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"
xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head><body><h1>I</h1>
<p>El mar&nbsp;dormía<a epub:type="noteref" href="#n">*</a>.<script src="a.js"/></p>
<aside epub:type="footnote" id="n"><p>Una nota.</p></aside></body></html>"""
DOS = '<html><body><p>Antes.</p><h1 id="dos">La vuelta</h1><p>Nadie <span id="p9"></span>vino.<br></p></body></html>'


def book(folder, **changes):
    parts = {
        "mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER, "OEBPS/libro.opf": OPF,
        "OEBPS/nav.xhtml": NAV, "OEBPS/texto/uno.xhtml": UNO, "OEBPS/texto/dos .xhtml": DOS,
    }  # fmt: skip
    file = folder / "el faro.epub"
    file.write_bytes(packed({name: text for name, text in (parts | changes).items() if text is not None}))
    return file


def test_an_epub_in_reading_order(tmp_path):
    document = read(book(tmp_path))
    assert paragraphs(document) == [
        ("heading", "I"), ("text", "El mar dormía."), ("text", "Antes."), ("heading", "La vuelta"),
        ("text", "Nadie vino."), ("footnote", "Una nota."),
    ]  # fmt: skip
    assert (document.title, document.lang) == ("El faro", "es")
    assert anchors(document, "chapter") == [("I", "I\nEl m"), ("La vuelta", "La vue")]
    assert anchors(document, "page") == [("9", "vino.\n")]


def test_an_epub_is_told_by_its_content(tmp_path):
    assert read(book(tmp_path).rename(tmp_path / "libro.txt")).title == "El faro"


def test_an_epub_packed_with_the_folder_it_was_in(tmp_path):
    whole = book(tmp_path)
    with zipfile.ZipFile(whole) as package:
        parts = {f"el faro/{name}": package.read(name) for name in package.namelist()}
    again = tmp_path / "de nuevo.epub"
    again.write_bytes(packed({"el faro/": "", **parts}))
    assert paragraphs(read(again)) == paragraphs(read(whole))


ENCRYPTED = """<encryption xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData>
<enc:EncryptionMethod Algorithm="{}"/></enc:EncryptedData></encryption>"""


def test_a_protected_epub(tmp_path):
    with pytest.raises(ReadError, match="protected against copying"):
        read(
            book(
                tmp_path, **{"META-INF/encryption.xml": ENCRYPTED.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc")}
            )
        )
    fonts = ENCRYPTED.format("http://www.idpf.org/2008/embedding")
    assert read(book(tmp_path, **{"META-INF/encryption.xml": fonts})).title == "El faro"


@pytest.mark.parametrize(
    ("part", "text", "problem"),
    [
        ("META-INF/container.xml", None, "lacks its part META-INF/container.xml"),
        ("META-INF/container.xml", "<container/>", "lacks its part content.opf"),
        ("OEBPS/libro.opf", "<package", "OEBPS/libro.opf is not well-formed XML"),
        ("OEBPS/texto/uno.xhtml", None, "lacks its part OEBPS/texto/uno.xhtml"),
    ],
)
def test_a_damaged_epub_is_one_line(tmp_path, part, text, problem):
    with pytest.raises(ReadError, match=problem):
        read(book(tmp_path, **{part: text}))


def test_code_keeps_its_quotes(tmp_path):
    file = tmp_path / "a.md"
    file.write_text('# A "title"\n\nIt\'s "so".\n\n```\nsay "it\'s"\n```\n\n"End."\n', encoding="utf-8")
    document = read(file, lang="en", also=("quotes",))
    texts = [document.text[item.start : item.stop] for item in document.paragraphs]
    assert texts == ["A “title”", "It’s “so”.", 'say "it\'s"', "“End.”"]


PANDOC = """\
% La niña
  del faro
% Ana Paz; Luis Ríos

| Caminante, son tus huellas
| El camino y *nada* más;

  Nombre     Edad
--------   ------
  Ana          12
  Luis          7

Table:  Quiénes son.

-------------------------
 Día      Qué hizo
 hoy
-------- ----------------
 Lunes    Subió, y luego
          bajó.

 Martes   Nada.
-------------------------

+--------+-------+
| Fruta  | Peso  |
+========+=======+
| Pera   | - uno |
|        | - dos |
+--------+-------+

: Una tabla dibujada

| a | b |
|---|---|
| c | d |

(@) Primero
(@b) Segundo

i. uno
ii. dos

::: {.aviso}
Dentro, H~2~O y [nombres]{.smallcaps} con `código`{.py} ~~no~~.
:::

![Un pie](a.png)

- [x] hecho

\\newpage

A. Paz vino.
"""


def test_what_pandoc_adds_to_markdown(tmp_path):
    file = tmp_path / "a.md"
    file.write_text(PANDOC, encoding="utf-8")
    document = read(file)
    assert document.title == "La niña del faro"
    assert [label for label, _ in anchors(document, "author")] == ["Ana Paz", "Luis Ríos"]
    cells = "Nombre|Edad|Ana|12|Luis|7", "Día hoy|Qué hizo|Lunes|Subió, y luego bajó.|Martes|Nada.", "Fruta|Peso|Pera"
    cells = [[("table-cell", cell) for cell in row.split("|")] for row in cells]
    assert paragraphs(document) == [
        ("title", "La niña del faro"), ("verse", "Caminante, son tus huellas"), ("verse", "El camino y nada más;"),
        *cells[0], ("caption", "Quiénes son."), *cells[1], *cells[2], ("table-cell", "uno"), ("table-cell", "dos"),
        ("caption", "Una tabla dibujada"), *(("table-cell", cell) for cell in "abcd"), ("list-item", "Primero"),
        ("list-item", "Segundo"), ("list-item", "uno"), ("list-item", "dos"),
        ("text", "Dentro, H2O y nombres con código no."), ("caption", "Un pie"), ("list-item", "hecho"),
        ("text", "A. Paz vino."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "A. Paz vino.\n",
        "i. e. nada\n",
        "a < b | c > d\n",
        "```\n(@) x\n+---+\n| a |\n+---+\n```\n",
        "Uno -- dos -- tres\n",
        "x ~ y ~ z y 2 ^ 3 ^ 4\n",
        "::: no cierra nada, dice\n",
        ": no es un pie\n",
        "+ una\n+ otra\n",
    ],
)
def test_what_only_looks_like_pandoc(text):
    assert as_commonmark(text) == text


def test_monsters_of_pandoc():
    for piece in ("| a\n", "+--+\n", "--- ---\n", "(@) a\n", "i. a\n\n", "~a", "^a", "[a", ":::\n", "a  b\n--- ---\n"):
        began = time.process_time()
        as_commonmark(piece * 20_000)
        assert time.process_time() - began < 3, piece
