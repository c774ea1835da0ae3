"""``bialign compare``: a lexical aligner, agreement, differences, and what is written of them."""

import re

import pytest

from bialign.bitext import Bead, Bitext, Document, Span, check_tiling, plain_segments
from bialign.errors import AlignmentError, FormatError
from bialign.evaluate import evaluate
from bialign.formats.beads import dump_beads, load_beads
from bialign.study.aligners import Alignment, Comparison, align_by, differences
from bialign.study.aligners.lexical import align_lexically
from bialign.study.aligners.methods import tiled
from bialign.study.aligners.page import chunks
from bialign.study.aligners.rows import table
from conftest import REPOSITORY

ARTICLE = REPOSITORY / "corpus" / "gold" / "cia-hitman-in-peru"
SOURCE, TARGET, GOLD = (ARTICLE.with_suffix(suffix) for suffix in (".src", ".tgt", ".beads"))


def lines(path):
    return path.read_text(encoding="utf-8").splitlines()


def bitext(source, target, beads=()):
    sides = [Document(name, lang, name, "") for name, lang in (("a", "en"), ("b", "es"))]
    segments = [plain_segments(texts) for texts in (source, target)]
    whole = beads or [Bead(Span(0, len(source)), Span(0, len(target)))]
    return Bitext("letter", *sides, *segments, tuple(whole))


def test_words_align_better_than_lengths():
    # without the last part: nltk needs time for every pair of segments
    gold = load_beads(GOLD)[:60]
    source, target = lines(SOURCE)[: gold[-1].source.stop], lines(TARGET)[: gold[-1].target.stop]
    beads = align_lexically(source, target)
    check_tiling(beads, len(source), len(target))
    by_words = evaluate(gold, beads).strict.f1
    by_length = evaluate(gold, align_by("gale-church", bitext(source, target)).beads).strict.f1
    assert by_words > by_length > 0.6


@pytest.mark.parametrize(
    ("source", "target", "types"),
    [
        (["One."], ["Uno."], ["1-1"]),
        (["One.", "Two."], [], ["1-0", "1-0"]),
        ([], ["Uno."], ["0-1"]),
        (["", "!!"], ["", "¡!"], ["1-1", "1-1"]),
        ([], [], []),
    ],
)
def test_small_and_strange_texts_are_aligned(source, target, types):
    assert [bead.type for bead in align_lexically(source, target)] == types


def test_texts_too_long_are_refused_at_once():
    with pytest.raises(AlignmentError, match="too many for the lexical aligner"):
        align_lexically(["a"] * 6_000, ["b"] * 6_000)


def test_other_beads_are_made_to_tile(tmp_path):
    made = tiled([Bead(Span(1, 2), Span(0, 1)), Bead(Span(3, 3), Span(1, 2))], 3, 2, tmp_path)
    assert [bead.type for bead in made] == ["1-0", "1-1", "1-0", "0-1"]
    with pytest.raises(FormatError, match="cross or overlap"):
        tiled([Bead(Span(0, 1), Span(1, 2)), Bead(Span(1, 2), Span(0, 1))], 2, 2, tmp_path)
    with pytest.raises(FormatError, match="goes beyond the texts"):
        tiled([Bead(Span(0, 1), Span(0, 3))], 2, 2, tmp_path)


def alignments():
    ours = [Bead(Span(0, 1), Span(0, 1)), Bead(Span(1, 2), Span(1, 2), 0.4), Bead(Span(2, 3), Span(2, 3), 0.9)]
    other = [Bead(Span(0, 1), Span(0, 1)), Bead(Span(1, 3), Span(1, 3))]
    return Alignment("bialign", tuple(ours)), Alignment("other", tuple(other))


def test_only_places_where_not_all_agree_are_differences():
    (found,) = differences(alignments())
    assert (found.source, found.target) == (Span(1, 3), Span(1, 3))
    assert found.alike() == [[0], [1]]
    assert not list(differences([alignments()[0]] * 3))


def test_where_the_empty_side_of_a_null_bead_stands_makes_no_difference():
    one = Alignment("a", (Bead(Span(0, 1), Span(0, 0)), Bead(Span(1, 1), Span(0, 2))))
    two = Alignment("b", (Bead(Span(0, 0), Span(0, 1)), Bead(Span(0, 0), Span(1, 2)), Bead(Span(0, 1), Span(2, 2))))
    assert not list(differences([one, two]))


def comparison():
    source, target = ["One.", "Two <b>.", "Three."], ["Uno.", "Dos.", "Tres."]
    ours, other = alignments()
    return Comparison.of(bitext(source, target, ours.beads), [ours, other])


def test_agreement_is_that_of_evaluate():
    (pair,) = comparison().agreements
    assert (pair.evaluation.strict.matched, pair.evaluation.strict.gold, pair.evaluation.strict.system) == (1, 3, 2)
    assert pair.evaluation.lax.f1 == 1


def test_rows_hold_each_aligners_own_beads():
    rows = list(table(comparison()).records())
    assert [(row["aligner"], row["beads"], row["probability"]) for row in rows] == [
        ("bialign", "1-1 1-1", 0.4),
        ("other", "2-2", None),
    ]
    assert rows[0]["target"] == "Dos. ‖ Tres."
    assert (rows[0]["source_first"], rows[0]["source_last"]) == (2, 3)


@pytest.mark.parametrize(("lang", "title"), [("en", "Aligners compared"), ("es", "Alineadores comparados")])
def test_the_page_needs_nothing_else_and_takes_no_markup_from_texts(lang, title):
    page = "".join(chunks(comparison(), lang=lang))
    assert f"<title>{title}: letter</title>" in page
    assert "Two &lt;b&gt;." in page
    assert "<script" not in page
    assert not re.search(r"(src|href)=", page)
    assert "default-src 'none'" in page
    assert "40 %" in page


@pytest.fixture
def part(tmp_path):
    """Make files of the article's first part, which is enough and takes nltk less time."""
    beads = load_beads(GOLD)[:50]
    files = [tmp_path / name for name in ("part.src", "part.tgt", "part.beads")]
    for file, path, stop in zip(
        files[:2], (SOURCE, TARGET), (beads[-1].source.stop, beads[-1].target.stop), strict=True
    ):
        file.write_text("".join(f"{line}\n" for line in lines(path)[:stop]), encoding="utf-8")
    dump_beads(beads, files[2])
    return files


def test_a_text_is_compared(bialign, part, tmp_path):
    source, target, gold = part
    run = bialign("compare", source, target, "--lines", "--gold", gold, "-o", tmp_path / "c.tsv")
    assert run.status == 0
    rows = {tuple(line.split()[:2]): line.split()[2:] for line in run.out.splitlines()[1:7]}
    ours, lexical, lengths = (float(rows["gold", name][0]) for name in ("bialign", "lexical", "gale-church"))
    assert ours > lexical > lengths
    assert (tmp_path / "c.tsv").read_text(encoding="utf-8").startswith("difference\tsource_first\t")
    assert "places where not all agree" in run.err


def test_differences_are_shown_with_probability_and_reasons(bialign, tmp_path):
    other = tmp_path / "other.beads"
    other.write_text("[0]:[0]\n[2]:[1]\n", encoding="utf-8")
    for name, text in (("s.txt", "The dog ate.\nIt was late.\n"), ("t.txt", "El perro comió.\nEra tarde.\n")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    run = bialign("compare", tmp_path / "s.txt", tmp_path / "t.txt", "--lines", "--with", other)
    assert run.status == 1
    assert "goes beyond the texts, which have 2 and 2 segments" in run.err
    other.write_text("[0, 1]:[0, 1]\n", encoding="utf-8")
    run = bialign("compare", tmp_path / "s.txt", tmp_path / "t.txt", "--lines", "--with", other, "--ui-lang", "es")
    assert run.status == 0
    assert "1 lugar donde no todos coinciden" in run.err
    assert "Era tarde." in run.out
    assert "%" in run.out


def test_calls_that_cannot_work_are_refused(bialign, tmp_path):
    run = bialign("compare", SOURCE, TARGET, "--with", "lexical", "--with", "lexical")
    assert run.status == 2
    assert "the same name" in run.err
    run = bialign("compare", SOURCE, TARGET, "-o", tmp_path / "c.doc")
    assert run.status == 1
    assert not (tmp_path / "c.doc").exists()
