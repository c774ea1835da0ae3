import pytest

from bialign import formats
from bialign.errors import BialignError, FormatError
from bialign.formats import tsv
from bialign.formats.files import write_whole
from bitexts import bitext_of, sample


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("a.beads", "beads"),
        ("a.tsv", "tsv"),
        ("a.TMX", "tmx"),
        ("a.b.jsonl", "jsonl"),
        ("a.html", "html"),
        ("a.htm", "html"),
    ],
)
def test_the_suffix_names_the_format(name, format, tmp_path):
    report = formats.write(sample(), tmp_path / name)
    assert report.format == format
    assert report.files[0] == tmp_path / name
    written = (tmp_path / name).read_bytes()
    assert b"\r" not in written
    assert not written.startswith(b"\xef\xbb\xbf")
    if format != "tmx":
        # a TMX file holds the moment it was made
        assert written.decode("utf-8") == formats.dumps(sample(), format)


def test_unknown_formats_name_the_known_ones(tmp_path):
    with pytest.raises(
        FormatError, match=r"a\.odp: no format is known by the suffix '\.odp'; use one of \.beads, \.tsv"
    ):
        formats.write(sample(), tmp_path / "a.odp")
    with pytest.raises(FormatError, match="suffix ''"):
        formats.write(sample(), tmp_path / "a")
    with pytest.raises(ValueError, match="no format is named 'xml'; the known ones are beads, tsv, csv, tmx"):
        formats.write(sample(), tmp_path / "a.tsv", "xml")
    with pytest.raises(ValueError, match="xml"):
        formats.dumps(sample(), "xml")
    with pytest.raises(ValueError, match="the pages speak en and es, not 'fr'"):
        formats.dumps(sample(), "html", ui_lang="fr")
    assert names(tmp_path) == []


def test_a_named_format_overrules_the_suffix(tmp_path):
    formats.write(sample(), tmp_path / "a.txt", "beads")
    assert (tmp_path / "a.txt").read_text(encoding="utf-8").startswith("[0]:[0]:1.0000\n")


def test_null_beads_go_beside_a_tmx_file(tmp_path):
    report = formats.write(sample(), tmp_path / "año.tmx")
    assert names(tmp_path) == ["año-unaligned.tsv", "año.tmx"]
    assert report.files == (tmp_path / "año.tmx", tmp_path / "año-unaligned.tsv")
    assert report.units == 4
    (left,) = report.left_out
    assert (left.count, left.path) == (2, tmp_path / "año-unaligned.tsv")
    assert str(left) == "2 null beads left out: TMX holds translations only; see año-unaligned.tsv"
    header, *rows = (tmp_path / "año-unaligned.tsv").read_text(encoding="utf-8").splitlines()
    assert header == "\t".join(tsv.COLUMNS)
    assert [row.split("\t")[0] for row in rows] == ["d:4:", "d::5"]


def test_no_second_file_without_null_beads(tmp_path):
    report = formats.write(bitext_of([(1, 1)], ["a"], ["b"]), tmp_path / "a.tmx")
    assert names(tmp_path) == ["a.tmx"]
    assert report.left_out == ()
    assert str(report) == f"{tmp_path / 'a.tmx'}: 1 units in tmx"


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError, MemoryError])
@pytest.mark.parametrize("format", ["tsv", "tmx"])
def test_an_interruption_leaves_everything_as_it_was(error, format, tmp_path, monkeypatch):
    path = tmp_path / f"a.{format}"
    path.write_text("old", encoding="utf-8")

    def interrupted(bitext, beads, tally=None):
        yield "half a "
        raise error

    # in a TMX export this is the second file: the first is complete by then and must not appear either
    monkeypatch.setattr("bialign.formats.tsv.chunks", interrupted)
    with pytest.raises(error):
        formats.write(sample(), path)
    assert names(tmp_path) == [path.name]
    assert path.read_text(encoding="utf-8") == "old"


def test_a_full_disk_is_one_clear_line(tmp_path):
    def full():
        yield "half a "
        raise OSError(28, "No space left on device")

    with pytest.raises(BialignError, match=r"a\.tsv: cannot be written: No space left on device"):
        write_whole([(tmp_path / "a.tsv", full())])
    assert names(tmp_path) == []


def test_places_that_cannot_be_written(tmp_path):
    with pytest.raises(BialignError, match=r"none.a\.tsv: cannot be written: "):
        formats.write(sample(), tmp_path / "none" / "a.tsv")
    (tmp_path / "folder.tsv").mkdir()
    with pytest.raises(BialignError, match="this is a folder; name a file"):
        formats.write(sample(), tmp_path / "folder.tsv")
    assert names(tmp_path) == ["folder.tsv"]


def test_a_link_still_points_to_the_file(tmp_path):
    goal, link = tmp_path / "goal.beads", tmp_path / "link.beads"
    goal.write_text("old", encoding="utf-8")
    try:
        link.symlink_to(goal)
    except OSError:
        pytest.skip("this system lets nobody make links")
    formats.write(sample(), link)
    assert link.is_symlink()
    assert goal.read_text(encoding="utf-8").startswith("[0]:[0]")


@pytest.mark.parametrize("format", list(formats.FORMATS))
def test_an_empty_bitext_makes_a_file(format, tmp_path):
    if format in {"parquet", "huggingface"}:
        pytest.importorskip("pyarrow")
    report = formats.write(bitext_of([], [], []), tmp_path / f"a.{format}", format)
    assert report.units == 0
    assert report.files
    assert all(file.exists() for file in report.files)
