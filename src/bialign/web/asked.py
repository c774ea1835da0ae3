"""What the page of the concordance asks for, read from the parameters of its address, which keep a whole search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from starlette.datastructures import QueryParams

if TYPE_CHECKING:
    from bialign.concordance import Query

_LONGEST = 10_000
"""Letters of a query from which it is none."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Hold a query, the order of its hits, and which of them are wanted."""

    query: Query
    sort: tuple[str, ...]
    sample: int
    seed: int
    offset: int
    limit: int


def asked(given: QueryParams, most: int = 200) -> Asked:
    """Read a search; at most `most` hits of it are asked for at once.

    The names are those of the options of ``bialign search``. Raises BialignError for what cannot be searched for, and
    ValueError for parameters that no page sends.
    """
    sort = tuple(part for part in given.get("sort", "").split(",") if part)
    sample, seed, offset = (max(0, int(given.get(name) or 0)) for name in ("sample", "seed", "offset"))
    limit = max(1, min(int(given.get("limit") or 50), most))
    return Asked(query_of(given), sort, sample, seed, offset, limit)


def query_of(given: QueryParams) -> Query:
    """Make the query of a search's parameters."""
    from bialign.concordance import Query, parse, regex_term
    from bialign.errors import BialignError

    lemma = bool(given.get("lemma"))
    text, *others = (given.get(name, "") for name in ("q", "with", "without"))
    if max(map(len, (text, *others))) > _LONGEST:
        raise BialignError("this query is longer than {count} letters", count=_LONGEST)
    rendered, without = (parse(other, lemma=lemma) for other in others)
    low, high = (float(given.get(name) or usual) / 100 for name, usual in (("min", 0), ("max", 100)))
    return Query(
        (regex_term(text),) if given.get("regex") and text.strip() else parse(text, lemma=lemma),
        side=cast(Any, given.get("side") or "either"),
        lang=given.get("lang", ""),
        rendered=rendered,
        without=without,
        case=bool(given.get("case")),
        accents=bool(given.get("accents")),
        plain_n=bool(given.get("plain_n")),
        bitexts=tuple(name.strip() for name in given.getlist("in") if name.strip()),
        statuses=cast(Any, tuple(given.getlist("status"))),
        types=tuple(given.getlist("type")),
        probability=(low, high),
        only=cast(Any, given.get("only", "")),
    )
