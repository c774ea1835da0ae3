"""What the server says of documents and their figures, of how a text came in, of files that go out, of sick files."""

import io
import json
import time
import zipfile

import pytest
from starlette.testclient import TestClient

from bialign.corpus import Corpus, decisions_file
from bialign.formats.registry import FORMATS
from bialign.readers.bilingual import read_bitext
from bialign.web.app import create_app
from bialign.web.exports import Exports
from bialign.web.session import Session
from test_decisions import ENGLISH, SPANISH, fresh
from web import TOKEN, make_corpus, make_long

PORT = 8417


@pytest.fixture
def corpus(tmp_path):
    return make_corpus(tmp_path / "cuentos ñ.bialign")


@pytest.fixture
def client(corpus, tmp_path):
    app = create_app(Session(corpus, folder=tmp_path, who="Ana"), token=TOKEN, port=PORT)
    cookies, headers = {f"bialign_{PORT}": TOKEN}, {"X-Bialign": "en"}
    with TestClient(app, base_url=f"http://127.0.0.1:{PORT}", headers=headers, cookies=cookies) as client:
        yield client


def post(client, address, /, **fields):
    return client.post(address, content=json.dumps(fields))


def wait(client, job):
    until = time.monotonic() + 30
    while time.monotonic() < until:
        told = client.get(f"/api/jobs/{job}").json()
        if told["state"] not in {"waiting", "running"}:
            return told
        time.sleep(0.02)
    raise AssertionError(told)


def export(client, format, texts=(1,), **more):
    told = wait(client, post(client, "/api/export", format=format, texts=list(texts), **more).json()["job"])
    assert told["state"] == "done", told
    id = told["result"]["export"]
    return id, client.get(f"/api/exports/{id}").json()


# --- documents ---


def test_documents_are_told_with_what_can_be_counted(client, corpus):
    with Corpus(corpus) as opened:
        opened.judge([1, 2], "confirmed")
        opened.judge([3], "rejected")
        opened.judge([4], "doubtful")
        one, other = opened.make_null(5, "free")
        opened.link([one], [other])
    told = client.get("/api/documents").json()
    (text,) = told["texts"]
    assert (told["title"], told["readOnly"], text["name"], text["langs"]) == ("Cuentos", False, "tale", ["en", "es"])
    # what was left without a counterpart is confirmed by that
    assert text["status"] == [4, 4, 1, 1]
    assert (text["beads"], text["doubtful"], text["omissions"], text["additions"], text["moves"]) == (10, 1, 1, 1, 1)
    assert text["segments"] == [9, 9]
    assert text["words"] == [len(ENGLISH.split()), len(SPANISH.split())]


def test_words_are_counted_anew_when_a_text_is_corrected(client):
    before = client.get("/api/documents").json()["texts"][0]["words"]
    told = client.get("/api/texts/1/outline").json()
    document = told["documents"][0]["id"]
    edit = {"do": "correct", "document": document, "place": 0, "text": "The old general signed the long order."}
    assert post(client, "/api/texts/1/edit", seen=told["last"], **edit).status_code == 200
    after = client.get("/api/documents").json()["texts"][0]["words"]
    assert after == [before[0] + 2, before[1]]
    assert post(client, "/api/texts/1/step", do="undo", seen=told["last"] + 1).status_code == 200
    assert client.get("/api/documents").json()["texts"][0]["words"] == before


def test_documents_say_the_same_as_the_beads(tmp_path):
    path = make_long(tmp_path / "long.bialign", 400)
    with Corpus(path) as opened:
        beads = opened.beads("ships", limit=-1)
        opened.store.remove("ships")
        opened.undo()
    session = Session(path, folder=tmp_path)
    app = create_app(session, token=TOKEN, port=PORT)
    with TestClient(app, base_url=f"http://127.0.0.1:{PORT}", cookies={f"bialign_{PORT}": TOKEN}) as client:
        (text,) = client.get("/api/documents").json()["texts"]
    assert text["omissions"] == sum(not bead.target for bead in beads)
    assert text["additions"] == sum(not bead.source for bead in beads)
    assert text["doubtful"] == sum(bead.probability < 0.5 for bead in beads)
    assert text["segments"] == [sum(len(bead.source) for bead in beads), sum(len(bead.target) for bead in beads)]


# --- how a text came in ---


def test_it_is_told_how_a_text_came_in(client):
    damaged = "Copyright 1999 Nobody. All rights reserved.\n\n" + ENGLISH.replace("order", "orderâ€™s", 1)
    files = [("files", ("C:\\x\\b.en.txt", damaged.encode())), ("files", ("b.es.txt", SPANISH.encode("latin-1")))]
    told = client.post("/api/uploads", files=files).json()
    wanted = [{"id": told[0]["id"], "drop": True}, {"id": told[1]["id"]}]
    text = wait(client, post(client, "/api/make", files=wanted, name="b").json()["job"])["result"]["text"]
    told = client.get(f"/api/texts/{text}/arrival").json()
    english, spanish = told["sides"]
    assert (english["file"], spanish["file"], spanish["encoding"]) == ("b.en.txt", "b.es.txt", "latin-1")
    assert ["â€™", "’", 1] in [[before, after, many] for before, after, many in english["examples"]]
    assert english["dropped"] and english["segments"] == spanish["segments"] == 9
    assert dict(told["types"]) == {"1–1": 9}
    assert told["beads"] == 9 and told["mean"] > 800
    assert client.get("/api/texts/99/arrival").status_code == 404


# --- files out ---


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_is_written_and_can_be_saved(client, format):
    if format in {"parquet", "huggingface"}:
        pytest.importorskip("pyarrow")
    id, told = export(client, format)
    assert told["reports"][0]["text"] == "tale" and told["reports"][0]["units"] > 0
    for number, file in enumerate(told["files"]):
        saved = client.get(f"/api/exports/{id}/{number}")
        assert saved.headers["Content-Disposition"].startswith("attachment")
        assert saved.headers["Content-Type"] == "application/octet-stream"
        assert len(saved.content) == file["size"] > 0
    assert client.get(f"/api/exports/{id}/{len(told['files'])}").status_code == 404


def test_what_a_file_has_no_place_for_is_told_in_the_language_of_the_page(client, corpus):
    with Corpus(corpus) as opened:
        opened.make_null(5, "free")
    id, told = export(client, "tmx")
    assert [file["name"] for file in told["files"]] == ["tale.tmx", "tale-unaligned.tsv"]
    assert told["reports"][0]["notes"] == ["2 null beads left out: TMX holds translations only → tale-unaligned.tsv"]
    client.headers["X-Bialign"] = "es"
    assert "correspondencias nulas" in client.get(f"/api/exports/{id}").json()["reports"][0]["notes"][0]


def test_several_texts_come_in_one_archive(client, corpus, tmp_path):
    with Corpus(corpus) as opened:
        opened.add_bitext(fresh(name="a/b: “?”"))
    id, told = export(client, "tmx", (1, 2), profile="omegat", codes=["en-US", "es-PE"])
    with zipfile.ZipFile(io.BytesIO(client.get(f"/api/exports/{id}/all").content)) as archive:
        assert archive.namelist() == [file["name"] for file in told["files"]]
        archive.extractall(tmp_path / "out")
    read = read_bitext(tmp_path / "out" / "tale.tmx")
    assert (len(read.beads), read.source.lang, read.target.lang) == (9, "en-US", "es-PE")


def test_the_corpus_itself_and_the_decisions_are_saved(client, corpus, tmp_path):
    with Corpus(corpus) as opened:
        opened.confirm([1])
    id, told = export(client, "corpus", ())
    copy = tmp_path / "copy.bialign"
    copy.write_bytes(client.get(f"/api/exports/{id}/0").content)
    with Corpus(copy) as opened:
        assert (opened.title, opened.bead(1).status, opened.check()) == ("Cuentos", "confirmed", [])
    id, told = export(client, "decisions", ())
    assert told["files"][0]["name"] == "cuentos ñ.decisions.yaml"
    file = tmp_path / "decisions.yaml"
    file.write_bytes(client.get(f"/api/exports/{id}/0").content)
    assert list(decisions_file.load(file)) == ["tale"]


def test_what_cannot_be_written_is_refused_and_leaves_nothing(client, tmp_path):
    assert post(client, "/api/export", format="doc", texts=[1]).status_code == 400
    for texts, said in (([], "choose one"), ([9], "no bitext")):
        told = wait(client, post(client, "/api/export", format="tmx", texts=texts).json()["job"])
        assert (told["state"], said in told["error"]) == ("failed", True)
    assert not list(client.app.state.session._temporary.glob("export-*"))
    assert client.get("/api/exports/1").status_code == 404


def test_only_the_last_exports_are_kept(client):
    ids = [export(client, "tsv")[0] for _ in range(6)]
    assert client.get(f"/api/exports/{ids[0]}/0").status_code == 404
    assert client.get(f"/api/exports/{ids[-1]}/0").status_code == 200
    assert len(list(client.app.state.session._temporary.glob("export-*"))) == 5
    assert isinstance(client.app.state.session.exports, Exports)


# --- the doctor ---

SICK = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4"><header srclang="en" datatype="plaintext"/><body>\n'
    '<tu><tuv xml:lang="en"><seg>R&D is late.</seg></tuv><tuv xml:lang="es"><seg>La I+D llega tarde.</seg></tuv></tu>\n'
    "</body></tmx>\n"
)


def examine(client, name, data):
    return client.post("/api/doctor", files=[("files", (name, data))])


def test_a_sick_file_is_examined_and_given_back_mended(client):
    told = examine(client, "memoria ñ.tmx", SICK.encode()).json()
    assert (told["name"], told["format"], told["units"], told["fixable"]) == ("memoria ñ.tmx", "TMX 1.4", 1, True)
    bare = next(one for one in told["findings"] if "&" in one["message"])
    assert bare["severity"] == "refuses" and "omegat" in bare["effects"]["refuses"]
    assert bare["places"][0]["where"].startswith("line 3")
    only = post(client, f"/api/doctor/{told['id']}", program="memoq").json()
    assert {name for one in only["findings"] for names in one["effects"].values() for name in names} == {"memoq"}
    mended = client.get(f"/api/doctor/{told['id']}/mended")
    assert "R&amp;D" in mended.text
    assert mended.headers["Content-Disposition"].endswith("tmx")
    again = examine(client, "memoria.tmx", mended.content).json()
    assert [one for one in again["findings"] if one["severity"] == "refuses"] == []


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.tmx", b""),
        ("a.tmx", b"\x00\xff" * 500),
        ("a.xlsx", b"PK\x03\x04no"),
        ("nothing", b"x"),
        ("../../a.txt", b"a"),
    ],
)
def test_any_file_can_be_examined(client, name, data):
    told = examine(client, name, data)
    assert told.status_code in {200, 400}
    assert "Traceback" not in told.text and "bialign-" not in told.text
    assert client.post("/api/doctor", files=[("other", ("a", b"x"))]).status_code == 400
    assert post(client, "/api/doctor/99").status_code == 404


@pytest.mark.parametrize("format", ["tmx", "xliff", "csv", "tsv", "xlsx"])
def test_no_program_refuses_what_is_exported(client, format):
    id, told = export(client, format)
    for number in range(len(told["files"])):
        found = client.get(f"/api/exports/{id}/{number}/check").json()["findings"]
        assert [one for one in found if one["severity"] == "refuses"] == []
