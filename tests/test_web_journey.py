"""The whole way, from two Word files to a translation memory, by mouse and by keys alone; and what the pages must never
do: lose work, run what a text holds, ask another machine, or keep anybody out by how they are made."""

import base64
import contextlib
import os
import re
import subprocess
import sys
from html import escape
from pathlib import Path

import pytest

from bialign.bitext import Document
from bialign.corpus import Corpus
from bialign.store import Pair
from bialign.termbase import Concept, Term, Termbase
from bitexts import glossary
from conftest import REPOSITORY
from packages import packed
from test_web_pages import Window, browser, expect  # noqa: F401
from web import PAGES_SHOWN, TOKEN, make_corpus, serving

STORY = (
    "The Ferry\n\nThe ferry to the island left at seven every morning. Nobody knew who had built it. "
    "Old Inés sold the tickets from a wooden box. In winter she wore two coats.\n\n"
    "One day the ferry did not come back. The fishermen looked for it until dusk.",
    "El transbordador\n\nEl transbordador a la isla salía a las siete cada mañana. Nadie sabía quién lo había "
    "construido. La vieja Inés vendía los billetes desde una caja de madera. En invierno llevaba dos abrigos.\n\n"
    "Un día el transbordador no volvió. Los pescadores lo buscaron hasta el anochecer.",
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"


def word_file(text):
    """Make a Word document, a paragraph for each of the text's."""
    paragraphs = "".join(f"<w:p><w:r><w:t>{escape(one)}</w:t></w:r></w:p>" for one in text.split("\n\n"))
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    return packed(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "_rels/.rels": f'<Relationships xmlns="{relations}"><Relationship Id="r1" Type="{OFFICE}" '
            'Target="word/document.xml"/></Relationships>',
            "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{paragraphs}</w:body></w:document>',
        }
    )


@pytest.fixture
def files(tmp_path):
    """Give the folder with the two Word files."""
    folder = tmp_path / "mis textos ñ"
    folder.mkdir()
    for lang, text in zip(("en", "es"), STORY, strict=True):
        (folder / f"ferry.{lang}.docx").write_bytes(word_file(text))
    return folder


DROP = """(files) => {
  const dropped = new DataTransfer();
  for (const [name, data] of files) {
    dropped.items.add(new File([Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0))], name));
  }
  const event = new DragEvent("drop", { dataTransfer: dropped, bubbles: true, cancelable: true });
  document.querySelector("#drop").dispatchEvent(event);
}"""


def is_memory(path):
    text = Path(path).read_text(encoding="utf-8")
    assert "<tmx" in text and "transbordador" in text
    return text.count("<tu ") + text.count("<tu>")


def ready(page, path):
    page.wait_for_url(path)
    page.locator("html[data-ready]").wait_for()


def local(window):
    """Tell that nothing was asked of another machine, and nothing went wrong in the page."""
    assert not window.complaints
    assert [url for url in window.asked if not url.startswith((f"{window.address}/", f"blob:{window.address}/"))] == []


def test_the_whole_way_by_mouse(browser, files, tmp_path):  # noqa: F811
    with serving(None, tmp_path) as address:
        window = Window(browser, address)
        page = window.page
        page.get_by_role("link", name="Import").click()
        ready(page, "**/import")
        pair = [(file.name, base64.b64encode(file.read_bytes()).decode()) for file in sorted(files.iterdir())]
        page.evaluate(DROP, pair)
        expect(page.locator(".card h3").first).to_have_text("ferry.en.docx")
        page.locator("#align").click()
        # what came of it is told before anything else
        expect(page.locator("#report-title")).to_have_text("“ferry” is in the corpus")
        expect(page.locator("#sides")).to_contain_text("ferry.es.docx")
        page.locator("#report").get_by_role("link", name="Review").click()
        ready(page, "**/text/1")
        expect(page.locator(".bead").nth(1)).to_contain_text("The ferry to the island")
        page.locator(".bead .seg").nth(2).click()
        page.get_by_role("toolbar").get_by_role("button", name="Merge").click()
        page.get_by_role("toolbar").get_by_role("button", name="Confirm").click()
        expect(page.locator("#reviewed span")).to_have_text(re.compile("^1 of"))
        page.get_by_role("link", name="Documents").click()
        ready(page, "**/documents")
        expect(page.locator("#totals")).to_contain_text("words")
        expect(page.locator(".doc .far")).to_contain_text("reviewed: 1 of")
        page.get_by_role("button", name="Remove ferry").click()
        expect(page.locator(".doc")).to_have_count(0)
        page.locator("#toasts").get_by_role("button", name="Undo").click()
        expect(page.locator(".doc .far")).to_contain_text("reviewed: 1 of")
        page.get_by_role("link", name="Export ferry").click()
        ready(page, "**/export?text=1")
        with page.expect_download() as downloaded:
            page.get_by_role("button", name="Export").click()
        downloaded.value.save_as(tmp_path / "saved.tmx")
        assert downloaded.value.suggested_filename == "ferry.tmx"
        expect(page.locator("#notes")).to_contain_text("ferry")
        expect(page.locator("#checks")).to_contain_text("no program should mind")
        local(window)
        window.close()
    assert is_memory(tmp_path / "saved.tmx") >= 6


def tab_to(page, selector, most=60):
    """Go on with the tabulator until an element is reached; that it can be is what is tested."""
    for _ in range(most):
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no key leads to {selector}")


def test_the_whole_way_by_keys_alone(browser, files, tmp_path):  # noqa: F811
    with serving(None, tmp_path) as address:
        window = Window(browser, address, locale="es")
        page = window.page
        tab_to(page, "[data-t=nav_import]")
        window.press("Enter")
        ready(page, "**/import")
        tab_to(page, "#choose")
        with page.expect_file_chooser() as chooser:
            window.press("Space")
        chooser.value.set_files(sorted(files.iterdir()))
        # the cursor is where one goes on
        expect(page.locator("#name")).to_be_focused()
        page.keyboard.type(" at dawn")
        window.press("Enter")
        expect(page.locator("#report")).to_be_focused()
        tab_to(page, '#report a[href="/text/1"]')
        window.press("Enter")
        ready(page, "**/text/1")
        window.press("Enter")
        window.is_on("^Bead 2,")
        window.press("m", "z")
        window.is_on("^Bead 2, 1–1")
        page.locator("body").press("Escape")
        tab_to(page, "[data-t=nav_export]", 90)
        window.press("Enter")
        ready(page, "**/export")
        tab_to(page, "input[name=format]")
        window.press("ArrowDown", "ArrowUp")
        assert page.locator("input[name=format]:checked").get_attribute("value") == "tmx"
        tab_to(page, "#go")
        with page.expect_download() as downloaded:
            window.press("Enter")
        downloaded.value.save_as(tmp_path / "saved.tmx")
        expect(page.locator("#report")).to_be_focused()
        local(window)
        window.close()
    assert is_memory(tmp_path / "saved.tmx") >= 6


# --- nothing is lost ---


@contextlib.contextmanager
def started(corpus, port=""):
    """Start the command as a person does; give the process and the address it tells."""
    command = [sys.executable, "-m", "bialign", "serve", str(corpus), "--no-browser"]
    command += ["--port", port] if port else []
    environment = {**os.environ, "BIALIGN_LANG": "en", "PYTHONPATH": str(REPOSITORY / "src")}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment)
    try:
        yield process, re.search(r"http://\S+", process.stdout.readline())[0]
    finally:
        process.kill()
        process.wait(10)
        process.stdout.close()


def test_what_was_done_outlives_a_server_that_is_killed_and_can_be_undone(browser, tmp_path):  # noqa: F811
    corpus = make_corpus(tmp_path / "cuentos.bialign")
    context = browser.new_context()
    page = context.new_page()
    with started(corpus) as (process, address):
        page.goto(address.replace("/?", "/text/1?"))
        page.locator("html[data-ready]").wait_for()
        # as fast as a person can: what is typed before the field is there does nothing
        for key in ("Enter", "m", "c", "x", "s"):
            page.keyboard.press(key)
        page.locator("dialog textarea").wait_for()
        page.keyboard.type("¿Seguro?")
        page.keyboard.press("Control+Enter")
        expect(page.locator(".bead.current")).to_have_attribute(
            "aria-label", re.compile("2–2.*confirmed.*with a comment")
        )
        # no goodbye: SIGKILL, or what Windows has for it
        process.kill()
        process.wait(10)
    with Corpus(corpus) as opened:
        assert not opened.check()
        assert [entry.event.what for entry in opened.history()] == ["comment", "merge", "judge", "add"]
    port = re.search(r":(\d+)/", address)[1]
    with started(corpus, port) as (_, address):
        page.goto(address.replace("/?", "/text/1?"))
        page.locator("html[data-ready]").wait_for()
        for told in ("comment", "beads merged"):
            page.keyboard.press("z")
            page.locator("#toasts").get_by_text(told).wait_for()
        expect(page.locator(".bead").nth(1)).to_have_attribute("aria-label", re.compile("^Bead 2, 1–1"))
    context.close()
    with Corpus(corpus) as opened:
        assert {bead.type for bead in opened.beads("tale")} == {"1-1"}


# --- what a text holds is text ---

EVIL = (
    "<script>evil()</script><img src=x onerror=evil()>",
    '"><svg onload=evil()><a href="javascript:evil()">x</a>',
    "{{constructor.constructor('evil()')()}} ${evil()} <!-- ]]> </textarea></title></script>",
)


def test_what_texts_names_and_files_hold_never_becomes_a_part_of_the_page(browser, tmp_path):  # noqa: F811
    path = tmp_path / "evil.bialign"
    with Corpus.create(path, title=EVIL[0], who=EVIL[1]) as made:
        sides = tuple(Document(EVIL[0] + lang, lang, EVIL[1], "", origin=EVIL[2]) for lang in ("en", "es"))
        made.add_pairs(EVIL[0], (Pair((one,), (one,), 0.3) for one in EVIL), documents=sides)
        made.comment(1, EVIL[1])
        made.make_null(2, EVIL[2])
        made.annotate(1, "omission", who=EVIL[0], note=EVIL[1])
        terms = (Term(EVIL[0], "en", note=EVIL[1]), Term(EVIL[1], "es"), Term("evil", "en"), Term(EVIL[2], "es"))
        said = {"en": EVIL[0], "es": EVIL[2]}
        concepts = (Concept(EVIL[0], EVIL[1], said, terms, EVIL[0], said), Concept("b", EVIL[2], {}, terms[2:3]))
        made.set_glossary(Termbase(("en", "es"), concepts))
    names = [(f"{EVIL[0]}.txt".replace("/", "_"), base64.b64encode(EVIL[0].encode()).decode())]
    names += [("<img src=x onerror=evil()>.tmx", base64.b64encode(b"<tmx>\x01<script>").decode())]
    with serving(path, tmp_path) as address:
        window = Window(browser, address)
        page = window.page
        page.context.add_init_script("window.ran = []; window.evil = () => window.ran.push(location.href);")
        glossary_pages = ("/glossary", "/glossary?view=check", "/glossary?view=candidates")
        searches = ("/concordance?q=evil", "/concordance?q=evil&view=renderings")
        for name in (
            "/",
            "/documents",
            "/import?text=1",
            "/export?text=1",
            "/text/1#1",
            "/annotate",
            *glossary_pages,
            *searches,
        ):
            page.goto(f"{address}{name}")
            page.locator("html[data-ready]").wait_for()
            if name == "/glossary":
                page.locator("#list .row-of").first.click()
                expect(page.locator("#right input").first).to_have_value(EVIL[0])
            if "view=c" in name:
                PAGES_SHOWN[name.partition("=")[2]].enter(page)
            if name.startswith("/concordance"):
                expect(page.locator("main")).to_contain_text("12 of 12 hits" if "view" in name else "<script>")
            if name.startswith("/import"):
                page.evaluate(DROP, names)
                expect(page.locator("#doctor-name")).to_contain_text("<img src=x")
            if name.startswith("/export"):
                page.locator("#go").click()
                expect(page.locator("#notes")).to_contain_text("<script>evil()")
            if name.startswith("/text"):
                window.press("h")
                expect(page.locator("#panel li").first).to_be_visible()
                window.press("Escape", "e")
            assert page.evaluate("window.ran") == []
            strangers = "body script, body img, [onload], [onerror], a[href^='javascript']"
            assert page.locator(strangers).count() == 0, name
            assert "<script>" in page.locator("body").inner_text() or "view=" in name
        assert [one for one in window.complaints if "did not load" not in one] == []
        window.close()


def test_the_browser_itself_makes_no_markup_of_strings(browser, tmp_path):  # noqa: F811
    with serving(make_corpus(tmp_path / "a.bialign"), tmp_path) as address:
        window = Window(browser, address)
        tried = window.page.evaluate(
            """() => {
              const tried = [() => { document.body.innerHTML = "<b>x</b>"; }, () => document.write("<b>x</b>")];
              return tried.map((one) => { try { one(); return "done"; } catch (error) { return error.name; } });
            }"""
        )
        assert "done" not in tried
        window.close()


# --- others come in by the password, in their language ---


def test_the_password_is_asked_for_and_leads_to_where_one_was_going(browser, tmp_path):  # noqa: F811
    corpus = make_corpus(tmp_path / "a.bialign")
    with serving(corpus, tmp_path, host="0.0.0.0", password="tres tristes tigres") as address:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{address}/text/1")
        ready(page, "**/login?to=/text/1")
        page.get_by_role("button", name="Español").click()
        page.get_by_label("Contraseña").fill("abracadabra")
        page.keyboard.press("Enter")
        expect(page.locator("#login-error")).to_have_text("esa no es la contraseña")
        expect(page.get_by_role("button", name="Espere")).to_be_disabled()
        page.get_by_role("button", name="Entrar").wait_for()
        page.get_by_label("Contraseña").fill("tres tristes tigres")
        page.keyboard.press("Enter")
        ready(page, f"{address}/text/1")
        page.keyboard.press("Enter")
        expect(page.locator("#reviewed span")).to_have_text("1 de 9")
        page.goto(address)
        page.get_by_role("button", name="Salir").click()
        page.wait_for_url("**/login")
        page.goto(f"{address}/documents")
        page.wait_for_url("**/login?to=/documents")
        # an address that somebody made up leads to no other site
        for forged in ("//evil.example/", "https://evil.example/", "/\\evil.example"):
            page.goto(f"{address}/login?to={forged}")
            page.locator("html[data-ready]").wait_for()
            page.locator("#password").fill("tres tristes tigres")
            page.keyboard.press("Enter")
            ready(page, f"{address}/")
            page.context.clear_cookies()
        context.close()


# --- for everybody ---


@pytest.fixture(scope="module")
def axe():
    """Give the accessibility checks of axe-core, as a script."""
    package = pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    return Path(package.__file__).with_name("axe.min.js").read_text(encoding="utf-8")


LOOK = """async (whole) => {
  const every = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };
  const runOnly = whole ? every : { type: "rule", values: ["color-contrast"] };
  const found = await axe.run(document, { resultTypes: ["violations"], runOnly });
  return found.violations.filter((one) => ["serious", "critical"].includes(one.impact))
    .map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`);
}"""


@pytest.mark.parametrize("name", PAGES_SHOWN)
def test_axe_finds_nothing_serious_on_any_page(browser, axe, tmp_path, name):  # noqa: F811
    shown = PAGES_SHOWN[name]
    corpus = make_corpus(tmp_path / "a.bialign")
    with Corpus(corpus) as opened:
        opened.judge([1], "confirmed")
        opened.judge([2], "doubtful")
        opened.make_null(5, "free")
        opened.set_glossary(glossary())
    with serving(corpus if shown.corpus else None, tmp_path, password="x" * 20 if shown.guarded else "") as address:
        # nothing moves: a colour that is on its way is no colour of the page
        context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
        page = context.new_page()
        page.goto(f"{address}{shown.path}{'&' if '?' in shown.path else '?'}token={TOKEN}")
        page.locator("html[data-ready]").wait_for()
        shown.enter(page)
        page.evaluate(axe)
        # a theme changes colours only, a language words: so much is looked at again
        for lang, theme in (("en", "light"), ("en", "dark"), ("es", "dark"), ("es", "light")):
            whole = (lang, theme) in {("en", "light"), ("es", "dark")}
            page.locator(f"header.frame [data-ui={lang}]").click()
            page.locator(f"html[lang={lang}]").wait_for()
            page.evaluate("(theme) => { document.documentElement.dataset.theme = theme; }", theme)
            assert (lang, theme, page.evaluate(LOOK, whole)) == (lang, theme, [])
        # at the width of a telephone nothing stands out of the page
        page.set_viewport_size({"width": 390, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        # and what is wrong would be found
        page.evaluate(
            """() => {
              const pale = document.createElement("p");
              pale.textContent = "hardly to be read";
              pale.style.color = "rgb(128 128 128 / .4)";
              document.querySelector("main").prepend(pale);
            }"""
        )
        assert "hardly to be read" in str(page.evaluate(LOOK, False))
        context.close()
