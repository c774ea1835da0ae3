"""All indicators, in the order they are shown, and how some are chosen by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bialign.errors import NotFound
from bialign.study.indicators import of_pairs, of_sentences, of_words
from bialign.study.indicators.lexis import Counted
from bialign.study.indicators.model import Indicator
from bialign.study.indicators.pairing import Pair

OF_SIDES: Mapping[str, Indicator[Counted]] = {
    indicator.name: indicator
    for group in (
        of_words.SIZE, of_words.RICHNESS, of_words.WORDS_BY_KIND, of_words.CORE, of_sentences.SENTENCES,
        of_sentences.PUNCTUATION, of_sentences.CONNECTIVES, of_sentences.VERBS, of_sentences.READING,
    )
    for indicator in group
}  # fmt: skip
"""Indicators of one side of a text, by name."""

OF_PAIRS: Mapping[str, Indicator[Pair]] = {
    indicator.name: indicator for group in (of_pairs.LENGTHS, of_pairs.LINKS, of_pairs.TERMS) for indicator in group
}
"""Indicators of both sides together, by name."""

ALL: Mapping[str, Indicator[Any]] = {**OF_SIDES, **OF_PAIRS}
LINKED = frozenset(indicator.name for indicator in of_pairs.LINKS)
TERMS = frozenset(indicator.name for indicator in of_pairs.TERMS)
THEMES: Mapping[str, str] = {
    "size": "Size",
    "richness": "Richness of vocabulary",
    "words": "Kinds of words",
    "core": "Core vocabulary and repetition",
    "sentences": "Sentences",
    "punctuation": "Punctuation and quotation",
    "connectives": "Connectives",
    "verbs": "Passives and progressives",
    "reading": "Ease of reading",
    "pair": "Lengths of both sides",
    "links": "Links of words",
    "terms": "Terms",
}
"""What each theme is called."""


def chosen(names: Sequence[str] = ()) -> tuple[Indicator[Any], ...]:
    """Give the indicators of these names or themes, by default all, in their order.

    Raises NotFound for a name that none has.

    >>> [indicator.name for indicator in chosen(["mtld", "terms"])]
    ['mtld', 'term_entropy', 'preferred_terms']
    """
    for name in names:
        if name not in ALL and name not in THEMES:
            from difflib import get_close_matches

            near = get_close_matches(name, [*ALL, *THEMES], n=1)
            hint = f" ({near[0]}?)" if near else ""
            raise NotFound("there is no indicator {name}{hint}: --definitions lists them", name=name, hint=hint)
    return tuple(one for one in ALL.values() if not names or one.name in names or one.theme in names)
