"""The check of terms and renderings, as a library: what is found, what is let pass, what is ignored."""

from dataclasses import replace

import pytest

from bialign import Concept, Corpus, Term, Termbase
from bialign.bitext import Bead, Bitext, Document, Span, plain_segments
from bialign.cli.messages import load_catalogue
from bialign.corpus import Pair
from bialign.errors import CorpusError, NotFound
from bialign.terms import BeadText, Checker, check, concept_renderings
from conftest import REPOSITORY


def concept(id, *terms):
    return Concept(id, terms=tuple(terms))


def en(text, **more):
    return Term(text, "en", **more)


def es(text, **more):
    return Term(text, "es", **more)


GLOSSARY = Termbase(
    ("en", "es"),
    (
        concept("death-squad", en("death squad"), es("escuadrón de la muerte")),
        concept("wave", en("second wave"), es("segunda ola")),
        concept("first-wave", en("first wave"), es("primera ola")),
        concept("raid", en("raid"), es("redada"), es("razia", status="deprecated")),
        concept("prosecutor", en("prosecutor"), es("fiscal"), es("procurador", status="superseded")),
        concept("coup", en("military coup"), es("golpe militar")),
        concept("mask", en("face mask"), es("mascarilla"), es("tapabocas", status="admitted")),
        concept("usa", en("United States", case_policy="exact"), es("Estados Unidos", case_policy="exact")),
        concept(
            "who",
            en("World Health Organization", case_policy="exact"),
            en("WHO", kind="acronym", case_policy="exact"),
            es("Organización Mundial de la Salud", case_policy="exact"),
            es("OMS", kind="acronym", case_policy="exact"),
        ),
        concept("drug", en("drug"), es("fármaco")),
        concept("result", en("result"), es("resultado")),
        concept("guerrilla", en("the rebels", status="admitted"), en("insurgency"), es("insurgencia")),
    ),
)


def found(*pairs, **options):
    """Give severity and rule of what is found in pairs of sentences, without what was let pass."""
    return [
        (one.bead, one.severity, one.rule) for one in check(pairs, GLOSSARY, **options) if one.severity != "tolerated"
    ]


def passed(*pairs):
    return [one.template for one in check(pairs, GLOSSARY) if one.severity == "tolerated"]


@pytest.mark.parametrize(
    "pair",
    [
        ("The death squads came back.", "Los escuadrones de la muerte volvieron."),
        ("The first wave and the second wave were worse.", "La primera y la segunda ola fueron peores."),
        ("A military coup was feared.", "Se temía un golpe de los militares."),
        ("The bank of the United States.", "El banco estadounidense."),
        ("The Drug Enforcement Agency opened.", "La Agencia Antinarcóticos abrió."),
        ("This may result in death.", "Esto puede causar la muerte."),
        ("The raids failed.", "Fracasaron las redadas."),
    ],
)
def test_what_will_do_is_let_pass(pair):
    assert found(pair) == []


def test_what_is_let_pass_is_told():
    assert passed(("After the first wave, and the second wave.", "Tras la primera y la segunda ola.")) == [
        "“{term}” stands in another form: “{found}”"
    ]
    assert passed(("This may result in death.", "Esto puede causar la muerte.")) == [
        "“{term}” is a verb here, the glossary has a noun"
    ]


def test_what_is_left_untranslated_is_no_use_of_a_term():
    licence = "A face mask comes with no warranty at all."
    pairs = [
        ("Wear a face mask.", "Use mascarilla."),
        ("No face mask today.", "Hoy sin mascarilla."),
        (licence, licence),
    ]
    assert found(*pairs) == []
    assert passed(*pairs) == ["“{term}” stands in a passage that is left untranslated"]
    # a word or two may be alike, and tell of something
    assert found(("Death squad", "Death squad")) == [(0, "warning", "rendering")]


def test_another_rendering_is_found_and_named():
    (one,) = check([("The death squads came back.", "Los grupos paramilitares volvieron.")], GLOSSARY)
    assert (one.rule, one.severity, one.concept) == ("rendering", "warning", "death-squad")
    assert one.source == ((4, 16),)
    assert one.fields["found"] == "grupos paramilitares"
    assert one.fields["accepted"] == "“escuadrón de la muerte”"
    assert str(one) == "“grupos paramilitares” stands for “death squads”; the glossary has “escuadrón de la muerte”"


def test_a_single_common_word_is_only_a_hint():
    assert found(("The raid failed.", "El ataque fracasó.")) == [(0, "hint", "rendering")]


def test_a_rendering_in_the_next_sentence_will_do():
    pairs = [("The death squads.", "Ellos."), ("They came back.", "Los escuadrones de la muerte volvieron.")]
    assert found(*pairs) == []
    assert passed(*pairs) == ["“{term}” is rendered in the sentence beside: “{found}”"]


def test_beads_that_are_not_sure():
    pair = ("The death squads came back.", "Los grupos paramilitares volvieron.")
    assert found(BeadText(*pair, probability=0.3)) == []
    assert found(BeadText(*pair, status="rejected")) == []
    assert found(BeadText(*pair, probability=0.7)) == [(0, "hint", "rendering")]
    assert found(BeadText(*pair, probability=0.3, status="confirmed")) == [(0, "warning", "rendering")]
    assert found(("The death squads came back.", "")) == []


def test_unwanted_terms():
    assert found(("The raid failed.", "La razia fracasó.")) == [(0, "error", "forbidden")]
    assert found(("A prosecutor spoke.", "Un procurador habló.")) == [(0, "error", "superseded")]
    # the source does not speak of it: who knows what is meant
    assert found(("The attack failed.", "La razia fracasó.")) == [(0, "hint", "forbidden")]
    assert found(("The raid.", "El golpe."), ("It failed.", "La razia fracasó."))[-1] == (1, "warning", "forbidden")


def test_two_renderings_are_mixed():
    usual = ("She wore a face mask.", "Llevaba una mascarilla.")
    other = ("No face mask helps.", "Ningún tapabocas ayuda.")
    assert found(usual, usual, other, usual) == [(2, "warning", "mixed")]
    assert found(other, other) == []
    # one rendering explained by the other is no mixture
    assert found(usual, usual, ("A face mask.", "Un tapabocas o mascarilla.")) == []


def test_an_acronym_before_its_words():
    said = ("The World Health Organization (WHO) spoke.", "La OMS habló.")
    explained = ("The World Health Organization (WHO) spoke.", "La Organización Mundial de la Salud (OMS) habló.")
    acronym = ("The WHO agrees.", "La OMS está de acuerdo.")
    assert found(said, acronym) == [(0, "warning", "acronym")]
    assert found(explained, acronym) == []
    assert found(acronym, explained) == []


@pytest.mark.parametrize(
    "pair",
    [
        ("It cost 1,500 dollars.", "Costó 1.500 dólares."),
        ("It cost 2.5 million.", "Costó 2 500 000."),
        ("About 1.2 billion people.", "Unos 1200 millones de personas."),
        ("In the 1990s.", "En los años noventa."),
        ("In the 19th century.", "En el siglo XIX."),
        ("At 3:30 p.m. it rained.", "Llovió a las 15:30."),
        ("It begins at 9 p.m. on Friday.", "Empieza el viernes a las 21 horas."),
        ("They ran 10 miles.", "Corrieron 16 kilómetros."),
        ("They ran 10 miles (16 kilometres).", "Corrieron 16 kilómetros."),
        ("In 1957–58 it rained.", "Llovió en 1957 y 1958."),
        ("There were 12 of them.", "Eran una docena."),
        ("Half a million people.", "500.000 personas."),
        ("COVID-19 and H1N1 spread.", "El virus y la gripe se propagaron."),
        ("Two thirds of them.", "El 66 % de ellos."),
        ("Article 188R says so.", "Lo dice el artículo 188 R."),
        ("Some 30 officials.", "Una treintena de funcionarios."),
        ("Article 22 (3) says so.", "Lo dice el artículo 22.3."),
        ("There were 35,000 dead.", "Hubo treinta y cinco mil muertos."),
    ],
)
def test_numbers_that_correspond(pair):
    assert found(pair) == []


def test_numbers_that_do_not_correspond():
    assert found(("It was founded in 1998.", "Se fundó en 1988.")) == [(0, "error", "number")]
    assert found(("It has 250 members.", "Tiene miembros.")) == [(0, "warning", "number")]
    assert found(("It has members.", "Tiene 250 miembros.")) == [(0, "hint", "number")]
    (one,) = check([("It was founded in 1998.", "Se fundó en 1988.")], GLOSSARY)
    assert (one.source, one.target) == (((18, 22),), ((12, 16),))


def test_a_number_is_not_taken_for_one_in_other_units():
    # 2212 metres are 2012 fathoms of six feet, but no unit stands here
    assert found(("London hosted the Games of 2012.", "Londres organizó los Juegos de 2212.")) == [
        (0, "error", "number")
    ]
    assert found(("It is 45 miles (72 km) away.", "Está a 92 kilómetros."))[0][1:] != ("tolerated", "number")
    assert found(("It is 45 miles (72 km) away.", "Está a 92 kilómetros."))


def test_a_number_in_the_next_sentence_will_do():
    assert found(("It has 250 members.", "Tiene miembros."), ("Many.", "Son 250.")) == []


def test_dates():
    assert found(("On Monday, May 4, it rained.", "Llovió el lunes 4 de mayo.")) == []
    assert found(("On Monday, May 4, it rained.", "Llovió el martes 4 de mayo.")) == [(0, "error", "date")]
    assert found(("It was in September 1992.", "Fue en octubre de 1992.")) == [(0, "error", "date")]
    assert found(("It was in September 1992.", "Fue en setiembre de 1992.")) == []
    # no month at all
    assert found(("They may march.", "Pueden marchar en abril.")) == []


def test_names():
    usual = ("Then Montesinos spoke.", "Entonces Montesinos habló.")
    slip = ("Then Montesinos left.", "Entonces Montecinos se fue.")
    assert found(usual, usual, slip) == [(2, "warning", "name")]
    # a name that is always written otherwise is translated
    brazil = ("He left for Brasilia.", "Salió para Brasília.")
    assert found(brazil, brazil) == []
    other = ("Then Fujimori spoke.", "Entonces Fujimori habló.")
    wrong = ("Then Montesinos smiled.", "Entonces Fujimori sonrió.")
    quiet = ("It rained.", "Llovió.")
    pairs = [usual] * 4 + [quiet] * 4 + [wrong] + [quiet] * 4 + [other] * 4
    assert found(*pairs) == [(8, "warning", "name")]


def test_a_loose_word_may_be_rendered_as_it_is():
    assert found(("The rebels left.", "Los rebeldes se fueron.")) == []


def test_a_term_with_the_letters_of_a_function_word_is_left_alone():
    base = Termbase(("en", "es"), (concept("as", en("As"), es("idioma as")),))
    assert list(check([("As poor as ever.", "Tan pobre como siempre.")], base)) == []


def test_a_name_that_is_kept_holds_no_term():
    base = Termbase(("en", "es"), (concept("ny", en("New York", case_policy="exact"), es("Nueva York")),))
    told = list(check([("He reads The New York Times.", "Lee The New York Times.")], base))
    assert [one.severity for one in told] == ["tolerated"]
    told = list(check([("He left New York.", "Salió de New York.")], base))
    assert [one.severity for one in told] == ["warning"]


def test_the_other_way_round_in_british_spelling():
    base = Termbase(("en", "es"), (concept("oedema", en("pulmonary edema"), es("edema pulmonar")),))
    pairs = [("Un edema pulmonar.", "A pulmonary oedema."), ("Hubo un edema pulmonar.", "There was a swelling.")]
    told = [(one.bead, one.severity) for one in check(pairs, base, ("es", "en"), rules={"rendering", "omitted"})]
    assert told[0] == (0, "tolerated")
    assert told[1][0] == 1


def test_words_written_apart():
    base = Termbase(("en", "es"), (concept("kit", en("medical kit"), es("maletín medicosanitario")),))
    told = list(check([("A medical kit.", "Un maletín medico sanitario.")], base))
    assert [one.severity for one in told] == ["tolerated"]
    told = list(check([("A medical kit.", "Un maletín de plástico.")], base))
    assert [one.severity for one in told] != ["tolerated"]


def test_rules_and_parts():
    pairs = [("The raid of 1998.", "La razia de 1988.")] * 3
    assert found(*pairs, rules={"number"}) == [(n, "error", "number") for n in range(3)]
    assert found(*pairs, beads=range(1, 2)) == [(1, "error", "forbidden"), (1, "error", "number")]
    with pytest.raises(ValueError, match="no rules: nonsense"):
        list(check(pairs, GLOSSARY, rules={"nonsense"}))


def test_parts_are_as_the_whole():
    pairs = [("The raid of 1998.", "La razia de 1988."), ("A face mask.", "Una mascarilla."), ("It rained.", "Llovió.")]
    pairs = [*pairs * 100, ("A face mask.", "Un tapabocas.")]
    checker = Checker([BeadText(*pair) for pair in pairs], GLOSSARY)
    whole = list(checker.findings())
    assert [one for start in range(0, len(pairs), 7) for one in checker.findings(start, start + 7)] == whole
    assert [one.rule for one in whole[-1:]] == ["mixed"]


def test_a_key_belongs_to_the_texts():
    pair = ("It was founded in 1998.", "Se fundó en 1988.")
    (alone,) = check([pair], GLOSSARY)
    later, other = check([("It rained.", "Llovió."), pair, (pair[0], "Se fundó hacia 1988.")], GLOSSARY)
    assert alone.key == later.key
    assert alone.key != other.key
    assert list(check([pair], GLOSSARY, ignored={alone.key})) == []


def test_a_bitext_in_its_own_languages():
    source, target = Document("es", "es-PE", "es", ""), Document("en", "en", "en", "")
    segments = (
        plain_segments(["La redada fracasó.", "Un escuadrón de la muerte."]),
        plain_segments(["The raid failed."]),
    )
    beads = (Bead(Span(0, 1), Span(0, 1)), Bead(Span(1, 2), Span(1, 1)))
    bitext = Bitext("letter", source, target, *segments, beads)
    assert list(check(bitext, GLOSSARY)) == []
    wrong = replace(bitext, target_segments=plain_segments(["The picnic failed."]))
    assert [(one.document, one.rule, one.concept) for one in check(wrong, GLOSSARY)] == [
        ("letter", "rendering", "raid")
    ]


def test_every_reason_exists_in_spanish():
    import ast

    spanish = load_catalogue("es")
    for path in (REPOSITORY / "src/bialign/terms/rules").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            text = node.value if isinstance(node, ast.Constant) else ""
            if isinstance(text, str) and ("{term}" in text or "{found}" in text):
                assert text in spanish


@pytest.fixture
def corpus(tmp_path):
    with Corpus.create(tmp_path / "test.bialign", who="eva") as made:
        pairs = [("The raid failed.", "La razia fracasó."), ("The death squads.", "Los escuadrones de la muerte.")]
        made.add_pairs("letter 1992", [Pair([source], [target]) for source, target in pairs])
        made.add_pairs("letter 1993", [Pair(["A raid."], ["Una redada."]), Pair(["Two raids."], ["Dos operativos."])])
        yield made


def test_a_corpus_is_checked(corpus):
    with pytest.raises(CorpusError, match="no glossary"):
        list(corpus.check_terms())
    corpus.set_glossary(GLOSSARY)
    one, two = corpus.check_terms()
    assert (one.document, one.rule, one.id) == ("letter 1992", "forbidden", corpus.beads("letter 1992")[0].id)
    assert (two.document, two.rule) == ("letter 1993", "rendering")
    assert list(corpus.check_terms(["letter 1993"], limit=1)) == []
    assert list(corpus.check_terms(["letter 1993"], start=1, limit=1)) == [two]
    with pytest.raises(NotFound):
        list(corpus.check_terms(["letter"]))


def test_what_is_ignored_is_remembered(corpus):
    corpus.set_glossary(GLOSSARY)
    one, two = corpus.check_terms()
    corpus.ignore(one.key, "a quotation")
    assert list(corpus.check_terms()) == [two]
    assert list(corpus.check_terms(ignored=True)) == [one, two]
    assert corpus.ignored() == {one.key: "a quotation"}
    corpus.undo()
    assert list(corpus.check_terms()) == [one, two]
    corpus.redo()
    assert corpus.ignored() == {one.key: "a quotation"}
    corpus.unignore(one.key)
    assert corpus.ignored() == {}
    assert [entry.event.what for entry in corpus.history(2)] == ["unignore", "redo"]
    with pytest.raises(NotFound, match="no finding"):
        corpus.unignore(one.key)
    with pytest.raises(ValueError, match="no key"):
        corpus.ignore("two words")


def test_ignoring_twice_changes_nothing(corpus):
    corpus.set_glossary(GLOSSARY)
    one, _ = corpus.check_terms()
    corpus.ignore(one.key)
    last = corpus.last
    corpus.ignore(one.key)
    assert corpus.last == last
    corpus.ignore(one.key, "why")
    corpus.undo()
    assert corpus.ignored() == {one.key: ""}


def test_the_check_sees_what_changed(corpus):
    corpus.set_glossary(GLOSSARY)
    checker = corpus.checker("letter 1992")
    one, _ = corpus.check_terms()
    assert corpus.checker("letter 1993") is not checker
    checker = corpus.checker("letter 1992")
    corpus.ignore(one.key)
    assert corpus.checker("letter 1992") is checker
    segment = corpus.beads("letter 1992")[0].target[0]
    corpus.correct(segment.document, segment.place, "La redada fracasó.")
    assert [found.document for found in corpus.check_terms(ignored=True)] == ["letter 1993"]
    corpus.undo()
    assert len(list(corpus.check_terms(ignored=True))) == 2


def test_renderings_of_a_concept(corpus):
    corpus.set_glossary(GLOSSARY)
    told = corpus.renderings("raid")
    assert (told.concept.id, told.places, told.none) == ("raid", 3, 0)
    assert {(one.text, one.status, one.count) for one in told.renderings} == {
        ("razia", "deprecated", 1),
        ("redada", "preferred", 1),
        ("operativo", "", 1),
    }
    new = next(one for one in told.renderings if not one.status)
    assert new.forms == (("operativos", 1),)
    assert new.documents == (("letter 1993", 1),)
    assert new.years == (("1993", 1),)
    (example,) = new.examples
    assert example.target[slice(*example.there)] == "operativos"
    assert corpus.renderings("raid", names=["letter 1992"]).unused == ("redada",)
    with pytest.raises(NotFound):
        corpus.renderings("nonsense")


def test_a_term_with_a_hyphen_stands_once_where_it_stands_once():
    concept = Concept("self-coup", "", {}, (Term("self-coup", "en"), Term("autogolpe", "es")))
    termbase = Termbase(("en", "es"), (concept,))
    text = 'The "Self-Coup", a self coup.'
    assert [(hit.start, hit.stop) for hit in termbase.lookup(text, "en", overlapping=True)] == [(5, 14), (19, 28)]
    beads = [BeadText('The "self-coup" came.', "Llegó el autogolpe.", 0.9)]
    told = concept_renderings([("text", beads, ("en", "es"))], termbase, "self-coup")
    assert (told.places, told.renderings[0].count) == (1, 1)


def test_renderings_seen_from_the_translation(corpus):
    corpus.set_glossary(GLOSSARY)
    told = corpus.renderings("escuadrones de la muerte", side="target")
    assert [(one.text, one.status) for one in told.renderings] == [("death squad", "preferred")]
    (example,) = told.renderings[0].examples
    assert example.source[slice(*example.there)] == "death squads"


def test_a_term_inside_a_longer_one_is_none_of_its_own():
    base = Termbase(("en", "es"), (*GLOSSARY.concepts, concept("squad", en("squad"), es("cuadrilla"))))
    text = (
        "letter",
        [BeadText("The death squad and a squad.", "El escuadrón de la muerte y una cuadrilla.")],
        ("en", "es"),
    )
    told = concept_renderings([text], base, "squad")
    assert (told.places, told.renderings[0].text) == (1, "cuadrilla")


def test_the_article_has_no_false_alarm():
    from bialign import align

    folder = REPOSITORY / "corpus"
    bitext = align(*(folder / "texts" / f"cia-hitman-in-peru.{lang}.txt" for lang in ("en", "es")))
    base = Termbase.load(folder / "glossary.yaml")
    told = list(check(bitext, base))
    assert [str(one) for one in told if one.severity != "tolerated"] == []
    # and it has been read: what was let pass is there
    assert len(told) > 10


def test_a_fault_put_into_the_article_is_found():
    from bialign import align

    folder = REPOSITORY / "corpus"
    bitext = align(*(folder / "texts" / f"cia-hitman-in-peru.{lang}.txt" for lang in ("en", "es")))
    base = Termbase.load(folder / "glossary.yaml")
    texts = [segment.text for segment in bitext.target_segments]
    changes = {"1992": "1991", "escuadrones de la muerte": "grupos armados", "DINCOTE": "DIRCOTE"}
    spoilt = [_changed(text, changes) for text in texts]
    wrong = replace(bitext, target_segments=plain_segments(spoilt))
    rules = {one.rule for one in check(wrong, base) if one.severity in {"error", "warning"}}
    assert {"number", "rendering", "superseded"} <= rules


def _changed(text, changes):
    for before, after in changes.items():
        text = text.replace(before, after)
    return text
