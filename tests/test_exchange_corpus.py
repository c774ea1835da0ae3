"""From a corpus file through every format and back into a corpus file: names, statuses, comments, moves, extras."""

from dataclasses import replace

import pytest

from bialign import Corpus, align, formats, read_bitext
from bialign.bitext import Extra, Move, commented
from bialign.corpus import bilingual
from bialign.corpus.adding import Settings, add_planned, plan
from bialign.errors import FormatError
from bialign.formats.identifiers import bead_id
from bialign.readers.bilingual import large as large_module
from bialign.readers.bilingual.large import large
from bitexts import bitext_of, sample
from conftest import REPOSITORY

NO_READER = {"beads", "html", "docx", "cwb", "huggingface"}
TRIPS = [
    (name, profile)
    for name, format in formats.FORMATS.items()
    if name not in NO_READER
    for profile in format.profiles or ("",)
]
COMMENTS = {"tsv", "csv", "tmx", "jsonl", "xliff", "tei", "xlsx", "parquet"}
MOVES = {"tsv", "csv", "jsonl", "tei", "xlsx", "parquet"}
FOREIGN = (
    Extra("note", "", "Check the date."),
    Extra("prop", "x-client", "ICJ"),
    Extra("attribute", "creationid", "ana"),
    Extra("attribute", "changedate", "20230101T000000Z", "target"),
)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """Give a corpus with the article, judged, commented and with a move, as its review would leave it."""
    texts = REPOSITORY / "corpus" / "texts"
    bitext = align(texts / "cia-hitman-in-peru.en.txt", texts / "cia-hitman-in-peru.es.txt")
    beads = list(bitext.beads)
    said = next(number for number, bead in enumerate(beads) if number >= 20 and bead.type == "1-1")
    beads[said] = replace(beads[said], extras=FOREIGN)
    with Corpus.create(tmp_path_factory.mktemp("corpus") / "a.bialign") as corpus:
        name = corpus.add_bitext(replace(bitext, beads=tuple(beads), moves=()))
        ids = corpus.store.contents.ids(corpus.store.contents.bitext_id(name))
        for number, status in ((3, "confirmed"), (5, "rejected"), (8, "doubtful"), (13, "confirmed")):
            corpus.judge([ids[number]], status)
        corpus.comment(ids[5], 'Not the same sentence: «ñ», = and "quotes".')
        corpus.comment(ids[said], "Checked & dated.")
        one, other = (corpus.make_null(ids[number], "moved") for number in (30, 33))
        views = [[corpus.bead(id) for id in made] for made in (one, other)]
        corpus.link([view.id for view in views[0] if view.source], [view.id for view in views[1] if view.target])
        yield corpus


def told(bitext, name, profile):
    format = formats.FORMATS[name]
    rows = []
    for bead in bitext.beads:
        if bead.is_null and not (format.nulls == "all" or (format.nulls == "source" and bead.source)):
            continue
        if name == "tmx" and profile != "neutral" and bead.status == "rejected":
            continue
        status = bead.status
        if profile == "intertext":
            status = "doubtful" if status == "rejected" else status
        texts = bitext.source_text(bead), bitext.target_text(bead)
        id = "" if profile == "intertext" else bead_id(bitext, bead)
        rows.append((id, bead.type, status, bead.comment if name in COMMENTS else "", *texts))
    return rows


@pytest.mark.parametrize(("name", "profile"), TRIPS)
def test_from_a_corpus_into_another(name, profile, corpus, tmp_path):
    if name == "parquet":
        pytest.importorskip("pyarrow")
    (info,) = corpus.bitexts()
    was = corpus.bitext(info.name)
    assert len(was.moves) == 1
    goal = tmp_path / f"text{next(iter(formats.FORMATS[name].suffixes), '')}"
    file = formats.write(was, goal, name, profile=profile).files[0]
    with Corpus.create(tmp_path / "b.bialign") as other:
        (planned,) = plan([file], Settings()).pairs
        add_planned(other, planned, Settings())
        (info,) = other.bitexts()
        now = other.bitext(info.name)
        assert other.check() == []
    assert told(now, name, profile) == told(was, name, profile)
    if name in MOVES:
        assert now.moves == was.moves
    if name in COMMENTS - {"csv", "tsv"}:
        (kept,) = (
            {extra for extra in bead.extras if extra.kind != "id"}
            for bead in now.beads
            if bead.comment == "Checked & dated."
        )
        assert kept == {*commented(FOREIGN, "Checked & dated.")}


def test_what_others_wrote_comes_out_of_a_corpus_as_it_went_in(gold, tmp_path):
    files = [*gold.rglob("interchange/**/*.tmx"), *gold.rglob("interchange/**/*.xlf")]
    said = 0
    with Corpus.create(tmp_path / "a.bialign") as corpus:
        for number, file in enumerate(files):
            try:
                bitext = read_bitext(file)
            except FormatError:
                continue
            name = corpus.add_bitext(bitext, name=f"{number}")
            now = corpus.bitext(name)
            assert now.beads == bitext.beads
            assert [bead.extras for bead in now.beads] == [bead.extras for bead in bitext.beads], file
            assert now.extras == bitext.extras
            said += len(now.extras) + sum(len(bead.extras) for bead in now.beads)
        assert corpus.check() == []
        # notes that came with a file are no decisions of a person
        made = [bead for each in corpus.decisions().values() for bead in each.beads]
        assert {bead.status for bead in made} == {"confirmed"}
    assert said > 150


def test_moves_of_several_beads_come_back(tmp_path):
    sizes = [(1, 1), (1, 0), (1, 0), (1, 1), (1, 0), (0, 1), (0, 1), (1, 1), (0, 1)]
    bitext = bitext_of(sizes, [f"Sentence {n}." for n in range(6)], [f"Frase {n}." for n in range(6)])
    (one, other), far = (Move(*spans, chance) for *spans, chance in _spans()), None
    bitext = replace(bitext, moves=(one, other))
    for suffix in ("jsonl", "tsv", "xlsx"):
        formats.write(bitext, tmp_path / f"a.{suffix}")
        assert read_bitext(tmp_path / f"a.{suffix}").moves == (one, other), far


def _spans():
    from bialign.bitext import Span

    return [(Span(1, 3), Span(2, 4), 0.75), (Span(4, 5), Span(5, 6), 1.0)]


def test_what_a_file_says_stays_with_its_beads(tmp_path):
    bitext = bitext_of([(1, 1)] * 4, ["A.", "B.", "C.", "D."], ["A.", "B.", "C.", "D."])
    extras = [
        (
            Extra("id", "", "u1"),
            Extra("note", "", "first"),
            Extra("prop", "x-p", "1"),
            Extra("attribute", "creationid", "a"),
        ),
        (
            Extra("id", "", "u2"),
            Extra("note", "", "second"),
            Extra("prop", "x-p", "2"),
            Extra("attribute", "creationid", "b"),
        ),
        (),
        (Extra("prop", "x-p", "4"),),
    ]
    beads = tuple(replace(bead, extras=more) for bead, more in zip(bitext.beads, extras, strict=True))
    whole = (Extra("prop", "x-client", "ICJ"),)
    with Corpus.create(tmp_path / "a.bialign") as corpus:
        corpus.add_bitext(replace(bitext, beads=beads, extras=whole))
        assert [bead.extras for bead in corpus.bitext("d").beads] == extras
        assert corpus.bitext("d").extras == whole
        # what came in with the file is no decision of a person
        assert corpus.decisions() == {}
        ids = corpus.store.contents.ids(1)
        corpus.merge(ids[:2])
        merged = corpus.bitext("d").beads[0].extras
        assert merged == (
            Extra("id", "", "u1"), Extra("note", "", "first\nsecond"), Extra("prop", "x-p", "1"),
            Extra("attribute", "creationid", "a"), Extra("prop", "x-p", "2"),
        )  # fmt: skip
        corpus.split(ids[0], 1, 1)
        first, second = (bead.extras for bead in corpus.bitext("d").beads[:2])
        assert first == merged
        assert second == tuple(extra for extra in merged if extra.kind in {"prop", "attribute"})
        corpus.merge([ids[0], corpus.store.contents.ids(1)[1]])
        assert corpus.bitext("d").beads[0].extras == merged
        corpus.undo(), corpus.undo(), corpus.undo()
        assert [bead.extras for bead in corpus.bitext("d").beads] == extras
        corpus.comment(ids[3], "new")
        assert corpus.bitext("d").beads[3].extras == (Extra("note", "", "new"), Extra("prop", "x-p", "4"))
        corpus.comment(ids[0], "")
        assert [extra.kind for extra in corpus.bitext("d").beads[0].extras] == ["id", "prop", "attribute"]
        with Corpus.create(tmp_path / "b.bialign") as other:
            other.merge_with(corpus)
            assert [bead.extras for bead in other.bitext("d").beads] == [b.extras for b in corpus.bitext("d").beads]
        corpus.remove("d")
        assert corpus.store.database.rows("SELECT * FROM extra") == []
        corpus.undo()
        assert corpus.bitext("d").beads[1].extras == extras[1]
        assert corpus.check() == []


def test_edits_of_beads_that_came_in_together_are_undone_each_alone(tmp_path):
    bitext = bitext_of([(1, 1)] * 6, list("ABCDEF"), list("ABCDEF"))
    beads = tuple(replace(bead, extras=(Extra("prop", "x-n", str(n)),)) for n, bead in enumerate(bitext.beads))
    with Corpus.create(tmp_path / "a.bialign") as corpus:
        corpus.add_bitext(replace(bitext, beads=beads))
        ids = corpus.store.contents.ids(1)
        corpus.merge(ids[:2])
        event = corpus.last
        corpus.merge(ids[3:5])
        corpus.undo(event)
        assert [bead.extras for bead in corpus.bitext("d").beads[:3]] == [bead.extras for bead in beads[:3]]
        assert len(corpus.bitext("d").beads[3].extras) == 2


def test_columns_of_other_programs_come_out_again(tmp_path):
    (tmp_path / "a.csv").write_text(
        'No,English,Español,Notas,Speaker,Status\n7,One.,Uno.,ojo,"Ana, L.",checked\n8,Two.,Dos.,,Luis,\n',
        encoding="utf-8",
    )
    with Corpus.create(tmp_path / "a.bialign") as corpus:
        (planned,) = plan([tmp_path / "a.csv"], Settings()).pairs
        add_planned(corpus, planned, Settings())
        assert corpus.bitext("a").beads[0].comment == "ojo"
        for suffix in ("tsv", "xlsx", "jsonl", "tmx"):
            corpus.export("a", tmp_path / f"b.{suffix}")
            first = read_bitext(tmp_path / f"b.{suffix}").beads[0]
            assert {extra[1:3] for extra in first.extras} >= {("", "ojo"), ("No", "7"), ("Speaker", "Ana, L.")}
    header = (tmp_path / "b.tsv").read_text(encoding="utf-8").partition("\n")[0].split("\t")
    assert header[-2:] == ["No", "Speaker"]


MEMORY = '<tu tuid="{n}" creationid="ana"><note>n{n}</note><tuv xml:lang="en"><seg>One {n}</seg></tuv>{more}</tu>\n'


def test_a_memory_whose_languages_show_late_is_read_again(tmp_path, monkeypatch):
    monkeypatch.setattr(large_module, "_UNITS", 3)
    units = [MEMORY.format(n=n, more='<tuv xml:lang="es-ES"><seg>España</seg></tuv>') for n in range(4)]
    both = '<tuv xml:lang="es-ES"><seg>España</seg></tuv><tuv xml:lang="es-PE"><seg>Perú</seg></tuv>'
    units += [MEMORY.format(n=n, more=both) for n in range(4, 6)]
    late = '<tuv xml:lang="es-PE"><seg>Perú</seg></tuv>'
    units += [MEMORY.format(n=n, more=late) for n in range(6, 20)]
    path = tmp_path / "a.tmx"
    head = '<?xml version="1.0"?><tmx version="1.4"><header srclang="en"><prop type="x-h">h</prop></header><body>'
    path.write_text(f"{head}{''.join(units)}</body></tmx>", encoding="utf-8")
    whole = read_bitext(path)
    monkeypatch.setattr(bilingual, "large", lambda *langs, **more: large(*langs, least=0, **more))
    with Corpus.create(tmp_path / "c.bialign") as corpus:
        (planned,) = plan([path], Settings()).pairs
        add_planned(corpus, planned, Settings())
        (info,) = corpus.bitexts()
        found = corpus.bitext(info.name)
        assert len(corpus.history()) == 1
    assert [found.target_text(bead) for bead in found.beads] == [whole.target_text(bead) for bead in whole.beads]
    assert [bead.extras for bead in found.beads] == [bead.extras for bead in whole.beads]
    assert found.extras == whole.extras == (Extra("prop", "x-h", "h"),)


def test_a_large_table_of_ours_keeps_names_comments_and_moves(tmp_path, monkeypatch):
    bitext = sample()
    beads = tuple(replace(bead, extras=(Extra("note", "", f"c{n}"),)) for n, bead in enumerate(bitext.beads))
    formats.write(replace(bitext, beads=beads), tmp_path / "other.tsv")
    monkeypatch.setattr(bilingual, "large", lambda *langs, **more: large(*langs, least=0, **more))
    with Corpus.create(tmp_path / "c.bialign") as corpus:
        (planned,) = plan([tmp_path / "other.tsv"], Settings()).pairs
        add_planned(corpus, planned, Settings())
        found = corpus.bitext("other")
    # it is called after its file, the beads as they were
    assert [bead_id(found, bead) for bead in found.beads] == [bead_id(bitext, bead) for bead in beads]
    assert found.moves == bitext.moves
    assert [bead.comment for bead in found.beads] == [bead.comment for bead in beads]


def test_what_is_said_stays_with_beads_that_aligning_anew_leaves_as_they_are(tmp_path):
    from bialign.store import edits

    bitext = bitext_of([(1, 1)] * 4, list("ABCD"), list("ABCD"))
    beads = tuple(replace(bead, extras=(Extra("prop", "x-n", str(n)),)) for n, bead in enumerate(bitext.beads))
    with Corpus.create(tmp_path / "a.bialign") as corpus:
        corpus.add_bitext(replace(bitext, beads=beads))
        old = list(corpus.store.beads.of(1))
        new = [(1, 1, 0.9, "unreviewed", ""), (2, 2, 0.8, "unreviewed", ""), (1, 1, 0.7, "unreviewed", "")]
        with corpus.store.edit("realign") as edit:
            edits.replace_run(edit, old, new)
        assert [bead.extras for bead in corpus.bitext("d").beads] == [beads[0].extras, (), beads[3].extras]
        corpus.undo()
        assert [bead.extras for bead in corpus.bitext("d").beads] == [bead.extras for bead in beads]


def test_a_bead_that_is_emptied_leaves_what_was_said_of_it(tmp_path):
    bitext = bitext_of([(1, 0), (1, 1)], ["A.", "B."], ["AB."])
    said = [(Extra("note", "", "one"), Extra("prop", "x-n", "1")), (Extra("note", "", "two"),)]
    beads = tuple(replace(bead, extras=more) for bead, more in zip(bitext.beads, said, strict=True))
    with Corpus.create(tmp_path / "a.bialign") as corpus:
        corpus.add_bitext(replace(bitext, beads=beads))
        corpus.shift(corpus.store.contents.ids(1)[0], "source", 1)
        (bead,) = corpus.bitext("d").beads
        assert bead.extras == (Extra("note", "", "one\ntwo"), Extra("prop", "x-n", "1"))
