"""The translator's decisions as data: their types, their rows and counts, and candidates for shifts in explicitness."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from bialign import study
from bialign.bitext import Bead, Bitext, Document, Move, Paragraph, Span, plain_segments
from bialign.study.decisions import ASIDES, TYPES, find, find_in
from bialign.study.decisions.aside import splits
from bialign.study.decisions.candidates import KINDS
from bialign.study.decisions.counting import counts, positions
from bialign.study.decisions.intervals import wilson
from bialign.study.decisions.reports import candidates_table, counts_table, decisions_table, positions_table
from bialign.study.decisions.surprise import surprises
from bialign.study.saying import Saying
from bialign.study.sources import StudyText, of_bitexts
from bialign.words import WordAligner


def bitext(name: str, beads: list[tuple], *, moves: tuple[Move, ...] = (), langs=("en", "es"), kinds=()) -> Bitext:
    """Make a bitext of beads given as (source sentences, target sentences[, probability[, status]])."""
    made, sides = [], ([], [])
    for source, target, *sure in beads:
        spans = [Span(len(side), len(side) + len(new)) for side, new in zip(sides, (source, target), strict=True)]
        for side, new in zip(sides, (source, target), strict=True):
            side.extend(new)
        made.append(Bead(*spans, *sure))
    segments = [plain_segments(side, range(len(side))) for side in sides]
    documents = []
    for lang, side, found in zip(langs, sides, segments, strict=True):
        paragraphs = tuple(
            Paragraph(s.start, s.stop, dict(kinds).get(s.text, "text")) for s in found if s.text
        )  # fmt: skip
        documents.append(Document(f"{name}.{lang}", lang, name, "\n".join(side) + "\n", paragraphs=paragraphs))
    return Bitext(name, *documents, *segments, tuple(made), moves)


FIRST = (["The ferry left at dawn."], ["El transbordador zarpó al alba."])
LAST = (["Nobody on the pier waved."], ["Nadie saludó desde el muelle."])
LETTER = bitext(
    "letter",
    [
        (["Draft of 3 May."], [], 0.5),
        (*FIRST, 0.9),
        (
            ["The fog lifted slowly and the gulls came back."],
            ["La niebla se disipó poco a poco.", "Volvieron las gaviotas."],
            0.8,
        ),
        (["It was cold.", "We drank coffee from a flask."], ["Hacía frío y bebimos café de un termo."], 0.7),
        (["A seal was asleep on the buoy."], [], 0.6),
        ([], ["El perro del capitán ladraba."], 0.95, "confirmed"),
        ([], ["Ladraba sin parar."], 0.5),
        (["The cook had lost his watch."], [], 0.4),
        (["***"], ["***"], 1.0),
        (["12"], [], 1.0),
        (["He sang; nobody. Listened to him."], ["Cantaba.", "Nadie lo escuchaba."], 0.9),
        ([], ["Al cocinero se le había perdido el reloj."], 0.4),
        (["The harbour was empty."], ["El puerto estaba vacío."], 0.3, "rejected"),
        (*LAST, 0.75),
    ],
    moves=(Move(Span(6, 7), Span(9, 10), 0.85),),
    kinds=(("12", "page-number"),),
)  # fmt: skip


def test_a_bitext_made_by_hand_gives_exactly_these_rows():
    decisions, _ = find_in(StudyText("letter", LETTER, groups={"genre": "letters"}))
    rows = [
        (row.bead, row.type, row.beads, row.aside, row.weight, row.moved_to, row.passage, row.source.sentence,
         row.target.sentence)
        for row in decisions
    ]  # fmt: skip
    assert rows == [
        (1, "omitted", 1, "end", 0.5, None, 1, 1, 1),
        (2, "kept", 1, "", 0.9, None, None, 2, 1),
        (3, "split", 1, "", 0.8, None, None, 3, 2),
        (4, "joined", 1, "", 0.7, None, None, 4, 4),
        (5, "omitted", 1, "", 0.6, None, 2, 6, 5),
        (6, "added", 1, "", 1.0, None, 3, 7, 5),
        (7, "added", 1, "", 0.5, None, 3, 7, 6),
        (8, "moved", 2, "", 0.85, 12, 4, 7, 10),
        (9, "kept", 1, "signs", 1.0, None, None, 8, 7),
        (10, "omitted", 1, "layout", 1.0, None, 5, 9, 8),
        (11, "split", 1, "splitting", 0.9, None, None, 10, 8),
        (13, "kept", 1, "rejected", 0.3, None, None, 11, 11),
        (14, "kept", 1, "", 0.75, None, None, 12, 12),
    ]
    moved = decisions[7]
    assert (moved.source.text, moved.target.text) == (
        "The cook had lost his watch.", "Al cocinero se le había perdido el reloj.",
    )  # fmt: skip
    assert (decisions[5].confirmed, decisions[6].confirmed) == (True, False)
    assert (decisions[1].source.place, decisions[2].target.paragraph) == ("par. 2", 2)
    assert decisions[-1].source.position == pytest.approx(1 - len(LAST[0][0]) / LETTER.source_segments[-1].stop)


def test_counts_say_how_many_and_how_many_are_expected():
    found = find(of_bitexts([LETTER], {"letter": {"genre": "letters"}}))
    table = {(row.grouping, row.group, row.type): row for row in counts(found)}
    added = table["all", "", "added"]
    assert (added.decisions, added.passages, added.beads, added.confirmed, added.expected) == (2, 1, 2, 1, 1.5)
    assert added.share == pytest.approx(2 / 9)
    assert (added.low, added.high) == wilson(2, 9)
    assert added.per_1000 == pytest.approx(1000 * 2 / 12)
    assert table["all", "", "moved"].beads == 2
    assert table["all", "", "aside: end"].beads == 1
    assert replace(added, grouping="genre", group="letters") == table["genre", "letters", "added"]
    tenths = [row for row in positions(found) if (row.grouping, row.type) == ("all", "added")]
    assert [row.tenth for row in tenths] == list(range(1, 11))
    assert sum(row.decisions for row in tenths) == 2


POOL = [
    ("The mayor opened the market in the rain.", "La alcaldesa inauguró el mercado bajo la lluvia."),
    ("Three goats crossed the bridge.", "Tres cabras cruzaron el puente."),
    ("The baker sold no bread that day.", "La panadera no vendió pan aquel día."),
    ("Children laughed at the wet flags.", "Los niños se rieron de las banderas mojadas."),
    ("The river had risen in the night.", "El río había crecido por la noche."),
    ("An old man kept the keys of the mill.", "Un viejo guardaba las llaves del molino."),
]
ALIGNER = WordAligner(context=False)
SIZES = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 3), st.sampled_from(["unreviewed", "confirmed", "rejected"])).filter(
        lambda size: size[0] + size[1]
    ),
    min_size=1,
    max_size=12,
)


def of_sizes(sizes: list[tuple[int, int, str]]) -> Bitext:
    """Make a bitext with beads of such sizes, of sentences that translate each other where there are as many."""
    beads, at = [], 0
    for n, m, status in sizes:
        sides = [[POOL[(at + k) % len(POOL)][side] for k in range(size)] for side, size in ((0, n), (1, m))]
        at += max(n, m)
        beads.append((*sides, 0.5, status))
    return bitext("drawn", beads)


def swapped(found: Bitext) -> Bitext:
    beads = tuple(replace(bead, source=bead.target, target=bead.source) for bead in found.beads)
    sides = (found.target, found.source, found.target_segments, found.source_segments)
    moves = tuple(Move(move.target, move.source, move.probability) for move in found.moves)
    return Bitext(found.id, *sides, beads, moves)


@given(SIZES)
@settings(max_examples=40)
def test_each_bead_is_counted_once(sizes):
    found = find(of_bitexts([of_sizes(sizes)]), with_candidates=False)
    assert sum(row.beads for row in found.decisions) == len(sizes)
    assert sum(row.primary for row in found.decisions) == len(sizes)
    for grouping in ("all", "text"):
        assert sum(row.beads for row in counts(found) if row.grouping == grouping) == len(sizes)
    aside = sum(row.beads for row in found.decisions if row.aside)
    tenths = {(row.tenth, row.beads) for row in positions(found) if row.grouping == "all"}
    assert sum(beads for _, beads in tenths) == len(sizes) - aside


MIRROR = {"split": "joined", "joined": "split", "omitted": "added", "added": "omitted"}


@given(SIZES)
@settings(max_examples=25)
def test_with_the_sides_exchanged_split_is_joined_and_omitted_added(sizes):
    text = of_sizes(sizes)
    there, back = (
        [(row.bead, row.type, row.aside) for row in find_in(StudyText("x", each), ALIGNER, with_candidates=False)[0]]
        for each in (text, swapped(text))
    )
    assert [(bead, MIRROR.get(type, type), aside) for bead, type, aside in there] == back


def test_the_letter_with_its_sides_exchanged_moves_back():
    there, back = (find_in(StudyText("x", each), ALIGNER)[0] for each in (LETTER, swapped(LETTER)))
    assert sorted(MIRROR.get(row.type, row.type) for row in there) == sorted(row.type for row in back)
    moved = next(row for row in back if row.type == "moved")
    assert (moved.source.text[:11], moved.bead, moved.moved_to) == ("Al cocinero", 12, 8)


def shape(source: list[str], target: list[str]) -> list[str]:
    text = bitext("x", [FIRST, (source, target), LAST])
    return [row.type for row in find_in(StudyText("x", text), ALIGNER)[0] if row.bead == 2]


def test_beads_of_several_sentences_on_both_sides_are_looked_into():
    (a, one), (b, two) = POOL[:2]
    assert shape([a, b], [one, two]) == ["kept"], "two beads that nobody parted"
    assert "reordered" in shape([a, b], [two, one])
    cut_elsewhere = shape(
        ["The mayor opened the market.", "It rained, and three goats crossed the bridge towards the mill."],
        ["La alcaldesa inauguró el mercado bajo la lluvia y tres cabras cruzaron el puente.", "Iban hacia el molino."],
    )
    assert cut_elsewhere[0] == "recut"


def test_clauses_in_another_order_are_reordered_and_adjectives_are_not():
    source = "When the harvest was over and the carts were empty, the farmers of the valley danced in the old square."
    same = (
        "Cuando terminó la cosecha y los carros estuvieron vacíos, los campesinos del valle bailaron en la plaza vieja."
    )
    other = (
        "Los campesinos del valle bailaron en la plaza vieja cuando terminó la cosecha y los carros estuvieron vacíos."
    )
    assert shape([source], [same]) == ["kept"]
    assert shape([source], [other]) == ["kept", "reordered"]
    grammar = shape(
        ["The small red wooden boat carried heavy grey stones to the distant northern island."],
        ["La pequeña barca roja de madera llevaba pesadas piedras grises a la lejana isla septentrional."],
    )
    assert grammar == ["kept"]


@pytest.mark.parametrize(
    ("whole", "parts", "really"),
    [
        ("He ran and fell.", ["Corrió.", "Se cayó."], True),
        ("He ran. He fell.", ["Corrió.", "Se cayó."], False),
        ("He ran . He fell .", ["Corrió .", "Se cayó ."], False),
        ("We need: salt, oil.", ["Hace falta:", "sal, aceite."], False),
        ("“Run!” he said.", ["—¡Corre!", "—dijo."], False),
        ("He ran, fell and wept.", ["Corrió.", "Se cayó.", "Lloró."], True),
        ("He ran… and fell.", ["Corrió…", "y se cayó."], False),
    ],
)
def test_what_a_splitter_did_is_no_decision(whole, parts, really):
    assert splits(whole, plain_segments(parts)) is really


# ---------- candidates ----------
TALK = [
    ("Anna Lindqvist runs the lighthouse.", "Anna Lindqvist dirige el faro."),
    ("Every night Lindqvist climbs the stairs with a lamp.", "Cada noche Lindqvist sube la escalera con una lámpara."),
    ("She repaired the old engine last winter.", "Lindqvist reparó el viejo motor el invierno pasado."),
    ("The island doctor trusts her completely.", "La doctora de la isla confía plenamente en ella."),
    ("The engine broke again.", "Sin embargo, el motor volvió a averiarse."),
    ("However, the lamp kept burning.", "La lámpara siguió encendida."),
    ("The port pays the bills, so nobody complains.", "El puerto paga las facturas, así que nadie se queja."),
    (
        "She wrote to the Maritime Rescue Service about the fog.",
        "Escribió al Servicio de Salvamento Marítimo (SSM) sobre la niebla.",
    ),
    ("They sell cider in the village.", "Venden sidra (una bebida de manzana fermentada) en el pueblo."),
]  # fmt: skip


def kinds_of(text: Bitext) -> list[tuple[int, str, str]]:
    return sorted((row.bead, row.shift, row.kind) for row in find_in(StudyText("t", text), ALIGNER)[1])


def talk() -> Bitext:
    return bitext("talk", [([a], [b]) for a, b in TALK])


def test_what_the_translation_says_and_the_original_does_not_is_a_candidate():
    assert kinds_of(talk()) == [
        (3, "explicitation", "name for pronoun"),
        (5, "explicitation", "connective"),
        (6, "implicitation", "connective"),
        (8, "explicitation", "acronym given"),
        (9, "explicitation", "bracket"),
    ]
    (name,) = [row for row in find_in(StudyText("t", talk()), ALIGNER)[1] if row.kind == "name for pronoun"]
    assert name.evidence.startswith("Lindqvist")


def test_what_is_more_from_one_side_is_less_from_the_other():
    turned = {"explicitation": "implicitation", "implicitation": "explicitation"}
    assert kinds_of(swapped(talk())) == sorted((bead, turned[shift], kind) for bead, shift, kind in kinds_of(talk()))


def test_that_is_a_choice_in_english_translations_only():
    said = [("La piloto dijo que el viento había cambiado.", "The pilot said that the wind had changed."),
            ("El grumete dijo que ella tenía razón.", "The ship's boy said she was right.")]  # fmt: skip
    text = bitext("said", [([a], [b]) for a, b in said], langs=("es", "en"))
    assert [hit for hit in kinds_of(text) if hit[2] == "that"] == [
        (1, "explicitation", "that"), (2, "implicitation", "that"),
    ]  # fmt: skip
    assert not [hit for hit in kinds_of(swapped(text)) if hit[2] == "that"]


def test_lengths_surprise_by_the_texts_own_ratio():
    usual = [(number, 60 + number, round((60 + number) * (1.2 + 0.04 * (number % 3)))) for number in range(60)]
    assert list(surprises(usual)) == []
    long, short = (100, 80, 220), (101, 90, 40)
    found = {each.number: each for each in surprises([*usual, long, short])}
    assert found.keys() == {100, 101}
    assert (found[100].z > 0, found[101].z < 0) == (True, True)
    assert found[100].ratio == pytest.approx(220 / 80 / 1.24, rel=0.1)
    mirrored = {each.number: each.z for each in surprises([(n, b, a) for n, a, b in [*usual, long, short]])}
    assert mirrored == pytest.approx({number: -each.z for number, each in found.items()})
    assert list(surprises([long, short])) == [], "of so few beads no ratio is known"


# ---------- tables, plots, the command ----------
def test_tables_open_with_their_columns_and_groups():
    found = find(of_bitexts([LETTER, talk()], {"letter": {"genre": "letters", "type": "private"}}))
    table = decisions_table(found, ("split", "joined"))
    assert {row["type"] for row in table.records()} == {"split", "joined"}
    assert table.names[:4] == ("text", "genre", "group_type", "bead"), "no two columns have one name"
    assert counts_table(found).column("grouping").count("genre") == len(TYPES) + len(ASIDES)
    assert len(positions_table(found).rows) == (1 + 2 + 1 + 1) * 10 * len(TYPES)
    assert candidates_table(found).column("kind")[0] in KINDS


def test_nothing_gives_empty_tables():
    found = find([])
    assert decisions_table(found).rows == []
    assert all(row.share is None for row in counts(found))


def test_all_types_reasons_and_kinds_have_spanish_names():
    path = Path(study.__file__).parent / "locales" / "es.json"
    known = json.loads(path.read_text(encoding="utf-8"))["decisions"]
    assert {*TYPES, *ASIDES, *KINDS} <= known.keys()


@pytest.mark.parametrize("many", [False, True])
def test_plots_name_their_types_and_tell_numbers(many):
    pytest.importorskip("matplotlib")
    from bialign.study.decisions.drawing import plot_frequencies, plot_positions

    texts = [LETTER, talk()]
    if many:
        texts = [bitext("long", [(["Rain fell on the roofs.", "So it was."], ["Llovía."], 0.9)] * 700), *texts]
    groups = {texts[0].id: {"genre": "novels"}, texts[1].id: {"genre": "letters"}}
    found = find(of_bitexts(texts, groups), with_candidates=False)
    for lang, word in (("en", "joined"), ("es", "unida")):
        for drawn in (
            plot_frequencies(found, lang=lang), plot_frequencies(found, lang=lang, grouping="genre"),
            plot_positions(found, lang=lang),
        ):  # fmt: skip
            element = etree.fromstring(drawn)
            assert Saying(lang)(word) in "".join(element.itertext())
            assert any(character.isdigit() for character in element[1].text)


def test_the_command_writes_tables_and_plots_all_or_none(bialign, tmp_path):
    from bialign.corpus import Corpus

    with Corpus.create(tmp_path / "c.bialign") as corpus:
        corpus.add_bitext(LETTER)
        corpus.add_bitext(talk())
    (tmp_path / "groups.tsv").write_text("text\tgenre\nletter\tletters\ntalk\treports\n", encoding="utf-8")
    names = {"-o": "d.tsv", "--counts": "c.jsonl", "--positions": "p.tsv", "--candidates": "k.xlsx"}
    options = [part for option, name in names.items() for part in (option, tmp_path / name)]
    run = bialign("study", "decisions", tmp_path / "c.bialign", "--groups", tmp_path / "groups.tsv", *options)
    assert run.status == 0, run.err
    assert all((tmp_path / name).exists() for name in names.values())
    with (tmp_path / "d.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert {row["genre"] for row in rows} == {"letters", "reports"}
    with Corpus(tmp_path / "c.bialign") as corpus:
        assert corpus.bead(int(rows[0]["bead"])).bitext == "letter"
    lines = run.out.splitlines()
    assert lines[0].startswith("2 texts: ")
    assert all(len(line) <= 80 for line in lines)
    assert any(line.startswith("split") and "█" in line for line in lines)
    spanish = bialign(
        "study", "decisions", tmp_path / "c.bialign", "--text", "letter", "--show", "2", "--ui-lang", "es"
    )
    assert "dividida" in spanish.out
    assert "La niebla se disipó" in spanish.out


@pytest.mark.parametrize(
    ("arguments", "told", "status"),
    [
        (["--text", "none"], "no bitext is called none here", 1),
        (["--type", "kept,turned"], "turned", 2),
        (["-o", "d.doc"], "cannot tell the format", 1),
        (["--plot", "p.png"], "plots are .svg files", 2),
        (["--by", "genre"], "no grouping genre here", 2),
    ],
)
def test_wrong_calls_are_told_in_one_line_and_write_nothing(bialign, tmp_path, arguments, told, status):
    from bialign.corpus import Corpus

    with Corpus.create(tmp_path / "c.bialign") as corpus:
        corpus.add_bitext(talk())
    run = bialign("study", "decisions", tmp_path / "c.bialign", *arguments)
    assert (run.status, run.out) == (status, "")
    assert told in run.err
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ".bialign"] == []


def test_a_corpus_and_a_file_are_studied_together_unless_names_are_twice(bialign, tmp_path):
    from bialign.corpus import Corpus

    for name in ("a.bialign", "b.bialign"):
        with Corpus.create(tmp_path / name) as corpus:
            corpus.add_bitext(talk() if name[0] == "a" else LETTER)
    assert bialign("study", "decisions", tmp_path / "a.bialign", tmp_path / "b.bialign").out.startswith("2 texts")
    twice = bialign("study", "decisions", tmp_path / "a.bialign", tmp_path / "a.bialign")
    assert (twice.status, "two texts are called talk" in twice.err) == (2, True)
