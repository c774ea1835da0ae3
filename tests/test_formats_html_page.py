"""The reader in a real browser: Debian's chromium, driven by Playwright, where both are installed."""

import shutil
from dataclasses import replace

import pytest

from bialign import formats
from bitexts import bitext_of, glossary, sample

playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright (pip install playwright)")


@pytest.fixture(scope="module")
def browser():
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if not path:
        pytest.skip("needs chromium on the path")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser, tmp_path):
    """Open a bitext in a window of its own; a page that complains or asks a network for anything fails the test."""
    contexts, complaints = [], []

    def open_it(bitext, *, width=1280, termbase=None, ui_lang="en", **settings):
        path = tmp_path / "page.html"
        formats.write(bitext, path, termbase=termbase, ui_lang=ui_lang)
        context = browser.new_context(viewport={"width": width, "height": 844}, **settings)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: (complaints.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: request.url.startswith(("file:", "data:")) or complaints.append(request.url))
        page.goto(path.as_uri())
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert complaints == []


def shown(page):
    return page.eval_on_selector_all(".b:not([hidden])", "rows => rows.map(row => row.id)")


def test_doubtful_beads_are_found_by_key_and_button(open_page):
    page = open_page(sample())
    here = "document.activeElement.id"
    page.keyboard.press("n")
    assert page.evaluate(here) == "b3"
    page.keyboard.press("n")
    assert page.evaluate(here) == "b6"
    page.keyboard.press("n")
    assert page.evaluate(here) == "b3"
    page.keyboard.press("p")
    assert page.evaluate(here) == "b6"
    page.click("#on")
    assert page.evaluate(here) == "b3"
    page.keyboard.press("j")
    assert page.evaluate(here) == "b4"
    page.click("#b4 a[href='#b6']")
    assert page.evaluate(here) == "b6"


def test_search_and_filter(open_page):
    sources = ["The year.", "The anus.", "A café here.", "x"]
    targets = ["El año pasado.", "El ano.", "Un CAFE\u0301 aquí.", "x"]
    page = open_page(bitext_of([(1, 1)] * 3 + [(1, 1)], sources, targets))

    def find(text):
        page.fill("#find", text)
        page.keyboard.press("Enter")
        return shown(page)

    assert find("cafe") == ["b3"]
    assert find("CAFÉ") == ["b3"]
    # ñ is a letter of its own
    assert find("ano") == ["b2"]
    assert find("año") == ["b1"]
    assert page.evaluate("CSS.highlights.get('found').size") == 1
    assert page.inner_text("#status") == "1 of 4 beads shown"
    assert find("nowhere") == []
    assert page.inner_text("#status").startswith("No bead fits")
    page.keyboard.press("Escape")
    assert len(shown(page)) == 4
    assert page.inner_text("#status") == ""


def test_filter_by_kind(open_page):
    page = open_page(sample())
    assert page.inner_text("#show").split("\n") == [
        "All beads (6)",
        "Doubtful (2)",
        "Not one to one (4)",
        "Omissions and additions (2)",
    ]
    page.select_option("#show", "o")
    assert shown(page) == ["b4", "b6"]
    page.select_option("#show", "d")
    assert shown(page) == ["b3", "b6"]


def reloaded_until(page, expected, *, times=40):
    """Language and theme after reloading, until they are as expected; at most `times`.

    A reloaded file may get a process of its own, which reads localStorage while the old one's last writes are still
    on their way: what was chosen is there in the end, though not always at the first look.
    """
    for _ in range(times):
        page.reload()
        seen = page.evaluate("[document.documentElement.lang, document.documentElement.dataset.theme]")
        if seen == expected:
            break
        page.wait_for_timeout(50)
    return seen


def test_language_and_theme_are_remembered(open_page):
    page = open_page(sample(), termbase=glossary(), color_scheme="light")
    assert page.inner_text("#on") == "Next doubtful ↓"
    page.keyboard.press("l")
    assert page.inner_text("#on") == "Siguiente dudosa ↓"
    assert page.inner_text("#b4 .label") == "omisión"
    assert page.evaluate("document.documentElement.lang") == "es"
    page.keyboard.press("t")
    assert reloaded_until(page, ["es", "dark"]) == ["es", "dark"]
    assert page.inner_text("#b4 .label") == "omisión"
    page.click("[data-ui=en]")
    assert page.inner_text("#b4 .label") == "omission"


def test_terms_by_keyboard_and_mouse(open_page):
    page = open_page(sample(), termbase=glossary())
    page.keyboard.press("j")
    page.locator("#b2 a.term").first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert "The <intelligence> service." in page.inner_text("#card")
    assert page.get_attribute("#b2 a.term >> nth=0", "aria-describedby") == "card"
    page.keyboard.press("Escape")
    assert not page.is_visible("#card")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == page.get_attribute("#b2 a.term >> nth=0", "href")
    page.click("#b2 .t a.term")
    # the side one reads comes first
    assert page.inner_text("#card").startswith("SIN acronym, masculine")
    page.click("h1")
    assert not page.is_visible("#card")


def test_single_keys_can_be_switched_off(open_page):
    page = open_page(sample())
    page.keyboard.press("?")
    assert page.is_visible("#sheet")
    page.uncheck("#keys")
    page.keyboard.press("Escape")
    page.keyboard.press("l")
    assert page.evaluate("document.documentElement.lang") == "en"


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_sticks_out(open_page, width):
    wide = "W" * 200
    bitext = replace(sample(), signature=wide)
    bitext = replace(bitext, source=replace(bitext.source, title=wide))
    page = open_page(bitext, width=width, termbase=glossary())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    side_by_side = page.evaluate(
        "document.querySelector('#b2 .s').getBoundingClientRect().top"
        " === document.querySelector('#b2 .t').getBoundingClientRect().top"
    )
    assert side_by_side == (width >= 768)


def test_scripts_in_texts_do_not_run(open_page):
    attack = (
        "<script>alert(1)</script><img src=x onerror=alert(2)><svg onload=alert(3)>\"'><a href=javascript:alert(4)>"
    )
    bitext = bitext_of([(1, 1), (1, 2)], [attack] * 2, [attack] * 3, signature=attack)
    bitext = replace(bitext, source=replace(bitext.source, title=attack), target=replace(bitext.target, origin=attack))
    page = open_page(bitext)
    page.fill("#find", "<script>")
    page.keyboard.press("Enter")
    assert shown(page) == ["b1", "b2"]


def test_reads_without_javascript(open_page):
    page = open_page(sample(), termbase=glossary(), java_script_enabled=False)
    assert page.is_visible("#b5 .t")
    assert not page.is_visible("#find")
    assert page.is_visible("#glossary")


def test_a_bitext_without_beads_is_no_trouble(open_page):
    page = open_page(bitext_of([], [], []))
    for key in "njkpl":
        page.keyboard.press(key)
    page.fill("#find", "x")
    page.keyboard.press("Enter")
    assert page.is_disabled("#on")


def test_prints_every_bead_in_dark_too(open_page):
    page = open_page(bitext_of([(1, 1)] * 300, ["One line."] * 300, ["Una línea."] * 300), color_scheme="dark")
    page.keyboard.press("t")
    page.keyboard.press("t")
    page.emulate_media(media="print")
    colours = page.evaluate("(style => [style.color, style.backgroundColor])(getComputedStyle(document.body))")
    assert colours == ["rgb(17, 17, 17)", "rgb(255, 255, 255)"]
    assert not page.is_visible("#find")
    assert page.evaluate("getComputedStyle(document.querySelector('#b300')).contentVisibility") == "visible"
