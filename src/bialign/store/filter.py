"""Which beads a search may give, as a condition in SQL."""

from __future__ import annotations

import json
from typing import NamedTuple


class Filter(NamedTuple):
    """Narrow beads down; None stands for "any".

    `types` holds (sources, targets), and `null` and `many` add beads without one side and of more than one segment;
    `empty` takes only those without one side. `ids` are those that may be, `not_ids` those that may not.
    """

    bitexts: tuple[int, ...] | None = None
    statuses: tuple[int, ...] | None = None
    types: tuple[tuple[int, int], ...] | None = None
    null: bool | None = None
    many: bool | None = None
    empty: bool = False
    probability: tuple[float, float] | None = None
    ids: tuple[int, ...] | None = None
    not_ids: tuple[int, ...] = ()

    def sql(self) -> tuple[str, list[object]]:
        """Give what follows AND in a query over beads `b`, and its values."""
        clauses: list[str] = []
        values: list[object] = []
        for column, allowed in (("b.bitext", self.bitexts), ("b.status", self.statuses), ("b.id", self.ids)):
            if allowed is not None:
                clauses.append(f"{column} IN (SELECT value FROM json_each(?))")
                values.append(json.dumps(allowed))
        if self.not_ids:
            clauses.append("b.id NOT IN (SELECT value FROM json_each(?))")
            values.append(json.dumps(self.not_ids))
        shapes = [f"(b.sources = {int(m)} AND b.targets = {int(n)})" for m, n in self.types or ()]
        shapes += ["(b.sources = 0 OR b.targets = 0)"] if self.null else []
        shapes += ["(b.sources > 1 OR b.targets > 1)"] if self.many else []
        if shapes:
            clauses.append(f"({' OR '.join(shapes)})")
        if self.empty:
            clauses.append("(b.sources = 0 OR b.targets = 0)")
        if self.probability is not None:
            clauses.append("b.probability BETWEEN ? AND ?")
            values += self.probability
        return "".join(f" AND {clause}" for clause in clauses), values
