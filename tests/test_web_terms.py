"""What the pages of the concordance and the glossary ask the server for, and what it answers."""

import json
import threading
import time

import pytest

from bialign.concordance import Concordance, SearchTimeout
from bialign.corpus import Corpus
from bialign.termbase import Termbase
from bialign.web.hits import clipped
from test_web_api import client_of, post, wait
from web import make_long, make_story


@pytest.fixture
def corpus(tmp_path):
    return make_story(tmp_path / "relatos.bialign")


@pytest.fixture
def client(corpus, tmp_path):
    with client_of(corpus, tmp_path) as client:
        yield client


def found(client, **asked):
    answer = client.get("/api/concordance", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def nodes(told):
    return [hit["node"] for hit in told["hits"]]


# --- the concordance ---


def test_every_kind_of_search_that_the_command_line_has(client):
    assert nodes(found(client, q="raid", lang="en")) == ["raid"] * 5
    assert nodes(found(client, q="INCURSION")) == ["incursión"]
    assert nodes(found(client, q="incursion", accents="1")) == []
    assert nodes(found(client, q="sin", case="1")) == []
    assert len(nodes(found(client, q="redada", lang="en"))) == 0
    assert nodes(found(client, q="planear", lemma="1")) == ["planeada"]
    assert nodes(found(client, q='"made a raid"')) == ["made a raid"]
    assert nodes(found(client, q="199[23]", regex="1")) == ["1992", "1993"]
    assert [hit["bead"] for hit in found(client, q="raid", without="redada", lang="en")["hits"]] == [2, 6]
    assert [hit["bead"] for hit in found(client, q="raid", **{"with": "allan*"})["hits"]] == [6]
    assert [hit["bead"] for hit in found(client, q="boat", only="omitted")["hits"]] == [8]
    assert found(client, q="raid", type="null")["hits"] == []
    assert found(client, q="raid", max="90")["hits"] == []
    assert found(client, q="raid", status="confirmed")["hits"] == []
    after = [hit["right"].split()[0] for hit in found(client, q="the", side="source", sort="1R")["hits"]]
    assert len(after) == 10 and after == sorted(after, key=str.lower)
    assert len(nodes(found(client, q="raid", sample="2", seed="3"))) == 2


def test_hits_come_in_pages_with_what_is_marked_and_a_citation(client):
    first, rest = found(client, q="raid", lang="en", limit="2"), found(client, q="raid", lang="en", offset="2")
    assert (len(first["hits"]), first["more"], len(rest["hits"]), rest["more"]) == (2, True, 3, False)
    hit = found(client, q="raid", **{"with": "incursión"})["hits"][0]
    assert (hit["text"], hit["name"], hit["side"], hit["cite"]) == (1, "story", "s", "story [2]")
    [[start, stop]] = hit["t"]["marks"]
    assert hit["t"]["text"][start:stop] == "incursión"
    assert len(found(client, q="the", limit="100000")["hits"]) <= 200
    assert client.get("/api/concordance/counts", params={"q": "raid"}).json()["hits"] == 5


def test_what_is_no_search_is_refused_in_a_line(client):
    for asked, said in (
        ({"q": "(", "regex": "1"}, "pattern"),
        ({"q": ""}, "nothing to search"),
        ({"q": "a" * 20_000}, "longer"),
        ({"q": "a", "in": "none"}, "no bitext"),
        ({"q": "a", "type": "x"}, "no type"),
    ):
        answer = client.get("/api/concordance", params=asked)
        assert answer.status_code in {400, 404} and said in answer.json()["error"], asked
    assert client.get("/api/concordance", params={"q": "a", "limit": "many"}).status_code == 400
    assert client.get("/api/concordance/export/exe", params={"q": "a"}).status_code == 400


def test_renderings_and_documents_are_counted(client):
    told = client.get("/api/concordance/renderings", params={"q": "raid", "lang": "en"}).json()
    assert told["groups"][0]["lemma"] == "redada"
    assert told["hits"] == told["looked"] == sum(group["count"] for group in told["groups"]) + told["none"]
    example = told["groups"][0]["examples"][0]
    [[start, stop]] = example["t"]["marks"]
    assert example["t"]["text"][start:stop].lower() == "redada"
    parts = client.get("/api/concordance/documents", params={"q": "raid"}).json()["parts"]
    assert [part["hits"] for part in parts] == [5]
    places = [[2, "source", 16, 20], [1, "target", 0, 2], [8, "source", 0, 6], [99, "source", 0, 1]]
    answer = client.post("/api/concordance/rendered", content=json.dumps(places)).json()
    assert len(answer) == 4 and answer[2] is answer[3] is None


@pytest.mark.parametrize("format", ["tsv", "jsonl", "xlsx", "html", "tmx", "docx"])
def test_hits_and_renderings_are_given_as_files(client, format):
    for view in ("hits", "renderings"):
        answer = client.get(f"/api/concordance/export/{format}", params={"q": "raid", "view": view})
        assert answer.headers["Content-Disposition"].endswith(f"concordance.{format}")
        assert answer.content[:2] == b"PK" if format in {"xlsx", "docx"} else "raid" in answer.text


def test_long_passages_are_shown_around_what_was_found():
    text = "x" * 10_000 + "raid" + "y" * 10_000
    shown, cut = clipped(text, 10_000)
    assert (len(shown), shown.index("raid") + cut) == (4_000, 10_000)


def test_a_search_is_ended_from_outside(tmp_path):
    path = make_long(tmp_path / "long.bialign", 4_000)
    with Corpus(path) as opened:
        concordance = Concordance(opened.store, seconds=600)
        hits = concordance.hits("the")
        next(hits)
        ender = threading.Thread(target=concordance.stop)
        ender.start()
        ender.join()
        with pytest.raises(SearchTimeout):
            list(hits)
        concordance.seconds = 0.0
        with pytest.raises(SearchTimeout):
            concordance.counts("the")
        told = concordance.counts("the", partial=True)
        assert (told.whole, told.hits < 8_000) == (False, True)


# --- the glossary ---


def entry(client, id):
    return client.get("/api/glossary/entry", params={"id": id}).json()


def edit(client, **wanted):
    return post(client, "/api/glossary/edit", **wanted)


def test_entries_are_found_by_terms_first(client):
    told = client.get("/api/glossary", params={"q": "golpe"}).json()
    assert [row["id"] for row in told["rows"]] == ["self-coup"]
    assert client.get("/api/glossary", params={"q": "SECRETO"}).json()["count"] == 1
    assert client.get("/api/glossary", params={"subject": "military"}).json()["rows"][0]["id"] == "raid"
    assert [row["id"] for row in client.get("/api/glossary", params={"order": "es"}).json()["rows"]] == [
        "self-coup",
        "raid",
        "sin",
    ]
    assert len(client.get("/api/glossary", params={"limit": "1", "offset": "1"}).json()["rows"]) == 1


def test_what_is_wrong_is_told_field_by_field(client):
    concept = entry(client, "raid")["concept"]
    concept["terms"] += [{"text": "=SUM(A1)", "lang": "es"}, {"text": "redada", "lang": "es", "since": "May"}]
    concept["terms"] += [{"text": "SIN", "lang": "en", "since": "2001", "until": "1999"}, {"text": "x", "lang": "?"}]
    concept |= {"id": "sin", "related": ["nowhere"]}
    told = edit(client, do="save", was="raid", concept=concept).json()
    assert told["saved"] is False
    faults = {(one["field"], one["mild"]) for one in told["faults"]}
    assert faults == {
        ("id", False),
        ("related", False),
        ("terms.3.text", False),
        ("terms.4.text", False),
        ("terms.4.since", False),
        ("terms.5.text", True),
        ("terms.5.until", False),
        ("terms.6.lang", False),
    }
    assert entry(client, "raid")["concept"]["terms"][-1]["text"] == "allanamiento"


def test_an_entry_is_saved_renamed_deleted_and_all_of_it_undone(client, corpus):
    told = edit(
        client, do="save", concept={"id": "", "terms": [{"text": " Night  Raid ", "lang": "en"}], "related": ["raid"]}
    ).json()
    assert (told["saved"], told["id"]) == (True, "night-raid")
    assert entry(client, "night-raid")["concept"]["terms"][0]["text"] == "Night Raid"
    concept = entry(client, "raid")["concept"] | {"id": "redada"}
    assert edit(client, do="save", was="raid", concept=concept, seen=told["last"]).json()["saved"]
    assert entry(client, "night-raid")["concept"]["related"] == ["redada"]
    assert edit(client, do="delete", was="redada", seen=told["last"] + 1).status_code == 200
    assert entry(client, "night-raid")["concept"]["related"] == []
    for name in ("redada", "redada", "night-raid"):
        assert post(client, "/api/glossary/step", do="undo").json()["name"] == name
    assert [row["id"] for row in client.get("/api/glossary").json()["rows"]] == ["self-coup", "raid", "sin"]
    assert post(client, "/api/glossary/step", do="redo").json()["name"] == "night-raid"
    with Corpus(corpus) as opened:
        assert [one.event.what for one in opened.history()][-2:] == ["glossary", "add"]


def test_who_has_not_seen_a_change_does_not_overwrite_it(client, corpus):
    seen = entry(client, "raid")
    with Corpus(corpus, who="Eva") as eva:
        eva.set_glossary(Termbase(("en", "es"), tuple(one for one in eva.glossary().concepts if one.id != "raid")))
    assert edit(
        client, do="save", was="raid", concept=seen["concept"] | {"note": "mine"}, seen=seen["last"]
    ).status_code in {400, 404}
    assert client.get("/api/glossary").json()["all"] == 2


def test_a_file_is_looked_at_before_it_comes_in(client):
    held = client.get("/api/glossary/export/yaml").content
    changed = held.replace(b"redada", b"batida") + b"  - {id: new, terms: {en: [{text: night}]}}\n"

    def send(mode, data=changed):
        return client.post("/api/glossary/import", files={"file": ("g.yaml", data)}, data={"mode": mode, "seen": "2"})

    told = send("look").json()
    assert (told["fresh"], told["changed"], told["gone"], told["done"]) == (1, 1, 0, False)
    assert client.get("/api/glossary").json()["all"] == 3
    assert send("add").json()["done"] and client.get("/api/glossary").json()["all"] == 4
    refused = send("replace", b"version: 1\nconcepts: 7")
    assert (refused.status_code, refused.json()["error"].startswith("g.yaml")) == (400, True)
    for format in ("tbx", "tbx2", "omegat", "csv", "tsv", "xlsx"):
        answer = client.get(f"/api/glossary/export/{format}")
        assert answer.status_code == 200 and "X-Left-Out" in answer.headers


def test_a_corpus_without_a_glossary_begins_one(tmp_path):
    path = make_story(tmp_path / "bare.bialign", glossary=False)
    with client_of(path, tmp_path) as client:
        told = client.get("/api/glossary").json()
        assert (told["exists"], told["languages"], told["all"]) == (False, ["en", "es"], 0)
        assert client.get("/api/texts/1/terms", params={"ids": "1"}).json()["glossary"] is False
        assert client.get("/api/texts/1/findings", params={"rows": "0"}).json() == []
        assert edit(client, do="save", concept={"id": "", "terms": [{"text": "net", "lang": "en"}]}).json()["saved"]
        assert client.get("/api/glossary").json()["exists"] is True


# --- at work ---


def test_findings_are_told_ignored_and_told_again(client):
    job = post(client, "/api/terms/check").json()["job"]
    findings = wait(client, job)["result"]["findings"]
    assert {"forbidden", "number"} <= {one["rule"] for one in findings if one["bead"] == 1}
    one = next(one for one in findings if one["rule"] == "forbidden")
    [[start, stop]] = one["sides"][1]["marks"]
    assert one["sides"][1]["text"][start:stop] == "golpe propio"
    post(client, "/api/terms/judge", key=one["key"])
    left = wait(client, post(client, "/api/terms/check").json()["job"])["result"]["findings"]
    assert len(left) == len(findings) - 1
    again = wait(client, post(client, "/api/terms/check", ignored=True).json()["job"])["result"]["findings"]
    assert sum(each["ignored"] for each in again) == 1
    assert post(client, "/api/terms/judge", key=one["key"], ignore=False).status_code == 200
    here = client.get("/api/texts/1/findings", params={"rows": "0,5"}).json()
    assert {each["bead"] for each in here} <= {1, 6} and len(here) >= 2


def test_renderings_of_a_concept_are_counted_in_both_directions(client):
    told = client.get("/api/terms/renderings", params={"concept": "raid"}).json()
    assert told["places"] == 5
    assert ("redada", "preferred") in {(one["text"], one["status"]) for one in told["renderings"]}
    there = client.get("/api/terms/renderings", params={"concept": "raid", "side": "target"}).json()
    assert there["renderings"][0]["text"] == "raid"
    assert client.get("/api/terms/renderings", params={"concept": "none"}).status_code == 404


def test_candidates_are_taken_and_refused(tmp_path):
    path = make_story(tmp_path / "many.bialign", times=6)
    with client_of(path, tmp_path) as client:
        job = post(client, "/api/terms/extract").json()["job"]
        candidates = wait(client, job)["result"]["candidates"]
        assert candidates and all(one["evidence"] for one in candidates)
        first, second = candidates[:2]
        texts = [first["source"]["text"], f" {first['target']['text']}  nuevo "]
        told = post(client, "/api/terms/decide", job=job, key=first["key"], accept=True, texts=texts).json()
        terms = entry(client, told["id"])["concept"]["terms"]
        assert f"{first['target']['text']} nuevo" in {term["text"] for term in terms}
        assert post(client, "/api/terms/decide", job=job, key=second["key"], accept=False).status_code == 200
        with Corpus(path) as opened:
            assert list(opened.rejected()) == [second["key"]]
        assert post(client, "/api/terms/decide", job=job, key="none", accept=True).status_code == 404


def test_terms_and_word_links_of_beads_count_letters(client):
    told = client.get("/api/texts/1/terms", params={"ids": "4,7"}).json()
    assert set(told["beads"]) == {"4"} and set(told["concepts"]) == {"raid", "sin"}
    text = "The SIN knew of it since March. 🙂 The raid was no secret."
    assert {text[start:stop] for start, stop, _ in told["beads"]["4"][0]} == {"SIN", "raid"}
    links = client.get("/api/beads/7/links").json()
    source, target = "The old fisherman mended his nets.", "El viejo pescador remendaba sus redes."
    assert ("fisherman", "pescador") in {(source[a:b], target[c:d]) for a, b, c, d in links}
    start = time.perf_counter()
    assert client.get("/api/beads/7/links").json() == links
    assert time.perf_counter() - start < 2
    assert client.get("/api/beads/8/links").json() == []
    assert client.get("/api/beads/99/links").status_code == 404
