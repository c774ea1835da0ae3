"""PDFs as documents, on pages written here: one feature of the layout a test."""

import itertools
import re

import pytest

from bialign import read
from bialign.errors import ReadError
from bialign.hyphens import joined
from bialign.readers.pdf.text import Row, code_of
from pdfs import COURIER, At, Bar, column, grid, pdf

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
    found = texts(load(tmp_path, [*column(entries), *column(wrap(FIRST), y=500)]))
    assert found == ["1. The ferry", "2. The harbour", "3. The eggs", FIRST]


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


SECTIONS = ["The Quay", "Who Untied It", "The Eggs", "The Letters", "A Basket", "The Bridge"]


def test_heads_that_name_the_section_of_each_page(tmp_path):
    pages = [
        [At(72, 790, "CHAPTER ONE", 9), At(400, 790, name.upper(), 9), *column(indented(PARAGRAPHS), y=700 - 7 * n)]
        for n, name in enumerate(SECTIONS)
    ]
    document = load(tmp_path, *pages)
    assert texts(document, "text") == PARAGRAPHS * 6
    assert texts(document, "running-head") == [part for name in SECTIONS for part in ("CHAPTER ONE", name.upper())]


def test_feet_whose_numbers_count_on(tmp_path):
    pages = [
        [
            *column(indented(PARAGRAPHS), y=700 - 7 * number),
            At(72, 60, f"1.{number}. {name}", 9),
            At(500, 60, str(number + 30), 9),
        ]
        for number, name in enumerate(SECTIONS)
    ]
    document = load(tmp_path, *pages)
    assert texts(document, "text") == PARAGRAPHS * 6
    assert texts(document, "page-number") == [str(number + 30) for number in range(6)]


def test_a_first_line_of_each_page_is_no_head(tmp_path):
    pages = [[At(72, 730, name, 10), *column(indented(PARAGRAPHS), y=700 - 7 * n)] for n, name in enumerate(SECTIONS)]
    assert texts(load(tmp_path, *pages), "running-head") == []


def test_lines_of_code(tmp_path):
    prose = [At(line.x, line.y, line.text, 10, "F3") for line in column(wrap(FIRST, 70) * 4)]
    code = [
        At(72, 440 - 11 * n, line, 9) for n, line in enumerate(["for boat in harbour:", "    untie(boat)  wait(1)"])
    ]
    document = load(tmp_path, prose + code)
    assert texts(document, "code") == ["for boat in harbour:", "untie(boat) wait(1)"]


def test_terms_before_what_they_mean(tmp_path):
    lines = [
        "Quay: the wall where boats are tied, and where nobody was awake,",
        "     on that morning, but two men and a dog.",
    ]
    lines += ["Bridge: the place of the mate, who slept with the door open,", "     as he always did in a calm."]
    document = load(tmp_path, column([*indented(PARAGRAPHS * 2), "", *lines]))
    assert texts(document)[6:] == [
        "Quay: the wall where boats are tied, and where nobody was awake, on that morning, but two men and a dog.",
        "Bridge: the place of the mate, who slept with the door open, as he always did in a calm.",
    ]


def test_addresses_broken_at_line_ends(tmp_path):
    lines = [
        "The letters are kept at https://www.example.org/port/",
        "letters-1.html and at https://example.org/eggs.",
        "",
    ]
    lines += [
        "Whoever asks for them gets an answer from ferry@port.",
        "example.org within the week, if not sooner.",
        "",
    ]
    lines += [
        "They are in the cupboard and/or on the shelf: the quay/",
        "the harbour had none of them, nor had the lighthouse.",
    ]
    assert texts(load(tmp_path, column(lines))) == [
        "The letters are kept at https://www.example.org/port/letters-1.html and at https://example.org/eggs.",
        "Whoever asks for them gets an answer from ferry@port.example.org within the week, if not sooner.",
        "They are in the cupboard and/or on the shelf: the quay/ the harbour had none of them, nor had the lighthouse.",
    ]


def test_numbers_of_lists_are_no_text(tmp_path):
    items = ["two ropes, which are to be coiled before the boat leaves and after it comes in", "a lamp", "twelve eggs"]
    lines = wrap(FIRST)
    for number, item in enumerate(items, 1):
        first, *more = wrap(item, 50)
        lines += [f"  {number}. {first}", *("     " + line for line in more)]
    name = "A. Ruiz wrote the letter, and nobody else in the whole port knew of it."
    document = load(tmp_path, column([*lines, *wrap(SECOND), "", *wrap(name)]))
    assert texts(document, "list-item")[:3] == items
    assert texts(document)[-1] == name


CELLS = [
    ["The old quay was built of wood", "and burnt down twice", "in one year."],
    ["The new one", "is of stone and stands on the rock below the lighthouse", "since 1890."],
    ["Nobody knows", "who paid", "for it, or why it was not built before."],
]


def set_rows(xs, y, rows, width, gap):
    """Set rows of cells below each other; gives the lines and where each row begins."""
    found, tops = [], [y + 12]
    for row in rows:
        cells = [wrap(cell, width) for cell in row]
        found += [At(x, y - 12 * n, line) for x, cell in zip(xs, cells, strict=True) for n, line in enumerate(cell)]
        y -= 12 * max(map(len, cells)) + gap
        tops.append(y + 12)
    return found, tops


def test_cells_between_rules(tmp_path):
    lines, tops = set_rows((80, 200, 320), 560, CELLS, 18, 0)
    page = [*column(wrap(FIRST)), *lines, *grid((76, 196, 316, 436), tops), *column(wrap(SECOND), y=380)]
    document = load(tmp_path, page)
    assert texts(document, "table-cell") == [cell for row in CELLS for cell in row]
    assert texts(document, "text") == [FIRST, SECOND]


def test_cells_of_several_lines_without_rules(tmp_path):
    lines, _ = set_rows((80, 220, 360), 560, CELLS, 18, 6)
    document = load(tmp_path, [*column(wrap(FIRST)), *lines, *column(wrap(SECOND), y=360)])
    assert texts(document, "table-cell") == [cell for row in CELLS for cell in row]
    assert texts(document, "text") == [FIRST, SECOND]


def test_a_table_over_the_page(tmp_path):
    head = ["Port", "Founded", "Boats"]
    xs, sides = (80, 220, 340), (76, 216, 336, 456)
    pages = []
    for rows in ([["Old quay", "1712", "thirty"], ["New quay", "1890", "two"]], [["Lighthouse", "1850", "none"]]):
        lines, tops = set_rows(xs, 300 if not pages else 700, [head, *rows], 18, 6)
        pages.append([*lines, *grid(sides, tops)])
    document = load(tmp_path, [*column(wrap(FIRST)), *pages[0]], [*pages[1], *column(wrap(SECOND), y=500)])
    cells = texts(document, "table-cell")
    assert cells == [*head, "Old quay", "1712", "thirty", "New quay", "1890", "two", "Lighthouse", "1850", "none"]
    assert texts(document, "running-head") == head


def test_a_row_broken_over_the_page(tmp_path):
    lines, tops = set_rows((80, 280), 160, [["The captain", wrap(FIRST, 24)[0] + " " + wrap(FIRST, 24)[1]]], 24, 6)
    above = [*column(wrap(THIRD)), *lines, *grid((76, 276, 428), tops)]
    rest = " ".join(wrap(FIRST, 24)[2:])
    lines = [At(280, 700 - 12 * n, line) for n, line in enumerate(wrap(rest, 24))]
    below, _ = set_rows((80, 280), 400, [["The mate", "slept."]], 24, 6)
    frame = grid((76, 276, 428), (712, 412, 392))
    document = load(tmp_path, above, [*lines, *below, *frame])
    assert texts(document, "table-cell") == ["The captain", FIRST, "The mate", "slept."]


NOTE = "The letters are lost, but a copy of them is kept in the archive of the port and may be seen there."


def test_notes_as_large_as_the_text_below_a_rule(tmp_path):
    lines, note = indented(PARAGRAPHS), wrap("1 " + NOTE, WIDE)
    first = [*column(lines[:8]), Bar(72, 130, 180, 130), At(72, 116, note[0])]
    second = [*column(lines[8:]), Bar(72, 130, 180, 130), At(72, 116, note[1]), At(72, 104, "2 So the mate.")]
    document = load(tmp_path, first, second)
    assert texts(document, "text") == PARAGRAPHS
    assert texts(document, "footnote") == [NOTE, "So the mate."]


def test_notes_at_the_end_lose_their_marks_in_the_text(tmp_path):
    lines = wrap(FIRST)
    mark = At(72 + 6 * len(lines[-1]), 704 - 12 * (len(lines) - 1), "1", 6)
    notes = [At(72, 300, "1", 5), *(At(77, 296 - 10 * n, line, 8) for n, line in enumerate(wrap(NOTE, 70)))]
    document = load(tmp_path, [*column(lines), mark], column(wrap(SECOND)), [*column(wrap(THIRD)), *notes])
    assert texts(document) == [FIRST, SECOND, THIRD, NOTE]


def test_raised_digits_as_marks(tmp_path):
    lines = wrap(FIRST[:-1] + "².")
    notes = [At(72, 300 - 10 * n, line, 8) for n, line in enumerate(wrap("² " + NOTE, 70))]
    assert texts(load(tmp_path, [*column(lines), *notes])) == [FIRST, NOTE]


def test_notes_longer_than_the_text(tmp_path):
    lines = [line for n in range(1, 9) for line in wrap(f"{n} {NOTE}", 70)]
    notes = [At(72, 300 - 10 * n, line, 8) for n, line in enumerate(lines)]
    document = load(tmp_path, [*column(wrap(FIRST)), *notes])
    assert texts(document, "text") == [FIRST]
    assert texts(document, "footnote") == [NOTE] * 8


def test_a_line_that_sticks_out_of_its_column(tmp_path):
    lines = spaced(PARAGRAPHS * 3)
    lines[1] += " and-nobody-else-who-lived-there"
    expected = [PARAGRAPHS[0].replace(lines[1].split(" and-")[0], lines[1]), *PARAGRAPHS[1:], *PARAGRAPHS * 2]
    assert texts(load(tmp_path, column(lines))) == expected


def test_columns_of_short_lines(tmp_path):
    items = [f"  • boat number {number}" if number % 3 else f"Berth {number}" for number in range(24)]
    page = column(items[:12], 60) + column(items[12:], 320)
    found = texts(load(tmp_path, page))
    assert found == [item.strip("• ") for item in items]


def test_headings_can_be_cited(tmp_path):
    page = [At(72, 740, "The Ferry", 16), *column(wrap(FIRST)), At(72, 600, "1.2 What came of it", 10)]
    page += column(wrap(SECOND), y=570)
    document = load(tmp_path, page, outline=[(0, "What came of it")])
    assert texts(document, "heading") == ["The Ferry", "1.2 What came of it"]
    assert anchors(document, "heading") == [("The Ferry\nTh", "The Ferry"), ("1.2 What cam", "1.2 What came of it")]
    assert anchors(load(tmp_path, column(wrap(FIRST))), "heading") == []


HEAD = ["Port", "What is said of it", "Boats"]
RULED = [
    ["Old quay", "It was built of the stones of a church that the sea had taken, and it is older than it.", "thirty"],
    ["New quay", "Nobody uses it.", "two, and one of them is never seen here"],
    ["Lighthouse", "Its keeper has counted the ships of forty years and written down none.", "none"],
]


def booktabs(y, rows, xs=(72, 160, 370), widths=(13, 32, 18), foot=True):
    """Set a table as TeX does: rules above and below the head and at the foot, rows as close as lines."""
    tops, lines = [y + 12], []
    for number, row in enumerate(rows):
        cells = [wrap(cell, width) for cell, width in zip(row, widths, strict=True)]
        lines += [At(x, y - 12 * n, text) for x, cell in zip(xs, cells, strict=True) for n, text in enumerate(cell)]
        y -= 12 * max(map(len, cells))
        if not number:
            tops.append(y + 8)
            y -= 6
    return [*lines, *(Bar(72, top, 490, top) for top in [*tops, *([y + 6] if foot else [])])]


def test_a_table_with_level_rules_only(tmp_path):
    table = booktabs(560, [HEAD, *RULED])
    document = load(tmp_path, [*column(wrap(FIRST)), *table, *column(wrap(SECOND), y=380)])
    assert texts(document, "table-cell") == [cell for row in [HEAD, *RULED] for cell in row]
    assert texts(document, "text") == [FIRST, SECOND]


def test_tables_with_level_rules_and_text_between_them(tmp_path):
    short = [
        ["Eggs", "Ropes", "Notes"],
        ["a dozen of", "neatly coiled", "in a hand"],
        ["Some were", "One of the", "Nobody"],
    ]
    pages = [*booktabs(700, short), *column(["It was the third basket."], y=630), *booktabs(600, short)]
    document = load(tmp_path, pages, column(wrap(FIRST)))
    assert texts(document, "table-cell") == [cell for row in [*short, *short] for cell in row]
    assert texts(document, "text") == ["It was the third basket.", FIRST]


def test_a_table_with_level_rules_and_no_foot_before_the_next_page(tmp_path):
    first, rest = booktabs(200, [HEAD, *RULED[:2]], foot=False), booktabs(700, [HEAD, RULED[2]])
    document = load(tmp_path, [*column(wrap(FIRST)), *first], [*rest, *column(wrap(SECOND), y=600)])
    assert texts(document, "table-cell") == [cell for row in [HEAD, *RULED] for cell in row]


def test_columns_between_level_rules_are_no_table(tmp_path):
    left, right = (list(itertools.chain.from_iterable(wrap(t, 40) for t in part)) for part in (PARAGRAPHS, PARAGRAPHS))
    page = [*column(left, y=700), *column(right, x=320, y=700)]
    document = load(tmp_path, [*page, *(Bar(72, y, 532, y) for y in (720, 400, 60))])
    assert not texts(document, "table-cell")


def test_short_items_in_two_columns_on_several_pages(tmp_path):
    items = [f"  • boat {n} at berth {n}" + ", which nobody uses" * (n % 3 == 0) for n in range(160)]
    pages = [[*column(items[n : n + 40], 60), *column(items[n + 40 : n + 80], 320)] for n in (0, 80)]
    pages[0] = [At(72, 760, "Boats and their berths in the new harbour of the old town", 15), *pages[0]]
    document = load(tmp_path, *pages)
    assert texts(document, "list-item") == [item.strip("• ") for item in items]
    assert texts(document, "heading") == ["Boats and their berths in the new harbour of the old town"]


def test_a_row_of_which_one_cell_goes_on(tmp_path):
    cell = wrap(FIRST, 24)
    head, top = set_rows((80, 280), 160, [["The captain", " ".join(cell[:2])]], 24, 6)
    rest = [At(280, 700 - 12 * n, line) for n, line in enumerate(cell[2:])]
    below = [*rest, *grid((76, 276, 428), (712, 712 - 12 * len(rest) - 4)), *column(wrap(SECOND), y=400)]
    document = load(tmp_path, [*column(wrap(THIRD)), *head, *grid((76, 276, 428), top)], below)
    assert texts(document, "table-cell") == ["The captain", FIRST]
    assert texts(document, "text") == [THIRD, SECOND]


def test_marks_of_notes_level_with_the_text(tmp_path):
    marked = [*wrap(FIRST + "1"), "", *wrap(SECOND[:-1] + ".2 " + THIRD)]
    notes = [At(72, 120, "1. The letters are lost.", 8), At(72, 108, "2. So the mate, who saw it in 2017.", 8)]
    document = load(tmp_path, [*column(marked), *notes])
    assert texts(document, "text") == [FIRST, f"{SECOND} {THIRD}"]
    assert texts(document, "footnote") == ["The letters are lost.", "So the mate, who saw it in 2017."]


def test_items_with_the_marks_of_notes_above_these(tmp_path):
    lines = [*wrap(FIRST), "", "  1. two ropes", "", "  2. a lamp", "", *wrap(SECOND)]
    last = At(72 + 6 * len(wrap(SECOND)[-1]), column(lines)[-1].y + 4, "2", 6)
    document = load(tmp_path, [*column(lines), last, At(72, 124, "2", 5), At(77, 120, "So the mate.", 8)])
    assert texts(document, "list-item") == ["two ropes", "a lamp"]
    assert texts(document, "footnote") == ["So the mate."]


def test_the_foot_of_a_table_is_no_rule_above_notes(tmp_path):
    rows, tops = set_rows((72, 150), 600, [["Port", "Boats"], ["Old quay", "thirty"]], 18, 0)
    bars = [Bar(72, y, 220, y) for y in (tops[0], tops[1], tops[-1] - 10)]
    note = [At(72, 120, "1", 5), At(77, 116, "The letters are lost, but a copy", 8)]
    mark = At(72 + 6 * len(wrap(FIRST)[-1]), column(wrap(FIRST))[-1].y + 4, "1", 6)
    first, second = [*column(wrap(FIRST)), mark, *note], [*rows, *bars, *column(wrap(SECOND), y=tops[-1] - 30)]
    assert texts(load(tmp_path, first, second), "text") == [FIRST, SECOND]


def test_two_headings_in_a_row(tmp_path):
    page = [At(72, 740, "The Ferry", 16), At(72, 700, "How it left", 16), *column(wrap(FIRST), y=670)]
    assert texts(load(tmp_path, page), "heading") == ["The Ferry", "How it left"]


def test_a_first_number_of_its_own_at_the_foot(tmp_path):
    first = [*column(indented(PARAGRAPHS)), At(300, 60, "1")]
    second = [At(520, 760, "2"), *column(indented(PARAGRAPHS[::-1]))]
    document = load(tmp_path, first, second)
    assert (texts(document, "page-number"), texts(document, "text")) == (["1", "2"], PARAGRAPHS + PARAGRAPHS[::-1])


def test_dashes_before_items_and_before_speeches(tmp_path):
    items = ["two ropes, which are to be coiled before the boat leaves and after it comes in", "a lamp", "twelve eggs"]
    lines = wrap(FIRST)
    for item in items:
        start, *more = wrap(item, 50)
        lines += ["  - " + start, *("    " + line for line in more)]
    document = load(tmp_path, column([*lines, *wrap(SECOND)]))
    assert texts(document, "list-item") == items
    speech = ["- You saw it, then, the boat that left the", "island before the others did and never came?"]
    page = [At(72 + 14 * (not n), 600 - 12 * n, line, 10, "F3") for n, line in enumerate(speech)]
    page += [At(86, 576, "- I did not.", 10, "F3"), At(86, 564, "- But the eggs were yours.", 10, "F3")]
    assert texts(load(tmp_path, page)) == [" ".join(speech), "- I did not.", "- But the eggs were yours."]


def test_the_only_item_of_a_list(tmp_path):
    document = load(tmp_path, column([*wrap(FIRST), "", "    1. two ropes", "", *wrap(SECOND)]))
    assert texts(document) == [FIRST, "two ropes", SECOND]


def bold(x, y, *parts, size=10):
    """Set parts of a line, each a font and a text, beside each other with the room behind each, in points."""
    found = []
    for font, text, room in parts:
        found.append(At(x, y, text, size, font))
        x += len(text) * COURIER * size + room
    return found


def test_terms_and_headings_on_the_first_line_of_their_text(tmp_path):
    prose = [At(72, 700 - 12 * n, line) for n, line in enumerate(wrap(FIRST) + wrap(SECOND))]
    lines = [
        *bold(72, 500, ("F2", "fdisk", 12), ("F1", "The first of the programs, which the harbour master has on a", 0)),
        At(108, 488, "disk of his own, and never uses."),
        *bold(72, 466, ("F2", "cfdisk", 12), ("F1", "The other one.", 0)),
        *bold(72, 444, ("F2", "Note:", 6), ("F1", "nobody knows what it is for.", 0)),
    ]
    found = texts(load(tmp_path, prose + lines))
    assert found[-5:] == [
        "fdisk",
        "The first of the programs, which the harbour master has on a disk of his own, and never uses.",
        "cfdisk",
        "The other one.",
        "Note: nobody knows what it is for.",
    ]


def test_accents_that_are_characters_of_their_own(tmp_path):
    letters = [("D", 0), ("´", 1), ("o", 1), ("n", 2), ("d", 3), ("e", 4), ("˜", 6), ("n", 6), ("o", 7), ("~", 9)]
    page = column(wrap(FIRST)) + [At(72 + 6 * place, 500, text) for text, place in letters]
    assert texts(load(tmp_path, page))[-1] == "Dónde ño ~"


@pytest.mark.parametrize(
    ("room", "found"),
    [(2, "They coil ropes, lamps, …, eggs, and so on."), (9, "They coil ropes, lamps, . . ., eggs, and so on.")],
)
def test_three_dots_apart(tmp_path, room, found):
    x = 72 + 6 * len("They coil ropes, lamps, ")
    dots = [At(x + n * (6 + room), 500, dot) for n, dot in enumerate([".", ".", ".,"])]
    line = [At(72, 500, "They coil ropes, lamps,"), *dots, At(dots[-1].x + 18, 500, "eggs, and so on.")]
    assert texts(load(tmp_path, column(wrap(FIRST)) + line))[-1] == found


def test_terms_above_what_they_mean_are_no_table(tmp_path):
    terms = []
    for number, term in enumerate(["QUAY", "BRIDGE", "DECK"]):
        y = 600 - 80 * number
        terms += [At(72, y, term), *column(wrap(SECOND, 50), 132, y - 12)]
    document = load(tmp_path, column(wrap(FIRST)) + terms)
    assert not texts(document, "table-cell")
    assert texts(document)[1:] == [
        text for term in ["QUAY", "BRIDGE", "DECK"] for text in [term, " ".join(wrap(SECOND, 50))]
    ]


def test_names_with_their_kind_at_the_far_end_are_no_table(tmp_path):
    lines = []
    for number, name in enumerate(["untie boat", "coil rope", "light lamp"]):
        y = 600 - 40 * number
        lines += [
            At(72, y, name),
            At(372, y, "[Function]"),
            At(96, y - 12, f"Does what a sailor does who has {number} eggs."),
        ]
    document = load(tmp_path, column(wrap(FIRST)) + lines)
    assert texts(document)[1:] == [
        "untie boat [Function]", "Does what a sailor does who has 0 eggs.",
        "coil rope [Function]", "Does what a sailor does who has 1 eggs.",
        "light lamp [Function]", "Does what a sailor does who has 2 eggs.",
    ]  # fmt: skip


def test_code_in_columns_and_code_that_is_broken(tmp_path):
    prose = [At(line.x, line.y, line.text, 10, "F3") for line in column(wrap(FIRST, 70) * 4)]
    code = ["boat  berth  eggs", "one   north  12", "two   south  24", "six   east   36", "ten   west   48"]
    lines = [
        At(72 + 60 * n, 400 - 11 * row, part, 9) for row, line in enumerate(code) for n, part in enumerate(line.split())
    ]
    document = load(tmp_path, prose + lines)
    assert texts(document, "code") == [" ".join(line.split()) for line in code]


def test_entries_of_an_index_in_columns(tmp_path):
    entries = [
        f"{word} {'. ' * 9}{number}" for number, word in enumerate(["boat", "quay", "rope", "lamp", "eggs"] * 3, 3)
    ]
    entries[4] += ", 12"
    page = column(entries[:8], 72) + column(entries[8:], 320)
    assert texts(load(tmp_path, page)) == [entry.partition(" ")[0] for entry in entries]


def test_a_sign_of_an_item_in_a_greater_size(tmp_path):
    page = [*column(wrap(FIRST)), At(90, 497, "*", 14), *column(wrap(SECOND, 54), 104, 500)]
    page += [At(90, 417, "*", 14), *column(wrap(THIRD, 54), 104, 420)]
    assert texts(load(tmp_path, page), "list-item") == [SECOND, THIRD]


def test_a_numbered_paragraph_with_an_indent(tmp_path):
    body = wrap("4. " + FIRST, WIDE, 3)
    assert texts(load(tmp_path, column([*indented([FIRST, THIRD] * 3), *body, *indented([FIRST])])))[6] == "4. " + FIRST


def test_paths_broken_with_a_hyphen(tmp_path):
    lines = [
        "The list of all the boats and of their ropes stands in /usr/-",
        "share/ropes, where nobody but the harbour master and/-",
    ]
    lines += ["or his wife ever looks."]
    assert texts(load(tmp_path, column(lines))) == [
        "The list of all the boats and of their ropes stands in /usr/share/ropes, "
        "where nobody but the harbour master and/or his wife ever looks."
    ]


def test_a_name_in_a_smaller_size_that_fills_a_line(tmp_path):
    lines = column([*wrap(FIRST), "In the evening he got a letter with nothing in it but the"])
    after = [At(72, lines[-1].y - 12, "LIGHTHOUSE", 9), At(132, lines[-1].y - 12, "again.", 10)]
    assert texts(load(tmp_path, column([*wrap(FIRST), ""]) + after)) == [FIRST, "LIGHTHOUSE again."]
    assert texts(load(tmp_path, lines + after))[-1].endswith("nothing in it but the LIGHTHOUSE again.")


def test_broken_lines_of_code():
    rows = [Row(1, "boat --lamp=1 ←-"), Row(1, "--rope"), Row(1, "cat /usr/share/␣"), Row(1, "˓→eggs"), Row(2, "end")]
    parts = code_of(rows, ["i", "ii", "iii"])
    assert "".join(part for part in parts if isinstance(part, str)) == "boat --lamp=1 --rope\ncat /usr/share/ eggs\nend"
