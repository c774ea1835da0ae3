"""The concordance: each kind of query against data, the index against reading all, offsets, order, time, outputs."""

import html
import json
import random
import re
import time

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bialign.bitext import Anchor, Bead, Bitext, Document, Paragraph, Segment, Span
from bialign.citation import Citations
from bialign.concordance import (
    Concordance,
    Context,
    CountRenderer,
    LinkRenderer,
    Page,
    Query,
    SearchTimeout,
    parse,
    search,
)
from bialign.concordance.candidates import Candidates
from bialign.concordance.fragments import required
from bialign.concordance.lemmas import forms
from bialign.concordance.outputs import html as pages
from bialign.concordance.outputs import write
from bialign.concordance.outputs.records import read_recipe, records
from bialign.concordance.query import from_json
from bialign.corpus import Corpus
from bialign.errors import BialignError, FormatError, NotFound
from bialign.store import Pair, Store, edits, texts
from bialign.store.folding import fold, folding
from concordances import CASES, load_bitexts, make_corpus

QUERIES = yaml.safe_load((CASES / "queries.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with Store(make_corpus(tmp_path_factory.mktemp("corpus") / "small.bialign")) as store:
        yield store


@pytest.fixture(scope="module")
def concordance(store):
    return Concordance(store, seconds=30)


def query_of(case):
    values = {name: value for name, value in case.items() if name not in {"why", "hits"}}
    terms = {name: parse(values.pop(name)) for name in ("find", "rendered", "without") if name in values}
    return Query(**terms, **{name: tuple(v) if isinstance(v, list) else v for name, v in values.items()})


def numbered(store, hits):
    """Name beads by their number in their bitext."""
    numbers = {}
    for entry in store.contents.entries():
        numbers |= {id: number for number, id in enumerate(store.contents.ids(entry.id), 1)}
    return [[hit.bitext, numbers[hit.bead], hit.side, hit.node] for hit in hits]


# --- what is found ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", QUERIES, ids=lambda case: case["why"])
def test_queries_find_what_they_should(store, concordance, case):
    page = concordance.page(query_of(case), limit=100)
    assert numbered(store, page) == case["hits"]
    assert not page.more


@pytest.mark.parametrize("case", QUERIES, ids=lambda case: case["why"])
def test_hits_stand_where_they_say(store, concordance, case):
    query = query_of(case)
    for hit in concordance.page(query, limit=100):
        assert hit.text[hit.start : hit.stop] == hit.node
        bead = store.beads.get(hit.bead)
        assert (hit.source, hit.target) == store.beads.texts(bead)
        segments = {segment.place: segment.text for segment in store.beads.segments(bead, hit.side)}
        assert " ".join(segments[piece.place][piece.start : piece.stop] for piece in hit.pieces) == hit.node
        whole = store.contents.document(store.beads.document(bead.bitext, hit.side))[0].text
        around = " ".join(whole.split())
        assert hit.left + " ".join(hit.node.split()) + hit.right in around


@pytest.mark.parametrize("case", QUERIES, ids=lambda case: case["why"])
def test_the_index_leaves_nothing_out(store, case, monkeypatch):
    found = list(Concordance(store, seconds=30).hits(query_of(case)))
    monkeypatch.setattr(Candidates, "expression", lambda self, sides: None)
    read = list(Concordance(store, seconds=30).hits(query_of(case)))
    assert sorted((hit.bead, hit.side, hit.start) for hit in read) == sorted(
        (hit.bead, hit.side, hit.start) for hit in found
    )


@pytest.mark.parametrize("case", QUERIES, ids=lambda case: case["why"])
def test_queries_survive_json(case):
    query = query_of(case)
    assert from_json(json.loads(json.dumps(query.to_json()))) == query


LETTERS = "aAáÁeéEnñÑoóOu sS.,-'’?¡“"


@pytest.fixture(scope="module")
def babble(tmp_path_factory):
    """Make a corpus of words over few letters, in which everything happens."""
    chance = random.Random(5)

    def sentence():
        words = ["".join(chance.choices(LETTERS, k=chance.randint(1, 4))) for _ in range(chance.randint(1, 7))]
        return " ".join(" ".join(words).split()) or "a"

    pairs = [
        Pair(
            [sentence() for _ in range(chance.choice([1, 1, 1, 2]))],
            [sentence() for _ in range(chance.choice([1, 1, 2]))],
        )
        for _ in range(300)
    ]
    pairs += [Pair([sentence()], []), Pair([], [sentence()])]
    with Store(tmp_path_factory.mktemp("babble") / "babble.bialign", create=True) as store:
        store.add_pairs("babble", (Document("b.en", "en", "", ""), Document("b.es", "es", "", "")), pairs)
        yield store


def words_of(text):
    return [(found[0], *found.span()) for found in re.finditer(r"[^\W_]+", text)]


def brute_force(store, wanted, alike, side):
    """Find a phrase of words, * and ? allowed, by looking at every word of every bead."""
    patterns = [
        re.compile("".join({"*": ".*", "?": "."}.get(sign, re.escape(sign)) for sign in alike(word))) for word in wanted
    ]
    found = []
    for entry in store.contents.entries():
        for bead in store.beads.of(entry.id):
            text = store.beads.texts(bead)[side == "target"]
            words, at = words_of(alike(text)), 0
            while at <= len(words) - len(patterns):
                run = words[at : at + len(patterns)]
                if all(pattern.fullmatch(word) for pattern, (word, _, _) in zip(patterns, run, strict=True)):
                    found.append((bead.id, run[0][1], run[-1][2]))
                    at += len(patterns)
                else:
                    at += 1
    return found


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.lists(st.text("aáAeénñNos*?", min_size=1, max_size=3), min_size=1, max_size=3),
    side=st.sampled_from(["source", "target"]),
    case=st.booleans(),
    accents=st.booleans(),
    plain_n=st.booleans(),
)
@example(words=["a*"], side="target", case=False, accents=False, plain_n=False)
@example(words=["n"], side="source", case=False, accents=False, plain_n=True)
def test_the_index_agrees_with_brute_force(babble, words, side, case, accents, plain_n):
    words = [word for word in words if word.strip("?")]
    if not words:
        return
    query = Query(parse(f'"{" ".join(words)}"'), side=side, case=case, accents=accents, plain_n=plain_n)
    found = [(hit.bead, hit.start, hit.stop) for hit in Concordance(babble).hits(query)]
    alike = folding(case=case, accents=accents, plain_n=plain_n)
    assert sorted(found) == sorted(brute_force(babble, words, alike, side))


PATTERNS = [
    "a+n",
    "(an|es)o?",
    r"\bs\w*",
    "[ae]{2}",
    "n.s",
    "o(?= )",
    "^a",
    "a$",
    r"s\. ?a",
    "ñ|é",
    r"(.)\1",
    "e[^a]s",
    "(?<!a)n",
]


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("accents", [False, True])
def test_regular_expressions_agree_with_brute_force(babble, pattern, accents):
    import regex

    query = Query(parse(f"/{pattern}/"), accents=accents)
    found = sorted((hit.bead, hit.side, hit.start, hit.stop) for hit in Concordance(babble, seconds=60).hits(query))
    alike = folding(case=True, accents=accents)
    compiled = regex.compile(alike(pattern), regex.IGNORECASE | regex.MULTILINE)
    wanted = []
    for bead in babble.beads.of(1):
        for side, text in zip(("source", "target"), babble.beads.texts(bead), strict=True):
            wanted += [
                (bead.id, side, *match.span())
                for match in compiled.finditer(alike(text))
                if match.end() > match.start()
            ]
    assert found == sorted(wanted)
    assert bool(found) == (pattern != r"\d" and (pattern, accents) != (r"s\. ?a", True))


@given(st.text())
@example("İstanbul ß ŉ Ñandú “cita” — ﬁ \x81")
def test_letters_are_folded_as_the_index_does(text):
    assert folding()(text) == fold(text)
    for case in (False, True):
        for accents in (False, True):
            assert len(folding(case=case, accents=accents)(text)) == len(text)


@given(st.text("ab1 .|()[]?*+{}2,^$\\dwsb", max_size=14), st.text("ab12 .", max_size=12))
def test_what_is_required_is_there(pattern, text):
    # of any pattern that compiles: where it matches, one fragment of each need does so too
    import warnings

    import regex

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compiled = regex.compile(pattern)
        except (regex.error, OverflowError):
            return
        found = compiled.search(text, timeout=1)
        if found is not None:
            for need in required(pattern):
                assert any(regex.search(fragment.pattern, found[0]) for fragment in need)


def test_a_language_may_stand_on_either_side(tmp_path):
    with Store(tmp_path / "both.bialign", create=True) as store:
        for name, source, target in (("a", "en", "es"), ("b", "es", "en")):
            texts = {"en": "The sol note rose.", "es": "Salieron los soles y el sol."}
            documents = (Document(f"{name}.s", source, "", ""), Document(f"{name}.t", target, "", ""))
            store.add_pairs(name, documents, [Pair([texts[source]], [texts[target]])])
        concordance = Concordance(store)

        def sides(**settings):
            return [(h.bitext, h.side, h.node) for h in concordance.page(Query(parse("lemma:sol"), **settings))]

        found = [("a", "target", "soles"), ("a", "target", "sol"), ("b", "source", "soles"), ("b", "source", "sol")]
        assert sides(lang="es") == found
        assert sides(lang="en") == [("a", "source", "sol"), ("b", "target", "sol")]
        assert sides(side="source", lang="es") == found[2:]
        spread = concordance.dispersion(Query(parse("sol"), lang="es"))
        assert [(part.document, part.hits) for part in spread.parts] == [("a.t", 1), ("b.s", 1)]


def test_forms_of_lemmas():
    assert {"detuvo", "detenidas", "deteniéndolos", "detenérselo", "detendrán"} <= set(forms("detener", "es"))
    assert {"fue", "iban", "yendo"} <= set(forms("ir", "es"))
    assert {"hecho", "dehecho"} & set(forms("hacer", "es")) == {"hecho"}
    assert {"golpe", "golpes"} == set(forms("golpes", "es"))
    assert "países" in forms("pais", "es")
    assert {"soles", "sol"} <= set(forms("sol", "es"))
    assert {"went", "goes"} <= set(forms("go", "en"))
    assert forms("talo", "fi") == ("talo",)


# --- context, order, pages --------------------------------------------------------------------------------------------


def test_context_runs_over_borders(concordance):
    hit = concordance.page("resigned", context=Context(20)).hits[0]
    assert hit.left.endswith("The minister ")
    assert hit.right == ". In 1992 the house w"[:20]
    hit = concordance.page("resigned", context=Context(3, words=True)).hits[0]
    assert (hit.left, hit.right) == ("street. The minister ", ". In 1992")
    first = concordance.page("coup", context=Context(30)).hits[0]
    assert first.left == "The "
    assert concordance.page("again", context=Context(30)).hits[0].right == "."
    assert concordance.page("again", context=Context(0)).hits[0].left == ""


def test_order_by_words_around(concordance):
    page = concordance.page(Query(parse("/\\bla?s? (\\w+)/"), lang="es"), sort=["node"], limit=50)
    nodes = [hit.node.lower() for hit in page]
    assert nodes == sorted(nodes, key=fold)
    lefts = [hit.left.split()[-1].lower() for hit in concordance.page(Query(parse("house")), sort=["1L"], limit=50)]
    assert lefts == sorted(lefts)
    assert set(lefts) == {"the", "old"}
    page = concordance.page("house", sort=["1R", "2R"], limit=50)
    rights = [re.findall(r"\w+", fold(hit.right))[:2] for hit in page]
    assert rights == sorted(rights)
    assert len(rights) == 5


def test_order_is_that_of_spanish(tmp_path):
    words = ["nube", "ñandú", "niño", "ozono", "ámbar", "amor", "Álamo"]
    pairs = [Pair(["x"], [f"uno {word}"]) for word in words]
    with Store(tmp_path / "o.bialign", create=True) as store:
        store.add_pairs("o", (Document("o.en", "en", "", ""), Document("o.es", "es", "", "")), pairs)
        found = search(store, "uno", sort=["1R"])
        assert [hit.right.split()[0] for hit in found] == ["Álamo", "ámbar", "amor", "niño", "nube", "ñandú", "ozono"]


def test_order_by_document_place_and_probability(store, concordance):
    page = concordance.page("house", sort=["document"], limit=50)
    assert [hit.bitext for hit in page] == ["chronicle"] * 3 + ["tale"] * 2
    chances = [hit.probability for hit in concordance.page("house", sort=["probability"], limit=50)]
    assert chances == sorted(chances)
    assert chances[0] == 0.4
    with pytest.raises(BialignError, match="no order"):
        concordance.page("house", sort=["3X"])


@pytest.mark.parametrize("sort", [(), ("1R",)])
def test_pages_join_without_gap(concordance, sort):
    whole = concordance.page("the", limit=100, sort=sort)
    assert len(whole) > 20
    pieces = []
    for offset in range(0, 100, 7):
        page = concordance.page("the", offset=offset, limit=7, sort=sort)
        assert page.more == (offset + 7 < len(whole))
        pieces += page.hits
    assert tuple(pieces) == whole.hits
    assert [hit.number for hit in pieces] == list(range(len(whole)))


def test_a_corpus_can_be_asked(store, concordance):
    with Corpus(store.path) as corpus:
        page = corpus.search("house", limit=3, sort=["1L"])
        assert page.hits == concordance.page("house", limit=3, sort=["1L"]).hits
        assert page.corpus == corpus.version


def test_hits_stream_the_same(concordance):
    assert tuple(concordance.hits("the")) == concordance.page("the", limit=100).hits


def test_samples(concordance):
    whole = set(concordance.page("the", limit=100).hits)
    places = {(hit.bead, hit.start) for hit in whole}
    first, again, other = (concordance.page("the", sample=8, seed=seed) for seed in (1, 1, 2))
    assert first == again
    assert len(first) == 8
    assert {(hit.bead, hit.start) for hit in first} < places
    assert [(hit.bead, hit.start) for hit in first] != [(hit.bead, hit.start) for hit in other]
    assert len(concordance.page("the", sample=1_000, limit=1_000)) == len(whole)


def test_counts_and_dispersion(concordance):
    counts = concordance.counts("house")
    assert (counts.hits, counts.beads, counts.bitexts, counts.whole) == (5, 5, 2, True)
    assert not concordance.counts("the", most=5).whole
    # by the index and by reading all: a bead with hits on both sides is one
    for query in ("/es?/", "/[^x]/"):
        counts, found = concordance.counts(query), concordance.page(query, limit=10_000)
        assert (counts.hits, counts.beads) == (len(found), len({hit.bead for hit in found}))
    spread = concordance.dispersion(Query(parse("house"), lang="en"))
    assert [(part.document, part.hits) for part in spread.parts] == [("chronicle.en", 3), ("tale.en", 2)]
    words = sum(len(segment.text.split()) for segment in load_bitexts()[0].source_segments)
    assert spread.parts[0].words == words
    assert 0 < spread.d <= 1
    assert 0 <= spread.dp < 0.2
    assert concordance.dispersion("zarzuela").dp == 0


def test_changes_are_seen(tmp_path):
    with Store(make_corpus(tmp_path / "c.bialign")) as store:
        concordance = Concordance(store)
        before = concordance.page("house", limit=50)
        bead = before.hits[0].bead
        with store.edit("judge") as edit:
            edits.judge(edit, [bead], "rejected")
        after = concordance.page(Query(parse("house"), statuses=("rejected",)))
        assert [hit.bead for hit in after] == [bead]
        assert before.corpus == f"{store.meta('uuid')}:2"
        assert after.corpus == f"{store.meta('uuid')}:3"
        with Store(store.path) as another:
            another.remove("tale")
        assert {hit.bitext for hit in concordance.page("house", limit=50)} == {"chronicle"}


def test_edited_texts_are_searched_as_they_stand(tmp_path, monkeypatch):
    with Store(make_corpus(tmp_path / "c.bialign")) as store:
        bitext = store.contents.bitext_id("chronicle")
        ids = store.contents.ids(bitext)
        source = store.beads.document(bitext, "source")
        with store.edit("merge") as edit:
            edits.merge(edit, ids[0:2])
        with store.edit("cut") as edit:
            texts.cut(edit, source, 4.0, len("Their mothers asked for them,"))
        with store.edit("correct") as edit:
            texts.correct(edit, source, 2.0, "The police arrested the house painter.")
        with store.edit("join") as edit:
            texts.join(edit, source, 0.0)
        queries = [query_of(case) for case in QUERIES] + [Query(parse(r"/\w+/")), Query(parse('"them and nobody"'))]
        concordance = Concordance(store, seconds=60)
        found = [sorted((hit.bead, hit.side, hit.start) for hit in concordance.hits(query)) for query in queries]
        assert len(found[-1]) == 1
        cite = Citations(store.bitext("chronicle"))
        wanted = list(map(cite, store.bitext("chronicle").beads))
        beads = store.contents.ids(bitext)
        for hit in concordance.hits(Query(parse(r"/^\W*\w/"), bitexts=("chronicle",))):
            assert (hit.source_place, hit.target_place) == wanted[beads.index(hit.bead)]
        monkeypatch.setattr(Candidates, "expression", lambda self, sides: None)
        read = [sorted((hit.bead, hit.side, hit.start) for hit in Concordance(store).hits(query)) for query in queries]
        assert read == found


# --- citations --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "es"])
def test_citations_are_those_of_the_documents(store, lang):
    concordance = Concordance(store, lang=lang)
    for entry in store.contents.entries():
        bitext = store.contents.bitext(entry.id)
        cite = Citations(bitext, lang)
        wanted = dict(zip(store.contents.ids(entry.id), map(cite, bitext.beads), strict=True))
        found = {}
        for hit in concordance.page(Query(parse(r"/^\W*\w/"), bitexts=(entry.name,)), limit=1_000):
            found[hit.bead] = (hit.source_place, hit.target_place)
        assert found == wanted


@pytest.mark.parametrize("known", [True, False])
def test_citations_of_all_that_can_be_cited(tmp_path, known):
    # anchors of all kinds, in gaps and in sentences; paragraphs of all kinds; places with nothing
    chance = random.Random(3)
    kinds = ["text", "text", "running-head", "page-number", "heading"]
    text, segments, anchors, paragraphs = "", [], [], []
    for number in range(150):
        if number % 40 == 7:
            anchors.append(Anchor(max(0, len(text) - 1), "page", str(number)))
        start = len(text)
        for _ in range(chance.randint(1, 3)):
            sentence = chance.choice(["One word.", "Two more words here.", "Three."])
            for kind in ("note", "heading", "chapter", "time", "row"):
                if chance.random() < {"note": 0.2, "time": 0.01 * (number > 120), "row": 0.01}.get(kind, 0.03):
                    label = str(len(anchors)) if kind != "chapter" else chance.choice(["II", "A name"])
                    anchors.append(Anchor(len(text) + chance.randint(0, 5), kind, label))
            gap = " " if len(text) > start else ""
            begin = len(text) + len(gap)
            segments.append(Segment(len(segments), begin, begin + len(sentence), sentence, number))
            text += gap + sentence
        paragraphs.append(Paragraph(start, len(text), chance.choice(kinds)))
        text += "\n"
    anchors.sort(key=lambda anchor: anchor.offset)
    source = Document("s", "en", "", text, anchors=tuple(anchors), paragraphs=tuple(paragraphs) if known else ())
    beads = tuple(Bead(Span(n, n + 1), Span(n, n + 1)) for n in range(len(segments)))
    target = Document("t", "es", "", text)
    bitext = Bitext("b", source, target, tuple(segments), tuple(segments), beads)
    with Store(tmp_path / "c.bialign", create=True) as store:
        store.add(bitext)
        stored = store.bitext("b")
        wanted = list(map(Citations(stored), stored.beads))
        hits = Concordance(store).page(Query(parse("/^\\w/"), side="source"), limit=1_000)
        assert [(hit.source_place, hit.target_place) for hit in hits] == wanted
        assert len({place for place, _ in wanted}) > 20


def test_a_citation(concordance):
    hit = concordance.page("militarismo").hits[0]
    assert hit.citation() == f"Crónica, p. 2, par. 1 [{hit.bead}]"
    assert hit.source_place == "p. 2, par. 1"
    assert concordance.page("detendrá").hits[0].target_place == "p. 2, par. 2"


# --- time -------------------------------------------------------------------------------------------------------------


def test_no_regular_expression_hangs(tmp_path):
    with Store(tmp_path / "long.bialign", create=True) as store:
        pairs = [Pair(["a" * 400 + "! 7"], ["b"])]
        store.add_pairs("long", (Document("l.en", "en", "", ""), Document("l.es", "es", "", "")), pairs)
        for pattern in (r"(a|aa)+\d", r"(?:a|aa|aaa)+7", r"(a|aa)+[^a!]{3}"):
            start = time.monotonic()
            with pytest.raises(SearchTimeout, match=r"longer than 0\.5 s"):
                Concordance(store, seconds=0.5).page(f"/{pattern}/")
            assert time.monotonic() - start < 3
        assert len(Concordance(store, seconds=0.5).page("/a+/")) == 1


# --- mistakes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "nothing to search for"), ("...", "holds no word"), ('""', "holds no word"), ("/(/", "pattern ( is wrong")],
)
def test_queries_that_are_none(concordance, text, said):
    with pytest.raises(BialignError, match=re.escape(said)):
        concordance.page(text)


def test_names_that_are_not_there(concordance):
    with pytest.raises(NotFound, match="no bitext or document"):
        concordance.page(Query(parse("house"), bitexts=("novel",)))
    with pytest.raises(NotFound, match="no text of this corpus"):
        concordance.page(Query(parse("house"), lang="fr"))
    with pytest.raises(BialignError, match="no type of bead"):
        Query(parse("house"), types=("one-two",))
    with pytest.raises(BialignError, match="no range"):
        Query(parse("house"), probability=(0.9, 0.1))


@settings(max_examples=300, deadline=None)
@given(
    text=st.one_of(st.text(max_size=12), st.text("aáñ*?\"/:'-_.² ª\u0301\ue000🙂ﬁ\x00\n(|)[]", max_size=10)),
    lemma=st.booleans(),
)
def test_any_text_is_a_query_or_told_to_be_none(text, lemma, babble):
    try:
        query = Query(parse(text, lemma=lemma))
        list(Concordance(babble, seconds=20).hits(query))
    except BialignError:
        return
    assert from_json(query.to_json()) == query


# --- renderings -------------------------------------------------------------------------------------------------------


def test_renderings_by_links(concordance):
    found = concordance.renderings(Query(parse("house"), lang="en"), LinkRenderer())
    assert (found.hits, found.looked_at) == (5, 5)
    groups = {group.lemma: group for group in found.groups}
    assert groups["casa"].count == 3
    assert groups["vivienda"].count == 1
    assert found.groups[0].lemma == "casa"
    assert sum(group.count for group in found.groups) + found.none == 5
    hits = concordance.hits_of(found.query, groups["casa"].examples)
    for hit, rendered in zip(hits, groups["casa"].rendered, strict=True):
        assert hit.target[rendered.start : rendered.stop].lower() == "casa"
    assert dict(groups["casa"].bitexts) == {"chronicle": 2, "tale": 1}


def test_forms_of_a_lemma_are_one_rendering(concordance):
    found = concordance.renderings(Query(parse("lemma:blow"), lang="en"))
    assert dict(found.groups[0].forms) == {"golpe": 2, "golpes": 1}


def test_renderings_by_counts(tmp_path):
    pairs = [Pair([f"The cat {verb}s."], [f"El gato {verb}a."]) for verb in ("kan", "lon", "mer", "pos", "tur")]
    pairs += [Pair([f"A cat {verb}s."], [f"Una gata {verb}a."]) for verb in ("fum", "gol", "hir", "jin")]
    pairs += [
        Pair([f"The dog {verb}s."], [f"El perro {verb}a."]) for verb in ("bax", "cov", "dez", "lix", "vok", "waf")
    ]
    with Store(tmp_path / "c.bialign", create=True) as store:
        store.add_pairs("c", (Document("c.en", "en", "", ""), Document("c.es", "es", "", "")), pairs)
        concordance = Concordance(store)
        found = concordance.renderings("cat", CountRenderer(concordance.lookup, "source"))
        assert [(group.lemma, group.count) for group in found.groups[:1]] == [("gato", 5)]
        assert sum(group.count for group in found.groups) + found.none == 9


# --- outputs ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """Make a corpus of texts that formats trip over."""
    nasty = ["=1+1", "@cmd", "</script><b>bold</b>", "tab\there", "two\u2028lines", "bell\x07", 'quote "q"', "+", "-2"]
    pairs = [Pair([f"{text} word"], [f"{text} palabra"]) for text in nasty]
    with Store(tmp_path_factory.mktemp("hostile") / "h.bialign", create=True) as store:
        documents = (Document("<h>.en", "en", "=T & <t>", ""), Document("h.es", "es", "", ""))
        store.add_pairs("h", documents, pairs)
        yield Concordance(store)


def test_tables_parse_back(hostile, tmp_path):
    page = hostile.page("word", limit=50)
    write(page, tmp_path / "hits.tsv")
    lines = (tmp_path / "hits.tsv").read_text(encoding="utf-8").split("\n")
    assert lines.pop() == ""
    names, *rows = [line.split("\t") for line in lines]
    assert len(rows) == len(page) == 9
    assert {len(row) for row in rows} == {len(names)}
    assert [int(row[names.index("bead")]) for row in rows] == [hit.bead for hit in page]
    write(page, tmp_path / "hits.jsonl")
    text = (tmp_path / "hits.jsonl").read_text(encoding="utf-8")
    found = [json.loads(line) for line in text.splitlines()]
    assert [row["source"] for row in found] == [hit.source for hit in page]
    assert [row["pieces"] for row in found] == [[list(piece) for piece in hit.pieces] for hit in page]
    assert all(row["corpus"] == page.corpus for row in found)


def test_workbooks_hold_no_formulas(hostile, tmp_path):
    from openpyxl import load_workbook

    page = hostile.page("word", limit=50)
    write(page, tmp_path / "hits.xlsx")
    book = load_workbook(tmp_path / "hits.xlsx")
    sheet = book.active
    assert sheet.max_row == 10
    names = [cell.value for cell in sheet[1]]
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row} <= {"s", "n", "inlineStr"}
    sources = [row[names.index("source")].value for row in sheet.iter_rows(min_row=2)]
    assert sources[0] == "=1+1 word"
    book.close()


@pytest.mark.parametrize("lang", ["en", "es"])
def test_pages_hold_the_texts_and_nothing_else(hostile, tmp_path, lang):
    page = hostile.page("word", limit=50)
    write(page, tmp_path / "hits.html", ui_lang=lang)
    text = (tmp_path / "hits.html").read_text(encoding="utf-8")
    assert f'<html lang="{lang}">' in text
    assert "<b>" not in text
    assert text.count("<mark>word</mark>") == 9
    assert html.escape("</script><b>bold</b>") in text
    assert not re.search(r"(?:src|href)=", text)
    assert text.count("<li>") == 9
    assert "$" not in re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)


def test_pages_say_the_same_in_both_languages():
    say = pages.strings()
    assert say["en"].keys() == say["es"].keys()
    for key, text in say["en"].items():
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", say["es"][key]))


@pytest.mark.parametrize("suffix", [".tsv", ".jsonl", ".xlsx", ".html"])
def test_searches_can_be_done_again(concordance, tmp_path, suffix):
    query = Query(
        parse('lemma:blow /x"\\t<y>/ "a phrase"'), rendered=parse("golpe*"), types=("1-1", "null"), accents=True
    )
    page = concordance.page(query, sort=["1R"], sample=4, seed=7)
    page = Page(query, page.corpus, concordance.page("blow").hits, sort=("1R",), sample=4, seed=7)
    path = tmp_path / f"hits{suffix}"
    write(page, path)
    recipe = read_recipe(path)
    assert (recipe.query, recipe.sort, recipe.sample, recipe.seed) == (query, ("1R",), 4, 7)
    assert recipe.corpus == page.corpus


@pytest.mark.parametrize("suffix", [".tsv", ".jsonl", ".xlsx", ".html"])
def test_renderings_are_written(concordance, tmp_path, suffix):
    found = concordance.renderings(Query(parse("house"), lang="en"))
    occurrences = [occurrence for group in found.groups for occurrence in group.examples]
    examples = Page(found.query, found.corpus, tuple(concordance.hits_of(found.query, occurrences)))
    write(found, tmp_path / f"r{suffix}", examples=examples)
    assert read_recipe(tmp_path / f"r{suffix}").query == found.query
    rows = list(records(found, examples))
    assert [row["rendering"] for row in rows] == [group.lemma for group in found.groups]
    # each group has its own examples, and all of them
    for row, group in zip(rows, found.groups, strict=True):
        assert len(row["examples"]) == len(group.examples)
        assert all(any(form in example.lower() for form in row["forms"]) for example in row["examples"])


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"find": 5},
        {"find": "a", "side": 5},
        {"find": "a", "side": "left"},
        {"find": "a", "case": "yes"},
        {"find": "a", "bitexts": "tale"},
        {"find": "a", "probability": ["x", 1]},
        {"find": "a", "probability": [0.5]},
        {"find": "a", "only": "all"},
        {"find": "a", "statuses": ["good"]},
        {"find": "a", "colour": "red"},
    ],
)
def test_values_that_are_no_query(values):
    with pytest.raises(BialignError):
        from_json(values)


def test_files_that_hold_no_search(tmp_path):
    for name in ("a.tsv", "a.jsonl", "a.xlsx", "a.html", "a.txt"):
        for content in ("", "one\ttwo\n", "{}\n", "[]\n", "<html></html>"):
            (tmp_path / name).write_text(content, encoding="utf-8")
            with pytest.raises(FormatError, match="holds no search"):
                read_recipe(tmp_path / name)
    with pytest.raises(FormatError, match="cannot tell the format"):
        write(Page(Query(parse("a")), "", ()), tmp_path / "a.doc")
