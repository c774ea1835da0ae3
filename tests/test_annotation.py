"""Annotations in a corpus: schemes, marks that follow the text, several people, decisions, history, merging."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bialign.corpus import Corpus, decisions_file
from bialign.errors import CorpusError, FormatError, NotFound
from bialign.store import marking
from bialign.store.changes import COLUMNS
from bialign.store.marking import Correction, Mark
from bialign.study.annotation import schemes
from test_decisions import fresh

WORDS = st.lists(
    st.sampled_from(
        ["the", "old", "man", "sold", "his", "grey", "mare", "in", "Lima", ".", ",", "¡", "río", "—", "no"]
    ),
    min_size=1,
    max_size=9,
)


@pytest.fixture
def corpus(tmp_path):
    with Corpus.create(tmp_path / "tale.bialign", title="Tale", who="Ana") as made:
        made.add_bitext(fresh())
        yield made


def segment(corpus: Corpus, side: str, number: int):
    return corpus.store.reader.run(corpus.store.beads.document(1, side), number, 1)[0]


def words(corpus: Corpus, id: int) -> list[str]:
    return list(corpus.annotation(id).texts)


def dump(corpus: Corpus) -> list[tuple]:
    """Give every row that the history covers, texts packed as they are."""
    return [
        (table, *row)
        for table, columns in COLUMNS.items()
        for row in corpus.store.database.rows(f"SELECT {', '.join(columns)} FROM {table} ORDER BY id")
    ]


# --- schemes ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "labels"), [("shifts", 11), ("vinay-darbelnet", 7), ("molina-hurtado", 18)])
def test_schemes_built_in_say_everything_in_both_languages(name, labels):
    scheme = schemes.built_in(name)
    assert len(scheme.labels) == labels == len(set(scheme.names))
    assert scheme.source
    for label in scheme.labels:
        assert label.title.en and label.title.es and label.definition.en and label.definition.es
        assert label.examples and all(one.en and one.es for one in label.examples)
        assert scheme.with_key(label.key) is label


def test_a_scheme_written_can_be_read_again(tmp_path):
    path = tmp_path / "my.yaml"
    for name in schemes.BUILT_IN:
        path.write_text(schemes.dumps(schemes.built_in(name)), encoding="utf-8")
        assert schemes.load(path) == schemes.built_in(name)


LABEL = "scheme: mine\ntitle: {en: Mine}\nlabels:\n- name: one\n  key: '1'\n  title: {es: Uno}\n"


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        (LABEL.replace("mine", "My scheme"), 1, "small letters, digits and hyphens"),
        (LABEL.replace("key: '1'", "key: one"), 5, "one small letter or digit: one"),
        (LABEL.replace("key: '1'", "key: Ñ"), 5, "one small letter or digit: Ñ"),
        (LABEL + "- name: one\n  key: x\n  title: {en: X}\n", 7, "two labels are called one"),
        (LABEL + "- name: two\n  key: '1'\n  title: {en: X}\n", 8, "two labels have the key 1"),
        (LABEL + "- name: two\n  key: x\n  title: {}\n", 9, "a title is wanted"),
        (LABEL + "- key: x\n  title: {en: X}\n", 7, "the field name is missing"),
        (LABEL + "- name: two\n  key: x\n  colour: red\n  title: {en: X}\n", 9, "no field colour"),
        (LABEL.replace("title: {en: Mine}", "title: {}"), 2, "a title is wanted"),
        ("scheme: mine\ntitle: {en: Mine}\nlabels: []\n", 3, "one label at least"),
        ("- a\n", None, "a scheme of annotation is wanted"),
    ],
)
def test_a_scheme_that_breaks_the_rules_is_refused_with_its_line(tmp_path, text, line, told):
    path = tmp_path / "my.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FormatError, match=told) as caught:
        schemes.load(path)
    assert caught.value.line == line


def test_a_corpus_keeps_the_scheme_it_uses(corpus):
    assert corpus.schemes() == {}
    corpus.annotate(1, "omission")
    assert corpus.schemes() == {"shifts": schemes.built_in("shifts")}
    assert corpus.scheme().scheme == "shifts"
    with pytest.raises(NotFound, match="there is no scheme none; there are: shifts, vinay-darbelnet, molina-hurtado"):
        corpus.annotate(1, "omission", scheme="none")
    with pytest.raises(NotFound, match="has no label calque; it has: omission"):
        corpus.annotate(1, "calque")


def test_a_scheme_keeps_the_labels_that_are_used(corpus, tmp_path):
    path = tmp_path / "my.yaml"
    path.write_text(LABEL, encoding="utf-8")
    mine = schemes.load(path)
    corpus.set_scheme(mine)
    corpus.annotate(1, "one", scheme="mine")
    path.write_text(LABEL.replace("name: one", "name: other"), encoding="utf-8")
    with pytest.raises(CorpusError, match="no label one, which 1 annotations have"):
        corpus.set_scheme(schemes.load(path))
    assert corpus.schemes()["mine"] == mine
    corpus.undo()
    corpus.set_scheme(schemes.load(path))
    assert corpus.schemes()["mine"].names == ("other",)


# --- marks ------------------------------------------------------------------------------------------------------------


def test_marks_hold_words_of_one_or_both_sides(corpus):
    id = corpus.annotate(1, "structure", [*corpus.marks_in(1, "source", 4, 11), *corpus.marks_in(1, "target", 3, 10)])
    view = corpus.annotation(id)
    assert view.texts == ("general", "general")
    assert view.beads == (1,)
    assert (view.annotation.who, view.annotation.scheme, view.bitext) == ("Ana", "shifts", "tale")


def test_marks_are_put_in_order_without_spaces_at_their_ends(corpus):
    marks = [Mark("target", 0, 0, 2), Mark("source", 0, 11, 19), Mark("source", 0, 3, 12), Mark("source", 1, 0, 6)]
    id = corpus.annotate(1, "meaning", marks)
    assert words(corpus, id) == ["general signed", "Nobody", "El"]
    assert corpus.annotation(id).beads == (1, 2)


def test_a_whole_bead_is_marked_segment_by_segment(corpus):
    corpus.merge([1, 2])
    id = corpus.annotate(1, "omission", who=" Eva  Paz ")
    assert words(corpus, id)[:2] == ["The general signed the order.", "Nobody asked him why."]
    assert len(words(corpus, id)) == 4
    assert corpus.annotation(id).annotation.who == "Eva Paz"
    corpus.split(1, 1, 1)
    assert len(corpus.annotation(id).beads) == 2
    assert not corpus.check()


@pytest.mark.parametrize(
    "marks",
    [[Mark("source", 0, 5, 5)], [Mark("source", 0, 0, 999)], [Mark("source", 0, 3, 4)], [Mark("source", 0, -1, 2)]],
)
def test_marks_that_make_no_sense_change_nothing(corpus, marks):
    last = corpus.last
    with pytest.raises(ValueError, match=r"letters|some words"):
        corpus.annotate(1, "omission", marks)
    with pytest.raises(NotFound):
        corpus.annotate(1, "omission", [Mark("source", 77, 0, 1)])
    with pytest.raises(ValueError, match="no letters 20-400"):
        corpus.marks_in(1, "source", 20, 400)
    assert corpus.last == last and not corpus.annotations()


def test_marks_follow_what_happens_to_the_text(corpus):
    place = 2  # The soldiers left at dawn.
    document = corpus.store.beads.document(1, "source")
    soldiers = corpus.annotate(3, "particularization", [Mark("source", place, 4, 12)])
    leaving = corpus.annotate(3, "structure", [Mark("source", place, 4, 17)])
    corpus.correct(document, place, "Then the soldiers had gone at dawn.")
    assert words(corpus, soldiers) == ["soldiers"]
    assert corpus.annotation(soldiers).annotation.was == ""
    assert words(corpus, leaving) == ["soldiers had gone"]
    assert corpus.annotation(leaving).annotation.was == "soldiers left"
    new = corpus.cut(document, place, 18)
    assert words(corpus, leaving) == ["soldiers", "had gone"]
    assert corpus.annotation(leaving).annotation.marks[1].place == new
    assert words(corpus, soldiers) == ["soldiers"]
    corpus.join(document, place)
    assert words(corpus, leaving) == ["soldiers had gone"]
    corpus.change_annotation(leaving)
    assert corpus.annotation(leaving).annotation.was == ""
    assert not corpus.check()


def test_words_that_are_gone_leave_a_sign_on_the_whole_segment(corpus):
    id = corpus.annotate(1, "omission", corpus.marks_in(1, "source", 4, 11))
    corpus.correct(corpus.store.beads.document(1, "source"), 0, "The signed order.")
    assert corpus.annotation(id).annotation.was == "general"
    assert words(corpus, id) == ["The signed order."]


@given(WORDS, WORDS, st.data())
def test_a_correction_moves_marks_or_says_that_they_changed(before, after, data):
    old, new = " ".join(before), " ".join(after)
    start = data.draw(st.integers(0, len(old) - 1))
    stop = data.draw(st.integers(start + 1, len(old)))
    at, end, changed = Correction(old, new).moved(start, stop)
    assert 0 <= at < end <= len(new)
    if not changed:
        assert new[at:end] == old[start:stop].strip()
    if old == new and old[start:stop].strip():
        assert not changed


@settings(max_examples=8, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.data())
def test_no_edit_of_beads_or_texts_leaves_a_mark_outside_its_words(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("marks") / "tale.bialign"
    with Corpus.create(path, who="Ana") as corpus:
        corpus.add_bitext(fresh())
        for bead in corpus.beads("tale", limit=5):
            text = bead.source_text
            start = data.draw(st.integers(0, len(text) - 2))
            stop = data.draw(st.integers(start + 1, len(text)))
            if text[start:stop].strip():
                corpus.annotate(bead.id, "meaning", corpus.marks_in(bead.id, "source", start, stop), who="Eva")
            corpus.annotate(bead.id, "register")
        begun = (corpus.last, dump(corpus))
        for _ in range(data.draw(st.integers(1, 6))):
            edit_somehow(corpus, data)
            assert not corpus.check()
            for view in corpus.annotations():
                assert all(text and text == text.strip() for text in view.texts)
        while (
            corpus.last
            and corpus.history(1)
            and any(
                one.event.state == "in force" and one.event.undoes is None and one.event.id > begun[0]
                for one in corpus.history()
            )
        ):
            corpus.undo()
        assert dump(corpus) == begun[1]


def edit_somehow(corpus: Corpus, data) -> None:
    beads = corpus.beads("tale")
    bead = data.draw(st.sampled_from(beads[:6]))
    side = data.draw(st.sampled_from(["source", "target"]))
    held = getattr(bead, side)
    kind = data.draw(st.sampled_from(["merge", "shift", "null", "cut", "join", "correct"]))
    try:
        if kind == "merge":
            number = [one.id for one in beads].index(bead.id)
            corpus.merge([bead.id, beads[number + 1].id])
        elif kind == "shift":
            corpus.shift(bead.id, side)
        elif kind == "null":
            corpus.make_null(bead.id)
        elif kind == "cut" and held:
            corpus.cut(held[0].document, held[0].place, data.draw(st.integers(0, len(held[0].text))))
        elif kind == "join" and held:
            corpus.join(held[0].document, held[0].place)
        elif held:
            corpus.correct(held[0].document, held[0].place, " ".join(data.draw(WORDS)))
    except (ValueError, CorpusError):
        pass


# --- history ----------------------------------------------------------------------------------------------------------


def test_every_change_is_undone_and_redone_byte_for_byte(corpus):
    states = [dump(corpus)]

    def done() -> None:
        states.append(dump(corpus))

    one = corpus.annotate(1, "omission", corpus.marks_in(1, "source", 4, 11))
    done()
    two = corpus.annotate(1, "addition", who="Eva", note="so it seems")
    done()
    corpus.change_annotation(one, label="meaning", note="no: «otra»")
    done()
    corpus.decide([one, two], [two], who="Zoe")
    done()
    corpus.correct(corpus.store.beads.document(1, "source"), 0, "A general signed it.")
    done()
    corpus.remove_annotations([3, one, two])
    done()
    for state in reversed(states[:-1]):
        corpus.undo()
        assert dump(corpus) == state
    for state in states[1:]:
        corpus.redo()
        assert dump(corpus) == state


def test_an_edit_of_what_another_changed_is_refused(corpus):
    id = corpus.annotate(1, "omission")
    seen = corpus.last
    with Corpus(corpus.path, who="Eva") as other:
        other.change_annotation(id, label="addition")
        other.annotate(1, "meaning")
    with pytest.raises(CorpusError, match="Eva changed the same meanwhile"):
        corpus.change_annotation(id, note="mine", seen=seen)
    corpus.annotate(1, "register", seen=seen)
    assert [view.annotation.label for view in corpus.annotations()] == ["addition", "meaning", "register"]


def test_check_tells_of_marks_that_are_outside(corpus):
    id = corpus.annotate(1, "omission")
    corpus.store.database.run(
        "UPDATE annotation SET spans = ? WHERE id = ?", '{"spans":[["source",0,0,999]],"decides":[44]}', id
    )
    assert {str(one) for one in corpus.check()} == {
        "tale: annotation 1 marks words that are not there",
        "tale: annotation 1 decides others that are not there",
    }


def test_a_bitext_goes_and_comes_back_with_its_annotations(corpus):
    id = corpus.annotate(1, "omission", note="n")
    before = corpus.annotation(id)
    corpus.remove("tale")
    assert corpus.annotations() == []
    corpus.undo()
    assert corpus.annotation(id) == before


# --- decisions --------------------------------------------------------------------------------------------------------


def test_a_decision_keeps_what_it_decided(corpus):
    one = corpus.annotate(1, "omission")
    two = corpus.annotate(1, "addition", who="Eva")
    (decision,) = corpus.decide([one, two], [two], who="Zoe", note="see the manual")
    made = corpus.annotation(decision).annotation
    assert (made.label, made.who, made.decides, made.note) == ("addition", "Zoe", (one, two), "see the manual")
    with pytest.raises(CorpusError, match="annotation 1 has been decided by 3: remove that decision first"):
        corpus.remove_annotations([one])
    with pytest.raises(ValueError, match="not decided again"):
        corpus.decide([decision, one])
    corpus.remove_annotations([decision])
    (nothing,) = corpus.decide([one, two], who="Zoe")
    assert corpus.annotation(nothing).annotation.label == ""
    with pytest.raises(ValueError, match="some of them taken"):
        corpus.decide([one], [two])


def test_decisions_of_two_who_marked_the_same_are_one(corpus):
    one = corpus.annotate(1, "omission")
    two = corpus.annotate(1, "omission", who="Eva")
    three = corpus.annotate(1, "meaning", who="Eva")
    assert len(corpus.decide([one, two, three], [one, two, three], who="Zoe")) == 2


# --- files and other corpora ------------------------------------------------------------------------------------------


def annotated(corpus: Corpus) -> None:
    one = corpus.annotate(1, "omission", corpus.marks_in(1, "source", 4, 11), note="¿sí? «no»")
    two = corpus.annotate(1, "meaning", who="Eva")
    corpus.decide([one, two], [one], who="Zoe")
    corpus.annotate(9, "register", scheme="", who="Eva")


def told(corpus: Corpus) -> list[tuple]:
    found = []
    for view in corpus.annotations():
        one = view.annotation
        found.append((view.bitext, one.label, one.who, one.note, view.texts, len(one.decides), one.was))
    return sorted(found)


def test_decisions_carry_annotations_to_a_fresh_build(corpus, tmp_path):
    annotated(corpus)
    path = tmp_path / "decisions.yaml"
    path.write_text(decisions_file.dumps(corpus.decisions()), encoding="utf-8")
    with Corpus.create(tmp_path / "fresh.bialign", who="Max") as other:
        other.add_bitext(fresh())
        document = other.store.beads.document(1, "source")
        other.merge([1, 2])
        other.store.journal.last()
        assert other.replay(decisions_file.load(path)) == {}
        assert told(other) == told(corpus)
        assert other.schemes() == corpus.schemes()
        last = other.last
        assert other.replay(decisions_file.load(path)) == {}
        assert other.last == last
        assert not other.check()
        assert document


def test_annotations_are_found_again_where_sentences_are_cut_otherwise(corpus, tmp_path):
    id = corpus.annotate(1, "structure", corpus.marks_in(1, "source", 4, 23))
    with Corpus.create(tmp_path / "other.bialign") as other:
        other.add_bitext(fresh())
        other.cut(other.store.beads.document(1, "source"), 0, 11)
        assert other.replay(corpus.decisions()) == {}
        (view,) = other.annotations()
        assert view.texts == ("general", "signed the")
        assert words(corpus, id) == ["general signed the"]
        other.correct(other.store.beads.document(1, "source"), 0, "Somebody")
        corpus.annotate(1, "meaning")
        (lost,) = other.replay(corpus.decisions())["tale"][-1:]
        assert "not there any more" in str(lost)


def test_merging_brings_two_annotators_together(corpus, tmp_path):
    corpus.backup(tmp_path / "eva.bialign")
    corpus.annotate(1, "omission")
    with Corpus(tmp_path / "eva.bialign", who="Eva") as eva:
        eva.annotate(1, "meaning")
        eva.annotate(2, "calque", scheme="vinay-darbelnet")
        eva.add_bitext(fresh(name="second"))
        eva.annotate(10, "register", who="Max")
        corpus.merge_with(eva)
        corpus.merge_with(eva)
    assert {(v.bitext, v.annotation.label, v.annotation.who) for v in corpus.annotations()} == {
        ("tale", "omission", "Ana"),
        ("tale", "meaning", "Eva"),
        ("tale", "calque", "Eva"),
        ("second", "register", "Max"),
    }
    assert len(corpus.annotations()) == 4
    assert set(corpus.schemes()) == {"shifts", "vinay-darbelnet"}
    assert not corpus.check()


def test_annotations_are_chosen(corpus):
    annotated(corpus)
    assert [view.id for view in corpus.annotations(who="Eva")] == [2, 4]
    assert [view.id for view in corpus.annotations("tale", label="omission")] == [1, 3]
    assert [view.id for view in corpus.annotations(bead=9)] == [4]
    assert corpus.annotations(scheme="vinay-darbelnet") == []
    with pytest.raises(NotFound):
        corpus.annotations("none")
    with pytest.raises(NotFound, match="no annotation 99"):
        corpus.annotation(99)
    with pytest.raises(NotFound):
        marking.get(corpus.store.database, 99)
    assert isinstance(corpus.path, Path)


def test_annotations_of_all_bitexts_follow_a_text_they_share(tmp_path):
    one, other = fresh(), fresh(name="again")
    with Corpus.create(tmp_path / "two.bialign", who="Ana") as corpus:
        corpus.add_bitext(one)
        # the same English with another Spanish
        corpus.add_bitext(replace(other, source=one.source))
        ids = [corpus.annotate(bead, "meaning", corpus.marks_in(bead, "source", 4, 11)) for bead in (1, 10)]
        document, place = corpus.bead(10).source[0][:2]
        assert document == corpus.bead(1).source[0].document
        corpus.correct(document, place, "Then the general signed the order.")
        assert [words(corpus, id) for id in ids] == [["general"], ["general"]]
        assert {corpus.annotation(id).annotation.marks[0].start for id in ids} == {9}
        assert not corpus.check()


def test_the_name_of_an_annotator_is_a_name(corpus):
    for name in ("x" * 101, "Eva\x1b[2J"):
        with pytest.raises(CorpusError, match="100 letters at most"):
            corpus.annotate(1, "omission", who=name)
    assert corpus.annotations() == []


def test_a_note_is_one_line(corpus):
    id = corpus.annotate(1, "omission", note=" first\n\tsecond ")
    assert corpus.annotation(id).annotation.note == "first  second"
    corpus.change_annotation(id, note="a\nb")
    assert corpus.annotation(id).annotation.note == "a b"
