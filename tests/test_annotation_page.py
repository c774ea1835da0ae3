"""The page of annotations in a real browser, and its requests: marks by mouse and keys, labels, decisions."""

import pytest
from starlette.testclient import TestClient

from bialign.corpus import Corpus
from bialign.web.app import create_app
from bialign.web.session import Session
from test_web_pages import Window, browser, expect  # noqa: F401
from web import TOKEN, make_corpus, serving


@pytest.fixture
def corpus(tmp_path):
    return make_corpus(tmp_path / "cuentos ñ.bialign")


@pytest.fixture
def window(browser, corpus, tmp_path):  # noqa: F811
    with serving(corpus, tmp_path) as address:
        opened = Window(browser, address)
        yield opened
        opened.close()
        assert not opened.complaints


def said(path):
    with Corpus(path) as opened:
        return [(view.annotation.label, view.annotation.who, view.texts, view.beads) for view in opened.annotations()]


def select(page, side, word, nth=0):
    """Select a word as a mouse does by a double click."""
    page.locator(f".seg[data-side={side}]", has_text=word).nth(nth).evaluate(
        """(seg, word) => {
          const walker = document.createTreeWalker(seg, NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const at = node.data.indexOf(word);
            if (at < 0) continue;
            getSelection().setBaseAndExtent(node, at, node, at + word.length);
            seg.dispatchEvent(new PointerEvent("pointerup", { bubbles: true }));
            return;
          }
          throw new Error("no such word");
        }""",
        word,
    )


# --- in a browser -----------------------------------------------------------------------------------------------------


def test_words_of_both_sides_are_marked_with_the_mouse_and_labelled_by_a_key(window, corpus):
    window.open("/annotate")
    page = window.page
    expect(page.locator(".bead")).to_have_count(9)
    # the name is asked for before anything is kept
    page.locator(".bead").first.click(position={"x": 5, "y": 5})
    window.press("m")
    expect(page.locator("#alerts")).to_contain_text("Give your name first")
    expect(page.locator("#who")).to_be_focused()
    page.keyboard.type("Eva Paz")
    window.press("Enter")
    expect(page.locator(".bead.current")).to_be_focused()
    select(page, "s", "general")
    expect(page.locator(".picked")).to_have_text("general")
    select(page, "t", "general")
    expect(page.locator("#pending")).to_contain_text("“general”, “general”")
    window.press("s")
    expect(page.locator("#toasts")).to_contain_text("Annotated: Shift of structure")
    expect(page.locator(".note .what")).to_have_text("s EP · Shift of structure")
    expect(page.locator(".in")).to_have_text(["general", "general"])
    expect(page.locator(".in").first).to_have_attribute("data-end", "s EP")
    assert said(corpus) == [("structure", "Eva Paz", ("general", "general"), (1,))]
    # the name is kept for the next time
    window.open("/annotate")
    expect(page.locator("#who")).to_have_value("Eva Paz")
    page.locator(".note select").select_option("meaning")
    expect(page.locator(".note .what")).to_have_text("m EP · Change of meaning")
    page.get_by_role("button", name="Note").click()
    page.get_by_role("dialog").get_by_role("textbox").fill("see page 12")
    window.page.get_by_role("button", name="Save").click()
    expect(page.locator(".note .said")).to_have_text("see page 12")
    page.get_by_role("button", name="Remove").click()
    expect(page.locator(".note")).to_have_count(0)
    page.locator("#undo").click()
    expect(page.locator(".note .said")).to_have_text("see page 12")
    assert said(corpus)[0][0] == "meaning"


def test_all_is_done_without_a_mouse(window, corpus):
    window.open("/annotate")
    page = window.page
    page.locator("#who").focus()
    page.keyboard.type("Eva")
    window.press("Enter", "ArrowDown")
    expect(page.locator(".bead.current")).to_have_attribute("data-id", "2")
    window.press("ArrowRight", "ArrowRight", "Shift+ArrowRight")
    expect(page.locator(".at")).to_have_text("asked him")
    window.press("Enter", "Control+ArrowRight", "Shift+ArrowRight", "Enter", "e")
    expect(page.locator(".note")).to_have_count(1)
    assert said(corpus) == [("explicitation", "Eva", ("asked him", "Nadie le"), (2,))]
    # without words it is the bead; what is under the reader is enough, too
    window.press("ArrowDown", "o")
    expect(page.locator(".note")).to_have_count(2)
    window.press("ArrowDown", "ArrowRight", "a")
    expect(page.locator(".note")).to_have_count(3)
    window.press("Control+z")
    expect(page.locator(".note")).to_have_count(2)
    window.press("Control+y")
    expect(page.locator(".note")).to_have_count(3)
    assert [(label, texts) for label, _, texts, _ in said(corpus)][1:] == [
        ("omission", ("The soldiers left at dawn.", "Los soldados salieron al alba.")),
        ("addition", ("The",)),
    ]
    window.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("From word to word")
    window.press("Escape")
    page.locator("[data-ui=es]").click()
    expect(page.locator(".note .what").first).to_have_text("e E · Explicitación")


def test_differences_are_found_and_decided(window, corpus):
    with Corpus(corpus, who="Ana") as opened:
        opened.annotate(1, "omission", opened.marks_in(1, "source", 4, 11))
        opened.annotate(1, "meaning", opened.marks_in(1, "source", 4, 18), who="Eva")
        opened.annotate(2, "omission")
        opened.annotate(2, "omission", who="Eva")
        opened.annotate(4, "register", who="Eva")
    window.open("/annotate?show=open")
    page = window.page
    page.locator("#who").fill("Zoe")
    page.locator("#who").press("Enter")
    expect(page.locator(".bead")).to_have_count(2)
    expect(page.locator("#told")).to_contain_text("2 to decide")
    expect(page.locator(".in.several")).to_have_text("general")
    page.locator("[data-note='1'] [data-act=take]").click()
    page.get_by_role("button", name="Decide", exact=True).click()
    expect(page.locator(".bead")).to_have_count(1)
    expect(page.locator(".differs")).to_contain_text("Nothing marked by Ana.")
    page.get_by_role("button", name="None is right").click()
    expect(page.locator("#none")).to_be_visible()
    page.locator("#show").select_option("decided")
    expect(page.locator(".note.decision")).to_have_count(2)
    expect(page.locator(".note.overruled .what")).to_have_text(["m E · Change of meaning", "r E · Shift of register"])
    page.locator("#show").select_option("")
    page.locator("#by").select_option("Ana")
    expect(page.locator(".note")).to_have_count(2)
    page.locator("#by").select_option("")
    page.locator("#label").select_option("register")
    expect(page.locator(".bead")).to_have_count(1)
    with Corpus(corpus) as opened:
        made = [view.annotation for view in opened.annotations(who="Zoe")]
        assert [(one.label, one.decides) for one in made] == [("omission", (1, 2)), ("", (5,))]


def test_corrected_words_are_told_and_said_to_be_right(window, corpus):
    with Corpus(corpus, who="Eva") as opened:
        opened.annotate(1, "meaning", opened.marks_in(1, "source", 4, 11))
        opened.correct(opened.bead(1).source[0].document, 0, "The colonel signed the order 🙂.")
        opened.annotate(1, "register", opened.marks_in(1, "source", 29, 30))
    window.open("/annotate?show=corrected")
    page = window.page
    page.locator("#who").fill("Eva")
    page.locator("#who").press("Enter")
    expect(page.locator(".note .warn")).to_contain_text("they were: “general”")
    expect(page.locator(".in")).to_have_text(["colonel", "🙂"])
    select(page, "s", "🙂")
    window.press("c")
    expect(page.locator(".note")).to_have_count(3)
    page.get_by_role("button", name="Still right").click()
    expect(page.locator("#none")).to_be_visible()
    assert said(corpus)[-1][2] == ("🙂",)


def test_without_a_text_there_is_nothing_to_annotate(browser, tmp_path):  # noqa: F811
    with serving(None, tmp_path) as address:
        opened = Window(browser, address)
        opened.open("/annotate")
        expect(opened.page.locator("#none")).to_be_visible()
        opened.page.locator("#undo").click()
        opened.press("ArrowDown", "o", "Control+z")
        opened.close()
        assert not opened.complaints


# --- its requests -----------------------------------------------------------------------------------------------------


@pytest.fixture
def client(corpus, tmp_path):
    session = Session(corpus, folder=tmp_path, who="Ana")
    with TestClient(create_app(session, token=TOKEN, port=80), base_url="http://127.0.0.1") as made:
        made.get(f"/?token={TOKEN}")
        made.headers |= {"X-Bialign": "en"}
        yield made


def do(client, **wanted):
    return client.post("/api/texts/1/annotate", json=wanted)


def test_what_makes_no_sense_is_refused_and_changes_nothing(client, corpus):
    for wanted, status in (
        ({"do": "add", "bead": 1, "label": "calque"}, 404),
        ({"do": "add", "bead": 99, "label": "omission"}, 404),
        ({"do": "add", "bead": 1, "label": "omission", "scheme": "none"}, 404),
        ({"do": "add", "bead": 1, "label": "omission", "marks": [["s", 0, 5, 500]]}, 400),
        ({"do": "add", "bead": 1, "label": "omission", "who": "x" * 200}, 400),
        ({"do": "add", "bead": 1, "label": "omission", "note": "x" * 3000}, 400),
        ({"do": "remove", "ids": [4]}, 404),
        ({"do": "decide", "ids": []}, 400),
        ({"do": "undo"}, 404),
        ({"do": "redo"}, 404),
        ({"do": "dance"}, 400),
    ):
        answer = do(client, seen=1, **wanted)
        assert (answer.status_code, bool(answer.json()["error"])) == (status, True), wanted
    assert client.post("/api/texts/9/annotate", json={"do": "undo"}).status_code == 404
    assert client.get("/api/texts/9/annotations").status_code == 404
    with Corpus(corpus) as opened:
        assert opened.last == 1


def test_two_windows_do_not_overwrite_each_other(client, corpus):
    assert do(client, do="add", bead=1, label="omission", who="Eva").json() == {"result": 1, "last": 2}
    with Corpus(corpus, who="Max") as opened:
        opened.change_annotation(1, label="addition")
    answer = do(client, do="change", id=1, label="meaning", seen=2)
    assert (answer.status_code, answer.json()["kind"]) == (409, "conflict")
    assert do(client, do="add", bead=1, label="culture", seen=2).status_code == 200
    assert [label for label, *_ in said(corpus)] == ["addition", "culture"]


def test_undoing_here_leaves_other_changes_alone(client, corpus):
    do(client, do="add", bead=1, label="omission")
    with Corpus(corpus) as opened:
        opened.confirm([1])
    assert do(client, do="undo").status_code == 200
    with Corpus(corpus) as opened:
        assert opened.bead(1).status == "confirmed"
        assert opened.annotations() == []
    assert do(client, do="redo").status_code == 200
    assert len(said(corpus)) == 1


def test_nobody_undoes_what_another_annotator_did(client, corpus):
    do(client, do="add", bead=1, label="omission", who="Eva")
    do(client, do="add", bead=2, label="meaning", who="Max")
    assert do(client, do="undo", who="Eva").status_code == 200
    assert [who for _, who, *_ in said(corpus)] == ["Max"]
    answer = do(client, do="undo", who="Eva")
    assert (answer.status_code, "no annotation of Eva" in answer.json()["error"]) == (404, True)
    assert do(client, do="redo", who="Max").status_code == 404
    assert do(client, do="redo", who="Eva").status_code == 200
    assert [who for _, who, *_ in said(corpus)] == ["Eva", "Max"]


def test_a_part_of_a_text_is_given(client):
    told = client.get("/api/texts/1/annotations?limit=4&bead=6").json()
    assert (told["start"], told["total"], [one["id"] for one in told["beads"]]) == (4, 9, [5, 6, 7, 8])
    assert told["scheme"]["name"] == "shifts" and len(told["scheme"]["labels"]) == 11
    told = client.get("/api/texts/1/annotations?scheme=vinay-darbelnet&show=marked").json()
    assert (told["total"], told["beads"], told["scheme"]["labels"][0]["title"]) == (0, [], "Borrowing")


def test_a_patch_of_the_review_takes_no_notice_of_annotations(client, corpus):
    do(client, do="add", bead=1, label="omission")
    news = client.get("/api/texts/1/news?since=1").json()
    assert "whole" not in news and news["last"] == 2
