"""The data of the languages is consistent, and the guesser knows its two languages from their neighbours."""

import random

import pytest

from bialign.languages import ENGLISH, LANGUAGES, SPANISH, guess_language, spanish_share

OTHERS = {
    "fr": "Le gouvernement a décidé que les travaux ne seront pas finis avant la fin de l’année, mais qui le croit?",
    "de": "Die Regierung beschloss, dass die Arbeiten nicht vor dem Jahresende fertig sein werden, aber wer glaubt es?",
    "pt": "O governo decidiu que as obras não estarão prontas antes do fim do ano, mas ninguém acredita nisso.",
    "it": "Il governo ha deciso che i lavori non saranno finiti prima della fine dell’anno, ma chi ci crede?",
    "ca": "El govern ha decidit que les obres no seran acabades abans de la fi de l’any, però hi ha molts dubtes.",
    "none": "12 34 56 %%% --- 1992",
    "empty": "",
}


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)
def test_every_abbreviation_stands_in_its_example(language):
    for key in language.abbreviations:
        example = language.examples[key].replace(" ", "").lower()
        spelt = example.replace("de", "de.") if ".de." in key else example
        assert key.lower() + "." in spelt + ".", key


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)
def test_starters_are_capitalised_and_reporting_verbs_are_not(language):
    assert all(word[0].isupper() for word in language.starters)
    assert all(word == word.lower() for word in language.reporting | language.function_words)


def test_the_two_languages():
    assert guess_language("The government has decided that the work will not end this year.") == "en"
    assert guess_language("El gobierno ha decidido que las obras no acaben este año.") == "es"
    assert guess_language("¿Dónde estás?") == "es"
    assert {ENGLISH.code, SPANISH.code} == set(LANGUAGES)


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_other_languages_are_not_taken_for_them(text):
    assert guess_language(text) == ""


def test_a_long_text_is_judged_by_samples():
    assert guess_language("The end of the road is near and we know it. " * 50_000) == "en"


def test_spanish_share_of_mixed_text():
    assert 0 < spanish_share("he said that la casa de mi padre was the end") < 1


def test_gold_in_stretches_of_200_characters(gold):
    chance, right, total = random.Random(1), 0, 0
    lines = (gold / "parallel" / "tatoeba" / "pairs.tsv").read_text(encoding="utf-8").splitlines()
    chance.shuffle(lines)
    for side, lang in enumerate(("en", "es")):
        text = " ".join(line.split("\t")[side] for line in lines[:6000])
        pieces = [text[at : at + 200] for at in range(0, len(text) - 200, 200)]
        total += len(pieces)
        right += sum(guess_language(piece) == lang for piece in pieces)
    assert right / total >= 0.995
