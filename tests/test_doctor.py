"""The doctor: what it says of faulty memories, what the cure leaves, and that programs agree with it."""

import os
import shutil
import subprocess

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bialign import read_bitext
from bialign.doctor import RULES, examine, fix
from bialign.doctor.lexer import tokens
from bialign.errors import BialignError, FormatError
from bitexts import sample
from test_programs import PROJECT
from tmx_cases import CASES, EN, HEADER, memory, unit

NAMES = sorted(CASES)


def put(folder, name, content):
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return file


def rules(report):
    return tuple(dict.fromkeys(finding.rule for finding in report.findings))


def pairs(file):
    bitext = read_bitext(file)
    return [(bitext.source_text(bead), bitext.target_text(bead)) for bead in bitext.beads]


@pytest.fixture
def case(request, tmp_path):
    found = CASES[request.param]
    return found, put(tmp_path, "a.tmx", found.text)


# --- the cases --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", NAMES, indirect=True)
def test_each_fault_is_named_with_its_line(case):
    wanted, file = case
    report = examine(file)
    assert set(rules(report)) == set(wanted.rules)
    assert report.healthy == (not wanted.rules)
    if wanted.rules:
        assert min(finding.place.line for finding in report.findings) == wanted.line
        assert all(finding.cure and finding.evidence and finding.effects for finding in report.findings)
    assert report.what.format == "tmx"
    assert report.what.units == 1


@pytest.mark.parametrize("case", NAMES, indirect=True)
def test_what_the_reader_does_with_each(case):
    wanted, file = case
    if wanted.texts is None:
        with pytest.raises(BialignError):
            read_bitext(file)
    else:
        assert pairs(file) == [wanted.texts]


@pytest.mark.parametrize("case", NAMES, indirect=True)
def test_the_cure_changes_the_faults_alone(case, tmp_path):
    wanted, file = case
    report = fix(file, tmp_path / "b.tmx")
    assert report.healthy == wanted.mended, report.findings
    assert file.read_bytes() == wanted.text.encode("utf-8")
    again = fix(tmp_path / "b.tmx", tmp_path / "c.tmx")
    assert (tmp_path / "c.tmx").read_bytes() == (tmp_path / "b.tmx").read_bytes()
    assert again.counts == report.counts
    if not wanted.rules:
        assert (tmp_path / "b.tmx").read_bytes() == file.read_bytes()
    if wanted.after or (wanted.texts and wanted.mended):
        assert pairs(tmp_path / "b.tmx") == [wanted.after or wanted.texts]


@pytest.mark.parametrize("case", NAMES, indirect=True)
def test_the_schema_of_omegat_agrees(case, gold, tmp_path):
    wanted, file = case
    schema = schema_of(gold / "schemas" / "tmx14-omegat-6.1.xsd")
    refusing = {finding.rule for finding in examine(file, ["omegat"]).findings if finding.severity == "refuses"}
    # an entity that is not known is no fault for OmegaT: the letter is lost
    assert bool(refusing) != (valid(schema, file) or wanted.rules == ("xml-entity",))
    if wanted.mended:
        fix(file, tmp_path / "b.tmx")
        assert valid(schema, tmp_path / "b.tmx")


@pytest.mark.parametrize("case", NAMES, indirect=True)
def test_xmllint_agrees_on_what_is_well_formed(case):
    _, file = case
    if not shutil.which("xmllint"):
        pytest.skip("xmllint is not installed")
    done = subprocess.run(["xmllint", "--noout", "--nonet", file], capture_output=True, check=False)
    broken = {rule for rule in rules(examine(file, ["xmllint"])) if rule.startswith("xml-") and rule != "xml-bom"}
    # where there is a DTD, an unknown entity is told of, and yet no reason to fail
    assert (b"error" in done.stderr) == bool(broken), done.stderr


def test_omegat_up_to_6_0_agrees(tmp_path):
    if not shutil.which("omegat"):
        pytest.skip("omegat is not installed")
    project = tmp_path / "p"
    for folder in ("source", "target", "tm/auto", "omegat", "glossary", "dictionary"):
        (project / folder).mkdir(parents=True)
    put(project, "omegat.project", PROJECT)
    asked = {
        f"q{chr(97 + at // 26)}{chr(97 + at % 26)}": name
        for at, name in enumerate(NAMES)
        if "house" in CASES[name].text
    }
    for key, name in asked.items():
        text = CASES[name].text.replace("house", f"{key} house").replace("casa", f"{key} casa")
        put(project / "tm" / "auto", f"{key}.tmx", text)
    put(project / "source", "a.txt", "\n\n".join(EN.replace("house", f"{key} house") for key in asked) + "\n")
    java = f"-Duser.home={tmp_path} -Dfile.encoding=UTF-8"
    home = {**os.environ, "HOME": str(tmp_path), "JAVA_TOOL_OPTIONS": java}
    command = ["omegat", project, "--mode=console-translate"]
    subprocess.run(command, env=home, capture_output=True, check=True, timeout=120)
    found = (project / "target" / "a.txt").read_text(encoding="utf-8").rstrip("\n").split("\n\n")
    for (key, name), line in zip(asked.items(), found, strict=True):
        right = f"La {key} casa vieja se quemó."
        untouched = CASES[name].omegat_old == "" and CASES[name].texts is not None
        assert (line == right) == untouched, (name, line)


# --- others' files ----------------------------------------------------------------------------------------------------


def schema_of(path):
    from lxml import etree

    return etree.RelaxNG(file=path) if path.suffix == ".rng" else etree.XMLSchema(file=path)


def valid(schema, path):
    from lxml import etree

    try:
        return schema.validate(etree.parse(path, etree.XMLParser(no_network=True, load_dtd=False)))
    except etree.XMLSyntaxError:
        return False


def test_memories_of_other_programs(gold, tmp_path):
    schema = schema_of(gold / "schemas" / "tmx14-omegat-6.1.xsd")
    files = sorted((gold / "interchange").rglob("*.tmx"))
    assert len(files) > 30
    for file in files:
        report = examine(file, ["omegat"])
        refused = any(finding.severity == "refuses" for finding in report.findings)
        old = "tmx-old" in report.counts
        assert (refused or old) != valid(schema, file), (file.name, report.findings)
        fixed = tmp_path / file.name
        after = fix(file, fixed)
        if old and "tmx-no-units" not in after.counts:
            assert valid(schema, fixed), file.name
        try:
            wanted = pairs(file)
        except BialignError:
            continue
        assert pairs(fixed) == wanted


def test_termbases_of_other_programs(gold):
    folder = gold / "interchange"
    for file in [*(folder / "TBX_test_files").glob("*.tbx"), *(folder / "TBX-Basic_dialect").rglob("*.tbx")]:
        report = examine(file)
        bad = "bad" in file.name or "poorly" in file.name
        assert report.healthy != bad, (file.name, report.findings)
        assert all(finding.place.line for finding in report.findings)


def test_xliff_of_other_programs_agrees_with_the_schema(gold):
    schema = schema_of(gold / "schemas" / "xliff-core-1.2-strict.xsd")
    for file in sorted((gold / "interchange").rglob("*.xlf")):
        report = examine(file, ["xmllint"])
        if report.what.version == "1.2" and valid(schema, file):
            # the schema lets codes of languages be anything
            assert set(rules(report)) <= {"lang-code", "xliff-id"}, (file.name, report.findings)


# --- texts of any kind ------------------------------------------------------------------------------------------------

LETTERS = st.text(alphabet=st.sampled_from("ab \n\t&<>\"';é\x0c\x1f\ud83d\ude00\ufffe#x1&;amp"), max_size=30)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80, deadline=None)
@given(LETTERS, LETTERS)
def test_any_text_in_a_segment(tmp_path, en, es):
    # surrogates as some programs write them, each in three bytes
    text = memory(unit(f"x{en}", f"y{es}")).encode("utf-8", "surrogatepass")
    file = put(tmp_path, "a.tmx", text)
    try:
        report = fix(file, tmp_path / "b.tmx")
    except FormatError:
        # what looks like a tag that is not closed is for a person to mend
        assert "xml-broken" in rules(examine(file))
        return
    assert not any(rule.startswith("xml-") and rule != "xml-entity-unknown" for rule in rules(report))
    if "xml-entity-unknown" not in report.counts:
        read_bitext(tmp_path / "b.tmx", source_lang="en", target_lang="es")
    fix(tmp_path / "b.tmx", tmp_path / "c.tmx")
    assert (tmp_path / "c.tmx").read_bytes() == (tmp_path / "b.tmx").read_bytes()


@given(st.text(alphabet=st.sampled_from("<>!-[]?&;'\"= /abtux:\n"), max_size=60), st.integers(1, 9))
def test_the_lexer_keeps_every_letter(text, size):
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    found = list(tokens(pieces))
    assert "".join(token.raw for token in found) == text
    assert all(token.line == 1 + "".join(one.raw for one in found[:at]).count("\n") for at, token in enumerate(found))


def test_a_healthy_file_is_written_as_it_stands(tmp_path):
    from bialign import formats

    for encoding in ("utf-8", "utf-16", "iso-8859-1"):
        text = memory(unit(es="Él comió aquí, ¿no?")).replace("UTF-8", encoding)
        file = put(tmp_path, "a.tmx", text.encode(encoding))
        assert examine(file).healthy, encoding
        fix(file, tmp_path / "b.tmx")
        assert (tmp_path / "b.tmx").read_bytes() == file.read_bytes()
    formats.write(sample(), tmp_path / "c.tmx")
    fix(tmp_path / "c.tmx", tmp_path / "d.tmx")
    assert (tmp_path / "d.tmx").read_bytes() == (tmp_path / "c.tmx").read_bytes()


# --- rules ------------------------------------------------------------------------------------------------------------


def test_rules_are_whole_and_all_of_them_are_used(repository):
    from bialign.doctor.programs import PROGRAMS

    ids = [rule.id for rule in RULES]
    assert len(ids) == len(set(ids))
    sources = "\n".join(
        path.read_text(encoding="utf-8")
        for path in (repository / "src/bialign/doctor").glob("*.py")
        if not path.name.startswith("rules_")
    )
    for rule in RULES:
        assert f'"{rule.id}"' in sources, f"{rule.id} is told nowhere"
        assert rule.effects
        assert set(rule.effects) <= set(PROGRAMS)
        assert rule.evidence
        assert rule.formats


def test_nothing_is_told_that_the_program_does_not_mind(tmp_path):
    file = put(tmp_path, "a.tmx", memory(version="1.4b", header=HEADER.replace('srclang="en"', 'srclang="*all*"')))
    assert rules(examine(file, ["omegat"])) == ("tmx-version",)
    assert rules(examine(file, ["memoq"])) == ("tmx-srclang-all",)
    assert rules(examine(file, ["moses"])) == ()
    # a region is wanted by Trados alone, and only told where somebody asks
    assert "tmx-region" in rules(examine(file, ["trados"]))
    assert "tmx-region" not in rules(examine(file))
    with pytest.raises(ValueError, match="word"):
        examine(file, ["word"])


def test_many_faults_are_counted(tmp_path):
    body = "\n".join(unit(last='<prop type="x">1</prop>') for _ in range(50))
    report = examine(put(tmp_path, "a.tmx", memory(body)))
    assert report.counts == {"tmx-order": 50}
    assert len(report.findings) < 10
    assert report.findings[0].place.element == "tu 1/prop"


def test_the_file_itself_is_not_overwritten(tmp_path):
    file = put(tmp_path, "a.tmx", memory(version="1.4b"))
    with pytest.raises(BialignError, match="overwritten"):
        fix(file, file)
    assert "1.4b" in file.read_text(encoding="utf-8")
    fix(file, file, replace=True)
    assert examine(file).healthy


def test_damage_that_cannot_be_cured_leaves_no_file(tmp_path):
    file = put(tmp_path, "a.tmx", memory(unit("<hi>not closed")) * 2)
    with pytest.raises(FormatError, match=r"a\.tmx:\d+: damaged"):
        fix(file, tmp_path / "b.tmx")
    assert [path.name for path in tmp_path.iterdir()] == ["a.tmx"]


def test_the_page_of_the_rules_is_up_to_date(repository):
    from doctor_page import TITLES, page

    assert {rule.id.partition("-")[0] for rule in RULES} <= set(TITLES)
    assert (repository / "docs" / "doctor.md").read_text(encoding="utf-8") == page()
