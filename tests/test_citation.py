"""Where a sentence stands, as people cite it."""

import pytest

from bialign.bitext import Anchor, Document, Paragraph
from bialign.citation import Places

TEXT = "Uno.\nDos. Tres.\nCuatro.\nCinco.\n"
PARAGRAPHS = (Paragraph(0, 4), Paragraph(5, 15), Paragraph(16, 23), Paragraph(24, 30))


def places(*anchors, paragraphs=PARAGRAPHS):
    return Places(
        Document("a", "es", "", TEXT, anchors=tuple(Anchor(*item) for item in anchors), paragraphs=paragraphs)
    )


@pytest.mark.parametrize(
    ("anchors", "cited"),
    [
        ((), ["par. 1", "par. 2", "par. 2", "par. 3", "par. 4"]),
        # the second paragraph runs over the page
        (
            ((0, "page", "xii"), (10, "page", "13")),
            ["p. xii, par. 1", "p. xii, par. 2", "p. 13, par. 1", "p. 13, par. 2", "p. 13, par. 3"],
        ),
        (
            ((5, "chapter", "II"), (5, "heading", "El mar")),
            ["par. 1", "ch. II, par. 1", "ch. II, par. 1", "ch. II, par. 2", "ch. II, par. 3"],
        ),
        (((5, "heading", "El mar"),), ["par. 1", *["“El mar”, par. 1"] * 2, "“El mar”, par. 2", "“El mar”, par. 3"]),
        (((16, "note", "3"),), ["par. 1", "par. 2", "par. 2", "note 3", "par. 4"]),
        (((0, "time", "00:01"), (10, "time", "00:02")), ["00:01", "par. 2", "00:02", "par. 3", "par. 4"]),
        (((0, "row", "1"), (5, "row", "2")), ["row 1", "row 2", "row 2", "row 2", "row 2"]),
    ],
)
def test_citations(anchors, cited):
    found = places(*anchors)
    assert [found.cite(offset) for offset in (0, 5, 10, 16, 24)] == cited


def test_spanish():
    found = places((0, "chapter", "I"), (0, "page", "9"), (16, "note", "*"))
    assert [found.cite(offset, "es-PE") for offset in (0, 16)] == ["cap. I, p. 9, párr. 1", "cap. I, p. 9, nota *"]


def test_without_paragraphs():
    assert places(paragraphs=()).cite(3) == ""
    assert places((0, "page", "4"), paragraphs=()).cite(3) == "p. 4"


def test_chapters_with_a_name():
    assert places((0, "chapter", "La vuelta")).cite(5, "es") == "«La vuelta», párr. 2"


def test_running_heads_and_page_numbers_are_not_counted():
    kinds = ("running-head", "text", "page-number", "text")
    paragraphs = tuple(Paragraph(item.start, item.stop, kind) for item, kind in zip(PARAGRAPHS, kinds, strict=True))
    found = places((0, "page", "7"), (16, "page", "8"), paragraphs=paragraphs)
    assert [found.cite(offset) for offset in (0, 5, 16, 24)] == ["p. 7", "p. 7, par. 1", "p. 8", "p. 8, par. 1"]
    found = places(paragraphs=paragraphs)
    assert [found.cite(offset) for offset in (0, 5, 16, 24)] == ["", "par. 1", "", "par. 2"]


def test_a_page_that_begins_at_a_paragraph_begun_before_its_head():
    # the text runs over the border, where a page number and a head stand
    text = "Uno dos\n7\nEL MAR\ntres.\nCuatro.\n"
    kinds = (Paragraph(0, 7), Paragraph(8, 9, "page-number"), Paragraph(10, 16, "running-head"))
    paragraphs = (*kinds, Paragraph(17, 22), Paragraph(23, 30))
    document = Document("a", "es", "", text, anchors=(Anchor(10, "page", "8"),), paragraphs=paragraphs)
    assert [Places(document).cite(offset) for offset in (0, 17, 23)] == ["par. 1", "p. 8, par. 1", "p. 8, par. 2"]
