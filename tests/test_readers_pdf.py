"""PDFs as documents, on pages written here: one feature of the layout a test."""

import itertools
import re

import pytest

from bialign import read
from bialign.errors import ReadError
from bialign.hyphens import joined
from pdfs import At, column, pdf

WIDE = 60
FIRST = (
    "The ferry left the island before dawn, and nobody on the quay could say afterwards who had untied it. "
    "It was a calm morning, with the smell of bread coming down from the upper streets, and the few people "
    "who were awake took no notice of the boat until it had passed the lighthouse."
)
SECOND = (
    "By noon the harbour master had written three letters. The first was for the owner of the ferry, who lived "
    "in the capital and never answered anybody, and the others he tore up again."
)
THIRD = (
    "In the evening the ferry came back by itself. The ropes lay on the deck, neatly coiled, and on the bridge "
    "stood a basket with twelve eggs and a note in a hand that nobody knew."
)
PARAGRAPHS = [FIRST, SECOND, THIRD]


def wrap(text, width=WIDE, indent=0):
    """Break a text into lines as a typesetter does who never breaks a word."""
    lines, line = [], " " * indent
    for word in text.split(" "):
        if line.strip() and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line += (" " if line.strip() else "") + word
    return [*lines, line]


def spaced(texts, width=WIDE):
    return list(itertools.chain.from_iterable([*wrap(text, width), ""] for text in texts))


def indented(texts, width=WIDE):
    return list(itertools.chain.from_iterable(wrap(text, width, 3) for text in texts))


def load(tmp_path, *pages, **options):
    file = tmp_path / "a.pdf"
    file.write_bytes(pdf(pages, **options))
    return read(file)


def texts(document, *kinds):
    return [document.text[p.start : p.stop] for p in document.paragraphs if not kinds or p.kind in kinds]


def anchors(document, kind):
    return [(document.text[a.offset :][:12], a.label) for a in document.anchors if a.kind == kind]


def test_spaced_paragraphs(tmp_path):
    assert texts(load(tmp_path, column(spaced(PARAGRAPHS)))) == PARAGRAPHS


def test_indented_paragraphs(tmp_path):
    document = load(tmp_path, column(indented(PARAGRAPHS * 2)))
    assert (texts(document), document.lang, document.encoding) == (PARAGRAPHS * 2, "en", "PDF")


def test_paragraphs_of_one_indented_line_each(tmp_path):
    talk = ["“You saw it, then?”", "“I saw nothing at all.”", "“But the eggs were yours.”"]
    assert texts(load(tmp_path, column(indented([*PARAGRAPHS, *talk, FIRST])))) == [*PARAGRAPHS, *talk, FIRST]


def test_two_columns_below_a_title_across_both(tmp_path):
    lines = indented(PARAGRAPHS * 3, 36)
    half = len(lines) // 2
    page = [At(110, 760, "The ferry that came back by itself", 18, "F2")]
    page += column(lines[:half], 60) + column(lines[half:], 310)
    document = load(tmp_path, page)
    assert texts(document, "heading") == [document.title] == ["The ferry that came back by itself"]
    assert texts(document, "text") == PARAGRAPHS * 3


def test_three_columns_whose_lines_are_not_level(tmp_path):
    lines = indented(PARAGRAPHS * 4, 24)
    third = -(-len(lines) // 3)
    parts = [lines[start : start + third] for start in range(0, len(lines), third)]
    page = [line for n, part in enumerate(parts) for line in column(part, 40 + 180 * n, 700 - 5 * n)]
    assert texts(load(tmp_path, page)) == PARAGRAPHS * 4


def test_lines_written_across_columns_are_read_down(tmp_path):
    whole = f"{FIRST} {SECOND} {THIRD}"
    lines = wrap(whole, 36)
    left, right = column(lines[:11], 60), column(lines[11:], 310)
    mixed = [line for pair in itertools.zip_longest(left, right) for line in pair if line]
    assert texts(load(tmp_path, mixed)) == [whole]


HEADED = [
    [At(72, 790, "The Ferry", 9), At(500, 790, str(number), 9), *column(lines)]
    for number, lines in zip((12, 13), (indented(PARAGRAPHS)[:10], indented(PARAGRAPHS)[10:]), strict=True)
]


def test_a_paragraph_over_the_page_with_heads_before_it(tmp_path):
    document = load(tmp_path, *HEADED)
    assert texts(document, "text") == PARAGRAPHS
    assert texts(document, "running-head") == ["The Ferry"] * 2
    assert texts(document, "page-number") == ["12", "13"]
    kinds = [paragraph.kind for paragraph in document.paragraphs]
    # the paragraph that runs over is the third
    assert kinds == ["running-head", "page-number", "text", "text", "running-head", "page-number", "text"]


def test_where_a_page_begins(tmp_path):
    document = load(tmp_path, *HEADED)
    inside = indented(PARAGRAPHS)[10].strip()[:12]
    assert [label for _, label in anchors(document, "page")] == ["1", "2"]
    assert anchors(document, "page")[1][0] == inside


def test_page_labels(tmp_path):
    pages = [column(spaced([text])) for text in PARAGRAPHS]
    document = load(tmp_path, *pages, labels="<</Nums[0<</S/r/St 4>>2<</S/D/St 1>>]>>")
    assert [label for _, label in anchors(document, "page")] == ["iv", "v", "1"]


def test_a_year_at_the_foot_is_no_page_number(tmp_path):
    document = load(tmp_path, column([*wrap(FIRST), "", "1923"]), column(spaced([SECOND])))
    assert "1923" in texts(document, "text")


def test_words_broken_at_line_ends(tmp_path):
    lines = ["The harbour is a delicate place, and who keeps the har-", "bour clean is a self-", "made man, deli-"]
    lines += ["cately put, as the long-", "shore men say of longshore things and of nobody at all here."]
    expected = "The harbour is a delicate place, and who keeps the harbour clean is a self-made man, delicately put,"
    expected += " as the longshore men say of longshore things and of nobody at all here."
    found = " ".join(texts(load(tmp_path, column(lines))))
    assert found == expected


@pytest.mark.parametrize(
    ("before", "after", "words", "lang", "whole"),
    [
        ("cami", "nando", [], "es", True),
        ("franco", "prusiana", ["franco-prusiana"], "es", False),
        ("well", "known", [], "en", False),
        ("non", "sense", ["nonsense"], "en", True),
        ("Anglo", "Saxon", [], "en", False),
        ("HAR", "BOUR", [], "en", True),
        ("1914", "18", [], "en", False),
        ("pre-pan", "demic", [], "en", True),
        ("ME", "DIODÍA", [], "es", True),
        ("US", "LED", [], "en", False),
    ],
)
def test_hyphens(before, after, words, lang, whole):
    assert joined(before, after, words, lang) is whole


def test_footnotes_at_the_foot(tmp_path):
    lines = indented(PARAGRAPHS)
    page = [*column(lines[:8]), At(72, 120, "1", 5), At(77, 116, "The letters are lost, but a copy of them is kept", 8)]
    page += [At(72, 106, "in the archive of the port.", 8), At(72, 92, "2", 5), At(77, 88, "So the mate.", 8)]
    document = load(tmp_path, page, column(lines[8:]))
    assert texts(document, "text") == PARAGRAPHS
    notes = texts(document, "footnote")
    assert [re.sub(r"^\d ?", "", note) for note in notes] == [
        "The letters are lost, but a copy of them is kept in the archive of the port.",
        "So the mate.",
    ]
    assert [label for _, label in anchors(document, "note")] == ["1", "2"]


def test_a_note_over_the_page(tmp_path):
    lines = indented(PARAGRAPHS)
    first = [*column(lines[:8]), At(72, 120, "1", 5), At(77, 116, "The letters are lost, but a copy of them", 8)]
    second = [*column(lines[8:]), At(72, 116, "is kept in the archive of the port.", 8)]
    third = [*column(indented([THIRD])), At(72, 116, "Printed at the port in August", 8)]
    document = load(tmp_path, first, second, third)
    note = "The letters are lost, but a copy of them is kept in the archive of the port."
    assert [re.sub(r"^\d ?", "", text) for text in texts(document, "footnote")] == [note]
    assert texts(document, "text") == [*PARAGRAPHS, THIRD, "Printed at the port in August"]


def test_marks_of_notes_stay_with_their_words(tmp_path):
    page = [*column(wrap(FIRST)), At(72 + 6 * len(wrap(FIRST)[-1]), 704 - 12 * (len(wrap(FIRST)) - 1), "3", 6)]
    assert texts(load(tmp_path, page))[0] == FIRST + "3"


def test_cells_of_a_table(tmp_path):
    rows = [["Port", "Founded", "Boats"], ["Old quay", "1712", "thirty"], ["New quay", "1890", "more than two"]]
    rows.append(["Lighthouse", "1850", "none"])
    cells = [
        At(x, 560 - 16 * n, cell) for n, row in enumerate(rows) for x, cell in zip((80, 220, 330), row, strict=True)
    ]
    document = load(tmp_path, [*column(wrap(FIRST)), *cells, *column(wrap(SECOND), y=470)])
    assert texts(document, "table-cell") == [cell for row in rows for cell in row]
    assert texts(document, "text") == [FIRST, SECOND]


def test_headings_by_size_and_weight(tmp_path):
    page = [At(72, 740, "The Ferry", 16), *column(wrap(FIRST)), At(72, 600, "What came of it", 10, "F2")]
    document = load(tmp_path, page + column(wrap(SECOND), y=580))
    assert texts(document, "heading") == ["The Ferry", "What came of it"]
    assert texts(document, "text") == [FIRST, SECOND]
    assert document.title == "The Ferry"


def test_list_items(tmp_path):
    items = ["two ropes, which are to be coiled before the boat leaves and after it comes in", "a lamp", "twelve eggs"]
    lines = wrap(FIRST)
    for item in items:
        first, *more = wrap(item, 50)
        lines += ["  • " + first, *("    " + line for line in more)]
    document = load(tmp_path, column([*lines, *wrap(SECOND)]))
    assert texts(document, "list-item") == items
    assert texts(document, "text") == [FIRST, SECOND]


def test_text_that_runs_upwards(tmp_path):
    stamp = At(30, 300, "Printed at the port in August", 10, turned=True)
    document = load(tmp_path, [*column(indented(PARAGRAPHS)), stamp])
    assert (texts(document, "text"), texts(document, "text-box")) == (PARAGRAPHS, [stamp.text])
    upwards = [
        At(600 - line.y * 0.7, line.x, line.text, 10, turned=True) for line in column(indented(PARAGRAPHS), leading=18)
    ]
    assert texts(load(tmp_path, upwards)) == PARAGRAPHS


def test_entries_of_a_table_of_contents(tmp_path):
    entries = [
        f"{number}. {name} {'. ' * (20 - len(name) // 2)}{number * 7}"
        for number, name in enumerate(["The ferry", "The harbour", "The eggs"], 1)
    ]
    assert len(texts(load(tmp_path, [*column(entries), *column(wrap(FIRST), y=500)]))) == 4


def test_captions(tmp_path):
    document = load(
        tmp_path, [*column(wrap(FIRST)), At(150, 500, "Figure 2. The ferry at dawn"), *column(wrap(SECOND), y=460)]
    )
    assert texts(document, "caption") == ["Figure 2. The ferry at dawn"]


def test_spanish_letters_and_language(tmp_path):
    text = "¿Quién soltó la barca? Nadie lo supo; el capitán escribió «mañana» en su cuaderno y se fue a dormir."
    document = load(tmp_path, column(wrap(text)))
    assert (texts(document), document.lang) == ([text], "es")


@pytest.mark.parametrize(
    ("info", "title", "author"),
    [
        ({"Title": "El transbordador", "Author": "Ana Ruiz"}, "El transbordador", ["Ana Ruiz"]),
        ({"Title": "Microsoft Word - ferry3.doc", "Author": "user"}, "The Ferry", []),
        ({"Title": "untitled"}, "The Ferry", []),
    ],
)
def test_metadata(tmp_path, info, title, author):
    document = load(tmp_path, [At(72, 740, "The Ferry", 16), *column(wrap(FIRST))], info=info)
    assert (document.title, [a.label for a in document.anchors if a.kind == "author"]) == (title, author)


def test_scanned_pages(tmp_path):
    with pytest.raises(ReadError, match="3 of 3 pages hold pictures of text only: run OCR"):
        load(tmp_path, [], [], [], picture=True)
    with pytest.raises(ReadError, match="OCR"):
        load(tmp_path, [])


def test_an_encrypted_file(tmp_path):
    key = "00" * 32
    locked = f"<</Filter/Standard/V 1/R 2/O <{key}>/U <{key}>/P -4>>"
    with pytest.raises(ReadError, match="encrypted: open it with its password"):
        load(tmp_path, column(wrap(FIRST)), encrypt=locked)


def test_a_file_cut_off_anywhere(tmp_path):
    whole = pdf([column(wrap(FIRST)), column(wrap(SECOND))])
    for stop in (10, len(whole) // 3, len(whole) // 2, len(whole) - 20):
        file = tmp_path / "cut.pdf"
        file.write_bytes(whole[:stop])
        with pytest.raises(ReadError, match="damaged or cut off"):
            read(file)


def test_a_pdf_is_known_by_what_it_holds(tmp_path):
    file = tmp_path / "letter.txt"
    file.write_bytes(pdf([column(wrap(FIRST))]))
    assert texts(read(file)) == [FIRST]
    (tmp_path / "a.pdf").write_bytes(b"only text")
    with pytest.raises(ReadError):
        read(tmp_path / "a.pdf")
