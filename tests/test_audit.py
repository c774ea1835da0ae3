"""``bialign audit``: what is drawn, what is estimated from it, and how it is asked for and kept."""

import json
import random
from collections import Counter

import pytest

from bialign.bitext import Bead, Bitext, Document, Span, plain_segments
from bialign.corpus import Corpus
from bialign.errors import FormatError
from bialign.formats import write
from bialign.study.audit import (
    GoldJudge,
    Judged,
    Unit,
    agreement,
    estimate,
    judged,
    needed,
    parse_truth,
    right,
    sample,
    units_of,
    with_judgements,
    wrong,
)
from bialign.study.audit.sampling import allocate, draw, strata_of
from bialign.study.audit.sheet import read
from bialign.study.audit.sheet import write as write_sheet

TEXTS = 400


def made(seed=1, errors=0.06, size=TEXTS):
    """Make beads of a text and its gold: where both part, the system joined two beads or took one apart."""
    chance = random.Random(seed)
    gold, system = [], []
    i = j = 0
    while i < size:
        shape = chance.choices([(1, 1), (1, 2), (2, 1), (1, 0), (0, 1)], [80, 7, 7, 3, 3])[0]
        bead = Bead(Span(i, i + shape[0]), Span(j, j + shape[1]))
        gold.append(bead)
        i, j = bead.source.stop, bead.target.stop
        # what is doubtful is wrong as often as its probability says
        doubtful = chance.random() < 2 * errors
        probability = chance.uniform(0.3, 0.7) if doubtful else chance.uniform(0.985, 1)
        if chance.random() < probability or not system or system[-1].is_null or bead.is_null:
            system.append(Bead(bead.source, bead.target, probability))
        else:
            before = system.pop()
            joined = Span(before.source.start, i), Span(before.target.start, j)
            system.append(Bead(*joined, probability))
    return gold, system


def population(seed=1, errors=0.06, size=TEXTS):
    gold, system = made(seed, errors, size)
    units = list(units_of("letter", system))
    judge = GoldJudge(gold)
    return units, [judge(unit) for unit in units], gold


def simulated(units, said, size, seed):
    return estimate(
        [
            Judged(units[i].type, s.name, s.group, len(s), s.mean, said[i])
            for i, s in draw(strata_of(units, seed), size)
        ],
        draws=1_000,
    )


def test_every_true_bead_is_counted_once():
    _, said, gold = population(errors=0.2)
    true = Counter(type for judgement in said for type in judgement.truth)
    assert true == Counter(bead.type for bead in gold)


def test_a_judgement_of_everything_leaves_no_doubt():
    units, said, gold = population(errors=0.2)
    result = simulated(units, said, len(units), 0)
    both = [n for n, unit in enumerate(units) if not unit.is_null]
    correct = sum(said[n].right for n in both)
    assert result.judged == result.units == len(units)
    for found, whole in ((result.precision, len(both)), (result.recall, sum(not bead.is_null for bead in gold))):
        assert found.value == pytest.approx(correct / whole)
        assert (found.low, found.high) == pytest.approx((found.value, found.value))
    one = result.types["1-1"]
    assert one.precision.low == pytest.approx(one.precision.high)


@pytest.mark.parametrize(("errors", "least"), [(0.08, 0.91), (0.004, 0.91)])
def test_intervals_hold_the_truth_about_as_often_as_they_say(errors, least):
    units, said, gold = population(2, errors, 700)
    both = [n for n, unit in enumerate(units) if not unit.is_null]
    correct = sum(said[n].right for n in both)
    truth = correct / len(both), correct / sum(not bead.is_null for bead in gold)
    assert truth[0] < 1
    times, held = 100, [0, 0]
    for seed in range(times):
        result = simulated(units, said, 100, seed)
        for number, found in enumerate((result.precision, result.recall)):
            held[number] += found.low - 1e-9 <= truth[number] <= found.high + 1e-9
    # of 100 samples two standard errors below 95 % are 91 %
    assert min(held) / times >= least


def test_probabilities_make_the_intervals_narrower():
    units, said, _ = population(3, 0.08, 800)
    blind = [Unit(unit.text, unit.source, unit.target, 0.9) for unit in units]
    widths = [
        sum(f.high - f.low for seed in range(15) for f in [simulated(which, said, 100, seed).precision])
        for which in (units, blind)
    ]
    assert widths[0] < 0.9 * widths[1]


def test_a_larger_sample_holds_the_smaller_one():
    units, _, _ = population()
    small, large = ({index for index, _ in draw(strata_of(units, 7), size)} for size in (60, 90))
    assert small < large
    assert {index for index, _ in draw(strata_of(units, 8), 60)} != small


def test_strata_hold_every_unit_once_and_more_is_drawn_where_it_is_doubtful():
    units, _, _ = population()
    strata = strata_of(units)
    assert sorted(index for stratum in strata for index in stratum.drawn) == list(range(len(units)))
    sizes = allocate(strata, 80)
    assert sum(sizes) == 80
    shares = {s.name: size / len(s) for s, size in zip(strata, sizes, strict=True)}
    ones = [name for name in shares if name.startswith("1-1/")]
    assert shares[ones[0]] > 1.5 * shares[ones[-1]]
    assert {s.group for s in strata} >= {"1-1", "1-2", "1-0", "0-1"}
    with pytest.raises(ValueError, match="at least"):
        allocate(strata, 0)
    assert allocate(strata, 10**6) == [len(s) for s in strata]


def test_how_many_judgements_a_margin_takes():
    units, said, _ = population(errors=0.1)
    result = simulated(units, said, 60, 1)
    wide, narrow = (needed(result, result.precision, margin) for margin in (0.1, 0.01))
    assert wide < 60 < narrow <= len(units)
    more = simulated(units, said, narrow, 1).precision
    assert more.high - more.low < 0.035


@pytest.mark.parametrize("text", ["", "1", "1-", "0-0", "x", "1-2-3", "12 3"])
def test_what_is_no_truth_is_refused(text):
    with pytest.raises(ValueError, match="no type of beads"):
        parse_truth(text)


def test_a_null_bead_that_is_wrong_has_a_partner():
    unit = Unit("letter", Span(3, 4), Span(5, 5), 0.6)
    assert wrong(unit, ["1-2"]).truth == ("1-2",)
    with pytest.raises(ValueError, match="partner"):
        wrong(unit, ["1-0"])
    assert wrong(Unit("letter", Span(3, 3), Span(5, 6), 0.6), None).truth == ()


def bitext(size=60):
    gold, system = made(5, 0.15, size)
    sides = [Document(f"letter.{lang}", lang, "Letter", "") for lang in ("en", "es")]
    segments = [
        plain_segments([f"{word} {n}\tand more" for n in range(stop)])
        for word, stop in (("Sentence", system[-1].source.stop), ("Oración", system[-1].target.stop))
    ]
    return Bitext("letter", *sides, *segments, tuple(system)), GoldJudge(gold)


def test_a_sheet_comes_back_as_it_was_judged(tmp_path):
    text, judge = bitext()
    items = sample([text], 40)
    answered = with_judgements(items, {item.key: judge(item.unit) for item in items})
    path = tmp_path / "sheet.tsv"
    write_sheet(answered, path)
    back = read(path)
    assert [item.key for item in back] == [item.key for item in items]
    assert [item.judgement for item in back] == [item.judgement for item in answered]
    assert estimate(judged(back)) == estimate(judged(answered))
    # what a spreadsheet makes of it: quotation marks, no blanks at the front, another line end
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    path.write_text("\r\n".join("\t".join(f'"{cell.strip()}"' for cell in row) for row in rows), encoding="utf-8")
    assert [item.judgement for item in read(path)] == [item.judgement for item in answered]


@pytest.mark.parametrize(
    ("column", "value", "why"),
    [
        ("right", "perhaps", "yes or no, not perhaps"),
        ("truth", "9-9 9-9 9-9 9-9 9-9", "cannot be what is right here"),
        ("probability", "high", "not as it was drawn"),
        ("sources", "1_2", "not as it was drawn"),
    ],
)
def test_a_spoilt_sheet_is_refused_with_its_line(tmp_path, column, value, why):
    text, _ = bitext()
    path = tmp_path / "sheet.tsv"
    items = sample([text], 40)
    write_sheet([*with_judgements(items[:1], {items[0].key: wrong(items[0].unit, ())}), *items[1:]], path)
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    rows[1][rows[0].index(column)] = value
    path.write_text("\n".join(map("\t".join, rows)), encoding="utf-8")
    with pytest.raises(FormatError, match=why) as caught:
        read(path)
    assert caught.value.line == 2


def test_people_agree_as_far_as_they_do():
    text, _ = bitext()
    items = sample([text], 20)
    yes = with_judgements(items, {item.key: right(item.unit) for item in items})
    half = with_judgements(yes, {item.key: wrong(item.unit, None) for item in items[:10]})
    assert agreement(yes, yes) == (len(items), 1.0, None)
    count, alike, kappa = agreement(half, half)
    assert (count, alike, kappa) == (len(items), 1.0, pytest.approx(1.0))
    assert agreement(yes, half)[1] == pytest.approx(1 - 10 / len(items))
    assert agreement(yes, half)[2] == pytest.approx(0.0)
    assert agreement(items, yes) == (0, 0.0, None)


@pytest.fixture
def file(tmp_path):
    text, _ = bitext()
    path = tmp_path / "letter.jsonl"
    write(text, path)
    return path


def test_a_sheet_is_drawn_judged_and_told(bialign, file, tmp_path):
    out = tmp_path / "sample.tsv"
    run = bialign("audit", file, "--sheet", out, "-n", "30")
    assert run.status == 0
    assert "30 beads to judge" in run.err
    run = bialign("audit", "--judged", out)
    assert run.status == 1
    assert "nothing has been judged yet" in run.err
    items = read(out)
    write_sheet(
        with_judgements(items, {i.key: wrong(i.unit, None) if n == 4 else right(i.unit) for n, i in enumerate(items)}),
        out,
    )
    run = bialign("audit", "--judged", out, "--judged", out, "--margin", "0.01")
    assert run.status == 0
    assert "no recall: of 1 wrong beads" in run.err
    assert "30 beads judged by both, 100% alike (kappa 1.00)" in run.err
    assert "precision: ± 0.01 would take about" in run.out
    result = json.loads(bialign("audit", "--judged", out, "--json").out)
    assert result["recall"] is None
    assert result["precision"]["low"] < result["precision"]["value"] < 1
    assert result["unsaid"] == 1


class Keys:
    """Stands for a person at a terminal."""

    def __init__(self, monkeypatch, keys, truths=()):
        self.keys, self.truths = iter(keys), iter(truths)
        monkeypatch.setattr("click.getchar", lambda: next(self.keys))
        monkeypatch.setattr("click.prompt", lambda *_, **__: next(self.truths))
        monkeypatch.setattr("sys.stdin.isatty", lambda: True)


def test_beads_of_a_file_are_judged_by_keys_and_kept_beside(bialign, file, monkeypatch):
    Keys(monkeypatch, "yyunyq", ["no idea", "-"])
    run = bialign("audit", file, "-n", "30", "--by", "Eva")
    kept = [item for item in read(file.with_name("letter.audit.tsv")) if item.judgement]
    assert [item.judgement.right for item in kept] == [True, False, True]
    assert {item.judgement.by for item in kept} == {"Eva"}
    assert "does not fit a bead" in run.err
    assert run.status == 0
    assert "3 of 30 judged so far" in run.err
    # another day: what is judged is not asked again, and Spanish has keys of its own
    Keys(monkeypatch, "s" * 27)
    run = bialign("audit", file, "-n", "30", "--ui-lang", "es")
    assert run.status == 0
    assert "28/30" in run.out or "30/30" in run.out
    assert all(item.judgement for item in read(file.with_name("letter.audit.tsv")))
    assert "exhaustividad" in run.out


def test_judgements_of_a_corpus_stand_in_its_history(bialign, tmp_path, monkeypatch):
    path = tmp_path / "c.bialign"
    with Corpus.create(path) as corpus:
        corpus.add_bitext(bitext()[0])
    assert bialign("audit", path).status == 2
    Keys(monkeypatch, "yyyyq")
    bialign("audit", path, "-n", "30")
    bialign("audit", path, "--sheet", tmp_path / "s.tsv", "-n", "30")
    assert sum(item.judgement is not None for item in read(tmp_path / "s.tsv")) == 4
    assert "judged for an audit" in bialign("history", path).out
    bialign("undo", path)
    bialign("audit", path, "--sheet", tmp_path / "s.tsv", "-n", "30")
    assert sum(item.judgement is not None for item in read(tmp_path / "s.tsv")) == 3


@pytest.mark.parametrize("arguments", [[], ["--judged", "a.tsv", "b.jsonl"]])
def test_calls_that_make_no_sense_are_refused(bialign, arguments):
    assert bialign("audit", *arguments).status == 2
