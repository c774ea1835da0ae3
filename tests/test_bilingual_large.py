"""Large files with both languages: read unit by unit they are what they are read whole; memory does not grow."""

import random
import tracemalloc

import pytest

from bialign import Corpus, formats, read_bitext
from bialign.corpus import bilingual
from bialign.corpus.adding import Settings, add_planned, plan
from bialign.errors import FormatError
from bialign.readers.bilingual.large import large
from bitexts import sample

TABLES = {
    "plain": "English\tSpanish\nOne.\tUno.\nTwo.\tDos.\n",
    "no header": "The house is big.\tLa casa es grande.\nNobody came here.\tNadie vino aquí.\n" * 3,
    "no line end": "English\tSpanish\nOne.\tUno.",
    "windows": "English\tSpanish\r\nOne.\tUno.\r\n\r\nTwo.\tDos.\r\n",
    "old mac": "English\tSpanish\rOne.\tUno.\rTwo.\tDos.",
    "mark": "\ufeffEnglish\tSpanish\nOne.\tUno.\n",
    "gaps": "English\tSpanish\nOne.\t\n\tDos.\n \t \nThree.\tTres.\nFour.\n",
    "quotes inside": 'English\tSpanish\n"Go," he said.\t—Vete —dijo.\n"A" and "B"\t"A" y "B"\n',
    "columns swapped": "id\tSpanish\tNotes\tEnglish\n1\tUno.\tx\tOne.\n2\tDos.\ty\tTwo.\n",
    "strange line ends inside": "English\tSpanish\nOne\u2028still one.\tUno\x0btodavía.\nTwo.\x85\tDos.\n",
    "probability": "source\ttarget\tprobability\tstatus\nOne.\tUno.\t0,5\tconfirmed\nTwo.\tDos.\t1\t\n",
}
MEMORIES = {
    "plain": '<tmx version="1.4"><header srclang="en"/><body>'
    '<tu><tuv xml:lang="es-PE"><seg>Uno <bpt i="1">x</bpt>y</seg></tuv><tuv xml:lang="en"><seg>One</seg></tuv></tu>\n'
    '<tu><prop type="x-type">1-2</prop><tuv xml:lang="en"><seg>Two.</seg></tuv><tuv xml:lang="es-PE"><seg>Dos. Y más.'
    "</seg></tuv></tu></body></tmx>",
    "one side": '<tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="en"><seg>One</seg></tuv>'
    '<tuv xml:lang="es"><seg>Uno</seg></tuv></tu><tu><tuv xml:lang="es"><seg>Sin</seg></tuv></tu></body></tmx>',
}


def same(found, path, **langs):
    """Compare what is read unit by unit with what is read whole."""
    whole = read_bitext(path, **langs)
    assert found.langs == (whole.source.lang, whole.target.lang)
    pairs = [texts for _, texts in found.segments()]
    assert pairs == [
        (
            tuple(s.text for s in whole.source_segments[slice(*bead.source)]),
            tuple(s.text for s in whole.target_segments[slice(*bead.target)]),
        )
        for bead in whole.beads
    ]
    facts = [(unit.probability, unit.status, unit.reason) for unit, _ in found.segments()]
    assert facts == [(bead.probability, bead.status, bead.reason) for bead in whole.beads]
    if found.rows:
        rows = [unit.place for unit, texts in found.segments() if texts[0]]
        assert list(dict.fromkeys(map(str, rows))) == [anchor.label for anchor in whole.source.anchors]


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_what_it_is_read_whole(tmp_path, name):
    path = tmp_path / "a.tsv"
    path.write_bytes(TABLES[name].encode())
    found = large(path, least=0)
    assert found is not None
    same(found, path)


@pytest.mark.parametrize("name", MEMORIES)
def test_a_memory_is_what_it_is_read_whole(tmp_path, name):
    path = tmp_path / "a.tmx"
    path.write_text(MEMORIES[name], encoding="utf-8")
    found = large(path, least=0)
    assert found is not None
    same(found, path)


@pytest.mark.parametrize("suffix", ["tsv", "tmx"])
def test_our_own_files(tmp_path, suffix):
    path = tmp_path / f"a.{suffix}"
    formats.write(sample(), path)
    found = large(path, least=0)
    assert found is not None
    same(found, path)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("quoted.tsv", 'English\tSpanish\n"One\nmore."\t"Uno\nmás."\n'.encode()),
        ("latin.tsv", "English\tSpanish\nTomorrow.\tMañana.\n".encode("latin-1")),
        ("wide.tsv", "English\tSpanish\nOne.\tUno.\n".encode("utf-16")),
        ("commas.csv", b"English,Spanish\nOne.,Uno.\n"),
        ("prose.txt", b"No table at all.\n"),
        ("a.jsonl", b'{"en": "One.", "es": "Uno."}\n'),
    ],
)
def test_other_files_are_left_to_be_read_whole(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    assert large(path, least=0) is None
    path = tmp_path / "small.tsv"
    path.write_text(TABLES["plain"], encoding="utf-8")
    assert large(path) is None


def test_languages_are_picked_and_turned(tmp_path):
    path = tmp_path / "a.tmx"
    path.write_text(MEMORIES["plain"], encoding="utf-8")
    found = large(path, "es", "en", least=0)
    assert found.langs == ("es-PE", "en")
    same(found, path, source_lang="es", target_lang="en")


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.tsv", "source\ttarget\tprobability\n" + "One.\tUno.\t1\n" * 2_500 + "One.\tUno.\thigh\n", "2502"),
        ("a.tsv", "English\tSpanish\n" + "One.\t\n" * 2_500, "nothing in this file is translated"),
        ("a.tmx", MEMORIES["plain"][:-20], "damaged or cut off"),
        ("a.tmx", '<tmx version="1.4"><header srclang="en"/><body></body></tmx>', "holds no units"),
    ],
)
def test_a_fault_deep_in_the_file_brings_nothing_in(tmp_path, monkeypatch, name, text, message):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(bilingual, "large", lambda *langs, **more: large(*langs, least=0, **more))
    with Corpus.create(tmp_path / "c.bialign") as corpus:
        (planned,) = plan([path], Settings()).pairs
        with pytest.raises(FormatError, match=message):
            add_planned(corpus, planned, Settings())
        assert (corpus.last, corpus.check()) == (0, [])


def test_a_large_table_comes_in_with_its_rows_in_bounded_memory(tmp_path, monkeypatch):
    path = tmp_path / "big.tsv"
    rng = random.Random(3)
    words = [f"word{n}" for n in range(3_000)]
    with path.open("w", encoding="utf-8") as file:
        file.write("English\tSpanish\n")
        for number in range(60_000):
            gap = "" if number % 1_000 == 7 else f"Casa {number}: {' '.join(rng.choices(words, k=10))}"
            file.write(f"House {number}: {' '.join(rng.choices(words, k=10))}\t{gap}\n")
    monkeypatch.setattr(bilingual, "large", lambda *langs, **more: large(*langs, least=0, **more))
    told = []
    with Corpus.create(tmp_path / "c.bialign") as corpus:
        (planned,) = plan([path], Settings()).pairs
        tracemalloc.start()
        try:
            add_planned(corpus, planned, Settings(), progress=lambda stage, share: told.append((stage, share)))
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        # 20,000 pairs are held at once; read whole, it would be ten times the size of the file
        assert peak < 4 * path.stat().st_size
        assert corpus.types("big") == {"1-1": 59_940, "1-0": 60}
        bitext = corpus.bitext("big")
        anchors = bitext.target.anchors
    assert told[-1] == ("read", 1.0)
    assert (anchors[0].label, anchors[7].label, len(anchors)) == ("2", "10", 59_940)
    # the anchor of a row stands where its segment begins
    at = anchors[7].offset
    assert bitext.target.text[at : at + 7] == "Casa 8:"
