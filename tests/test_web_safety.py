"""Attacks on the server, all refused: strangers, other sites, forged names, guessed passwords, what is too much."""

import contextlib
import json
import os
import re
import socket
import time
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bialign.corpus import Corpus
from bialign.errors import BialignError, CorpusError
from bialign.web import limits, server
from bialign.web.app import create_app
from bialign.web.door import Door, Tries, Wait, WrongPassword
from bialign.web.guard import Hosts
from bialign.web.session import Session
from test_decisions import ENGLISH, SPANISH
from web import TOKEN, make_corpus, serving

PORT = 8417
BASE = f"http://127.0.0.1:{PORT}"
PASSWORD = "tres tristes tigres ñ"


@contextlib.contextmanager
def client_of(folder, corpus=None, *, host="127.0.0.1", password="", key=TOKEN, base=BASE, confined=False):
    session = Session(corpus, folder=folder, who="Ana", confined=confined)
    app = create_app(session, token=TOKEN, port=PORT, host=host, password=password)
    cookies = {f"bialign_{PORT}": key} if key else {}
    with TestClient(app, base_url=base, headers={"X-Bialign": "en"}, cookies=cookies) as client:
        yield client


@pytest.fixture
def here(tmp_path):
    """Give the folder of the server; what is beside it is none of its business."""
    folder = tmp_path / "here"
    folder.mkdir()
    return folder


@pytest.fixture
def corpus(here):
    return make_corpus(here / "cuentos ñ.bialign")


@pytest.fixture
def client(corpus, here):
    with client_of(here, corpus) as client:
        yield client


@pytest.fixture
def guarded(corpus, here):
    """Give a client of a server that others can reach, before the door."""
    shared = client_of(
        here, corpus, host="0.0.0.0", password=PASSWORD, key="", base=f"http://192.0.2.7:{PORT}", confined=True
    )
    with shared as client:
        yield client


def enter(client, password):
    return client.post("/api/login", content=json.dumps({"password": password}))


# --- by which names it may be called ---


@pytest.mark.parametrize("told", ["127.0.0.1:8417", "localhost:8417", "LOCALHOST:8417"])
def test_this_machine_is_called_by_its_names(told):
    assert told in Hosts("127.0.0.1", PORT)


@pytest.mark.parametrize(
    "told",
    [
        "",
        "127.0.0.1",
        "127.0.0.1:80",
        "192.168.1.4:8417",
        "evil.example:8417",
        "127.0.0.1.evil.example:8417",
        "localhost.evil.example:8417",
        "127.0.0.1:8417:8417",
        "127.0.0.1:8417@evil.example",
        "0.0.0.0:8417",
        "[::1]:8417",
        f"{socket.gethostname()}.evil:8417",
    ],
)
def test_nothing_else_names_it(told):
    assert told not in Hosts("127.0.0.1", PORT)


def test_one_that_others_reach_is_called_by_digits_and_by_its_own_name_only():
    hosts = Hosts("0.0.0.0", PORT)
    for told in ("192.168.1.4:8417", "[2001:db8::7]:8417", f"{socket.gethostname()}:8417", "127.0.0.1:8417"):
        assert told in hosts
    # a name that somebody lets point here
    assert "[::1]:8417" in Hosts("::1", PORT)
    for told in ("evil.example:8417", "192.168.1.4:80", "192.168.1.4.evil.example:8417"):
        assert told not in hosts


@pytest.mark.parametrize("mode", ["no-cors", "cors", "same-origin"])
def test_other_servers_of_this_machine_get_nothing(client, mode):
    # cookies know no ports: a page at another port of this machine brings ours along
    headers = {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": mode}
    assert client.get("/api/state", headers=headers).status_code == 403
    assert client.get("/static/review.js", headers=headers).status_code == 403


def test_a_link_on_another_page_leads_here_and_opens_nothing_by_itself(client):
    linked = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert client.get("/", headers=linked).status_code == 200
    client.cookies.clear()
    assert client.get("/", headers=linked).status_code == 403


# --- the password ---


def test_before_the_door_there_is_the_door_only(guarded):
    for path in ("/", "/text/1", "/documents", "/nowhere"):
        answer = guarded.get(path, follow_redirects=False)
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/login?to={path}")
    for path in ("/api/state", "/api/texts/1/outline", "/api/history"):
        assert (guarded.get(path).status_code, guarded.get(path).json()["kind"]) == (401, "login")
    assert guarded.post("/api/open", content='{"path": "x"}').status_code == 401
    # the token of the start opens nothing here
    assert guarded.get(f"/?token={TOKEN}", follow_redirects=False).status_code == 303
    assert guarded.get("/api/state", headers={"Cookie": f"bialign_{PORT}={TOKEN}"}).status_code == 401
    page = guarded.get("/login")
    assert (page.status_code, "password" in page.text) == (200, True)
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]


def test_the_password_opens_it_and_leaving_closes_it(guarded):
    entered = enter(guarded, PASSWORD)
    cookie = entered.headers["Set-Cookie"]
    assert entered.status_code == 200
    assert all(word in cookie for word in ("HttpOnly", "SameSite=Strict", "Path=/"))
    assert TOKEN not in cookie and PASSWORD not in cookie
    assert guarded.get("/api/state").json()["corpus"]["title"] == "Cuentos"
    key = guarded.cookies[f"bialign_{PORT}"]
    assert guarded.post("/api/logout").status_code == 200
    assert guarded.get("/api/state", headers={"Cookie": f"bialign_{PORT}={key}"}).status_code == 401


def test_a_forged_form_cannot_try_passwords(guarded):
    body = json.dumps({"password": PASSWORD})
    for headers in ({"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Host": "evil.example:8417"}):
        assert guarded.post("/api/login", content=body, headers=headers).status_code == 403
    del guarded.headers["X-Bialign"]
    assert guarded.post("/api/login", content=body).status_code == 403


def test_wrong_tries_wait_longer_and_longer(guarded):
    refused = enter(guarded, "abracadabra")
    assert (refused.status_code, refused.json()["error"]) == (403, "this is not the password")
    assert refused.headers["Retry-After"] == "1"
    # not even the right one is looked at
    waits = enter(guarded, PASSWORD)
    assert (waits.status_code, waits.json()["seconds"]) == (429, 1)
    guarded.headers["X-Bialign"] = "es"
    assert "espere" in enter(guarded, PASSWORD).json()["error"]


def test_a_guesser_has_a_few_dozen_tries_an_hour():
    now = [0.0]
    door = Door(token="", password=PASSWORD, clock=lambda: now[0])
    tried = 0
    while now[0] < 3_600:
        with pytest.raises((WrongPassword, Wait)) as refused:
            door.enter("guess", "192.0.2.1")
        tried += refused.type is WrongPassword
        now[0] += max(1, door.wait("192.0.2.1"))
    assert 30 < tried < 75
    # nobody else has to wait for it, and who knows it starts anew
    key = door.enter(PASSWORD, "192.0.2.2")
    assert door.knows(key) and not door.knows("") and not door.knows(key + "x")


def test_guessers_from_many_places_wait_together():
    now = [0.0]
    tries = Tries(lambda: now[0])
    for number in range(60):
        assert tries.wait(f"192.0.2.{number}") == 0
        tries.failed(f"192.0.2.{number}")
    assert 59 < tries.wait("198.51.100.1") <= 60
    now[0] = 61
    assert tries.wait("198.51.100.1") == 0
    # one household has more addresses of the new kind than it can use up
    for number in range(5):
        tries.failed(f"2001:db8::{number}")
    assert tries.wait("2001:db8::ffff:1") > 10


@pytest.mark.parametrize("password", ["", "tres", PASSWORD + " ", "\udc80", "x" * 100_000])
def test_what_is_not_the_password_is_none(password):
    with pytest.raises(WrongPassword):
        Door(token="", password=PASSWORD).enter(password, "")


def test_without_a_password_the_door_of_one_opens_nothing(client):
    client.cookies.clear()
    assert enter(client, "").status_code == 403
    assert Door(token="a").opens("") is False


def test_nobody_is_let_in_from_elsewhere_without_a_password(bialign, tmp_path, monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    monkeypatch.delenv("BIALIGN_PASSWORD", raising=False)
    run = bialign("serve", "--host", "0.0.0.0", "--no-browser")
    assert (run.status, "BIALIGN_PASSWORD" in run.err) == (2, True)
    monkeypatch.setenv("BIALIGN_PASSWORD", "short")
    run = bialign("serve", "--host", "0.0.0.0", "--no-browser")
    assert (run.status, "8 characters at least" in run.err) == (2, True)
    opened = server.listen(0)
    with pytest.raises(BialignError, match="a password is needed"):
        server.serve(Session(folder=tmp_path), opened, host="0.0.0.0")
    with pytest.raises(BialignError, match="no address of this machine"):
        server.listen(0, "192.0.2.7")
    # an option would be seen by everybody on the machine
    assert bialign("serve", "--password", PASSWORD).status == 2


def test_the_password_comes_from_a_file_the_environment_or_the_keyboard(bialign, tmp_path, monkeypatch):
    given = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("bialign.web.server.listen", lambda *_: None)
    monkeypatch.setattr("bialign.web.server.serve", lambda *_, password, **__: given.append(password))
    monkeypatch.delenv("BIALIGN_PASSWORD", raising=False)
    Path("secret").write_text(f"{PASSWORD}\nand more\n", encoding="utf-8")
    assert bialign("serve", "--host", "0.0.0.0", "--password-file", "secret").status == 0
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    typed = iter([PASSWORD, PASSWORD, PASSWORD, "another one"])
    monkeypatch.setattr("getpass.getpass", lambda _: next(typed))
    assert bialign("serve", "--host", "0.0.0.0").status == 0
    run = bialign("serve", "--host", "0.0.0.0")
    assert (run.status, "not the same" in run.err) == (2, True)
    monkeypatch.setenv("BIALIGN_PASSWORD", PASSWORD)
    assert bialign("serve").status == 0
    assert given == [PASSWORD] * 3
    assert PASSWORD not in run.out + run.err
    run = bialign("serve", "--password-file", "none")
    assert (run.status, "no such file" in run.err) == (1, True)


# --- files: no way out of the folder, no more than there is room for ---


@pytest.mark.parametrize(
    "path",
    [
        "/static/../guard.py",
        "/static/%2e%2e/guard.py",
        "/static/..%2fguard.py",
        "/static/..%5cguard.py",
        "/static//etc/passwd",
        "/static/%2fetc%2fpasswd",
        "/locales/..%2f..%2fguard.json",
        "/locales/../en.json",
        "/api/texts/1/export/..%2ftmx",
        "/text/../../etc/passwd",
    ],
)
def test_no_path_leads_out(corpus, tmp_path, path):
    with serving(corpus, tmp_path) as address:
        # as it stands: clients tidy paths up
        head = f"GET {path} HTTP/1.1\r\nHost: {address[7:]}\r\nCookie: bialign_{address.rpartition(':')[2]}={TOKEN}\r\n"
        told = talk(address, f"{head}Connection: close\r\n\r\n".encode())
    assert re.match(rb"HTTP/1.1 40[0345] ", told)
    assert b"root:" not in told and b"Who may talk" not in told


@pytest.mark.parametrize(
    "name", ["../../evil.txt", "..\\..\\evil.txt", "/etc/evil.txt", "C:\\evil.txt", "..", "a\0b.txt"]
)
def test_names_of_dropped_files_lead_nowhere(client, tmp_path, name):
    before = set(tmp_path.rglob("*"))
    told = client.post("/api/uploads", files=[("files", (name, ENGLISH.encode()))])
    assert told.status_code in {200, 400}
    assert set(tmp_path.rglob("*")) == before
    folder = client.app.state.session._temporary
    assert all(folder in path.resolve().parents for path in folder.rglob("*"))


def test_what_was_dropped_is_not_kept_for_ever(client):
    told = [client.post("/api/uploads", files=[("files", ("a.txt", b"One."))]).json()[0]["id"] for _ in range(45)]
    kept = list(client.app.state.session._temporary.rglob("*.txt"))
    assert len(kept) == 40
    assert client.post(f"/api/uploads/{told[0]}", content="{}").status_code == 404
    assert client.post(f"/api/uploads/{told[-1]}", content="{}").status_code == 200


def test_a_new_corpus_stays_in_its_folder(client, here, tmp_path):
    told = client.post(
        "/api/uploads", files=[("files", ("a.en.txt", ENGLISH.encode())), ("files", ("a.es.txt", SPANISH.encode()))]
    ).json()
    files = [{"id": one["id"]} for one in told]
    for number, name in enumerate(("../out", "/tmp/out", "..", "a/b", "CON", "x\0y")):
        job = client.post(
            "/api/make", content=json.dumps({"files": files, "name": f"t{number}", "corpus": name})
        ).json()
        until = time.monotonic() + 60
        while client.get(f"/api/jobs/{job['job']}").json()["state"] in {"waiting", "running"}:
            assert time.monotonic() < until
            time.sleep(0.02)
    made = {path for path in tmp_path.rglob("*.bialign") if "cuentos" not in path.name}
    assert len(made) == 6
    assert {path.parent for path in made} == {here}


def test_others_open_nothing_outside_of_the_folder(guarded, here, tmp_path):
    outside = make_corpus(tmp_path / "outside.bialign")
    enter(guarded, PASSWORD)
    named = [str(outside), f"../{outside.name}", "/etc/passwd", "~/x.bialign", "secret.txt", "a\0.bialign"]
    if os.name == "posix":
        (here / "link.bialign").symlink_to(outside)
        named.append("link.bialign")
    for path in named:
        refused = guarded.post("/api/open", content=json.dumps({"path": path}))
        assert (refused.status_code, "not in the folder" in refused.json()["error"]) == (400, True), path
    assert guarded.post("/api/open", content=json.dumps({"path": "cuentos ñ.bialign"})).status_code == 200
    # who sits at the machine opens what they like
    Session(outside, folder=here).close()
    with pytest.raises(CorpusError):
        guarded.app.state.session.path_of(str(outside))


# --- what is too much, or never ends ---


def talk(address, data, seconds=10.0):
    """Send bytes, and give all that comes back until the other end closes."""
    host, _, port = address[7:].rpartition(":")
    told = b""
    with socket.create_connection((host, int(port)), timeout=seconds) as line:
        with contextlib.suppress(OSError):
            line.sendall(data)
        with contextlib.suppress(ConnectionError):
            while piece := line.recv(65_536):
                told += piece
    return told


def whole(line):
    """Read an answer of JSON to its end; the line stays open."""
    told = b""
    while not told.endswith(b"}"):
        piece = line.recv(65_536)
        assert piece, told
        told += piece
    return told


def head(address, path, length, more=""):
    port = address.rpartition(":")[2]
    return (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: bialign_{port}={TOKEN}\r\nX-Bialign: en\r\n"
        f"{length}\r\n{more}\r\n"
    ).encode()


def test_a_gigabyte_is_refused_before_it_is_read(corpus, tmp_path):
    with serving(corpus, tmp_path) as address:
        start = time.monotonic()
        kind = "Content-Type: multipart/form-data; boundary=x\r\n"
        told = talk(address, head(address, "/api/uploads", "Content-Length: 1000000000", kind) + b"--x")
        assert told.startswith(b"HTTP/1.1 413") and b"300 MB at once are the most" in told
        told = talk(address, head(address, "/api/texts/1/edit", "Content-Length: 5000000") + b'{"do": "judge"')
        assert told.startswith(b"HTTP/1.1 413") and b"connection: close" in told.lower()
        assert time.monotonic() - start < 5
        # and it is still there
        assert b"200 OK" in talk(
            address, head(address, "/x", "Connection: close").replace(b"POST /x", b"GET /api/state")
        )


def test_what_does_not_say_how_long_it_is_ends_at_the_limit(corpus, tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MOST_UPLOADED", 200_000)
    piece = b"10000\r\n" + b"a" * 0x10000 + b"\r\n"
    begin = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.en.txt"\r\n\r\n'
    begin = b"%x\r\n%b\r\n" % (len(begin), begin)
    with serving(corpus, tmp_path) as address:
        kind = "Content-Type: multipart/form-data; boundary=x\r\n"
        told = talk(address, head(address, "/api/uploads", "Transfer-Encoding: chunked", kind) + begin + piece * 40)
    assert b" 413 " in told or told == b""
    assert not list(tmp_path.glob("**/a.en.txt"))


def test_json_of_any_shape_is_refused_in_one_line(client):
    for body in (
        b"[" * 100_000,
        b'{"do":' * 50_000,
        b'"' + b"x" * 3_000_000 + b'"',
        b"\xff\xfe",
        b"",
        b"null",
        b"1e999",
    ):
        for path in ("/api/texts/1/edit", "/api/texts/1/step", "/api/open", "/api/make"):
            refused = client.post(path, content=body)
            assert refused.status_code in {400, 413}, (path, body[:20], refused.text)
            assert "\n" not in refused.json()["error"] and "Traceback" not in refused.text
    assert client.post("/api/texts/1/edit", content=b'"' + b"x" * 4_000_001 + b'"').status_code == 413


def test_numbers_of_any_size_are_refused_in_one_line(client):
    huge = "9" * 400
    paths = ["texts/{}/outline", "texts/1/beads?ids={}", "beads/{}/why", "texts/1/news?since={}", "history?limit={}"]
    for path in (*(f"/api/{path.format(huge)}" for path in paths), "/api/texts/1/beads?start=x"):
        told = client.get(path)
        assert told.status_code < 500, path
        assert "Traceback" not in told.text


def test_who_never_ends_a_request_is_not_waited_for(corpus, tmp_path, monkeypatch):
    monkeypatch.setattr(limits.Patient, "head_seconds", 0.3)
    monkeypatch.setattr(limits, "IDLE", 0.3)
    with serving(corpus, tmp_path) as address:
        start = time.monotonic()
        assert talk(address, b"") == b""
        assert talk(address, b"GET / HTTP/1.1\r\nHost: 127") == b""
        told = talk(address, head(address, "/api/texts/1/edit", "Content-Length: 500") + b'{"do"')
        assert told.startswith(b"HTTP/1.1 408")
        # a second request on the same line, begun and left
        first = head(address, "/x", "Accept: */*").replace(b"POST /x", b"GET /api/state")
        host, _, port = address[7:].rpartition(":")
        with socket.create_connection((host, int(port)), timeout=5) as line:
            line.sendall(first)
            assert b"200 OK" in whole(line)
            line.sendall(first[:30])
            assert line.recv(65_536) == b""
        assert time.monotonic() - start < 5


def test_a_browser_that_waits_a_while_is_not_cut_off(corpus, tmp_path, monkeypatch):
    monkeypatch.setattr(limits.Patient, "head_seconds", 0.2)
    with serving(corpus, tmp_path) as address:
        host, _, port = address[7:].rpartition(":")
        asked = head(address, "/x", "Accept: */*").replace(b"POST /x", b"GET /api/state")
        with socket.create_connection((host, int(port)), timeout=5) as line:
            for _ in range(3):
                line.sendall(asked)
                assert b"200 OK" in whole(line)
                time.sleep(0.4)


# --- what is said of faults ---


def test_no_answer_holds_where_the_program_stands(client, corpus, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError(f"a fault in {__file__}")

    monkeypatch.setattr("bialign.web.views.outline", broken)
    told = client.get("/api/texts/1/outline")
    assert told.status_code == 500
    assert "Traceback" not in told.text and "site-packages" not in told.text
    assert client.get("/static/none.js").status_code == 404
    with Corpus(corpus) as opened:
        assert opened.last == 1
