"""Indicators of the words of a side: how many, how rich, how dense, how common, how often repeated."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from bialign.study.indicators import richness
from bialign.study.indicators.lexis import (
    Counted,
    Ints,
    frequencies,
    is_number,
    is_word,
    letters,
    word_counts,
    words_of,
)
from bialign.study.indicators.model import NOTHING, Found, Indicator, ratio, ratios
from bialign.study.indicators.word_kinds import (
    CLASSES,
    class_of,
    core_rank,
    is_contracted,
    is_lexical,
)

HEAD = 100
"""Types of the list head."""
REPEATED = 3
"""Words from which a segment counts as repeated: shorter ones ("Yes.") repeat by themselves."""

WORDS = "words"
PER_THOUSAND = "per 1,000 words"
LENGTH = "It falls as texts get longer: compare texts of like length, or STTR, MATTR, MTLD and HD-D instead."


def rate(
    name: str, title: str, formula: str, count: Callable[[Counted], Ints], *, unit: str = PER_THOUSAND,
    source: str = "", caveat: str = "", langs: tuple[str, ...] = ("en", "es"), theme: str = "",
) -> Indicator[Counted]:  # fmt: skip
    """Make an indicator that is something counted by segment, by words: per 1,000, or a share of them."""
    scale = 1000.0 if unit == PER_THOUSAND else 1.0

    def of(text: Counted) -> Found:
        return ratio(float(text.column(count).sum()), float(text.column(word_counts).sum()), scale)

    def parts(text: Counted) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        return ratios(text.column(count), text.column(word_counts), scale)

    return Indicator(name, title, formula, unit, WORDS, of, source, caveat, parts, langs, theme)


def _rich(
    name: str, title: str, formula: str, measure: Callable[[Ints], float | None], *, source: str, caveat: str = "",
    unit: str = "",
) -> Indicator[Counted]:  # fmt: skip
    def of(text: Counted) -> Found:
        words = text.once(words_of)
        value = measure(words)
        return NOTHING if value is None else Found(value, len(words))

    return Indicator(name, title, formula, unit, WORDS, of, source, caveat, theme="richness")


def _segments(text: Counted) -> Found:
    return Found(float(len(text)), len(text))


def _words(text: Counted) -> Found:
    total = int(text.column(word_counts).sum())
    return Found(float(total), total)


def _types(text: Counted) -> Found:
    words = text.once(words_of)
    return Found(float(len(richness.counts_of(words))), len(words))


def _numbers(text: Counted) -> Ints:
    return text.of_feature(is_number)


def _letters(text: Counted) -> Ints:
    return text.marked(text.lexis.feature(letters)[text.tokens] * text.lexis.feature(is_word)[text.tokens])


def _lexical(text: Counted) -> Ints:
    return text.of_feature(is_lexical)


def _contracted(text: Counted) -> Ints:
    return text.of_feature(is_contracted)


def _of_class(number: int) -> Callable[[Counted], Ints]:
    def count(text: Counted) -> Ints:
        return text.marked(text.lexis.feature(class_of)[text.tokens] == number)

    return count


def _core(size: int) -> Callable[[Counted], Ints]:
    def count(text: Counted) -> Ints:
        return text.marked(text.lexis.feature(core_rank)[text.tokens] < size)

    return count


def _share_of_head(text: Counted) -> Found:
    words = text.once(words_of)
    value = richness.list_head(words, HEAD)
    return NOTHING if value is None else Found(value, len(words))


def _head_lemmas(text: Counted) -> Found:
    """Count the lemmas that the 100 most frequent words belong to; of equal ones, those that come first are taken."""
    from bialign.concordance.lemmas import lemma

    counts = frequencies(text)
    head = np.argsort(-counts, kind="stable")[:HEAD]
    if np.count_nonzero(counts) <= HEAD:
        return NOTHING
    return Found(float(len({lemma(text.lexis.forms[n], text.lexis.lang) for n in head.tolist()})), HEAD)


def _repeated_runs(text: Counted) -> Found:
    value, n = richness.repeated(text.once(words_of), text.column(word_counts))
    return Found(value, n)


def _repeated_segments(text: Counted) -> Found:
    """Give the share of the segments of 3 words or more that stood before, word for word."""
    words, ends = text.once(words_of), np.cumsum(text.column(word_counts))
    seen: set[bytes] = set()
    total = again = start = 0
    for end in ends.tolist():
        if end - start >= REPEATED:
            key = words[start:end].tobytes()
            total += 1
            again += key in seen
            seen.add(key)
        start = end
    return ratio(again, total)


SIZE: tuple[Indicator[Counted], ...] = (
    Indicator("segments", "Segments", "number of segments", "segments", "segments", _segments, theme="size",
              caveat="What a segment is was decided where the text was split: a sentence, mostly."),
    Indicator("words", "Words", "number of words", WORDS, WORDS, _words, theme="size",
              parts=lambda text: text.column(word_counts).astype(np.float64),
              caveat="A word begins with a letter; a hyphenated or contracted word is one. Numbers are none."),
    Indicator("types", "Types", "number of different words, capital and small letters alike", WORDS, WORDS, _types,
              theme="size", caveat="It grows with the length of the text."),
    rate("numbers", "Numbers", "1,000 × numbers written in digits / words", _numbers, theme="size"),
)  # fmt: skip

RICHNESS: tuple[Indicator[Counted], ...] = (
    _rich("ttr", "Type-token ratio (TTR)", "V / N, of V types and N words", richness.ttr,
          source="Johnson 1944, Studies in Language Behavior", caveat=LENGTH),
    _rich("sttr", "Standardised TTR (STTR)", "mean of V / 1,000 over whole pieces of 1,000 words, one after the other",
          richness.sttr, source="Johnson 1944 (mean segmental TTR); Scott 2004, WordSmith Tools",
          caveat="The words behind the last whole piece are left out; a text of fewer than 1,000 words has none."),
    _rich("mattr", "Moving-average TTR (MATTR)", "mean of V / 100 over all windows of 100 words", richness.mattr,
          source="Covington & McFall 2010, Cutting the Gordian Knot",
          caveat="A text of fewer than 100 words has none."),
    _rich("mtld", "Textual lexical diversity (MTLD)",
          "N / factors, mean of both directions; a factor ends where its V / N has fallen to 0.72; the rest counts as "
          "(1 − TTR) / (1 − 0.72)", richness.mtld, unit=WORDS,
          source="McCarthy & Jarvis 2010, MTLD, vocd-D, and HD-D",
          caveat="Below 100 words it depends on single words; where all words differ there is none."),
    _rich("hdd", "HD-D", "Σ (1 − C(N − f, 42) / C(N, 42)) / 42 over the types, each of frequency f", richness.hdd,
          source="McCarthy & Jarvis 2007, vocd: A theoretical and empirical evaluation",
          caveat="Given as a TTR of samples of 42 words, not as a sum; a text of fewer than 42 words has none."),
    _rich("yule_k", "Yule’s K", "10,000 × (Σ f² − N) / N²", richness.yule_k,
          source="Yule 1944, The Statistical Study of Literary Vocabulary",
          caveat="Higher means more repetition; frequent function words weigh most."),
    _rich("guiraud", "Guiraud’s R", "V / √N", richness.guiraud,
          source="Guiraud 1954, Les caractères statistiques du vocabulaire",
          caveat="It still depends on length, less than TTR."),
    _rich("hapaxes", "Hapaxes", "types that occur once / V", richness.hapax_share,
          source="Baker 1996, Corpus-based translation studies", caveat=LENGTH),
)  # fmt: skip

WORDS_BY_KIND: tuple[Indicator[Counted], ...] = (
    Indicator("word_length", "Word length", "letters / words", "letters", WORDS,
              lambda text: ratio(float(text.column(_letters).sum()), float(text.column(word_counts).sum())),
              theme="words", parts=lambda text: ratios(text.column(_letters), text.column(word_counts)),
              caveat="English and Spanish differ by nature: compare texts of one language."),
    rate("lexical_density", "Lexical density", "words of no closed class / words", _lexical, unit="share of words",
         source="Ure 1971; Halliday 1985; Laviosa 1998, Core patterns of lexical use", theme="words",
         caveat="By lists of closed-class words, not by a tagger: adverbs and numerals are lexical, “have” and “do” "
                "never are. The lists of the two languages are not alike: compare texts of one language."),
    *(
        rate(f"{name}s" if name != "auxiliary" else "auxiliaries", title, f"1,000 × {words} / words", _of_class(number),
             source="Koppel & Ordan 2011, Translationese and its dialects (function words)", theme="words",
             caveat="By lists: a word of several classes is of the first of determiner, pronoun, preposition, "
                    "conjunction, auxiliary, particle.")
        for number, (name, title, words) in enumerate(zip(
            CLASSES,
            ("Determiners", "Pronouns", "Prepositions", "Conjunctions", "Auxiliaries", "Particles of negation"),
            ("determiners", "pronouns", "prepositions", "conjunctions", "forms of be, have, do, modal verbs; ser, "
             "estar, haber, poder, deber, soler", "“not”; “no”"),
            strict=True))
    ),
    rate("contractions", "Contractions", "1,000 × contracted words / words", _contracted, langs=("en",), theme="words",
         source="Olohan 2003, How frequent are the contractions?; Volansky et al. 2015",
         caveat="“’s” only behind pronouns and the like, where it may still be “has”."),
)  # fmt: skip

CORE: tuple[Indicator[Counted], ...] = (
    *(
        rate(f"core_{size}", f"Core vocabulary, first {size:,}",
             f"words among the {size:,} most frequent of a reference list / words", _core(size), unit="share of words",
             source="Laviosa 1998, Core patterns of lexical use; lists of wordfreq (Speer 2022)", theme="core",
             caveat="The reference lists are of today’s web, news, books and talk: older texts have "
                    "fewer of their words.")
        for size in (100, 200, 2000)
    ),
    Indicator("list_head", "List head, 100", "occurrences of the text’s own 100 most frequent words / words",
              "share of words", WORDS, _share_of_head, theme="core",
              source="Laviosa 1998, Core patterns of lexical use",
              caveat="It depends on length; a text of 100 types or fewer has none."),
    Indicator("list_head_lemmas", "Lemmas of the list head", "different lemmas among the 100 most frequent words",
              "lemmas", "types", _head_lemmas, source="Laviosa 1998, Core patterns of lexical use", theme="core",
              caveat="Lemmas are a dictionary’s, one for each form, whatever it means in its place."),
    Indicator("repeated_runs", "Repeated runs of 4 words", "runs of 4 words that stood before / all runs of 4 words",
              "share of runs", "runs", _repeated_runs, theme="core", source="Baker 2004; Dayrell 2007 (repetition)",
              caveat="Runs stay within a segment; the share grows with length."),
    Indicator("repeated_segments", "Repeated segments", "segments that stood before, word for word / segments",
              "share of segments", "segments", _repeated_segments, theme="core",
              caveat="Of segments of 3 words or more; signs and capitals make no difference."),
)  # fmt: skip
