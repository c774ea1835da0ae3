"""The pages of the concordance and the glossary in a real browser, and what the review shows of the glossary."""

import re

import pytest

from bialign.corpus import Corpus
from test_web_pages import Window, browser, check, expect  # noqa: F401
from web import make_story, serving


@pytest.fixture
def corpus(tmp_path):
    return make_story(tmp_path / "relatos.bialign", times=3)


@pytest.fixture
def window(browser, corpus, tmp_path):  # noqa: F811
    with serving(corpus, tmp_path) as address:
        opened = Window(browser, address)
        yield opened
        opened.close()
        assert not opened.complaints


def answered(page, text):
    """Wait until the page has shown what was asked for."""
    page.wait_for_function("(text) => document.documentElement.dataset.answered?.includes(text)", arg=text)


# --- the concordance ---


def test_hits_come_as_one_types_and_lead_to_their_bead_and_back(window):
    window.open("/concordance")
    page = window.page
    expect(page.locator("#hints")).to_be_visible()
    page.keyboard.type("raid")
    expect(page.locator("#told")).to_have_text("15 hits in 15 beads")
    expect(page.locator(".hit").first.locator(".kwic mark")).to_have_text("raid")
    # what stands for it in the translation is marked a little later
    expect(page.locator(".hit mark.also").first).to_be_visible()
    window.press("ArrowDown", "r")
    answered(page, "sort=1R")
    expect(page.locator(".hit mark.key").first).to_have_text("followed")
    page.locator("#q").focus()
    window.press("ArrowDown", "ArrowDown", "ArrowDown")
    expect(page.locator(".hit.current")).to_have_attribute("data-n", "2")
    expect(page.locator(".hit.current .acts")).to_be_visible()
    window.press("Enter")
    page.wait_for_url("**/text/1*")
    page.locator("html[data-ready]").wait_for()
    expect(page.locator(".bead.current")).to_contain_text("A second raid followed.")
    page.locator("#back").click()
    page.wait_for_url("**/concordance*")
    expect(page.locator(".hit.current")).to_have_attribute("data-n", "2")
    expect(page.locator(".hit.current")).to_be_focused()
    assert "sort=1R" in page.url
    page.get_by_role("button", name="Help and keys").click()
    expect(page.get_by_role("dialog")).to_contain_text("copy its citation")
    window.press("Escape")
    page.locator(".pages a", has_text="Glossary").click()
    page.locator("html[data-ready]").wait_for()
    page.locator(".pages a", has_text="Concordance").click()
    expect(page.locator("#q")).to_have_value("raid")


def test_what_was_asked_for_before_is_never_shown_after(window):
    window.open("/concordance")
    page = window.page
    held = []

    def slow(route):
        if "q=boat&" in route.request.url:
            held.append(route)
        else:
            route.continue_()

    page.route(re.compile("/api/concordance\\?"), slow)
    page.keyboard.type("boat")
    page.locator("html[data-busy]").wait_for(state="attached")
    page.locator("#q").fill("fisherman")
    expect(page.locator(".hit mark").first).to_have_text("fisherman")
    assert len(held) == 1
    held[0].continue_()
    page.locator("#q").fill("nets")
    expect(page.locator(".hit mark").first).to_have_text("nets")
    assert set(page.locator(".kwic .r > mark:first-child").all_text_contents()) == {"nets"}


def test_a_wrong_pattern_is_told_beside_the_field_and_the_hits_stay(window):
    window.open("/concordance?q=raid")
    page = window.page
    expect(page.locator(".hit")).to_have_count(15)
    page.get_by_role("button", name="Pattern").click()
    page.locator("#q").fill("ra(id")
    expect(page.locator("#wrong")).to_contain_text("the pattern ra(id is wrong")
    expect(page.locator(".hit")).to_have_count(15)
    page.locator("#q").fill("ra(id)")
    expect(page.locator("#wrong")).to_be_empty()
    assert all("400" in said for said in window.complaints)  # the browser notes what was refused
    window.complaints.clear()
    page.get_by_role("button", name="Narrow").click()
    page.get_by_role("button", name="none", exact=True).click()
    expect(page.locator("#none")).to_contain_text("Perhaps with fewer conditions")
    page.get_by_role("button", name="Take all this back").click()
    expect(page.locator(".hit")).to_have_count(15)
    page.locator("#max").fill("90")
    expect(page.locator("#none")).to_be_visible()
    page.reload()
    expect(page.locator("#max")).to_have_value("90")


def test_renderings_lead_to_their_hits_and_documents_are_counted(window):
    window.open("/concordance?q=raid&lang=en")
    page = window.page
    page.get_by_role("button", name="Renderings").click()
    first = page.locator(".groups > li").first
    expect(first).to_contain_text("redada")
    first.locator(".group").click()
    expect(first.locator(".examples mark.also").first).to_have_text("redada", ignore_case=True)
    first.get_by_role("button", name="Hits rendered as redada").click()
    expect(page.locator("#with")).to_have_value("lemma:redada")
    expect(page.locator("#told")).to_have_text("9 hits in 9 beads")
    page.go_back()
    expect(page.locator(".groups > li").first).to_contain_text("redada")
    page.get_by_role("button", name="Documents").last.click()
    expect(page.locator(".parts tbody tr")).to_have_count(1)
    expect(page.locator(".parts tbody tr")).to_contain_text("15")


def test_citations_are_copied_and_files_kept(browser, corpus, tmp_path):  # noqa: F811
    with serving(corpus, tmp_path) as address:
        window = Window(browser, address, permissions=["clipboard-read", "clipboard-write"])
        window.open("/concordance?q=fisherman")
        page = window.page
        page.locator("#q").press("ArrowDown")
        window.press("c")
        expect(page.locator("#toasts")).to_contain_text("Copied: story [7]")
        assert page.evaluate("navigator.clipboard.readText()") == "story [7]"
        window.press("b")
        expect(page.locator("#toasts")).to_contain_text("Both texts copied")
        assert "El viejo pescador" in page.evaluate("navigator.clipboard.readText()")
        page.get_by_role("button", name="Save …").click()
        with page.expect_download() as downloaded:
            page.get_by_role("button", name="Excel (.xlsx)").click()
        assert downloaded.value.suggested_filename == "concordance.xlsx"
        assert not window.complaints
        window.close()


def test_hits_of_a_long_text_go_on_while_one_scrolls(browser, tmp_path):  # noqa: F811
    path = make_story(tmp_path / "long.bialign", times=60)
    with serving(path, tmp_path) as address:
        window = Window(browser, address)
        window.open("/concordance?q=raid")
        page = window.page
        expect(page.locator("#told")).to_have_text("300 hits in 300 beads")
        expect(page.locator(".hit")).to_have_count(50)
        page.locator("#found").evaluate("(node) => node.scrollTo(0, 1e6)")
        expect(page.locator(".hit")).to_have_count(100)
        page.locator(".hit .num").nth(80).click()
        page.wait_for_url("**/text/1*")
        page.go_back()
        expect(page.locator(".hit.current")).to_have_attribute("data-n", "80")
        assert not window.complaints
        window.close()


# --- the glossary ---


def test_an_entry_is_edited_with_what_is_wrong_beside_its_field(window, corpus):
    window.open("/glossary")
    page = window.page
    expect(page.locator("#told")).to_have_text("3 entries")
    page.locator("#q").fill("golpe")
    expect(page.locator(".row-of")).to_have_count(1)
    page.locator("#q").press("Enter")
    window.press("Enter")
    expect(page.locator("#entry-title")).to_have_text("self-coup · autogolpe")
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_disabled()
    spanish = page.locator("#f-terms\\.1\\.text")
    spanish.fill("redada")
    expect(page.locator("#w-terms\\.1\\.text")).to_have_text("the concept raid has this term too")
    spanish.fill("=SUM(A1)")
    expect(page.locator("#w-terms\\.1\\.text")).to_contain_text("formula")
    expect(spanish).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_disabled()
    spanish.fill("autogolpe de Estado")
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_enabled()
    spanish.press("Control+s")
    expect(page.locator("#toasts")).to_have_text("Saved.")
    expect(page.locator(".row-of")).to_contain_text("autogolpe de Estado")
    page.locator("#undo").click()
    expect(spanish).to_have_value("autogolpe")
    page.locator("#history").click()
    expect(page.get_by_role("dialog")).to_contain_text("undone: glossary entry self-coup")
    with Corpus(corpus) as opened:
        assert opened.glossary().concept("self-coup").terms[1].text == "autogolpe"


def test_entries_are_added_and_deleted_and_changes_are_not_lost(window, corpus):
    window.open("/glossary")
    page = window.page
    page.locator("#main").focus()
    window.press("n")
    page.keyboard.type("fisherman")
    page.locator("#f-terms\\.1\\.text").fill("pescador")
    page.get_by_role("button", name="raid").click()
    expect(page.get_by_role("dialog")).to_contain_text("Changes that are not saved")
    page.get_by_role("button", name="Stay here").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#told")).to_have_text("4 entries")
    expect(page.locator("#f-id")).to_have_value("fisherman")
    page.get_by_role("button", name="How it is translated").click()
    expect(page.locator(".renderings")).to_contain_text("pescador")
    page.get_by_role("button", name="Delete").click()
    expect(page.locator("#told")).to_have_text("3 entries")
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(page.locator("#told")).to_have_text("4 entries")
    with page.expect_download() as downloaded:
        page.get_by_role("button", name="Save …").click()
        page.get_by_role("button", name="YAML").click()
    kept = downloaded.value.path()
    text = kept.read_text(encoding="utf-8").replace("fisherman", "angler")
    page.set_input_files("#file", {"name": "g.yaml", "mimeType": "text/yaml", "buffer": text.encode()})
    expect(page.get_by_role("dialog")).to_contain_text("New: 1. Other than here: 0. Only here: 1.")
    page.get_by_role("button", name="Add them").click()
    expect(page.locator("#told")).to_have_text("5 entries")


def test_findings_are_ignored_and_candidates_decided_by_keys(window, corpus):
    window.open("/glossary?view=check")
    page = window.page
    first = page.locator(".item").first
    expect(first).to_contain_text("golpe propio")
    first.focus()
    window.press("i")
    expect(first).to_have_class(re.compile("ignored"))
    expect(page.locator(".item").nth(1)).to_be_focused()
    with Corpus(corpus) as opened:
        assert len(opened.ignored()) == 1
    page.get_by_role("button", name="Candidates").click()
    page.get_by_role("button", name="Look for candidates").click()
    expect(page.locator(".candidate").first).to_be_visible()
    page.locator(".candidate").first.focus()
    window.press("a")
    expect(page.locator(".candidate").first).to_contain_text("taken into the glossary")
    window.press("x")
    expect(page.locator(".candidate").nth(1)).to_contain_text("refused")
    expect(page.locator("#toasts")).to_contain_text("refused")
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(page.locator(".candidate").nth(1)).not_to_contain_text("refused")
    with Corpus(corpus) as opened:
        assert len(opened.glossary().concepts) == 4 and not opened.rejected()


# --- the review ---

POINT = """() => {
  const node = document.querySelector(".bead.current .side.s .seg").firstChild, at = node.data.indexOf("self-coup");
  const range = new Range();
  range.setStart(node, at);
  range.setEnd(node, at + 9);
  const box = range.getBoundingClientRect();
  return [box.left + box.width / 2, box.top + box.height / 2];
}"""


def test_terms_are_marked_in_the_review_and_words_light_up(window):
    window.review()
    page = window.page
    expect(page.locator(".bead").first.locator(".finding")).to_have_count(2)
    page.wait_for_function("() => CSS.highlights.get('term')?.size > 4 && CSS.highlights.get('fault')?.size > 3")
    page.mouse.move(*page.evaluate(POINT))
    expect(page.locator("#gloss")).to_contain_text("A seizure of all powers by a president.")
    expect(page.locator("#gloss .finding")).to_contain_text("golpe propio")
    page.wait_for_function("() => CSS.highlights.get('linked')?.size >= 2")
    window.press("Escape")
    expect(page.locator("#gloss")).to_be_hidden()
    # without a mouse
    window.press("ArrowDown", "t")
    panel = page.locator("#panel")
    expect(panel).to_contain_text("Bead 2: terms and words")
    expect(panel.locator(".names").first).to_have_text("raid")
    expect(panel.locator(".word-pairs")).to_contain_text("house")
    panel.get_by_role("link", name="Entry").click()
    page.wait_for_url("**/glossary?id=raid")
    expect(page.locator("#entry-title")).to_have_text("raid · redada")


# --- for everybody ---


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_everything_has_a_name_is_readable_and_fits_in_both_languages(browser, corpus, tmp_path, scheme, width):  # noqa: F811
    with serving(corpus, tmp_path) as address:
        window = Window(browser, address, color_scheme=scheme, reduced_motion="reduce")
        page = window.page
        page.set_viewport_size({"width": width, "height": 800})
        page.get_by_role("button", name="Español").click()
        page.locator("html[lang=es]").wait_for()
        states = {
            "/concordance": "#hints-list li",
            "/concordance?q=raid&at=2&type=1-1": ".hit.current .acts",
            "/concordance?q=raid&view=renderings": ".groups > li",
            "/concordance?q=raid&view=documents": ".parts tbody tr",
            "/glossary": ".row-of",
            "/glossary?id=raid": "#in-corpus",
            "/glossary?view=check": ".item",
        }
        for path, shown in states.items():
            window.open(path)
            expect(page.locator(shown).first).to_be_visible()
            assert (path, page.evaluate(check("nameless"))) == (path, [])
            assert (path, page.evaluate(check("faint"))) == (path, [])
            assert (path, page.evaluate("document.documentElement.scrollWidth") <= width) == (path, True)
            assert page.locator("h1").count() == 1
        assert page.locator("html").get_attribute("lang") == "es"
        assert not window.complaints
        window.close()
