"""Where the segments of a bead begin, for formats that hold the text of a side whole."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

_CUTS = re.compile(r"\d{1,7}( \d{1,7}){1,99}", re.ASCII)


def cuts_of(texts: Sequence[str]) -> str:
    """Give the lengths of segments that are joined by spaces, in characters; "" where there is nothing to cut.

    >>> cuts_of(["He came.", "He saw."]), cuts_of(["He came."])
    ('8 7', '')
    """
    return " ".join(str(len(text)) for text in texts) if len(texts) > 1 else ""


def cut(text: str, cuts: str) -> tuple[str, ...] | None:
    """Cut a text as `cuts_of` tells; None where it is another text by now.

    >>> cut("He came. He saw.", "8 7"), cut("He came and saw.", "8 7")
    (('He came.', 'He saw.'), None)
    """
    if not _CUTS.fullmatch(cuts):
        return None
    stops = list(itertools.accumulate((int(length) + 1 for length in cuts.split()), initial=0))
    if stops[-1] != len(text) + 1 or any(text[stop - 1] != " " for stop in stops[1:-1]):
        return None
    return tuple(text[start : stop - 1] for start, stop in itertools.pairwise(stops))
