"""Indicators equal figures worked out by hand, and independent computations; groups are compared."""

import ast
import inspect
import json
import math
import random
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import yaml

from bialign.bitext import Bead, Bitext, Document, Span, plain_segments
from bialign.cli import main, study_measures
from bialign.errors import NotFound
from bialign.languages.closed_classes import CLOSED_CLASSES
from bialign.languages.connectives import CONNECTIVES, find_connectives
from bialign.study import comparing, indicators, sources
from bialign.study.indicators import pairing, richness
from bialign.study.indicators.lexis import Counted, Lexis, joined
from bialign.study.indicators.linking import is_cognate
from bialign.study.indicators.page import page
from bialign.study.indicators.verb_forms import MARKERS, markers
from bialign.study.indicators.word_kinds import english_syllables, spanish_syllables
from bialign.study.saying import Saying
from bialign.termbase import Concept, Term, Termbase
from conftest import REPOSITORY

CASES = Path(__file__).parent / "cases" / "study"
SIDES = yaml.safe_load((CASES / "sides.yaml").read_text(encoding="utf-8"))
VERBS = yaml.safe_load((CASES / "verb_forms.yaml").read_text(encoding="utf-8"))


def counted(case):
    segments = case["segments"]
    return Counted.of([text for _, text in segments], Lexis(case["lang"]), [number for number, _ in segments])


def worked_out(sum_):
    return None if sum_ is None else float(eval(str(sum_), {"__builtins__": {}}))


@pytest.mark.parametrize("case", SIDES, ids=lambda case: case["name"])
def test_indicators_equal_figures_worked_out_by_hand(case):
    text = counted(case)
    for name, sum_ in case["values"].items():
        value, wanted = indicators.OF_SIDES[name].of(text).value, worked_out(sum_)
        assert (value is None) == (wanted is None), name
        assert wanted is None or value == pytest.approx(wanted, rel=1e-12, abs=1e-12), name


@pytest.mark.parametrize("case", SIDES, ids=lambda case: case["name"])
def test_segments_add_up_to_their_text(case):
    text = counted(case)
    words = indicators.OF_SIDES["words"].parts(text)
    for one in indicators.OF_SIDES.values():
        if one.parts and one.unit in {"per 1,000 words", "share of words", "letters", "syllables"} and len(text):
            parts = one.parts(text)
            assert np.isnan(parts[words == 0]).all()
            assert np.nansum(parts * words) / words.sum() == pytest.approx(one.of(text).value), one.name


def words_at_random(size, types, seed=7):
    chance = random.Random(seed)
    return [chance.choice(range(round(chance.paretovariate(0.6)) % types + 1)) for _ in range(size)]


@pytest.mark.parametrize(("size", "types"), [(43, 9), (150, 60), (777, 400), (2345, 1500)])
def test_richness_equals_lexicalrichness(size, types):
    package = pytest.importorskip("lexicalrichness")
    numbers = words_at_random(size, types)
    text = " ".join("abcdefghij"[n % 10] * (1 + n // 10) for n in numbers)
    theirs = package.LexicalRichness(text, preprocessor=None, tokenizer=str.split)
    ours = np.array(numbers)
    pairs = {
        "ttr": (richness.ttr(ours), theirs.ttr),
        "guiraud": (richness.guiraud(ours), theirs.rttr),
        "yule_k": (richness.yule_k(ours), theirs.yulek),
        "mtld": (richness.mtld(ours), theirs.mtld(threshold=0.72)),
        "hdd": (richness.hdd(ours), theirs.hdd(draws=42)),
        "mattr": (richness.mattr(ours, 40), theirs.mattr(window_size=40)),
        "sttr": (richness.sttr(ours, 40), theirs.msttr(segment_window=40)),
    }
    for name, (mine, other) in pairs.items():
        assert mine == pytest.approx(other, rel=1e-9), name


def test_richness_equals_definitions_followed_word_by_word():
    numbers = words_at_random(500, 300, seed=3)
    windows = [numbers[at : at + 100] for at in range(401)]
    assert richness.mattr(np.array(numbers)) == pytest.approx(sum(len(set(w)) / 100 for w in windows) / 401, rel=1e-12)
    missed = [math.comb(500 - n, 42) / math.comb(500, 42) for n in Counter(numbers).values()]
    assert richness.hdd(np.array(numbers)) == pytest.approx(sum((1 - m) / 42 for m in missed), rel=1e-9)
    runs = [tuple(numbers[at : at + 4]) for at in range(497) if at // 50 == (at + 3) // 50]
    value, n = richness.repeated(np.array(numbers), np.full(10, 50))
    assert (value, n) == ((len(runs) - len(set(runs))) / len(runs), len(runs))
    # words of high numbers are packed in steps
    assert richness.repeated(np.array(numbers) * 100_003, np.full(10, 50)) == (value, n)
    # of all its words drawn, a text shows all its types
    assert richness.hdd(np.array(numbers[:42])) == pytest.approx(len(set(numbers[:42])) / 42, rel=1e-12)


def test_the_rules_for_verbs_find_what_the_cases_say_and_are_mostly_right():
    scores = Counter()
    for lang, cases in VERBS.items():
        for case in cases:
            found = dict(zip(MARKERS, markers(Counted.of([case["text"]], Lexis(lang)))[0].tolist(), strict=True))
            truth = {marker: case.get(marker, 0) for marker in MARKERS}
            assert found == truth | case.get("got", {}), case["text"]
            for marker in MARKERS:
                scores[lang, "right"] += min(found[marker], truth[marker])
                scores[lang, "found"] += found[marker]
                scores[lang, "there"] += truth[marker]
    for lang in VERBS:
        assert scores[lang, "right"] / scores[lang, "found"] > 0.9
        assert scores[lang, "right"] / scores[lang, "there"] > 0.85


def test_joined_and_cut_texts_are_measured_as_if_counted_anew():
    segments = SIDES[0]["segments"]
    lexis = Lexis("en")
    parts = [Counted.of([text], lexis, [number]) for number, text in segments]
    for one in indicators.OF_SIDES.values():
        one.of(parts[0])
    whole = joined(parts, lexis)
    anew = counted(SIDES[0])
    for one in indicators.OF_SIDES.values():
        assert one.of(whole) == one.of(anew), one.name
        assert one.of(whole.part(1, 3)) == one.of(joined(parts[1:], lexis)), one.name


def test_words_of_the_reference_list_are_common_ones():
    for lang, common, rare in (("en", "you know what he was", "sextant binnacle"), ("es", "no lo que es", "almena")):
        core = indicators.OF_SIDES["core_100"]
        assert core.of(Counted.of([common], Lexis(lang))).value == 1.0
        assert indicators.OF_SIDES["core_2000"].of(Counted.of([rare], Lexis(lang))).value == 0.0
    sizes = [indicators.OF_SIDES[f"core_{n}"].of(counted(SIDES[0])).value for n in (100, 200, 2000)]
    assert sizes == sorted(sizes)


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (spanish_syllables, "a-é-re-o cons-trui-dos len-guaje:3 pa-ra-guas viu-da o-í-a hue-so rey a-ho-ra gui-ño"),
        (english_syllables, "ta-ble wat-ches hoped nee-ded a-gree phone re-mem-ber cre-ate:2 moun-tain lit-tle tried"),
    ],
)
def test_syllables(count, words):
    for word in words.split():
        spelt, _, number = word.partition(":")
        assert count(spelt.replace("-", "")) == int(number or spelt.count("-") + 1), word


# ---------- both sides ----------
BEADS = [("One two three four.", "Uno dos."), ("One two.", "Uno dos tres."), ("Alone.", "")]


def bitext(name, beads, langs=("en", "es")):
    sides = [[bead[k] for bead in beads if bead[k]] for k in (0, 1)]
    documents = [
        Document(f"{name}.{lang}", lang, name, "\n".join(side) + "\n") for side, lang in zip(sides, langs, strict=True)
    ]
    spans, i, j = [], 0, 0
    for source, target in beads:
        spans.append(Bead(Span(i, i + bool(source)), Span(j, j + bool(target))))
        i, j = i + bool(source), j + bool(target)
    return Bitext(name, *documents, *map(plain_segments, sides), tuple(spans))


def measured(studied, names, level=indicators.of_documents):
    return {(v.unit, v.side, v.indicator): v.found for v in level(studied, indicators.chosen(names))}


def test_ratios_of_length_equal_figures_worked_out_by_hand():
    studied = indicators.count(sources.of_bitexts([bitext("a", BEADS)]), indicators.chosen(["pair"]))
    found = measured(studied, ["pair"])
    assert found["a", "pair", "length_ratio"] == (5 / 6, 2)
    assert found["a", "pair", "length_ratio_characters"] == ((8 + 13) / (19 + 8), 2)
    assert found["a", "pair", "length_ratio_mean"] == ((2 / 4 + 3 / 2) / 2, 2)
    assert found["a", "pair", "length_ratio_variance"].value == pytest.approx(0.5**2 + 0.5**2)
    by_bead = indicators.OF_PAIRS["length_ratio"].parts(studied[0].pair)
    assert by_bead[:2].tolist() == [0.5, 1.5]
    assert math.isnan(by_bead[2])


def test_entropy_of_renderings_equals_figures_worked_out_by_hand():
    links = pairing.LinkCounts(pairs=20, cognates=5, false_friends=1)
    links.renderings["house"].update({"casa": 9, "hogar": 3})
    links.renderings["name"].update({"nombre": 10})
    links.renderings["rare"].update({"raro": 1, "escaso": 1})
    pair = indicators.count(sources.of_bitexts([bitext("a", BEADS)]), indicators.chosen(["pair"]))[0].pair
    pair.links = links
    of = {name: one.of(pair) for name, one in indicators.OF_PAIRS.items()}
    house = -(0.75 * math.log2(0.75) + 0.25 * math.log2(0.25)) + 1 / (2 * 12 * math.log(2))
    assert of["rendering_entropy"] == (pytest.approx((house + 0) / 2, rel=1e-12), 2)
    assert of["cognates"] == (0.25, 20)
    assert of["false_friends"] == (50.0, 20)


def test_terms_are_consistent_where_one_renders_a_concept():
    mill = (Term("mill", "en"), Term("molino", "es"), Term("aceña", "es", status="admitted"))
    termbase = Termbase(("en", "es"), (Concept("mill", terms=mill),))
    beads = [
        ("The mill.", "El molino."),
        ("A mill.", "Una aceña."),
        ("Our mills.", "Nuestros molinos."),
        ("No mill.", "No."),
        ("A house.", "Un molino."),
    ]
    studied = indicators.count(
        sources.of_bitexts([bitext("a", beads)]), indicators.chosen(["terms"]), termbase=termbase
    )
    found = measured(studied, ["terms"])
    shares = -(2 / 3 * math.log2(2 / 3) + 1 / 3 * math.log2(1 / 3)) + 1 / (2 * 3 * math.log(2))
    assert found["a", "pair", "term_entropy"] == (pytest.approx(shares, rel=1e-12), 1)
    assert found["a", "pair", "preferred_terms"] == (pytest.approx(2 / 3), 3)


def test_cognates_are_found_by_word_links_and_drawn_by_seed():
    beads = [
        ("The president signed the document.", "El presidente firmó el documento."),
        ("The president spoke of the army.", "El presidente habló del ejército."),
        ("The document was short.", "El documento era breve."),
    ]
    assert [is_cognate(*p) for p in (("nation", "nación"), ("sea", "mar"), ("cat", "cato"))] == [True, False, False]
    text = bitext("a", beads)
    studied = indicators.count(sources.of_bitexts([text]), indicators.chosen(["cognates"]))
    links = studied[0].pair.links
    assert links.renderings["president"]["presidente"] == 2
    assert links.cognates >= 4
    few = [
        indicators.count(sources.of_bitexts([text]), indicators.chosen(["cognates"]), links=2, seed=3)[0].pair.links
        for _ in range(2)
    ]
    assert few[0] == few[1]
    assert few[0].beads == 2


# ---------- levels and tables ----------
ENGLISH = "the old mill stood by a river and nobody went there in winter"
SPANISH = "el viejo molino estaba junto a un río y nadie iba allí en invierno"


def texts():
    chance = random.Random(5)
    english = ENGLISH.split()
    spanish = SPANISH.split()
    made = []
    for number in range(6):
        beads = [
            (
                " ".join(chance.choices(english, k=8 + number)).capitalize() + ("." if number % 2 else ", so, so."),
                " ".join(chance.choices(spanish, k=9)).capitalize() + ".",
            )
            for _ in range(30)
        ]
        made.append(bitext(f"t{number}", beads))
    return made


GROUPS = {f"t{number}": {"genre": "letters" if number % 2 else "tales"} for number in range(6)}


@pytest.fixture(scope="module")
def studied():
    wanted = indicators.chosen(["size", "richness", "sentences", "punctuation", "pair"])
    return indicators.count(sources.of_bitexts(texts(), GROUPS), wanted)


def test_groups_are_their_texts_put_together(studied):
    found = measured(studied, ["size", "richness"], indicators.of_groups)
    assert found["all", "source", "segments"].value == 180
    halves = [found[f"genre={name}", "source", "words"].value for name in ("letters", "tales")]
    assert sum(halves) == found["all", "source", "words"].value
    together = [bead for text in texts() for bead in text.beads]
    assert len(together) == 180
    one = bitext("one", [(t.source_text(b), t.target_text(b)) for t in texts() for b in t.beads])
    alone = measured(indicators.count(sources.of_bitexts([one]), indicators.chosen(["richness"])), ["richness"])
    for (_, side, name), value in alone.items():
        assert found["all", side, name] == value


def test_tables_are_tidy_long_and_wide_and_by_segment(studied):
    wanted = indicators.chosen(["ttr", "commas", "length_ratio"])
    long = indicators.values(indicators.of_documents(studied, wanted))
    assert long.names == ("text", "side", "lang", "level", "unit", "indicator", "value", "n")
    assert len(long.rows) == 6 * 5
    wide = indicators.wide(indicators.of_documents(studied, wanted), wanted)
    assert len(wide.rows) == 18
    assert [c.unit for c in wide.columns[-3:]] == ["", "per 1,000 words", "ratio"]
    for record in long.records():
        same = [r for r in wide.records() if (r["text"], r["side"]) == (record["text"], record["side"])]
        assert same[0][record["indicator"]] == record["value"]
    by_segment = indicators.segments(studied[:1], wanted)
    assert len(by_segment.rows) == 90
    first = next(by_segment.records())
    assert (first["side"], first["unit"], first["bead"], first["length_ratio"]) == ("source", "1", 1, None)
    assert first["commas"] == 1000 * 2 / 10


def test_definitions_say_all_of_every_indicator():
    table = indicators.definitions()
    assert table.column("indicator") == list(indicators.ALL)
    for record in table.records():
        assert record["formula"], record
        assert record["n"], record
    with pytest.raises(NotFound, match="there is no indicator mltd"):
        indicators.chosen(["mltd"])


@pytest.mark.parametrize(("lang", "name"), [("en", "indicators.md"), ("es", "indicators.es.md")])
def test_the_page_of_indicators_is_up_to_date(lang, name):
    committed = (REPOSITORY / "docs" / name).read_text(encoding="utf-8")
    assert committed == page(lang), "run: python docs/indicators.py"


def test_all_that_is_said_of_indicators_exists_in_spanish():
    said = Saying("es")
    words = set(indicators.THEMES.values())
    for one in indicators.ALL.values():
        words |= {one.title, one.formula, one.unit, one.basis, one.caveat}
    for module in (page, study_measures):
        source = inspect.getsource(inspect.getmodule(module) or module)
        calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
        spoken = [call.args[0] for call in calls if getattr(call.func, "id", "") == "said"]
        words |= {one.value for one in spoken if isinstance(one, ast.Constant)}
    assert {word for word in words - {""} if word not in said._known} == set()


# ---------- groups compared ----------
def test_effect_sizes_equal_textbook_values():
    # of 3 x 4 pairs 1 + 3 + 4 are greater, 3 less, 1 equal
    assert comparing.cliffs_delta([5, 7, 9], [4, 6, 6, 7]) == pytest.approx((8 - 3) / 12)
    # d = 1 / sqrt((2 * 1 + 2 * 1) / 4) = 1, times 1 - 3 / 15
    assert comparing.hedges_g([2, 3, 4], [1, 2, 3]) == pytest.approx(0.8)
    assert comparing.hedges_g([1, 1], [1, 1]) is None
    assert comparing.holm([0.02, 0.01, 0.5, 0.02]) == pytest.approx([0.06, 0.04, 0.5, 0.06])


def test_permutation_of_all_ways_equals_counting_them():
    # of 20 ways to part six values in two threes, two part them as far: 1 2 3 | 7 8 9, either way
    found = comparing.difference([7, 8, 9], [1, 2, 3])
    assert found.p == pytest.approx(2 / 20)
    assert found.difference == 6
    assert found.cliffs_delta == 1
    low, high = found.low, found.high
    assert low < 6 < high


def test_intervals_hold_the_truth_about_as_often_as_they_say():
    chance, held = np.random.default_rng(11), 0
    for trial in range(40):
        a, b = chance.normal(1, 1, 25), chance.normal(0, 1, 25)
        found = comparing.difference(a, b, seed=trial)
        held += found.low < 1 < found.high
    assert held >= 34


def test_nothing_that_varies_is_no_difference():
    found = comparing.difference([1, 1, 1], [1, 1, 1])
    assert (found.p, found.low, found.hedges_g, found.cliffs_delta) == (1.0, None, None, 0.0)
    with pytest.raises(ValueError, match="without values"):
        comparing.difference([], [1])


def test_groups_are_compared_by_documents_or_by_blocks(studied):
    wanted = indicators.chosen(["commas", "mtld", "length_ratio"])
    found = comparing.compare(studied, wanted, "genre")
    assert {one.unit for one in found} == {"document"}
    commas = next(one for one in found if (one.indicator, one.side) == ("commas", "source"))
    assert commas.groups == ("tales", "letters")
    assert commas.found.cliffs_delta == 1
    assert commas.found.p == pytest.approx(2 / 20)
    assert found == comparing.compare(studied, wanted, "genre"), "the same seed gives the same"
    by_blocks = comparing.compare(studied[:2], wanted, "genre", block=10)
    assert {one.unit for one in by_blocks} == {"block"}
    assert {one.found.n for one in by_blocks} == {(3, 3)}
    rows = comparing.table(by_blocks).rows
    assert len(rows) == len(by_blocks)
    with pytest.raises(NotFound, match="no two groups of style"):
        comparing.compare(studied, wanted, "style")


# ---------- languages ----------
def test_connectives_are_found_where_they_connect():
    assert {c.words[0] for c in CONNECTIVES["en"]} & {"however"}
    for lang, text, wanted in [
        ("en", "He left , and she stayed ; so did I", ["and", "so"]),
        ("en", "salt and pepper , not so good", []),
        ("en", "As a result , due to the rain", ["as a result", "due to"]),
        ("es", "Por lo tanto , no vino ; es decir , faltó", ["por lo tanto", "es decir"]),
        ("es", "pan y vino , pero sin embargo", ["pero", "sin embargo"]),
        ("fr", "et pourtant", []),
    ]:
        assert [found.connective.text for found in find_connectives(text.split(), lang)] == wanted


def test_no_connective_or_closed_word_has_a_capital_or_stands_twice():
    for listed in CONNECTIVES.values():
        written = [one.text for one in listed]
        assert len(written) == len(set(written))
        assert written == [text.lower() for text in written]
    for closed in CLOSED_CLASSES.values():
        assert all(word == word.lower() for words in closed.classes.values() for word in words)


# ---------- command line ----------
@pytest.fixture
def files(tmp_path):
    from bialign.formats import write

    paths = []
    for text in texts():
        paths.append(tmp_path / f"{text.id}.tmx")
        write(text, paths[-1], "tmx")
    groups = "text\tgenre\n" + "".join(f"{name}\t{of['genre']}\n" for name, of in GROUPS.items())
    (tmp_path / "groups.tsv").write_text(groups, encoding="utf-8")
    return [str(path) for path in paths]


@pytest.mark.parametrize("lang", ["en", "es"])
def test_command_writes_tables_and_a_summary_of_80_columns(files, tmp_path, capsys, lang):
    out, compared = tmp_path / "out.tsv", tmp_path / "compared.jsonl"
    call = ["study", "indicators", *files, "--groups", str(tmp_path / "groups.tsv"), "--compare", "genre"]
    call += ["--only", "sttr,mtld,punctuation,pair", "-o", str(out), "--comparisons", str(compared), "--ui-lang", lang]
    assert main([*call, "--definitions"]) == 0
    printed = capsys.readouterr().out
    assert max(map(len, printed.splitlines())) <= 80
    assert ("Commas" if lang == "en" else "Comas") in printed
    lines = out.read_text(encoding="utf-8").splitlines()
    assert lines[0].split("\t")[5] == "indicator"
    assert (tmp_path / "out.definitions.tsv").exists()
    records = [json.loads(line) for line in compared.read_text(encoding="utf-8").splitlines()]
    assert {record["unit"] for record in records} == {"document"}
    first = out.read_bytes()
    assert main(call) == 0
    assert out.read_bytes() == first


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        ([], 2, "name a corpus or files to measure"),
        (["FILE", "--only", "mltd"], 1, "there is no indicator mltd (mtld?)"),
        (["FILE", "--comparisons", "x.tsv"], 2, "--comparisons wants --compare"),
        (["FILE", "-o", "x.doc"], 1, "cannot tell the format"),
        (["FILE", "--seed", "-1"], 2, "a whole number from 0 on"),
        (["FILE", "--compare", "genre"], 1, "there are no two groups of genre"),
    ],
)
def test_command_refuses_what_it_cannot_do(files, capsys, arguments, status, message):
    call = [files[0] if argument == "FILE" else argument for argument in arguments]
    assert main(["study", "indicators", *call, "--ui-lang", "en"]) == status
    assert message in capsys.readouterr().err


def test_command_says_that_a_corpus_is_empty(tmp_path, capsys):
    from bialign.corpus import Corpus

    Corpus.create(tmp_path / "c.bialign").close()
    assert main(["study", "indicators", str(tmp_path / "c.bialign"), "--ui-lang", "en"]) == 1
    assert "there is no text here to measure" in capsys.readouterr().err


def test_command_prints_definitions_of_chosen_indicators(capsys):
    assert main(["study", "indicators", "--definitions", "--only", "mtld", "--ui-lang", "en"]) == 0
    printed = capsys.readouterr().out
    assert "McCarthy & Jarvis 2010" in printed
    assert "sttr" not in printed
