"""Decisions: realigning around what is confirmed, taken from a corpus as data, and done again on a fresh build."""

from pathlib import Path

import pytest

from bialign import align_segments
from bialign.bitext import Bead, Bitext, Document, Span
from bialign.corpus import decisions, decisions_file, merging, realign
from bialign.corpus.candidates import Candidates
from bialign.corpus.checking import Checking
from bialign.corpus.decisions import BeadDecision, Decisions, TextDecision
from bialign.corpus.glossary import read_glossary, write_glossary
from bialign.errors import CorpusError, FormatError
from bialign.split import split
from bialign.store import Store, edits, listing, texts
from bialign.store.check import check
from bialign.termbase import Concept, Term, Termbase

ENGLISH = """The general signed the order. Nobody asked him why. The soldiers left at dawn.
The river was high. Two boats were lost in the night.
He never spoke of it again. His daughter found the letters.
Nobody asked him why. That is how it ended.
"""
SPANISH = """El general firmó la orden. Nadie le preguntó por qué. Los soldados salieron al alba.
El río estaba crecido. Dos barcas se perdieron en la noche.
Nunca volvió a hablar de ello. Su hija encontró las cartas.
Nadie le preguntó por qué. Así terminó todo.
"""


def fresh(source: str = ENGLISH, target: str = SPANISH, name: str = "tale") -> Bitext:
    """Make a bitext as a build does, of beads 1-1 as far as they go."""
    sides = []
    for text, lang in ((source, "en"), (target, "es")):
        sides.append((Document(f"{name}.{lang}", lang, "", text), split(text, lang)))
    (one, sources), (other, targets) = sides
    shared = min(len(sources), len(targets))
    beads = [Bead(Span(i, i + 1), Span(i, i + 1), 0.9) for i in range(shared)]
    beads += [Bead(Span(i, i + 1), Span(shared, shared), 0.9) for i in range(shared, len(sources))]
    beads += [Bead(Span(len(sources), len(sources)), Span(j, j + 1), 0.9) for j in range(shared, len(targets))]
    return Bitext(name, one, other, sources, targets, tuple(beads))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    with Store(tmp_path / "tale.bialign", create=True, who="Ana") as store:
        store.add(fresh())
        yield store


def another(tmp_path: Path, name: str = "other", bitext: Bitext | None = None, who: str = "Eva") -> Store:
    store = Store(tmp_path / f"{name}.bialign", create=True, who=who)
    store.add(bitext or fresh())
    return store


def sound(store: Store) -> None:
    assert not check(store.database, store.beads)


def pairs(store: Store) -> list[tuple[str, str, str]]:
    return [(*store.beads.texts(bead), bead.status) for bead in store.beads.of(1)]


def do(store: Store, work) -> None:
    with store.edit("work") as edit:
        work(edit)


# --- realigning -------------------------------------------------------------------------------------------------------


def test_realigning_keeps_what_is_confirmed_exactly(store):
    # a merge that no aligner would make, and a sentence that has no translation
    do(store, lambda edit: edits.merge(edit, [1, 2]))
    do(store, lambda edit: edits.make_null(edit, 5, "omitted"))
    kept = [bead for bead in store.beads.of(1) if bead.status == "confirmed"]
    with store.edit("realign", seen=store.journal.last()) as edit:
        plan = realign.plan(store, 1)
        realign.carry_out(edit, plan)
    after = {bead.id: bead for bead in store.beads.of(1)}
    for bead in kept:
        assert after[bead.id][4:6] == bead[4:6]
        assert after[bead.id].status == "confirmed"
    assert "bialign:" in store.bitext("tale").signature
    sound(store)
    store.journal.undo("Ana")
    assert [bead for bead in store.beads.of(1) if bead.status == "confirmed"] == kept


def test_a_plan_changes_nothing_and_is_refused_when_it_has_grown_old(store):
    do(store, lambda edit: edits.merge(edit, [3, 4]))
    do(store, lambda edit: edits.judge(edit, [3], "doubtful"))
    before = pairs(store)
    plan = realign.plan(store, 1)
    assert pairs(store) == before
    assert any(stretch.changes for stretch in plan.stretches)
    with Store(store.path, who="Eva") as hers, hers.edit("judge") as edit:
        edits.judge(edit, [3], "confirmed")
    with pytest.raises(CorpusError, match="Eva changed the same"), store.edit("realign", seen=plan.seen) as edit:
        realign.carry_out(edit, plan)
    assert pairs(store)[2][2] == "confirmed"


def test_a_stretch_between_two_beads_can_be_aligned_alone(store):
    do(store, lambda edit: edits.merge(edit, [1, 2]))
    do(store, lambda edit: edits.merge(edit, [6, 7]))
    do(store, lambda edit: edits.judge(edit, [1, 6], "unreviewed"))
    plan = realign.plan(store, 1, (5, 8))
    assert {bead.id for stretch in plan.stretches for bead in stretch.old} <= {5, 6, 8}
    do(store, lambda edit: realign.carry_out(edit, plan))
    assert store.beads.get(1).type == "2-2"
    assert all(bead.type == "1-1" for bead in store.beads.of(1) if bead.id != 1)
    sound(store)


def test_beads_of_the_same_segments_keep_their_ids(store):
    ids = store.contents.ids(1)
    do(store, lambda edit: realign.carry_out(edit, realign.plan(store, 1)))
    assert store.contents.ids(1) == ids
    found = align_segments(*([s.text for s in side] for side in (fresh().source_segments, fresh().target_segments)))
    assert [bead.type for bead in found.beads] == [bead.type for bead in store.beads.of(1)]


# --- taking and replaying ---------------------------------------------------------------------------------------------


def decide(store: Store) -> None:
    """Do something of every kind."""
    english, spanish = (store.beads.document(1, side) for side in ("source", "target"))
    do(store, lambda edit: texts.correct(edit, spanish, 3, "El río venía crecido."))
    do(store, lambda edit: edits.merge(edit, [1, 2]))
    do(store, lambda edit: texts.join(edit, english, 0))
    do(store, lambda edit: texts.cut(edit, english, 4, 14))
    do(store, lambda edit: edits.make_null(edit, 6, "omitted by the translator"))
    do(store, lambda edit: edits.judge(edit, [7], "doubtful"))
    # the second of two sentences that read the same
    do(store, lambda edit: edits.judge(edit, [8], "confirmed"))
    do(store, lambda edit: edits.comment(edit, 9, "¿«Todo» o «aquello»?"))


def test_decisions_come_back_on_a_fresh_build_by_their_text(store, tmp_path):
    decide(store)
    taken = decisions.taken_from(store, 1)
    assert len(taken.texts) == 3
    assert {bead.by for bead in taken.beads} == {"Ana"}
    path = tmp_path / "decisions.yaml"
    path.write_text(decisions_file.dumps({"tale": taken}), encoding="utf-8")
    assert decisions_file.load(path) == {"tale": taken}
    # the build begins with other sentences, so that every number has changed
    longer = fresh("One more. And one.\n" + ENGLISH, "Una más. Y otra.\n" + SPANISH)
    with another(tmp_path, bitext=longer) as built:
        assert decisions.replay(built, 1, decisions_file.load(path)["tale"]) == []
        wanted = [one for one in pairs(store) if one[2] != "unreviewed"]
        assert [one for one in pairs(built) if one[2] != "unreviewed"] == wanted
        assert wanted[-1][0] == "Nobody asked him why."
        assert pairs(built)[-2][0] == "Nobody asked him why."
        comments = [bead.comment for bead in built.beads.of(1) if bead.comment]
        assert comments == ["¿«Todo» o «aquello»?"]
        reasons = {bead.reason for bead in built.beads.of(1) if bead.reason}
        assert "omitted by the translator" in reasons
        sound(built)
        # once more changes nothing, and what was replayed is itself a decision
        last = built.journal.last()
        assert decisions.replay(built, 1, taken) == []
        assert built.journal.last() == last
        again = decisions.taken_from(built, 1)
        assert [(b.source, b.target, b.status) for b in again.beads] == [
            (b.source, b.target, b.status) for b in taken.beads
        ]
        assert [(t.before, t.after) for t in again.texts] == [(t.before, t.after) for t in taken.texts]


def test_decisions_that_cannot_be_placed_are_told(store, tmp_path):
    wanted = Decisions(
        (TextDecision("source", ("It is not there.",), ("At all.",)),),
        (
            BeadDecision(("The river was high.",), ("Se fue.",)),
            BeadDecision(("The river was high.",), ("Dos barcas se perdieron en la noche.",)),
            BeadDecision(("The soldiers left at dawn.", "The river was high."), ("El río estaba crecido.",)),
        ),
    )
    unplaced = decisions.replay(store, 1, wanted)
    assert [str(one) for one in unplaced] == [
        "its text is not there any more",
        "its text is not there any more",
        "it contradicts what else was decided",
    ]
    assert ("The river was high.", "Dos barcas se perdieron en la noche.", "confirmed") in pairs(store)
    sound(store)


def test_moves_are_decisions(tmp_path):
    moved = fresh(ENGLISH + "It was snowing.\n", "Nevaba.\n" + SPANISH)
    with another(tmp_path, "a", moved) as one, another(tmp_path, "b", moved) as other:
        whole = list(one.beads.of(1))
        with one.edit("realign") as edit:
            new = [(0, 1, 1.0, "confirmed", ""), *[(1, 1, 1.0, "confirmed", "")] * 9, (1, 0, 1.0, "confirmed", "")]
            ids = edits.replace_run(edit, whole, new)
            edits.link(edit, [ids[-1]], [ids[0]])
        taken = decisions.taken_from(one, 1)
        assert taken.moves[0].source == ("It was snowing.",)
        assert decisions.replay(other, 1, taken) == []
        assert [(m.source, m.target) for m in other.bitext("tale").moves] == [(Span(9, 10), Span(0, 1))]
        sound(other)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("version: 2\nbitexts: {}\n", "version 2 of decisions"),
        ("version: 1\nbitexts:\n  a:\n    beads:\n    - status: sure\n", r"decisions.yaml:5 .*sure is no status"),
        ("version: 1\nbitexts:\n  a:\n    beads:\n    - status: confirmed\n", "one side at least"),
        ("version: 1\nbitexts:\n  a:\n    texts:\n    - {side: left, before: [a], after: [b]}\n", "a side"),
        ("version: 1\nbitexts:\n  a:\n    nods: []\n", "there is no field nods here"),
        ("- 1\n", "wrong kind of value"),
    ],
)
def test_a_bad_file_of_decisions_is_told_with_its_line(tmp_path, content, message):
    path = tmp_path / "decisions.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(FormatError, match=message):
        decisions_file.load(path)


# --- merging ----------------------------------------------------------------------------------------------------------


def test_two_peoples_work_is_merged_and_conflicts_are_told(store, tmp_path):
    do(store, lambda edit: edits.judge(edit, [1, 2], "confirmed"))
    with another(tmp_path) as hers:
        hers.add(fresh(name="second"))
        do(hers, lambda edit: edits.merge(edit, [2, 3]))
        do(hers, lambda edit: edits.judge(edit, [1, 5], "confirmed"))
        do(hers, lambda edit: edits.comment(edit, 5, "seguro"))
        do(hers, lambda edit: edits.comment(edit, hers.contents.ids(2)[0], "aquí"))
        merged = merging.merge(store, hers)
    assert merged.added == ("second",)
    assert [str(one) for one in merged.conflicts["tale"]] == ["it contradicts what else was decided"]
    assert store.beads.get(2).type == "1-1"
    assert (store.beads.get(5).status, store.beads.get(5).comment) == ("confirmed", "seguro")
    assert store.beads.get(store.contents.ids(2)[0]).comment == "aquí"
    sound(store)
    # what has been merged is merged: nothing new comes of doing it again
    with Store(tmp_path / "other.bialign") as hers:
        last = store.journal.last()
        merging.merge(store, hers)
        assert store.journal.last() == last


def test_glossaries_are_merged_by_concept(store, tmp_path):
    def concept(id: str, word: str) -> Concept:
        return Concept(id, terms=(Term(word, "en"),))

    with store.edit("glossary") as edit:
        write_glossary(edit, Termbase(("en",), (concept("a", "river"), concept("b", "boat"))))
    with another(tmp_path) as hers:
        with hers.edit("glossary") as edit:
            write_glossary(edit, Termbase(("en", "es"), (concept("b", "ship"), concept("c", "dawn"))))
        merged = merging.merge(store, hers)
    assert (merged.concepts, merged.differing) == (1, ("b",))
    glossary = read_glossary(store)
    assert [one.terms[0].text for one in glossary.concepts] == ["river", "boat", "dawn"]
    assert glossary.languages == ("en", "es")


def test_what_was_left_aside_is_merged(store, tmp_path):
    mine = Checking()
    mine.store = store
    mine.ignore("number-1", "a slip")
    with another(tmp_path) as hers:
        checking, candidates = Checking(), Candidates()
        checking.store = candidates.store = hers
        checking.ignore("number-1", "her own reason")
        checking.ignore("name-2")
        candidates.reject("boat = barco")
        assert merging.merge(store, hers).verdicts == 2
        assert merging.merge(store, hers).verdicts == 0
    assert mine.ignored() == {"name-2": "", "number-1": "a slip"}
    assert list(listing.verdicts(store.database, "extraction")) == ["boat = barco"]
    store.journal.undo("eva")
    assert mine.ignored() == {"number-1": "a slip"}


@pytest.mark.parametrize(
    ("old", "new", "reordered"),
    [
        ([(1, 0), (0, 1)], [(0, 1), (1, 0)], True),
        ([(1, 0), (0, 1)], [(1, 0), (0, 1)], False),
        ([(1, 0), (0, 1)], [(1, 1)], False),
        ([(1, 1), (1, 0)], [(1, 0), (1, 1)], False),
    ],
)
def test_null_beads_in_another_order_are_no_change(old, new, reordered):
    beads = [[(*sizes, 0.9, "unreviewed", "") for sizes in both] for both in (old, new)]
    assert realign._is_reordered(*beads) is reordered
