"""The optional "that" of English translations (Olohan & Baker 2000): Spanish has no choice, and always says "que".

So it is looked at where English is the translation: a "that" that could be left out is a candidate for explicitation,
one that is left out where the original has its "que" for implicitation.
"""

from __future__ import annotations

from collections.abc import Iterator

from bialign.languages import word_set
from bialign.study.decisions.facing import Facing, Sign

_VERBS = word_set(
    """say says said tell tells told think thinks thought believe believes believed know knows knew known hope hopes
    hoped suppose supposes supposed guess guessed feel feels felt claim claims claimed admit admits admitted suggest
    suggests suggested report reports reported announce announces announced add adds added mean means meant realise
    realised realize realized see saw show shows showed hear heard understand understood promise promised swear swore
    wish wished insist insisted declare declared explain explained fear feared imagine imagined remember remembered"""
)
_SUBJECTS = word_set(
    "he she it they we i you there he's she's it's they're we're i'm you're he'd she'd they'd i'd i've"
)
_DETERMINERS = word_set("the a an this these those his her their its our my your no some all every each")


def optional_that(seen: Facing) -> Iterator[tuple[bool, Sign]]:
    """Give each place of a choice in an English side before a Spanish one: whether "that" is left out, and the sign."""
    if seen.lang != "en":
        return
    small = [word.lower() for word in seen.words]
    for index, word in enumerate(small[:-2]):
        if word not in _VERBS:
            continue
        after, next_but_one = small[index + 1], small[index + 2]
        if after == "that" and (next_but_one in _SUBJECTS | _DETERMINERS or seen.words[index + 2][0].isupper()):
            yield False, Sign("that", " ".join(seen.words[index : index + 3]), 0.8)
        elif after in _SUBJECTS and after not in {"it", "you", "there"} and _has_que(seen, index):
            yield True, Sign("that", " ".join(seen.words[index : index + 2]), 0.7)


def _has_que(seen: Facing, index: int) -> bool:
    """Tell whether a "que" stands within three words behind what the verb is linked to."""
    return any("que" in [word.lower() for word in seen.others[j + 1 : j + 4]] for j in seen.partners[index])
