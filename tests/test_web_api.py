"""What the server answers: the corpus as JSON, edits and their conflicts, uploads and jobs, and who is kept out."""

import contextlib
import json
import re
import time
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bialign.corpus import Corpus
from bialign.errors import BialignError, CorpusError
from bialign.store import database
from bialign.web import server, strings
from bialign.web.app import create_app
from bialign.web.jobs import Jobs
from bialign.web.making import example_texts
from bialign.web.session import Session
from test_decisions import ENGLISH, SPANISH, fresh
from web import TOKEN, make_corpus, make_long

PORT = 8417
BASE = f"http://127.0.0.1:{PORT}"
STATIC = Path(strings.__file__).parent / "static"
HEADERS = {"X-Bialign": "en"}


@contextlib.contextmanager
def client_of(corpus=None, folder=None, who="Ana"):
    session = Session(corpus, folder=folder, who=who)
    app = create_app(session, token=TOKEN, port=PORT)
    with TestClient(app, base_url=BASE, headers=HEADERS, cookies={f"bialign_{PORT}": TOKEN}) as client:
        yield client


@pytest.fixture
def corpus(tmp_path):
    return make_corpus(tmp_path / "cuentos ñ.bialign")


@pytest.fixture
def client(corpus, tmp_path):
    with client_of(corpus, tmp_path) as client:
        yield client


def post(client, address, /, **fields):
    return client.post(address, content=json.dumps(fields))


def edit(client, seen, **fields):
    return post(client, "/api/texts/1/edit", seen=seen, **fields)


def wait(client, job):
    for _ in range(600):
        told = client.get(f"/api/jobs/{job}").json()
        if told["state"] not in {"waiting", "running"}:
            return told
        time.sleep(0.05)
    raise AssertionError(f"job {job} does not end: {told}")


# --- who may talk to it ---


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": f"localhost:{PORT}"}, 200),
        ({"Host": "bialign.example"}, 403),
        ({"Host": f"evil.example:{PORT}"}, 403),
        ({"Host": "127.0.0.1:1"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": BASE}, 200),
        ({"Cookie": ""}, 403),
        ({"Cookie": f"bialign_{PORT}=guess"}, 403),
    ],
)
def test_only_the_page_that_was_opened_is_answered(client, headers, status):
    client.cookies.clear()
    headers = {"Cookie": f"bialign_{PORT}={TOKEN}", **headers}
    assert client.get("/api/state", headers=headers).status_code == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": BASE, "Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://127.0.0.1:9999"}, 403),
    ],
)
def test_other_sites_cannot_change_anything(client, corpus, headers, status):
    body = json.dumps({"do": "judge", "ids": [1], "status": "confirmed", "seen": 1})
    assert client.post("/api/texts/1/edit", content=body, headers=headers).status_code == status
    with Corpus(corpus) as opened:
        assert opened.bead(1).status == ("confirmed" if status == 200 else "unreviewed")


def test_a_form_of_another_site_is_refused(client):
    # what a form can send without asking: no header of ours
    del client.headers["X-Bialign"]
    assert client.post("/api/texts/1/step", content='{"do": "undo", "seen": 1}').status_code == 403


def test_the_token_opens_the_door_once_and_the_cookie_keeps_it_open(corpus, tmp_path):
    with client_of(corpus, tmp_path) as client:
        client.cookies.clear()
        refused = client.get("/")
        assert (refused.status_code, "llave" in refused.text) == (403, True)
        assert client.get("/?token=wrong").status_code == 403
        opened = client.get(f"/?token={TOKEN}")
        assert opened.status_code == 200
        cookie = opened.headers["Set-Cookie"]
        assert all(word in cookie for word in ("HttpOnly", "SameSite=Strict", TOKEN))
        assert client.get("/api/state").status_code == 200


def test_pages_may_load_only_what_is_theirs(client):
    for path in ("/", "/text/1", "/static/review.js", "/api/state", "/nowhere"):
        policy = client.get(path).headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy and "http" not in policy
        assert "frame-ancestors 'none'" in policy
    for file in [*STATIC.iterdir(), *(STATIC.parent / "templates").iterdir()]:
        text = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://|style=|\beval\b|innerHTML", text), file.name


def test_a_server_listens_on_this_machine_only():
    opened = server.listen(0)
    assert opened.getsockname()[0] == "127.0.0.1"
    port = opened.getsockname()[1]
    with pytest.raises(BialignError, match=f"port {port} is taken"):
        server.listen(port)
    opened.close()


# --- the corpus as JSON ---


def test_the_start_page_tells_what_there_is(client, tmp_path):
    told = client.get("/api/state").json()
    assert (told["corpus"]["title"], told["corpus"]["readOnly"], told["corpus"]["who"]) == ("Cuentos", False, "Ana")
    assert [text["name"] for text in told["corpus"]["texts"]] == ["tale"]
    assert [one["name"] for one in told["corpora"]] == ["cuentos ñ"]
    assert told["folder"] == str(tmp_path)


def test_the_outline_tells_of_every_bead(client, corpus):
    told = client.get("/api/texts/1/outline").json()
    with Corpus(corpus) as opened:
        beads = opened.beads("tale")
    assert told["ids"] == [bead.id for bead in beads]
    assert told["p"] == [900] * len(beads)
    assert {(kind >> 12, kind >> 2 & 1023, kind & 3) for kind in told["k"]} == {(1, 1, 0)}
    assert [document["lang"] for document in told["documents"]] == ["en", "es"]


def test_sizes_and_status_in_the_outline_are_those_of_the_beads(client, corpus):
    with Corpus(corpus) as opened:
        opened.merge([2, 3, 4])
        opened.judge([5], "doubtful")
        opened.comment(6, "¿?")
        opened.make_null(7)
        beads = opened.beads("tale")
    told = client.get("/api/texts/1/outline").json()
    sizes = [f"{kind >> 12}-{kind >> 2 & 1023}" for kind in told["k"]]
    assert sizes == [bead.type for bead in beads]
    assert [told["k"][n] & 3 for n in (1, 2)] == [1, 3]
    assert (told["comments"], told["p"][0], told["p"][1]) == ([6], 900, 1000)


def test_beads_come_by_row_and_by_id(client):
    rows = client.get("/api/texts/1/beads?start=2&limit=3").json()
    assert [one["id"] for one in rows] == [3, 4, 5]
    assert rows[0]["s"][0][1] == "The soldiers left at dawn."
    assert client.get("/api/texts/1/beads?ids=5,3,99").json() == [rows[2], rows[0]]


def test_words_are_found_without_accents_and_over_borders(client):
    def find(query):
        return client.get("/api/texts/1/find", params={"q": query}).json()["ids"]

    assert find("NADIE LE PREGUNTO") == [2, 8]
    assert find("the river") == [4]
    assert find("  ") == find("zanahoria") == []
    assert edit(client, 1, do="merge", ids=[1, 2]).status_code == 200
    assert find("orden. Nadie") == [1]
    # the end of one bead and the beginning of the next are no passage
    assert find("alba. El río") == []


def test_search_finds_the_same_as_looking_at_every_bead(tmp_path):
    path = make_long(tmp_path / "long.bialign", 700)
    with Corpus(path) as opened:
        beads = opened.beads("ships", limit=-1)
    with client_of(path, tmp_path) as client:
        for query in ("number 25", "parte 0. Llego", "noon. The ship", "13, part 1", "barco numero 511"):
            plain = query.casefold()
            expected = [
                bead.id
                for bead in beads
                if any(
                    plain in text.casefold().replace("ó", "o").replace("ú", "u")
                    for text in (bead.source_text, bead.target_text)
                )
            ]
            assert client.get("/api/texts/1/find", params={"q": query}).json()["ids"] == expected


# --- edits ---


def replayed(client, seen, told):
    """Apply a patch as a page does, and compare it with what the server holds now."""
    patch = client.get(f"/api/texts/1/news?since={seen}").json()
    beads = {id: None for id in told["ids"] if id not in patch.get("gone", [])}
    order = [id for id in beads if id not in {one["id"] for one in patch.get("beads", [])}]
    for one in patch.get("beads", []):
        order.insert(order.index(one["after"]) + 1 if one["after"] else 0, one["id"])
    return order


@pytest.mark.parametrize(
    "wanted",
    [
        {"do": "merge", "ids": [3, 4]},
        {"do": "judge", "ids": [1, 2, 3], "status": "rejected"},
        {"do": "null", "ids": [6], "text": "free"},
        {"do": "shift", "ids": [2], "side": "target", "count": 1},
        {"do": "comment", "ids": [4], "text": "¿Sí?"},
        {"do": "cut", "document": 1, "place": 2, "at": 13},
        {"do": "correct", "document": 2, "place": 1, "text": "¿Nadie le preguntó por qué?"},
    ],
)
def test_an_edit_tells_what_is_other_and_undo_takes_it_back(client, wanted):
    before = client.get("/api/texts/1/outline").json()
    answer = edit(client, before["last"], **wanted)
    assert answer.status_code == 200
    after = client.get("/api/texts/1/outline").json()
    assert answer.json()["patch"]["last"] == after["last"] == before["last"] + 1
    assert replayed(client, before["last"], before) == after["ids"]
    back = post(client, "/api/texts/1/step", do="undo", seen=after["last"])
    assert back.status_code == 200
    again = client.get("/api/texts/1/outline").json()
    assert replayed(client, after["last"], after) == again["ids"] == before["ids"]
    assert (again["k"], again["p"], again["comments"]) == (before["k"], before["p"], before["comments"])


def test_split_join_move_and_redo(client):
    assert edit(client, 1, do="merge", ids=[3, 4]).json()["result"] == 3
    assert edit(client, 2, do="split", ids=[3], sizes=[1, 1]).json()["result"][0] == 3
    ids = edit(client, 3, do="null", ids=[5], text="omitted").json()["result"]
    assert edit(client, 4, do="link", ids=[ids[0]], targets=[ids[1]]).status_code == 200
    moves = client.get("/api/texts/1/outline").json()["moves"]
    assert moves == [{"id": moves[0]["id"], "ends": [[ids[0]], [ids[1]]]}]
    assert edit(client, 5, do="unlink", ids=[moves[0]["id"]]).json()["patch"]["moves"] == []
    assert post(client, "/api/texts/1/step", do="undo", seen=6).json()["patch"]["moves"] == moves
    told = post(client, "/api/texts/1/step", do="redo", seen=7).json()
    assert (told["result"]["what"], told["result"]["of"], told["patch"]["moves"]) == ("redo", "unlink", [])
    cut = edit(client, 8, do="cut", document=1, place=0, at=12).json()
    assert cut["result"] == 0.5
    assert edit(client, 9, do="join", document=1, place=0).status_code == 200


def test_undo_stays_in_its_text_and_never_takes_the_text_away(client, corpus):
    with Corpus(corpus) as opened:
        opened.add_bitext(fresh(name="second"))
    edit(client, 2, do="merge", ids=[3, 4])
    with Corpus(corpus) as opened:
        opened.confirm([opened.beads("second")[0].id])
    # what was done last is in the other text
    told = post(client, "/api/texts/1/step", do="undo", seen=4).json()
    assert (told["result"]["of"], told["result"]["text"], told["patch"]["last"]) == ("merge", 1, 5)
    with Corpus(corpus) as opened:
        assert opened.count("second", status="confirmed") == 1
    nothing = post(client, "/api/texts/1/step", do="undo", seen=5)
    assert (nothing.status_code, "nothing more to undo" in nothing.json()["error"]) == (404, True)
    assert post(client, "/api/texts/2/step", do="redo", seen=5).status_code == 404
    assert post(client, "/api/texts/1/step", do="redo", seen=5).json()["result"]["of"] == "merge"
    assert post(client, "/api/texts/1/step", do="redo", seen=6).status_code == 404


def test_what_another_did_to_the_same_is_told_and_nothing_is_overwritten(client, corpus):
    with Corpus(corpus, who="Eva") as other:
        other.merge([3, 4])
    refused = edit(client, 1, do="judge", ids=[3], status="rejected")
    assert refused.status_code == 409
    told = refused.json()
    assert (told["kind"], "Eva changed the same meanwhile" in told["error"]) == ("conflict", True)
    assert (told["patch"]["gone"], told["patch"]["others"]) == ([4], 1)
    with Corpus(corpus) as opened:
        assert (opened.bead(3).type, opened.bead(3).status) == ("2-2", "confirmed")
    # what she did elsewhere is no reason to refuse
    assert edit(client, 1, do="judge", ids=[8], status="confirmed").status_code == 200
    undone = post(client, "/api/texts/1/step", do="undo", seen=1)
    assert (undone.status_code, "nothing was undone" in undone.json()["error"]) == (409, True)


def test_news_of_a_whole_realignment_or_of_thousands_is_told_as_such(client, corpus):
    assert client.get("/api/texts/1/news?since=1").json() == {"last": 1, "others": 0}
    with Corpus(corpus, who="Eva") as other:
        other.merge([3, 4])
        other.judge([3], "unreviewed")
        other.realign(other.plan_realign("tale"))
    assert client.get("/api/texts/1/news?since=1").json()["whole"] is True


@pytest.mark.parametrize(
    "wanted",
    [
        {"do": "merge", "ids": [3]},
        {"do": "split", "ids": [3], "sizes": [1, 1]},
        {"do": "shift", "ids": [14], "side": "source"},
        {"do": "burn", "ids": [1]},
        {"do": "judge", "ids": []},
        {"do": "judge", "ids": ["one"]},
        {"do": "judge", "ids": [1], "status": "perfect"},
        {"do": "link", "ids": [1], "targets": [2]},
        {"do": "cut", "document": 1, "place": 0, "at": 0},
        {"do": "correct", "document": 1, "place": 0, "text": " "},
        {"do": "correct", "document": 1, "place": 0, "text": "x", "more": 1},
        {"do": "merge", "ids": [1, 7]},
    ],
)
def test_what_makes_no_sense_is_refused_in_one_line(client, corpus, wanted):
    answer = edit(client, 1, **wanted)
    assert answer.status_code in {400, 404}
    said = answer.json()["error"]
    assert said and "\n" not in said and "Traceback" not in said and "Error" not in said
    with Corpus(corpus) as opened:
        assert opened.last == 1


def test_errors_are_said_in_the_language_of_the_page(client):
    client.headers["X-Bialign"] = "es"
    assert edit(client, 1, do="merge", ids=[3]).json()["error"] == "esto no se puede hacer aquí; no se cambió nada"
    assert "no hay" in client.get("/api/texts/9/outline").json()["error"]
    assert client.get("/nowhere").status_code == 404
    assert "no hay nada" in client.get("/api/nowhere").json()["error"]
    assert client.post("/api/texts/1/edit", content="{").status_code == 400


# --- the file goes, is locked, cannot be written ---


def test_a_corpus_that_is_removed_or_replaced_is_noticed(client, corpus, tmp_path):
    assert client.get("/api/texts/1/outline").status_code == 200
    kept = tmp_path / "kept"
    with Corpus(corpus) as opened:
        opened.backup(kept)
    corpus.unlink()
    gone = edit(client, 1, do="judge", ids=[1], status="confirmed")
    assert (gone.status_code, "moved or removed" in gone.json()["error"]) == (400, True)
    kept.replace(corpus)
    assert edit(client, 1, do="judge", ids=[1], status="confirmed").status_code == 200
    with Corpus(corpus) as opened:
        assert opened.bead(1).status == "confirmed"


def test_a_locked_corpus_is_told(corpus, tmp_path, monkeypatch):
    monkeypatch.setattr(database, "WAIT_SECONDS", 0.1)
    with client_of(corpus, tmp_path) as client, Corpus(corpus) as other, other.store.database.transaction():
        refused = edit(client, 1, do="judge", ids=[1], status="confirmed")
        assert (refused.status_code, "another program is writing" in refused.json()["error"]) == (400, True)
        # reading goes on
        assert client.get("/api/texts/1/outline").status_code == 200


def test_a_read_only_corpus_is_shown_and_not_changed(corpus, tmp_path, monkeypatch):
    monkeypatch.setattr("bialign.web.pool.os.access", lambda *_: False)
    with client_of(corpus, tmp_path) as client:
        assert client.get("/api/state").json()["corpus"]["readOnly"] is True
        assert client.get("/api/texts/1/outline").json()["readOnly"] is True
        refused = edit(client, 1, do="judge", ids=[1], status="confirmed")
        assert (refused.status_code, "read-only" in refused.json()["error"]) == (400, True)


def test_what_is_no_corpus_is_not_opened(client, tmp_path):
    bad = tmp_path / "bad.bialign"
    bad.write_text("no database " * 500, encoding="utf-8")
    for path, said in ((bad, "no corpus"), (tmp_path / "none.bialign", "moved or removed")):
        answer = post(client, "/api/open", path=str(path))
        assert (answer.status_code, said in answer.json()["error"]) == (400, True)
    assert client.get("/api/state").json()["corpus"]["title"] == "Cuentos"
    with pytest.raises(CorpusError):
        Session(bad)


def test_a_fault_of_our_own_is_one_line_too(client, monkeypatch):
    def broken(*_):
        raise RuntimeError("a fault\nin two lines")

    monkeypatch.setattr("bialign.web.views.outline", broken)
    answer = client.get("/api/texts/1/outline")
    assert (answer.status_code, answer.json()["kind"]) == (500, "fault")
    assert "Traceback" not in answer.text and "a fault of bialign itself" in answer.text


# --- files become a corpus ---


def upload(client, *files):
    return client.post("/api/uploads", files=[("files", file) for file in files]).json()


def test_two_files_become_a_corpus(tmp_path):
    noted = "Copyright 1999 Nobody. All rights reserved.\n\n" + ENGLISH.replace("The river", "The wide “river”")
    with client_of(folder=tmp_path) as client:
        assert client.get("/api/state").json()["corpus"] is None
        assert "choose one on the first page" in client.get("/api/texts/1/outline").json()["error"]
        told = upload(
            client, ("C:\\cuentos\\tale ñ.en.txt", noted.encode("cp1252")), ("tale ñ.es.txt", SPANISH.encode())
        )
        assert [(one["name"], one["lang"], one["encoding"]) for one in told] == [
            ("tale ñ.en.txt", "en", "cp1252"),
            ("tale ñ.es.txt", "es", "utf-8"),
        ]
        assert told[0]["boilerplate"]["rules"] == {"notice": 1}
        assert told[0]["boilerplate"]["lines"][0]["text"].startswith("Copyright")
        again = post(client, f"/api/uploads/{told[1]['id']}", encoding="mac_roman").json()
        assert again["encoding"] == "mac_roman"
        assert post(client, f"/api/uploads/{told[1]['id']}", encoding="klingon").status_code == 400
        files = [{"id": told[0]["id"], "drop": True}, {"id": told[1]["id"]}]
        job = post(client, "/api/make", files=files, name="tale", corpus="Mis cuentos").json()["job"]
        assert wait(client, job)["result"] == {"text": 1, "remarks": []}
        texts = client.get("/api/texts/1/beads?limit=99").json()
        assert texts[0]["s"][0][1] == "The general signed the order."
        # the same name again is refused before any work
        refused = post(client, "/api/make", files=files, name="x", corpus="Mis cuentos")
        assert (refused.status_code, "exists already" in refused.json()["error"]) == (400, True)
    path = tmp_path / "Mis cuentos.bialign"
    with Corpus(path) as opened:
        (info,) = opened.bitexts()
        assert (opened.title, info.name, info.source.origin) == ("Mis cuentos", "tale", "tale ñ.en.txt")
        assert [text["path"] for text in info.recipe["texts"]] == ["tale ñ.en.txt", "tale ñ.es.txt"]
        assert info.recipe["options"] == {"drop": ["boilerplate"]}
        assert not opened.check()


def test_nothing_is_dropped_without_consent_and_more_texts_can_be_added(client):
    noted = "Copyright 1999 Nobody. All rights reserved.\n\n" + ENGLISH
    told = upload(client, ("b.en.txt", noted.encode()), ("b.es.txt", SPANISH.encode()))
    job = post(client, "/api/make", files=[{"id": one["id"]} for one in told], name="b").json()["job"]
    text = wait(client, job)["result"]["text"]
    beads = client.get(f"/api/texts/{text}/beads?limit=3").json()
    assert beads[0]["s"][0][1].startswith("Copyright")
    assert len(client.get("/api/state").json()["corpus"]["texts"]) == 2
    # a name that is taken: nothing comes in
    job = post(client, "/api/make", files=[{"id": one["id"]} for one in told], name="b").json()["job"]
    failed = wait(client, job)
    assert (failed["state"], failed["kind"]) == ("failed", "refused")
    assert len(client.get("/api/state").json()["corpus"]["texts"]) == 2


def test_what_ought_to_be_seen_of_a_new_text_is_said(tmp_path):
    with client_of(folder=tmp_path) as client:
        client.headers["X-Bialign"] = "es"
        told = upload(client, ("a.txt", ENGLISH.encode()), ("b.txt", ENGLISH.encode()))
        job = post(client, "/api/make", files=[{"id": one["id"]} for one in told], name="a", corpus="a").json()["job"]
        assert wait(client, job)["result"]["remarks"] == ["los dos textos son idénticos"]


def test_a_file_with_both_languages_comes_in_alone(client):
    table = "en\tes\nGood morning, ladies.\tBuenos días, señoras.\nGoodbye.\tAdiós.\n"
    (told,) = upload(client, ("pairs.tsv", table.encode()))
    assert (told["kind"], told["units"], told["langs"]) == ("bilingual", 2, ["en", "es"])
    job = post(client, "/api/make", files=[{"id": told["id"]}], name="greetings").json()["job"]
    text = wait(client, job)["result"]["text"]
    assert [one["t"][0][1] for one in client.get(f"/api/texts/{text}/beads").json()] == [
        "Buenos días, señoras.",
        "Adiós.",
    ]


def test_a_text_is_taken_out_and_brought_back(client, corpus):
    event = post(client, "/api/texts/1/remove").json()["event"]
    assert client.get("/api/state").json()["corpus"]["texts"] == []
    assert client.get("/api/texts/1/outline").status_code == 404
    assert post(client, "/api/restore", event=event).status_code == 200
    assert len(client.get("/api/texts/1/outline").json()["ids"]) == 9
    assert post(client, "/api/restore", event=event).status_code == 404


def test_files_that_cannot_be_read_are_told_beside_the_others(client):
    told = upload(client, ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)), ("b.es.txt", SPANISH.encode()))
    assert told[0]["error"].startswith("old.doc: this is an old Microsoft Office file")
    assert (told[1]["kind"], told[1]["lang"]) == ("text", "es")
    job = post(client, "/api/make", files=[{"id": told[1]["id"]}], name="alone").json()["job"]
    assert "two files are wanted" in wait(client, job)["error"]
    gone = post(client, "/api/make", files=[{"id": 99}, {"id": 98}]).json()["job"]
    assert "drop it again" in wait(client, gone)["error"]


def test_work_can_be_stopped_and_leaves_nothing(tmp_path, monkeypatch):
    def endless(source, target, *, progress, **_):
        for step in range(10_000):
            progress("encode source", step / 10_000)
            time.sleep(0.01)

    monkeypatch.setattr("bialign.web.making.align", endless)
    with client_of(folder=tmp_path) as client:
        told = upload(client, ("b.en.txt", ENGLISH.encode()), ("b.es.txt", SPANISH.encode()))
        files = [{"id": one["id"]} for one in told]
        job = post(client, "/api/make", files=files, name="b", corpus="b").json()["job"]
        until = time.monotonic() + 20
        while client.get(f"/api/jobs/{job}").json()["left"] is None and time.monotonic() < until:
            time.sleep(0.05)
        shown = client.get(f"/api/jobs/{job}").json()
        assert (shown["state"], shown["stage"]) == ("running", "encode source")
        assert 0 < shown["share"] < 1 and shown["left"] > 0
        post(client, f"/api/jobs/{job}/stop")
        assert wait(client, job)["state"] == "stopped"
        assert not list(tmp_path.glob("*.bialign"))


def test_jobs_end_when_the_server_does():
    jobs = Jobs()

    def work(job):
        while True:
            job.progress("x", 0)
            time.sleep(0.01)

    job = jobs.start(work)
    jobs.stop_all()
    assert job.state == "stopped"


def test_the_example_is_made_once_and_opened_again(tmp_path, monkeypatch):
    monkeypatch.setattr("bialign.web.making._article", lambda: None)
    with client_of(folder=tmp_path) as client:
        text = wait(client, post(client, "/api/example").json()["job"])["result"]["text"]
        outline = client.get(f"/api/texts/{text}/outline").json()
        sizes = {f"{kind >> 12}-{kind >> 2 & 1023}" for kind in outline["k"]}
        # what the tour shows is there
        assert {"1-1", "1-2", "2-1", "1-0", "0-1"} <= sizes
        edit(client, outline["last"], do="judge", ids=[1], status="confirmed")
        assert wait(client, post(client, "/api/example").json()["job"])["result"]["text"] == text
        assert client.get(f"/api/texts/{text}/outline").json()["k"][0] & 3 == 1


def test_the_article_is_the_example_where_it_is_at_hand():
    assert [document.lang[:2] for document in example_texts()] == ["en", "es"]


# --- reasons, realigning, history, export ---


def test_reasons_are_given_for_a_bead_and_against_a_wrong_one(client, corpus):
    told = client.get("/api/beads/3/why").json()
    assert told["mine"] > 800
    assert all(reason["text"] for reason in told["reasons"])
    with Corpus(corpus) as opened:
        opened.shift(3, "target")
    told = client.get("/api/beads/3/why").json()
    assert told["mine"] is None
    assert "Los soldados salieron al alba." in [one["target"] for one in told["instead"]]
    assert client.get("/api/beads/99/why").status_code == 404


def test_realigning_shows_first_and_then_does_it(client, corpus):
    with Corpus(corpus) as opened:
        opened.merge([3, 4])
        opened.judge([3], "unreviewed")
        opened.merge([8, 9])
        before = opened.last
    told = wait(client, job := post(client, "/api/texts/1/realign").json()["job"])
    assert told["result"]["count"] == 1
    (shown,) = told["result"]["shown"]
    assert ([old[:2] for old in shown["old"]], [new[:2] for new in shown["new"]]) == ([[2, 2]], [[1, 1], [1, 1]])
    with Corpus(corpus) as opened:
        assert opened.last == before
    assert post(client, "/api/texts/1/apply", job=job, seen=before).json()["patch"]["whole"] is True
    with Corpus(corpus) as opened:
        beads = opened.beads("tale")
        assert [bead.type for bead in beads[1:5]] == ["1-1"] * 4
        assert (opened.bead(8).type, opened.bead(8).status) == ("2-2", "confirmed")
    stale = post(client, "/api/texts/1/apply", job=job, seen=before)
    assert (stale.status_code, stale.json()["kind"]) == (409, "conflict")
    assert post(client, "/api/texts/1/apply", job=99, seen=1).status_code == 404


def test_the_history_is_told(client):
    edit(client, 1, do="comment", ids=[2], text="¿Así?")
    edit(client, 2, do="correct", document=1, place=0, text="The general signed an order.")
    told = client.get("/api/history").json()
    assert [one["what"] for one in told] == ["correct", "comment", "add"]
    assert (told[0]["after"], told[1]["comment"], told[2]["name"]) == ("The general signed an order.", "¿Así?", "tale")


@pytest.mark.parametrize("format", ["html", "tmx", "tsv", "jsonl", "beads"])
def test_a_text_is_saved_for_other_programs(client, format):
    answer = client.get(f"/api/texts/1/export/{format}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f"attachment; filename*=UTF-8''tale.{format}"
    assert ("río" in answer.text) == (format != "beads")
    assert client.get("/api/texts/1/export/doc").status_code == 400


# --- words and the command ---


def test_both_languages_have_the_same_words():
    english, spanish = strings.strings("en"), strings.strings("es")
    assert list(english) == list(spanish)
    for key, text in english.items():
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", spanish[key])), key
        assert text.strip() and spanish[key].strip()


def test_every_word_the_pages_use_exists_and_none_is_left_over():
    texts = {file.name: file.read_text(encoding="utf-8") for file in STATIC.glob("*.js")}
    pages = "".join(file.read_text(encoding="utf-8") for file in (STATIC.parent / "templates").iterdir())
    pages += (STATIC.parent / "pages.py").read_text(encoding="utf-8")
    known = set(strings.strings("en"))
    used = set(re.findall(r"(?<!\{)\{\{(\w+)\}\}", pages)) - {"lang", "script", "theme", "version"}
    used |= set(re.findall(r'data-t(?:-label|-placeholder)?="(\w+)"', pages))
    for text in texts.values():
        used |= set(re.findall(r'\bt\("(\w+)"', text))
        counted = set(re.findall(r'\bcount\("(\w+)"', text))
        used |= counted | {f"{key}_one" for key in counted}
    assert used <= known, used - known
    everything = "".join(texts.values()) + pages
    whole = set(re.findall(r"[\w-]+", everything))
    # names that are put together: t(`do_${name}`)
    begun = set(re.findall(r"`(\w+_)\$\{", everything))
    left = {key for key in known if key.removesuffix("_one") not in whole and not any(map(key.startswith, begun))}
    assert left <= {f"{key}_title" for key in known}, left


def test_every_command_has_its_words():
    names = re.findall(r'do: "(\w+)", keys.*?\}', (STATIC / "keys.js").read_text(encoding="utf-8"))
    quiet = {"pageDown", "pageUp", "leave"}
    known = set(strings.strings("en"))
    assert len(names) > 30
    assert {f"do_{name}" for name in names if name not in quiet} <= known


def test_serve_refuses_what_it_cannot_open(bialign, tmp_path):
    run = bialign("serve", tmp_path / "none.bialign", "--no-browser")
    assert (run.status, "moved or removed" in run.err) == (1, True)
    run = bialign("serve", "--port", "0")
    assert (run.status, "from 1 to 65535" in run.err) == (2, True)
    opened = server.listen(0)
    run = bialign("serve", "--no-browser", "--port", str(opened.getsockname()[1]), "--ui-lang", "es")
    assert (run.status, "está ocupado" in run.err) == (1, True)
    opened.close()


def test_serve_says_where_it_is_and_ends_on_interrupt(bialign, tmp_path, monkeypatch):
    opened: list[str] = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("webbrowser.open", opened.append)
    monkeypatch.setattr("uvicorn.Server.run", lambda self, sockets: (_ for _ in ()).throw(KeyboardInterrupt))
    run = bialign("serve")
    assert run.status == 0
    (address,) = re.findall(r"http://127\.0\.0\.1:\d+/\?token=\S{20,}", run.out)
    assert opened == [address]
    assert "everything is saved" in run.err
    assert bialign("serve", "--no-browser").status == 0
    assert len(opened) == 1


def test_the_same_text_in_two_sessions(corpus, tmp_path):
    with client_of(corpus, tmp_path) as ana, client_of(corpus, tmp_path, who="Eva") as eva:
        edit(ana, 1, do="merge", ids=[3, 4])
        news = eva.get("/api/texts/1/news?since=1").json()
        assert (news["others"], news["gone"], news["beads"][0]["after"]) == (1, [4], 2)
        assert fresh().beads[2].type == "1-1"
