"""Filtering: every rule at work, recipes, duplicates by hashes alone, files of every kind in and out."""

import json
import random

import pytest

from bialign import formats
from bialign.errors import BialignError, FormatError
from bialign.filtering import RULES, Filter, Judged
from bialign.filtering.pairs import Lengths, Pair, learned
from bialign.filtering.recipe import default_rules, load_rules, name_of, written
from bialign.filtering.rules import Boilerplate, Duplicate, Empty, NearDuplicate, Numbers, Ratio, Similarity
from bialign.filtering.seen import Counts, Runs, array_of, hash_of
from bialign.languages import other_language
from bialign.readers.bilingual import read_bitext
from bialign.readers.bilingual.streams import open_stream
from bitexts import bitext_of


def words_of(text):
    return text.split()


GOOD = [
    ("The council met on Tuesday to hear the report.", "El concejo se reunió el martes para escuchar el informe."),
    ("Nobody had seen the river so high before.", "Nadie había visto antes el río tan alto."),
    ("She paid 1,500 soles for the boat in 1987.", "Pagó 1.500 soles por el bote en 1987."),
    ("Yes.", "Sí."),
    ("Twenty soldiers came at 3 p.m.", "Veinte soldados llegaron a las 15.00."),
    ("See www.example.org for the list of names.", "Véase en www.example.org la lista de nombres."),
    ("“No, no, no,” said the old man.", "—No, no, no —dijo el anciano."),
    ("Lima, Cusco and Ayacucho", "Lima, Cusco y Ayacucho"),
]
BAD = {
    "empty": [("Alone.", ""), (" ", "Solo.")],
    "characters": [("The rep\x07ort was lost.", "El informe se perdió."), ("It was late.", "Era muy tarde\ufffd.")],
    "encoding": [
        ("He was a Spanish soldier.", "Era un soldado espaÃ±ol."),
        ("The Spanish soldier left.", "El soldado espa?ol se fue."),
    ],
    "letters": [("12.5 %", "12,5 %"), ("<br/>", "<br/>"), ("http://example.org/a?b", "http://example.org/a?b")],
    "repeats": [
        ("Contents ................ 12", "Índice ................ 12"),
        ("Go go go go go go go away now.", "Vete ya de una vez de aquí."),
    ],
    "copy": [
        ("The raid began at dawn in the hills.", "The raid began at dawn in the hills."),
        (
            "The raid began before dawn in the hills above Lima and Ica.",
            "The raid began at dawn in the hills above Lima and Ica",
        ),
    ],
    "length": [("word " * 201, "palabra " * 199)],
    "ratio": [("Yes, it was so, and nobody who saw it has ever forgotten what it was like.", "Sí, así fue.")],
    "language": [
        ("The night was cold and the men were tired.", "The house that we had seen was not there."),
        ("Nadie había visto antes el río tan alto.", "Nobody had seen the river so high before."),
        ("The night was cold and quiet.", "La nuit était froide et les hommes étaient fatigués."),
        ("The night was cold.", "Ночь была холодной."),
    ],
    "numbers": [("The bridge was built in 1987.", "El puente se construyó en 1978.")],
    "boilerplate": [
        ("© 2019 Example Press. All rights reserved.", "© 2019 Example Press. Reservados todos los derechos.")
    ],
}
WORDS = words_of("""
village army report river council witness order letter night road soldier bridge market teacher mountain winter harvest
window garden engine captain harbour kitchen library meadow orchard platform quarry station valley
""")
PALABRAS = words_of("""
aldea ejército informe río concejo testigo orden carta noche camino soldado puente mercado maestro montaña invierno
cosecha ventana jardín motor capitán puerto cocina biblioteca prado huerto andén cantera estación valle
""")


def sentences(count, seed=1, size=12):
    """Make pairs of as many words on both sides, no two alike."""
    draw = random.Random(seed)
    found = []
    for _ in range(count):
        chosen = [draw.randrange(len(WORDS)) for _ in range(size)]
        found.append((" ".join(WORDS[n] for n in chosen), " ".join(PALABRAS[n] for n in chosen)))
    return found


def broken_of(pairs, *rules):
    names = [name_of(rule) for rule in rules]
    return [[names[n] for n in broken] for _, broken in Filter(rules, ("en", "es"))(Judged(*pair) for pair in pairs)]


def test_good_pairs_are_kept():
    assert broken_of(GOOD, *default_rules()) == [[]] * len(GOOD)


@pytest.mark.parametrize("name", BAD)
def test_every_rule_finds_what_it_is_for(name):
    for pair in BAD[name]:
        assert [name] == broken_of([pair], RULES[name]())[0], pair
    assert broken_of(GOOD, RULES[name]()) == [[]] * len(GOOD)


def test_what_people_say_counts_more_than_the_aligner():
    pairs = [
        Judged("So it is.", "Así es.", 0.2),
        Judged("So it was.", "Así fue.", 0.2, "confirmed"),
        Judged("So be it.", "Así sea.", 0.9, "rejected"),
    ]
    rules = [RULES["reviewed"](), RULES["probability"]()]
    assert [broken for _, broken in Filter(rules, ("en", "es"))(pairs)] == [(1,), (), (0,)]
    assert [broken for _, broken in Filter([RULES["reviewed"](confirmed=True)], ("en", "es"))(pairs)] == [
        (0,),
        (),
        (0,),
    ]


def test_numbers_may_be_written_otherwise():
    rule = Numbers()
    same = [
        ("There were 12 of them.", "Eran doce."),
        ("It cost $2.5 million.", "Costó 2,5 millones de dólares."),
        ("It is 45 miles away.", "Está a 72 km."),
        ("The 1980s", "Los años 80"),
    ]
    other = [("Rule 12 applies.", "Se aplica la regla 21."), ("1, 2, 30, 40, 50", "Eran cinco.")]
    assert broken_of(same, rule) == [[]] * len(same)
    assert all(broken_of(other, rule))


def test_languages_are_told_only_where_they_are_clear():
    assert other_language("Nobody had seen that the river was so high.", "es") == "en"
    assert other_language("", "es") == other_language("Sendero Luminoso", "en") == other_language("1992", "en") == ""
    assert other_language("I myself am a party man .", "en") == ""
    # of a language that is not compared, only English and Spanish are told
    assert other_language("Ночь была холодной.", "ru") == ""
    assert other_language("Nobody had seen that the river was so high.", "ru") == "en"


def test_lengths_are_learned_of_the_pairs_themselves():
    draw = random.Random(3)
    pairs = []
    for _ in range(2_000):
        size = draw.randrange(20, 300)
        pairs.append(Pair(Judged("x" * size, "y" * round(size * 1.5 * draw.lognormvariate(0, 0.12)))))
    # a quarter of noise does not move what is usual
    noise = [Pair(Judged("x" * draw.randrange(20, 300), "y" * draw.randrange(20, 300))) for _ in range(600)]
    usual = learned(pairs + noise)
    assert 0.33 < usual.middle < 0.42
    assert all(0.09 < spread < 0.25 for spread in usual.spreads)
    assert usual.deviation(100, 150) < 1 < 4 < usual.deviation(100, 50)
    assert learned(pairs[:100]) == Lengths()
    assert broken_of([("x" * 100, "y" * 500)], Ratio(most=2.0)) == [["ratio"]]


def test_duplicates_are_those_that_a_reader_would_call_so():
    pairs = [("The  Raid", "la redada"), ("the raid", "La redada"), ("The raid", "El asalto"), ("A raid", "El asalto")]
    assert broken_of(pairs, Duplicate()) == [[], ["duplicate"], [], []]
    assert broken_of(pairs, Duplicate(by="source")) == [[], ["duplicate"], ["duplicate"], []]
    assert broken_of(pairs, Duplicate(by="target")) == [[], ["duplicate"], [], ["duplicate"]]


def test_what_another_rule_leaves_out_makes_no_duplicate():
    pairs = [
        Judged("So it is.", "Así es.", 0.1),
        Judged("So it is.", "Así es.", 0.9),
        Judged("So it is.", "Así es.", 0.9),
    ]
    rules = [RULES["probability"](), Duplicate()]
    assert [broken for _, broken in Filter(rules, ("en", "es"))(pairs)] == [(0,), (), (1,)]


@pytest.mark.parametrize("size", [1, 7, 1_000])
def test_it_does_not_matter_in_how_many_pieces_pairs_come(size):
    pairs = sentences(300)
    pairs = [
        *pairs,
        *pairs[:40],
        *[(" ".join(["one", *source.split()[1:]]), target) for source, target in pairs[50:90]],
    ]
    random.Random(4).shuffle(pairs)
    judged = [Judged(*pair) for pair in pairs]
    rules = [Duplicate(), NearDuplicate()]
    whole, pieces = (Filter(rules, ("en", "es")) for _ in range(2))
    expected = whole.judge(judged)
    assert [
        one for start in range(0, len(judged), size) for one in pieces.judge(judged[start : start + size])
    ] == expected
    assert sum(bool(broken) for broken in expected) >= 75


def test_near_duplicates_are_found_and_neighbours_are_not():
    pairs = sentences(400)
    draw = random.Random(5)

    def edited(text, words):
        parts = text.split()
        parts[draw.randrange(len(parts))] = draw.choice(words)
        return " ".join(parts)

    made = [(edited(source, WORDS), edited(target, PALABRAS)) for source, target in pairs]
    found = broken_of([*pairs, *made], NearDuplicate())
    assert not any(found[: len(pairs)])
    assert sum(map(bool, found[len(pairs) :])) >= 0.9 * len(made)
    # half of the sentence is the same
    half = [(f"{source[: len(source) // 2]} {other[0]}", f"{target[: len(target) // 2]} {other[1]}")
            for (source, target), other in zip(pairs, sentences(400, seed=9, size=6), strict=True)]  # fmt: skip
    assert sum(map(bool, broken_of([*pairs, *half], NearDuplicate())[len(pairs) :])) <= 0.02 * len(half)
    # a word makes another sentence of a short one
    assert broken_of(
        [("Tom is here now.", "Tom está aquí ya."), ("Tom was here now.", "Tom está aquí ya.")], NearDuplicate()
    ) == [[], []]


def test_keys_are_kept_in_few_sorted_runs():
    runs, draw, added = Runs(), random.Random(6), set()
    for _ in range(60):
        keys = [draw.getrandbits(64) for _ in range(draw.randrange(50))]
        runs.add(array_of(keys))
        added.update(keys)
    assert len(runs) == len(added)
    assert len(runs.runs) <= 8
    asked = [*list(added)[:200], *(draw.getrandbits(64) for _ in range(200))]
    assert runs.holds(array_of(asked)).tolist() == [key in added for key in asked]


def test_counts_are_never_too_small():
    draw = random.Random(7)
    keys = [hash_of(str(min(draw.randrange(300), draw.randrange(300)))) for _ in range(4_000)]
    counts, true = Counts(), {}
    for key, before in zip(keys, counts.add(keys), strict=True):
        assert before == true.get(key, 0)
        true[key] = before + 1


def test_lines_that_come_again_and_again():
    pairs = [(f"Page {n} of the report", f"Página {n} del informe") for n in range(20)]
    assert broken_of(pairs, Boilerplate(times=5)) == [[]] * 5 + [["boilerplate"]] * 15
    assert broken_of(pairs, Boilerplate(times=0)) == [[]] * 20


def test_meanings_are_compared_where_it_is_asked_for():
    strangers = [GOOD[0], (GOOD[1][0], GOOD[2][1]), ("The cat sleeps on the sofa.", GOOD[2][1])]
    assert broken_of(strangers, Similarity(0.3)) == [[], ["similarity"], ["similarity"]]
    assert broken_of([("", "No."), GOOD[0]], Empty(), Similarity()) == [["empty"], []]


# recipes


def test_the_recipe_that_is_shown_can_be_read(tmp_path):
    path = tmp_path / "filter.yaml"
    path.write_text("".join(written(default_rules())), encoding="utf-8")
    assert load_rules(path) == default_rules()


@pytest.mark.parametrize(
    ("text", "line", "match"),
    [
        ("version: 1\nrules:\n  - empty\n  - lenght: {words: 9}\n", 4, "no rule is called lenght"),
        ("version: 1\nrules:\n  - length: {words: 9,\n      char: 3}\n", 4, "there is no field char here"),
        ("version: 1\nrules:\n  - length:\n      words: many\n", 4, "wrong kind of value"),
        ("version: 1\nrules:\n  - empty\n  - probability: {least: 7}\n", 4, "least cannot be 7"),
        ("version: 1\nrules:\n  - duplicate: {by: both}\n", 3, "wrong kind of value"),
        ("version: 1\nrules:\n  - {empty: , letters: }\n", 3, "a rule is a name"),
        ("version: 1\nrules:\n  - 7\n", 3, "a rule is a name"),
        ("version: 1\nrules: []\n", 2, "names no rules"),
        ("version: 2\nrules: [empty]\n", 1, "recipe version 2"),
        ("version: 1\nrule: [empty]\n", 2, "there is no field rule here"),
        ("rules: [empty]\n", 1, "version is missing"),
        ("", None, "the recipe is empty"),
    ],
)
def test_what_is_wrong_in_a_recipe_is_told_by_its_line(tmp_path, text, line, match):
    path = tmp_path / "filter.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FormatError, match=match) as error:
        load_rules(path)
    assert error.value.line == line


# files


LEFT = {"empty", "characters", "length"}
"""Rules whose pairs no file may hold, or that another rule is quicker to find."""


@pytest.fixture
def mixed():
    """Make a bitext of good pairs and one bad pair of each kind."""
    bad = [pairs[0] for name, pairs in BAD.items() if name not in LEFT]
    pairs = [*GOOD, *bad, GOOD[0]]
    bitext = bitext_of([(1, 1)] * len(pairs) + [(1, 0)], [*(p[0] for p in pairs), "Alone."], [p[1] for p in pairs])
    from dataclasses import replace

    return replace(bitext, beads=tuple(replace(bead, probability=0.9) for bead in bitext.beads))


KEPT = [pair[0] for pair in GOOD]


@pytest.mark.parametrize(
    "name", ["in.tsv", "in.jsonl", "in.tmx", "in.parquet", "in.xlsx", "in.bialign", "in.moses", "sh"]
)
@pytest.mark.parametrize("out", ["out.tsv", "out.jsonl", "out.tmx", "out.parquet", "out.html", "out.bialign", "folder"])
def test_every_kind_of_file_goes_in_and_out(tmp_path, bialign, mixed, name, out):
    pytest.importorskip("pyarrow")
    path = tmp_path / name
    if name == "in.bialign":
        from bialign import Corpus

        with Corpus.create(path) as corpus:
            corpus.add_bitext(mixed)
    elif name == "sh":
        path.mkdir()
        formats.write(mixed, path / "00000.parquet")
    else:
        formats.write(mixed, path)
    path = tmp_path / "in.en-es.en" if name == "in.moses" else path
    run = bialign("filter", path, "-o", tmp_path / out, "--rejected", tmp_path / "rejected.tsv")
    assert run.status == 0, run.err
    assert f"kept: {len(GOOD)} of" in run.err
    if out == "out.bialign":
        from bialign import Corpus

        with Corpus(tmp_path / out) as corpus:
            assert [view.source_text for view in corpus.beads("d")] == KEPT
    elif out != "out.html":
        [batch] = open_stream(tmp_path / out).batches()
        assert [item.source[0] for item in batch.items] == KEPT
        assert {item.doc for item in batch.items} == {"d"} if out != "out.tmx" else True
        assert [item.id for item in batch.items] == [f"d:{n}:{n}" for n in range(len(GOOD))]
    rules = {bead.extras[-1].value for bead in read_bitext(tmp_path / "rejected.tsv").beads}
    # what no file has a place for has not come in
    assert rules >= set(BAD) - LEFT | {"duplicate"}


def test_what_is_kept_of_parquet_stays_as_it_was(tmp_path, bialign, mixed):
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as parquet

    formats.write(mixed, tmp_path / "a.parquet")
    table = parquet.read_table(tmp_path / "a.parquet")
    table = table.append_column("score", pa.array(range(table.num_rows)))
    parquet.write_table(table, tmp_path / "a.parquet")
    assert bialign("filter", tmp_path / "a.parquet", "-o", tmp_path / "b.parquet").status == 0
    kept = parquet.read_table(tmp_path / "b.parquet")
    assert kept.schema.names == table.schema.names
    assert kept.to_pylist() == table.slice(0, len(GOOD)).to_pylist()


def test_what_others_said_has_columns_of_its_own_however_late_it_comes(tmp_path, bialign):
    rows = [{"en": source, "es": target} for source, target in GOOD]
    rows[-1] |= {"domain": "law", "bead": "x"}
    text = "".join(json.dumps(row) + "\n" for row in rows)
    (tmp_path / "a.jsonl").write_text(text, encoding="utf-8")
    assert bialign("filter", tmp_path / "a.jsonl", "-o", tmp_path / "b.tsv").status == 0
    lines = (tmp_path / "b.tsv").read_text(encoding="utf-8").split("\n")[:-1]
    assert len({line.count("\t") for line in lines}) == 1
    found = read_bitext(tmp_path / "b.tsv")
    assert [(extra.name, extra.value) for extra in found.beads[-1].extras] == [("domain", "law"), ("x-bead", "x")]


def test_counts_and_examples(tmp_path, bialign, mixed):
    formats.write(mixed, tmp_path / "a.tsv")
    run = bialign("filter", tmp_path / "a.tsv", "--explain", "--report", tmp_path / "r.tsv")
    assert run.status == 0
    lines = (tmp_path / "r.tsv").read_text(encoding="utf-8").split("\n")
    header, *rows = [line.split("\t") for line in lines if line]
    table = [dict(zip(header, row, strict=True)) for row in rows]
    first = {row["rule"]: int(row["first"]) for row in table}
    assert sum(first.values()) == len(mixed.beads) - len(GOOD)
    assert list(first) == [name_of(rule) for rule in default_rules()]
    assert all(int(row["alone"]) <= int(row["first"]) <= int(row["all"]) for row in table)
    [numbers] = [row for row in table if row["rule"] == "numbers"]
    assert (numbers["source"], numbers["first"]) == (BAD["numbers"][0][0], "1")
    assert f"numbers: the numbers differ: 1 first, {numbers['all']} in all, 1 by it alone" in run.out
    assert "  " + BAD["numbers"][0][1] in run.out
    # in Spanish too, and as other files
    run = bialign("filter", tmp_path / "a.tsv", "--report", tmp_path / "r.jsonl", "--ui-lang", "es")
    assert "los números difieren" in run.err
    assert json.loads((tmp_path / "r.jsonl").read_text(encoding="utf-8").split("\n")[0])["meaning"]


def test_a_recipe_on_the_command_line(tmp_path, bialign, mixed):
    formats.write(mixed, tmp_path / "a.tsv")
    shown = bialign("filter", "--show-recipe")
    assert shown.status == 0
    recipe = tmp_path / "filter.yaml"
    recipe.write_text(shown.out.replace("  - numbers", "  # - numbers"), encoding="utf-8")
    run = bialign("filter", tmp_path / "a.tsv", "--recipe", recipe, "-o", tmp_path / "b.tsv")
    assert f"kept: {len(GOOD) + 1} of" in run.err
    recipe.write_text("version: 1\nrules:\n- emty\n", encoding="utf-8")
    run = bialign("filter", tmp_path / "a.tsv", "--recipe", recipe, "-o", tmp_path / "c.tsv")
    assert (run.status, (tmp_path / "c.tsv").exists()) == (1, False)
    assert "filter.yaml:3" in run.err


def test_nothing_is_left_behind_by_what_fails(tmp_path, bialign):
    good = "".join(json.dumps({"en": source, "es": target}) + "\n" for source, target in GOOD)
    (tmp_path / "a.jsonl").write_text(good * 900 + '{"en": 5, "es": "x"}\n', encoding="utf-8")
    (tmp_path / "b.tsv").write_text("old", encoding="utf-8")
    run = bialign("filter", tmp_path / "a.jsonl", "-o", tmp_path / "b.tsv", "-o", tmp_path / "new.tmx")
    assert run.status == 1
    assert f"line {8 * 900 + 1}" in run.err or f":{8 * 900 + 1}" in run.err
    assert (tmp_path / "b.tsv").read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.jsonl", "b.tsv"]
    run = bialign("filter", tmp_path / "a.jsonl", "-o", tmp_path / "a.jsonl")
    assert run.status == 1 and "overwritten" in run.err
    assert bialign("filter", tmp_path / "a.jsonl", "-o", tmp_path / "a.what").status == 1
    assert bialign("filter", tmp_path / "nothing.tsv").status == 1
    assert bialign("filter").status == 2


@pytest.mark.parametrize("out", ["new.tsv", "new.parquet", "new.bialign", "folder"])
def test_an_interruption_leaves_nothing(tmp_path, bialign, monkeypatch, mixed, out):
    from bialign import Corpus
    from bialign.filtering.running import Report

    with Corpus.create(tmp_path / "in.bialign") as corpus:
        corpus.add_bitext(mixed)
    before = sorted(tmp_path.iterdir())

    def interrupt(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Report, "add", interrupt)
        run = bialign("filter", tmp_path / "in.bialign", "-o", tmp_path / out, "--rejected", tmp_path / "r.tmx")
    assert run.status == 130
    assert sorted(tmp_path.iterdir()) == before
    assert bialign("filter", tmp_path / "in.bialign", "-o", tmp_path / out).status == 0
    assert sorted(tmp_path.iterdir()) == sorted([*before, tmp_path / out])


def test_large_files_are_read_pair_by_pair(tmp_path, monkeypatch, bialign, mixed):
    from bialign.readers.bilingual import large

    monkeypatch.setattr(large.large, "__kwdefaults__", {**large.large.__kwdefaults__, "least": 1})
    for name in ("a.tsv", "a.tmx"):
        formats.write(mixed, tmp_path / name)
        run = bialign("filter", tmp_path / name, "-o", tmp_path / f"out-{name}")
        assert f"kept: {len(GOOD)} of" in run.err
        found = read_bitext(tmp_path / f"out-{name}")
        assert [found.source_text(bead) for bead in found.beads] == KEPT


# shards


def documents(count):
    """Make bitexts with m-n beads, null beads, reasons, a move, comments and what others said."""
    from dataclasses import replace

    from bialign.bitext import Extra, Move, Span

    found = []
    for number in range(count):
        pairs = sentences(6, seed=number, size=5)
        english = [f"{source.capitalize()}." for source, _ in pairs]
        spanish = [f"{target.capitalize()}." for _, target in pairs]
        sizes = [(1, 1), (2, 1), (1, 0), (1, 2), (0, 1), (1, 1)]
        bitext = bitext_of(sizes, english, spanish[:6], id=f"doc-{number}")
        beads = list(bitext.beads)
        beads[0] = replace(beads[0], extras=(Extra("note", "", "Check."), Extra("prop", "x-client", "ICJ")))
        beads[1] = replace(beads[1], status="confirmed", reason="for it: length")
        move = Move(Span(3, 4), Span(4, 5), 0.75)
        found.append(replace(bitext, beads=tuple(beads), moves=(move,)))
    return found


def table_of(bitexts):
    import pyarrow

    from bialign.formats.jsonl import records
    from bialign.formats.parquet import schema

    rows = [record for bitext in bitexts for record in records(bitext, bitext.beads)]
    return pyarrow.Table.from_pylist(rows, schema=schema(("en", "es"), {}))


def columns(table, names):
    return {name: table[name].to_pylist() for name in names}


NAMES = ("id", "doc", "type", "status", "probability", "translation", "en_ids", "es_ids", "reason", "moved_to")
NAMES += ("move_probability", "comment", "extras")


@pytest.fixture
def folder(tmp_path):
    pytest.importorskip("pyarrow")
    import pyarrow.parquet as parquet

    folder = tmp_path / "run"
    (folder / "shards").mkdir(parents=True)
    (folder / ".batch").mkdir()
    bitexts = documents(5)
    parquet.write_table(table_of(bitexts[:3]), folder / "shards" / "00000.parquet")
    parquet.write_table(table_of(bitexts[3:]), folder / "shards" / "00001.parquet")
    # what a run that broke off has left is no shard
    parquet.write_table(table_of(bitexts[:1]), folder / ".batch" / "00000.parquet")
    (folder / "run.json").write_text("{}", encoding="utf-8")
    (folder / "documents.tsv").write_text("id\n", encoding="utf-8")
    return folder


def test_shards_to_a_corpus_and_back_are_the_same(tmp_path, bialign, folder):
    import pyarrow
    import pyarrow.parquet as parquet

    corpus = tmp_path / "c.bialign"
    assert bialign("init", corpus).status == 0
    run = bialign("add", corpus, folder)
    assert run.status == 0, run.err
    assert "5 bitexts" in run.out
    assert "in the corpus already: 5" in bialign("add", corpus, folder).out
    assert bialign("export", corpus, "--all", "--to", "parquet", "-o", tmp_path / "back").status == 0
    tables = [parquet.read_table(tmp_path / "back" / f"doc-{number}.parquet") for number in range(5)]
    back = columns(pyarrow.concat_tables(tables), NAMES)
    for name, values in columns(table_of(documents(5)), NAMES).items():
        assert back[name] == values, name


def test_documents_of_shards_are_exported_one_by_one(tmp_path, bialign, folder):
    import pyarrow
    import pyarrow.parquet as parquet

    run = bialign("export", folder, "doc-3", "-o", tmp_path / "one.jsonl", "-o", tmp_path / "one.html")
    assert run.status == 0, run.err
    expected = documents(5)
    found = read_bitext(tmp_path / "one.jsonl")
    assert (found.id, found.moves) == ("doc-3", expected[3].moves)
    assert bialign("export", folder, "--all", "--to", "parquet", "-o", tmp_path / "back").status == 0
    back = pyarrow.concat_tables([parquet.read_table(tmp_path / "back" / f"doc-{n}.parquet") for n in range(5)])
    assert columns(back, NAMES) == columns(table_of(expected), NAMES)
    run = bialign("export", folder, "doc-9", "-o", tmp_path / "none.tmx")
    assert run.status == 1 and "no document called doc-9" in run.err


def test_adding_shards_goes_on_where_it_broke_off(tmp_path, folder):
    from bialign import Corpus
    from bialign.corpus.shards import add_shards

    with Corpus.create(tmp_path / "c.bialign") as corpus:
        adding = add_shards(corpus, folder)
        assert [next(adding) for _ in range(2)] == [("doc-0", True), ("doc-1", True)]
        adding.close()
        assert [new for _, new in add_shards(corpus, folder)] == [False, False, True, True, True]
        assert len(corpus.bitexts()) == 5
        with pytest.raises(BialignError, match="called doc-0 already"):
            list(add_shards(corpus, folder / "shards" / "00000.parquet"))
        assert not corpus.check()


@pytest.mark.parametrize("out", ["out.tmx", "out.tsv", "out.jsonl", "out.parquet", "out.xlsx"])
def test_a_folder_of_shards_is_converted(tmp_path, bialign, folder, out):
    run = bialign("convert", folder, "-o", tmp_path / out)
    assert run.status == 0, run.err
    found = read_bitext(tmp_path / out)
    expected = documents(5)
    texts = [(bitext.source_text(bead), bitext.target_text(bead)) for bitext in expected for bead in bitext.beads]
    if out == "out.tmx":
        texts = [pair for pair in texts if all(pair)]
        assert "10 null beads left out" in run.err
    assert [(found.source_text(bead), found.target_text(bead)) for bead in found.beads] == texts


def test_shards_with_columns_for_each_side(tmp_path, bialign):
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as parquet

    rows = [
        {"doc": "a", "id": f"a:{n}:{n}", "type": "1-1", "probability": 0.9, "source": source,
         "target": target, "source_lang": "en", "target_lang": "es", "source_ids": [n], "target_ids": [n],
         "source_place": f"par. {n + 1}"}
        for n, (source, target) in enumerate(GOOD)
    ]  # fmt: skip
    parquet.write_table(pa.Table.from_pylist(rows), tmp_path / "00000.parquet")
    stream = open_stream(tmp_path)
    assert stream.langs == ("en", "es")
    [batch] = stream.batches()
    assert [item.texts for item in batch.items] == GOOD
    assert batch.items[2].places == ("par. 3", "")
    assert not any(item.extras for item in batch.items)
    found = read_bitext(tmp_path / "00000.parquet")
    assert (found.source.lang, found.target.lang) == ("en", "es")
    assert not any(bead.extras for bead in found.beads)
    # another pair of languages among them is refused, where it stands
    rows[-1]["source_lang"] = "fr"
    parquet.write_table(pa.Table.from_pylist(rows), tmp_path / "00001.parquet")
    run = bialign("filter", tmp_path, "-o", tmp_path / "out.tsv")
    assert run.status == 1 and "00001.parquet" in run.err and "several languages" in run.err


def test_damaged_shards_and_folders_without_any(tmp_path, bialign, folder):
    shard = folder / "shards" / "00001.parquet"
    shard.write_bytes(shard.read_bytes()[:-100])
    run = bialign("convert", folder, "-o", tmp_path / "out.tsv")
    assert run.status == 1 and "00001.parquet: damaged or cut off" in run.err
    assert not (tmp_path / "out.tsv").exists()
    (tmp_path / "empty").mkdir()
    run = bialign("convert", tmp_path / "empty", "-o", tmp_path / "out.tsv")
    assert run.status == 1 and "no Parquet files" in run.err


def test_clean_gold_is_kept(gold):
    from bench.filtering import pairs_of

    for name, most in (("ntrex-en-es", 0.02), ("tico19-en-es", 0.02)):
        pairs = pairs_of(gold, name)
        assert sum(map(bool, broken_of(pairs, *default_rules()))) <= most * len(pairs)


def test_what_rules_are_for_is_told_in_spanish():
    from bialign.cli.messages import load_catalogue

    spanish = load_catalogue("es")
    assert [rule.meaning for rule in RULES.values() if rule.meaning not in spanish] == []
