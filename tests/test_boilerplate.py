"""Boilerplate: found where it is, not where it is not, and removed so that it can be put back."""

import random
import re
import textwrap
import typing
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bialign.bitext import Anchor, Document, Paragraph
from bialign.boilerplate import RULES, chosen, drop, find, restore, without
from bialign.cli.clean import DROPPED
from bialign.readers import read
from bialign.recipe import RecipeText
from bialign.repair import revert
from conftest import REPOSITORY

SUBJECTS = "la niña|el viejo del faro|su madre|nadie en el puerto|aquel marinero cojo|la maestra|un gato gris|el cura"
VERBS = "subió despacio|había visto nunca|miraba desde la ventana|guardaba en secreto|volvió a encontrar|pintó de azul"
OBJECTS = "la escalera, que olía a sal|dos barcas hundidas|el mar en calma|las cartas de 1912|una luz lejana|nada"
ENDS = "antes de la noche|mientras llovía|como la primera vez|con cuidado|hasta que salió el sol|sin decir palabra"


def sentence(draw):
    words = " ".join(draw.choice(part.split("|")) for part in (SUBJECTS, VERBS, OBJECTS, ENDS))
    return words[0].upper() + words[1:] + draw.choice([".", ".", "?", "!"])


DRAW = random.Random(5)
PARAGRAPHS = [" ".join(sentence(DRAW) for _ in range(DRAW.randint(2, 7))) for _ in range(60)]


def typeset(head="", foot="", *, feed=False, blank=True, first=7):
    """Set the paragraphs in pages of 36 lines, each with its head and foot; gives the text and the lines added."""
    lines = [line for paragraph in PARAGRAPHS for line in [*textwrap.wrap(paragraph, 64), ""]]
    gap = [""] if blank else []
    pages, added = [], []
    for number, at in enumerate(range(0, len(lines), 36), first):
        names = {"n": number, "roman": "i" * (number % 4) or "iv", "side": "LA NIÑA" if number % 2 else "EL FARO"}
        top, bottom = ([part.format(**names)] if part else [] for part in (head, foot))
        pages.append("\n".join([*top, *(gap if top else []), *lines[at : at + 36], *(gap if bottom else []), *bottom]))
        added += top + bottom
    return ("\n\f" if feed else "\n" + "\n" * blank).join(pages) + "\n", added


def written(folder, text):
    file = folder / "el faro.txt"
    file.write_text(text, encoding="utf-8")
    return read(file)


def texts(document):
    return [" ".join(document.text[item.start : item.stop].split()) for item in document.paragraphs]


@pytest.mark.parametrize("feed", [False, True], ids=["", "form feeds"])
@pytest.mark.parametrize("blank", [False, True], ids=["tight", "spaced"])
@pytest.mark.parametrize(
    ("head", "foot"),
    [
        ("LA NIÑA DEL FARO {n}", ""),
        ("{n} {side}", ""),
        ("", "{n}"),
        ("", "- {n} -"),
        ("", "Página {n} de 300"),
        ("LA NIÑA DEL FARO", ""),
        ("LA NIÑA DEL FARO", "{n}"),
    ],
)
def test_heads_and_feet_are_found_and_removed(tmp_path, head, foot, blank, feed):
    text, added = typeset(head, foot, blank=blank, feed=feed)
    document = written(tmp_path, text)
    found = find(document)
    lines = [document.text[item.start : item.stop].strip() for item in found]
    assert set(lines) <= set(added)
    # the first and the last page may lack what tells the others
    assert len(lines) >= len(added) - 2
    clean = without(document, ["boilerplate"])
    missing = set(PARAGRAPHS) - set(texts(clean))
    # a page that ends with its paragraph's line and no stop cannot be told, one that ends a sentence neither
    assert len(missing) <= 3
    assert revert(clean.text, clean.fixes) == revert(document.text, document.fixes)
    assert {rule for fix in clean.fixes for rule in fix.rules} <= {f"boilerplate:{rule}" for rule in RULES}


def test_form_feeds_are_pages(tmp_path):
    text, _ = typeset(feed=True)
    document = written(tmp_path, text)
    pages = [anchor.label for anchor in document.anchors if anchor.kind == "page"]
    assert pages == [str(number) for number in range(1, len(pages) + 1)]
    assert "\f" not in document.text


@pytest.mark.parametrize(
    "text",
    [
        "\n\n".join(PARAGRAPHS),
        "\n\n".join(f"{n}\n\n{paragraph}" for n, paragraph in enumerate(PARAGRAPHS, 1)),
        "\n\n".join(f"Capítulo {n}\n\n{paragraph}" for n, paragraph in enumerate(PARAGRAPHS, 1)),
        "Ay, mi niña del faro,\nla luna se va.\nVuelve, marinero,\nque el mar está en paz.\n\n" * 30,
        "—Sí.\n—No.\n—¿Cuándo?\n" * 60,
        "\n".join(f"{n}\t{n * 7}\t{n * 13}" for n in range(300)),
        "\n\n".join(["* * *", *PARAGRAPHS[:3]] * 12),
        "- pan\n- vino\n- aceite\n" * 40,
        "Es un texto sobre los derechos reservados al autor.\n\n" + "\n\n".join(PARAGRAPHS),
    ],
    ids=["prose", "numbers", "chapters", "refrain", "dialogue", "table", "stars", "list", "rights"],
)
def test_what_is_no_boilerplate(tmp_path, text):
    assert find(written(tmp_path, text)) == ()


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Inicio > Cultura > Libros", "navigation"),
        ("Home » News", "navigation"),
        ("Previous | Next", "navigation"),
        ("Volver arriba", "navigation"),
        ("© 2020 Diario Ñ. Todos los derechos reservados.", "notice"),
        ("Copyright 1999 by the authors", "notice"),
    ],
)
def test_lines_known_by_their_words(tmp_path, line, rule):
    document = written(tmp_path, "\n\n".join([line, *PARAGRAPHS[:20]]))
    assert [(document.text[item.start : item.stop], item.rule) for item in find(document)] == [(line, rule)]
    assert texts(without(document, [rule])) == PARAGRAPHS[:20]
    assert without(document, ["page-number"]) == document


def test_what_a_reader_says_of_a_paragraph():
    text = "El mar dormía y la\nEL FARO 7\nniña también.\nOtro.\n"
    kinds = ((0, 18, "text"), (19, 28, "running-head"), (29, 42, "text"), (43, 48, "text"))
    document = Document(
        "a", "es", "", text, anchors=(Anchor(19, "page", "7"),), paragraphs=tuple(Paragraph(*kind) for kind in kinds)
    )
    (found,) = find(document)
    assert (found.rule, found.evidence) == ("running-head", "its place on the page")
    clean = drop(document, [found])
    assert clean.text == "El mar dormía y la niña también.\nOtro.\n"
    assert texts(clean) == ["El mar dormía y la niña también.", "Otro."]
    assert clean.text[clean.anchors[0].offset :].startswith("niña")
    assert revert(clean.text, clean.fixes) == text


IMPRINT = """\
EL FARO

Primera edición: mayo de 2003

© 2003 Ana Ledesma

Todos los derechos reservados

ISBN 84-0000-000-0

Impreso en Lima
"""


@pytest.mark.parametrize("place", ["first", "last"])
def test_an_imprint_is_left_whole(tmp_path, place):
    parts = [IMPRINT, *PARAGRAPHS] if place == "first" else [*PARAGRAPHS, *IMPRINT.split("\n\n")[:4]]
    assert find(written(tmp_path, "\n\n".join(parts))) == ()


def test_a_sentence_on_rights_is_no_notice(tmp_path):
    last = "Todos los derechos reservados a la nobleza se abolieron en 1811."
    assert find(written(tmp_path, "\n\n".join([*PARAGRAPHS, last]))) == ()


def test_a_notice_on_every_page_is_found(tmp_path):
    text, added = typeset("", "© 2019 A. Escritora", blank=False)
    document = written(tmp_path, text)
    assert len(find(document)) == len(added)


@pytest.mark.parametrize("feed", [False, True], ids=["", "form feeds"])
def test_a_year_among_page_numbers_stays(tmp_path, feed):
    text, added = typeset("", "{n}", feed=feed)
    # on a page of its own lines, as a heading of a chronicle
    year = text.replace("\n" + added[5] + "\n", "\n1984\n\n" + added[5] + "\n", 1)
    assert year != text
    document = written(tmp_path, year)
    lines = {document.text[item.start : item.stop] for item in find(document)}
    assert "1984" not in lines and set(added[2:-2]) <= lines


def test_a_misread_page_number_goes(tmp_path):
    text, added = typeset("", "- {n} -")
    document = written(tmp_path, text.replace("- 13 -", "- 18 -"))
    assert "- 18 -" in {document.text[item.start : item.stop] for item in find(document)}
    assert "- 13 -" in added


@pytest.mark.parametrize("feed", [False, True], ids=["", "form feeds"])
def test_heads_of_left_and_right_pages_in_a_short_text(tmp_path, feed):
    text, added = typeset("{n} {side}", feed=feed, first=4)
    stop = text.find(added[5])
    document = written(tmp_path, text[: stop - 1])
    found = [document.text[item.start : item.stop] for item in find(document)]
    assert found == added[:5]


def test_chapters_that_begin_pages_are_no_heads(tmp_path):
    pages = [f"Capítulo {n}\n\n" + "\n\n".join(PARAGRAPHS[n * 2 : n * 2 + 2]) for n in range(1, 20)]
    assert find(written(tmp_path, "\n\f".join(pages))) == ()
    # of one, two or three pages each
    pages = [page.replace("\n\n", "\n\n\f", n % 3) for n, page in enumerate(pages)]
    assert find(written(tmp_path, "\n\f".join(pages))) == ()


def pages_of(sentences, length, *, foot="{n}", head="", ends=False):
    """Set a sentence a paragraph in four pages and a short one; with `ends` each page stops with a sentence."""
    lines = [line for one in sentences for line in textwrap.wrap(one, 64, initial_indent="  ")]
    pages, added, at = [], [], 0
    for n in range(7, 12):
        stop = at + (length if n < 11 else 6)
        while ends and lines[stop - 1][-1] not in ".?!":
            stop += 1
        names = {"n": n, "side": "LA NIÑA" if n % 2 else "Un Autor"}
        top, bottom = ([part.format(**names)] if part else [] for part in (head, foot))
        pages.append("\n".join([*top, *lines[at:stop], *bottom]))
        added += top + bottom
        at = stop
    return "\n\n".join(pages) + "\n", added


LONG = [sentence(draw) for draw in [random.Random(11)] for _ in range(400)]
# no line begins with a small letter, as where every sentence is broken before a name
NAMES = [" ".join(["Ana Paz", "Luis Soto", "Inés Ruiz"][at % 3] for _ in range(9)) + "." for at in range(200)]


@pytest.mark.parametrize("foot", ["{n}", "- {n} -"])
def test_numbers_of_pages_of_one_length_are_found_where_none_cuts_before_a_small_letter(tmp_path, foot):
    text, added = pages_of(NAMES, 31, foot=foot)
    document = written(tmp_path, text)
    assert [document.text[item.start : item.stop] for item in find(document)] == added


def test_numbered_chapters_of_nearly_one_length_stay(tmp_path):
    text, added = pages_of(LONG, 31, ends=True)
    assert len(added) == 5
    assert find(written(tmp_path, text)) == ()


def test_a_short_last_page_is_one(tmp_path):
    text, added = pages_of(LONG, 32)
    document = written(tmp_path, text)
    assert [document.text[item.start : item.stop] for item in find(document)] == added


def test_the_author_at_the_top_of_two_pages_goes_with_their_numbers(tmp_path):
    text, added = pages_of(LONG, 32, head="{side}")
    document = written(tmp_path, text)
    assert [document.text[item.start : item.stop] for item in find(document)] == added


def test_a_roman_chapter_among_page_numbers_stays(tmp_path):
    text, added = pages_of(LONG, 32)
    lines = text.split("\n")
    at = next(number for number in range(80, 120) if lines[number].endswith(".") and lines[number + 1].startswith("  "))
    document = written(tmp_path, "\n".join([*lines[: at + 1], "", "X", "", *lines[at + 1 :]]))
    assert [document.text[item.start : item.stop] for item in find(document)] == added


BOOK = typeset("{n} {side}", "Página {n}", feed=True)[0] + "\n© 2019 A. Escritora\n"


def book():
    text = BOOK.replace("\f", "")
    spans = [found.span() for found in re.finditer(r"[^\n]+(?:\n[^\n]+)*", text)]
    anchors = [Anchor(start, "page", str(number)) for number, (start, _) in enumerate(spans) if number % 9 == 0]
    paragraphs = tuple(Paragraph(*span) for span in spans)
    return Document("book", "es", "El faro", text, anchors=tuple(anchors), paragraphs=paragraphs)


def test_what_was_dropped_comes_back_exactly(tmp_path):
    text, _ = typeset("{n} {side}", "Página {n}", feed=True)
    document = written(tmp_path, text.replace("la niña", "la nin\u0303a"))
    less = without(document, ["boilerplate"])
    assert less.text != document.text and less.dropped == find(document)
    back = restore(less)
    assert back == document and back.dropped == ()


@given(data=st.data())
@settings(deadline=None, max_examples=60)
def test_any_lines_can_be_dropped_and_put_back(data):
    document = book()
    found = find(document)
    picks = st.lists(st.sampled_from(found), unique_by=lambda item: item.start)
    first, back = data.draw(picks), data.draw(picks)
    less = drop(document, first)
    assert revert(less.text, less.fixes) == document.text
    again = restore(less, [item for item in back if item in first])
    kept = [item for item in first if item not in back]
    assert again == drop(document, kept)
    assert restore(again) == document
    # in two steps the same lines go as in one
    other = [item for item in found if item not in first]
    shift = [item for item in find(less) if item.rule == "notice"]
    if shift and less.dropped:
        both = drop(less, shift)
        assert {item.start for item in both.dropped} == {item.start for item in [*first, *other] if item in first} | {
            item.start for item in other if item.rule == "notice"
        }
        assert restore(both) == document


def test_some_kinds_can_be_put_back(tmp_path):
    document = written(tmp_path, BOOK)
    less = without(document, ["boilerplate"])
    more = restore(less, chosen(less.dropped, ["notice"]))
    assert "Escritora" in more.text and "Escritora" not in less.text
    assert {item.rule for item in more.dropped} == {"running-head", "page-number"}


def test_only_what_was_dropped_can_be_put_back(tmp_path):
    document = written(tmp_path, BOOK)
    found = find(document)
    less = drop(document, found[:3])
    with pytest.raises(ValueError, match="nothing was removed"):
        restore(less, found[3:4])
    with pytest.raises(ValueError, match="changed after"):
        restore(replace(less, text=less.text + "Y más.\n"))
    assert restore(document) == document


def test_an_unknown_kind_is_the_callers_mistake():
    with pytest.raises(ValueError, match="cabeceras"):
        without(Document("a", "es", "", "x\n"), ["cabeceras"])


def test_all_who_name_the_rules_name_the_same():
    names = ("boilerplate", *RULES)
    assert names == DROPPED
    assert typing.get_args(typing.get_args(typing.get_type_hints(RecipeText)["drop"])[0]) == names


def test_the_article_has_none():
    for lang in ("en", "es"):
        assert find(read(REPOSITORY / f"corpus/texts/cia-hitman-in-peru.{lang}.txt")) == ()


def test_no_false_alarms_in_real_texts(gold):
    texts = [path for suffix in ("src", "tgt") for path in sorted((gold / "align").glob(f"*-en-*/*.{suffix}"))]
    assert texts
    for path in texts:
        assert find(read(path)) == (), path.name
