"""Codes of languages: what is wrong with one, and what it should be."""

from __future__ import annotations

import re
from functools import lru_cache

from bialign.languages import word_set

_WELL_FORMED = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*", re.ASCII)
# ISO 639-1; three letters are taken as they are, as there are more than seven thousand of them
_LANGUAGES = word_set(
    """
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el
    en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu
    ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mo mr ms mt my
    na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm
    sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh
    zu iw ji in
    """
)
# ISO 3166-1, and EU, UN; XX and ZZ are nobody's
_COUNTRIES = word_set(
    """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
    CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO
    FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE
    JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO
    MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW
    PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM
    TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW AN CS YU EU UN XK UK
    """
)


@lru_cache(maxsize=1024)
def fault_of(code: str) -> tuple[str, str]:
    """Give the rule that a code breaks ("" for none), and the code that is meant.

    >>> fault_of("en_US"), fault_of("es-XX"), fault_of("es-419"), fault_of("x-klingon")
    (('lang-code', 'en-US'), ('lang-unknown', ''), ('', ''), ('', ''))
    """
    better = code.strip().replace("_", "-")
    # a locale of POSIX, en_US.UTF-8, es_ES@euro
    better = re.split("[.@]", better)[0]
    if not _WELL_FORMED.fullmatch(code):
        return ("lang-code", better) if _WELL_FORMED.fullmatch(better) else ("lang-unknown", "")
    parts = better.split("-")
    if parts[0].lower() in {"x", "i"}:
        return "", ""
    known = parts[0].lower() in _LANGUAGES if len(parts[0]) == 2 else len(parts[0]) == 3
    countries = [part.upper() for part in parts[1:2] if len(part) == 2]
    return ("", "") if known and set(countries) <= _COUNTRIES else ("lang-unknown", "")
