"""Candidates for a glossary: what is found in the article, how it stands in its lines, and where it goes."""

import json
import math
from dataclasses import replace
from pathlib import Path

import pytest

from bialign.bitext import Bead, Bitext, Document, Segment, Span
from bialign.corpus import Corpus
from bialign.errors import BialignError, CorpusError, FormatError
from bialign.formats.beads import load_beads
from bialign.gold import read_lines
from bialign.termbase import Concept, Term, Termbase
from bialign.terms.extraction import extract
from bialign.terms.extraction.acronyms import expansions
from bialign.terms.extraction.outputs import write
from bialign.terms.extraction.patterns import ENGLISH, SPANISH, spans
from bialign.terms.extraction.proposal import known_in, with_candidates
from conftest import REPOSITORY

ARTICLE = REPOSITORY / "corpus"


def side(id, lang, texts):
    segments, at = [], 0
    for number, text in enumerate(texts):
        segments.append(Segment(number, at, at + len(text), text, number))
        at += len(text) + 1
    return Document(id, lang, id, "\n".join(texts)), tuple(segments)


def bitext(source, target, beads=None, langs=("en", "es")):
    (one, left), (other, right) = side("one", langs[0], source), side("other", langs[1], target)
    beads = beads or [Bead(Span(n, n + 1), Span(n, n + 1)) for n in range(len(source))]
    return Bitext("text", one, other, left, right, tuple(beads))


HARBOUR = [
    ("The harbour master closed the tidal lock.", "El capitán de puerto cerró la esclusa de marea."),
    ("A tidal lock needs a lock keeper.", "Una esclusa de marea necesita un esclusero."),
    ("The lock keeper called the harbour master.", "El esclusero llamó al capitán de puerto."),
    ("Every tidal lock has two gates.", "Cada esclusa de marea tiene dos compuertas."),
    (
        "The Lisbon Dredging Company (LDC) cleaned the gates.",
        "La Compañía de Dragados de Lisboa (CDL) limpió las compuertas.",
    ),
    ("The harbour master paid the LDC.", "El capitán de puerto pagó a la CDL."),
]


@pytest.fixture(scope="module")
def harbour():
    return bitext(*zip(*HARBOUR, strict=True))


@pytest.fixture(scope="module")
def article():
    base = ARTICLE / "gold" / "cia-hitman-in-peru"
    return bitext(*(read_lines(base.with_suffix(suffix)) for suffix in (".src", ".tgt")), load_beads(f"{base}.beads"))


@pytest.fixture(scope="module")
def candidates(article):
    return extract(article)


def texts_of(candidate, lang):
    return [each.text for each in candidate.expressions if each.lang == lang]


def test_the_terms_of_the_article_come_first(candidates):
    first = candidates[:30]
    assert all(one.kind == "term" for one in first)
    english = {text for one in first for text in texts_of(one, "en")}
    spanish = {text for one in first for text in texts_of(one, "es")}
    assert {"SIN", "DINCOTE", "Colina Group", "Armed Forces", "self-coup", "death squad"} <= english
    assert {"SIN", "DINCOTE", "Grupo Colina", "Fuerzas Armadas", "autogolpe", "escuadrón de la muerte"} <= spanish


def test_people_and_places_are_told_apart(candidates):
    names = {one.source.text for one in candidates if one.kind == "name"}
    assert {"Montesinos", "Fujimori", "Lima", "Peru", "General Robles"} <= names
    kinds = [one.kind for one in candidates]
    assert kinds == sorted(kinds, key=("term", "name").index)
    for kind in ("term", "name"):
        scores = [one.score for one in candidates if one.kind == kind]
        assert scores == sorted(scores, reverse=True)


def test_an_acronym_and_what_it_stands_for_are_one(candidates):
    sin = next(one for one in candidates if one.source.text == "SIN")
    assert sin.source.kind == "acronym"
    assert "National Intelligence Services" in texts_of(sin, "en")
    assert "Servicio de Inteligencia Nacional" in texts_of(sin, "es")


def test_evidence_shows_both_sides_where_they_stand(article, candidates):
    assert len({one.key for one in candidates}) == len(candidates)
    for one in candidates:
        assert one.evidence
        for line in one.evidence:
            bead = article.beads[line.bead]
            assert (line.source, line.target) == (article.source_text(bead), article.target_text(bead))
            for lang, text, span in (("en", line.source, line.source_span), ("es", line.target, line.target_span)):
                forms = {form for each in one.expressions if each.lang == lang for form, _ in each.forms}
                assert text[slice(*span)] in forms | {form.replace(" ’", "’") for form in forms}


def test_the_sides_may_be_exchanged(harbour):
    turned = Bitext(
        "text", harbour.target, harbour.source, harbour.target_segments, harbour.source_segments,
        tuple(replace(bead, source=bead.target, target=bead.source) for bead in harbour.beads),
    )  # fmt: skip
    found = {(one.source.text, one.target.text) for one in extract(harbour)}
    assert {("tidal lock", "esclusa de marea"), ("gates", "compuertas")} <= found
    other = {(one.target.text, one.source.text) for one in extract(turned)}
    assert {("tidal lock", "esclusa de marea"), ("gates", "compuertas")} <= other


def test_rejected_beads_and_single_sides_are_no_evidence(harbour):
    beads = tuple(replace(bead, status="rejected") if n > 1 else bead for n, bead in enumerate(harbour.beads))
    found = {one.source.text for one in extract(replace(harbour, beads=beads))}
    assert "LDC" not in found
    assert "LDC" in {one.source.text for one in extract(harbour)}
    nothing = bitext([], [], [])
    assert extract(nothing) == []


def test_terms_that_keep_together_and_that_more_texts_have_are_surer(harbour):
    alone = {one.source.text: one for one in extract(harbour)}
    texts = [
        replace(bitext(*zip(*HARBOUR[at : at + 2], strict=True)), id=f"text-{at}") for at in range(0, len(HARBOUR), 2)
    ]
    parted = {one.source.text: one for one in extract(texts)}
    # one place in each text; two in the first and one in the second; no other text to compare with
    shares = [2 / 3, 1 / 3]
    entropy = -sum(share * math.log(share) for share in shares) / math.log(3)
    assert parted["harbour master"].measures.consensus == pytest.approx(1)
    assert parted["tidal lock"].measures.consensus == pytest.approx(entropy)
    assert alone["harbour master"].measures.consensus == alone["tidal lock"].measures.consensus == 0
    assert parted["harbour master"].score > alone["harbour master"].score
    # *lock* has a keeper besides, at two places of five; *esclusa de marea* always keeps together
    assert alone["harbour master"].measures.cohesion == pytest.approx(1)
    assert alone["tidal lock"].measures.cohesion == pytest.approx(math.sqrt(2 * 3 / (3 + 5)))


def test_what_always_has_capitals_and_is_never_translated_is_a_name():
    lines = [
        *HARBOUR,
        ("Yesterday Henry Ford met the baker.", "Ayer Henry Ford vio al panadero."),
        ("The smith never liked Henry Ford.", "Al herrero nunca le gustó Henry Ford."),
        ("Then Henry Ford bought a horse.", "Luego Henry Ford compró un caballo."),
    ]
    kinds = {one.source.text: one.kind for one in extract(bitext(*zip(*lines, strict=True)))}
    assert (kinds["Henry Ford"], kinds["harbour master"]) == ("name", "term")


def test_what_is_left_untranslated_is_no_evidence():
    licence = "No tidal lock and no harbour master comes with a warranty."
    lines = [*HARBOUR, (licence, licence), (licence, licence)]
    found = {one.source.text: one for one in extract(bitext(*zip(*lines, strict=True)))}
    assert [each.text for each in found["tidal lock"].also] == []
    assert found["tidal lock"].source.count == 3


def test_what_stands_once_is_asked_for(harbour):
    assert "Lisbon Dredging Company" not in {text for one in extract(harbour) for text in [one.source.text]}
    ldc = next(one for one in extract(harbour) if one.source.text == "LDC")
    assert (ldc.target.text, texts_of(ldc, "en")[1:]) == ("CDL", ["Lisbon Dredging Company"])
    assert texts_of(ldc, "es")[1:] == ["Compañía de Dragados de Lisboa"]


def test_other_languages_are_refused():
    with pytest.raises(BialignError, match="English and Spanish texts only, not in en-fr"):
        extract(bitext(["A cat."], ["Un chat."], langs=("en", "fr")))


@pytest.mark.parametrize(
    ("text", "pattern", "found"),
    [
        ("run by the National Intelligence Service ( SIN )", ENGLISH, [("SIN", "National Intelligence Service")]),
        ("el Servicio de Inteligencia Nacional ( SIN ) calla", SPANISH, [("SIN", "Servicio de Inteligencia Nacional")]),
        ("NATO ( North Atlantic Treaty Organization ) met", ENGLISH, [("NATO", "North Atlantic Treaty Organization")]),
        ("messenger ribonucleic acid ( mRNA ) decays", ENGLISH, [("mRNA", "messenger ribonucleic acid")]),
        ("they left ( see Chapter ) quickly", ENGLISH, []),
        ("the army ( CIA ) said", ENGLISH, []),
        ("( SIN )", ENGLISH, []),
    ],
)  # fmt: skip
def test_acronyms_are_read_off_the_text(text, pattern, found):
    words = text.split()
    assert [(words[a], " ".join(words[i:j])) for a, i, j in expansions(words, pattern)] == found


def test_terms_begin_and_end_with_words_of_their_own():
    words = ["the", "Truth", "and", "Reconciliation", "Commission", "of", "Peru", "and", "the", "army"]
    found = {" ".join(words[i:j]) for i, j in spans(words, ENGLISH)}
    assert "Truth and Reconciliation Commission of Peru" in found
    assert not any(text.endswith((" and", " of")) or text.startswith(("the ", "and ")) for text in found)
    assert "Peru and the army" not in found


def test_a_corpus_keeps_what_was_decided(harbour, tmp_path):
    with Corpus.create(tmp_path / "c.bialign") as corpus:
        corpus.add_bitext(harbour)
        first, second, *_ = found = corpus.candidates(evidence=1)
        assert {len(one.evidence) for one in found} == {1}
        bead = corpus.bead(first.evidence[0].bead)
        assert (bead.source_text, bead.target_text) == (first.evidence[0].source, first.evidence[0].target)
        ids = corpus.accept(first, subject="harbours")
        corpus.reject(second.key, note="too common")
        assert [concept.id for concept in corpus.glossary().concepts] == ids
        concept = corpus.glossary().concept(ids[0])
        assert concept.subject == "harbours"
        assert concept.source == {"en": first.evidence[0].source, "es": first.evidence[0].target}
        assert [term.text for term in concept.terms_in("es")] == texts_of(first, "es")
        assert corpus.rejected() == {second.key: "too common"}
        assert {one.key for one in corpus.candidates()} == {one.key for one in found} - {first.key, second.key}
        assert [entry.event.what for entry in corpus.history(2)] == ["reject", "accept"]
        corpus.accept(second)
        assert not corpus.rejected()
        corpus.undo()
        assert second.key in corpus.rejected()
        corpus.undo()
        corpus.undo()
        assert corpus.glossary() is None
        assert {one.key for one in corpus.candidates()} == {one.key for one in found}


def test_an_edit_is_refused_where_the_corpus_cannot_be_written(harbour, tmp_path):
    with Corpus.create(tmp_path / "c.bialign") as corpus:
        corpus.add_bitext(harbour)
    with Corpus(tmp_path / "c.bialign", read_only=True) as corpus:
        found = corpus.candidates(1)
        with pytest.raises(CorpusError):
            corpus.accept(found)


def test_a_candidate_adds_to_the_concept_that_is_there(harbour):
    found = next(one for one in extract(harbour) if one.source.text == "LDC")
    terms = (Term("LDC", "en", "acronym"), Term("CDL", "es", "acronym"))
    base = Termbase(("en", "es"), (Concept("ldc", "firms", terms=terms),))
    assert known_in(base, found)
    grown, ids = with_candidates(base, [found])
    assert ids == ["ldc"]
    (concept,) = grown.concepts
    assert concept.terms[:2] == terms
    assert {term.text for term in concept.terms[2:]} == {"Lisbon Dredging Company", "Compañía de Dragados de Lisboa"}
    assert with_candidates(grown, [found])[0] == grown


def test_candidates_are_written_as_tables_and_glossaries(harbour, tmp_path):
    found = extract(harbour)
    for suffix in (".yaml", ".tbx"):
        write(found, tmp_path / f"c{suffix}")
        termbase = Termbase.load(tmp_path / f"c{suffix}")
        assert len(termbase.concepts) == len(found)
        assert all(known_in(termbase, one) for one in found)
    write(found, tmp_path / "c.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "c.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["key"] for row in rows] == [one.key for one in found]
    write(found, tmp_path / "c.tsv")
    header, *lines = (tmp_path / "c.tsv").read_text(encoding="utf-8").splitlines()
    assert header.split("\t")[:4] == ["rank", "kind", "source", "target"]
    assert len(lines) == len(found)
    write(found, tmp_path / "c.xlsx")
    from openpyxl import load_workbook

    assert load_workbook(tmp_path / "c.xlsx").active.max_row == len(found) + 1
    with pytest.raises(FormatError, match="cannot tell the format"):
        write(found, tmp_path / "c.doc")


# ---------- the command ----------


@pytest.fixture
def letters(tmp_path) -> tuple[Path, Path]:
    paths = tmp_path / "harbour.en.txt", tmp_path / "harbour.es.txt"
    for path, texts in zip(paths, zip(*HARBOUR, strict=True), strict=True):
        path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return paths


@pytest.fixture
def corpus(bialign, letters, tmp_path):
    path = tmp_path / "harbour.bialign"
    with Corpus.create(path) as made:
        made.add(*letters, name="harbour")
    return path


def rows(run):
    header, *found = (line.split("\t") for line in run.out.splitlines())
    return [dict(zip(header, cells, strict=True)) for cells in found]


def test_two_texts_are_aligned_and_looked_through(bialign, letters, tmp_path):
    run = bialign("terms", "extract", *letters, "--to", "tsv", "--limit", "3")
    assert run.status == 0
    assert [row["rank"] for row in rows(run)] == ["1", "2", "3"]
    assert "3 of " in run.err
    out = tmp_path / "candidates.yaml"
    run = bialign("terms", "extract", *letters, "-o", out)
    assert (run.status, run.out) == (0, "")
    assert Termbase.load(out).lookup("The tidal locks", "en")


def test_candidates_are_accepted_and_rejected_by_their_keys(bialign, corpus):
    first, second, *rest = rows(bialign("terms", "extract", corpus, "--to", "tsv"))
    run = bialign("terms", "extract", corpus, "--accept", first["key"], "--reject", second["key"], "--to", "tsv")
    assert run.status == 0
    assert {row["key"] for row in rows(run)} == {row["key"] for row in rest}
    with Corpus(corpus) as opened:
        assert len(opened.glossary().concepts) == 1
        assert list(opened.rejected()) == [second["key"]]
    assert "candidates refused" in bialign("history", corpus).out
    run = bialign("terms", "extract", corpus, "--accept", first["key"])
    assert (run.status, run.out) == (1, "")
    assert "there is no candidate with the key" in run.err


def test_candidates_are_reviewed_key_by_key(bialign, corpus, letters, monkeypatch, tmp_path):
    keys = iter("xar q")
    monkeypatch.setattr("click.getchar", lambda: next(keys))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    run = bialign("terms", "extract", corpus, "--review")
    assert run.status == 0
    assert "1 candidate accepted, 1 rejected" in run.err
    with Corpus(corpus) as opened:
        assert len(opened.glossary().concepts) == len(opened.rejected()) == 1
    keys = iter("aaq")
    file = tmp_path / "new.yaml"
    run = bialign("terms", "extract", *letters, "--review", "--glossary", file)
    assert run.status == 0
    assert len(Termbase.load(file).concepts) == 2
    again = rows(bialign("terms", "extract", *letters, "--glossary", file, "--to", "tsv"))
    assert len(again) == len(rows(bialign("terms", "extract", *letters, "--to", "tsv"))) - 2


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["a.txt", "b.txt", "c.txt"], 2, "c.txt is too much"),
        (["a.txt", "b.txt", "--review"], 2, "name the glossary"),
        (["a.txt", "b.txt", "--reject", "x", "--glossary", "g.yaml"], 2, "remembered in a corpus only"),
        (["a.txt", "b.txt", "--in", "x"], 2, "chooses bitexts of a corpus"),
        (["a.txt", "b.txt", "-o", "c.doc"], 1, "cannot tell the format"),
        (["a.txt", "b.txt", "-o", "nowhere/c.tsv"], 2, "there is no folder"),
        (["nowhere.bialign"], 1, "nowhere.bialign"),
    ],
)
def test_what_makes_no_sense_is_said_first(bialign, tmp_path, monkeypatch, arguments, status, said):
    monkeypatch.chdir(tmp_path)
    run = bialign("terms", "extract", *arguments)
    assert (run.status, run.out) == (status, "")
    assert said in run.err
